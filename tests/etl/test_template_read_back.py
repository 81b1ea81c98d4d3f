"""A filled template is read back as it was typed, also after LibreOffice saved it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl import form, pipeline
from etl.check import CheckedBatch
from etl.computed_cells import computed_value, is_computed_value
from etl.settings import Settings
from etl.template_book import HIDDEN_VERSION
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation
from tests.support.office import save_as
from tests.support.templates import (
    FILLED,
    HUNG_YEN,
    SHARE,
    address,
    fill,
    judged,
    reading,
    write,
)

READ_AGAIN = ("xlsx", "xls", "ods")  # endings of LibreOffice's own that the reader takes


# Read back ------------------------------------------------------------------------------------


def test_a_filled_template_is_read_as_typed(settings: Settings, tmp_path: Path) -> None:
    batch = judged(fill(write(settings, tmp_path / "mau.xlsx")), settings)
    assert batch.issues["code"].to_list() == []
    rows = {
        (row["indicator_id"], row["sex"]): row for row in batch.observations.iter_rows(named=True)
    }
    assert len(rows) == len(FILLED)
    women = rows[SHARE, "F"]
    assert (women["obs_value"], women["obs_status"]) == (Decimal("85.245901639"), "P")
    assert women["ref_area"] == HUNG_YEN
    assert women["time_period"] == "2026"
    men = rows[SHARE, "M"]
    assert (men["obs_value"], men["denominator"]) == (None, Decimal(0))
    ratio = rows["SEX_RATIO_AT_BIRTH", "_T"]
    assert (ratio["source_family"], round(ratio["obs_value"], 1)) == (
        "REGISTRATION",
        Decimal("113.0"),
    )
    wages = rows["WAGE_WORKER_SHARE", "F"]
    assert (wages["source_family"], wages["obs_value"]) == ("SURVEY", Decimal("52.4"))
    statement = batch.statements.row(0, named=True)
    assert (statement["own_status"], statement["cause"]) == ("near", "thiếu nguồn cán bộ")


def test_an_untouched_template_is_an_empty_report_and_nothing_worse(
    settings: Settings, tmp_path: Path
) -> None:
    path = write(settings, tmp_path / "mau.xlsx")
    issues = judged(path, settings).issues
    assert issues.select("code", "cell").rows() == [("INFORMATION_MISSING", "B9")]


def test_every_kind_of_template_is_read_without_a_finding(
    settings: Settings, tmp_path: Path
) -> None:
    for locality, period in (("VN", "2026"), ("10729@2025", "2026"), ("33@2004", "2025-S1")):
        path = write(settings, tmp_path / f"{locality}.xlsx", locality, period)
        batch = judged(fill(path, {(SHARE, "Nữ"): {"Tử số": 5, "Mẫu số": 8}}), settings)
        assert batch.issues["code"].to_list() == [], locality
        assert batch.observations.height == 1


def test_version_1_is_still_read(check: Callable[..., CheckedBatch]) -> None:
    assert form.TEMPLATE_VERSIONS == ("1", "2")
    batch = check(observation(SHARE, numerator=13, denominator=22), template_version="1")
    assert batch.issues.is_empty()


def test_only_our_own_formula_may_lack_its_result() -> None:
    ours = computed_value("F7", "G7", 100.0, 1).removeprefix("=")
    assert is_computed_value(ours.encode())
    assert is_computed_value(ours.replace('"', "&quot;").encode())
    for other in (
        "Sheet2!B5",
        "F7/G7*100",
        ours.replace("G7=0", "G8=0"),
        ours.replace("ROUND(F7", "ROUND(F8"),
        f"{ours}+B9",
    ):
        assert not is_computed_value(other.encode()), other


def test_a_result_typed_over_the_formula_is_not_lost_unseen(
    settings: Settings, tmp_path: Path
) -> None:
    lone, counted, empty = (SHARE, "Nữ"), ("SEX_RATIO_AT_BIRTH", "Chung"), (SHARE, "Nam")
    path = fill(
        write(settings, tmp_path / "mau.xlsx"),
        {
            lone: {"Tự tính": 45.5},
            counted: {"Tử số": 11842, "Mẫu số": 10480, "Tự tính": 99},
            empty: {"Tự tính": 0},  # what LibreOffice saves for an empty result in .xls
        },
    )
    sheet = openpyxl.load_workbook(path)["Số liệu"]
    batch = judged(path, settings)
    assert batch.issues.select("code", "cell", "severity").rows() == [
        ("COMPUTED_CELL_TYPED", address(sheet, lone, "Tự tính"), "error")
    ]
    assert "45,5" in batch.issues["message_vi"][0]
    again = openpyxl.load_workbook(path)
    again["Số liệu"][address(sheet, lone, "Tự tính")] = None
    again.save(path)
    rows = judged(path, settings).observations
    # The counts decide, whatever stands beside them.
    assert rows.select("indicator_id", "numerator", "denominator").rows() == [
        (counted[0], Decimal(11842), Decimal(10480))
    ]
    assert round(rows["obs_value"][0], 1) == Decimal("113.0")


@pytest.mark.office
@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+84 221", "-1+1", "@SUM(A1)", "{=1}"])
def test_a_name_that_looks_like_a_formula_stays_a_name(
    name: str, settings: Settings, tmp_path: Path
) -> None:
    sent = [observation(SHARE, sex="Nữ", numerator=13, denominator=22)]
    information = {"provenance": None, "organisation": name}
    Form(sent, information=information).write(tmp_path / "2025.xlsx")
    pipeline.run(settings, [tmp_path / "2025.xlsx"], NOW)
    path = write(settings, tmp_path / "2026.xlsx")
    for book in (path, save_as(path, "xlsx", tmp_path / "saved")):
        cell = next(
            row[1]
            for row in openpyxl.load_workbook(book)["Thông tin"].iter_rows(max_col=2)
            if row[0].value == "Đơn vị báo cáo"
        )
        assert (cell.data_type, cell.value) == ("s", name)
    # Nor does it become one when somebody only steps into the cell: it is marked as words.
    assert openpyxl.load_workbook(path)["Thông tin"]["B5"].quotePrefix


def test_another_formula_without_result_is_refused(settings: Settings, tmp_path: Path) -> None:
    path = fill(
        write(settings, tmp_path / "mau.xlsx"),
        {("GENDER_LAW_EVENTS", "Chung"): {"Giá trị": "=SUM(2,1)"}},
    )
    batch = judged(path, settings)
    assert batch.issues["code"].to_list() == ["FORMULA_NOT_CALCULATED"]


# Through LibreOffice --------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("ending", READ_AGAIN)
def test_a_filled_template_saved_by_libreoffice_reads_the_same(
    ending: str, settings: Settings, tmp_path: Path
) -> None:
    path = fill(write(settings, tmp_path / "mau.xlsx"))
    saved = save_as(path, ending, tmp_path / "saved")
    before, after = judged(path, settings), judged(saved, settings)
    assert after.issues["code"].to_list() == []
    assert reading(after).equals(reading(before))
    columns_kept = ["target_id", "milestone_year", "own_status", "cause"]
    assert after.statements.select(columns_kept).equals(before.statements.select(columns_kept))


@pytest.mark.office
def test_libreoffice_computes_the_computed_cells(settings: Settings, tmp_path: Path) -> None:
    path = fill(write(settings, tmp_path / "mau.xlsx"))
    saved = save_as(path, "xlsx", tmp_path / "saved")
    sheet = openpyxl.load_workbook(saved, data_only=True)["Số liệu"]
    assert sheet[address(sheet, ("SEX_RATIO_AT_BIRTH", "Chung"), "Tự tính")].value == 113
    assert sheet[address(sheet, (SHARE, "Nữ"), "Tự tính")].value == 85.2
    assert not sheet[address(sheet, (SHARE, "Nam"), "Tự tính")].value  # nobody to count


@pytest.mark.office
def test_libreoffice_keeps_limits_locks_and_the_hidden_version(
    settings: Settings, tmp_path: Path
) -> None:
    path = write(settings, tmp_path / "mau.xlsx")
    before = openpyxl.load_workbook(path)
    after = openpyxl.load_workbook(save_as(path, "xlsx", tmp_path / "saved"))
    assert after.defined_names[HIDDEN_VERSION].value == f'"{form.TEMPLATE_VERSION}"'
    for name in ("Thông tin", "Số liệu", "Đánh giá"):
        assert limits(after[name]) == limits(before[name])
        assert after[name].protection.sheet
    sheet = after["Số liệu"]
    assert not sheet[address(sheet, (SHARE, "Nữ"), "Tử số")].protection.locked
    assert sheet[address(sheet, (SHARE, "Nữ"), "Tự tính")].protection.locked
    assert sheet.print_title_rows == "$4:$4"


def limits(sheet: Worksheet) -> dict[str, tuple[Any, ...]]:
    """Cell → kind, bounds and message; LibreOffice gathers cells with equal rules."""
    found = {}
    for one in sheet.data_validations.dataValidation:
        # LibreOffice gives a list a second bound of 0, which means nothing.
        bounds = [one.formula1, "" if one.type == "list" else one.formula2]
        for area in one.sqref.ranges:
            for row, column in area.cells:
                key = sheet.cell(row, column).coordinate
                found[key] = (one.type, *bounds, one.errorTitle, one.error)
    return found


@pytest.mark.office
def test_it_prints_on_a4_pages_without_losing_text(settings: Settings, tmp_path: Path) -> None:
    path = write(settings, tmp_path / "mau.xlsx")
    pdf = save_as(path, "pdf", tmp_path / "saved").read_bytes()
    boxes = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf))
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(842, 595)}
    # One page wide: guide, information, and as many pages as the lines of both tables need.
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 6 <= pages <= 12
