from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from etl.annex_file import read_annex
from indicators.catalogue.annex import AnnexRow
from indicators.errors import CatalogueError

THREE_COLUMNS = [
    ["PHỤ LỤC I", "", "", ""],
    ["TT", "Mã số", "Nhóm chỉ tiêu", "Tên chỉ tiêu"],
    ["1", "0101", "Dân số", "Tỷ số giới tính khi sinh"],
    ["", "", "", ""],
    ["TT", "Mã số", "Nhóm chỉ tiêu", "Tên chỉ tiêu"],
    ["2", "0102", "Dân số", "Tổng tỷ suất sinh"],
]
GROUP_ROWS = [
    ["STT", "Mã số", "Nhóm, tên chỉ tiêu"],
    ["", "01", "Dân số"],
    ["1", "0101", "Tỷ số giới tính khi sinh"],
    ["2", "0102", "Tổng tỷ suất sinh"],
]
EXPECTED = [
    AnnexRow("0101", "Dân số", "Tỷ số giới tính khi sinh"),
    AnnexRow("0102", "Dân số", "Tổng tỷ suất sinh"),
]


def write_xlsx(path: Path, table: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Bìa").write(0, 0, "Thông tư")
        sheet = workbook.add_worksheet("Phụ lục")
        for number, cells in enumerate(table):
            sheet.write_row(number, 1, cells)


def write_docx(path: Path, table: list[list[str]]) -> None:
    document = Document()
    document.add_paragraph("Ban hành kèm theo Thông tư")
    rows = document.add_table(rows=0, cols=len(table[0]))
    for cells in table:
        for cell, text in zip(rows.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))


def write_csv(path: Path, table: list[list[str]]) -> None:
    lines = (";".join(f'"{cell}"' for cell in cells) for cells in table)
    path.write_text("\n".join(lines), encoding="utf-8-sig")


WRITERS = {"xlsx": write_xlsx, "docx": write_docx, "csv": write_csv}


@pytest.mark.parametrize("table", [THREE_COLUMNS, GROUP_ROWS], ids=["columns", "group rows"])
@pytest.mark.parametrize("suffix", list(WRITERS))
def test_an_annex_reads_alike_from_every_kind_of_file(
    suffix: str, table: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / f"phu-luc.{suffix}"
    WRITERS[suffix](path, table)
    assert read_annex(path) == EXPECTED


def test_a_group_merged_over_the_columns_of_a_word_table(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate([["Mã số", "Tên"], ["Dân số", ""], ["5", "Tổng tỷ suất sinh"]]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    document.save(str(tmp_path / "a.docx"))
    assert read_annex(tmp_path / "a.docx") == [AnnexRow("5", "Dân số", "Tổng tỷ suất sinh")]


def test_a_code_typed_as_a_number_keeps_no_decimals(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Mã số", "Tên chỉ tiêu"])
        sheet.write_row(1, 0, [101, "Tổng tỷ suất sinh"])
    assert read_annex(tmp_path / "a.xlsx") == [AnnexRow("101", "", "Tổng tỷ suất sinh")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF", "chỉ đọc phụ lục dạng xlsx, docx hoặc csv"),
        ("a.xlsx", b"not a workbook", "không đọc được"),
        ("a.docx", b"not a document", "không đọc được"),
        ("a.csv", b"\xff\xfe\x00", "không đọc được"),
        ("a.csv", b"STT,Ten\n1,x\n", "không thấy bảng có cột Mã số và Tên chỉ tiêu"),
    ],
)
def test_what_cannot_be_read_is_explained(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=says):
        read_annex(path)
