"""What may be typed into the cells of a line: Excel's data validation with Vietnamese messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from etl import form
from etl.computed_cells import computed_value
from etl.template_content import SeriesLine
from etl.template_styles import Styles
from indicators.numbers import format_number

_LONGEST_TITLE: Final = 32  # Excel's own limits
_LONGEST_MESSAGE: Final = 255
_LARGEST_COUNT: Final = 1_000_000_000
_EARLIEST_YEAR: Final = 2000


@dataclass(frozen=True)
class Cells:
    """Cells of one line, by the name of the column."""

    sheet: Any
    styles: Styles
    row: int
    columns: Mapping[str, int]

    def address(self, name: str) -> str:
        """Such as ``G7``."""
        return str(xl_rowcol_to_cell(self.row, self.columns[name]))

    def text(self, name: str, text: str) -> None:
        """A locked text."""
        self.sheet.write_string(self.row, self.columns[name], text, self.styles.text)

    def code(self, name: str, code: str) -> None:
        """A locked code for the machine."""
        self.sheet.write_string(self.row, self.columns[name], code, self.styles.code)

    def locked_number(self, name: str, number: int) -> None:
        """A locked year."""
        self.sheet.write_number(self.row, self.columns[name], number, self.styles.year)

    def previous(self, name: str, value: Decimal | None, style: Any) -> None:
        """A value of an earlier period, locked."""
        if value is None:
            self.sheet.write_blank(self.row, self.columns[name], None, style)
        else:
            self.sheet.write_number(self.row, self.columns[name], float(value), style)

    def entry_text(self, name: str) -> None:
        """An open cell for words."""
        self.blank(name, self.styles.entry_text)

    def blank(self, name: str, style: Any) -> None:
        """An empty cell."""
        self.sheet.write_blank(self.row, self.columns[name], None, style)

    def choice(self, name: str, words: Sequence[str], chosen: str) -> None:
        """An open cell with a drop-down list."""
        column = self.columns[name]
        if chosen:
            self.sheet.write_string(self.row, column, chosen, self.styles.entry_text)
        else:
            self.entry_text(name)
        rule = {"validate": "list", "source": list(words)}
        self.validate(name, rule, "Không có trong danh sách", f"Hãy chọn: {'; '.join(words)}.")

    def validate(
        self, name: str, rule: Mapping[str, Any], title: str, message: str, prompt: str = ""
    ) -> None:
        """Refuse other entries with a title and a text; show a prompt when the cell is entered."""
        words = {
            "error_title": title[:_LONGEST_TITLE],
            "error_message": _short(message),
        }
        if prompt:
            words |= {"input_title": "Cách ghi", "input_message": _short(prompt)}
        column = self.columns[name]
        self.sheet.data_validation(self.row, column, self.row, column, {**rule, **words})


@dataclass(frozen=True)
class LineRules:
    """Writes the entry cells of one line of sheet Số liệu with their limits."""

    cells: Cells
    line: SeriesLine
    year: int

    def write(self) -> None:
        """Counts, value and reference year."""
        if self.line.factor is None:
            for name in ("numerator", "denominator", form.COMPUTED_LABEL):
                self.cells.blank(name, self.cells.styles.unused)
        else:
            self._write_counts()
            self._write_computed(self.line.factor)
        if self.line.factor is None or self.line.value_may_come_alone:
            self._write_value()
        else:
            self.cells.blank("reported_value", self.cells.styles.unused)
        self.cells.blank("reference_year", self.cells.styles.entry_year)
        self.cells.validate(
            "reference_year",
            _between("integer", _EARLIEST_YEAR, self.year),
            "Năm không hợp lệ",
            f"Năm từ {_EARLIEST_YEAR} đến {self.year}.",
            f"Chỉ ghi khi con số không phải của năm {self.year}: ghi năm mà nó phản ánh.",
        )

    def _write_counts(self) -> None:
        line, cells = self.line, self.cells
        kind = "integer" if line.counts_wholes else "decimal"
        places = 1 if line.counts_may_be_estimates else 0
        noun = "số nguyên" if line.counts_wholes else "số"
        numerator, denominator = cells.address("numerator"), cells.address("denominator")
        most: int | str = _LARGEST_COUNT
        least: int | str = 0
        part = whole_part = ""
        if line.is_share:
            most = f'=IF({denominator}="",{_LARGEST_COUNT},{denominator})'
            least = f"=MAX(0,N({numerator}))"
            part = " và không lớn hơn mẫu số"
            whole_part = " và không nhỏ hơn tử số"
        for name in ("numerator", "denominator"):
            cells.blank(name, cells.styles.entry(places))
        cells.validate(
            "numerator",
            _between(kind, 0, most),
            "Tử số không hợp lệ",
            f"Tử số phải là {noun} từ 0 trở lên{part}. Không có số liệu thì để trống.",
            f"Tử số: {line.numerator}." if line.numerator else "",
        )
        cells.validate(
            "denominator",
            _between(kind, least, _LARGEST_COUNT),
            "Mẫu số không hợp lệ",
            f"Mẫu số phải là {noun} từ 0 trở lên{whole_part}. Không có số liệu thì để trống.",
            f"Mẫu số: {line.denominator}." if line.denominator else "",
        )

    def _write_computed(self, factor: float) -> None:
        """For the eye only, and not in the value's own column: see ``etl.computed_cells``."""
        line, cells = self.line, self.cells
        formula = computed_value(
            cells.address("numerator"), cells.address("denominator"), factor, line.decimals
        )
        column = cells.columns[form.COMPUTED_LABEL]
        cells.sheet.write_formula(
            cells.row, column, formula, cells.styles.computed(line.decimals, line.sign), ""
        )

    def _write_value(self) -> None:
        line, cells = self.line, self.cells
        cells.blank("reported_value", cells.styles.entry(line.decimals, line.sign))
        if line.is_yes_no:
            prompt = "1 là có, 0 là không."
        elif line.factor is None:
            prompt = f"Đơn vị: {line.unit}."
        else:
            prompt = "Chỉ nhập khi biết kết quả mà không có tử số, mẫu số (số liệu điều tra)."
        rule, limits = self._limits()
        example = "" if line.decimals == 0 else " Gõ 13,75, không gõ 1375."
        cells.validate("reported_value", rule, "Giá trị không hợp lệ", f"{limits}{example}", prompt)

    def _limits(self) -> tuple[dict[str, Any], str]:
        """The indicator's natural limits as a rule and in words."""
        line = self.line
        kind = "integer" if line.is_yes_no or line.decimals == 0 else "decimal"
        noun = "số nguyên" if kind == "integer" else "số"
        low = -_LARGEST_COUNT if line.lower_limit is None else _exact(line.lower_limit)
        high = _LARGEST_COUNT if line.upper_limit is None else _exact(line.upper_limit)
        limits = []
        if line.lower_limit is not None:
            limits.append(f"từ {_plain(line.lower_limit)}")
        if line.upper_limit is not None:
            limits.append(f"đến {_plain(line.upper_limit)}")
        words = " ".join(["Giá trị phải là", noun, *limits])
        return _between(kind, low, high), f"{words} ({line.unit})."


def statement_rules(cells: Cells) -> None:
    """Drop-down of the unit's own status, and a number as the proposed target."""
    cells.choice("own_status", form.STATUS_CHOICES, "")
    cells.blank("proposed_target", cells.styles.entry(1))
    cells.validate(
        "proposed_target",
        _between("decimal", -_LARGEST_COUNT, _LARGEST_COUNT),
        "Chỉ tiêu không hợp lệ",
        "Chỉ ghi một con số, ví dụ 85,5; lý do ghi ở cột Đề xuất giải pháp.",
    )


def _between(kind: str, low: float | str, high: float | str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _exact(limit: float) -> float:
    """A whole limit without ".0" in the workbook."""
    return int(limit) if limit.is_integer() else limit


def _plain(number: float) -> str:
    return format_number(number, 0 if number.is_integer() else 1)


def _short(message: str) -> str:
    if len(message) <= _LONGEST_MESSAGE:
        return message
    return message[: _LONGEST_MESSAGE - 1].rsplit(" ", 1)[0] + "…"
