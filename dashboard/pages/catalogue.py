"""Danh mục: every indicator and every target, and a search that finds them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html

from dashboard import catalogue, queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.catalogue import Entry, Found
from dashboard.components.aria import aria
from dashboard.components.catalogue_entry import Shelf, entry_details
from dashboard.components.fault import unknown_locality
from dashboard.release import Release
from dashboard.sentences import number
from dashboard.texts import Words


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    asked = NATION if view.locality == ALL_LOCALITIES else view.locality
    locality = queries.locality(release, asked)
    if locality is None:
        return unknown_locality(view, words)
    every = catalogue.entries(release)
    codes = queries.code_names(release, words.language)
    place = words.pick(locality, "name")
    shelf = Shelf(release, view, words, codes, every, catalogue.milestones(release), place)
    found = catalogue.found(every, view.search) if view.search.strip() else None
    told = _everything(shelf) if found is None else _results(found, shelf)
    return html.Div([_heading(shelf), _count(found, shelf), *told], className="catalogue")


def _heading(shelf: Shelf) -> html.Header:
    words = shelf.words
    targets = [entry.row for entry in shelf.entries if entry.kind == "target"]
    title = words(
        "catalogue.title",
        indicators=number(len(shelf.entries) - len(targets), 0, words),
        targets=number(len(targets), 0, words),
        documents=number(len({row["programme_id"] for row in targets}), 0, words),
    )
    return html.Header([html.H1(title, id="title", tabIndex=-1)], className="lead")


def _count(found: Found | None, shelf: Shelf) -> html.Div:
    """What a screen reader says after every change of the search."""
    words, view = shelf.words, shelf.view
    told: list[Any] = [words("catalogue.how")]
    if found is not None:
        told = [_counted(found.entries, shelf), " ", _whole_catalogue(shelf)]
    known = not view.entry or any(entry.entry_id == view.entry for entry in shelf.entries)
    missing = [] if known else [html.P(words("catalogue.unknown", code=view.entry))]
    return html.Div([html.P(told), *missing], role="status", className="catalogue-count")


def _counted(found: Sequence[Entry], shelf: Shelf) -> str:
    words, search = shelf.words, shelf.view.search
    if not found:
        return words("catalogue.nothing", search=search)
    targets = sum(entry.kind == "target" for entry in found)
    return words.counted(
        "catalogue.found",
        len(found),
        search=search,
        targets=number(targets, 0, words),
        indicators=number(len(found) - targets, 0, words),
    )


def _whole_catalogue(shelf: Shelf) -> html.A:
    return html.A(shelf.words("catalogue.all"), href=shelf.view.at(search="", entry=""))


def _results(found: Found, shelf: Shelf) -> list[Any]:
    if not found.entries:
        return _nothing(shelf)
    lists = (("catalogue.by_name", found.by_name), ("catalogue.by_text", found.by_text))
    alone = len(found.entries) == 1
    return [
        _section(
            shelf.words("catalogue.group", name=shelf.words(key), count=len(entries)),
            [_entry(entry, shelf, opened=alone, apart=True) for entry in entries],
        )
        for key, entries in lists
        if entries
    ]


def _nothing(shelf: Shelf) -> list[Any]:
    """What to do after a search that finds nothing."""
    near = [
        _entry(entry, shelf, apart=True)
        for entry in catalogue.nearest(shelf.entries, shelf.view.search)
    ]
    advice = html.P(shelf.words("catalogue.nothing.do"))
    return [advice, *([_section(shelf.words("catalogue.nearest"), near)] if near else [])]


def _section(name: str, items: list[html.Li], anchor: str | None = None) -> html.Section:
    heading = html.H2(name, id=anchor, tabIndex=-1) if anchor else html.H2(name)
    return html.Section([heading, html.Ul(items, className="entries")], className="panel")


def _everything(shelf: Shelf) -> list[Any]:
    groups = [
        (kind, group, list(members))
        for (kind, group), members in groupby(
            shelf.entries, key=lambda entry: (entry.kind, _group(entry, shelf.words))
        )
    ]
    sections, links = [], {"indicator": list[html.Li](), "target": list[html.Li]()}
    for place, (kind, group, members) in enumerate(groups, start=1):
        anchor, counted = f"nhom-{place}", {"count": len(members)}
        name = shelf.words(f"catalogue.{kind}s.of", name=group)
        items = [_entry(entry, shelf) for entry in members]
        sections.append(
            _section(shelf.words("catalogue.group", name=name, **counted), items, anchor)
        )
        short = shelf.words("catalogue.group", name=group, **counted)
        links[kind].append(html.Li(html.A(short, href=f"{shelf.view.at(entry='')}#{anchor}")))
    contents = [
        html.Nav(
            [html.Span(shelf.words(f"catalogue.{kind}s"), **aria(hidden="true")), html.Ul(items)],
            className="contents",
            **aria(label=shelf.words(f"catalogue.{kind}s")),
        )
        for kind, items in links.items()
        if items
    ]
    return [*contents, *sections]


def _group(entry: Entry, words: Words) -> str:
    row = entry.row
    if entry.kind == "indicator":
        return words.pick(row, "group")
    if row["objective_no"] is None:
        return words("catalogue.no_objective")
    return f"{row['objective_no']}. {words.pick(row, 'objective')}"


def _entry(entry: Entry, shelf: Shelf, *, opened: bool = False, apart: bool = False) -> html.Li:
    """One entry; ``apart`` from its group it says what it belongs to."""
    is_open = opened or entry.entry_id == shelf.view.entry
    name = html.A(
        [*_code(entry), shelf.words.pick(entry.row, "name")],
        href=shelf.view.at(entry="" if is_open else entry.entry_id),
        className="entry-name",
        **aria(expanded="true" if is_open else "false"),
    )
    head = html.Div([name, " ", *_asides(entry, shelf, apart)], className="entry-head")
    details = entry_details(entry, shelf) if is_open else []
    state = "entry chosen" if is_open else "entry"
    return html.Li([head, *details], id=entry.anchor, className=state, tabIndex=-1)


def _code(entry: Entry) -> list[Any]:
    if entry.kind == "indicator":
        return []
    return [html.Span(entry.row["short_code"], className="entry-code"), " "]


def _asides(entry: Entry, shelf: Shelf, apart: bool) -> list[Any]:
    words, row = shelf.words, entry.row
    told = []
    if entry.kind == "target":
        place = words.pick(row, "place") if row["locality_id"] != NATION else ""
        told = [text for text in (row["number"], place) if text]
    if apart:
        told = [words(f"catalogue.kind.{entry.kind}"), *(told or [_group(entry, words)])]
    marks = [html.Span(" · ".join(told), className="aside")] if told else []
    if row["confidence"] != "official" and entry.kind == "target" and row["confirmed_on"] is None:
        marks.append(html.Span(words("unverified"), className="caution"))
    return [part for mark in marks for part in (mark, " ")]
