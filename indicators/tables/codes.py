"""Words of results, pace, reasons and causes, as the tables hold them."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Kết quả: what is said of one target at one milestone."""

    MET = "met"  # đạt
    PARTIALLY_MET = "partially_met"  # đạt một phần (compound targets only)
    NEAR = "near"  # gần đạt
    NOT_MET = "not_met"  # chưa đạt (closed milestones only)
    ON_THE_WAY = "on_the_way"  # đang thực hiện: the milestone is still open
    NOT_ASSESSABLE = "not_assessable"  # không đánh giá được, with a reason


class VerdictReason(StrEnum):
    """Why a target is not assessable (design §5.11)."""

    NO_DATA = "no_data"
    TOO_OLD = "too_old"
    NOT_COMPARABLE = "not_comparable"
    EMPTY_DENOMINATOR = "empty_denominator"
    NOT_APPLICABLE = "not_applicable"
    NO_TARGET_NUMBER = "no_target_number"
    LOCALITY_ABOLISHED = "locality_abolished"
    PART_MISSING = "part_missing"  # a part of a compound target decides and is not assessable


class Pace(StrEnum):
    """Tiến độ: observed change per year against the change needed per year."""

    ON_TRACK = "on_track"  # đúng tiến độ
    SLOW = "slow"  # chậm
    STALLED = "stalled"  # giậm chân
    REVERSING = "reversing"  # đi lùi
    NONE = "none"  # không tính được, with a reason


class PaceReason(StrEnum):
    """Why no pace is given."""

    TARGET_REACHED = "target_reached"
    MILESTONE_CLOSED = "milestone_closed"
    TOO_FEW_POINTS = "too_few_points"
    TOO_OLD = "too_old"
    SMALL_BASE = "small_base"
    NO_TARGET_NUMBER = "no_target_number"
    NO_DATA = "no_data"
    LOCALITY_ABOLISHED = "locality_abolished"
    COMPOUND = "compound"
    MAINTAIN = "maintain"
    ANOMALY = "anomaly"  # the latest value lies beyond the natural band: to be checked first


class StatementReason(StrEnum):
    """Why a unit's own status may differ from the computed verdict, as far as the data tell."""

    BEFORE_DUE = "before_due"  # the unit calls a milestone unmet that is still open
    PARTIAL = "partial"  # one of the two speaks of parts
    ROUNDING = "rounding"
    NO_DATA = "no_data"  # the verdict says that it cannot be assessed
    NEAR_BAND = "near_band"  # only the word "near" stands between them
    OTHER_SOURCE = "other_source"
    OTHER_TARGET = "other_target"
    OTHER_YEAR = "other_year"
    OTHER_DENOMINATOR = "other_denominator"
    OTHER_DEFINITION = "other_definition"
    UNKNOWN = "unknown"


class ValueCause(StrEnum):
    """Why a figure of a release differs from the release before."""

    SUBMISSION = "submission"  # a report that was received since
    WITHDRAWN = "withdrawn"  # the later report of the same sender no longer holds it
    REBUILT = "rebuilt"  # a part that it is computed from changed
    CORRECTION = "correction"  # a row of corrections.csv began or ceased to apply
    CATALOGUE = "catalogue"  # the catalogue changed in between, and no report explains it
    OTHER = "other"


class VerdictCause(StrEnum):
    """Why a verdict of a release differs from the release before; the first that holds."""

    MILESTONE_CLOSED = "milestone_closed"
    TARGET_CHANGED = "target_changed"
    METHOD_CHANGED = "method_changed"
    PRIMARY_SOURCE_CHANGED = "primary_source_changed"
    VALUE_CHANGED = "value_changed"
    VALUE_ADDED = "value_added"
    VALUE_REMOVED = "value_removed"
    OTHER = "other"


class GapReason(StrEnum):
    """Why a value was not rebuilt or rolled up ("không tính được")."""

    NO_WEIGHT = "no_weight"  # only rates exist and the indicator names no weight for them
    WEIGHT_MISSING = "weight_missing"  # a weight is named; it is not known for every part
    LOW_COVERAGE = "low_coverage"  # the parts present are less than the set share
    MISSING_PART = "missing_part"  # of a count: a partial sum is no total
    NOT_ADDITIVE = "not_additive"  # parts of this indicator do not make the whole
    SPLIT = "split"  # a part went elsewhere: nothing is apportioned
