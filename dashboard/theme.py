"""Colours and type, declared once for the pages, the components and the figures."""

from __future__ import annotations

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
    "accent": "#1F4E8C",
    "other": "#8A6D3B",  # the second source of a figure
    "met": "#007A5E",
    "partially_met": "#007A5E",
    "near": "#B26A00",
    "not_met": "#C23B00",
    "on_the_way": "#3D6DA8",
    "not_assessable": "#7A828D",
}

# Lines of further sources: told apart by dash as well as by colour.
OTHER_SERIES: Final = (
    ("#8A6D3B", "dot"),
    ("#2A7F9E", "dashdot"),
    ("#6A3D9A", "longdash"),
    ("#5B6675", "longdashdot"),
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
    """The colours as CSS custom properties of the page."""
    declared = "".join(f"--{name.replace('_', '-')}:{value};" for name, value in COLOURS.items())
    return f":root{{{declared}--font:{FONT};}}"


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
