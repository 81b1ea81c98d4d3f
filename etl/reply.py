"""Stage *reply*: findings → an answer to the sender, in Vietnamese, with the faulty cells marked.

For every file ``<sequence>-<name>.json``; for a file with findings also an .xlsx: the sender's
own workbook (or csv lines as a sheet) with coloured, commented cells and a first sheet
*Kết quả kiểm tra*.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

import orjson
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.archive import write_atomically
from etl.check import CheckedBatch
from etl.form import NUMBER_FIELDS, OBSERVATION_FIELDS
from etl.isolation import Shield
from etl.read import CSV_SHEET
from etl.read_forms import ReadFile
from indicators.tables import Severity, SubmissionStatus
from indicators.text import fold

RESULT_SHEET = "Kết quả kiểm tra"
_COLOURS = {Severity.ERROR: "F6C9B8", Severity.WARNING: "FBE7B2"}
_FILLS = {severity: PatternFill("solid", fgColor=colour) for severity, colour in _COLOURS.items()}
_NO_FILL = PatternFill()
_FONT = "Arial"  # on every office machine, with all Vietnamese letters
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_COLUMNS = {"Mức": 10, "Trang tính": 14, "Ô": 8, "Nội dung ô": 26, "Vấn đề": 60, "Cách sửa": 60}
_SEVERITY_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo"}
_STATUS_WORDS = {
    SubmissionStatus.ACCEPTED: "Đã tiếp nhận",
    SubmissionStatus.REFUSED: "Chưa tiếp nhận: cần sửa các lỗi dưới đây rồi gửi lại cả tệp",
}
_ANSWERED_FIELDS = (
    "submission_id",
    "file_name",
    "received_at",
    "status",
    "organisation",
    "locality_id",
    "reporting_period",
    "dataset_id",
    "row_count",
    "error_count",
    "warning_count",
)
_NUMBER_LABELS = {one.name: one.label for one in OBSERVATION_FIELDS if one.name in NUMBER_FIELDS}
# Beyond these a workbook helps nobody, and takes minutes to write; the .json has everything.
_MOST_LISTED_ISSUES = 2_000
_MOST_WORKBOOK_CELLS = 300_000
_LONGEST_NAME = 60


def reply_name(sequence: int, file_name: str) -> str:
    """A safe name that the sender recognises."""
    slug = "-".join(fold(PurePath(file_name).stem).encode("ascii", "ignore").decode().split())
    return f"{sequence:06d}-{slug[:_LONGEST_NAME] or 'bao-cao'}"


def write_replies(directory: Path, batch: CheckedBatch, files: Sequence[ReadFile]) -> int:
    """Answer every file of a batch; returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    issues = {
        str(identity): group.drop("submission_id").to_dicts()
        for (identity,), group in batch.issues.group_by("submission_id", maintain_order=True)
    }
    corrections = {
        str(identity): group.drop("submission_id").to_dicts()
        for (identity,), group in batch.corrections.group_by("submission_id", maintain_order=True)
    }
    by_identity = {file.form.file.submission_id: file for file in files}
    for submission in batch.submissions.iter_rows(named=True):
        identity = submission["submission_id"]
        found, corrected = issues.get(identity, []), corrections.get(identity, [])
        name = reply_name(submission["sequence"], submission["file_name"])
        write_atomically(directory / f"{name}.json", _as_json(submission, found, corrected))
        if found or corrected:
            answer = _as_workbook(by_identity[identity], submission, found, corrected)
            write_atomically(directory / f"{name}.xlsx", answer)
    return batch.submissions.height


def _as_json(
    submission: dict[str, Any], issues: list[dict[str, Any]], corrections: list[dict[str, Any]]
) -> bytes:
    answer = {name: submission[name] for name in _ANSWERED_FIELDS} | {
        "issues": issues,
        "applied_corrections": corrections,
    }
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2)


def _as_workbook(
    file: ReadFile,
    submission: dict[str, Any],
    issues: list[dict[str, Any]],
    corrections: list[dict[str, Any]],
) -> bytes:
    """The answer in the sender's own workbook; alone where that cannot be opened or written."""
    cells = sum(len(grid.rows) * max(map(len, grid.rows), default=0) for grid in file.grids)
    if file.grids and cells <= _MOST_WORKBOOK_CELLS:
        with Shield("reply_without_workbook", submission_id=submission["submission_id"]):
            return _answered(_sender_workbook(file), submission, issues, corrections)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return _answered(workbook, submission, issues, corrections)


def _answered(
    workbook: Workbook,
    submission: dict[str, Any],
    issues: list[dict[str, Any]],
    corrections: list[dict[str, Any]],
) -> bytes:
    _mark(workbook, issues[:_MOST_LISTED_ISSUES])
    _add_result_sheet(workbook, submission, issues, corrections)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _sender_workbook(file: ReadFile) -> Workbook:
    """The sender's own workbook without the marks of an earlier answer, or the lines of a csv."""
    csv_grid = next((grid for grid in file.grids if grid.sheet == CSV_SHEET), None)
    if csv_grid is None:
        with warnings.catch_warnings(action="ignore"):  # of features that openpyxl does not keep
            workbook = load_workbook(io.BytesIO(file.content))
        if RESULT_SHEET in workbook.sheetnames:
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
    workbook.remove(workbook[RESULT_SHEET])
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


def _add_result_sheet(
    workbook: Workbook,
    submission: dict[str, Any],
    issues: list[dict[str, Any]],
    corrections: list[dict[str, Any]],
) -> None:
    sheet: Worksheet = workbook.create_sheet(RESULT_SHEET, 0)
    lines = [
        RESULT_SHEET,
        _STATUS_WORDS[SubmissionStatus(submission["status"])],
        f"Tệp: {submission['file_name']}",
        f"Số dòng đọc được: {submission['row_count']}; lỗi: {submission['error_count']}; "
        f"cảnh báo: {submission['warning_count']}",
        *map(_correction_line, corrections),
    ]
    if len(issues) > _MOST_LISTED_ISSUES:
        lines.append(f"Dưới đây là {_MOST_LISTED_ISSUES} vấn đề đầu tiên trong {len(issues)}.")
    for row_number, line in enumerate(lines, start=1):
        cell = sheet.cell(row_number, 1)
        _write_text(cell, line)
        cell.font = Font(name=_FONT, bold=row_number <= 2, size=14 if row_number == 1 else 11)
    header_row = len(lines) + 2
    for column, word in enumerate(_COLUMNS, start=1):
        sheet.cell(header_row, column, word).font = Font(name=_FONT, bold=True)
    for row_number, issue in enumerate(issues[:_MOST_LISTED_ISSUES], start=header_row + 1):
        _add_issue(sheet, row_number, issue, has_link=issue["sheet"] in workbook.sheetnames)
    for letter, width in zip("ABCDEF", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    _set_up_page(sheet, header_row)
    _open_at(workbook, sheet)


def _set_up_page(sheet: Worksheet, header_row: int) -> None:
    """A4 across, as wide as the page, with the headings on every page."""
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


def _add_issue(sheet: Worksheet, row_number: int, issue: dict[str, Any], *, has_link: bool) -> None:
    words = (
        _SEVERITY_WORDS[Severity(issue["severity"])],
        issue["sheet"] or "",
        issue["cell"] or "",
        issue["value"] or "",
        issue["message_vi"],
        issue["advice_vi"],
    )
    for column, word in enumerate(words, start=1):
        cell = sheet.cell(row_number, column)
        _write_text(cell, word)
        cell.alignment = _WRAPPED
        cell.font = Font(name=_FONT)
    sheet.cell(row_number, 1).fill = _FILLS[Severity(issue["severity"])]
    if has_link and issue["cell"]:
        link = sheet.cell(row_number, 3)
        link.hyperlink = f"#'{issue['sheet']}'!{issue['cell']}"
        link.font = Font(name=_FONT, underline="single", color="1F4E8C")
