"""The whole method on many series at once."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from indicators.assessment import METHOD_VERSION, AssessmentInputs, assess
from indicators.catalogue import load_catalogue
from indicators.tables import Assessments, Observations, empty
from tests.indicators.example import (
    AS_OF_YEAR,
    Row,
    inputs,
    judge,
    locality,
    milestone,
    observations,
    observed,
)

KEY = ("locality_id", "target_id", "milestone_year", "source_family")
PLACES = [f"{number:04d}@2025" for number in range(300)]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """300 provinces with different years, breaks, gaps and empty denominators."""
    chance = random.Random(7)
    return [
        observed(year, **_some_value(chance), ref_area=place, obs_status=chance.choice("AAAAPB"))
        for place in PLACES
        for year in sorted(chance.sample(range(2017, 2027), chance.randint(0, 8)))
    ]


def _some_value(chance: random.Random) -> dict[str, Any]:
    kind = chance.random()
    if kind < 0.1:
        return {"counts": (0, 0)}
    if kind < 0.4:
        return {"value": Decimal(chance.randint(300, 900)) / 10}
    whole = chance.randint(5, 200)
    return {"counts": (chance.randint(0, whole), whole)}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return {
        "localities": [locality(place) for place in PLACES],
        "milestones": [milestone(), milestone(value=75, milestone_year=2030)],
    }


def test_the_result_is_a_valid_table_sorted_by_its_key(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    result = assess(observations(rows), inputs(**catalogue), AS_OF_YEAR)
    keys = result.select(KEY)
    assert Assessments.validate(result).height == 2 * len(PLACES)
    assert keys.equals(keys.sort(KEY))
    assert not keys.is_duplicated().any()
    assert result["method_version"].unique().to_list() == [METHOD_VERSION]


def test_without_data_every_national_target_of_the_catalogue_is_not_assessable() -> None:
    catalogue = load_catalogue()
    inputs = AssessmentInputs.from_catalogue(catalogue, date(AS_OF_YEAR, 1, 1))
    result = assess(empty(Observations), inputs, AS_OF_YEAR)
    national = catalogue.targets.filter(
        pl.col("locality_id") == "VN", pl.col("local_form_of").is_null()
    )["target_id"]
    at_nation = result.filter(pl.col("locality_id") == "VN")
    assert set(at_nation["target_id"]) == set(national)
    assert set(result["verdict"]) == {"not_assessable"}


def test_every_unassessed_target_says_why_and_no_other_does(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    for row in judge(rows, **catalogue):
        assert (row["verdict"] == "not_assessable") == (row["verdict_reason"] is not None)
        assert (row["pace"] == "none") == (row["pace_reason"] is not None)


def test_one_primary_row_for_each_locality_target_and_milestone(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    twice = rows + [row | {"source_family": "ADMIN"} for row in rows[::2]]
    result = pl.DataFrame(judge(twice, **catalogue))
    primary = result.group_by(KEY[:3]).agg(pl.col("is_primary").sum())["is_primary"]
    assert primary.unique().to_list() == [1]


def test_the_order_of_the_observations_does_not_matter(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    frame = observations(rows)
    in_order = assess(frame, inputs(**catalogue), AS_OF_YEAR)
    shuffled = assess(
        frame.sample(fraction=1, shuffle=True, seed=3), inputs(**catalogue), AS_OF_YEAR
    )
    assert in_order.equals(shuffled)


def test_many_series_at_once_give_what_each_gives_alone(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    """Also guards against Polars expressions that mix up the groups when there are many."""
    together = judge(_numbered(rows), **catalogue)
    for place in PLACES[::20]:
        alone = judge(
            [row for row in _numbered(rows) if row["ref_area"] == place],
            **catalogue | {"localities": [locality(place)]},
        )
        assert alone == [row for row in together if row["locality_id"] == place]


def test_lines_agree_with_a_plain_reading_of_the_rules(
    rows: list[Row], catalogue: dict[str, Any]
) -> None:
    for row in judge(rows, **catalogue):
        horizon = row["milestone_year"] if row["milestone_state"] == "closed" else AS_OF_YEAR
        expected = _read_line([r for r in rows if r["ref_area"] == row["locality_id"]], horizon)
        assert {name: row[name] for name in expected} == expected


def _numbered(rows: list[Row]) -> list[Row]:
    return [row | {"observation_id": f"o:{number}"} for number, row in enumerate(rows)]


def _read_line(rows: list[Row], horizon: int) -> Row:
    """Latest point, base point and count by a loop, as a person would read a table."""
    points: list[Row] = []
    for row in sorted(rows, key=lambda row: row["reference_year"]):
        if row["reference_year"] > horizon:
            break
        if row["obs_status"] == "B":
            points = []
        points.append(row)
    valued = [row for row in points if row["denominator"] != 0]
    bases = sorted(
        (abs(row["reference_year"] - 2020), row["reference_year"], row["obs_value"])
        for row in valued
        if abs(row["reference_year"] - 2020) <= 1
    )
    latest = points[-1] if points else {"reference_year": None, "obs_value": None}
    return {
        "comparable_points": len(valued),
        "latest_year": latest["reference_year"],
        "latest_value": latest["obs_value"],
        "base_year": bases[0][1] if bases else None,
        "base_value": bases[0][2] if bases else None,
    }
