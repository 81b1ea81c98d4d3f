"""Khám phá: any indicators of any localities, drawn and listed as the reader likes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from dash import html

from dashboard import queries as release_queries
from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.exploration_charts import charts
from dashboard.components.exploration_controls import controls
from dashboard.components.fault import unknown_locality
from dashboard.components.grid import grid
from dashboard.components.pivot_table import pivot_table
from dashboard.components.segments import segments
from dashboard.components.verdict import ribbon
from dashboard.exploration import queries
from dashboard.exploration.choice import DEFAULT, TABLES
from dashboard.exploration.drawing import Drawer
from dashboard.exploration.explored import Explored, explored
from dashboard.exploration.listing import listing
from dashboard.exploration.pivot import pivot
from dashboard.exploration.telling import facts, joined, title
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.texts import Words

MOST_ROWS: Final = 20_000  # of the list; the file has them all
_MOST_NAMED: Final = 8  # localities without figures
_MOST_ELSEWHERE: Final = 3


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    unit = release_queries.locality(release, view.locality)
    if unit is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    found = explored(release, view, words)
    if found is None:
        heading = html.H1(words("page.exploration"), id="title", tabIndex=-1)
        return html.Div([heading, html.P(words("explore.nothing"))])
    return html.Div(
        [
            *ribbon(bool(found.points["is_synthetic"].any()), words),
            _heading(found, release),
            html.Div(
                [
                    _controls(found, release, view),
                    html.Div(_shown(found, release, view), className="explore-shown"),
                ],
                className="columns-explore",
            ),
        ]
    )


def _controls(found: Explored, release: Release, view: View) -> html.Section:
    chosen = found.selection.chosen
    return controls(
        found,
        queries.indicators(release),
        queries.series(release, view.geography, chosen),
        queries.places(release, view.geography, chosen),
        view,
    )


def _shown(found: Explored, release: Release, view: View) -> list[Any]:
    if found.points.is_empty():
        return [_empty(found, view)]
    drawer = Drawer(
        found.selection, found.points, found.names, found.codes, _levels(found, release),
        found.words,
    )  # fmt: skip
    return [charts(drawer.drawing(), found, view), _table(found, view)]


def _levels(found: Explored, release: Release) -> list[Row]:
    """The national levels of a single indicator, if its series in view is the one they judge."""
    selection = found.selection
    if len(selection.indicators) != 1 or selection.choice.gap != "none":
        return []
    rows = queries.target_lines(release, selection.choice.indicators[0]).iter_rows(named=True)
    shown = selection.series.select("sex", "age", "breakdown", "definition").rows()
    return [row for row in rows if _judged(row) in shown]


def _judged(row: Row) -> tuple[str, str, str, str]:
    whole = tuple(row[name] or "_T" for name in ("sex", "age", "breakdown"))
    return (*whole, row["definition"] or "STD")  # type: ignore[return-value]


# The sentences ---------------------------------------------------------------------------------


def _heading(found: Explored, release: Release) -> html.Header:
    words = found.words
    said = facts(found.selection, found.points, found.names, words)
    notes = [*_warnings(found), *_missing(found, release)]
    return html.Header(
        [
            html.H1(title(found.selection, words), id="title", tabIndex=-1),
            *(html.P(text) for text in said),
            *(html.P(text, className="note") for text in notes),
        ],
        className="lead",
    )


def _warnings(found: Explored) -> list[str]:
    """What of the choice could not be followed."""
    words, selection = found.words, found.selection
    told = []
    if selection.ignored:
        told.append(words("explore.ignored", parts=", ".join(selection.ignored)))
    for indicator_id, what in selection.unmet:
        name = words.pick(selection.indicators[indicator_id], "name")
        told.append(words(f"explore.unmet.{what}", name=name))
    return told


def _missing(found: Explored, release: Release) -> list[str]:
    """Localities without a figure of this choice, and what there is of them otherwise."""
    words, selection = found.words, found.selection
    known = set(found.points["locality_id"])
    missing = [place for place in selection.places if place not in known]
    if not missing:
        return []
    named = [words.pick(selection.places[place], "name") for place in missing]
    told = joined(named, _MOST_NAMED, "explore.missing.more", words)
    other = queries.elsewhere(release, selection.indicators, missing)
    hints = [_elsewhere(row, found) for row in other.head(_MOST_ELSEWHERE).iter_rows(named=True)]
    yet = [words("explore.elsewhere.all", told="; ".join(hints))] if hints else []
    return [" ".join([words("explore.missing", places=told), *yet])]


def _elsewhere(row: Row, found: Explored) -> str:
    words = found.words
    first, last = row["first"], row["last"]
    sexes = [found.names.sex({"sex": sex}) for sex in row["sexes"]]
    families = [found.codes.get(("CL_SOURCE_FAMILY", one), one) for one in row["families"]]
    return words(
        "explore.elsewhere",
        place=found.names.place(row),
        years=first if first == last else f"{first}–{last}",
        what="; ".join([", ".join(sexes), ", ".join(families)]),
    )


def _empty(found: Explored, view: View) -> html.Section:
    """Nothing answers the choice: the way back."""
    words = found.words
    reset = html.A(words("explore.empty.reset"), href=view.at(exploration=DEFAULT))
    return html.Section([html.P([words("explore.empty"), " ", reset])], className="panel empty")


# The table -------------------------------------------------------------------------------------


def _table(found: Explored, view: View) -> html.Section:
    words, choice = found.words, found.selection.choice
    links = {words(f"explore.table.{one}"): view.exploring(table=one) for one in TABLES}
    chosen = words(f"explore.table.{choice.table}")
    shown = _list(found, view) if choice.table == "list" else _pivot(found, view)
    return html.Section(
        [
            html.H2(words("explore.table"), className="hidden"),
            segments("explore.table", links, chosen, words),
            *shown,
        ],
        className="panel explore-table",
    )


def _pivot(found: Explored, view: View) -> list[Any]:
    words, choice = found.words, found.selection.choice
    made = pivot(found.points, choice.rows, choice.columns, found.names)
    name = title(found.selection, words)
    notes = [words("explore.pivot.note")]
    if (found.points["is_rebuilt"] | (found.points["obs_status"] != "A")).any():
        notes.append(words("explore.pivot.marks"))
    if len(made.rows) < made.count:
        notes.append(words("explore.too_many.rows", shown=len(made.rows), count=made.count))
    return [pivot_table(made, name, view, words), html.P(" ".join(notes), className="note")]


def _list(found: Explored, view: View) -> list[Any]:
    words = found.words
    table = listing(found, view)
    rows = table.rows[:MOST_ROWS]
    notes = []
    if len(rows) < len(table.rows):
        notes.append(words("explore.too_many.rows", shown=len(rows), count=len(table.rows)))
    return [
        *(html.P(note, className="note") for note in notes),
        grid(replace(table, rows=rows), view, words, grid_id="explore-list"),
    ]
