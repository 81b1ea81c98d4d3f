"""Thay đổi: which results and figures differ from the previous release, and which report did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import polars as pl
from dash import html

from dashboard import changes, queries
from dashboard.address import ALL_LOCALITIES, GEOGRAPHIES, NATION, View
from dashboard.components.aria import aria
from dashboard.components.changes_line import counted
from dashboard.components.fault import unknown_locality
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import ribbon, verdict_mark
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import number, own_decimals
from dashboard.texts import Words

SHOWN_AT_ONCE: Final = 200
_NONE: Final = "–"
# Columns of numbers in the three tables.
_NUMBERS: Final = {
    "changes.verdicts": ("milestone",),
    "changes.revised": ("period", "before", "now"),
    "changes.additions": ("count",),
}
_MOST_DECIMALS: Final = 4
_WHOLE: Final = ("_T", "STD")
# Where the words of a part of the series key stand.
_CODE_LISTS: Final = {
    "sex": "CL_SEX",
    "age": "CL_AGE",
    "breakdown": "CL_BREAKDOWN",
    "source_family": "CL_SOURCE_FAMILY",
}
Codes = Mapping[tuple[str, str], str]


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view; the nation and all localities show every change."""
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    info = queries.info(release)
    if info["previous_release_id"] is None:
        return _nothing("as_of" if info["as_of_day"] else "first", words)
    verdicts = changes.verdict_changes(release, view.locality)
    revised = changes.value_changes(release, view.locality)
    is_everywhere = view.locality in changes.EVERYWHERE
    added = changes.additions(release) if is_everywhere else pl.DataFrame()
    place = "" if is_everywhere or locality is None else words.pick(locality, "name")
    if verdicts.is_empty() and revised.is_empty() and added.is_empty():
        return _nothing("none", words, *_back(place, view, words), place=place)
    codes = queries.code_names(release, words.language)
    marked = ribbon(any(_made_up(frame).any() for frame in (verdicts, revised, added)), words)
    once = all(_made_up(frame).all() for frame in (verdicts, revised, added))
    if once:
        verdicts, revised, added = map(_unmarked, (verdicts, revised, added))
    return html.Div(
        [
            *marked,
            _heading(verdicts, revised, added, place, words),
            html.P(words("changes.trace", previous=info["previous_release_id"]), className="note"),
            *([html.P(words("changes.made_up"), className="note")] if once else []),
            *_back(place, view, words),
            *_verdicts(verdicts, view, words),
            *_revised(revised, codes, view, words),
            *_additions(added, words),
            html.P(
                words(
                    "changes.compared",
                    previous=info["previous_release_id"],
                    release=info["release_id"],
                ),
                className="note",
            ),
        ],
        className="changes",
    )


def _made_up(frame: pl.DataFrame) -> pl.Series:
    return frame["is_synthetic"] if frame.height else pl.Series([], dtype=pl.Boolean)


def _unmarked(frame: pl.DataFrame) -> pl.DataFrame:
    """Without a mark on each row: where all are made up, it is said once above them."""
    return frame.with_columns(is_synthetic=pl.lit(value=False)) if frame.height else frame


def _nothing(what: str, words: Words, *more: html.P, place: str = "") -> html.Div:
    text = words("changes.none.place", locality=place) if place else words(f"changes.{what}.what")
    title = html.H1(words(f"changes.{what}"), id="title", tabIndex=-1)
    return html.Div([title, html.P(text), *more], className="fault")


def _back(place: str, view: View, words: Words) -> list[html.P]:
    if not place:
        return []
    return [html.P(html.A(words("changes.everywhere"), href=view.at(locality=NATION)))]


def _heading(
    verdicts: pl.DataFrame, revised: pl.DataFrame, added: pl.DataFrame, place: str, words: Words
) -> html.Header:
    told = {
        "results": counted("changes.results", verdicts.height, words),
        "changed": counted("changes.values", revised.height, words),
    }
    if place:
        sentence = words("changes.title.place", locality=place, **told)
    else:
        new = int(added["value_count"].sum()) if added.height else 0
        sentence = words("changes.title", added=counted("changes.values", new, words), **told)
    return html.Header([html.H1(sentence, id="title", tabIndex=-1)], className="lead")


# Results --------------------------------------------------------------------------------------


def _verdicts(found: pl.DataFrame, view: View, words: Words) -> list[html.Section]:
    heads = ("locality", "target", "milestone", "before", "now", "why")
    lines = [_verdict(row, view, words) for row in _first(found)]
    return _section("changes.verdicts", heads, lines, found.height, words)


def _verdict(row: Row, view: View, words: Words) -> html.Tr:
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    href = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    place = words.pick(row, "locality")
    aside = []
    if row["is_attainment"]:
        aside = [html.Div(words("changes.against_target"), className="aside")]
    return html.Tr(
        [
            html.Th(_place(row, words), scope="row"),
            html.Td(html.A(name, href=href, **aria(label=f"{name}, {place}"))),
            html.Td(row["milestone_year"], className="number"),
            html.Td([verdict_mark(row["old_shown"], words), *aside]),
            html.Td([verdict_mark(row["new_shown"], words), *aside]),
            html.Td(_lines([words(f"verdict_cause.{row['cause']}"), *_because(row, view, words)])),
        ]
    )


def _because(row: Row, view: View, words: Words) -> list[Any]:
    """The numbers behind it, where they changed, and whose report changed them."""
    told: list[Any] = []
    old, new = row["old_latest_published"], row["new_latest_published"]
    if old != new:
        shown = _pair(old, new, row["decimals"], words)
        before = words("changes.value_from", old=shown["old"])
        told.append([before, _traced(shown["new"], row, view)])
    old, new = row["old_target_value"], row["new_target_value"]
    if old != new:
        shown = _pair(old, new, None, words)
        told.append(words("changes.target_from", old=shown["old"]) + shown["new"])
    return [*told, *_report(row, words), *_synthetic(row, words)]


def _traced(text: str, row: Row, view: View) -> str | html.A:
    """A present figure opens its trace; where there is none, nothing is opened."""
    if text == _NONE or row["traced_id"] is None:
        return text
    return trace_link(text, row["traced_id"], view)


def _synthetic(row: Row, words: Words) -> list[str]:
    return [words("synthetic")] if row["is_synthetic"] else []


# Figures --------------------------------------------------------------------------------------


def _revised(found: pl.DataFrame, codes: Codes, view: View, words: Words) -> list[html.Section]:
    heads = ("locality", "indicator", "period", "before", "now", "why")
    lines = [_figure(row, codes, view, words) for row in _first(found)]
    return _section("changes.revised", heads, lines, found.height, words)


def _figure(row: Row, codes: Codes, view: View, words: Words) -> html.Tr:
    shown = _pair(row["old_value"], row["new_value"], row["decimals"], words)
    now = words("changes.removed") if row["kind"] == "removed" else _traced(shown["new"], row, view)
    restated = [words("changes.restated")] if row["kind"] == "restated" else []
    why = [
        words(f"value_cause.{row['cause']}"),
        *restated,
        *_report(row, words),
        *_synthetic(row, words),
    ]
    return html.Tr(
        [
            html.Th(_place(row, words), scope="row"),
            html.Td(_lines([words.pick(row, "indicator"), _group(row, codes)])),
            html.Td(row["time_period"], className="number"),
            html.Td(shown["old"], className="number"),
            html.Td(now, className="number"),
            html.Td(_lines(why)),
        ]
    )


def _group(row: Row, codes: Codes) -> str:
    """Sex, age, group and source in words; what is not broken down is not said."""
    words = []
    for field, code_list in _CODE_LISTS.items():
        parts = [part for part in str(row[field]).split("+") if part not in _WHOLE]
        words += [codes.get((code_list, part), part) for part in parts]
    return ", ".join(words)


def _additions(found: pl.DataFrame, words: Words) -> list[html.Section]:
    lines = [
        html.Tr(
            [
                html.Th(_report(row, words) or _NONE, scope="row", className="source"),
                html.Td(number(row["value_count"], 0, words), className="number"),
                html.Td(_lines([words(f"value_cause.{row['cause']}"), *_synthetic(row, words)])),
            ]
        )
        for row in _first(found)
    ]
    return _section("changes.additions", ("report", "count", "why"), lines, found.height, words)


# Common ---------------------------------------------------------------------------------------


def _place(row: Row, words: Words) -> list[Any]:
    """The name, and for a unit of the former boundaries whose they are: names are used again."""
    name = words.pick(row, "locality")
    if row["geo_version"] in ("", GEOGRAPHIES[0]):
        return [name]
    key = f"geography.{row['geo_version']}"
    former = words(key) if words.known(key) else str(row["geo_version"])
    return [name, html.Div(former, className="aside")]


def _first(found: pl.DataFrame) -> list[Row]:
    return list(found.head(SHOWN_AT_ONCE).iter_rows(named=True))


def _report(row: Row, words: Words) -> list[str]:
    """Whose file it was; both are the sender's own words."""
    if row["file_name"] is None:
        return []
    return [words("changes.by", organisation=row["organisation"] or _NONE, file=row["file_name"])]


def _pair(
    old: Decimal | None, new: Decimal | None, decimals: int | None, words: Words
) -> dict[str, str]:
    """Both numbers with as many places as it takes to tell them apart."""
    needed = max((own_decimals(value) for value in (old, new) if value is not None), default=0)
    places = needed if decimals is None else decimals
    texts = [number(value, places, words) for value in (old, new)]
    if old != new and texts[0] == texts[1]:
        texts = [number(value, min(needed, _MOST_DECIMALS), words) for value in (old, new)]
    return {"old": texts[0], "new": texts[1]}


def _lines(texts: Sequence[Any]) -> list[html.Div]:
    first, *others = [text for text in texts if text] or [_NONE]
    return [html.Div(first), *(html.Div(text, className="aside") for text in others)]


def _section(
    key: str,
    heads: Sequence[str],
    lines: Sequence[html.Tr],
    total: int,
    words: Words,
) -> list[html.Section]:
    if not total:
        return []
    heading = words(key)
    names = {head: words(f"changes.{head}") for head in heads}
    scroll = figures_table(
        heading,
        list(names.values()),
        lines,
        f"{key.replace('.', '-')}-table",
        numbers=[names[head] for head in _NUMBERS[key] if head in names],
    )
    content: list[Any] = [html.H2(heading), scroll]
    if total > len(lines):
        rest = number(total - len(lines), 0, words)
        content.append(html.P(words("changes.more", count=rest), className="note"))
    return [html.Section(content, className="panel")]
