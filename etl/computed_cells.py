"""Cells of our own template that Excel works out: numerator ÷ denominator × factor.

They stand in a column that is not read: the pipeline computes the value from the counts itself,
and LibreOffice saves a formula that shows nothing as the number 0 in .xls, which would turn every
line left empty into a figure. And a workbook written by a program carries no result of its
formulas; elsewhere the reader refuses that because a figure would be lost, here nothing is.
"""

from __future__ import annotations

import re
from typing import Final

_COMPUTED: Final = re.compile(
    rb"IF\(COUNT\([A-Z]{1,3}(\d+),([A-Z]{1,3})\1\)=2,"
    rb'IF\(\2\1=0,(?:""|&quot;&quot;),'
    rb"ROUND\([A-Z]{1,3}\1/\2\1\*[0-9.]+,[0-9]\)\),"
    rb'(?:""|&quot;&quot;)\)'
)


def computed_value(numerator: str, denominator: str, factor: float, decimals: int) -> str:
    """The formula of a computed cell; empty while a count is missing or the denominator is 0.

    Args:
        numerator: address of the count, e.g. ``G7``; the denominator stands on the same row.
        denominator: address of the other count.
        factor: of the indicator's formula, e.g. 100.
        decimals: places that the indicator is published with.
    """
    ratio = f"ROUND({numerator}/{denominator}*{factor:.15g},{decimals})"
    return f'=IF(COUNT({numerator},{denominator})=2,IF({denominator}=0,"",{ratio}),"")'


def is_computed_value(formula: bytes) -> bool:
    """Whether the text between ``<f>`` and ``</f>`` is such a formula."""
    return _COMPUTED.fullmatch(formula.strip()) is not None
