"""Decimal arithmetic on Polars expressions: what a published table says, to the last digit.

Polars keeps ``Decimal(38, 9)`` through ``+ - *`` and rounds a quotient to nine decimals; a zero
divisor raises, hence ``divide``.
"""

from decimal import Decimal

import polars as pl

SCALE = 9
DECIMAL = pl.Decimal(38, SCALE)


def decimal(value: Decimal | int | str) -> pl.Expr:
    """A literal of the one decimal type."""
    return pl.lit(Decimal(value)).cast(DECIMAL)


def round_half_up(value: pl.Expr, decimals: pl.Expr) -> pl.Expr:
    """Round each row to its own number of decimals (0 to 9); a half moves away from zero."""
    return pl.coalesce(
        pl.when(decimals == places).then(value.round(places, mode="half_away_from_zero"))
        for places in range(SCALE + 1)
    )


def divide(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """The quotient; null where the denominator is 0 or null."""
    return numerator / pl.when(denominator != 0).then(denominator)
