"""Localities in miniature for the tests of aggregation: what is reported, what is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from indicators.aggregation import AggregationInputs, Derived, derive_values
from indicators.catalogue.models import Population
from indicators.tables import Indicators, Localities, LocalitySuccession
from tests.indicators.example import (
    Row,
    frame,
    indicator,
    locality,
    observations,
    observed,
    succession,
)

OLD_A, OLD_B, NEW = "33@2004", "34@2004", "33@2025"
MERGER = [succession(OLD_A, NEW), succession(OLD_B, NEW)]
COUNT = indicator(
    indicator_id="COUNT",
    unit_measure="PERSONS",
    decimals=0,
    formula_kind="count",
    formula_factor=None,
    aggregation="sum",
    weight_indicator_id=None,
)
# A rate of the people that COUNT counts, group by group.
RATE = indicator(indicator_id="RATE", weight_indicator_id="COUNT", weight_sex="same")


@dataclass(frozen=True)
class Made:
    """What was added to the reported observations."""

    rows: list[Row]
    parts: list[Row]
    gaps: list[Row]
    roll_ups: list[Row]
    derived: Derived

    def of(self, place: str, indicator_id: str = "RATE") -> Row:
        """The one added value of a place."""
        [row] = [
            row
            for row in self.rows
            if (row["ref_area"], row["indicator_id"]) == (place, indicator_id)
        ]
        return row

    def reasons(self) -> list[tuple[str, str]]:
        """Where something could not be made, and why."""
        return [(gap["ref_area"], gap["reason"]) for gap in self.gaps]


def make(
    rows: Sequence[Row],
    links: Sequence[Row] | None = None,
    indicators: Sequence[Row] | None = None,
    localities: Sequence[Row] | None = None,
    population: Mapping[str, Any] | None = None,
    minimum_coverage: str = "0.9",
) -> Made:
    """Derive; the reported observations must come through as they were."""
    links = MERGER if links is None else links
    if localities is None:
        names = {link[side] for link in links for side in ("predecessor_id", "successor_id")}
        localities = [locality(name) for name in sorted(names)]
    reported = observations(list(rows))
    derived = derive_values(
        reported,
        AggregationInputs(
            indicators=frame(Indicators, list(indicators or [indicator(), COUNT, RATE])),
            localities=frame(Localities, list(localities)),
            succession=frame(LocalitySuccession, list(links)),
            population=_population(population or {}),
            minimum_coverage=Decimal(minimum_coverage),
        ),
    )
    assert derived.observations.head(len(rows)).equals(reported)
    added = derived.observations.tail(-len(rows)).to_dicts()
    return Made(
        added,
        derived.parts.to_dicts(),
        derived.gaps.to_dicts(),
        derived.roll_ups.to_dicts(),
        derived,
    )


def _population(people: Mapping[str, Any]) -> pl.DataFrame:
    """Average population of 2024, half of it women."""
    rows = [
        {
            "locality_id": place,
            "year": 2024,
            "total": Decimal(str(total)),
            "male": Decimal(str(total)) / 2,
            "female": Decimal(str(total)) / 2,
        }
        for place, total in people.items()
    ]
    return frame(Population, rows)


def count(value: Any, place: str, **values: Any) -> Row:
    return observed(2024, value, **{"indicator_id": "COUNT", "ref_area": place} | values)


def share(part: int, whole: int, place: str, **values: Any) -> Row:
    """A rate with its counts."""
    return observed(2024, counts=(part, whole), ref_area=place, **values)


def rate(value: Any, place: str, **values: Any) -> Row:
    """A rate of which only the value is known."""
    return observed(2024, value, **{"indicator_id": "RATE", "ref_area": place} | values)
