"""Days of the reporting calendar."""

from datetime import date, timedelta


def last_acceptable_day(due_before: str, year: int) -> date:
    """Last day on which a report is in time: "trước ngày 30/5" means 29/5 at the latest.

    ``due_before`` is MM-DD as in ``ReportingCalendar``.
    """
    return date.fromisoformat(f"{year}-{due_before}") - timedelta(days=1)
