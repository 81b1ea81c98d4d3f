"""What a cell's own series says of it: levels before and after, in years around it."""

from __future__ import annotations

import polars as pl

from etl.history_cells import side_by_side

SIDE = 3  # so many reports are looked at on each side
FARTHEST = 6  # years; older figures say little of today's
_STEPS = (*range(-SIDE, 0), *range(1, SIDE + 1))
_MOVING = ("level", "log_numerator", "log_denominator")
_NUMBERS = (*_MOVING, "value", "numerator", "denominator")
_COLUMNS = (*_NUMBERS, "year")
_LAST = ("value", "numerator", "denominator")
_FEWEST_AROUND = 3  # reports that a level around rests on
_POWERS_OF_TEN = (1, 2, 3)
_SPREAD_OF_THREE = 1.69  # expected range of three normal values, in standard deviations


def with_own_history(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with what their series shows around them.

    ``<what>_move`` is the distance from the levels before and after (their geometric mean, 0 if
    they lie on opposite sides: a trend or a lasting step is no error); at an end of the series the
    smaller of the distances from the last report and from the level. ``<what>_spread`` is how far
    the calmer side scatters. A level is the median of up to three reports, so that one wrong
    figure in the neighbourhood does not make its neighbours look wrong.
    """
    around = [
        _neighbour(name, step).alias(f"{name}_{step}") for name in _COLUMNS for step in _STEPS
    ]
    seen = side_by_side(cells.select("series", *_COLUMNS), ("series", "year"), _NUMBERS, around)
    moves = [
        expression
        for what in _MOVING
        for expression in (_move(what).alias(f"{what}_move"), _spread(what).alias(f"{what}_spread"))
    ]
    others = [pl.col(f"value_{step}") for step in _STEPS]
    known = seen.select(
        *moves,
        *(_typical(what).alias(f"{what}_typical") for what in ("value", "denominator")),
        _repeated_year().alias("repeated_year"),
        pl.any_horizontal(one.is_in([0.0, 100.0]) for one in others)
        .fill_null(value=False)
        .alias("extreme_around"),
        pl.any_horizontal(one.is_not_null() for one in others).alias("has_other_years"),
        *(pl.col(f"{what}_-1").alias(f"last_{what}") for what in _LAST),
        pl.when(pl.sum_horizontal(one.is_not_null() for one in others) >= _FEWEST_AROUND)
        .then(pl.concat_list(others).list.median())
        .alias("value_around"),
    )
    return pl.concat([cells, known], how="horizontal").with_columns(
        _from_power(what).alias(f"{what}_from_power") for what in ("value", "denominator")
    )


def _from_power(what: str) -> pl.Expr:
    usual = pl.col(f"{what}_typical")
    ratio = pl.when((pl.col(what) > 0) & (usual > 0)).then((pl.col(what) / usual).log(10).abs())
    return pl.min_horizontal((ratio - power).abs() for power in _POWERS_OF_TEN)


def _neighbour(name: str, step: int) -> pl.Expr:
    """The value of the report ``step`` places on in the same series, null if too far away."""
    same = pl.col("series").shift(-step) == pl.col("series")
    near = (pl.col("year").shift(-step) - pl.col("year")).abs() <= FARTHEST
    return pl.when(same & near).then(pl.col(name).shift(-step))


def _side(what: str, *, before: bool) -> list[str]:
    return [f"{what}_{-step if before else step}" for step in range(1, SIDE + 1)]


def _median(names: list[str]) -> pl.Expr:
    """Median of up to three columns, without building lists."""
    count = pl.sum_horizontal(pl.col(name).is_not_null() for name in names)
    total, low = pl.sum_horizontal(names), pl.min_horizontal(names)
    high = pl.max_horizontal(names)
    return (
        pl.when(count == 3)
        .then(total - low - high)
        .when(count == 2)
        .then(total / 2)
        .when(count == 1)
        .then(total)
    )


def _move(what: str) -> pl.Expr:
    value = pl.col(what)
    from_before = value - _median(_side(what, before=True))
    from_after = value - _level_after(what)
    either = pl.coalesce(from_before, from_after)
    from_last = (value - pl.coalesce(f"{what}_-1", f"{what}_1")).abs()
    return (
        pl.when(from_before.is_null() | from_after.is_null())
        .then(pl.when(either.is_not_null()).then(pl.min_horizontal(either.abs(), from_last)))
        .when(from_before * from_after > 0)
        .then((from_before * from_after).sqrt())
        .when(from_before.is_not_null())
        .then(0.0)
    )


def _spread(what: str) -> pl.Expr:
    sides = []
    for before in (True, False):
        names = _side(what, before=before)
        complete = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
        span = pl.max_horizontal(names) - pl.min_horizontal(names)
        sides.append(pl.when(complete).then(span))
    return (pl.min_horizontal(sides) / _SPREAD_OF_THREE).fill_null(0.0)


def _typical(what: str) -> pl.Expr:
    return pl.coalesce(_median(_side(what, before=True)), _level_after(what))


def _level_after(what: str) -> pl.Expr:
    """The level after; null if there is one report after and none before."""
    names = _side(what, before=False)
    known = pl.col(f"{what}_-1").is_not_null() | pl.col(names[1]).is_not_null()
    return pl.when(known).then(_median(names))


def _repeated_year() -> pl.Expr:
    """An earlier year (not the last one only by rounding) whose counts are exactly the same."""
    return pl.coalesce(
        pl.when(
            (pl.col(f"numerator_{-step}") == pl.col("numerator"))
            & (pl.col(f"denominator_{-step}") == pl.col("denominator"))
        ).then(pl.col(f"year_{-step}"))
        for step in range(1, SIDE + 1)
    )
