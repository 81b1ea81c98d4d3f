"""The cautious flag of a whole: the one of its most doubtful, most protected part."""

from __future__ import annotations

import polars as pl

# In rising caution; ``_OTHER`` is what any code that is not listed counts as.
_ORDERS = {
    "obs_status": ("A", "E", "P", "B"),
    "conf_status": ("F", "N", "C"),
    "confidence": ("official", "reported", "recalled"),
}
_OTHER = {"obs_status": 0, "conf_status": 2, "confidence": 2}
WEIGHT_FLAGS = ("conf_status", "confidence")  # that a weight passes on beside the rates
WEIGHT_RANKS = tuple(f"weight_{name}_rank" for name in WEIGHT_FLAGS)
RANKS = tuple(f"{name}_rank" for name in _ORDERS)


def ranked() -> list[pl.Expr]:
    """The flags as numbers, so that the maximum over parts is the flag of the whole."""
    return [rank(name).alias(f"{name}_rank") for name in _ORDERS]


def rank(name: str) -> pl.Expr:
    """One flag as a number; by comparisons, which are faster than a replacement."""
    found = pl.coalesce(
        pl.when(pl.col(name) == code).then(pl.lit(place, dtype=pl.Int8))
        for place, code in enumerate(_ORDERS[name])
    )
    return found.fill_null(pl.lit(_OTHER[name], dtype=pl.Int8))


def unranked() -> list[pl.Expr]:
    """The flags of the whole, from the largest numbers."""
    return [
        pl.col(f"{name}_rank")
        .replace_strict(dict(enumerate(codes)), return_dtype=pl.String)
        .alias(name)
        for name, codes in _ORDERS.items()
    ]
