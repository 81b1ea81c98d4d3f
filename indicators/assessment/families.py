"""Several source families for one target: which is shown first, and where they disagree."""

import polars as pl

from indicators.assessment.bindings import TASK_KEY
from indicators.assessment.inputs import AssessmentInputs
from indicators.tables import Verdict

_UNLISTED = 99


def add_primary(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add ``is_primary``: the indicator's preferred family among those that can be assessed."""
    preference = (
        inputs.indicators.lazy()
        .select("indicator_id", source_family=pl.col("source_families").str.split(";"))
        .with_columns(preference=pl.int_ranges(pl.col("source_family").list.len()))
        .explode("source_family", "preference")
    )
    unassessed = Verdict.NOT_ASSESSABLE.value
    order = [
        pl.col("verdict") == unassessed,
        pl.col("attainment") == unassessed,
        pl.col("preference").fill_null(_UNLISTED),
        pl.col("source_family"),
    ]
    first = pl.col("source_family").sort_by(order).first().over(TASK_KEY)
    return (
        rows.join(preference, on=["indicator_id", "source_family"], how="left")
        .with_columns(is_primary=pl.col("source_family") == first)
        .drop("preference")
    )


def add_source_conflict(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``has_source_conflict``: another family stands across the target line.

    Only values of the same or an adjacent year are compared, met against not met (near counts
    as not met).
    """
    is_met = pl.col("attainment") == Verdict.MET.value
    known = rows.filter(pl.col("attainment") != Verdict.NOT_ASSESSABLE.value).select(
        *TASK_KEY, "source_family", "latest_year", is_met=is_met
    )
    conflicting = (
        known.join(known, on=TASK_KEY, suffix="_other")
        .filter(
            pl.col("source_family") != pl.col("source_family_other"),
            (pl.col("latest_year") - pl.col("latest_year_other")).abs() <= 1,
            pl.col("is_met") != pl.col("is_met_other"),
        )
        .select(*TASK_KEY, "source_family", has_source_conflict=pl.lit(True))
        .unique()
    )
    return rows.join(conflicting, on=[*TASK_KEY, "source_family"], how="left").with_columns(
        pl.col("has_source_conflict").fill_null(False)
    )
