"""Where a straight line through the last comparable points would stand at the milestone."""

import polars as pl

from indicators.assessment.inputs import AssessmentInputs
from indicators.assessment.student import two_sided_quantile


def add_projection(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add ``projection_value``, ``projection_low`` and ``projection_high`` where allowed.

    Ordinary least squares over the last points (sums of ``segment.lines``) with a prediction
    interval by Student's t on n − 2 degrees of freedom, all clipped to the indicator's natural
    limits. Null for closed milestones, abolished localities, data that are too old, and fewer or
    closer points than the parameters ask for; nor through a figure that is an anomaly.
    """
    is_allowed = (
        ~pl.col("is_closed")
        & ~pl.col("is_abolished")
        & ~pl.col("is_too_old")
        & ~pl.col("is_anomaly")
        & (pl.col("fit_points") >= inputs.whole("projection_minimum_points"))
        & (pl.col("fit_span") >= inputs.whole("projection_minimum_span_years"))
    )
    centre, half_width = _centre(), _half_width(inputs)

    def clipped(value: pl.Expr) -> pl.Expr:
        return pl.when(is_allowed).then(value.clip(pl.col("lower_limit"), pl.col("upper_limit")))

    return rows.with_columns(
        projection_value=clipped(centre),
        projection_low=clipped(centre - half_width),
        projection_high=clipped(centre + half_width),
    )


def _years_ahead() -> pl.Expr:
    return pl.col("milestone_year") - pl.col("fit_mean_year")


def _slope() -> pl.Expr:
    return pl.col("fit_sxy") / pl.col("fit_sxx")


def _centre() -> pl.Expr:
    return pl.col("fit_mean_value") + _slope() * _years_ahead()


def _half_width(inputs: AssessmentInputs) -> pl.Expr:
    """t · s · √(1 + 1/n + (x − x̄)²/Sxx), with s² = residual sum of squares ÷ (n − 2)."""
    points = pl.col("fit_points")
    residual = (pl.col("fit_syy") - _slope() * pl.col("fit_sxy")).clip(lower_bound=0)
    spread = 1 + 1 / points + _years_ahead() ** 2 / pl.col("fit_sxx")
    return _student_t(inputs) * (residual / (points - 2) * spread).sqrt()


def _student_t(inputs: AssessmentInputs) -> pl.Expr:
    confidence = float(inputs.parameters["projection_confidence"])
    quantiles = {
        points: two_sided_quantile(confidence, points - 2)
        for points in range(3, inputs.whole("projection_points") + 1)
    }
    return pl.col("fit_points").replace_strict(quantiles, default=None, return_dtype=pl.Float64)
