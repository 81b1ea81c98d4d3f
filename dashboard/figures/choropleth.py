"""The map of one subject: provinces, stripes where nothing is known, both archipelagos.

The borders are fetched by the browser from addresses of this server; the figure holds only one
number and one text per province.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from dash import dcc

from dashboard.boundaries import Archipelago, archipelagos, hatching_address, provinces_address
from dashboard.texts import Words
from dashboard.theme import COLOURS, figure_layout, translucent

Figure = dict[str, Any]

# The whole country with both archipelagos: the frame of Trường Sa ends at 117.2° E.
LONGITUDES: Final = (101.7, 117.7)
LATITUDES: Final = (6.2, 23.8)

# Names of colours.
DIVERGING: Final = ("not_met", "at_target", "met")  # worse, at the target, better
SEQUENTIAL: Final = ("low", "middle", "accent")
_UNSEEN: Final = translucent("paper", 0)

# Nothing of the drawing library's own world map is drawn; it asks for its file nevertheless.
MAP_CONFIG: Final = dcc.Graph.Config(
    displayModeBar=False,
    displaylogo=False,
    responsive=True,
    scrollZoom=False,
    topojsonURL="/assets/map/",
)


@dataclass(frozen=True)
class Mark:
    """One province: its ``code`` on the map, what it shows and where it leads."""

    code: str
    value: float | None  # None: no figure
    text: str
    href: str


def choropleth(
    marks: Sequence[Mark],
    geography: str,
    colours: tuple[str, str, str],
    limits: tuple[float, float],
    chosen: str | None,
    words: Words,
    *,
    is_small: bool = False,
) -> Figure:
    """The map as a plain dictionary.

    Args:
        marks: every province of the geography.
        geography: ``2025`` or ``2004``.
        colours: names of those of the lower limit, the middle and the upper limit.
        limits: values that the first and the last colour stand for.
        chosen: code of the province to outline, or None.
        words: the texts of one language.
        is_small: whether the names have to fit a map of a hand's width.
    """
    borders = provinces_address(geography)
    known = [mark for mark in marks if mark.value is not None]
    unknown = [mark for mark in marks if mark.value is None]
    traces = []
    stripe = COLOURS["stripe"]
    if unknown:
        traces.append(_areas(borders, unknown, _flat(COLOURS["unknown"]), stripe))
        hatching = _areas(
            hatching_address(geography), unknown, _flat(COLOURS["stripe"]), COLOURS["stripe"]
        )
        traces.append({**hatching, "hoverinfo": "skip", "marker": {"line": {"width": 0}}})
    if known:
        scale = [
            [place, COLOURS[colour]] for place, colour in zip((0, 0.5, 1), colours, strict=True)
        ]
        areas = _areas(borders, known, scale, COLOURS["border"])
        traces.append({**areas, "zmin": limits[0], "zmax": limits[1]})
    outlined = [mark for mark in marks if mark.code == chosen]
    if outlined:
        outline = _areas(borders, outlined, _flat(_UNSEEN), COLOURS["ink"])
        traces.append({**outline, "marker": {"line": {"color": COLOURS["ink"], "width": 2.5}}})
    traces += [_frame(archipelago) for archipelago in archipelagos()]
    traces.append(_names(archipelagos(), 8 if is_small else 11.5, words))
    layout = figure_layout(words.language)
    del layout["xaxis"], layout["yaxis"]
    layout.update(geo=_window(), dragmode=False, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return {"data": traces, "layout": layout}


def _flat(colour: str) -> list[list[Any]]:
    return [[0, colour], [1, colour]]


def _areas(
    address: str, marks: Sequence[Mark], scale: list[list[Any]], border: str
) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": address,
        "featureidkey": "properties.code",
        "locationmode": "geojson-id",
        "locations": [mark.code for mark in marks],
        "z": [mark.value or 0 for mark in marks],
        "text": [escape(mark.text, quote=False) for mark in marks],
        "customdata": [mark.href for mark in marks],
        "hoverinfo": "text",
        "colorscale": scale,
        "showscale": False,
        "marker": {"line": {"color": border, "width": 0.5}},
    }


def _frame(archipelago: Archipelago) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": [point[0] for point in archipelago.frame],
        "lat": [point[1] for point in archipelago.frame],
        "line": {"color": COLOURS["not_assessable"], "width": 1},
        "hoverinfo": "skip",
    }


def _names(shown: Sequence[Archipelago], size: float, words: Words) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [archipelago.label[0] for archipelago in shown],
        "lat": [archipelago.label[1] for archipelago in shown],
        "text": [
            archipelago.name_vi if words.language == "vi" else archipelago.name_en
            for archipelago in shown
        ],
        "textfont": {"size": size, "color": COLOURS["ink"]},
        "textposition": "middle center",
        "hoverinfo": "skip",
    }


def _window() -> dict[str, Any]:
    """The part of the earth in view; none of the library's own layers."""
    return {
        "visible": False,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": list(LONGITUDES)},
        "lataxis": {"range": list(LATITUDES)},
        "bgcolor": COLOURS["paper"],
    }
