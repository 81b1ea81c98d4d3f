"""Which localities a document speaks for, as units are renamed, merged and split.

A plan stays a unit's own through changes that leave its borders alone, and is inherited by the
unit that its locality went into as a whole, over any number of mergers. A part split off
another unit inherits nothing.
"""

from datetime import date

import polars as pl

from indicators.assessment.inputs import AssessmentInputs

_WHOLE = ("merged_whole", "whole")


def reach(inputs: AssessmentInputs) -> pl.DataFrame:
    """One row per ``plan_locality`` and ``locality_id`` that it speaks for.

    Returns:
        ``binding`` (own or inherited), ``via`` (the predecessor in the latest merger that it came
        through), ``mergers`` on the way, and ``hops`` (mergers and mere changes of identity).
    """
    links = inputs.locality_succession.filter(pl.col("relation").is_in(["unchanged", *_WHOLE]))
    own = inputs.localities.select(
        "locality_id",
        plan_locality="locality_id",
        binding=pl.lit("own"),
        via="locality_id",
        mergers=pl.lit(0, dtype=pl.Int64),
        hops=pl.lit(0, dtype=pl.Int64),
    )
    days: list[date] = links["effective_date"].unique().sort().to_list()
    forward = backward = own
    for day in days:
        of_day = links.filter(pl.col("effective_date") == day)
        forward = pl.concat([forward, _moved(forward, of_day)])
    unchanged = links.filter(pl.col("relation") == "unchanged").rename(
        {"predecessor_id": "successor_id", "successor_id": "predecessor_id"}
    )
    for day in reversed(days):
        of_day = unchanged.filter(pl.col("effective_date") == day)
        backward = pl.concat([backward, _moved(backward, of_day)])
    return pl.concat([forward, backward]).unique(maintain_order=True)


def predecessor_counts(reached: pl.DataFrame) -> pl.DataFrame:
    """How many whole units each merged locality (``locality_id``) was made of."""
    return (
        reached.filter(pl.col("binding") == "inherited")
        .group_by("locality_id")
        .agg(predecessors=pl.col("via").n_unique().cast(pl.Int64))
    )


def _moved(reached: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The same documents at the units that these links lead to."""
    is_merger = pl.col("relation") != "unchanged"
    return reached.join(
        links.select("relation", "successor_id", locality_id="predecessor_id"), on="locality_id"
    ).select(
        pl.col("successor_id").alias("locality_id"),
        "plan_locality",
        pl.when(is_merger).then(pl.lit("inherited")).otherwise("binding").alias("binding"),
        pl.when(is_merger).then("locality_id").otherwise("via").alias("via"),
        pl.col("mergers") + is_merger.cast(pl.Int64),
        pl.col("hops") + 1,
    )
