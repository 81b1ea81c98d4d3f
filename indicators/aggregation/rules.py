"""What an indicator allows: which of its series add up, and which weight they may use."""

from __future__ import annotations

import polars as pl

from indicators.assessment.exact import DECIMAL

RULE_KEY = ("indicator_id", "breakdown", "level_from")
_NAMES_A_LEVEL = r"(^|\+)(ADMIN_LEVEL|ELECTED_BODY)\."


def rules(attempts: pl.DataFrame, indicators: pl.DataFrame, *, across_levels: bool) -> pl.DataFrame:
    """The rule for each (indicator, breakdown, level of the parts) in ``attempts``.

    Two kinds of series that look additive are not:

    * from one level to the next, bodies and posts of no named level: the whole has bodies of its
      own beside those of its parts (a province's departments are in none of its communes);
    * in a merger, bodies of the merged units' own level: two provincial authorities that become
      one are not two halves of it.

    A rate broken down by a dimension that does not divide its denominator has no weight.

    Returns:
        RULE_KEY, ``aggregation``, ``factor``, ``weight_indicator_id``, ``weight_sex``.
    """
    whose_parts = _parts_miss_the_whole() if across_levels else _counts_its_own_level()
    has_no_weight = ~_divides_the_denominator()
    return (
        attempts.select(RULE_KEY)
        .unique()
        .join(indicators.drop("breakdowns"), on="indicator_id")
        .select(
            *RULE_KEY,
            aggregation=pl.when(whose_parts).then(pl.lit("none")).otherwise("aggregation"),
            factor=pl.col("formula_factor").cast(DECIMAL),
            weight_indicator_id=pl.when(has_no_weight).then(None).otherwise("weight_indicator_id"),
            weight_sex=pl.col("weight_sex"),
        )
    )


def _parts_miss_the_whole() -> pl.Expr:
    is_of_bodies = pl.col("denominator_kind").is_in(["bodies", "posts"]).fill_null(value=False)
    return is_of_bodies & ~pl.col("breakdown").str.contains(_NAMES_A_LEVEL)


def _counts_its_own_level() -> pl.Expr:
    kind = pl.col("denominator_kind").fill_null("")
    level = pl.concat_str(pl.lit("ADMIN_LEVEL."), pl.col("level_from").str.to_uppercase())
    is_of_own_level = (kind == "bodies") & pl.col("breakdown").str.contains(level, literal=True)
    return is_of_own_level | (kind == pl.concat_str("level_from", pl.lit("s")))


def _divides_the_denominator() -> pl.Expr:
    """Whether every dimension of the breakdown is one of ``weight_dimensions``."""
    named = (
        pl.col("breakdown")
        .str.extract_all(r"[A-Z_]+\.")
        .list.eval(pl.element().str.strip_suffix(".").str.to_lowercase())
    )
    allowed = pl.col("weight_dimensions").fill_null("").str.split(";")
    return named.list.set_difference(allowed).list.len() == 0
