"""What a release holds."""

from __future__ import annotations

from datetime import date, datetime

import pandera.polars as pa

from indicators.tables.base import Int, Table, Text
from indicators.tables.catalogue import (
    CodeItems,
    Definitions,
    Indicators,
    Localities,
    LocalityEvents,
    LocalityFormerStates,
    LocalitySuccession,
    Programmes,
    TargetMilestones,
    Targets,
)
from indicators.tables.changes import ValueAdditions, ValueChanges, VerdictChanges
from indicators.tables.derived import DenominatorChanges, ObservationParts, RebuildGaps, RollUps
from indicators.tables.judged import Assessments, StatementReviews, TargetBindings, TargetConflicts
from indicators.tables.received import (
    AppliedCorrections,
    CheckOutcomes,
    ExpectedSubmissions,
    Issues,
    Observations,
    Revisions,
    Runs,
    Statements,
    Submissions,
)


class ReleaseInfo(Table):
    """One row that says what this release is."""

    release_id: Text
    created_at: datetime  # UTC, naive
    run_id: Int
    as_of_year: Int
    method_version: Text
    catalogue_digest: Text
    schema_version: Text
    content_digest: Text  # same inputs, same digest; changes since the last one are not in it
    previous_release_id: Text = pa.Field(nullable=True)  # what the changes are counted from
    # Last day whose reports are in it, in a file made afterwards by «etl as-of»; else null.
    as_of_day: date = pa.Field(nullable=True)


SCHEMA_VERSION = "4"


RELEASE_TABLES: dict[str, type[Table]] = {
    "localities": Localities,
    "locality_succession": LocalitySuccession,
    "indicators": Indicators,
    "programmes": Programmes,
    "targets": Targets,
    "target_milestones": TargetMilestones,
    "code_items": CodeItems,
    "definitions": Definitions,
    "runs": Runs,
    "submissions": Submissions,
    "observations": Observations,
    "observation_parts": ObservationParts,
    "revisions": Revisions,
    "statements": Statements,
    "issues": Issues,
    "applied_corrections": AppliedCorrections,
    "check_outcomes": CheckOutcomes,
    "assessments": Assessments,
    "expected_submissions": ExpectedSubmissions,
    "rebuild_gaps": RebuildGaps,
    "roll_ups": RollUps,
    "denominator_changes": DenominatorChanges,
    "locality_former_states": LocalityFormerStates,
    "locality_events": LocalityEvents,
    "target_bindings": TargetBindings,
    "target_conflicts": TargetConflicts,
    "statement_reviews": StatementReviews,
    "value_changes": ValueChanges,
    "value_additions": ValueAdditions,
    "verdict_changes": VerdictChanges,
    "release_info": ReleaseInfo,
}
