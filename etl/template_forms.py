"""Targets in the form that they take in one locality: a yes or a no instead of a share."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from indicators.assessment.bindings import SERIES_OF_TARGET
from indicators.assessment.inputs import versions_in_force
from indicators.catalogue import Catalogue

_ASKED_OF = (*SERIES_OF_TARGET, "milestone_year")


class LocalForms:
    """The catalogue's local forms, by the series that they are judged on."""

    def __init__(self, catalogue: Catalogue, as_of: date) -> None:
        forms = (
            catalogue.targets.filter(pl.col("local_form_of").is_not_null())
            .join(versions_in_force(catalogue.target_milestones, as_of), on="target_id")
            .select(
                *_ASKED_OF,
                "short_code",
                "name_vi",
                "operator",
                "target_value",
                level=pl.col("applies_to_levels").str.split(";"),
                target_id="local_form_of",
                binding_target_id="target_id",
                is_yes_or_no=pl.lit(value=True),
            )
            .explode("level")
        )
        self._forms = {
            (row.pop("level"), *(row[name] for name in _ASKED_OF)): row for row in forms.to_dicts()
        }

    def of(self, task: dict[str, Any], level: str) -> dict[str, Any]:
        """The task as a unit of that level is asked: in its local form if there is one."""
        return task | self._forms.get((level, *(task[name] for name in _ASKED_OF)), {})
