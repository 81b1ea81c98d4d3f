"""Identities of values that no file holds."""

from __future__ import annotations

from hashlib import blake2b

import polars as pl

from indicators.tables import SERIES_KEY


def identify(frame: pl.DataFrame) -> pl.DataFrame:
    """Give each row ``agg:<hash>``: the same series key has the same id in every run."""
    keys = frame.select(pl.concat_str(SERIES_KEY, separator="\x1f")).to_series()
    ids = [f"agg:{blake2b(key.encode(), digest_size=8).hexdigest()}" for key in keys]
    return frame.with_columns(pl.Series("observation_id", ids, dtype=pl.String))
