"""Where the marks of a bullet and the line of a sparkline stand; pure functions of rows.

Positions are percent of the width. A bullet has a scale of its own, drawn around its own values:
positions are compared within a row, never between rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final
from urllib.parse import quote

from dashboard.queries import Row

Scale = tuple[float, float]

_ROOM: Final = 0.4  # on either side, in widths of what is drawn: for the names of the targets
_CROWDED: Final = 30.0  # names closer than this point away from each other
_EDGE: Final = 14.0  # a name nearer to an end points away from it
_UPPER_BOUNDS: Final = ("<", "<=")
_LOWER_BOUNDS: Final = (">", ">=")
_BREAK: Final = "B"
_WIDTH, _HEIGHT, _INSET = 100, 30, 4  # of a sparkline, in its own units


@dataclass(frozen=True)
class Tick:
    """A target value, the milestones that ask for it and the side that its name stands on."""

    position: float
    milestones: tuple[Row, ...]
    side: str  # "start", "middle", "end": where the name begins at, is centred on, ends at


def scale(values: Iterable[Decimal]) -> Scale:
    """Ends of a scale that holds the values, with room for names on both sides."""
    found = [float(value) for value in values]
    low, high = min(found), max(found)
    room = (high - low) * _ROOM or abs(high) * _ROOM or 1.0
    return low - room, high + room


def position(value: Decimal, ends: Scale) -> float:
    """Where a value stands, in percent of the width."""
    low, high = ends
    return round((float(value) - low) / (high - low) * 100, 2)


def side_of(at: float) -> str:
    """Where a name stands so that it does not leave the drawing."""
    return "start" if at < _EDGE else "end" if at > 100 - _EDGE else "middle"


def ticks(milestones: Sequence[Row], ends: Scale) -> list[Tick]:
    """One tick per target value, from left to right; the upper end of a range is one too."""
    by_value: dict[Decimal, list[Row]] = {}
    for row in milestones:
        for value in (row["target_value"], row["target_upper"]):
            if value is not None:
                by_value.setdefault(value, []).append(row)
    places = [(position(value, ends), tuple(rows)) for value, rows in sorted(by_value.items())]
    sides = [side_of(at) for at, _ in places]
    for left, (one, other) in enumerate(pairwise(at for at, _ in places)):
        if other - one < _CROWDED:
            sides[left], sides[left + 1] = "end", "start"
    return [Tick(at, rows, side) for (at, rows), side in zip(places, sides, strict=True)]


def zone(row: Row, ends: Scale) -> tuple[float, float] | None:
    """From where to where a value meets the milestone; None where that is no stretch."""
    value, upper = row["target_value"], row["target_upper"]
    if value is None:
        return None
    at = position(value, ends)
    if row["operator"] in _LOWER_BOUNDS:
        return at, 100.0
    if row["operator"] in _UPPER_BOUNDS:
        return 0.0, at
    if row["operator"] == "range" and upper is not None:
        return at, position(upper, ends)
    return None


def sparkline(points: Sequence[Row]) -> str:
    """The course of a series as the address of a drawing, to be used as a mask.

    Args:
        points: figures of one unit and source family, oldest first, with ``reference_year``,
            ``obs_value``, ``obs_status``, ``is_synthetic`` and ``publishing_period_years``.

    Returns:
        A ``data:`` address; empty for fewer than two points. The line is interrupted where a year
        is missing, where the method changed and where made-up values meet real ones.
    """
    if len(points) < 2:
        return ""
    years = [point["reference_year"] for point in points]
    values = [float(point["obs_value"]) for point in points]
    span, low = years[-1] - years[0], min(values)
    height = max(values) - low
    line, dots = "", ""
    for number, point in enumerate(points):
        x = _INSET + (_WIDTH - 2 * _INSET) * (years[number] - years[0]) / span
        share = (values[number] - low) / height if height else 0.5
        at = f"{x:.1f} {_HEIGHT - _INSET - (_HEIGHT - 2 * _INSET) * share:.1f}"
        line += f"{'M' if number == 0 or _starts_anew(points[number - 1], point) else 'L'}{at}"
        dots += f"M{at}h0"
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' "
        "preserveAspectRatio='none'><g fill='none' stroke='#000' stroke-linecap='round'>"
        f"<path d='{line}' stroke-width='1.5' vector-effect='non-scaling-stroke'/>"
        f"<path d='{dots}' stroke-width='4' vector-effect='non-scaling-stroke'/></g></svg>"
    )
    return f"data:image/svg+xml,{quote(drawing)}"


def _starts_anew(before: Row, point: Row) -> bool:
    apart = point["reference_year"] - before["reference_year"]
    other_kind = point["is_synthetic"] != before["is_synthetic"]
    return bool(
        point["obs_status"] == _BREAK or apart > point["publishing_period_years"] or other_kind
    )
