"""Closed and open milestones, the year judged, and why a target is not assessable."""

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

OPEN = [milestone(value=75, milestone_year=2030)]


def test_a_closed_milestone_is_judged_on_its_own_year() -> None:
    rows = [observed(2024, 59), observed(2025, 60)]
    row = judge_one(rows)
    assert (row["verdict"], row["basis"], row["is_provisional"]) == ("met", "milestone_year", False)


def test_what_happens_after_a_closed_milestone_does_not_change_it() -> None:
    rows = [observed(2025, 55), observed(2026, 65)]
    row = judge_one(rows, as_of_year=2027)
    assert (row["verdict"], row["attainment"], row["latest_year"]) == ("not_met", "not_met", 2025)


def test_a_revision_of_the_milestones_year_does_change_it() -> None:
    rows = [observed(2025, 55), observed(2025, 60, time_period="2026")]
    assert judge_one(rows, as_of_year=2027)["verdict"] == "met"


def test_without_a_value_of_its_year_an_earlier_one_judges_provisionally() -> None:
    row = judge_one([observed(2023, 61)])
    assert (row["verdict"], row["basis"], row["latest_year"]) == ("met", "earlier_year", 2023)
    assert row["is_provisional"]


@pytest.mark.parametrize(
    ("period", "year", "verdict", "reason"),
    [
        (1, 2023, "met", None),
        (1, 2022, "not_assessable", "too_old"),
        (2, 2021, "met", None),
        (2, 2020, "not_assessable", "too_old"),
        (10, 2009, "met", None),
    ],
)
def test_an_earlier_value_may_be_two_publishing_periods_old(
    period: int, year: int, verdict: str, reason: str | None
) -> None:
    row = judge_one([observed(year, 61)], indicators=[indicator(publishing_period_years=period)])
    assert (row["verdict"], row["verdict_reason"]) == (verdict, reason)
    assert row["attainment"] == "met"


@pytest.mark.parametrize(
    ("year", "is_old"), [(2025, False), (2024, False), (2023, True), (2019, True)]
)
def test_old_is_more_than_one_publishing_period(year: int, *, is_old: bool) -> None:
    """Assessed in 2026, the year that can have been published is 2025."""
    assert judge_one([observed(year, 50)], milestones=OPEN)["is_old"] is is_old


@pytest.mark.parametrize(
    ("value", "verdict", "attainment"),
    [(80, "met", "met"), ("74.5", "near", "near"), (50, "on_the_way", "not_met")],
)
def test_an_open_milestone_is_never_unmet(value: Any, verdict: str, attainment: str) -> None:
    row = judge_one([observed(2025, value)], milestones=OPEN)
    assert (row["milestone_state"], row["verdict"], row["attainment"]) == (
        "open",
        verdict,
        attainment,
    )


@pytest.mark.parametrize(("as_of_year", "state"), [(2025, "open"), (2026, "closed")])
def test_a_milestone_closes_with_its_year(as_of_year: int, state: str) -> None:
    assert judge_one([observed(2024, 50)], as_of_year=as_of_year)["milestone_state"] == state


def test_a_provisional_value_makes_a_provisional_verdict() -> None:
    row = judge_one([observed(2025, 61, obs_status="P")])
    assert (row["verdict"], row["basis"], row["is_provisional"]) == ("met", "milestone_year", True)


def test_no_data() -> None:
    row = judge_one([])
    assert (row["verdict"], row["verdict_reason"], row["attainment"]) == (
        "not_assessable",
        "no_data",
        "not_assessable",
    )
    assert (row["source_family"], row["basis"], row["pace_reason"]) == (
        "_Z",
        "none",
        "milestone_closed",
    )


def test_values_of_another_definition_are_not_comparable() -> None:
    row = judge_one([observed(2024, 75, definition="UBND_ONLY")])
    assert row["verdict_reason"] == "not_comparable"


def test_an_empty_denominator_is_not_a_zero_rate() -> None:
    rows = [observed(2024, 100, counts=(4, 4)), observed(2025, counts=(0, 0))]
    row = judge_one(rows, milestones=[milestone("=", 100)])
    assert (row["verdict"], row["verdict_reason"]) == ("not_assessable", "empty_denominator")
    assert (row["latest_year"], row["latest_value"], row["gap"]) == (2025, None, None)


def test_a_value_reported_over_an_empty_denominator_is_not_believed() -> None:
    row = judge_one([observed(2025, 100, counts=(0, 0))], milestones=[milestone("=", 100)])
    assert row["verdict_reason"] == "empty_denominator"


@pytest.mark.parametrize(
    ("values", "number"),
    [({}, (None, None)), ({"indicator_id": None}, (">=", 60))],
    ids=["no number", "no indicator"],
)
def test_a_target_without_a_number_says_so(values: dict[str, Any], number: Any) -> None:
    row = judge_one(
        [observed(2025, 50)], targets=[target(**values)], milestones=[milestone(*number)]
    )
    assert (row["verdict"], row["verdict_reason"]) == ("not_assessable", "no_target_number")
    assert row["attainment"] == "not_assessable"


def test_an_abolished_locality_has_an_attainment_but_no_verdict() -> None:
    rows = [observed(2024, 65, ref_area="34@2004")]
    row = next(
        row
        for row in judge(rows, localities=[locality("VN"), locality("34@2004")])
        if row["locality_id"] == "34@2004"
    )
    assert (row["verdict"], row["verdict_reason"]) == ("not_assessable", "locality_abolished")
    assert row["attainment"] == "met"


@pytest.mark.parametrize(
    ("of_target", "of_value", "is_unverified"),
    [
        ({}, {}, False),
        ({"confidence": "reported"}, {}, True),
        ({}, {"confidence": "reported"}, True),
    ],
)
def test_what_was_not_checked_against_its_source_is_marked(
    of_target: dict[str, Any], of_value: dict[str, Any], *, is_unverified: bool
) -> None:
    row = judge_one([observed(2025, 61, **of_value)], targets=[target(**of_target)])
    assert row["is_unverified"] is is_unverified


def test_an_office_that_confirms_the_act_takes_the_mark_away() -> None:
    from datetime import date

    confirmed = target(confidence="reported", confirmed_on=date(2026, 3, 1))
    assert not judge_one([observed(2025, 61)], targets=[confirmed])["is_unverified"]


def test_real_and_synthetic_values_never_share_a_line() -> None:
    """Base, pace and projection rest on values of one kind."""
    years = [observed(year, 40 + year - 2020) for year in (2020, 2021, 2022, 2023)]
    row = judge_one([*years, observed(2024, 61, is_synthetic=True)])
    assert (row["comparable_points"], row["base_year"]) == (1, None)
    assert row["projection_value"] is None
    assert judge_one([*years, observed(2024, 61)])["base_year"] is not None


def test_synthetic_values_are_marked() -> None:
    assert judge_one([observed(2025, 61, is_synthetic=True)])["is_synthetic"]
