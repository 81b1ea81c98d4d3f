"""The order in which values are made: each step may rest on what the steps before it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from indicators.aggregation import links
from indicators.aggregation.carry import carried
from indicators.aggregation.combine import Combined, as_observations, combine
from indicators.aggregation.gaps import not_made, of_split_units, shaped, still_open
from indicators.aggregation.inputs import AggregationInputs
from indicators.aggregation.roll_up import best_map, compared
from indicators.aggregation.weights import known_weights
from indicators.tables import (
    SERIES_KEY,
    ObservationParts,
    Observations,
    RebuildGaps,
    RollUps,
    conform,
    empty,
)


@dataclass(frozen=True)
class Derived:
    """Reported and made observations, and how the latter came about."""

    observations: pl.DataFrame  # tables.Observations; the reported ones first
    parts: pl.DataFrame  # tables.ObservationParts
    gaps: pl.DataFrame  # tables.RebuildGaps
    roll_ups: pl.DataFrame  # tables.RollUps


def derive_values(observations: pl.DataFrame, inputs: AggregationInputs) -> Derived:
    """Add the values of merged localities and of the levels above.

    On each date of change: first the ended units are rolled up on their own map (commune,
    district, province), then carried and merged into their successors, communes before
    provinces; new communes are also rolled up to the old province that they lie in. Last come
    the provinces in force, the regions and the nation. A value that is already there, above all
    a reported one, always stands.

    Args:
        observations: as ``tables.Observations``, reported values only.
        inputs: frames of the catalogue.
    """
    working = _Working(observations, inputs)
    for day in _dates(inputs.succession):
        of_day = inputs.succession.filter(pl.col("effective_date") == day)
        for level in ("commune", "district"):
            ended_on = day - timedelta(days=1)
            working.roll_up(links.by_parent(inputs.localities, level, ended_on))
        for succession in _communes_first(of_day, inputs.localities):
            working.carry(succession)
            working.merge(succession)
            working.roll_up(links.communes_in_old_provinces(inputs.localities, succession, day))
    working.roll_up(links.by_parent(inputs.localities, "commune", None))
    working.roll_up(links.regions_and_nation(inputs.localities))
    return working.result()


def _dates(succession: pl.DataFrame) -> Iterable[date]:
    days: list[date] = succession["effective_date"].unique().sort().to_list()
    return days


def _communes_first(succession: pl.DataFrame, localities: pl.DataFrame) -> Iterator[pl.DataFrame]:
    communes = localities.filter(pl.col("level") == "commune")["locality_id"].to_list()
    is_of_communes = pl.col("successor_id").is_in(communes)
    known = pl.col("successor_id").is_in(localities["locality_id"].to_list())
    yield succession.filter(is_of_communes)
    yield succession.filter(known & ~is_of_communes)


@dataclass
class _Working:
    """What is known so far."""

    observations: pl.DataFrame
    inputs: AggregationInputs
    parts: list[pl.DataFrame] = field(default_factory=list)
    gaps: list[pl.DataFrame] = field(default_factory=list)
    roll_ups: list[pl.DataFrame] = field(default_factory=list)

    def carry(self, succession: pl.DataFrame) -> None:
        """Values of units with unchanged borders."""
        values = self._unknown(carried(self.observations, succession))
        self._add(values, values.select("observation_id", "part_observation_id"))

    def merge(self, succession: pl.DataFrame) -> None:
        """Values of units made of whole ones; gaps for those with a part of a split one."""
        is_weighted = pl.col("method") == "weights"
        origin = pl.when(is_weighted).then(pl.lit("weighted")).otherwise(pl.lit("aggregated"))
        merged = links.merged_whole(succession, self.inputs.localities)
        combined = self._combine(merged, across_levels=False)
        if combined:
            self._take(combined, best_map(combined.attempts), origin)
        split = links.split(succession, self.inputs.localities)
        self.gaps.append(of_split_units(self.observations, split))

    def roll_up(self, of_units: pl.DataFrame) -> None:
        """Values of units from the level below, listed beside their own."""
        combined = self._combine(of_units, across_levels=True)
        if combined:
            values = best_map(combined.attempts)
            self.roll_ups.append(compared(values, self.observations, self.inputs.indicators))
            self._take(combined, values, pl.lit("rolled_up"))

    def result(self) -> Derived:
        """Everything, validated."""
        key = (*SERIES_KEY, "reference_year")
        roll_ups = pl.concat([empty(RollUps), *self.roll_ups]).unique(
            key, keep="first", maintain_order=True
        )
        return Derived(
            conform(self.observations, Observations),
            conform(pl.concat([empty(ObservationParts), *self.parts]), ObservationParts),
            conform(still_open(self.gaps, self.observations), RebuildGaps),
            conform(roll_ups.sort(key), RollUps),
        )

    def _combine(self, of_units: pl.DataFrame, *, across_levels: bool) -> Combined | None:
        """What comes of the parts; None where no part has any value."""
        is_part = pl.col("ref_area").is_in(of_units["ref_area"].unique().to_list())
        of_parts = self.observations.filter(is_part)
        if of_parts.is_empty():
            return None
        inputs = self.inputs
        return combine(
            of_parts,
            of_units,
            inputs.indicators,
            known_weights(of_parts, inputs.indicators, inputs.population, of_units),
            inputs.minimum_coverage,
            across_levels=across_levels,
        )

    def _take(self, combined: Combined, values: pl.DataFrame, origin: pl.Expr) -> None:
        self.gaps.append(not_made(values))
        added = self._unknown(as_observations(values, origin))
        identities = added.select("attempt", "observation_id")
        self._add(added, combined.parts.join(identities, on="attempt"))

    def _unknown(self, values: pl.DataFrame) -> pl.DataFrame:
        """Those whose series has no value yet."""
        places = values["ref_area"].unique().to_list()
        known = self.observations.filter(pl.col("ref_area").is_in(places))
        return values.join(known.select(SERIES_KEY), on=SERIES_KEY, how="anti")

    def _add(self, values: pl.DataFrame, parts: pl.DataFrame) -> None:
        if values.is_empty():
            return
        self.observations = pl.concat([self.observations, shaped(values, Observations)])
        absent = [
            pl.lit(None).alias(name)
            for name in ("weight", "weight_observation_id")
            if name not in parts.columns
        ]
        self.parts.append(
            shaped(parts.with_columns(absent), ObservationParts).sort(
                "observation_id", "part_observation_id"
            )
        )
