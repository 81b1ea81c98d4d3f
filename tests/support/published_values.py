"""Every published result beside the figure of our release: the same, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl

from indicators.catalogue import Catalogue, load_catalogue
from scripts.published.assemble import SOURCES, Line, read_csv, read_table
from tests.support.published import REPOSITORY, table

NOT_LOADED = REPOSITORY / "tests" / "data" / "back_tests" / "not_loaded.csv"

# What tells the figures of one indicator apart in the mapping of the published results.
_SERIES = ("indicator_id", "ref_area", "sex", "breakdown", "definition", "source_family")
_Key = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One figure of the release and where it was sent."""

    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    place: str  # file, sheet and cell


@dataclass(frozen=True)
class PublishedValue:
    """One row of the published list; texts are pairs Vietnamese, English."""

    target: str  # as the list names it
    name: tuple[str, str]
    locality: tuple[str, str]
    year: str
    value: str  # as printed, with a decimal point; empty: a status only
    is_loaded: bool
    figure: Figure | None  # ours, or for a row left out the one to compare with
    reason: tuple[str, str]  # why it is not loaded; empty texts if it is

    @property
    def agrees(self) -> bool | None:
        """Whether our figure, rounded half up to the printed decimals, is the printed one."""
        if self.figure is None or not self.value:
            return None
        printed = Decimal(self.value)
        return self.figure.value.quantize(printed, rounding=ROUND_HALF_UP) == printed


def published_values(release: Path) -> list[PublishedValue]:
    """The rows of ``published_results.csv`` in their order.

    Raises ``KeyError`` when a row is neither loaded nor in ``not_loaded.csv``.
    """
    figures = _figures(release)
    catalogue = load_catalogue()
    names = _Names(catalogue)
    left_out = {_source_key(line): line for line in read_csv(NOT_LOADED)}
    rows = []
    for published, mapping in zip(
        read_csv(SOURCES / "published_results.csv"), read_table("results"), strict=True
    ):
        if mapping["file"]:
            rows.append(_loaded(published, mapping, figures, names))
        else:
            rows.append(_left_out(published, left_out[_source_key(mapping)], figures, names))
    return rows


def _loaded(
    published: Line, mapping: Line, figures: dict[_Key, Figure], names: _Names
) -> PublishedValue:
    return PublishedValue(
        target=published["target_id"],
        name=names.of_series(mapping),
        locality=names.of_locality(mapping["ref_area"]),
        year=published["year"],
        value=published["value"],
        is_loaded=True,
        figure=figures[(mapping["source_year"], *(mapping[column] for column in _SERIES))],
        reason=("", ""),
    )


def _left_out(
    published: Line, why: Line, figures: dict[_Key, Figure], names: _Names
) -> PublishedValue:
    figure = None
    if why["compared_with"]:
        indicator_id, family = why["compared_with"].split("/")
        figure = figures[(published["year"], indicator_id, "VN", "_T", "_T", "STD", family)]
    return PublishedValue(
        target=published["target_id"],
        name=(why["name_vi"], why["name_en"]),
        locality=names.of_published(published["locality_name"]),
        year=published["year"],
        value=published["value"],
        is_loaded=False,
        figure=figure,
        reason=(why["reason_vi"], why["reason_en"]),
    )


def _source_key(line: Line) -> _Key:
    return line["source_target"], line["source_locality"], line["source_year"]


def _figures(release: Path) -> dict[_Key, Figure]:
    """Reported figures of the release by period and series."""
    sent = table(release, "submissions").select("submission_id", "file_name")
    rows = (
        table(release, "observations")
        .filter(pl.col("origin") == "reported", pl.col("age") == "_T")
        .join(sent, on="submission_id")
    )
    return {
        (row["time_period"], *(row[column] for column in _SERIES)): Figure(
            row["obs_value"],
            row["numerator"],
            row["denominator"],
            # A csv file has no sheets; its one sheet bears no name worth printing.
            " ".join(
                part
                for part in (
                    row["file_name"],
                    row["sheet"] if row["file_name"].endswith(".xlsx") else "",
                    row["value_cell"],
                )
                if part
            ),
        )
        for row in rows.iter_rows(named=True)
    }


class _Names:
    """Readable names in both languages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = _pairs(catalogue.indicators, "indicator_id")
        self._localities = _pairs(catalogue.localities, "locality_id")
        self._breakdowns = _pairs(
            catalogue.code_items.filter(pl.col("code_list") == "CL_BREAKDOWN"), "code"
        )
        self._definitions = {
            (row["indicator_id"], row["definition"]): (row["name_vi"], row["name_en"])
            for row in catalogue.definitions.iter_rows(named=True)
        }
        self._sexes = _pairs(catalogue.code_items.filter(pl.col("code_list") == "CL_SEX"), "code")

    def of_series(self, mapping: Line) -> tuple[str, str]:
        parts = [self._indicators[mapping["indicator_id"]]]
        if mapping["sex"] != "_T":
            parts.append(self._sexes[mapping["sex"]])
        if mapping["breakdown"] != "_T":
            parts.extend(self._breakdowns[code] for code in mapping["breakdown"].split("+"))
        if mapping["definition"] != "STD":
            parts.append(self._definitions[mapping["indicator_id"], mapping["definition"]])
        return "; ".join(vi for vi, _ in parts), "; ".join(en for _, en in parts)

    def of_locality(self, locality_id: str) -> tuple[str, str]:
        return self._localities[locality_id]

    def of_published(self, name: str) -> tuple[str, str]:
        if name == "Việt Nam":
            return self._localities["VN"]
        return name, name


def _pairs(frame: pl.DataFrame, key: str) -> dict[str, tuple[str, str]]:
    return {row[key]: (row["name_vi"], row["name_en"]) for row in frame.iter_rows(named=True)}
