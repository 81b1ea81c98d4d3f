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


@pytest.mark.parametrize("text", ["Cả nước 2018", "2018 Huế", "Hà Nội Sơ bộ 2018"])
def test_a_place_and_a_year_in_one_label(mapping: PxMapping, text: str) -> None:
    label = mapping.labels.read(text)
    assert (label.year, bool(label.place), label.rest) == ("2018", True, "")


def test_total_beside_a_year_is_no_place(mapping: PxMapping) -> None:
    assert mapping.labels.read("2018 Tổng số").place == ""


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


# Every mapped table ---------------------------------------------------------------------------

MAPPED = {
    "PX-POPULATION": ("Dân số trung bình (Nghìn người)", "Average population", "POPULATION"),
    "PX-SEX-RATIO": (
        "Tỷ số giới tính khi sinh phân theo vùng",
        "Sex ratio at birth by region by Region and Year",
        "SEX_RATIO_AT_BIRTH",
    ),
    "PX-LABOUR-FORCE": (
        "Lực lượng lao động từ 15 tuổi trở lên phân theo giới tính",
        "Labour force at 15 years of age and above by sex",
        "LABOUR_FORCE",
    ),
    "PX-EMPLOYED": (
        "Lao động từ 15 tuổi trở lên đang làm việc tại thời điểm 1/7 hàng năm",
        "Annual employed population at 15 years of age and above by sex",
        "EMPLOYED_PERSONS",
    ),
    "PX-UNEMPLOYMENT": (
        "Tỷ lệ thất nghiệp của lực lượng lao động trong độ tuổi",
        "Unemployment rate of labour force at working age by region",
        "UNEMPLOYMENT_RATE",
    ),
    "PX-UNDEREMPLOYMENT": (
        "Tỷ lệ thiếu việc làm của lực lượng lao động trong độ tuổi",
        "Underemployment rate of labour force at working age",
        "UNDEREMPLOYMENT_RATE",
    ),
    "PX-TRAINED-WORKERS": (
        "Tỷ lệ lao động từ 15 tuổi trở lên đang làm việc đã qua đào tạo",
        "Percentage of trained employed workers at 15 years of age and above",
        "TRAINED_WORKERS_SHARE",
    ),
    "PX-LITERACY": (
        "Tỷ lệ dân số từ 15 tuổi trở lên biết chữ",
        "Percentage of literate population at 15 years of age and above",
        "LITERACY_RATE",
    ),
    "PX-CHILD-MORTALITY": (
        "Tỷ suất tử vong của trẻ em dưới một tuổi",
        "Infant mortality rate by sex",
        "INFANT_MORTALITY_RATE",
    ),
    "PX-FIRST-MARRIAGE-AGE": (
        "Tuổi kết hôn trung bình lần đầu",
        "Average age of first marriage by sex",
        "AGE_AT_FIRST_MARRIAGE",
    ),
    "PX-FERTILITY": (
        "Tổng tỷ suất sinh phân theo thành thị, nông thôn",
        "Total fertility rate by residence",
        "TOTAL_FERTILITY_RATE",
    ),
    "PX-LIFE-EXPECTANCY": (
        "Tuổi thọ trung bình tính từ lúc sinh",
        "Life expectancy at birth by sex",
        "LIFE_EXPECTANCY_AT_BIRTH",
    ),
    "PX-DIVORCES": (
        "Số vụ ly hôn đã xét xử phân theo địa phương",
        "Number of divorce cases by province",
        "DIVORCES",
    ),
    "PX-PUPILS": (
        "Số học sinh phổ thông tại thời điểm 30/9",
        "Number of pupils of general education as of 30 September",
        "SCHOOL_PUPILS",
    ),
    "PX-SCHOOLGIRLS": (
        "Số nữ học sinh phổ thông tại thời điểm 30/9",
        "Number of schoolgirls of general education",
        "SCHOOL_PUPILS",
    ),
    "PX-TEACHERS": (
        "Số giáo viên phổ thông trực tiếp giảng dạy",
        "Number of direct teaching teachers of general education",
        "TEACHERS",
    ),
    "PX-WOMEN-TEACHERS": (
        "Số nữ giáo viên phổ thông trực tiếp giảng dạy",
        "Number of women teachers of general education",
        "TEACHERS",
    ),
    "PX-INFORMAL-EMPLOYMENT": (
        "Tỷ lệ lao động có việc làm phi chính thức",
        "Informal employment rate",
        "INFORMAL_EMPLOYMENT_RATE",
    ),
}


def test_no_mapped_table_is_left_untried(mapping: PxMapping) -> None:
    assert {table.table_id for table in mapping.tables} == set(MAPPED)


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("table_id", MAPPED)
def test_each_mapped_table_is_known_by_its_title(px: Check, table_id: str, language: int) -> None:
    title, indicator_id = MAPPED[table_id][language], MAPPED[table_id][2]
    value = 105.5 if "RATIO" in indicator_id else 12.5
    batch = px(f'"{title}"\n\n"Vùng";"2018";"Prel. 2019"\n"CẢ NƯỚC";{value};..\n')
    assert batch.submissions.select("status", "dataset_id").row(0) == ("accepted", table_id)
    sex = "F" if table_id in ("PX-SCHOOLGIRLS", "PX-WOMEN-TEACHERS") else "_T"
    found = batch.observations.select("indicator_id", "ref_area", "time_period", "sex")
    assert found.rows() == [(indicator_id, "VN", year, sex) for year in ("2018", "2019")]
    assert batch.observations["obs_value"].to_list() == [Decimal(str(value)), None]
    assert batch.observations["obs_status"].to_list() == ["A", "M"]


# What else tables hold ------------------------------------------------------------------------


def test_three_dimensions_in_one_heading_and_every_missing_mark(px: Check) -> None:
    batch = px(
        '"Average population by province, sex and residence"\n\n'
        '"Cities, provincies","Prel. 2024 Male Urban","Female Rural 2023"\n'
        '" WHOLE COUNTRY",19000.5,31000\n"     Thai  Nguyen",..,...\n"Hue",-,:\n'
    )
    assert figures(batch, "POPULATION") == {
        ("VN", "2024", "M", "_T", "RESIDENCE.URBAN", Decimal("19000.5"), "P"),
        ("VN", "2023", "F", "_T", "RESIDENCE.RURAL", Decimal(31000), "A"),
        ("19@2004", "2024", "M", "_T", "RESIDENCE.URBAN", None, "M"),
        ("19@2004", "2023", "F", "_T", "RESIDENCE.RURAL", None, "M"),
        ("46@2004", "2024", "M", "_T", "RESIDENCE.URBAN", None, "M"),
        ("46@2004", "2023", "F", "_T", "RESIDENCE.RURAL", None, "M"),
    }


def test_cells_with_line_breaks_tabs_and_utf_16(px: Check) -> None:
    text = 'Tổng tỷ suất sinh\t\t\n\t\t\n"Địa\nphương"\t"Sơ bộ\n2019"\t2018\n"Hà\nNội"\t2,1\t2,0\n'
    expected = {
        ("01@2004", "2019", "_T", "_T", "_T", Decimal("2.1"), "P"),
        ("01@2004", "2018", "_T", "_T", "_T", Decimal(2), "A"),
    }
    assert figures(px(text), "TOTAL_FERTILITY_RATE") == expected
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = ("\ufeff" + text).encode(encoding)
        assert figures(px(wide), "TOTAL_FERTILITY_RATE") == expected


def test_notes_below_the_table_are_no_lines(px: Check) -> None:
    batch = px(
        '"Tổng tỷ suất sinh"\n\n"Vùng";"2018"\n"CẢ NƯỚC";2.05\n\n'
        '"Nguồn: Tổng cục Thống kê"\n"Ghi chú:";"(*) Số sơ bộ"\n"Latest update:";"20230101"\n'
    )
    assert batch.issues.is_empty()
    assert batch.observations["ref_area"].to_list() == ["VN"]
    starred = px('"Tổng tỷ suất sinh"\n\n"Vùng";"2018"\n"CẢ NƯỚC";2.05\n"(*) Theo vùng";"mới"\n')
    assert starred.issues.is_empty()


@pytest.mark.parametrize(
    ("above", "printed", "value"),
    [
        ('"Dân số trung bình (Người)"\n', "96484000", "96484"),
        ('"Dân số trung bình"\n"Đơn vị tính: Người"\n', "96484000", "96484"),
        ('"Dân số trung bình (Nghìn người)"\n', "96484.5", "96484.5"),
        ('"Average population (Thous. persons)"\n', '"96,484.5"', "96484.5"),
        ('"Average population"\n', "96 484.5", "96484.5"),
    ],
)
def test_the_unit_in_the_title_counts(px: Check, above: str, printed: str, value: str) -> None:
    batch = px(f'{above}\n"Vùng";"2019"\n"CẢ NƯỚC";{printed}\n')
    assert batch.observations["obs_value"].to_list() == [Decimal(value)]


def test_thousands_of_teachers_are_persons(px: Check) -> None:
    batch = px('"Số giáo viên phổ thông (Nghìn người)"\n\n"Vùng";"2019-2020"\n"CẢ NƯỚC";"803,6"\n')
    assert batch.observations["obs_value"].to_list() == [Decimal(803600)]


def test_points_that_group_digits_are_told_by_the_whole_table(px: Check) -> None:
    head = '"Số giáo viên phổ thông"\n\n"Địa phương";"2018";"2019"\n"CẢ NƯỚC";'
    grouped = px(f'{head}"803.601";"1.236.306"\n')
    assert grouped.observations["obs_value"].to_list() == [Decimal(803601), Decimal(1236306)]
    decimal = px(f"{head}803.601;804.5\n")
    assert decimal.observations["obs_value"].to_list() == [Decimal("803.601"), Decimal("804.5")]
    alone = px(f"{head}803.601;..\n")
    assert [code for code, _ in issues(alone)] == ["AMBIGUOUS_NUMBER"]
    assert alone.submissions["status"][0] == "refused"


@pytest.mark.parametrize(
    "period",
    ["Quý I năm 2023", "Quarter 2 2023", "01/2023", "2023M02", "2010-2015", "6 tháng đầu 2023"],
)
def test_other_periods_than_years_are_never_taken_for_years(px: Check, period: str) -> None:
    batch = px(f'"Tổng tỷ suất sinh"\n\n"Kỳ";"Chung"\n"2022";2.0\n"{period}";2.1\n')
    assert batch.observations["time_period"].to_list() == ["2022"]
    assert issues(batch) == [("PX_LABEL_UNKNOWN", period)]


def test_open_age_groups_in_words(px: Check) -> None:
    batch = px(
        '"Lực lượng lao động phân theo nhóm tuổi"\n\n"Nhóm tuổi";"2019"\n"TỔNG SỐ";54659.2\n'
        '"65 tuổi trở lên";10.5\n"60 years of age and above";20.5\n'
        '"25 – 49";30.5\n"Dưới 15 tuổi";1.5\n"62 tuổi trở lên";9\n'
    )
    ages = [row[3] for row in batch.observations.select(COLUMNS).rows()]
    assert ages == ["_T", "Y_GE65", "Y_GE60", "Y25T49", "Y_LT15"]
    assert ("PX_LABEL_UNKNOWN", "62 tuổi trở lên") in issues(batch)


def test_a_table_without_mapping_is_taken_apart_all_the_same(px: Check) -> None:
    batch = px(
        '"Số vụ kết hôn phân theo địa phương"\n\n'
        '"Địa phương";"2018 Tổng số";"2018 Lần thứ 2 trở lên";"2019 Nữ"\n'
        '"CẢ NƯỚC";735292;73402;1\n"Hà Nội";47803;6813;1\n'
    )
    [issue] = batch.issues.iter_rows(named=True)
    for part in (
        'PX-…,"Số vụ kết hôn phân theo địa phương",',
        "năm 2018-2019",
        "2 địa phương",
        "mã F",
        "Lần thứ 2 trở lên",
    ):
        assert part in issue["message_vi"]


def test_a_sparse_json_stat_with_class_and_status(px: Check) -> None:
    data = {
        "version": "2.0",
        "class": "dataset",
        "label": "Sex ratio at birth by residence",
        "id": ["Y", "R"],
        "size": [2, 2],
        "dimension": {"Y": YEARS, "R": PLACES},
        "value": {"0": 112.1, "2": 111.4, "3": 110.679573421},
        "status": {"1": ".."},
    }
    batch = px(json.dumps(data).encode() + b"\x00\x00", "bang.json")
    assert figures(batch, "SEX_RATIO_AT_BIRTH") == EXPECTED


@pytest.mark.parametrize(
    ("title", "sex"),
    [
        ("Lực lượng lao động nữ từ 15 tuổi trở lên", "F"),
        ("LỰC LƯỢNG LAO ĐỘNG NỮ", "F"),
        ("Female labour force", "F"),
        ("Lực lượng lao động nam", "M"),
        ("Lực lượng lao động Việt Nam", "_T"),
        ("Lực lượng lao động nam, nữ", "_T"),
        ("Lực lượng lao động (nam/100 nữ)", "_T"),
    ],
)
def test_a_title_that_speaks_of_one_sex_is_about_that_sex(px: Check, title: str, sex: str) -> None:
    batch = px(f'"{title}"\n\n"Vùng";"2019"\n"CẢ NƯỚC";25000.5\n')
    assert batch.observations["sex"].to_list() == [sex]


def test_percentages_are_not_taken_for_persons(px: Check) -> None:
    batch = px('"Dân số trung bình theo vùng (%)"\n\n"Vùng";"2019"\n"CẢ NƯỚC";25.5\n')
    assert issues(batch) == [("WRONG_UNIT", "PERCENT")]
    assert batch.submissions["status"][0] == "refused"
    for title in ("Tỷ lệ nữ trong lực lượng lao động", "Percentage of women teachers"):
        unmapped = px(f'"{title}"\n\n"Vùng";"2019"\n"CẢ NƯỚC";47.5\n')
        assert [code for code, _ in issues(unmapped)] == ["PX_TABLE_UNKNOWN"]
