"""Mẫu số thay đổi: a number of bodies that jumped is told, with what happened to them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.catalogue.models import Reorganisations
from indicators.denominators import ReorganisationInputs, denominator_changes
from indicators.tables import Indicators
from tests.indicators.example import Row, frame, indicator, observations, observed

BODIES = indicator(denominator_kind="bodies")
EVENTS = [
    {
        "effective_date": day,
        "body_kind": kind,
        "event_vi": f"sắp xếp {kind}",
        "units_before": 2,
        "units_after": 1,
    }
    for day, kind in (
        (date(2025, 3, 1), "ministries"),
        (date(2025, 7, 1), "provinces"),
        (date(2025, 7, 1), "communes"),
    )
]


def jumps(rows: list[Row], of: Row = BODIES, least: str = "0.10") -> list[Row]:
    inputs = ReorganisationInputs(
        frame(Indicators, [of]), frame(Reorganisations, EVENTS), Decimal(least)
    )
    return denominator_changes(observations(rows), inputs).to_dicts()


def of_year(year: int, whole: Any, **values: Any) -> Row:
    return observed(year, counts=(1, whole), **{"breakdown": "ADMIN_LEVEL.PROVINCE"} | values)


def test_a_merger_of_provinces_makes_another_denominator() -> None:
    [jump] = jumps([of_year(2024, 63), of_year(2025, 34)])
    assert (jump["year_before"], jump["denominator_before"]) == (2024, 63)
    assert (jump["year"], jump["denominator"]) == (2025, 34)
    assert jump["relative_change"] == pytest.approx(-29 / 63)
    assert jump["event_vi"] == "sắp xếp provinces (từ 01/07/2025)"


@pytest.mark.parametrize(
    ("before", "after", "told"), [(20, 22, True), (20, 18, True), (100, 109, False), (5, 5, False)]
)
def test_only_a_change_of_the_least_share_is_told(before: int, after: int, told: bool) -> None:
    assert bool(jumps([of_year(2020, before), of_year(2021, after)])) is told


def test_a_change_without_a_reorganisation_has_no_event() -> None:
    [jump] = jumps([of_year(2021, 63), of_year(2022, 34)])
    assert jump["event_vi"] is None


def test_years_in_between_may_be_missing() -> None:
    [jump] = jumps([of_year(2022, 63), of_year(2026, 34)])
    assert (jump["year_before"], jump["year"]) == (2022, 2026)
    assert jump["event_vi"] == "sắp xếp provinces (từ 01/07/2025)"


@pytest.mark.parametrize(
    ("place", "breakdown", "events"),
    [
        ("VN", "ADMIN_LEVEL.MINISTRY", ["ministries"]),
        ("VN", "ADMIN_LEVEL.MINISTRY_AND_AGENCY", ["ministries"]),
        ("01@2025", "ADMIN_LEVEL.COMMUNE", ["communes"]),
        ("VN", "_T", ["ministries", "communes", "provinces"]),
        ("01@2025", "_T", ["communes", "provinces"]),
    ],
)
def test_the_event_is_that_of_the_bodies_counted(
    place: str, breakdown: str, events: list[str]
) -> None:
    place_and_group = {"ref_area": place, "breakdown": breakdown}
    [jump] = jumps([of_year(2024, 30, **place_and_group), of_year(2025, 20, **place_and_group)])
    assert [text.split()[2] for text in jump["event_vi"].split("; ")] == events


def test_an_indicator_of_communes_needs_no_breakdown_to_say_so() -> None:
    rows = [of_year(2024, 10_035, breakdown="_T"), of_year(2025, 3_321, breakdown="_T")]
    [jump] = jumps(rows, of=indicator(denominator_kind="communes"))
    assert jump["event_vi"] == "sắp xếp communes (từ 01/07/2025)"


def test_denominators_that_count_people_are_not_told() -> None:
    assert jumps([of_year(2024, 63), of_year(2025, 34)], of=indicator()) == []


def test_series_are_not_mixed() -> None:
    assert jumps([of_year(2024, 63), of_year(2025, 34, definition="UBND_ONLY")]) == []


@pytest.mark.parametrize("flags", [{"coverage": 0.95}, {"conf_status": "C"}])
def test_incomplete_and_confidential_denominators_are_not_compared(flags: Row) -> None:
    assert jumps([of_year(2024, 63), of_year(2025, 34, **flags)]) == []


def test_a_half_year_is_no_year_and_a_reprint_no_change() -> None:
    """63 provinces of 2024, half a year of 2025, and 2024 printed again in 2026."""
    rows = [
        of_year(2024, 63),
        of_year(2025, 34, time_period="2025-S1"),
        of_year(2024, 63, time_period="2026"),
    ]
    assert jumps(rows) == []
