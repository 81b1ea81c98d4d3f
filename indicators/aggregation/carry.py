"""Values of units that kept their borders: the same unit under a new identity."""

from __future__ import annotations

import polars as pl

from indicators.aggregation.identity import identify
from indicators.tables import SERIES_KEY


def carried(observations: pl.DataFrame, succession: pl.DataFrame) -> pl.DataFrame:
    """The predecessor's observations for its successor, source cells kept.

    Column ``part_observation_id`` holds the identity of the value itself.
    """
    unchanged = succession.filter(pl.col("relation") == "unchanged").select(
        "successor_id", ref_area="predecessor_id"
    )
    return (
        observations.filter(pl.col("ref_area").is_in(unchanged["ref_area"].to_list()))
        .join(unchanged, on="ref_area")
        .with_columns(
            ref_area="successor_id",
            origin=pl.lit("carried"),
            part_observation_id="observation_id",
        )
        .sort(SERIES_KEY)
        .pipe(identify)
    )
