"""One value for a whole from the values of its parts, or the reason why there is none.

The same rules serve mergers (parts = predecessors) and roll-ups (parts = the level below).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from indicators.aggregation.flags import RANKS, WEIGHT_RANKS, ranked
from indicators.aggregation.identity import identify
from indicators.aggregation.outcome import IS_RATE, with_outcome
from indicators.aggregation.rules import RULE_KEY, rules
from indicators.aggregation.weights import Weights
from indicators.assessment.exact import DECIMAL
from indicators.tables import SERIES_KEY

# What must be equal in all parts besides the place, or there is nothing to put together.
SAME = (*(name for name in SERIES_KEY if name != "ref_area"), "reference_year", "unit_measure")
# One attempt: a whole, one of the maps that divide it (``map_id``), one series and year.
_ATTEMPT = ("whole_id", "map_id", *SAME)

LINK_SCHEMA = {
    "whole_id": pl.String,
    "ref_area": pl.String,  # the part
    "parts_total": pl.Int64,  # of that whole on that map
    "map_id": pl.String,  # a whole may be divided on several maps, one is used
    "level_from": pl.String,  # of the parts
    "first_year": pl.Int64,  # first reference year for which the parts make the whole
}
_NEEDED = (
    "observation_id", "ref_area", *SAME, "obs_value", "numerator", "denominator", "obs_status",
    "conf_status", "coverage", "is_synthetic", "confidence",
)  # fmt: skip


@dataclass(frozen=True)
class Combined:
    """What came of every attempt.

    ``attempts`` has a number (``attempt``), whole, map, series and year, the value with its
    flags, ``method`` ("sum", "counts", "weights"; null where nothing was made) and ``reason`` (a
    ``GapReason`` there); ``parts`` the observations that each made value rests on.
    """

    attempts: pl.DataFrame
    parts: pl.DataFrame  # attempt, part_observation_id, weight, weight_observation_id


def combine(
    observations: pl.DataFrame,
    links: pl.DataFrame,
    indicators: pl.DataFrame,
    weights: Weights,
    minimum_coverage: Decimal,
    *,
    across_levels: bool,
) -> Combined:
    """Try every whole of ``links`` in every series that a part has.

    Args:
        observations: as ``tables.Observations``; those of the parts.
        links: as :data:`LINK_SCHEMA`, one row per part.
        indicators: as ``tables.Indicators``.
        weights: values that rates may be weighted with.
        minimum_coverage: least share of the parts that a rate needs.
        across_levels: parts are of a lower level than the whole (see :func:`rules.rules`).
    """
    rows = _rows(observations, links)
    attempts = rows.group_by(_ATTEMPT).agg(*_totals())
    attempts = (
        attempts.join(rules(attempts, indicators, across_levels=across_levels), on=RULE_KEY)
        .with_columns(parts_present=pl.when(IS_RATE).then("parts_present").otherwise("with_value"))
        .filter(pl.col("parts_present") > 0)
        .pipe(weights.name_sets)
        .with_row_index("attempt")
    )
    weighed = _weighed(rows, attempts, weights)
    attempts = attempts.join(_weighed_totals(weighed), on="attempt", how="left")
    attempts = with_outcome(attempts, minimum_coverage)
    return Combined(attempts, _parts(rows, attempts, weighed))


def _rows(observations: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """One row per observation and whole that its place is a part of, numbered.

    A rate may stand on counts alone (0 of 0 has no value).
    """
    has_counts = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    return (
        observations.lazy()
        .select(_NEEDED)
        .with_columns(has_value=pl.col("obs_value").is_not_null(), has_counts=has_counts)
        .filter(pl.col("has_value") | pl.col("has_counts"))
        .with_columns(*ranked(), part_coverage=pl.col("coverage").fill_null(1.0).cast(DECIMAL))
        .drop("coverage", "obs_status", "conf_status", "confidence")
        .join(links.lazy(), on="ref_area")
        .filter(pl.col("reference_year") >= pl.col("first_year"))
        .with_row_index("row")
        .collect()
    )


def _totals() -> list[pl.Expr]:
    return [
        pl.col("row").alias("rows"),
        pl.col("parts_total", "level_from").first(),
        pl.len().cast(pl.Int64).alias("parts_present"),
        pl.col("has_value").sum().cast(pl.Int64).alias("with_value"),
        pl.col("has_counts").sum().cast(pl.Int64).alias("with_counts"),
        pl.col("part_coverage").sum().alias("covered_units"),
        pl.col("obs_value").sum().alias("summed_value"),
        pl.col("numerator", "denominator").sum(),
        pl.col(RANKS).max(),
        pl.col("is_synthetic").any(),
    ]


def _weighed(rows: pl.DataFrame, attempts: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """Parts of the rates that are not made from the counts of whole parts, with their weights."""
    is_incomplete = (pl.col("with_counts") < pl.col("parts_present")) | (
        pl.col("covered_units") < pl.col("parts_total").cast(DECIMAL)
    )
    wanted = attempts.filter(IS_RATE, is_incomplete, pl.col("weight_set").is_not_null())
    of_parts = ("ref_area", "observation_id", "obs_value", "has_value", "part_coverage")
    return _their_rows(rows.select(of_parts), wanted, "weight_set").join(
        weights.of_parts, on=["ref_area", "weight_set"]
    )


def _their_rows(rows: pl.DataFrame, attempts: pl.DataFrame, *more: str) -> pl.DataFrame:
    """The rows of each attempt, beside its number; by position, without a join on the series."""
    positions = attempts.select("attempt", *more, "rows").explode("rows")
    return positions.drop("rows").hstack(rows[positions["rows"]])


def _weighed_totals(weighed: pl.DataFrame) -> pl.DataFrame:
    weight = pl.col("weight")
    valued = pl.when("has_value").then(weight)
    return weighed.group_by("attempt").agg(
        covered_weight=(weight * pl.col("part_coverage")).sum(),
        weighted_sum=(weight * pl.col("obs_value")).sum(),
        valued_weight=valued.sum(),
        covered_valued=(valued * pl.col("part_coverage")).sum(),
        weight_is_synthetic=pl.col("weight_is_synthetic").any(),
        **{name: pl.col(name).max() for name in WEIGHT_RANKS},
    )


def _parts(rows: pl.DataFrame, attempts: pl.DataFrame, weighed: pl.DataFrame) -> pl.DataFrame:
    by_method = pl.col("method")
    added = _their_rows(
        rows.select(part_observation_id="observation_id"),
        attempts.filter(by_method.is_in(["sum", "counts"])),
    ).with_columns(
        weight=pl.lit(None, dtype=DECIMAL), weight_observation_id=pl.lit(None, dtype=pl.String)
    )
    averaged = (
        weighed.filter("has_value")
        .join(attempts.filter(by_method == "weights").select("attempt"), on="attempt", how="semi")
        .rename({"observation_id": "part_observation_id"})
    )
    return pl.concat([added, averaged.select(added.columns)])


def as_observations(attempts: pl.DataFrame, origin: pl.Expr) -> pl.DataFrame:
    """Made values in the columns of ``tables.Observations``."""
    absent = (
        "reported_value", "source_text", "note", "submission_id", "sheet", "sheet_row",
        "value_cell", "numerator_cell", "denominator_cell",
    )  # fmt: skip
    return (
        attempts.filter(pl.col("method").is_not_null())
        .rename({"whole_id": "ref_area"})
        .with_columns(origin=origin, **{name: pl.lit(None) for name in absent})
        .sort(SERIES_KEY)
        .pipe(identify)
    )
