"""The target in view on the overview: its provinces on a small map, its trend beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from dash import dcc, html

from dashboard import provinces, queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.components.aria import aria
from dashboard.components.province_list import result_word
from dashboard.components.province_map import province_map
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_symbol
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.overview import drawn_target
from dashboard.provinces import Selection
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import in_unit, number, shown_word, verdict_sentences
from dashboard.texts import Words
from dashboard.theme import FIGURE_CONFIG
from indicators.numbers import format_date


@dataclass(frozen=True)
class Chosen:
    """The target in view and everything that is drawn of it.

    Attributes:
        target: what is drawn: the target itself, or one of its parts.
        rows: assessments of the target in view and its parts in ``locality``.
        observations: figures of what is drawn, all source families.
        selection: figures of the provinces; None if there is none.
    """

    target: Row
    locality: Row
    rows: Sequence[Row]
    observations: pl.DataFrame
    selection: Selection | None
    view: View
    words: Words

    @property
    def own(self) -> list[Row]:
        """Primary assessments of what is drawn, one per milestone."""
        return [
            row
            for row in self.rows
            if row["target_id"] == self.target["target_id"] and row["is_primary"]
        ]

    @property
    def is_synthetic(self) -> bool:
        """Whether a made-up figure is drawn."""
        drawn = [self.observations] + ([self.selection.figures] if self.selection else [])
        return any(bool(frame["is_synthetic"].any()) for frame in drawn)


def chosen_target(release: Release, target_id: str, view: View, words: Words) -> Chosen | None:
    """All that is drawn of a target; None if the release does not know it."""
    place = NATION if view.locality == ALL_LOCALITIES else view.locality
    locality = queries.locality(release, place)
    found = queries.assessed_target(release, place, target_id)
    rows: list[Row] = list(found.iter_rows(named=True))
    target = queries.target(release, drawn_target(target_id, rows))
    if target is None or locality is None:
        return None
    drawn = str(target["target_id"])
    binding = next((row["binding_target_id"] for row in rows if row["target_id"] == drawn), drawn)
    observations = queries.observations(release, binding, place)
    selection = provinces.selection(release, replace(view, target=drawn, year=""))
    return Chosen(target, locality, rows, observations, selection, view, words)


def chosen_panel(chosen: Chosen, heads: Sequence[Row], release: Release) -> html.Section:
    """Name, links, map, trend and sources.

    Args:
        chosen: answer of :func:`chosen_target`.
        heads: targets to choose from.
        release: names of source families, day of the release.
    """
    words = chosen.words
    families = {
        code: name
        for (of, code), name in queries.code_names(release, words.language).items()
        if of == "CL_SOURCE_FAMILY"
    }
    return html.Section(
        [
            *_heading(chosen, heads),
            html.Div(
                [
                    _map(chosen),
                    _trend(chosen, families),
                    html.P(_sources(chosen, families, release), className="note chosen-source"),
                ],
                className="chosen-figures",
            ),
        ],
        className="panel panel-chosen",
    )


def _heading(chosen: Chosen, heads: Sequence[Row]) -> list[Any]:
    words, target = chosen.words, chosen.target
    name = f"{target['short_code']} {words.pick(target, 'name')}"
    page = chosen.view.at(path="/chi-tieu", target=target["target_id"])
    choices = [
        html.Li(
            html.A(
                f"{row['short_code']} {words.pick(row, 'target')}",
                href=chosen.view.at(target=row["target_id"]),
            )
        )
        for row in heads
    ]
    others = html.Details(
        [html.Summary(words("chosen.others")), html.Ul(choices)], className="chosen-others"
    )
    return [html.H2(html.A(name, href=page)), *_part_links(chosen), others]


def _part_links(chosen: Chosen) -> list[html.P]:
    """The parts of a compound target, one of which is drawn."""
    parts = {row["target_id"]: row["short_code"] for row in chosen.rows if row["parent_target_id"]}
    if len(parts) < 2:  # the target in view is a part itself
        return []
    links: list[Any] = []
    for part_id, code in parts.items():
        current = aria(current="true") if part_id == chosen.target["target_id"] else {}
        links += [" ", html.A(code, href=chosen.view.at(target=part_id), **current)]
    return [html.P([chosen.words("chosen.parts"), *links], className="chosen-parts note")]


# Map -------------------------------------------------------------------------------------------


def _map(chosen: Chosen) -> html.Div:
    words, view, selection = chosen.words, chosen.view, chosen.selection
    if selection is None:
        geography = words(f"geography.long.{view.geography}")
        nothing = html.P(words("chosen.no_map", geography=geography), className="empty")
        return html.Div(nothing, className="chosen-map chosen-empty")
    rows = list(selection.figures.iter_rows(named=True))
    counted = Counter(result_word(row, words) for row in rows)
    counts = ", ".join(
        words("map.counted", count=number(count, 0, words), word=word)
        for word, count in counted.most_common()
    )
    name = words.pick(chosen.target, "name")
    sentence = words("chosen.map_alt", name=name, year=selection.year, counts=counts)
    page = view.at(path="/ban-do", target=chosen.target["target_id"])
    link_to_map = html.A(words("page.map"), href=page)
    title = html.P([f"{_coverage(selection, words)} · ", link_to_map], className="chosen-title")

    def link(row: Row) -> str:
        return view.at(locality=row["locality_id"], target=chosen.target["target_id"])

    drawn = province_map(selection, sentence, link, view, words, is_small=True)
    return html.Div([title, *drawn], className="chosen-map")


def _coverage(selection: Selection, words: Words) -> str:
    """How many provinces have a figure and of which years."""
    years = sorted(set(selection.figures["reference_year"]))
    return words(
        "chosen.map_years",
        count=number(selection.figures.height, 0, words),
        total=number(selection.provinces, 0, words),
        years=years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}",
    )


# Trend -----------------------------------------------------------------------------------------


def _trend(chosen: Chosen, families: Mapping[str, str]) -> html.Div:
    words = chosen.words
    place = words.pick(chosen.locality, "name")
    title = html.P(_standing(chosen), className="chosen-title")
    points = _judged_points(chosen, families)
    if points.is_empty():
        key = "empty.observations" if chosen.own else "empty.assessment"
        nothing = html.P(words(key, locality=place), className="empty")
        return html.Div([title, nothing], className="chosen-trend chosen-empty")
    figure = trend_figure(points, chosen.own, words, is_small=True)
    graph = dcc.Graph(figure=figure, config=FIGURE_CONFIG, className="graph trend-graph")
    label = words(
        "chosen.alt",
        locality=place,
        points="; ".join(_told_points(points, words)),
        sentence=" ".join(
            text for row in chosen.own for text in verdict_sentences(row, (), {}, words)
        ),
    )
    return html.Div(
        [title, html.Div(graph, role="img", **aria(label=label))], className="chosen-trend"
    )


def _standing(chosen: Chosen) -> list[Any]:
    """The latest value with its trace, and its result at the milestone in view."""
    words, view = chosen.words, chosen.view
    place = words.pick(chosen.locality, "name")
    row = next((row for row in chosen.own if row["milestone_year"] == view.milestone), None)
    if row is None or row["latest_published"] is None:
        return [place]
    value = in_unit("unit", row["latest_published"], row["decimals"] or 0, row, words)
    figure = row["latest_observation_id"]
    return [
        words("chosen.latest", locality=place, year=row["latest_year"]),
        " ",
        html.Strong(trace_link(value, figure, view) if figure else value),
        " ",
        verdict_symbol(row["shown"]),
        shown_word(row, words),
    ]


def _judged_points(chosen: Chosen, families: Mapping[str, str]) -> pl.DataFrame:
    """The one line that carries the verdict; the others are on the page of the target."""
    family = chosen.own[0]["source_family"] if chosen.own else ""
    return trend_points(chosen.observations, family, families, chosen.words).filter("is_primary")


def _told_points(points: pl.DataFrame, words: Words) -> list[str]:
    return [
        words(
            "chosen.point",
            year=point["reference_year"],
            value=number(point["obs_value"], point["decimals"], words),
        )
        for point in points.iter_rows(named=True)
    ]


# Sources ---------------------------------------------------------------------------------------


def _sources(chosen: Chosen, families: Mapping[str, str], release: Release) -> str:
    words = chosen.words
    told = []
    own = chosen.own
    if own and not chosen.observations.is_empty():
        judged = chosen.observations.filter(source_family=own[0]["source_family"])
        organisations = judged["organisation"].drop_nulls().unique().sort()
        if organisations.len():
            told.append(words("figure.source", sources="; ".join(organisations)))
    if chosen.selection:
        family = str(chosen.selection.figures["source_family"][0])
        told.append(words("chosen.map_source", family=families.get(family, family)))
        if chosen.selection.missing.height:
            told.append(words("chosen.map_unknown"))
    created = queries.info(release)["created_at"].date()
    told.append(words("release_of", date=format_date(created, words.language)) + ".")
    return " ".join(told)
