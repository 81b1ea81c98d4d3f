"""The answer to the sender: her own workbook, the faulty cells marked, what to do in Vietnamese."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from etl import pipeline, reply_workbook
from etl.reply_workbook import RESULT_SHEET
from etl.settings import Settings
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

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


def test_a_workbook_that_cannot_be_written_again_is_answered_by_the_result_alone(
    answer, monkeypatch
) -> None:
    def broken(*_arguments: object) -> Workbook:
        raise IndexError("a style that is not there")

    monkeypatch.setattr(reply_workbook, "load_workbook", broken)
    book = answer(Form([WRONG]))
    assert book.sheetnames == [RESULT_SHEET]
    assert "PART_LARGER_THAN_WHOLE" not in words(book)
    assert any("lớn hơn mẫu số" in word for word in words(book))


def test_csv_lines_come_back_as_a_sheet(answer) -> None:
    book = answer(Form([{**RIGHT, "sex": "?"}]), "bao-cao.csv")
    assert book.sheetnames == [RESULT_SHEET, "csv"]
    marked = [cell for row in book["csv"].iter_rows() for cell in row if cell.comment]
    assert [cell.value for cell in marked] == ["?"]
