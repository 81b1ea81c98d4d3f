"""Tables of the statistics office's server: the shapes met, in small samples of our own."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from etl import pipeline
from etl.check import CheckedBatch
from etl.px_labels import AGE, BREAKDOWN, SEX, Label
from etl.px_mapping import PxMapping
from etl.settings import Settings
from indicators.catalogue import load_catalogue

Check = Callable[..., CheckedBatch]
COLUMNS = ("ref_area", "time_period", "sex", "age", "breakdown", "obs_value", "obs_status")


@pytest.fixture(scope="module")
def mapping() -> PxMapping:
    return PxMapping(load_catalogue())


@pytest.fixture
def px(tmp_path: Path) -> Check:
    def run(text: str | bytes, name: str = "bang.csv") -> CheckedBatch:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        settings = Settings(data_directory=tmp_path / "data", _env_file=None)
        return pipeline.validate(path, settings, datetime(2026, 11, 21)).checked

    return run


def figures(batch: CheckedBatch, indicator_id: str) -> set[tuple[object, ...]]:
    rows = batch.observations.filter(pl.col("indicator_id") == indicator_id)
    return set(rows.select(COLUMNS).rows())


def issues(batch: CheckedBatch) -> list[tuple[str, str | None]]:
    return batch.issues.select("code", "value").rows()


# Labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "is_provisional"),
    [
        ("2016", "2016", False),
        ("Prel. 2016", "2016", True),
        (" Prel. 2016", "2016", True),
        ("Prel.2016", "2016", True),
        ("Pre. 2016", "2016", True),
        ("Pre.2016", "2016", True),
        ("Pre..2016", "2016", True),
        ("prel_2016", "2016", True),
        ("Sơ bộ 2019", "2019", True),
        ("Tổng số Sơ bộ 2019", "2019", True),
        ("Sơ bộ 2018 Tổng số", "2018", True),
        ("Sơ bộ - Prel. 2021", "2021", True),
        ("Sơ bộ - / Prel 2017", "2017", True),
        ("2019 (*)", "2019", False),
        ("1995 -1996", "1995", False),
        (" 2013-2014", "2013", False),
        ("Sơ bộ 2019-2020", "2019", True),
        ("Prel. 2016-2017", "2016", True),
        ("X2010", "2010", False),
        ("X2010.General.average", "2010", False),
        ("2004 Tổng số", "2004", False),
        ("Tổng số 1995", "1995", False),
    ],
)
def test_years_in_every_spelling_met(
    mapping: PxMapping, text: str, year: str, is_provisional: bool
) -> None:
    label = mapping.labels.read(text)
    assert (label.year, label.is_provisional, label.rest) == (year, is_provisional, "")


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("Male Prel. 2016", {(SEX, "M")}, ""),
        ("Nữ Sơ bộ 2019", {(SEX, "F")}, ""),
        ("2004 Trung học cơ sở", {(BREAKDOWN, "SCHOOL_LEVEL.LOWER_SECONDARY")}, ""),
        ("Unemployment rate Female", {(SEX, "F")}, "unemployment rate"),
        ("Tỷ lệ thất nghiệp 15-24", {(AGE, "Y15T24")}, "ty le that nghiep"),
        ("50+", {(AGE, "Y_GE50")}, ""),
        ("15-19 tuổi", {(AGE, "Y15T19")}, ""),
        ("17-99", set(), "17 99"),  # no age group of the code list
        # "Males" and "females" in brackets explain a unit and name no sex.
        (
            "Sex ratio of population (Males per 100 females)",
            set(),
            "sex ratio of population males per 100 females",
        ),
        ("5 năm", set(), "5 nam"),  # years, not men
    ],
)
def test_parts_of_a_label_in_either_order(
    mapping: PxMapping, text: str, codes: set[tuple[str, str]], rest: str
) -> None:
    label = mapping.labels.read(text)
    assert (set(label.codes), label.rest) == (codes, rest)


@pytest.mark.parametrize("name", ["Nam Ðịnh", "Hà Nam", "Quảng Nam", "     Hà Nội", "South  East"])
def test_names_of_places_are_no_words(mapping: PxMapping, name: str) -> None:
    label = mapping.labels.read(name)
    assert isinstance(label, Label)
    assert label.place
    assert (label.codes, label.rest) == (frozenset(), "")


# Shapes ---------------------------------------------------------------------------------------


def test_title_blank_line_header_and_semicolons(px: Check) -> None:
    batch = px(
        '\ufeff"Sex ratio at birth by region by Region and Year"\r\n\r\n'
        '"Region";"2014";"Prel. 2016"\r\n'
        '"WHOLE COUNTRY";112.5;..\r\n"South  East";103.25;99.241384289044\r\n'
    )
    assert issues(batch) == []
    assert figures(batch, "SEX_RATIO_AT_BIRTH") == {
        ("VN", "2014", "_T", "_T", "_T", Decimal("112.5"), "A"),
        ("VN", "2016", "_T", "_T", "_T", None, "M"),
        ("SEA@2004", "2014", "_T", "_T", "_T", Decimal("103.25"), "A"),
        ("SEA@2004", "2016", "_T", "_T", "_T", Decimal("99.241384289"), "P"),
    }
    submission = batch.submissions.row(0, named=True)
    assert submission["organisation"] == "Cục Thống kê"
    assert (submission["locality_id"], submission["reporting_period"]) == ("VN", "2016")
    assert submission["dataset_id"] == "PX-SEX-RATIO"
    assert "Ô C5 của bảng gốc" in set(batch.observations["note"])


def test_two_dimensions_in_one_heading_without_a_title(px: Check) -> None:
    batch = px(
        '"Ðịa phương","2004 Tổng số","2004 Tiểu học","Sơ bộ 2019 Tiểu học"\n'
        '"CẢ NƯỚC",100,60,61\n"     Ðiện Biên",10,6,7\n',
        "women_teachers_by_province_vi.csv",
    )
    assert issues(batch) == []
    primary = "SCHOOL_LEVEL.PRIMARY"
    assert figures(batch, "TEACHERS") == {
        ("VN", "2004", "F", "_T", "_T", Decimal(100), "A"),
        ("VN", "2004", "F", "_T", primary, Decimal(60), "A"),
        ("VN", "2019", "F", "_T", primary, Decimal(61), "P"),
        ("11@2004", "2004", "F", "_T", "_T", Decimal(10), "A"),
        ("11@2004", "2004", "F", "_T", primary, Decimal(6), "A"),
        ("11@2004", "2019", "F", "_T", primary, Decimal(7), "P"),
    }


def test_a_header_repeated_as_first_line_and_measures_down_the_side(px: Check) -> None:
    header = '"Child.mortality.rate";"Year";"Male";"Female"\n'
    batch = px(
        header
        + header
        + '"infant_mortality_rate_deaths_per_1000_live_births_";"2001";"32.9";"26"\n'
        '"under_five_mortality_rate_deaths_per_1000_live_births_";"Prel. 2016";NA;"14.9"\n'
    )
    assert issues(batch) == []
    assert figures(batch, "INFANT_MORTALITY_RATE") == {
        ("VN", "2001", "M", "_T", "_T", Decimal("32.9"), "A"),
        ("VN", "2001", "F", "_T", "_T", Decimal(26), "A"),
    }
    assert figures(batch, "UNDER_FIVE_MORTALITY_RATE") == {
        ("VN", "2016", "M", "_T", "_T", None, "M"),
        ("VN", "2016", "F", "_T", "_T", Decimal("14.9"), "P"),
    }


def test_years_and_regions_down_the_side_measures_and_sexes_across(px: Check) -> None:
    batch = px(
        '"Unemployment and underemployment rate of labour force at working age by region"\n\n'
        '"Year";"Region";"Unemployment rate General";"Underemployment rate Male"\n'
        '"2015";"Whole country";2.3;1.5\n'
    )
    assert issues(batch) == []
    working_age = "LABOUR_AGE.WORKING_AGE"
    assert figures(batch, "UNEMPLOYMENT_RATE") == {
        ("VN", "2015", "_T", "_T", working_age, Decimal("2.3"), "A")
    }
    assert figures(batch, "UNDEREMPLOYMENT_RATE") == {
        ("VN", "2015", "M", "_T", working_age, Decimal("1.5"), "A")
    }


def test_ages_down_the_side(px: Check) -> None:
    batch = px(
        '"Nhóm tuổi","2009","Sơ bộ 2019"\n"TỔNG SỐ",47743.6,1\n"15-19",3795.4,2\n"50+",8,3\n',
        "lực lượng lao động theo nhóm tuổi.csv",
    )
    assert issues(batch) == []
    assert {(row[3], row[5]) for row in figures(batch, "LABOUR_FORCE") if row[1] == "2009"} == {
        ("_T", Decimal("47743.6")),
        ("Y15T19", Decimal("3795.4")),
        ("Y_GE50", Decimal(8)),
    }


def test_decimal_commas_and_footnote_marks(px: Check) -> None:
    batch = px('"Tổng tỷ suất sinh theo vùng"\n\n"Vùng";"2018";"2019"\n"CẢ NƯỚC";2,05;2,09(*)\n')
    assert issues(batch) == []
    assert {(row[5], row[6]) for row in figures(batch, "TOTAL_FERTILITY_RATE")} == {
        (Decimal("2.05"), "A"),
        (Decimal("2.09"), "P"),
    }


def test_a_measure_in_persons_is_brought_to_thousands(px: Check) -> None:
    batch = px(
        '"Diện tích, dân số và mật độ dân số"\n\n'
        '"Tỉnh","2019 (*) Diện tích (Km2)","2019 (*) Dân số trung bình (Người)",'
        '"2020 Dân số trung bình (Nghìn người)"\n'
        '"Hà Nội",3358.6,8093912,8246.5\n'
    )
    assert issues(batch) == []
    assert {(row[1], row[5]) for row in figures(batch, "POPULATION")} == {
        ("2019", Decimal("8093.912")),
        ("2020", Decimal("8246.5")),
    }


def test_a_place_belongs_to_the_map_of_the_year(px: Check) -> None:
    batch = px(
        '"Dân số trung bình"\n\n"Tỉnh","Tổng số 1995","Tổng số 2007","Tổng số 2019"\n'
        '"Hà Nội",2431,3228.5,8093.9\n"Hà Tây",2299,2773.7,..\n"Cao Bằng",489,510,530\n'
    )
    assert {row[:2] for row in figures(batch, "POPULATION")} == {
        ("01@2003", "2007"),
        ("01@2004", "2019"),
        ("28@2003", "2007"),
        ("04@2004", "2007"),
        ("04@2004", "2019"),
    }
    [(code, value)] = issues(batch)  # the ".." of a province that had ended says nothing
    assert code == "PX_PLACE_NOT_VALID"
    assert value == "Hà Nội 1995; Hà Tây 1995; Cao Bằng 1995"


def test_lines_that_are_no_place_are_left_out_and_named(px: Check) -> None:
    batch = px(
        '"Number of pupils by province"\n\n"Province";"2019"\n"Cao Bằng";5\n"Other provinces";7\n'
    )
    assert issues(batch) == [("PX_NO_PLACE", "Other provinces")]
    assert figures(batch, "SCHOOL_PUPILS") == {("04@2004", "2019", "_T", "_T", "_T", 5, "A")}


def test_an_unknown_place_is_asked_back(px: Check) -> None:
    batch = px(
        '"Total fertility rate by province"\n\n"P";"2019"\n"Cao Bằng";2.1\n"Tỉnh Quảng Đông";2.2\n'
    )
    assert issues(batch) == [("UNKNOWN_LOCALITY", "Tỉnh Quảng Đông")]
    assert batch.submissions["status"][0] == "refused"


def test_an_unknown_label_leaves_its_figures_out_with_a_warning(px: Check) -> None:
    batch = px('"Labour force by skill"\n\n"Year";"Total";"Robots"\n"2019";10;3\n"2020";11;4\n')
    assert batch.issues.select("code", "value").rows() == [("PX_LABEL_UNKNOWN", "Robots")]
    assert "2 số liệu" in batch.issues["message_vi"][0]
    assert {row[5] for row in figures(batch, "LABOUR_FORCE")} == {Decimal(10), Decimal(11)}


def test_a_table_without_mapping_says_how_to_add_one(px: Check) -> None:
    batch = px('"Number of robots by province"\n\n"Province";"2019"\n"Cao Bằng";5\n')
    [issue] = batch.issues.iter_rows(named=True)
    assert (issue["code"], issue["severity"]) == ("PX_TABLE_UNKNOWN", "error")
    assert "px_tables/tables.csv" in issue["advice_vi"]


def test_a_table_of_which_nothing_is_understood_is_refused(px: Check) -> None:
    batch = px('"Labour force by skill"\n\n"Year";"Robots"\n"2019";3\n')
    assert {code for code, _ in issues(batch)} == {"PX_LABEL_UNKNOWN", "PX_NOTHING_READ"}
    assert batch.submissions["status"][0] == "refused"


# JSON-stat ------------------------------------------------------------------------------------

YEARS = {
    "label": "Year",
    "category": {"index": {"a": 0, "b": 1}, "label": {"a": "2023", "b": "Prel. 2024"}},
}
PLACES = {
    "label": "Residence",
    "category": {"index": ["t", "u"], "label": {"t": "Total", "u": "Urban"}},
}
EXPECTED = {
    ("VN", "2023", "_T", "_T", "_T", Decimal("112.1"), "A"),
    ("VN", "2023", "_T", "_T", "RESIDENCE.URBAN", None, "M"),
    ("VN", "2024", "_T", "_T", "_T", Decimal("111.4"), "P"),
    ("VN", "2024", "_T", "_T", "RESIDENCE.URBAN", Decimal("110.679573421"), "P"),
}
TITLE = "Sex ratio at birth by residence by Year and Residence"
VALUES = [112.1, None, 111.4, 110.679573420644]


@pytest.mark.parametrize(
    "data",
    [
        {
            "dataset": {
                "label": TITLE,
                "dimension": {
                    "Y": YEARS,
                    "R": PLACES,
                    "id": ["Y", "R"],
                    "size": [2, 2],
                    "role": {},
                },
                "value": VALUES,
            }
        },
        {
            "version": "2.0",
            "class": "dataset",
            "label": TITLE,
            "id": ["Y", "R"],
            "size": [2, 2],
            "dimension": {"Y": YEARS, "R": PLACES},
            "value": {str(place): value for place, value in enumerate(VALUES) if value},
            "status": {"1": ".."},
        },
    ],
    ids=["older", "version 2"],
)
def test_json_stat_of_both_versions_with_a_nul_at_the_end(px: Check, data: dict) -> None:
    batch = px(json.dumps(data).encode() + b"\x00", "E02.08.json")
    assert issues(batch) == []
    assert figures(batch, "SEX_RATIO_AT_BIRTH") == EXPECTED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": [2, 3]}, "FILE_UNREADABLE"),
        ({"size": [10**6, 10**6]}, "FILE_TOO_LARGE"),
        ({"size": [2, -2]}, "FILE_UNREADABLE"),
        ({"value": [1]}, "FILE_UNREADABLE"),
        ({"dimension": []}, "FILE_UNREADABLE"),
        ({"id": ["Y"]}, "FILE_UNREADABLE"),
    ],
)
def test_json_stat_that_contradicts_itself_is_refused(px: Check, change: dict, code: str) -> None:
    data = {
        "id": ["Y", "R"],
        "size": [2, 2],
        "dimension": {"Y": YEARS, "R": PLACES},
        "value": VALUES,
    }
    batch = px(json.dumps(data | change), "sai.json")
    assert [one for one, _ in issues(batch)] == [code]
