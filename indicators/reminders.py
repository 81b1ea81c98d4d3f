"""The words of a reminder to one reporting unit: polite, official, enough to act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indicators.expected import DeliveryStatus
from indicators.numbers import format_date

OUTSTANDING = (DeliveryStatus.MISSING, DeliveryStatus.REFUSED)
AHEAD_DAYS = 14  # a report that falls due within these days is asked for in advance


@dataclass(frozen=True)
class Reminder:
    """One ready letter."""

    subject: str
    text: str


def period_label_vi(period: str) -> str:
    """ "2025-S1" as people say it: "6 tháng đầu năm 2025"."""
    year, _, half = period.partition("-")
    halves = {"": "năm", "S1": "6 tháng đầu năm", "S2": "6 tháng cuối năm"}
    return f"{halves[half]} {year}"


def is_to_remind(row: Mapping[str, Any], as_of: date) -> bool:
    """Whether a row of ``completeness`` asks for a letter on that day.

    The row also has ``valid_to``, the last day of the unit: nobody is written to after it.
    """
    if row["valid_to"] is not None and row["valid_to"] < as_of:
        return False
    if row["status"] in OUTSTANDING:
        return True
    if row["status"] != DeliveryStatus.NOT_YET_DUE:
        return False
    days_left: int = (row["last_good_day"] - as_of).days
    return days_left <= AHEAD_DAYS


def reminder(
    row: Mapping[str, Any], locality: str, as_of: date, reply_address: str | None = None
) -> Reminder:
    """The letter about one expected report.

    Args:
        row: a row of :func:`indicators.expected.completeness` with ``is_to_remind``.
        locality: type and name of the unit: "phường Ba Đình".
        as_of: the day of writing.
        reply_address: where files may be sent by e-mail; None: to the recipient of the calendar.
    """
    period = period_label_vi(row["reporting_period"])
    head = _HEADS.get(row["status"], "Nhắc nộp")
    paragraphs = [
        f"Kính gửi: Ủy ban nhân dân {locality}",
        f"{_deadline(row)} {_state(row, as_of)}",
        f"{_wish(row)} {_how_to_send(row, reply_address)}",
        *_passing_on(row),
        "Nếu đơn vị đã gửi báo cáo trong ngày hôm nay, xin bỏ qua thư này. Trân trọng cảm ơn.",
    ]
    subject = f"{head} báo cáo bình đẳng giới {period}: {locality}"
    return Reminder(subject, "\n\n".join(paragraphs) + "\n")


_HEADS = {
    DeliveryStatus.REFUSED.value: "Đề nghị sửa và gửi lại",
    DeliveryStatus.NOT_YET_DUE.value: "Sắp đến hạn nộp",
}


def _deadline(row: Mapping[str, Any]) -> str:
    period = period_label_vi(row["reporting_period"])
    report = f"Báo cáo kết quả thực hiện mục tiêu bình đẳng giới {period}"
    if row["due_before"] is None:
        return f"{report} gửi {row['recipient_vi']} theo quy định."
    return (
        f"{report} phải gửi {row['recipient_vi']} trước ngày {format_date(row['due_before'])}, "
        f"tức là chậm nhất hết ngày {format_date(row['last_good_day'])}."
    )


def _state(row: Mapping[str, Any], as_of: date) -> str:
    today = format_date(as_of)
    overdue = f", quá hạn {row['days_late']} ngày" if row["days_late"] else ""
    if row["status"] == DeliveryStatus.REFUSED:
        return (
            f'Tệp "{row["file_name"]}" nhận ngày {format_date(row["received_on"])} chưa được tiếp '
            f"nhận vì còn {row['error_count']} lỗi{overdue} tính đến ngày {today}."
        )
    return f"Đến ngày {today}, hệ thống chưa nhận được báo cáo của đơn vị{overdue}."


def _wish(row: Mapping[str, Any]) -> str:
    if row["status"] == DeliveryStatus.REFUSED:
        return (
            "Đề nghị đơn vị sửa các ô được đánh dấu trong thư trả lời về tệp đó, giữ nguyên các "
            "phần còn lại."
        )
    when = "đúng hạn" if row["status"] == DeliveryStatus.NOT_YET_DUE else "trong thời gian sớm nhất"
    return f"Đề nghị đơn vị lập và gửi báo cáo {when}."


def _how_to_send(row: Mapping[str, Any], reply_address: str | None) -> str:
    where = f"tới địa chỉ {reply_address}" if reply_address else f"tới {row['recipient_vi']}"
    if row["status"] == DeliveryStatus.REFUSED:
        return f"Cách gửi: gửi lại cả tệp đã sửa {where}."
    return (
        f"Cách gửi: điền biểu mẫu BDG-01 (tệp .xlsx, kỳ báo cáo ghi {row['reporting_period']}, "
        f"mã địa phương {row['locality_id']}) và gửi cả tệp {where}."
    )


def _passing_on(row: Mapping[str, Any]) -> list[str]:
    if row["passed_on_before"] is None:
        return []
    day = format_date(row["passed_on_before"])
    return [f"Đơn vị nhận còn phải tổng hợp và báo cáo lên cấp trên trước ngày {day}."]
