"""Explored figures of one year: localities below each other, as dots or as bars."""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import Any, Final

import polars as pl

from dashboard.figures.marks import (
    WHOLE_NUMBERS,
    Figure,
    Look,
    Scale,
    looks,
    point_marks,
    value_range,
)
from dashboard.sentences import number
from dashboard.texts import Words
from dashboard.theme import COLOURS, figure_layout, mark_synthetic

_ROW: Final = 24  # pixels of a locality
_BAR: Final = 11  # pixels of one of several bars of a locality
_AROUND: Final = 64  # pixels above and below the rows
_LEAST: Final = 140
_NAME_WIDTH: Final = 24  # characters of a line of a name
_MARK: Final = 20  # pixels of the line that says that figures are made up
_HALF: Final = 0.5
_LEFT, _ABOVE, _RIGHT = "middle left", "top center", "middle right"  # of a dot, for its text

Outside = dict[tuple[str, str], tuple[str, str]]  # by locality and label: a text and its side


def dots_figure(points: pl.DataFrame, year: int, scale: Scale, words: Words) -> Figure:
    """A dot per series in the row of its locality, a line between those of one locality.

    Args:
        points: of :func:`dashboard.exploration.points.styled`, one year per line; ``label`` is
            what tells the series of one locality apart, empty if there is only one.
        year: that is shown; a figure of another year has it printed beside.
        scale: how the values are written.
        words: the texts of one language.
    """
    rows = _rows(points)
    layout = _layout(points, rows, words)
    series = _series(points)
    traces = [_bridges(points, rows)] if len(series) > 1 else []
    outside = _years_outside(points, year)
    for part, drawn in series:
        dots = _dots(part, rows, drawn, year, scale, words)
        traces.append({**dots, **_beside(part, outside)} if len(series) > 1 else dots)
    low, high = value_range([float(one) for one in points["value"]])
    room = (high - low) * 0.1  # for a text beside the outermost dot
    to_the_left = any(side == _LEFT for _, side in outside.values())
    layout["xaxis"]["range"] = [low - room * to_the_left, high + room]
    layout["xaxis"]["showgrid"] = True
    _legend(layout, len(series))
    return {"data": traces, "layout": layout}


def bars_figure(points: pl.DataFrame, year: int, scale: Scale, words: Words) -> Figure:
    """A bar from nought per series and locality; arguments as for the dots."""
    rows = _rows(points)
    series = _series(points)
    layout = _layout(points, rows, words)
    if len(series) > 1:
        layout["height"] = _AROUND + len(rows) * (_BAR * len(series) + 10)
    layout.update(barmode="group", bargap=0.3, bargroupgap=0.05)
    layout["xaxis"].update(showgrid=True, rangemode="tozero", zeroline=True)
    layout["xaxis"]["zerolinecolor"] = COLOURS["muted"]
    _legend(layout, len(series))
    traces = [_bars(part, rows, drawn, year, scale, words) for part, drawn in series]
    return {"data": traces, "layout": layout}


def _rows(points: pl.DataFrame) -> dict[str, int]:
    """Localities and their rows: the lowest value of the first series at the bottom."""
    first = points["label"][0]
    own = points.filter(label=first).sort("value", "locality_id", descending=[False, True])
    rest = points.filter(~pl.col("locality_id").is_in(own["locality_id"].implode()))
    ordered = [*rest["locality_id"].unique(maintain_order=True), *own["locality_id"]]
    return {one: row for row, one in enumerate(dict.fromkeys(ordered))}


def _series(points: pl.DataFrame) -> list[tuple[pl.DataFrame, Look]]:
    parts = points.partition_by("label", maintain_order=True)
    return list(zip(parts, looks(pl.concat([part.head(1) for part in parts])), strict=True))


def _layout(points: pl.DataFrame, rows: dict[str, int], words: Words) -> dict[str, Any]:
    layout = figure_layout(words.language)
    named = points.unique("locality_id", keep="first")
    names = {
        row["locality_id"]: _name(row["place"], row["is_chosen"])
        for row in named.select("locality_id", "place", "is_chosen").iter_rows(named=True)
    }
    layout["height"] = max(_LEAST, _AROUND + _ROW * len(rows))
    layout["hovermode"] = "closest"
    layout["annotations"] = []
    layout["xaxis"].pop("tickformat")
    layout["xaxis"].update(WHOLE_NUMBERS)
    layout["yaxis"].update(
        tickvals=list(rows.values()),
        ticktext=[names[one] for one in rows],
        range=[-_HALF - 0.1, len(rows) - _HALF + 0.1],
        showgrid=False,
    )
    if points["is_synthetic"].any():
        mark_synthetic(layout, words)
    return layout


def _name(place: str, is_chosen: bool) -> str:
    text = "<br>".join(escape(line, quote=False) for line in wrap(place, _NAME_WIDTH))
    return f"<b>{text}</b>" if is_chosen else text


def _legend(layout: dict[str, Any], count: int) -> None:
    if count > 1:
        layout["showlegend"] = True
        layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}
    if count > 1 and layout["annotations"]:
        # The mark of made-up figures stands above the names: on a phone it would lie on them.
        layout["annotations"][-1]["yshift"] = _MARK
        layout["margin"]["t"] += _MARK
        layout["height"] += _MARK


def _bridges(points: pl.DataFrame, rows: dict[str, int]) -> dict[str, Any]:
    """A line in each row from its lowest to its highest dot."""
    ends = points.group_by("locality_id", maintain_order=True).agg(
        pl.col("value").min().alias("low"), pl.col("value").max().alias("high")
    )
    x: list[float | None] = []
    y: list[int | None] = []
    for place, low, high in ends.iter_rows():
        x += [float(low), float(high), None]
        y += [rows[place], rows[place], None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "showlegend": False, "line": {"color": COLOURS["hairline"], "width": 4},
    }  # fmt: skip


def _years_outside(points: pl.DataFrame, year: int) -> Outside:
    """The years that dots say beside them, clear of the line that joins those of a row.

    A row of one other year says it once, at its right end; where years differ each dot says its
    own.
    """
    told: Outside = {}
    for (place,), row in points.sort("value").group_by("locality_id", maintain_order=True):
        labels, years = row["label"].to_list(), row["year"].to_list()
        if set(years) == {year}:
            continue
        if len(set(years)) == 1:
            told[str(place), labels[-1]] = (f"({years[-1]})", _RIGHT)
            continue
        sides = [_LEFT, *[_ABOVE] * (len(years) - 2), _RIGHT]
        for label, one, side in zip(labels, years, sides, strict=True):
            told[str(place), label] = (f"({one})", side)
    return told


def _beside(part: pl.DataFrame, outside: Outside) -> dict[str, Any]:
    """The texts of one series and their sides, in place of those that stand at every dot."""
    keys = part.select("locality_id", "label").iter_rows()
    told = [outside.get(key, ("", _RIGHT)) for key in keys]
    return {"text": [text for text, _ in told], "textposition": [side for _, side in told]}


def _dots(
    part: pl.DataFrame,
    rows: dict[str, int],
    drawn: Look,
    year: int,
    scale: Scale,
    words: Words,
) -> dict[str, Any]:
    marks = point_marks(part, drawn, 10)
    colours = _colours(part, drawn)
    hollow = part["is_hollow"]
    marks["color"] = [COLOURS["paper"] if is_hollow else colour
                      for colour, is_hollow in zip(colours, hollow, strict=True)]  # fmt: skip
    marks["line"]["color"] = colours
    return {
        **_common(part, rows, year, scale, words),
        "type": "scatter",
        "mode": "markers+text",
        "textposition": _RIGHT,
        "cliponaxis": False,
        "marker": marks,
    }


def _bars(
    part: pl.DataFrame,
    rows: dict[str, int],
    drawn: Look,
    year: int,
    scale: Scale,
    words: Words,
) -> dict[str, Any]:
    colours = _colours(part, drawn)
    hollow = part["is_hollow"]
    fills = [COLOURS["paper"] if is_hollow else colour
             for colour, is_hollow in zip(colours, hollow, strict=True)]  # fmt: skip
    shapes = ["/" if one else "" for one in part["is_rebuilt"]]
    return {
        **_common(part, rows, year, scale, words),
        "type": "bar",
        "orientation": "h",
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": fills,
            "line": {"color": colours, "width": 1.5},
            "pattern": {"shape": shapes, "fgcolor": COLOURS["paper"], "size": 5, "solidity": 0.2},
        },
    }


def _colours(part: pl.DataFrame, drawn: Look) -> list[str]:
    """Where localities are told apart, the chosen one and the nation have colours of their own."""
    if part["label"][0]:
        return [drawn.colour] * part.height
    own = {"chosen": COLOURS["accent"], "nation": COLOURS["ink"]}
    return [own.get(role, COLOURS["not_assessable"]) for role in part["role"]]


def _common(
    part: pl.DataFrame, rows: dict[str, int], year: int, scale: Scale, words: Words
) -> dict[str, Any]:
    name = escape(part["label"][0], quote=False)
    places = [escape(one, quote=False) for one in part["place"]]
    said = f"%{{hovertext}}{f', {name}' if name else ''}: {scale.hover('x')}<extra></extra>"
    return {
        "name": name,
        "x": [float(one) for one in part["value"]],
        "y": [rows[one] for one in part["locality_id"]],
        "customdata": part["observation_id"].to_list(),
        "text": _texts(part, year, words),
        "textfont": {"size": 11, "color": COLOURS["muted"]},
        "hovertext": [f"{place} {one}" for place, one in zip(places, part["year"], strict=True)],
        "hovertemplate": said,
    }


def _texts(part: pl.DataFrame, year: int, words: Words) -> list[str]:
    """Beside a dot or a bar: its value where a row has only one, and its year if it is another."""
    is_alone = not part["label"][0]
    told = []
    for value, decimals, one in part.select("published", "decimals", "year").iter_rows():
        parts = [number(value, decimals, words)] if is_alone else []
        parts += [f"({one})"] if one != year else []
        told.append(" ".join(parts))
    return told
