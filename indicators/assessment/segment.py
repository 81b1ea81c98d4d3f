"""Comparable lines: which points of a series may be read together.

A line holds one indicator, locality, group, definition and source family, after the last break,
with one point per year described. Everything later in the method rests on these lines.

Groups are built with plain columns only: in Polars 2.1 an expression computed on ``filter(…)``
inside ``group_by().agg(… .sort_by(…))`` reads foreign memory as soon as there are many groups.
"""

import polars as pl

from indicators.assessment.exact import round_half_up
from indicators.assessment.inputs import AssessmentInputs

SERIES = ("indicator_id", "ref_area", "sex", "age", "breakdown", "definition", "source_family")

# SDMX periods shorter than a year (2025-S1, 2025-Q3, 2025-07) do not describe a year.
_SUB_ANNUAL = r"^\d{4}-([SQMWT]\d+|\d{2})$"

_SERIES_NUMBER, _LINE = "series_number", "line"  # integers group faster than seven texts
_OF_A_POINT = (
    "observation_id",
    "numerator",
    "denominator",
    "obs_value",
    "obs_status",
    "is_synthetic",
    "confidence",
    "origin",
    "coverage",
)
_YEAR, _VALUE = pl.col("reference_year"), pl.col("obs_value")


def comparable_points(observations: pl.LazyFrame, indicators: pl.LazyFrame) -> pl.LazyFrame:
    """One row per series and reference year, numbered by segment.

    A value printed again for a later period is the same point: the latest print wins. Rows
    without a value are dropped, except those with denominator 0 (``is_empty``), which say that
    there was nothing to measure. Adds ``published`` (as a table prints it, halves up)
    and ``segment``, which grows by one at every break (``obs_status`` B) and where made-up points
    follow real ones or the other way round: a line never joins them.
    """
    point = (_SERIES_NUMBER, "reference_year")
    is_empty = (pl.col("denominator") == 0).fill_null(False)
    is_other_kind = pl.col("is_synthetic") != pl.col("is_synthetic").shift(1).over(_SERIES_NUMBER)
    starts_segment = pl.col("is_break") | is_other_kind.fill_null(value=False)
    is_annual = ~pl.col("time_period").str.contains(_SUB_ANNUAL)
    return (
        observations.filter(_VALUE.is_not_null() | is_empty, is_annual)
        .select(*SERIES, "reference_year", "time_period", *_OF_A_POINT)
        .sort(*SERIES, "reference_year", "time_period", "observation_id")
        .with_columns(pl.struct(SERIES).rle_id().alias(_SERIES_NUMBER))
        .with_columns(is_break=(pl.col("obs_status") == "B").any().over(point))
        .unique(point, keep="last", maintain_order=True)
        .with_columns(
            is_empty=is_empty,
            obs_value=pl.when(~is_empty).then(_VALUE),
            starts_segment=starts_segment,
        )
        .with_columns(
            segment=pl.col("starts_segment").cast(pl.Int64).cum_sum().over(_SERIES_NUMBER)
        )
        .join(indicators.select("indicator_id", "decimals"), on="indicator_id")
        .with_columns(published=round_half_up(_VALUE, pl.col("decimals")))
    )


def lines(points: pl.DataFrame, horizons: list[int], inputs: AssessmentInputs) -> pl.DataFrame:
    """One row per series and horizon: the last segment as it stood at the end of that year.

    Args:
        points: as of ``comparable_points``.
        horizons: the years up to which to look; points described later are not seen.
        inputs: for the parameters of base, flatness and projection.

    Returns:
        The latest point (``latest_*``, null value where the denominator is 0), the base point
        (``base_*``), ``comparable_points``, ``is_flat`` and the sums of a straight line through
        the last points (``fit_*``).
    """
    seen = _seen(points, horizons)
    valued = seen.filter(_VALUE.is_not_null()).with_columns(
        recency=pl.int_range(pl.len(), 0, -1).over(_LINE)
    )
    return (
        _latest(seen)
        .join(_base(valued, inputs), on=_LINE, how="left")
        .join(_shape(valued, inputs), on=_LINE, how="left")
        .join(_fit(valued, inputs), on=_LINE, how="left")
        .with_columns(pl.col("comparable_points").fill_null(0), pl.col("is_flat").fill_null(False))
        .drop(_LINE)
    )


def _seen(points: pl.DataFrame, horizons: list[int]) -> pl.DataFrame:
    """Points per horizon in order of years; ``line`` numbers each series × horizon."""
    key = (_SERIES_NUMBER, "horizon")
    return (
        points.join(pl.DataFrame({"horizon": horizons}, schema={"horizon": pl.Int64}), how="cross")
        .filter(pl.col("horizon") >= _YEAR)
        .filter(pl.col("segment") == pl.col("segment").max().over(key))
        .sort(*key, "reference_year")
        .with_columns(pl.struct(key).rle_id().alias(_LINE))
    )


def _latest(seen: pl.DataFrame) -> pl.DataFrame:
    return seen.unique(_LINE, keep="last", maintain_order=True).select(
        _LINE,
        *SERIES,
        "horizon",
        "is_synthetic",
        latest_observation_id="observation_id",
        latest_year="reference_year",
        latest_value="obs_value",
        latest_published="published",
        latest_numerator="numerator",
        latest_denominator="denominator",
        latest_is_empty="is_empty",
        latest_is_provisional=pl.col("obs_status") == "P",
        latest_is_unverified=pl.col("confidence") != "official",
        latest_origin="origin",
        latest_coverage="coverage",
    )


def _base(valued: pl.DataFrame, inputs: AssessmentInputs) -> pl.DataFrame:
    """The point of the base year or the nearest within the tolerance; of two, the earlier."""
    distance = (_YEAR - inputs.whole("base_year")).abs()
    return (
        valued.filter(distance <= inputs.whole("base_tolerance_years"))
        .sort(_LINE, distance, "reference_year")
        .unique(_LINE, keep="first", maintain_order=True)
        .select(
            _LINE,
            base_observation_id="observation_id",
            base_year="reference_year",
            base_value="obs_value",
            base_numerator="numerator",
            base_denominator="denominator",
        )
    )


def _shape(valued: pl.DataFrame, inputs: AssessmentInputs) -> pl.DataFrame:
    """How many points there are, and whether the last ones stood still as published."""
    needed = inputs.whole("flat_intervals") + 1
    last = valued.filter(pl.col("recency") <= needed).group_by(_LINE)
    return (
        valued.group_by(_LINE)
        .agg(comparable_points=pl.len().cast(pl.Int64))
        .join(
            last.agg(highest=pl.col("published").max(), lowest=pl.col("published").min()), on=_LINE
        )
        .select(
            _LINE,
            "comparable_points",
            is_flat=(pl.col("comparable_points") >= needed)
            & (pl.col("highest") == pl.col("lowest")),
        )
    )


def _fit(valued: pl.DataFrame, inputs: AssessmentInputs) -> pl.DataFrame:
    """Count, span, means and centred sums of squares of the last points."""
    x, y = pl.col("x"), pl.col("y")
    return (
        valued.filter(pl.col("recency") <= inputs.whole("projection_points"))
        .select(_LINE, "reference_year", x=_YEAR.cast(pl.Float64), y=_VALUE.cast(pl.Float64))
        .with_columns(mean_x=x.mean().over(_LINE), mean_y=y.mean().over(_LINE))
        .with_columns(x=x - pl.col("mean_x"), y=y - pl.col("mean_y"))
        .with_columns(xx=x * x, xy=x * y, yy=y * y)
        .group_by(_LINE)
        .agg(
            fit_points=pl.len().cast(pl.Int64),
            fit_first_year=_YEAR.min(),
            fit_last_year=_YEAR.max(),
            fit_mean_year=pl.col("mean_x").first(),
            fit_mean_value=pl.col("mean_y").first(),
            fit_sxx=pl.col("xx").sum(),
            fit_sxy=pl.col("xy").sum(),
            fit_syy=pl.col("yy").sum(),
        )
        .with_columns(fit_span=pl.col("fit_last_year") - pl.col("fit_first_year"))
        .drop("fit_first_year", "fit_last_year")
    )
