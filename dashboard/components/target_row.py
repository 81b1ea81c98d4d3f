"""One target of one locality as a row: name, bullet, course, and the same in words.

The bullet and the sparkline are hidden from screen readers: the sentences and the list beside
them hold every number that is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.trace_link import Traced, verdict_traces, with_traces
from dashboard.components.verdict import caution_marks, verdict_symbol
from dashboard.figures import bullet
from dashboard.queries import Row
from dashboard.sentences import (
    capital,
    condition,
    in_unit,
    pace_phrase,
    shown_word,
    verdict_sentences,
)
from dashboard.texts import Words
from indicators.numbers import format_date
from indicators.tables import Verdict

_HOLLOW: Final = ("P", "E")
_UNITS_WITHOUT_SCALE: Final = ("YES_NO",)


@dataclass(frozen=True)
class TargetRow:
    """What one row tells."""

    now: Row  # the primary assessment at the milestone that is shown
    ahead: Row | None  # the same target at a later milestone
    others: Sequence[Row]  # assessments of the milestone from other source families
    points: Sequence[Row]  # own figures of the source family that carries the verdict, by year
    references: Sequence[Row]  # one figure of each unit to compare with

    @property
    def milestones(self) -> list[Row]:
        """The assessments whose target values are drawn."""
        return [row for row in (self.now, self.ahead) if row is not None]

    @property
    def speaks(self) -> bool:
        """Whether there is anything to say beside that nothing is known."""
        row = self.now
        return row["latest_published"] is not None or row["shown"] != Verdict.NOT_ASSESSABLE


def unit_name(row: Row, words: Words) -> str:
    """A unit's name, with its last day where it is gone: two of them may have one name."""
    name = words.pick(row, "name")
    if row["valid_to"] is None:
        return name
    day = format_date(row["valid_to"], words.language)
    return words("locality.until", name=name, day=day)


def shared_marks(rows: Sequence[TargetRow], words: Words) -> list[str]:
    """The marks that every one of several rows bears: to be said once for all of them."""
    if len(rows) < 2:
        return []
    marks = [_marks(one.now, words) for one in rows]
    return [mark for mark in marks[0] if all(mark in others for others in marks)]


def target_row(
    told: TargetRow,
    families: Mapping[str, str],
    view: View,
    words: Words,
    shared: Collection[str] = (),
) -> html.Li:
    """The row of a target, without the marks that are said for all rows."""
    row = told.now
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    href = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    drawn = _bullet(told, words)
    kind = "part" if row["parent_target_id"] else "whole"
    return html.Li(
        [
            html.Div(html.A(name, href=href), className="target-name"),
            *([drawn] if drawn else []),
            *_course(told, words),
            _said(told, families, view, words, shared),
        ],
        className=f"target-row target-{kind}" + ("" if drawn else " target-undrawn"),
    )


# In words ---------------------------------------------------------------------------------------


def _said(
    told: TargetRow,
    families: Mapping[str, str],
    view: View,
    words: Words,
    shared: Collection[str],
) -> html.Div:
    row = told.now
    has_number = row["target_value"] is not None
    verdict = words(
        "locality.verdict" if has_number else "sentence.milestone_no_number",
        year=row["milestone_year"],
        condition=condition(row, words),
        verdict=shown_word(row, words),
    )
    _, *more = verdict_sentences(row, told.others, families, words)
    traced = verdict_traces(row, told.others, families, words)
    lines: list[list[Any]] = [with_traces(" ".join(more), traced, view), [_ahead(told, words)]]
    marks = [
        html.Span(mark, className=name)
        for mark, name in _marks(row, words).items()
        if mark not in shared
    ]
    first: list[Any] = [verdict_symbol(row["shown"]), html.Strong(verdict), " ", *marks]
    return html.Div(
        [
            html.Div(first, className="target-verdict"),
            *(html.Div(parts) for parts in lines if any(parts)),
            *_references(told, families, view, words),
        ],
        className="target-said",
    )


def _marks(row: Row, words: Words) -> dict[str, str]:
    """Marks of weakness and whose target is used, each with the class that it is drawn in."""
    marks = {str(mark.children): "caution" for mark in caution_marks(row, words)}
    if row["level"] != "national" and row["binding"] != "national":
        marks[words(f"binding.{row['binding']}")] = "aside"
    return marks


def _ahead(told: TargetRow, words: Words) -> str:
    """What the later milestone asks for: pace, need and how many times faster."""
    row = told.ahead
    if row is None or row["target_value"] is None:
        return ""
    text = pace_phrase(row, words) or shown_word(row, words)
    asked = condition(row, words)
    return words("locality.ahead", year=row["milestone_year"], condition=asked, text=text)


def _references(
    told: TargetRow, families: Mapping[str, str], view: View, words: Words
) -> list[html.Ul]:
    """Every mark of the bullet with its unit, value and year: the unit opens its target, the value
    its trace.
    """
    if not told.references:
        return []
    items = []
    for one in told.references:
        name, text = unit_name(one, words), _reference(one, told.now, families, words)
        href = view.at(path="/chi-tieu", target=told.now["target_id"], locality=one["locality_id"])
        value = _value(one["obs_value"], told.now, words)
        linked = with_traces(
            text.removeprefix(name), [Traced(f": {value}", value, one["observation_id"])], view
        )
        items.append(html.Li([_reference_mark(one["place"]), html.A(name, href=href), *linked]))
    return [html.Ul(items, className="references")]


def _reference(one: Row, row: Row, families: Mapping[str, str], words: Words) -> str:
    """``Cả nước: 111,4 (2024, Điều tra)``: year and kind of source where they are others."""
    value = _value(one["obs_value"], row, words)
    year = "" if one["reference_year"] == row["latest_year"] else str(one["reference_year"])
    said = (year, other_family(one, row, families), other_kind(one, row, words))
    apart = ", ".join(text for text in said if text)
    key = "locality.figure.apart" if apart else "locality.figure"
    return words(key, name=unit_name(one, words), value=value, apart=apart)


def other_family(one: Row, row: Row, families: Mapping[str, str]) -> str:
    """The kind of source of a figure that stands in for one of the row's own kind, or nothing."""
    family = str(one["source_family"])
    return "" if family == row["source_family"] else families.get(family, family)


def other_kind(one: Row, row: Row, words: Words) -> str:
    """Said of a figure that is made up beside a real one, or real beside a made-up one."""
    if one["is_synthetic"] == row["is_synthetic"]:
        return ""
    return words("synthetic" if one["is_synthetic"] else "synthetic.not")


def _value(value: Any, row: Row, words: Words) -> str:
    return in_unit("unit", value, row["decimals"] or 0, row, words)


# As a drawing -----------------------------------------------------------------------------------


def _reference_mark(place: str) -> html.Span:
    return html.Span(className=f"mark mark-{place}", **aria(hidden="true"))


def _bullet(told: TargetRow, words: Words) -> html.Div | None:
    row = told.now
    value = row["latest_published"]
    if value is None or row["unit_measure"] in _UNITS_WITHOUT_SCALE:
        return None
    asked = [one[name] for one in told.milestones for name in ("target_value", "target_upper")]
    others = [one["obs_value"] for one in told.references]
    ends = bullet.scale(found for found in (value, *asked, *others) if found is not None)
    zone = bullet.zone(row, ends)
    at = bullet.position(value, ends)
    hollow = " hollow" if any(_is_hollow(one, row) for one in told.points) else ""
    return html.Div(
        [
            *([html.Span(className="zone", style=_stretch(*zone))] if zone else []),
            html.Span(className="axis"),
            *(_tick(one, row, words) for one in bullet.ticks(told.milestones, ends)),
            *(
                html.Span(
                    className=f"mark mark-{one['place']}",
                    style=_at(bullet.position(one["obs_value"], ends)),
                )
                for one in told.references
            ),
            html.Span(className=f"mark mark-value{hollow}", style=_at(at)),
            html.Span(
                _value(value, row, words),
                className=f"bullet-value side-{bullet.side_of(at)}",
                style=_at(at),
            ),
        ],
        className="bullet",
        **aria(hidden="true"),
    )


def _is_hollow(point: Row, row: Row) -> bool:
    return point["reference_year"] == row["latest_year"] and point["obs_status"] in _HOLLOW


def _tick(tick: bullet.Tick, shown: Row, words: Words) -> html.Span:
    """The line of a target value, named below it; solid for the milestone that is shown."""
    is_shown = any(row["milestone_year"] == shown["milestone_year"] for row in tick.milestones)
    asked = dict.fromkeys(condition(row, words) for row in tick.milestones)
    years = ", ".join(str(row["milestone_year"]) for row in tick.milestones)
    name = [html.Span(years), html.Br(), html.Span(" / ".join(asked))]
    return html.Span(
        html.Span(name, className=f"tick-name side-{tick.side}"),
        className="tick" if is_shown else "tick tick-ahead",
        style=_at(tick.position),
    )


def _course(told: TargetRow, words: Words) -> list[html.Div]:
    """The sparkline with its first and last value."""
    drawing = bullet.sparkline(told.points)
    if not drawing or told.now["unit_measure"] in _UNITS_WITHOUT_SCALE:
        return []
    first, last = told.points[0], told.points[-1]
    ends = [
        html.Span(f"{one['reference_year']}: {_value(one['obs_value'], told.now, words)}")
        for one in (first, last)
    ]
    line = html.Div(
        className="spark-line", style={"maskImage": f'url("{drawing}")'}, **aria(hidden="true")
    )
    return [
        html.Div([line, html.Div([ends[0], " → ", ends[1]], className="aside")], className="spark")
    ]


def bullet_key(places: Sequence[str], words: Words) -> html.Ul:
    """What the marks of the bullets mean; only those that occur."""
    marks = [
        (html.Span(className="mark mark-value"), "bullet.value"),
        (html.Span(className="mark mark-value hollow"), "bullet.provisional"),
        (html.Span(className="tick-sample"), "bullet.milestone"),
        (html.Span(className="zone-sample"), "bullet.zone"),
        *((html.Span(className=f"mark mark-{place}"), f"place.{place}") for place in places),
    ]
    items = [html.Li([mark, words(key)]) for mark, key in marks]
    return html.Ul(items, className="key bullet-key", **aria(label=capital(words("legend"))))


def _at(place: float) -> dict[str, str]:
    return {"left": f"{place}%"}


def _stretch(start: float, end: float) -> dict[str, str]:
    return {"left": f"{start}%", "width": f"{round(end - start, 2)}%"}
