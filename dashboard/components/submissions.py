"""The files that a unit sent; names and senders are others' words, shown as text only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from dash import html

from dashboard.components.figures_table import figures_table
from dashboard.delivery import period_name
from dashboard.queries import Row
from dashboard.sentences import number
from dashboard.texts import Words
from indicators.numbers import format_date

SHOWN_AT_ONCE: Final = 6
_UTC_TO_VIET_NAM = timedelta(hours=7)
_NONE = "–"


def sent_reports(rows: Sequence[Row], locality: str, words: Words) -> html.Section:
    """The files, the last one received first; older ones are folded.

    Args:
        rows: answer of :func:`dashboard.locality.submissions`.
        locality: name of the unit.
        words: the texts of one language.
    """
    name = words("locality.submissions")
    parts: list[Any] = [html.H2(name)]
    if rows:
        parts.append(_table(name, rows[:SHOWN_AT_ONCE], words))
    else:
        parts.append(html.P(words("locality.submissions.none", locality=locality)))
    older = rows[SHOWN_AT_ONCE:]
    if older:
        more = words.counted("locality.submissions.more", len(older))
        parts.append(html.Details([html.Summary(more), _table(more, older, words)]))
    return html.Section(parts, className="panel submissions")


def _table(name: str, rows: Sequence[Row], words: Words) -> html.Div:
    texts = ("period", "file", "organisation", "received", "status")
    counts = ("rows", "errors", "warnings")
    numbers = [words(f"submission.{column}") for column in counts]
    heads = [*(words(f"submission.{column}") for column in texts), *numbers]
    lines = [_line(row, words) for row in rows]
    return figures_table(name, heads, lines, "submissions-table", numbers)


def _line(row: Row, words: Words) -> html.Tr:
    received = (row["received_at"] + _UTC_TO_VIET_NAM).date()
    period = row["reporting_period"]
    counts = [number(row[name], 0, words) for name in ("row_count", "error_count", "warning_count")]
    return html.Tr(
        [
            html.Th(period_name(period, words) if period else _NONE, scope="row"),
            html.Td(row["file_name"], className="source"),
            html.Td(row["organisation"] or _NONE, className="source"),
            html.Td(format_date(received, words.language), className="number"),
            html.Td(_status(row, words)),
            *(html.Td(count, className="number") for count in counts),
        ]
    )


def _status(row: Row, words: Words) -> list[Any]:
    told = [html.Div(words(f"submission.{row['status']}"))]
    if row["superseded_by"]:
        file = row["later_file"] or _NONE
        told.append(html.Div(words("submission.replaced", file=file), className="aside"))
    if row["is_synthetic"]:
        told.append(html.Div(words("synthetic"), className="aside"))
    return told
