"""What needs attention first: unmet targets, the widest gap on top, and the way ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.verdict import caution_marks, verdict_mark, verdict_symbol
from dashboard.queries import Row
from dashboard.sentences import (
    capital,
    condition,
    gap_phrase,
    pace_phrase,
    value_phrase,
)
from dashboard.texts import Words
from indicators.tables import Pace, Verdict

SHOWN_AT_ONCE: Final = 8

_VERDICT_RANK: Final = {Verdict.NOT_MET: 0, Verdict.PARTIALLY_MET: 1, Verdict.NEAR: 2}
_PACE_RANK: Final = {Pace.REVERSING: 0, Pace.STALLED: 1, Pace.SLOW: 2}


def needing_attention(rows: Sequence[Row]) -> list[Row]:
    """Headline targets missed, partly met, near, or open and falling behind; the worst first."""
    headline = [row for row in rows if row["is_headline"]]
    chosen = [row for row in headline if row["shown"] in _VERDICT_RANK or _falls_behind(row)]
    return sorted(chosen, key=_rank)


def attention_list(
    rows: Sequence[Row], ahead: Mapping[tuple[str, str], Row], view: View, words: Words
) -> html.Div:
    """The list of the board's first panel.

    Args:
        rows: assessments of targets and of their parts at the milestone that is shown.
        ahead: assessments at the open milestone by (locality, target), for the pace.
        view: the present view; an item links to the trend.
        words: the texts of one language.
    """
    chosen = needing_attention(rows)
    if not chosen:
        return html.Div(html.P(_nothing_needs_attention(rows, words)))
    items = []
    for row in chosen[:SHOWN_AT_ONCE]:
        later = ahead.get((row["locality_id"], row["target_id"]), row)
        lines = [*_parts(row, rows, words), *_lines(row, later, words)]
        items.append(_item(row, lines, view, words))
    more = len(chosen) - SHOWN_AT_ONCE
    rest = [html.P(words("attention.more", count=more), className="note")] if more > 0 else []
    return html.Div([html.Ol(items, className="attention"), *rest])


def _nothing_needs_attention(rows: Sequence[Row], words: Words) -> str:
    assessed = [
        row for row in rows if row["is_headline"] and row["shown"] != Verdict.NOT_ASSESSABLE
    ]
    if not assessed:
        return words("attention.unknown")
    is_open = assessed[0]["milestone_state"] == "open"
    key = "attention.none_open" if is_open else "attention.none"
    return words.counted(key, len(assessed))


def _item(row: Row, lines: Sequence[Component], view: View, words: Words) -> html.Li:
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    href = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    everywhere = view.locality == ALL_LOCALITIES
    place = [html.Span(words.pick(row, "locality"), className="place")] if everywhere else []
    verdict = [verdict_mark(row["shown"], words)]
    value = _value_line(row, words)
    if value:
        verdict.append(html.Span(f": {value}"))
    return html.Li(
        [
            html.Div([*place, html.A(name, href=href)], className="attention-name"),
            html.Div([*verdict, " ", *caution_marks(row, words)]),
            *lines,
        ]
    )


def _value_line(row: Row, words: Words) -> str:
    if row["latest_published"] is None:
        return gap_phrase(row, words)
    value = words(
        "attention.value", value=value_phrase(row, words), condition=condition(row, words)
    )
    return f"{value}, {words('attention.year', year=row['latest_year'])}"


def _lines(row: Row, ahead: Row, words: Words) -> list[html.Div]:
    gap = gap_phrase(row, words) if row["latest_published"] is not None else ""
    pace = pace_phrase(ahead, words)
    towards = words("pace.towards", year=ahead["milestone_year"], text=pace) if pace else ""
    return [html.Div(text) for text in (capital(gap), towards) if text]


def _parts(compound: Row, rows: Sequence[Row], words: Words) -> list[html.Ul]:
    """What holds a compound target back: its parts that are not met."""
    parts = [
        row
        for row in rows
        if row["parent_target_id"] == compound["target_id"]
        and row["locality_id"] == compound["locality_id"]
        and row["shown"] != Verdict.MET
    ]
    return [html.Ul([_part(row, words) for row in parts], className="parts")] if parts else []


def _part(row: Row, words: Words) -> html.Li:
    name = f"{row['short_code']} {words.pick(row, 'target')}: "
    word = html.Span(words(f"verdict.{row['shown']}"), className="verdict")
    gap = gap_phrase(row, words)
    return html.Li([verdict_symbol(row["shown"]), name, word, f", {gap}" if gap else ""])


def _falls_behind(row: Row) -> bool:
    return row["shown"] == Verdict.ON_THE_WAY and row["pace"] in _PACE_RANK


def _rank(row: Row) -> tuple[int, int, float, str]:
    target_value = row["target_value"]
    share = float(row["gap"] / target_value) if row["gap"] and target_value else 0.0
    return (
        _VERDICT_RANK.get(row["shown"], len(_VERDICT_RANK)),
        _PACE_RANK.get(row["pace"], len(_PACE_RANK)),
        -share,
        row["short_code"],
    )
