"""One wrong file never stops the others, even where it breaks our own code or a library's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from etl.check import CheckedBatch
from etl.information import ReadForm
from etl.layout import FormContent
from etl.shield import Shield

CheckForms = Callable[[Sequence[ReadForm]], CheckedBatch]


def check_isolated(forms: Sequence[ReadForm], check: CheckForms) -> CheckedBatch:
    """Check all forms together; if that breaks, one by one, and refuse the one that breaks it."""
    with Shield("batch_failed", files=len(forms)):
        return check(forms)
    return _concatenated([_check_alone(form, check) for form in forms])


def _check_alone(form: ReadForm, check: CheckForms) -> CheckedBatch:
    with Shield("file_failed", submission_id=form.file.submission_id) as shield:
        return check([form])
    return check([ReadForm(form.file, FormContent(findings=[shield.finding()]))])


def _concatenated(batches: Sequence[CheckedBatch]) -> CheckedBatch:
    return CheckedBatch(
        pl.concat(batch.submissions for batch in batches),
        pl.concat(batch.observations for batch in batches),
        pl.concat(batch.statements for batch in batches),
        pl.concat(batch.issues for batch in batches),
        pl.concat(batch.corrections for batch in batches),
        pl.concat(batch.outcomes for batch in batches),
        pl.concat((batch.readable for batch in batches), how="diagonal"),
        pl.concat(batch.readable_statements for batch in batches),
    )
