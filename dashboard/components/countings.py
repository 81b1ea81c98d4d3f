"""The same results counted on the scales of three and of four that reports use."""

from __future__ import annotations

from collections import Counter

import polars as pl
from dash import html

from dashboard.sentences import number
from dashboard.texts import Words
from indicators.countings import STATUS_OF, Scale, add_status


def scale_countings(rows: pl.DataFrame, words: Words) -> html.Details:
    """Both countings with their denominator, folded until asked for.

    Args:
        rows: answer of :func:`dashboard.queries.assessed`, the targets to be counted.
        words: the texts of one language.
    """
    told = [html.Li(_counting(rows, scale, words)) for scale in Scale]
    return html.Details(
        [html.Summary(words("scales")), html.Ul(told, className="note")], className="scales"
    )


def _counting(rows: pl.DataFrame, scale: Scale, words: Words) -> str:
    counts = Counter(add_status(rows, scale, said="shown")["status"])
    statuses = dict.fromkeys(STATUS_OF[scale].values())
    shares = [
        words(
            "scales.count",
            status=words(f"status.{status}"),
            count=number(counts[status], 0, words),
            total=number(rows.height, 0, words),
        )
        for status in statuses
        if counts[status]
    ]
    return f"{words(f'scales.{scale}')}: {'; '.join(shares)}."
