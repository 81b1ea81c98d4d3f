"""Tables of the statistics office's server: JSON-stat, and every table that the catalogue maps."""

import json
from decimal import Decimal

import pytest

from etl.px_mapping import PxMapping
from tests.support.px import Check, figures, issues

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
