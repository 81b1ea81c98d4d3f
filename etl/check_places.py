"""What both tables of the form share in stage *check*: whose locality a line is about."""

from __future__ import annotations

import polars as pl

from etl.findings import RowFindings
from indicators.catalogue import Catalogue


def with_places(
    rows: pl.DataFrame, submissions: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Rows with the administrative units above their locality, its validity, and who sent them."""
    localities = catalogue.localities.select(
        pl.col("locality_id").alias("ref_area"), "parent_id", "region_id", "valid_from", "valid_to"
    )
    grandparents = catalogue.localities.select(
        pl.col("locality_id").alias("parent_id"), pl.col("parent_id").alias("grandparent_id")
    )
    senders = submissions.select(
        "submission_id",
        pl.col("locality_id").alias("sender_id"),
        "is_synthetic",
        pl.col("received_at").dt.year().alias("received_year"),
    )
    return (
        rows.join(localities, on="ref_area", how="left", maintain_order="left")
        .join(grandparents, on="parent_id", how="left", maintain_order="left")
        .join(senders, on="submission_id", how="left", maintain_order="left")
    )


def add_not_covered(found: RowFindings) -> None:
    """LOCALITY_NOT_COVERED: a unit reports for itself and the units below it only."""
    sender = pl.col("sender_id")
    covered = (
        (sender == "VN")
        | (pl.col("ref_area") == sender)
        | (pl.col("parent_id") == sender).fill_null(value=False)
        | (pl.col("grandparent_id") == sender).fill_null(value=False)
        | (pl.col("region_id") == sender).fill_null(value=False)
    )
    found.add("LOCALITY_NOT_COVERED", ~covered, "ref_area", sender)
