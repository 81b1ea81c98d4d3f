"""Figures of a PX-Web table: numbers as the whole table writes them, footnote marks, no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from etl.addresses import CellValue
from indicators.numbers import (
    NumberFormatError,
    NumberLocale,
    number_from_cell,
    number_locale_of,
    parse_number,
)
from indicators.text import normalise

_MISSING: Final = frozenset({"..", "...", "…", "-", "–", "—", "−", "na", "n/a", "nan", ".", ":"})
_MISSING_MARK: Final = ".."
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9 ]*(?:[.,][0-9]+)*")
_FOOTNOTE: Final = re.compile(r"\s*(?:\(\*+\)|\*+)$")


def cell_text(cell: CellValue) -> str:
    """What stands in the cell, spaces as in other texts."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return normalise(str(cell))


def is_missing(cell: CellValue) -> bool:
    """Whether a mark says that there is no figure."""
    return cell_text(cell).lower() in _MISSING


def is_number(text: str) -> bool:
    """Whether the text is written with digits, a footnote mark or not."""
    return _NUMBER.fullmatch(_FOOTNOTE.sub("", text)) is not None


def number_locale(cells: Iterable[CellValue]) -> NumberLocale | None:
    """How the table writes its numbers; None where nothing or too much speaks for it."""
    return number_locale_of(_bare(cell_text(cell)) for cell in cells if isinstance(cell, str))


def figure(cell: CellValue, factor: Decimal, locale: NumberLocale | None) -> tuple[CellValue, bool]:
    """The figure times the factor, and whether a footnote mark was glued to it.

    What is no number, or may be two, stays as it is: the stage *normalise* says so to the reader.
    """
    if is_missing(cell):
        return _MISSING_MARK, False
    text = cell_text(cell)
    unmarked = _FOOTNOTE.sub("", text)
    try:
        if isinstance(cell, int | float):
            number = number_from_cell(cell)
        else:
            number = parse_number(_bare(text), locale)
    except NumberFormatError:
        return text, False
    return float(number * factor), unmarked != text


def _bare(text: str) -> str:
    """Without footnote mark and the spaces that group digits."""
    unmarked = _FOOTNOTE.sub("", text)
    return unmarked.replace(" ", "") if _NUMBER.fullmatch(unmarked) else unmarked
