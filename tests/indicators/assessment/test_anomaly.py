"""A value in the middle is best: beyond the natural band better is not better."""

from typing import Any

import pytest

from indicators.catalogue import load_catalogue
from tests.indicators.example import indicator, judge, milestone, observed, target

Row = dict[str, Any]

SEX_RATIO = indicator(
    indicator_id="SHARE", formula_kind="ratio", optimum_lower=104.0, optimum_upper=106.0,
    upper_limit=None,
)  # fmt: skip


def judged(values: dict[int, float], operator: str = "<=", value: float = 109) -> Row:
    falls = operator in ("<=", "<")
    [row] = judge(
        [observed(year, one) for year, one in values.items()],
        indicators=[SEX_RATIO],
        targets=[target(direction="decrease" if falls else "increase")],
        milestones=[milestone(operator, value, milestone_year=2030)],
    )
    return row


@pytest.mark.parametrize(
    ("latest", "is_anomaly"), [(103.9, True), (103.94, True), (104, False), (105, False)]
)
def test_below_104_boys_the_sex_ratio_at_birth_is_to_be_checked(
    latest: float, is_anomaly: bool
) -> None:
    row = judged({2020: 112, 2025: latest})
    assert (row["verdict"], row["is_anomaly"]) == ("met", is_anomaly)
    assert row["pace_reason"] == ("anomaly" if is_anomaly else "target_reached")


def test_such_a_move_is_no_progress_and_no_trend_is_drawn_through_it() -> None:
    row = judged({2020: 112, 2021: 110, 2023: 108, 2025: 103}, "<=", 100)
    assert (row["verdict"], row["pace"], row["pace_reason"]) == ("on_the_way", "none", "anomaly")
    assert (row["pace_ratio"], row["times_faster"], row["projection_value"]) == (None, None, None)


def test_too_many_boys_are_far_from_the_target_not_an_anomaly() -> None:
    assert judged({2020: 112, 2025: 120})["is_anomaly"] is False


def test_a_rising_target_has_its_anomaly_on_the_other_side() -> None:
    assert judged({2025: 106.1}, ">=", 105)["is_anomaly"] is True
    assert judged({2025: 103}, ">=", 105)["is_anomaly"] is False


def test_the_packaged_catalogue_knows_the_natural_band_of_the_sex_ratio_at_birth() -> None:
    rows = load_catalogue().indicators.drop_nulls("optimum_lower")
    said = ("indicator_id", "optimum_lower", "optimum_upper")
    assert list(rows.select(said).iter_rows()) == [("SEX_RATIO_AT_BIRTH", 104, 106)]
