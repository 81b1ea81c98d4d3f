"""Stage *read*: a file's bytes → grids of cells with their addresses; values untouched.

The fast reader (calamine) turns an error cell such as ``#DIV/0!`` and a formula that was never
calculated into a blank, so the sheets' XML is searched for both and they come back as faults.
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

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from etl.computed_cells import is_computed_value
from etl.findings import Finding

CellValue = str | float | int | bool | date | datetime | time | timedelta

CSV_SHEET: Final = "csv"
_ZIP_SIGNATURE: Final = b"PK\x03\x04"
_CSV_DELIMITERS: Final = ",;\t"
_ERROR_CELL: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.S)
_UNCALCULATED_CELL: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^>]*>\s*<f[^>]*(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
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
    return ReadResult(findings=[Finding("FILE_TYPE_UNKNOWN", value=file_name, detail=ending)])


def _read_xlsx(content: bytes, file_name: str, limits: ReadLimits) -> ReadResult:
    if not content.startswith(_ZIP_SIGNATURE):
        return ReadResult(findings=[Finding("FILE_NOT_XLSX", value=file_name)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unzipped = sum(entry.file_size for entry in archive.infolist())
            if unzipped > limits.maximum_unzipped_bytes:
                return _too_large(file_name, limits.maximum_unzipped_bytes)
            findings = _lost_cells(archive)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [_grid(workbook, name) for name in workbook.sheet_names]
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        return ReadResult(findings=[_unreadable(file_name, error)])
    except (ElementTree.ParseError, DefusedXmlException, NotImplementedError) as error:
        return ReadResult(findings=[_unreadable(file_name, error)])
    return ReadResult(grids, findings)


def _too_large(file_name: str, limit: int) -> ReadResult:
    size = f"{limit // 1_000_000} MB"
    return ReadResult(findings=[Finding("FILE_TOO_LARGE", value=file_name, detail=size)])


def _unreadable(file_name: str, error: Exception) -> Finding:
    return Finding("FILE_UNREADABLE", value=file_name, detail=type(error).__name__)


def _grid(workbook: CalamineWorkbook, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    start = sheet.start or (0, 0)
    return Grid(name, sheet.to_python(), start[0] + 1, start[1] + 1)


def _lost_cells(archive: zipfile.ZipFile) -> list[Finding]:
    """Error cells and uncalculated formulas of every sheet, which the fast reader drops."""
    findings: list[Finding] = []
    suspects = {
        entry: content
        for entry in archive.namelist()
        if entry.startswith("xl/worksheets/") and entry.endswith(".xml")
        for content in [archive.read(entry)]
        if b't="e"' in content or b"<f" in content
    }
    if not suspects:
        return findings
    names = _sheet_names(archive)
    for entry, content in suspects.items():
        sheet = names.get(entry, entry)
        for match in _ERROR_CELL.finditer(content):
            findings.append(_lost("ERROR_CELL", sheet, match[1], match[2]))
        for match in _UNCALCULATED_CELL.finditer(content):
            if is_computed_value(match[2] or b""):
                continue
            findings.append(_lost("FORMULA_NOT_CALCULATED", sheet, match[1], b""))
    return findings


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
    except UnicodeDecodeError as error:
        detail = f"byte {error.start}"
        return ReadResult(findings=[Finding("FILE_ENCODING", value=file_name, detail=detail)])
    if "\x00" in text or "\ufffd" in text:
        return ReadResult(findings=[Finding("FILE_ENCODING", value=file_name, detail="U+FFFD/NUL")])
    first_line = text.split("\n", 1)[0]
    delimiter = max(_CSV_DELIMITERS, key=first_line.count)
    try:
        rows: list[list[CellValue]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        return ReadResult(findings=[_unreadable(file_name, error)])
    return ReadResult([Grid(CSV_SHEET, rows, 1, 1)])
