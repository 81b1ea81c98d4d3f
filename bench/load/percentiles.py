"""Times of answers in a few numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.load.server import Record

AIM: Final = 100.0  # milliseconds that nineteen answers of twenty stay below
SLOW: Final = 300.0  # milliseconds


@dataclass(frozen=True)
class Times:
    """Milliseconds of answers; those that failed count as well."""

    count: int
    p50: float
    p95: float
    p99: float
    errors: int
    kilobytes: float  # of an answer over the wire, on average


def times(records: Iterable[Record]) -> Times:
    """The numbers of some answers."""
    found = list(records)
    ordered = sorted(one.milliseconds for one in found)
    return Times(
        count=len(found),
        p50=_percentile(ordered, 0.50),
        p95=_percentile(ordered, 0.95),
        p99=_percentile(ordered, 0.99),
        errors=sum(not one.is_good for one in found),
        kilobytes=sum(one.size for one in found) / 1000 / max(len(found), 1),
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest time that is not exceeded by ``share`` of them."""
    if not ordered:
        return float("nan")
    return ordered[math.ceil(share * len(ordered)) - 1]
