"""The dashed line to the milestone."""

import math
from typing import Any

import pytest

from tests.indicators.example import indicator, judge, judge_one, locality, milestone, observed

Row = dict[str, Any]


def projected(points: dict[int, Any], value: Any = 70, **catalogue: Any) -> Row:
    rows = [observed(year, number) for year, number in points.items()]
    return judge_one(rows, milestones=[milestone(value=value, milestone_year=2030)], **catalogue)


def test_points_on_a_line_continue_it_without_width() -> None:
    row = projected({2021: 50, 2022: 51, 2023: 52, 2024: 53, 2025: 54})
    for name in ("projection_value", "projection_low", "projection_high"):
        assert row[name] == pytest.approx(59)


def test_the_interval_is_the_prediction_interval_of_a_straight_line() -> None:
    """Years −1.5, −0.5, 0.5, 1.5 from 2023.5: Sxx = 5, Sxy = 6, Syy = 8; t(80 %, 2) = 1.8856."""
    row = projected({2022: 50, 2023: 52, 2024: 52, 2025: 54})
    slope, mean, sxx = 6 / 5, 52, 5
    residual = 8 - slope * 6
    width = 1.885618 * math.sqrt(residual / 2 * (1 + 1 / 4 + 6.5**2 / sxx))
    centre = mean + slope * 6.5
    assert row["projection_value"] == pytest.approx(centre)
    assert row["projection_low"] == pytest.approx(centre - width, rel=1e-6)
    assert row["projection_high"] == pytest.approx(centre + width, rel=1e-6)


def test_only_the_last_five_points_count() -> None:
    straight = {2021: 50, 2022: 51, 2023: 52, 2024: 53, 2025: 54}
    row = projected({2018: 80, 2019: 10, 2020: 90} | straight)
    assert row["projection_value"] == pytest.approx(59)


@pytest.mark.parametrize(
    "points",
    [
        {2023: 52, 2024: 53, 2025: 54},
        {2015: 40, 2016: 41, 2017: 42, 2018: 43},
    ],
    ids=["three points", "too old"],
)
def test_too_little_or_too_old_gives_no_projection(points: dict[int, Any]) -> None:
    row = projected(points)
    assert row["projection_value"] is None
    assert row["projection_low"] is None
    assert row["projection_high"] is None


def test_four_points_must_span_three_years() -> None:
    from decimal import Decimal

    points = {2022: 51, 2023: 52, 2024: 53, 2025: 54}
    assert projected(points)["projection_value"] == pytest.approx(59)
    wider = {"projection_minimum_span_years": Decimal(4)}
    assert projected(points, parameters=wider)["projection_value"] is None


def test_a_share_does_not_pass_its_natural_limits() -> None:
    row = projected({2022: 80, 2023: 86, 2024: 93, 2025: 98})
    assert (row["projection_value"], row["projection_high"]) == (100, 100)


def test_without_limits_nothing_is_clipped() -> None:
    unlimited = indicator(lower_limit=None, upper_limit=None)
    row = projected({2022: 80, 2023: 86, 2024: 92, 2025: 98}, indicators=[unlimited])
    assert row["projection_value"] == pytest.approx(128)


def test_a_closed_milestone_is_not_projected() -> None:
    rows = [observed(year, year - 1970) for year in range(2020, 2026)]
    assert judge_one(rows)["projection_value"] is None


def test_an_abolished_locality_is_not_projected() -> None:
    rows = [observed(year, year - 1970, ref_area="34@2004") for year in range(2020, 2025)]
    [row] = judge(
        rows,
        milestones=[milestone(value=75, milestone_year=2030)],
        localities=[locality("34@2004")],
    )
    assert row["projection_value"] is None
