"""Rules over sheet Đánh giá: known target, its milestone, a status that is understood."""

from __future__ import annotations

import polars as pl

from etl.batch import Batch
from etl.findings import RowFindings
from indicators.catalogue import Catalogue


def check_statements(batch: Batch, catalogue: Catalogue) -> pl.DataFrame:
    """Findings over the statements of a batch."""
    known = catalogue.targets["target_id"].implode()
    milestones = catalogue.target_milestones.select(
        "target_id", "milestone_year", has_milestone=pl.lit(value=True)
    )
    rows = batch.statements.join(
        milestones, on=["target_id", "milestone_year"], how="left", maintain_order="left"
    )
    found = RowFindings(rows, batch.statement_letters)
    is_known = pl.col("target_id").is_in(known).fill_null(value=False)
    found.add("UNKNOWN_TARGET", ~is_known, "target_id")
    found.add("UNKNOWN_MILESTONE", is_known & pl.col("has_milestone").is_null(), "milestone_year")
    found.add(
        "UNKNOWN_STATUS",
        pl.col("own_status_text").is_not_null() & pl.col("own_status").is_null(),
        "own_status",
    )
    return found.frame()
