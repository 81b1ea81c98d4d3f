"""The workbook that goes back to the sender: what was found, and her own sheets with the marks."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.file_kinds import FileKind, kind_of
from etl.read import Grid
from etl.reply_marks import clear, mark
from etl.reply_pages import CHANGES_SHEET, RESULT_SHEET, fill_changes_sheet, fill_result_sheet
from etl.reply_summary import Findings, ReturnedAs
from etl.reply_values import values_workbook
from etl.shield import Shield
from indicators.receipt import Severity

# Beyond these a workbook helps nobody, and takes minutes to write; the .json has everything.
_MOST_LISTED = 2_000
_MOST_WORKBOOK_CELLS = 300_000
_MOST_WORKBOOK_BYTES = 40_000_000  # unzipped: sheets that were too large to be read count too
# Every cell of a merged or linked area becomes an object, however empty the sheet is.
_AREA = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*["']([^"']*)""")


class SentFile(NamedTuple):
    """What came."""

    name: str
    content: bytes
    grids: list[Grid]  # what could be read of it


def as_workbook(file: SentFile, findings: Findings) -> bytes:
    """The answer in the sender's own workbook; with her values where that cannot be opened or
    written again; alone where nothing could be read.
    """
    cells = sum(len(grid.rows) * max(map(len, grid.rows), default=0) for grid in file.grids)
    if file.grids and cells <= _MOST_WORKBOOK_CELLS:
        if _keeps_its_format(file):
            with _shield(findings):
                own = _own_workbook(file)
                return _answered(own, findings, ReturnedAs.ITSELF)
        with _shield(findings):
            values = _values(file, findings)
            return _answered(values, findings, ReturnedAs.VALUES)
    return _answered(_empty_workbook(), findings, ReturnedAs.NOTHING)


def _shield(findings: Findings) -> Shield:
    return Shield("reply_without_workbook", submission_id=findings.submission["submission_id"])


def _answered(workbook: Workbook, findings: Findings, returned: ReturnedAs) -> bytes:
    own_sheets = list(workbook.sheetnames)
    issues = sorted(findings.issues, key=_place_in(own_sheets))[:_MOST_LISTED]
    looks = mark(workbook, issues)
    result = workbook.create_sheet(RESULT_SHEET, 0)
    fill_result_sheet(result, findings, issues, looks, returned)
    lines = findings.changes.lines if findings.changes else []
    if lines:
        sheet = workbook.create_sheet(CHANGES_SHEET, 1)
        fill_changes_sheet(sheet, lines[:_MOST_LISTED], len(lines), own_sheets)
    _open_at(workbook, result)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _place_in(sheets: list[str]) -> Callable[[dict[str, Any]], tuple[bool, int, int]]:
    """Sort key: what must be mended first, then as the workbook is leafed through."""
    order = {name: number for number, name in enumerate(sheets)}

    def key(issue: dict[str, Any]) -> tuple[bool, int, int]:
        severity_last = issue["severity"] != Severity.ERROR
        return severity_last, order.get(issue["sheet"], -1), issue["sheet_row"] or 0

    return key


def _keeps_its_format(file: SentFile) -> bool:
    """Whether the file itself can be given back: .xlsx and .xlsm of a size that can be handled."""
    if kind_of(file.content, file.name) != FileKind.XLSX:
        return False
    with zipfile.ZipFile(io.BytesIO(file.content)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > _MOST_WORKBOOK_BYTES:
            return False
        areas = (
            area
            for part in parts
            if part.filename.lower().endswith(".xml")
            for area in _AREA.findall(package.read(part))
        )
        return sum(map(_cells_of, areas)) <= _MOST_WORKBOOK_CELLS


def _cells_of(area: bytes) -> int:
    """How many cells openpyxl would make of an area; endless where that cannot be told."""
    try:
        bounds = [one for one in range_boundaries(area.decode("ascii")) if one is not None]
        left, top, right, bottom = bounds
    except ValueError:  # whole columns or rows, or no address at all
        return _MOST_WORKBOOK_CELLS + 1
    return (right - left + 1) * (bottom - top + 1)


def _own_workbook(file: SentFile) -> Workbook:
    """The sender's workbook without what an earlier answer put into it."""
    with warnings.catch_warnings(action="ignore"):  # of features that openpyxl does not keep
        workbook = load_workbook(io.BytesIO(file.content))
    if RESULT_SHEET in workbook.sheetnames:
        clear(workbook, workbook[RESULT_SHEET], _MOST_WORKBOOK_CELLS)
    for name in (RESULT_SHEET, CHANGES_SHEET):
        if name in workbook.sheetnames:
            workbook.remove(workbook[name])
    return workbook


def _values(file: SentFile, findings: Findings) -> Workbook:
    answered = (RESULT_SHEET, CHANGES_SHEET)
    grids = [grid for grid in file.grids if grid.sheet not in answered]
    return values_workbook(grids, findings.issues)


def _empty_workbook() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _open_at(workbook: Workbook, shown: Worksheet) -> None:
    """Select this sheet only: Excel types into all selected sheets at once."""
    workbook.active = workbook.index(shown)
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is shown
