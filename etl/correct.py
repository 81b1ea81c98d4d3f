"""Stage *correct*: known errors of a source, from corrections.csv, each with an expectation.

A correction applies only to the value that it expects to find, so it stops by itself on the day
the source heals.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from etl.batch import Batch, ReceivedObservations
from etl.findings import number_text
from etl.form import NUMBER_FIELDS
from indicators.catalogue import Catalogue
from indicators.tables import SERIES_KEY, AppliedCorrections, conform

_NINE_PLACES = pl.Decimal(38, 9)


def correct_batch(batch: Batch, catalogue: Catalogue) -> Batch:
    """Apply the corrections that fit; what was applied is kept with the received value."""
    if catalogue.corrections.is_empty() or batch.observations.is_empty():
        return batch
    observations = batch.observations
    applied = []
    for field in NUMBER_FIELDS:
        corrections = catalogue.corrections.filter(pl.col("column_name") == field).select(
            *SERIES_KEY,
            "correction_id",
            "reason_vi",
            "decided_by",
            pl.col("expected_value").cast(_NINE_PLACES),
            pl.col("corrected_value").cast(_NINE_PLACES),
        )
        joined = observations.join(
            corrections,
            left_on=[*SERIES_KEY, field],
            right_on=[*SERIES_KEY, "expected_value"],
            how="left",
            maintain_order="left",
        )
        applies = pl.col("correction_id").is_not_null()
        applied.append(_applied(joined.filter(applies), field))
        observations = joined.with_columns(
            pl.when(applies).then("corrected_value").otherwise(field).alias(field)
        ).drop("correction_id", "reason_vi", "decided_by", "corrected_value")
    return replace(
        batch,
        observations=conform(observations, ReceivedObservations),
        corrections=pl.concat([batch.corrections, *applied]),
    )


def _applied(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    return conform(
        rows.select(
            "correction_id",
            "submission_id",
            pl.concat_str("submission_id", pl.lit(":"), "sheet_row").alias("observation_id"),
            pl.lit(field).alias("column_name"),
            pl.col(f"{field}_text").alias("received_value"),
            number_text(pl.col("corrected_value")).alias("corrected_value"),
            "reason_vi",
            "decided_by",
        ),
        AppliedCorrections,
    )
