"""Stage *derive*: merged localities rebuilt, levels rolled up (the ratios are already exact)."""

from __future__ import annotations

import polars as pl

from indicators.aggregation import AggregationInputs, Derived, derive_values
from indicators.catalogue import Catalogue
from indicators.denominators import ReorganisationInputs, denominator_changes

__all__ = ["Derived", "derive", "derived_frames"]


def derive(observations: pl.DataFrame, catalogue: Catalogue) -> Derived:
    """Add what can be derived from the observations in force."""
    return derive_values(observations, AggregationInputs.from_catalogue(catalogue))


def derived_frames(derived: Derived, catalogue: Catalogue) -> dict[str, pl.DataFrame]:
    """The tables of the release that this stage makes."""
    reorganisations = ReorganisationInputs.from_catalogue(catalogue)
    return {
        "observations": derived.observations,
        "observation_parts": derived.parts,
        "rebuild_gaps": derived.gaps,
        "roll_ups": derived.roll_ups,
        "denominator_changes": denominator_changes(derived.observations, reorganisations),
    }
