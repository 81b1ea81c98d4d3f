"""The choices of *Khám phá*: lists and links, each changes the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import dash_mantine_components as dmc
import polars as pl
from dash import dcc, html

from dashboard.address import ALL_LOCALITIES, View
from dashboard.components.aria import aria
from dashboard.components.segments import COMBOBOX, SEARCHABLE, segments
from dashboard.exploration.choice import (
    CHARTS,
    DIMENSIONS,
    EVERY_PROVINCE,
    EVERY_REGION,
    GAPS,
    NOBODY,
    PARAMETERS,
)
from dashboard.exploration.explored import Explored

_PAUSE: Final = 600  # milliseconds without another choice after which the address follows
_LEVELS: Final = ("national", "region", "province")


def controls(
    found: Explored,
    catalogue: pl.DataFrame,
    present: pl.DataFrame,
    listed: pl.DataFrame,
    view: View,
) -> html.Section:
    """Every choice with what is chosen.

    Args:
        found: what is explored.
        catalogue: every indicator.
        present: every series of the localities in view.
        listed: every locality that can be chosen.
        view: the present view.
    """
    words, choice = found.words, found.selection.choice
    shown = _shown_others(found, view)
    lists: dict[str, tuple[list[Any], Any]] = {
        "indicators": (_indicator_options(catalogue, present, found), list(choice.indicators)),
        "others": (_locality_options(listed, found), shown),
        **_narrowing(found),
    }
    years = [{"value": str(year), "label": str(year)} for year in _years(found)]
    by = [{"value": one, "label": words(f"explore.by.{one}")} for one in DIMENSIONS]
    single: dict[str, tuple[list[Any], str]] = {
        "first": (years, choice.first),
        "last": (years, choice.last),
        "rows": (by, choice.rows),
        "columns": (by, choice.columns),
    }
    values = {name: value for name, (_, value) in (lists | single).items()}
    return html.Section(
        [
            html.H2(words("explore.choices")),
            dcc.Store(
                id={"explored": "shown"},
                data={"values": values, "parameters": PARAMETERS, "nobody": NOBODY},
            ),
            *(_several(name, *given, found) for name, given in lists.items()),
            *_links(found, view),
            html.Div(
                [_one(name, *given, found) for name, given in single.items()], className="pairs"
            ),
        ],
        className="panel explore-controls no-print",
        **aria(label=words("explore.choices")),
    )


def _several(name: str, options: list[Any], chosen: list[str], found: Explored) -> Any:
    words = found.words
    empty = {"placeholder": words("explore.others.example")} if name == "others" else {}
    return dmc.MultiSelect(
        id={"explore": name},
        label=words(f"explore.{name}"),
        data=options,
        value=chosen,
        nothingFoundMessage=words("filter.nothing"),
        hidePickedOptions=True,
        clearSearchOnChange=True,
        debounce=_PAUSE,
        **{**SEARCHABLE, "attributes": {"inputField": COMBOBOX}},
        **(empty if not chosen else {}),
    )


def _one(name: str, options: list[Any], chosen: str, found: Explored) -> Any:
    return dmc.Select(
        id={"explore": name},
        label=found.words(f"explore.{name}"),
        data=options,
        value=chosen,
        nothingFoundMessage=found.words("filter.nothing"),
        allowDeselect=False,
        openOnFocus=False,
        clearSearchOnFocus=True,
        **SEARCHABLE,
    )


# Links -----------------------------------------------------------------------------------------


def _links(found: Explored, view: View) -> list[html.Div]:
    """Sex, form of the chart and gap, as links."""
    words, choice = found.words, found.selection.choice
    sexes = [one for one in ("F", "M", "_T") if one in set(found.selection.present["sex"])]
    drawn = []
    if len(sexes) > 1 and choice.gap == "none":
        links = {words(f"explore.sex.{one}"): view.exploring(sexes=_toggled(one, choice.sexes))
                 for one in sexes}  # fmt: skip
        chosen = {words(f"explore.sex.{one}") for one in choice.sexes if one in sexes}
        drawn.append(segments("explore.sexes", links, chosen, words))
    if found.selection.has_both_sexes or choice.gap != "none":
        drawn.append(_closed("gap", GAPS, found, view))
    return [_closed("chart", CHARTS, found, view), *drawn]


def _closed(field: str, values: Sequence[str], found: Explored, view: View) -> html.Div:
    words = found.words
    links = {words(f"explore.{field}.{one}"): view.exploring(**{field: one}) for one in values}
    chosen = words(f"explore.{field}.{getattr(found.selection.choice, field)}")
    return segments(f"explore.{field}", links, chosen, words)


def _toggled(one: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """The choice with one taken in or left out; the last one stays."""
    if one not in chosen:
        return tuple(sorted([*chosen, one]))
    return tuple(other for other in chosen if other != one) or (one,)


# Options ---------------------------------------------------------------------------------------


def _indicator_options(
    catalogue: pl.DataFrame, present: pl.DataFrame, found: Explored
) -> list[dict[str, Any]]:
    """The indicators that have figures, under the groups of the catalogue."""
    known = set(present["indicator_id"])
    groups: dict[str, list[dict[str, str]]] = {}
    for row in catalogue.iter_rows(named=True):
        if row["indicator_id"] in known:
            option = {"value": row["indicator_id"], "label": found.words.pick(row, "name")}
            groups.setdefault(found.words.pick(row, "group"), []).append(option)
    return [{"group": group, "items": items} for group, items in groups.items()]


def _locality_options(listed: pl.DataFrame, found: Explored) -> list[dict[str, Any]]:
    """Localities besides the chosen one, and whole levels at once."""
    words = found.words
    at_once = [
        {"value": one, "label": words(f"explore.every.{one}")}
        for one in (EVERY_PROVINCE, EVERY_REGION)
    ]
    groups: dict[str, list[dict[str, str]]] = {words("explore.level.every"): at_once}
    for row in listed.iter_rows(named=True):
        if row["locality_id"] == found.selection.chosen:
            continue
        level = row["level"] if row["level"] in _LEVELS else "other"
        option = {"value": row["locality_id"], "label": words.pick(row, "name")}
        groups.setdefault(words(f"explore.level.{level}"), []).append(option)
    return [{"group": group, "items": items} for group, items in groups.items()]


def _shown_others(found: Explored, view: View) -> list[str]:
    """What stands in the list of others: a whole level by its name, not one by one."""
    asked = view.exploration.others
    if not asked:
        everywhere = view.locality == ALL_LOCALITIES
        return [EVERY_PROVINCE] if everywhere else list(found.selection.choice.others)
    known = {EVERY_PROVINCE, EVERY_REGION, *found.selection.choice.others}
    return [one for one in asked if one in known]


def _narrowing(found: Explored) -> dict[str, tuple[list[Any], list[str]]]:
    """Ages, groups and sources, where there is something to choose."""
    choice, present, names = found.selection.choice, found.selection.present, found.names
    rows = list(present.iter_rows(named=True))
    options: Mapping[str, dict[str, str]] = {
        "ages": {row["age"]: names.group({**row, "breakdown": "_T"}) for row in rows},
        "groups": {row["breakdown"]: names.breakdown(row) for row in rows},
        "sources": {f"{row['source_family']}:{row['definition']}": names.source(row)
                    for row in rows},
    }  # fmt: skip
    return {
        field: (
            [{"value": value, "label": label} for value, label in named.items()],
            [one for one in getattr(choice, field) if one in named],
        )
        for field, named in options.items()
        if len(named) > 1
    }


def _years(found: Explored) -> list[int]:
    """Years to choose from; those asked for are among them whatever the figures are."""
    choice = found.selection.choice
    asked = {int(choice.first), int(choice.last)} - {0}
    return sorted({*found.selection.years, *asked})
