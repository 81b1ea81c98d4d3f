"""Where units judge a target otherwise than the system; neither overwrites the other."""

from __future__ import annotations

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.components.verdict import verdict_mark
from dashboard.queries import Row
from dashboard.texts import Words

_HEADS = ("locality", "target", "milestone", "own", "computed", "reason", "report")


def disagreements(rows: pl.DataFrame, view: View, words: Words) -> list[html.Section]:
    """The list, or nothing where all agree.

    Args:
        rows: answer of :func:`dashboard.queries.disagreements`.
        view: for the links to the targets.
        words: the texts of one language.
    """
    if rows.is_empty():
        return []
    heads = [words(f"disagreement.{head}") for head in _HEADS]
    lines = [_line(row, view, words) for row in rows.iter_rows(named=True)]
    name = words("disagreements")
    table = figures_table(name, heads, lines)
    note = html.P(words("disagreements.note"), className="note")
    return [html.Section([html.H2(name), note, table], className="panel")]


def _line(row: Row, view: View, words: Words) -> html.Tr:
    page = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    computed = verdict_mark(row["verdict"], words) if row["verdict"] else "–"
    sender = ", ".join(text for text in (row["organisation"], row["file_name"]) if text)
    return html.Tr(
        [
            html.Th(words.pick(row, "locality"), scope="row"),
            html.Td(html.A(name, href=page)),
            html.Td(str(row["milestone_year"])),
            html.Td(verdict_mark(row["own_status"], words)),
            html.Td(computed),
            html.Td(words(f"review.reason.{row['probable_reason']}")),
            html.Td([sender, html.Div(_place(row, words), className="aside")], className="source"),
        ]
    )


def _place(row: Row, words: Words) -> str:
    return words("table.sheet_row", sheet=row["sheet"], row=row["sheet_row"])
