"""The sheets that a reply puts in front of the sender's own: findings, and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.reply_marks import CELL_COLUMN, FILLS, LOOK_COLUMN, Looks
from etl.reply_summary import Findings, ReturnedAs, summary, verdict_line
from etl.reply_values import write_text
from indicators.receipt import Severity

RESULT_SHEET: Final = "Kết quả kiểm tra"
CHANGES_SHEET: Final = "Thay đổi so với lần trước"
_ISSUE_COLUMNS: Final = {
    "Mức": 11,
    "Trang tính": 13,
    "Ô": 8,
    "Nội dung ô": 26,
    "Vấn đề": 58,
    "Cách sửa": 58,
}
_CHANGE_COLUMNS: Final = {
    "Thay đổi": 9,
    "Trang tính": 10,
    "Dòng": 6,
    "Mã": 26,
    "Chỉ tiêu": 38,
    "Địa phương": 11,
    "Kỳ": 8,
    "Phân tổ": 24,
    "Lần trước": 21,
    "Lần này": 21,
}
_SEVERITY_WORDS: Final = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo"}
_CHANGE_WORDS: Final = {"added": "Thêm", "removed": "Bỏ", "changed": "Sửa"}

_FONT: Final = "Arial"  # on every office machine, with all Vietnamese letters
_PLAIN: Final = Font(name=_FONT, size=10)
_BOLD: Final = Font(name=_FONT, size=10, bold=True)
_TITLE: Final = Font(name=_FONT, size=14, bold=True)
_LINK: Final = Font(name=_FONT, size=10, underline="single", color="1F4E8C")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_LINE: Final = Side(style="thin", color="9AA5B1")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD: Final = PatternFill("solid", fgColor="D9E2EC")
_ACCEPTED: Final = PatternFill("solid", fgColor="D5EBD8")
_LINE_HEIGHT: Final = 13.5  # points, of this face
_ROOM: Final = 4.0
_LETTERS_PER_WIDTH: Final = 1.2  # of this face, against the width of a digit in the default one
_MARGINS: Final = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)  # inches
_MOST_FROZEN_ROWS: Final = 12  # more would leave no room to scroll in


def fill_result_sheet(
    sheet: Worksheet,
    findings: Findings,
    issues: Sequence[dict[str, Any]],
    looks: Looks,
    returned: ReturnedAs,
) -> None:
    """The first sheet.

    Args:
        sheet: an empty one.
        findings: what there is to say.
        issues: those that are listed, in their order.
        looks: of the cells that were marked; they are kept for the day the marks come off.
        returned: what of the sender's file stands behind this sheet.
    """
    widths = list(_ISSUE_COLUMNS.values())
    _write_title(sheet, RESULT_SHEET)
    _write_verdict(sheet, findings, len(widths))
    lines = summary(findings, len(issues), returned)
    for row_number, line in enumerate(lines, start=3):
        _write_paragraph(sheet, row_number, line, widths)
        sheet.cell(row_number, 1).font = _BOLD if row_number == len(lines) + 2 else _PLAIN
    header_row = len(lines) + 4
    if issues:
        _write_header(sheet, header_row, _ISSUE_COLUMNS)
    for row_number, issue in enumerate(issues, start=header_row + 1):
        place = issue["sheet"], issue["cell"]
        words = (
            _SEVERITY_WORDS[Severity(issue["severity"])],
            *place,
            issue["value"],
            issue["message_vi"],
            issue["advice_vi"],
        )
        _write_row(sheet, row_number, words, widths)
        sheet.cell(row_number, 1).fill = FILLS[Severity(issue["severity"])]
        holder = sheet.cell(row_number, LOOK_COLUMN)
        if place in looks and isinstance(holder, Cell):
            _link(sheet.cell(row_number, CELL_COLUMN), *place)
            looks[place].keep(holder)
    sheet.column_dimensions[get_column_letter(LOOK_COLUMN)].hidden = True
    _set_up_page(sheet, header_row, widths)


def fill_changes_sheet(
    sheet: Worksheet, lines: Sequence[Mapping[str, Any]], total: int, own_sheets: Sequence[str]
) -> None:
    """What a file sent again changes.

    Args:
        sheet: an empty one.
        lines: of :class:`etl.changes.Changes`, those that are listed.
        total: how many there are.
        own_sheets: sheets of the sender, which can be linked to.
    """
    widths = list(_CHANGE_COLUMNS.values())
    more = f" ({len(lines)} dòng đầu trong {total})" if total > len(lines) else ""
    _write_title(sheet, CHANGES_SHEET + more)
    _write_header(sheet, 3, _CHANGE_COLUMNS)
    for row_number, line in enumerate(lines, start=4):
        words = (
            _CHANGE_WORDS[line["kind"]],
            line["sheet"],
            str(line["sheet_row"] or ""),
            *(line[name] for name in ("code", "name", "ref_area", "period", "group")),
            line["before"],
            line["after"],
        )
        _write_row(sheet, row_number, words, widths)
        if line["sheet"] in own_sheets and line["sheet_row"]:
            _link(sheet.cell(row_number, 3), line["sheet"], f"A{line['sheet_row']}")
    _set_up_page(sheet, 3, widths)


def _write_title(sheet: Worksheet, text: str) -> None:
    cell = sheet.cell(1, 1)
    write_text(cell, text)
    cell.font = _TITLE


def _write_verdict(sheet: Worksheet, findings: Findings, columns: int) -> None:
    cell = sheet.cell(2, 1)
    write_text(cell, verdict_line(findings))
    cell.font = Font(name=_FONT, size=12, bold=True)
    fill = _ACCEPTED if findings.is_accepted else FILLS[Severity.ERROR]
    for column in range(1, columns + 1):
        sheet.cell(2, column).fill = fill
    sheet.row_dimensions[2].height = 20


def _write_paragraph(sheet: Worksheet, row_number: int, text: str, widths: Sequence[float]) -> None:
    """A text over the width of the table below it."""
    cell = sheet.cell(row_number, 1)
    write_text(cell, text)
    cell.alignment = _WRAPPED
    sheet.merge_cells(
        start_row=row_number, end_row=row_number, start_column=1, end_column=len(widths)
    )
    sheet.row_dimensions[row_number].height = _height([text], [sum(widths)])


def _write_header(sheet: Worksheet, row_number: int, columns: Mapping[str, int]) -> None:
    for column, word in enumerate(columns, start=1):
        cell = sheet.cell(row_number, column, word)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _BOX, _WRAPPED


def _write_row(
    sheet: Worksheet, row_number: int, words: Sequence[str | None], widths: Sequence[float]
) -> None:
    for column, word in enumerate(words, start=1):
        cell = sheet.cell(row_number, column)
        write_text(cell, word or "")
        cell.alignment, cell.font, cell.border = _WRAPPED, _PLAIN, _BOX
    sheet.row_dimensions[row_number].height = _height([word or "" for word in words], widths)


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Room for wrapped text: LibreOffice does not measure what it did not type."""
    lines = [
        sum(len(wrap(part, int(width * _LETTERS_PER_WIDTH))) or 1 for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return _LINE_HEIGHT * max(lines) + _ROOM


def _link(cell: Cell | MergedCell, sheet: str, address: str) -> None:
    if isinstance(cell, Cell):
        place = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{address}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.font = _LINK


def _set_up_page(sheet: Worksheet, header_row: int, widths: Sequence[float]) -> None:
    """A4 across, as wide as the page, with the headings on every page and in view."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if header_row <= _MOST_FROZEN_ROWS:
        sheet.freeze_panes = f"A{header_row + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = _MARGINS
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
