"""Kinds of source of one target side by side: each value against each milestone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_mark
from dashboard.queries import Row
from dashboard.sentences import condition, value_phrase
from dashboard.texts import Words


def sources_panel(
    rows: Sequence[Row], families: Mapping[str, str], view: View, words: Words
) -> list[html.Section]:
    """The panel, or nothing where one kind of source speaks alone.

    Args:
        rows: assessments of one target in one locality: every milestone and source family.
        families: names of the source families.
        view: what is looked at.
        words: the texts of one language.
    """
    valued = [row for row in rows if row["latest_published"] is not None]
    names = list(dict.fromkeys(row["source_family"] for row in _primary_first(valued)))
    if len(names) < 2:
        return []
    name = words("sources")
    years = sorted({row["milestone_year"] for row in valued})
    heads = [
        words("table.family"),
        words("sources.value"),
        *(words("sources.against", year=year) for year in years),
    ]
    lines = [
        _line([row for row in valued if row["source_family"] == one], years, families, view, words)
        for one in names
    ]
    is_conflict = any(row["has_source_conflict"] for row in rows)
    note = words("sources.conflict") if is_conflict else words("sources.note")
    said = html.P(html.Strong(note) if is_conflict else note, className="note")
    table = figures_table(name, heads, lines, "sources-table")
    return [html.Section([html.H2(name), said, table], className="panel")]


def _primary_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (not row["is_primary"], row["source_family"]))


def _line(
    rows: Sequence[Row],
    years: Sequence[int],
    families: Mapping[str, str],
    view: View,
    words: Words,
) -> html.Tr:
    family = rows[0]["source_family"]
    carries = any(row["is_primary"] for row in rows)
    mark = [html.Div(words("sources.carries"), className="aside")] if carries else []
    by_year = {row["milestone_year"]: row for row in rows}
    latest: dict[str, list[Any]] = {}
    for row in rows:  # one value where both milestones look at the same figure
        text = words("sentence.value", year=row["latest_year"], value="")
        latest.setdefault(f"{text}{value_phrase(row, words)}", [text, *_value(row, view, words)])
    return html.Tr(
        [
            html.Th([families.get(family, family), *mark], scope="row"),
            html.Td([html.Div(parts) for parts in latest.values()]),
            *(html.Td(_against(by_year.get(year), words)) for year in years),
        ]
    )


def _value(row: Row, view: View, words: Words) -> list[Any]:
    text, observation_id = value_phrase(row, words), row["latest_observation_id"]
    return [trace_link(text, observation_id, view) if observation_id else text]


def _against(row: Row | None, words: Words) -> list[Any]:
    """Value against the level alone: the verdict is carried by one kind of source."""
    if row is None:
        return ["–"]
    asked = html.Span(f" ({condition(row, words)})", className="aside")
    return [verdict_mark(row["attainment"], words), asked]
