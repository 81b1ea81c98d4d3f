"""Every document that could set a locality's number, and the one that does."""

from collections import Counter
from datetime import date
from typing import Any

import polars as pl
import pytest

from indicators.assessment import AssessmentInputs, assess, target_bindings
from indicators.assessment.bindings import TASK_KEY
from indicators.catalogue import Catalogue, load_catalogue
from indicators.tables import Observations, empty
from tests.indicators.example import (
    indicator,
    inputs,
    judge,
    locality,
    milestone,
    succession,
    target,
)

Row = dict[str, Any]

HAI_DUONG, HAI_PHONG_OLD, HAI_PHONG = "30@2004", "31@2004", "31@2025"
PLACES = [locality(name) for name in ("VN", HAI_DUONG, HAI_PHONG_OLD, HAI_PHONG)]
MERGER = [succession(HAI_DUONG, HAI_PHONG), succession(HAI_PHONG_OLD, HAI_PHONG)]
PLAN = target(target_id="HD", locality_id=HAI_DUONG, counterpart_target_id="T")
OTHER_PLAN = target(target_id="HP", locality_id=HAI_PHONG_OLD, counterpart_target_id="T")


def documents(place: str, **catalogue: Any) -> list[tuple[Any, ...]]:
    """(document, whose, binding, value, works) of T at a place, the working one first."""
    found = target_bindings(inputs(**{"localities": PLACES, "links": MERGER} | catalogue))
    columns = ("binding_target_id", "plan_locality_id", "binding", "target_value", "works")
    at_place = found.filter(pl.col("locality_id") == place)
    return list(at_place.select(columns).iter_rows())


def test_a_merged_locality_shows_each_predecessors_target_and_works_with_the_stricter() -> None:
    found = documents(
        HAI_PHONG,
        targets=[target(), PLAN, OTHER_PLAN],
        milestones=[
            milestone(),
            milestone(value=65, target_id="HD"),
            milestone(value=62, target_id="HP"),
        ],
    )
    assert found == [
        ("HD", HAI_DUONG, "inherited", 65, True),
        ("HP", HAI_PHONG_OLD, "inherited", 62, False),
        ("T", "VN", "national", 60, False),
    ]


def test_where_one_predecessor_had_no_plan_the_national_value_competes() -> None:
    found = documents(
        HAI_PHONG,
        targets=[target(), PLAN],
        milestones=[milestone(), milestone(value=55, target_id="HD")],
    )
    assert found == [
        ("T", "VN", "national", 60, True),
        ("HD", HAI_DUONG, "inherited", 55, False),
    ]


def test_a_place_without_local_documents_has_no_rows() -> None:
    assert documents(HAI_PHONG, targets=[target()], milestones=[milestone()]) == []


def test_a_plan_that_has_ended_is_no_candidate() -> None:
    found = documents(
        HAI_DUONG,
        targets=[target(), PLAN | {"valid_to_year": 2025}],
        milestones=[
            milestone(milestone_year=2030),
            milestone(value=65, target_id="HD", milestone_year=2030),
        ],
    )
    assert found == []


def test_a_newer_plan_of_the_same_unit_replaces_the_older_even_if_weaker() -> None:
    """Hà Nội kept its borders in 2025; what its new plan says is what counts now."""
    old, new = (
        target(target_id=name, locality_id=place, counterpart_target_id="T")
        for name, place in (("OLD", "01@2004"), ("NEW", "01@2025"))
    )
    found = documents(
        "01@2025",
        localities=[locality("VN"), locality("01@2004"), locality("01@2025")],
        links=[succession("01@2004", "01@2025", "unchanged")],
        targets=[target(), old, new],
        milestones=[
            milestone(),
            milestone(value=70, target_id="OLD"),
            milestone(value=65, target_id="NEW"),
        ],
    )
    assert [(row[0], row[2], row[4]) for row in found] == [
        ("NEW", "own", True),
        ("OLD", "own", False),
        ("T", "national", False),
    ]


CHAIN = [
    succession("A@2003", "B@2004") | {"effective_date": date(2008, 8, 1)},
    succession("A2@2003", "B@2004") | {"effective_date": date(2008, 8, 1)},
    succession("B@2004", "C@2025"),
]
CHAIN_PLACES = [locality(name) for name in ("VN", "A@2003", "A2@2003", "B@2004", "C@2025")]


@pytest.mark.parametrize(
    ("plans", "working"),
    [
        ({"A@2003": 70}, ("inherited", 70)),
        ({"A@2003": 70, "B@2004": 50}, ("inherited", 50)),
        ({"A@2003": 70, "C@2025": 40}, ("own", 40)),
    ],
)
def test_targets_are_inherited_over_a_chain_of_mergers_the_nearest_plan_counts(
    plans: dict[str, int], working: tuple[str, int]
) -> None:
    own = [
        target(target_id=f"P{place}", locality_id=place, counterpart_target_id="T")
        for place in plans
    ]
    rows = judge(
        [],
        localities=[place | {"valid_to": None} for place in CHAIN_PLACES],
        links=CHAIN,
        targets=[target(), *own],
        milestones=[
            milestone(value=30),
            *(milestone(value=value, target_id=f"P{place}") for place, value in plans.items()),
        ],
    )
    [row] = [row for row in rows if row["locality_id"] == "C@2025"]
    assert (row["binding"], row["target_value"]) == working


def test_a_commune_inherits_from_the_communes_that_went_into_it_whole_not_from_parts() -> None:
    places = [
        locality("VN"),
        *(locality(name, level="commune") for name in ("1@2004", "2@2004", "9@2025")),
    ]
    plans = [
        target(target_id=f"P{n}", locality_id=f"{n}@2004", counterpart_target_id="T")
        for n in (1, 2)
    ]
    found = documents(
        "9@2025",
        localities=places,
        links=[succession("1@2004", "9@2025", "whole"), succession("2@2004", "9@2025", "part")],
        targets=[target(applies_to_levels="national;commune"), *plans],
        milestones=[
            milestone(),
            milestone(value=65, target_id="P1"),
            milestone(value=90, target_id="P2"),
        ],
    )
    assert [(row[0], row[2], row[4]) for row in found] == [
        ("P1", "inherited", True),
        ("T", "national", False),
    ]


def test_a_document_on_another_series_is_marked_as_not_comparable() -> None:
    found = target_bindings(
        inputs(
            localities=PLACES,
            links=MERGER,
            indicators=[indicator(), indicator(indicator_id="COUNT", formula_kind="count")],
            targets=[target(), PLAN | {"indicator_id": "COUNT"}],
            milestones=[milestone(), milestone(value=1, target_id="HD")],
        )
    )
    at_place = found.filter(pl.col("locality_id") == HAI_DUONG)
    assert list(at_place.select("binding_target_id", "is_same_series").iter_rows()) == [
        ("HD", True),
        ("T", False),
    ]


# The packaged catalogue -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def judged_by(catalogue: Catalogue) -> AssessmentInputs:
    return AssessmentInputs.from_catalogue(catalogue, date(2026, 11, 22))


@pytest.fixture(scope="module")
def verdicts(judged_by: AssessmentInputs) -> pl.DataFrame:
    return assess(empty(Observations), judged_by, 2026)


def test_the_table_agrees_with_what_is_judged(
    judged_by: AssessmentInputs, verdicts: pl.DataFrame
) -> None:
    bindings = target_bindings(judged_by)
    same = (*TASK_KEY, "binding_target_id", "binding", "operator", "target_value")
    working = bindings.filter("works")
    assert not working.select(TASK_KEY).is_duplicated().any()
    assert working.join(verdicts, on=same, how="anti", nulls_equal=True).is_empty()
    assert bindings.join(working, on=TASK_KEY, how="anti").is_empty()
    plans = verdicts.filter(
        pl.col("binding_target_id") != pl.col("target_id"),
        pl.col("programme_id") != "NQ28-2021",
    )
    assert plans.join(working, on=TASK_KEY, how="anti").is_empty()


def test_hai_phong_works_with_hai_duongs_number_for_its_communes(
    judged_by: AssessmentInputs,
) -> None:
    found = target_bindings(judged_by).filter(
        pl.col("locality_id") == HAI_PHONG,
        pl.col("target_id") == "NSGE-1.1e",
        pl.col("milestone_year") == 2025,
    )
    said = ("binding_target_id", "binding", "target_value", "works")
    assert list(found.select(said).iter_rows()) == [
        ("HD3239-1.1e", "inherited", 65, True),
        ("NSGE-1.1e", "national", 60, False),
    ]


def test_every_number_of_the_catalogue_is_judged_somewhere(
    catalogue: Catalogue, judged_by: AssessmentInputs, verdicts: pl.DataFrame
) -> None:
    """In each milestone: by a verdict, as a candidate beside a stricter one, or by figures that
    communes and districts send."""
    numbers = catalogue.target_milestones.filter(pl.col("target_value").is_not_null())
    key = ["binding_target_id", "milestone_year"]
    shown = pl.concat([verdicts.select(key), target_bindings(judged_by).select(key)]).unique()
    numbered = numbers.select("milestone_year", binding_target_id="target_id")
    nowhere = numbered.join(shown, on=key, how="anti")["binding_target_id"]
    assert set(nowhere) == {"NSGE-1.1L", "NSGE-6.3L"}  # only where a commune reports


def test_what_is_judged_where(verdicts: pl.DataFrame) -> None:
    """How many of the 20 + other targets stand at each kind of place, without any figures."""
    levels = load_catalogue().localities.select("locality_id", "level", "geo_version")
    found = verdicts.select("locality_id", "target_id").unique().join(levels, on="locality_id")
    national = [row["target_id"] for row in found.to_dicts() if row["locality_id"] == "VN"]
    hung_yen = {row["target_id"] for row in found.to_dicts() if row["locality_id"] == "33@2025"}
    only_national = set(national) - hung_yen
    assert Counter(name.split("-")[0] for name in national) == NATIONAL_COUNTS
    assert only_national == ONLY_NATIONAL
    below = found.filter(pl.col("level").is_in(["district", "commune"]))
    assert set(below.select("locality_id", "target_id").iter_rows()) == {
        ("004@2004", "LB439-ALL"),
        ("045@2004", "NSGE-1.1"),
        ("10729@2025", "P2232-2"),
    }


NATIONAL_COUNTS = {
    "NSGE": 31,  # 20 targets, 5 levels of 1.1 and 3 × 2 parts
    "P2232": 2,
    "P1790": 5,
    "P2282": 4,
    "P1898": 3,
    "P468": 1,
    "P1679": 1,
    "P841": 2,
    "ELEC": 4,
}
ONLY_NATIONAL = {
    *("NSGE-1.1a", "NSGE-1.1b", "NSGE-1.1c", "NSGE-3.1", "NSGE-4.2", "NSGE-5.1"),
    *("P1790-3", "P468-1", "P1679-1", "P841-27", "P841-28", "ELEC-1", "ELEC-3", "ELEC-4"),
}
