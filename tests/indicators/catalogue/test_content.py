"""What the packaged catalogue holds, counted against the published totals."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from indicators.catalogue import Catalogue, load_catalogue
from indicators.catalogue.calendar import last_acceptable_day
from indicators.catalogue.loading import CATALOGUE_DIRECTORY, catalogue_digest
from tests.indicators.catalogue.conftest import read_rows


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def target(catalogue: Catalogue, target_id: str) -> dict[str, object]:
    return catalogue.targets.row(by_predicate=pl.col("target_id") == target_id, named=True)


def test_all_97_candidates_and_what_the_targets_need(catalogue: Catalogue) -> None:
    rows = read_rows(CATALOGUE_DIRECTORY / "indicators.csv")
    origins = [row["origin"] for row in rows]
    assert origins.count("candidate") == 97
    assert origins.count("added") == len(rows) - 97
    assert catalogue.indicators["official_code"].null_count() == len(rows)


def test_no_indicator_claims_to_come_from_the_text_of_the_circular(catalogue: Catalogue) -> None:
    rows = read_rows(CATALOGUE_DIRECTORY / "indicators.csv")
    candidates = {row["confidence"] for row in rows if row["origin"] == "candidate"}
    assert candidates == {"reported", "recalled"}


def test_the_strategy_has_20_targets_in_23_measurable_parts(catalogue: Catalogue) -> None:
    headline = catalogue.targets.filter("is_headline")
    assert headline.height == 20
    with_indicator = headline.filter(pl.col("indicator_id").is_not_null())["target_id"].to_list()
    only_parts = headline.filter(pl.col("indicator_id").is_null())["target_id"].to_list()
    parts = catalogue.targets.filter(pl.col("parent_target_id").is_in(only_parts))
    assert only_parts == ["NSGE-3.2", "NSGE-5.2", "NSGE-5.4"]
    assert len(with_indicator) + parts.height == 23


def test_every_headline_target_has_an_indicator_or_parts_that_have_one(
    catalogue: Catalogue,
) -> None:
    judged = catalogue.targets.filter(pl.col("indicator_id").is_not_null())
    reached = {*judged["target_id"], *judged["parent_target_id"].drop_nulls()}
    assert set(catalogue.targets.filter("is_headline")["target_id"]) <= reached


def test_every_target_of_the_working_list_is_there_with_its_compounds(
    catalogue: Catalogue,
) -> None:
    compounds = catalogue.targets.filter(pl.col("compound_rule").is_not_null())
    forms = catalogue.targets.filter(pl.col("local_form_of").is_not_null())
    councils = ["ELEC-2", "ELEC-3", "ELEC-4"]
    assert forms["target_id"].to_list() == ["NSGE-1.1L", "NSGE-4.4L", "NSGE-6.3L"]
    # NSGE-1.1 stands in the list itself; the law sets one minimum for four kinds of bodies.
    assert catalogue.targets.height == 96 + 3 + forms.height + len(councils)
    assert compounds["target_id"].to_list() == ["NSGE-1.1", "NSGE-3.2", "NSGE-5.2", "NSGE-5.4"]


@pytest.mark.parametrize(
    ("target_id", "year", "operator", "value", "upper", "approximate"),
    [
        ("NSGE-1.1", 2025, ">=", 60, None, False),
        ("NSGE-2.1", 2030, ">=", 60, None, True),
        ("NSGE-2.2", 2025, "<", 30, None, False),
        ("NSGE-4.1", 2025, "<=", 111, None, False),
        ("NSGE-4.2", 2030, "<", 42, None, False),
        ("NSGE-5.2a", 2025, ">", 90, None, False),
        ("NSGE-5.2b", 2025, ">=", 85, None, True),
        ("NSGE-6.4", 2025, "=", 100, None, False),
        ("P1790-3", 2030, "range", 10, 15, False),
        ("P468-1", 2020, "<", 115, None, False),
        ("P468-1", 2025, None, None, None, False),
        ("HY65-ALL", 2025, None, None, None, False),
        ("HY65-ALL", 2030, None, None, None, False),
        ("SLSRB-1", 2025, "<=", pytest.approx(113.4), None, False),
        ("ELEC-1", 2026, ">=", 35, None, False),
    ],
)
def test_milestones_say_what_the_text_says(
    catalogue: Catalogue,
    target_id: str,
    year: int,
    operator: str | None,
    value: float | None,
    upper: float | None,
    approximate: bool,
) -> None:
    row = catalogue.target_milestones.row(
        by_predicate=(pl.col("target_id") == target_id) & (pl.col("milestone_year") == year),
        named=True,
    )
    found = None if row["target_value"] is None else float(row["target_value"])
    assert (row["operator"], found) == (operator, value)
    assert (row["target_upper"], row["is_approximate"]) == (upper, approximate)


@pytest.mark.parametrize(
    ("local", "national"),
    [
        ("HD3239-1.1e", "NSGE-1.1e"),
        ("SLSRB-1", "NSGE-4.1"),
        ("HNSRB-1", "NSGE-4.1"),
        ("HN198-2", "P2282-2"),
    ],
)
def test_local_targets_name_the_national_one_they_replace(
    catalogue: Catalogue, local: str, national: str
) -> None:
    row = target(catalogue, local)
    assert row["counterpart_target_id"] == national
    assert row["indicator_id"] == target(catalogue, national)["indicator_id"]


@pytest.mark.parametrize(
    ("geo_version", "level", "count"),
    [
        ("2003", "province", 4),
        ("2004", "region", 6),
        ("2004", "province", 63),
        ("2004", "commune", 10_035),
        ("2025", "region", 6),
        ("2025", "province", 34),
        ("2025", "district", 0),
        ("2025", "commune", 3_321),
    ],
)
def test_units_of_each_version(
    catalogue: Catalogue, geo_version: str, level: str, count: int
) -> None:
    units = catalogue.localities.filter(
        (pl.col("geo_version") == geo_version) & (pl.col("level") == level)
    )
    assert units.height == count


def test_696_districts_were_in_force_on_the_last_day(catalogue: Catalogue) -> None:
    last_day = date(2025, 6, 30)
    districts = catalogue.localities.filter(
        (pl.col("level") == "district") & (pl.col("valid_to") == last_day)
    )
    assert districts.height == 696


def test_the_crosswalk_is_total(catalogue: Catalogue) -> None:
    localities, succession = catalogue.localities, catalogue.locality_succession
    for level in ("province", "commune"):
        of_level = localities.filter(pl.col("level") == level)
        old = of_level.filter(pl.col("geo_version") == "2004")["locality_id"]
        new = of_level.filter(pl.col("geo_version") == "2025")["locality_id"]
        to_2025 = succession.filter(pl.col("successor_id").is_in(new.implode()))
        assert set(old) <= set(to_2025["predecessor_id"])
        assert set(new) == set(to_2025["successor_id"])


def test_communes_stay_in_the_province_that_succeeds_theirs(catalogue: Catalogue) -> None:
    places = catalogue.localities.select("locality_id", "parent_id", "level")
    parent = dict(places.select("locality_id", "parent_id").iter_rows())
    provinces = {
        old: new
        for old, new in catalogue.locality_succession.select(
            "predecessor_id", "successor_id"
        ).iter_rows()
        if parent[old] == "VN" and old.endswith("@2004")
    }
    for old, new in catalogue.locality_succession.select(
        "predecessor_id", "successor_id"
    ).iter_rows():
        if new.endswith("@2025") and parent[new] != "VN":
            district = parent[old]
            assert (
                provinces[district if parent[district] == "VN" else parent[district]] == parent[new]
            )


def test_maps_draw_every_province_and_both_archipelagos(catalogue: Catalogue) -> None:
    for version in ("2004", "2025"):
        features = features_of(f"provinces_{version}.geojson")
        drawn = {f"{feature['properties']['code']}@{version}" for feature in features}
        provinces = catalogue.localities.filter(
            (pl.col("geo_version") == version) & (pl.col("level") == "province")
        )
        assert drawn == set(provinces["locality_id"])
    names = {feature["properties"]["name_vi"] for feature in features_of("archipelagos.geojson")}
    assert names == {"Quần đảo Hoàng Sa", "Quần đảo Trường Sa"}


def features_of(name: str) -> list[dict[str, dict[str, str]]]:
    text = (CATALOGUE_DIRECTORY / "maps" / name).read_text("utf-8")
    features: list[dict[str, dict[str, str]]] = json.loads(text)["features"]
    return features


def test_population_of_a_merged_province_is_the_sum_of_its_parts(catalogue: Catalogue) -> None:
    population = catalogue.population.filter(pl.col("year") == 2024)
    old = population.join(
        catalogue.locality_succession, left_on="locality_id", right_on="predecessor_id"
    )
    rebuilt = old.group_by("successor_id").agg(pl.col("total", "male", "female").sum())
    merged = population.join(rebuilt, left_on="locality_id", right_on="successor_id")
    assert merged.height == 34
    for column in ("total", "male", "female"):
        assert (merged[column] - merged[f"{column}_right"]).abs().max() < 0.01


@pytest.mark.parametrize(
    ("rule_id", "year", "day"),
    [
        ("HANOI-HALF-YEAR", 2025, date(2025, 5, 29)),
        ("HANOI-ANNUAL-2025", 2025, date(2025, 11, 29)),
        ("HUNGYEN-HALF-YEAR", 2025, date(2025, 6, 9)),
        ("HUNGYEN-ANNUAL-2025", 2025, date(2025, 12, 9)),
        ("LONGBIEN-HALF-YEAR", 2025, date(2025, 5, 24)),
        ("LONGBIEN-ANNUAL", 2025, date(2025, 11, 24)),
    ],
)
def test_before_a_day_means_the_day_before(
    catalogue: Catalogue, rule_id: str, year: int, day: date
) -> None:
    rule = catalogue.reporting_calendar.row(by_predicate=pl.col("rule_id") == rule_id, named=True)
    assert last_acceptable_day(rule["due_before"], year) == day


def test_a_deadline_carried_over_to_a_new_map_is_not_called_official(catalogue: Catalogue) -> None:
    """The plans read were written before 1 July 2025; that communes follow them is an inference."""
    provinces = catalogue.localities.filter(pl.col("level") == "province")["locality_id"]
    carried = catalogue.reporting_calendar.filter(
        pl.col("locality_id").str.ends_with("@2025"),
        pl.col("locality_id").is_in(provinces.implode()),
    )
    assert carried.height == 4
    assert set(carried["confidence"]) == {"reported"}


def test_events_known_only_in_general_are_marked_so() -> None:
    """The acts of 2003 and 2008 were not read, so the units they made and ended are not either."""
    events = read_rows(CATALOGUE_DIRECTORY / "localities" / "events.csv")
    assert len(events) == 22
    confidences = {row["effective_date"]: row["confidence"] for row in events}
    assert {confidences["2004-01-01"], confidences["2008-08-01"]} == {"recalled"}


def test_a_day_in_march_looks_back_over_the_leap_day() -> None:
    assert last_acceptable_day("03-01", 2028) == date(2028, 2, 29)


def test_the_near_band_of_the_sex_ratio_is_narrower_than_the_way_between_milestones(
    catalogue: Catalogue,
) -> None:
    bands = catalogue.near_bands.filter(pl.col("absolute").is_not_null())
    judged = catalogue.targets.filter(pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH")
    assert set(bands["target_id"]) == set(judged["target_id"])
    assert bands["absolute"].cast(pl.Float64).unique().to_list() == [0.1]


@pytest.mark.parametrize(
    ("code_list", "codes"),
    [
        ("CL_SEX", {"F", "M", "_T"}),
        ("CL_OBS_STATUS", set("ABDEFGHIJKLMNOPQSUVW")),
        ("CL_CONF_STATUS", {"F", "C", "N", "A", "D", "S"}),
        ("CL_SOURCE_FAMILY", {"SURVEY", "CENSUS", "REGISTRATION", "ADMIN", "ELECTION"}),
        ("CL_BREAKDOWN", {"_T", "ETHNICITY.MINORITY", "ADMIN_LEVEL.MINISTRY_AND_AGENCY"}),
        ("CL_NOTHING", set()),
    ],
)
def test_code_lists(catalogue: Catalogue, code_list: str, codes: set[str]) -> None:
    assert catalogue.codes(code_list) >= codes


def test_the_digest_follows_the_content_of_the_data_files(catalogue_copy: Path) -> None:
    before = catalogue_digest(catalogue_copy)
    (catalogue_copy / "README.md").write_text("a remark", "utf-8")
    assert catalogue_digest(catalogue_copy) == before
    with (catalogue_copy / "near_bands.csv").open("a", encoding="utf-8") as file:
        file.write("NSGE-2.1,1,,,Lý do,Nguồn\n")
    assert catalogue_digest(catalogue_copy) != before
    assert load_catalogue(catalogue_copy).digest == catalogue_digest(catalogue_copy)


def test_all_text_is_in_one_unicode_form() -> None:
    for path in CATALOGUE_DIRECTORY.rglob("*.csv"):
        assert unicodedata.is_normalized("NFC", path.read_text("utf-8")), path.name


def test_no_file_calls_the_working_list_official() -> None:
    claim = re.compile("official" + r"\W+78|78 chỉ tiêu chính thức", re.IGNORECASE)
    for path in CATALOGUE_DIRECTORY.rglob("*"):
        if path.suffix in {".csv", ".md", ".py"}:
            assert not claim.search(path.read_text("utf-8")), path.name
