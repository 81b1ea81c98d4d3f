"""What stands behind a verdict: competing documents, both geographies, parts, denominators.

Every section is left out where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.figures_table import figures_table
from dashboard.components.shared_marks import all_synthetic, shared_notes
from dashboard.components.trace_link import trace_link
from dashboard.queries import Row
from dashboard.sentences import (
    condition,
    counts_phrase,
    in_unit,
    number,
    origin_phrase,
    own_decimals,
)
from dashboard.texts import Words
from indicators.numbers import format_date

_NONE = "–"


def candidate_documents(rows: pl.DataFrame, words: Words) -> list[html.Section]:
    """Each document that asks something of the locality, and which one works."""
    if rows.is_empty():
        return []
    heads = [words(f"candidates.{head}") for head in ("milestone", "document", "of", "asks", "use")]
    lines = [_candidate(row, words) for row in rows.iter_rows(named=True)]
    name = words("candidates")
    note = []
    if rows.filter(pl.col("works") & (pl.col("binding") == "inherited")).height:
        note = [html.P(words("candidates.inherited"), className="note")]
    return [
        html.Section([html.H2(name), *note, figures_table(name, heads, lines)], className="panel")
    ]


def _candidate(row: Row, words: Words) -> html.Tr:
    document = row["number"] or (words.pick(row, "programme") if row["programme_vi"] else _NONE)
    use = words("candidates.works" if row["works"] else "candidates.rests")
    version = [] if row["version"] == 1 else [words("candidates.version", version=row["version"])]
    asks = "; ".join([condition(row, words), *version])
    return html.Tr(
        [
            html.Th(str(row["milestone_year"]), scope="row"),
            html.Td(document),
            html.Td(words.pick(row, "plan")),
            html.Td(asks),
            html.Td(html.Strong(use) if row["works"] else use),
        ]
    )


def both_maps(rows: pl.DataFrame, view: View, words: Words) -> list[html.Section]:
    """The locality and the units that it came from or went into, year by year."""
    if rows["locality_id"].n_unique() < 2:
        return []
    made_up = all_synthetic(rows.rows(named=True))
    units = rows.unique("locality_id", maintain_order=True).sort("place", "locality_id")
    heads = [words("maps.year")]
    columns = [_unit_head(row, view, words) for row in units.iter_rows(named=True)]
    years = rows.sort("reference_year", descending=True).iter_rows(named=True)
    lines = [
        _year(year, list(of_year), units["locality_id"].to_list(), made_up, view, words)
        for year, of_year in groupby(years, key=lambda row: int(row["reference_year"]))
    ]
    name = words("maps")
    table = figures_table(name, [*heads, *columns], lines, "maps-table", columns)
    note = html.P(words("maps.note"), className="note")
    notes = [*_origins(rows, words), *shared_notes(made_up, False, words)]
    return [html.Section([html.H2(name), note, table, *notes], className="panel maps")]


def _unit_head(row: Row, view: View, words: Words) -> Any:
    name = words.pick(row, "name")
    ended = row["valid_to"]
    until = words("maps.until", day=format_date(ended, words.language)) if ended else ""
    here = view.at(locality=row["locality_id"])
    return [
        html.A(name, href=here) if row["place"] else html.Span(name),
        html.Div(until or words("maps.since"), className="aside"),
    ]


def _year(
    year: int,
    rows: Sequence[Row],
    units: Sequence[str],
    all_made_up: bool,
    view: View,
    words: Words,
) -> html.Tr:
    by_unit = {row["locality_id"]: row for row in rows}
    cells = [
        html.Td(_figure(by_unit.get(unit), all_made_up, view, words), className="number")
        for unit in units
    ]
    return html.Tr([html.Th(str(year), scope="row"), *cells])


def _figure(row: Row | None, all_made_up: bool, view: View, words: Words) -> Any:
    if row is None:
        return _NONE
    value = in_unit("unit", row["obs_value"], row["decimals"], row, words)
    link = trace_link(value, row["observation_id"], view)
    counts = counts_phrase(row["numerator"], row["denominator"], words)
    beside = [html.Span(f" ({counts})", className="aside")] if counts else []
    made_up = [html.Div(words("synthetic"), className="aside")]
    return [
        *_rebuilt(row, words),
        link,
        *beside,
        *(made_up if row["is_synthetic"] and not all_made_up else []),
    ]


def _rebuilt(row: Row, words: Words) -> list[Any]:
    """A sign before a figure of ours, explained once under the table."""
    told = origin_phrase(row, words)
    if not told:
        return []
    sign = html.Span("◇ ", title=told, className="aside", **aria(hidden="true"))
    return [sign, html.Span(f"{told}: ", className="hidden")]


def _origins(rows: pl.DataFrame, words: Words) -> list[html.P]:
    """What the sign of rebuilt figures means: each way in which one was made."""
    told = dict.fromkeys(origin_phrase(row, words) for row in rows.iter_rows(named=True))
    named = [text for text in told if text]
    return [html.P(f"◇ {'; '.join(named)}.", className="note")] if named else []


def notices(changes: pl.DataFrame, gaps: pl.DataFrame, words: Words) -> list[html.Section]:
    """Denominators that jumped through reorganisation, and values that cannot be rebuilt."""
    told = [
        *(_denominator(row, words) for row in changes.iter_rows(named=True)),
        *(_gap(row, words) for row in gaps.iter_rows(named=True)),
    ]
    if not told:
        return []
    items = [html.Li(text) for text in told]
    return [html.Section([html.H2(words("notices")), html.Ul(items)], className="panel documents")]


def _denominator(row: Row, words: Words) -> str:
    before, after = row["denominator_before"], row["denominator"]
    text = words(
        "notice.denominator",
        year_before=row["year_before"],
        before=number(before, own_decimals(before), words),
        year=row["year"],
        after=number(after, own_decimals(after), words),
    )
    return f"{text} ({row['event_vi']})" if row["event_vi"] else text


def _gap(row: Row, words: Words) -> str:
    return words(
        "notice.not_rebuilt",
        years=_spans(row["years"]),
        reason=words(f"gap.{row['reason']}"),
        present=number(row["parts_present"], 0, words),
        total=number(row["parts_total"], 0, words),
    )


def _spans(years: Sequence[int]) -> str:
    """Years with runs joined: 2009-2012, 2015."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def roll_ups(
    rows: pl.DataFrame, families: Mapping[str, str], view: View, words: Words
) -> list[html.Section]:
    """What the units below add up to, beside the locality's own report, by kind of source."""
    if rows.is_empty():
        return []
    heads = [words(f"rollup.{head}") for head in ("year", "reported", "rolled", "difference", "on")]
    made_up = all_synthetic(rows.rows(named=True))
    lines: list[html.Tr] = []
    for family, group in groupby(rows.iter_rows(named=True), key=lambda row: row["source_family"]):
        if rows["source_family"].n_unique() > 1:
            name = families.get(str(family), str(family))
            lines.append(html.Tr([html.Th(name, colSpan=len(heads), scope="rowgroup")]))
        lines += [_roll_up(row, made_up, view, words) for row in group]
    name = words("rollup")
    table = figures_table(name, heads, lines, "rollup-table", heads[1:4])
    shared = shared_notes(made_up, False, words)
    beyond = int(rows["is_beyond_rounding"].fill_null(value=False).sum())
    alone = rows["reported_value"].is_null().all()
    said = words("rollup.alone" if alone else "rollup.agrees")
    told = words.counted("rollup.beyond", beyond) if beyond else said
    folded = html.Details([html.Summary(told), table, *shared], open=beyond > 0)
    return [html.Section([html.H2(name), folded], className="panel rollups")]


def _roll_up(row: Row, all_made_up: bool, view: View, words: Words) -> html.Tr:
    def shown(value: Any, observation_id: str | None = None) -> Any:
        if value is None:
            return _NONE
        text = number(value, row["decimals"], words)
        return trace_link(text, observation_id, view) if observation_id else text

    differs = [html.Div(words("rollup.differs"), className="aside")]
    counts = counts_phrase(row["numerator"], row["denominator"], words)
    rolled = shown(row["rolled_value"], row["rolled_observation_id"])
    return html.Tr(
        [
            html.Th(row["time_period"], scope="row"),
            html.Td(
                shown(row["reported_value"], row["reported_observation_id"]), className="number"
            ),
            html.Td(
                [rolled, *([html.Span(f" ({counts})", className="aside")] if counts else [])],
                className="number",
            ),
            html.Td(
                [shown(row["difference"]), *(differs if row["is_beyond_rounding"] else [])],
                className="number",
            ),
            html.Td(_rests_on(row, all_made_up, words)),
        ]
    )


def _rests_on(row: Row, all_made_up: bool, words: Words) -> list[Any]:
    parts = words(
        f"rollup.from.{row['level_from']}",
        present=number(row["parts_present"], 0, words),
        total=number(row["parts_total"], 0, words),
    )
    made_up = [html.Div(words("synthetic"), className="aside")]
    return [parts, *(made_up if row["is_synthetic"] and not all_made_up else [])]
