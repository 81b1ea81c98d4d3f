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
from indicators.legacy_text import has_lost_characters, to_unicode
from indicators.localities import LocalityRegistry
from indicators.numbers import TextFormatError, parse_date, parse_period
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
        except TextFormatError as error:
            reason = error.reason_vi
        except (ValueError, UnknownLocality) as error:
            reason = str(error)
        found.append(_information_finding(name, field, reason))
        return None

    geo_version = read("geo_version", _geo_version)
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
        "organisation": read("organisation", _name),
        "locality_id": read("locality", lambda value: registry.find(_text(value), geo_version)),
        "reporting_period": read(
            "reporting_period", lambda value: _period(value, one.file.received_at.year)
        ),
        "dataset_id": read("dataset_id", _text),
        "prepared_on": read("prepared_on", _date),
        "prepared_by": read("prepared_by", _name),
        "number_locale": read("number_locale", _number_locale),
        "geo_version": geo_version,
        "is_synthetic": bool(read("is_synthetic", _yes_no)),
        "licence": read("licence", _text),
        "provenance": read("provenance", _name),
    }
    return row, found


def _information_finding(name: str, field: Information, reason: str) -> Finding:
    shown = _text(field.value)
    if name == "locality":
        return Finding("UNKNOWN_LOCALITY", field.sheet, field.sheet_row, field.cell, shown, reason)
    label = next(one.label for one in form.INFORMATION_FIELDS if one.name == name)
    detail = f"{label}: {reason}"
    return Finding("INFORMATION_INVALID", field.sheet, field.sheet_row, field.cell, shown, detail)


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normalise(to_unicode(str(value)))


def _name(value: CellValue) -> str:
    text = _text(value)
    if has_lost_characters(text):
        raise ValueError("đã mất chữ (ký tự thay thế U+FFFD), hãy chép lại từ tệp gốc còn đủ dấu")
    return text


def _template_id(value: CellValue) -> str:
    if _text(value) != form.TEMPLATE_ID:
        raise ValueError(f"cần ghi {form.TEMPLATE_ID}")
    return form.TEMPLATE_ID


def _template_version(value: CellValue) -> str:
    if _text(value) not in form.TEMPLATE_VERSIONS:
        raise ValueError(f"cần ghi một trong: {', '.join(form.TEMPLATE_VERSIONS)}")
    return _text(value)


def _period(value: CellValue, received_year: int) -> str:
    period = parse_period(_text(value))
    if int(period[:4]) > received_year:
        raise ValueError(f"năm {period[:4]} chưa tới (nhận báo cáo năm {received_year})")
    return period


def _date(value: CellValue) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_date(_text(value))


def _number_locale(value: CellValue) -> str:
    return _word(value, form.NUMBER_LOCALE_WORDS, "vi hoặc en")


def _geo_version(value: CellValue) -> str:
    return _word(value, form.GEO_VERSION_WORDS, "63 tỉnh hoặc 34 tỉnh")


def _yes_no(value: CellValue) -> bool:
    return _word(value, form.YES_NO_WORDS, "có hoặc không")


def _word(value: CellValue, words: dict[str, Value], wanted: str) -> Value:
    try:
        return words[fold(_text(value))]
    except KeyError:
        raise ValueError(f"cần ghi {wanted}") from None
