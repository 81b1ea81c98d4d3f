"""Stage *reply*: findings → an answer to the sender, in Vietnamese, with the faulty cells marked.

For every file ``<sequence>-<name>.json``; for a file with findings also an .xlsx: the sender's
own workbook (or csv lines as a sheet) with coloured, commented cells and a first sheet
*Kết quả kiểm tra*.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any
from zipfile import BadZipFile

import orjson
import structlog
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from etl.archive import write_atomically
from etl.check import CheckedBatch
from etl.form import NUMBER_FIELDS, OBSERVATION_FIELDS
from etl.read import CSV_SHEET
from etl.read_forms import ReadFile
from indicators.tables import Severity, SubmissionStatus
from indicators.text import fold

RESULT_SHEET = "Kết quả kiểm tra"
_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F6C9B8"),
    Severity.WARNING: PatternFill("solid", fgColor="FBE7B2"),
}
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
_MOST_MARKED_CELLS = 2_000  # beyond that a marked workbook helps nobody
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
            workbook = _sender_workbook(by_identity[identity])
            _mark(workbook, found)
            _add_result_sheet(workbook, submission, found, corrected)
            stream = io.BytesIO()
            workbook.save(stream)
            write_atomically(directory / f"{name}.xlsx", stream.getvalue())
    return batch.submissions.height


def _as_json(
    submission: dict[str, Any], issues: list[dict[str, Any]], corrections: list[dict[str, Any]]
) -> bytes:
    answer = {name: submission[name] for name in _ANSWERED_FIELDS} | {
        "issues": issues,
        "applied_corrections": corrections,
    }
    return orjson.dumps(answer, option=orjson.OPT_INDENT_2)


def _sender_workbook(file: ReadFile) -> Workbook:
    """The sender's own workbook, csv lines as a sheet, or an empty one if it cannot be opened."""
    csv_grid = next((grid for grid in file.grids if grid.sheet == CSV_SHEET), None)
    if file.grids and csv_grid is None:
        try:
            return load_workbook(io.BytesIO(file.content))
        except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, TypeError):
            structlog.get_logger().warning(
                "reply_without_workbook", submission_id=file.form.file.submission_id
            )
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = CSV_SHEET
    for row_number, row in enumerate(csv_grid.rows if csv_grid else [], start=1):
        for column_number, value in enumerate(row, start=1):
            _write_text(sheet.cell(row_number, column_number), str(value))
    return workbook


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """Text stays text: hostile content must not become a formula."""
    if isinstance(cell, MergedCell):
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"


def _mark(workbook: Workbook, issues: Iterable[dict[str, Any]]) -> None:
    notes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for issue in issues:
        if issue["sheet"] in workbook.sheetnames and issue["cell"]:
            notes.setdefault((issue["sheet"], issue["cell"]), []).append(issue)
    for (sheet, address), found in list(notes.items())[:_MOST_MARKED_CELLS]:
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
    workbook.active = 0
    lines = [
        RESULT_SHEET,
        _STATUS_WORDS[SubmissionStatus(submission["status"])],
        f"Tệp: {submission['file_name']}",
        f"Số dòng đọc được: {submission['row_count']}; lỗi: {submission['error_count']}; "
        f"cảnh báo: {submission['warning_count']}",
        *map(_correction_line, corrections),
    ]
    for row_number, line in enumerate(lines, start=1):
        _write_text(sheet.cell(row_number, 1), line)
        sheet.cell(row_number, 1).font = Font(
            bold=row_number <= 2, size=14 if row_number == 1 else 11
        )
    header_row = len(lines) + 2
    for column, word in enumerate(
        ("Mức", "Sheet", "Ô", "Nội dung ô", "Vấn đề", "Cách sửa"), start=1
    ):
        cell = sheet.cell(header_row, column, word)
        cell.font = Font(bold=True)
    for row_number, issue in enumerate(issues, start=header_row + 1):
        _add_issue(sheet, row_number, issue, has_link=issue["sheet"] in workbook.sheetnames)
    for letter, width in zip("ABCDEF", (10, 14, 8, 26, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{header_row + 1}"


def _correction_line(correction: dict[str, Any]) -> str:
    """What the system changed, and why: nothing is put right in silence."""
    row = correction["observation_id"].rpartition(":")[2]
    label = _NUMBER_LABELS[correction["column_name"]]
    corrected = correction["corrected_value"].rstrip("0").rstrip(".").replace(".", ",")
    return (
        f"Đã đính chính ({correction['correction_id']}), dòng {row}, {label}: "
        f"{correction['received_value']} → {corrected}. "
        f"{correction['reason_vi']}"
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
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(row_number, 1).fill = _FILLS[Severity(issue["severity"])]
    if has_link and issue["cell"]:
        link = sheet.cell(row_number, 3)
        link.hyperlink = f"#'{issue['sheet']}'!{issue['cell']}"
        link.font = Font(underline="single", color="1F4E8C")
