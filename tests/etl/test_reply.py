"""The answer to the sender: her own workbook, the faulty cells marked, what to do in Vietnamese."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from etl import pipeline, reply, reply_pool, reply_workbook
from etl.reply_pages import RESULT_SHEET
from etl.settings import Settings
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation
from tests.support.office import save_as

SHARE = "VICTIMS_REACHING_SERVICE"
ERROR, WARNING = "F6C9B8", "FBE7B2"
WRONG = observation(SHARE, numerator=30, denominator=22)
RIGHT = observation(SHARE, numerator=13, denominator=22)


@pytest.fixture
def answer(settings: Settings) -> Callable[..., Workbook]:
    """Send one file and open the workbook that comes back."""

    def send(content: bytes | Form, name: str = "bao-cao.xlsx") -> Workbook:
        path = settings.inbox / name
        if isinstance(content, Form):
            content.write(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        pipeline.run(settings, [], NOW)
        last = max(settings.replies.glob("*.xlsx"))
        return load_workbook(last)

    return send


def words(book: Workbook) -> list[str]:
    return [str(cell.value) for row in book[RESULT_SHEET].iter_rows() for cell in row if cell.value]


def colour(book: Workbook, sheet: str, address: str) -> str:
    return str(book[sheet][address].fill.fgColor.rgb)[2:]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_errors_and_warnings_have_their_colours_and_words(answer) -> None:
    cut_off = observation("WOMEN_MASTERS", numerator=14, denominator=30, reported_value=46.6)
    book = answer(Form([WRONG, cut_off]))
    assert colour(book, "Số liệu", "J4") == ERROR
    assert colour(book, "Số liệu", "L5") == WARNING
    assert "lớn hơn mẫu số 22" in book["Số liệu"]["J4"].comment.text


def test_only_the_result_is_selected_so_that_typing_changes_one_sheet(answer) -> None:
    book = answer(Form([WRONG]))
    assert book.active.title == RESULT_SHEET
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [RESULT_SHEET]


def test_the_result_prints_on_a4_across(answer) -> None:
    sheet = answer(Form([WRONG]))[RESULT_SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_mended_reply_that_is_sent_back_bears_no_old_marks(answer) -> None:
    book = answer(Form([WRONG, observation(SHARE, ref_area="01@2025", numerator=1, denominator=2)]))
    book["Số liệu"]["J4"] = 13
    again = answer(saved(book))
    assert again.sheetnames == [RESULT_SHEET, "Thông tin", "Số liệu", "Đánh giá"]
    assert again["Số liệu"]["J4"].comment is None
    assert colour(again, "Số liệu", "J4") != ERROR
    assert colour(again, "Số liệu", "C5") == ERROR
    assert "lỗi: 1;" in " ".join(words(again))


def test_a_mended_reply_is_accepted(answer, settings) -> None:
    book = answer(Form([WRONG]))
    book["Số liệu"]["J4"] = 13
    (settings.inbox / "sua.xlsx").write_bytes(saved(book))
    assert pipeline.run(settings, [], NOW).accepted == 1


def test_taking_marks_off_gives_cells_their_own_look_back(answer, tmp_path) -> None:
    """As in the template: yellow, locked around; with a comment of the unit's own."""
    sent = load_workbook(Form([WRONG]).write(tmp_path / "mau.xlsx"))
    cell = sent["Số liệu"]["J4"]
    cell.fill = PatternFill("solid", fgColor="FFF8DC")
    cell.comment = Comment("=chép từ sổ theo dõi", "Hòa")
    marked = answer(saved(sent))
    assert marked["Số liệu"]["J4"].comment.text.endswith(
        "Chú thích của đơn vị: =chép từ sổ theo dõi"
    )
    marked["Số liệu"]["J4"] = 13
    marked["Số liệu"]["F4"] = "?"  # another fault, so that there is a workbook to look at
    again = answer(saved(marked))
    mended = again["Số liệu"]["J4"]
    assert colour(again, "Số liệu", "J4") == "FFF8DC"
    assert mended.comment.text == "=chép từ sổ theo dõi"
    assert mended.protection.locked
    assert colour(again, "Số liệu", "F4") == ERROR


def test_a_faulty_cell_can_be_mended_although_its_sheet_is_locked(answer, tmp_path) -> None:
    sent = load_workbook(Form([{**WRONG, "indicator_id": "X"}]).write(tmp_path / "khoa.xlsx"))
    sent["Số liệu"].protection.enable()
    book = answer(saved(sent))
    assert book["Số liệu"].protection.sheet
    assert not book["Số liệu"]["A4"].protection.locked
    assert book["Số liệu"]["A3"].protection.locked


def test_errors_stand_before_warnings_and_in_the_order_of_the_sheets(answer) -> None:
    cut_off = observation("WOMEN_MASTERS", numerator=14, denominator=30, reported_value=46.6)
    book = answer(Form([cut_off, WRONG], information={"prepared_on": "31/02/2026"}))
    rows = list(book[RESULT_SHEET].iter_rows(values_only=True))
    listed = [row[:2] for row in rows if row[0] in ("Lỗi", "Cảnh báo")]
    assert listed == [("Lỗi", "Thông tin"), ("Lỗi", "Số liệu"), ("Cảnh báo", "Số liệu")]


def test_rows_are_high_enough_for_their_text(answer) -> None:
    """LibreOffice keeps the usual height otherwise, and lines run over one another."""
    sheet = answer(Form([{**WRONG, "ref_area": "Tỉnh Không Có Trên Bản Đồ"}]))[RESULT_SHEET]
    rows = [row for row in sheet.iter_rows() if row[0].value == "Lỗi"]
    longest = max(rows, key=lambda row: max(len(str(cell.value or "")) for cell in row))
    assert sheet.row_dimensions[longest[0].row].height > 25


def test_a_link_leads_to_each_marked_cell(answer) -> None:
    sheet = answer(Form([WRONG]))[RESULT_SHEET]
    links = [cell.hyperlink.location for cell in sheet["C"] if cell.hyperlink]
    assert links == ["'Số liệu'!J4"]


def test_a_hidden_sheet_with_faults_is_shown(answer, tmp_path) -> None:
    book = load_workbook(Form([WRONG]).write(tmp_path / "an.xlsx"))
    book["Số liệu"].sheet_state = "hidden"
    assert answer(saved(book))["Số liệu"].sheet_state == "visible"


def test_a_file_that_cannot_be_read_is_answered_by_the_result_alone(answer) -> None:
    book = answer(b"PK\x03\x04 cut off")
    assert book.sheetnames == [RESULT_SHEET]
    assert any("Không mở được tệp" in word for word in words(book))


def test_thousands_of_findings_are_counted_and_the_first_are_listed(
    answer, settings, monkeypatch
) -> None:
    monkeypatch.setattr(reply_workbook, "_MOST_LISTED", 5)
    book = answer(Form([{**WRONG, "time_period": None, "note": str(n)} for n in range(20)]))
    listed = [word for word in words(book) if word == "Lỗi"]
    assert len(listed) == 5
    assert any(word.startswith("Dưới đây là 5 vấn đề đầu tiên trong ") for word in words(book))
    issues = json.loads(next(settings.replies.glob("*.json")).read_bytes())["issues"]
    assert len(issues) > 20


def test_a_workbook_too_large_to_mark_is_answered_by_the_result_alone(answer, monkeypatch) -> None:
    monkeypatch.setattr(reply_workbook, "_MOST_WORKBOOK_CELLS", 10)
    assert answer(Form([WRONG])).sheetnames == [RESULT_SHEET]


def test_a_workbook_that_cannot_be_written_again_comes_back_as_values(answer, monkeypatch) -> None:
    def broken(*_arguments: object) -> Workbook:
        raise IndexError("a style that is not there")

    monkeypatch.setattr(reply_workbook, "load_workbook", broken)
    book = answer(Form([WRONG]))
    assert book.sheetnames == [RESULT_SHEET, "Thông tin", "Số liệu", "Đánh giá"]
    assert book["Số liệu"]["J4"].value == 30
    assert colour(book, "Số liệu", "J4") == ERROR
    assert any("không giữ định dạng" in word for word in words(book))


def test_csv_lines_come_back_as_a_sheet(answer) -> None:
    book = answer(Form([{**RIGHT, "sex": "?"}]), "bao-cao.csv")
    assert book.sheetnames == [RESULT_SHEET, "csv"]
    marked = [cell for row in book["csv"].iter_rows() for cell in row if cell.comment]
    assert [cell.value for cell in marked] == ["?"]


# Files that cannot go back in their own format ------------------------------------------------


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.office
def test_other_formats_come_back_as_xlsx_with_all_values_marked(answer, tmp_path, ending) -> None:
    sent = load_workbook(Form([WRONG, {**RIGHT, "note": "=chữ"}]).write(tmp_path / "goc.xlsx"))
    sheet = sent["Số liệu"]
    sheet["R5"].data_type = "s"
    sheet["J6"] = "=A1/0"
    sent["Thông tin"]["B9"] = date(2025, 12, 9)
    sent.create_sheet("Sổ theo dõi")["C7"] = 12.5
    (tmp_path / "goc.xlsx").write_bytes(saved(sent))
    book = answer(save_as(tmp_path / "goc.xlsx", ending, tmp_path).read_bytes(), f"goc.{ending}")
    assert book.sheetnames == [RESULT_SHEET, "Thông tin", "Số liệu", "Đánh giá", "Sổ theo dõi"]
    sheet = book["Số liệu"]
    assert (sheet["J4"].value, sheet["K4"].value, colour(book, "Số liệu", "J4")) == (30, 22, ERROR)
    assert (sheet["R5"].value, sheet["R5"].data_type) == ("=chữ", "s")
    assert (sheet["J6"].data_type, colour(book, "Số liệu", "J6")) == ("e", ERROR)
    assert book["Thông tin"]["B9"].value == datetime(2025, 12, 9)
    assert book["Thông tin"]["B9"].number_format == "dd/mm/yyyy"
    assert book["Sổ theo dõi"]["C7"].value == 12.5
    assert any(f"dạng .{ending};" in word for word in words(book))


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.office
def test_a_reply_saved_in_another_format_is_mended_and_accepted(
    answer, settings, tmp_path, ending
) -> None:
    book = answer(Form([WRONG]))
    book["Số liệu"]["J4"] = 13
    (tmp_path / "sua.xlsx").write_bytes(saved(book))
    path = save_as(tmp_path / "sua.xlsx", ending, tmp_path)
    (settings.inbox / path.name).write_bytes(path.read_bytes())
    assert pipeline.run(settings, [], NOW).accepted == 1


def test_a_sheet_too_large_to_read_does_not_make_the_reply_dear(
    answer, settings, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(reply_workbook, "_MOST_WORKBOOK_BYTES", 1_000)
    monkeypatch.setattr(reply_workbook, "load_workbook", None)  # must not be called
    assert answer(Form([WRONG]))["Số liệu"]["J4"].value == 30


def send_many(settings: Settings) -> list[Workbook]:
    for number in range(reply._FEWEST_FOR_WORKERS):
        line = {**WRONG, "time_period": 2010 + number}
        Form([line]).write(settings.inbox / f"{number}.xlsx")
    pipeline.run(settings, [], NOW)
    return [load_workbook(path) for path in sorted(settings.replies.glob("*.xlsx"))]


def test_many_replies_are_made_in_processes_of_their_own(settings, monkeypatch) -> None:
    monkeypatch.setattr(reply, "as_workbook", None)  # must not be called
    books = send_many(settings)
    assert [colour(book, "Số liệu", "J4") for book in books] == [ERROR] * len(books)
    assert len(books) == reply._FEWEST_FOR_WORKERS


def test_a_reply_over_which_its_worker_ends_holds_the_result_alone(settings, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    command = (sys.executable, "-P", "-m", "tests.support.dying_replier")
    monkeypatch.setattr(reply_pool, "_COMMAND", command)
    first, *others = send_many(settings)
    assert first.sheetnames == [RESULT_SHEET]
    assert any("lớn hơn mẫu số" in word for word in words(first))
    assert {len(book.sheetnames) for book in others} == {4}


def with_part(content: bytes, sheet: str, addition: bytes) -> bytes:
    """A workbook with something put behind the cells of a sheet."""
    end = b"</sheetData>"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(end, end + addition) if name == sheet else part)
    return stream.getvalue()


@pytest.mark.parametrize(
    "area",
    [
        b'<mergeCells count="1"><mergeCell ref="A100:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A100:XFD1048576" location="x"/></hyperlinks>',
        b'<hyperlinks><hyperlink ref="A:XFD" location="x"/></hyperlinks>',
    ],
)
def test_an_area_over_the_whole_sheet_does_not_make_the_reply_dear(
    answer, tmp_path, monkeypatch, area
) -> None:
    monkeypatch.setattr(reply_workbook, "load_workbook", None)  # would fill the memory
    sent = Form([WRONG]).write(tmp_path / "vung.xlsx").read_bytes()
    book = answer(with_part(sent, "xl/worksheets/sheet3.xml", area))
    assert colour(book, "Số liệu", "J4") == ERROR


def test_a_cell_far_away_in_a_mended_reply_does_not_make_the_next_one_dear(answer) -> None:
    """Every cell up to it would be made to look for old marks."""
    book = answer(Form([WRONG]))
    book["Đánh giá"]["XFC1048576"] = 1
    book["Số liệu"]["J4"] = 13
    again = answer(saved(book))
    assert any("trải rộng tới ô XFC1048576" in word for word in words(again))
    assert colour(again, "Số liệu", "J4") != ERROR
