"""Stage *derive*: merged localities rebuilt from their parts (the ratios are already exact)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from indicators.aggregation import rebuild
from indicators.catalogue import Catalogue
from indicators.tables import ObservationParts, Observations, conform


@dataclass(frozen=True)
class Derived:
    """Reported and rebuilt observations, and what each rebuilt one rests on."""

    observations: pl.DataFrame  # tables.Observations
    parts: pl.DataFrame  # tables.ObservationParts


def derive(observations: pl.DataFrame, catalogue: Catalogue) -> Derived:
    """Add what can be derived from the observations in force."""
    everything, parts = rebuild(
        observations,
        catalogue.indicators,
        catalogue.locality_succession,
        catalogue.localities,
    )
    return Derived(conform(everything, Observations), conform(parts, ObservationParts))
