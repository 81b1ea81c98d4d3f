"""The groups that one map can show: sex, age and further breakdown of a statistic.

A group is written in the address as ``F:_T:_T`` (sex, age, breakdown). One map holds one group.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

WHOLE: Final = "_T:_T:_T"
_PARTS: Final = ("sex", "age", "breakdown")
_SEXES: Final = ("_T", "F", "M")  # in the order of reading


def group_codes(figures: pl.DataFrame) -> list[str]:
    """The groups that have figures: the whole first, then by breakdown, age and sex."""
    found = figures.select(_PARTS).unique().rows()
    return [":".join(parts) for parts in sorted(found, key=_order)]


def shown_group(figures: pl.DataFrame, asked: str) -> str:
    """The group asked for, else the whole, else the one with most figures."""
    codes = group_codes(figures)
    if asked in codes:
        return asked
    if WHOLE in codes:
        return WHOLE
    sizes = figures.group_by(_PARTS).len()
    counted = {":".join(row[:-1]): row[-1] for row in sizes.rows()}
    return max(codes, key=lambda code: counted[code])


def of_group(figures: pl.DataFrame, group: str) -> pl.DataFrame:
    """The figures of one group."""
    return figures.filter(**parts_of(group))


def parts_of(group: str) -> dict[str, Any]:
    """Sex, age and breakdown of a group, by name."""
    return dict(zip(_PARTS, group.split(":"), strict=True))


def _order(parts: tuple[str, ...]) -> tuple[Any, ...]:
    sex, age, breakdown = parts
    place = _SEXES.index(sex) if sex in _SEXES else len(_SEXES)
    return breakdown != "_T", breakdown, age != "_T", age, place, sex
