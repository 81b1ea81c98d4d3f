"""The template as a workbook: entry cells open, everything else locked, ready for A4 print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import xlsxwriter

from etl import form
from etl.template_content import SeriesLine, TemplateContent
from etl.template_guide import write_guide, write_information
from etl.template_rules import Cells, LineRules, statement_rules
from etl.template_styles import Styles

_HEADER_ROW: Final = 3  # zero-based; three lines of title above it
_A4: Final = 9
_CHARACTERS_PER_WIDTH: Final = 1.15  # of this face, against the width of a digit in the default one
_LINE_HEIGHT: Final = 15.0
_MARGINS: Final = (0.4, 0.4, 0.5, 0.6)  # inches: left, right, top, bottom
# Defined names that keep template and version although nobody sees them.
HIDDEN_ID: Final = "BDG_MA_MAU"
HIDDEN_VERSION: Final = "BDG_PHIEN_BAN"


@dataclass(frozen=True)
class Column:
    """One column of a sheet: a field of the form, or a label of ``form.GUIDE_LABELS``."""

    name: str
    width: float
    is_field: bool = True


SERIES_COLUMNS: Final = (
    Column("TT", 4, is_field=False),
    Column("indicator_name", 31),
    Column("Diễn giải", 16, is_field=False),
    Column("sex", 7),
    Column("Đơn vị", 10, is_field=False),
    Column("numerator", 10),
    Column("denominator", 10),
    Column(form.COMPUTED_LABEL, 9, is_field=False),
    Column("reported_value", 9),
    Column("Kỳ trước", 9, is_field=False),
    Column("Của kỳ", 10, is_field=False),
    Column("reference_year", 8),
    Column("source_family", 13),
    Column("source_text", 12),
    Column("obs_status", 10),
    Column("note", 13),
    # Codes for the machine, outside the printed area.
    Column("indicator_id", 30),
    Column("breakdown", 30),
    Column("age", 8),
    Column("definition", 11),
    Column("time_period", 9),
)
_PRINTED_SERIES_COLUMNS: Final = 16

STATEMENT_COLUMNS: Final = (
    Column("TT", 4, is_field=False),
    Column("target_name", 42),
    Column("milestone_year", 6),
    Column("Mức phải đạt", 16, is_field=False),
    Column("Văn bản", 14, is_field=False),
    Column("own_status", 16),
    Column("cause", 24),
    Column("difficulty", 24),
    Column("proposal", 24),
    Column("proposed_target", 14),
    Column("note", 14),
    Column("target_id", 14),
)
_PRINTED_STATEMENT_COLUMNS: Final = 11

SEX_WORDS: Final = {"F": "Nữ", "M": "Nam", "_T": "Chung"}
SOURCE_FAMILY_WORDS: Final = {
    "SURVEY": "Điều tra",
    "CENSUS": "Tổng điều tra",
    "REGISTRATION": "Đăng ký hộ tịch",
    "ADMIN": "Báo cáo hành chính",
    "ELECTION": "Kết quả bầu cử",
    "INTERNATIONAL": "Ước tính của tổ chức quốc tế",
    "MODELLED": "Ước tính theo mô hình",
}


def write_book(content: TemplateContent, path: Path) -> None:
    """Write the workbook of one locality and period."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        styles = Styles(book)
        book.set_properties(
            {"title": f"{form.TEMPLATE_ID} {content.locality.label_vi} {content.period}"}
        )
        book.define_name(HIDDEN_ID, f'="{form.TEMPLATE_ID}"')
        book.define_name(HIDDEN_VERSION, f'="{form.TEMPLATE_VERSION}"')
        write_guide(_sheet(book, "Hướng dẫn"), styles, content)
        write_information(_sheet(book, form.INFORMATION_SHEET), styles, content)
        _write_series(_sheet(book, form.OBSERVATION_SHEET), styles, content)
        _write_statements(_sheet(book, form.STATEMENT_SHEET), styles, content)


def _sheet(book: Any, name: str) -> Any:
    """A protected sheet for A4 landscape, as many pages long as it needs and one wide."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(*_MARGINS)
    sheet.set_footer(f"&L{form.TEMPLATE_ID} – {name}&RTrang &P/&N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return sheet


def _write_head(
    sheet: Any, styles: Styles, columns: tuple[Column, ...], printed: int, lines: tuple[str, ...]
) -> None:
    """Title lines, the header row that every page repeats, and where reading goes on below."""
    labels = {one.name: one.label for one in (*form.OBSERVATION_FIELDS, *form.STATEMENT_FIELDS)}
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, styles.title if row == 0 else styles.plain)
    for number, column in enumerate(columns):
        label = labels[column.name] if column.is_field else column.name
        style = styles.header if number < printed else styles.code_header
        sheet.write_string(_HEADER_ROW, number, label, style)
        sheet.set_column(number, number, column.width)
    sheet.set_row(_HEADER_ROW, 46)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)


def _write_series(sheet: Any, styles: Styles, content: TemplateContent) -> None:
    lines = (
        f"SỐ LIỆU KỲ {content.period}: {content.place.upper()}",
        "Nhập ô nền vàng; ô nền xanh tự tính từ tử số và mẫu số, cột Giá trị chỉ nhập khi không có "
        "tử số, mẫu số. Không có số liệu thì để trống, không ghi 0.",
        "Kỳ trước là số đã được tiếp nhận, để đối chiếu, không sửa được.",
    )
    _write_head(sheet, styles, SERIES_COLUMNS, _PRINTED_SERIES_COLUMNS, lines)
    columns = {column.name: number for number, column in enumerate(SERIES_COLUMNS)}
    for number, line in enumerate(content.series, start=1):
        cells = Cells(sheet, styles, _HEADER_ROW + number, columns)
        cells.text("TT", str(number))
        cells.code("time_period", content.period)
        LineRules(cells, line, int(content.period[:4])).write()
        _write_series_line(cells, line)
    last = _HEADER_ROW + len(content.series)
    sheet.print_area(0, 0, last, _PRINTED_SERIES_COLUMNS - 1)


def _write_series_line(cells: Cells, line: SeriesLine) -> None:
    """Everything of a line but its numbers."""
    family = SOURCE_FAMILY_WORDS[line.default_family]
    texts = {
        "indicator_name": line.name,
        "Diễn giải": line.explanation,
        "sex": SEX_WORDS[line.sex],
        "Đơn vị": line.unit,
        "Của kỳ": line.previous_period or "",
    }
    for name, text in texts.items():
        cells.text(name, text)
    style = cells.styles.previous(line.decimals, line.sign)
    cells.previous("Kỳ trước", line.previous_value, style)
    words = [SOURCE_FAMILY_WORDS[one] for one in line.source_families]
    cells.choice("source_family", words, family)
    cells.entry_text("source_text")
    cells.choice("obs_status", form.OBS_STATUS_CHOICES, "")
    cells.entry_text("note")
    for name in ("indicator_id", "breakdown", "age", "definition"):
        cells.code(name, str(getattr(line, name)))
    height = _height(SERIES_COLUMNS, texts | {"source_family": family})
    cells.sheet.set_row(cells.row, height)


def _write_statements(sheet: Any, styles: Styles, content: TemplateContent) -> None:
    lines = (
        f"TỰ ĐÁNH GIÁ MỤC TIÊU, KỲ {content.period}: {content.place.upper()}",
        "Chỉ điền các mục tiêu mà đơn vị đánh giá; dòng để trống không tính là báo cáo.",
        "Ý kiến của đơn vị được giữ nguyên, đặt cạnh kết quả tính từ số liệu.",
    )
    _write_head(sheet, styles, STATEMENT_COLUMNS, _PRINTED_STATEMENT_COLUMNS, lines)
    columns = {column.name: number for number, column in enumerate(STATEMENT_COLUMNS)}
    for number, line in enumerate(content.statements, start=1):
        cells = Cells(sheet, styles, _HEADER_ROW + number, columns)
        texts = {"target_name": line.name, "Mức phải đạt": line.demand, "Văn bản": line.document}
        for name, text in (texts | {"TT": str(number)}).items():
            cells.text(name, text)
        cells.locked_number("milestone_year", line.milestone_year)
        for name in ("cause", "difficulty", "proposal", "note"):
            cells.entry_text(name)
        statement_rules(cells)
        cells.code("target_id", line.target_id)
        sheet.set_row(cells.row, _height(STATEMENT_COLUMNS, texts))
    last = _HEADER_ROW + len(content.statements)
    sheet.print_area(0, 0, last, _PRINTED_STATEMENT_COLUMNS - 1)


def _height(columns: tuple[Column, ...], texts: dict[str, str]) -> float:
    """Room for wrapped text: neither Excel nor LibreOffice measures what it did not type."""
    widths = {column.name: int(column.width * _CHARACTERS_PER_WIDTH) for column in columns}
    lines = [len(wrap(text, widths[name])) for name, text in texts.items()]
    return _LINE_HEIGHT * max(1, *lines) + 3
