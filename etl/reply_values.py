"""The values of a file that cannot go back in its own format, as an .xlsx.

Sheets, positions of cells, texts, numbers and dates are kept; formats and formulas are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.addresses import CellValue
from etl.read import Grid

_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME: Final = 31
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_NARROWEST, _WIDEST = 8, 40
_TYPICAL_ROWS: Final = 60  # enough to see how wide a column is


def values_workbook(grids: Sequence[Grid], issues: Iterable[Mapping[str, Any]]) -> Workbook:
    """A workbook with the sheets that were read.

    Args:
        grids: what was read.
        issues: error cells, which a reader shows as empty, are filled in from them.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for grid in grids:
        name = _NOT_IN_SHEET_NAMES.sub("_", grid.sheet)[:_LONGEST_SHEET_NAME]
        _fill(workbook.create_sheet(name or None), grid)
    for issue in issues:
        if issue["code"] == "ERROR_CELL" and issue["sheet"] in workbook.sheetnames:
            _write_error(workbook[issue["sheet"]][issue["cell"]], issue["value"] or "")
    return workbook


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Text stays text: hostile content must not become a formula."""
    if isinstance(cell, MergedCell):
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"


def _fill(sheet: Worksheet, grid: Grid) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for row_number, row in enumerate(grid.rows, start=grid.first_row):
        for column_number, value in enumerate(row, start=grid.first_column):
            if value is not None and value != "":
                _write_value(sheet.cell(row_number, column_number), value)
    for offset in range(max(map(len, grid.rows), default=0)):
        texts = [str(row[offset]) for row in grid.rows[:_TYPICAL_ROWS] if offset < len(row)]
        width = min(max(_NARROWEST, *map(len, texts), 0) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(grid.first_column + offset)].width = width


def _write_value(cell: Cell | MergedCell, value: CellValue) -> None:
    if isinstance(value, bool | int | float):
        cell.value = value
    elif isinstance(value, datetime):
        has_time = value.time() != time()
        cell.value = value
        cell.number_format = "dd/mm/yyyy hh:mm" if has_time else "dd/mm/yyyy"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif isinstance(value, time | timedelta):
        cell.value, cell.number_format = value, "[hh]:mm:ss"
    else:
        write_text(cell, str(value))
        cell.alignment = _WRAPPED


def _write_error(cell: Cell | MergedCell, text: str) -> None:
    write_text(cell, text)
    if text in ERROR_CODES and isinstance(cell, Cell):
        cell.data_type = "e"
