"""Templates written, filled in as an officer does, and read back, for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from etl import form, pipeline
from etl.check import CheckedBatch
from etl.settings import Settings
from etl.template import write_template
from etl.template_content import TemplateContent, TemplateContents
from etl.template_previous import AcceptedValues
from indicators.catalogue import load_catalogue
from tests.etl.conftest import NOW

HUNG_YEN = "33@2025"
FIRST_ROW = 5
SHARE = "VICTIMS_REACHING_SERVICE"
FILLED: dict[tuple[str, str], dict[str, Any]] = {
    ("SEX_RATIO_AT_BIRTH", "Chung"): {"Tử số": 11842, "Mẫu số": 10480},
    (SHARE, "Nữ"): {"Tử số": 52, "Mẫu số": 61, "Trạng thái số liệu": "Sơ bộ"},
    (SHARE, "Nam"): {"Tử số": 0, "Mẫu số": 0},
    ("WAGE_WORKER_SHARE", "Nữ"): {"Giá trị": 52.4, "Loại nguồn": "Điều tra"},
    ("GENDER_LAW_EVENTS", "Chung"): {"Giá trị": 3, "Ghi chú": "hai huyện cũ gộp lại"},
}


def content(settings: Settings, locality: str = HUNG_YEN, period: str = "2026") -> TemplateContent:
    accepted = AcceptedValues(settings.processed, period).of(locality)
    return TemplateContents(load_catalogue(), period).of(locality, accepted)


def write(settings: Settings, path: Path, locality: str = HUNG_YEN, period: str = "2026") -> Path:
    return write_template(load_catalogue(), settings.processed, locality, period, path)[0]


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[FIRST_ROW - 1] if cell.value}


def lines(sheet: Worksheet) -> dict[tuple[str, str], int]:
    """(indicator, sex) → row of the first such line."""
    at = columns(sheet)
    found: dict[tuple[str, str], int] = {}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        key = (
            str(sheet.cell(row, at["Mã chỉ tiêu"]).value),
            str(sheet.cell(row, at["Giới tính"]).value),
        )
        found.setdefault(key, row)
    return found


def fill(path: Path, cells: dict[tuple[str, str], dict[str, Any]] | None = None) -> Path:
    """Type into the template as an officer does; formulas stay without a result."""
    book = openpyxl.load_workbook(path)
    information = book[form.INFORMATION_SHEET]
    for row in information.iter_rows(min_row=1, max_col=2):
        if row[0].value == "Ngày lập":
            row[1].value = date(2026, 11, 20)
    sheet = book[form.OBSERVATION_SHEET]
    at, rows = columns(sheet), lines(sheet)
    for key, entries in (FILLED if cells is None else cells).items():
        for label, entry in entries.items():
            sheet.cell(rows[key], at[label]).value = entry
    statements = book[form.STATEMENT_SHEET]
    statements.cell(FIRST_ROW, columns(statements)["Kết quả tự đánh giá"]).value = "Gần đạt"
    statements.cell(FIRST_ROW, columns(statements)["Nguyên nhân"]).value = "thiếu nguồn cán bộ"
    book.save(path)
    return path


def judged(path: Path, settings: Settings) -> CheckedBatch:
    return pipeline.validate(path, settings, NOW).checked


def reading(batch: CheckedBatch) -> pl.DataFrame:
    """What was understood, without where it came from."""
    kept = batch.observations.select(
        "indicator_id",
        "sex",
        "breakdown",
        "source_family",
        "obs_status",
        "numerator",
        "denominator",
        "obs_value",
        "note",
    )
    return kept.sort("indicator_id", "sex")


def address(sheet: Worksheet, key: tuple[str, str], label: str) -> str:
    return sheet.cell(lines(sheet)[key], columns(sheet)[label]).coordinate
