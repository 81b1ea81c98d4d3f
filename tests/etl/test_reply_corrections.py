"""A number that the system corrected is said so in the answer to its sender."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from etl import pipeline
from etl.settings import Settings
from indicators.catalogue import load_catalogue
from tests.support.forms import Form, observation


def test_an_applied_correction_stands_in_sheet_and_json(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load_catalogue()
    row = {
        "correction_id": "C-1", "indicator_id": "SEX_RATIO_AT_BIRTH", "ref_area": "33@2025",
        "time_period": "2025", "sex": "_T", "age": "_T", "breakdown": "_T", "definition": "STD",
        "source_family": "REGISTRATION", "column_name": "reported_value",
        "expected_value": "1114", "action": "replace", "corrected_value": "111.4",
        "reason_vi": "Mất dấu thập phân.", "decided_by": "Tổ số liệu",
        "reported_to": None, "reported_on": None,
    }  # fmt: skip
    corrections = pl.DataFrame(
        [[row[name] for name in catalogue.corrections.columns]],
        schema=dict.fromkeys(catalogue.corrections.columns, pl.String),
        orient="row",
    ).select(pl.col(name).cast(dtype) for name, dtype in catalogue.corrections.schema.items())
    monkeypatch.setattr(
        pipeline, "load_catalogue", lambda: replace(catalogue, corrections=corrections)
    )
    line = observation(reported_value=1114, source_family="REGISTRATION")
    path = Form([line]).write(tmp_path / "bao-cao.xlsx")
    pipeline.run(settings, [path], datetime(2026, 11, 21))
    (answer,) = settings.replies.glob("*.json")
    (applied,) = json.loads(answer.read_bytes())["applied_corrections"]
    assert (applied["correction_id"], applied["received_value"]) == ("C-1", "1114")
    sheet = openpyxl.load_workbook(answer.with_suffix(".xlsx")).worksheets[0]
    words = [cell.value for cell in sheet["A"] if cell.value]
    assert (
        "Đã đính chính (C-1), dòng 4, Giá trị: 1114 → 111,4. Mất dấu thập phân. (Tổ số liệu)"
        in words
    )
