"""The latest value against the target: met, near or not met, and how much is missing.

Compared is the figure that readers see (``latest_published``, halves rounded up), in decimals.
The column ``comparison`` is the operator, with ``maintain`` read as ``>=`` or ``<=``.
"""

import polars as pl

from indicators.assessment.exact import decimal, divide
from indicators.tables import Verdict

_COMPARISON = pl.col("comparison")
_TARGET, _UPPER = pl.col("target_value"), pl.col("target_upper")
_NUMERATOR, _DENOMINATOR = pl.col("latest_numerator"), pl.col("latest_denominator")


def add_attainment(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``attainment``, ``gap``, ``gap_whole_units``, ``side``, ``edge``, ``unrounded_flips``,
    ``is_anomaly``.

    ``side`` is 1 where the value must rise to reach the target and −1 where it must fall;
    ``edge`` is the end of the target that it must reach. ``gap`` is in the indicator's units and
    0 where the target is met, or where the value stands exactly at a strict target.
    ``is_anomaly``: the value has gone beyond the indicator's natural band, in the direction that
    the target asks for; the verdict stands, but the figure is to be checked.
    """
    published, unrounded = pl.col("latest_published"), pl.col("latest_value")
    attainment = _attainment(published)
    return (
        rows.with_columns(side=_side(published), edge=_edge(published))
        .with_columns(missing_units=_missing_units())
        .with_columns(
            attainment=attainment,
            gap=_gap(published),
            gap_whole_units=_gap_whole_units(published),
            is_anomaly=_is_anomaly(published),
            unrounded_flips=_attainment(unrounded) != attainment,
        )
        .drop("missing_units")
    )


def _attainment(value: pl.Expr) -> pl.Expr:
    return (
        pl.when(value.is_null() | _TARGET.is_null())
        .then(pl.lit(Verdict.NOT_ASSESSABLE.value))
        .when(_is_met(value))
        .then(pl.lit(Verdict.MET.value))
        .when(_is_near(value))
        .then(pl.lit(Verdict.NEAR.value))
        .otherwise(pl.lit(Verdict.NOT_MET.value))
    )


def _is_met(value: pl.Expr) -> pl.Expr:
    return (
        pl.when(_COMPARISON == ">=")
        .then(value >= _TARGET)
        .when(_COMPARISON == ">")
        .then(value > _TARGET)
        .when(_COMPARISON == "<=")
        .then(value <= _TARGET)
        .when(_COMPARISON == "<")
        .then(value < _TARGET)
        .when(_COMPARISON == "=")
        .then(value == _TARGET)
        .when(_COMPARISON == "range")
        .then(value.is_between(_TARGET, _UPPER))
    )


def _side(value: pl.Expr) -> pl.Expr:
    return (
        pl.when(_COMPARISON.is_in([">=", ">"]))
        .then(1)
        .when(_COMPARISON.is_in(["<=", "<"]))
        .then(-1)
        .when(value > pl.when(_COMPARISON == "range").then(_UPPER).otherwise(_TARGET))
        .then(-1)
        .otherwise(1)
    )


def _edge(value: pl.Expr) -> pl.Expr:
    return pl.when((_COMPARISON == "range") & (value > _UPPER)).then(_UPPER).otherwise(_TARGET)


def _gap(value: pl.Expr) -> pl.Expr:
    return pl.when(_is_met(value)).then(decimal(0)).otherwise((pl.col("edge") - value).abs())


def _gap_whole_units(value: pl.Expr) -> pl.Expr:
    """Things still missing: of the numerator of a share, or of a count itself."""
    is_count = pl.col("formula_kind") == "count"
    missing = (
        pl.when(is_count)
        .then((_gap(value) + _strict_step(value)).ceil())
        .otherwise("missing_units")
    )
    return pl.when(~_is_met(value)).then(missing).when(missing.is_not_null()).then(0).cast(pl.Int64)


def _strict_step(value: pl.Expr) -> pl.Expr:
    """A count that stands exactly at a strict target still misses one."""
    touches = _COMPARISON.is_in([">", "<"]) & (_gap(value).floor() == _gap(value))
    return pl.when(touches).then(decimal(1)).otherwise(decimal(0))


def _is_anomaly(value: pl.Expr) -> pl.Expr:
    is_beyond = (
        pl.when(pl.col("side") == -1)
        .then(value < pl.col("optimum_lower"))
        .otherwise(value > pl.col("optimum_upper"))
    )
    return is_beyond.fill_null(value=False)


def _missing_units() -> pl.Expr:
    """Whole units of the numerator still missing, exact; only for shares of counted things.

    For ``>=``: ceil(target × denominator ÷ factor) − numerator, and its mirror for ``<=``; a
    strict target needs one more where the product is whole.
    """
    is_counted = (
        (pl.col("formula_kind") == "share")
        & (_NUMERATOR.floor() == _NUMERATOR)
        & (_DENOMINATOR.floor() == _DENOMINATOR)
        # Counts of some parts are not those of the whole.
        & (pl.col("latest_coverage").fill_null(1) >= 1)
    )
    needed = divide(pl.col("edge") * _DENOMINATOR, pl.col("formula_factor"))
    missing = (
        pl.when(_COMPARISON == ">")
        .then(needed.floor() + 1 - _NUMERATOR)
        .when(_COMPARISON == "<")
        .then(_NUMERATOR - needed.ceil() + 1)
        .when(pl.col("side") == 1)
        .then(needed.ceil() - _NUMERATOR)
        .otherwise(_NUMERATOR - needed.floor())
    )
    return pl.when(is_counted).then(missing.clip(lower_bound=0)).cast(pl.Int64)


def _is_near(value: pl.Expr) -> pl.Expr:
    """Within any limit of the near band; a limit that is null does not apply.

    A share of one thing is a yes or a no: there a missing unit is everything, not nearly all.
    """
    gap = _gap(value)
    limits = (
        (pl.col("missing_units") <= pl.col("whole_units")) & (_DENOMINATOR > 1),
        gap <= pl.col("share_of_target") * _TARGET.abs(),
        gap <= pl.col("absolute"),
    )
    return pl.any_horizontal(limit.fill_null(False) for limit in limits)
