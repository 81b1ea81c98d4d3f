"""Real figures on both maps: what is made of them equals what was published or can be counted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from indicators.catalogue import Catalogue, load_catalogue
from tests.support.published import publish_real_figures, table


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pl.DataFrame]:
    path: Path = publish_real_figures(tmp_path_factory.mktemp("data"))
    return lambda name: table(path, name)


def _people(catalogue: Catalogue) -> pl.DataFrame:
    return catalogue.population.rename({"total": "_T", "male": "M", "female": "F"}).unpivot(
        ["_T", "M", "F"], index=["locality_id", "year"], variable_name="sex"
    )


def test_the_population_of_every_province_of_both_maps_is_that_of_the_catalogue(
    released: Callable[[str], pl.DataFrame], catalogue: Catalogue
) -> None:
    """34 provinces rebuilt from 63 reported ones, seven years, both sexes: to the last digit."""
    published = released("observations").filter(pl.col("indicator_id") == "POPULATION")
    compared = _people(catalogue).join(
        published,
        left_on=["locality_id", "year", "sex"],
        right_on=["ref_area", "reference_year", "sex"],
        how="left",
    )
    assert compared.height == (1 + 63 + 34) * 7 * 3
    assert compared.filter(~pl.col("obs_value").eq_missing(pl.col("value"))).is_empty()


def test_the_girls_of_hung_yen_are_those_of_its_two_parts(
    released: Callable[[str], pl.DataFrame],
) -> None:
    """2019, primary: (53.631 + 67.850) girls among (116.912 + 142.771) pupils, 46,78 %."""
    pupils = released("observations").filter(
        pl.col("indicator_id") == "WOMEN_PUPILS",
        pl.col("time_period") == "2019",
        pl.col("breakdown") == "SCHOOL_LEVEL.PRIMARY",
    )
    parts = pupils.filter(pl.col("ref_area").is_in(["33@2004", "34@2004"]))
    whole = pupils.row(by_predicate=pl.col("ref_area") == "33@2025", named=True)
    assert parts.height == 2
    assert (whole["numerator"], whole["denominator"]) == (121_481, 259_683)
    assert (parts["numerator"].sum(), parts["denominator"].sum()) == (121_481, 259_683)
    exact = Decimal(121_481) * 100 / Decimal(259_683)
    assert whole["obs_value"] == exact.quantize(Decimal("1e-9"))


def test_the_provinces_make_the_nation_that_was_published(
    released: Callable[[str], pl.DataFrame],
) -> None:
    """Deputies and candidates exactly; the population within its rounding."""
    national = released("roll_ups").filter(pl.col("ref_area") == "VN", pl.col("coverage") == 1)
    exact = ["WOMEN_NATIONAL_ASSEMBLY_DEPUTIES", "WOMEN_ELECTION_CANDIDATES"]
    counted = national.filter(pl.col("indicator_id").is_in(exact))
    assert counted.height == 4
    assert set(counted["difference"]) == {Decimal(0)}
    people = national.filter(pl.col("indicator_id") == "POPULATION")
    assert people.height > 40
    assert set(people["is_beyond_rounding"]) == {False}


def test_differences_that_rounding_does_not_explain_are_those_known(
    released: Callable[[str], pl.DataFrame],
) -> None:
    """National totals of employees that are not the sum of the provinces; one regional ratio."""
    beyond = released("roll_ups").filter("is_beyond_rounding")
    assert beyond.select("indicator_id", "ref_area", "time_period").sort("time_period").rows() == [
        ("WOMEN_ENTERPRISE_EMPLOYEES", "VN", "2009"),
        ("WOMEN_ENTERPRISE_EMPLOYEES", "VN", "2010"),
        ("POPULATION_SEX_RATIO", "CHL@2004", "2016"),
    ]


def test_weighted_ratios_are_those_that_the_statistics_office_published_for_the_regions(
    released: Callable[[str], pl.DataFrame],
) -> None:
    """Provincial ratios of one decimal, weighted by their women: 41 of 42 published regions."""
    regions = released("roll_ups").filter(
        pl.col("indicator_id") == "POPULATION_SEX_RATIO",
        pl.col("ref_area").str.ends_with("@2004"),
        pl.col("reported_value").is_not_null(),
    )
    assert regions.height == 6 * 7
    within = regions.filter(~pl.col("is_beyond_rounding"))
    assert within.height == 41
    assert within["difference"].abs().max() < Decimal("0.1")


def test_a_weighted_ratio_of_hung_yen_is_checked_by_hand(
    released: Callable[[str], pl.DataFrame],
) -> None:
    """2016: (96,6 × 610,8 + 93,6 × 945,6) ÷ (610,8 + 945,6) = 94,777 men per 100 women."""
    row = (
        released("observations")
        .filter(
            pl.col("indicator_id") == "POPULATION_SEX_RATIO",
            pl.col("ref_area") == "33@2025",
            pl.col("time_period") == "2016",
        )
        .row(0, named=True)
    )
    parts = released("observation_parts").filter(pl.col("observation_id") == row["observation_id"])
    assert (row["origin"], row["coverage"]) == ("weighted", 1.0)
    assert sorted(parts["weight"]) == [Decimal("610.8"), Decimal("945.6")]
    assert row["obs_value"] == Decimal("94.777332305")


def test_what_could_not_be_made_says_why(released: Callable[[str], pl.DataFrame]) -> None:
    gaps = released("rebuild_gaps")
    observations = released("observations")
    made = observations.filter(pl.col("ref_area").is_in(gaps["ref_area"].unique().to_list()))
    key = [name for name in gaps.columns if name in observations.columns and name != "coverage"]
    assert gaps.join(made, on=key, how="semi").is_empty()
    assert {"no_weight", "weight_missing", "low_coverage"} <= set(gaps["reason"])
    assert not gaps.select(key).is_duplicated().any()


def test_the_areas_of_the_new_provinces_are_those_of_their_parts(catalogue: Catalogue) -> None:
    provinces = catalogue.localities.filter(pl.col("level") == "province").select(
        "locality_id", "area_km2"
    )
    of_2025 = catalogue.locality_succession.filter(
        pl.col("effective_date") == pl.date(2025, 7, 1)
    ).join(provinces, left_on="predecessor_id", right_on="locality_id")
    summed = of_2025.group_by("successor_id").agg(pl.col("area_km2").sum().round(6))
    compared = summed.join(provinces, left_on="successor_id", right_on="locality_id", how="left")
    assert compared.height == 34
    assert compared["area_km2"].to_list() == compared["area_km2_right"].to_list()
