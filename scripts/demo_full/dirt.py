"""Faults as officers make them, put into clean reports. Each says what should come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from etl import form
from indicators.text import fold
from scripts.demo_full.books import Cell, Rows, Sheets

_FIRST_LINE: Final = 3  # of sheet Số liệu: below title and headings
_LABELS: Final = [field.name for field in form.OBSERVATION_FIELDS]


@dataclass(frozen=True)
class Dirt:
    """One kind of fault."""

    name: str
    spoil: Callable[[Sheets], None]
    is_refused: bool  # else accepted, mostly with a warning
    is_sent_again: bool = False  # on the next day, without the fault


def _column(name: str) -> int:
    return _LABELS.index(name)


def _lines(sheets: Sheets) -> Rows:
    return sheets[form.OBSERVATION_SHEET][_FIRST_LINE:]


def _counted(sheets: Sheets) -> Rows:
    return [line for line in _lines(sheets) if line[_column("denominator")] is not None]


def shifted_column(sheets: Sheets) -> None:
    """From the middle on, the three columns of numbers stand one to the right."""
    first = _column("numerator")
    for line in _lines(sheets)[20:32]:
        line[first : first + 4] = [None, *line[first : first + 3]]


def mixed_decimals(sheets: Sheets) -> None:
    """Numbers as text, some with a comma and some with a point."""
    value = _column("reported_value")
    for number, line in enumerate(_lines(sheets)[:10]):
        line[value] = str(line[value]).replace(".", "," if number % 2 else ".")


def texts_with_comma(sheets: Sheets) -> None:
    """Every value typed as text, as Vietnamese write it."""
    value = _column("reported_value")
    for line in _lines(sheets):
        line[value] = str(line[value]).replace(".", ",")


def missing_denominators(sheets: Sheets) -> None:
    """Numerators without what they are a part of."""
    for line in _counted(sheets)[5:9]:
        line[_column("denominator")] = line[_column("reported_value")] = None


def wrong_codes(sheets: Sheets) -> None:
    """Codes of indicators typed from memory."""
    for line in _lines(sheets)[4:6]:
        line[0] = str(line[0]).rstrip("S") + "_"


def part_larger_than_whole(sheets: Sheets) -> None:
    """Numerator and denominator exchanged."""
    numerator, denominator = _column("numerator"), _column("denominator")
    for line in _counted(sheets)[2:4]:
        line[numerator], line[denominator] = line[denominator], int(line[numerator] or 0) // 2


def words_for_numbers(sheets: Sheets) -> None:
    """«khoảng 40» where a number should stand."""
    for line in _lines(sheets)[7:9]:
        line[_column("reported_value")] = "khoảng 40"


def names_without_accents(sheets: Sheets) -> None:
    """Typed on a machine without Vietnamese letters."""

    def bare(cell: Cell) -> Cell:
        return fold(cell).capitalize() if isinstance(cell, str) else cell

    sheets[form.OBSERVATION_SHEET][2] = [bare(cell) for cell in sheets[form.OBSERVATION_SHEET][2]]
    for line in _lines(sheets):
        line[_column("indicator_name")] = bare(line[_column("indicator_name")])
        line[_column("sex")] = {"F": "nu", "M": "nam", "_T": "chung"}[str(line[_column("sex")])]


def wrong_figures(sheets: Sheets) -> None:
    """Counts that look right and are not; a later report corrects them."""
    numerator, value = _column("numerator"), _column("reported_value")
    for line in _counted(sheets)[:30:6]:
        line[numerator] = round(int(line[numerator] or 0) * 0.9)
        line[value] = None


def another_unit(sheets: Sheets) -> None:
    """Thousands of persons where persons are asked."""
    for line in _counted(sheets):
        if line[_column("indicator_id")] == "WAGE_WORKER_SHARE":
            for name in ("numerator", "denominator"):
                line[_column(name)] = round(int(line[_column(name)] or 0) / 1000, 3)


DIRT: Final = {
    dirt.name: dirt
    for dirt in (
        Dirt("shifted_column", shifted_column, is_refused=True, is_sent_again=True),
        Dirt("mixed_decimals", mixed_decimals, is_refused=True, is_sent_again=True),
        Dirt("wrong_codes", wrong_codes, is_refused=True),
        Dirt("part_larger_than_whole", part_larger_than_whole, is_refused=True, is_sent_again=True),
        Dirt("words_for_numbers", words_for_numbers, is_refused=True, is_sent_again=True),
        Dirt("texts_with_comma", texts_with_comma, is_refused=False),
        Dirt("missing_denominators", missing_denominators, is_refused=False),
        Dirt("names_without_accents", names_without_accents, is_refused=False),
        Dirt("wrong_figures", wrong_figures, is_refused=False, is_sent_again=True),
        Dirt("another_unit", another_unit, is_refused=False, is_sent_again=True),
    )
}
