"""Colours and type, declared once for the pages, the components and the figures.

Style sheets name a colour by its CSS variable and figures by ``COLOURS``, the light palette. The
browser exchanges the colours of a figure for the dark ones (``assets/early_theme.js``), so no
answer of the server depends on the theme that a reader has chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc

from dashboard.address import Language
from dashboard.texts import Words

FONT: Final = "'Be Vietnam Pro', system-ui, sans-serif"

COLOURS: Final[dict[str, str]] = {
    "ink": "#1B2430",
    "muted": "#5B6675",
    "hairline": "#D9DEE5",
    "paper": "#FFFFFF",
    "panel": "#F6F7F9",
    "chosen": "#EEF3FA",  # ground of the chosen locality
    "control": "#7A828D",  # borders of inputs and rulers
    "accent": "#1F4E8C",
    "other": "#8A6D3B",  # the second source of a figure
    "third": "#2A7F9E",
    "fourth": "#6A3D9A",
    "women": "#6A3D9A",
    "men": "#2A7F9E",
    "met": "#007A5E",
    "partially_met": "#007A5E",
    "near": "#B26A00",
    "not_met": "#C23B00",
    "on_the_way": "#3D6DA8",
    "not_assessable": "#7A828D",
    "ribbon": "#FFF3D6",  # ground of the mark of made-up figures
    "ribbon_stripe": "#FFE7AD",
    # The map: at the target, low, in between; no figure and the stripes over it; borders.
    "at_target": "#F3F1EC",
    "low": "#E4ECF6",
    "middle": "#6792CA",
    "unknown": "#F1F3F6",
    "stripe": "#A9B0BA",
    "border": "#6B7480",  # dark: at this scale an island is little more than its border
}

# The same names on a dark ground. Each colour stands for one of the light palette and only for it,
# so that the browser can exchange them both ways.
DARK: Final[dict[str, str]] = {
    "ink": "#E8ECF2",
    "muted": "#A8B2C0",
    "hairline": "#3A4452",
    "paper": "#151A21",
    "panel": "#1D242D",
    "chosen": "#1E2E45",
    "control": "#8B96A5",
    "accent": "#8FB7EF",
    "other": "#CDAA6C",
    "third": "#5FB6D3",
    "fourth": "#BC97E6",
    "women": "#BC97E6",
    "men": "#5FB6D3",
    "met": "#3FBF9B",
    "partially_met": "#3FBF9B",
    "near": "#E3A13B",
    "not_met": "#FF8C5F",
    "on_the_way": "#86AFE4",
    "not_assessable": "#8B96A5",
    "ribbon": "#3B2F14",
    "ribbon_stripe": "#4B3B17",
    "at_target": "#46484D",
    "low": "#24354E",
    "middle": "#4C7BBB",
    "unknown": "#222932",
    "stripe": "#5A6573",
    "border": "#98A3B1",
}

# Lines of further sources: told apart by dash as well as by colour.
OTHER_SERIES: Final = (
    (COLOURS["other"], "dot"),
    (COLOURS["third"], "dashdot"),
    (COLOURS["fourth"], "longdash"),
    (COLOURS["muted"], "longdashdot"),
)

MANTINE_THEME: Final[dict[str, Any]] = {
    "fontFamily": FONT,
    "defaultRadius": 6,
    "primaryColor": "accent",
    "primaryShade": 7,
    "colors": {
        "accent": [
            "#EEF3FA", "#DAE4F2", "#B3C8E4", "#8AABD6", "#6792CA",
            "#5183C3", "#3D6DA8", "#1F4E8C", "#1B447A", "#163967",
        ]
    },
}  # fmt: skip

_ROOM_FOR_MARK: Final = 24  # pixels above the plot


def style_variables() -> str:
    """The colours as CSS custom properties of the page; paper is always light."""
    light = f":root{{{_declared(COLOURS)}--font:{FONT};color-scheme:light;}}"
    dark = f":root[data-theme=dark]{{{_declared(DARK)}color-scheme:dark;}}"
    return f"{light}@media screen{{{dark}}}"


def _declared(palette: Mapping[str, str]) -> str:
    return "".join(f"{_variable(name)}:{value};" for name, value in palette.items())


def _variable(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def css_colour(name: str) -> str:
    """A colour for the style of a component: it follows the theme, which a value would not."""
    return f"var({_variable(name)})"


def translucent(name: str, share: float) -> str:
    """A colour that lets ``1 - share`` of what is below it through, for figures."""
    red, green, blue = (int(COLOURS[name][at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def dark_colours() -> dict[str, str]:
    """Every colour of the light palette and what stands for it in the dark."""
    return {value: DARK[name] for name, value in COLOURS.items()}


def figure_layout(language: Language) -> dict[str, Any]:
    """The layout that every figure starts from, as a plain dictionary."""
    axis = {
        "gridcolor": COLOURS["hairline"],
        "linecolor": COLOURS["hairline"],
        "tickcolor": COLOURS["hairline"],
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
    return {
        "template": {"layout": {}},
        "font": {"family": FONT, "size": 13, "color": COLOURS["ink"]},
        "paper_bgcolor": COLOURS["paper"],
        "plot_bgcolor": COLOURS["paper"],
        "separators": ",." if language == "vi" else ".,",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT}, "bgcolor": COLOURS["paper"]},
        "xaxis": {**axis, "showgrid": False, "tickformat": "d"},
        "yaxis": dict(axis),
    }


def mark_synthetic(layout: dict[str, Any], words: Words) -> None:
    """Write into a figure with made-up values that they are, so that a picture of it says so."""
    layout["margin"]["t"] = max(layout["margin"]["t"], _ROOM_FOR_MARK)
    mark = {
        "text": words("synthetic.ribbon"),
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": COLOURS["muted"]},
    }
    layout["annotations"] = [*layout.get("annotations", ()), mark]


# No bar of buttons: its texts are English only and its logo leads to another host.
FIGURE_CONFIG: Final = dcc.Graph.Config(displayModeBar=False, displaylogo=False, responsive=True)
