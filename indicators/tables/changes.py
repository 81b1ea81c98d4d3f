"""What a release changes against the one before it."""

from __future__ import annotations

import pandera.polars as pa

from indicators.tables.base import Decimal9, Int, Table, Text
from indicators.tables.codes import ValueCause, Verdict, VerdictCause


class ValueChanges(Table):
    """A figure that differs from the release before. Key: ``SERIES_KEY``.

    A release holds no ``added`` ones: a first large load would repeat every figure here; they
    are counted in ``value_additions``. Comparing two files gives all kinds.
    """

    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    # restated: the same value with other counts, year, unit or status
    kind: Text = pa.Field(isin=["changed", "restated", "removed", "added"])
    old_value: Decimal9 = pa.Field(nullable=True)
    new_value: Decimal9 = pa.Field(nullable=True)
    old_observation_id: Text = pa.Field(nullable=True)
    new_observation_id: Text = pa.Field(nullable=True)
    old_submission_id: Text = pa.Field(nullable=True)  # null on aggregates
    new_submission_id: Text = pa.Field(nullable=True)
    is_synthetic: bool  # the old or the new figure is made up for illustration
    cause: Text = pa.Field(isin=[cause.value for cause in ValueCause])
    causing_submission_id: Text = pa.Field(nullable=True)


class ValueAdditions(Table):
    """How many figures the release before did not have. Key: (cause, causing_submission_id)."""

    cause: Text = pa.Field(isin=[cause.value for cause in ValueCause])
    causing_submission_id: Text = pa.Field(nullable=True)
    value_count: Int


class VerdictChanges(Table):
    """A result of the board (primary rows) that differs from the release before.

    Key: (locality_id, target_id, milestone_year). Only pairs that both releases assess.
    """

    locality_id: Text
    target_id: Text
    milestone_year: Int
    old_source_family: Text
    source_family: Text
    old_verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    new_verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    old_attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    new_attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    old_latest_published: Decimal9 = pa.Field(nullable=True)
    new_latest_published: Decimal9 = pa.Field(nullable=True)
    old_target_value: Decimal9 = pa.Field(nullable=True)
    new_target_value: Decimal9 = pa.Field(nullable=True)
    is_synthetic: bool  # the old or the new result rests on made-up figures
    cause: Text = pa.Field(isin=[cause.value for cause in VerdictCause])
    causing_submission_id: Text = pa.Field(nullable=True)
    observation_id: Text = pa.Field(nullable=True)  # the figure that decides; the old if removed


# They say what stood before, so they are no part of what a release is.
CHANGE_TABLES = ("value_changes", "value_additions", "verdict_changes")
