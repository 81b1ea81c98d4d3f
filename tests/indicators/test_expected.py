"""Who must report when, and who has: the calendar's words against the clock of Viet Nam."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from indicators.catalogue import load_catalogue
from indicators.expected import (
    DeliveryStatus,
    completeness,
    counts,
    expected_submissions,
    period_order,
)
from indicators.localities import LocalityRegistry
from indicators.tables import Submissions
from tests.support.release import frame_of

BA_DINH = "00004@2025"


@pytest.fixture(scope="module")
def expected() -> pl.DataFrame:
    catalogue = load_catalogue()
    registry = LocalityRegistry(catalogue.localities, catalogue.locality_succession)
    return expected_submissions(catalogue.reporting_calendar, registry, range(2025, 2027))


def submission(received_at: datetime, *, sequence: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "submission_id": f"s{sequence}", "run_id": 1, "sequence": sequence,
        "received_at": received_at, "file_name": f"tep-{sequence}.xlsx", "archive_path": "x",
        "sha256": "x", "status": "accepted", "locality_id": BA_DINH, "reporting_period": "2025",
        "is_synthetic": False, "row_count": 1, "error_count": 0, "warning_count": 0, **values,
    }  # fmt: skip


def status_of(expected: pl.DataFrame, as_of: date, *received: dict[str, Any]) -> dict[str, Any]:
    """What became of Ba Đình's annual report for 2025, due before 30/11/2025."""
    found = completeness(expected, frame_of(Submissions, received), as_of)
    return found.filter(locality_id=BA_DINH, reporting_period="2025").row(0, named=True)


@pytest.mark.parametrize(
    ("period", "recipient", "units", "level_ending"),
    [
        ("2025-S1", "01@2004", 30, "@2004"),  # quận, huyện, thị xã of the former Hà Nội
        ("2025-S1", "004@2004", 13, "@2004"),  # phường of quận Long Biên
        ("2025", "01@2025", 126, "@2025"),
        ("2025", "33@2025", 104, "@2025"),
        ("2026-S1", "01@2025", 126, "@2025"),
        ("2026", "33@2025", 104, "@2025"),
    ],
)
def test_a_rule_binds_the_units_of_its_level_that_exist_that_day(
    expected: pl.DataFrame, period: str, recipient: str, units: int, level_ending: str
) -> None:
    rows = expected.filter(reporting_period=period, recipient_id=recipient)
    assert rows["locality_id"].n_unique() == rows.height == units
    assert rows["locality_id"].str.ends_with(level_ending).all()


def test_before_the_30th_means_the_29th_is_the_last_good_day(expected: pl.DataFrame) -> None:
    row = expected.filter(locality_id=BA_DINH, reporting_period="2025").row(0, named=True)
    assert (row["due_before"], row["last_good_day"]) == (date(2025, 11, 30), date(2025, 11, 29))


def test_a_deadline_after_the_end_of_the_unit_binds_nobody(expected: pl.DataFrame) -> None:
    long_bien = expected.filter(recipient_id="004@2004")
    assert long_bien["reporting_period"].unique().to_list() == ["2025-S1"]
    assert expected.filter(reporting_period="2025", rule_id="HANOI-ANNUAL").is_empty()


def test_a_unit_knows_when_its_recipient_must_report_on(expected: pl.DataFrame) -> None:
    ward = expected.filter(recipient_id="004@2004").row(0, named=True)
    assert (ward["due_before"], ward["passed_on_before"]) == (date(2025, 5, 25), date(2025, 5, 30))


def test_every_cascade_leaves_the_recipient_time(expected: pl.DataFrame) -> None:
    cascading = expected.filter(pl.col("passed_on_before").is_not_null())
    assert cascading.height == 13
    assert (cascading["due_before"] < cascading["passed_on_before"]).all()


def test_a_plan_is_no_form(expected: pl.DataFrame) -> None:
    assert set(expected["report_kind"]) == {"annual", "half_year"}
    assert expected.filter(pl.col("rule_id").str.ends_with("PLAN")).is_empty()


@pytest.mark.parametrize(
    ("received_at_utc", "status", "days_late"),
    [
        (datetime(2025, 11, 29, 16, 59), "on_time", None),  # 23:59 on 29/11 in Viet Nam
        (datetime(2025, 11, 29, 17, 0), "late", 1),  # midnight: 30/11 has begun
        (datetime(2025, 12, 8, 3, 0), "late", 9),
    ],
)
def test_the_day_ends_at_midnight_in_viet_nam(
    expected: pl.DataFrame, received_at_utc: datetime, status: str, days_late: int | None
) -> None:
    row = status_of(expected, date(2026, 1, 1), submission(received_at_utc))
    assert (row["status"], row["days_late"]) == (status, days_late)


@pytest.mark.parametrize(
    ("as_of", "status", "days_late"),
    [
        (date(2025, 11, 1), "not_yet_due", None),
        (date(2025, 11, 29), "not_yet_due", None),
        (date(2025, 11, 30), "missing", 1),
        (date(2025, 12, 9), "missing", 10),
    ],
)
def test_nothing_received(
    expected: pl.DataFrame, as_of: date, status: str, days_late: int | None
) -> None:
    row = status_of(expected, as_of)
    assert (row["status"], row["days_late"]) == (status, days_late)


def test_a_refused_file_is_neither_missing_nor_accepted(expected: pl.DataFrame) -> None:
    refused = submission(datetime(2025, 11, 20), status="refused", error_count=7)
    row = status_of(expected, date(2025, 12, 2), refused)
    assert (row["status"], row["days_late"], row["error_count"]) == ("refused", 3, 7)
    assert status_of(expected, date(2025, 11, 25), refused)["days_late"] is None


def test_the_last_of_several_refused_files_is_the_one_to_mend(expected: pl.DataFrame) -> None:
    files = [
        submission(datetime(2025, 11, day), sequence=day, status="refused", error_count=20 - day)
        for day in (18, 12)
    ]
    assert status_of(expected, date(2025, 11, 29), *files)["file_name"] == "tep-18.xlsx"


def test_mended_after_the_deadline_is_late(expected: pl.DataFrame) -> None:
    row = status_of(
        expected,
        date(2026, 1, 1),
        submission(datetime(2025, 11, 20), sequence=1, status="refused"),
        submission(datetime(2025, 12, 1, 2), sequence=2),
    )
    assert (row["status"], row["days_late"], row["file_name"]) == ("late", 2, "tep-2.xlsx")


def test_a_correction_after_the_deadline_leaves_the_report_in_time(expected: pl.DataFrame) -> None:
    row = status_of(
        expected,
        date(2026, 1, 1),
        submission(datetime(2025, 11, 20), sequence=1),
        submission(datetime(2025, 12, 20), sequence=2),
        submission(datetime(2025, 12, 21), sequence=3, status="refused"),
    )
    assert (row["status"], row["file_name"]) == ("on_time", "tep-1.xlsx")


def test_what_came_later_is_unknown_on_an_earlier_day(expected: pl.DataFrame) -> None:
    late = submission(datetime(2025, 12, 5))
    assert status_of(expected, date(2025, 12, 1), late)["status"] == "missing"


def test_another_period_or_unit_does_not_count(expected: pl.DataFrame) -> None:
    others = [
        submission(datetime(2025, 11, 1), sequence=1, reporting_period="2025-S1"),
        submission(datetime(2025, 11, 1), sequence=2, locality_id="00008@2025"),
        submission(datetime(2025, 11, 1), sequence=3, locality_id=None),
    ]
    assert status_of(expected, date(2026, 1, 1), *others)["status"] == "missing"


def test_without_a_named_day_nobody_is_late(expected: pl.DataFrame) -> None:
    def status(*received: dict[str, Any]) -> Any:
        found = completeness(expected, frame_of(Submissions, received), date(2027, 1, 1))
        row = found.filter(rule_id="TRANLIEU-ANNUAL", reporting_period="2025").row(0, named=True)
        return row["status"], row["days_late"]

    came = submission(datetime(2026, 6, 1), locality_id="10729@2025")
    assert status() == ("no_deadline", None)
    assert status(came) == ("on_time", None)


def test_counts_add_up_to_what_is_expected(expected: pl.DataFrame) -> None:
    received = [
        submission(datetime(2025, 11, 1), sequence=1),
        submission(datetime(2025, 12, 1), sequence=2, locality_id="00008@2025"),
    ]
    found = completeness(expected, frame_of(Submissions, received), date(2025, 12, 5))
    counted = counts(found, ["reporting_period", "recipient_id"])
    statuses = [status.value for status in DeliveryStatus]
    assert counted.select(pl.sum_horizontal(statuses) == pl.col("expected")).to_series().all()
    row = counted.filter(reporting_period="2025", recipient_id="01@2025").row(0, named=True)
    assert (row["expected"], row["on_time"], row["late"], row["missing"]) == (126, 1, 1, 124)


def test_periods_follow_in_time() -> None:
    assert sorted(["2026", "2025", "2026-S1", "2025-S1"], key=period_order) == [
        "2025-S1", "2025", "2026-S1", "2026",
    ]  # fmt: skip
