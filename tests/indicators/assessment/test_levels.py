"""The same target at different levels: where it is judged, and in which form."""

from datetime import date
from typing import Any

import pytest

from tests.indicators.example import indicator, judge, locality, milestone, observed, target

Row = dict[str, Any]

COMMUNES = ("00001@2025", "00002@2025")
PLACES = [
    locality("VN"),
    locality("01@2025"),
    *(locality(name, level="commune", parent_id="01@2025") for name in COMMUNES),
]
EVERYWHERE = "national;province;commune"


def places_of(rows: list[Row]) -> set[tuple[str, str]]:
    return {(row["locality_id"], row["target_id"]) for row in rows}


# Districts and communes -----------------------------------------------------------------------


def test_a_commune_is_judged_only_where_it_has_figures() -> None:
    rows = judge(
        [observed(2025, 70, ref_area=COMMUNES[0])],
        localities=PLACES,
        targets=[target(applies_to_levels=EVERYWHERE)],
    )
    assert places_of(rows) == {("VN", "T"), ("01@2025", "T"), (COMMUNES[0], "T")}
    [commune] = [row for row in rows if row["locality_id"] == COMMUNES[0]]
    assert (commune["verdict"], commune["binding"]) == ("met", "national")


def test_a_target_that_is_not_for_communes_is_not_judged_there_even_with_figures() -> None:
    rows = judge([observed(2025, 70, ref_area=COMMUNES[0])], localities=PLACES)
    assert places_of(rows) == {("VN", "T"), ("01@2025", "T")}


def test_figures_on_one_part_bring_in_the_whole_compound() -> None:
    """A part without figures may decide: it must be seen to be missing."""
    parts = [
        target(target_id=f"C{sex}", parent_target_id="C", sex=sex, applies_to_levels=EVERYWHERE)
        for sex in "FM"
    ]
    rows = judge(
        [observed(2025, 70, ref_area=COMMUNES[0], sex="F")],
        localities=PLACES,
        targets=[target(target_id="C", compound_rule="all_parts", indicator_id=None), *parts],
        milestones=[milestone(target_id="CF"), milestone(target_id="CM")],
    )
    said = {
        row["target_id"]: (row["verdict"], row["verdict_reason"])
        for row in rows
        if row["locality_id"] == COMMUNES[0]
    }
    assert said == {
        "CF": ("met", None),
        "CM": ("not_assessable", "no_data"),
        "C": ("not_assessable", "part_missing"),
    }


def test_figures_of_another_definition_are_told_to_be_not_comparable() -> None:
    rows = judge(
        [observed(2025, 70, ref_area=COMMUNES[0], definition="OTHER")],
        localities=PLACES,
        targets=[target(applies_to_levels=EVERYWHERE)],
    )
    [commune] = [row for row in rows if row["locality_id"] == COMMUNES[0]]
    assert commune["verdict_reason"] == "not_comparable"


# Local forms ----------------------------------------------------------------------------------

FACILITIES = indicator(
    indicator_id="FACILITIES", formula_kind="count", formula_factor=None, decimals=0
)
SHARE_OF_PROVINCES = target(applies_to_levels="national")
AT_LEAST_ONE = target(
    target_id="T-L", local_form_of="T", indicator_id="FACILITIES", applies_to_levels="province"
)
ONE = milestone(value=1, target_id="T-L")


@pytest.mark.parametrize(
    ("facilities", "verdict", "missing"), [(0, "not_met", 1), (1, "met", 0), (3, "met", 0)]
)
def test_a_share_of_provinces_is_a_yes_or_no_in_each_province(
    facilities: int, verdict: str, missing: int
) -> None:
    rows = judge(
        [observed(2025, facilities, ref_area="01@2025", indicator_id="FACILITIES")],
        localities=PLACES,
        indicators=[indicator(), FACILITIES],
        targets=[SHARE_OF_PROVINCES, AT_LEAST_ONE],
        milestones=[milestone(value=40), ONE],
    )
    said = {row["locality_id"]: row for row in rows}
    assert {place: row["target_id"] for place, row in said.items()} == {"VN": "T", "01@2025": "T"}
    province = said["01@2025"]
    assert (province["binding_target_id"], province["binding"]) == ("T-L", "national")
    assert (province["verdict"], province["gap_whole_units"]) == (verdict, missing)


def test_a_plan_of_the_province_beats_the_local_form() -> None:
    own = target(
        target_id="OWN",
        locality_id="01@2025",
        counterpart_target_id="T",
        indicator_id="FACILITIES",
    )
    rows = judge(
        [observed(2025, 1, ref_area="01@2025", indicator_id="FACILITIES")],
        localities=PLACES,
        indicators=[indicator(), FACILITIES],
        targets=[SHARE_OF_PROVINCES, AT_LEAST_ONE, own],
        milestones=[milestone(value=40), ONE, milestone(value=2, target_id="OWN")],
    )
    [province] = [row for row in rows if row["locality_id"] == "01@2025"]
    assert (province["binding_target_id"], province["verdict"]) == ("OWN", "not_met")
    assert province["gap_whole_units"] == 1


@pytest.mark.parametrize(
    ("counts", "attainment"), [((1, 1), "met"), ((0, 1), "not_met"), ((0, 2), "not_met")]
)
def test_the_only_authority_of_a_commune_is_a_yes_or_no_and_never_near(
    counts: tuple[int, int], attainment: str
) -> None:
    form = target(target_id="T-L", local_form_of="T", applies_to_levels="commune")
    rows = judge(
        [observed(2025, counts=counts, ref_area=COMMUNES[0])],
        localities=PLACES,
        targets=[target(), form],
        milestones=[milestone(), milestone("=", 100, target_id="T-L")],
    )
    [commune] = [row for row in rows if row["locality_id"] == COMMUNES[0]]
    assert (commune["target_id"], commune["attainment"]) == ("T", attainment)


# Where a target has no object -----------------------------------------------------------------


def test_a_province_without_districts_is_not_asked_about_district_authorities() -> None:
    old = locality("01@2004", valid_to=None)
    district = locality("001@2004", level="district", parent_id="01@2004")
    by_level = "ADMIN_LEVEL.DISTRICT"
    rows = judge(
        [observed(2024, 70, ref_area=place, breakdown=by_level) for place in ("01@2025", "VN")],
        localities=[*PLACES, old, district],
        targets=[
            target(target_id="C", compound_rule="all_parts", indicator_id=None),
            target(target_id="Cd", parent_target_id="C", breakdown=by_level),
            target(target_id="Ce", parent_target_id="C", breakdown="ADMIN_LEVEL.COMMUNE"),
        ],
        milestones=[milestone(target_id="Cd"), milestone(target_id="Ce")],
    )
    reasons = {
        row["locality_id"]: row["verdict_reason"] for row in rows if row["target_id"] == "Cd"
    }
    assert reasons == {"VN": None, "01@2025": "not_applicable", "01@2004": "no_data"}
    totals = {row["locality_id"]: row["parts_total"] for row in rows if row["target_id"] == "C"}
    assert totals == {"VN": 2, "01@2025": 1, "01@2004": 2}


def test_a_locality_is_not_asked_for_what_was_due_before_it_existed() -> None:
    """The councils elected in 2021 were those of the provinces of then."""
    places = [
        locality("01@2004", valid_to=date(2025, 6, 30)),
        locality("01@2025", valid_from=date(2025, 7, 1)),
    ]
    rows = judge(
        [
            observed(year, 70, ref_area=one["locality_id"])
            for one in places
            for year in (2021, 2025)
        ],
        localities=places,
        milestones=[milestone(milestone_year=2021), milestone()],
    )
    assert {(row["locality_id"], row["milestone_year"]): row["verdict_reason"] for row in rows} == {
        ("01@2004", 2021): None,
        ("01@2004", 2025): "locality_abolished",
        ("01@2025", 2021): "not_applicable",
        ("01@2025", 2025): None,
    }


# Once a term ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("election", "expected"),
    [
        (2021, ("not_assessable", "too_old", "met")),
        (2026, ("met", None, "met")),
    ],
)
@pytest.mark.parametrize("as_of_year", [2025, 2026, 2027])
def test_one_election_says_nothing_of_the_next(
    election: int, expected: tuple[Any, ...], as_of_year: int
) -> None:
    rows = judge(
        [observed(election, 40)],
        max(as_of_year, election),
        indicators=[indicator(periodicity="term", publishing_period_years=5)],
        milestones=[milestone(value=35, milestone_year=2026)],
    )
    [row] = rows
    assert (row["verdict"], row["verdict_reason"], row["attainment"]) == expected
