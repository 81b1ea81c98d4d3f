"""The Polars behaviours that exact comparison rests on."""

from decimal import Decimal

import polars as pl
import pytest

from indicators.assessment.exact import DECIMAL, decimal, divide, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("110.95", 1, "111.0"),
        ("110.949999999", 1, "110.9"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("0.125", 2, "0.13"),
        ("-0.25", 1, "-0.3"),
        ("59.090909091", 1, "59.1"),
        ("1.234567891", 9, "1.234567891"),
    ],
)
def test_a_half_moves_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    frame = pl.DataFrame(
        {"value": [Decimal(value)], "decimals": [decimals]}, schema_overrides={"value": DECIMAL}
    )
    result = frame.select(round_half_up(pl.col("value"), pl.col("decimals"))).item()
    assert result == Decimal(rounded)


def test_each_row_is_rounded_to_its_own_decimals() -> None:
    frame = pl.DataFrame(
        {"value": [Decimal("1.555")] * 3, "decimals": [0, 1, 2]},
        schema_overrides={"value": DECIMAL},
    )
    result = frame.select(round_half_up(pl.col("value"), pl.col("decimals"))).to_series()
    assert result.to_list() == [Decimal(2), Decimal("1.6"), Decimal("1.56")]


def test_division_keeps_nine_decimals_and_a_zero_divisor_gives_nothing() -> None:
    frame = pl.DataFrame(
        {"part": [Decimal(13), Decimal(1)], "whole": [Decimal(22), Decimal(0)]},
        schema={"part": DECIMAL, "whole": DECIMAL},
    )
    result = frame.select(divide(pl.col("part") * decimal(100), pl.col("whole"))).to_series()
    assert result.to_list() == [Decimal("59.090909091"), None]
    assert result.dtype == DECIMAL
