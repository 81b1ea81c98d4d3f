"""Văn bản: every document that sets targets, what it asks for, and where documents differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import polars as pl
from dash import html

from dashboard import queries, register
from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.documents import adjusted
from dashboard.components.fault import unknown_locality
from dashboard.components.figures_table import figures_table
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition, number
from dashboard.texts import Words

_LOCAL: Final = {"local_stricter": "register.stricter", "local_weaker": "register.weaker"}
_NONE = "–"


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    who = words.pick(locality, "name") if locality else words("all_localities")
    asked = register.requirements(release, view.locality)
    differing = register.conflicts(release).filter(
        pl.col("target_id").is_in(asked["target_id"].implode()),
        pl.col("other_target_id").is_in(asked["target_id"].implode()),
    )
    rows = list(asked.iter_rows(named=True))
    return html.Div(
        [
            _heading(asked, who, view, words),
            _conflicts(differing, rows, view, words),
            *_objectives(rows, differing, view, words),
        ]
    )


def _heading(asked: pl.DataFrame, who: str, view: View, words: Words) -> html.Header:
    programmes = asked.unique(["number", "programme_vi"]).height
    title = words(
        "register.title",
        documents=number(programmes, 0, words),
        targets=number(asked["target_id"].n_unique(), 0, words),
    )
    more: list[Any] = []
    if view.locality != ALL_LOCALITIES:
        more = [" ", html.A(words("register.all"), href=view.at(locality=ALL_LOCALITIES))]
    scope = html.P([words("register.scope", locality=who), *more])
    return html.Header([html.H1(title, id="title", tabIndex=-1), scope], className="lead")


def _document(row: Row, words: Words) -> str:
    return str(row["number"] or (words.pick(row, "programme") if row["programme_vi"] else _NONE))


# Where documents differ ------------------------------------------------------------------------


def _conflicts(
    differing: pl.DataFrame, rows: Sequence[Row], view: View, words: Words
) -> html.Section:
    heading = html.H2(words("register.conflicts"))
    if differing.is_empty():
        told: list[Any] = [html.P(words("register.no_conflicts"))]
    else:
        is_local = pl.col("kind").is_in(list(_LOCAL))
        asked = {(row["target_id"], row["milestone_year"]): row for row in rows}
        told = [
            html.Ul(_among_documents(differing.filter(~is_local), asked, view, words)),
            *_local_levels(differing.filter(is_local), asked, view, words),
        ]
    return html.Section([heading, *told], className="panel documents")


def _among_documents(
    differing: pl.DataFrame, asked: dict[tuple[str, int], Row], view: View, words: Words
) -> list[html.Li]:
    """One entry per indicator and milestone with what each document says."""
    series = ["indicator_id", "sex", "age", "breakdown", "definition", "milestone_year"]
    entries = []
    for _, group in differing.group_by(series, maintain_order=True):
        first = group.row(0, named=True)
        year = first["milestone_year"]
        targets = dict.fromkeys([*group["target_id"], *group["other_target_id"]])
        listed = [asked[target, year] for target in targets if (target, year) in asked]
        among = words(
            "register.conflict.among", indicator=words.pick(first, "indicator"), year=year
        )
        items = [html.Li(_asks(row, view, words)) for row in listed]
        entries.append(html.Li([html.Strong(among), html.Ul(items, className="parts")]))
    return entries


def _asks(row: Row, view: View, words: Words) -> list[Any]:
    link = html.A(_document(row, words), href=_target_page(row, view))
    on_board = [" ", words("register.on_board")] if row["is_headline"] else []
    wording = [" ", html.Span(f"“{row['wording_vi']}”", lang="vi", className="aside")]
    return [link, f": {condition(row, words)}.", *(wording if row["wording_vi"] else []), *on_board]


def _local_levels(
    local: pl.DataFrame, asked: dict[tuple[str, int], Row], view: View, words: Words
) -> list[Any]:
    items = []
    for found in (
        local.unique(["target_id", "other_target_id", "milestone_year"])
        .sort("milestone_year", "target_id", "other_target_id")
        .iter_rows(named=True)
    ):
        pair = [
            asked.get((found[column], found["milestone_year"]))
            for column in ("target_id", "other_target_id")
        ]
        own = next((row for row in pair if row and row["locality_id"] != "VN"), None)
        if own is None:
            continue
        items.append(
            html.Li(
                [
                    f"{words.pick(own, 'place')}, {own['short_code']}, "
                    f"{words('table.milestone', year=own['milestone_year']).lower()}: ",
                    html.A(_document(own, words), href=_target_page(own, view)),
                    f": {condition(own, words)} ({words(_LOCAL[found['kind']])})",
                ]
            )
        )
    return [html.H2(words("register.local")), html.Ul(items)] if items else []


# The documents by objective --------------------------------------------------------------------


def _objectives(
    rows: Sequence[Row], differing: pl.DataFrame, view: View, words: Words
) -> list[html.Section]:
    in_conflict = {
        (target, year)
        for column in ("target_id", "other_target_id")
        for target, year in differing.select(column, "milestone_year").iter_rows()
    }
    return [
        _objective(list(group), in_conflict, view, words)
        for _, group in groupby(rows, key=lambda row: row["objective_no"])
    ]


def _objective(
    rows: Sequence[Row], in_conflict: set[tuple[str, int]], view: View, words: Words
) -> html.Section:
    first = rows[0]
    name = words("register.no_objective")
    if first["objective_no"] is not None:
        objective = words.pick(first, "objective")
        name = words("register.objective", number=first["objective_no"], name=objective)
    heads = [
        words(f"register.{head}") for head in ("code", "target", "document", "place", "milestones")
    ]
    lines = [
        _line(list(group), in_conflict, view, words)
        for _, group in groupby(rows, key=lambda row: str(row["target_id"]))
    ]
    table = figures_table(name, heads, lines, "register-table")
    return html.Section([html.H2(name), table], className="panel")


def _line(
    rows: Sequence[Row], in_conflict: set[tuple[str, int]], view: View, words: Words
) -> html.Tr:
    first = rows[0]
    marks = []
    if first["confidence"] != "official" and first["confirmed_on"] is None:
        marks.append(html.Span(words("unverified"), className="caution"))
    if any((row["target_id"], row["milestone_year"]) in in_conflict for row in rows):
        marks.append(html.Span(words("register.differs"), className="caution"))
    name = html.A(words.pick(first, "target"), href=_target_page(first, view))
    return html.Tr(
        [
            html.Th(first["short_code"], scope="row"),
            html.Td([name, " ", *marks]),
            html.Td(_document(first, words)),
            html.Td(words.pick(first, "place")),
            html.Td([html.Div(text) for text in _milestones(rows, words)]),
        ]
    )


def _milestones(rows: Sequence[Row], words: Words) -> list[str]:
    told = []
    for row in rows:
        if row["milestone_year"] is None:
            continue
        text = words(
            "register.milestone", year=row["milestone_year"], condition=condition(row, words)
        )
        told.append(text + adjusted(row, words))
    return told or [words("condition.none")]


def _target_page(row: Row, view: View) -> str:
    """The page of a target at the place that the document binds."""
    return view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
