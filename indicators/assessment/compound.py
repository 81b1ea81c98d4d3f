"""Compound targets follow from their parts and are never averaged."""

import polars as pl

from indicators.assessment.bindings import TASK_KEY
from indicators.assessment.inputs import AssessmentInputs
from indicators.tables import Pace, PaceReason, Verdict, VerdictReason

NO_FAMILY = "_Z"


def compound_rows(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """One row per locality, compound target and milestone whose parts are among ``rows``.

    Parts that do not apply in the locality are not counted. Parts of a level that was abolished
    are out of scope; where all are, so is the compound. Where no part applies, it says so.
    Where a locality's own plan sets one number for the whole compound, that row stands and none
    is made here.
    """
    compounds = inputs.targets.lazy().filter(pl.col("compound_rule").is_not_null())
    parents = inputs.targets.lazy().select("target_id", "parent_target_id").drop_nulls()
    milestones = inputs.target_milestones.lazy().select(
        "target_id",
        "milestone_year",
        "operator",
        "target_value",
        "target_upper",
        "is_approximate",
        target_version="version",
    )
    return (
        rows.filter("is_primary")
        .join(parents, on="target_id")
        .drop("target_id")
        .rename({"parent_target_id": "target_id"})
        .join(rows, on=TASK_KEY, how="anti")
        .group_by(TASK_KEY)
        .agg(*_counts(), *_flags())
        .join(compounds.select("target_id", "programme_id", "indicator_id"), on="target_id")
        .join(milestones, on=["target_id", "milestone_year"], how="left")
        .with_columns(
            verdict=_combined("", unmet=_unmet_verdict()),
            attainment=_combined("attainment_", unmet=pl.lit(Verdict.NOT_MET.value)),
        )
        .with_columns(
            verdict_reason=pl.when(pl.col("verdict") == Verdict.NOT_ASSESSABLE.value).then(
                _reason()
            ),
            basis=pl.when(pl.col("known") > 0).then(pl.lit("parts")).otherwise(pl.lit("none")),
            is_approximate=pl.col("is_approximate").fill_null(value=False),
            target_version=pl.col("target_version").fill_null(1),
            **_constants(),
        )
    )


def _counts() -> list[pl.Expr]:
    applies = ~pl.col("is_inapplicable")
    is_abolished = pl.col("verdict_reason").eq_missing(VerdictReason.LOCALITY_ABOLISHED.value)
    in_scope = applies & ~is_abolished
    verdict, attainment = pl.col("verdict"), pl.col("attainment")
    met, unassessed = Verdict.MET.value, Verdict.NOT_ASSESSABLE.value
    counts = {
        "parts_total": in_scope.sum(),
        "parts_met": (in_scope & (verdict == met)).sum(),
        "known": (in_scope & (verdict != unassessed)).sum(),
        "attainment_parts_total": applies.sum(),
        "attainment_parts_met": (applies & (attainment == met)).sum(),
        "attainment_known": (applies & (attainment != unassessed)).sum(),
    }
    return [count.cast(pl.Int64).alias(name) for name, count in counts.items()]


def _flags() -> list[pl.Expr]:
    binding = pl.col("binding")
    reason = pl.when(~pl.col("is_inapplicable")).then("verdict_reason")
    flags = (
        "is_provisional",
        "unrounded_flips",
        "is_old",
        "is_anomaly",
        "has_source_conflict",
        "is_unverified",
        "is_synthetic",
    )
    return [
        *(pl.col(flag).any() for flag in flags),
        pl.col("is_closed").first(),
        pl.when((binding == "own").any())
        .then(pl.lit("own"))
        .when((binding == "inherited").any())
        .then(pl.lit("inherited"))
        .otherwise(pl.lit("national"))
        .alias("binding"),
        pl.coalesce(reason.min(), pl.lit(VerdictReason.NOT_APPLICABLE.value)).alias("one_reason"),
        (reason.drop_nulls().n_unique() <= 1).alias("has_one_reason"),
    ]


def _combined(prefix: str, unmet: pl.Expr) -> pl.Expr:
    """All parts met, some met, none met; otherwise a missing part decides."""
    total, met, known = (
        pl.col(f"{prefix}{name}") for name in ("parts_total", "parts_met", "known")
    )
    return (
        pl.when((total > 0) & (met == total))
        .then(pl.lit(Verdict.MET.value))
        .when((met > 0) & (known > met))
        .then(pl.lit(Verdict.PARTIALLY_MET.value))
        .when((total > 0) & (known == total))
        .then(unmet)
        .otherwise(pl.lit(Verdict.NOT_ASSESSABLE.value))
    )


def _unmet_verdict() -> pl.Expr:
    return (
        pl.when("is_closed")
        .then(pl.lit(Verdict.NOT_MET.value))
        .otherwise(pl.lit(Verdict.ON_THE_WAY.value))
    )


def _reason() -> pl.Expr:
    """The parts' common reason where they share one, otherwise that a part is missing."""
    return (
        pl.when(pl.col("known") > 0)
        .then(pl.lit(VerdictReason.PART_MISSING.value))
        .when("has_one_reason")
        .then("one_reason")
        .otherwise(pl.lit(VerdictReason.NO_DATA.value))
    )


def _constants() -> dict[str, pl.Expr]:
    return {
        "binding_target_id": pl.col("target_id"),
        "source_family": pl.lit(NO_FAMILY),
        "is_primary": pl.lit(True),
        "comparable_points": pl.lit(0),
        "pace": pl.lit(Pace.NONE.value),
        "pace_reason": pl.lit(PaceReason.COMPOUND.value),
    }
