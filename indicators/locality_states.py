"""The map as it was on a day: which units existed, and what they were called and belonged to then.

Frames in, frames out. A unit whose identity stayed the same while its type, name or parent changed
has the earlier state in ``LocalityFormerStates``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

_WHAT_CHANGES: Final = ("type_vi", "name_vi", "name_en", "parent_id")


def in_force(day: date) -> pl.Expr:
    """Whether a row is valid on that day, the first and the last day included.

    An empty first day means that the unit is older than the list, an empty last day that it is
    still there.
    """
    starts, ends = pl.col("valid_from"), pl.col("valid_to")
    return (starts <= day).fill_null(value=True) & (ends >= day).fill_null(value=True)


def as_they_were(localities: pl.DataFrame, former_states: pl.DataFrame, day: date) -> pl.DataFrame:
    """The localities that existed on that day, each with its type, names and parent of that day.

    Args:
        localities: frame of ``Localities``.
        former_states: frame of ``LocalityFormerStates``.
        day: the day to look at.

    Returns:
        Rows and columns of ``localities`` in its order; ``valid_from`` and ``valid_to`` remain
        those of the unit.
    """
    present = localities.filter(in_force(day))
    of_that_day = former_states.filter(in_force(day)).select("locality_id", *_WHAT_CHANGES)
    if of_that_day.is_empty():
        return present
    joined = present.join(
        of_that_day, on="locality_id", how="left", maintain_order="left", suffix="_then"
    )
    return joined.with_columns(
        pl.coalesce(f"{name}_then", name).alias(name) for name in _WHAT_CHANGES
    ).select(localities.columns)


def turning_days(localities: pl.DataFrame, former_states: pl.DataFrame) -> list[date]:
    """Days, in order, on which the map became another one; between two of them nothing changes."""
    starts = [frame["valid_from"] for frame in (localities, former_states)]
    ends = [frame["valid_to"] + timedelta(days=1) for frame in (localities, former_states)]
    return sorted(pl.concat([*starts, *ends]).drop_nulls().unique().to_list())
