"""What is judged: every locality × target × milestone, and which document sets the number.

A locality's own target beats the national one (``own``). A merged locality without its own works
with the strictest that its predecessors worked with: a plan's number (``inherited``) or, where one
of them had no plan of its own, the national value. Otherwise the national value is used
(``national``).
"""

from datetime import date

import polars as pl

from indicators.assessment.exact import DECIMAL
from indicators.assessment.inputs import AssessmentInputs

TASK_KEY = ("locality_id", "target_id", "milestone_year")

NATIONAL = "VN"
_JUDGED_LEVELS = ("national", "province")
_WHOLE_PREDECESSOR = ("merged_whole", "whole")
# Which task stands where several documents meet; of equals the strictest.
_OWN, _INHERITED, _NATIONAL = 0, 1, 2


def judged_tasks(inputs: AssessmentInputs, as_of_year: int) -> pl.LazyFrame:
    """One row per ``TASK_KEY`` with everything that the later steps need of the catalogue.

    Adds the binding target's number and series, the indicator's formula, decimals and limits,
    the near band, and what the dates say: ``is_closed``, ``is_abolished``, ``horizon`` (the last
    year that may be seen) and ``anchor_year`` (the year from which age is counted). Compound
    targets are no tasks: they follow from their parts.
    """
    candidates = pl.concat([_everywhere(inputs), _purely_local(inputs), _replacing(inputs)])
    return (
        candidates.join(_binding_targets(inputs), on="binding_target_id")
        .join(_milestones(inputs), on=["binding_target_id", "milestone_year"])
        .pipe(_the_binding_one)
        .join(_indicators(inputs), on="indicator_id", how="left")
        .join(_localities(inputs), on="locality_id")
        .with_columns(_dates(as_of_year))
        .pipe(_add_near_bands, inputs)
    )


def reach(inputs: AssessmentInputs) -> pl.LazyFrame:
    """Which localities a plan speaks for: ``plan_locality``, ``locality_id``, ``binding``.

    Its own locality, the same unit in the other geography (unchanged borders), and, as
    ``inherited``, the unit that its locality went into as a whole.
    """
    own = inputs.localities.lazy().select("locality_id", plan_locality="locality_id")
    links = inputs.locality_succession.lazy()
    same = links.filter(pl.col("relation") == "unchanged")
    successors = links.filter(pl.col("relation").is_in(_WHOLE_PREDECESSOR))
    forward = {"plan_locality": "predecessor_id", "locality_id": "successor_id"}
    backward = {"plan_locality": "successor_id", "locality_id": "predecessor_id"}
    return pl.concat(
        [
            frame.select("plan_locality", "locality_id", binding=pl.lit(binding))
            for frame, binding in (
                (own, "own"),
                (same.select(**forward), "own"),
                (same.select(**backward), "own"),
                (successors.select(**forward), "inherited"),
            )
        ]
    ).unique()


def _task(binding: pl.Expr, precedence: pl.Expr) -> list[pl.Expr]:
    return [
        *map(pl.col, (*TASK_KEY, "binding_target_id")),
        binding.alias("binding"),
        precedence.cast(pl.Int64).alias("precedence"),
    ]


def _everywhere(inputs: AssessmentInputs) -> pl.LazyFrame:
    """National targets at every locality of the levels that they apply to."""
    targets = (
        inputs.targets.lazy()
        .filter(pl.col("locality_id") == NATIONAL, pl.col("compound_rule").is_null())
        .select("target_id", level=pl.col("applies_to_levels").str.split(";"))
        .explode("level")
        .filter(pl.col("level").is_in(_JUDGED_LEVELS))
    )
    localities = inputs.localities.lazy().select("locality_id", "level")
    is_nation = pl.col("locality_id") == NATIONAL
    return (
        targets.join(localities, on="level")
        .join(inputs.target_milestones.lazy(), on="target_id")
        .with_columns(binding_target_id="target_id")
        .select(
            _task(
                pl.when(is_nation).then(pl.lit("own")).otherwise(pl.lit("national")),
                pl.lit(_NATIONAL),
            )
        )
    )


def _purely_local(inputs: AssessmentInputs) -> pl.LazyFrame:
    """Local targets that replace no national one, at their own locality."""
    return (
        inputs.targets.lazy()
        .filter(pl.col("locality_id") != NATIONAL, pl.col("counterpart_target_id").is_null())
        .select("target_id", plan_locality="locality_id")
        .join(reach(inputs).filter(pl.col("binding") == "own"), on="plan_locality")
        .join(inputs.target_milestones.lazy(), on="target_id")
        .with_columns(binding_target_id="target_id")
        .select(_task(pl.lit("own"), pl.lit(_OWN)))
    )


def _replacing(inputs: AssessmentInputs) -> pl.LazyFrame:
    """Local targets with a number, valid in the milestone's year, and whom they reach.

    An inherited one yields to a stricter national value while a predecessor without a number of
    its own works with that value.
    """
    milestone_year = pl.col("milestone_year")
    is_valid = (milestone_year >= pl.col("valid_from_year")).fill_null(True) & (
        milestone_year <= pl.col("valid_to_year")
    ).fill_null(True)
    national = inputs.targets.lazy().select("target_id", national_indicator="indicator_id")
    predecessors = (
        reach(inputs).filter(pl.col("binding") == "inherited").group_by("locality_id").len()
    )
    with_plan = pl.col("plan_locality").n_unique().over(*TASK_KEY, "binding")
    is_partial = (with_plan < pl.col("len")) & (
        pl.col("indicator_id") == pl.col("national_indicator")
    )
    return (
        inputs.targets.lazy()
        .filter(pl.col("locality_id") != NATIONAL, pl.col("counterpart_target_id").is_not_null())
        .rename({"locality_id": "plan_locality", "target_id": "binding_target_id"})
        .rename({"counterpart_target_id": "target_id"})
        .join(reach(inputs), on="plan_locality")
        .join(_milestones(inputs), on="binding_target_id")
        .filter(is_valid, pl.col("operator").is_not_null(), pl.col("target_value").is_not_null())
        .join(national, on="target_id", how="left")
        .join(predecessors, on="locality_id", how="left")
        .select(
            _task(
                pl.col("binding"),
                pl.when(pl.col("binding") == "own")
                .then(_OWN)
                .when(is_partial)
                .then(_NATIONAL)
                .otherwise(_INHERITED),
            )
        )
    )


def _the_binding_one(candidates: pl.LazyFrame) -> pl.LazyFrame:
    """One candidate per task: by precedence, then the strictest, and of equals the local one."""
    return (
        candidates.sort(
            *TASK_KEY,
            "precedence",
            _strictness(),
            pl.col("operator").is_in([">", "<"]),
            pl.col("binding") == "national",
            "binding_target_id",
            descending=[*(False for _ in TASK_KEY), False, True, True, False, False],
            nulls_last=True,
        )
        .unique(TASK_KEY, keep="first", maintain_order=True)
        .drop("precedence")
    )


def _strictness() -> pl.Expr:
    """The target value, turned so that more is stricter."""
    must_fall = pl.col("operator").is_in(["<=", "<"]) | (
        ~pl.col("operator").is_in([">=", ">"])
        & (pl.col("direction") == "decrease").fill_null(False)
    )
    return pl.when(must_fall).then(-pl.col("target_value")).otherwise("target_value")


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


def _milestones(inputs: AssessmentInputs) -> pl.LazyFrame:
    return inputs.target_milestones.lazy().select(
        "milestone_year",
        "operator",
        "target_value",
        "target_upper",
        "is_approximate",
        binding_target_id="target_id",
    )


def _indicators(inputs: AssessmentInputs) -> pl.LazyFrame:
    return inputs.indicators.lazy().select(
        "indicator_id",
        "formula_kind",
        "decimals",
        "publishing_period_years",
        "lower_limit",
        "upper_limit",
        pl.col("formula_factor").cast(DECIMAL),
    )


def _localities(inputs: AssessmentInputs) -> pl.LazyFrame:
    """Units that existed in the base year or later; older ones are history, not judged."""
    start = date(inputs.whole("base_year"), 1, 1)
    return (
        inputs.localities.lazy()
        .select("locality_id", "valid_to")
        .filter((pl.col("valid_to") >= start).fill_null(True))
    )


def _dates(as_of_year: int) -> list[pl.Expr]:
    milestone_year = pl.col("milestone_year")
    is_closed = milestone_year < as_of_year
    maintained = (
        pl.when(pl.col("direction") == "decrease").then(pl.lit("<=")).otherwise(pl.lit(">="))
    )
    return [
        is_closed.alias("is_closed"),
        (pl.col("valid_to") < pl.date(milestone_year, 12, 31))
        .fill_null(False)
        .alias("is_abolished"),
        pl.when(is_closed).then(milestone_year).otherwise(as_of_year).alias("horizon"),
        pl.when(is_closed).then(milestone_year).otherwise(as_of_year - 1).alias("anchor_year"),
        pl.when(pl.col("operator") == "maintain")
        .then(maintained)
        .otherwise("operator")
        .alias("comparison"),
    ]


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
