"""Tables as a file: CSV for programs, an Excel workbook for people; the same rows in both.

CSV: UTF-8 with a byte order mark (without it Excel spoils Vietnamese letters), comma between
cells, point as decimal mark whatever the language, so that every program reads it alike. It holds
one table alone; filters, sources and the rest stand in the notes of the workbook.

Excel: numbers are numbers with the decimals of their row, so that Excel itself writes them in the
manner of the reader's computer; texts are never formulas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import wrap
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.table import Cell, Column, Table
from dashboard.texts import Words
from indicators.text import harmless

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MARK: Final = "made_up"  # key of the column that says so in every row
_NARROWEST, _WIDEST, _NOTE_WIDTH = 8, 60, 110  # characters
_LINE: Final = 16  # points
_LEGIBLE: Final = 200  # characters on the width of a sheet
_A4: Final = 9  # in the list of sizes of paper
_MARGIN: Final = 3  # characters beside the longest text: room for the arrow of the filter
_LONGEST_TEXT: Final = 32_767  # characters in one cell of Excel
_LONGEST_SHEET: Final = 31  # characters in the name of a sheet
_NOT_IN_SHEETS: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def csv_file(table: Table, root: str, words: Words) -> bytes:
    """The table as CSV.

    Args:
        table: with addresses that begin with "/".
        root: address of the board, put before those.
        words: the texts of the language of the heads.
    """
    whole = _marked(_with_addresses(table, root, words), words)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(harmless(column.name) for column in whole.columns)
    writer.writerows([_plain(column, row) for column in whole.columns] for row in whole.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(tables: Sequence[Table], root: str, made_at: datetime, words: Words) -> bytes:
    """Tables as a workbook: a sheet of rows for each, a sheet of notes for all.

    Args:
        tables: at least one, with addresses that begin with "/".
        root: address of the board, put before those.
        made_at: what the file says of its own age; the same tables make the same file.
        words: the texts of the language of the heads.
    """
    wanted = [table.sheet or words("file.sheet.rows") for table in tables]
    *names, notes = sheet_names([*wanted, words("file.sheet.notes")])
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _AS_TEXT) as book:
        book.set_properties({"title": tables[0].title, "created": made_at})
        formats = _Formats(book)
        for name, table in zip(names, tables, strict=True):
            whole = _with_addresses(table, root, words)
            _write_rows(book.add_worksheet(name), whole, formats, words)
        _write_notes(
            book.add_worksheet(notes), dict(zip(names, tables, strict=True)), formats, words
        )
    return file.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes: short, without its own marks, none twice in letters of any size."""
    names: list[str] = []
    for text in wanted:
        plain = " ".join(_NOT_IN_SHEETS.sub(" ", text).split()).strip("'") or "-"
        name, count = plain[:_LONGEST_SHEET], 1
        while name.casefold() in {one.casefold() for one in names}:
            count += 1
            ending = f" ({count})"
            name = plain[: _LONGEST_SHEET - len(ending)] + ending
        names.append(name)
    return names


_AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


# What both hold ---------------------------------------------------------------------------------


def _with_addresses(table: Table, root: str, words: Words) -> Table:
    """A column of its own for every address, behind all others: addresses are long."""
    links = {column.link_key: column.name for column in table.columns if column.link_key}
    columns = [Column(key, words("file.link", name=name)) for key, name in links.items()]
    rows = [
        {**row, **{key: f"{root}{row[key]}" for key in links if row.get(key)}} for row in table.rows
    ]
    return replace(table, columns=[*table.columns, *columns], rows=rows)


def _marked(table: Table, words: Words) -> Table:
    """A row taken out of a file with made-up values still says where it comes from."""
    if not table.is_synthetic:
        return table
    mark = Column(_MARK, words("file.mark"))
    rows = [{**row, _MARK: words("file.synthetic")} for row in table.rows]
    return replace(table, columns=[*table.columns, mark], rows=rows)


# CSV --------------------------------------------------------------------------------------------


def _plain(column: Column, row: Mapping[str, Cell]) -> str:
    if column.kind == "text":
        value = row.get(column.key)
        return "" if value is None else harmless(str(value))
    number = column.number_in(row)
    return "" if number is None else f"{number:f}"


# Excel ------------------------------------------------------------------------------------------


class _Formats:
    """The formats of one workbook; those of numbers by their decimals."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._of_numbers: dict[str, Format] = {}
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.head = book.add_format(head)
        self.number_head = book.add_format({**head, "align": "right"})
        self.strong = book.add_format({"bold": True})
        self.text = book.add_format({"valign": "top"})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})

    def number(self, column: Column, row: Mapping[str, Cell]) -> Format:
        decimals = column.decimals_in(row)
        pattern = "General" if decimals is None else f"#,##0{'.' * bool(decimals)}{'0' * decimals}"
        pattern = "0" if column.kind == "year" else pattern
        if pattern not in self._of_numbers:
            self._of_numbers[pattern] = self._book.add_format(
                {"num_format": pattern, "valign": "top"}
            )
        return self._of_numbers[pattern]


def _write_rows(sheet: Worksheet, table: Table, formats: _Formats, words: Words) -> None:
    top = 0
    if table.is_synthetic:
        sheet.write_string(0, 0, words("synthetic.ribbon"), formats.strong)
        top = 1
    widths = [_width(column, table.rows) for column in table.columns]
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        head = formats.head if column.kind == "text" else formats.number_head
        sheet.write_string(top, place, column.name, head)
        sheet.set_column(place, place, width)
    sheet.set_row(top, _head_height(table.columns, widths))
    for line, row in enumerate(table.rows, start=top + 1):
        for place, column in enumerate(table.columns):
            _write_cell(sheet, (line, place), column, row, formats)
    sheet.freeze_panes(top + 1, 0)
    if table.columns:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    _lay_out_on_paper(sheet, top, sum(widths))


def _lay_out_on_paper(sheet: Worksheet, head: int, width: int) -> None:
    """Head and first column on every sheet; on the width of one only where it stays legible."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.repeat_rows(head)
    if width <= _LEGIBLE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0)


def _write_cell(
    sheet: Worksheet,
    place: tuple[int, int],
    column: Column,
    row: Mapping[str, Cell],
    formats: _Formats,
) -> None:
    if column.kind == "text":
        value = row.get(column.key)
        if value is not None:
            sheet.write_string(*place, str(value)[:_LONGEST_TEXT], formats.text)
        return
    number = column.number_in(row)
    if number is not None:
        sheet.write_number(*place, float(number), formats.number(column, row))


def _head_height(columns: Sequence[Column], widths: Sequence[int]) -> int:
    """Not every program makes room by itself for a head on several lines."""
    lines = [len(wrap(column.name, width)) for column, width in zip(columns, widths, strict=True)]
    return max(lines, default=1) * _LINE


def _width(column: Column, rows: Sequence[Mapping[str, Cell]]) -> int:
    """As wide as the longest cell; a long head goes on several lines."""
    texts = [_plain(column, row) for row in rows]
    longest_word = max((len(word) for word in column.name.split()), default=0)
    wanted = max([longest_word, len(column.name) // 2, *map(len, texts)])
    return min(max(wanted + _MARGIN, _NARROWEST), _WIDEST)


def _write_notes(
    sheet: Worksheet, tables: Mapping[str, Table], formats: _Formats, words: Words
) -> None:
    """What is to be known of each table under its title; what holds for all of them, at the end."""
    every = list(tables.values())
    shared = [note for note in every[0].notes if all(note in one.notes for one in every)]
    sheet.set_column(0, 0, _NOTE_WIDTH)
    line = 0
    for name, table in tables.items():
        title = f"{name} – {table.title}" if len(every) > 1 else table.title
        mark = [words("file.synthetic")] if table.is_synthetic else []
        own = [note for note in table.notes if note not in shared]
        sheet.write_string(line, 0, title[:_LONGEST_TEXT], formats.strong)
        line = _write_lines(sheet, line + 1, [*mark, *own], formats)
    _write_lines(sheet, line, shared, formats)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_lines(sheet: Worksheet, first: int, lines: Sequence[str], formats: _Formats) -> int:
    """Write texts below each other; the line after the last."""
    for line, text in enumerate(lines, start=first):
        sheet.write_string(line, 0, text[:_LONGEST_TEXT], formats.note)
    return first + len(lines)
