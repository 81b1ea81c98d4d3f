"""What both tables of the form share in stage *check*: whose locality a line is about."""

from __future__ import annotations

import polars as pl

from etl.findings import RowFindings
from indicators.catalogue import Catalogue

_PAIR = ["ref_area", "sender_id"]


def with_places(
    rows: pl.DataFrame, submissions: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Rows with the validity of their locality, who sent them, and whether these go together."""
    localities = catalogue.localities.select(
        pl.col("locality_id").alias("ref_area"), "valid_from", "valid_to"
    )
    senders = submissions.select(
        "submission_id",
        pl.col("locality_id").alias("sender_id"),
        "is_synthetic",
        pl.col("received_at").dt.year().alias("received_year"),
    )
    sent = rows.join(localities, on="ref_area", how="left", maintain_order="left").join(
        senders, on="submission_id", how="left", maintain_order="left"
    )
    covered = _covered(sent.select(_PAIR).unique().drop_nulls(), catalogue)
    return sent.join(covered, on=_PAIR, how="left", maintain_order="left")


def _covered(pairs: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """``is_covered``: a unit reports for itself, the units below it and those it has taken over.

    The province of 2025 answers for the provinces merged into it: nobody else is left who could.
    """
    above = catalogue.localities.select("locality_id", "parent_id", "region_id")
    parents = above.select(
        pl.col("locality_id").alias("parent_id"), pl.col("parent_id").alias("grandparent_id")
    )
    units = ["ref_area", "parent_id", "grandparent_id", "region_id"]
    inherited = catalogue.locality_succession.filter(pl.col("relation") != "part").select(
        pl.col("predecessor_id").alias("unit"), pl.col("successor_id").alias("sender_id")
    )
    ancestors = (
        pairs.join(above, left_on="ref_area", right_on="locality_id", how="left")
        .join(parents, on="parent_id", how="left")
        .with_columns(area=pl.col("ref_area"))
        .unpivot(units, index=["area", "sender_id"], value_name="unit")
    )
    own = ancestors.filter((pl.col("unit") == pl.col("sender_id")) | (pl.col("sender_id") == "VN"))
    taken_over = ancestors.join(inherited, on=["unit", "sender_id"], how="semi")
    covered = pl.concat([own, taken_over]).select(ref_area="area", sender_id="sender_id").unique()
    return pairs.join(
        covered.with_columns(is_covered=True), on=_PAIR, how="left", maintain_order="left"
    ).with_columns(pl.col("is_covered").fill_null(value=False))


def add_not_covered(found: RowFindings) -> None:
    """LOCALITY_NOT_COVERED: the line is about a unit for which the sender does not answer."""
    found.add("LOCALITY_NOT_COVERED", ~pl.col("is_covered"), "ref_area", pl.col("sender_id"))
