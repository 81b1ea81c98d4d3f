"""Stage *read* over archived files: bytes → grids → what was recognised as the form."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from etl.batch import ReceivedFile
from etl.information import ReadForm
from etl.layout import FormContent, lay_out
from etl.px_layout import lay_out_px
from etl.px_mapping import PxMapping
from etl.px_sheet import PxSheet, is_form, take_apart
from etl.read import CSV_SHEET, Grid, ReadResult
from etl.shield import Shield
from etl.worker_pool import WorkerPool


@dataclass(frozen=True)
class ReadFile:
    """A file through stage *read*, with what its reply needs."""

    form: ReadForm
    content: bytes
    grids: list[Grid]


def read_batches(
    batches: Iterable[list[ReceivedFile]],
    content: Callable[[ReceivedFile], bytes],
    pool: WorkerPool[ReadResult],
    mapping: PxMapping,
) -> Iterator[list[ReadFile]]:
    """Read files, each the form or a table of the table server; faults are findings in the form.

    Raises:
        OSError: no reading process can be started; and as ``content`` does.
    """
    waiting: deque[list[tuple[ReceivedFile, bytes]]] = deque()

    def handed_over() -> Iterator[list[tuple[str, bytes]]]:
        for batch in batches:
            waiting.append([(file, content(file)) for file in batch])
            yield [(file.file_name, received) for file, received in waiting[-1]]

    for results in pool.work_ahead(handed_over()):
        yield [
            recognise(file, received, result, mapping)
            for (file, received), result in zip(waiting.popleft(), results, strict=True)
        ]


def recognise(
    file: ReceivedFile, content: bytes, result: ReadResult, mapping: PxMapping
) -> ReadFile:
    """Find the form, or a table, in what was read of one file."""
    if result.error:
        structlog.get_logger().warning(
            "file_unreadable", submission_id=file.submission_id, error=result.error
        )
    with Shield("file_failed", submission_id=file.submission_id) as shield:
        form, grids = _recognised(result, file.file_name, mapping)
        return ReadFile(ReadForm(file, form), content, grids)
    return ReadFile(ReadForm(file, FormContent(findings=[shield.finding()])), content, [])


def _recognised(
    result: ReadResult, file_name: str, mapping: PxMapping
) -> tuple[FormContent, list[Grid]]:
    table = _px_table(result.grids, mapping)
    if table is None:
        return lay_out(result.grids, result.findings), result.grids
    grid, sheet = table
    content, lines = lay_out_px(grid, sheet, file_name, mapping)
    return content, [lines]


def _px_table(grids: Sequence[Grid], mapping: PxMapping) -> tuple[Grid, PxSheet] | None:
    if len(grids) != 1 or grids[0].sheet != CSV_SHEET or is_form(grids[0]):
        return None
    sheet = take_apart(grids[0], mapping)
    return (grids[0], sheet) if sheet is not None and sheet.has_years else None
