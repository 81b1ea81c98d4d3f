"""What a table does not say: a breakdown that one locality leaves out while the others have it.

There is no cell to mark, so the finding is about the sheet and names the localities.
"""

from __future__ import annotations

import polars as pl

from etl.findings import FINDING_SCHEMA
from etl.history_columns import LEAST_PLACES

CODE = "LEVEL_MISSING"
_USUAL_SHARE = 0.8  # of the localities of one level that must have a breakdown
_MOST_NAMED = 12
_TABLE = ["submission_id", "indicator_id", "time_period", "sex", "age", "definition",
          "source_family", "level_of_place"]  # fmt: skip


def missing_levels(cells: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """Breakdowns that most localities of a table report, and those that leave them out.

    Args:
        cells: of tables under check, with ``submission_id``, ``sheet_row`` and series key.
        localities: catalogue table.

    Returns:
        the columns of a table, ``breakdown``, ``places`` (localities of the table), ``having``
        (those with the breakdown) and ``lacking`` (names of the others, may be empty).
    """
    levels = localities.select(
        pl.col("locality_id").alias("ref_area"), pl.col("level").alias("level_of_place"), "name_vi"
    )
    filled = cells.filter(pl.col("value").is_not_null()).join(levels, on="ref_area")
    places = filled.select(*_TABLE, "ref_area", "name_vi").unique()
    large = places.filter(pl.len().over(_TABLE) > LEAST_PLACES)
    held = filled.select(*_TABLE, "breakdown", "ref_area").unique()
    usual = (
        held.group_by(*_TABLE, "breakdown")
        .agg(pl.len().alias("having"))
        .join(large.group_by(_TABLE).agg(pl.len().alias("places")), on=_TABLE)
        .filter(pl.col("having") >= _USUAL_SHARE * pl.col("places"))
    )
    lacking = (
        usual.select(*_TABLE, "breakdown")
        .join(large, on=_TABLE)
        .join(held, on=[*_TABLE, "breakdown", "ref_area"], how="anti")
        .sort("ref_area")
        .group_by(*_TABLE, "breakdown", maintain_order=True)
        .agg(pl.col("name_vi").alias("lacking"))
    )
    return usual.join(lacking, on=[*_TABLE, "breakdown"], how="left").sort(*_TABLE, "breakdown")


def level_findings(levels: pl.DataFrame, sheets: pl.DataFrame) -> pl.DataFrame:
    """Findings on the sheet, one for each breakdown of a table that somebody leaves out.

    Args:
        levels: answer of :func:`missing_levels`.
        sheets: ``submission_id`` and ``sheet`` of the table of figures.
    """
    names = pl.col("lacking").list.head(_MOST_NAMED).list.join(", ")
    more = pl.col("lacking").list.len().cast(pl.Int64) - _MOST_NAMED
    return (
        levels.drop_nulls("lacking")
        .join(sheets, on="submission_id", how="left", maintain_order="left")
        .select(
            "submission_id",
            pl.lit(CODE).alias("code"),
            "sheet",
            pl.lit(None, dtype=pl.Int64).alias("sheet_row"),
            pl.lit(None, dtype=pl.String).alias("cell"),
            pl.concat_str("indicator_id", "breakdown", "time_period", separator=" · ").alias(
                "value"
            ),
            pl.when(more > 0)
            .then(pl.concat_str(names, pl.lit(" … +"), more.cast(pl.String)))
            .otherwise(names)
            .alias("detail"),
        )
        .select(FINDING_SCHEMA.keys())
    )


def level_outcomes(levels: pl.DataFrame) -> pl.DataFrame:
    """Per file: places × breakdowns that are there (passed) and that are not (failed)."""
    return (
        levels.group_by("submission_id")
        .agg(
            pl.lit(CODE).alias("code"),
            pl.col("having").sum().alias("passed"),
            (pl.col("places") - pl.col("having")).sum().alias("failed"),
            pl.lit(0).alias("cannot_tell"),
        )
        .sort("submission_id")
    )
