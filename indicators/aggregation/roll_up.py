"""Values from the level below, beside what the unit itself reported."""

from __future__ import annotations

import polars as pl

from indicators.assessment.exact import DECIMAL, SCALE
from indicators.tables import SERIES_KEY, RollUps, polars_schema

_OWN_ORIGINS = ("reported", "carried")  # a carried value is the unit's own under its old identity


def best_map(attempts: pl.DataFrame) -> pl.DataFrame:
    """One attempt per whole, series and period.

    Where a whole is divided on several maps, the one that covers most decides, then the one in
    force at the end of the reference year: maps are never mixed in one value.
    """
    end_of_year = pl.concat_str(pl.col("reference_year").cast(pl.String), pl.lit("-12-31"))
    keys = ("whole_id", *(name for name in SERIES_KEY if name != "ref_area"))
    return (
        attempts.with_columns(
            is_made=pl.col("method").is_not_null(), has_ended=pl.col("map_id") < end_of_year
        )
        .sort(
            *keys, "is_made", "coverage", "has_ended", "map_id", "reference_year", "unit_measure",
            descending=[*[False] * len(keys), True, True, False, False, True, False],
            nulls_last=True,
        )
        .unique(keys, keep="first", maintain_order=True)
    )  # fmt: skip


def compared(
    values: pl.DataFrame, observations: pl.DataFrame, indicators: pl.DataFrame
) -> pl.DataFrame:
    """Made values beside the unit's own, as ``tables.RollUps``.

    A value that was made otherwise (rebuilt from predecessors) is no report and gives no row.
    Nothing is listed that a confidential part went into, or where the report is confidential:
    the difference would tell it.
    """
    own = observations.filter(
        pl.col("ref_area").is_in(values["whole_id"].unique().to_list())
    ).select(
        *SERIES_KEY,
        "origin",
        reported_observation_id="observation_id",
        reported_value="obs_value",
        own_counts=pl.col("denominator").is_not_null(),
        own_conf_status="conf_status",
        own_is_synthetic="is_synthetic",
    )
    rows = (
        values.rename({"whole_id": "ref_area", "obs_value": "rolled_value"})
        .filter(pl.col("method").is_not_null(), pl.col("conf_status") == "F")
        .join(own, on=SERIES_KEY, how="left")
        .filter(
            pl.col("origin").is_in(_OWN_ORIGINS).fill_null(value=True),
            (pl.col("own_conf_status") == "F").fill_null(value=True),
        )
        .join(indicators.select("indicator_id", "decimals"), on="indicator_id")
        .with_columns(difference=pl.col("reported_value") - pl.col("rolled_value"))
        .with_columns(
            # With a part missing, rounding is not what a difference would be put down to.
            is_beyond_rounding=pl.when(pl.col("coverage") == 1).then(
                pl.col("difference").abs() > _rounding()
            ),
            is_synthetic=pl.col("is_synthetic") | pl.col("own_is_synthetic").fill_null(value=False),
        )
    )
    return rows.select(pl.col(name).cast(dtype) for name, dtype in polars_schema(RollUps).items())


def _rounding() -> pl.Expr:
    """The largest difference that rounding to the indicator's decimals explains.

    Whole things are not rounded. A sum carries half a unit of the last digit for each part and
    one for the report; an average of rounded rates half a unit, and so does the report.
    """
    halves = {places: f"{0.5 * 10**-places:.{SCALE}f}" for places in range(SCALE)}
    half = (
        pl.col("decimals")
        .replace_strict(halves, return_dtype=pl.String)
        .str.to_decimal(scale=SCALE)
        .cast(DECIMAL)
    )
    zero = pl.lit(0).cast(DECIMAL)
    return (
        pl.when((pl.col("method") == "sum") & (pl.col("decimals") == 0))
        .then(zero)
        .when(pl.col("method") == "sum")
        .then(half * (pl.col("parts_present") + 1).cast(DECIMAL))
        .when(pl.col("method") == "weights")
        .then(half + half)
        .otherwise(half)
    )
