"""Figures that were put right or changed later: what stood before, what stands now, and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from dash import html

from dashboard import quality
from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.components.findings import headed
from dashboard.components.series import Codes, code_name, group_phrase
from dashboard.components.trace_link import trace_link
from dashboard.delivery import in_viet_nam
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import number
from dashboard.texts import Words
from indicators.numbers import format_date

SHOWN_AT_ONCE: Final = 20
_NONE: Final = "–"


def corrections(release: Release, view: View, words: Words) -> html.Section:
    """What was put right, why and who decided so."""
    rows = quality.corrections(release, view).rows(named=True)
    texts = ("figure", "column", "received", "corrected", "reason", "decided_by")
    lines = [_correction(row, view, words) for row in rows]
    return _section("quality.corrections", texts, lines, view, words)


def _correction(row: Row, view: View, words: Words) -> html.Tr:
    name = f"{words.pick(row, 'place')}, {words.pick(row, 'indicator')}, {row['time_period']}"
    source = ", ".join(text for text in (row["organisation"], row["file_name"]) if text)
    corrected = row["corrected_value"] or _NONE
    return html.Tr(
        [
            html.Th([html.Div(name), html.Div(source, className="aside source")], scope="row"),
            html.Td(words(f"table.{row['column_name']}")),
            html.Td(row["received_value"] or _NONE, className="source"),
            html.Td(trace_link(corrected, row["observation_id"], view)),
            html.Td(row["reason_vi"], lang="vi"),
            html.Td(row["decided_by"] or _NONE),
        ]
    )


def revisions(release: Release, codes: Codes, view: View, words: Words) -> html.Section:
    """Figures that a later report changed: before, after, when and whose report."""
    rows = quality.revisions(release, view).rows(named=True)
    texts = ("figure", "before", "now", "when", "by")
    lines = [_revision(row, codes, view, words) for row in rows]
    return _section("quality.revisions", texts, lines, view, words, ("before", "now"))


def _revision(row: Row, codes: Codes, view: View, words: Words) -> html.Tr:
    name = f"{words.pick(row, 'place')}, {words.pick(row, 'indicator')}, {row['time_period']}"
    family = code_name("CL_SOURCE_FAMILY", row["source_family"], codes)
    group = ", ".join(text for text in (group_phrase(row, codes), family) if text)
    received = format_date(in_viet_nam(row["received_at"]).date(), words.language)
    by = ", ".join(text for text in (row["organisation"], row["file_name"]) if text)
    marks = [html.Div(words("synthetic"), className="aside")] if row["is_synthetic"] else []
    before = html.Div(row["old_file"] or _NONE, className="aside source")
    return html.Tr(
        [
            html.Th([html.Div(name), html.Div(group, className="aside")], scope="row"),
            html.Td([_shown(row["old_value"], row, words), before], className="number"),
            html.Td(_after(row, view, words), className="number"),
            html.Td(received, className="number"),
            html.Td([html.Div(by, className="source"), *marks]),
        ]
    )


def _shown(value: Decimal | None, row: Row, words: Words) -> str:
    return _NONE if value is None else number(value, row["decimals"], words)


def _after(row: Row, view: View, words: Words) -> str | html.A:
    """The new value opens its trace; one that was changed again is only told."""
    if row["new_observation_id"] is None:
        return words("quality.withdrawn")
    text = _shown(row["new_value"], row, words)
    return text if row["traced_id"] is None else trace_link(text, row["traced_id"], view)


def _section(
    key: str,
    texts: Sequence[str],
    lines: Sequence[html.Tr],
    view: View,
    words: Words,
    numbers: Sequence[str] = (),
) -> html.Section:
    """The first rows in view, the others folded away."""
    head = headed(key, view, words)
    if not lines:
        return html.Section([*head, html.P(words(f"{key}.none"))], className="panel")
    heads = [words(f"quality.{text}") for text in texts]
    columns = [words(f"quality.{text}") for text in numbers]
    name = words(key)

    def table(part: Sequence[html.Tr]) -> html.Div:
        classes = f"history-table {key.removeprefix('quality.')}-table"
        return figures_table(name, heads, part, classes, columns)

    folded: list[Any] = []
    rest = lines[SHOWN_AT_ONCE:]
    if rest:
        summary = html.Summary(words("quality.more", count=number(len(rest), 0, words)))
        folded = [html.Details([summary, table(rest)])]
    return html.Section([*head, table(lines[:SHOWN_AT_ONCE]), *folded], className="panel")
