"""Bản đồ: one target or indicator in all provinces, as a map and as the list that equals it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from dash import html

from dashboard import provinces, queries
from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.fault import unknown_locality, unknown_target
from dashboard.components.province_list import (
    REBUILT,
    all_made_up,
    figure_value,
    province_list,
    result_word,
)
from dashboard.components.province_map import province_map
from dashboard.components.series import group_phrase
from dashboard.components.verdict import synthetic_ribbon
from dashboard.provinces import Selection
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import capital, condition, number
from dashboard.texts import Words
from indicators.numbers import format_date

_MOST_NAMED: Final = 3  # organisations in a line


@dataclass(frozen=True)
class Subject:
    """What the page is about and the words to use; ``target`` is None for an indicator."""

    release: Release
    view: View
    words: Words
    name: str
    target: Row | None

    def link(self, row: Row) -> str:
        """Where a locality leads: its page of the target, or this map with it marked."""
        path = "/chi-tieu" if self.target else self.view.path
        year = "" if self.target else self.view.year
        return self.view.at(path=path, locality=row["locality_id"], year=year)

    def group(self, row: Row) -> str:
        """Of whom a figure is, in words; empty for the whole."""
        return group_phrase(row, queries.code_names(self.release, self.words.language))


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view, whose target is what the map shows."""
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    target = queries.target(release, view.target)
    indicator = None if target else provinces.indicator(release, view.target)
    if target is None and indicator is None:
        return unknown_target(view, words) if view.target else _nothing(view, words)
    name = words.pick(target or indicator or {}, "name")
    name = f"{target['short_code']}. {name}" if target else name
    subject = Subject(release, view, words, name, target)
    selection = provinces.selection(release, view)
    if selection is None:
        return _empty(subject)
    sentence = _sentence(selection, subject)
    rows = list(selection.figures.iter_rows(named=True))
    return html.Div(
        [
            *synthetic_ribbon([*rows, *([selection.nation] if selection.nation else [])], words),
            _heading(selection, sentence, subject),
            html.Div(
                [_map_panel(selection, sentence, subject), _list_panel(selection, subject)],
                className="columns columns-map",
            ),
        ]
    )


def _nothing(view: View, words: Words) -> html.Div:
    said = words("map.nothing", geography=words(f"geography.long.{view.geography}"))
    return html.Div([html.H1(words("page.map"), id="title", tabIndex=-1), html.P(said)])


def _empty(subject: Subject) -> html.Div:
    """No province has a figure: what else the map can show."""
    view, words = subject.view, subject.words
    geography = words(f"geography.long.{view.geography}")
    afresh = replace(view, year="", group="")
    others = [
        html.Li(html.A(words.pick(row, "name"), href=afresh.at(target=row["indicator_id"])))
        for row in provinces.indicators(subject.release, view.geography).iter_rows(named=True)
    ]
    return html.Div(
        [
            html.Header(html.H1(subject.name, id="title", tabIndex=-1), className="lead"),
            html.P(words("map.empty", geography=geography), className="empty-map"),
            html.Ul(others, className="choices-list"),
        ]
    )


# The sentences ---------------------------------------------------------------------------------


def _heading(selection: Selection, sentence: str, subject: Subject) -> html.Header:
    words, asked = subject.words, subject.view.year
    notes = []
    if asked and asked != str(selection.year):
        notes.append(words("map.year_absent", asked=asked, year=selection.year))
    elif not asked and selection.is_sparse:
        notes.append(words("map.sparse"))
    first = selection.figures.row(0, named=True)
    if subject.target and not selection.has_number:
        notes.append(words("map.no_number", year=subject.view.milestone))
    if first["formula_kind"] == "count":
        notes.append(words("map.is_count"))
    title = words("map.title", name=_with_unit(first, subject), year=selection.year)
    return html.Header(
        [
            html.H1(title, id="title", tabIndex=-1),
            html.P(sentence),
            *(html.P(note, className="note") for note in notes),
        ],
        className="lead",
    )


def _with_unit(row: Row, subject: Subject) -> str:
    """The name and the group, with the unit where the numbers do not carry it themselves."""
    words = subject.words
    # A target says in its name whom it is about.
    group = "" if subject.target else subject.group(row)
    name = words("map.of_group", name=subject.name, group=group) if group else subject.name
    names = (row["indicator_id"], row["unit_measure"])
    if row["unit_measure"] == "YES_NO" or any(words.known(f"unit.{one}") for one in names):
        return name
    codes = queries.code_names(subject.release, words.language)
    unit = codes.get(("CL_UNIT_MEASURE", row["unit_measure"]), row["unit_measure"])
    own = next((f"title.{one}" for one in names if words.known(f"title.{one}")), None)
    return words("map.with_unit", name=name, unit=words(own) if own else unit.lower())


def _sentence(selection: Selection, subject: Subject) -> str:
    words = subject.words
    told = [
        words(
            "map.covered",
            count=number(selection.figures.height, 0, words),
            total=number(selection.provinces, 0, words),
        ),
        *_against(selection, subject),
        _span(selection, words),
    ]
    if selection.nation:
        told.append(words("map.nation", value=figure_value(selection.nation, words)))
    return capital("; ".join(told)) + "."


def _against(selection: Selection, subject: Subject) -> list[str]:
    if not selection.has_number:
        return []
    words = subject.words
    rows = list(selection.figures.iter_rows(named=True))
    counted = Counter(result_word(row, words) for row in rows)
    counts = ", ".join(
        words("map.counted", count=number(count, 0, words), word=word)
        for word, count in counted.most_common()
    )
    year = subject.view.milestone
    asked = {condition(row, words) for row in rows}
    if len(asked) > 1:
        return [words("map.against_own", year=year, counts=counts)]
    return [words("map.against", year=year, condition=asked.pop(), counts=counts)]


def _span(selection: Selection, words: Words) -> str:
    ordered = list(selection.figures.sort("latest_published", "code").iter_rows(named=True))
    low, high = ordered[0], ordered[-1]
    lowest, highest = words.pick(low, "locality"), words.pick(high, "locality")
    if low is high:
        return words("map.single", place=lowest, value=figure_value(low, words))
    return words(
        "map.span",
        low=figure_value(low, words),
        lowest=lowest,
        high=figure_value(high, words),
        highest=highest,
    )


# Map -------------------------------------------------------------------------------------------


def _map_panel(selection: Selection, sentence: str, subject: Subject) -> html.Section:
    words = subject.words
    geography = words(f"geography.long.{subject.view.geography}")
    hint = "map.hint" if subject.target else "map.hint_indicator"
    return html.Section(
        [
            html.H2(words("map.map", geography=geography)),
            html.P(words(hint), className="note no-print"),
            *province_map(selection, sentence, subject.link, subject.view, words),
            *_sources(selection, subject),
        ],
        className="panel",
    )


def _sources(selection: Selection, subject: Subject) -> list[Any]:
    """What the figures are and where they come from; many offices are counted, then listed."""
    words = subject.words
    codes = queries.code_names(subject.release, words.language)
    first = selection.figures.row(0, named=True)
    family = codes.get(("CL_SOURCE_FAMILY", first["source_family"]), first["source_family"])
    told = [words("map.family", family=family)]
    if first["definition"] != "STD" and first["definition_vi"]:
        told.append(words("map.definition", definition=words.pick(first, "definition")))
    if group := subject.group(first):
        told.append(words("map.breakdown", breakdown=group))
    organisations = list(selection.figures["organisation"].drop_nulls().unique().sort())
    if 0 < len(organisations) <= _MOST_NAMED:
        told.append(words("figure.source", sources="; ".join(organisations)))
    created = queries.info(subject.release)["created_at"].date()
    told.append(words("release_of", date=format_date(created, words.language)) + ".")
    note = html.P(" ".join(told), className="note")
    if len(organisations) <= _MOST_NAMED:
        return [note]
    summary = html.Summary(words("map.sources", count=number(len(organisations), 0, words)))
    listed = html.Ul([html.Li(name) for name in organisations])
    return [note, html.Details([summary, listed], className="note map-sources")]


# List ------------------------------------------------------------------------------------------


def _list_panel(selection: Selection, subject: Subject) -> html.Section:
    words = subject.words
    compared = selection.has_number
    order = ["deviation", "code"] if compared else ["latest_published", "code"]
    ordered = selection.figures.sort(order, descending=[not compared, False], nulls_last=True)
    sorting = words("map.worst_first" if compared else "map.highest_first")
    missing: list[str | html.A] = []
    for row in selection.missing.iter_rows(named=True):
        link = html.A(words.pick(row, "locality"), href=subject.link(row))
        missing += [link, ", "]
    count = number(selection.missing.height, 0, words)
    named = [html.P([words("map.none", count=count), *missing[:-1], "."])] if missing else []
    return html.Section(
        [
            html.H2(f"{words('map.list')} ({sorting})"),
            province_list(
                _with_nation(ordered, selection),
                selection.year,
                compared,
                subject.link,
                subject.view,
                words,
            ),
            html.P(" ".join(_signs(selection, words)), className="note"),
            *named,
        ],
        className="panel",
    )


def _signs(selection: Selection, words: Words) -> list[str]:
    """What the signs of the list mean, those that are there."""
    rebuilt = selection.figures["origin"].is_in(REBUILT).any()
    has_line = selection.nation is not None and selection.nation["formula_kind"] != "count"
    made_up = all_made_up(_with_nation(selection.figures, selection))
    signs = (("map.rebuilt", rebuilt), ("map.line", has_line), ("map.made_up", made_up))
    told = [words(key) for key, is_there in signs if is_there]
    unverified = int(selection.figures["is_unverified"].sum())
    return [*told, *([words.counted("matrix.unverified", unverified)] if unverified else [])]


def _with_nation(ordered: pl.DataFrame, selection: Selection) -> list[Row]:
    rows: list[Row] = list(ordered.iter_rows(named=True))
    return [selection.nation, *rows] if selection.nation else rows
