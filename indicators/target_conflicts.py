"""Documents that ask for different things of one series, from the catalogue alone.

Nothing is decided here: the board judges by the Strategy or by the plan that binds a locality, and
the register shows what else stands in force beside it.
"""

import polars as pl

from indicators.assessment import AssessmentInputs
from indicators.assessment.bindings import NATIONAL, SERIES_OF_TARGET, strictness
from indicators.tables import TargetConflicts, conform

_COMPARED = ("operator", "target_value", "target_upper")


def target_conflicts(inputs: AssessmentInputs) -> pl.DataFrame:
    """Pairs of unequal requirements on one series, milestone and place (``TargetConflicts``).

    Two national documents meet in the country; a national and a local one in the locality, if the
    national one applies at its level; two local ones in the locality that issued both. The first
    of a pair is the national one, of equals the one that comes first in the catalogue.
    """
    requirements = _requirements(inputs)
    pairs = requirements.join(
        requirements, on=["milestone_year", *SERIES_OF_TARGET], suffix="_other"
    )
    frame = (
        pairs.filter(_comes_first(), _overlaps())
        .with_columns(
            kind=_kind(),
            other_target_id="target_id_other",
            locality_id=pl.when(pl.col("locality_id") == NATIONAL)
            .then("locality_id_other")
            .otherwise("locality_id"),
        )
        .filter(pl.col("kind").is_not_null())
        .sort("order", "order_other", "milestone_year")
    )
    return conform(frame, TargetConflicts)


def _requirements(inputs: AssessmentInputs) -> pl.DataFrame:
    """Every milestone of a target with a series, with the level of the locality that it binds."""
    levels = inputs.localities.select("locality_id", "level")
    return (
        inputs.targets.with_row_index("order")
        .filter(pl.col("indicator_id").is_not_null())
        .select(
            "order",
            "target_id",
            "locality_id",
            *SERIES_OF_TARGET,
            "direction",
            levels=pl.col("applies_to_levels").str.split(";"),
        )
        .join(inputs.target_milestones, on="target_id")
        .join(levels, on="locality_id", how="left", maintain_order="left")
        .with_columns(strictness=strictness())
    )


def _comes_first() -> pl.Expr:
    is_local, other_is_local = _is_local(), _is_local("_other")
    is_earlier = pl.col("order") < pl.col("order_other")
    return pl.when(is_local == other_is_local).then(is_earlier).otherwise(~is_local)


def _overlaps() -> pl.Expr:
    """Both hold somewhere: in the country, at the local one's locality, or at one locality."""
    both_national = ~_is_local() & ~_is_local("_other")
    share_a_level = pl.col("levels").list.set_intersection("levels_other").list.len() > 0
    applies_there = pl.col("levels").list.contains(pl.col("level_other"))
    return (
        pl.when(both_national)
        .then(share_a_level)
        .when(~_is_local())
        .then(applies_there)
        .otherwise(pl.col("locality_id") == pl.col("locality_id_other"))
    )


def _kind() -> pl.Expr:
    """How the other document differs; null where both ask for the same."""
    value, other = pl.col("target_value"), pl.col("target_value_other")
    is_equal = pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(f"{name}_other")) for name in _COMPARED
    )
    is_local_plan = ~_is_local() & _is_local("_other")
    stricter = pl.col("strictness_other") > pl.col("strictness")
    return (
        pl.when(is_equal)
        .then(None)
        .when(value.is_null() | other.is_null())
        .then(pl.lit("no_number"))
        .when(is_local_plan & (value != other) & stricter)
        .then(pl.lit("local_stricter"))
        .when(is_local_plan & (value != other))
        .then(pl.lit("local_weaker"))
        .when(value.eq_missing(other) & (pl.col("operator") != pl.col("operator_other")))
        .then(pl.lit("other_operator"))
        .otherwise(pl.lit("other_number"))
    )


def _is_local(suffix: str = "") -> pl.Expr:
    return pl.col(f"locality_id{suffix}") != NATIONAL
