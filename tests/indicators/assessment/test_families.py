"""Several source families for one target."""

import pytest

from tests.indicators.example import Row, indicator, judge, locality, milestone, observed


def families(rows: list[Row], **catalogue: object) -> dict[str, Row]:
    return {row["source_family"]: row for row in judge(rows, **catalogue)}


def test_each_family_is_assessed_on_its_own_and_the_preferred_one_is_shown() -> None:
    result = families([observed(2025, 55), observed(2025, 70, source_family="ADMIN")])
    assert {name: row["verdict"] for name, row in result.items()} == {
        "SURVEY": "not_met",
        "ADMIN": "met",
    }
    assert {name: row["is_primary"] for name, row in result.items()} == {
        "SURVEY": True,
        "ADMIN": False,
    }


def test_the_order_of_preference_is_the_indicators() -> None:
    result = families(
        [observed(2025, 55), observed(2025, 70, source_family="ADMIN")],
        indicators=[indicator(source_families="ADMIN;SURVEY")],
    )
    assert result["ADMIN"]["is_primary"]


def test_a_family_that_cannot_be_assessed_gives_way() -> None:
    result = families([observed(2015, 55), observed(2025, 70, source_family="ADMIN")])
    assert result["SURVEY"]["verdict_reason"] == "too_old"
    assert result["ADMIN"]["is_primary"]


def test_in_an_abolished_locality_a_family_with_a_value_is_shown() -> None:
    old = {"ref_area": "34@2004"}
    result = families(
        [
            observed(2024, counts=(0, 0)) | old,
            observed(2024, 70, source_family="ADMIN") | old,
        ],
        localities=[locality("34@2004")],
    )
    assert result["ADMIN"]["is_primary"]


def test_a_family_that_the_catalogue_does_not_list_comes_last() -> None:
    result = families(
        [observed(2025, 55, source_family="CENSUS"), observed(2025, 70, source_family="ADMIN")]
    )
    assert result["ADMIN"]["is_primary"]


@pytest.mark.parametrize(
    ("year", "value", "conflict"),
    [
        (2024, "110.7", True),
        (2023, "110.7", True),
        (2022, "110.7", False),
        (2024, "111.2", False),
    ],
)
def test_families_across_the_line_in_the_same_or_an_adjacent_year_conflict(
    year: int, value: str, *, conflict: bool
) -> None:
    """In 2024 civil registration stood below 111 boys per 100 girls, the survey above."""
    result = families(
        [observed(2024, "111.4"), observed(year, value, source_family="REGISTRATION")],
        milestones=[milestone("<=", 111, milestone_year=2030)],
    )
    assert [row["has_source_conflict"] for row in result.values()] == [conflict, conflict]
