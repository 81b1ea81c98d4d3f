"""One wrong file never stops the others, even where it breaks our own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import structlog

from etl.check import CheckedBatch
from etl.findings import Finding
from etl.information import ReadForm
from etl.layout import FormContent

CheckForms = Callable[[Sequence[ReadForm]], CheckedBatch]


def check_isolated(forms: Sequence[ReadForm], check: CheckForms) -> CheckedBatch:
    """Check all forms together; if that breaks, one by one, and refuse the one that breaks it."""
    try:
        return check(forms)
    except Exception as error:  # noqa: BLE001 - the promise of this module
        structlog.get_logger().error("batch_failed", files=len(forms), error=repr(error))
    return _concatenated([_check_alone(form, check) for form in forms])


def _check_alone(form: ReadForm, check: CheckForms) -> CheckedBatch:
    try:
        return check([form])
    except Exception as error:  # noqa: BLE001 - kept in the archive, answered as not processed
        structlog.get_logger().error(
            "file_failed", submission_id=form.file.submission_id, error=repr(error)
        )
        finding = Finding("FILE_NOT_PROCESSED", detail=type(error).__name__)
        return check([ReadForm(form.file, FormContent(findings=[finding]))])


def _concatenated(batches: Sequence[CheckedBatch]) -> CheckedBatch:
    return CheckedBatch(
        pl.concat(batch.submissions for batch in batches),
        pl.concat(batch.observations for batch in batches),
        pl.concat(batch.statements for batch in batches),
        pl.concat(batch.issues for batch in batches),
        pl.concat(batch.corrections for batch in batches),
        pl.concat(batch.outcomes for batch in batches),
    )
