"""What the assessment needs of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from indicators.catalogue import Catalogue

_NOT_FRAMES = ("target_milestones", "parameters")


@dataclass(frozen=True)
class AssessmentInputs:
    """Frames as declared in ``indicators.tables`` and the parameters of the method.

    ``target_milestones`` holds one version of each milestone. ``near_bands`` has one row per
    ``target_id`` ("*" for all others) with ``whole_units``, ``share_of_target`` and
    ``absolute``, each of which may be null. ``parameters`` are the rows of
    ``method_parameters.csv`` for this method's version.
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
    def from_catalogue(cls, catalogue: Catalogue, as_of: date) -> AssessmentInputs:
        """Pick the frames from a loaded catalogue, with the targets in force on that day."""
        frames = {
            field.name: getattr(catalogue, field.name)
            for field in fields(cls)
            if field.name not in _NOT_FRAMES
        }
        return cls(
            **frames,
            target_milestones=versions_in_force(catalogue.target_milestones, as_of),
            parameters=catalogue.method_parameters,
        )

    def whole(self, parameter: str) -> int:
        """A parameter that counts years, points, intervals or periods."""
        return int(self.parameters[parameter])


def versions_in_force(milestones: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Of each milestone (as ``TargetMilestones``) the newest version adopted by that day.

    An adjustment adopted after the milestone's year never counts: what was due is not moved.
    """
    last_day = pl.min_horizontal(pl.lit(as_of), pl.date(pl.col("milestone_year"), 12, 31))
    is_adopted = (pl.col("adopted_on") <= last_day).fill_null(value=True)
    adopted = milestones.filter(is_adopted)
    return adopted.filter(
        pl.col("version") == pl.col("version").max().over("target_id", "milestone_year")
    )
