"""Documents that ask for different things of one series."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.assessment import AssessmentInputs
from indicators.catalogue import load_catalogue
from indicators.target_conflicts import target_conflicts
from tests.indicators.example import inputs, locality, milestone, target

Row = dict[str, Any]

PLACES = [locality("VN"), locality("33@2025"), locality("01@2025")]


def conflicts(other: Row, asked: Row, **values: Any) -> list[tuple[str, str, str, str]]:
    """(first, other, where, kind) of T with ≥ 60 % in 2025 beside another document."""
    found = target_conflicts(
        inputs(
            localities=PLACES,
            targets=[target(), target(**{"target_id": "OTHER"} | other)],
            milestones=[milestone(**values), milestone(**{"target_id": "OTHER"} | asked)],
        )
    )
    return list(found.select("target_id", "other_target_id", "locality_id", "kind").iter_rows())


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({}, None),
        ({"value": 65}, "other_number"),
        ({"operator": ">"}, "other_operator"),
        ({"operator": None, "value": None}, "no_number"),
        ({"milestone_year": 2030}, None),
    ],
)
def test_two_national_documents(asked: Row, kind: str | None) -> None:
    assert conflicts({}, asked) == ([("T", "OTHER", "VN", kind)] if kind else [])


@pytest.mark.parametrize(
    ("value", "kind"), [(60, None), (55, "local_weaker"), (65, "local_stricter")]
)
def test_a_plan_beside_the_national_programme(value: int, kind: str | None) -> None:
    found = conflicts({"locality_id": "33@2025"}, {"value": value})
    assert found == ([("T", "OTHER", "33@2025", kind)] if kind else [])


def test_lower_is_stricter_where_the_value_must_fall() -> None:
    asked = {"operator": "<=", "value": Decimal("113.4")}
    [found] = conflicts({"locality_id": "33@2025"}, asked, operator="<=", value=111)
    assert found[3] == "local_weaker"


@pytest.mark.parametrize(
    "other",
    [
        {"sex": "F"},
        {"definition": "OTHER"},
        {"breakdown": "RESIDENCE.URBAN"},
        {"indicator_id": None},
        {"locality_id": "33@2025", "applies_to_levels": "province", "sex": "F"},
    ],
)
def test_documents_on_different_series_do_not_conflict(other: Row) -> None:
    assert conflicts(other, {"value": 65}) == []


def test_a_national_document_conflicts_only_at_levels_that_it_is_for() -> None:
    found = target_conflicts(
        inputs(
            localities=PLACES,
            targets=[
                target(applies_to_levels="national"),
                target(target_id="OTHER", locality_id="33@2025"),
            ],
            milestones=[milestone(), milestone(target_id="OTHER", value=65)],
        )
    )
    assert found.is_empty()


def test_plans_of_different_localities_do_not_meet() -> None:
    found = target_conflicts(
        inputs(
            localities=PLACES,
            targets=[
                target(target_id=name, locality_id=place)
                for name, place in (("A", "33@2025"), ("B", "01@2025"))
            ],
            milestones=[milestone(target_id="A"), milestone(target_id="B", value=65)],
        )
    )
    assert found.is_empty()


def test_the_conflicts_of_the_packaged_catalogue() -> None:
    """Sex ratio at birth: 111 and 109 (Strategy), below 109 (population strategy), about 107
    without a year (Decision 468); two plans ask for more, one for less."""
    judged_by = AssessmentInputs.from_catalogue(load_catalogue(), date(2026, 11, 22))
    said = ("milestone_year", "target_id", "other_target_id", "locality_id", "kind")
    assert list(target_conflicts(judged_by).select(said).iter_rows()) == [
        (2025, "NSGE-1.1e", "HD3239-1.1e", "30@2004", "local_stricter"),
        (2025, "NSGE-4.1", "P468-1", "VN", "no_number"),
        (2030, "NSGE-4.1", "P1679-1", "VN", "other_operator"),
        (2025, "NSGE-4.1", "SLSRB-1", "14@2004", "local_weaker"),
        (2025, "NSGE-6.1", "NT712-6.1", "58@2004", "local_stricter"),
    ]
