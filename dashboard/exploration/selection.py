"""The choice of a reader held against the release: what there is of it, and what there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.exploration import queries
from dashboard.exploration.choice import (
    CHARTS,
    DEFAULT,
    DIMENSIONS,
    EVERY_PROVINCE,
    EVERY_REGION,
    GAPS,
    NOBODY,
    PARAMETERS,
    TABLES,
    Exploration,
)
from dashboard.provinces import shown_subject
from dashboard.queries import Row, target
from dashboard.release import Release

BOTH_SEXES: Final = ("F", "M")
_WHOLE: Final = "_T"
_STANDARD: Final = "STD"
_SEX_ORDER: Final = ("F", "M", "_T")
_A_PAST: Final = 4  # years with figures
_ENOUGH: Final = 0.5  # of the places that any series has
_RECENT: Final = 3  # years before the last of all
_FEW: Final = 5  # localities beside the chosen one where no region has figures


@dataclass(frozen=True)
class Selection:
    """What is shown.

    ``choice`` is the choice as it works, every default filled in; ``places`` and ``indicators``
    stand in the order of reading, the chosen locality first. ``present`` holds every series of
    the indicators, ``series`` those in view, ``figures`` their figures. ``ignored`` are the parts
    of the address that mean nothing, as ``name=value``; ``unmet`` what an indicator was asked
    for and does not have, as ``(indicator, name)``.
    """

    choice: Exploration
    chosen: str
    indicators: Mapping[str, Row]
    places: Mapping[str, Row]
    present: pl.DataFrame
    series: pl.DataFrame
    figures: pl.DataFrame
    ignored: Sequence[str]
    unmet: Sequence[tuple[str, str]]

    @property
    def years(self) -> list[int]:
        """Every year between the first and the last figure of the series in view."""
        if self.series.is_empty():
            return []
        first, last = self.series["first"].min(), self.series["last"].max()
        return list(range(int(first), int(last) + 1))  # type: ignore[arg-type]

    @property
    def has_both_sexes(self) -> bool:
        """Whether any of the indicators is known for women and for men."""
        present = self.present.group_by("indicator_id").agg("sex")["sex"].to_list()
        return any(set(BOTH_SEXES) <= set(sexes) for sexes in present)

    @property
    def missing(self) -> list[str]:
        """Localities in view without any figure."""
        known = set(self.figures["locality_id"])
        return [place for place in self.places if place not in known]


def select(release: Release, view: View) -> Selection | None:
    """What a view shows; None if no locality of its geography has any figure."""
    chosen = NATION if view.locality == ALL_LOCALITIES else view.locality
    listed = queries.places(release, view.geography, chosen)
    present = queries.series(release, view.geography, chosen)
    if present.is_empty():
        return None
    ignored: list[str] = []
    asked = _closed_choices(view.exploration, ignored)
    indicators = _indicators(release, view, asked, present, ignored)
    of_them = present.filter(pl.col("indicator_id").is_in(list(indicators)))
    series, unmet = _series(asked, of_them, indicators, ignored)
    others = _others(asked, view, listed, ignored)
    rows: dict[str, Row] = {str(row["locality_id"]): row for row in listed.iter_rows(named=True)}
    places = {one: rows[one] for one in [chosen, *others] if one in rows}
    first, last = _years(asked, series, ignored)
    figures = queries.figures(release, series, places, (first, last))
    if not asked.others and view.locality != ALL_LOCALITIES:
        places = _with_figures(places, figures, chosen)
        figures = figures.filter(pl.col("locality_id").is_in(list(places)))
    effective = replace(
        asked,
        indicators=tuple(indicators),
        others=tuple(one for one in places if one != chosen),
        sexes=_in_order(series["sex"], _SEX_ORDER),
        ages=tuple(series["age"].unique().sort()),
        groups=tuple(series["breakdown"].unique().sort()),
        sources=tuple(_source(series).unique().sort()),
        first=str(first),
        last=str(last),
    )
    return Selection(
        effective, chosen, indicators, places, of_them, series, figures, ignored, unmet
    )


def _closed_choices(asked: Exploration, ignored: list[str]) -> Exploration:
    """Choices among a few fixed values; anything else falls back to the default."""
    closed: dict[str, Sequence[str]] = {
        "chart": CHARTS, "gap": GAPS, "rows": DIMENSIONS, "columns": DIMENSIONS, "table": TABLES,
    }  # fmt: skip
    for field, allowed in closed.items():
        value = getattr(asked, field)
        if value not in allowed:
            ignored.append(f"{PARAMETERS[field]}={value}")
            asked = replace(asked, **{field: getattr(DEFAULT, field)})
    if asked.rows == asked.columns:
        columns = DEFAULT.columns if asked.rows != DEFAULT.columns else DEFAULT.rows
        asked = replace(asked, columns=columns)
    return asked


def _indicators(
    release: Release, view: View, asked: Exploration, present: pl.DataFrame, ignored: list[str]
) -> dict[str, Row]:
    known = set(present["indicator_id"])
    listed = {
        str(row["indicator_id"]): row
        for row in queries.indicators(release).iter_rows(named=True)
        if row["indicator_id"] in known
    }
    found = [one for one in asked.indicators if one in listed]
    ignored += [f"{PARAMETERS['indicators']}={one}" for one in asked.indicators if one not in found]
    return {one: listed[one] for one in found or [_opening(release, view, present)]}


def _opening(release: Release, view: View, present: pl.DataFrame) -> str:
    """What the map opens on if it has figures of many places and years; else what has most.

    Shares, rates and ratios come before counts, recent figures before old ones.
    """
    subject = shown_subject(release, replace(view, target=""))
    judged = target(release, subject)
    first = str(judged["indicator_id"]) if judged else subject
    kinds = queries.indicators(release).select("indicator_id", "formula_kind")
    many = pl.col("places").max() * _ENOUGH
    ranked = (
        present.join(kinds, on="indicator_id")
        .with_columns(
            is_rich=(pl.col("years") >= _A_PAST)
            & (pl.col("places") >= many)
            & (pl.col("definition") == _STANDARD),
            is_first=pl.col("indicator_id") == first,
            is_count=pl.col("formula_kind") == "count",
            is_recent=pl.col("last") >= pl.col("last").max() - _RECENT,
        )
        .sort(
            "is_rich", "is_first", "is_count", "is_recent", "figures", "indicator_id",
            descending=[True, True, False, True, True, False],
        )
    )  # fmt: skip
    return str(ranked["indicator_id"][0])


# Series ----------------------------------------------------------------------------------------


def _source(series: pl.DataFrame) -> pl.Series:
    return series.select(
        pl.concat_str(["source_family", "definition"], separator=":").alias("source")
    ).to_series()


def _series(
    asked: Exploration,
    present: pl.DataFrame,
    indicators: Mapping[str, Row],
    ignored: list[str],
) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """The series of each indicator that answer the choice, and what was asked for in vain."""
    present = present.with_columns(_source(present))
    wanted = {
        "source": asked.sources,
        "breakdown": asked.groups,
        "age": asked.ages,
        "sex": BOTH_SEXES if asked.gap != "none" else asked.sexes,
    }
    names = {"source": "sources", "breakdown": "groups", "age": "ages", "sex": "sexes"}
    for column, values in wanted.items():
        known = set(present[column])
        unknown = [value for value in values if value not in known]
        if not (column == "sex" and asked.gap != "none"):
            ignored += [f"{PARAMETERS[names[column]]}={value}" for value in unknown]
    chosen, unmet = [], []
    for indicator_id, row in indicators.items():
        own = present.filter(indicator_id=indicator_id)
        for column, values in wanted.items():
            found = [value for value in values if value in set(own[column])]
            if column == "sex" and asked.gap != "none" and len(found) < len(BOTH_SEXES):
                unmet.append((indicator_id, "gap"))
                own = own.clear()
                break
            if values and not found:
                unmet.append((indicator_id, names[column]))
            own = own.filter(pl.col(column).is_in(found or _usual(column, own, row)))
        chosen.append(own)
    return pl.concat(chosen), unmet


def _usual(column: str, own: pl.DataFrame, indicator: Row) -> list[str]:
    """What is shown of a dimension if nothing is asked for: the whole, else what has most."""
    if column == "source":
        return [_preferred_source(own, indicator)]
    values = own[column].unique().sort().to_list()
    if _WHOLE in values:
        return [_WHOLE]
    if column == "sex":
        return values
    sizes = own.group_by(column).agg(pl.col("figures").sum())
    return [str(sizes.sort("figures", column, descending=[True, False])[column][0])]


def _preferred_source(own: pl.DataFrame, indicator: Row) -> str:
    families = str(indicator["source_families"] or "").split(";")
    sizes = own.group_by("source", "source_family", "definition").agg(pl.col("figures").sum())
    ranked = sorted(
        sizes.iter_rows(named=True),
        key=lambda row: (
            families.index(row["source_family"]) if row["source_family"] in families else 99,
            row["definition"] != _STANDARD,
            -row["figures"],
            row["source"],
        ),
    )
    return str(ranked[0]["source"])


# Localities and years --------------------------------------------------------------------------


def _others(asked: Exploration, view: View, listed: pl.DataFrame, ignored: list[str]) -> list[str]:
    """Localities beside the chosen one, in the order of the register."""
    provinces = listed.filter(level="province")["locality_id"].to_list()
    regions = listed.filter(level="region")["locality_id"].to_list()
    groups = {EVERY_PROVINCE: provinces, EVERY_REGION: regions, NOBODY: []}
    if not asked.others:
        return [*provinces] if view.locality == ALL_LOCALITIES else _usual_others(view, listed)
    known = set(listed["locality_id"])
    wanted: set[str] = set()
    for one in asked.others:
        if one in groups:
            wanted.update(groups[one])
        elif one in known:
            wanted.add(one)
        else:
            ignored.append(f"{PARAMETERS['others']}={one}")
    return [one for one in listed["locality_id"] if one in wanted]


def _usual_others(view: View, listed: pl.DataFrame) -> list[str]:
    """For the nation its regions or provinces; for a province its region and the nation."""
    if view.locality == NATION:
        return [*listed.filter(pl.col("level") != "national")["locality_id"]]
    own = listed.filter(locality_id=view.locality)["region_id"].to_list()
    regions = own if own and own[0] else listed.filter(level="region")["locality_id"].to_list()
    return [NATION, *(one for one in regions if one != view.locality)]


def _with_figures(places: Mapping[str, Row], figures: pl.DataFrame, chosen: str) -> dict[str, Row]:
    """Of the localities that nobody asked for by name, those that have figures, and not many."""
    known = set(figures["locality_id"])
    kept = [one for one, row in places.items() if one in known and one != chosen]
    regions = [one for one in kept if places[one]["level"] != "province"]
    shown = regions if len(regions) > 1 or places[chosen]["level"] != "national" else kept[:_FEW]
    return {one: places[one] for one in [chosen, *shown]}


def _years(asked: Exploration, series: pl.DataFrame, ignored: list[str]) -> tuple[int, int]:
    """The first and the last year in view, in order."""
    if series.is_empty():
        return 0, 0
    known = (int(series["first"].min()), int(series["last"].max()))  # type: ignore[arg-type]
    found = []
    for field, usual in (("first", known[0]), ("last", known[1])):
        text = getattr(asked, field)
        is_year = len(text) == 4 and text.isascii() and text.isdigit()
        if text and not is_year:
            ignored.append(f"{PARAMETERS[field]}={text}")
        found.append(int(text) if is_year else usual)
    return min(found), max(found)


def _in_order(values: pl.Series, order: Sequence[str]) -> tuple[str, ...]:
    present = values.unique().to_list()
    return tuple(sorted(present, key=lambda one: order.index(one) if one in order else len(order)))
