"""Submissions in the form BDG-01, made for tests and benchmarks."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from etl import form

Value = str | float | int | None

INFORMATION: dict[str, Value] = {
    "template_id": form.TEMPLATE_ID,
    "template_version": "1",
    "organisation": "Sở Nội vụ tỉnh Hưng Yên",
    "locality": "33@2025",
    "reporting_period": "2025",
    "dataset_id": "BDG",
    "prepared_on": "09/12/2025",
    "prepared_by": "Nguyễn Thị Hòa",
    "number_locale": "vi",
    "is_synthetic": "có",
    "licence": "số liệu thử nghiệm",
    "provenance": "tests",
}


@dataclass
class Form:
    """One submission; lines are field name → cell value, and absent fields stay empty."""

    observations: Sequence[Mapping[str, Value]] = ()
    statements: Sequence[Mapping[str, Value]] = ()
    information: Mapping[str, Value] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write as the ending of the path says."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            self._write_csv(path)
        else:
            self._write_xlsx(path)
        return path

    def _write_xlsx(self, path: Path) -> None:
        with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet(form.INFORMATION_SHEET)
            values = INFORMATION | dict(self.information)
            for row, one in enumerate(form.INFORMATION_FIELDS, start=2):
                sheet.write_row(row, 0, [one.label, values[one.name]])
            tables = (
                (form.OBSERVATION_SHEET, form.OBSERVATION_FIELDS, self.observations),
                (form.STATEMENT_SHEET, form.STATEMENT_FIELDS, self.statements),
            )
            for name, fields, lines in tables:
                sheet = book.add_worksheet(name)
                sheet.write_row(2, 0, [one.label for one in fields])
                for row, line in enumerate(lines, start=3):
                    sheet.write_row(row, 0, [line.get(one.name) for one in fields])

    def _write_csv(self, path: Path) -> None:
        values = INFORMATION | dict(self.information)
        labels = [
            form.CSV_FORM_LOCALITY_LABEL if one.name == "locality" else one.label
            for one in form.INFORMATION_FIELDS
        ]
        fields = [*form.OBSERVATION_FIELDS]
        names = {one.label for one in fields}
        fields += [one for one in form.STATEMENT_FIELDS if one.label not in names]
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([form.ROW_KIND_LABEL, *labels, *(one.label for one in fields)])
            shared = [values[one.name] for one in form.INFORMATION_FIELDS]
            for kind, line in self._kinds():
                writer.writerow([kind, *shared, *(line.get(one.name) for one in fields)])

    def _kinds(self) -> Iterable[tuple[str, Mapping[str, Value]]]:
        yield from ((form.OBSERVATION_ROW_KIND, line) for line in self.observations)
        yield from ((form.STATEMENT_ROW_KIND, line) for line in self.statements)


def observation(indicator_id: str = "SEX_RATIO_AT_BIRTH", **values: Value) -> dict[str, Value]:
    """A line of sheet Số liệu."""
    return {"indicator_id": indicator_id, "time_period": 2025, **values}
