"""The verdict of one milestone: judged once its year has passed, on the way before."""

import polars as pl

from indicators.assessment.inputs import AssessmentInputs
from indicators.tables import Verdict, VerdictReason


def add_age(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add ``is_old`` and ``is_too_old``: reference year against the indicator's publishing period.

    Age is counted from ``anchor_year``: the milestone's year once closed, else the year before
    the assessment, the last one that can have been published. What is settled once a term (an
    election, a congress) is too old as soon as it is of another term than the milestone.
    """
    age = pl.col("anchor_year") - pl.col("latest_year")
    period = pl.col("publishing_period_years")
    is_of_another_term = pl.col("is_of_a_term").fill_null(value=False) & (
        pl.col("latest_year") < pl.col("milestone_year")
    )
    return rows.with_columns(
        is_of_another_term=is_of_another_term.fill_null(value=False),
        is_old=(age > inputs.whole("old_periods") * period).fill_null(value=False),
        is_too_old=(age > inputs.whole("too_old_periods") * period).fill_null(value=False),
    ).with_columns(
        pl.col("is_old", "is_too_old") | pl.col("is_of_another_term"),
    )


def add_verdict(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``verdict``, ``verdict_reason``, ``basis`` and ``is_provisional``."""
    is_known = pl.col("latest_value").is_not_null()
    is_earlier = pl.col("latest_year") < pl.col("milestone_year")
    return rows.with_columns(
        verdict_reason=_reason(),
        basis=pl.when(~is_known)
        .then(pl.lit("none"))
        .when(is_earlier)
        .then(pl.lit("earlier_year"))
        .otherwise(pl.lit("milestone_year")),
        is_provisional=is_known
        & (pl.col("latest_is_provisional").fill_null(False) | (pl.col("is_closed") & is_earlier)),
    ).with_columns(verdict=_verdict())


def _reason() -> pl.Expr:
    """Why the target cannot be assessed, first reason first; null where it can."""
    has_no_line = pl.col("latest_year").is_null()
    reasons = (
        (VerdictReason.NO_TARGET_NUMBER, _has_no_number()),
        (VerdictReason.NOT_APPLICABLE, pl.col("is_inapplicable")),
        (VerdictReason.LOCALITY_ABOLISHED, pl.col("is_abolished")),
        (VerdictReason.NOT_COMPARABLE, has_no_line & pl.col("has_other_values")),
        (VerdictReason.NO_DATA, has_no_line),
        (VerdictReason.EMPTY_DENOMINATOR, pl.col("latest_is_empty")),
        (
            VerdictReason.TOO_OLD,
            (pl.col("is_closed") | pl.col("is_of_another_term")) & pl.col("is_too_old"),
        ),
    )
    return pl.coalesce(pl.when(holds).then(pl.lit(reason.value)) for reason, holds in reasons)


def _has_no_number() -> pl.Expr:
    return (
        pl.col("indicator_id").is_null()
        | pl.col("operator").is_null()
        | pl.col("target_value").is_null()
    )


def _verdict() -> pl.Expr:
    is_unmet = pl.col("attainment") == Verdict.NOT_MET.value
    return (
        pl.when(pl.col("verdict_reason").is_not_null())
        .then(pl.lit(Verdict.NOT_ASSESSABLE.value))
        .when(is_unmet & ~pl.col("is_closed"))
        .then(pl.lit(Verdict.ON_THE_WAY.value))
        .otherwise("attainment")
    )
