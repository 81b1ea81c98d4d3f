"""Chỉ tiêu: the trend of one target in one locality, its verdicts, its sources, its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl
from dash import dcc, html

from dashboard import background, queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.components.aria import aria
from dashboard.components.background import both_maps, candidate_documents, notices, roll_ups
from dashboard.components.documents import target_documents
from dashboard.components.fault import unknown_locality, unknown_target
from dashboard.components.figures_table import figures_table
from dashboard.components.observation_table import observation_table
from dashboard.components.statements import unit_statements
from dashboard.components.verdict import (
    caution_marks,
    ribbon,
    verdict_mark,
    verdict_symbol,
)
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition, gap_phrase, value_phrase, verdict_sentences
from dashboard.texts import Words
from dashboard.theme import FIGURE_CONFIG
from indicators.numbers import format_date


@dataclass(frozen=True)
class Subject:
    """What the page is about: the release, the locality and the words to use."""

    release: Release
    locality: Row
    view: View
    words: Words
    codes: Mapping[tuple[str, str], str]

    @property
    def families(self) -> dict[str, str]:
        """Names of source families by code."""
        return {code: name for (of, code), name in self.codes.items() if of == "CL_SOURCE_FAMILY"}


def shown_locality(view: View) -> str:
    """This page shows one locality; asked for all of them, it shows the nation."""
    return NATION if view.locality == ALL_LOCALITIES else view.locality


def shown_target(release: Release, view: View) -> str:
    """The target asked for, or the first that is assessed for the locality."""
    if view.target:
        return view.target
    listed = queries.assessed_targets(release, shown_locality(view))
    return "" if listed.is_empty() else str(listed["target_id"][0])


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    locality = queries.locality(release, shown_locality(view))
    if locality is None:
        return unknown_locality(view, words)
    target = queries.target(release, shown_target(release, view))
    if target is None:
        return unknown_target(view, words)
    subject = Subject(release, locality, view, words, queries.code_names(release, words.language))
    rows = list(
        queries.assessed_target(release, locality["locality_id"], target["target_id"]).iter_rows(
            named=True
        )
    )
    own = [row for row in rows if row["target_id"] == target["target_id"]]
    parts = [row for row in rows if row["target_id"] != target["target_id"]]
    bindings = dict.fromkeys([*(row["binding_target_id"] for row in own), target["target_id"]])
    documents = [queries.target_document(release, target_id) for target_id in bindings]
    statements = queries.statements(release, target["target_id"], locality["locality_id"])
    in_view = [*bindings, *(row["target_id"] for row in rows)]
    made_up = background.has_synthetic(release, in_view, str(locality["locality_id"]))
    return html.Div(
        [
            *ribbon(made_up or bool(statements["is_synthetic"].any()), words),
            _heading(target, own, subject),
            *([_parts_table(parts, subject)] if parts else []),
            *_figures(target, own, parts, subject),
            *_background(target, own, subject),
            *unit_statements(list(statements.iter_rows(named=True)), words),
            target_documents(documents, words),
        ]
    )


def _heading(target: Row, rows: Sequence[Row], subject: Subject) -> html.Header:
    words = subject.words
    name = f"{words('target.code', code=target['short_code'])}. {words.pick(target, 'name')}"
    place = words.pick(subject.locality, "name")
    verdicts = [_verdict(row, rows, subject) for row in rows if row["is_primary"]]
    empty = [] if verdicts else [html.P(words("empty.assessment", locality=place))]
    note = []
    if subject.view.locality == ALL_LOCALITIES:
        note = [html.P(words("target.all_note", locality=place), className="note")]
    title = html.H1([html.Span(place, className="place"), " · ", name], id="title", tabIndex=-1)
    return html.Header([title, *note, *empty, *verdicts], className="lead")


def _verdict(row: Row, rows: Sequence[Row], subject: Subject) -> html.Div:
    words = subject.words
    others = [
        other
        for other in rows
        if other["milestone_year"] == row["milestone_year"] and not other["is_primary"]
    ]
    texts = verdict_sentences(row, others, subject.families, words)
    # Below the nation it matters whose target is used.
    binding = [words(f"binding.{row['binding']}")] if row["level"] != "national" else []
    marks = [*caution_marks(row, words), *(html.Span(text, className="aside") for text in binding)]
    first, *rest = texts
    return html.Div(
        [
            verdict_symbol(row["verdict"]),
            html.Div([html.Strong(first), " ", " ".join(rest), " ", *marks]),
        ],
        className="verdict-sentence",
    )


def _parts_table(parts: Sequence[Row], subject: Subject) -> html.Section:
    words = subject.words
    primary = [row for row in parts if row["is_primary"]]
    years = sorted({row["milestone_year"] for row in primary})
    heads = [
        words("target.part"),
        words("table.latest"),
        *(words("table.milestone", year=year) for year in years),
    ]
    body = [
        _part_row(list(rows), years, subject)
        for _, rows in groupby(primary, key=lambda row: str(row["target_id"]))
    ]
    frame = figures_table(words("target.parts"), heads, body, "parts-table")
    return html.Section([html.H2(words("target.parts")), frame], className="panel")


def _part_row(rows: Sequence[Row], years: Sequence[int], subject: Subject) -> html.Tr:
    words = subject.words
    first = rows[0]
    name = f"{first['short_code']} {words.pick(first, 'target')}"
    latest = "–"
    if first["latest_published"] is not None:
        latest = f"{value_phrase(first, words)}, {first['latest_year']}"
    by_year = {row["milestone_year"]: row for row in rows}
    link = html.A(name, href=subject.view.at(target=first["target_id"]))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(latest),
            *(html.Td(_part_result(by_year.get(year), words)) for year in years),
        ]
    )


def _part_result(row: Row | None, words: Words) -> list[Any]:
    if row is None:
        return ["–"]
    gap = gap_phrase(row, words)
    asked = html.Span(f" ({condition(row, words)})", className="aside")
    return [verdict_mark(row["verdict"], words), asked, f" {gap}" if gap else ""]


def _figures(
    target: Row, own: Sequence[Row], parts: Sequence[Row], subject: Subject
) -> list[html.Section]:
    if not parts:
        return [_figure(target["target_id"], subject.words("target.trend"), own, subject)]
    by_part: dict[str, list[Row]] = {}
    for row in parts:
        by_part.setdefault(row["target_id"], []).append(row)
    return [
        _figure(
            target_id,
            f"{rows[0]['short_code']} {subject.words.pick(rows[0], 'target')}",
            rows,
            subject,
        )
        for target_id, rows in by_part.items()
    ]


def _figure(target_id: str, title: str, rows: Sequence[Row], subject: Subject) -> html.Section:
    words = subject.words
    binding = rows[0]["binding_target_id"] if rows else target_id
    observations = queries.observations(subject.release, binding, subject.locality["locality_id"])
    heading = html.H2(_with_unit(title, rows, subject))
    if observations["obs_value"].drop_nulls().is_empty():
        place = words.pick(subject.locality, "name")
        empty = html.P(words("empty.observations", locality=place), className="empty")
        return html.Section([heading, empty], className="panel")
    primary = [row for row in rows if row["is_primary"]]
    family = primary[0]["source_family"] if primary else observations["source_family"][0]
    points = trend_points(observations, family, subject.families, words)
    sentence = " ".join(
        text for row in primary for text in verdict_sentences(row, (), subject.families, words)
    )
    graph = dcc.Graph(
        figure=trend_figure(points, primary, words), config=FIGURE_CONFIG, className="graph"
    )
    chart = html.Div(graph, role="img", **aria(label=words("figure.alt", sentence=sentence)))
    notes = [html.P(text, className="note") for text in _notes(points, primary, words)]
    entry = subject.view.at(path="/danh-muc", target="", entry=observations["indicator_id"][0])
    definition = html.A(words("target.definition"), href=entry)
    source = html.P([_sources(observations, subject), " ", definition], className="note")
    table = observation_table(observations, family, subject.codes, subject.view, words)
    return html.Section(
        [
            heading,
            html.Div(
                [html.Div([chart, *notes, source]), table],
                className="columns columns-figure",
            ),
        ],
        className="panel",
    )


def _background(target: Row, own: Sequence[Row], subject: Subject) -> list[html.Section]:
    """What stands behind the verdicts; the series is that of the document in use."""
    release, view, words = subject.release, subject.view, subject.words
    locality_id = str(subject.locality["locality_id"])
    series = str(own[0]["binding_target_id"] if own else target["target_id"]), locality_id
    primary = [row["source_family"] for row in own if row["is_primary"]]
    related = background.on_both_maps(release, *series)
    family = primary[0] if primary else next(iter(related["source_family"]), "")
    return [
        *notices(
            background.denominator_changes(release, *series),
            background.not_rebuilt(release, *series).filter(source_family=family),
            words,
        ),
        *candidate_documents(
            background.candidates(release, target["target_id"], locality_id), words
        ),
        *both_maps(related.filter(source_family=family), view, words),
        *roll_ups(background.rolled_up(release, *series), words),
    ]


def _with_unit(title: str, rows: Sequence[Row], subject: Subject) -> str:
    words = subject.words
    row = next((row for row in rows if row["unit_measure"]), None)
    if row is None:
        return title
    unit = subject.codes.get(("CL_UNIT_MEASURE", row["unit_measure"]), row["unit_measure"])
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
    return notes


def _sources(observations: pl.DataFrame, subject: Subject) -> str:
    words = subject.words
    organisations = observations["organisation"].drop_nulls().unique(maintain_order=True)
    years = observations["reference_year"].unique().sort()
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    info = queries.info(subject.release)
    release = words("release_of", date=format_date(info["created_at"].date(), words.language))
    source = words("figure.source", sources="; ".join(organisations) or "–")
    return f"{source} {words('figure.reference_years', years=span, release=release)}"
