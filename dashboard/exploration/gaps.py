"""Women beside men: a gap is made of two figures that differ in nothing but the sex."""

from __future__ import annotations

from typing import Final

import polars as pl

from indicators.assessment.exact import divide

_RATIO_DECIMALS: Final = 2
# What both figures have in common, made-up or not included.
_COMMON: Final = (
    "indicator_id", "locality_id", "year", "age", "breakdown", "source_family", "definition",
    "is_synthetic",
)  # fmt: skip
_HOLLOW: Final = ("P", "E")
GAP_SEX: Final = "F-M"


def with_gaps(figures: pl.DataFrame, kind: str) -> pl.DataFrame:
    """One row per pair of figures, in the columns of the figures.

    ``value`` is women's minus men's (``points``) or women's over men's (``ratio``), from the values
    as they came in, not rounded before. ``observation_id`` is that of the women's figure,
    ``observation_id_men`` of the men's; ``value_women`` and ``value_men`` are the two values. The
    weaker of two marks counts. A ratio to nothing is left out.
    """
    women = figures.filter(sex="F")
    men = figures.filter(sex="M").select(
        *_COMMON,
        *(
            pl.col(name).alias(f"{name}_men")
            for name in ("observation_id", "value", "obs_status", "origin")
        ),
    )
    pairs = women.join(men, on=_COMMON, how="inner", maintain_order="left")
    is_ratio = kind == "ratio"
    gap = pl.col("value") - pl.col("value_men")
    if is_ratio:
        gap = divide(pl.col("value"), pl.col("value_men"))
    return pairs.with_columns(
        value=gap,
        value_women="value",
        value_decimals="decimals",
        decimals=pl.lit(_RATIO_DECIMALS, dtype=pl.Int64) if is_ratio else pl.col("decimals"),
        sex=pl.lit(GAP_SEX),
        obs_status=_weaker("obs_status", "B", *_HOLLOW),
        origin=_weaker("origin", "aggregated", "weighted", "rolled_up"),
        numerator=pl.lit(None, dtype=figures.schema["numerator"]),
        denominator=pl.lit(None, dtype=figures.schema["denominator"]),
    ).filter(pl.col("value").is_not_null())


def _weaker(column: str, *marks: str) -> pl.Expr:
    """The men's mark where it is one of these and the women's is not."""
    other = pl.col(f"{column}_men")
    is_weaker = other.is_in(marks) & ~pl.col(column).is_in(marks)
    return pl.when(is_weaker).then(other).otherwise(column).alias(column)
