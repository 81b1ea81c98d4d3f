"""Assessment method 1: what is said of every locality × target × milestone, and why.

Pure functions over Polars frames, written as set operations. ``docs/methods/assessment.md``
explains each rule with examples.
"""

import polars as pl

from indicators.assessment.attainment import add_attainment
from indicators.assessment.bindings import GROUP, target_bindings
from indicators.assessment.compound import NO_FAMILY, compound_rows
from indicators.assessment.families import add_primary, add_source_conflict
from indicators.assessment.inputs import AssessmentInputs
from indicators.assessment.pace import add_pace
from indicators.assessment.projection import add_projection
from indicators.assessment.segment import SERIES, comparable_points, lines
from indicators.assessment.tasks import judged_tasks
from indicators.assessment.verdict import add_age, add_verdict
from indicators.tables import Assessments, conform

__all__ = ["METHOD_VERSION", "AssessmentInputs", "assess", "target_bindings"]

METHOD_VERSION = "1"


def assess(observations: pl.DataFrame, inputs: AssessmentInputs, as_of_year: int) -> pl.DataFrame:
    """Judge every target at every milestone by each source family on its own.

    Args:
        observations: as ``tables.Observations``, merged localities already rebuilt.
        inputs: the catalogue's frames and the method's parameters.
        as_of_year: year of the assessment; milestones before it are closed.

    Returns:
        A frame as ``tables.Assessments``, sorted by its key. In the row of a closed milestone
        the ``latest_*`` columns hold the point that it was judged on: nothing described after
        the milestone's year is in it.
    """
    judged = inputs.targets.select(GROUP).unique()
    relevant = observations.join(judged, on=GROUP, how="semi")
    observed = relevant.select(*GROUP, "ref_area").unique()
    tasks = judged_tasks(inputs, as_of_year, observed).collect()
    points = comparable_points(relevant.lazy(), inputs.indicators.lazy()).collect()
    series = lines(points, tasks["horizon"].unique().to_list(), inputs)

    rows = _attach_lines(tasks, series, relevant).lazy()
    rows = add_age(rows, inputs)
    rows = add_attainment(rows)
    rows = add_verdict(rows)
    rows = add_pace(rows, inputs)
    rows = add_projection(rows, inputs)
    rows = add_primary(rows, inputs)
    rows = add_source_conflict(rows).collect().lazy()
    return _finish(rows, compound_rows(rows, inputs))


def _attach_lines(
    tasks: pl.DataFrame, series: pl.DataFrame, observations: pl.DataFrame
) -> pl.DataFrame:
    """One row per task and source family with a line; one row with family _Z where none has."""
    others = (
        observations.filter(pl.col("obs_value").is_not_null())
        .group_by(*GROUP, "ref_area")
        .agg(first_year=pl.col("reference_year").min())
    )
    line_key = [column for column in SERIES if column != "source_family"]
    task_key = ["locality_id" if column == "ref_area" else column for column in line_key]
    return (
        tasks.join(
            series, left_on=[*task_key, "horizon"], right_on=[*line_key, "horizon"], how="left"
        )
        .join(
            others,
            left_on=[*GROUP, "locality_id"],
            right_on=[*GROUP, "ref_area"],
            how="left",
        )
        .with_columns(
            pl.col("source_family").fill_null(NO_FAMILY),
            pl.col("comparable_points").fill_null(0),
            pl.col("is_synthetic").fill_null(False),
            has_other_values=(pl.col("first_year") <= pl.col("horizon")).fill_null(False),
            is_unverified=pl.col("target_is_unverified")
            | pl.col("latest_is_unverified").fill_null(False),
        )
    )


def _finish(rows: pl.LazyFrame, compounds: pl.LazyFrame) -> pl.DataFrame:
    frame = (
        pl.concat([rows, compounds], how="diagonal_relaxed")
        .with_columns(
            milestone_state=pl.when("is_closed").then(pl.lit("closed")).otherwise(pl.lit("open")),
            method_version=pl.lit(METHOD_VERSION),
        )
        .sort("locality_id", "target_id", "milestone_year", "source_family")
        .collect()
    )
    return conform(frame, Assessments)
