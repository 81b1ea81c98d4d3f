"""Read the official annex of indicators out of an xlsx, docx or csv table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from python_calamine import CalamineError, CalamineWorkbook

from indicators.catalogue.annex import AnnexRow
from indicators.errors import CatalogueError
from indicators.text import fold, normalise

_CODE_HEADERS = ("ma so", "ma so chi tieu", "ma chi tieu")
_GROUP_HEADERS = ("nhom", "nhom chi tieu")
_NAME_HEADERS = ("ten chi tieu", "ten")
_GROUP_AND_NAME_HEADERS = ("nhom ten chi tieu",)  # groups stand in rows of their own
_GROUP_CODE_LENGTH = 2  # in such a table "01" numbers a group, "0101" an indicator

_Table = list[list[str]]


@dataclass(frozen=True)
class _Columns:
    code: int
    name: int
    group: int | None
    has_group_rows: bool


def read_annex(path: Path) -> list[AnnexRow]:
    """Indicators of every table with columns mã số and tên (nhóm may stand in rows of its own).

    Raises:
        CatalogueError: the file cannot be read, is of another kind, or has no such table.
    """
    readers = {".xlsx": _xlsx_tables, ".docx": _docx_tables, ".csv": _csv_tables}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CatalogueError([f"{path.name}: chỉ đọc phụ lục dạng xlsx, docx hoặc csv"])
    try:
        tables = reader(path)
    except (CalamineError, PackageNotFoundError, BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise CatalogueError(
            [f"{path.name}: không đọc được; hãy mở tệp và lưu lại ({type(error).__name__})"]
        ) from error
    rows = [row for table in tables for row in _rows(table)]
    if not rows:
        raise CatalogueError(
            [f"{path.name}: không thấy bảng có cột Mã số và Tên chỉ tiêu; hãy xem lại dòng tiêu đề"]
        )
    return rows


def _xlsx_tables(path: Path) -> list[_Table]:
    with path.open("rb") as file:
        workbook = CalamineWorkbook.from_filelike(file)
        return [
            [[_cell_text(cell) for cell in row] for row in sheet.to_python()]
            for sheet in (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
        ]


def _docx_tables(path: Path) -> list[_Table]:
    return [
        [[normalise(cell.text) for cell in row.cells] for row in table.rows]
        for table in Document(str(path)).tables
    ]


def _csv_tables(path: Path) -> list[_Table]:
    text = path.read_text(encoding="utf-8-sig")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [[[normalise(cell) for cell in row] for row in rows]]


def _cell_text(cell: object) -> str:
    """A code typed as a number comes as 101.0; it is printed 101."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return normalise(str(cell))


def _rows(table: _Table) -> Iterator[AnnexRow]:
    columns: _Columns | None = None
    group = ""
    for cells in table:
        header = _columns(cells)
        if header is not None:  # printed again on every page
            columns = header
            continue
        if columns is None or max(columns.code, columns.name) >= len(cells):
            continue
        code, name = cells[columns.code], cells[columns.name]
        if _is_group(code, name, columns):
            group = name or code
        elif name:
            yield AnnexRow(code, _group_cell(cells, columns.group) or group, name)


def _columns(cells: Iterable[str]) -> _Columns | None:
    headers = [fold(cell) for cell in cells]
    code = _position(headers, _CODE_HEADERS)
    name = _position(headers, _NAME_HEADERS)
    both = _position(headers, _GROUP_AND_NAME_HEADERS)
    name_column = both if name is None else name
    if code is None or name_column is None:
        return None
    group = _position(headers, _GROUP_HEADERS)
    return _Columns(code, name_column, group, has_group_rows=name is None)


def _position(headers: list[str], accepted: tuple[str, ...]) -> int | None:
    return next((headers.index(name) for name in accepted if name in headers), None)


def _is_group(code: str, name: str, columns: _Columns) -> bool:
    """A row without a code of its own, or merged over all columns, names a group."""
    numbered = columns.has_group_rows and len(code) <= _GROUP_CODE_LENGTH
    return not code or code == name or numbered


def _group_cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""
