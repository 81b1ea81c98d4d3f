"""Tiles: how many targets have each result, with their denominator, and who has reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.verdict import verdict_symbol
from dashboard.overview import Reports
from dashboard.queries import Row
from dashboard.sentences import VERDICT_ORDER, capital, number
from dashboard.texts import Words
from indicators.tables import Verdict


def verdict_tiles(
    rows: Sequence[Row],
    changed: Mapping[str, int],
    reports: Reports | None,
    view: View,
    words: Words,
) -> html.Ul:
    """One tile per result; ``not_met`` only where the milestone is closed, and the reverse.

    Args:
        rows: headline results to be counted.
        changed: how many more there are of each result than in the release before.
        reports: received and expected; None for no tile of them.
        view: the present view; a tile opens the list of its targets, and closes it again.
        words: the texts of one language.
    """
    counts = Counter(str(row["shown"]) for row in rows)
    is_open = any(row["milestone_state"] == "open" for row in rows)
    left_out = Verdict.NOT_MET if is_open else Verdict.ON_THE_WAY
    tiles = [
        _verdict_tile(verdict, counts[verdict], len(rows), changed.get(verdict, 0), view, words)
        for verdict in VERDICT_ORDER
        if verdict != left_out or counts[verdict]
    ]
    if reports:
        tiles.append(_reports_tile(reports, view, words))
    return html.Ul(tiles, className="tiles", **aria(label=words("tiles")))


def _verdict_tile(
    verdict: Verdict, count: int, total: int, changed: int, view: View, words: Words
) -> html.Li:
    is_chosen = view.verdict == verdict
    name = html.Span(
        [verdict_symbol(verdict), html.Span(capital(words(f"verdict.{verdict}")))],
        className="tile-name",
    )
    href = view.at(verdict="" if is_chosen else str(verdict))
    current = aria(current="true") if is_chosen else {}
    link = html.A([name, _count(count, total, changed, words)], href=href, **current)
    return html.Li(link, className=f"tile tile-{verdict}")


def _count(count: int, total: int, changed: int, words: Words) -> html.Span:
    of = html.Span(" " + words("tile.of", total=number(total, 0, words)))
    strong = html.Strong(number(count, 0, words))
    return html.Span([strong, of, *_change(changed, words)], className="tile-count")


def _change(changed: int, words: Words) -> list[Any]:
    """The difference to the release before, as a mark and, for screen readers, in words."""
    if not changed:
        return []
    size = number(abs(changed), 0, words)
    said = words("tile.more" if changed > 0 else "tile.fewer", count=size)
    mark = html.Span(
        f" {'▲' if changed > 0 else '▼'}{size}",
        title=said,
        className="tile-change",
        **aria(hidden="true"),
    )
    return [mark, html.Span(f", {said}", className="hidden")]


def _reports_tile(reports: Reports, view: View, words: Words) -> html.Li:
    year, _, half = reports.period.partition("-")
    received = number(reports.received, 0, words)
    of = f" / {number(reports.expected, 0, words)} "
    period = html.Span(words(f"tile.period.{half or 'year'}", year=year), className="tile-period")
    count = html.Span([html.Strong(received), html.Span(of), period], className="tile-count")
    name = html.Span(html.Span(words("tile.delivered")), className="tile-name")
    href = view.at(path="/nop-bao-cao", target="", period=reports.period)
    return html.Li(html.A([name, count], href=href), className="tile tile-delivered")
