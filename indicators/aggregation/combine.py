"""One value for a whole from the values of its parts, or the reason why there is none.

The same rules serve mergers (parts = predecessors) and roll-ups (parts = the level below).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from indicators.aggregation.flags import RANKS, ranked, unranked
from indicators.aggregation.identity import identify
from indicators.aggregation.rules import RULE_KEY, rules
from indicators.aggregation.weights import Weights
from indicators.assessment.exact import DECIMAL, decimal, divide
from indicators.tables import SERIES_KEY, GapReason

# What must be equal in all parts besides the place, or there is nothing to put together.
SAME = (*(name for name in SERIES_KEY if name != "ref_area"), "reference_year", "unit_measure")
# One attempt: a whole, one of the maps that divide it (``map_id``), one series and year.
ATTEMPT = ("whole_id", "map_id", *SAME)

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
_IS_RATE = pl.col("aggregation").is_in(["numerator_denominator", "weighted"])
_IS_SUM = pl.col("aggregation") == "sum"


@dataclass(frozen=True)
class Combined:
    """What came of every attempt.

    ``attempts`` has the columns of :data:`ATTEMPT`, ``level_from``, the value with its flags,
    ``method`` ("sum", "counts", "weights"; null where nothing was made) and ``reason`` (a
    ``GapReason`` there); ``parts`` the observations that each made value rests on.
    """

    attempts: pl.DataFrame
    parts: pl.DataFrame  # ATTEMPT, part_observation_id, weight, weight_observation_id


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
        observations: as ``tables.Observations``.
        links: as :data:`LINK_SCHEMA`, one row per part.
        indicators: as ``tables.Indicators``.
        weights: values that rates may be weighted with.
        minimum_coverage: least share of the parts that a rate needs.
        across_levels: parts are of a lower level than the whole (see :func:`rules.rules`).
    """
    rows = _rows(observations, links)
    attempts = rows.group_by(ATTEMPT).agg(*_totals()).collect()
    rule = rules(attempts, indicators, across_levels=across_levels)
    attempts = attempts.join(rule, on=RULE_KEY).with_columns(
        parts_present=pl.when(_IS_RATE).then("parts_present").otherwise("with_value")
    )
    weighed = _weighed(rows, attempts.filter(pl.col("parts_present") > 0), weights)
    attempts = attempts.join(_weighed_totals(weighed), on=ATTEMPT, how="left")
    attempts = _with_outcome(attempts, minimum_coverage).filter(pl.col("parts_present") > 0)
    return Combined(attempts, _parts(attempts, weighed))


def _rows(observations: pl.DataFrame, links: pl.DataFrame) -> pl.LazyFrame:
    """One row per observation and whole that its place is a part of.

    A rate may stand on counts alone (0 of 0 has no value).
    """
    has_counts = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    return (
        observations.lazy()
        .filter(pl.col("ref_area").is_in(links["ref_area"].unique().to_list()))
        .select(_NEEDED)
        .with_columns(has_value=pl.col("obs_value").is_not_null(), has_counts=has_counts)
        .filter(pl.col("has_value") | pl.col("has_counts"))
        .join(links.lazy(), on="ref_area")
        .filter(pl.col("reference_year") >= pl.col("first_year"))
        .with_columns(*ranked(), part_coverage=pl.col("coverage").fill_null(1.0).cast(DECIMAL))
    )


def _totals() -> list[pl.Expr]:
    return [
        pl.col("parts_total").first(),
        pl.col("level_from").first(),
        pl.col("observation_id").alias("parts"),
        pl.len().cast(pl.Int64).alias("parts_present"),
        pl.col("has_value").sum().cast(pl.Int64).alias("with_value"),
        pl.col("has_counts").sum().cast(pl.Int64).alias("with_counts"),
        pl.col("part_coverage").sum().alias("covered_units"),
        pl.col("obs_value").sum().alias("summed_value"),
        pl.col("numerator").sum().alias("numerator"),
        pl.col("denominator").sum().alias("denominator"),
        *(pl.col(name).max() for name in RANKS),
        pl.col("is_synthetic").any(),
    ]


def _weighed(rows: pl.LazyFrame, attempts: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """Parts of the rates that cannot be made from all their counts, with their weights."""
    is_incomplete = (pl.col("with_counts") < pl.col("parts_present")) | (
        pl.col("parts_present") < pl.col("parts_total")
    )
    wanted = attempts.filter(
        _IS_RATE, is_incomplete, pl.col("weight_indicator_id").is_not_null()
    ).select(*ATTEMPT, "weight_indicator_id", "weight_sex")
    return weights.attach(rows.join(wanted.lazy(), on=ATTEMPT).collect())


def _weighed_totals(weighed: pl.DataFrame) -> pl.DataFrame:
    weight = pl.col("weight")
    valued = pl.when("has_value").then(weight)
    return weighed.group_by(ATTEMPT).agg(
        covered_weight=(weight * pl.col("part_coverage")).sum(),
        total_weight=pl.col("total_weight").max(),
        weighted_sum=(weight * pl.col("obs_value")).sum(),
        valued_weight=valued.sum(),
        covered_valued=(valued * pl.col("part_coverage")).sum(),
    )


def _with_outcome(attempts: pl.DataFrame, minimum_coverage: Decimal) -> pl.DataFrame:
    """Method, coverage, value and flags of each attempt, or the reason why nothing was made."""
    on_counts = (
        _IS_RATE
        & pl.col("factor").is_not_null()
        & pl.col("with_counts").eq(pl.col("parts_present"))
    )
    by_weight = divide(
        pl.when(on_counts).then("covered_weight").otherwise("covered_valued"),
        pl.col("total_weight"),
    )
    by_units = pl.col("covered_units") / pl.col("parts_total").cast(DECIMAL)
    is_complete = pl.col("with_value") == pl.col("parts_total")
    attempts = attempts.with_columns(
        on_counts=on_counts,
        coverage=pl.coalesce(by_weight, by_units),
        has_weights=by_weight.is_not_null(),
    )
    is_enough = pl.col("coverage") >= decimal(minimum_coverage)
    method = (
        pl.when(_IS_SUM & is_complete)
        .then(pl.lit("sum"))
        .when(pl.col("on_counts") & is_enough)
        .then(pl.lit("counts"))
        .when(_IS_RATE & ~pl.col("on_counts") & pl.col("has_weights") & is_enough)
        .then(pl.lit("weights"))
    )
    return (
        attempts.with_columns(method=method)
        .with_columns(reason=_reason(), obs_value=_value(), **_counts())
        .with_columns(*unranked(), coverage=pl.col("coverage").cast(pl.Float64))
        .with_columns(obs_status=_status())
    )


def _reason() -> pl.Expr:
    return (
        pl.when(pl.col("method").is_not_null())
        .then(None)
        .when(~_IS_SUM & ~_IS_RATE)
        .then(pl.lit(GapReason.NOT_ADDITIVE.value))
        .when(_IS_SUM)
        .then(pl.lit(GapReason.MISSING_PART.value))
        .when(pl.col("on_counts") | pl.col("has_weights"))
        .then(pl.lit(GapReason.LOW_COVERAGE.value))
        .when(pl.col("weight_indicator_id").is_null())
        .then(pl.lit(GapReason.NO_WEIGHT.value))
        .otherwise(pl.lit(GapReason.WEIGHT_MISSING.value))
    )


def _value() -> pl.Expr:
    """The sum, the ratio of the sums (null where the denominators sum to 0), Σw·v ÷ Σw."""
    ratio = divide(pl.col("numerator") * pl.col("factor"), pl.col("denominator"))
    return (
        pl.when(pl.col("method") == "sum")
        .then("summed_value")
        .when(pl.col("method") == "counts")
        .then(ratio)
        .when(pl.col("method") == "weights")
        .then(divide(pl.col("weighted_sum"), pl.col("valued_weight")))
    )


def _counts() -> dict[str, pl.Expr]:
    """Added counts, where all parts have them: a missing count is not zero."""
    in_all = pl.col("method").is_in(["sum", "counts"]) & (
        pl.col("with_counts") == pl.col("parts_present")
    )
    return {name: pl.when(in_all).then(name) for name in ("numerator", "denominator")}


def _status() -> pl.Expr:
    """What rests on weights or on a part of the parts is an estimate; a break stays a break."""
    is_estimate = (pl.col("method") == "weights") | (pl.col("coverage") < 1)
    return (
        pl.when(is_estimate & (pl.col("obs_status") != "B"))
        .then(pl.lit("E"))
        .otherwise("obs_status")
    )


def _parts(attempts: pl.DataFrame, weighed: pl.DataFrame) -> pl.DataFrame:
    added = (
        attempts.filter(pl.col("method").is_in(["sum", "counts"]))
        .select(*ATTEMPT, part_observation_id="parts")
        .explode("part_observation_id")
        .with_columns(
            weight=pl.lit(None, dtype=DECIMAL),
            weight_observation_id=pl.lit(None, dtype=pl.String),
        )
    )
    by_weight = weighed.filter("has_value").join(
        attempts.filter(pl.col("method") == "weights").select(ATTEMPT), on=ATTEMPT, how="semi"
    )
    columns = {"part_observation_id": "observation_id"}
    averaged = by_weight.select(*ATTEMPT, "weight", "weight_observation_id", **columns)
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
