"""Every table that crosses a boundary, declared once as Pandera models.

The warehouse, the release and the dashboard take column names, types and codes from here;
``RELEASE_TABLES`` is the list of what a release holds. Column names follow SDMX concepts
(``ref_area``, ``time_period``, ``sex``, ``age``, ``obs_value``, ``obs_status``,
``conf_status``, ``unit_measure``). All frames are Polars, eager (a lazy frame would be
checked for names and types only).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import pandera.polars as pa
import polars as pl

from indicators.receipt import Severity, SubmissionStatus


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
    STALLED = "stalled"  # dậm chân
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


class Table(pa.DataFrameModel):
    """Base of all models: no column more, no column less, no silent coercion."""

    class Config:
        strict = True
        coerce = False
        ordered = True


Text = str
Int = int
Float = float
Decimal9 = Annotated[pl.Decimal, 38, 9]


class Localities(Table):
    """Địa phương; one row per unit and validity. Key: ``locality_id`` = ``code@geo_version``."""

    locality_id: Text = pa.Field(unique=True)  # "VN", "33@2025", "RRD@2004"
    code: Text
    geo_version: Text  # "2004" (63 provinces), "2025" (34), "2003" (until 31/07/2008), "" for VN
    level: Text = pa.Field(isin=["national", "region", "province", "district", "commune"])
    type_vi: Text  # tỉnh, thành phố, quận, phường …
    name_vi: Text
    name_en: Text
    parent_id: Text = pa.Field(nullable=True)  # administrative parent; VN for provinces and regions
    region_id: Text = pa.Field(nullable=True)  # provinces only
    valid_from: date = pa.Field(nullable=True)
    valid_to: date = pa.Field(nullable=True)  # last day; null = still valid
    area_km2: Float = pa.Field(nullable=True)
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class LocalitySuccession(Table):
    """Which unit went into which, when. Key: (predecessor_id, successor_id)."""

    predecessor_id: Text
    successor_id: Text
    relation: Text = pa.Field(isin=["unchanged", "merged_whole", "whole", "part"])
    is_default: bool  # the one successor chosen when a split unit needs exactly one
    effective_date: date
    legal_basis: Text


class LocalityFormerStates(Table):
    """What was different of a unit before, its identity being the same.

    An empty type, name or parent was as in ``Localities``. An empty ``valid_from``: for as long as
    the unit is known. Key: (locality_id, valid_to); a unit's states do not overlap.
    """

    locality_id: Text
    type_vi: Text = pa.Field(nullable=True)
    name_vi: Text = pa.Field(nullable=True)
    name_en: Text = pa.Field(nullable=True)
    parent_id: Text = pa.Field(nullable=True)
    valid_from: date = pa.Field(nullable=True)
    valid_to: date  # last day
    legal_basis: Text  # the act that ended it
    confidence: Text
    source: Text


class LocalityEvents(Table):
    """Dated changes of units, for readers; the links themselves are in ``LocalitySuccession``."""

    effective_date: date
    level: Text = pa.Field(isin=["province", "district", "commune"])
    event: Text
    from_code: Text = pa.Field(nullable=True)
    from_name_vi: Text = pa.Field(nullable=True)
    to_codes: Text = pa.Field(nullable=True)
    to_names_vi: Text = pa.Field(nullable=True)
    legal_basis: Text
    confidence: Text


class Indicators(Table):
    """Chỉ tiêu thống kê. Key: ``indicator_id``."""

    indicator_id: Text = pa.Field(unique=True)  # e.g. SEX_RATIO_AT_BIRTH
    official_code: Text = pa.Field(nullable=True)  # mã số of the annex, once an office imports it
    group_no: Int
    group_vi: Text
    group_en: Text
    name_vi: Text
    name_en: Text
    unit_measure: Text  # CL_UNIT_MEASURE
    decimals: Int
    direction: Text = pa.Field(isin=["increase", "decrease", "maintain", "none"])
    formula_kind: Text = pa.Field(
        isin=["share", "ratio", "rate", "count", "mean", "index", "yes_no"]
    )
    formula_factor: Float = pa.Field(nullable=True)  # value = numerator / denominator × factor
    numerator_vi: Text = pa.Field(nullable=True)
    numerator_en: Text = pa.Field(nullable=True)
    denominator_vi: Text = pa.Field(nullable=True)
    denominator_en: Text = pa.Field(nullable=True)
    formula_text: Text = pa.Field(nullable=True)
    aggregation: Text = pa.Field(isin=["sum", "numerator_denominator", "weighted", "none"])
    weight_indicator_id: Text = pa.Field(nullable=True)
    # whose weight: of the same sex as the rate, or of one sex whatever the rate's
    weight_sex: Text = pa.Field(nullable=True, isin=["same", "F", "M", "_T"])
    # breakdowns of the rate that divide its denominator too, ";"-separated; by others no weight
    weight_dimensions: Text = pa.Field(nullable=True)
    # what is counted below the line: decides what may be rolled up and what jumps with the map
    denominator_kind: Text = pa.Field(
        nullable=True, isin=["bodies", "posts", "provinces", "districts", "communes"]
    )
    lower_limit: Float = pa.Field(nullable=True)  # natural limits, inclusive
    upper_limit: Float = pa.Field(nullable=True)
    optimum_lower: Float = pa.Field(nullable=True)  # natural band: better is not beyond it
    optimum_upper: Float = pa.Field(nullable=True)
    breakdowns: Text = pa.Field(nullable=True)  # expected dimensions, ";"-separated
    periodicity: Text  # as in the source: annual, 2y, 5y, 10y, quarterly, term
    publishing_period_years: Int  # one publishing period in years, for "old"
    source_families: Text  # CL_SOURCE_FAMILY codes, preferred first, ";"-separated
    owner_before_2025: Text = pa.Field(nullable=True)
    owner_from_2025: Text = pa.Field(nullable=True)
    data_source: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text


class Programmes(Table):
    """Chiến lược, chương trình, kế hoạch. Key: ``programme_id``."""

    programme_id: Text = pa.Field(unique=True)  # e.g. NQ28-2021
    number: Text = pa.Field(nullable=True)  # "28/NQ-CP"
    issued_on: date = pa.Field(nullable=True)
    issuer_vi: Text = pa.Field(nullable=True)
    name_vi: Text
    name_en: Text
    locality_id: Text  # who it binds: VN, or the issuing locality
    valid_from_year: Int = pa.Field(nullable=True)
    valid_to_year: Int = pa.Field(nullable=True)
    confidence: Text
    source: Text
    note: Text = pa.Field(nullable=True)


class Targets(Table):
    """Chỉ tiêu của chiến lược, kế hoạch. Key: ``target_id``."""

    target_id: Text = pa.Field(unique=True)  # e.g. NSGE-4.1
    programme_id: Text
    parent_target_id: Text = pa.Field(nullable=True)  # set on the parts of a compound target
    counterpart_target_id: Text = pa.Field(nullable=True)  # national target a local one replaces
    # The target that this one stands for at its levels, as a yes or no ("ít nhất một cơ sở").
    local_form_of: Text = pa.Field(nullable=True)
    compound_rule: Text = pa.Field(nullable=True, isin=["all_parts"])  # set on the compound itself
    is_headline: bool  # a column of the board: one of the 20 of the Strategy, or its stand-in
    stands_in_for: Text = pa.Field(nullable=True)  # headline target whose place the office gave it
    objective_no: Int = pa.Field(nullable=True)
    objective_vi: Text = pa.Field(nullable=True)
    objective_en: Text = pa.Field(nullable=True)
    short_code: Text  # what a matrix header prints: "1.1", "4.1"
    name_vi: Text
    name_en: Text
    indicator_id: Text = pa.Field(nullable=True)
    sex: Text = pa.Field(nullable=True)  # series of the indicator that is judged
    age: Text = pa.Field(nullable=True)
    breakdown: Text = pa.Field(nullable=True)
    definition: Text = pa.Field(nullable=True)
    unit_measure: Text = pa.Field(nullable=True)
    direction: Text = pa.Field(nullable=True)
    baseline_year: Int = pa.Field(nullable=True)
    baseline_value: Decimal9 = pa.Field(nullable=True)
    locality_id: Text  # the locality it binds; VN = everywhere at the levels below
    applies_to_levels: Text  # ";"-separated: national;province;district;commune
    valid_from_year: Int = pa.Field(nullable=True)
    valid_to_year: Int = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)
    confidence: Text
    source: Text
    confirmed_by: Text = pa.Field(nullable=True)  # office that checked the act itself
    confirmed_on: date = pa.Field(nullable=True)
    confirmed_page: Text = pa.Field(nullable=True)


class TargetMilestones(Table):
    """Mốc: what a target asks for in one year, as first issued and as adjusted later.

    Key: (target_id, milestone_year, version).
    """

    target_id: Text
    milestone_year: Int
    version: Int  # 1 = as first issued
    adopted_on: date = pa.Field(nullable=True)  # day of the adjusting document; null on version 1
    operator: Text = pa.Field(nullable=True, isin=[">=", ">", "<=", "<", "=", "range", "maintain"])
    target_value: Decimal9 = pa.Field(nullable=True)  # null: "the target has no number"
    target_upper: Decimal9 = pa.Field(nullable=True)  # upper end of a range
    is_approximate: bool  # the text says "khoảng"
    wording_vi: Text = pa.Field(nullable=True)  # the text's own words
    document_vi: Text = pa.Field(nullable=True)  # the adjusting document; null on version 1


class CodeItems(Table):
    """All code lists in one table. Key: (code_list, code)."""

    code_list: Text  # CL_SEX, CL_AGE, CL_OBS_STATUS, CL_CONF_STATUS, CL_UNIT_MEASURE, …
    code: Text
    name_vi: Text
    name_en: Text
    description: Text = pa.Field(nullable=True)


class Definitions(Table):
    """Measures of one indicator that must not share a line. Key: (indicator_id, definition)."""

    indicator_id: Text
    definition: Text
    name_vi: Text
    name_en: Text
    note: Text = pa.Field(nullable=True)


class Runs(Table):
    """ETL runs that received something. Key: ``run_id``."""

    run_id: Int = pa.Field(unique=True)
    started_at: datetime  # UTC, naive
    as_of_year: Int  # year of the assessment date


class Submissions(Table):
    """Báo cáo: one received file. Key: ``submission_id`` (first 16 hex digits of its SHA-256)."""

    submission_id: Text = pa.Field(unique=True)
    run_id: Int  # the run that received it
    sequence: Int  # order of receipt over all runs
    received_at: datetime  # UTC, naive
    file_name: Text  # as sent (hostile text: escape on display)
    archive_path: Text  # relative to data/raw/archive
    sha256: Text
    status: Text = pa.Field(isin=[status.value for status in SubmissionStatus])
    template_id: Text = pa.Field(nullable=True)
    template_version: Text = pa.Field(nullable=True)
    organisation: Text = pa.Field(nullable=True)
    locality_id: Text = pa.Field(nullable=True)
    reporting_period: Text = pa.Field(nullable=True)  # "2025" or "2025-S1"
    dataset_id: Text = pa.Field(nullable=True)
    prepared_on: date = pa.Field(nullable=True)
    prepared_by: Text = pa.Field(nullable=True)
    number_locale: Text = pa.Field(nullable=True)
    is_synthetic: bool
    licence: Text = pa.Field(nullable=True)
    provenance: Text = pa.Field(nullable=True)
    superseded_by: Text = pa.Field(nullable=True)  # submission_id
    superseded_in_run: Int = pa.Field(nullable=True)
    row_count: Int
    error_count: Int
    warning_count: Int


class Observations(Table):
    """Số liệu: one value. Key: ``SERIES_KEY`` in a release; ``observation_id`` everywhere."""

    observation_id: Text = pa.Field(unique=True)  # "<submission_id>:<sheet row>", "agg:<hash>"
    indicator_id: Text
    ref_area: Text  # locality_id
    time_period: Text  # the period it was reported for: "2024"
    reference_year: Int  # the year that the figure really describes
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    unit_measure: Text
    obs_value: Decimal9 = pa.Field(nullable=True)  # from the counts if known, else as reported
    numerator: Decimal9 = pa.Field(nullable=True)
    denominator: Decimal9 = pa.Field(nullable=True)
    reported_value: Decimal9 = pa.Field(nullable=True)
    obs_status: Text
    conf_status: Text
    # carried = predecessor with unchanged borders; aggregated = "tổng hợp lại" from counts of
    # its parts, weighted = from rates by weight; rolled_up = from the level below
    origin: Text = pa.Field(isin=["reported", "carried", "aggregated", "weighted", "rolled_up"])
    coverage: Float = pa.Field(nullable=True)  # share (by weight, else units) of the parts in it
    is_synthetic: bool
    confidence: Text
    source_text: Text = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)
    submission_id: Text = pa.Field(nullable=True)  # null on aggregates
    sheet: Text = pa.Field(nullable=True)
    sheet_row: Int = pa.Field(nullable=True)
    value_cell: Text = pa.Field(nullable=True)  # "L14"
    numerator_cell: Text = pa.Field(nullable=True)
    denominator_cell: Text = pa.Field(nullable=True)


SERIES_KEY = (
    "indicator_id",
    "ref_area",
    "time_period",
    "sex",
    "age",
    "breakdown",
    "definition",
    "source_family",
)


class ObservationParts(Table):
    """Which observations an aggregate rests on. Key: (observation_id, part_observation_id)."""

    observation_id: Text
    part_observation_id: Text
    weight: Decimal9 = pa.Field(nullable=True)  # null: added up, not weighted
    weight_observation_id: Text = pa.Field(nullable=True)  # null: from the catalogue's population


class RebuildGaps(Table):
    """A series that some part has and its whole has not. Key: SERIES_KEY and reference_year."""

    indicator_id: Text
    ref_area: Text  # the successor or the unit above
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    reference_year: Int
    reason: Text = pa.Field(isin=[reason.value for reason in GapReason])
    parts_present: Int
    parts_total: Int
    coverage: Float = pa.Field(nullable=True, ge=0, le=1)


class RollUps(Table):
    """A value from the level below beside the unit's own. Key: SERIES_KEY and reference_year.

    A row stands where the unit reported itself (the report stays in force), or where the
    rolled-up value became the observation. Nothing is listed whose parts are not all free.
    """

    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    reference_year: Int
    level_from: Text = pa.Field(isin=["commune", "district", "province"])
    rolled_value: Decimal9 = pa.Field(nullable=True)  # null: the counts below the line sum to 0
    numerator: Decimal9 = pa.Field(nullable=True)  # of the parts present
    denominator: Decimal9 = pa.Field(nullable=True)
    coverage: Float = pa.Field(ge=0, le=1)
    parts_present: Int
    parts_total: Int
    reported_observation_id: Text = pa.Field(nullable=True)
    reported_value: Decimal9 = pa.Field(nullable=True)
    difference: Decimal9 = pa.Field(nullable=True)  # reported − rolled
    is_beyond_rounding: bool = pa.Field(nullable=True)  # null: not reported, or parts missing


class DenominatorChanges(Table):
    """Mẫu số thay đổi: a number of bodies that jumped from one year to the next one known.

    Key: the series without its period, and ``year``.
    """

    indicator_id: Text
    ref_area: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    year_before: Int
    denominator_before: Decimal9
    year: Int
    denominator: Decimal9
    relative_change: Float  # (later − earlier) ÷ earlier
    event_vi: Text = pa.Field(nullable=True)  # reorganisations in between, with their dates


class Revisions(Table):
    """A series value that a later submission changed. Key: (series key, new_observation_id)."""

    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    old_observation_id: Text
    old_value: Decimal9 = pa.Field(nullable=True)
    old_submission_id: Text
    new_observation_id: Text = pa.Field(nullable=True)  # null: withdrawn
    new_value: Decimal9 = pa.Field(nullable=True)
    new_submission_id: Text
    run_id: Int


class Statements(Table):
    """Sheet Đánh giá: what a unit says of its own targets. Key: (submission_id, sheet_row)."""

    submission_id: Text
    ref_area: Text
    target_id: Text
    milestone_year: Int
    own_status: Text = pa.Field(nullable=True)  # Verdict codes
    cause: Text = pa.Field(nullable=True)
    difficulty: Text = pa.Field(nullable=True)
    proposal: Text = pa.Field(nullable=True)
    proposed_target: Decimal9 = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)
    sheet: Text
    sheet_row: Int


class Issues(Table):
    """Lỗi, cảnh báo: one finding of a check."""

    submission_id: Text
    code: Text
    severity: Text = pa.Field(isin=[severity.value for severity in Severity])
    sheet: Text = pa.Field(nullable=True)
    sheet_row: Int = pa.Field(nullable=True)
    cell: Text = pa.Field(nullable=True)
    value: Text = pa.Field(nullable=True)
    message_vi: Text
    message_en: Text
    advice_vi: Text
    advice_en: Text


class CheckOutcomes(Table):
    """How many rows of a submission passed, failed or could not be judged by a rule against
    history. Key: (submission_id, code).
    """

    submission_id: Text
    code: Text
    passed: Int
    failed: Int
    cannot_tell: Int  # something that the rule needs is not there


class AppliedCorrections(Table):
    """A row of corrections.csv that was applied to a received value."""

    correction_id: Text
    submission_id: Text
    observation_id: Text
    column_name: Text
    received_value: Text = pa.Field(nullable=True)
    corrected_value: Text = pa.Field(nullable=True)
    reason_vi: Text
    decided_by: Text = pa.Field(nullable=True)


class Assessments(Table):
    """One verdict with everything it rests on.

    Key: (locality_id, target_id, milestone_year, source_family). The board shows the rows
    with ``is_primary``; a compound target has ``source_family = "_Z"``.
    """

    locality_id: Text
    target_id: Text  # the column of the board: the national target, or a purely local one
    milestone_year: Int
    source_family: Text
    is_primary: bool
    binding_target_id: Text  # the target that sets the number: own, inherited or national
    programme_id: Text  # of the binding target
    indicator_id: Text = pa.Field(nullable=True)
    binding: Text = pa.Field(isin=["own", "national", "inherited"])
    target_version: Int  # version of the milestone that was in force
    operator: Text = pa.Field(nullable=True)
    target_value: Decimal9 = pa.Field(nullable=True)
    target_upper: Decimal9 = pa.Field(nullable=True)
    is_approximate: bool
    milestone_state: Text = pa.Field(isin=["closed", "open"])
    verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    verdict_reason: Text = pa.Field(nullable=True)
    attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])  # value v. target only
    basis: Text = pa.Field(isin=["milestone_year", "earlier_year", "parts", "none"])
    is_provisional: bool
    latest_observation_id: Text = pa.Field(nullable=True)
    latest_year: Int = pa.Field(nullable=True)  # reference year
    latest_value: Decimal9 = pa.Field(nullable=True)  # unrounded
    latest_published: Decimal9 = pa.Field(nullable=True)  # rounded half up; what is compared
    latest_numerator: Decimal9 = pa.Field(nullable=True)
    latest_denominator: Decimal9 = pa.Field(nullable=True)
    unrounded_flips: bool  # the unrounded value would give another verdict
    is_old: bool  # older than one publishing period
    is_anomaly: bool  # better than the natural band allows: to be checked
    base_observation_id: Text = pa.Field(nullable=True)
    base_year: Int = pa.Field(nullable=True)
    base_value: Decimal9 = pa.Field(nullable=True)
    base_numerator: Decimal9 = pa.Field(nullable=True)
    base_denominator: Decimal9 = pa.Field(nullable=True)
    comparable_points: Int
    gap: Decimal9 = pa.Field(nullable=True)  # still missing, in units of the indicator; 0 if met
    gap_whole_units: Int = pa.Field(nullable=True)  # e.g. agencies still missing
    pace: Text = pa.Field(isin=[pace.value for pace in Pace])
    pace_reason: Text = pa.Field(nullable=True)
    pace_ratio: Float = pa.Field(nullable=True)  # observed ÷ needed per year from the base
    observed_per_year: Float = pa.Field(nullable=True)
    needed_per_year: Float = pa.Field(nullable=True)  # from the base point
    required_per_year: Float = pa.Field(nullable=True)  # from the latest point on
    times_faster: Float = pa.Field(nullable=True)  # required ÷ observed
    projection_value: Float = pa.Field(nullable=True)
    projection_low: Float = pa.Field(nullable=True)
    projection_high: Float = pa.Field(nullable=True)
    has_source_conflict: bool  # another source family stands on the other side of the line
    parts_total: Int = pa.Field(nullable=True)
    parts_met: Int = pa.Field(nullable=True)
    is_unverified: bool  # target or value not checked against the original act
    is_synthetic: bool
    method_version: Text


class ExpectedSubmissions(Table):
    """Báo cáo phải nộp: computed from the calendar. Key: (locality_id, reporting_period).

    Only units that exist, under rules in force, on the last good day. Whether a report came is
    not stored: it follows from ``submissions`` and the day of looking.
    """

    rule_id: Text
    locality_id: Text  # who reports
    report_kind: Text = pa.Field(isin=["half_year", "annual"])
    reporting_period: Text  # as on the submission: "2025", "2025-S1"
    recipient_id: Text  # the locality whose office collects; the reporter's own if it is alone
    recipient_vi: Text
    due_before: date = pa.Field(nullable=True)  # null: the text names no day
    last_good_day: date = pa.Field(nullable=True)  # the day before ``due_before``
    passed_on_before: date = pa.Field(nullable=True)  # when the recipient itself must report on
    confidence: Text  # of the calendar's rule; other than official: the day is carried over


class ValueChanges(Table):
    """A figure that differs from the release before. Key: ``SERIES_KEY``.

    A release holds no ``added`` ones: a first large load would repeat every figure here; they
    are counted in ``value_additions``. Comparing two files gives all kinds.
    """

    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    # restated: the same value with other counts, year, unit or status
    kind: Text = pa.Field(isin=["changed", "restated", "removed", "added"])
    old_value: Decimal9 = pa.Field(nullable=True)
    new_value: Decimal9 = pa.Field(nullable=True)
    old_observation_id: Text = pa.Field(nullable=True)
    new_observation_id: Text = pa.Field(nullable=True)
    old_submission_id: Text = pa.Field(nullable=True)  # null on aggregates
    new_submission_id: Text = pa.Field(nullable=True)
    is_synthetic: bool  # the old or the new figure is made up for illustration
    cause: Text = pa.Field(isin=[cause.value for cause in ValueCause])
    causing_submission_id: Text = pa.Field(nullable=True)


class ValueAdditions(Table):
    """How many figures the release before did not have. Key: (cause, causing_submission_id)."""

    cause: Text = pa.Field(isin=[cause.value for cause in ValueCause])
    causing_submission_id: Text = pa.Field(nullable=True)
    value_count: Int


class VerdictChanges(Table):
    """A result of the board (primary rows) that differs from the release before.

    Key: (locality_id, target_id, milestone_year). Only pairs that both releases assess.
    """

    locality_id: Text
    target_id: Text
    milestone_year: Int
    old_source_family: Text
    source_family: Text
    old_verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    new_verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    old_attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    new_attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    old_latest_published: Decimal9 = pa.Field(nullable=True)
    new_latest_published: Decimal9 = pa.Field(nullable=True)
    old_target_value: Decimal9 = pa.Field(nullable=True)
    new_target_value: Decimal9 = pa.Field(nullable=True)
    is_synthetic: bool  # the old or the new result rests on made-up figures
    cause: Text = pa.Field(isin=[cause.value for cause in VerdictCause])
    causing_submission_id: Text = pa.Field(nullable=True)
    observation_id: Text = pa.Field(nullable=True)  # the figure that decides; the old if removed


class TargetBindings(Table):
    """Văn bản ràng buộc: every document that could set the number, and the one that does.

    Key: (locality_id, target_id, milestone_year, binding_target_id). Only where a document of the
    locality or of its predecessors has a number; elsewhere the national one alone applies.
    """

    locality_id: Text
    target_id: Text  # the column of the board, as in ``Assessments``
    milestone_year: Int
    binding_target_id: Text  # the candidate
    plan_locality_id: Text  # whose document it is
    binding: Text = pa.Field(isin=["own", "inherited", "national"])
    operator: Text = pa.Field(nullable=True)
    target_value: Decimal9 = pa.Field(nullable=True)
    target_upper: Decimal9 = pa.Field(nullable=True)
    is_approximate: bool
    version: Int
    works: bool  # exactly one per locality, target and milestone
    is_same_series: bool  # judged on the same series as the one that works: numbers compare


class TargetConflicts(Table):
    """Two documents that ask for different things of one series in one place and year.

    Key: (milestone_year, target_id, other_target_id). ``kind`` says how the other one differs.
    """

    milestone_year: Int
    indicator_id: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    target_id: Text
    other_target_id: Text
    locality_id: Text  # where both hold
    kind: Text = pa.Field(
        isin=["other_number", "other_operator", "no_number", "local_weaker", "local_stricter"]
    )


class StatementReviews(Table):
    """A unit's own status beside the computed verdict. Key: (submission_id, sheet_row).

    Neither overwrites the other; ``probable_reason`` is what the data suggest.
    """

    submission_id: Text
    sheet: Text
    sheet_row: Int
    locality_id: Text
    target_id: Text
    milestone_year: Int
    own_status: Text = pa.Field(nullable=True)
    verdict: Text = pa.Field(nullable=True)  # null: nothing is judged there
    attainment: Text = pa.Field(nullable=True)
    agrees: bool = pa.Field(nullable=True)  # null: nothing to compare
    probable_reason: Text = pa.Field(
        nullable=True, isin=[reason.value for reason in StatementReason]
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


SCHEMA_VERSION = "3"

# They say what stood before, so they are no part of what a release is.
CHANGE_TABLES = ("value_changes", "value_additions", "verdict_changes")

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


def polars_schema(model: type[Table]) -> dict[str, pl.DataType]:
    """Column names and Polars types of a model, in order."""
    return {name: column.dtype.type for name, column in model.to_schema().columns.items()}


def empty(model: type[Table]) -> pl.DataFrame:
    """A frame of that model with no rows."""
    return pl.DataFrame(schema=polars_schema(model))


def conform(frame: pl.DataFrame, model: type[Table]) -> pl.DataFrame:
    """Select and cast the model's columns, then validate.

    Raises ``pandera.errors.SchemaErrors`` when a value breaks the model: for frames that
    we made ourselves, that is a fault of the program.
    """
    schema = polars_schema(model)
    return model.validate(
        frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()), lazy=True
    )
