"""The cross table of explored figures, each number with its mark and its way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.exploration.pivot import Pivot
from dashboard.queries import Row
from dashboard.sentences import number
from dashboard.texts import Words
from indicators.numbers import MISSING_MARK

_STATUSES: Final = ("P", "E", "B")


def pivot_table(made: Pivot, name: str, view: View, words: Words) -> html.Div:
    """The table.

    Args:
        made: what stands in it.
        name: what it holds, for a screen reader.
        view: the present view.
        words: the texts of one language.
    """
    heads: list[Any] = [words(f"explore.by.{head}") for head in made.heads]
    columns = [html.Span(column) for column in made.columns]
    lines = [_line(names, cells, view, words) for names, cells in made.rows]
    return figures_table(name, [*heads, *columns], lines, "pivot-table", columns)


def _line(names: Sequence[str], cells: Sequence[Row | None], view: View, words: Words) -> html.Tr:
    first, *rest = names
    return html.Tr(
        [
            html.Th(first, scope="row"),
            *(html.Td(name) for name in rest),
            *(html.Td(_figure(cell, view, words), className="number") for cell in cells),
        ]
    )


def _figure(cell: Row | None, view: View, words: Words) -> Any:
    if cell is None:
        return MISSING_MARK
    value = number(cell["published"], cell["decimals"], words)
    marks = _marks(cell, words)
    if "value_women" in cell:
        return [*marks, value, html.Div(_pair(cell, view, words), className="aside")]
    link = trace_link(value, cell["observation_id"], view)
    return [*marks, link] if marks else link


def _pair(cell: Row, view: View, words: Words) -> list[Any]:
    """The two figures that a gap is made of."""
    women, men = (number(cell[key], cell["value_decimals"], words)
                  for key in ("value_women", "value_men"))  # fmt: skip
    return [
        trace_link(women, cell["observation_id"], view),
        " / ",
        trace_link(men, cell["observation_id_men"], view),
    ]


def _marks(cell: Row, words: Words) -> list[html.Span]:
    """Short marks, explained under the table."""
    keys = [f"explore.mark.{cell['obs_status']}"] if cell["obs_status"] in _STATUSES else []
    keys += ["explore.mark.rebuilt"] if cell["is_rebuilt"] else []
    if not keys:
        return []
    told = ", ".join(words(key) for key in keys)
    signs = "".join(words(f"{key}.sign") for key in keys)
    return [html.Span(f"{signs} ", title=told, className="aside")]
