"""Operators, rounding, the near band and what is still missing."""

from decimal import Decimal
from typing import Any

import pytest

from tests.indicators.example import DEFAULT_BAND, indicator, judge_one, milestone, observed, target

NO_BAND: dict[str, Any] = {
    "target_id": "*",
    "whole_units": None,
    "share_of_target": None,
    "absolute": None,
}
TENTH = NO_BAND | {"absolute": Decimal("0.1")}


@pytest.mark.parametrize(
    ("operator", "value", "attainment"),
    [
        (">=", "29.9", "not_met"),
        (">=", "30.0", "met"),
        (">", "30.0", "not_met"),
        (">", "30.1", "met"),
        ("<=", "30.0", "met"),
        ("<=", "30.1", "not_met"),
        ("<", "30.0", "not_met"),
        ("<", "29.9", "met"),
        ("=", "29.9", "not_met"),
        ("=", "30.0", "met"),
        ("=", "30.1", "not_met"),
        ("maintain", "29.9", "not_met"),
        ("maintain", "30.0", "met"),
        ("maintain", "30.1", "met"),
    ],
)
def test_operators_are_exact_at_the_boundary(operator: str, value: str, attainment: str) -> None:
    row = judge_one([observed(2025, value)], milestones=[milestone(operator, 30)], bands=[NO_BAND])
    assert row["attainment"] == attainment


@pytest.mark.parametrize(
    ("value", "attainment", "gap"),
    [
        ("9.9", "not_met", "0.1"),
        ("10", "met", "0"),
        ("15", "met", "0"),
        ("15.1", "not_met", "0.1"),
        ("17", "not_met", "2"),
    ],
)
def test_a_range_is_met_from_end_to_end(value: str, attainment: str, gap: str) -> None:
    row = judge_one(
        [observed(2025, value)],
        milestones=[milestone("range", 10, target_upper=Decimal(15))],
        bands=[NO_BAND],
    )
    assert (row["attainment"], row["gap"]) == (attainment, Decimal(gap))


def test_maintain_means_at_most_where_the_indicator_must_not_rise() -> None:
    row = judge_one(
        [observed(2025, "29.9")],
        targets=[target(direction="decrease")],
        milestones=[milestone("maintain", 30)],
    )
    assert row["attainment"] == "met"


@pytest.mark.parametrize(
    ("value", "target_value", "attainment", "published", "flips"),
    [
        ("110.95", 111, "met", "111.0", False),
        ("111.04", 111, "met", "111.0", True),
        ("111.05", 111, "near", "111.1", False),
        ("111.14", 111, "near", "111.1", True),
        ("111.15", 111, "not_met", "111.2", False),
        ("111.4", 111, "not_met", "111.4", False),
    ],
)
def test_the_value_is_compared_as_published(
    value: str, target_value: int, attainment: str, published: str, *, flips: bool
) -> None:
    row = judge_one(
        [observed(2025, value)], milestones=[milestone("<=", target_value)], bands=[TENTH]
    )
    assert row["attainment"] == attainment
    assert row["latest_published"] == Decimal(published)
    assert row["unrounded_flips"] is flips


@pytest.mark.parametrize(
    ("operator", "value", "attainment"),
    [
        (">=", "58.8", "near"),
        (">=", "58.7", "not_met"),
        ("<=", "61.2", "near"),
        ("<=", "61.3", "not_met"),
        ("<", "60.0", "near"),
    ],
)
def test_near_is_two_per_cent_of_the_target(operator: str, value: str, attainment: str) -> None:
    row = judge_one([observed(2025, value)], milestones=[milestone(operator, 60)])
    assert row["attainment"] == attainment


def test_thirteen_of_twenty_two_agencies_lack_one() -> None:
    row = judge_one([observed(2025, counts=(13, 22))])
    assert row["verdict"] == "near"
    assert (row["gap"], row["gap_whole_units"]) == (Decimal("0.9"), 1)


@pytest.mark.parametrize(
    ("operator", "value", "counts", "missing"),
    [
        (">=", 60, (13, 22), 1),  # 13.2 needed
        (">=", 60, (12, 20), 0),  # exactly 60 %
        (">=", 60, (11, 20), 1),
        (">=", 60, (10, 20), 2),
        (">", 60, (12, 20), 1),  # exactly 60 % is not over 60 %
        (">", 60, (11, 20), 2),
        ("<=", 30, (7, 20), 1),
        ("<=", 30, (6, 20), 0),
        ("<", 30, (6, 20), 1),
        ("<", 30, (7, 20), 2),
        ("<=", 30, (5, 12), 2),  # 3.6 allowed
        ("<", 30, (5, 12), 2),
        ("=", 100, (17, 20), 3),
        ("maintain", 100, (19, 20), 1),
        (">=", 1, (0, 3), 1),
        ("<", 30, (2996, 10_000), 0),  # published as 30.0, so not met, yet below 30 %
    ],
)
def test_the_gap_in_whole_units_is_exact(
    operator: str, value: int, counts: tuple[int, int], missing: int
) -> None:
    row = judge_one([observed(2025, counts=counts)], milestones=[milestone(operator, value)])
    assert row["gap_whole_units"] == missing


def test_more_than_one_unit_is_not_near_by_units() -> None:
    row = judge_one([observed(2025, counts=(12, 22))])
    assert (row["verdict"], row["gap_whole_units"]) == ("not_met", 2)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (observed(2025, 50), "share"),
        (observed(2025, counts=("1250.5", 2500)), "share"),
        (observed(2025, counts=(46, 100)), "rate"),
    ],
    ids=["no counts", "estimates in thousands", "not a share"],
)
def test_there_are_no_whole_units_without_counted_things(row: dict[str, Any], kind: str) -> None:
    result = judge_one([row], indicators=[indicator(formula_kind=kind)])
    assert result["gap_whole_units"] is None


def test_a_value_exactly_at_a_strict_target_has_no_gap_and_is_not_met() -> None:
    row = judge_one([observed(2025, 30)], milestones=[milestone("<", 30)])
    assert (row["verdict"], row["gap"]) == ("near", 0)


@pytest.mark.parametrize(
    ("value", "attainment"), [("111.1", "near"), ("111.2", "not_met"), ("111.8", "not_met")]
)
def test_a_target_may_have_its_own_band(value: str, attainment: str) -> None:
    """2 % of 111 boys per 100 girls would be wider than the whole way from 2020 to 2025."""
    row = judge_one(
        [observed(2025, value)],
        targets=[target(target_id="T", direction="decrease")],
        milestones=[milestone("<=", 111)],
        bands=[DEFAULT_BAND, TENTH | {"target_id": "T"}],
    )
    assert row["attainment"] == attainment


def test_the_indicators_decimals_decide_what_is_compared() -> None:
    row = judge_one([observed(2025, "59.96")], indicators=[indicator(decimals=2)])
    assert (row["attainment"], row["gap"]) == ("near", Decimal("0.04"))


def test_counts_of_some_parts_say_nothing_of_whole_units_missing() -> None:
    counts = {"numerator": Decimal(13), "denominator": Decimal(22), "origin": "aggregated"}
    whole = judge_one(
        [observed(2025, "59.1") | counts | {"coverage": 1.0}], milestones=[milestone(">=", 60)]
    )
    partial = judge_one(
        [observed(2025, "59.1") | counts | {"coverage": 0.95}], milestones=[milestone(">=", 60)]
    )
    assert (whole["gap_whole_units"], partial["gap_whole_units"]) == (1, None)
    assert (partial["latest_origin"], partial["latest_coverage"]) == ("aggregated", 0.95)
    assert partial["gap"] == whole["gap"]
