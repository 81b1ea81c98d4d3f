"""Truy vết: one figure, the file and cell it comes from, its changes, and what rests on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import html

from dashboard import queries, tracing
from dashboard.address import ALL_LOCALITIES, GEOGRAPHIES, NATION, View
from dashboard.components import trace
from dashboard.components.fault import fault_page, unknown_locality
from dashboard.components.figures_table import figures_table
from dashboard.components.place_in_file import place_in_file
from dashboard.components.series import group_phrase
from dashboard.components.trace_link import trace_address, trace_link
from dashboard.components.verdict import synthetic_ribbon
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import in_unit, number, origin_phrase, own_decimals, value_phrase
from dashboard.texts import Words


def located(release: Release, view: View) -> View:
    """The view at the locality and on the boundaries of its figure, whatever the address names."""
    row = tracing.figure(release, view.observation)
    if row is None:
        return view
    locality = str(row["ref_area"])
    version = locality.rpartition("@")[2]
    geography = version if version in GEOGRAPHIES else view.geography
    return replace(view, locality=locality, geography=geography)


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    if not view.observation:
        return _start(release, view, words)
    row = tracing.figure(release, view.observation)
    if row is None:
        return _gone(release, view, words)
    report = tracing.submission(release, row["submission_id"]) if row["submission_id"] else None
    parts = tracing.parts(release, row["observation_id"])
    verdicts = tracing.verdicts(release, row["observation_id"])
    codes = queries.code_names(release, words.language)
    corrections = tracing.corrections(release, row["observation_id"])
    checks = []
    if report is not None:
        outcomes = tracing.outcomes(release, row["submission_id"])
        checks = [trace.checks_panel(tracing.issues(release, row), outcomes, report, words)]
    direct = sum(part["whole_id"] == row["observation_id"] for part in parts.iter_rows(named=True))
    wholes = tracing.wholes(release, row["observation_id"])
    whence = [
        trace.value_panel(row, words),
        trace.report_panel(row, report, words),
        *checks,
        *trace.parts_panel(parts, row["observation_id"], view, words),
    ]
    whereto = [
        trace.series_panel(row, codes, view, words),
        trace.corrections_panel(corrections, words),
        trace.revisions_panel(tracing.revisions(release, row), row, words),
        trace.wholes_panel(wholes, view, words),
    ]
    return html.Div(
        [
            *synthetic_ribbon([row], words),
            _heading(row, group_phrase(row, codes), direct, verdicts.height, words),
            html.Div([html.Div(whence), html.Div(whereto)], className="columns columns-trace"),
            trace.verdicts_panel(verdicts, view, words),
        ],
        className="tracing",
    )


def _heading(row: Row, group: str, parts: int, verdicts: int, words: Words) -> html.Header:
    value = in_unit("unit", row["obs_value"], row["decimals"], row, words)
    title = words(
        "trace.title",
        value=value,
        indicator=", ".join(text for text in (words.pick(row, "indicator"), group) if text),
        place=words.pick(row, "place"),
        year=row["reference_year"],
    )
    judges = words("trace.judges_none")
    if verdicts:
        judges = words.counted("trace.judges", verdicts)
    unverified = [html.Span(words("unverified"), className="caution")]
    marks = unverified if row["confidence"] != "official" else []
    return html.Header(
        [
            html.H1(title, id="title", tabIndex=-1),
            html.P([_whence(row, parts, words), " ", judges, " ", *marks]),
        ],
        className="lead",
    )


def _whence(row: Row, parts: int, words: Words) -> str:
    if row["submission_id"] is None:
        made = origin_phrase(row, words) or words("table.from_parts")
        return words.counted("trace.made", parts, origin=made)
    return words(
        "trace.stands",
        organisation=row["organisation"] or "–",
        cell=place_in_file(row, words),
        file=row["file_name"] or "–",
    )


def _start(release: Release, view: View, words: Words) -> html.Div:
    """Where a trace may begin: the figures that the locality's verdicts rest on."""
    asked = NATION if view.locality == ALL_LOCALITIES else view.locality
    locality = queries.locality(release, asked)
    if locality is None:
        return unknown_locality(view, words)
    place = words.pick(locality, "name")
    rows = tracing.judged_figures(release, asked)
    name = words("trace.start.figures", place=place)
    told: list[Any] = [html.P(words("trace.start.none", place=place), className="empty")]
    if rows.height:
        heads = [words(key) for key in ("trace.indicator", "trace.year", "table.latest")]
        lines = [
            html.Tr(
                [
                    html.Th(f"{row['short_code']} {words.pick(row, 'target')}", scope="row"),
                    html.Td(str(row["latest_year"])),
                    html.Td(
                        trace_link(value_phrase(row, words), row["observation_id"], view),
                        className="number",
                    ),
                ]
            )
            for row in rows.iter_rows(named=True)
        ]
        told = [figures_table(name, heads, lines, "trace-start", heads[2:])]
    return html.Div(
        [
            *synthetic_ribbon(rows.iter_rows(named=True), words),
            html.Header(
                [
                    html.H1(words("trace.start"), id="title", tabIndex=-1),
                    html.P(words("trace.start.how")),
                ],
                className="lead",
            ),
            html.Section([html.H2(name), *told], className="panel"),
        ],
        className="tracing",
    )


def _gone(release: Release, view: View, words: Words) -> html.Div:
    """No figure of that identity: it was replaced or withdrawn, or there never was one."""
    revision = tracing.successor(release, view.observation)
    if revision is None:
        texts = [words("trace.unknown.what", code=view.observation), words("trace.unknown.do")]
        return fault_page(words("trace.unknown"), texts, view, words)
    newer = revision["new_observation_id"]
    told = words(
        "trace.replaced" if newer else "trace.withdrawn",
        indicator=words.pick(revision, "indicator"),
        place=words.pick(revision, "place"),
        period=revision["time_period"],
        value=_plain(revision, words),
    )
    page = fault_page(words("trace.unknown"), [told], view, words)
    if newer:
        link = html.A(words("trace.replaced.by"), href=trace_address(newer, view))
        page.children.insert(2, html.P(link))
    return page


def _plain(revision: Row, words: Words) -> str:
    value = revision["old_value"]
    return "–" if value is None else number(value, own_decimals(value), words)
