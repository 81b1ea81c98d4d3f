"""Values from the level below, beside what the unit itself reported."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.indicators.aggregation_example import COUNT, RATE, Made, count, make, rate, share
from tests.indicators.example import Row, indicator, locality, succession

OLD = {"valid_to": date(2025, 6, 30)}
REGION, A, B = "RRD@2004", "01@2004", "02@2004"
COUNTRY = [
    locality("VN"),
    locality(REGION, level="region", parent_id="VN", valid_to=date(2025, 10, 4)),
    *(locality(name, parent_id="VN", region_id=REGION) for name in (A, B)),
    *(locality(f"D{n}@2004", level="district", parent_id=A, **OLD) for n in "12"),
    *(locality(f"C{n}@2004", level="commune", parent_id="D1@2004", **OLD) for n in "12"),
]
# The map ended that day, whoever else was merged.
ELSEWHERE = [succession("98@2004", "99@2025")]
# After the merger: the two provinces are one, each commune lies where it lay.
MERGED, NEW_REGION = "01@2025", "RRD@2025"
TODAY = [
    *COUNTRY,
    locality(NEW_REGION, level="region", parent_id="VN"),
    locality(MERGED, parent_id="VN", region_id=NEW_REGION, valid_from=date(2025, 7, 1)),
    locality("D3@2004", level="district", parent_id=B, **OLD),
    locality("C3@2004", level="commune", parent_id="D3@2004", **OLD),
    *(locality(f"C{n}@2025", level="commune", parent_id=MERGED) for n in "13"),
]
MERGER = [
    succession(A, MERGED),
    succession(B, MERGED),
    succession("C1@2004", "C1@2025", "whole"),
    succession("C2@2004", "C1@2025", "whole"),
    succession("C3@2004", "C3@2025", "whole"),
]


def rolled(rows: list[Row], **catalogue: Any) -> Made:
    return make(rows, **{"links": ELSEWHERE, "localities": COUNTRY} | catalogue)


def values(made: Made) -> dict[str, Any]:
    """What was made, by place."""
    return {row["ref_area"]: row["obs_value"] for row in made.rows}


def test_counts_climb_from_communes_to_the_nation_level_by_level() -> None:
    rows = [count(3, "C1@2004"), count(4, "C2@2004"), count(10, "D2@2004"), count(100, B)]
    made = rolled(rows)
    assert values(made) == {"D1@2004": 7, A: 17, REGION: 117, "VN": 117}
    assert {row["origin"] for row in made.rows} == {"rolled_up"}
    assert {row["ref_area"]: row["level_from"] for row in made.roll_ups} == {
        "D1@2004": "commune",
        A: "district",
        REGION: "province",
        "VN": "province",
    }


def test_rates_climb_by_their_counts_never_as_means() -> None:
    made = rolled([share(10, 100, A), share(150, 300, B)])
    assert values(made) == {REGION: 40, "VN": 40}


def test_rates_without_counts_climb_by_their_weight() -> None:
    made = rolled([rate(10, A), rate(50, B), count(100, A), count(300, B)])
    row = made.of("VN")
    assert (row["obs_value"], row["origin"], row["obs_status"]) == (40, "rolled_up", "E")


def test_the_parts_of_a_rolled_up_value_are_those_of_the_level_directly_below() -> None:
    made = rolled([count(3, "C1@2004"), count(4, "C2@2004"), count(10, "D2@2004")])
    made_of_d1 = made.of("D1@2004", "COUNT")["observation_id"]
    of_a = made.of(A, "COUNT")["observation_id"]
    parts = {(part["observation_id"], part["part_observation_id"]) for part in made.parts}
    assert {part for whole, part in parts if whole == of_a} == {made_of_d1, "o:2"}


def test_a_report_stands_and_the_difference_is_listed() -> None:
    made = rolled([count(3, A), count(4, B), count(9, REGION), count(7, "VN")])
    assert made.rows == []
    listed = {row["ref_area"]: row for row in made.roll_ups}
    of_region = listed[REGION]
    assert (of_region["rolled_value"], of_region["reported_value"]) == (7, 9)
    assert (of_region["difference"], of_region["is_beyond_rounding"]) == (2, True)
    assert of_region["reported_observation_id"] == "o:2"
    assert (listed["VN"]["difference"], listed["VN"]["is_beyond_rounding"]) == (0, False)


@pytest.mark.parametrize("made_up", [A, REGION, None])
def test_a_comparison_is_as_made_up_as_its_parts_or_its_report(made_up: str | None) -> None:
    rows = [count(3, A), count(4, B), count(9, REGION)]
    marked = [row | {"is_synthetic": row["ref_area"] == made_up} for row in rows]
    [listed] = [row for row in rolled(marked).roll_ups if row["ref_area"] == REGION]
    assert listed["is_synthetic"] is (made_up is not None)


def test_the_level_above_rests_on_what_a_unit_reported_not_on_its_own_parts() -> None:
    rows = [count(3, "D1@2004"), count(4, "D2@2004"), count(50, A), count(100, B)]
    assert values(rolled(rows)) == {REGION: 150, "VN": 150}


@pytest.mark.parametrize(
    ("reported", "beyond"), [("40.05", False), ("39.95", False), ("40.06", True)]
)
def test_a_reported_rate_may_differ_by_its_own_rounding(reported: str, beyond: bool) -> None:
    """One decimal is printed: 40,0 stands for anything from 39,95 to 40,05."""
    own = share(1, 1, "VN") | {"numerator": None, "denominator": None}
    rows = [share(10, 100, A), share(150, 300, B), own | {"obs_value": Decimal(reported)}]
    [listed] = [row for row in rolled(rows).roll_ups if row["ref_area"] == "VN"]
    assert listed["is_beyond_rounding"] is beyond


def test_rounded_parts_may_add_up_to_a_little_more_than_the_rounded_whole() -> None:
    """Thousands with one decimal: two parts and the whole, half a digit each."""
    in_thousands = COUNT | {"decimals": 1, "unit_measure": "THOUSAND_PERSONS"}
    for reported, beyond in (("7.15", False), ("7.16", True)):
        rows = [count(3, A), count(4, B), count(reported, "VN")]
        made = rolled(rows, indicators=[in_thousands])
        [listed] = [row for row in made.roll_ups if row["ref_area"] == "VN"]
        assert listed["is_beyond_rounding"] is beyond


def test_an_incomplete_count_climbs_no_further() -> None:
    made = rolled([count(3, "C1@2004"), count(100, B)])
    assert values(made) == {}
    assert made.reasons() == [
        ("D1@2004", "missing_part"),
        (REGION, "missing_part"),
        ("VN", "missing_part"),
    ]


def test_coverage_is_that_of_the_parts_of_the_parts() -> None:
    """9 of 10 communes in one of two districts: 95 % of the province."""
    places = [
        locality("01@2004"),
        *(locality(f"D{n}@2004", level="district", parent_id="01@2004", **OLD) for n in "12"),
        *(locality(f"C{n}@2004", level="commune", parent_id="D1@2004", **OLD) for n in range(10)),
    ]
    rows = [*(share(1, 2, f"C{n}@2004") for n in range(9)), share(1, 2, "D2@2004")]
    made = make(rows, ELSEWHERE, localities=places)
    assert {row["ref_area"]: row["coverage"] for row in made.rows} == {
        "D1@2004": 0.9,
        "01@2004": 0.95,
    }


def test_coverage_of_partly_covered_parts_goes_by_their_weight() -> None:
    """The district with 9 of 10 communes has 900 of 1.000 people: 91 % of the province."""
    places = [
        locality("01@2004"),
        *(locality(f"D{n}@2004", level="district", parent_id="01@2004", **OLD) for n in "12"),
        *(locality(f"C{n}@2004", level="commune", parent_id="D1@2004", **OLD) for n in range(10)),
    ]
    communes = [share(1, 2, f"C{n}@2004", indicator_id="RATE") for n in range(9)]
    rows = [*communes, share(1, 2, "D2@2004", indicator_id="RATE")]
    people = [count(900, "D1@2004"), count(100, "D2@2004")]
    row = make([*rows, *people], ELSEWHERE, localities=places).of("01@2004")
    assert (row["coverage"], row["numerator"], row["denominator"]) == (0.91, 10, 20)


def test_bodies_of_no_named_level_do_not_climb() -> None:
    """A province's departments are in none of its communes."""
    bodies = indicator(denominator_kind="bodies")
    rows = [share(1, 10, A), share(2, 10, B)]
    made = rolled(rows, indicators=[bodies])
    assert (made.rows, made.reasons()) == ([], [(REGION, "not_additive"), ("VN", "not_additive")])


def test_bodies_of_a_named_level_climb() -> None:
    """Which communes are led by a woman: yes or no in each, a share in the district."""
    bodies = indicator(denominator_kind="bodies")
    rows = [
        share(number, 1, place, breakdown="ADMIN_LEVEL.COMMUNE")
        for number, place in ((1, "C1@2004"), (0, "C2@2004"))
    ]
    made = rolled(rows, indicators=[bodies])
    row = made.of("D1@2004", "SHARE")
    assert (row["numerator"], row["denominator"], row["obs_value"]) == (1, 2, 50)


def test_indicators_that_do_not_add_up_do_not_climb() -> None:
    made = rolled([share(1, 10, A), share(2, 10, B)], indicators=[indicator(aggregation="none")])
    assert made.rows == []
    assert {reason for _, reason in made.reasons()} == {"not_additive"}


@pytest.mark.parametrize("hidden", [0, 3])
def test_a_confidential_part_makes_the_sum_confidential_and_nothing_is_compared(
    hidden: int,
) -> None:
    """reported − rolled would tell the hidden count; so would a free sum of hidden parts."""
    rows = [count(3, A), count(4, B), count(2, "D1@2004"), count(9, REGION)]
    rows[hidden] |= {"conf_status": "C"}
    made = rolled(rows)
    assert REGION not in {row["ref_area"] for row in made.roll_ups}
    if hidden == 0:
        assert made.of("VN", "COUNT")["conf_status"] == "C"
        assert made.roll_ups == []


# Two maps -------------------------------------------------------------------------------------


def today(rows: list[Row], **catalogue: Any) -> Made:
    return make(rows, MERGER, **{"localities": TODAY} | catalogue)


def in_2025(row: Row) -> Row:
    return row | {"time_period": "2025", "reference_year": 2025}


def test_new_communes_are_asked_for_on_both_maps_after_the_merger() -> None:
    made = today([in_2025(count(3, "C1@2025")), in_2025(count(4, "C3@2025"))])
    assert values(made) == {A: 3, B: 4, MERGED: 7, REGION: 7, NEW_REGION: 7, "VN": 7}


def test_before_the_merger_the_old_province_comes_from_the_old_map_only() -> None:
    made = today([count(3, "C1@2025"), count(4, "C3@2025")])
    assert values(made) == {MERGED: 7, NEW_REGION: 7, "VN": 7}


def test_the_nation_is_counted_on_one_map_never_on_both() -> None:
    """Old provinces and the province made of them stand for the same people."""
    made = today([count(3, A), count(4, B)])
    assert values(made) == {MERGED: 7, REGION: 7, NEW_REGION: 7, "VN": 7}
    nation = made.of("VN", "COUNT")["observation_id"]
    assert [part["part_observation_id"] for part in made.parts if part["observation_id"] == nation]
    assert {
        part["part_observation_id"] for part in made.parts if part["observation_id"] == nation
    } == {
        "o:0",
        "o:1",
    }


def test_the_nation_of_a_later_year_is_counted_on_the_map_of_that_year() -> None:
    made = today([in_2025(count(3, A)), in_2025(count(4, B))])
    nation = made.of("VN", "COUNT")["observation_id"]
    [part] = [p["part_observation_id"] for p in made.parts if p["observation_id"] == nation]
    assert part == made.of(MERGED, "COUNT")["observation_id"]


def test_the_map_that_covers_more_is_taken() -> None:
    """For 2024 one old province is missing; the merged one reported itself."""
    made = today([count(3, A), count(8, MERGED)])
    assert made.of("VN", "COUNT")["obs_value"] == 8


def test_a_province_is_rebuilt_from_its_predecessors_before_it_is_rolled_up() -> None:
    rows = [count(3, A), count(4, B), count(100, "C1@2025"), count(200, "C3@2025")]
    made = today(rows)
    row = made.of(MERGED, "COUNT")
    assert (row["obs_value"], row["origin"]) == (7, "aggregated")
    assert MERGED not in {row["ref_area"] for row in made.roll_ups}  # it reported nothing itself


def test_what_its_old_identity_reported_is_the_units_own() -> None:
    """Hà Nội kept its borders: what 01@2004 reported stands beside the communes of 01@2025."""
    links = [succession(A, MERGED, "unchanged")]
    made = make([count(7, A), count(5, "C1@2025"), count(4, "C3@2025")], links, localities=TODAY)
    [listed] = [row for row in made.roll_ups if row["ref_area"] == MERGED]
    assert (listed["reported_value"], listed["rolled_value"], listed["difference"]) == (7, 9, -2)


def test_a_unit_of_before_2008_is_not_counted_beside_its_successor() -> None:
    """Hà Nội of 2007 stands with the unchanged provinces, Hà Nội of 2008 in its place."""
    until_2008, from_2008 = {"valid_to": date(2008, 7, 31)}, {"valid_from": date(2008, 8, 1)}
    places = [
        locality("VN"),
        locality("01@2003", **until_2008),
        locality("28@2003", **until_2008),
        locality("01@2004", **from_2008),
        locality("33@2004"),
    ]
    in_2008 = {"effective_date": date(2008, 8, 1)}
    links = [succession(old, "01@2004", "whole") | in_2008 for old in ("01@2003", "28@2003")]
    rows = [
        row | {"time_period": "2007", "reference_year": 2007}
        for row in (count(3, "01@2003"), count(2, "28@2003"), count(10, "33@2004"))
    ]
    made = make(rows, links, localities=places)
    assert values(made) == {"01@2004": 5, "VN": 15}
    nation = made.of("VN", "COUNT")["observation_id"]
    assert {
        part["part_observation_id"] for part in made.parts if part["observation_id"] == nation
    } == {"o:0", "o:1", "o:2"}


def test_a_weight_of_another_map_is_not_taken() -> None:
    """The rates are on the old map, the counts on the new one."""
    made = today([rate(10, A), rate(50, B), count(400, MERGED)], indicators=[RATE, COUNT])
    assert (MERGED, "weight_missing") in made.reasons()
