"""Target lines of a trend: one per value, named in the margin where no figure can be covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

from dashboard.queries import Row
from dashboard.sentences import condition
from dashboard.texts import Words
from dashboard.theme import COLOURS

MARGIN: Final = 92  # pixels for the names, right of the plot
_CROWDED: Final = 0.16  # names closer than this share of the axis are moved apart
_CROWDED_IF_LOW: Final = 0.32  # in a chart half as high


def milestone_lines(
    milestones: Sequence[Row], years: tuple[int, int], words: Words
) -> list[dict[str, Any]]:
    """A thin line over all ``years`` for every target value."""
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(years),
            "y": [float(value), float(value)],
            "hovertext": ", ".join(names),
            "hoverinfo": "text",
            "showlegend": False,
            "line": {"color": COLOURS["ink"], "width": 1.25},
        }
        for value, names in _named_values(milestones, ": ", words("figure.and"), words).items()
    ]


def milestone_names(
    milestones: Sequence[Row], value_range: Sequence[float], words: Words, *, is_low: bool = False
) -> list[dict[str, Any]]:
    """The names at the end of the lines; two that would touch are moved apart."""
    apart = _CROWDED_IF_LOW if is_low else _CROWDED
    joined = ", " if is_low else words("figure.and")
    named = _named_values(milestones, "<br>", joined, words)
    low, high = value_range
    ends = [float(value) for value in named]
    crowded = len(ends) == 2 and abs(ends[0] - ends[1]) < apart * (high - low)
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": float(value),
            "text": "<br>".join(names),
            "showarrow": False,
            "align": "left",
            "xanchor": "left",
            "xshift": 4,
            "yanchor": "middle"
            if not crowded
            else "bottom"
            if float(value) == max(ends)
            else "top",
            "font": {"size": 10.5 if is_low else 12},
        }
        for value, names in named.items()
    ]


def _named_values(
    milestones: Sequence[Row], separator: str, joined: str, words: Words
) -> Mapping[Decimal, list[str]]:
    """Every target value with the names of its milestones; a range has two values."""
    by_value: dict[Decimal, dict[str, list[str]]] = {}
    for row in milestones:
        for value in (row["target_value"], row["target_upper"]):
            if value is not None:
                asked = escape(condition(row, words), quote=False)  # "< 30%" is no tag
                years = by_value.setdefault(value, {}).setdefault(asked, [])
                years.append(str(row["milestone_year"]))
    return {
        value: [
            words("figure.milestone", years=joined.join(years)) + separator + asked
            for asked, years in conditions.items()
        ]
        for value, conditions in by_value.items()
    }
