"""A plain table of figures in a frame that scrolls by itself."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.components.aria import aria


def figures_table(
    name: str, heads: Sequence[str], lines: Sequence[html.Tr], class_name: str = ""
) -> html.Div:
    """The table under its heads; ``name`` tells a screen reader what it holds."""
    table = html.Table(
        [
            html.Caption(name, className="hidden"),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(list(lines)),
        ],
        className=f"figures-table {class_name}".strip(),
    )
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=name))
