"""The life of a unit in words: when it existed, what it came from and went into, its region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dash import html

from dashboard.address import View
from dashboard.sentences import capital, number
from dashboard.texts import Words
from indicators.locality_life import LocalityLife, Relative, UnitName
from indicators.numbers import format_date

Namer = Callable[[str], str]  # a unit's name in the language of the page, by identity


def unit_life(life: LocalityLife, named: Namer, view: View, words: Words) -> html.Section:
    """The panel about a unit's life; lines that would be empty are left out.

    Args:
        life: of the unit.
        named: names of units in the language of the page.
        view: the present view; units link to their own page.
        words: the texts of one language.
    """
    lines: list[tuple[str, list[Any]]] = [
        ("life.unit", _unit(life, named, words)),
        ("life.predecessors", _kin(life.predecessors, "life.earlier", named, view, words)),
        ("life.successors", _successors(life, named, view, words)),
        ("life.names", [_state(life, at, words) for at in range(len(life.states) - 1)]),
        ("life.region", [_region(one, named, words) for one in _regions(life)]),
        ("life.above", [_link(one, named, view) for one in life.ancestors]),
        ("life.below", _below(life, words)),
        ("life.same_code", [_namesake(one, named, view, words) for one in _strangers(life)]),
    ]
    told = [
        part
        for key, found in lines
        if found
        for part in (html.Dt(words(key)), html.Dd([html.Div(one) for one in found]))
    ]
    return html.Section(
        [html.H2(words("life")), html.Dl(told, className="life")], className="panel"
    )


def _unit(life: LocalityLife, named: Namer, words: Words) -> list[str]:
    unit = life.unit
    if unit.level == "national":
        return []
    name = named(unit.locality_id)
    validity = _time(unit.valid_from, unit.valid_to, words)
    called = f"{unit.type_vi} {name}" if words.language == "vi" else name
    text = words("life.code", unit=called, code=unit.code, validity=validity)
    return [capital(text)]


def _time(first: date | None, last: date | None, words: Words) -> str:
    key = f"life.{'from' if first else ''}{'_' if first and last else ''}{'to' if last else ''}"
    if not first and not last:
        return words("life.always")
    days = [format_date(day, words.language) if day else "" for day in (first, last)]
    return words(key, first=days[0], last=days[1])


def _link(unit: UnitName, named: Namer, view: View) -> html.A:
    return html.A(named(unit.locality_id), href=view.at(locality=unit.locality_id))


def _kin(
    kin: Sequence[Relative], farther: str, named: Namer, view: View, words: Words
) -> list[list[Any]]:
    """A line for each unit, and one for each act: many units go by the same one."""
    lines: list[list[Any]] = [
        [
            _link(one.unit, named, view),
            f" ({_time(one.unit.valid_from, one.unit.valid_to, words)}): ",
            _relation(one, farther, words),
        ]
        for one in kin
    ]
    acts = dict.fromkeys((one.effective_date, one.legal_basis) for one in kin if one.effective_date)
    return [*lines, *([_act(day, act, words)] for day, act in acts if day)]


def _relation(one: Relative, farther: str, words: Words) -> str:
    """How a unit went into the next: ``nhập toàn bộ``."""
    if one.relation is not None:
        return words(f"life.{one.relation}")
    whole = words("life.whole" if one.is_whole else "life.part")  # some steps away
    return f"{words(farther)}, {whole}"


def _act(day: date, act: str | None, words: Words) -> html.Span:
    on = words("life.on", day=format_date(day, words.language))
    return html.Span(
        [capital(on), html.Span(f"; {act}" if act else "", lang="vi")], className="aside"
    )


def _successors(life: LocalityLife, named: Namer, view: View, words: Words) -> list[Any]:
    if life.is_without_successor:
        return [words("life.lost")]
    return _kin(life.successors, "life.later", named, view, words)


def _state(life: LocalityLife, at: int, words: Words) -> str:
    state = life.states[at]
    parent = f", {state.parent.type_vi} {state.parent.name_vi}" if state.parent else ""
    act = f"; {state.legal_basis}" if state.legal_basis else ""
    validity = _time(state.valid_from, state.valid_to, words)
    return f"{state.type_vi} {state.name_vi}{parent}: {validity}{act}"


def _regions(life: LocalityLife) -> list[Any]:
    return list(life.regions) if any(one.region for one in life.regions) else []


def _region(one: Any, named: Namer, words: Words) -> str:
    name = named(one.region.locality_id) if one.region else words("life.no_region")
    return f"{name}: {_time(one.valid_from, one.valid_to, words)}"


def _below(life: LocalityLife, words: Words) -> list[str]:
    if not life.units_below:
        return []
    counts = ", ".join(
        words(f"life.below.{one.level}", count=number(one.count, 0, words))
        for one in life.units_below
    )
    day = format_date(life.counted_on, words.language)
    return [words("life.below.on", counts=counts, day=day)]


def _strangers(life: LocalityLife) -> list[UnitName]:
    """Units of other places that had the same code; the codes of regions mean the same region."""
    if life.unit.level == "region":
        return []
    return [one.unit for one in life.same_code if not one.is_relative]


def _namesake(unit: UnitName, named: Namer, view: View, words: Words) -> list[Any]:
    return [_link(unit, named, view), f" ({_time(unit.valid_from, unit.valid_to, words)})"]
