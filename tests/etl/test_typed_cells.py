"""What offices type into the cells of the form, from the file to the stored row."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from etl import form, pipeline
from etl.addresses import column_letter
from etl.check import CheckedBatch
from etl.settings import Settings
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation
from tests.support.old_encodings import tcvn3, utf_8

Check = Callable[..., CheckedBatch]
GOOD = observation(source_family="REGISTRATION")
# A csv line has its kind and the information before the columns of sheet Số liệu.
_CODE_CELL = {".xlsx": "C4", ".csv": f"{column_letter(len(form.INFORMATION_FIELDS) + 4)}2"}


def codes(batch: CheckedBatch) -> list[tuple[str, str | None]]:
    return [(row["code"], row["cell"]) for row in batch.issues.iter_rows(named=True)]


@pytest.mark.parametrize(
    "place", ["Hưng Yên", "TỈNH HƯNG YÊN", "\u00a0Hung  Yen", "H\u2212ng Yªn", "Hung Yen province"]
)
def test_a_name_is_read_in_the_list_of_the_reporting_unit(check: Check, place: str) -> None:
    batch = check(GOOD | {"ref_area": place, "reported_value": 111.4})
    assert codes(batch) == []
    assert batch.observations["ref_area"].to_list() == ["33@2025"]


def test_names_of_the_63_are_read_for_a_unit_of_the_63(check: Check) -> None:
    line = GOOD | {"ref_area": "B¾c K¹n", "reported_value": 111.4, "time_period": 2023}
    batch = check(line, locality="06@2004", reporting_period="2023")
    assert batch.observations["ref_area"].to_list() == ["06@2004"]


def test_a_lost_letter_is_refused_at_its_cell_with_what_it_may_be(check: Check) -> None:
    batch = check(GOOD | {"ref_area": "H\ufffdNG Y\ufffdN", "reported_value": 111.4})
    assert codes(batch) == [("UNKNOWN_LOCALITY", "C4")]
    assert "mất chữ" in batch.issues["message_vi"][0]
    assert "33@2025" in batch.issues["message_vi"][0]


def test_a_note_that_lost_letters_is_refused(check: Check) -> None:
    batch = check(GOOD | {"note": "T\ufffdng h\ufffdp", "reported_value": 111.4})
    assert codes(batch) == [("LOST_CHARACTERS", "R4")]


@pytest.mark.parametrize(
    ("line", "value", "status"),
    [
        ({"reported_value": "111,4(*)"}, Decimal("111.4"), "P"),
        ({"reported_value": "111,4 (*)", "obs_status": "A"}, Decimal("111.4"), "A"),
        ({"reported_value": 111.4, "time_period": "Sơ bộ 2025"}, Decimal("111.4"), "P"),
        ({"reported_value": 111.4, "time_period": "prel_2025"}, Decimal("111.4"), "P"),
        ({"reported_value": 111.4}, Decimal("111.4"), "A"),
        ({"reported_value": ".."}, None, "M"),
        ({"reported_value": "…"}, None, "M"),
        ({"reported_value": "NA"}, None, "M"),
        ({"reported_value": "-"}, None, "M"),
    ],
)
def test_marks_become_statuses(
    check: Check, line: dict, value: Decimal | None, status: str
) -> None:
    batch = check(GOOD | line)
    assert codes(batch) == []
    row = batch.observations.row(0, named=True)
    assert (row["obs_value"], row["obs_status"]) == (value, status)


def test_a_footnote_of_unknown_meaning_is_a_warning(check: Check) -> None:
    batch = check(GOOD | {"reported_value": "111,4¹"})
    assert codes(batch) == [("FOOTNOTE_MARK", "L4")]
    assert batch.observations["obs_value"].to_list() == [Decimal("111.4")]


def test_a_school_year_is_kept_under_its_first_year_with_a_warning(check: Check) -> None:
    batch = check(GOOD | {"reported_value": 111.4, "time_period": "Sơ bộ 2025-2026"})
    assert codes(batch) == [("SCHOOL_YEAR", "D4")]
    row = batch.observations.row(0, named=True)
    assert (row["time_period"], row["obs_status"]) == ("2025", "P")


def test_other_words_that_lost_letters_are_refused_where_they_stand(check: Check) -> None:
    statement = {
        "target_id": "NSGE-4.2",
        "milestone_year": 2025,
        "own_status": "đạt",
        "cause": "Do thi\ufffdu kinh ph\ufffd",
    }
    batch = check(GOOD | {"reported_value": 111.4}, statements=[statement])
    assert [code for code, _ in codes(batch)] == ["LOST_CHARACTERS"]
    lost = check(GOOD | {"reported_value": 111.4}, organisation="S\ufffd N\ufffdi v\ufffd")
    assert codes(lost) == [("INFORMATION_INVALID", "B5")]
    assert "đã mất chữ" in lost.issues["message_vi"][0]


@pytest.mark.parametrize("encode", [tcvn3, utf_8])
def test_a_whole_sheet_in_an_old_encoding_is_read(
    check: Check, encode: Callable[[str], str]
) -> None:
    batch = check(
        GOOD
        | {"ref_area": encode("tỉnh Hưng Yên"), "note": encode("Tổng hợp từ các xã, phường")}
        | {"reported_value": 111.4},
        locality=encode("Hưng Yên"),
        organisation=encode("Sở Nội vụ tỉnh Hưng Yên"),
    )
    # A name of the sender's own sheet needs the list that it belongs to.
    assert {code for code, _ in codes(batch)} == {"UNKNOWN_LOCALITY"}
    assert "tỉnh Hưng Yên (33@2025)" in batch.issues["message_vi"][0]
    identified = check(
        GOOD
        | {"ref_area": encode("tỉnh Hưng Yên"), "note": encode("Tổng hợp từ các xã, phường")}
        | {"reported_value": 111.4},
        organisation=encode("Sở Nội vụ tỉnh Hưng Yên"),
    )
    assert codes(identified) == []
    row = identified.observations.row(0, named=True)
    assert (row["ref_area"], row["note"]) == ("33@2025", "Tổng hợp từ các xã, phường")
    assert identified.submissions["organisation"].to_list() == ["Sở Nội vụ tỉnh Hưng Yên"]


def test_old_text_is_stored_in_unicode(check: Check) -> None:
    batch = check(
        GOOD | {"reported_value": 111.4, "note": "Së Néi vô", "source_text": "Tổng cục trƣởng"}
    )
    row = batch.observations.row(0, named=True)
    assert (row["note"], row["source_text"]) == ("Sở Nội vụ", "Tổng cục trưởng")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_bare_code_is_read_where_the_file_names_its_list(
    tmp_path: Path, settings: Settings, ending: str
) -> None:
    path = Form([GOOD | {"ref_area": 33, "reported_value": 111}]).write(tmp_path / f"f{ending}")
    assert codes(pipeline.validate(path, settings, NOW).checked) == [
        ("UNKNOWN_LOCALITY", _CODE_CELL[ending])
    ]
    if ending == ".csv":
        header, line = path.read_text("utf-8").splitlines()
        path.write_text(f"{header},Bảng địa giới\n{line},34 tỉnh\n", "utf-8")
    else:
        book = openpyxl.load_workbook(path)
        book["Thông tin"].append(["Bảng địa giới", "34 tỉnh"])
        book.save(path)
    named = pipeline.validate(path, settings, NOW).checked
    assert codes(named) == []
    assert named.observations["ref_area"].to_list() == ["33@2025"]
