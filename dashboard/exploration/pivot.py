"""The cross table: any two of locality, year, sex, group and indicator; a cell is one figure.

What neither rows nor columns name but differs all the same stands in further heads of the rows, so
that no cell ever holds more than one figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard.exploration.points import Names, varying
from dashboard.queries import Row

MOST_CELLS: Final = 1500

_ORDER: Final[dict[str, Callable[[Row], Any]]] = {
    "place": lambda row: row["place_rank"],
    "year": lambda row: row["year"],
    "sex": lambda row: row["sex_rank"],
    "group": lambda row: (row["age"], row["breakdown"]),
    "indicator": lambda row: row["indicator_rank"],
    "source": lambda row: (
        row["source_rank"] is None,
        row["source_rank"],
        row["source_family"],
        row["definition"],
    ),
    "made_up": lambda row: row["is_synthetic"],
}


@dataclass(frozen=True)
class Pivot:
    """A cross table.

    ``heads`` are the dimensions of the row heads, ``columns`` the names of the columns; ``rows``
    the names of each row and its figures, None where there is none. ``count`` rows would be there
    if the table held them all.
    """

    heads: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[tuple[Sequence[str], Sequence[Row | None]]]
    count: int


def pivot(points: pl.DataFrame, rows: str, columns: str, names: Names) -> Pivot:
    """The figures of a choice as a cross table.

    Args:
        points: of :func:`dashboard.exploration.points.drawn_points`.
        rows: the dimension of the rows.
        columns: the dimension of the columns.
        names: of everything.
    """
    differing = [name for name in varying(points) if name not in (rows, columns)]
    heads = [rows, *(name for name in differing if _differs(points, name))]
    if columns != "year" and rows != "year" and points["year"].n_unique() > 1:
        heads.append("year")
    telling = _tellers(names)
    cells: dict[tuple[Any, ...], dict[Any, Row]] = {}
    named: dict[tuple[str, Any], str] = {}
    for row in points.iter_rows(named=True):
        key = tuple(_ORDER[head](row) for head in heads)
        column = _ORDER[columns](row)
        cells.setdefault(key, {})[column] = row
        for dimension, code in (*zip(heads, key, strict=True), (columns, column)):
            if (dimension, code) not in named:
                named[dimension, code] = telling[dimension](row)
    order = sorted({column for found in cells.values() for column in found})
    shown = max(1, MOST_CELLS // max(1, len(order)))
    body = [
        (
            [named[head, code] for head, code in zip(heads, key, strict=True)],
            [cells[key].get(column) for column in order],
        )
        for key in sorted(cells)[:shown]
    ]
    return Pivot(heads, [named[columns, column] for column in order], body, len(cells))


def _differs(points: pl.DataFrame, name: str) -> bool:
    """Whether a dimension that only tells lines apart by default really differs."""
    return name != "place" or points["locality_id"].n_unique() > 1


def _tellers(names: Names) -> dict[str, Callable[[Row], str]]:
    return {
        "place": names.place,
        "year": lambda row: str(row["year"]),
        "sex": names.sex,
        "group": names.group,
        "indicator": names.indicator,
        "source": names.source,
        "made_up": names.made_up,
    }
