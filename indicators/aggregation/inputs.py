"""What is needed of the catalogue to make values of one locality from those of others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from indicators.catalogue import Catalogue


@dataclass(frozen=True)
class AggregationInputs:
    """Frames as declared in ``indicators.tables`` and ``catalogue.models``."""

    indicators: pl.DataFrame  # Indicators
    localities: pl.DataFrame  # Localities
    succession: pl.DataFrame  # LocalitySuccession
    population: pl.DataFrame  # Population: weights where no POPULATION observation is known
    minimum_coverage: Decimal  # least share of the parts that a rate needs

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> AggregationInputs:
        """Pick them from a loaded catalogue."""
        return cls(
            catalogue.indicators,
            catalogue.localities,
            catalogue.locality_succession,
            catalogue.population,
            catalogue.method_parameters["minimum_coverage"],
        )
