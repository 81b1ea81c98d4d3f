"""Tổng quan: which targets are met and unmet, where, by how much, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from dash import html

from dashboard import queries
from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.attention import attention_list
from dashboard.components.changes_line import changes_line
from dashboard.components.countings import scale_countings
from dashboard.components.fault import unknown_locality
from dashboard.components.matrix import has_result, verdict_matrix
from dashboard.components.region_figures import region_figures
from dashboard.components.tiles import verdict_tiles
from dashboard.components.verdict import synthetic_ribbon, verdict_key
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import everywhere_sentences, overview_sentences
from dashboard.texts import Words
from indicators.numbers import format_date
from indicators.tables import VerdictReason


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    if locality and locality["level"] == "region":
        return region_figures(release, locality, view, words)
    assessed = queries.assessed(release, view.locality, view.geography, view.milestone)
    everything = list(assessed.iter_rows(named=True))
    rows = [row for row in everything if row["is_headline"]]
    last_milestone = max(queries.milestones(release), default=view.milestone)
    ahead = list(
        queries.assessed(release, view.locality, view.geography, last_milestone).iter_rows(
            named=True
        )
    )
    faster = [row for row in ahead if row["is_headline"]]
    board = queries.board(release, view.milestone, view.geography)
    in_view = [*everything, *ahead, *board.iter_rows(named=True)]
    who = words.pick(locality, "name") if locality else words("all_localities")
    return html.Div(
        [
            *synthetic_ribbon(in_view, words),
            _sentences(rows, faster, who, view, words),
            *changes_line(release, view, words),
            *(_counted(assessed.filter("is_headline"), words) if rows else []),
            html.Div(
                [
                    _attention(everything, ahead, view, words),
                    _matrix(release, board, view, words),
                ],
                className="columns",
            ),
        ]
    )


def _counted(rows: pl.DataFrame, words: Words) -> list[html.Ul | html.Details]:
    return [verdict_tiles(list(rows.iter_rows(named=True)), words), scale_countings(rows, words)]


def _sentences(
    rows: Sequence[Row], faster: Sequence[Row], who: str, view: View, words: Words
) -> html.Header:
    if not rows:
        told = [words("overview.none", locality=who, year=view.milestone)]
    elif view.locality == ALL_LOCALITIES:
        localities = len({row["locality_id"] for row in rows})
        told = everywhere_sentences(rows, localities, words)
    else:
        told = overview_sentences(rows, faster, who, words)
    first, *others = told
    return html.Header(
        [html.H1(first, id="title", tabIndex=-1), *(html.P(text) for text in others)],
        className="lead",
    )


def _attention(rows: Sequence[Row], ahead: Sequence[Row], view: View, words: Words) -> html.Section:
    by_key = {(row["locality_id"], row["target_id"]): row for row in ahead}
    heading = html.H2(words("attention"))
    return html.Section([heading, attention_list(rows, by_key, view, words)], className="panel")


def _matrix(release: Release, board: pl.DataFrame, view: View, words: Words) -> html.Section:
    swipe = html.Span(f" {words('matrix.swipe')}", className="narrow")
    return html.Section(
        [
            html.H2(f"{words('matrix')} ({words(f'geography.long.{view.geography}')})"),
            html.P([" ".join(_hints(board, view, words)), swipe], className="note"),
            verdict_key(words),
            verdict_matrix(board, view, words),
            *(html.P(text, className="note") for text in _footnotes(release, board, words)),
        ],
        className="panel panel-matrix",
    )


def _hints(board: pl.DataFrame, view: View, words: Words) -> list[str]:
    former = board.filter(verdict_reason=VerdictReason.LOCALITY_ABOLISHED)
    if former.is_empty():
        return [words("matrix.hint")]
    key = f"matrix.former_{former['milestone_state'][0]}"
    return [words(key, year=view.milestone), words("matrix.hint")]


def _footnotes(release: Release, board: pl.DataFrame, words: Words) -> list[str]:
    marked = [
        row for row in board.iter_rows(named=True) if row["is_unverified"] and has_result(row)
    ]
    note = [words.counted("matrix.unverified", len(marked))] if marked else []
    info = queries.info(release)
    date = format_date(info["created_at"].date(), words.language)
    return [*note, words("matrix.source", date=date, method=info["method_version"])]
