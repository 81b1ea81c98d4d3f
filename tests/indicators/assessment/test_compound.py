"""Compound targets follow from their parts."""

from datetime import date
from typing import Any

import pytest

from tests.indicators.example import judge, locality, milestone, observed, target

Row = dict[str, Any]

VALUES = {"met": 70, "near": "59.5", "unmet": 30, "missing": None}


def compound(
    parts: list[str], *, year: int = 2025, as_of_year: int = 2026, place: str = "VN", **part: Any
) -> Row:
    """The compound row of C at a place, with one part per word of ``VALUES``."""
    names = [f"C{letter}" for letter, _ in zip("abcdef", parts, strict=False)]
    rows = [
        observed(year - 1, VALUES[word], sex=name, ref_area=place)
        for name, word in zip(names, parts, strict=True)
    ]
    targets = [target(target_id="C", compound_rule="all_parts", indicator_id=None)] + [
        target(target_id=name, parent_target_id="C", sex=name) | part for name in names
    ]
    assessed = judge(
        rows,
        as_of_year,
        targets=targets,
        milestones=[milestone(target_id=name, milestone_year=year) for name in names],
        localities=[locality(place)],
    )
    [row] = [row for row in assessed if row["target_id"] == "C"]
    return row


@pytest.mark.parametrize(
    ("parts", "verdict", "reason"),
    [
        (["met", "met"], "met", None),
        (["met", "unmet"], "partially_met", None),
        (["met", "near"], "partially_met", None),
        (["unmet", "unmet"], "not_met", None),
        (["near", "near"], "not_met", None),
        (["met", "unmet", "missing"], "partially_met", None),
        (["met", "missing"], "not_assessable", "part_missing"),
        (["unmet", "missing"], "not_assessable", "part_missing"),
        (["missing", "missing"], "not_assessable", "no_data"),
    ],
)
def test_a_closed_compound(parts: list[str], verdict: str, reason: str | None) -> None:
    row = compound(parts)
    assert (row["verdict"], row["verdict_reason"]) == (verdict, reason)
    assert row["attainment"] == verdict
    assert (row["parts_total"], row["parts_met"]) == (len(parts), parts.count("met"))


@pytest.mark.parametrize(
    ("parts", "verdict", "attainment"),
    [
        (["met", "met"], "met", "met"),
        (["met", "unmet"], "partially_met", "partially_met"),
        (["unmet", "unmet"], "on_the_way", "not_met"),
        (["near", "unmet"], "on_the_way", "not_met"),
    ],
)
def test_an_open_compound_is_never_unmet(parts: list[str], verdict: str, attainment: str) -> None:
    row = compound(parts, year=2030, as_of_year=2029)
    assert (row["verdict"], row["attainment"]) == (verdict, attainment)


def test_the_row_says_that_it_rests_on_parts() -> None:
    row = compound(["met", "unmet"])
    assert (row["source_family"], row["basis"], row["is_primary"]) == ("_Z", "parts", True)
    assert (row["pace"], row["pace_reason"], row["binding"]) == ("none", "compound", "own")
    assert (row["latest_value"], row["gap"], row["is_provisional"]) == (None, None, True)


def test_parts_without_a_number_leave_a_compound_without_a_number() -> None:
    assert compound(["met"], indicator_id=None)["verdict_reason"] == "no_target_number"


def test_in_an_abolished_locality_no_part_is_in_scope() -> None:
    row = compound(["met", "met"], place="34@2004")
    assert (row["verdict"], row["verdict_reason"]) == ("not_assessable", "locality_abolished")
    assert (row["parts_total"], row["attainment"]) == (0, "met")


def test_where_no_part_applies_the_compound_does_not_apply_either() -> None:
    rows = judge(
        [observed(2025, 70, ref_area="33@2025")],
        targets=[
            target(target_id="C", compound_rule="all_parts", indicator_id=None),
            target(target_id="Ca", parent_target_id="C"),
        ],
        milestones=[milestone(target_id="Ca", milestone_year=2021)],
        localities=[locality("33@2025", valid_from=date(2025, 7, 1))],
    )
    [row] = [row for row in rows if row["target_id"] == "C"]
    assert (row["verdict"], row["verdict_reason"]) == ("not_assessable", "not_applicable")
    assert (row["parts_total"], row["attainment"]) == (0, "not_assessable")


def test_parts_that_do_not_apply_at_a_level_are_left_out() -> None:
    targets = [
        target(target_id="C", compound_rule="all_parts", indicator_id=None),
        target(target_id="Ca", parent_target_id="C", applies_to_levels="national"),
        target(target_id="Cb", parent_target_id="C"),
    ]
    rows = judge(
        [observed(2025, 70, ref_area="33@2025")],
        targets=targets,
        milestones=[milestone(target_id="Ca"), milestone(target_id="Cb")],
        localities=[locality("VN"), locality("33@2025")],
    )
    totals = {row["locality_id"]: row["parts_total"] for row in rows if row["target_id"] == "C"}
    assert totals == {"VN": 2, "33@2025": 1}


def test_a_plan_that_sets_one_number_for_the_whole_is_judged_on_it() -> None:
    targets = [
        target(target_id="C", compound_rule="all_parts", indicator_id=None),
        target(target_id="Ca", parent_target_id="C", sex="F"),
        target(target_id="ND", locality_id="33@2025", counterpart_target_id="C"),
    ]
    rows = judge(
        [observed(2025, 70, ref_area="33@2025"), observed(2025, 10, ref_area="33@2025", sex="F")],
        targets=targets,
        milestones=[milestone(target_id="Ca"), milestone(target_id="ND", value=65)],
        localities=[locality("VN"), locality("33@2025")],
    )
    [row] = [row for row in rows if (row["locality_id"], row["target_id"]) == ("33@2025", "C")]
    assert (row["binding_target_id"], row["verdict"], row["parts_total"]) == ("ND", "met", None)


def test_only_the_primary_source_of_a_part_counts() -> None:
    targets = [
        target(target_id="C", compound_rule="all_parts", indicator_id=None),
        target(target_id="Ca", parent_target_id="C"),
    ]
    rows = judge(
        [observed(2025, 70), observed(2025, 10, source_family="ADMIN")],
        targets=targets,
        milestones=[milestone(target_id="Ca")],
    )
    [row] = [row for row in rows if row["target_id"] == "C"]
    assert (row["verdict"], row["parts_total"], row["has_source_conflict"]) == ("met", 1, True)
