"""Who has reported and how the last run ended, as lines for ``etl status``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from etl.last_run import RunRecord
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
    if record.ok is None:
        return f"Lượt chạy bắt đầu {record.started} bị ngắt giữa chừng; lượt sau làm tiếp"
    if record.ok:
        return f"Lượt chạy gần nhất kết thúc tốt lúc {record.ended}"
    return f"LƯỢT CHẠY GẦN NHẤT HỎNG lúc {record.ended}: {record.error}"


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
