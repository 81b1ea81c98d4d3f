"""The workbook that goes back to the sender: what was found, and her own sheets with the marks."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.changes import Changes
from etl.form import NUMBER_FIELDS, OBSERVATION_FIELDS
from etl.isolation import Shield
from etl.read import CSV_SHEET
from etl.read_forms import ReadFile
from indicators.numbers import format_date
from indicators.tables import Severity, SubmissionStatus

RESULT_SHEET = "Kết quả kiểm tra"
CHANGES_SHEET = "Thay đổi so với lần trước"
_COLOURS = {Severity.ERROR: "F6C9B8", Severity.WARNING: "FBE7B2"}
_FILLS = {severity: PatternFill("solid", fgColor=colour) for severity, colour in _COLOURS.items()}
_NO_FILL = PatternFill()
_FONT = "Arial"  # on every office machine, with all Vietnamese letters
_LINK = Font(name=_FONT, underline="single", color="1F4E8C")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_ISSUE_COLUMNS = {
    "Mức": 10,
    "Trang tính": 14,
    "Ô": 8,
    "Nội dung ô": 26,
    "Vấn đề": 60,
    "Cách sửa": 60,
}
_CHANGE_COLUMNS = {
    "Thay đổi": 10,
    "Trang tính": 12,
    "Dòng": 8,
    "Mã": 30,
    "Chỉ tiêu": 46,
    "Địa phương": 12,
    "Kỳ": 9,
    "Phân tổ": 22,
    "Lần trước": 24,
    "Lần này": 24,
}
_SEVERITY_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo"}
_CHANGE_WORDS = {"added": "Thêm", "removed": "Bỏ", "changed": "Sửa"}
_LOCALE_WORDS = {"vi": "kiểu Việt Nam (1.234,5)", "en": "kiểu Anh (1,234.5)"}
_NUMBER_LABELS = {one.name: one.label for one in OBSERVATION_FIELDS if one.name in NUMBER_FIELDS}
# Beyond these a workbook helps nobody, and takes minutes to write; the .json has everything.
_MOST_LISTED = 2_000
_MOST_WORKBOOK_CELLS = 300_000


@dataclass(frozen=True)
class Findings:
    """What there is to say of one file."""

    submission: dict[str, Any]  # a row of tables.Submissions
    issues: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    changes: Changes | None  # None: the first file of its kind


def as_workbook(file: ReadFile, findings: Findings) -> bytes:
    """The answer in the sender's own workbook; alone where that cannot be opened or written."""
    cells = sum(len(grid.rows) * max(map(len, grid.rows), default=0) for grid in file.grids)
    if file.grids and cells <= _MOST_WORKBOOK_CELLS:
        with Shield("reply_without_workbook", submission_id=findings.submission["submission_id"]):
            return _answered(_sender_workbook(file), findings)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return _answered(workbook, findings)


def _answered(workbook: Workbook, findings: Findings) -> bytes:
    _mark(workbook, findings.issues[:_MOST_LISTED])
    own_sheets = list(workbook.sheetnames)
    result = workbook.create_sheet(RESULT_SHEET, 0)
    _fill_result_sheet(result, findings, own_sheets)
    if findings.changes and findings.changes.lines:
        _fill_changes_sheet(
            workbook.create_sheet(CHANGES_SHEET, 1), findings.changes.lines, own_sheets
        )
    _open_at(workbook, result)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


# The sender's own sheets ----------------------------------------------------------------------


def _sender_workbook(file: ReadFile) -> Workbook:
    """The sender's own workbook without the marks of an earlier answer, or the lines of a csv."""
    csv_grid = next((grid for grid in file.grids if grid.sheet == CSV_SHEET), None)
    if csv_grid is None:
        with warnings.catch_warnings(action="ignore"):  # of features that openpyxl does not keep
            workbook = load_workbook(io.BytesIO(file.content))
        _clear_earlier_answer(workbook)
        return workbook
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = CSV_SHEET
    for row_number, row in enumerate(csv_grid.rows, start=1):
        for column_number, value in enumerate(row, start=1):
            _write_text(sheet.cell(row_number, column_number), str(value))
    return workbook


def _clear_earlier_answer(workbook: Workbook) -> None:
    """A reply that was mended and sent back: its marks have done their work."""
    answered = [name for name in (RESULT_SHEET, CHANGES_SHEET) if name in workbook.sheetnames]
    for name in answered:
        workbook.remove(workbook[name])
    if not answered:
        return
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style and str(cell.fill.fgColor.rgb)[2:] in _COLOURS.values():
                    cell.fill = _NO_FILL
                    cell.comment = None


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """Text stays text: hostile content must not become a formula."""
    if isinstance(cell, MergedCell):
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"


def _mark(workbook: Workbook, issues: Sequence[dict[str, Any]]) -> None:
    notes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for issue in issues:
        if issue["sheet"] in workbook.sheetnames and issue["cell"]:
            notes.setdefault((issue["sheet"], issue["cell"]), []).append(issue)
    for (sheet, address), found in notes.items():
        workbook[sheet].sheet_state = "visible"
        cell = workbook[sheet][address]
        if not isinstance(cell, Cell):
            continue  # the covered part of a merged area cannot be marked
        severities = [issue["severity"] for issue in found]
        cell.fill = _FILLS[Severity.ERROR if Severity.ERROR in severities else Severity.WARNING]
        words = "\n".join(f"{issue['message_vi']} {issue['advice_vi']}" for issue in found)
        cell.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", words), "Hệ thống", 160, 360)


# The first sheets -----------------------------------------------------------------------------


def _fill_result_sheet(sheet: Worksheet, findings: Findings, own_sheets: Sequence[str]) -> None:
    lines = _summary(findings)
    for row_number, line in enumerate(lines, start=1):
        cell = sheet.cell(row_number, 1)
        _write_text(cell, line)
        cell.font = Font(name=_FONT, bold=row_number <= 2, size=14 if row_number == 1 else 11)
    header_row = len(lines) + 2
    _write_header(sheet, header_row, _ISSUE_COLUMNS)
    for row_number, issue in enumerate(findings.issues[:_MOST_LISTED], start=header_row + 1):
        words = (
            _SEVERITY_WORDS[Severity(issue["severity"])],
            issue["sheet"],
            issue["cell"],
            issue["value"],
            issue["message_vi"],
            issue["advice_vi"],
        )
        _write_row(sheet, row_number, words)
        sheet.cell(row_number, 1).fill = _FILLS[Severity(issue["severity"])]
        if issue["cell"] and issue["sheet"] in own_sheets:
            _link(sheet.cell(row_number, 3), issue["sheet"], issue["cell"])
    _set_up_page(sheet, header_row)


def _summary(findings: Findings) -> list[str]:
    """What became of the file, in lines."""
    submission, issues = findings.submission, findings.issues
    accepted = submission["status"] == SubmissionStatus.ACCEPTED
    lines = [
        RESULT_SHEET,
        "Đã tiếp nhận" if accepted else "Chưa tiếp nhận: cần sửa các lỗi dưới đây",
        f"Tệp: {submission['file_name']}",
        f"Số dòng đọc được: {submission['row_count']}; lỗi: {submission['error_count']}; "
        f"cảnh báo: {submission['warning_count']}",
    ]
    if submission["number_locale"]:
        words = _LOCALE_WORDS[submission["number_locale"]]
        lines.append(f"Các số gõ dạng chữ được đọc theo {words}")
    if findings.changes:
        lines.append(_change_line(findings.changes))
    lines += map(_correction_line, findings.corrections)
    if len(issues) > _MOST_LISTED:
        lines.append(f"Dưới đây là {_MOST_LISTED} vấn đề đầu tiên trong {len(issues)}.")
    lines.append(_what_to_do(accepted=accepted, has_warnings=bool(issues)))
    return lines


def _what_to_do(*, accepted: bool, has_warnings: bool) -> str:
    if not accepted:
        return (
            "Việc cần làm: sửa các ô tô màu ngay trong tệp này rồi gửi lại cả tệp; "
            "màu và chú thích cũ sẽ tự mất."
        )
    if has_warnings:
        return (
            "Việc cần làm: xem lại các cảnh báo. Nếu số liệu sai thì sửa ngay trong tệp này và "
            "gửi lại; nếu đúng thì không cần làm gì thêm."
        )
    return "Không cần làm gì thêm."


def _change_line(changes: Changes) -> str:
    return (
        f"So với tệp được tiếp nhận gần nhất ({changes.previous_name}, nhận ngày "
        f"{format_date(changes.previous_received_at.date())}): thêm {changes.added} dòng, "
        f"bỏ {changes.removed}, sửa {changes.changed}, giữ nguyên {changes.unchanged}"
    )


def _correction_line(correction: dict[str, Any]) -> str:
    """What the system changed, and why: nothing is put right in silence."""
    row = correction["observation_id"].rpartition(":")[2]
    label = _NUMBER_LABELS[correction["column_name"]]
    corrected = correction["corrected_value"]
    decided_by = f" ({correction['decided_by']})" if correction["decided_by"] else ""
    return (
        f"Đã đính chính ({correction['correction_id']}), dòng {row}, {label}: "
        f"{correction['received_value']} → {corrected or '–'}. "
        f"{correction['reason_vi']}{decided_by}"
    )


def _fill_changes_sheet(
    sheet: Worksheet, lines: Sequence[dict[str, Any]], own_sheets: Sequence[str]
) -> None:
    first = sheet.cell(1, 1)
    more = f" ({_MOST_LISTED} dòng đầu trong {len(lines)})" if len(lines) > _MOST_LISTED else ""
    _write_text(first, CHANGES_SHEET + more)
    first.font = Font(name=_FONT, bold=True, size=14)
    _write_header(sheet, 3, _CHANGE_COLUMNS)
    for row_number, line in enumerate(lines[:_MOST_LISTED], start=4):
        words = (
            _CHANGE_WORDS[line["kind"]],
            line["sheet"],
            str(line["sheet_row"] or ""),
            *(line[name] for name in ("code", "name", "ref_area", "period", "group")),
            line["before"],
            line["after"],
        )
        _write_row(sheet, row_number, words)
        if line["sheet"] in own_sheets and line["sheet_row"]:
            _link(sheet.cell(row_number, 3), line["sheet"], f"A{line['sheet_row']}")
    _set_up_page(sheet, 3)


def _write_header(sheet: Worksheet, row_number: int, columns: dict[str, int]) -> None:
    for column, (word, width) in enumerate(columns.items(), start=1):
        cell = sheet.cell(row_number, column, word)
        cell.font = Font(name=_FONT, bold=True)
        sheet.column_dimensions[cell.column_letter].width = width


def _write_row(sheet: Worksheet, row_number: int, words: Iterable[str | None]) -> None:
    for column, word in enumerate(words, start=1):
        cell = sheet.cell(row_number, column)
        _write_text(cell, word or "")
        cell.alignment = _WRAPPED
        cell.font = Font(name=_FONT)


def _link(cell: Cell | MergedCell, sheet: str, address: str) -> None:
    if isinstance(cell, Cell):
        place = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{address}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.font = _LINK


def _set_up_page(sheet: Worksheet, header_row: int) -> None:
    """A4 across, as wide as the page, with the headings on every page and in view."""
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"


def _open_at(workbook: Workbook, shown: Worksheet) -> None:
    """Select this sheet only: Excel types into all selected sheets at once."""
    workbook.active = workbook.index(shown)
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is shown
