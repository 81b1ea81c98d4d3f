"""Every table that crosses a boundary, declared once as Pandera models.

The warehouse, the release and the dashboard take column names, types and codes from here;
``RELEASE_TABLES`` is the list of what a release holds. Column names follow SDMX concepts
(``ref_area``, ``time_period``, ``sex``, ``age``, ``obs_value``, ``obs_status``,
``conf_status``, ``unit_measure``). All frames are Polars, eager (a lazy frame would be
checked for names and types only).
"""

from indicators.tables.base import Decimal9, Float, Int, Table, Text, conform, empty, polars_schema
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
from indicators.tables.changes import CHANGE_TABLES, ValueAdditions, ValueChanges, VerdictChanges
from indicators.tables.codes import (
    GapReason,
    Pace,
    PaceReason,
    StatementReason,
    ValueCause,
    Verdict,
    VerdictCause,
    VerdictReason,
)
from indicators.tables.derived import DenominatorChanges, ObservationParts, RebuildGaps, RollUps
from indicators.tables.judged import Assessments, StatementReviews, TargetBindings, TargetConflicts
from indicators.tables.received import (
    SERIES_KEY,
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
from indicators.tables.release import RELEASE_TABLES, SCHEMA_VERSION, ReleaseInfo

__all__ = [
    "CHANGE_TABLES",
    "RELEASE_TABLES",
    "SCHEMA_VERSION",
    "SERIES_KEY",
    "AppliedCorrections",
    "Assessments",
    "CheckOutcomes",
    "CodeItems",
    "Decimal9",
    "Definitions",
    "DenominatorChanges",
    "ExpectedSubmissions",
    "Float",
    "GapReason",
    "Indicators",
    "Int",
    "Issues",
    "Localities",
    "LocalityEvents",
    "LocalityFormerStates",
    "LocalitySuccession",
    "ObservationParts",
    "Observations",
    "Pace",
    "PaceReason",
    "Programmes",
    "RebuildGaps",
    "ReleaseInfo",
    "Revisions",
    "RollUps",
    "Runs",
    "StatementReason",
    "StatementReviews",
    "Statements",
    "Submissions",
    "Table",
    "TargetBindings",
    "TargetConflicts",
    "TargetMilestones",
    "Targets",
    "Text",
    "ValueAdditions",
    "ValueCause",
    "ValueChanges",
    "Verdict",
    "VerdictCause",
    "VerdictChanges",
    "VerdictReason",
    "conform",
    "empty",
    "polars_schema",
]
