"""Pace towards an open milestone."""

from decimal import Decimal
from typing import Any

import pytest

from tests.indicators.example import (
    indicator,
    judge,
    judge_one,
    locality,
    milestone,
    observed,
    target,
)

Row = dict[str, Any]


def pace_of(points: dict[int, Any], operator: str = ">=", value: Any = 70, **catalogue: Any) -> Row:
    rows = [observed(year, value) for year, value in points.items()]
    return judge_one(
        rows, milestones=[milestone(operator, value, milestone_year=2030)], **catalogue
    )


@pytest.mark.parametrize(
    ("latest", "pace"),
    [
        ("59.5", "on_track"),  # 9.5 of 10 = 0.95 exactly
        ("59.4999", "slow"),
        ("56.0", "slow"),  # 0.60 exactly
        ("55.9999", "stalled"),
        ("50.0", "stalled"),  # 0 exactly
        ("49.9999", "reversing"),
        ("69.0", "on_track"),
    ],
)
def test_the_cuts_are_exact(latest: str, pace: str) -> None:
    """From 50 in 2020 to 70 in 2030 takes 2 a year; by 2025 that is 10."""
    row = pace_of({2020: 50, 2025: latest})
    assert (row["pace"], row["pace_reason"]) == (pace, None)


@pytest.mark.parametrize(
    ("latest", "pace"),
    [("45.0", "on_track"), ("47.0", "slow"), ("49.0", "stalled"), ("51.0", "reversing")],
)
def test_a_value_that_must_fall_is_measured_downwards(latest: str, pace: str) -> None:
    row = pace_of({2020: 50, 2025: latest}, "<=", 40)
    assert row["pace"] == pace


def test_the_leaders_numbers() -> None:
    row = pace_of({2020: "112.0", 2025: "111.5"}, "<=", 109)
    assert row["observed_per_year"] == pytest.approx(-0.1)
    assert row["needed_per_year"] == pytest.approx(-0.3)
    assert row["pace_ratio"] == pytest.approx(1 / 3)
    assert row["required_per_year"] == pytest.approx(0.5)
    assert row["times_faster"] == pytest.approx(5)
    assert (row["base_value"], row["gap"]) == (Decimal(112), Decimal("2.5"))


def test_times_faster_is_left_out_when_the_value_moves_the_wrong_way() -> None:
    row = pace_of({2020: 50, 2025: 49})
    assert (row["times_faster"], row["pace_ratio"]) == (None, pytest.approx(-0.1))
    assert row["required_per_year"] == pytest.approx(21 / 5)


@pytest.mark.parametrize(
    ("years", "base_year"),
    [
        ((2019, 2020, 2021), 2020),
        ((2018, 2021), 2021),
        ((2019, 2022), 2019),
        ((2019, 2021), 2019),
        ((2018, 2022), None),
    ],
)
def test_the_base_is_2020_or_the_nearest_within_a_year(
    years: tuple[int, ...], base_year: int | None
) -> None:
    row = pace_of(dict.fromkeys(years, 50) | {2025: 55})
    assert row["base_year"] == base_year
    assert row["pace_reason"] == (None if base_year else "too_few_points")


def test_one_point_gives_no_pace() -> None:
    row = pace_of({2020: 50}, indicators=[indicator(publishing_period_years=5)])
    assert (row["pace"], row["pace_reason"]) == ("none", "too_few_points")


def test_no_change_as_published_over_two_intervals_is_stalled() -> None:
    row = pace_of({2020: 50, 2023: "59.6", 2024: "59.58", 2025: "59.64"})
    assert (row["pace"], row["pace_ratio"]) == ("stalled", pytest.approx(0.964))


def test_no_change_in_one_interval_is_not_yet_flat() -> None:
    assert pace_of({2020: 50, 2024: "59.6", 2025: "59.6"})["pace"] == "on_track"


def test_falling_back_behind_a_target_that_was_met_is_reversing() -> None:
    row = pace_of({2020: 72, 2025: 68})
    assert (row["pace"], row["pace_ratio"]) == ("reversing", None)


@pytest.mark.parametrize(("period", "reason"), [(1, "too_old"), (2, None)])
def test_data_older_than_two_publishing_periods_give_no_pace(
    period: int, reason: str | None
) -> None:
    row = pace_of({2020: 50, 2022: 53}, indicators=[indicator(publishing_period_years=period)])
    assert row["pace_reason"] == reason


def test_a_reached_target_has_no_pace() -> None:
    row = pace_of({2020: 50, 2025: 71})
    assert (row["pace"], row["pace_reason"], row["required_per_year"]) == (
        "none",
        "target_reached",
        None,
    )


@pytest.mark.parametrize("how", [{"direction": "maintain"}, {}])
def test_a_level_to_be_kept_has_no_road(how: dict[str, str]) -> None:
    operator = "=" if how else "maintain"
    row = pace_of({2020: 95, 2025: 90}, operator, 100, targets=[target(**how)])
    assert row["pace_reason"] == "maintain"


def test_where_one_unit_is_more_than_the_gap_there_is_no_pace() -> None:
    rows = [observed(2020, counts=(10, 22)), observed(2025, counts=(13, 22))]
    row = judge_one(rows, milestones=[milestone(milestone_year=2030)])
    assert (row["pace"], row["pace_reason"]) == ("none", "small_base")
    assert row["required_per_year"] == pytest.approx(0.9 / 5)


def test_where_several_units_are_missing_the_pace_is_given() -> None:
    """45.5 % to 59.1 % in five years, where 2.95 points a year are needed: 0.92."""
    rows = [observed(2020, counts=(10, 22)), observed(2025, counts=(13, 22))]
    row = judge_one(rows, milestones=[milestone(value=75, milestone_year=2030)])
    assert (row["gap_whole_units"], row["pace"]) == (4, "slow")


def test_the_pace_of_an_abolished_locality_is_not_given() -> None:
    rows = [observed(year, year - 1970, ref_area="34@2004") for year in (2020, 2024)]
    [row] = judge(
        rows,
        milestones=[milestone(value=75, milestone_year=2030)],
        localities=[locality("34@2004")],
    )
    assert (row["pace"], row["pace_reason"]) == ("none", "locality_abolished")


def test_a_closed_milestone_has_no_pace() -> None:
    row = judge_one([observed(2020, 50), observed(2025, 55)])
    assert (row["pace"], row["pace_reason"]) == ("none", "milestone_closed")


@pytest.mark.parametrize(
    ("points", "value", "reason"),
    [({}, 70, "no_data"), ({2020: 50, 2025: 55}, None, "no_target_number")],
)
def test_without_value_or_number_there_is_no_pace(
    points: dict[int, Any], value: Any, reason: str
) -> None:
    rows = [observed(year, number) for year, number in points.items()]
    row = judge_one(
        rows, milestones=[milestone(">=" if value else None, value, milestone_year=2030)]
    )
    assert (row["pace"], row["pace_reason"]) == ("none", reason)


def test_the_pace_may_use_the_milestones_own_year() -> None:
    rows = [observed(2020, 50), observed(2030, 60)]
    row = judge_one(rows, as_of_year=2030, milestones=[milestone(value=70, milestone_year=2030)])
    assert (row["pace"], row["pace_ratio"], row["required_per_year"]) == (
        "stalled",
        pytest.approx(0.5),
        None,
    )
