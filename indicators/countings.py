"""Countings of verdicts: how many targets are met, of how many, by the scales that reports use.

Two scales from the same rows. Reports of localities have three statuses (đạt, chưa đạt, không đánh
giá được); the Government's report has four (đạt, đạt một phần, gần đạt, còn xa), with those that
cannot be assessed beside them. What is on the way to an open milestone is counted by itself: it
is neither met nor missed. Counts only, always with their denominator; there is no score.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from indicators.tables import Verdict

_PLACE = ("locality_id", "milestone_year")


class Scale(StrEnum):
    """How finely verdicts are told apart."""

    THREE = "three"
    FOUR = "four"


class Status(StrEnum):
    """What a report says of a target."""

    MET = "met"  # đạt
    PARTIALLY_MET = "partially_met"  # đạt một phần
    NEAR = "near"  # gần đạt
    FAR = "far"  # còn xa
    NOT_MET = "not_met"  # chưa đạt
    ON_THE_WAY = "on_the_way"  # đang thực hiện: the milestone is open
    NOT_ASSESSABLE = "not_assessable"  # không đánh giá được


STATUS_OF: dict[Scale, dict[Verdict, Status]] = {
    Scale.THREE: {
        Verdict.MET: Status.MET,
        Verdict.PARTIALLY_MET: Status.NOT_MET,
        Verdict.NEAR: Status.NOT_MET,
        Verdict.NOT_MET: Status.NOT_MET,
        Verdict.ON_THE_WAY: Status.ON_THE_WAY,
        Verdict.NOT_ASSESSABLE: Status.NOT_ASSESSABLE,
    },
    Scale.FOUR: {
        Verdict.MET: Status.MET,
        Verdict.PARTIALLY_MET: Status.PARTIALLY_MET,
        Verdict.NEAR: Status.NEAR,
        Verdict.NOT_MET: Status.FAR,
        Verdict.ON_THE_WAY: Status.ON_THE_WAY,
        Verdict.NOT_ASSESSABLE: Status.NOT_ASSESSABLE,
    },
}
# Before its time a milestone is not missed: on the scale of three these are then on the way.
_UNDER_WAY = (Verdict.PARTIALLY_MET.value, Verdict.NEAR.value)


def add_status(assessments: pl.DataFrame, scale: Scale, said: str = "verdict") -> pl.DataFrame:
    """Add ``status``: column ``said`` (``verdict`` or ``attainment``) on one of the scales."""
    words = {verdict.value: status.value for verdict, status in STATUS_OF[scale].items()}
    is_under_way = (
        pl.lit(scale is Scale.THREE)
        & (pl.col("milestone_state") == "open")
        & pl.col(said).is_in(_UNDER_WAY)
    )
    return assessments.with_columns(
        status=pl.when(is_under_way)
        .then(pl.lit(Status.ON_THE_WAY.value))
        .otherwise(pl.col(said).replace_strict(words, return_dtype=pl.String))
    )


def countings(assessments: pl.DataFrame, scale: Scale, said: str = "verdict") -> pl.DataFrame:
    """How many rows have each status, per locality and milestone.

    Args:
        assessments: rows as ``tables.Assessments``, of the targets to be counted (say, the 20
            headline targets); primary rows alone are looked at, so that each counts once.
        scale: of three or of four statuses.
        said: ``verdict``, or ``attainment`` for the value against the target whatever the year.

    Returns:
        One row per locality and milestone: a column for every status of the scale, ``assessed``
        (those that could be assessed) and ``total``. The statuses add up to ``total``.
    """
    statuses = list(dict.fromkeys(STATUS_OF[scale].values()))
    primary = add_status(assessments.filter("is_primary"), scale, said)
    return (
        primary.group_by(_PLACE)
        .agg(
            *((pl.col("status") == one.value).sum().cast(pl.Int64).alias(one) for one in statuses),
            total=pl.len().cast(pl.Int64),
        )
        .with_columns(assessed=pl.col("total") - pl.col(Status.NOT_ASSESSABLE.value))
        .select(*_PLACE, *statuses, "assessed", "total")
        .sort(_PLACE)
    )
