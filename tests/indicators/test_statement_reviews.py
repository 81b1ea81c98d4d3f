"""A unit's own status beside the computed verdict, and why they may differ."""

from typing import Any

import polars as pl
import pytest

from indicators.assessment import assess, target_bindings
from indicators.statement_reviews import statement_reviews
from indicators.tables import Statements
from tests.indicators.example import (
    frame,
    inputs,
    locality,
    milestone,
    observations,
    observed,
    succession,
    target,
)

Row = dict[str, Any]


def reviewed(own_status: str | None, rows: list[Row], *, place: str = "VN", **given: Any) -> Row:
    """The review of one statement on T (or ``target_id``) of 2025 (or ``milestone_year``)."""
    said = {
        "submission_id": "s1",
        "sheet": "Đánh giá",
        "sheet_row": 4,
        "ref_area": place,
        "target_id": given.pop("target_id", "T"),
        "milestone_year": given.pop("milestone_year", 2025),
        "own_status": own_status,
    }
    judged_by = inputs(**given)
    figures = observations(rows)
    [review] = statement_reviews(
        frame(Statements, [said]),
        assess(figures, judged_by, 2026),
        figures,
        target_bindings(judged_by),
        judged_by,
    ).to_dicts()
    return review


@pytest.mark.parametrize(
    ("own_status", "value", "verdict"),
    [("met", 70, "met"), ("near", 59, "near"), ("not_met", 30, "not_met")],
)
def test_where_both_say_the_same_nothing_is_asked(
    own_status: str, value: int, verdict: str
) -> None:
    review = reviewed(own_status, [observed(2025, value)])
    assert (review["verdict"], review["agrees"]) == (verdict, True)
    assert review["probable_reason"] is None


def test_a_unit_without_a_status_is_not_compared() -> None:
    review = reviewed(None, [observed(2025, 70)])
    assert (review["verdict"], review["agrees"], review["probable_reason"]) == ("met", None, None)


def test_a_statement_on_something_that_is_not_judged_is_kept() -> None:
    review = reviewed("met", [], target_id="T", place="33@2025")
    assert (review["own_status"], review["verdict"], review["agrees"]) == ("met", None, None)


def test_a_unit_may_name_its_own_plans_code() -> None:
    plan = target(target_id="HY", locality_id="33@2025", counterpart_target_id="T")
    review = reviewed(
        "met",
        [observed(2025, 70, ref_area="33@2025")],
        target_id="HY",
        place="33@2025",
        localities=[locality("VN"), locality("33@2025")],
        targets=[target(), plan],
        milestones=[milestone(), milestone(target_id="HY", value=65)],
    )
    assert (review["target_id"], review["verdict"], review["agrees"]) == ("HY", "met", True)


def test_neither_overwrites_the_other() -> None:
    review = reviewed("met", [observed(2025, 30)])
    assert (review["own_status"], review["verdict"], review["attainment"]) == (
        "met",
        "not_met",
        "not_met",
    )


OLD_AND_NEW = {
    "localities": [locality("VN"), locality("30@2004"), locality("31@2025")],
    "links": [succession("30@2004", "31@2025")],
    "targets": [
        target(),
        target(target_id="HD", locality_id="30@2004", counterpart_target_id="T"),
    ],
}


@pytest.mark.parametrize(
    ("own_status", "rows", "catalogue", "reason"),
    [
        ("met", [observed(2025, "59.6")], {}, "rounding"),
        (
            "met",
            [observed(2025, "70.04")],
            {"milestones": [milestone(">", "70")]},
            "rounding",
        ),
        ("met", [observed(2025, 55), observed(2024, 61)], {}, "other_year"),
        ("not_met", [observed(2025, 61), observed(2024, 55)], {}, "other_year"),
        ("met", [observed(2025, 55), observed(2025, 61, source_family="ADMIN")], {},
         "other_source"),
        ("met", [observed(2025, 55), observed(2025, 61, definition="OTHER")], {},
         "other_definition"),
        ("met", [observed(2025, counts=(50, 100)), observed(2024, counts=(36, 80))], {},
         "other_denominator"),
        ("near", [observed(2025, 61)], {}, "near_band"),
        ("not_met", [observed(2025, "59.5")], {}, "near_band"),
        ("met", [observed(2020, 70)], {}, "other_year"),
        ("met", [], {}, "no_data"),
        ("met", [observed(2025, counts=(0, 0))], {}, "no_data"),
        ("partially_met", [observed(2025, 70)], {}, "partial"),
        ("met", [observed(2025, 30)], {}, "unknown"),
        ("not_met", [observed(2025, 70)], {}, "unknown"),
        ("not_assessable", [observed(2025, 70)], {}, "unknown"),
    ],
)  # fmt: skip
def test_the_probable_reason_is_found_in_the_data(
    own_status: str, rows: list[Row], catalogue: Row, reason: str
) -> None:
    review = reviewed(own_status, rows, **catalogue)
    assert (review["agrees"], review["probable_reason"]) == (False, reason)


def test_a_unit_that_calls_an_open_milestone_unmet_speaks_before_its_time() -> None:
    review = reviewed(
        "not_met",
        [observed(2025, 40)],
        milestone_year=2030,
        milestones=[milestone(milestone_year=2030)],
    )
    assert (review["verdict"], review["probable_reason"]) == ("on_the_way", "before_due")


def test_a_unit_may_have_looked_at_another_document() -> None:
    """The merged city works with 65 %; the unit compared its 62 % with the national 60 %."""
    review = reviewed(
        "met",
        [observed(2025, 62, ref_area="31@2025")],
        place="31@2025",
        milestones=[milestone(), milestone(value=65, target_id="HD")],
        **OLD_AND_NEW,
    )
    assert (review["verdict"], review["probable_reason"]) == ("not_met", "other_target")


def test_many_statements_are_reviewed_each_by_itself() -> None:
    places = [f"{number:02d}@2025" for number in range(1, 41)]
    said = [
        {
            "submission_id": f"s{number}",
            "sheet": "Đánh giá",
            "sheet_row": 4,
            "ref_area": place,
            "target_id": "T",
            "milestone_year": 2025,
            "own_status": "met" if number % 2 else "not_met",
        }
        for number, place in enumerate(places)
    ]
    figures = observations([observed(2025, 70, ref_area=place) for place in places])
    judged_by = inputs(localities=[locality("VN"), *map(locality, places)])
    found = statement_reviews(
        frame(Statements, said),
        assess(figures, judged_by, 2026),
        figures,
        target_bindings(judged_by),
        judged_by,
    )
    assert found.height == 40
    assert found["agrees"].sum() == 20
    assert found.filter(~pl.col("agrees"))["probable_reason"].unique().to_list() == ["unknown"]
