"""Stage *read*: a file's bytes → grids of cells with their addresses; values untouched.

The kind of a file is judged by its content. What the fast reader (calamine) does not show, such
as error cells, comes back as findings; what could exhaust the machine is refused before.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from etl.addresses import CellValue, column_letter
from etl.file_kinds import FileKind, kind_of, looks_like
from etl.finding import Finding
from etl.json_stat import json_stat_rows
from etl.limits import LimitExceeded, ReadLimits
from etl.lost_cells import (
    hidden_rows,
    lost_cell,
    ods_findings,
    oversized_sheets,
    xlsx_findings,
)
from etl.package import check_ods_extent, check_xlsx_extent, open_package
from etl.xls import XlsSheet, read_sheets

CSV_SHEET: Final = "csv"
_CSV_DELIMITERS: Final = ",;\t"
_DELIMITER_SEARCH_LINES: Final = 5
_QUOTED: Final = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Grid:
    """The used area of one sheet; ``rows[0][0]`` is the cell (first_row, first_column), from 1."""

    sheet: str
    rows: list[list[CellValue]]
    first_row: int
    first_column: int


@dataclass(frozen=True)
class ReadResult:
    """Grids of one file, and the faults met while reading it."""

    grids: list[Grid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    error: str = ""  # what a library said of an unreadable file, for the log


def read(content: bytes, file_name: str, limits: ReadLimits) -> ReadResult:
    """Read one received file; a file that cannot be read yields one finding."""
    if len(content) > limits.maximum_bytes:
        return _refused("FILE_TOO_LARGE", file_name, f"{limits.maximum_bytes // 1_000_000} MB")
    reader = _reader_of(content, file_name)
    if isinstance(reader, ReadResult):
        return reader
    return _within_limits(reader, content, file_name, limits)


def _reader_of(
    content: bytes, file_name: str
) -> Callable[[bytes, ReadLimits], ReadResult] | ReadResult:
    """How to read the file, or why not."""
    kind = kind_of(content, file_name)
    if kind == FileKind.PROTECTED:
        return _refused("FILE_PROTECTED", file_name)
    if kind == FileKind.NOT_A_WORKBOOK:
        return _refused("FILE_NOT_WORKBOOK", file_name, looks_like(content))
    if kind == FileKind.UNKNOWN:
        return _refused("FILE_TYPE_UNKNOWN", file_name, PurePath(file_name).suffix.lower())
    return _READERS[kind]


def _within_limits(
    reader: Callable[[bytes, ReadLimits], ReadResult],
    content: bytes,
    file_name: str,
    limits: ReadLimits,
) -> ReadResult:
    try:
        result = reader(content, limits)
        _take_texts(result.grids, limits)
    except LimitExceeded as error:
        code, detail = "FILE_TOO_LARGE", str(error)
    except PasswordError:
        code, detail = "FILE_PROTECTED", ""
    except UnicodeDecodeError as error:
        code, detail = "FILE_ENCODING", f"byte {error.start}"
    except LostCharacters:
        code, detail = "FILE_ENCODING", "U+FFFD/NUL"
    except MemoryError:
        code, detail = "FILE_TOO_LARGE", "bộ nhớ để đọc một tệp"
    except Exception as error:  # noqa: BLE001 - damaged bytes break the libraries in any way
        unreadable = _refused("FILE_UNREADABLE", file_name, type(error).__name__)
        return replace(unreadable, error=repr(error))
    else:
        return result
    return _refused(code, file_name, detail)


class LostCharacters(Exception):
    """A text holds marks of characters that were lost before it was sent."""


def _refused(code: str, file_name: str, detail: str | None = None) -> ReadResult:
    return ReadResult(findings=[Finding(code, value=file_name, detail=detail)])


def _take_texts(grids: Sequence[Grid], limits: ReadLimits) -> None:
    """Keep each text once, however many cells hold it: less to keep and to hand over.

    Raises:
        LimitExceeded: a cell is longer than any report needs.
    """
    known: dict[str, str] = {}
    for grid in grids:
        for row in grid.rows:
            row[:] = [known.setdefault(cell, cell) if type(cell) is str else cell for cell in row]
    if max(map(len, known), default=0) <= limits.maximum_characters:
        return
    for grid in grids:
        for offset, row in enumerate(grid.rows):
            if any(type(cell) is str and len(cell) > limits.maximum_characters for cell in row):
                raise LimitExceeded(
                    f"{limits.maximum_characters} ký tự trong một ô (trang tính “{grid.sheet}”, "
                    f"dòng {grid.first_row + offset})"
                )


# Workbooks ------------------------------------------------------------------------------------


def _read_xlsx(content: bytes, limits: ReadLimits) -> ReadResult:
    package = open_package(content, limits)
    too_large = check_xlsx_extent(package, limits)
    findings = oversized_sheets(package, too_large)
    return _read_package(content, findings + xlsx_findings(package.without(too_large)))


def _read_ods(content: bytes, limits: ReadLimits) -> ReadResult:
    package = open_package(content, limits)
    if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
        raise PasswordError
    check_ods_extent(package, limits)
    return _read_package(content, ods_findings(package))


def _read_package(content: bytes, findings: list[Finding]) -> ReadResult:
    too_large = {one.sheet for one in findings if one.code == "SHEET_TOO_LARGE"}
    with _panics_are_damage():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = []
        for position, name in enumerate(workbook.sheet_names):
            if name in too_large:
                continue
            sheet = workbook.get_sheet_by_index(position)
            grid = _grid(name, sheet.start or (0, 0), sheet.to_python())
            if workbook.sheets_metadata[position].visible != SheetVisibleEnum.Visible:
                findings.append(Finding("HIDDEN_SHEET", name))
            findings += _only_first_counts(grid, sheet.merged_cell_ranges or [])
            grids.append(grid)
    return ReadResult(grids, findings)


class _panics_are_damage:  # noqa: N801 - reads as a statement
    """A failed assertion inside the fast reader arrives as a BaseException of its own."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise ValueError(str(error)) from None


def _grid(name: str, start: tuple[int, int], rows: list[list[CellValue]]) -> Grid:
    return Grid(name, rows, start[0] + 1, start[1] + 1)


def _only_first_counts(
    grid: Grid, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> list[Finding]:
    """Empty what lies under merged cells, and say where cells are merged."""
    findings = []
    for (top, left), (bottom, right) in merged:
        cell = f"{column_letter(left + 1)}{top + 1}"
        area = f"{cell}:{column_letter(right + 1)}{bottom + 1}"
        findings.append(Finding("MERGED_CELLS", grid.sheet, top + 1, cell, area))
        _empty_under(grid, (top, left), (bottom, right))
    return findings


def _empty_under(grid: Grid, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Empty all cells of an area (offsets on the sheet, from 0) but its first."""
    for index in range(first[0], min(last[0], grid.first_row + len(grid.rows)) + 1):
        row_offset = index + 1 - grid.first_row
        if not 0 <= row_offset < len(grid.rows):
            continue
        row = grid.rows[row_offset]
        for column in range(first[1], min(last[1], grid.first_column + len(row)) + 1):
            offset = column + 1 - grid.first_column
            if 0 <= offset < len(row) and (index, column) != first:
                row[offset] = ""


def _read_xls(content: bytes, limits: ReadLimits) -> ReadResult:
    with _panics_are_damage():
        sheets = read_sheets(content)
    result = ReadResult()
    total = 0
    for sheet in sheets:
        columns = len(sheet.rows[0]) if sheet.rows else 0
        total += len(sheet.rows) * columns
        limits.check_extent(len(sheet.rows), columns, total)
        grid = _grid(sheet.name, sheet.start, sheet.rows)
        result.grids.append(grid)
        result.findings.extend(_xls_findings(grid, sheet))
    return result


def _xls_findings(grid: Grid, sheet: XlsSheet) -> list[Finding]:
    findings = [Finding("HIDDEN_SHEET", grid.sheet)] if sheet.is_hidden else []
    findings += _only_first_counts(grid, sheet.merged)
    findings += [
        lost_cell("ERROR_CELL", grid.sheet, f"{column_letter(column + 1)}{row + 1}", text)
        for row, column, text in sheet.errors
    ]
    return findings + hidden_rows(grid.sheet, [row + 1 for row in sheet.hidden_rows])


# Text -----------------------------------------------------------------------------------------


def _read_csv(content: bytes, limits: ReadLimits) -> ReadResult:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if is_wide else "utf-8-sig")
    if "\x00" in text or "\ufffd" in text:
        raise LostCharacters
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[CellValue]] = []
    start = 1
    columns = cells = 0
    try:
        for row in reader:
            rows.append(list(row))
            start = reader.line_num + 1
            columns, cells = max(columns, len(row)), cells + len(row)
            limits.check_extent(len(rows), columns, cells)
    except csv.Error as error:
        if "field larger than field limit" in str(error):
            raise LimitExceeded(f"{limits.maximum_characters} ký tự trong một ô") from None
        return ReadResult(findings=[Finding("CSV_QUOTES", CSV_SHEET, start, value=str(start))])
    return ReadResult([Grid(CSV_SHEET, rows, 1, 1)])


def _delimiter(text: str) -> str:
    """Of the first line that has one outside quotation marks: a title may stand above it."""
    for line in text.split("\n", _DELIMITER_SEARCH_LINES)[:_DELIMITER_SEARCH_LINES]:
        bare = _QUOTED.sub("", line)
        found = max(_CSV_DELIMITERS, key=bare.count)
        if found in bare:
            return found
    return _CSV_DELIMITERS[0]


def _read_json(content: bytes, limits: ReadLimits) -> ReadResult:
    return ReadResult([Grid(CSV_SHEET, json_stat_rows(content, limits), 1, 1)])


_READERS: Final[dict[FileKind, Callable[[bytes, ReadLimits], ReadResult]]] = {
    FileKind.XLSX: _read_xlsx,
    FileKind.ODS: _read_ods,
    FileKind.XLS: _read_xls,
    FileKind.TEXT: _read_csv,
    FileKind.JSON: _read_json,
}
