"""A catalogue and observations in miniature, from which each test states only what it is about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from indicators.assessment import AssessmentInputs, assess
from indicators.tables import (
    Indicators,
    Localities,
    LocalitySuccession,
    Observations,
    Programmes,
    Table,
    TargetMilestones,
    Targets,
    empty,
    polars_schema,
)

Row = dict[str, Any]

AS_OF_YEAR = 2026

PARAMETERS = {
    "pace_on_track": Decimal("0.95"),
    "pace_slow": Decimal("0.60"),
    "base_year": Decimal(2020),
    "base_tolerance_years": Decimal(1),
    "projection_points": Decimal(5),
    "projection_minimum_points": Decimal(4),
    "projection_minimum_span_years": Decimal(3),
    "projection_confidence": Decimal("0.80"),
    "flat_intervals": Decimal(2),
    "old_periods": Decimal(1),
    "too_old_periods": Decimal(2),
}

DEFAULT_BAND: Row = {
    "target_id": "*",
    "whole_units": 1,
    "share_of_target": Decimal("0.02"),
    "absolute": None,
}

_INDICATOR: Row = {
    "indicator_id": "SHARE",
    "group_no": 1,
    "unit_measure": "PERCENT",
    "decimals": 1,
    "direction": "increase",
    "formula_kind": "share",
    "formula_factor": 100.0,
    "aggregation": "numerator_denominator",
    "lower_limit": 0.0,
    "upper_limit": 100.0,
    "periodicity": "annual",
    "publishing_period_years": 1,
    "source_families": "SURVEY;REGISTRATION;ADMIN",
    "confidence": "official",
}
_TARGET: Row = {
    "target_id": "T",
    "programme_id": "PLAN",
    "is_headline": True,
    "indicator_id": "SHARE",
    "sex": "_T",
    "age": "_T",
    "breakdown": "_T",
    "definition": "STD",
    "direction": "increase",
    "locality_id": "VN",
    "applies_to_levels": "national;province",
    "confidence": "official",
}
_MILESTONE: Row = {
    "target_id": "T",
    "milestone_year": 2025,
    "version": 1,
    "operator": ">=",
    "target_value": Decimal(60),
    "is_approximate": False,
}
_LOCALITY: Row = {
    "locality_id": "VN",
    "level": "national",
    "confidence": "official",
}
_OBSERVATION: Row = {
    "indicator_id": "SHARE",
    "ref_area": "VN",
    "sex": "_T",
    "age": "_T",
    "breakdown": "_T",
    "definition": "STD",
    "source_family": "SURVEY",
    "unit_measure": "PERCENT",
    "obs_status": "A",
    "conf_status": "F",
    "origin": "reported",
    "is_synthetic": False,
    "confidence": "official",
}


def frame(model: type[Table], rows: list[Row]) -> pl.DataFrame:
    """Rows of a table; text that a test does not speak of is empty."""
    schema = polars_schema(model)
    filled = [{name: row.get(name, _blank(model, name)) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema) if rows else empty(model)


def _blank(model: type[Table], name: str) -> str | None:
    column = model.to_schema().columns[name]
    is_text = column.dtype.type == pl.String
    return "" if is_text and not column.nullable else None


def indicator(**values: Any) -> Row:
    return _INDICATOR | values


def target(**values: Any) -> Row:
    return _TARGET | values


def milestone(operator: str | None = ">=", value: Any = 60, **values: Any) -> Row:
    number = None if value is None else Decimal(str(value))
    return _MILESTONE | {"operator": operator, "target_value": number} | values


def locality(locality_id: str, **values: Any) -> Row:
    level = "national" if locality_id == "VN" else "province"
    valid_to = date(2025, 6, 30) if locality_id.endswith("@2004") else None
    return _LOCALITY | {"locality_id": locality_id, "level": level, "valid_to": valid_to} | values


def succession(predecessor_id: str, successor_id: str, relation: str = "merged_whole") -> Row:
    return {
        "predecessor_id": predecessor_id,
        "successor_id": successor_id,
        "relation": relation,
        "is_default": True,
        "effective_date": date(2025, 7, 1),
    }


def observed(
    year: int, value: Any = None, counts: tuple[Any, Any] | None = None, **values: Any
) -> Row:
    """One value of a year; from ``counts`` (numerator, denominator) the percentage is computed."""
    numerator, denominator = (Decimal(str(count)) for count in counts) if counts else (None, None)
    if counts and denominator and numerator is not None and value is None:
        value = (numerator * 100 / denominator).quantize(Decimal("1e-9"))
    row = _OBSERVATION | {
        "time_period": str(year),
        "reference_year": year,
        "obs_value": None if value is None else Decimal(str(value)),
        "numerator": numerator,
        "denominator": denominator,
    }
    return row | values


def observations(rows: list[Row]) -> pl.DataFrame:
    return frame(
        Observations,
        [{"observation_id": f"o:{number}"} | row for number, row in enumerate(rows)],
    )


def inputs(
    *,
    targets: list[Row] | None = None,
    milestones: list[Row] | None = None,
    indicators: list[Row] | None = None,
    localities: list[Row] | None = None,
    links: list[Row] | None = None,
    bands: list[Row] | None = None,
    parameters: Mapping[str, Decimal] | None = None,
) -> AssessmentInputs:
    return AssessmentInputs(
        targets=frame(Targets, targets or [target()]),
        target_milestones=frame(TargetMilestones, milestones or [milestone()]),
        indicators=frame(Indicators, indicators or [indicator()]),
        localities=frame(Localities, localities or [locality("VN")]),
        locality_succession=frame(LocalitySuccession, links or []),
        programmes=empty(Programmes),
        near_bands=pl.DataFrame(
            bands or [DEFAULT_BAND],
            schema={
                "target_id": pl.String,
                "whole_units": pl.Int64,
                "share_of_target": pl.Decimal(38, 9),
                "absolute": pl.Decimal(38, 9),
            },
        ),
        parameters=PARAMETERS | dict(parameters or {}),
    )


def judge(rows: list[Row], as_of_year: int = AS_OF_YEAR, **catalogue: Any) -> list[Row]:
    """All assessments of the rows."""
    return assess(observations(rows), inputs(**catalogue), as_of_year).to_dicts()


def judge_one(rows: list[Row], as_of_year: int = AS_OF_YEAR, **catalogue: Any) -> Row:
    """The one assessment that the rows give."""
    [assessment] = judge(rows, as_of_year, **catalogue)
    return assessment
