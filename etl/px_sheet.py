"""A table of the statistics office's server (PX-Web) taken apart: title, labels, figures.

Dimensions are found by what the labels say, not by where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from etl import form
from etl.addresses import CellValue
from etl.px_labels import Label, year_in
from etl.px_mapping import PxMapping
from etl.px_values import cell_text, is_missing, is_number
from etl.read import Grid
from indicators.text import fold

_HEADER_SEARCH_ROWS: Final = 10
_FORM_LABELS: Final = frozenset(
    fold(text) for text in (form.ROW_KIND_LABEL, "Mã chỉ tiêu", "indicator_id")
)


@dataclass(frozen=True)
class PxSheet:
    """A table taken apart: title, labels, and cells with their offsets in the grid."""

    title: str
    unit: str | None  # that the lines above the table name
    corner: str  # headings of the columns that hold labels
    stub_count: int
    header_offset: int
    columns: dict[int, Label]  # column offset → what its heading says
    stubs: list[tuple[int, list[Label]]]  # row offset → what its labels say

    @property
    def labels(self) -> list[Label]:
        """All labels, those of the columns first."""
        return [*self.columns.values(), *(one for _, row in self.stubs for one in row)]

    @property
    def has_years(self) -> bool:
        """Whether anything names a year: without one it is no statistical table."""
        return any(one.year for one in self.labels) or year_in(self.title) is not None


def is_form(grid: Grid) -> bool:
    """Whether a csv is the form itself."""
    return any(
        isinstance(cell, str) and fold(cell) in _FORM_LABELS
        for row in grid.rows[:_HEADER_SEARCH_ROWS]
        for cell in row
    )


def take_apart(grid: Grid, mapping: PxMapping) -> PxSheet | None:
    """Find title, header and labels; None where the grid has not that shape."""
    header_offset = next(
        (
            offset
            for offset, row in enumerate(grid.rows[:_HEADER_SEARCH_ROWS])
            if len(_filled(row)) > 1
        ),
        None,
    )
    if header_offset is None:
        return None
    header = [cell_text(cell) for cell in grid.rows[header_offset]]
    above = [cell_text(cell) for row in grid.rows[:header_offset] for cell in _filled(row)]
    body = [
        (offset, row)
        for offset, row in _above_footer(grid, header_offset + 1, mapping)
        if len(_filled(row)) > 1 and [cell_text(cell) for cell in row] != header
    ]
    read = _cached_reader(mapping)
    stub_count = _stub_count(header, [row for _, row in body], read)
    if not body or stub_count >= len(header):
        return None
    return PxSheet(
        title=above[0] if above else "",
        unit=mapping.unit_in(above),
        corner=" ".join(header[:stub_count]),
        stub_count=stub_count,
        header_offset=header_offset,
        columns={offset: read(header[offset]) for offset in range(stub_count, len(header))},
        stubs=[
            (offset, [read(cell_text(cell)) for cell in row[:stub_count]]) for offset, row in body
        ],
    )


def _above_footer(
    grid: Grid, first: int, mapping: PxMapping
) -> Iterator[tuple[int, list[CellValue]]]:
    """Offsets and rows down to the first line of notes, if there is one."""
    for offset, row in enumerate(grid.rows[first:], start=first):
        filled = _filled(row)
        if filled and mapping.is_footer(cell_text(filled[0])):
            return
        yield offset, row


def _filled(row: Sequence[CellValue]) -> list[CellValue]:
    return [cell for cell in row if cell_text(cell)]


def _cached_reader(mapping: PxMapping) -> Callable[[str], Label]:
    known: dict[str, Label] = {}

    def read(text: str) -> Label:
        if text not in known:
            known[text] = mapping.labels.read(text)
        return known[text]

    return read


def _stub_count(
    header: list[str], body: list[list[CellValue]], read: Callable[[str], Label]
) -> int:
    """Columns in front that hold labels: words, or years under a heading that is none."""
    count = 0
    for offset, heading in enumerate(header):
        cells = [cell_text(row[offset]) for row in body if offset < len(row)]
        filled = [cell for cell in cells if cell and not is_missing(cell)]
        label = read(heading)
        is_data_heading = bool(label.year or label.codes or label.place)
        words = [cell for cell in filled if not is_number(cell)]
        years = [cell for cell in filled if read(cell).year]
        if count and (is_data_heading or not filled):
            break
        if not count or len(words) * 2 > len(filled) or len(years) == len(filled):
            count += 1
        else:
            break
    return max(count, 1)
