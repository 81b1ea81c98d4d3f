"""What passes from stage to stage: some submissions with their rows and findings.

The models say what a batch's tables hold after *normalise*; every later stage keeps to them.
Columns ``<field>_text`` keep what stood in the cell, for messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandera.polars as pa
import polars as pl

from indicators.tables import Decimal9, Int, Table, Text


class ReceivedSubmissions(Table):
    """One row per received file, with its sheet Thông tin; null where that could not be read."""

    submission_id: Text = pa.Field(unique=True)
    run_id: Int
    sequence: Int
    received_at: datetime
    file_name: Text
    archive_path: Text
    sha256: Text
    template_id: Text = pa.Field(nullable=True)
    template_version: Text = pa.Field(nullable=True)
    organisation: Text = pa.Field(nullable=True)
    locality_id: Text = pa.Field(nullable=True)
    reporting_period: Text = pa.Field(nullable=True)
    dataset_id: Text = pa.Field(nullable=True)
    prepared_on: date = pa.Field(nullable=True)
    prepared_by: Text = pa.Field(nullable=True)
    number_locale: Text = pa.Field(nullable=True)
    is_synthetic: bool
    licence: Text = pa.Field(nullable=True)
    provenance: Text = pa.Field(nullable=True)


class ReceivedObservations(Table):
    """One row per line of sheet Số liệu that has content; codes are null where not understood."""

    submission_id: Text
    sheet: Text
    sheet_row: Int
    indicator_id_text: Text = pa.Field(nullable=True)
    indicator_name_text: Text = pa.Field(nullable=True)
    ref_area_text: Text = pa.Field(nullable=True)
    time_period_text: Text = pa.Field(nullable=True)
    reference_year_text: Text = pa.Field(nullable=True)
    sex_text: Text = pa.Field(nullable=True)
    age_text: Text = pa.Field(nullable=True)
    breakdown_text: Text = pa.Field(nullable=True)
    definition_text: Text = pa.Field(nullable=True)
    numerator_text: Text = pa.Field(nullable=True)
    denominator_text: Text = pa.Field(nullable=True)
    reported_value_text: Text = pa.Field(nullable=True)
    unit_measure_text: Text = pa.Field(nullable=True)
    source_family_text: Text = pa.Field(nullable=True)
    source_text: Text = pa.Field(nullable=True)
    obs_status_text: Text = pa.Field(nullable=True)
    confidence_text: Text = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)
    indicator_id: Text = pa.Field(nullable=True)
    ref_area: Text = pa.Field(nullable=True)
    time_period: Text = pa.Field(nullable=True)
    reference_year: Int = pa.Field(nullable=True)
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    unit_measure: Text = pa.Field(nullable=True)  # null: as the catalogue has it
    obs_status: Text
    confidence: Text
    numerator: Decimal9 = pa.Field(nullable=True)
    denominator: Decimal9 = pa.Field(nullable=True)
    reported_value: Decimal9 = pa.Field(nullable=True)


class ReceivedStatements(Table):
    """One row per line of sheet Đánh giá that has content."""

    submission_id: Text
    sheet: Text
    sheet_row: Int
    target_id_text: Text = pa.Field(nullable=True)
    milestone_year_text: Text = pa.Field(nullable=True)
    ref_area_text: Text = pa.Field(nullable=True)
    own_status_text: Text = pa.Field(nullable=True)
    proposed_target_text: Text = pa.Field(nullable=True)
    target_id: Text = pa.Field(nullable=True)
    milestone_year: Int = pa.Field(nullable=True)
    ref_area: Text = pa.Field(nullable=True)
    own_status: Text = pa.Field(nullable=True)
    proposed_target: Decimal9 = pa.Field(nullable=True)
    cause: Text = pa.Field(nullable=True)
    difficulty: Text = pa.Field(nullable=True)
    proposal: Text = pa.Field(nullable=True)
    note: Text = pa.Field(nullable=True)


class Letters(Table):
    """Which sheet column holds a field in which file."""

    submission_id: Text
    field: Text
    letter: Text


@dataclass(frozen=True)
class ReceivedFile:
    """A file in the archive, with its receipt."""

    submission_id: str
    run_id: int
    sequence: int
    received_at: datetime
    file_name: str
    archive_path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Batch:
    """Tables after *normalise* and *correct*."""

    submissions: pl.DataFrame  # ReceivedSubmissions
    observations: pl.DataFrame  # ReceivedObservations
    observation_letters: pl.DataFrame  # Letters
    statements: pl.DataFrame  # ReceivedStatements
    statement_letters: pl.DataFrame  # Letters
    findings: pl.DataFrame  # findings.FINDING_SCHEMA
    corrections: pl.DataFrame  # tables.AppliedCorrections


def in_batches(
    files: Sequence[ReceivedFile], most_files: int, most_bytes: int
) -> Iterator[list[ReceivedFile]]:
    """Files in their order, as many together as may be in memory at once; a large one alone."""
    batch: list[ReceivedFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == most_files or size + file.size > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.size
    if batch:
        yield batch
