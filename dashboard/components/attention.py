"""Targets in a short list: what needs attention first, or those of one result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from dash import html

from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.aria import aria
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_symbol
from dashboard.overview import needing_attention, worst_first
from dashboard.queries import Row
from dashboard.sentences import (
    VERDICT_ORDER,
    capital,
    condition,
    gap_phrase,
    number,
    pace_phrase,
    shown_word,
    value_phrase,
)
from dashboard.texts import Words
from indicators.tables import Verdict

SHOWN_AT_ONCE: Final = 6  # what a screen holds beside the matrix
UNFOLDED: Final = 40  # more is in the matrix

_SIGNS: Final = (("is_unverified", "*", "unverified"), ("is_synthetic", "†", "synthetic"))


@dataclass(frozen=True)
class Assessed:
    """What the list is made from.

    Attributes:
        rows: assessments of targets and of their parts at the milestone that is shown.
        ahead: assessments at the open milestone by (locality, target), for the pace.
        view: the present view; an item links to the page of its target.
        words: the texts of one language.
        shared: weaknesses that all listed results have.
    """

    rows: Sequence[Row]
    ahead: Mapping[tuple[str, str], Row]
    view: View
    words: Words
    shared: frozenset[str] = frozenset()


def attention_list(given: Assessed) -> html.Div:
    """What needs attention first; where nothing does, a sentence."""
    chosen = needing_attention(given.rows)
    if not chosen:
        return html.Div(html.P(_nothing_needs_attention(given.rows, given.words)))
    return _listed(chosen, given)


def result_list(given: Assessed) -> html.Div:
    """The targets with the result that the view asks for, and the way back."""
    words = given.words
    chosen = [
        row for row in given.rows if row["is_headline"] and row["shown"] == given.view.verdict
    ]
    back = html.P(html.A(words("attention.back"), href=given.view.at(verdict="")))
    if not chosen:
        return html.Div([html.P(words("attention.none_of")), back])
    return html.Div([_listed(worst_first(chosen), given), back])


def is_result(verdict: str) -> bool:
    """Whether an address asks for a list that exists."""
    return verdict in VERDICT_ORDER


def _nothing_needs_attention(rows: Sequence[Row], words: Words) -> str:
    assessed = [
        row for row in rows if row["is_headline"] and row["shown"] != Verdict.NOT_ASSESSABLE
    ]
    if not assessed:
        return words("attention.unknown")
    is_open = assessed[0]["milestone_state"] == "open"
    key = "attention.none_open" if is_open else "attention.none"
    return words.counted(key, len(assessed))


# The list --------------------------------------------------------------------------------------


def _listed(chosen: Sequence[Row], given: Assessed) -> html.Div:
    words = given.words
    shown = chosen[:UNFOLDED]
    given = replace(given, shared=_shared(shown))
    first, rest = shown[:SHOWN_AT_ONCE], shown[SHOWN_AT_ONCE:]
    content: list[Any] = [*_groups(first, 1, chosen, given)]
    if rest:
        summary = html.Summary(words.counted("attention.rest", len(rest)))
        unfolded = _groups(rest, 1 + len(first), chosen, given)
        content.append(html.Details([summary, *unfolded], className="attention-rest"))
    more = len(chosen) - UNFOLDED
    if more > 0:
        text = words("attention.more", count=number(more, 0, words))
        content.append(html.P(text, className="note"))
    return html.Div([*content, *_footnotes(shown, given)])


def _groups(
    rows: Sequence[Row], start: int, chosen: Sequence[Row], given: Assessed
) -> list[html.P | html.Ol]:
    """The rows under one head per result; ``start`` is the number of the first."""
    told: list[html.P | html.Ol] = []
    for verdict, members in groupby(rows, key=lambda row: str(row["shown"])):
        group = list(members)
        count = number(sum(row["shown"] == verdict for row in chosen), 0, given.words)
        word = capital(given.words(f"verdict.{verdict}"))
        text = given.words("attention.group", verdict=word, count=count)
        told.append(html.P([verdict_symbol(verdict), html.Span(text)], className="attention-head"))
        items = [_item(row, given) for row in group]
        told.append(html.Ol(items, start=str(start), className="attention"))
        start += len(group)
    return told


def _item(row: Row, given: Assessed) -> html.Li:
    view, words = given.view, given.words
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    href = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    place: list[Any] = []
    if view.locality == ALL_LOCALITIES:
        place = [html.Span(words.pick(row, "locality"), className="place"), " "]
    later = given.ahead.get((row["locality_id"], row["target_id"]), row)
    return html.Li(
        [
            html.Div([*place, html.A(name, href=href)], className="attention-name"),
            html.Div(_standing(row, given), className="standing"),
            *_parts(row, given),
            *_way(later, words),
        ]
    )


def _standing(row: Row, given: Assessed) -> list[Any]:
    """The value against what is asked for, and the gap."""
    words = given.words
    gap = gap_phrase(row, words)
    if row["latest_published"] is None:
        said = shown_word(row, words) if row["verdict_reason"] else gap
        return [capital(said), *_signs(row, given)]
    value = value_phrase(row, words)
    figure = row["latest_observation_id"]
    shown = trace_link(value, figure, given.view) if figure else value
    asked = words("attention.value", condition=condition(row, words), year=row["latest_year"])
    return [
        html.Strong(shown), *_signs(row, given), f" {asked}", f"; {gap}" if gap else "",
    ]  # fmt: skip


def _way(ahead: Row, words: Words) -> list[html.Div]:
    pace = pace_phrase(ahead, words)
    if not pace:
        return []
    text = words("pace.towards", year=ahead["milestone_year"], text=pace)
    return [html.Div(text, className="way")]


def _parts(compound: Row, given: Assessed) -> list[html.Ul]:
    """What holds a compound target back: its parts that are not met."""
    parts = [
        row
        for row in given.rows
        if row["parent_target_id"] == compound["target_id"]
        and row["locality_id"] == compound["locality_id"]
        and row["shown"] != Verdict.MET
    ]
    return [html.Ul([_part(row, given) for row in parts], className="parts")] if parts else []


def _part(row: Row, given: Assessed) -> html.Li:
    words = given.words
    href = given.view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    name = words.pick(row, "target")
    code = html.A([row["short_code"], html.Span(f" {name}", className="hidden")], href=href)
    gap = gap_phrase(row, words)
    said = [words(f"verdict.{row['shown']}"), *([gap] if gap else [])]
    return html.Li([verdict_symbol(row["shown"]), code, f" {', '.join(said)}"], title=name)


# Marks -----------------------------------------------------------------------------------------


def _shared(rows: Sequence[Row]) -> frozenset[str]:
    """Flags that hold for every row: they are told once and mark none."""
    return frozenset(flag for flag, _, _ in _SIGNS if all(row[flag] for row in rows))


def _signs(row: Row, given: Assessed) -> list[html.Span]:
    """Signs of weakness, explained once under the list; in words for screen readers."""
    words = given.words
    told: list[html.Span] = []
    for flag, sign, key in _SIGNS:
        if row[flag] and flag not in given.shared:
            told.append(html.Span(sign, title=words(key), **aria(hidden="true")))
            told.append(html.Span(f" ({words(key)})", className="hidden"))
    return told


def _footnotes(rows: Sequence[Row], given: Assessed) -> list[html.P]:
    words = given.words
    shared = [words(key) for flag, _, key in _SIGNS if flag in given.shared]
    notes = [words("attention.shared", notes="; ".join(shared))] if shared else []
    notes += [
        words("attention.sign", sign=sign, note=words(key))
        for flag, sign, key in _SIGNS
        if flag not in given.shared and any(row[flag] for row in rows)
    ]
    return [html.P(" ".join(notes), className="note")] if notes else []
