"""How an attempt ends: by which method, with which value and flags, or why without one."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from indicators.aggregation.flags import WEIGHT_RANKS, unranked
from indicators.assessment.exact import DECIMAL, decimal, divide
from indicators.tables import GapReason

IS_RATE = pl.col("aggregation").is_in(["numerator_denominator", "weighted"])
_IS_SUM = pl.col("aggregation") == "sum"


def with_outcome(attempts: pl.DataFrame, minimum_coverage: Decimal) -> pl.DataFrame:
    """Method, coverage, value and flags of each attempt, or the reason why nothing was made."""
    on_counts = (
        IS_RATE & pl.col("factor").is_not_null() & pl.col("with_counts").eq(pl.col("parts_present"))
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
        .when(IS_RATE & ~pl.col("on_counts") & pl.col("has_weights") & is_enough)
        .then(pl.lit("weights"))
    )
    return (
        attempts.with_columns(method=method)
        .with_columns(reason=_reason(), obs_value=_value(), **_counts(), **_flags_of_weights())
        .with_columns(*unranked(), coverage=pl.col("coverage").cast(pl.Float64))
        .with_columns(obs_status=_status())
    )


def _reason() -> pl.Expr:
    return (
        pl.when(pl.col("method").is_not_null())
        .then(None)
        .when(~_IS_SUM & ~IS_RATE)
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


def _flags_of_weights() -> dict[str, pl.Expr]:
    """A weighted value is as doubtful, protected or synthetic as its weights."""
    is_weighted = pl.col("method") == "weights"
    flags = {
        name.removeprefix("weight_"): pl.when(is_weighted)
        .then(pl.max_horizontal(name.removeprefix("weight_"), name))
        .otherwise(name.removeprefix("weight_"))
        for name in WEIGHT_RANKS
    }
    is_synthetic = pl.col("is_synthetic") | (is_weighted & pl.col("weight_is_synthetic"))
    return {**flags, "is_synthetic": is_synthetic.fill_null(pl.col("is_synthetic"))}


def _status() -> pl.Expr:
    """What rests on weights or on a part of the parts is an estimate; a break stays a break."""
    is_estimate = (pl.col("method") == "weights") | (pl.col("coverage") < 1)
    return (
        pl.when(is_estimate & (pl.col("obs_status") != "B"))
        .then(pl.lit("E"))
        .otherwise("obs_status")
    )
