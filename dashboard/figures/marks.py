"""How the lines and points of explored figures look, and how their values are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any, Final

import polars as pl

from dashboard.theme import COLOURS, OTHER_SERIES

Figure = dict[str, Any]

_LABEL_WIDTH: Final = 18  # characters in a line of a label
_CHARACTER: Final = 6.6  # pixels of one at the size of labels
LABEL_SIZE: Final = 12
YEARS_NAMED: Final = 5  # on an axis: they must not touch on a phone
# An axis writes 50.000, not 50k.
WHOLE_NUMBERS: Final[dict[str, Any]] = {"exponentformat": "none", "separatethousands": True}
LINE_HEIGHT: Final = 14  # pixels of a line of a label


@dataclass(frozen=True)
class Scale:
    """How the values of one chart are written.

    Attributes:
        unit: the words around a value, as ``{value}%``.
        decimals: of the value.
        limits: of the axis where several charts share it; else each fits its own values.
    """

    unit: str
    decimals: int
    limits: tuple[float, float] | None = None

    def hover(self, axis: str) -> str:
        """The value at a point, for the drawing library to fill in."""
        return self.unit.format(value=f"%{{{axis}:,.{self.decimals}f}}")


@dataclass(frozen=True)
class Look:
    """Colour, dash and width of a line, shape of a point."""

    colour: str
    dash: str
    width: float
    symbol: str = "circle"


_LOOKS: Final = {
    "chosen": Look(COLOURS["accent"], "solid", 2.75),
    "nation": Look(COLOURS["ink"], "solid", 2),
    "other": Look(COLOURS["not_assessable"], "solid", 1.25),
    "women": Look(COLOURS["women"], "solid", 2),
    "men": Look(COLOURS["men"], "dash", 2, "square"),
    "both": Look(COLOURS["ink"], "dot", 2, "triangle-up"),
}
_FIRST_SERIES: Final = Look(COLOURS["accent"], "solid", 2.25)


def look(role: str, index: int) -> Look:
    """How a line of that role looks; ``index`` counts those that have no meaning of their own."""
    if role in _LOOKS:
        return _LOOKS[role]
    if index == 0:
        return _FIRST_SERIES
    colour, dash = OTHER_SERIES[(index - 1) % len(OTHER_SERIES)]
    return Look(colour, dash, 2, ("square", "triangle-up", "pentagon")[(index - 1) % 3])


def looks(lines: pl.DataFrame) -> list[Look]:
    """The look of each line of a frame with a ``role`` per row."""
    found, count = [], 0
    for role in lines["role"]:
        found.append(look(role, count))
        count += role in ("series", "chosen")
    return found


def label(text: str) -> str:
    """A name as the drawing library shows it: in short lines, and only as text."""
    return "<br>".join(escape(line, quote=False) for line in wrap(text, _LABEL_WIDTH)) or " "


def label_room(labels: Sequence[str]) -> int:
    """Pixels that the longest line of some labels needs."""
    widest = max((len(line) for one in labels for line in one.split("<br>")), default=0)
    return int(widest * _CHARACTER) + 12


def spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Places of labels along an axis, each as near to where it should be as the others allow.

    Args:
        wanted: where each label should stand, in pixels.
        sizes: the height of each.
    """
    piles: list[list[int]] = []
    for index in sorted(range(len(wanted)), key=lambda one: wanted[one]):
        piles.append([index])
        while len(piles) > 1 and _foot(piles[-2], wanted, sizes) + sum(
            sizes[one] for one in piles[-2]
        ) > _foot(piles[-1], wanted, sizes):
            piles[-2:] = [piles[-2] + piles[-1]]
    placed = list(wanted)
    for pile in piles:
        foot = _foot(pile, wanted, sizes)
        for index in pile:
            placed[index] = foot + sizes[index] / 2
            foot += sizes[index]
    return placed


def _foot(pile: Sequence[int], wanted: Sequence[float], sizes: Sequence[float]) -> float:
    """Where labels that stand on each other begin, so that they are nearest to their places."""
    below, feet = 0.0, 0.0
    for index in pile:
        feet += wanted[index] - sizes[index] / 2 - below
        below += sizes[index]
    return feet / len(pile)


def value_range(values: Sequence[float]) -> tuple[float, float]:
    """From a little below the lowest to a little above the highest."""
    low, high = min(values), max(values)
    padding = (high - low) * 0.08 or max(abs(high) * 0.05, 0.5)
    return low - padding, high + padding


def year_axis(first: int, last: int, room: int = YEARS_NAMED) -> dict[str, Any]:
    """Settings of an axis of years: whole years, at most ``room`` of them named."""
    span = last - first
    step = next((one for one in (1, 2, 5, 10, 20) if span / one < room), 50)
    padding = max(0.3, span * 0.025)
    return {
        "range": [first - padding, last + padding],
        "dtick": step,
        "tick0": 2020,
        "tickangle": 0,
    }


def point_marks(
    points: Mapping[str, Iterable[Any]] | pl.DataFrame, drawn: Look, size: float
) -> dict[str, Any]:
    """Markers: hollow where provisional, a diamond where rebuilt; short where all are alike."""
    fills: Any = [COLOURS["paper"] if one else drawn.colour for one in points["is_hollow"]]
    symbols: Any = ["diamond" if one else drawn.symbol for one in points["is_rebuilt"]]
    return {
        "size": size,
        "color": _short(fills),
        "symbol": _short(symbols),
        "line": {"color": drawn.colour, "width": 1.5},
    }


def _short(values: list[str]) -> Any:
    return values[0] if len(set(values)) == 1 else values
