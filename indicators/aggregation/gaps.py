"""Series that a part has and the whole has not, with the reason ("không tính được")."""

from __future__ import annotations

import polars as pl

from indicators.aggregation.combine import SAME
from indicators.tables import (
    SERIES_KEY,
    GapReason,
    ObservationParts,
    Observations,
    RebuildGaps,
    empty,
    polars_schema,
)

_KEY = (*SERIES_KEY, "reference_year")


def not_made(attempts: pl.DataFrame) -> pl.DataFrame:
    """Attempts that failed, as ``tables.RebuildGaps``."""
    failed = attempts.filter(pl.col("reason").is_not_null())
    return shaped(failed.rename({"whole_id": "ref_area"}), RebuildGaps)


def of_split_units(observations: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """One gap for each series of the parts: nothing is apportioned to a unit of ``links``."""
    found = (
        observations.filter(
            pl.col("ref_area").is_in(links["ref_area"].unique().to_list()),
            pl.col("obs_value").is_not_null() | pl.col("numerator").is_not_null(),
        )
        .join(links, on="ref_area")
        .group_by("whole_id", *SAME)
        .agg(
            parts_present=pl.len(),
            parts_total=pl.col("parts_total").first(),
            reason=pl.lit(GapReason.SPLIT.value).first(),
            coverage=pl.lit(None, dtype=pl.Float64).first(),
        )
    )
    return shaped(found.rename({"whole_id": "ref_area"}), RebuildGaps)


def still_open(gaps: list[pl.DataFrame], observations: pl.DataFrame) -> pl.DataFrame:
    """Gaps that neither a report nor a later step has filled; the best attempt of each."""
    every = pl.concat([empty(RebuildGaps), *gaps])
    known = observations.filter(pl.col("ref_area").is_in(every["ref_area"].unique().to_list()))
    return (
        every.join(known.select(SERIES_KEY), on=SERIES_KEY, how="anti")
        .sort(
            *_KEY, "coverage", "parts_total", "reason",
            descending=[*[False] * len(_KEY), True, False, False],
            nulls_last=True,
        )
        .unique(_KEY, keep="first", maintain_order=True)
    )  # fmt: skip


def shaped(
    frame: pl.DataFrame, model: type[RebuildGaps | Observations | ObservationParts]
) -> pl.DataFrame:
    """The model's columns and types, not yet validated."""
    return frame.select(pl.col(name).cast(dtype) for name, dtype in polars_schema(model).items())
