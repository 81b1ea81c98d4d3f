"""A submission as the cells of its sheets, and those as a file: .xlsx, .ods, .xls or .csv."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

import xlsxwriter

from etl import form
from scripts.demo_full.old_excel import old_excel

Cell = str | float | int | None
Rows = list[list[Cell]]
Sheets = dict[str, Rows]

TITLE: Final = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"
_CREATED: Final = datetime(2026, 11, 20)  # the moment of writing would change the file every time
_FIRST_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the same for every member of a zip
_ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def sheets_of(
    information: Mapping[str, str],
    observations: Sequence[Mapping[str, Cell]],
    statements: Sequence[Mapping[str, Cell]],
) -> Sheets:
    """The form BDG-01 filled in; each sheet begins with a title that says what the figures are."""

    def table(fields: Sequence[form.Field], lines: Sequence[Mapping[str, Cell]]) -> Rows:
        body = [[line.get(field.name) for field in fields] for line in lines]
        return [[TITLE], [], [field.label for field in fields], *body]

    head: Rows = [[field.label, information.get(field.name)] for field in form.INFORMATION_FIELDS]
    return {
        form.INFORMATION_SHEET: [[TITLE], [], *head],
        form.OBSERVATION_SHEET: table(form.OBSERVATION_FIELDS, observations),
        form.STATEMENT_SHEET: table(form.STATEMENT_FIELDS, statements),
    }


def file_of(sheets: Sheets, ending: str) -> bytes:
    """The bytes of a file; the same cells give the same bytes."""
    return _WRITERS[ending](sheets)


def _xlsx(sheets: Sheets) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED, "title": TITLE})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 1, 30)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def _ods(sheets: Sheets) -> bytes:
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_ODS_TYPE}"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = {"mimetype": _ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _FIRST_DATE)
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return target.getvalue()


def _ods_row(row: Sequence[Cell]) -> str:
    cells = "".join(map(_ods_cell, row)) or "<table:table-cell/>"
    return f"<table:table-row>{cells}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(value))}</text:p>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}>{text}</table:table-cell>"


def _csv(sheets: Sheets) -> bytes:
    """One table: every line repeats the information; no title stands above the headings."""
    information = [row[:2] for row in sheets[form.INFORMATION_SHEET][2:]]
    labels = [
        form.CSV_FORM_LOCALITY_LABEL if label == "Mã địa phương" else label
        for label, _ in information
    ]
    head, *lines = sheets[form.OBSERVATION_SHEET][2:]
    shared = [value for _, value in information]
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow([form.ROW_KIND_LABEL, *labels, *head])
    for line in lines:
        figures = [str(one).replace(".", ",") if isinstance(one, float) else one for one in line]
        writer.writerow([form.OBSERVATION_ROW_KIND, *shared, *figures])
    return target.getvalue().encode("utf-8-sig")


_WRITERS: Final[dict[str, Callable[[Sheets], bytes]]] = {
    ".xlsx": _xlsx,
    ".ods": _ods,
    ".xls": old_excel,
    ".csv": _csv,
}
