"""Part of stage *normalise*: which locality and which period a row is about."""

from __future__ import annotations

import polars as pl

from etl.columns import distinct
from indicators.cell_marks import MarkedPeriod, read_period
from indicators.errors import UnknownLocality
from indicators.localities import LocalityRegistry
from indicators.numbers import DateFormatError


def localised(rows: pl.DataFrame, registry: LocalityRegistry) -> pl.DataFrame:
    """Rows with ``found_area`` and ``area_advice`` (why there is none) for ``ref_area_text``.

    Codes and names are read in the list that the file names (``geo_version``). A file that names
    none is read in the list of its reporting unit as far as names go, for a unit reports for
    itself and the units below it; a bare code stays refused.
    """
    version = pl.col("locality_id").str.extract("@(.+)$")
    versioned = rows.with_columns(version.fill_null("").alias("unit_version"))
    key = ["ref_area_text", "geo_version", "unit_version"]
    matches = pl.DataFrame(
        [
            (text, declared, unit, *_find(text, declared, unit, registry))
            for text, declared, unit in versioned.select(key).unique().iter_rows()
            if text is not None
        ],
        schema=dict.fromkeys([*key, "found_area", "area_advice"], pl.String),
        orient="row",
    )
    return versioned.join(matches, on=key, how="left", nulls_equal=True, maintain_order="left")


def _find(
    text: str, declared: str | None, unit: str, registry: LocalityRegistry
) -> tuple[str | None, str | None]:
    """Identity and, without one, the reason."""
    version = declared if declared or text.isdigit() else unit or None
    try:
        return registry.find(text, version), None
    except UnknownLocality as error:
        return None, str(error)


def with_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with ``found_period``, ``is_provisional_period`` and ``is_school_year``."""
    read = {text: _period(text) for text in distinct(rows["time_period_text"])}
    matches = pl.DataFrame(
        [
            (text, one.period, one.is_provisional, one.is_school_year)
            for text, one in read.items()
            if one is not None
        ],
        schema={
            "time_period_text": pl.String,
            "found_period": pl.String,
            "is_provisional_period": pl.Boolean,
            "is_school_year": pl.Boolean,
        },
        orient="row",
    )
    return rows.join(matches, on="time_period_text", how="left", maintain_order="left")


def _period(text: str) -> MarkedPeriod | None:
    try:
        return read_period(text)
    except DateFormatError:
        return None
