"""Who must report when, and who has: the calendar's words against the clock of Viet Nam."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import Catalogue, load_catalogue
from indicators.catalogue.models import ReportingCalendar
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
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def registry(catalogue: Catalogue) -> LocalityRegistry:
    return LocalityRegistry(catalogue.localities, catalogue.locality_succession)


@pytest.fixture(scope="module")
def expected(catalogue: Catalogue, registry: LocalityRegistry) -> pl.DataFrame:
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


def rule(rule_id: str, locality_id: str, **values: Any) -> dict[str, Any]:
    return {
        "rule_id": rule_id, "locality_id": locality_id, "reporter_level": "commune",
        "reporters_vi": "x", "report_kind": "annual", "recipient_vi": "Nơi nhận",
        "due_before": "11-30", "confidence": "official", "source": "x", "note": None,
        "valid_from": date(2020, 1, 1), "valid_to": None, **values,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "bound_by"),
    [
        ([rule("CITY", "01@2004"), rule("DISTRICT", "004@2004", due_before="11-25")], "DISTRICT"),
        ([rule("OLD", "01@2004"), rule("NEW", "01@2004", valid_from=date(2024, 1, 1))], "NEW"),
        ([rule("DATED", "01@2004"), rule("UNDATED", "004@2004", due_before=None)], "DATED"),
    ],
)
def test_a_unit_owes_one_report_however_many_rules_reach_it(
    registry: LocalityRegistry, rules: list[dict[str, Any]], bound_by: str
) -> None:
    for calendar in (rules, rules[::-1]):
        found = expected_submissions(
            frame_of(ReportingCalendar, calendar), registry, range(2024, 2025)
        )
        ward = found.filter(pl.col("locality_id") == "00118@2004")  # phường of quận Long Biên
        assert ward["rule_id"].to_list() == [bound_by]


# For whatever calendar an office may write -----------------------------------------------------

BOUND = ["VN", "01@2004", "004@2004", "01@2025", "33@2025", "10729@2025", "33@2004"]
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
rules = st.builds(
    rule,
    st.uuids().map(str),
    st.sampled_from(BOUND),
    reporter_level=st.sampled_from(["province", "district", "commune"]),
    report_kind=st.sampled_from(["annual", "half_year", "plan"]),
    due_before=st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)).map("{:%m-%d}".format),
    valid_from=days,
    valid_to=st.none() | days,
)


@settings(deadline=None, max_examples=25)
@given(calendar=st.lists(rules, min_size=1, max_size=4))
def test_every_unit_bound_by_a_rule_owes_exactly_one_report_and_nobody_else_does(
    registry: LocalityRegistry, calendar: list[dict[str, Any]]
) -> None:
    found = expected_submissions(frame_of(ReportingCalendar, calendar), registry, range(2025, 2027))
    by_id = {one["rule_id"]: one for one in calendar}
    for row in found.iter_rows(named=True):
        unit, its_rule = registry.get(row["locality_id"]), by_id[row["rule_id"]]
        # Only the rule of the unit itself or of one above it binds, never a neighbour's.
        assert its_rule["locality_id"] in [unit.locality_id, *registry.ancestors(unit.locality_id)]
        assert unit.level == its_rule["reporter_level"]
        if row["due_before"] is not None:
            assert row["last_good_day"] == row["due_before"] - timedelta(days=1)
            assert (unit.valid_from or date.min) <= row["last_good_day"]
            assert row["last_good_day"] <= (unit.valid_to or date.max)
            assert its_rule["valid_from"] <= row["last_good_day"]
            assert row["last_good_day"] <= (its_rule["valid_to"] or date.max)
    owed = set(found.select("locality_id", "reporting_period").iter_rows())
    assert len(owed) == found.height
    assert owed == _owed(registry, calendar)


def _owed(registry: LocalityRegistry, calendar: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """The same said another way: unit by unit instead of rule by rule."""
    owed = set()
    for year, one in product((2025, 2026), calendar):
        if one["report_kind"] == "plan":
            continue
        is_half = one["report_kind"] == "half_year"
        day = date(year, 6, 30) if is_half else date(year, 12, 31)
        if one["due_before"] is not None:
            day = date.fromisoformat(f"{year}-{one['due_before']}") - timedelta(days=1)
        if not one["valid_from"] <= day <= (one["valid_to"] or date.max):
            continue
        units = registry.valid_on(day).filter(level=one["reporter_level"])["locality_id"]
        period = f"{year}-S1" if is_half else str(year)
        owed |= {
            (unit, period)
            for unit in units
            if one["locality_id"] in [unit, *registry.ancestors(unit)]
        }
    return owed


received_files = st.lists(
    st.tuples(
        st.datetimes(datetime(2025, 11, 20), datetime(2025, 12, 10)),
        st.sampled_from(["accepted", "refused"]),
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(files=received_files, as_of=st.dates(date(2025, 11, 15), date(2025, 12, 15)))
def test_the_first_accepted_file_decides_and_days_late_follow(
    expected: pl.DataFrame, files: list[tuple[datetime, str]], as_of: date
) -> None:
    files.sort()
    rows = [
        submission(moment, sequence=number, status=status)
        for number, (moment, status) in enumerate(files)
    ]
    seen = [(local(moment), status) for moment, status in files if local(moment) <= as_of]
    accepted = [day for day, status in seen if status == "accepted"]
    last_good_day = date(2025, 11, 29)
    if accepted:
        want = "on_time" if accepted[0] <= last_good_day else "late"
    elif seen:
        want = "refused"
    else:
        want = "missing" if as_of > last_good_day else "not_yet_due"
    late = ((accepted[0] if accepted else as_of) - last_good_day).days
    row = status_of(expected.filter(locality_id=BA_DINH), as_of, *rows)
    assert (row["status"], row["days_late"]) == (want, late if late > 0 else None)


def local(moment: datetime) -> date:
    return (moment + timedelta(hours=7)).date()


def test_periods_follow_in_time() -> None:
    assert sorted(["2026", "2025", "2026-S1", "2025-S1"], key=period_order) == [
        "2025-S1", "2025", "2026-S1", "2026",
    ]  # fmt: skip
