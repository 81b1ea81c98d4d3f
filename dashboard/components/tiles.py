"""Tiles: how many targets have each result, with their denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dash import html

from dashboard.components.aria import aria
from dashboard.components.verdict import verdict_symbol
from dashboard.queries import Row
from dashboard.sentences import VERDICT_ORDER, capital, number
from dashboard.texts import Words
from indicators.tables import Verdict


def verdict_tiles(rows: Sequence[Row], words: Words) -> html.Ul:
    """One tile per result; ``not_met`` only where the milestone is closed, and the reverse."""
    counts = Counter(str(row["shown"]) for row in rows)
    is_open = any(row["milestone_state"] == "open" for row in rows)
    left_out = Verdict.NOT_MET if is_open else Verdict.ON_THE_WAY
    tiles = [
        _tile(verdict, counts[verdict], len(rows), words)
        for verdict in VERDICT_ORDER
        if verdict != left_out or counts[verdict]
    ]
    return html.Ul(tiles, className="tiles", **aria(label=words("tiles")))


def _tile(verdict: Verdict, count: int, total: int, words: Words) -> html.Li:
    return html.Li(
        [
            html.Span(
                [verdict_symbol(verdict), html.Span(capital(words(f"verdict.{verdict}")))],
                className="tile-name",
            ),
            html.Span(
                [
                    html.Strong(number(count, 0, words)),
                    html.Span(" " + words("tile.of", total=number(total, 0, words))),
                ],
                className="tile-count",
            ),
        ],
        className=f"tile tile-{verdict}",
    )
