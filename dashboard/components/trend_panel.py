"""The trend of one target in one locality: the chart, its table and where the figures come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from dash import dcc, html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.observation_table import observation_table
from dashboard.components.trace_link import trace_address
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.queries import Row
from dashboard.sentences import verdict_sentences
from dashboard.texts import Words
from dashboard.theme import FIGURE_CONFIG

Codes = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Trend:
    """One chart and what it is of.

    Attributes:
        title: the name, without the unit.
        place: name of the locality.
        rows: its assessments of the target; empty where nothing is judged.
        observations: answer of :func:`dashboard.queries.observations`.
        release: the release in words.
        codes: names of code items.
        view: what is looked at.
        words: the texts of one language.
    """

    title: str
    place: str
    rows: Sequence[Row]
    observations: pl.DataFrame
    release: str
    codes: Codes
    view: View
    words: Words

    @property
    def primary(self) -> list[Row]:
        """The assessments that carry the verdict."""
        return [row for row in self.rows if row["is_primary"]]

    @property
    def families(self) -> dict[str, str]:
        """Names of the source families."""
        return {code: name for (of, code), name in self.codes.items() if of == "CL_SOURCE_FAMILY"}


def trend_panel(trend: Trend) -> html.Section:
    """Chart and table side by side, or a sentence where there are no figures."""
    words, observations = trend.words, trend.observations
    title = with_unit(trend.title, trend.rows or observations.rows(named=True), trend.codes, words)
    if observations["obs_value"].drop_nulls().is_empty():
        empty = html.P(words("empty.observations", locality=trend.place), className="empty")
        return html.Section([html.H2(title), empty], className="panel")
    families = [row["source_family"] for row in trend.primary]
    known = set(observations["source_family"])
    family = next((one for one in families if one in known), observations["source_family"][0])
    points = trend_points(observations, family, trend.families, words)
    table = observation_table(observations, family, trend.codes, trend.view, words)
    columns = html.Div([_chart(trend, points), table], className="columns columns-figure")
    return html.Section([html.H2(title), columns], className="panel trend")


def _chart(trend: Trend, points: pl.DataFrame) -> html.Div:
    words, view = trend.words, trend.view
    sentence = " ".join(
        text for row in trend.primary for text in verdict_sentences(row, (), trend.families, words)
    )
    graph = dcc.Graph(
        figure=trend_figure(points, trend.primary, words, lambda one: trace_address(one, view)),
        config=FIGURE_CONFIG,
        className="graph trace-graph",
    )
    chart = html.Div(graph, role="img", **aria(label=words("figure.alt", sentence=sentence)))
    notes = [html.P(text, className="note") for text in _notes(points, trend.primary, words)]
    entry = view.at(path="/danh-muc", target="", entry=trend.observations["indicator_id"][0])
    definition = html.A(words("target.definition"), href=entry)
    source = html.P([_sources(trend), " ", definition], className="note")
    return html.Div([chart, html.Div(notes, className="figure-notes"), source])


def with_unit(title: str, rows: Sequence[Row], codes: Codes, words: Words) -> str:
    """A title with the unit of its figures in the indicator's own words, where it has some."""
    row = next((row for row in rows if row["unit_measure"]), None)
    if row is None:
        return title
    unit = codes.get(("CL_UNIT_MEASURE", row["unit_measure"]), row["unit_measure"])
    for name in (row["indicator_id"], row["unit_measure"]):
        if words.known(f"title.{name}"):
            unit = words(f"title.{name}")
            break
    return f"{title} ({unit})"


def _notes(points: pl.DataFrame, milestones: Sequence[Row], words: Words) -> list[str]:
    notes = []
    if points["is_hollow"].any():
        notes.append(words("figure.provisional"))
    if points["starts_segment"].any():
        notes.append(words("figure.break"))
    if points["is_rebuilt"].any():
        notes.append(words("figure.rebuilt"))
    projected = [row for row in milestones if row["projection_value"] is not None]
    if projected:
        notes.append(words("figure.projection", year=projected[-1]["milestone_year"]))
    if points["series"].n_unique() > 1:
        notes.append(words("figure.series_apart"))
    return [*notes, words("figure.opens")]


def _sources(trend: Trend) -> str:
    words, observations = trend.words, trend.observations
    organisations = observations["organisation"].drop_nulls().unique(maintain_order=True)
    years = observations["reference_year"].unique().sort()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    source = words("figure.source", sources="; ".join(organisations) or words("table.from_parts"))
    return f"{source} {words('figure.reference_years', years=span, release=trend.release)}"
