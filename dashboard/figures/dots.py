"""Where the dots of localities stand on one common scale; pure functions.

Positions are percent of the width, as those of a bullet, whose target lines are used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from dashboard.figures.bullet import Scale

_ROOM: Final = 0.05  # on either side, in widths of what is drawn: no dot is cut in half


def scale(values: Iterable[Decimal]) -> Scale:
    """Ends of a scale that holds the values and the target lines; it starts where they are."""
    found = [float(value) for value in values]
    low, high = min(found), max(found)
    room = (high - low) * _ROOM or abs(high) * _ROOM or 1.0
    return low - room, high + room


def stacked(positions: Sequence[float], slots: int) -> list[tuple[float, int]]:
    """Dots that would cover each other, piled up.

    Args:
        positions: in percent, in the order in which dots are laid down.
        slots: how many piles fit side by side.

    Returns:
        The middle of its pile and its floor (0 at the bottom) for each position, in their order.
    """
    heights: Counter[int] = Counter()
    placed = []
    for position in positions:
        slot = min(int(position / 100 * slots), slots - 1)
        placed.append((round((slot + 0.5) / slots * 100, 2), heights[slot]))
        heights[slot] += 1
    return placed
