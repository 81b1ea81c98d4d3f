"""The reply's first lines: what became of the file and what to do, in Vietnamese."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import PurePath
from typing import Any, Final

from etl.form import NUMBER_FIELDS, OBSERVATION_FIELDS
from indicators.numbers import format_date
from indicators.receipt import SubmissionStatus

_LOCALE_WORDS: Final = {"vi": "kiểu Việt Nam (1.234,5)", "en": "kiểu Anh (1,234.5)"}
_NUMBER_LABELS: Final = {
    one.name: one.label for one in OBSERVATION_FIELDS if one.name in NUMBER_FIELDS
}


@dataclass(frozen=True)
class Changes:
    """What one file changes; ``lines`` holds everything but the unchanged."""

    previous_id: str
    previous_name: str
    previous_received_at: datetime
    added: int
    removed: int
    changed: int
    unchanged: int
    lines: list[dict[str, Any]]  # kind, sheet, sheet_row, code, name, ref_area, …, before, after

    def as_dict(self) -> dict[str, Any]:
        """For the reply's JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Findings:
    """What there is to say of one file."""

    submission: dict[str, Any]  # a row of tables.Submissions
    issues: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    changes: Changes | None  # None: the first file of its kind

    @property
    def is_accepted(self) -> bool:
        """Whether the file was taken in."""
        return bool(self.submission["status"] == SubmissionStatus.ACCEPTED)


class ReturnedAs(Enum):
    """What of the sender's file the reply holds."""

    ITSELF = auto()  # her workbook, its formats kept
    VALUES = auto()  # her sheets as values
    NOTHING = auto()


def verdict_line(findings: Findings) -> str:
    """What became of the file."""
    if findings.is_accepted:
        return "Đã tiếp nhận"
    return "Chưa tiếp nhận: cần sửa các lỗi dưới đây"


def summary(findings: Findings, listed: int, returned: ReturnedAs) -> list[str]:
    """What was found, in lines.

    Args:
        findings: all of them.
        listed: how many issues the sheet lists.
        returned: what of the file stands behind this sheet.
    """
    submission = findings.submission
    lines = [
        f"Tệp: {submission['file_name']}",
        f"Số dòng đọc được: {submission['row_count']}; lỗi: {submission['error_count']}; "
        f"cảnh báo: {submission['warning_count']}",
    ]
    sender = [submission[name] for name in ("organisation", "locality_id") if submission[name]]
    if submission["reporting_period"]:
        sender.append(f"kỳ {submission['reporting_period']}")
    if sender:
        lines.insert(1, f"Báo cáo của: {', '.join(sender)}")
    if submission["is_synthetic"]:
        lines.append("Tệp được khai là số liệu minh họa (mục Số liệu minh họa: có)")
    if submission["number_locale"]:
        words = _LOCALE_WORDS[submission["number_locale"]]
        lines.append(f"Các số gõ dạng chữ được đọc theo {words}")
    if findings.changes:
        lines.append(_change_line(findings.changes))
    lines += map(_correction_line, findings.corrections)
    if len(findings.issues) > listed:
        lines.append(f"Dưới đây là {listed} vấn đề đầu tiên trong {len(findings.issues)}.")
    if returned is ReturnedAs.VALUES:
        ending = PurePath(submission["file_name"]).suffix.lower() or "khác"
        lines.append(
            f"Tệp gửi đến có dạng {ending}; các trang tính sau đây là nội dung của tệp đó, ghi lại "
            "dưới dạng .xlsx: đúng vị trí từng ô, nhưng không giữ định dạng, công thức và danh "
            "sách chọn."
        )
    lines.append(_what_to_do(findings, returned))
    return lines


def _what_to_do(findings: Findings, returned: ReturnedAs) -> str:
    if not findings.is_accepted:
        if returned is ReturnedAs.NOTHING:
            return "Việc cần làm: sửa theo hướng dẫn ở cột Cách sửa, trong tệp gốc, rồi gửi lại."
        return (
            "Việc cần làm: sửa các ô tô màu ngay trong tệp này rồi gửi lại cả tệp; "
            "màu và chú thích cũ sẽ tự mất."
        )
    if findings.issues:
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
