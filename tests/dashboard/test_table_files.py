"""A table as CSV and as a workbook: typed numbers, harmless texts, marks of made-up figures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dashboard.downloads import file_name
from dashboard.table import Column, Table
from dashboard.table_files import csv_file, sheet_names, xlsx_file
from dashboard.texts import Words
from tests.support.release import HOSTILE

VI, EN = Words("vi"), Words("en")
MADE_AT = datetime(2026, 11, 20, 2)

TABLE = Table(
    title="Tỷ số giới tính khi sinh: Đắk Lắk",
    columns=[
        Column("place", "Địa phương"),
        Column("year", "Năm", "year"),
        Column("value", "Giá trị", "number", decimals_key="places", link_key="trace"),
        Column("count", "Mẫu số", "number", decimals=0),
        Column("note", "Ghi chú"),
    ],
    rows=[
        {
            "place": "Đắk Lắk", "year": 2024, "value": 111.45, "places": 1, "count": 1234567,
            "trace": "/truy-vet?obs=a:1", "note": HOSTILE,
        },
        {"place": "Cả nước", "year": 2023, "value": -0.5, "places": 2, "count": None,
         "trace": None, "note": "=1+1"},
        {"place": "Huế", "year": None, "value": None},
    ],
    notes=["Đơn vị: bé trai trên 100 bé gái", "Nguồn: Cục Thống kê"],
)  # fmt: skip
MADE_UP = replace(TABLE, is_synthetic=True)


def lines(table: Table, words: Words = VI) -> list[list[str]]:
    text = csv_file(table, "http://board", words).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def workbook(*tables: Table, words: Words = VI) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_file(tables, "http://board", MADE_AT, words)))


# CSV ---------------------------------------------------------------------------------------------


def test_csv_holds_every_row_with_a_point_as_decimal_mark() -> None:
    assert lines(TABLE) == [
        ["Địa phương", "Năm", "Giá trị", "Mẫu số", "Ghi chú", "Giá trị: liên kết"],
        ["Đắk Lắk", "2024", "111.5", "1234567", HOSTILE, "http://board/truy-vet?obs=a:1"],
        ["Cả nước", "2023", "-0.50", "", "'=1+1", ""],
        ["Huế", "", "", "", "", ""],
    ]


def test_csv_begins_with_the_mark_by_which_excel_knows_its_letters() -> None:
    assert csv_file(TABLE, "", VI).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(start: str) -> None:
    hostile = f"{start}cmd|' /C calc'!A0"
    table = Table("x", [Column("a", hostile)], [{"a": hostile}], [])
    text = csv_file(table, "", VI).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[f"'{hostile}"], [f"'{hostile}"]]


def test_every_row_of_a_file_with_made_up_figures_says_so() -> None:
    head, *rows = lines(MADE_UP)
    assert head[-1] == "Lưu ý"
    assert {row[-1] for row in rows} == {"CÓ SỐ LIỆU MINH HỌA"}
    assert {row[-1] for row in lines(MADE_UP, EN)[1:]} == {"WITH SYNTHETIC FIGURES"}
    assert "Lưu ý" not in lines(TABLE)[0]


# Excel -------------------------------------------------------------------------------------------


def test_numbers_of_a_workbook_are_numbers_with_the_decimals_of_their_row() -> None:
    sheet = workbook(TABLE)["Số liệu"]
    cells = [[(cell.value, cell.number_format) for cell in row] for row in sheet["B2:D3"]]
    assert cells[0][0] == (2024, "0")
    assert cells[0][1] == (111.5, "#,##0.0")
    assert cells[0][2] == (1234567, "#,##0")
    assert cells[1][1] == (-0.5, "#,##0.00")
    assert isinstance(sheet["B2"].value, int)


def test_what_is_missing_is_an_empty_cell_never_zero() -> None:
    sheet = workbook(TABLE)["Số liệu"]
    assert [cell.value for cell in sheet[4]] == ["Huế", None, None, None, None, None]


def test_texts_of_a_workbook_are_never_formulas_or_links() -> None:
    sheet = workbook(TABLE)["Số liệu"]
    assert (sheet["E3"].value, sheet["E3"].data_type) == ("=1+1", "s")
    assert sheet["E2"].value == HOSTILE
    assert sheet["F2"].value == "http://board/truy-vet?obs=a:1"
    assert sheet["F2"].hyperlink is None


def test_the_head_stays_and_filters_and_the_columns_have_room() -> None:
    sheet = workbook(TABLE)["Số liệu"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert sheet.column_dimensions["F"].width > len("http://board/truy-vet?obs=a:1")


def test_a_narrow_table_is_printed_on_the_width_of_a_sheet_a_wide_one_with_its_first_column() -> (
    None
):
    narrow = workbook(TABLE)["Số liệu"]
    wide = workbook(replace(TABLE, columns=[Column(f"c{at}", f"Cột {at}") for at in range(60)]))[
        "Số liệu"
    ]
    assert (narrow.page_setup.fitToHeight, narrow.print_title_rows) == (0, "$1:$1")
    assert wide.page_setup.fitToHeight is None
    assert wide.print_title_cols == "$A:$A"


def test_the_notes_have_a_sheet_of_their_own() -> None:
    assert [cell.value for cell in workbook(TABLE)["Ghi chú"]["A"]] == [TABLE.title, *TABLE.notes]
    assert workbook(TABLE, words=EN).sheetnames == ["Figures", "Notes"]


def test_a_workbook_with_made_up_figures_says_so_on_both_sheets() -> None:
    book = workbook(MADE_UP)
    sheet = book["Số liệu"]
    assert sheet["A1"].value == "SỐ LIỆU MINH HỌA"
    assert [cell.value for cell in sheet[2]][:2] == ["Địa phương", "Năm"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:F5")
    assert book["Ghi chú"]["A2"].value == "CÓ SỐ LIỆU MINH HỌA"


def test_every_table_of_a_page_has_a_sheet_and_the_notes_tell_them_apart() -> None:
    own = ["Chuỗi của một địa phương", TABLE.notes[1]]
    second = replace(TABLE, title="Chuỗi", sheet="Chuỗi số liệu", notes=own, is_synthetic=True)
    book = workbook(replace(TABLE, sheet="Các địa phương"), second)
    assert book.sheetnames == ["Các địa phương", "Chuỗi số liệu", "Ghi chú"]
    assert book["Các địa phương"]["A1"].value == "Địa phương"
    assert book["Chuỗi số liệu"]["A1"].value == VI("synthetic.ribbon")
    assert [cell.value for cell in book["Ghi chú"]["A"]] == [
        f"Các địa phương – {TABLE.title}", TABLE.notes[0],
        "Chuỗi số liệu – Chuỗi", "CÓ SỐ LIỆU MINH HỌA", own[0],
        TABLE.notes[1],
    ]  # fmt: skip


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    long = "Tỷ số giới tính khi sinh của các địa phương"
    names = sheet_names(["[a]: b*?/\\ 'c'", long, long.upper(), "", "''"])
    assert names == [
        "a b 'c", long[:31], f"{long.upper()[:27]} (2)", "-", "- (2)",
    ]  # fmt: skip
    assert max(map(len, names)) == 31


def test_the_same_table_makes_the_same_file() -> None:
    files = {xlsx_file([TABLE], "http://board", MADE_AT, VI) for _ in range(2)}
    assert len(files) == 1


def test_a_text_too_long_for_a_cell_is_cut_rather_than_lost() -> None:
    table = Table("x", [Column("a", "A")], [{"a": "đ" * 40_000}], ["n" * 40_000])
    assert workbook(table)["Số liệu"]["A2"].value == "đ" * 32_767


def test_a_table_without_rows_is_a_file_with_heads() -> None:
    assert workbook(replace(TABLE, rows=[]))["Số liệu"].max_row == 1
    assert len(lines(replace(TABLE, rows=[]))) == 1


# Both --------------------------------------------------------------------------------------------


def test_numbers_are_rounded_half_up_as_on_the_page() -> None:
    column = Column("value", "Giá trị", "number", decimals=1)
    shown = {value: column.number_in({"value": value}) for value in (2.25, 0.05, 1.15, -0.05)}
    assert shown == {
        2.25: Decimal("2.3"), 0.05: Decimal("0.1"), 1.15: Decimal("1.2"), -0.05: Decimal("-0.1"),
    }  # fmt: skip


def test_a_text_in_a_column_of_numbers_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="value"):
        Column("value", "Giá trị", "number").number_in({"value": "12"})


@pytest.mark.parametrize(
    ("title", "is_synthetic", "expected"),
    [
        ("Tỷ số giới tính khi sinh: Đắk Lắk", False, "ty-so-gioi-tinh-khi-sinh-dak-lak"),
        ("Tổng quan", True, "minh-hoa-tong-quan"),
        ("../../etc/passwd\r\nX: y", False, "etc-passwd-x-y"),
        ("ชื่อ", False, "bang"),
        ("một " * 60, False, "-".join(["mot"] * 20)),
    ],
)
def test_a_file_is_named_in_plain_letters(title: str, is_synthetic: bool, expected: str) -> None:
    assert file_name([replace(TABLE, title=title, is_synthetic=is_synthetic)], VI) == expected
