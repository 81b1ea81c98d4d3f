"""Numbers side by side: rows under check and what is in force, as one frame of *cells*.

A cell is one value with its counts, its series (everything of ``SERIES_KEY`` but the year) and its
column (everything but the locality). It also has the numbers that rules may name, see
``docs/methods/checks.md``. Floats are enough here: no verdict rests on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import xor

import polars as pl

from indicators.tables import SERIES_KEY

WITHOUT_PERIOD = tuple(name for name in SERIES_KEY if name != "time_period")
# What a history must say of each value.
HISTORY_COLUMNS = (*SERIES_KEY, "obs_value", "numerator", "denominator")
_ELSEWHERE = ("indicator_id", "age", "definition", "source_family")
# series: one line over the years; pair: women and men of it; column: one column of a table of a
# file; all_sexes, all_breakdowns: one place and year of a file.
_KEYS = {
    "series": (*WITHOUT_PERIOD, "half"),
    "pair": (*_ELSEWHERE, "ref_area", "breakdown", "half"),
    "column": (*_ELSEWHERE, "submission_id", "time_period", "sex", "breakdown"),
    "all_sexes": (*_ELSEWHERE, "submission_id", "time_period", "ref_area", "breakdown"),
    "all_breakdowns": (*_ELSEWHERE, "submission_id", "time_period", "ref_area", "sex"),
}
_LEAST_SHARE = 0.0005  # keeps the log-odds of 0 % and 100 % finite
_INDICATOR_FACTS = ("formula_kind", "aggregation", "upper_limit", "lower_limit")


def own_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Cells of checked rows, with ``row`` = their position; the first of a repeated series."""
    numbered = rows.with_row_index("row").filter(
        pl.all_horizontal(pl.col(*SERIES_KEY, "indicator_unit").is_not_null())
    )
    return _cells(
        numbered.with_columns(
            pl.coalesce("recomputed_value", "reported_value").alias("obs_value"),
            pl.col("reference_year").alias("declared_year"),
        )
    ).unique(["submission_id", "series", "year"], keep="first", maintain_order=True)


def history_cells(history: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Cells of values in force (``HISTORY_COLUMNS``); they belong to no submission under check."""
    facts = indicators.select("indicator_id", *_INDICATOR_FACTS)
    return _cells(
        history.join(facts, on="indicator_id").with_columns(
            pl.lit(None, dtype=pl.UInt32).alias("row"),
            pl.lit(None, dtype=pl.String).alias("submission_id"),
            pl.lit(None, dtype=pl.Int64).alias("sequence"),
            pl.lit(None, dtype=pl.Int64).alias("sheet_row"),
            pl.lit(None, dtype=pl.Int64).alias("declared_year"),
        )
    )


def side_by_side(
    cells: pl.DataFrame, order: Sequence[str], used: Sequence[str], added: Sequence[pl.Expr]
) -> pl.DataFrame:
    """Cells with columns that look at the cells before and after them in some order.

    Only the numbers that are ``used`` are put in order, which is much faster than to move all.
    """
    narrow = cells.select(*order, *used).with_row_index("position").sort(order, maintain_order=True)
    computed = narrow.with_columns(added).sort("position").drop("position", *order, *used)
    return pl.concat([cells, computed], how="horizontal")


def _cells(values: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("obs_value").cast(pl.Float64)
    is_count = pl.col("formula_kind") == "count"
    numbers = values.lazy().select(
        "row",
        "submission_id",
        "sequence",
        "sheet_row",
        "declared_year",
        *SERIES_KEY,
        *_INDICATOR_FACTS,
        pl.col("time_period").str.slice(0, 4).cast(pl.Int64, strict=False).alias("year"),
        value.alias("value"),
        pl.col("numerator").cast(pl.Float64),
        pl.col("denominator").cast(pl.Float64),
        *_keys(),
        (pl.col("formula_kind") == "share").fill_null(value=False).alias("is_share"),
        (pl.col("aggregation") == "sum").fill_null(value=False).alias("is_additive"),
    )
    return numbers.with_columns(
        _on_even_scale(pl.col("value")).alias("level"),
        _log(pl.col("numerator")).alias("log_numerator"),
        _log(pl.col("denominator")).alias("log_denominator"),
        pl.when(is_count & pl.col("is_additive"))
        .then("value")
        .otherwise("denominator")
        .alias("size"),
    ).collect()


def _keys() -> Iterator[pl.Expr]:
    """What cells have in common, as numbers: fast to group and join by."""
    # Half-years of one indicator are series of their own.
    parts = {name: pl.col(name) for name in (*SERIES_KEY, "submission_id")}
    parts["half"] = pl.col("time_period").str.slice(4)
    hashed = {name: part.hash(seed=seed) for seed, (name, part) in enumerate(parts.items())}
    for key, names in _KEYS.items():
        yield reduce(xor, (hashed[name] for name in names)).alias(key)


def _on_even_scale(value: pl.Expr) -> pl.Expr:
    """Log-odds of shares, logs of other quantities that cannot be negative, else as it is.

    On these scales a step has the same weight at 3 % and at 50 %, in a small province and in a
    large one.
    """
    share = (value / 100).clip(_LEAST_SHARE, 1 - _LEAST_SHARE)
    is_share = (pl.col("formula_kind") == "share") & (pl.col("upper_limit").cast(pl.Float64) == 100)
    is_signed = pl.col("lower_limit").is_null()
    return (
        pl.when(is_share)
        .then((share / (1 - share)).log())
        .when(~is_signed)
        .then(_log(value))
        .when(value.is_not_null())
        .then(value)
    )


def _log(quantity: pl.Expr) -> pl.Expr:
    return pl.when(quantity > 0).then(quantity.log())
