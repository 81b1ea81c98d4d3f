"""Marks on the sender's own cells: put on, and taken off again when a mended reply comes back.

What a cell looked like before is kept in a hidden column of the result sheet, so that taking a
mark off gives the cell its own colour, lock and comment back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from indicators.receipt import Severity

_COLOURS: Final = {Severity.ERROR: "F6C9B8", Severity.WARNING: "FBE7B2"}
FILLS: Final = {
    severity: PatternFill("solid", fgColor=colour) for severity, colour in _COLOURS.items()
}
# Columns of the result sheet, from 1.
SHEET_COLUMN: Final = 2
CELL_COLUMN: Final = 3
LOOK_COLUMN: Final = 7  # hidden

_ADDRESS: Final = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")
_AUTHOR: Final = "Hệ thống"
_OWN_COMMENT: Final = "Chú thích của đơn vị: "
_OPEN: Final = Protection(locked=False)
_COMMENT_WIDTH: Final = 360  # pixels
_COMMENT_LETTERS: Final = 48  # on a line of that width
_COMMENT_LINE: Final = 19  # pixels


@dataclass(frozen=True)
class Look:
    """What a cell was like before it was marked."""

    fill: Any  # PatternFill or GradientFill; a cell hands out proxies of them
    protection: Any
    comment: str | None

    def keep(self, holder: Cell) -> None:
        """Store it in a cell of the result sheet."""
        holder.fill, holder.protection = copy(self.fill), copy(self.protection)
        if self.comment:
            holder.value = self.comment
            holder.data_type = "s"  # it may begin with "="

    @classmethod
    def of(cls, cell: Cell) -> Look:
        """The look of a cell now."""
        text = cell.comment.text if cell.comment else None
        return cls(copy(cell.fill), copy(cell.protection), text)

    @classmethod
    def kept(cls, holder: Cell) -> Look:
        """What :meth:`keep` stored."""
        text = str(holder.value) if holder.value else None
        return cls(copy(holder.fill), copy(holder.protection), text)

    def restore(self, cell: Cell) -> None:
        """Give the cell its look back."""
        cell.fill, cell.protection = copy(self.fill), copy(self.protection)
        cell.comment = Comment(self.comment, "") if self.comment else None


Looks = Mapping[tuple[str, str], Look]  # by sheet and address


def mark(workbook: Workbook, issues: Iterable[Mapping[str, Any]]) -> Looks:
    """Colour, comment and unlock the faulty cells; returns how they looked before."""
    notes: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for issue in issues:
        if issue["sheet"] in workbook.sheetnames and issue["cell"]:
            notes.setdefault((issue["sheet"], issue["cell"]), []).append(issue)
    looks = {}
    for (sheet, address), found in notes.items():
        workbook[sheet].sheet_state = "visible"
        cell = workbook[sheet][address]
        if not isinstance(cell, Cell):
            continue  # the covered part of a merged area cannot be marked
        looks[sheet, address] = Look.of(cell)
        severities = [issue["severity"] for issue in found]
        cell.fill = FILLS[Severity.ERROR if Severity.ERROR in severities else Severity.WARNING]
        cell.protection = copy(_OPEN)  # she is asked to mend it here
        cell.comment = _comment(found, looks[sheet, address].comment)
    return looks


def _comment(found: Iterable[Mapping[str, Any]], own: str | None) -> Comment:
    lines = [f"{issue['message_vi']} {issue['advice_vi']}" for issue in found]
    if own:
        lines.append(_OWN_COMMENT + own)
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n".join(lines))
    height = (1 + sum(1 + len(line) // _COMMENT_LETTERS for line in lines)) * _COMMENT_LINE
    return Comment(text, _AUTHOR, height, _COMMENT_WIDTH)


def clear(workbook: Workbook, result: Worksheet, most_cells: int) -> None:
    """Take off the marks of an earlier reply, which have done their work.

    Args:
        workbook: the reply, mended and sent back.
        result: its result sheet.
        most_cells: sheets that reach farther are not searched for marks that have moved.
    """
    looks = _kept_looks(result, most_cells)
    plain = Look(PatternFill(), Protection(), None)
    for sheet in workbook.worksheets:
        for cell in _marked_cells(sheet, looks, most_cells):
            # A cell that has moved since, with its line, has no look of its own.
            looks.get((sheet.title, cell.coordinate), plain).restore(cell)


def _kept_looks(result: Worksheet, most_cells: int) -> dict[tuple[str, str], Look]:
    looks: dict[tuple[str, str], Look] = {}
    last_row = min(result.max_row, most_cells // LOOK_COLUMN)
    for row in result.iter_rows(max_row=last_row, max_col=LOOK_COLUMN):
        holder = row[LOOK_COLUMN - 1]
        place = str(row[SHEET_COLUMN - 1].value), str(row[CELL_COLUMN - 1].value)
        if isinstance(holder, Cell) and _ADDRESS.fullmatch(place[1]):
            looks.setdefault(place, Look.kept(holder))
    return looks


def _marked_cells(sheet: Worksheet, looks: Looks, most_cells: int) -> list[Cell]:
    if sheet.max_row * sheet.max_column <= most_cells:
        cells = [cell for row in sheet.iter_rows() for cell in row]
    else:
        cells = [sheet[address] for title, address in looks if title == sheet.title]
    return [cell for cell in cells if isinstance(cell, Cell) and _is_marked(cell)]


def _is_marked(cell: Cell) -> bool:
    return cell.has_style and str(cell.fill.fgColor.rgb)[2:] in _COLOURS.values()
