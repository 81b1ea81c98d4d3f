"""Localities whose documents set a level of their own, each with its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.queries import Row
from dashboard.sentences import condition
from dashboard.standing import against_common
from dashboard.texts import Words


def variations_panel(
    rows: pl.DataFrame, common: Mapping[int, Row], target_id: str, view: View, words: Words
) -> html.Section:
    """One line per locality and document; where there is none, a sentence says so.

    Args:
        rows: answer of :func:`dashboard.target.variations`.
        common: the level asked of most provinces, by milestone.
        target_id: the column of the board.
        view: what is looked at.
        words: the texts of one language.
    """
    name = words("variations")
    if rows.is_empty():
        said = html.P(words("variations.none"), className="note")
        return html.Section([html.H2(name), said], className="panel variations")
    heads = [
        words("standing.place"),
        words("candidates.document"),
        words("candidates.asks"),
        words("variations.against"),
        words("candidates.use"),
    ]
    grouped = groupby(
        rows.iter_rows(named=True), key=lambda row: (row["locality_id"], row["binding_target_id"])
    )
    lines = [_line(list(group), common, target_id, view, words) for _, group in grouped]
    table = figures_table(name, heads, lines, "variations-table")
    return html.Section([html.H2(name), table], className="panel variations")


def _line(
    rows: Sequence[Row], common: Mapping[int, Row], target_id: str, view: View, words: Words
) -> html.Tr:
    first = rows[0]
    href = view.at(target=target_id, locality=first["locality_id"])
    asked = [
        words("register.milestone", year=row["milestone_year"], condition=condition(row, words))
        for row in rows
    ]
    against = [
        words(
            "register.milestone",
            year=row["milestone_year"],
            condition=words(f"variations.{against_common(row, common.get(row['milestone_year']))}"),
        )
        for row in rows
    ]
    return html.Tr(
        [
            html.Th(html.A(words.pick(first, "locality"), href=href), scope="row"),
            html.Td(_document(first, words), className="source"),
            html.Td(_lines(asked)),
            html.Td(_lines(against)),
            html.Td(_lines(_uses(rows, words))),
        ]
    )


def _document(row: Row, words: Words) -> list[Any]:
    name = words.pick(row, "programme") if row["programme_vi"] else ""
    told = row["number"] or name or "–"
    if row["binding"] != "inherited":
        return [told]
    inherited = words("variations.inherited", place=words.pick(row, "plan"))
    return [told, html.Div(inherited, className="aside")]


def _uses(rows: Sequence[Row], words: Words) -> list[str]:
    """Whether the level is used, said once where it is so at every milestone."""
    told = [words("candidates.works" if row["works"] else "candidates.rests") for row in rows]
    return told[:1] if len(set(told)) == 1 else told


def _lines(texts: Sequence[str]) -> list[html.Div]:
    return [html.Div(text) for text in texts]
