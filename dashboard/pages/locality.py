"""Địa phương: one unit, its targets, its past and kin, what it says and what it sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, Final

from dash import html

from dashboard import delivery, locality, queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.comparison import by_target, compared, own_points, references
from dashboard.components.aria import aria
from dashboard.components.comparison import comparison
from dashboard.components.fault import unknown_locality
from dashboard.components.locality_life import unit_life
from dashboard.components.statements import statement
from dashboard.components.submissions import sent_reports
from dashboard.components.target_row import TargetRow, bullet_key, shared_marks, target_row
from dashboard.components.verdict import synthetic_ribbon
from dashboard.locality import PLACES
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import overview_sentences, shown_word
from dashboard.texts import Words

_MANY: Final = 10  # rows that fill an A4 with everything that they say
_LAST: Final = 99  # targets without an objective come last


@dataclass(frozen=True)
class Subject:
    """What the page is about."""

    release: Release
    unit: Row
    view: View
    words: Words

    @property
    def unit_id(self) -> str:
        """Identity of the unit."""
        return str(self.unit["locality_id"])

    @property
    def families(self) -> dict[str, str]:
        """Names of source families by code."""
        codes = queries.code_names(self.release, self.words.language)
        return {code: name for (of, code), name in codes.items() if of == "CL_SOURCE_FAMILY"}


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view; asked for all localities, it shows the nation."""
    shown = NATION if view.locality == ALL_LOCALITIES else view.locality
    unit = queries.locality(release, shown)
    if unit is None:
        return unknown_locality(view, words)
    subject = Subject(release, unit, view, words)
    figures = by_target(locality.figures(release, shown, view.milestone, view.peers))
    told = _rows(subject, figures)
    judged = [one.now for one in told]
    stated = list(locality.statements(release, shown).iter_rows(named=True))
    sent = list(locality.submissions(release, shown).iter_rows(named=True))
    return html.Div(
        [
            *synthetic_ribbon(_in_view(told, figures, stated, sent), words),
            _heading(told, subject),
            _targets(told, sent, subject),
            *comparison(compared(judged, figures), subject.families, view, words),
            *_peers(subject),
            _life(subject),
            *_statements(stated, subject),
            sent_reports(sent, words.pick(unit, "name"), words),
        ],
        className="locality",
    )


def _in_view(
    told: Sequence[TargetRow], figures: Mapping[str, Sequence[Row]], *others: Sequence[Row]
) -> list[Row]:
    """Everything that could be synthetic: one such value marks the page."""
    judged = [one.now for one in told]
    return [*judged, *chain(*figures.values()), *chain(*others)]


# The targets ------------------------------------------------------------------------------------


def _rows(subject: Subject, figures: Mapping[str, Sequence[Row]]) -> list[TargetRow]:
    """Every target of the unit at the milestone, in the order of the page."""
    release, view = subject.release, subject.view
    at_milestone = queries.assessed(release, subject.unit_id, view.geography, view.milestone)
    last = max(queries.milestones(release), default=view.milestone)
    ahead: dict[str, Row] = {}
    if last > view.milestone:
        later = queries.assessed(release, subject.unit_id, view.geography, last)
        ahead = {row["target_id"]: row for row in later.iter_rows(named=True)}
    others = by_target(queries.second_opinions(release, subject.unit_id, view.milestone))
    rows = list(at_milestone.iter_rows(named=True))
    known = {row["target_id"]: row for row in rows}
    return [
        TargetRow(
            now=row,
            ahead=ahead.get(row["target_id"]),
            others=others.get(row["target_id"], []),
            points=own_points(row, figures.get(row["target_id"], [])),
            references=references(row, figures.get(row["target_id"], [])),
        )
        for row in sorted(rows, key=lambda row: _order(row, known))
    ]


def _order(row: Row, known: Mapping[str, Row]) -> tuple[int, bool, str, bool, str]:
    """By objective; the Strategy's targets before others, a whole before its parts."""
    whole = known.get(row["parent_target_id"] or "", row)
    return (
        row["objective_no"] or _LAST,
        not whole["is_headline"],
        str(whole["short_code"]),
        whole is not row,
        str(row["short_code"]),
    )


def _heading(told: Sequence[TargetRow], subject: Subject) -> html.Header:
    words, view = subject.words, subject.view
    name = words.pick(subject.unit, "name")
    headline = [one for one in told if one.now["is_headline"]]
    if headline:
        faster = [one.ahead or one.now for one in headline]
        said = overview_sentences([one.now for one in headline], faster, name, words)
    else:
        said = [words("overview.none", locality=name, year=view.milestone)]
    first, *more = said
    note = []
    if view.locality == ALL_LOCALITIES:
        note = [html.P(words("target.all_note", locality=name), className="note")]
    return html.Header(
        [html.H1(first, id="title", tabIndex=-1), *(html.P(text) for text in more), *note],
        className="lead",
    )


def _targets(told: Sequence[TargetRow], sent: Sequence[Row], subject: Subject) -> html.Section:
    words, view = subject.words, subject.view
    speaking = [one for one in told if one.speaks]
    parts: list[Any] = [html.H2(words("locality.targets", year=view.milestone))]
    if speaking:
        found = {one["place"] for row in speaking for one in row.references}
        shared = shared_marks(speaking, words)
        said = words("locality.shared", marks=", ".join(shared))
        parts += [
            html.P(words("locality.targets.note"), className="note"),
            *([html.P(said, className="note rows-share")] if shared else []),
            bullet_key([place for place in PLACES if place in found], words),
            html.Div(
                _objectives(speaking, shared, subject),
                className="objectives dense" if len(speaking) > _MANY else "objectives",
            ),
        ]
    else:
        parts.append(_empty(sent, subject))
    return html.Section([*parts, *_silent(told, subject)], className="panel targets")


def _objectives(
    speaking: Sequence[TargetRow], shared: Sequence[str], subject: Subject
) -> list[Any]:
    """The rows under the names of their objectives, without the marks that all of them share."""
    words = subject.words
    objectives = locality.objectives(subject.release)
    names = {row["objective_no"]: row for row in objectives.iter_rows(named=True)}
    drawn: list[Any] = []
    for objective, rows in groupby(speaking, key=lambda one: one.now["objective_no"]):
        heading = words("register.no_objective")
        if objective is not None:
            name = words.pick(names[objective], "objective")
            heading = words("register.objective", number=objective, name=name)
        items = [target_row(one, subject.families, subject.view, words, shared) for one in rows]
        drawn += [html.H2(heading, className="objective"), html.Ul(items, className="target-rows")]
    return drawn


def _empty(sent: Sequence[Row], subject: Subject) -> html.Div:
    """Nothing is known of any target: why, and what to do."""
    words = subject.words
    name = words.pick(subject.unit, "name")
    reason = "locality.empty.report" if sent else "locality.empty.no_report"
    href = subject.view.at(path="/nop-bao-cao")
    if subject.unit["level"] == "region":
        return html.Div(html.P(words("locality.empty.region", locality=name)), className="empty")
    return html.Div(
        [
            html.P(words("locality.empty", locality=name, year=subject.view.milestone)),
            html.P([words(reason, locality=name), " ",
                    html.A(words("locality.empty.delivery"), href=href)]),
        ],
        className="empty",
    )  # fmt: skip


def _silent(told: Sequence[TargetRow], subject: Subject) -> list[html.Details]:
    """Targets of which nothing is known, folded: their codes in one line, names and reasons in it.

    A part is not told where its whole is silent too.
    """
    words = subject.words
    silent = {one.now["target_id"]: one.now for one in told if not one.speaks}
    rows = [row for row in silent.values() if row["parent_target_id"] not in silent]
    if not rows:
        return []
    strategic = [str(row["short_code"]) for row in rows if row["is_headline"]]
    codes = words("locality.silent.codes", codes=", ".join(strategic)) if strategic else ""
    items = [html.Li(_silent_name(row, subject)) for row in rows]
    summary = words.counted("locality.silent", len(rows), codes=codes)
    return [html.Details([html.Summary(summary), html.Ul(items)], className="silent")]


def _silent_name(row: Row, subject: Subject) -> list[Any]:
    words = subject.words
    href = subject.view.at(path="/chi-tieu", target=row["target_id"], locality=subject.unit_id)
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    return [html.A(name, href=href), html.Span(f": {shown_word(row, words)}", className="aside")]


def _peers(subject: Subject) -> list[html.Details]:
    """A province is set beside others of its map: each link takes one in or leaves it out."""
    if subject.unit["level"] != "province":
        return []
    words, view = subject.words, subject.view
    chosen = [one for one in view.peers.split(",") if one]
    items = []
    for row in queries.localities(subject.release, view.geography).iter_rows(named=True):
        one = str(row["locality_id"])
        if row["level"] != "province" or one == subject.unit_id:
            continue
        is_chosen = one in chosen
        others = [peer for peer in chosen if peer != one] + ([] if is_chosen else [one])
        link = html.A(
            words.pick(row, "name"),
            href=view.at(peers=",".join(others)),
            **(aria(current="true") if is_chosen else {}),
        )
        items.append(html.Li(link))
    summary = html.Summary(words.counted("locality.peers", len(chosen)))
    return [html.Details([summary, html.Ul(items)], className="peers", open=bool(chosen))]


# The unit ---------------------------------------------------------------------------------------


def _life(subject: Subject) -> html.Section:
    registry = locality.registry(subject.release)
    life = locality.life(subject.release, subject.unit_id, delivery.day_of_looking(subject.release))

    def named(locality_id: str) -> str:
        unit = registry.get(locality_id)
        return unit.name_vi if subject.words.language == "vi" else unit.name_en or unit.name_vi

    return unit_life(life, named, subject.view, subject.words)


def _statements(stated: Sequence[Row], subject: Subject) -> list[html.Section]:
    """What the unit says itself, under the target that it speaks of."""
    if not stated:
        return []
    words = subject.words
    told: list[Any] = []
    for target_id, rows in groupby(stated, key=lambda row: str(row["target_id"])):
        said = list(rows)
        name = f"{said[0]['short_code']} {words.pick(said[0], 'target')}"
        href = replace(subject.view, path="/chi-tieu").at(
            target=target_id, locality=subject.unit_id
        )
        title = html.P(html.A(name, href=href), className="statement-target")
        told.append(html.Div([title, *(statement(row, words) for row in said)]))
    heading = html.H2(words("locality.statements"))
    return [html.Section([heading, html.Div(told)], className="panel statement statements")]
