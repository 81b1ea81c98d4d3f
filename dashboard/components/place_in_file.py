"""Where a figure stands in the file of its sender."""

from __future__ import annotations

from typing import Final

from dashboard.queries import Row
from dashboard.texts import Words

CSV_SHEET: Final = "csv"  # what the pipeline calls the one sheet of a csv file; no reader knows it


def place_in_file(row: Row, words: Words, cell: str = "value_cell") -> str:
    """Sheet and cell, or sheet and row; a dash for a computed value, which stands nowhere.

    Args:
        row: a figure with ``sheet``, ``sheet_row`` and the column that ``cell`` names.
        words: the texts of one language.
        cell: which of its cells: ``value_cell``, ``numerator_cell`` or ``denominator_cell``.
    """
    sheet = row["sheet"]
    if row[cell] and sheet and sheet != CSV_SHEET:
        return words("table.sheet_cell", sheet=sheet, cell=row[cell])
    if row[cell]:
        return words("table.only_cell", cell=row[cell])
    if row["sheet_row"] is not None:
        return words("table.sheet_row", sheet=sheet or "", row=row["sheet_row"])
    return "–"
