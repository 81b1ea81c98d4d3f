"""A plain table of figures in a frame that scrolls by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from dash import html

from dashboard.components.aria import aria


def figures_table(
    name: str,
    heads: Sequence[Any],
    lines: Sequence[html.Tr],
    class_name: str = "",
    numbers: Collection[Any] = (),
) -> html.Div:
    """The table under its heads.

    Args:
        name: what the table holds, for a screen reader.
        heads: content of the head of each column.
        lines: the rows.
        class_name: for the style sheet.
        numbers: those of ``heads`` whose columns hold numbers, which stand to the right.
    """
    cells = [
        html.Th(head, scope="col", className="number" if head in numbers else None)
        for head in heads
    ]
    table = html.Table(
        [
            html.Caption(name, className="hidden"),
            html.Thead(html.Tr(cells)),
            html.Tbody(list(lines)),
        ],
        className=f"figures-table {class_name}".strip(),
    )
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=name))
