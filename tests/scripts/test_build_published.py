"""The submissions under data/raw/published are what the sources say, and nothing else."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from etl.form import (
    CSV_FORM_LOCALITY_LABEL,
    INFORMATION_FIELDS,
    INFORMATION_SHEET,
    OBSERVATION_FIELDS,
    OBSERVATION_SHEET,
    STATEMENT_FIELDS,
    STATEMENT_SHEET,
)
from indicators.catalogue import Catalogue, load_catalogue
from scripts.build_published import PUBLISHED, build
from scripts.published.assemble import SOURCES, read_csv, read_table

Cells = dict[str, str]  # field name → text; numbers as the shortest decimal text

NUMBERS = ("numerator", "denominator", "reported_value")
SERIES = (
    "indicator_id",
    "ref_area",
    "time_period",
    "sex",
    "age",
    "breakdown",
    "definition",
    "source_family",
)
REGION_CODES = {"RRD": "R1", "NMM": "R2", "NCC": "R3", "CHL": "R4", "SEA": "R5", "MRD": "R6"}
SOURCE_KEY = ("locality_code", "year", "sex", "disaggregation")
# Files whose only figures are those of women, so that their total stands under "female".
FILES_ON_WOMEN = ("adolescent", "female_share", "maternal", "women_")
PARTS = {  # breakdown or indicator → the source's word for the part
    "RESIDENCE.URBAN": "urban",
    "RESIDENCE.RURAL": "rural",
    "SCHOOL_LEVEL.PRIMARY": "primary",
    "SCHOOL_LEVEL.LOWER_SECONDARY": "lower secondary",
    "SCHOOL_LEVEL.UPPER_SECONDARY": "upper secondary",
    "WOMEN_PARTY_COMMITTEE_MEMBERS": "provincial Party committee, term 2020-2025",
    "WOMEN_PEOPLES_COUNCIL_DEPUTIES": "provincial People's Council, term 2016-2021",
}
RESULT_NAMES = {
    "VN": "Việt Nam",
    "01": "Hà Nội",
    "17": "Hòa Bình (cũ)",
    "62": "Kon Tum (cũ)",
    "157": "Lạc Sơn (Hòa Bình)",
}


@dataclass(frozen=True)
class ReadForm:
    """A built file as a reader sees it."""

    information: Cells
    observations: list[Cells]
    statements: list[Cells]


def read_form(path: Path) -> ReadForm:
    return _read_csv_form(path) if path.suffix == ".csv" else _read_workbook(path)


def _read_csv_form(path: Path) -> ReadForm:
    labels = {
        CSV_FORM_LOCALITY_LABEL if field.name == "locality" else field.label: field.name
        for field in INFORMATION_FIELDS
    }
    lines = read_csv(path)
    information = {name: lines[0][label] for label, name in labels.items()}
    observations = []
    for line in lines:
        assert line["Loại dòng"] == "SO_LIEU"
        assert {name: line[label] for label, name in labels.items()} == information
        cells = {field.name: line[field.label] for field in OBSERVATION_FIELDS}
        for name in NUMBERS:
            if information["number_locale"] == "vi":
                assert "." not in cells[name]
                cells[name] = cells[name].replace(",", ".")
        observations.append(cells)
    return ReadForm(information, observations, [])


def _read_workbook(path: Path) -> ReadForm:
    workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    names = {field.label: field.name for field in INFORMATION_FIELDS}
    pairs = workbook.get_sheet_by_name(INFORMATION_SHEET).to_python(skip_empty_area=False)[2:]
    information = {names[str(label)]: str(value) for label, value in pairs}
    observed = {field.label: field.name for field in OBSERVATION_FIELDS}
    stated = {field.label: field.name for field in STATEMENT_FIELDS}
    return ReadForm(
        information,
        list(_table(workbook, OBSERVATION_SHEET, observed)),
        list(_table(workbook, STATEMENT_SHEET, stated)),
    )


def _table(workbook: CalamineWorkbook, sheet: str, names: dict[str, str]) -> Iterator[Cells]:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[2:]
    header = [names[str(cell)] for cell in rows[0]]
    for row in rows[1:]:
        yield {
            name: f"{cell:.10g}" if isinstance(cell, float) else str(cell)
            for name, cell in zip(header, row, strict=True)
        }


def decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def numbers_of(cells: Cells) -> tuple[Decimal | None, ...]:
    return tuple(decimal(cells[name]) for name in NUMBERS)


@pytest.fixture(scope="module")
def forms() -> dict[str, ReadForm]:
    return {path.name: read_form(path) for path in sorted(PUBLISHED.iterdir())}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def observations(forms: dict[str, ReadForm]) -> list[Cells]:
    return [cells | {"file": name} for name, form in forms.items() for cells in form.observations]


def test_building_again_gives_the_committed_content(
    forms: dict[str, ReadForm], tmp_path: Path
) -> None:
    built = build(tmp_path)

    assert {path.name for path in built} == set(forms)
    for path in built:
        assert read_form(path) == forms[path.name], path.name
        if path.suffix == ".csv":
            assert path.read_bytes() == (PUBLISHED / path.name).read_bytes()


def test_two_builds_are_equal_to_the_byte(tmp_path: Path) -> None:
    first, second = build(tmp_path / "first"), build(tmp_path / "second")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in PUBLISHED.iterdir()) < 8_000_000


def test_every_row_names_source_terms_and_confidence(forms: dict[str, ReadForm]) -> None:
    for name, form in forms.items():
        assert form.information["licence"], name
        assert form.information["provenance"], name
        assert form.information["is_synthetic"] == "không"
        assert form.observations, name
        for cells in form.observations:
            assert cells["source_text"], name
            assert cells["confidence"] in {"official", "reported"}, name


def test_terms_agree_with_the_licence_of_the_source(forms: dict[str, ReadForm]) -> None:
    """What is free to use says so, and nothing else does."""
    source_files = {line["file"]: line["source_file"] for line in read_table("series")}
    for name, source_file in source_files.items():
        sources = {line["source"]: line for line in read_table("citations")}
        lines = [line for line in read_csv(SOURCES / source_file) if line["source"] in sources]
        is_open = all("CC BY 4.0" in line["licence"] for line in lines)
        assert ("CC BY 4.0" in forms[name].information["licence"]) == is_open, name


def source_key(cells: Cells, source_file: str) -> tuple[str, str, str, str]:
    """Where the figure of a row stands in its source, by the words of the source."""
    code = cells["ref_area"].split("@")[0]
    both = "female" if source_file.startswith(FILES_ON_WOMEN) else "total"
    part = PARTS.get(cells["breakdown"]) or PARTS.get(cells["indicator_id"], "")
    sex = {"F": "female", "M": "male", "_T": both}[cells["sex"]]
    return REGION_CODES.get(code, code), cells["time_period"], sex, part


def test_every_series_value_stands_in_its_source(observations: list[Cells]) -> None:
    source_of = {
        (line["file"], line["indicator_id"]): line["source_file"] for line in read_table("series")
    }
    figures = {
        (source_file, *(line[name] for name in SOURCE_KEY)): line
        for source_file in set(source_of.values())
        for line in read_csv(SOURCES / source_file)
    }
    series = [(cells["file"], cells["indicator_id"]) for cells in observations]

    assert set(source_of) <= set(series)
    for name, cells in zip(series, observations, strict=True):
        if name not in source_of:
            continue
        source_file = source_of[name]
        line = figures[source_file, *source_key(cells, source_file)]
        wanted = (line["numerator"], line["denominator"], line["value"])
        assert numbers_of(cells) == tuple(decimal(text) for text in wanted), cells
        assert (cells["obs_status"] == "P") == (line["note"] == "prel"), cells


@pytest.mark.parametrize(
    ("ref_area", "year", "sex", "value"),
    [
        ("VN", "2009", "F", "43501.6"),
        ("VN", "2009", "M", "42523.4"),
        ("01@2004", "2009", "F", "3292"),
        ("01@2004", "2009", "_T", "6472"),
        ("VN", "2025", "M", "51039.12"),
    ],
)
def test_population_keeps_the_sexes_apart(
    observations: list[Cells], ref_area: str, year: str, sex: str, value: str
) -> None:
    found = [
        cells["reported_value"]
        for cells in observations
        if (cells["indicator_id"], cells["ref_area"], cells["time_period"], cells["sex"])
        == ("POPULATION", ref_area, year, sex)
    ]

    assert [Decimal(text) for text in found] == [Decimal(value)]


def test_series_are_complete(observations: list[Cells]) -> None:
    """Country, six regions and 63 provinces, as many years as the sources have."""
    provinces = Counter(
        (cells["file"], cells["time_period"])
        for cells in observations
        if cells["ref_area"].endswith("@2004") and cells["ref_area"][:2].isdigit()
    )

    for year in (str(number) for number in range(2009, 2025)):
        assert provinces["tk-dan-so-2009-2024.csv", year] == 63 * 3
    assert provinces["tk-dan-so-2025.csv", "2025"] == 63 * 3
    for year in ("2016", "2021"):
        assert provinces["dai-bieu-quoc-hoi-2016-2021.csv", year] == 63
        assert provinces["ung-cu-quoc-hoi-2016-2021.csv", year] == 63
    regional = [
        cells
        for cells in observations
        if cells["indicator_id"] == "SEX_RATIO_AT_BIRTH" and cells["ref_area"][:3] in REGION_CODES
    ]
    assert len(regional) == 6 * 11


def test_the_labour_force_line_breaks_where_its_concepts_do(observations: list[Cells]) -> None:
    """Restated from 2010 on; counted by the concepts of ICLS 19 in 2021; Hà Nội grew in 2008."""
    labour_force = {
        (cells["ref_area"], cells["time_period"]): cells
        for cells in observations
        if cells["indicator_id"] == "LABOUR_FORCE"
    }

    assert len(labour_force) == 70 * 16
    assert {
        cells["time_period"] for cells in labour_force.values() if cells["obs_status"] == "B"
    } == {"2010"}
    assert {
        cells["time_period"] for cells in labour_force.values() if cells["definition"] == "ICLS_19"
    } == {"2021"}
    assert labour_force["01@2003", "2007"]["reported_value"] == "1653.7"
    assert labour_force["01@2004", "2008"]["reported_value"] == "3421.2"


def test_sex_ratios_of_another_edition_stand_apart(observations: list[Cells]) -> None:
    editions = {
        (cells["definition"], cells["ref_area"] == "VN")
        for cells in observations
        if cells["indicator_id"] == "POPULATION_SEX_RATIO"
    }

    assert editions == {("STD", True), ("EDITION_2017", False)}


def test_deputies_of_the_provinces_add_up_to_the_country(observations: list[Cells]) -> None:
    deputies = [
        cells
        for cells in observations
        if cells["indicator_id"] == "WOMEN_NATIONAL_ASSEMBLY_DEPUTIES"
        and cells["source_family"] == "ELECTION"
    ]
    for year, women, seats in (("2016", 133, 496), ("2021", 151, 499)):
        of_year = [cells for cells in deputies if cells["time_period"] == year]
        country = [cells for cells in of_year if cells["ref_area"] == "VN"]
        provinces = [cells for cells in of_year if cells["ref_area"] != "VN"]
        assert sum(Decimal(cells["numerator"]) for cells in provinces) == women
        assert sum(Decimal(cells["denominator"]) for cells in provinces) == seats
        assert [numbers_of(cells)[:2] for cells in country] == [(Decimal(women), Decimal(seats))]


def test_counts_give_the_printed_share(observations: list[Cells]) -> None:
    """Within what the source's rounding, or a dropped decimal, allows."""
    for cells in observations:
        numerator, denominator, value = numbers_of(cells)
        if numerator is None or denominator is None or value is None:
            continue
        factor = 1 if cells["unit_measure"] == "RATIO" else 100
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        assert abs(numerator / denominator * factor - value) < step, cells


def test_each_published_result_is_loaded_or_left_out_with_a_reason() -> None:
    mapped = read_table("results")
    published = read_csv(SOURCES / "published_results.csv")

    keys = [
        (line["source_target"], line["source_locality"], line["source_year"]) for line in mapped
    ]
    assert keys == [(row["target_id"], row["locality_name"], row["year"]) for row in published]
    for line in mapped:
        assert bool(line["file"]) != bool(line["left_out"]), line


def test_recalled_figures_never_become_observations() -> None:
    published = read_csv(SOURCES / "published_results.csv")
    mapped = read_table("results")

    recalled = [
        line for row, line in zip(published, mapped, strict=True) if row["confidence"] == "recalled"
    ]
    assert len(recalled) == 10
    assert all(line["left_out"] and not line["file"] for line in recalled)


def test_each_result_value_is_the_published_one(observations: list[Cells]) -> None:
    published = read_csv(SOURCES / "published_results.csv")
    files = {line["file"] for line in read_table("results")} - {""}
    from_results = [cells for cells in observations if cells["file"] in files]

    assert len(from_results) == sum(1 for line in read_table("results") if line["file"])
    for cells in from_results:
        code = cells["ref_area"].split("@")[0]
        same = [
            row
            for row in published
            if row["locality_name"] == RESULT_NAMES[code]
            and row["year"] == cells["time_period"]
            and row["source_url_or_doc"] in cells["source_text"]
            and row["confidence"] == cells["confidence"]
            and decimal(row["value"]) == decimal(cells["reported_value"])
        ]
        assert same, cells


def test_counts_of_results_are_in_the_text_that_was_read() -> None:
    published = read_csv(SOURCES / "published_results.csv")
    for line, row in zip(read_table("results"), published, strict=True):
        if not line["numerator"]:
            continue
        of_that_year = [other["value"] for other in published if other["year"] == row["year"]]
        words = re.findall(r"\d+(?:[.,]\d+)*", row["note"])
        words = [word.replace(",", "") for word in words]
        for number in (line["numerator"], line["denominator"]):
            assert number in words or number in of_that_year, line


def test_own_statuses_are_those_of_the_report(forms: dict[str, ReadForm]) -> None:
    published = {
        (row["target_id"], row["locality_name"], row["year"]): row
        for row in read_csv(SOURCES / "published_results.csv")
    }
    words = {"đạt": "met", "chưa đạt": "not_met"}
    stated = [cells for form in forms.values() for cells in form.statements]

    assert len(stated) == len(read_table("statements"))
    for line in read_table("statements"):
        row = published[line["source_target"], line["source_locality"], line["source_year"]]
        if line["own_status"] == "gần đạt":
            assert "close to" in row["note"]
        else:
            assert row["status_as_published"] == words[line["own_status"]]


def test_a_repeated_figure_keeps_the_year_it_describes(observations: list[Cells]) -> None:
    directors = {
        cells["time_period"]: (cells["reference_year"], Decimal(cells["reported_value"]))
        for cells in observations
        if cells["indicator_id"] == "WOMEN_ENTERPRISE_DIRECTORS"
    }

    assert directors == {year: ("2020", Decimal("28.2")) for year in ("2020", "2023", "2024")}


def test_no_series_key_twice(observations: list[Cells]) -> None:
    keys = Counter(tuple(cells[name] for name in SERIES) for cells in observations)

    assert [key for key, count in keys.items() if count > 1] == []


def test_one_dataset_per_sender_locality_and_period(forms: dict[str, ReadForm]) -> None:
    keys = Counter(
        tuple(form.information[name] for name in ("locality", "reporting_period", "dataset_id"))
        for form in forms.values()
    )

    assert [key for key, count in keys.items() if count > 1] == []


def test_a_province_reports_for_itself_and_its_districts(
    forms: dict[str, ReadForm], catalogue: Catalogue
) -> None:
    parents = dict(catalogue.localities.select("locality_id", "parent_id").iter_rows())
    for form in forms.values():
        sender = form.information["locality"]
        for cells in form.observations:
            assert sender in {"VN", cells["ref_area"], parents[cells["ref_area"]]}


def test_the_catalogue_knows_every_code(observations: list[Cells], catalogue: Catalogue) -> None:
    units = dict(catalogue.indicators.select("indicator_id", "unit_measure").iter_rows())
    localities = set(catalogue.localities["locality_id"])
    for cells in observations:
        assert units[cells["indicator_id"]] == cells["unit_measure"], cells
        assert cells["ref_area"] in localities
        assert cells["source_family"] in catalogue.codes("CL_SOURCE_FAMILY")
        assert cells["obs_status"] in catalogue.codes("CL_OBS_STATUS")
        for code in cells["breakdown"].split("+"):
            assert code == "_T" or code in catalogue.codes("CL_BREAKDOWN"), code


def test_the_catalogue_knows_every_definition(
    observations: list[Cells], catalogue: Catalogue
) -> None:
    known = set(catalogue.definitions.select("indicator_id", "definition").iter_rows())
    used = {(cells["indicator_id"], cells["definition"]) for cells in observations}

    assert {pair for pair in used if pair[1] != "STD"} <= known


def test_the_catalogue_knows_every_target(forms: dict[str, ReadForm], catalogue: Catalogue) -> None:
    milestones = set(
        catalogue.target_milestones.select(
            "target_id", pl.col("milestone_year").cast(pl.String)
        ).iter_rows()
    )
    for form in forms.values():
        for cells in form.statements:
            assert (cells["target_id"], cells["milestone_year"]) in milestones


def test_back_tests_hold_every_published_status() -> None:
    path = Path(__file__).parents[1] / "data" / "back_tests" / "published_statuses.csv"
    with path.open(newline="", encoding="utf-8") as file:
        statuses = {
            (row["target_id"], row["report_year"]): row["published_status"]
            for row in csv.DictReader(file)
        }
    for row in read_csv(SOURCES / "published_results.csv"):
        if row["status_as_published"]:
            assert statuses[row["target_id"], row["year"]] == row["status_as_published"]
