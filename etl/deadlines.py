"""Expected reports of one data directory: for the release, for ``etl status`` and for reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from etl.settings import Settings
from etl.warehouse import release_table
from indicators.catalogue import Catalogue
from indicators.errors import ReleaseUnavailable, UnknownPeriod
from indicators.expected import (
    DeliveryStatus,
    completeness,
    counts,
    expected_submissions,
    period_order,
)
from indicators.releases import current_release
from indicators.tables import Submissions, empty

_UTC_TO_VIET_NAM = timedelta(hours=7)
_LISTED = (
    "locality_id",
    "locality",
    "recipient_vi",
    "due_before",
    "last_good_day",
    "received_on",
    "days_late",
    "file_name",
    "error_count",
)


def local_day(now: datetime) -> date:
    """The day in Viet Nam of a naive UTC time."""
    return (now + _UTC_TO_VIET_NAM).date()


def expected_until(catalogue: Catalogue, year: int) -> pl.DataFrame:
    """Frame of ``ExpectedSubmissions`` from the first year of the calendar to ``year``."""
    starts = catalogue.reporting_calendar["valid_from"].to_list()
    first = min((day.year for day in starts), default=year)
    registry = catalogue.registry
    return expected_submissions(catalogue.reporting_calendar, registry, range(first, year + 1))


def delivered(settings: Settings, catalogue: Catalogue, as_of: date) -> pl.DataFrame:
    """Every expected report with what became of it, its unit's name and end (``valid_to``).

    What was received is read from the release in force, so this waits for no run.

    Raises:
        ReleaseUnavailable: the release in force cannot be read.
    """
    names = catalogue.localities.select(
        "locality_id", "valid_to", locality=pl.concat_str("type_vi", pl.lit(" "), "name_vi")
    )
    found = completeness(expected_until(catalogue, as_of.year), received(settings), as_of)
    return found.join(names, on="locality_id", how="left", maintain_order="left")


def received(settings: Settings) -> pl.DataFrame:
    """Frame of ``Submissions`` of the release in force; empty before the first.

    Raises:
        ReleaseUnavailable: the release in force cannot be read.
    """
    try:
        release = current_release(settings.processed)
    except ReleaseUnavailable:
        return empty(Submissions)
    return release_table(release, "submissions")


def of_period(found: pl.DataFrame, period: str) -> pl.DataFrame:
    """The rows of one period.

    Raises:
        UnknownPeriod: no report is expected for it; the message names the periods there are.
    """
    chosen = found.filter(pl.col("reporting_period") == period)
    if chosen.is_empty():
        known = ", ".join(found["reporting_period"].unique().sort())
        raise UnknownPeriod(
            f'Lịch báo cáo không có kỳ "{period}"; các kỳ đã có: {known} (no such period)'
        )
    return chosen


def summaries(found: pl.DataFrame) -> list[dict[str, Any]]:
    """Per period, in time: counts by status and, behind each count, its list."""
    by_period = counts(found, ["reporting_period"]).to_dicts()
    return [
        {
            **row,
            "lists": _lists(found.filter(pl.col("reporting_period") == row["reporting_period"])),
        }
        for row in sorted(by_period, key=lambda row: period_order(row["reporting_period"]))
    ]


def _lists(of_one_period: pl.DataFrame) -> dict[str, Sequence[dict[str, Any]]]:
    return {
        status.value: of_one_period.filter(pl.col("status") == status.value)
        .select(_LISTED)
        .to_dicts()
        for status in DeliveryStatus
    }
