"""The charts of *Khám phá* with what explains them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from dash import dcc, html

from dashboard.address import NATION, View
from dashboard.components.aria import aria
from dashboard.components.trace_link import trace_address
from dashboard.exploration.drawing import Chart, Drawing
from dashboard.exploration.explored import Explored
from dashboard.theme import FIGURE_CONFIG


def charts(drawing: Drawing, found: Explored, view: View) -> html.Section:
    """Every chart under its title, then signs, sources and release."""
    words = found.words
    notes = [html.P(note, className="note") for note in drawing.notes]
    drawn = [_chart(one, drawing, found) for one in drawing.charts]
    under = [_signs(drawing, found), words("explore.open"), *found.notes]
    return html.Section(
        [
            html.H2(words("explore.charts"), className="hidden"),
            *notes,
            *([html.P(drawing.title, className="explore-unit")] if drawing.title else []),
            *_key(drawing, found),
            html.Div(
                drawn,
                className="explore-charts small" if drawing.are_small else "explore-charts",
                # Where a point of a chart leads: its figure follows.
                **_data(trace=trace_address("", view)),
            ),
            html.P(" ".join(text for text in under if text), className="note"),
        ],
        className="panel",
    )


def _data(**attributes: str) -> dict[str, Any]:
    return {f"data-{name}": value for name, value in attributes.items()}


def _chart(chart: Chart, drawing: Drawing, found: Explored) -> html.Figure:
    words = found.words
    form = words(f"explore.chart.{drawing.form}").lower()
    height = chart.figure["layout"]["height"]
    graph = dcc.Graph(
        figure=chart.figure, config=FIGURE_CONFIG, className="graph", style={"height": height}
    )
    alt = words("explore.alt", form=form, title=chart.title)
    return html.Figure(
        [
            html.Figcaption(chart.title),
            html.Div(graph, role="img", **aria(label=alt)),
        ]
    )


def _key(drawing: Drawing, found: Explored) -> list[html.Ul]:
    """What the lines of small charts are."""
    if not drawing.key:
        return []
    items = [html.Li(name, className=f"line-{look}") for look, name in drawing.key]
    return [html.Ul(items, className="explore-key", **aria(label=found.words("legend")))]


def _signs(drawing: Drawing, found: Explored) -> str:
    """What the signs of the charts mean, those that are there."""
    words, points = found.words, found.points
    told: list[str] = []
    is_there: Sequence[tuple[str, Any]] = (
        ("hollow", points["is_hollow"].any() and drawing.form != "ranks"),
        ("rebuilt", points["is_rebuilt"].any() and drawing.form != "ranks"),
        ("break", points["is_break"].any() and "gap" in drawing.signs),
        ("gap", "gap" in drawing.signs and _has_gap(points)),
        ("other_year", "other_year" in drawing.signs and points["year"].n_unique() > 1),
    )
    told = [words(f"explore.sign.{key}") for key, holds in is_there if holds]
    if "reference" in drawing.signs:
        place = words.pick(found.selection.places[NATION], "name")
        told.append(words("explore.sign.reference", place=place))
    said = [words("explore.signs", signs="; ".join(told))] if told else []
    said += [words("explore.axis")] if "axis" in drawing.signs else []
    return " ".join(said)


def _has_gap(points: pl.DataFrame) -> bool:
    return bool((points["starts_segment"] & ~points["is_break"]).any())
