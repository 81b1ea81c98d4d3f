"""Old Excel files (.xls): cells, and what the fast reader does not show of them.

The format cannot be measured before it is read, so only a process that may be stopped should do
it (:mod:`etl.reading_process`). The fast reader shows no error cells here; a second one (xlrd)
looks for them and for hidden rows. Neither tells that a formula was never calculated.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from etl.addresses import CellValue

Corner = tuple[int, int]  # row and column, from 0


@dataclass
class XlsSheet:
    """One sheet; all positions count from 0."""

    name: str
    is_hidden: bool
    start: Corner
    rows: list[list[CellValue]]
    merged: list[tuple[Corner, Corner]]
    errors: list[tuple[int, int, str]] = field(default_factory=list)  # row, column, text
    hidden_rows: list[int] = field(default_factory=list)


def read_sheets(content: bytes) -> list[XlsSheet]:
    """All sheets.

    Raises:
        PasswordError: the workbook is locked.
        Exception: it is damaged; the libraries break in any way.
    """
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [_sheet(workbook, position) for position in range(len(workbook.sheet_names))]
    _add_second_opinion(content, sheets)
    return sheets


def _sheet(workbook: CalamineWorkbook, position: int) -> XlsSheet:
    sheet = workbook.get_sheet_by_index(position)
    return XlsSheet(
        sheet.name,
        workbook.sheets_metadata[position].visible != SheetVisibleEnum.Visible,
        sheet.start or (0, 0),
        sheet.to_python(),
        sheet.merged_cell_ranges or [],
    )


def _add_second_opinion(content: bytes, sheets: list[XlsSheet]) -> None:
    """Error cells and hidden rows; without them where xlrd, which reads fewer files, fails."""
    import xlrd  # noqa: PLC0415 - few files are this old, and every reading process would load it
    from xlrd.biffh import XL_CELL_ERROR, error_text_from_code  # noqa: PLC0415

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
    except Exception:  # noqa: BLE001 - damaged bytes break it in any way
        return
    by_name = {sheet.name: sheet for sheet in sheets}
    for second in book.sheets():
        sheet = by_name.get(second.name)
        if sheet is None:
            continue
        sheet.hidden_rows = sorted(
            row for row, info in second.rowinfo_map.items() if info.hidden and row < second.nrows
        )
        sheet.errors = [
            (row, column, error_text_from_code.get(second.cell_value(row, column), "#?"))
            for row in range(second.nrows)
            for column, kind in enumerate(second.row_types(row))
            if kind == XL_CELL_ERROR
        ]
