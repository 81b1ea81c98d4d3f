"""Values of merged localities, rebuilt from their predecessors ("tổng hợp lại").

Counts are added up; ratios are computed again from added numerators and denominators. A rate is
never added up or averaged, a split unit is never apportioned, and what cannot be rebuilt stays
missing.
"""

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

import polars as pl

from indicators.tables import SERIES_KEY, ObservationParts, Observations, conform

_DECIMAL = pl.Decimal(38, 9)
_MERGED_WHOLE = ("merged_whole", "whole")

# The first of each list that any part carries.
_CONFIDENCES = ("recalled", "reported", "official")
_STATUSES = ("B", "P", "E")

# What must be equal in all parts besides the series key, or there is nothing to add up.
_SAME = (*(name for name in SERIES_KEY if name != "ref_area"), "reference_year", "unit_measure")
_FROM_SOURCE = (
    "submission_id",
    "sheet",
    "sheet_row",
    "value_cell",
    "numerator_cell",
    "denominator_cell",
)


def rebuild(
    observations: pl.DataFrame,
    indicators: pl.DataFrame,
    succession: pl.DataFrame,
    localities: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add the values of successors to the reported observations.

    A successor with unchanged borders takes its predecessor's values as they are (origin
    ``carried``, source cells kept). A successor of units that went into it whole gets
    ``aggregated`` values where all of them have a value of the same series and period: sums for
    indicators with aggregation ``sum``, numerators ÷ denominators × factor for
    ``numerator_denominator``. A value reported for the successor itself always stands. An
    aggregate is a break if any part is, else provisional if any part is; it takes the weakest
    confidence and the strictest confidentiality.

    Args:
        observations: as ``tables.Observations``, reported values only.
        indicators: as ``tables.Indicators``.
        succession: as ``tables.LocalitySuccession``; chains are followed in order of date.
        localities: as ``tables.Localities``; successors must be among them.

    Returns:
        All observations (reported first), and the parts of each added one
        (``tables.ObservationParts``).
    """
    known = pl.col("successor_id").is_in(localities["locality_id"].to_list())
    parts = [pl.DataFrame(schema={"observation_id": pl.String, "part_observation_id": pl.String})]
    for links in _by_date(succession.filter(known)):
        for derive in (_carry, _aggregate):
            added = derive(observations, indicators, links).join(
                observations, on=SERIES_KEY, how="anti"
            )
            parts.append(
                added.select("observation_id", part_observation_id="parts")
                .explode("part_observation_id")
                .sort("observation_id", "part_observation_id")
            )
            observations = pl.concat([observations, conform(added, Observations)])
    return observations, conform(pl.concat(parts), ObservationParts)


def _by_date(succession: pl.DataFrame) -> Iterable[pl.DataFrame]:
    dates: list[date] = succession["effective_date"].unique().sort().to_list()
    return (succession.filter(pl.col("effective_date") == day) for day in dates)


def _carry(
    observations: pl.DataFrame, indicators: pl.DataFrame, links: pl.DataFrame
) -> pl.DataFrame:
    unchanged = links.filter(pl.col("relation") == "unchanged")
    return (
        observations.join(
            unchanged.select("successor_id", ref_area="predecessor_id"), on="ref_area"
        )
        .with_columns(
            ref_area="successor_id",
            origin=pl.lit("carried"),
            parts=pl.concat_list("observation_id"),
        )
        .drop("successor_id")
        .sort(SERIES_KEY)
        .pipe(_identify)
    )


def _aggregate(
    observations: pl.DataFrame, indicators: pl.DataFrame, links: pl.DataFrame
) -> pl.DataFrame:
    merged = _merged_whole(links)
    values = (
        observations.join(merged, on="ref_area")
        .join(
            indicators.filter(pl.col("aggregation").is_in(["sum", "numerator_denominator"])).select(
                "indicator_id", "aggregation", pl.col("formula_factor").cast(_DECIMAL)
            ),
            on="indicator_id",
        )
        .filter(_is_usable())
        .group_by("successor_id", "predecessor_count", "aggregation", "formula_factor", *_SAME)
        .agg(*_combined())
        .filter(pl.col("parts").list.len() == pl.col("predecessor_count"))
        .rename({"successor_id": "ref_area"})
        .with_columns(obs_value=_value(), **_constants())
    )
    return values.sort(SERIES_KEY).pipe(_identify)


def _merged_whole(links: pl.DataFrame) -> pl.DataFrame:
    """Predecessors (``ref_area``) of the units that consist of whole predecessors only."""
    is_whole = pl.col("relation").is_in(_MERGED_WHOLE)
    return links.filter(is_whole.all().over("successor_id")).select(
        "successor_id",
        ref_area="predecessor_id",
        predecessor_count=pl.len().over("successor_id"),
    )


def _is_usable() -> pl.Expr:
    has_counts = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    return (
        pl.when(pl.col("aggregation") == "sum")
        .then(pl.col("obs_value").is_not_null())
        .otherwise(has_counts)
    )


def _combined() -> list[pl.Expr]:
    def total(column: str) -> pl.Expr:
        """The sum, or null where any part lacks it: a missing count is not zero."""
        return pl.when(pl.col(column).is_not_null().all()).then(pl.col(column).sum())

    return [
        pl.col("observation_id").sort().alias("parts"),
        total("obs_value").alias("summed_value"),
        total("numerator").alias("numerator"),
        total("denominator").alias("denominator"),
        _first_present("obs_status", _STATUSES).fill_null("A").alias("obs_status"),
        _strictest_confidentiality().alias("conf_status"),
        _first_present("confidence", _CONFIDENCES).alias("confidence"),
        pl.col("is_synthetic").any(),
    ]


def _first_present(column: str, codes: tuple[str, ...]) -> pl.Expr:
    return pl.coalesce(pl.when((pl.col(column) == code).any()).then(pl.lit(code)) for code in codes)


def _strictest_confidentiality() -> pl.Expr:
    """F where all parts are free, N where the others are not for publication, else C."""
    status = pl.col("conf_status")
    return (
        pl.when((status == "F").all())
        .then(pl.lit("F"))
        .when(status.is_in(["F", "N"]).all())
        .then(pl.lit("N"))
        .otherwise(pl.lit("C"))
    )


def _value() -> pl.Expr:
    """The sum, or the ratio of the sums; null where the summed denominator is 0."""
    divisor = pl.when(pl.col("denominator") != 0).then("denominator")
    ratio = pl.col("numerator") * pl.col("formula_factor") / divisor
    return pl.when(pl.col("aggregation") == "sum").then("summed_value").otherwise(ratio)


def _constants() -> dict[str, pl.Expr]:
    absent = ("reported_value", "source_text", "note", *_FROM_SOURCE)
    return {
        "origin": pl.lit("aggregated"),
        "coverage": pl.lit(1.0),
        **{name: pl.lit(None) for name in absent},
    }


def _identify(frame: pl.DataFrame) -> pl.DataFrame:
    """Give each row ``agg:<hash>``: the same series key has the same id in every run."""
    keys = frame.select(pl.concat_str(SERIES_KEY, separator="\x1f")).to_series()
    ids = [f"agg:{blake2b(key.encode(), digest_size=8).hexdigest()}" for key in keys]
    return frame.with_columns(pl.Series("observation_id", ids, dtype=pl.String))
