"""One wrong file never stops the others, even where it breaks our own code or a library's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType

import polars as pl
import structlog

from etl.check import CheckedBatch
from etl.findings import Finding
from etl.information import ReadForm
from etl.layout import FormContent

CheckForms = Callable[[Sequence[ReadForm]], CheckedBatch]


class Shield:
    """A context in which nothing breaks through: the error ends in the log and on the shield."""

    def __init__(self, event: str, **context: object) -> None:
        self._event = event
        self._context = context
        self._broken_by = ""

    def __enter__(self) -> Shield:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        # A panic of a native library is no Exception, so the two wishes to stop are named instead.
        if kind is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return False
        structlog.get_logger().error(self._event, error=repr(error), **self._context)
        self._broken_by = kind.__name__
        return True

    def finding(self) -> Finding:
        """The answer to the sender; the file itself is safe in the archive."""
        return Finding("FILE_NOT_PROCESSED", detail=self._broken_by)


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
    )
