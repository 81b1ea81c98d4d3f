"""Stage *read*: a file's bytes → grids of cells with their addresses; values untouched.

The fast reader (calamine) turns an error cell such as ``#DIV/0!`` and a formula that was never
calculated into a blank, so the sheets' XML is searched for both and they come back as faults.
It also keeps the whole area between the outermost cells in memory, and one cell typed by mistake
at XFD1048576 ends the process, so the area is measured first.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Final

import structlog
from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from etl.computed_cells import is_computed_value
from etl.findings import Finding

CellValue = str | float | int | bool | date | datetime | time | timedelta

CSV_SHEET: Final = "csv"
_ZIP_SIGNATURE: Final = b"PK\x03\x04"
_CSV_DELIMITERS: Final = ",;\t"
_ERROR_CELL: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.S)
# A formula that was calculated to an empty text says so with t="str".
_UNCALCULATED_CELL: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^>]*\bt="str")[^>]*>\s*<f[^>]*(?:/>|>([^<]*)</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
# Only sheets with such an address can be too large; the others are spared the measuring.
_FAR_ADDRESS: Final = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3}|[A-Z]{1,2}[0-9]{5})""")
_FILLED_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>"""
)
_SHARED_TEXTS: Final = "xl/sharedStrings.xml"
_TEXT_COUNT: Final = re.compile(rb"""\buniqueCount\s*=\s*["']\s*\+?([0-9]+)""")
_BYTES_TO_TEXT_COUNT: Final = 4_096
_SHORTEST_TEXT: Final = len(b"<si/>")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


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


@dataclass(frozen=True)
class ReadLimits:
    """What a file may cost."""

    maximum_bytes: int
    maximum_unzipped_bytes: int
    maximum_sheet_cells: int  # of the area between a sheet's outermost filled cells


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read(content: bytes, file_name: str, limits: ReadLimits) -> ReadResult:
    """Read one received file by its ending; a file that cannot be read yields one finding."""
    if len(content) > limits.maximum_bytes:
        return _too_large(file_name, limits.maximum_bytes)
    ending = PurePath(file_name).suffix.lower()
    if ending == ".xlsx":
        return _read_xlsx(content, file_name, limits)
    if ending == ".csv":
        return _read_csv(content, file_name)
    return ReadResult(findings=[Finding("FILE_TYPE_UNKNOWN", value=file_name)])


def _read_xlsx(content: bytes, file_name: str, limits: ReadLimits) -> ReadResult:
    if not content.startswith(_ZIP_SIGNATURE):
        return ReadResult(findings=[Finding("FILE_NOT_XLSX", value=file_name)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unzipped = sum(entry.file_size for entry in archive.infolist())
            if unzipped > limits.maximum_unzipped_bytes:
                return _too_large(file_name, limits.maximum_unzipped_bytes)
            _check_text_count(archive)
            findings = _sheet_faults(archive, limits)
        too_large = {one.sheet for one in findings if one.code == "SHEET_TOO_LARGE"}
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [_grid(workbook, name) for name in workbook.sheet_names if name not in too_large]
    except Exception as error:  # noqa: BLE001 - damaged bytes break the libraries in any way
        structlog.get_logger().warning("file_unreadable", file=file_name, error=repr(error))
        return ReadResult(findings=[Finding("FILE_UNREADABLE", value=file_name)])
    return ReadResult(grids, findings)


def _too_large(file_name: str, limit: int) -> ReadResult:
    size = f"{limit // 1_000_000} MB"
    return ReadResult(findings=[Finding("FILE_TOO_LARGE", value=file_name, detail=size)])


def _grid(workbook: CalamineWorkbook, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    start = sheet.start or (0, 0)
    return Grid(name, sheet.to_python(), start[0] + 1, start[1] + 1)


def _check_text_count(archive: zipfile.ZipFile) -> None:
    """The fast reader reserves memory for as many texts as the file says it has.

    Raises:
        ValueError: the file says more than it can hold.
    """
    if _SHARED_TEXTS not in archive.namelist():
        return
    with archive.open(_SHARED_TEXTS) as texts:
        count = _TEXT_COUNT.search(texts.read(_BYTES_TO_TEXT_COUNT))
    size = archive.getinfo(_SHARED_TEXTS).file_size
    if count and int(count[1]) * _SHORTEST_TEXT > size:
        raise ValueError(f"{count[1].decode()} texts in {size} bytes")


def _sheet_faults(archive: zipfile.ZipFile, limits: ReadLimits) -> list[Finding]:
    """Of every sheet: too large to be read, else the cells that the fast reader drops."""
    suspects = {
        entry: content
        for entry in archive.namelist()
        if entry.startswith("xl/worksheets/") and entry.endswith(".xml")
        for content in [archive.read(entry)]
        if b't="e"' in content or b"<f" in content or _FAR_ADDRESS.search(content)
    }
    if not suspects:
        return []
    names = _sheet_names(archive)
    findings: list[Finding] = []
    for entry, content in suspects.items():
        sheet = names.get(entry, entry)
        farthest = _beyond(content, limits.maximum_sheet_cells)
        if farthest:
            findings.append(Finding("SHEET_TOO_LARGE", sheet, value=sheet, detail=farthest))
            continue
        for match in _ERROR_CELL.finditer(content):
            findings.append(_lost("ERROR_CELL", sheet, match[1], match[2]))
        for match in _UNCALCULATED_CELL.finditer(content):
            if is_computed_value(match[2] or b""):
                continue
            findings.append(_lost("FORMULA_NOT_CALCULATED", sheet, match[1], b""))
    return findings


def _beyond(content: bytes, maximum_cells: int) -> str | None:
    """The corner of the sheet's used area if that area has too many cells."""
    if not _FAR_ADDRESS.search(content):
        return None
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for match in _FILLED_CELL.finditer(content):
        columns.add(match[1])
        rows.add(match[2])
    if not columns:
        return None
    letters = sorted(columns, key=lambda column: (len(column), column))
    numbers = [int(row) for row in rows]
    width = _column_number(letters[-1]) - _column_number(letters[0]) + 1
    if width * (max(numbers) - min(numbers) + 1) <= maximum_cells:
        return None
    return f"{letters[-1].decode()}{max(numbers)}"


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _lost(code: str, sheet: str, address: bytes, value: bytes) -> Finding:
    cell = address.decode()
    row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return Finding(code, sheet, row, cell, value.decode("utf-8", "replace") or None)


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path inside the package → name on the tab."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    paths = {
        relation.get("Id"): "xl/" + str(relation.get("Target")).removeprefix("/xl/")
        for relation in relations
    }
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    return {
        paths.get(sheet.get(_RELATION), ""): str(sheet.get("name"))
        for sheet in workbook.iter()
        if sheet.tag.endswith("}sheet")
    }


def _read_csv(content: bytes, file_name: str) -> ReadResult:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ReadResult(findings=[Finding("FILE_ENCODING", value=file_name)])
    if "\x00" in text or "\ufffd" in text:
        return ReadResult(findings=[Finding("FILE_ENCODING", value=file_name)])
    first_line = text.split("\n", 1)[0]
    delimiter = max(_CSV_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[CellValue]] = []
    start = 1
    try:
        for row in reader:
            rows.append(list(row))
            start = reader.line_num + 1
    except csv.Error:
        return ReadResult(findings=[Finding("CSV_QUOTES", CSV_SHEET, start, value=str(start))])
    return ReadResult([Grid(CSV_SHEET, rows, 1, 1)])
