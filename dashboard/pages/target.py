"""Chỉ tiêu: one target in all localities and in one, its sources, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html

from dashboard import background, queries
from dashboard import target as everywhere
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.components.background import both_maps, candidate_documents, notices, roll_ups
from dashboard.components.documents import target_documents
from dashboard.components.fault import unknown_locality, unknown_target
from dashboard.components.figures_table import figures_table
from dashboard.components.region_figures import region_figures
from dashboard.components.sources import sources_panel
from dashboard.components.standing import answer, rank
from dashboard.components.statements import unit_statements
from dashboard.components.trace_link import Traced, verdict_traces, with_traces
from dashboard.components.trend_panel import Trend, trend_panel
from dashboard.components.verdict import (
    caution_marks,
    ribbon,
    verdict_mark,
    verdict_symbol,
)
from dashboard.pages.target_everyone import everyone, variations
from dashboard.pages.target_subject import Subject
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition, gap_phrase, value_phrase, verdict_sentences
from dashboard.standing import Standing
from dashboard.texts import Words


def shown_locality(view: View) -> str:
    """The locality whose trend is shown; asked for all of them, it is that of the nation."""
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
    if locality["level"] == "region" and not view.target:
        return region_figures(release, locality, view, words)
    target = queries.target(release, shown_target(release, view))
    if target is None:
        return unknown_target(view, words)
    codes = queries.code_names(release, words.language)
    subject = Subject(release, locality, target, view, words, codes)
    rows = list(
        queries.assessed_target(release, subject.locality_id, subject.target_id).iter_rows(
            named=True
        )
    )
    own = [row for row in rows if row["target_id"] == subject.target_id]
    parts = [row for row in rows if row["target_id"] != subject.target_id]
    found = everywhere.standing_of(release, subject.target_id, locality, view)
    bindings = dict.fromkeys([*(row["binding_target_id"] for row in own), subject.target_id])
    documents = [queries.target_document(release, target_id) for target_id in bindings]
    statements = queries.statements(release, subject.target_id, subject.locality_id)
    in_view = [*bindings, *(row["target_id"] for row in rows)]
    made_up = (
        background.has_synthetic(release, in_view, subject.locality_id)
        or bool(statements["is_synthetic"].any())
        or (found is not None and any(row["is_synthetic"] for row in found.in_view))
    )
    everybody = everyone(found, subject) if found else []
    trends = [
        *([_parts_table(parts, subject)] if parts else []),
        *_trends(own, parts, subject),
    ]
    behind = [
        *([] if parts else sources_panel(own, subject.families, view, words)),
        *_background(own, subject),
        *unit_statements(list(statements.iter_rows(named=True)), words),
        *([variations(found, subject)] if found else []),
        target_documents(documents, words),
    ]
    return html.Div(
        [
            *ribbon(made_up, words),
            _heading(own, found, subject),
            *([*everybody, *trends] if subject.is_nation else [*trends, *everybody]),
            html.Div(behind, className="behind"),
        ],
        className="target compound" if parts else "target",
    )


# The sentences ----------------------------------------------------------------------------------


def _heading(rows: Sequence[Row], found: Standing | None, subject: Subject) -> html.Header:
    words, view, target = subject.words, subject.view, subject.target
    code = words("target.code", code=target["short_code"])
    everywhere_asked = view.locality == ALL_LOCALITIES
    name = words.pick(subject.locality, "name")
    place = words("all_localities") if everywhere_asked else name
    title: list[Any] = [
        html.Span(place, className="place"),
        f" · {code}. {words.pick(target, 'name')}",
    ]
    first: list[Any] = []
    if subject.is_nation and found:
        first = [html.P(html.Strong(answer(found, view, words)), className="answer")]
    primary = [row for row in rows if row["is_primary"]]
    marks = [_marks(row, subject) for row in primary]
    alike = len({" ".join(one) for one in marks}) == 1
    verdicts: list[Any] = [
        _verdict(row, rows, [] if alike else own, subject)
        for row, own in zip(primary, marks, strict=True)
    ]
    if alike and marks[0]:
        verdicts.append(html.P(_boxes(marks[0]), className="shared-marks"))
    if not verdicts:
        region = subject.locality["level"] == everywhere.REGION
        verdicts = [html.P(words("target.region" if region else "empty.assessment", locality=name))]
    note = words("standing.all_note", locality=name)
    notes = [html.P(note, className="note")] if everywhere_asked else []
    ranks = rank(found, subject.locality_id, words) if found else []
    to_map = html.A(words("target.map"), href=view.at(path="/ban-do"))
    return html.Header(
        [
            html.H1(title, id="title", tabIndex=-1),
            *first,
            *verdicts,
            *ranks,
            *notes,
            html.P(to_map, className="no-print"),
        ],
        className="lead",
    )


def _verdict(row: Row, rows: Sequence[Row], marks: Sequence[str], subject: Subject) -> html.Div:
    words = subject.words
    others = [
        other
        for other in rows
        if other["milestone_year"] == row["milestone_year"] and not other["is_primary"]
    ]
    first, *rest = verdict_sentences(row, others, subject.families, words)
    traced = verdict_traces(row, others, subject.families, words)
    said = with_traces(" ".join(rest), traced, subject.view)
    return html.Div(
        [
            verdict_symbol(row["verdict"]),
            html.Div([html.Strong(first), " ", *said, " ", *_boxes(marks)]),
        ],
        className="verdict-sentence",
    )


def _marks(row: Row, subject: Subject) -> list[str]:
    """Marks of weakness of a verdict; below the nation it matters too whose target is used."""
    words = subject.words
    marks = [mark.children for mark in caution_marks(row, words)]
    binding = [words(f"binding.{row['binding']}")] if row["level"] != "national" else []
    return [*marks, *binding]


def _boxes(marks: Sequence[str]) -> list[html.Span]:
    return [html.Span(mark, className="caution") for mark in marks]


# The locality in view ---------------------------------------------------------------------------


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
    latest: list[Any] = ["–"]
    if first["latest_published"] is not None:
        value = value_phrase(first, words)
        told = f"{value}, {first['latest_year']}"
        traced = Traced(value, value, first["latest_observation_id"])
        latest = with_traces(told, [traced], subject.view)
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


def _trends(own: Sequence[Row], parts: Sequence[Row], subject: Subject) -> list[html.Section]:
    """The course of the target, or of each of its parts; a region has figures without verdicts."""
    by_part: dict[str, list[Row]] = {}
    for row in parts:
        by_part.setdefault(row["target_id"], []).append(row)
    if not own:
        by_part |= {one: [] for one in everywhere.part_ids(subject.release, subject.target_id)}
    if not by_part:
        return [_trend(subject.target_id, subject.words("target.trend"), own, subject)]
    return [
        _trend(target_id, _part_name(target_id, subject), rows, subject)
        for target_id, rows in by_part.items()
    ]


def _part_name(target_id: str, subject: Subject) -> str:
    part = queries.target(subject.release, target_id)
    return f"{part['short_code']} {subject.words.pick(part, 'name')}" if part else target_id


def _trend(target_id: str, title: str, rows: Sequence[Row], subject: Subject) -> html.Section:
    binding = rows[0]["binding_target_id"] if rows else target_id
    observations = queries.observations(subject.release, binding, subject.locality_id)
    words = subject.words
    return trend_panel(
        Trend(
            title=title,
            place=words.pick(subject.locality, "name"),
            rows=rows,
            observations=observations,
            release=subject.released,
            codes=subject.codes,
            view=subject.view,
            words=words,
        )
    )


def _background(own: Sequence[Row], subject: Subject) -> list[html.Section]:
    """What stands behind the verdicts; the series is that of the document in use."""
    release, view, words = subject.release, subject.view, subject.words
    locality_id = subject.locality_id
    series = str(own[0]["binding_target_id"] if own else subject.target_id), locality_id
    primary = [row["source_family"] for row in own if row["is_primary"]]
    related = background.on_both_maps(release, *series)
    family = primary[0] if primary else next(iter(related["source_family"]), "")
    return [
        *notices(
            background.denominator_changes(release, *series),
            background.not_rebuilt(release, *series).filter(source_family=family),
            words,
        ),
        *candidate_documents(background.candidates(release, subject.target_id, locality_id), words),
        *both_maps(related.filter(source_family=family), view, words),
        *roll_ups(background.rolled_up(release, *series), subject.families, view, words),
    ]
