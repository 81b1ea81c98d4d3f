"""Mẫu số thay đổi: rates whose number of bodies jumped, as a reorganisation makes it.

47 of 63 provinces and 30 of 34 are both shares of provinces, but a change between them says little
of women: the board prints a notice and the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from indicators.assessment.exact import decimal, divide
from indicators.tables import SERIES_KEY, DenominatorChanges, conform

if TYPE_CHECKING:
    from indicators.catalogue import Catalogue

_SERIES = tuple(name for name in SERIES_KEY if name != "time_period")
_WHOLE_YEAR = r"^\d{4}$"
# A series that names one of these counts bodies of that kind only.
_NAMED_KINDS = {
    "ADMIN_LEVEL.MINISTRY": "ministries",
    "ADMIN_LEVEL.GOVERNMENT_AGENCY": "ministries",
    "ADMIN_LEVEL.PROVINCE": "provinces",
    "ADMIN_LEVEL.DISTRICT": "districts",
    "ADMIN_LEVEL.COMMUNE": "communes",
    "ELECTED_BODY.PROVINCIAL_COUNCIL": "provinces",
    "ELECTED_BODY.DISTRICT_COUNCIL": "districts",
    "ELECTED_BODY.COMMUNE_COUNCIL": "communes",
}
_UNITS = ("provinces", "districts", "communes")


@dataclass(frozen=True)
class ReorganisationInputs:
    """Frames of the catalogue and the least change that is told."""

    indicators: pl.DataFrame  # Indicators
    reorganisations: pl.DataFrame  # Reorganisations
    denominator_jump: Decimal  # share of the earlier denominator

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> ReorganisationInputs:
        """Pick them from a loaded catalogue."""
        return cls(
            catalogue.indicators,
            catalogue.reorganisations,
            catalogue.method_parameters["denominator_jump"],
        )


def denominator_changes(observations: pl.DataFrame, inputs: ReorganisationInputs) -> pl.DataFrame:
    """Jumps between years that follow each other in a series of bodies, posts or units.

    Args:
        observations: as ``tables.Observations``, made values included.
        inputs: frames of the catalogue.

    Returns:
        A frame as ``tables.DenominatorChanges``, sorted by its key.
    """
    change = pl.col("denominator") - pl.col("denominator_before")
    jumps = (
        _yearly(observations, inputs.indicators)
        .with_columns(
            pl.col("reference_year", "denominator").shift(1).over(_SERIES).name.suffix("_before")
        )
        .rename({"reference_year": "year", "reference_year_before": "year_before"})
        .with_columns(relative_change=divide(change, pl.col("denominator_before")))
        .filter(pl.col("relative_change").abs() >= decimal(inputs.denominator_jump))
    )
    told = jumps.join(_events(jumps, inputs.reorganisations), on=(*_SERIES, "year"), how="left")
    return conform(told.sort(*_SERIES, "year"), DenominatorChanges)


def _yearly(observations: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """The last complete and free denominator of each whole year, in order of years."""
    of_bodies = indicators.filter(pl.col("denominator_kind").is_not_null())
    return (
        observations.join(of_bodies.select("indicator_id", "denominator_kind"), on="indicator_id")
        .filter(
            pl.col("denominator").is_not_null(),
            pl.col("time_period").str.contains(_WHOLE_YEAR),
            pl.col("coverage").fill_null(1.0) == 1,  # else other parts, not other bodies
            pl.col("conf_status") == "F",
        )
        .sort(*_SERIES, "reference_year", "time_period")
        .unique((*_SERIES, "reference_year"), keep="last", maintain_order=True)
        .select(*_SERIES, "reference_year", "denominator", "denominator_kind")
    )


def _events(jumps: pl.DataFrame, reorganisations: pl.DataFrame) -> pl.DataFrame:
    """What happened to bodies of that kind after the earlier year and up to the later one."""
    found = (
        jumps.join(reorganisations, how="cross")
        .filter(
            pl.col("effective_date").dt.year() > pl.col("year_before"),
            pl.col("effective_date").dt.year() <= pl.col("year"),
            _concerns(),
        )
        .sort("effective_date", "body_kind")
    )
    day = pl.col("effective_date").dt.strftime("%d/%m/%Y")
    return found.group_by(*_SERIES, "year", maintain_order=True).agg(
        event_vi=pl.concat_str("event_vi", pl.lit(" (từ "), day, pl.lit(")")).str.join("; ")
    )


def _concerns() -> pl.Expr:
    """The kind that indicator or series name; where neither does, all kinds of units.

    Ministries are bodies of the nation only.
    """
    kind = pl.col("body_kind")
    named = pl.coalesce(
        pl.when(pl.col("breakdown").str.contains(code, literal=True)).then(pl.lit(of_kind))
        for code, of_kind in _NAMED_KINDS.items()
    )
    own = pl.coalesce(
        named, pl.when(pl.col("denominator_kind").is_in(_UNITS)).then("denominator_kind")
    )
    in_place = kind.is_in(_UNITS) | (pl.col("ref_area") == "VN")
    return in_place & (own.is_null() | (kind == own))
