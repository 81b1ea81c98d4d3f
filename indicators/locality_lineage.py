"""Succession over several reorganisations: Hà Tây → Hà Nội of 2008 → Hà Nội of 2025."""

from __future__ import annotations

from typing import Final

import polars as pl

_SCHEMA: Final = {"locality_id": pl.String, "steps": pl.Int64, "is_whole": pl.Boolean}


def lineage(succession: pl.DataFrame, locality_id: str, *, later: bool) -> pl.DataFrame:
    """Every unit that one unit became, or came from, however many steps away.

    Args:
        succession: frame of ``LocalitySuccession``; it has no cycles, since every link leads to
            a unit that begins when the other ends.
        locality_id: where to begin; the unit itself is not in the answer.
        later: towards successors; otherwise towards predecessors.

    Returns:
        ``locality_id``, ``steps`` (1 = direct) and ``is_whole``: the earlier unit lies whole in
        the later one, over every step of some way. Nearest first, then by identity.
    """
    here, there = ("predecessor_id", "successor_id")
    if not later:
        here, there = there, here
    links = succession.select(here, there, is_whole_step=pl.col("relation") != "part")
    reached = pl.DataFrame(
        {"locality_id": [locality_id], "steps": [0], "is_whole": [True]}, schema=_SCHEMA
    )
    found = [reached]
    while not reached.is_empty():
        reached = reached.join(links, left_on="locality_id", right_on=here).select(
            pl.col(there).alias("locality_id"),
            pl.col("steps") + 1,
            pl.col("is_whole") & pl.col("is_whole_step"),
        )
        found.append(reached)
    return (
        pl.concat(found[1:])
        .group_by("locality_id")
        .agg(pl.col("steps").min(), pl.col("is_whole").any())
        .sort("steps", "locality_id")
    )
