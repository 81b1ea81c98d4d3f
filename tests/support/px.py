"""What tests ask of tables of the statistics office's server."""

from collections.abc import Callable

import polars as pl

from etl.check import CheckedBatch

Check = Callable[..., CheckedBatch]
COLUMNS = ("ref_area", "time_period", "sex", "age", "breakdown", "obs_value", "obs_status")


def figures(batch: CheckedBatch, indicator_id: str) -> set[tuple[object, ...]]:
    rows = batch.observations.filter(pl.col("indicator_id") == indicator_id)
    return set(rows.select(COLUMNS).rows())


def issues(batch: CheckedBatch) -> list[tuple[str, str | None]]:
    return batch.issues.select("code", "value").rows()
