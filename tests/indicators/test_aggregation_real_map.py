"""The real map: every commune counted once on its way up, on both geographies."""

from functools import cache

import polars as pl
import pytest

from indicators.aggregation import AggregationInputs, Derived, derive_values
from indicators.catalogue import load_catalogue
from tests.indicators.aggregation_example import count
from tests.indicators.example import Row, observations

ISLAND_DISTRICTS = ["318@2004", "471@2004", "498@2004", "536@2004", "755@2004"]


@cache
def _derived(year: int) -> Derived:
    """One case of domestic violence in every commune of that year's map."""
    catalogue = load_catalogue()
    version = "2004" if year < 2025 else "2025"
    communes = catalogue.localities.filter(
        pl.col("level") == "commune", pl.col("geo_version") == version
    )["locality_id"].to_list()
    places = communes + (ISLAND_DISTRICTS if year < 2025 else [])
    return derive_values(
        observations([_case(place, year) for place in places]),
        AggregationInputs.from_catalogue(catalogue),
    )


def _case(place: str, year: int) -> Row:
    return count(
        1,
        place,
        indicator_id="DOMESTIC_VIOLENCE_CASES",
        unit_measure="COUNT",
        source_family="ADMIN",
        time_period=str(year),
        reference_year=year,
    )


def _of(derived: Derived, level: str, version: str) -> pl.Series:
    places = load_catalogue().localities.filter(
        pl.col("level") == level, pl.col("geo_version") == version
    )
    found = places.join(derived.observations, left_on="locality_id", right_on="ref_area")
    return found["obs_value"]


@pytest.mark.parametrize(
    ("level", "version", "units"),
    [
        ("province", "2025", 34),
        ("province", "2004", 63),
        ("region", "2025", 6),
        ("region", "2004", 6),
    ],
)
def test_the_new_communes_are_counted_once_on_both_maps(
    level: str, version: str, units: int
) -> None:
    values = _of(_derived(2025), level, version)
    assert (values.len(), values.sum()) == (units, 3_321)


@pytest.mark.parametrize(
    ("level", "version", "units"),
    [
        ("province", "2004", 63),
        ("province", "2025", 34),
        ("region", "2004", 6),
        ("region", "2025", 6),
    ],
)
def test_the_old_communes_are_counted_once_on_both_maps(
    level: str, version: str, units: int
) -> None:
    """And the five island districts that had none."""
    values = _of(_derived(2024), level, version)
    assert (values.len(), values.sum()) == (units, 10_035 + 5)


@pytest.mark.parametrize(("year", "cases"), [(2024, 10_040), (2025, 3_321)])
def test_the_nation_counts_them_once(year: int, cases: int) -> None:
    assert _of(_derived(year), "national", "").to_list() == [cases]


def test_a_new_commune_with_a_part_of_a_split_one_is_not_guessed() -> None:
    derived = _derived(2024)
    gaps = derived.gaps.filter(pl.col("reason") == "split")["ref_area"]
    assert gaps.n_unique() == gaps.len() == 414
    assert _of(derived, "commune", "2025").len() == 3_321 - 414
