"""What a unit says of its own targets, beside what was computed.

Neither overwrites the other. Where they differ, the data are asked what would make the unit right:
another rounding, source, document, year, denominator or definition. The first that does is given
as the probable reason.
"""

from __future__ import annotations

import polars as pl

from indicators.assessment import AssessmentInputs
from indicators.assessment.attainment import add_attainment
from indicators.assessment.bindings import TASK_KEY
from indicators.assessment.exact import SCALE, divide, round_half_up
from indicators.assessment.tasks import with_rules
from indicators.tables import StatementReason, StatementReviews, Verdict, VerdictReason, conform

_STATEMENT = ("submission_id", "sheet", "sheet_row")
_SERIES = ("indicator_id", "sex", "age", "breakdown")
_REQUIREMENT = ("operator", "target_value", "target_upper")
# Reasons that are found by trying another figure or document, first found first given.
_TRIED = (
    StatementReason.ROUNDING,
    StatementReason.OTHER_SOURCE,
    StatementReason.OTHER_TARGET,
    StatementReason.NEAR_BAND,
    StatementReason.OTHER_YEAR,
    StatementReason.OTHER_DENOMINATOR,
    StatementReason.OTHER_DEFINITION,
)
_UNMET = (Verdict.NOT_MET.value, Verdict.ON_THE_WAY.value)


def statement_reviews(
    statements: pl.DataFrame,
    assessments: pl.DataFrame,
    observations: pl.DataFrame,
    bindings: pl.DataFrame,
    inputs: AssessmentInputs,
) -> pl.DataFrame:
    """Each statement with the verdict on the same target, and why they may differ.

    Args:
        statements: as ``tables.Statements``; a target is named by the column of the board or by
            the plan's own code.
        assessments: as ``tables.Assessments``.
        observations: as ``tables.Observations``, what the assessments rest on.
        bindings: as ``tables.TargetBindings``.
        inputs: the catalogue that was assessed by.

    Returns:
        As ``tables.StatementReviews``, one row per statement.
    """
    beside = _beside(statements, assessments)
    tried = _tried(beside.filter(~pl.col("agrees")), assessments, observations, bindings, inputs)
    frame = (
        beside.join(tried, on=_STATEMENT, how="left", maintain_order="left")
        .with_columns(probable_reason=pl.when(~pl.col("agrees")).then(_reason()))
        .sort(_STATEMENT)
    )
    return conform(frame, StatementReviews)


def _beside(statements: pl.DataFrame, assessments: pl.DataFrame) -> pl.DataFrame:
    """Statements with the primary row of the target, found by either of its names."""
    primary = assessments.filter("is_primary")
    by_plan = primary.filter(pl.col("target_id") != pl.col("binding_target_id")).with_columns(
        stated="binding_target_id"
    )
    named = pl.concat([primary.with_columns(stated="target_id"), by_plan]).unique(
        ["locality_id", "stated", "milestone_year"], keep="first", maintain_order=True
    )
    own, verdict = pl.col("own_status"), pl.col("verdict")
    return (
        statements.select(
            *_STATEMENT,
            "own_status",
            "milestone_year",
            stated="target_id",
            locality_id="ref_area",
        )
        .join(
            named.rename({"target_id": "judged_target_id"}),
            on=["locality_id", "stated", "milestone_year"],
            how="left",
            maintain_order="left",
        )
        .with_columns(target_id="stated", agrees=own == verdict)
    )


def _reason() -> pl.Expr:
    """Reasons that show in the words themselves come before those found by trying."""
    own, verdict = pl.col("own_status"), pl.col("verdict")
    partial = Verdict.PARTIALLY_MET.value
    is_partial = (
        (own == partial)
        | (verdict == partial)
        | (pl.col("verdict_reason") == VerdictReason.PART_MISSING.value)
    )
    is_unassessed = verdict == Verdict.NOT_ASSESSABLE.value
    # The figure agrees with the unit, but is not one that the milestone can be judged on.
    agrees_if_assessed = is_unassessed & (own == pl.col("attainment"))
    is_too_old = pl.col("verdict_reason") == VerdictReason.TOO_OLD.value
    in_words = (
        (
            StatementReason.BEFORE_DUE,
            (own == Verdict.NOT_MET.value) & (verdict == Verdict.ON_THE_WAY.value),
        ),
        (StatementReason.PARTIAL, is_partial),
        (StatementReason.OTHER_YEAR, agrees_if_assessed & is_too_old),
        (StatementReason.NO_DATA, agrees_if_assessed),
    )
    return pl.coalesce(
        *(pl.when(holds).then(pl.lit(reason.value)) for reason, holds in in_words),
        pl.col("tried_reason"),
        pl.when(is_unassessed).then(pl.lit(StatementReason.NO_DATA.value)),
        pl.lit(StatementReason.UNKNOWN.value),
    )


# What would make the unit right ---------------------------------------------------------------


def _with_rules(beside: pl.DataFrame, inputs: AssessmentInputs) -> pl.DataFrame:
    """Differing statements with the series, the requirement and the rules of comparison."""
    series = inputs.targets.select(
        *_SERIES[1:], "definition", "direction", binding_target_id="target_id"
    )
    return (
        beside.join(series, on="binding_target_id", how="left", maintain_order="left")
        .lazy()
        .pipe(with_rules, inputs)
        .collect()
    )


def _tried(
    differing: pl.DataFrame,
    assessments: pl.DataFrame,
    observations: pl.DataFrame,
    bindings: pl.DataFrame,
    inputs: AssessmentInputs,
) -> pl.DataFrame:
    """The first alternative by which each statement would be right: ``tried_reason``."""
    by_rules = _with_rules(differing, inputs)
    trials = pl.concat(
        [
            *_roundings(by_rules),
            _sources(by_rules, assessments),
            _figures(by_rules, observations),
            _denominators(by_rules, observations),
            _documents(differing, bindings, inputs),
        ],
        how="diagonal_relaxed",
    ).filter(pl.col("value").is_not_null())
    rank = {reason.value: number for number, reason in enumerate(_TRIED)}
    right = (
        trials.lazy()
        .with_columns(
            latest_value="value",
            latest_published=round_half_up(pl.col("value"), pl.col("decimals")),
        )
        .pipe(add_attainment)
        .filter(_is_right())
        .select(
            *_STATEMENT,
            tried_reason="reason",
            rank=pl.col("reason").replace_strict(rank, return_dtype=pl.Int64),
        )
        .collect()
    )
    near = _near_words(differing).with_columns(
        rank=pl.lit(rank[StatementReason.NEAR_BAND.value], dtype=pl.Int64)
    )
    return (
        pl.concat([right, near])
        .sort(*_STATEMENT, "rank")
        .unique(_STATEMENT, keep="first", maintain_order=True)
        .drop("rank")
    )


def _is_right() -> pl.Expr:
    own, tried = pl.col("own_status"), pl.col("attainment")
    return (own == tried) | (own.is_in(_UNMET) & tried.is_in(_UNMET))


def _near_words(differing: pl.DataFrame) -> pl.DataFrame:
    """One of the two says "gần đạt", which the other does not tell apart."""
    words = pl.concat_list("own_status", "verdict")
    return differing.filter(
        words.list.contains(Verdict.NEAR.value),
        ~words.list.contains(Verdict.NOT_ASSESSABLE.value),
    ).select(*_STATEMENT, tried_reason=pl.lit(StatementReason.NEAR_BAND.value))


def _trial(frame: pl.DataFrame, reason: StatementReason, value: pl.Expr) -> pl.DataFrame:
    return frame.with_columns(value=value, reason=pl.lit(reason.value))


def _roundings(differing: pl.DataFrame) -> list[pl.DataFrame]:
    """As it was before rounding, cut off instead of rounded, and with fewer decimals."""
    value = pl.col("latest_value")
    fewer = (pl.col("decimals") - 1).clip(lower_bound=0)
    unrounded = differing.with_columns(decimals=pl.lit(SCALE, dtype=pl.Int64))
    whole = differing.with_columns(decimals=pl.lit(0, dtype=pl.Int64))
    return [
        _trial(unrounded, StatementReason.ROUNDING, value),
        _trial(unrounded, StatementReason.ROUNDING, value.floor()),
        _trial(differing.with_columns(decimals=fewer), StatementReason.ROUNDING, value),
        _trial(whole, StatementReason.ROUNDING, value),
    ]


def _sources(differing: pl.DataFrame, assessments: pl.DataFrame) -> pl.DataFrame:
    others = assessments.filter(~pl.col("is_primary")).select(
        "locality_id",
        "milestone_year",
        judged_target_id="target_id",
        value="latest_value",
        other_numerator="latest_numerator",
        other_denominator="latest_denominator",
    )
    return (
        differing.drop("latest_numerator", "latest_denominator")
        .join(others, on=["locality_id", "judged_target_id", "milestone_year"])
        .rename({"other_numerator": "latest_numerator", "other_denominator": "latest_denominator"})
        .with_columns(reason=pl.lit(StatementReason.OTHER_SOURCE.value))
    )


def _of_the_series(differing: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Every figure of the group that a differing statement is about, of any year or definition."""
    figures = observations.filter(pl.col("obs_value").is_not_null()).select(
        *_SERIES,
        "reference_year",
        locality_id="ref_area",
        value="obs_value",
        other_definition="definition",
        other_family="source_family",
        other_numerator="numerator",
        other_denominator="denominator",
    )
    return differing.join(figures, on=["locality_id", *_SERIES])


def _figures(differing: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Figures of another year of the same line, or of another definition."""
    found = _of_the_series(differing, observations)
    same_line = (pl.col("other_definition") == pl.col("definition")) & (
        pl.col("other_family") == pl.col("source_family")
    )
    is_other_year = same_line & (pl.col("reference_year") != pl.col("latest_year"))
    is_other_definition = pl.col("other_definition") != pl.col("definition")
    return (
        found.filter(is_other_year | is_other_definition)
        .drop("latest_numerator", "latest_denominator")
        .rename({"other_numerator": "latest_numerator", "other_denominator": "latest_denominator"})
        .with_columns(
            reason=pl.when(is_other_definition)
            .then(pl.lit(StatementReason.OTHER_DEFINITION.value))
            .otherwise(pl.lit(StatementReason.OTHER_YEAR.value))
        )
    )


def _denominators(differing: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """The same numerator over a denominator that the locality used in another figure."""
    found = _of_the_series(differing, observations).filter(
        pl.col("other_denominator") != pl.col("latest_denominator")
    )
    ratio = divide(
        pl.col("latest_numerator") * pl.col("formula_factor"), pl.col("other_denominator")
    )
    return (
        _trial(found, StatementReason.OTHER_DENOMINATOR, ratio)
        .drop("latest_denominator")
        .rename({"other_denominator": "latest_denominator"})
    )


def _documents(
    differing: pl.DataFrame, bindings: pl.DataFrame, inputs: AssessmentInputs
) -> pl.DataFrame:
    """The same figure against another document that could have bound the locality."""
    others = bindings.filter(~pl.col("works"), pl.col("is_same_series")).select(
        *TASK_KEY, *_REQUIREMENT, "binding_target_id"
    )
    against_others = (
        differing.drop(*_REQUIREMENT, "binding_target_id", "target_id")
        .rename({"judged_target_id": "target_id"})
        .join(others, on=TASK_KEY)
    )
    return _trial(
        _with_rules(against_others, inputs), StatementReason.OTHER_TARGET, pl.col("latest_value")
    )
