"""What is judged where, and which document sets the number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.indicators.example import (
    DEFAULT_BAND,
    indicator,
    judge,
    locality,
    milestone,
    observed,
    succession,
    target,
)

Row = dict[str, Any]

HUNG_YEN_OLD, THAI_BINH_OLD = "33@2004", "34@2004"
HUNG_YEN = "33@2025"
MERGER = [succession(HUNG_YEN_OLD, HUNG_YEN), succession(THAI_BINH_OLD, HUNG_YEN)]
PLACES = [locality(name) for name in ("VN", HUNG_YEN_OLD, THAI_BINH_OLD, HUNG_YEN)]


def local(target_id: str, place: str, **values: Any) -> Row:
    """A target of a locality's own plan that replaces the national T."""
    own = {"target_id": target_id, "locality_id": place, "counterpart_target_id": "T"}
    return target(programme_id=f"PLAN-{target_id}") | own | values


def binding(place: str, *, milestone_year: int = 2025, **catalogue: Any) -> tuple[Any, ...]:
    """(binding, binding target, value) of T at a place."""
    [row] = [
        row
        for row in judge([], localities=PLACES, links=MERGER, **catalogue)
        if (row["locality_id"], row["target_id"], row["milestone_year"])
        == (place, "T", milestone_year)
    ]
    return row["binding"], row["binding_target_id"], row["target_value"]


def test_a_national_target_is_judged_at_the_levels_it_applies_to() -> None:
    places = [*PLACES, locality("NCT@2025", level="region"), locality("1@2025", level="commune")]
    rows = judge([], localities=places)
    assert {row["locality_id"]: row["binding"] for row in rows} == {
        "VN": "own",
        HUNG_YEN_OLD: "national",
        THAI_BINH_OLD: "national",
        HUNG_YEN: "national",
    }


def test_a_target_of_the_nation_alone_is_not_judged_in_provinces() -> None:
    rows = judge([], localities=PLACES, targets=[target(applies_to_levels="national")])
    assert [row["locality_id"] for row in rows] == ["VN"]


def test_two_national_targets_stand_side_by_side() -> None:
    targets = [target(), target(target_id="OTHER", counterpart_target_id="T")]
    rows = judge([], targets=targets, milestones=[milestone(), milestone(target_id="OTHER")])
    assert [row["binding_target_id"] for row in rows] == ["OTHER", "T"]


def test_units_abolished_before_the_base_year_are_history() -> None:
    ha_tay = locality("28@2003", valid_to=date(2008, 7, 31))
    assert [row["locality_id"] for row in judge([], localities=[locality("VN"), ha_tay])] == ["VN"]


def test_every_milestone_is_judged() -> None:
    rows = judge([], milestones=[milestone(), milestone(value=75, milestone_year=2030)])
    assert [(row["milestone_year"], row["target_value"]) for row in rows] == [
        (2025, 60),
        (2030, 75),
    ]


def test_a_local_target_beats_the_national_one() -> None:
    own = {
        "targets": [target(), local("HY", HUNG_YEN)],
        "milestones": [milestone(), milestone(target_id="HY", value=55)],
    }
    assert binding(HUNG_YEN, **own) == ("own", "HY", 55)
    assert binding("VN", **own) == ("own", "T", 60)


def test_the_row_names_the_plan_and_is_judged_on_the_plans_series() -> None:
    rows = judge(
        [observed(2025, 70, ref_area=HUNG_YEN, sex="F"), observed(2025, 10, ref_area=HUNG_YEN)],
        localities=PLACES,
        targets=[target(), local("HY", HUNG_YEN, sex="F")],
        milestones=[milestone(), milestone(target_id="HY", value=65)],
    )
    [row] = [row for row in rows if row["locality_id"] == HUNG_YEN]
    assert (row["target_id"], row["programme_id"], row["verdict"]) == ("T", "PLAN-HY", "met")


@pytest.mark.parametrize(
    ("operator", "values", "stricter"),
    [(">=", (65, 62), "A"), (">=", (62, 65), "B"), ("<=", (65, 62), "B"), ("<", (62, 65), "A")],
)
def test_a_merged_locality_inherits_the_stricter_of_its_predecessors(
    operator: str, values: tuple[int, int], stricter: str
) -> None:
    result = binding(
        HUNG_YEN,
        targets=[target(), local("A", HUNG_YEN_OLD), local("B", THAI_BINH_OLD)],
        milestones=[
            milestone(operator),
            milestone(operator, values[0], target_id="A"),
            milestone(operator, values[1], target_id="B"),
        ],
    )
    assert result == ("inherited", stricter, values["AB".index(stricter)])


def test_of_two_equal_numbers_the_strict_operator_is_stricter() -> None:
    result = binding(
        HUNG_YEN,
        targets=[target(), local("A", HUNG_YEN_OLD), local("B", THAI_BINH_OLD)],
        milestones=[
            milestone(),
            milestone(">=", 60, target_id="A"),
            milestone(">", 60, target_id="B"),
        ],
    )
    assert result == ("inherited", "B", 60)


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        (">=", 50, ("national", "T", 60)),
        (">=", 70, ("inherited", "A", 70)),
        (">=", 60, ("inherited", "A", 60)),
        ("<=", 70, ("national", "T", 60)),
        ("<=", 50, ("inherited", "A", 50)),
    ],
)
def test_a_predecessor_without_a_plan_brings_the_national_value_into_the_merger(
    operator: str, value: int, expected: tuple[Any, ...]
) -> None:
    """Thái Bình worked with the national value; a weaker plan of Hưng Yên does not replace it."""
    result = binding(
        HUNG_YEN,
        targets=[target(), local("A", HUNG_YEN_OLD)],
        milestones=[milestone(operator), milestone(operator, value, target_id="A")],
    )
    assert result == expected


def test_where_every_predecessor_had_a_weaker_plan_the_stricter_of_them_stands() -> None:
    result = binding(
        HUNG_YEN,
        targets=[target(), local("A", HUNG_YEN_OLD), local("B", THAI_BINH_OLD)],
        milestones=[
            milestone(),
            milestone(value=50, target_id="A"),
            milestone(value=55, target_id="B"),
        ],
    )
    assert result == ("inherited", "B", 55)


def test_a_plan_in_other_units_is_inherited_without_a_comparison_of_numbers() -> None:
    """At least one facility is neither weaker nor stricter than 60 % of provinces."""
    result = binding(
        HUNG_YEN,
        indicators=[indicator(), indicator(indicator_id="COUNT", formula_kind="count")],
        targets=[target(), local("A", HUNG_YEN_OLD, indicator_id="COUNT")],
        milestones=[milestone(), milestone(value=1, target_id="A")],
    )
    assert result == ("inherited", "A", 1)


def test_a_target_of_its_own_beats_the_inherited_one_even_if_weaker() -> None:
    result = binding(
        HUNG_YEN,
        targets=[target(), local("OWN", HUNG_YEN), local("A", HUNG_YEN_OLD)],
        milestones=[
            milestone(),
            milestone(value=50, target_id="OWN"),
            milestone(value=70, target_id="A"),
        ],
    )
    assert result == ("own", "OWN", 50)


def test_a_part_of_a_locality_is_not_inherited_from() -> None:
    rows = judge(
        [],
        localities=PLACES,
        links=[succession(HUNG_YEN_OLD, HUNG_YEN, "part")],
        targets=[target(), local("A", HUNG_YEN_OLD)],
        milestones=[milestone(), milestone(value=70, target_id="A")],
    )
    assert [row["binding"] for row in rows if row["locality_id"] == HUNG_YEN] == ["national"]


@pytest.mark.parametrize("bound_to", ["14@2004", "14@2025"])
def test_with_unchanged_borders_the_plan_stays_the_localitys_own(bound_to: str) -> None:
    """Sơn La kept its borders and its code in 2025."""
    rows = judge(
        [],
        localities=[locality("VN"), locality("14@2004"), locality("14@2025")],
        links=[succession("14@2004", "14@2025", "unchanged")],
        targets=[target(), local("SL", bound_to)],
        milestones=[milestone(), milestone(value="113.4", target_id="SL")],
    )
    assert {row["locality_id"]: (row["binding"], row["target_value"]) for row in rows} == {
        "VN": ("own", 60),
        "14@2004": ("own", Decimal("113.4")),
        "14@2025": ("own", Decimal("113.4")),
    }


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ({"valid_from_year": 2021, "valid_to_year": 2025}, ("national", "T", 75)),
        ({"valid_from_year": 2021, "valid_to_year": 2030}, ("own", "HY", 80)),
        ({}, ("own", "HY", 80)),
    ],
)
def test_a_plan_sets_no_number_for_years_beyond_its_end(
    validity: dict[str, int], expected: tuple[Any, ...]
) -> None:
    result = binding(
        HUNG_YEN,
        milestone_year=2030,
        targets=[target(), local("HY", HUNG_YEN, **validity)],
        milestones=[
            milestone(value=75, milestone_year=2030),
            milestone(target_id="HY", value=80, milestone_year=2030),
        ],
    )
    assert result == expected


def test_a_local_target_without_a_number_leaves_the_national_one_in_force() -> None:
    result = binding(
        HUNG_YEN,
        targets=[target(), local("HY", HUNG_YEN)],
        milestones=[milestone(), milestone(None, None, target_id="HY")],
    )
    assert result == ("national", "T", 60)


def test_a_milestone_only_the_local_plan_has_is_judged_too() -> None:
    result = binding(
        HUNG_YEN,
        milestone_year=2023,
        targets=[target(), local("HY", HUNG_YEN)],
        milestones=[milestone(), milestone(value=40, target_id="HY", milestone_year=2023)],
    )
    assert result == ("own", "HY", 40)


@pytest.mark.parametrize(
    ("value", "judged_at"),
    [
        (60, {THAI_BINH_OLD: "own", HUNG_YEN: "inherited"}),
        (None, {THAI_BINH_OLD: "own"}),
    ],
)
def test_a_purely_local_target_is_judged_where_it_was_set_and_inherited_if_it_has_a_number(
    value: int | None, judged_at: dict[str, str]
) -> None:
    rows = judge(
        [],
        localities=PLACES,
        links=MERGER,
        targets=[target(target_id="L", locality_id=THAI_BINH_OLD)],
        milestones=[milestone(">=" if value else None, value, target_id="L")],
    )
    assert {row["locality_id"]: row["binding"] for row in rows} == judged_at
    assert {row["target_id"] for row in rows} == {"L"}


def test_the_near_band_is_that_of_the_binding_target() -> None:
    narrow = {"target_id": "HY", "whole_units": None, "share_of_target": None, "absolute": None}
    rows = judge(
        [observed(2025, "59.5", ref_area=place) for place in ("VN", HUNG_YEN)],
        localities=PLACES,
        targets=[target(), local("HY", HUNG_YEN)],
        milestones=[milestone(), milestone(target_id="HY")],
        bands=[DEFAULT_BAND, narrow],
    )
    verdicts = {row["locality_id"]: row["verdict"] for row in rows}
    assert (verdicts["VN"], verdicts[HUNG_YEN]) == ("near", "not_met")
