"""What the fast reader does not tell: error cells, uncalculated formulas, hidden rows, links.

Searched in the XML of a package that :mod:`etl.package` has opened; addresses as on the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from defusedxml import ElementTree

from etl.addresses import column_letter
from etl.computed_cells import is_computed_value
from etl.finding import Finding
from etl.package import Package

_ERROR_CELL: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.S)
# A formula that was calculated to an empty text says so with t="str".
_UNCALCULATED_CELL: Final = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^>]*\bt="str")[^>]*>\s*<f[^>]*(?:/>|>([^<]*)</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_HIDDEN_ROW: Final = re.compile(rb'<row r="([0-9]+)"[^>]*\bhidden="(?:1|true)"')
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ODS_TABLE_NAME: Final = re.compile(rb'table:name="([^"]*)"')
_ODS_REPEATED: Final = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,7})"')
_ODS_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*>(?:<text:p>([^<]*))?")
_ODS_ERROR: Final = b'calcext:value-type="error"'
_ODS_HIDDEN: Final = (b'table:visibility="collapse"', b'table:visibility="filter"')
_ROWS_NAMED = 5


def xlsx_findings(package: Package) -> list[Finding]:
    """Everything of an .xlsx or .xlsm that the grids do not show."""
    findings: list[Finding] = []
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        findings.append(Finding("EXTERNAL_LINKS"))
    if "xl/vbaProject.bin" in package.names:
        findings.append(Finding("MACROS_NOT_RUN"))
    marks = (b't="e"', b"<f", b'hidden="')
    suspects = {
        name: content
        for name, content in package.sheets.items()
        if any(mark in content for mark in marks)
    }
    if not suspects:
        return findings
    names = _sheet_names(package)
    for path, content in suspects.items():
        sheet = names.get(path, path)
        for match in _ERROR_CELL.finditer(content):
            findings.append(lost_cell("ERROR_CELL", sheet, match[1].decode(), _text(match[2])))
        for match in _UNCALCULATED_CELL.finditer(content):
            if is_computed_value(match[2] or b""):
                continue
            findings.append(lost_cell("FORMULA_NOT_CALCULATED", sheet, match[1].decode(), None))
        findings += hidden_rows(sheet, [int(row) for row in _HIDDEN_ROW.findall(content)])
    return findings


def oversized_sheets(package: Package, corners: Mapping[str, str]) -> list[Finding]:
    """A finding for each sheet, named by its path, that is too large to be read."""
    if not corners:
        return []
    names = _sheet_names(package)
    sheets = ((names.get(path, path), corner) for path, corner in corners.items())
    return [Finding("SHEET_TOO_LARGE", name, value=name, detail=corner) for name, corner in sheets]


def ods_findings(package: Package) -> list[Finding]:
    """Error cells and hidden rows of an OpenDocument sheet."""
    content = package.parts.get("content.xml", b"")
    findings: list[Finding] = []
    if _ODS_ERROR not in content and not any(mark in content for mark in _ODS_HIDDEN):
        return findings
    for table in content.split(b"<table:table ")[1:]:
        name = _ODS_TABLE_NAME.search(table)
        sheet = _text(name[1]) if name else ""
        hidden: list[int] = []
        for number, row in _ods_rows(table):
            if any(mark in row.split(b">", 1)[0] for mark in _ODS_HIDDEN):
                hidden.append(number)
            if _ODS_ERROR in row:
                findings += _ods_errors(sheet, number, row)
        findings += hidden_rows(sheet, hidden)
    return findings


def lost_cell(code: str, sheet: str, cell: str, value: str | None) -> Finding:
    """A finding at one cell."""
    row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return Finding(code, sheet, row, cell, value or None)


def hidden_rows(sheet: str, rows: list[int]) -> list[Finding]:
    """One finding for all hidden rows of a sheet; none where nothing is hidden."""
    if not rows:
        return []
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
    return [Finding("HIDDEN_ROWS", sheet, rows[0], f"A{rows[0]}", named, str(len(rows)))]


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _ods_rows(table: bytes) -> Iterator[tuple[int, bytes]]:
    number = 1
    for row in table.split(b"<table:table-row")[1:]:
        yield number, row
        number += _repeats(row.split(b">", 1)[0])


def _ods_errors(sheet: str, row_number: int, row: bytes) -> Iterator[Finding]:
    column = 1
    for match in _ODS_CELL.finditer(row):
        tag = match[0].split(b">", 1)[0]
        if _ODS_ERROR in tag:
            cell = f"{column_letter(column)}{row_number}"
            yield lost_cell("ERROR_CELL", sheet, cell, _text(match[1] or b""))
        column += _repeats(tag)


def _repeats(tag: bytes) -> int:
    match = _ODS_REPEATED.search(tag)
    return int(match[1]) if match else 1


def _sheet_names(package: Package) -> dict[str, str]:
    """Path inside the package → name on the tab.

    Raises:
        KeyError, ParseError, DefusedXmlException: the package is damaged or hostile.
    """
    relations = ElementTree.fromstring(package.parts["xl/_rels/workbook.xml.rels"])
    paths = {
        relation.get("Id"): "xl/" + str(relation.get("Target")).removeprefix("/xl/")
        for relation in relations
    }
    workbook = ElementTree.fromstring(package.parts["xl/workbook.xml"])
    return {
        paths.get(sheet.get(_RELATION), ""): str(sheet.get("name"))
        for sheet in workbook.iter()
        if sheet.tag.endswith("}sheet")
    }
