"""What explored figures say: units, titles and the most telling facts, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from dashboard.address import NATION
from dashboard.components.series import Codes, unit_name
from dashboard.exploration.points import Names
from dashboard.exploration.selection import Selection
from dashboard.figures.marks import Scale
from dashboard.queries import Row
from dashboard.sentences import capital, lower_first, number
from dashboard.texts import Words

_MOST_TOLD: Final = 3  # indicators, and series of one of them
_ENOUGH: Final = 0.5  # share of the lines that a year needs to be the one to compare in
_TO_COMPARE: Final = 3  # localities
_RATIO_DECIMALS: Final = 2
_COMPUTED: Final = ("points", "ratio")  # gaps that are numbers of their own
# What tells the series of one indicator in one locality apart.
KIND: Final = ("source_family", "definition", "breakdown", "age", "sex")


def scale_of(indicator: Row, gap: str, words: Words) -> Scale:
    """How the values of an indicator, or the gaps between women and men, are written."""
    if gap == "ratio":
        return Scale(words("unit.RATIO", value="{value}"), _RATIO_DECIMALS)
    kind = "gap" if gap == "points" else "unit"
    return Scale(_unit(kind, indicator, words), indicator["decimals"] or 0)


def _unit(kind: str, indicator: Row, words: Words) -> str:
    names = (indicator["indicator_id"], indicator["unit_measure"])
    key = next((f"{kind}.{name}" for name in names if words.known(f"{kind}.{name}")), None)
    return words(key, value="{value}") if key else "{value}"


def with_unit(indicator: Row, gap: str, codes: Codes, words: Words) -> str:
    """The name of an indicator with what its values, or its gaps, are counted in."""
    unit = unit_of(indicator, gap, codes, words)
    return words("explore.with_unit", name=words.pick(indicator, "name"), unit=unit)


def unit_of(indicator: Row, gap: str, codes: Codes, words: Words) -> str:
    """What the values of an indicator, or its gaps, are counted in."""
    if gap == "ratio":
        return words("explore.unit.ratio")
    own = f"explore.unit.points.{indicator['unit_measure']}"
    if gap == "points" and words.known(own):
        return words(own)
    is_share = indicator["unit_measure"] == "PERCENT"
    unit = words("title.PERCENT") if is_share else unit_name(indicator, codes, words).lower()
    return words("explore.unit.points", unit=unit) if gap == "points" else unit


def common_year(points: pl.DataFrame) -> int:
    """The latest year in which half of the lines have a figure, else the latest of all."""
    counts = points.group_by("year").agg(pl.col("line").n_unique().alias("lines"))
    enough = counts.filter(pl.col("lines") >= points["line"].n_unique() * _ENOUGH)
    years = (enough if enough.height else counts)["year"]
    return int(years.max())  # type: ignore[arg-type]


def at_year(points: pl.DataFrame, year: int) -> pl.DataFrame:
    """Of each line the figure of that year, else the latest within one publishing period."""
    oldest = year - pl.col("publishing_period_years")
    in_time = points.filter((pl.col("year") <= year) & (pl.col("year") >= oldest))
    return in_time.unique("line", keep="last", maintain_order=True)


def first_kind(points: pl.DataFrame) -> pl.DataFrame:
    """The points of the first series in every locality, where there are several."""
    if points.is_empty():
        return points
    first = points.row(0, named=True)
    return points.filter(**{name: first[name] for name in KIND})


def title(selection: Selection, words: Words) -> str:
    """What is looked at, where, in which years."""
    what = "; ".join(words.pick(row, "name") for row in selection.indicators.values())
    if len(selection.indicators) > 2:
        what = words("explore.title.many", count=len(selection.indicators))
    chosen = words.pick(selection.places[selection.chosen], "name")
    others = len(selection.places) - 1
    where = words.counted("explore.title.and", others, place=chosen) if others else chosen
    first, last = selection.choice.first, selection.choice.last
    years = first if first == last else f"{first}–{last}"
    return words("explore.title", what=what, where=where, years=years)


def facts(selection: Selection, points: pl.DataFrame, names: Names, words: Words) -> list[str]:
    """A sentence per indicator: where the chosen locality stands and where the others do."""
    told = []
    for indicator_id, indicator in list(selection.indicators.items())[:_MOST_TOLD]:
        own = points.filter(indicator_id=indicator_id)
        if own.is_empty():
            continue
        gap = selection.choice.gap
        name = words.pick(indicator, "name")
        if gap in _COMPUTED:
            name = words(f"explore.gap.fact.{gap}", name=name)
        parts = _of_the_chosen(selection, own, indicator, names, words)
        parts += _highest_and_lowest(selection, own, indicator, names, words)
        said = capital("; ".join(parts)) + "."
        is_named = len(selection.indicators) > 1 or gap in _COMPUTED
        told.append(capital(words("explore.told", name=name, facts=said)) if is_named else said)
    return told


def _of_the_chosen(
    selection: Selection, own: pl.DataFrame, indicator: Row, names: Names, words: Words
) -> list[str]:
    place = words.pick(selection.places[selection.chosen], "name")
    lines = own.filter(locality_id=selection.chosen).partition_by("line", maintain_order=True)
    if not lines:
        return [words("explore.silent", who=place)]
    told = []
    for line in lines[:_MOST_TOLD]:
        last = line.row(-1, named=True)
        kinds = _kinds(own)
        who = f"{place}, {lower_first(names.told(last, kinds))}" if kinds else place
        value = _written(last, indicator, selection.choice.gap, words)
        said = words("explore.now", who=who, value=value, year=last["year"])
        change = _change(line, indicator, selection.choice.gap, words)
        told.append(", ".join([said, *([change] if change else [])]))
    return told


def _kinds(own: pl.DataFrame) -> list[str]:
    """What tells the series of one locality apart."""
    columns = {"sex": ("sex",), "group": ("age", "breakdown"),
               "source": ("source_family", "definition")}  # fmt: skip
    return [name for name, of in columns.items() if own.select(pl.struct(of).n_unique()).item() > 1]


def _change(line: pl.DataFrame, indicator: Row, gap: str, words: Words) -> str:
    """How far the last value is from the first one that it can be compared with."""
    segment = line.filter(pl.col("is_break").cum_sum() == pl.col("is_break").sum())
    if segment.height < 2:
        return ""
    first, last = segment.row(0, named=True), segment.row(-1, named=True)
    apart = last["published"] - first["published"]
    if not apart:
        return words("explore.same", year=first["year"])
    unit = (
        words("unit.RATIO", value="{value}") if gap == "ratio" else _unit("gap", indicator, words)
    )
    amount = unit.format(value=number(abs(apart), last["decimals"], words))
    return words("explore.up" if apart > 0 else "explore.down", amount=amount, year=first["year"])


def _highest_and_lowest(
    selection: Selection, own: pl.DataFrame, indicator: Row, names: Names, words: Words
) -> list[str]:
    compared = first_kind(own.filter(pl.col("locality_id") != NATION))
    if compared.is_empty():
        return []
    year = common_year(compared)
    in_year = compared.filter(year=year).sort("published", "locality_id")
    if in_year.height < _TO_COMPARE:
        return []
    low, high = in_year.row(0, named=True), in_year.row(-1, named=True)
    kinds = _kinds(own)
    told = words(
        "explore.span",
        count=number(in_year.height, 0, words),
        year=year,
        highest=names.place(high),
        high=_written(high, indicator, selection.choice.gap, words),
        lowest=names.place(low),
        low=_written(low, indicator, selection.choice.gap, words),
    )
    return [f"{lower_first(names.told(high, kinds))}: {told}" if kinds else told]


def _written(row: Row, indicator: Row, gap: str, words: Words) -> str:
    scale = scale_of(indicator, gap, words)
    return scale.unit.format(value=number(row["published"], row["decimals"], words))


def joined(names: Sequence[str], most: int, more: str, words: Words) -> str:
    """Some names, those beyond ``most`` only counted."""
    told = ", ".join(names[:most])
    return f"{told} {words(more, count=len(names) - most)}" if len(names) > most else told
