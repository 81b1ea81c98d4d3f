"""Part of stage *normalise*: the fields of sheet Thông tin, one row per file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import polars as pl

from etl import form
from etl.addresses import CellValue
from etl.batch import ReceivedFile, ReceivedSubmissions
from etl.findings import Finding, findings_frame, gather
from etl.layout import FormContent, Information
from indicators.errors import UnknownLocality
from indicators.localities import LocalityRegistry
from indicators.numbers import DateFormatError, parse_date, parse_period
from indicators.tables import conform
from indicators.text import fold, normalise

Value = TypeVar("Value")


@dataclass(frozen=True)
class ReadForm:
    """A received file and what was recognised in it."""

    file: ReceivedFile
    content: FormContent


def read_information(
    forms: Sequence[ReadForm], registry: LocalityRegistry
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """ReceivedSubmissions, and findings about fields that cannot be understood."""
    rows, findings = [], []
    for one in forms:
        row, found = _information_row(one, registry)
        rows.append(row)
        findings.append(findings_frame(one.file.submission_id, found))
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return conform(frame, ReceivedSubmissions), gather(findings)


def _information_row(
    one: ReadForm, registry: LocalityRegistry
) -> tuple[dict[str, object], list[Finding]]:
    """The information fields of one file, each read in its own way."""
    information = one.content.information
    found: list[Finding] = []

    def read(name: str, reader: Callable[[CellValue], Value]) -> Value | None:
        field = information.get(name)
        if field is None or field.value in ("", None):
            return None
        try:
            return reader(field.value)
        except (ValueError, UnknownLocality, DateFormatError) as error:
            found.append(_information_finding(name, field, str(error)))
            return None

    row: dict[str, object] = {
        "submission_id": one.file.submission_id,
        "run_id": one.file.run_id,
        "sequence": one.file.sequence,
        "received_at": one.file.received_at,
        "file_name": one.file.file_name,
        "archive_path": one.file.archive_path,
        "sha256": one.file.sha256,
        "template_id": read("template_id", _template_id),
        "template_version": read("template_version", _template_version),
        "organisation": read("organisation", _text),
        "locality_id": read("locality", lambda value: registry.find(_text(value), None)),
        "reporting_period": read("reporting_period", lambda value: parse_period(_text(value))),
        "dataset_id": read("dataset_id", _text),
        "prepared_on": read("prepared_on", _date),
        "prepared_by": read("prepared_by", _text),
        "number_locale": read("number_locale", _number_locale),
        "is_synthetic": bool(read("is_synthetic", _yes_no)),
        "licence": read("licence", _text),
        "provenance": read("provenance", _text),
    }
    return row, found


def _information_finding(name: str, field: Information, reason: str) -> Finding:
    code = "UNKNOWN_LOCALITY" if name == "locality" else "INFORMATION_INVALID"
    return Finding(code, field.sheet, field.sheet_row, field.cell, str(field.value), reason)


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normalise(str(value))


def _template_id(value: CellValue) -> str:
    if _text(value) != form.TEMPLATE_ID:
        raise ValueError(f"cần {form.TEMPLATE_ID}")
    return form.TEMPLATE_ID


def _template_version(value: CellValue) -> str:
    if _text(value) not in form.TEMPLATE_VERSIONS:
        raise ValueError(f"cần một trong: {', '.join(form.TEMPLATE_VERSIONS)}")
    return _text(value)


def _date(value: CellValue) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_date(_text(value))


def _number_locale(value: CellValue) -> str:
    return _word(value, form.NUMBER_LOCALE_WORDS)


def _yes_no(value: CellValue) -> bool:
    return _word(value, form.YES_NO_WORDS)


def _word(value: CellValue, words: dict[str, Value]) -> Value:
    try:
        return words[fold(_text(value))]
    except KeyError:
        raise ValueError(f"cần một trong: {', '.join(words)}") from None
