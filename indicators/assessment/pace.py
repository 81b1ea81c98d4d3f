"""Pace towards an open milestone: observed change per year against the change needed per year."""

from decimal import Decimal

import polars as pl

from indicators.assessment.exact import decimal, divide
from indicators.assessment.inputs import AssessmentInputs
from indicators.tables import Pace, PaceReason, Verdict

_BASE, _LATEST = pl.col("base_value"), pl.col("latest_value")
_BASE_YEAR, _LATEST_YEAR = pl.col("base_year"), pl.col("latest_year")
_MILESTONE_YEAR, _GAP, _SIDE = pl.col("milestone_year"), pl.col("gap"), pl.col("side")


def add_pace(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add ``pace``, ``pace_reason`` and the numbers of the leader's sentence.

    ``observed_per_year`` and ``needed_per_year`` carry the sign of the change (negative where
    the value falls); ``required_per_year`` is the gap spread over the years from the latest
    point to the milestone, never negative, and ``times_faster`` compares it with the observed
    change where that goes the right way. All are in the indicator's units per year.
    """
    observed = (_LATEST - _BASE).cast(pl.Float64) / (_LATEST_YEAR - _BASE_YEAR)
    needed = (pl.col("edge") - _BASE).cast(pl.Float64) / (_MILESTONE_YEAR - _BASE_YEAR)
    required = _GAP.cast(pl.Float64) / (_MILESTONE_YEAR - _LATEST_YEAR)
    is_dated = ~pl.col("is_closed") & ~pl.col("is_abolished") & ~pl.col("is_too_old")
    has_pace = pl.col("pace") != Pace.NONE.value
    return (
        rows.with_columns(pace_reason=_reason())
        .with_columns(pace=_pace(inputs))
        .with_columns(
            observed_per_year=pl.when(has_pace).then(observed),
            needed_per_year=pl.when(has_pace).then(needed),
            pace_ratio=pl.when(has_pace, _distance() > 0).then(observed / needed),
            required_per_year=pl.when(is_dated, _GAP > 0, _MILESTONE_YEAR > _LATEST_YEAR).then(
                required
            ),
        )
        .with_columns(
            times_faster=pl.when(has_pace, _progress() > 0).then(
                pl.col("required_per_year") / observed.abs()
            )
        )
    )


def _progress() -> pl.Expr:
    """Change since the base point, positive towards the target."""
    return _SIDE * (_LATEST - _BASE)


def _distance() -> pl.Expr:
    """The whole way from the base point to the target; not positive if it was reached then."""
    return _SIDE * (pl.col("edge") - _BASE)


def _reason() -> pl.Expr:
    """Why no pace is given, first reason first; null where a pace can be given."""
    is_maintained = (pl.col("operator") == "maintain") | (pl.col("direction") == "maintain")
    has_two_points = _BASE_YEAR < _LATEST_YEAR
    step_of_one_unit = divide(pl.col("formula_factor"), pl.col("latest_denominator"))
    is_small_base = pl.col("gap_whole_units").is_not_null() & (step_of_one_unit > _GAP)
    reasons = (
        (PaceReason.MILESTONE_CLOSED, pl.col("is_closed")),
        (PaceReason.LOCALITY_ABOLISHED, pl.col("is_abolished")),
        (PaceReason.NO_TARGET_NUMBER, pl.col("target_value").is_null()),
        (PaceReason.NO_DATA, _LATEST.is_null()),
        (PaceReason.ANOMALY, pl.col("is_anomaly")),
        (PaceReason.TARGET_REACHED, pl.col("attainment") == Verdict.MET.value),
        (PaceReason.MAINTAIN, is_maintained),
        (PaceReason.TOO_OLD, pl.col("is_too_old")),
        (PaceReason.TOO_FEW_POINTS, ~has_two_points.fill_null(False)),
        (PaceReason.SMALL_BASE, is_small_base),
    )
    return pl.coalesce(pl.when(holds).then(pl.lit(reason.value)) for reason, holds in reasons)


def _pace(inputs: AssessmentInputs) -> pl.Expr:
    """The word; the ratio is compared by cross-multiplication, so that the cuts are exact."""
    elapsed, span = _LATEST_YEAR - _BASE_YEAR, _MILESTONE_YEAR - _BASE_YEAR

    def reaches(cut: Decimal) -> pl.Expr:
        return (_distance() > 0) & (_progress() * span >= decimal(cut) * _distance() * elapsed)

    return (
        pl.when(pl.col("pace_reason").is_not_null())
        .then(pl.lit(Pace.NONE.value))
        .when(pl.col("is_flat"))
        .then(pl.lit(Pace.STALLED.value))
        .when(reaches(inputs.parameters["pace_on_track"]))
        .then(pl.lit(Pace.ON_TRACK.value))
        .when(reaches(inputs.parameters["pace_slow"]))
        .then(pl.lit(Pace.SLOW.value))
        .when(_progress() < 0)
        .then(pl.lit(Pace.REVERSING.value))
        .otherwise(pl.lit(Pace.STALLED.value))
    )
