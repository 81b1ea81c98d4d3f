"""Verdicts, and the documents and statements that stand beside them."""

from __future__ import annotations

import pandera.polars as pa

from indicators.tables.base import Decimal9, Float, Int, Table, Text
from indicators.tables.codes import Pace, StatementReason, Verdict


class Assessments(Table):
    """One verdict with everything it rests on.

    Key: (locality_id, target_id, milestone_year, source_family). The board shows the rows
    with ``is_primary``; a compound target has ``source_family = "_Z"``.
    """

    locality_id: Text
    target_id: Text  # the column of the board: the national target, or a purely local one
    milestone_year: Int
    source_family: Text
    is_primary: bool
    binding_target_id: Text  # the target that sets the number: own, inherited or national
    programme_id: Text  # of the binding target
    indicator_id: Text = pa.Field(nullable=True)
    binding: Text = pa.Field(isin=["own", "national", "inherited"])
    target_version: Int  # version of the milestone that was in force
    operator: Text = pa.Field(nullable=True)
    target_value: Decimal9 = pa.Field(nullable=True)
    target_upper: Decimal9 = pa.Field(nullable=True)
    is_approximate: bool
    milestone_state: Text = pa.Field(isin=["closed", "open"])
    verdict: Text = pa.Field(isin=[verdict.value for verdict in Verdict])
    verdict_reason: Text = pa.Field(nullable=True)
    attainment: Text = pa.Field(isin=[verdict.value for verdict in Verdict])  # value v. target only
    basis: Text = pa.Field(isin=["milestone_year", "earlier_year", "parts", "none"])
    is_provisional: bool
    latest_observation_id: Text = pa.Field(nullable=True)
    latest_year: Int = pa.Field(nullable=True)  # reference year
    latest_value: Decimal9 = pa.Field(nullable=True)  # unrounded
    latest_published: Decimal9 = pa.Field(nullable=True)  # rounded half up; what is compared
    latest_numerator: Decimal9 = pa.Field(nullable=True)
    latest_denominator: Decimal9 = pa.Field(nullable=True)
    latest_origin: Text = pa.Field(nullable=True)  # as ``Observations.origin``
    latest_coverage: Float = pa.Field(nullable=True)  # share of the parts that it rests on
    unrounded_flips: bool  # the unrounded value would give another verdict
    is_old: bool  # older than one publishing period
    is_anomaly: bool  # better than the natural band allows: to be checked
    base_observation_id: Text = pa.Field(nullable=True)
    base_year: Int = pa.Field(nullable=True)
    base_value: Decimal9 = pa.Field(nullable=True)
    base_numerator: Decimal9 = pa.Field(nullable=True)
    base_denominator: Decimal9 = pa.Field(nullable=True)
    comparable_points: Int
    gap: Decimal9 = pa.Field(nullable=True)  # still missing, in units of the indicator; 0 if met
    gap_whole_units: Int = pa.Field(nullable=True)  # e.g. agencies still missing
    pace: Text = pa.Field(isin=[pace.value for pace in Pace])
    pace_reason: Text = pa.Field(nullable=True)
    pace_ratio: Float = pa.Field(nullable=True)  # observed ÷ needed per year from the base
    observed_per_year: Float = pa.Field(nullable=True)
    needed_per_year: Float = pa.Field(nullable=True)  # from the base point
    required_per_year: Float = pa.Field(nullable=True)  # from the latest point on
    times_faster: Float = pa.Field(nullable=True)  # required ÷ observed
    projection_value: Float = pa.Field(nullable=True)
    projection_low: Float = pa.Field(nullable=True)
    projection_high: Float = pa.Field(nullable=True)
    has_source_conflict: bool  # another source family stands on the other side of the line
    parts_total: Int = pa.Field(nullable=True)
    parts_met: Int = pa.Field(nullable=True)
    is_unverified: bool  # target or value not checked against the original act
    is_synthetic: bool
    method_version: Text


class TargetBindings(Table):
    """Văn bản ràng buộc: every document that could set the number, and the one that does.

    Key: (locality_id, target_id, milestone_year, binding_target_id). Only where a document of the
    locality or of its predecessors has a number; elsewhere the national one alone applies.
    """

    locality_id: Text
    target_id: Text  # the column of the board, as in ``Assessments``
    milestone_year: Int
    binding_target_id: Text  # the candidate
    plan_locality_id: Text  # whose document it is
    binding: Text = pa.Field(isin=["own", "inherited", "national"])
    operator: Text = pa.Field(nullable=True)
    target_value: Decimal9 = pa.Field(nullable=True)
    target_upper: Decimal9 = pa.Field(nullable=True)
    is_approximate: bool
    version: Int
    works: bool  # exactly one per locality, target and milestone
    is_same_series: bool  # judged on the same series as the one that works: numbers compare


class TargetConflicts(Table):
    """Two documents that ask for different things of one series in one place and year.

    Key: (milestone_year, target_id, other_target_id). ``kind`` says how the other one differs.
    """

    milestone_year: Int
    indicator_id: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    target_id: Text
    other_target_id: Text
    locality_id: Text  # where both hold
    kind: Text = pa.Field(
        isin=["other_number", "other_operator", "no_number", "local_weaker", "local_stricter"]
    )


class StatementReviews(Table):
    """A unit's own status beside the computed verdict. Key: (submission_id, sheet_row).

    Neither overwrites the other; ``probable_reason`` is what the data suggest.
    """

    submission_id: Text
    sheet: Text
    sheet_row: Int
    locality_id: Text
    target_id: Text
    milestone_year: Int
    own_status: Text = pa.Field(nullable=True)
    verdict: Text = pa.Field(nullable=True)  # null: nothing is judged there
    attainment: Text = pa.Field(nullable=True)
    agrees: bool = pa.Field(nullable=True)  # null: nothing to compare
    probable_reason: Text = pa.Field(
        nullable=True, isin=[reason.value for reason in StatementReason]
    )
