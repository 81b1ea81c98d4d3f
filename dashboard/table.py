"""A table as data: what a page shows as rows, a file gives typed, and a grid sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from indicators.numbers import number_from_cell

Cell = str | int | float | None  # None is missing, never zero
Kind = Literal["text", "number", "year"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        key: of its cells in each row.
        name: its head, in the language of the reader.
        kind: ``number`` stands to the right with the language's marks; ``year`` has no thousands
            mark; ``text`` is hostile until escaped.
        decimals: of a column of numbers whose rows agree.
        decimals_key: where they differ from row to row, the key of the count of decimals in the
            row itself.
        link_key: key of the address that a cell opens, in the row itself.
    """

    key: str
    name: str
    kind: Kind = "text"
    decimals: int | None = None
    decimals_key: str | None = None
    link_key: str | None = None

    def decimals_in(self, row: Mapping[str, Cell]) -> int | None:
        """How many decimals the cell of a row shows; None: as many as it has."""
        if self.kind == "year":
            return 0
        own = row.get(self.decimals_key) if self.decimals_key else None
        return self.decimals if own is None else int(own)

    def number_in(self, row: Mapping[str, Cell]) -> Decimal | None:
        """The number of a row as it is shown: rounded half up; None where it is missing."""
        value = row.get(self.key)
        if value is None:
            return None
        if isinstance(value, str):
            raise TypeError(f"{self.key}: a text in a column of numbers: {value!r}")
        decimals, exact = self.decimals_in(row), number_from_cell(value)
        if decimals is None:
            return exact
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Table:
    """What is seen, ready to be shown or taken away.

    Attributes:
        title: what the rows are, in a line; it also names the file.
        columns: in the order in which they are read.
        rows: one mapping per row: the keys of the columns, and those that the columns refer to; a
            key that a row lacks is missing.
        notes: filters, units, sources, release, method: one line each, in the order of reading.
        is_synthetic: whether a made-up value is among the rows.
        sheet: short name of its sheet, where a page has several tables.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Cell]]
    notes: Sequence[str]
    is_synthetic: bool = False
    sheet: str = ""
