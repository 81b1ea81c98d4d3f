"""What is judged: every locality × target × milestone, with all that the later steps need."""

from datetime import date

import polars as pl

from indicators.assessment.bindings import TASK_KEY, candidates
from indicators.assessment.exact import DECIMAL
from indicators.assessment.inputs import AssessmentInputs

__all__ = ["TASK_KEY", "judged_tasks", "with_rules"]

_ABOUT_DISTRICTS = r"(ADMIN_LEVEL\.DISTRICT|ELECTED_BODY\.DISTRICT_COUNCIL)"


def judged_tasks(
    inputs: AssessmentInputs, as_of_year: int, observed: pl.DataFrame | None = None
) -> pl.LazyFrame:
    """One row per ``TASK_KEY`` with everything that the later steps need of the catalogue.

    Adds the binding target's number and series, the indicator's formula, decimals and limits,
    the near band, and what the dates say: ``is_closed``, ``is_abolished``, ``is_inapplicable``,
    ``horizon`` (the last year that may be seen) and ``anchor_year`` (the year from which age is
    counted). Compound targets are no tasks: they follow from their parts. ``observed``: as for
    ``bindings.candidates``.
    """
    return (
        candidates(inputs, observed)
        .lazy()
        .filter("works")
        .drop("works", "has_local", "plan_locality_id")
        .rename({"version": "target_version"})
        .join(_binding_targets(inputs), on="binding_target_id")
        .join(_localities(inputs), on="locality_id")
        .with_columns(_dates(as_of_year))
        .pipe(with_rules, inputs)
        .pipe(_add_inapplicable, inputs)
    )


def with_rules(rows: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add how a value is compared: the indicator's columns, ``comparison`` and the near band.

    Args:
        rows: with ``binding_target_id``, ``indicator_id``, ``direction`` and ``operator``.
        inputs: the catalogue.
    """
    maintained = (
        pl.when(pl.col("direction") == "decrease").then(pl.lit("<=")).otherwise(pl.lit(">="))
    )
    comparison = pl.when(pl.col("operator") == "maintain").then(maintained).otherwise("operator")
    return (
        rows.join(_indicators(inputs), on="indicator_id", how="left")
        .with_columns(comparison=comparison)
        .pipe(_add_near_bands, inputs)
    )


def _binding_targets(inputs: AssessmentInputs) -> pl.LazyFrame:
    is_unverified = (pl.col("confidence") != "official") & pl.col("confirmed_on").is_null()
    return inputs.targets.lazy().select(
        "programme_id",
        "indicator_id",
        "sex",
        "age",
        "breakdown",
        "definition",
        "direction",
        binding_target_id="target_id",
        target_is_unverified=is_unverified,
    )


def _indicators(inputs: AssessmentInputs) -> pl.LazyFrame:
    return inputs.indicators.lazy().select(
        "indicator_id",
        "formula_kind",
        "decimals",
        "publishing_period_years",
        "lower_limit",
        "upper_limit",
        pl.col("formula_factor", "optimum_lower", "optimum_upper").cast(DECIMAL),
        is_of_a_term=pl.col("periodicity") == "term",
    )


def _localities(inputs: AssessmentInputs) -> pl.LazyFrame:
    """Units that existed in the base year or later; older ones are history, not judged."""
    start = date(inputs.whole("base_year"), 1, 1)
    return (
        inputs.localities.lazy()
        .select("locality_id", "level", "valid_from", "valid_to")
        .filter((pl.col("valid_to") >= start).fill_null(value=True))
    )


def _dates(as_of_year: int) -> list[pl.Expr]:
    milestone_year = pl.col("milestone_year")
    is_closed = milestone_year < as_of_year
    return [
        is_closed.alias("is_closed"),
        (pl.col("valid_to") < pl.date(milestone_year, 12, 31))
        .fill_null(value=False)
        .alias("is_abolished"),
        pl.when(is_closed).then(milestone_year).otherwise(as_of_year).alias("horizon"),
        pl.when(is_closed).then(milestone_year).otherwise(as_of_year - 1).alias("anchor_year"),
    ]


def _add_inapplicable(tasks: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """Add ``is_inapplicable``: nobody there can be asked.

    Because the locality came after the milestone's year (a council elected in 2021 is not one of
    the provinces of 2025), or because the target is about district authorities and the province
    never had any, as none of 2025 has.
    """
    districts = inputs.localities.filter(pl.col("level") == "district")
    having = districts["parent_id"].drop_nulls().unique().to_list()
    without_object = (
        pl.col("breakdown").str.contains(_ABOUT_DISTRICTS)
        & (pl.col("level") == "province")
        & ~pl.col("locality_id").is_in(having)
    )
    came_later = pl.col("valid_from") > pl.date(pl.col("milestone_year"), 12, 31)
    return tasks.with_columns(
        is_inapplicable=without_object.fill_null(value=False) | came_later.fill_null(value=False)
    )


def _add_near_bands(tasks: pl.LazyFrame, inputs: AssessmentInputs) -> pl.LazyFrame:
    """The near band of the binding target, else the default band ("*")."""
    limits = ("whole_units", "share_of_target", "absolute")
    bands = inputs.near_bands.lazy().select(
        "target_id",
        pl.col("whole_units").cast(pl.Int64),
        pl.col("share_of_target", "absolute").cast(DECIMAL),
    )
    band_target = (
        pl.when(pl.col("binding_target_id").is_in(inputs.near_bands["target_id"].to_list()))
        .then("binding_target_id")
        .otherwise(pl.lit("*"))
    )
    return tasks.with_columns(band_target=band_target).join(
        bands.select(*limits, band_target="target_id"), on="band_target", how="left"
    )
