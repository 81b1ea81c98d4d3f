"""Stage *read* over archived files: bytes → grids → what was recognised as the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.batch import ReceivedFile
from etl.information import ReadForm
from etl.isolation import Shield
from etl.layout import FormContent, lay_out
from etl.limits import ReadLimits
from etl.px_layout import PxSheet, is_form, lay_out_px, take_apart
from etl.px_mapping import PxMapping
from etl.read import CSV_SHEET, Grid, ReadResult, read


@dataclass(frozen=True)
class ReadFile:
    """A file through stage *read*, with what its reply needs."""

    form: ReadForm
    content: bytes
    grids: list[Grid]


def read_file(
    file: ReceivedFile, content: bytes, limits: ReadLimits, mapping: PxMapping
) -> ReadFile:
    """Read one file, the form or a table of the table server; faults are findings in the form."""
    with Shield("file_failed", submission_id=file.submission_id) as shield:
        result = read(content, file.file_name, limits)
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
