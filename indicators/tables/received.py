"""What units sent, and what the checks made of it."""

from __future__ import annotations

from datetime import date, datetime

import pandera.polars as pa

from indicators.receipt import Severity, SubmissionStatus
from indicators.tables.base import Decimal9, Float, Int, Table, Text


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
