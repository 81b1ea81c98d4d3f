"""The template: what it asks for and how it looks to Excel."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl import form, pipeline
from etl.settings import Settings
from etl.template import template_path, write_templates
from etl.template_book import HIDDEN_ID, HIDDEN_VERSION, SOURCE_FAMILY_WORDS
from etl.template_content import TemplateContents
from indicators.catalogue import load_catalogue
from indicators.errors import FileExists, UnknownLocality
from indicators.numbers import DateFormatError
from indicators.text import fold
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation
from tests.support.templates import (
    FIRST_ROW,
    HUNG_YEN,
    SHARE,
    address,
    columns,
    content,
    fill,
    lines,
    write,
)

# What is asked for ----------------------------------------------------------------------------


def test_a_province_is_asked_for_the_series_of_its_targets(settings: Settings) -> None:
    asked = content(settings)
    catalogue = load_catalogue()
    provincial = catalogue.targets.filter(
        pl.col("locality_id") == "VN",
        pl.col("applies_to_levels").str.contains("province"),
        (pl.col("valid_to_year") >= 2026).fill_null(value=True),
        pl.col("compound_rule").is_null(),
    )
    assert {line.indicator_id for line in asked.series} == set(provincial["indicator_id"])
    assert "PROVINCES_WITH_LGBT_HEALTH_FACILITY" not in {line.indicator_id for line in asked.series}
    breakdowns = {line.breakdown for line in asked.series}
    assert "ADMIN_LEVEL.COMMUNE" in breakdowns
    assert "ADMIN_LEVEL.MINISTRY" not in breakdowns  # of the country only
    assert "ADMIN_LEVEL.DISTRICT" not in breakdowns  # gone since 01/07/2025


def test_a_level_that_is_gone_on_the_last_day_is_not_asked_for(settings: Settings) -> None:
    def asked(locality: str, period: str) -> tuple[set[str], set[str]]:
        found = content(settings, locality, period)
        return {one.breakdown for one in found.series}, {one.target_id for one in found.statements}

    for locality, period, exists in (("33@2004", "2025-S1", True), (HUNG_YEN, "2025", False)):
        breakdowns, targets = asked(locality, period)
        assert ("ADMIN_LEVEL.DISTRICT" in breakdowns) == exists
        assert ("NSGE-1.1d" in targets) == exists


def test_the_country_is_asked_for_the_best_source_and_an_office_for_its_own(
    settings: Settings,
) -> None:
    def families(locality: str) -> set[str]:
        return {
            line.default_family
            for line in content(settings, locality).series
            if line.indicator_id == "WAGE_WORKER_SHARE"
        }

    assert families("VN") == {"SURVEY"}
    assert families(HUNG_YEN) == {"ADMIN"}


def test_sexes_are_asked_for_where_the_indicator_is_by_sex(settings: Settings) -> None:
    by_indicator: dict[str, set[str]] = {}
    for line in content(settings).series:
        by_indicator.setdefault(line.indicator_id, set()).add(line.sex)
    assert by_indicator[SHARE] == {"F", "M", "_T"}
    assert by_indicator["WAGE_WORKER_SHARE"] == {"F", "M", "_T"}
    assert by_indicator["SEX_RATIO_AT_BIRTH"] == {"_T"}


def test_no_series_is_asked_for_twice(settings: Settings) -> None:
    for locality in (HUNG_YEN, "VN", "00004@2025", "10729@2025"):
        keys = [
            (line.indicator_id, line.sex, line.age, line.breakdown, line.definition)
            for line in content(settings, locality).series
        ]
        assert len(keys) == len(set(keys)) > 20


def test_a_commune_is_asked_for_what_its_province_adds_up(settings: Settings) -> None:
    asked = {line.indicator_id for line in content(settings, "00004@2025").series}
    assert {SHARE, "SEX_RATIO_AT_BIRTH", "LGBT_HEALTH_FACILITIES"} <= asked
    # A sample of households says nothing about one ward.
    assert not {"WAGE_WORKER_SHARE", "ADOLESCENT_BIRTH_RATE"} & asked


def test_a_commune_speaks_of_its_own_authority_not_of_a_share_of_authorities(
    settings: Settings,
) -> None:
    demands = {
        (line.target_id, line.milestone_year): line.demand
        for line in content(settings, "00004@2025").statements
    }
    assert demands["NSGE-1.1", 2030] == demands["NSGE-6.3", 2030] == "có"
    assert ("NSGE-1.1e", 2030) not in demands
    province = {line.target_id for line in content(settings).statements}
    assert {"NSGE-1.1e", "NSGE-4.4"} <= province


def test_a_half_year_leaves_out_what_no_office_counts(settings: Settings) -> None:
    year = {line.indicator_id for line in content(settings).series}
    half = {line.indicator_id for line in content(settings, period="2026-S1").series}
    assert half < year
    assert "ADOLESCENT_BIRTH_RATE" in year - half
    assert SHARE in half


def test_an_indicator_of_every_five_years_comes_when_its_time_is_up(
    settings: Settings, tmp_path: Path
) -> None:
    rare = "MATERNAL_MORTALITY_RATIO"
    assert rare in {line.indicator_id for line in content(settings, "VN").series}
    sent = observation(rare, reported_value=44, reference_year=2024, source_family="CENSUS")
    Form([sent], information={"locality": "VN"}).write(tmp_path / "vn.xlsx")
    pipeline.run(settings, [tmp_path / "vn.xlsx"], NOW)
    assert rare not in {line.indicator_id for line in content(settings, "VN").series}
    assert rare in {line.indicator_id for line in content(settings, "VN", "2029").series}


def test_every_binding_milestone_has_a_line_with_its_demand(settings: Settings) -> None:
    found = {(line.target_id, line.milestone_year): line for line in content(settings).statements}
    assert found["NSGE-2.3", 2030].demand == "≥ 30 %"
    assert found["NSGE-4.1", 2025].demand == "≤ 111 nam trên 100 nữ"
    assert ("P2232-1", 2025) not in found  # the programme ended in 2025
    # Hải Phòng took in Hải Dương, whose own plan asks for more than the country does.
    heir = {
        (line.target_id, line.milestone_year): line
        for line in content(settings, "31@2025").statements
    }
    assert heir["NSGE-1.1e", 2025].document == "3239/KH-UBND"


def test_milestones_long_closed_are_left_out(settings: Settings) -> None:
    years = {line.milestone_year for line in content(settings, period="2028").statements}
    assert years == {2030}


@pytest.mark.parametrize(
    ("locality", "period", "words"),
    [
        ("33@2004", "2026", r"30/06/2025.*kế tiếp: tỉnh Hưng Yên \(33@2025\)"),
        (HUNG_YEN, "2024", r"01/07/2025.*trước đó: .*\(33@2004\), tỉnh Thái Bình \(34@2004\)"),
        ("001@2004", "2026", "30/06/2025.*không có đơn vị kế tiếp"),
        ("33@2026", "2026", "gần giống: 33@2025"),
        ("Hung Yenn", "2026", "gần giống: Hưng Yên"),
        ("Hưng Yên", "2026", r"nhiều địa phương: .*\(33@2025\)"),
        ("RRD@2004", "2026", "không lập báo cáo"),
        ("33", "2026", "hãy ghi mã"),
    ],
)
def test_a_locality_that_cannot_report_then_is_refused(
    settings: Settings, tmp_path: Path, locality: str, period: str, words: str
) -> None:
    with pytest.raises(UnknownLocality, match=words):
        write(settings, tmp_path / "x.xlsx", locality, period)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_period_that_is_none_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DateFormatError):
        write(settings, tmp_path, period="quý 4")


def test_all_provinces_of_the_day_get_one(settings: Settings, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    done = write_templates(
        load_catalogue(),
        settings.processed,
        "province",
        "2026",
        tmp_path,
        lambda _name, done, total: seen.append((done, total)),
    )
    names = sorted(path.name for path in tmp_path.iterdir())
    assert done.written == len(names) == 34
    assert done.kept == []
    assert "33@2025_hung-yen_2026.xlsx" in names
    assert seen[-1] == (34, 34)


def test_all_levels_report_and_units_lie_in_a_folder_of_their_province() -> None:
    localities = TemplateContents(load_catalogue(), "2026").localities
    everyone = localities.of(None)
    assert everyone[0] == "VN"
    assert len(everyone) == 1 + 34 + 3321
    assert template_path(localities, HUNG_YEN, "2026") == Path("33@2025_hung-yen_2026.xlsx")
    assert template_path(localities, "00004@2025", "2026") == Path(
        "01@2025_ha-noi", "00004@2025_ba-dinh_2026.xlsx"
    )


def test_a_file_that_exists_is_left_as_it_is(settings: Settings, tmp_path: Path) -> None:
    filled = fill(write(settings, tmp_path / "33@2025_hung-yen_2026.xlsx"))
    before = filled.read_bytes()
    for out in (filled, tmp_path):
        with pytest.raises(FileExists, match="không ghi đè"):
            write(settings, out)
    done = write_templates(
        load_catalogue(), settings.processed, "province", "2026", tmp_path, lambda *_: None
    )
    assert (done.written, done.kept) == (33, [filled])
    assert filled.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


# The workbook ---------------------------------------------------------------------------------


@pytest.fixture
def book(settings: Settings, tmp_path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write(settings, tmp_path / "mau.xlsx"))


def rule_at(sheet: Worksheet, address: str) -> Any:
    """The data validation of one cell."""
    return next(one for one in sheet.data_validations.dataValidation if address in one.sqref)


def test_sheets_stand_in_the_order_of_the_work(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Hướng dẫn", "Thông tin", "Số liệu", "Đánh giá"]


def test_template_and_version_stand_in_sight_and_hidden(book: openpyxl.Workbook) -> None:
    shown = {row[0].value: row[1].value for row in book["Thông tin"].iter_rows(max_col=2)}
    assert (shown["Mã mẫu biểu"], shown["Phiên bản mẫu"]) == (
        form.TEMPLATE_ID,
        form.TEMPLATE_VERSION,
    )
    assert book.defined_names[HIDDEN_ID].value == f'"{form.TEMPLATE_ID}"'
    assert book.defined_names[HIDDEN_VERSION].value == f'"{form.TEMPLATE_VERSION}"'


def test_only_entry_cells_are_open(book: openpyxl.Workbook) -> None:
    sheet = book["Số liệu"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    open_labels = {
        label
        for label, column in columns(sheet).items()
        if not sheet.cell(FIRST_ROW, column).protection.locked
    }
    # The sex ratio may come from a survey without its counts: its value can be typed.
    assert open_labels == {
        "Tử số",
        "Mẫu số",
        "Giá trị",
        "Năm tham chiếu",
        "Loại nguồn",
        "Nguồn",
        "Trạng thái số liệu",
        "Ghi chú",
    }
    # An office that knows how many victims it helped does not need to type a share.
    assert sheet[address(sheet, (SHARE, "Nữ"), "Giá trị")].protection.locked
    computed = sheet[address(sheet, (SHARE, "Nữ"), "Tự tính")]
    assert computed.protection.locked
    assert computed.value.startswith("=IF(COUNT(")


def test_every_sheet_prints_on_a4_with_its_header_on_each_page(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        # One page wide (Excel's default, not written), as many long as it takes.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in ("Số liệu", "Đánh giá"):
        assert book[name].print_title_rows == "$4:$4"


def test_limits_speak_vietnamese(book: openpyxl.Workbook) -> None:
    sheet = book["Số liệu"]
    value = rule_at(sheet, address(sheet, ("WAGE_WORKER_SHARE", "Nữ"), "Giá trị"))
    assert (value.type, value.formula1, value.formula2) == ("decimal", "0", "100")
    assert value.errorTitle == "Giá trị không hợp lệ"
    assert "từ 0 đến 100 (%)" in value.error
    numerator = rule_at(sheet, address(sheet, (SHARE, "Nữ"), "Tử số"))
    row = lines(sheet)[SHARE, "Nữ"]
    assert numerator.type == "whole"
    assert numerator.error.startswith("Tử số phải là số nguyên từ 0 trở lên")
    assert f"G{row}" in numerator.formula2  # never more than the denominator
    assert "không lớn hơn mẫu số" in numerator.error
    assert numerator.prompt.startswith("Tử số: số người bị bạo lực")


def test_every_message_fits_into_excel(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for one in sheet.data_validations.dataValidation:
            assert one.errorTitle
            assert one.error
            assert len(one.errorTitle) <= 32
            assert len(one.error) <= 255
            assert len(one.prompt or "") <= 255


def test_lists_offer_words_that_are_read_back(book: openpyxl.Workbook) -> None:
    sheet = book["Số liệu"]
    offered = rule_at(sheet, address(sheet, ("SEX_RATIO_AT_BIRTH", "Chung"), "Loại nguồn"))
    words = offered.formula1.strip('"').split(",")
    assert words == ["Điều tra", "Tổng điều tra", "Đăng ký hộ tịch", "Báo cáo hành chính"]
    for code, word in SOURCE_FAMILY_WORDS.items():
        assert form.SOURCE_FAMILY_WORDS[fold(word)] == code
    assert load_catalogue().codes("CL_SOURCE_FAMILY") == set(SOURCE_FAMILY_WORDS)
    assert {fold(word) for word in form.OBS_STATUS_CHOICES} == set(form.OBS_STATUS_WORDS)
    assert all(fold(word) in form.STATUS_WORDS for word in form.STATUS_CHOICES)


def test_numbers_show_unit_and_decimals(book: openpyxl.Workbook) -> None:
    sheet = book["Số liệu"]
    share = sheet[address(sheet, (SHARE, "Nữ"), "Tự tính")]
    events = sheet[address(sheet, ("GENDER_LAW_EVENTS", "Chung"), "Giá trị")]
    previous = sheet[address(sheet, (SHARE, "Nữ"), "Kỳ trước")]
    # The sign is quoted: a bare % would show 59,1 as 5910,0 %.
    assert (share.number_format, events.number_format) == ('#,##0.0"%"', "#,##0")
    assert previous.number_format == share.number_format
    assert sheet[address(sheet, (SHARE, "Nữ"), "Đơn vị")].value == "%"
    assert sheet[address(sheet, ("GENDER_LAW_EVENTS", "Chung"), "Đơn vị")].value == "cuộc/năm"


def test_the_deadline_of_the_calendar_is_the_last_good_day(
    settings: Settings, tmp_path: Path
) -> None:
    assert content(settings, "00004@2025").deadline == (
        "chậm nhất ngày 29/11/2026, gửi Sở Nội vụ Hà Nội"
    )
    assert content(settings, "00004@2025", "2026-S1").deadline == (
        "chậm nhất ngày 29/05/2026, gửi Sở Nội vụ Hà Nội"
    )
    guide = openpyxl.load_workbook(write(settings, tmp_path / "p.xlsx", "00004@2025"))["Hướng dẫn"]
    assert "chậm nhất ngày 29/11/2026" in str([cell.value for cell in guide["B"]])


@pytest.mark.parametrize(("marked", "note"), [("không", ""), ("có", ", số liệu minh họa")])
def test_last_periods_accepted_values_stand_beside_the_cells(
    settings: Settings, tmp_path: Path, marked: str, note: str
) -> None:
    sent = [
        observation(SHARE, sex="Nữ", numerator=13, denominator=22),
        observation("WAGE_WORKER_SHARE", sex="Nữ", reported_value=50.5, source_family="SURVEY"),
    ]
    information = {"provenance": None, "organisation": "Phòng Thống kê tỉnh"}
    information["is_synthetic"] = marked
    Form(sent, information=information).write(tmp_path / "2025.xlsx")
    refused = [observation(SHARE, sex="Nữ", numerator=30, denominator=22)]
    Form(refused).write(tmp_path / "refused.xlsx")
    pipeline.run(settings, [tmp_path / "2025.xlsx", tmp_path / "refused.xlsx"], NOW)
    book = openpyxl.load_workbook(write(settings, tmp_path / "2026.xlsx"))
    sheet = book["Số liệu"]
    share = sheet[address(sheet, (SHARE, "Nữ"), "Kỳ trước")]
    assert share.value == pytest.approx(59.0909, abs=1e-4)
    assert share.protection.locked
    assert sheet[address(sheet, (SHARE, "Nữ"), "Của kỳ")].value == f"2025{note}"
    # Of another kind of source than the one that is asked for first: said so.
    survey = ("WAGE_WORKER_SHARE", "Nữ")
    assert sheet[address(sheet, survey, "Của kỳ")].value == f"2025, điều tra{note}"
    assert sheet[address(sheet, ("SEX_RATIO_AT_BIRTH", "Chung"), "Kỳ trước")].value is None
    shown = {row[0].value: row[1].value for row in book["Thông tin"].iter_rows(max_col=2)}
    assert shown["Đơn vị báo cáo"] == "Phòng Thống kê tỉnh"


def test_a_value_of_the_same_period_is_no_previous_one(settings: Settings, tmp_path: Path) -> None:
    Form([observation(SHARE, numerator=13, denominator=22)]).write(tmp_path / "2025.xlsx")
    pipeline.run(settings, [tmp_path / "2025.xlsx"], NOW)
    assert all(line.previous_value is None for line in content(settings, period="2025").series)


def test_the_package_holds_no_link_and_no_macro(settings: Settings, tmp_path: Path) -> None:
    with zipfile.ZipFile(write(settings, tmp_path / "mau.xlsx")) as package:
        names = package.namelist()
    assert not [name for name in names if "externalLink" in name or "vbaProject" in name]


def test_no_cells_are_merged_and_none_hidden(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not [row for row, shape in sheet.row_dimensions.items() if shape.hidden]
