"""Which document sets the number: own plan, predecessors' plans, national programme.

A locality's own target beats the national one (``own``). A merged locality without its own works
with the strictest that its predecessors worked with: a plan's number (``inherited``) or, where one
of them had no plan of its own, the national value. Otherwise the national value is used
(``national``), at districts and communes only where there is something to say of them.
"""

import polars as pl

from indicators.assessment.inputs import AssessmentInputs
from indicators.assessment.reach import predecessor_counts, reach
from indicators.tables import TargetBindings, conform

TASK_KEY = ("locality_id", "target_id", "milestone_year")
NATIONAL = "VN"
SERIES_OF_TARGET = ("indicator_id", "sex", "age", "breakdown", "definition")
GROUP = ("indicator_id", "sex", "age", "breakdown")  # a series, whatever its definition

_JUDGED_EVERYWHERE = ("national", "province")
_JUDGED_WHERE_REPORTED = ("district", "commune")
_REQUIREMENT = ("operator", "target_value", "target_upper", "is_approximate", "version")
# Which candidate works where several documents meet; of equals the strictest.
_OWN, _INHERITED, _NATIONAL = 0, 1, 2
_CANDIDATE = (
    *TASK_KEY,
    "binding_target_id",
    "plan_locality_id",
    "binding",
    "precedence",
    "hops",
)


def candidates(inputs: AssessmentInputs, observed: pl.DataFrame | None = None) -> pl.DataFrame:
    """Every document that could set the number of a task.

    Args:
        inputs: the catalogue, one version of each milestone.
        observed: ``GROUP`` and ``ref_area`` of the series with figures; without it, districts and
            communes are given national targets only beside a plan of their own.

    Returns:
        ``TASK_KEY``, ``binding_target_id``, ``plan_locality_id``, ``binding``, the requirement,
        ``works`` (true once per task) and ``has_local`` (a local document has a number there).
    """
    local = _local(inputs)
    with_local = local.select(TASK_KEY).unique()
    national = _national(inputs, local, observed)
    alone = national.join(with_local, on=TASK_KEY, how="anti")
    rivals = national.join(with_local, on=TASK_KEY, how="semi")
    return pl.concat(
        [
            alone.with_columns(works=pl.lit(value=True), has_local=pl.lit(value=False)),
            _ranked(pl.concat([local, rivals]), inputs).with_columns(has_local=pl.lit(value=True)),
        ]
    ).drop("precedence", "hops")


def target_bindings(inputs: AssessmentInputs) -> pl.DataFrame:
    """The candidates wherever a local document has a number, as ``tables.TargetBindings``."""
    found = candidates(inputs).filter("has_local", pl.col("target_value").is_not_null())
    series = inputs.targets.select(
        binding_target_id="target_id", series=pl.concat_str(SERIES_OF_TARGET, separator="|")
    )
    found = found.join(series, on="binding_target_id", how="left", maintain_order="left")
    working = found.filter("works").select(*TASK_KEY, working_series="series")
    frame = (
        found.join(working, on=TASK_KEY)
        .with_columns(is_same_series=pl.col("series").eq_missing(pl.col("working_series")))
        .sort(*TASK_KEY, "works", "binding_target_id", descending=[False] * 3 + [True, False])
    )
    return conform(frame, TargetBindings)


def strictness() -> pl.Expr:
    """The target value, turned so that more is stricter."""
    must_fall = pl.col("operator").is_in(["<=", "<"]) | (
        ~pl.col("operator").is_in([">=", ">"])
        & (pl.col("direction") == "decrease").fill_null(value=False)
    )
    return pl.when(must_fall).then(-pl.col("target_value")).otherwise("target_value")


def _requirements(inputs: AssessmentInputs) -> pl.DataFrame:
    return inputs.target_milestones.select(
        "milestone_year", *_REQUIREMENT, binding_target_id="target_id"
    )


# Local documents ------------------------------------------------------------------------------


def _local(inputs: AssessmentInputs) -> pl.DataFrame:
    """Plans with a number, valid in the milestone's year, at every locality that they reach.

    A plan's own line that replaces no national target stands without a number too, at its own
    locality: it says that there is a plan which has not been read. Of the plans that came through
    one predecessor the nearest counts, for that is what the predecessor worked with.
    """
    milestone_year = pl.col("milestone_year")
    is_valid = (milestone_year >= pl.col("valid_from_year")).fill_null(value=True) & (
        milestone_year <= pl.col("valid_to_year")
    ).fill_null(value=True)
    has_number = pl.col("operator").is_not_null() & pl.col("target_value").is_not_null()
    is_purely_own = pl.col("counterpart_target_id").is_null() & (pl.col("binding") == "own")
    reached = reach(inputs)
    lineage = (*TASK_KEY, "binding", "via")
    return (
        inputs.targets.filter(pl.col("locality_id") != NATIONAL)
        .rename({"locality_id": "plan_locality", "target_id": "binding_target_id"})
        .with_columns(target_id=pl.coalesce("counterpart_target_id", "binding_target_id"))
        .join(reached, on="plan_locality")
        .join(_requirements(inputs), on="binding_target_id")
        .filter(is_valid, has_number | is_purely_own)
        .filter(
            (pl.col("binding") == "own")
            | (pl.col("mergers") == pl.col("mergers").min().over(lineage))
        )
        .rename({"plan_locality": "plan_locality_id"})
        .pipe(_with_precedence, inputs, predecessor_counts(reached))
        .select(*_CANDIDATE, *_REQUIREMENT)
        .unique([*TASK_KEY, "binding_target_id"], keep="first", maintain_order=True)
    )


def _with_precedence(
    local: pl.DataFrame, inputs: AssessmentInputs, counts: pl.DataFrame
) -> pl.DataFrame:
    """Add ``precedence``; an inherited number yields to a stricter national value while a
    predecessor without a number of its own works with that value.
    """
    national = _national_forms(inputs).select(
        "target_id", "level", national_indicator="indicator_id"
    )
    levels = inputs.localities.select("locality_id", "level")
    with_plan = pl.col("via").n_unique().over(*TASK_KEY, "binding")
    is_partial = (with_plan < pl.col("predecessors")) & (
        pl.col("indicator_id") == pl.col("national_indicator")
    )
    return (
        local.join(levels, on="locality_id", how="left", maintain_order="left")
        .join(national, on=["target_id", "level"], how="left", maintain_order="left")
        .join(counts, on="locality_id", how="left", maintain_order="left")
        .with_columns(
            precedence=pl.when(pl.col("binding") == "own")
            .then(_OWN)
            .when(is_partial)
            .then(_NATIONAL)
            .otherwise(_INHERITED)
            .cast(pl.Int64)
        )
    )


# National documents ---------------------------------------------------------------------------


def _national_forms(inputs: AssessmentInputs) -> pl.DataFrame:
    """National targets by ``level``: ``target_id`` is the column of the board, which a local form
    shares with what it stands for; ``family`` holds the parts of a compound together.
    """
    return (
        inputs.targets.filter(pl.col("locality_id") == NATIONAL, pl.col("compound_rule").is_null())
        .select(
            *GROUP,
            binding_target_id="target_id",
            target_id=pl.coalesce("local_form_of", "target_id"),
            family=pl.coalesce("parent_target_id", "local_form_of", "target_id"),
            level=pl.col("applies_to_levels").str.split(";"),
        )
        .explode("level")
    )


def _national(
    inputs: AssessmentInputs, local: pl.DataFrame, observed: pl.DataFrame | None
) -> pl.DataFrame:
    forms = _national_forms(inputs)
    localities = inputs.localities.select("locality_id", "level")
    everywhere = forms.filter(pl.col("level").is_in(_JUDGED_EVERYWHERE)).join(
        localities, on="level"
    )
    is_nation = pl.col("locality_id") == NATIONAL
    return (
        pl.concat([everywhere, _where_reported(forms, localities, local, observed)])
        .join(_requirements(inputs), on="binding_target_id")
        .with_columns(
            plan_locality_id=pl.lit(NATIONAL),
            binding=pl.when(is_nation).then(pl.lit("own")).otherwise(pl.lit("national")),
            precedence=pl.lit(_NATIONAL, dtype=pl.Int64),
            hops=pl.lit(0, dtype=pl.Int64),
        )
        .select(*_CANDIDATE, *_REQUIREMENT)
    )


def _where_reported(
    forms: pl.DataFrame,
    localities: pl.DataFrame,
    local: pl.DataFrame,
    observed: pl.DataFrame | None,
) -> pl.DataFrame:
    """Districts and communes: where a plan meets the national target or there are figures.

    Figures on one part of a compound bring in all its parts, or the rest would go unnoticed.
    """
    below = localities.filter(pl.col("level").is_in(_JUDGED_WHERE_REPORTED))
    beside_plans = local.select("locality_id", "target_id").unique().join(below, on="locality_id")
    found = [forms.join(beside_plans, on=["target_id", "level"])]
    if observed is not None:
        places = observed.rename({"ref_area": "locality_id"}).join(below, on="locality_id")
        reported = (
            forms.join(places, on=[*GROUP, "level"])
            .select("family", "level", "locality_id")
            .unique()
        )
        found.append(forms.join(reported, on=["family", "level"]))
    return pl.concat(found, how="diagonal").unique(["binding_target_id", "locality_id"])


# The one that works ---------------------------------------------------------------------------


def _ranked(contested: pl.DataFrame, inputs: AssessmentInputs) -> pl.DataFrame:
    """Add ``works``: by precedence, the newest own plan, the strictest; of equals the local one."""
    directions = inputs.targets.select("direction", binding_target_id="target_id")
    is_own = pl.col("binding") == "own"
    return (
        contested.join(directions, on="binding_target_id", how="left", maintain_order="left")
        .sort(
            *TASK_KEY,
            "precedence",
            pl.when(is_own).then("hops").otherwise(0),
            strictness(),
            pl.col("operator").is_in([">", "<"]),
            pl.col("binding") == "national",
            "binding_target_id",
            descending=[*(False for _ in TASK_KEY), False, False, True, True, False, False],
            nulls_last=True,
        )
        .with_columns(works=pl.struct(TASK_KEY).is_first_distinct())
        .drop("direction")
    )
