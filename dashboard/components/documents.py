"""The documents that set a target, in their own words."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from dash import html

from dashboard.queries import Row
from dashboard.texts import Words
from indicators.numbers import format_date


def target_documents(documents: Sequence[pl.DataFrame], words: Words) -> html.Section:
    """One entry per binding target: document, the words of each milestone, who checked them.

    Args:
        documents: answers of :func:`dashboard.queries.target_document`, one row per milestone.
        words: the texts of one language.
    """
    entries = [
        html.Li(_entry(list(frame.iter_rows(named=True)), words))
        for frame in documents
        if not frame.is_empty()
    ]
    heading = html.H2(words("target.document"))
    return html.Section([heading, html.Ul(entries)], className="panel documents")


def _entry(milestones: Sequence[Row], words: Words) -> list[html.Div]:
    first = milestones[0]
    name = words.pick(first, "programme") if first["programme_vi"] else ""
    told = ": ".join(text for text in (first["number"], name) if text) or "–"
    if first["issued_on"] is not None:
        told += f" ({format_date(first['issued_on'], words.language)})"
    lines = [html.Div([told, " ", *_checked(first, words)])]
    for row in milestones:
        if row["wording_vi"]:
            text = words("document.wording", year=row["milestone_year"], text=row["wording_vi"])
            lines.append(html.Div(text + adjusted(row, words), lang="vi", className="aside"))
    return lines


def adjusted(row: Row, words: Words) -> str:
    """The document and the day that changed a milestone; nothing for the first version."""
    if row["adopted_on"] is None:
        return ""
    day = format_date(row["adopted_on"], words.language)
    return f", {words('register.adjusted', day=day, document=row['document_vi'] or '–')}"


def _checked(row: Row, words: Words) -> list[html.Span]:
    if row["confirmed_by"] and row["confirmed_on"]:
        date = format_date(row["confirmed_on"], words.language)
        text = words("document.confirmed", office=row["confirmed_by"], date=date)
        return [html.Span(text, className="aside")]
    if row["confidence"] == "official":
        return []
    return [html.Span(words("unverified"), className="caution")]
