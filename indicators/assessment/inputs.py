"""What the assessment needs of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from indicators.catalogue import Catalogue


@dataclass(frozen=True)
class AssessmentInputs:
    """Frames as declared in ``indicators.tables`` and the parameters of the method.

    ``near_bands`` has one row per ``target_id`` ("*" for all others) with ``whole_units``,
    ``share_of_target`` and ``absolute``, each of which may be null. ``parameters`` are the rows
    of ``method_parameters.csv`` for this method's version.
    """

    targets: pl.DataFrame
    target_milestones: pl.DataFrame
    indicators: pl.DataFrame
    localities: pl.DataFrame
    locality_succession: pl.DataFrame
    programmes: pl.DataFrame
    near_bands: pl.DataFrame
    parameters: Mapping[str, Decimal]

    @classmethod
    def from_catalogue(cls, catalogue: Catalogue) -> AssessmentInputs:
        """Pick the frames from a loaded catalogue."""
        frames = {
            field.name: getattr(catalogue, field.name)
            for field in fields(cls)
            if field.name != "parameters"
        }
        return cls(**frames, parameters=catalogue.method_parameters)

    def whole(self, parameter: str) -> int:
        """A parameter that counts years, points, intervals or periods."""
        return int(self.parameters[parameter])
