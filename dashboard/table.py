"""A table as data: what a page shows as rows, a file gives typed, and a grid sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True)
class Table:
    """What is seen, ready to be shown or taken away.

    Attributes:
        title: what the rows are, in a line; it also names the file.
        columns: in the order in which they are read.
        rows: one mapping per row: the keys of the columns, and those that the columns refer to.
        notes: filters, units, sources, release, method: one line each, in the order of reading.
        is_synthetic: whether a made-up value is among the rows.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Cell]]
    notes: Sequence[str]
    is_synthetic: bool = False
