"""Stage *check*: content rules over typed rows. Every fault is gathered; a file with an error is
refused whole, the rest goes on, warnings stay with the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from etl.batch import Batch
from etl.check_history import check_against_history, wanted_history
from etl.check_observations import check_observations, with_catalogue
from etl.check_statements import check_statements
from etl.findings import Finding, describe, findings_frame, gather
from indicators.catalogue import Catalogue
from indicators.receipt import Severity, SubmissionStatus
from indicators.tables import Observations, Statements, Submissions, conform


@dataclass(frozen=True)
class CheckedBatch:
    """What may be loaded: rows of accepted submissions only, issues of all; and what was read."""

    submissions: pl.DataFrame  # tables.Submissions
    observations: pl.DataFrame  # tables.Observations
    statements: pl.DataFrame  # tables.Statements
    issues: pl.DataFrame  # tables.Issues
    corrections: pl.DataFrame  # tables.AppliedCorrections
    outcomes: pl.DataFrame  # tables.CheckOutcomes, of the checks against history
    readable: pl.DataFrame  # tables.Observations without its checks, refused files' rows too
    readable_statements: pl.DataFrame  # likewise of tables.Statements


# Values in force (check_history.HISTORY_COLUMNS) of some (indicator_id, ref_area).
History = Callable[[pl.DataFrame], pl.DataFrame]


def check_batch(batch: Batch, catalogue: Catalogue, history: History) -> CheckedBatch:
    """Apply all rules to a batch."""
    rows = with_catalogue(_filled(batch.observations), batch.submissions, catalogue)
    format_findings = gather(
        [
            batch.findings,
            check_observations(rows, batch.observation_letters, catalogue),
            check_statements(batch, catalogue),
            _empty_forms(batch, rows),
        ]
    )
    format_issues = describe(format_findings)
    against_history = check_against_history(
        rows.join(
            batch.submissions.select("submission_id", "sequence"),
            on="submission_id",
            how="left",
            maintain_order="left",
        ),
        history(wanted_history(rows, catalogue)),
        batch.observation_letters,
        catalogue,
        format_issues.filter(pl.col("severity") == Severity.ERROR)["submission_id"].unique(),
    )
    issues = describe(gather([format_findings, against_history.findings]))
    submissions = _judged(batch, rows, issues)
    accepted = submissions.filter(pl.col("status") == SubmissionStatus.ACCEPTED).select(
        "submission_id"
    )
    readable = _as_observations(rows, batch.observation_letters)
    return CheckedBatch(
        submissions,
        conform(readable.join(accepted, on="submission_id", how="semi"), Observations),
        conform(batch.statements.join(accepted, on="submission_id", how="semi"), Statements),
        issues,
        batch.corrections.join(accepted, on="submission_id", how="semi"),
        against_history.outcomes,
        readable,
        batch.statements,
    )


def _filled(observations: pl.DataFrame) -> pl.DataFrame:
    """Lines with a number or a missing mark; a template's untouched lines are no report."""
    texts = [f"{name}_text" for name in ("numerator", "denominator", "reported_value")]
    return observations.filter(
        pl.any_horizontal(pl.col(name).is_not_null() for name in texts)
        | (pl.col("obs_status") == "M")
    )


def _empty_forms(batch: Batch, rows: pl.DataFrame) -> pl.DataFrame:
    """Files that could be read but hold nothing."""
    filled = pl.concat(
        [rows.select("submission_id"), batch.statements.select("submission_id")]
    ).unique()
    faulty = batch.findings.select("submission_id").unique()
    empty = batch.submissions.join(filled, on="submission_id", how="anti").join(
        faulty, on="submission_id", how="anti"
    )
    return gather(
        findings_frame(identity, [Finding("FORM_EMPTY")]) for identity in empty["submission_id"]
    )


def _judged(batch: Batch, rows: pl.DataFrame, issues: pl.DataFrame) -> pl.DataFrame:
    """Submissions with their status and counts."""
    counts = issues.group_by("submission_id").agg(
        (pl.col("severity") == Severity.ERROR).sum().cast(pl.Int64).alias("error_count"),
        (pl.col("severity") == Severity.WARNING).sum().cast(pl.Int64).alias("warning_count"),
    )
    row_counts = rows.group_by("submission_id").agg(pl.len().cast(pl.Int64).alias("row_count"))
    counted = (
        batch.submissions.join(counts, on="submission_id", how="left", maintain_order="left")
        .join(row_counts, on="submission_id", how="left", maintain_order="left")
        .with_columns(pl.col("error_count", "warning_count", "row_count").fill_null(0))
    )
    return conform(
        counted.with_columns(
            pl.when(pl.col("error_count") > 0)
            .then(pl.lit(SubmissionStatus.REFUSED.value))
            .otherwise(pl.lit(SubmissionStatus.ACCEPTED.value))
            .alias("status"),
            pl.lit(None, dtype=pl.String).alias("superseded_by"),
            pl.lit(None, dtype=pl.Int64).alias("superseded_in_run"),
        ),
        Submissions,
    )


def _as_observations(rows: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Rows with the columns of the warehouse; those of faulty files may miss parts of their key."""
    placed = rows
    for field in ("reported_value", "numerator", "denominator"):
        column = f"{field.removeprefix('reported_')}_cell"
        letter = letters.filter(pl.col("field") == field).select("submission_id", "letter")
        placed = (
            placed.join(letter, on="submission_id", how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col(f"{field}_text").is_not_null())
                .then(pl.concat_str("letter", "sheet_row"))
                .alias(column)
            )
            .drop("letter")
        )
    value = pl.coalesce("recomputed_value", "reported_value")
    return placed.with_columns(
        pl.concat_str("submission_id", pl.lit(":"), "sheet_row").alias("observation_id"),
        pl.col("indicator_unit").alias("unit_measure"),
        value.alias("obs_value"),
        pl.when(value.is_null() & (pl.col("denominator") != 0).fill_null(value=True))
        .then(pl.lit("M"))
        .otherwise("obs_status")
        .alias("obs_status"),
        pl.lit("F").alias("conf_status"),
        pl.lit("reported").alias("origin"),
        pl.lit(None, dtype=pl.Float64).alias("coverage"),
    )
