"""The table of *Nộp báo cáo*: every report that is due for the period, and what became of it."""

from __future__ import annotations

from dashboard import delivery
from dashboard.address import View
from dashboard.exports.common import chosen, count, day, text
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Cell, Table
from dashboard.texts import Words
from indicators.expected import DeliveryStatus
from indicators.numbers import format_date

_TEXTS = ("unit", "locality_id", "state", "last_day", "received", "recipient")


def delivery_table(release: Release, view: View, words: Words) -> Table | None:
    """The reports of the status asked for; all of them where none is."""
    today = delivery.day_of_looking(release)
    period = delivery.shown_period(release, view, today)
    found = delivery.delivered(release, period, view.locality, today)
    made_up = delivery.is_made_up(release, period)
    if view.delivery in set(DeliveryStatus):
        found = found.filter(status=view.delivery)
    if not period or found.is_empty():
        return None
    unit, locality_id, state, last_day, received, recipient = (
        text(f"report.{key}", words) for key in _TEXTS
    )
    late, errors = count("report.days_late", words), count("report.errors", words)
    name = delivery.period_name(period, words)
    return Table(
        title=words("export.delivery.title", period=name),
        columns=[unit, locality_id, state, last_day, received, late, errors, recipient],
        rows=[_row(row, words) for row in found.iter_rows(named=True)],
        notes=[
            chosen(release, view, "locality", words=words),
            words("delivery.as_of", today=format_date(today, words.language)),
            words("delivery.rule"),
        ],
        is_synthetic=made_up,
    )


def _row(row: Row, words: Words) -> dict[str, Cell]:
    named = f"{row['type_vi']} {row['name_vi']}" if words.language == "vi" else row["name_en"]
    return {
        "report.unit": named,
        "report.locality_id": row["locality_id"],
        "report.state": words(f"delivery.{row['status']}"),
        "report.last_day": day(row["last_good_day"], words),
        "report.received": day(row["received_on"], words),
        "report.days_late": row["days_late"],
        "report.errors": row["error_count"],
        "report.recipient": row["recipient_vi"],
    }
