"""Part of stage *normalise*: which locality and which period a row is about."""

from __future__ import annotations

from typing import Final

import polars as pl

from etl.columns import MOST_ADVISED_TEXTS, distinct
from indicators.cell_marks import MarkedPeriod, read_period
from indicators.errors import UnknownLocality
from indicators.localities import LocalityRegistry
from indicators.numbers import DateFormatError

_KEY: Final = ("ref_area_text", "geo_version", "unit_version")


def localised(rows: pl.DataFrame, registry: LocalityRegistry) -> pl.DataFrame:
    """Rows with ``ref_area`` (the sender's own where the cell is empty), and ``ref_area_advice``
    (why there is none).

    Codes and names are read in the list that the file names (``geo_version``). A file that names
    none is read in the list of its reporting unit as far as names go, for a unit reports for
    itself and the units below it; a bare code stays refused.
    """
    version = pl.col("locality_id").str.extract("@(.+)$")
    versioned = rows.with_columns(version.fill_null("").alias("unit_version"))
    written = versioned.select("submission_id", *_KEY).drop_nulls("ref_area_text").unique()
    found = _found(written, registry)
    joined = versioned.join(
        found,
        on=["submission_id", *_KEY],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    own = pl.when(pl.col("ref_area_text").is_null()).then("locality_id").otherwise("found_area")
    return joined.with_columns(own.alias("ref_area"))


def _found(written: pl.DataFrame, registry: LocalityRegistry) -> pl.DataFrame:
    """Identity of each text, or the reason why it has none.

    A file with many unknown names gets no suggestions: looking for something similar is dear,
    and helps only where a few names are misspelt.
    """
    names = written.select(_KEY).unique()
    known = _searched(names, registry, suggest=False)
    matched = written.join(known, on=_KEY, nulls_equal=True, maintain_order="left")
    unknown = matched.filter(pl.col("found_area").is_null())
    few = unknown.filter(pl.len().over("submission_id") <= MOST_ADVISED_TEXTS)
    advised = _searched(few.select(_KEY).unique(), registry, suggest=True)
    return (
        matched.join(
            few.select("submission_id", *_KEY).join(
                advised.select(*_KEY, better="ref_area_advice"), on=_KEY, nulls_equal=True
            ),
            on=["submission_id", *_KEY],
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .with_columns(pl.coalesce("better", "ref_area_advice").alias("ref_area_advice"))
        .drop("better")
    )


def _searched(names: pl.DataFrame, registry: LocalityRegistry, *, suggest: bool) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (text, declared, unit, *_find(text, declared, unit, registry, suggest=suggest))
            for text, declared, unit in names.iter_rows()
        ],
        schema=dict.fromkeys([*_KEY, "found_area", "ref_area_advice"], pl.String),
        orient="row",
    )


def _find(
    text: str,
    declared: str | None,
    unit: str,
    registry: LocalityRegistry,
    *,
    suggest: bool,
) -> tuple[str | None, str | None]:
    """Identity and, without one, the reason."""
    version = declared if declared or text.isdigit() else unit or None
    try:
        return registry.find(text, version, suggest=suggest), None
    except UnknownLocality as error:
        return None, f"{error}."


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
