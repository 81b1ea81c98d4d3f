"""Reads one old Excel file (.xls) in a process of its own, with limits that the system enforces.

The format cannot be measured before it is read, and a small file may claim a sheet of 16 million
cells. Run as ``python -m etl.reading_process BYTES``: the workbook comes in on stdin, a pickled
list of sheets goes out on stdout. The fast reader shows no error cells here, so a second one
(xlrd) looks for them and for hidden rows.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

import xlrd
from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum
from xlrd.biffh import XL_CELL_ERROR, error_text_from_code

PASSWORD_EXIT = 3
DAMAGED_EXIT = 4


def main() -> int:
    """Read stdin, write stdout; the exit code says what was wrong."""
    _limit_memory(int(sys.argv[1]))
    content = sys.stdin.buffer.read()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_sheet(workbook, position) for position in range(len(workbook.sheet_names))]
    except PasswordError:
        return PASSWORD_EXIT
    except Exception:  # noqa: BLE001 - whatever it is, the file cannot be read
        return DAMAGED_EXIT
    _add_second_opinion(content, sheets)
    sys.stdout.buffer.write(pickle.dumps(sheets))
    return 0


def _sheet(workbook: CalamineWorkbook, position: int) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_index(position)
    return {
        "name": sheet.name,
        "is_hidden": workbook.sheets_metadata[position].visible != SheetVisibleEnum.Visible,
        "start": sheet.start or (0, 0),
        "rows": sheet.to_python(),
        "merged": sheet.merged_cell_ranges or [],
        "errors": [],
        "hidden_rows": [],
    }


def _add_second_opinion(content: bytes, sheets: list[dict[str, Any]]) -> None:
    """Error cells as (row, column, text) and hidden rows, from 0. Without them, if xlrd fails."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
    except Exception:  # noqa: BLE001 - it reads fewer files than the first reader
        return
    by_name = {sheet["name"]: sheet for sheet in sheets}
    for second in book.sheets():
        sheet = by_name.get(second.name)
        if sheet is None:
            continue
        sheet["hidden_rows"] = sorted(
            row for row, info in second.rowinfo_map.items() if info.hidden and row < second.nrows
        )
        sheet["errors"] = [
            (row, column, error_text_from_code.get(second.cell_value(row, column), "#?"))
            for row in range(second.nrows)
            for column, kind in enumerate(second.row_types(row))
            if kind == XL_CELL_ERROR
        ]


def _limit_memory(size: int) -> None:
    """Where the system can: more than ``size`` bytes end the process."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    sys.exit(main())
