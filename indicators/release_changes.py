"""What changed from one release to another: figures, board results, and which report did it.

Pure functions over the tables of two releases, as set operations. The later release tells what
became of a report, so causes are found when the releases are given in the order of time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import polars as pl

from indicators.tables import (
    SERIES_KEY,
    ValueAdditions,
    ValueCause,
    ValueChanges,
    VerdictCause,
    VerdictChanges,
    conform,
    empty,
)

_VERDICT_KEY = ("locality_id", "target_id", "milestone_year")
# What a figure says; with other counts or another status it is not the same statement.
_FIGURES = (
    "obs_value",
    "numerator",
    "denominator",
    "reference_year",
    "unit_measure",
    "obs_status",
    "conf_status",
)
_TARGET = ("binding_target_id", "operator", "target_value", "target_upper")
_RESULT = ("verdict", "attainment")
VALUE_KINDS = ("changed", "restated", "removed", "added")
_NO_FAMILY = "_Z"
_DEEPEST = 8  # levels of aggregates over aggregates that are traced

# The tables that are compared, and the columns that are read of them.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "submissions": ("submission_id", "sequence"),
    "revisions": (*SERIES_KEY, "new_submission_id"),
    "observations": (
        "observation_id",
        *SERIES_KEY,
        *_FIGURES,
        "submission_id",
        "is_synthetic",
    ),
    "observation_parts": ("observation_id", "part_observation_id"),
    "applied_corrections": ("observation_id", "column_name", "corrected_value"),
    "targets": ("target_id", "parent_target_id"),
    "assessments": (
        *_VERDICT_KEY,
        "source_family",
        "is_primary",
        "milestone_state",
        *_TARGET,
        *_RESULT,
        "latest_observation_id",
        "latest_published",
        "base_observation_id",
        "method_version",
        "is_synthetic",
    ),
}


@dataclass(frozen=True)
class ReleaseTables:
    """One release as far as it is compared: the tables and columns of ``COMPARED``."""

    tables: Mapping[str, pl.DataFrame]
    catalogue_digest: str

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name].select(COMPARED[name])


@dataclass(frozen=True)
class ReleaseChanges:
    """All differences between two releases."""

    values: pl.DataFrame  # tables.ValueChanges, all kinds
    verdicts: pl.DataFrame  # tables.VerdictChanges

    def counts(self) -> dict[str, int]:
        """How many figures of each kind and how many results (``verdicts``) differ."""
        by_kind = dict(self.values["kind"].value_counts().iter_rows())
        kinds = {kind: int(by_kind.get(kind, 0)) for kind in VALUE_KINDS}
        return {**kinds, "verdicts": self.verdicts.height}

    @property
    def additions(self) -> pl.DataFrame:
        """Counts of the added figures, as ``tables.ValueAdditions``."""
        added = self.values.filter(kind="added")
        counted = added.group_by("cause", "causing_submission_id").agg(value_count=pl.len())
        return conform(counted.sort("cause", "causing_submission_id"), ValueAdditions)

    @property
    def stored(self) -> dict[str, pl.DataFrame]:
        """The tables that a release keeps of them."""
        return {
            "value_changes": self.values.filter(pl.col("kind") != "added"),
            "value_additions": self.additions,
            "verdict_changes": self.verdicts,
        }


NO_CHANGES = ReleaseChanges(empty(ValueChanges), empty(VerdictChanges))


def compare(old: ReleaseTables, new: ReleaseTables) -> ReleaseChanges:
    """Everything that differs; both frames sorted by their keys."""
    values = _value_changes(old, new)
    return ReleaseChanges(values, _verdict_changes(old, new, values))


# Figures --------------------------------------------------------------------------------------


def _value_changes(old: ReleaseTables, new: ReleaseTables) -> pl.DataFrame:
    found = _by_submission(_differing(old["observations"], new["observations"]), old, new)
    traced = _trace(found, old, new)
    cause = (
        pl.when("is_received")
        .then(pl.lit(ValueCause.SUBMISSION))
        .when(pl.col("withdrawn_id").is_not_null())
        .then(pl.lit(ValueCause.WITHDRAWN))
        .when(pl.col("traced").is_not_null())
        .then(pl.lit(ValueCause.REBUILT))
        .when("is_corrected")
        .then(pl.lit(ValueCause.CORRECTION))
        .when(pl.lit(old.catalogue_digest != new.catalogue_digest))
        .then(pl.lit(ValueCause.CATALOGUE))
        .otherwise(pl.lit(ValueCause.OTHER))
    )
    rows = (
        found.join(_corrected(old, new), on="observation_id", how="left")
        .join(traced, on="observation_id", how="left")
        .with_columns(
            cause=cause.cast(pl.String),
            causing_submission_id=pl.coalesce("received_id", "withdrawn_id", "traced"),
        )
    )
    return conform(rows.sort(SERIES_KEY), ValueChanges)


def _differing(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """One row per series that differs, what the old and the new release say side by side.

    Most figures are the same under the same identity: those are set aside first, by one column.
    """
    pairs = old.join(new, on="observation_id", suffix="_new", how="inner")
    is_same = reduce(
        lambda left, right: left & right,
        (pl.col(name).eq_missing(pl.col(f"{name}_new")) for name in (*SERIES_KEY, *_FIGURES)),
    )
    same = pairs.lazy().filter(is_same).select("observation_id").collect()
    before, after = (
        frame.join(same, on="observation_id", how="anti").select(
            *SERIES_KEY,
            pl.struct(_FIGURES).alias(f"{side}_figures"),
            pl.col("obs_value").alias(f"{side}_value"),
            pl.col("observation_id").alias(f"{side}_observation_id"),
            pl.col("submission_id").alias(f"{side}_submission_id"),
            pl.col("is_synthetic").alias(f"{side}_is_synthetic"),
        )
        for side, frame in (("old", old), ("new", new))
    )
    kind = (
        pl.when(pl.col("old_observation_id").is_null())
        .then(pl.lit("added"))
        .when(pl.col("new_observation_id").is_null())
        .then(pl.lit("removed"))
        .when(pl.col("old_value").ne_missing(pl.col("new_value")))
        .then(pl.lit("changed"))
        .when(pl.col("old_figures").ne_missing(pl.col("new_figures")))
        .then(pl.lit("restated"))
    )
    return (
        before.join(after, on=SERIES_KEY, how="full", coalesce=True)
        .with_columns(
            kind=kind,
            observation_id=pl.coalesce("new_observation_id", "old_observation_id"),
            is_synthetic=_either("is_synthetic"),
        )
        .filter(pl.col("kind").is_not_null())  # the same figure in another file is no change
        .drop("old_figures", "new_figures")
    )


def _by_submission(rows: pl.DataFrame, old: ReleaseTables, new: ReleaseTables) -> pl.DataFrame:
    """Add ``received_id`` where the new figure stands in a report received since, and else
    ``withdrawn_id``: the last report received since that revised the series without holding it.
    """
    received = new["submissions"].join(old["submissions"], on="submission_id", how="anti")
    own = received.select(received_id="submission_id", new_submission_id="submission_id")
    revised = (
        new["revisions"]
        .join(received, left_on="new_submission_id", right_on="submission_id")
        .sort("sequence")
        .unique(SERIES_KEY, keep="last", maintain_order=True)
        .select(*SERIES_KEY, withdrawn_id="new_submission_id")
    )
    return (
        rows.join(own, on="new_submission_id", how="left")
        .join(revised, on=SERIES_KEY, how="left")
        .with_columns(is_received=pl.col("received_id").is_not_null())
    )


def _trace(rows: pl.DataFrame, old: ReleaseTables, new: ReleaseTables) -> pl.DataFrame:
    """For figures that are computed from others, the last received report among those that
    changed a part: ``observation_id``, ``traced``; level by level up to the highest aggregate.
    """
    links = pl.concat([old["observation_parts"], new["observation_parts"]]).unique()
    known = rows.select(
        "old_observation_id",
        "new_observation_id",
        traced=pl.coalesce("received_id", "withdrawn_id"),
    ).drop_nulls("traced")
    level = pl.concat(
        [
            known.select("traced", observation_id=f"{side}_observation_id").drop_nulls()
            for side in ("old", "new")
        ]
    ).select("observation_id", "traced")
    order = new["submissions"].select("sequence", traced="submission_id")
    found = [level.clear()]
    for _ in range(_DEEPEST):
        level = (
            links.join(level, left_on="part_observation_id", right_on="observation_id")
            .join(order, on="traced")
            .sort("sequence")
            .unique("observation_id", keep="last", maintain_order=True)
            .select("observation_id", "traced")
        )
        if level.is_empty():
            break
        found.append(level)
    return pl.concat(found).unique("observation_id", keep="first", maintain_order=True)


def _corrected(old: ReleaseTables, new: ReleaseTables) -> pl.DataFrame:
    """``observation_id``, ``is_corrected`` of the figures that are corrected otherwise now."""
    before, after = old["applied_corrections"], new["applied_corrections"]
    columns = list(after.columns)
    either_way = [
        one.join(other, on=columns, how="anti", nulls_equal=True)
        for one, other in ((before, after), (after, before))
    ]
    return pl.concat(either_way).select("observation_id").unique().with_columns(is_corrected=True)


# Results --------------------------------------------------------------------------------------


def _verdict_changes(old: ReleaseTables, new: ReleaseTables, values: pl.DataFrame) -> pl.DataFrame:
    before, after = (
        release["assessments"].filter("is_primary").drop("is_primary") for release in (old, new)
    )
    own = [column for column in before.columns if column not in _VERDICT_KEY]
    flipped = (
        before.rename({column: f"old_{column}" for column in own})
        .join(after.rename({column: f"new_{column}" for column in own}), on=_VERDICT_KEY)
        .filter(_differs(_RESULT))
    )
    rows = flipped.pipe(_with_figures, values).with_columns(cause=_verdict_cause())
    rows = rows.with_columns(
        source_family="new_source_family",
        is_synthetic=_either("is_synthetic"),
        causing_submission_id=pl.when(_rests_on_a_value()).then("figure_submission_id"),
        observation_id=pl.when(cause=VerdictCause.VALUE_REMOVED.value)
        .then("old_latest_observation_id")
        .otherwise("new_latest_observation_id"),
    )
    return conform(_through_parts(rows, new["targets"]).sort(_VERDICT_KEY), VerdictChanges)


# Where a changed figure may stand in an assessment, the most telling first.
_PLACES = ("new_latest", "old_latest", "new_base", "old_base")


def _with_figures(flipped: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Add what became of the most telling figure that changed: its kind and who changed it."""
    for place in _PLACES:
        identity = f"{place}_observation_id"
        found = values.select(
            pl.col(f"{place[:3]}_observation_id").alias(identity),
            pl.struct("kind", "causing_submission_id").alias(place),
        ).drop_nulls(identity)
        flipped = flipped.join(found, on=identity, how="left")
    change = pl.coalesce(_PLACES).struct
    return flipped.with_columns(
        figure_kind=change.field("kind"),
        figure_submission_id=change.field("causing_submission_id"),
    )


def _verdict_cause() -> pl.Expr:
    kind = pl.col("figure_kind")
    families = pl.col("old_source_family"), pl.col("new_source_family")
    return (
        pl.when(
            (pl.col("old_milestone_state") == "open") & (pl.col("new_milestone_state") != "open")
        )
        .then(pl.lit(VerdictCause.MILESTONE_CLOSED.value))
        .when(_differs(_TARGET))
        .then(pl.lit(VerdictCause.TARGET_CHANGED.value))
        .when(_differs(["method_version"]))
        .then(pl.lit(VerdictCause.METHOD_CHANGED.value))
        .when((families[0] != families[1]) & ~pl.any_horizontal(f == _NO_FAMILY for f in families))
        .then(pl.lit(VerdictCause.PRIMARY_SOURCE_CHANGED.value))
        .when(kind.is_in(["changed", "restated"]))
        .then(pl.lit(VerdictCause.VALUE_CHANGED.value))
        .when(kind == "added")
        .then(pl.lit(VerdictCause.VALUE_ADDED.value))
        .when(kind == "removed")
        .then(pl.lit(VerdictCause.VALUE_REMOVED.value))
        .otherwise(pl.lit(VerdictCause.OTHER.value))
    )


def _rests_on_a_value() -> pl.Expr:
    causes = (
        VerdictCause.PRIMARY_SOURCE_CHANGED,
        VerdictCause.VALUE_CHANGED,
        VerdictCause.VALUE_ADDED,
        VerdictCause.VALUE_REMOVED,
    )
    return pl.col("cause").is_in([cause.value for cause in causes])


def _either(flag: str) -> pl.Expr:
    """Whether the old or the new release says so; what one of them lacks says nothing."""
    return pl.any_horizontal(pl.col(f"{side}_{flag}").fill_null(False) for side in ("old", "new"))


def _differs(columns: tuple[str, ...] | list[str]) -> pl.Expr:
    return pl.any_horizontal(
        pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}")) for name in columns
    )


def _through_parts(rows: pl.DataFrame, targets: pl.DataFrame) -> pl.DataFrame:
    """A compound target has no figure of its own: it changed for the reason its parts did."""
    told = ("cause", "causing_submission_id", "observation_id")
    order = {cause.value: place for place, cause in enumerate(VerdictCause)}
    of_parts = (
        rows.join(targets.drop_nulls("parent_target_id"), on="target_id")
        .with_columns(target_id="parent_target_id")
        .sort(pl.col("cause").replace_strict(order, return_dtype=pl.Int64))
        .unique(_VERDICT_KEY, keep="first", maintain_order=True)
        .select(*_VERDICT_KEY, *(pl.col(name).alias(f"part_{name}") for name in told))
    )
    is_open = pl.col("cause") == VerdictCause.OTHER
    return rows.join(of_parts, on=_VERDICT_KEY, how="left").with_columns(
        pl.when(is_open).then(pl.coalesce(f"part_{name}", name)).otherwise(name).alias(name)
        for name in told
    )
