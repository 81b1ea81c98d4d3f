"""Stages *derive* and *assess*: every table of a release, as of one run.

The ordinary release is the case of the last run; any earlier one gives what the board could have
said then, by the catalogue and the method of today.
"""

from __future__ import annotations

import polars as pl

from etl.archive import ArchivedRun
from etl.deadlines import expected_until, local_day
from etl.derive import derive
from etl.log import stage
from etl.publish import check_nothing_lost
from etl.warehouse import Warehouse
from indicators.assessment import AssessmentInputs, assess, target_bindings
from indicators.catalogue import Catalogue
from indicators.statement_reviews import statement_reviews
from indicators.target_conflicts import target_conflicts

# As they are in the catalogue, under the same names.
_CATALOGUE_TABLES = (
    "localities",
    "locality_succession",
    "locality_former_states",
    "locality_events",
    "indicators",
    "programmes",
    "targets",
    "target_milestones",
    "code_items",
    "definitions",
)


def release_frames(
    warehouse: Warehouse, catalogue: Catalogue, run: ArchivedRun
) -> dict[str, pl.DataFrame]:
    """All tables but ``release_info``, from what was received up to ``run``.

    Nothing received later is in them, and what a later submission superseded is in force.
    Milestones are judged on the year of the run.

    Raises:
        PublishError: a value in force would be lost.
    """
    with stage("derive") as counts:
        in_force = warehouse.observations(run.run_id)
        derived = derive(in_force, catalogue)
        check_nothing_lost(in_force, derived.observations)
        counts.update(reported=in_force.height, all=derived.observations.height)
    with stage("assess") as counts:
        judged_by = AssessmentInputs.from_catalogue(catalogue, local_day(run.started_at))
        assessments = assess(derived.observations, judged_by, run.as_of_year)
        statements, bindings = warehouse.statements(run.run_id), target_bindings(judged_by)
        reviews = statement_reviews(
            statements, assessments, derived.observations, bindings, judged_by
        )
        counts.update(assessments=assessments.height)
    return {
        **{name: getattr(catalogue, name) for name in _CATALOGUE_TABLES},
        "runs": warehouse.table("runs", run.run_id),
        "submissions": warehouse.table("submissions", run.run_id),
        "observations": derived.observations,
        "observation_parts": derived.parts,
        "revisions": warehouse.revisions(run.run_id),
        "statements": statements,
        "issues": warehouse.table("issues", run.run_id),
        "applied_corrections": warehouse.table("applied_corrections", run.run_id),
        "check_outcomes": warehouse.table("check_outcomes", run.run_id),
        "assessments": assessments,
        "target_bindings": bindings,
        "target_conflicts": target_conflicts(judged_by),
        "statement_reviews": reviews,
        # A year ahead: the board must name who is missing before anybody has reported.
        "expected_submissions": expected_until(catalogue, run.as_of_year + 1),
    }
