"""Quantiles of Student's t, for intervals around a line through a handful of points."""

import math

_WIDEST = 1e6


def two_sided_quantile(confidence: float, degrees: int) -> float:
    """The t with P(|T| < t) = ``confidence`` at ``degrees`` (≥ 1) degrees of freedom.

    Bisection of the exact distribution, so that any confidence can be asked for.
    """
    low, high = 0.0, _WIDEST
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        if _probability_within(middle, degrees) < confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _probability_within(t: float, degrees: int) -> float:
    """P(|T| < t): Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3-26.7.4."""
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    if degrees % 2:
        term, total = cosine, cosine if degrees > 1 else 0.0
        for k in range(2, degrees - 1, 2):
            term *= cosine * cosine * k / (k + 1)
            total += term
        return 2 / math.pi * (angle + sine * total)
    term = total = 1.0
    for k in range(1, degrees - 2, 2):
        term *= cosine * cosine * k / (k + 1)
        total += term
    return sine * total
