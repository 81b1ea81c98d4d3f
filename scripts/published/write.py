"""Write a submission in the form BDG-01, as a workbook or as tidy csv."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.form import (
    CSV_FORM_LOCALITY_LABEL,
    INFORMATION_FIELDS,
    INFORMATION_SHEET,
    OBSERVATION_FIELDS,
    OBSERVATION_ROW_KIND,
    OBSERVATION_SHEET,
    ROW_KIND_LABEL,
    STATEMENT_FIELDS,
    STATEMENT_SHEET,
    Field,
)
from scripts.published.model import ObservationRow, StatementRow, Submission

FIRST_INFORMATION_ROW = 2  # row 3 of the sheet; row 1 is the title
HEADER_ROW = 2
# Written into the workbook's properties; the moment of writing would change the file every time.
CREATED = datetime(2026, 11, 21)

TITLES = {
    INFORMATION_SHEET: "BÁO CÁO SỐ LIỆU THỐNG KÊ GIỚI",
    OBSERVATION_SHEET: "SỐ LIỆU THEO CHỈ TIÊU",
    STATEMENT_SHEET: "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
}
WIDE_FIELDS = {"indicator_name", "target_name", "source_text", "note"}


def write_submission(submission: Submission, directory: Path) -> Path:
    """Write one submission into ``directory``; its suffix chooses the form. Returns the path.

    Raises ``ValueError`` for a csv with statements: reports with an own judgement are workbooks.
    """
    path = directory / submission.file
    if path.suffix == ".csv":
        _write_csv(submission, path)
    else:
        _write_workbook(submission, path)
    return path


def csv_labels() -> list[str]:
    """Header of the csv form: row kind, form, observation, then what only a statement has."""
    labels = [ROW_KIND_LABEL]
    for field in INFORMATION_FIELDS:
        labels.append(CSV_FORM_LOCALITY_LABEL if field.name == "locality" else field.label)
    labels.extend(field.label for field in OBSERVATION_FIELDS)
    labels.extend(field.label for field in STATEMENT_FIELDS if field.label not in labels)
    return labels


def _write_csv(submission: Submission, path: Path) -> None:
    if submission.statements:
        raise ValueError(f"{submission.file}: statements are written in workbooks only")
    labels = csv_labels()
    form = [OBSERVATION_ROW_KIND, *(submission.information[f.name] for f in INFORMATION_FIELDS)]
    decimal_mark = "," if submission.information["number_locale"] == "vi" else "."
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(labels)
        for row in submission.observations:
            cells = [*form, *(_text(value, decimal_mark) for value in _values(row))]
            writer.writerow(cells + [""] * (len(labels) - len(cells)))


def _text(value: str | Decimal | None, decimal_mark: str) -> str:
    if isinstance(value, Decimal):
        return str(value).replace(".", decimal_mark)
    return value or ""


def _values(row: ObservationRow) -> list[str | Decimal | None]:
    return [getattr(row, field.name) for field in OBSERVATION_FIELDS]


def _write_workbook(submission: Submission, path: Path) -> None:
    # Without in_memory the sheets pass through temporary files; the bytes are the same.
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED, "author": "", "title": submission.file})
        styles = _Styles(workbook)
        _write_information(workbook.add_worksheet(INFORMATION_SHEET), submission, styles)
        _write_table(
            workbook.add_worksheet(OBSERVATION_SHEET),
            OBSERVATION_SHEET,
            OBSERVATION_FIELDS,
            submission.observations,
            styles,
        )
        _write_table(
            workbook.add_worksheet(STATEMENT_SHEET),
            STATEMENT_SHEET,
            STATEMENT_FIELDS,
            submission.statements,
            styles,
        )


class _Styles:
    """Cell formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.label = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        self._workbook = workbook
        self._numbers: dict[int, Format] = {}

    def number(self, value: Decimal) -> Format:
        """Format that shows as many decimals as the source printed."""
        decimals = -int(value.as_tuple().exponent)
        if decimals not in self._numbers:
            pattern = "0" if decimals <= 0 else "0." + "0" * decimals
            self._numbers[decimals] = self._workbook.add_format({"num_format": pattern})
        return self._numbers[decimals]


def _write_information(sheet: Worksheet, submission: Submission, styles: _Styles) -> None:
    sheet.write_string(0, 0, TITLES[INFORMATION_SHEET], styles.title)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for offset, field in enumerate(INFORMATION_FIELDS):
        row = FIRST_INFORMATION_ROW + offset
        sheet.write_string(row, 0, field.label, styles.label)
        sheet.write_string(row, 1, submission.information[field.name])


def _write_table(
    sheet: Worksheet,
    name: str,
    fields: Sequence[Field],
    rows: Iterable[ObservationRow | StatementRow],
    styles: _Styles,
) -> None:
    sheet.write_string(0, 0, TITLES[name], styles.title)
    for column, field in enumerate(fields):
        sheet.write_string(HEADER_ROW, column, field.label, styles.label)
        sheet.set_column(column, column, 48 if field.name in WIDE_FIELDS else 16)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    for row_number, row in enumerate(rows, start=HEADER_ROW + 1):
        for column, field in enumerate(fields):
            value = getattr(row, field.name)
            if isinstance(value, Decimal):
                sheet.write_number(row_number, column, float(value), styles.number(value))
            elif value:
                sheet.write_string(row_number, column, value)
