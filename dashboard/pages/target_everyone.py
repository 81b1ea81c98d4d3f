"""The part of the page Chỉ tiêu that shows all localities at once."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import target
from dashboard.address import BY_REGION
from dashboard.components.aria import aria
from dashboard.components.dot_plot import DotPlot, dot_plot
from dashboard.components.standing import (
    answer,
    distribution,
    met_list,
    missed_list,
    silent_list,
)
from dashboard.components.trend_panel import with_unit
from dashboard.components.variations import variations_panel
from dashboard.pages.target_subject import Subject
from dashboard.standing import Standing
from dashboard.target import REGION


def everyone(found: Standing, subject: Subject) -> list[html.Section]:
    """The panel of all localities: dots beside who misses, how they spread and who is silent."""
    view, words = subject.view, subject.words
    regions = target.region_names(subject.release, words.language)
    plot = DotPlot(found, subject.families, regions, view, words)
    title = words("standing.in_region" if _is_region(subject) else "standing")
    heading = html.H2(with_unit(title, found.provinces, subject.codes, words))
    said = [] if subject.is_nation else [html.P(answer(found, view, words))]
    missed = missed_list(found, view, words)
    beside = [*distribution(plot), *_silent(found, subject)]
    if found.drawn:
        drawn, beside = _dots(plot, subject), [*missed, *beside]
    else:
        drawn = [*missed, *met_list(found, view, words)]
    columns = [html.Div(column) for column in (drawn, beside) if column]
    side_by_side = "columns columns-standing" if len(columns) > 1 else None
    body = html.Div(columns, className=side_by_side)
    return [html.Section([heading, *said, body], className="panel standing")]


def _is_region(subject: Subject) -> bool:
    return bool(subject.locality["level"] == REGION)


def _silent(found: Standing, subject: Subject) -> list[Any]:
    """Of whom nothing is known, and what became of their reports."""
    period = target.reporting_period(subject.release, found)
    received = target.received(subject.release, period)
    return silent_list(found, received, period, subject.view, subject.words)


def _dots(plot: DotPlot, subject: Subject) -> list[Any]:
    ordering = [] if _is_region(subject) else [_ordering(plot)]
    notes = html.P(" ".join(_notes(plot, subject)), className="note")
    return [*ordering, dot_plot(plot), notes]


def _ordering(plot: DotPlot) -> html.Div:
    """How the rows stand, as links: the address is the state."""
    view, words = plot.view, plot.words
    orders = {"value": "", "region": BY_REGION}
    links = [
        html.A(
            words(f"standing.order.{key}"),
            href=view.at(groups=groups),
            **(aria(current="true") if view.groups == groups else {}),
        )
        for key, groups in orders.items()
    ]
    label = html.Span(words("standing.order"), className="segments-label", **aria(hidden="true"))
    nav = html.Nav(links, className="segments", **aria(label=words("standing.order")))
    return html.Div([label, nav], className="order no-print")


def _notes(plot: DotPlot, subject: Subject) -> list[str]:
    """What is to be known of the dots: years, own levels, sources, weakness, release."""
    words, found = plot.words, plot.standing
    notes = [words("standing.note", year=found.common_year)]
    if any(found.own_levels(row) for row in found.drawn):
        notes.append(words("standing.own_key"))
    families = dict.fromkeys(str(row["source_family"]) for row in found.drawn)
    named = ", ".join(subject.families.get(one, one) for one in families)
    if len(families) > 1:
        notes.append(words("standing.families", families=named))
    else:
        notes.append(words("map.family", family=named))
    unverified = sum(row["is_unverified"] for row in found.drawn)
    if plot.is_all_unverified:
        notes.append(words("standing.all_unverified"))
    elif unverified:
        notes.append(words.counted("matrix.unverified", unverified))
    return [*notes, f"{subject.released}."]


def variations(found: Standing, subject: Subject) -> html.Section:
    """The panel of the localities that have a level of their own."""
    rows = target.variations(subject.release, subject.target_id, subject.view.geography)
    common = {row["milestone_year"]: row for row in found.levels}
    return variations_panel(rows, common, subject.target_id, subject.view, subject.words)
