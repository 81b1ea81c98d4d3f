"""Two indicators of one year against each other: a dot a locality."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import polars as pl

from dashboard.figures.marks import WHOLE_NUMBERS, Figure, Scale, value_range
from dashboard.texts import Words
from dashboard.theme import COLOURS, figure_layout, mark_synthetic

HEIGHT: Final = 560
_MOST_NAMES: Final = 20  # dots that have their names beside them
_COLOURS: Final = {"chosen": COLOURS["accent"], "nation": COLOURS["ink"]}


def scatter_figure(
    pairs: pl.DataFrame, scales: tuple[Scale, Scale], titles: tuple[str, str], words: Words
) -> Figure:
    """The chart.

    Args:
        pairs: one row per locality: ``place``, ``role``, ``year``, ``value``, ``value_y``,
            ``is_hollow``, ``is_rebuilt``, ``is_synthetic``, ``observation_id``.
        scales: how the values of the horizontal and of the vertical axis are written.
        titles: what the two axes show.
        words: the texts of one language.
    """
    colours = [_COLOURS.get(role, COLOURS["not_assessable"]) for role in pairs["role"]]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [float(one) for one in pairs["value"]],
        "y": [float(one) for one in pairs["value_y"]],
        "customdata": pairs["observation_id"].to_list(),
        "text": _names(pairs),
        "textposition": _sides(pairs),
        "textfont": {"size": 11},
        "hovertext": [escape(one, quote=False) for one in pairs["place"]],
        "hovertemplate": (
            f"%{{hovertext}}<br>{escape(titles[0], quote=False)}: {scales[0].hover('x')}"
            f"<br>{escape(titles[1], quote=False)}: {scales[1].hover('y')}<extra></extra>"
        ),
        "marker": {
            "size": 10,
            "symbol": ["diamond" if one else "circle" for one in pairs["is_rebuilt"]],
            "color": [
                COLOURS["paper"] if is_hollow else colour
                for colour, is_hollow in zip(colours, pairs["is_hollow"], strict=True)
            ],
            "line": {"color": colours, "width": 1.5},
        },
    }
    return {"data": [trace], "layout": _layout(pairs, titles, words)}


def _layout(pairs: pl.DataFrame, titles: tuple[str, str], words: Words) -> dict[str, Any]:
    layout = figure_layout(words.language)
    layout["height"] = HEIGHT
    layout["hovermode"] = "closest"
    layout["annotations"] = []
    for axis, column, title in (("xaxis", "value", titles[0]), ("yaxis", "value_y", titles[1])):
        layout[axis].pop("tickformat", None)
        layout[axis].update(
            range=list(value_range([float(one) for one in pairs[column]])),
            **WHOLE_NUMBERS,
            showgrid=True,
            nticks=6,
            title={"text": escape(title, quote=False), "font": {"size": 12}},
        )
    if pairs["is_synthetic"].any():
        mark_synthetic(layout, words)
    return layout


def _names(pairs: pl.DataFrame) -> list[str]:
    """Names beside the dots: all if they are few, else those at the edges and the chosen."""
    shown = set(pairs["place"])
    if pairs.height > _MOST_NAMES:
        ends = [pairs.sort(column, "place") for column in ("value", "value_y")]
        shown = {one for ordered in ends for side in (ordered.head(2), ordered.tail(2))
                 for one in side["place"]}  # fmt: skip
        shown |= set(pairs.filter(pl.col("role") != "other")["place"])
    return [escape(one, quote=False) if one in shown else "" for one in pairs["place"]]


def _sides(pairs: pl.DataFrame) -> list[str]:
    """Names stand towards the middle, so that none leaves the frame."""
    is_left = pairs.select(pl.col("value") <= pl.col("value").median()).to_series()
    return ["middle right" if one else "middle left" for one in is_left]
