"""Which points may be read together."""

from decimal import Decimal

import pytest

from tests.indicators.example import judge, judge_one, milestone, observed, target

OPEN = [milestone(value=75, milestone_year=2030)]


def test_points_before_the_last_break_are_left_out() -> None:
    rows = [
        observed(2019, 30),
        observed(2020, 40),
        observed(2021, 50, obs_status="B"),
        observed(2022, 52),
        observed(2023, 54),
    ]
    row = judge_one(rows, milestones=OPEN)
    assert row["comparable_points"] == 3
    assert (row["base_year"], row["latest_year"]) == (2021, 2023)


def test_a_break_after_a_closed_milestone_does_not_touch_its_verdict() -> None:
    rows = [observed(2024, 61), observed(2025, 62), observed(2026, 40, obs_status="B")]
    row = judge_one(rows, as_of_year=2027)
    assert (row["verdict"], row["latest_year"], row["comparable_points"]) == ("met", 2025, 2)


def test_a_value_printed_again_is_not_a_new_point() -> None:
    """28.2 % of 2020 was printed as the result of 2023 and of 2024."""
    rows = [
        observed(2020, "28.2"),
        observed(2020, "28.2", time_period="2023", observation_id="reprint 2023"),
        observed(2020, "28.2", time_period="2024", observation_id="reprint 2024"),
    ]
    row = judge_one(rows, milestones=[milestone(value=30, milestone_year=2030)])
    assert row["comparable_points"] == 1
    assert row["latest_year"] == 2020
    assert row["latest_observation_id"] == "reprint 2024"
    assert (row["is_old"], row["pace"], row["pace_reason"]) == (True, "none", "too_old")


def test_the_latest_print_of_a_year_wins() -> None:
    rows = [
        observed(2024, "59.0", obs_status="P"),
        observed(2024, "60.4", time_period="2025"),
    ]
    row = judge_one(rows, milestones=OPEN)
    assert (row["latest_value"], row["is_provisional"]) == (Decimal("60.4"), False)


def test_a_break_stays_a_break_when_its_year_is_printed_again() -> None:
    rows = [
        observed(2020, 40),
        observed(2021, 50, obs_status="B"),
        observed(2021, 50, time_period="2022"),
        observed(2022, 51),
    ]
    assert judge_one(rows, milestones=OPEN)["comparable_points"] == 2


def test_missing_values_are_no_points() -> None:
    rows = [observed(2023, 58), observed(2024, obs_status="M"), observed(2025, obs_status="M")]
    row = judge_one(rows)
    assert (row["latest_year"], row["comparable_points"]) == (2023, 1)


@pytest.mark.parametrize("period", ["2025-S1", "2025-Q3", "2025-06"])
def test_a_part_of_a_year_does_not_stand_for_the_year(period: str) -> None:
    rows = [observed(2024, 58), observed(2025, 70, time_period=period)]
    row = judge_one(rows)
    assert (row["latest_year"], row["verdict"]) == (2024, "not_met")


def test_two_source_families_never_feed_one_line() -> None:
    rows = [
        observed(2020, 50),
        observed(2021, 52),
        observed(2022, 70, source_family="ADMIN"),
        observed(2023, 72, source_family="ADMIN"),
    ]
    points = {row["source_family"]: row["comparable_points"] for row in judge(rows)}
    assert points == {"SURVEY": 2, "ADMIN": 2}


def test_only_the_targets_own_definition_is_used() -> None:
    rows = [observed(2022, 41, definition="UBND_ONLY"), observed(2023, 75), observed(2024, 76)]
    assert judge_one(rows)["comparable_points"] == 2


def test_only_the_targets_own_series_is_used() -> None:
    rows = [observed(2024, 61, sex="M"), observed(2024, 48, sex="F")]
    row = judge_one(rows, targets=[target(sex="F")])
    assert row["latest_value"] == 48


def test_what_is_described_later_than_the_assessment_is_not_seen() -> None:
    rows = [observed(2023, 55), observed(2024, 76)]
    assert judge_one(rows, as_of_year=2023, milestones=OPEN)["latest_year"] == 2023
