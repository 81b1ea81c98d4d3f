"""Figures made ready to be drawn: which line they belong to, what it is called, how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard.address import NATION
from dashboard.components.series import Codes, code_name
from dashboard.exploration.selection import Selection
from dashboard.queries import Row
from dashboard.texts import Words
from indicators.assessment.exact import DECIMAL, round_half_up

_HOLLOW: Final = ("P", "E")
_BREAK: Final = "B"
_REBUILT: Final = ("aggregated", "weighted", "rolled_up")
_WHOLE: Final = "_T"
_STANDARD: Final = "STD"

# What a line is of; within one line only the year differs. Real and made-up values never share one.
LINE_KEY: Final = (
    "indicator_id", "locality_id", "sex", "breakdown", "age", "source_family", "definition",
    "is_synthetic",
)  # fmt: skip


def drawn_points(selection: Selection, figures: pl.DataFrame) -> pl.DataFrame:
    """The figures in the order of reading, each with the marks that a chart shows.

    Adds ``line`` (a number), ``published`` (as rounded for print), ``is_hollow``, ``is_break``,
    ``is_rebuilt`` and ``starts_segment``: after a break or a gap in the series the line starts
    anew.
    """
    ranked = _ranks(selection, figures)
    order = ["place_rank", "indicator_rank", "source_rank", "sex_rank", *LINE_KEY]
    years_apart = pl.col("year").diff().over("line").fill_null(0)
    is_break = pl.col("obs_status") == _BREAK
    return (
        ranked.sort(*order, "year", nulls_last=True)
        .with_columns(line=pl.struct(LINE_KEY).rle_id())
        .with_columns(
            published=round_half_up(pl.col("value").cast(DECIMAL), pl.col("decimals")),
            is_hollow=pl.col("obs_status").is_in(_HOLLOW),
            is_break=is_break,
            is_rebuilt=pl.col("origin").is_in(_REBUILT),
            starts_segment=is_break | (years_apart > pl.col("publishing_period_years")),
        )
    )


def _ranks(selection: Selection, figures: pl.DataFrame) -> pl.DataFrame:
    """The place of each figure in the order in which the choice is told."""
    orders = {
        "place_rank": ("locality_id", list(selection.places)),
        "indicator_rank": ("indicator_id", list(selection.indicators)),
        "sex_rank": ("sex", list(selection.choice.sexes)),
    }
    ranked = figures.with_columns(
        pl.col(column)
        .replace_strict({one: rank for rank, one in enumerate(order)}, default=len(order),
                        return_dtype=pl.Int64)
        .alias(name)
        for name, (column, order) in orders.items()
    )  # fmt: skip
    return ranked.join(
        _source_ranks(selection),
        on=["indicator_id", "source_family"],
        how="left",
        maintain_order="left",
    )


def _source_ranks(selection: Selection) -> pl.DataFrame:
    """The kinds of source of each indicator, the preferred one first; others have no rank."""
    rows = [
        (indicator_id, family, rank)
        for indicator_id, row in selection.indicators.items()
        for rank, family in enumerate(str(row["source_families"] or "").split(";"))
    ]
    schema = {"indicator_id": pl.String, "source_family": pl.String, "source_rank": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


class Names:
    """Names of what tells lines apart, in the language of the reader."""

    def __init__(
        self,
        selection: Selection,
        codes: Codes,
        definitions: Mapping[tuple[str, str], str],
        words: Words,
    ) -> None:
        self._selection = selection
        self._codes = codes
        self._definitions = definitions
        self._words = words

    def place(self, row: Row) -> str:
        """The locality."""
        return self._words.pick(self._selection.places[row["locality_id"]], "name")

    def indicator(self, row: Row) -> str:
        """The indicator."""
        return self._words.pick(self._selection.indicators[row["indicator_id"]], "name")

    def sex(self, row: Row) -> str:
        """The sex; of a gap, how it was made."""
        if self._words.known(f"explore.sex.{row['sex']}"):
            return self._words(f"explore.sex.{row['sex']}")
        return code_name("CL_SEX", row["sex"], self._codes)

    def group(self, row: Row) -> str:
        """The age and the group; what is whole is left out."""
        ages = [code_name("CL_AGE", row["age"], self._codes)] if row["age"] != _WHOLE else []
        groups = [self.breakdown(row)] if row["breakdown"] != _WHOLE else []
        return ", ".join([*ages, *groups]) or self._words("explore.whole")

    def breakdown(self, row: Row) -> str:
        """The group without the age."""
        parts = [part for part in row["breakdown"].split("+") if part != _WHOLE]
        told = [code_name("CL_BREAKDOWN", part, self._codes) for part in parts]
        return ", ".join(told) or self._words("explore.whole")

    def definition(self, row: Row) -> str:
        """The definition, where it is not the standard one."""
        if row["definition"] == _STANDARD:
            return ""
        name = self._definitions.get((row["indicator_id"], row["definition"]))
        return name or str(row["definition"])

    def source(self, row: Row) -> str:
        """The kind of source, with the definition where it is not the standard one."""
        family = code_name("CL_SOURCE_FAMILY", row["source_family"], self._codes)
        definition = self.definition(row)
        return f"{family} – {definition}" if definition else family

    def made_up(self, row: Row) -> str:
        """Whether it is real."""
        return self._words("synthetic") if row["is_synthetic"] else self._words("explore.real")

    def told(self, row: Row, varying: Sequence[str]) -> str:
        """The name of a line: what it does not share with the others."""
        tellers = {
            "place": self.place, "indicator": self.indicator, "sex": self.sex,
            "group": self.group, "source": self.source, "made_up": self.made_up,
        }  # fmt: skip
        return ", ".join(tellers[one](row) for one in varying)


_COLUMNS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("locality_id",),
    "indicator": ("indicator_id",),
    "sex": ("sex",),
    "group": ("age", "breakdown"),
    "source": ("source_family", "definition"),
    "made_up": ("is_synthetic",),
}


def varying(points: pl.DataFrame) -> list[str]:
    """What tells the lines of a chart apart; the locality if nothing does."""
    found = [
        name
        for name, columns in _COLUMNS_OF.items()
        if points.select(pl.struct(columns).n_unique()).item() > 1
    ]
    if "source" in found and "indicator" in found and not _several_sources(points):
        found.remove("source")
    if "group" in found and "indicator" in found and not _several(points, "age", "breakdown"):
        found.remove("group")
    return found or ["place"]


def _several_sources(points: pl.DataFrame) -> bool:
    return _several(points, "source_family", "definition")


def _several(points: pl.DataFrame, *columns: str) -> bool:
    """Whether one indicator has several of these: two indicators may differ in them anyway."""
    counts = points.group_by("indicator_id").agg(pl.struct(columns).n_unique().alias("count"))
    return bool((counts["count"] > 1).any())


def role(row: Row, chosen: str, told_apart: Sequence[str]) -> str:
    """What a line is in its chart, which decides its colour and dash."""
    if "sex" in told_apart and row["sex"] in ("F", "M"):
        return "women" if row["sex"] == "F" else "men"
    if "place" in told_apart:
        if row["locality_id"] == chosen:
            return "chosen"
        return "nation" if row["locality_id"] == NATION else "other"
    if "sex" in told_apart:
        return "both"
    return "series"


def _roles(rows: Sequence[Row], chosen: str, told_apart: Sequence[str]) -> list[str]:
    """The role of each line; of several of the chosen locality only the first is accented."""
    told: list[str] = []
    for row in rows:
        one = role(row, chosen, told_apart)
        told.append("series" if one == "chosen" and one in told else one)
    return told


def styled(
    points: pl.DataFrame, names: Names, chosen: str, told_apart: Sequence[str]
) -> pl.DataFrame:
    """The points of one chart with the ``label``, ``place``, ``role`` of their lines."""
    lines = points.unique("line", keep="first", maintain_order=True)
    rows = list(lines.iter_rows(named=True))
    looks = pl.DataFrame(
        {
            "line": [row["line"] for row in rows],
            "label": [names.told(row, told_apart) for row in rows],
            "role": _roles(rows, chosen, told_apart),
            "place": [names.place(row) for row in rows],
            "is_chosen": [row["locality_id"] == chosen for row in rows],
        },
        schema_overrides={"line": points.schema["line"]},
    )
    return points.join(looks, on="line", maintain_order="left")
