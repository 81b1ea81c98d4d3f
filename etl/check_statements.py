"""Rules over sheet Đánh giá: known target, its milestone, a status that is understood."""

from __future__ import annotations

import polars as pl

from etl.batch import Batch
from etl.check_places import add_not_covered, with_places
from etl.columns import similar_code, with_advice
from etl.findings import RowFindings
from indicators.catalogue import Catalogue


def check_statements(batch: Batch, catalogue: Catalogue) -> pl.DataFrame:
    """Findings over the statements of a batch."""
    known = catalogue.targets["target_id"].to_list()
    milestones = catalogue.target_milestones.select(
        "target_id", "milestone_year", has_milestone=pl.lit(value=True)
    ).unique()
    rows = batch.statements.join(
        milestones, on=["target_id", "milestone_year"], how="left", maintain_order="left"
    )
    rows = with_places(rows, batch.submissions, catalogue)
    is_known = pl.col("target_id").is_in(known).fill_null(value=False)
    written = pl.col("target_id_text").is_not_null()
    rows = with_advice(rows, ~is_known, "target_id", lambda code: similar_code(code, known))
    statement = ["submission_id", "target_id", "milestone_year", "ref_area"]
    first = pl.col("sheet_row").min().over(statement)

    found = RowFindings(rows.with_columns(first_row=first), batch.statement_letters)
    found.add("TARGET_MISSING", ~written, "target_id")
    found.add("UNKNOWN_TARGET", ~is_known & written, "target_id", pl.col("target_id_advice"))
    found.add("UNKNOWN_MILESTONE", is_known & pl.col("has_milestone").is_null(), "milestone_year")
    found.add(
        "UNKNOWN_STATUS",
        pl.col("own_status_text").is_not_null() & pl.col("own_status").is_null(),
        "own_status",
    )
    add_not_covered(found)
    found.add(
        "DUPLICATE_STATEMENT",
        pl.col("has_milestone")
        & pl.col("ref_area").is_not_null()
        & (pl.col("sheet_row") > pl.col("first_row")),
        "target_id",
        pl.col("first_row"),
    )
    return found.frame()
