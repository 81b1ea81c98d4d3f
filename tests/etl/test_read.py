"""Stage read: bytes → cells with addresses; whatever is wrong with a file becomes one finding."""

import io
import random
import unicodedata
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl.addresses import column_letter
from etl.limits import ReadLimits
from etl.read import CSV_SHEET, read

LIMITS = ReadLimits(
    maximum_bytes=5_000_000, maximum_unzipped_bytes=20_000_000, maximum_cells=1_000_000
)


def workbook(write) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)
    return stream.getvalue()


def codes(content: bytes, name: str, limits: ReadLimits = LIMITS) -> list[str]:
    return [finding.code for finding in read(content, name, limits).findings]


@pytest.mark.parametrize(
    ("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA")]
)
def test_column_letters(number: int, letter: str) -> None:
    assert column_letter(number) == letter


def test_cells_keep_their_types_and_the_grid_its_first_address() -> None:
    def write(book):
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(3, 2, ["Tỷ số", 111.4, True])
        sheet.write_datetime(
            4, 2, datetime(2025, 12, 9), book.add_format({"num_format": "dd/mm/yyyy"})
        )

    grid = read(workbook(write), "bao-cao.xlsx", LIMITS).grids[0]
    assert (grid.sheet, grid.first_row, grid.first_column) == ("Số liệu", 4, 3)
    assert grid.rows[0] == ["Tỷ số", 111.4, True]
    assert grid.rows[1][0].isoformat().startswith("2025-12-09")


def test_error_cells_and_uncalculated_formulas_are_not_blanks() -> None:
    def write(book):
        book.add_worksheet("Thông tin").write(0, 0, "x")
        sheet = book.add_worksheet("Số liệu")
        sheet.write_formula("J7", "=13/0", None, "#DIV/0!")
        sheet.write_formula("L8", "=J8/K8", None, "")
        sheet.write_formula("L9", "=1+1", None, 2)

    # Writers other than Excel leave the value of a formula out.
    uncalculated = edited(
        workbook(write),
        "xl/worksheets/sheet2.xml",
        b"<f>J8/K8</f><v></v>",
        b"<f>J8/K8</f>",
    )
    found = read(uncalculated, "a.xlsx", LIMITS).findings
    assert [(one.code, one.sheet, one.cell) for one in found] == [
        ("ERROR_CELL", "Số liệu", "J7"),
        ("FORMULA_NOT_CALCULATED", "Số liệu", "L8"),
    ]
    assert found[0].value == "#DIV/0!"


def test_a_formula_whose_result_is_an_empty_text_is_blank() -> None:
    """=IF(J4="","",J4/K4) is calculated, and there is nothing to show."""

    def write(book):
        book.add_worksheet("Số liệu").write_formula("L4", '=IF(J4="","",J4/K4)', None, "")

    content = edited(
        workbook(write), "xl/worksheets/sheet1.xml", b'<c r="L4">', b'<c r="L4" t="str">'
    )
    assert b't="str"><f>' in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert codes(content, "a.xlsx") == []


def edited(content: bytes, entry: str, *changes: bytes) -> bytes:
    """The workbook with texts of one part replaced: old, new, old, new …"""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            data = source.read(name)
            for old, new in zip(changes[::2], changes[1::2], strict=True):
                data = data.replace(old, new) if name == entry else data
            changed.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "rong.xlsx", "FILE_NOT_WORKBOOK"),
        (b"<html><table></table></html>", "trang-web.xlsx", "FILE_NOT_WORKBOOK"),
        (b"\xd0\xcf\x11\xe0 cut off", "bi-cat.xls", "FILE_NOT_WORKBOOK"),
        (b"PK\x03\x04 cut off", "bi-cat.xlsx", "FILE_UNREADABLE"),
        (b"%PDF-1.7", "bao-cao.pdf", "FILE_TYPE_UNKNOWN"),
        ("Mã chỉ tiêu".encode("cp1258", "replace"), "cp1258.csv", "FILE_ENCODING"),
        ("B\ufffd R\ufffda".encode(), "mat-chu.csv", "FILE_ENCODING"),
        (b"a,b\x00\n", "nul.csv", "FILE_ENCODING"),
        (b"x" * 5_000_001, "to.csv", "FILE_TOO_LARGE"),
    ],
)
def test_a_file_that_cannot_be_read_yields_one_finding(
    content: bytes, name: str, code: str
) -> None:
    assert codes(content, name) == [code]


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert codes(stream.getvalue(), "bom.xlsx") == ["FILE_TOO_LARGE"]


def test_a_zip_that_is_no_workbook_is_unreadable() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "xin chào")
    assert codes(stream.getvalue(), "gia.xlsx") == ["FILE_UNREADABLE"]


def test_a_workbook_cut_off_anywhere_never_raises() -> None:
    content = workbook(lambda book: book.add_worksheet("Số liệu").write_row(0, 0, ["a"] * 50))
    for length in range(4, len(content) - 1, 97):
        result = read(content[:length], "cat.xlsx", LIMITS)
        assert [one.code for one in result.findings] == ["FILE_UNREADABLE"]


def test_a_cell_typed_far_away_is_refused_before_its_area_is_laid_out() -> None:
    """The area up to XFD1048576 would need a terabyte: the process would end, not only the file."""

    def write(book):
        book.add_worksheet("Thông tin").write(0, 0, "x")
        sheet = book.add_worksheet("Số liệu")
        sheet.write("C3", "x")
        sheet.write("XFD1048576", "x")

    result = read(workbook(write), "xa.xlsx", LIMITS)
    assert [grid.sheet for grid in result.grids] == ["Thông tin"]
    (found,) = result.findings
    assert (found.code, found.sheet, found.detail) == ("SHEET_TOO_LARGE", "Số liệu", "XFD1048576")


@pytest.mark.parametrize(("limit", "code"), [(40_000, []), (39_999, ["SHEET_TOO_LARGE"])])
def test_the_area_between_the_outermost_filled_cells_counts(limit: int, code: list[str]) -> None:
    def write(book):
        sheet = book.add_worksheet("Số liệu")
        sheet.write("B1001", "x")
        sheet.write("E11000", "x")
        sheet.write_blank("ZZ90000", None, book.add_format({"bold": True}))

    assert codes(workbook(write), "a.xlsx", replace(LIMITS, maximum_cells=limit)) == code


def test_a_lie_about_the_number_of_texts_reserves_no_memory() -> None:
    content = workbook(lambda book: book.add_worksheet("Số liệu").write(0, 0, "chữ"))
    lying = edited(
        content, "xl/sharedStrings.xml", b'uniqueCount="1"', b'uniqueCount="99999999999"'
    )
    assert lying != content
    assert codes(lying, "a.xlsx") == ["FILE_UNREADABLE"]


def test_a_workbook_with_encrypted_parts_is_protected() -> None:
    content = bytearray(workbook(lambda book: book.add_worksheet("Số liệu").write(0, 0, 1)))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + flags_at] |= 1
            start = content.find(signature, start + 4)
    assert codes(bytes(content), "mat-khau.xlsx") == ["FILE_PROTECTED"]


def test_damaged_workbooks_never_raise() -> None:
    chance = random.Random(2026)
    content = workbook(lambda book: book.add_worksheet("Số liệu").write_row(0, 0, ["a", 1.5] * 9))
    for _ in range(300):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 9)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        result = read(bytes(damaged), "hong.xlsx", LIMITS)
        assert result.grids or result.findings


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Mã,Tên\n1,"chưa đóng\n2,b\n3,c\n', "2"),
        ('Mã,Tên\n1,"a\nb"\n2,"đóng" sớm\n', "4"),
    ],
)
def test_quotes_out_of_place_are_no_licence_to_swallow_lines(text: str, line: str) -> None:
    (found,) = read(text.encode(), "a.csv", LIMITS).findings
    assert (found.code, found.value) == ("CSV_QUOTES", line)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1258"])
def test_csv_of_another_encoding_is_said_so(encoding: str) -> None:
    text = unicodedata.normalize("NFD", "Mã chỉ tiêu,Giá trị\nA,1\n")
    assert codes(text.encode(encoding, "replace"), "a.csv") == ["FILE_ENCODING"]


def test_csv_in_utf_16_is_read_where_a_byte_order_mark_says_so() -> None:
    text = "\ufeffMã chỉ tiêu\tGiá trị\r\nA\t1\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        grid = read(text.encode(encoding), "a.csv", LIMITS).grids[0]
        assert grid.rows == [["Mã chỉ tiêu", "Giá trị"], ["A", "1"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_of_any_delimiter_with_or_without_byte_order_mark(delimiter: str, mark: str) -> None:
    text = mark + delimiter.join(["Mã chỉ tiêu", "Giá trị", "Ghi chú"]) + "\r\n"
    text += delimiter.join(["A", '"13,75"', '"hai\ndòng"']) + "\r\n"
    grid = read(text.encode(), "a.csv", LIMITS).grids[0]
    assert grid.sheet == CSV_SHEET
    assert grid.rows == [["Mã chỉ tiêu", "Giá trị", "Ghi chú"], ["A", "13,75", "hai\ndòng"]]


def test_the_ending_is_read_without_case(tmp_path: Path) -> None:
    content = workbook(lambda book: book.add_worksheet("S").write(0, 0, 1))
    assert read(content, "BAO CAO.XLSX", LIMITS).grids[0].rows == [[1.0]]
