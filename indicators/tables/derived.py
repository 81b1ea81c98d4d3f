"""What is made from the received figures of other units."""

from __future__ import annotations

import pandera.polars as pa

from indicators.tables.base import Decimal9, Float, Int, Table, Text
from indicators.tables.codes import GapReason


class ObservationParts(Table):
    """Which observations an aggregate rests on. Key: (observation_id, part_observation_id)."""

    observation_id: Text
    part_observation_id: Text
    weight: Decimal9 = pa.Field(nullable=True)  # null: added up, not weighted
    weight_observation_id: Text = pa.Field(nullable=True)  # null: from the catalogue's population


class RebuildGaps(Table):
    """A series that some part has and its whole has not. Key: SERIES_KEY and reference_year."""

    indicator_id: Text
    ref_area: Text  # the successor or the unit above
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    reference_year: Int
    reason: Text = pa.Field(isin=[reason.value for reason in GapReason])
    parts_present: Int
    parts_total: Int
    coverage: Float = pa.Field(nullable=True, ge=0, le=1)


class RollUps(Table):
    """A value from the level below beside the unit's own. Key: SERIES_KEY and reference_year.

    A row stands where the unit reported itself (the report stays in force), or where the
    rolled-up value became the observation. Nothing is listed whose parts are not all free.
    """

    indicator_id: Text
    ref_area: Text
    time_period: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    reference_year: Int
    level_from: Text = pa.Field(isin=["commune", "district", "province"])
    rolled_value: Decimal9 = pa.Field(nullable=True)  # null: the counts below the line sum to 0
    numerator: Decimal9 = pa.Field(nullable=True)  # of the parts present
    denominator: Decimal9 = pa.Field(nullable=True)
    coverage: Float = pa.Field(ge=0, le=1)
    parts_present: Int
    parts_total: Int
    reported_observation_id: Text = pa.Field(nullable=True)
    reported_value: Decimal9 = pa.Field(nullable=True)
    difference: Decimal9 = pa.Field(nullable=True)  # reported − rolled
    is_beyond_rounding: bool = pa.Field(nullable=True)  # null: not reported, or parts missing
    is_synthetic: bool  # a part, a weight or the report is made up for illustration


class DenominatorChanges(Table):
    """Mẫu số thay đổi: a number of bodies that jumped from one year to the next one known.

    Key: the series without its period, and ``year``.
    """

    indicator_id: Text
    ref_area: Text
    sex: Text
    age: Text
    breakdown: Text
    definition: Text
    source_family: Text
    year_before: Int
    denominator_before: Decimal9
    year: Int
    denominator: Decimal9
    relative_change: Float  # (later − earlier) ÷ earlier
    event_vi: Text = pa.Field(nullable=True)  # reorganisations in between, with their dates
