"""What the checks found: counts by rule, an example of each, and every finding of a chosen rule.

Values, file names and messages carry senders' own words: they are shown as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dash import html

from dashboard import quality
from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.delivery import period_name
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import number
from dashboard.texts import Words

MOST_LISTED: Final = 200
_NONE: Final = "–"
_ERROR: Final = "error"


def headed(key: str, view: View, words: Words) -> list[Any]:
    """A heading that says which period is in view, and the way to all of them."""
    if not view.period:
        return [html.H2(words("quality.all_periods", heading=words(key)))]
    name = period_name(view.period, words)
    every = html.A(words("quality.show_all"), href=view.at(period=""))
    return [
        html.H2(words("quality.of_period", heading=words(key), period=name)),
        html.P(every, className="no-print"),
    ]


def findings(release: Release, view: View, words: Words) -> html.Section:
    """The rules that found something, and the list of the one that is chosen."""
    rows = quality.findings(release, view).rows(named=True)
    head = headed("quality.findings", view, words)
    if not rows:
        return html.Section([*head, html.P(words("quality.findings.none"))], className="panel")
    examples = {row["code"]: row for row in quality.examples(release, view).rows(named=True)}
    numbers = [words(f"quality.{name}") for name in ("count", "submissions", "judged")]
    heads = [words("quality.rule"), words("quality.severity"), *numbers, words("quality.example")]
    lines = [_rule(row, examples[row["code"]], view, words) for row in rows]
    name = words("quality.findings")
    return html.Section(
        [
            *head,
            html.P(_told(rows, words)),
            figures_table(name, heads, lines, "findings-table", numbers),
            *_chosen(release, rows, view, words),
        ],
        id="findings",
        className="panel",
    )


def rule_name(code: str, words: Words) -> str:
    """The name of a rule; a code that the board does not know stands for itself."""
    key = f"rule.{code}"
    return words(key) if words.known(key) else code


def _told(rows: Sequence[Row], words: Words) -> str:
    sums = {
        severity: sum(row["findings"] for row in rows if row["severity"] == severity)
        for severity in (_ERROR, "warning")
    }
    return words(
        "quality.findings.told",
        rules=number(len({row["code"] for row in rows}), 0, words),
        errors=number(sums[_ERROR], 0, words),
        warnings=number(sums["warning"], 0, words),
    )


def _rule(row: Row, example: Row, view: View, words: Words) -> html.Tr:
    name = rule_name(row["code"], words)
    current = aria(current="true") if row["code"] == view.rule else {}
    link = html.A(name, href=f"{view.at(rule=row['code'])}#findings", **current)
    judged: list[Any] = [_NONE]
    if row["judged"] is not None:
        judged = [number(row["judged"], 0, words)]
    if row["cannot_tell"]:
        missing = words("quality.cannot_tell", count=number(row["cannot_tell"], 0, words))
        judged.append(html.Div(missing, className="aside"))
    level = row["severity"]
    severity = html.Span(words(f"severity.{level}"), className=f"severity-{level}")
    return html.Tr(
        [
            html.Th([link, html.Div(row["code"], className="aside code")], scope="row"),
            html.Td(severity),
            html.Td(number(row["findings"], 0, words), className="number"),
            html.Td(number(row["submissions"], 0, words), className="number"),
            html.Td(judged, className="number"),
            html.Td([html.Div(_where(example, view, words)), _message(example, words)]),
        ]
    )


def _message(row: Row, words: Words) -> html.Div:
    return html.Div(words.pick(row, "message"), className="aside source")


def _where(row: Row, view: View, words: Words) -> list[Any]:
    """Whose report and which cell; the cell opens the trace of its figure, else the sender's page.

    A finding in a report that was not taken has no figure behind it.
    """
    place = words.pick(row, "place") if row["place_vi"] else row["organisation"] or _NONE
    cell = ", ".join(text for text in (row["sheet"], row["cell"]) if text) or _NONE
    if row["observation_id"] is not None:
        return [f"{place}: ", trace_link(cell, row["observation_id"], view)]
    if row["locality_id"] is None:
        return [f"{place}: {cell}"]
    sender = html.A(place, href=view.at(path="/dia-phuong", locality=row["locality_id"], period=""))
    return [sender, f": {cell}"]


def _chosen(release: Release, rows: Sequence[Row], view: View, words: Words) -> list[Any]:
    """Every finding of the rule in the address."""
    counts: Mapping[str, int] = {row["code"]: row["findings"] for row in rows}
    if view.rule not in counts:
        return []
    listed = quality.examples(release, view, view.rule, MOST_LISTED).rows(named=True)
    heading = words("quality.list", rule=rule_name(view.rule, words))
    heads = [words(f"quality.{name}") for name in ("report", "cell", "message", "advice")]
    lines = [_finding(row, view, words) for row in listed]
    rest = []
    if counts[view.rule] > len(listed):
        shown, count = (number(one, 0, words) for one in (len(listed), counts[view.rule]))
        rest = [html.P(words("quality.list.more", shown=shown, count=count), className="note")]
    close = html.A(words("quality.list.close"), href=replace(view, rule="").at())
    return [
        html.H3(heading),
        html.P(close, className="no-print"),
        figures_table(heading, heads, lines, "rule-table"),
        *rest,
    ]


def _finding(row: Row, view: View, words: Words) -> html.Tr:
    period = period_name(row["reporting_period"], words) if row["reporting_period"] else ""
    file = ", ".join(text for text in (period, row["file_name"]) if text)
    marks = [words("quality.replaced")] if row["superseded_by"] else []
    marks += [words("synthetic")] if row["is_synthetic"] else []
    return html.Tr(
        [
            html.Th(
                [
                    html.Div(row["organisation"] or _NONE),
                    html.Div(", ".join([file, *marks]), className="aside source"),
                ],
                scope="row",
            ),
            html.Td(_where(row, view, words)),
            html.Td(words.pick(row, "message"), className="source"),
            html.Td(words.pick(row, "advice"), className="source"),
        ]
    )
