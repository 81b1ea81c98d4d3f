"""What ``etl status`` says, line by line: release, files, last run, who has reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from etl.last_run import RunRecord
from etl.status import Status
from indicators.expected import DeliveryStatus
from indicators.numbers import format_date
from indicators.reminders import period_label_vi

STATUS_WORDS = {
    DeliveryStatus.ON_TIME: "đúng hạn",
    DeliveryStatus.LATE: "nộp muộn",
    DeliveryStatus.REFUSED: "chưa được tiếp nhận",
    DeliveryStatus.MISSING: "chưa nộp (quá hạn)",
    DeliveryStatus.NOT_YET_DUE: "chưa nộp (chưa đến hạn)",
    DeliveryStatus.NO_DEADLINE: "chưa nộp (văn bản không nêu hạn)",
}
_ALWAYS_TOLD = (DeliveryStatus.ON_TIME,)
_MOST_REFUSED_SHOWN = 20


def status_lines(found: Status, today: date) -> Iterator[str]:
    """The whole state of a data directory."""
    if found.is_running:
        yield "Một lượt chạy đang làm việc; dưới đây là tình trạng trước lượt đó."
    if found.release_id is None:
        yield "Chưa có bản công bố nào."
    else:
        yield f"Bản công bố hiện hành: {found.release_id}"
    yield f"Hộp thư đến: {found.waiting} tệp đang đợi; kho lưu: {found.archived} tệp"
    if found.pending:
        yield f"Đã nhận nhưng chưa công bố: {found.pending} tệp; lượt chạy sau sẽ làm tiếp"
    yield from _file_lines(found)
    yield from _run_lines(found)
    yield from deadline_lines(found.deadlines, today)


def _file_lines(found: Status) -> Iterator[str]:
    mended = f"; {found.mended} tệp trước chưa tiếp nhận, nay đã được thay" if found.mended else ""
    yield f"Đã tiếp nhận {found.accepted}, chưa tiếp nhận {len(found.refused)}{mended}"
    if len(found.refused) > _MOST_REFUSED_SHOWN:
        yield f"  {_MOST_REFUSED_SHOWN} tệp sau cùng (tất cả: --json):"
    for file in found.refused[-_MOST_REFUSED_SHOWN:]:
        yield f"  {file['file_name']}: {file['error_count']} lỗi"


def _run_lines(found: Status) -> Iterator[str]:
    if found.last_run:
        started = found.last_run["started_at"]
        yield (
            f"Lượt nhận gần nhất: số {found.last_run['run_id']}, {format_date(started)} "
            f"{started:%H:%M} (giờ UTC)"
        )
    if found.last_attempt and not (found.is_running and found.last_attempt.ok is None):
        yield attempt_line(found.last_attempt)


def deadline_lines(summaries: Sequence[dict[str, Any]], today: date) -> Iterator[str]:
    """One line per period: every count with its denominator."""
    if summaries:
        yield f"Nộp báo cáo, tính đến ngày {format_date(today)}:"
    for one in summaries:
        told = [
            f"{one[status.value]} {words}"
            for status, words in STATUS_WORDS.items()
            if one[status.value] or status in _ALWAYS_TOLD
        ]
        label = period_label_vi(one["reporting_period"])
        yield f"  {label} ({one['reporting_period']}), {one['expected']} đơn vị: {'; '.join(told)}"


def period_lines(delivered: pl.DataFrame, period: str, today: date) -> Iterator[str]:
    """Every unit of one period under what became of its report."""
    yield (
        f"Kỳ {period_label_vi(period)}, tính đến ngày {format_date(today)}: "
        f"{delivered.height} đơn vị phải báo cáo"
    )
    for status, words in STATUS_WORDS.items():
        rows = delivered.filter(pl.col("status") == status.value)
        if rows.height:
            yield f"{words[:1].upper()}{words[1:]}: {rows.height}/{delivered.height}"
            yield from (f"  {_unit_line(row)}" for row in rows.iter_rows(named=True))


def attempt_line(record: RunRecord) -> str:
    """How the last run ended, or that it never did."""
    moment = datetime.fromisoformat(record.ended or record.started)
    when = f"{format_date(moment)} {moment:%H:%M} (giờ UTC)"
    if record.ok is None:
        return f"Lượt chạy bắt đầu {when} bị ngắt giữa chừng; lượt sau làm tiếp"
    if record.ok:
        return f"Lượt chạy gần nhất kết thúc tốt, {when}"
    return f"LƯỢT CHẠY GẦN NHẤT HỎNG, {when}: {record.error}"


def _unit_line(row: dict[str, Any]) -> str:
    parts = [f"{row['locality']} ({row['locality_id']}) gửi {row['recipient_vi']}"]
    if row["last_good_day"]:
        parts.append(f"hạn chót {format_date(row['last_good_day'])}")
    if row["received_on"]:
        parts.append(f"nhận {format_date(row['received_on'])}")
    if row["status"] == DeliveryStatus.REFUSED:
        parts.append(f"{row['error_count']} lỗi")
    if row["days_late"]:
        parts.append(f"muộn {row['days_late']} ngày")
    return ", ".join(parts)
