"""A file that is sent again is answered with what it changes against the last accepted one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from etl import pipeline
from etl.reply_pages import CHANGES_SHEET, RESULT_SHEET
from etl.settings import Settings
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

SHARE, RATIO = "VICTIMS_REACHING_SERVICE", "SEX_RATIO_AT_BIRTH"
FIRST = [
    observation(SHARE, numerator=13, denominator=22),
    observation(RATIO, reported_value=112.5),
    observation("WOMEN_MASTERS", numerator=14, denominator=30),
]
RATIO_LINE = observation(RATIO, reported_value=112.5)
SECOND = [
    observation(RATIO, reported_value=112.5),
    observation(SHARE, numerator=15, denominator=22),
    observation("WOMEN_DOCTORATES", numerator=1, denominator=4),
]


@pytest.fixture
def send(settings: Settings, tmp_path: Path):
    """Send files one run after the other; the answer to the last one."""

    def run(*forms: Form) -> dict[str, Any]:
        for number, form in enumerate(forms):
            form.write(settings.inbox / f"lan-{number + 1}.xlsx")
            pipeline.run(settings, [], NOW)
        return json.loads(max(settings.replies.glob("*.json")).read_bytes())

    return run


def kinds(answer: dict[str, Any]) -> dict[str, str]:
    return {line["code"]: line["kind"] for line in answer["changes"]["lines"]}


def test_the_first_file_of_its_kind_changes_nothing(send, settings) -> None:
    assert send(Form(FIRST))["changes"] is None
    assert not list(settings.replies.glob("*.xlsx"))


def test_added_removed_changed_and_unchanged_lines_are_counted_and_listed(send) -> None:
    changes = send(Form(FIRST), Form(SECOND))["changes"]
    counts = [changes[kind] for kind in ("added", "removed", "changed", "unchanged")]
    assert counts == [1, 1, 1, 1]
    by_code = {line["code"]: line for line in changes["lines"]}
    assert set(by_code) == {SHARE, "WOMEN_DOCTORATES", "WOMEN_MASTERS"}
    changed = by_code[SHARE]
    assert (changed["kind"], changed["sheet_row"]) == ("changed", 5)
    assert changed["before"] == "59,0909 (13/22)"
    assert changed["after"] == "68,1818 (15/22)"
    assert by_code["WOMEN_MASTERS"]["after"] is None
    assert by_code["WOMEN_DOCTORATES"]["before"] is None


def test_the_workbook_lists_the_changes_with_links_to_the_lines(send, settings) -> None:
    send(Form(FIRST), Form(SECOND))
    book = load_workbook(max(settings.replies.glob("*.xlsx")))
    assert book.sheetnames[:2] == [RESULT_SHEET, CHANGES_SHEET]
    words = [str(row[0].value) for row in book[RESULT_SHEET].iter_rows()]
    assert any(
        line.startswith("So với tệp được tiếp nhận gần nhất (lan-1.xlsx, nhận ngày 21/11/2026)")
        and line.endswith("thêm 1 dòng, bỏ 1, sửa 1, giữ nguyên 1")
        for line in words
    )
    rows = list(book[CHANGES_SHEET].iter_rows(min_row=4))
    assert [row[0].value for row in rows] == ["Sửa", "Thêm", "Bỏ"]
    assert rows[0][2].hyperlink.location == "'Số liệu'!A5"
    assert rows[2][2].hyperlink is None


def test_a_refused_file_is_compared_with_the_accepted_one_before_it(send) -> None:
    wrong = [{**SECOND[1], "numerator": 30}, *FIRST[1:]]
    answer = send(Form(FIRST), Form(wrong))
    assert answer["status"] == "refused"
    assert kinds(answer) == {SHARE: "changed"}


def test_a_refused_file_is_nothing_to_compare_with(send) -> None:
    wrong = [{**FIRST[0], "numerator": 30}]
    answer = send(Form(FIRST), Form(wrong), Form(FIRST, information={"prepared_by": "An"}))
    assert answer["changes"]["previous_name"] == "lan-1.xlsx"
    assert answer["changes"]["unchanged"] == 3


def test_files_of_one_run_follow_each_other(send, settings) -> None:
    Form(FIRST).write(settings.inbox / "a.xlsx")
    Form(SECOND).write(settings.inbox / "b.xlsx")
    pipeline.run(settings, [], NOW)
    answer = json.loads(max(settings.replies.glob("*.json")).read_bytes())
    assert (answer["file_name"], answer["changes"]["changed"]) == ("b.xlsx", 1)


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": "Sở Y tế"},
        {"locality": "01@2025"},
        {"reporting_period": "2024"},
        {"dataset_id": "KHAC"},
    ],
)
def test_another_sender_place_period_or_set_is_another_kind(send, other) -> None:
    line = observation(SHARE, numerator=13, denominator=22)
    assert send(Form([line]), Form([line], information=other))["changes"] is None


def test_the_name_of_the_sender_may_be_spelt_otherwise(send) -> None:
    spelt = {"organisation": "SỞ NỘI VỤ  tỉnh Hưng Yên"}
    assert send(Form(FIRST), Form(FIRST, information=spelt))["changes"]["unchanged"] == 3


def test_a_statement_that_changes_is_listed_in_words(send) -> None:
    said = {"target_id": "NSGE-4.1", "milestone_year": 2025, "own_status": "chưa đạt"}
    later = {**said, "own_status": "đạt", "cause": "vượt kế hoạch"}
    changes = send(Form(FIRST, [said]), Form(FIRST, [later]))["changes"]
    (line,) = changes["lines"]
    assert (line["sheet"], line["kind"], line["period"]) == ("Đánh giá", "changed", "2025")
    assert (line["before"], line["after"]) == ("chưa đạt", "đạt; vượt kế hoạch")


def test_codes_are_said_in_words_and_numbers_as_they_are_typed(send) -> None:
    women = observation("WAGE_WORKER_SHARE", sex="Nữ", reported_value=52.4)
    other = observation(RATIO, reported_value=112.5, obs_status="Sơ bộ", source_family="SURVEY")
    said = {"target_id": "NSGE-4.1", "milestone_year": 2030, "proposed_target": 108.5}
    (first, second, third) = send(Form([RATIO_LINE]), Form([RATIO_LINE, women, other], [said]))[
        "changes"
    ]["lines"]
    assert (first["group"], first["after"]) == ("Nữ · Báo cáo hành chính", "52,4")
    assert (second["group"], second["after"]) == ("Điều tra", "112,5 [Số sơ bộ]")
    assert third["after"] == "108,5"


def test_validate_tells_what_would_change(send, settings, tmp_path) -> None:
    send(Form(FIRST))
    path = Form(SECOND).write(tmp_path / "lan-2.xlsx")
    changes = pipeline.validate(path, settings, NOW).answer.findings.changes
    assert changes is not None
    assert (changes.added, changes.removed, changes.changed, changes.unchanged) == (1, 1, 1, 1)


def test_text_of_an_earlier_file_stays_text(send, settings) -> None:
    said = {"target_id": "NSGE-4.1", "milestone_year": 2025, "own_status": "đạt"}
    evil = {"target_id": "NSGE-4.1", "milestone_year": 2025, "cause": "=HYPERLINK(1)"}
    send(Form(FIRST, [evil]), Form(FIRST, [said]))
    sheet = load_workbook(max(settings.replies.glob("*.xlsx")))[CHANGES_SHEET]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
