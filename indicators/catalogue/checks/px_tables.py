"""Checks of px_tables/: what tables of the statistics office's table server are mapped to."""

from __future__ import annotations

import polars as pl

from indicators.catalogue.checks.indicators import INDICATORS
from indicators.catalogue.checks.loaded import Loaded, unknown_faults, unknown_item_faults
from indicators.catalogue.reading import ROW, Fault, duplicate_faults, value_faults
from indicators.text import fold

TABLES = "px_tables/tables.csv"
SERIES = "px_tables/series.csv"
WORDS = "px_tables/words.csv"
_GEO_VERSIONS = "localities/geo_versions.csv"


def check_px_tables(loaded: Loaded) -> list[Fault]:
    """Every fault of the three files."""
    return [*_tables(loaded), *_series(loaded), *_words(loaded)]


def _tables(loaded: Loaded) -> list[Fault]:
    tables = loaded.frames[TABLES]
    families = loaded.codes("CL_SOURCE_FAMILY")
    versions = loaded.ids(_GEO_VERSIONS, "geo_version")
    mapped = loaded.ids(SERIES, "table_id")
    return [
        *unknown_faults(tables, TABLES, "source_family", families, "CL_SOURCE_FAMILY"),
        *unknown_item_faults(tables, TABLES, "geo_versions", versions, _GEO_VERSIONS, ";"),
        *unknown_faults(tables, TABLES, "table_id", mapped, SERIES),
        *(fault for name in ("title_vi", "title_en") for fault in _phrases(tables, TABLES, name)),
    ]


def _series(loaded: Loaded) -> list[Fault]:
    series = loaded.frames[SERIES]
    breakdowns = [*loaded.codes("CL_BREAKDOWN"), "_T"]
    definitions = [*loaded.ids("definitions.csv", "definition"), "STD"]
    return [
        *unknown_faults(series, SERIES, "table_id", loaded.ids(TABLES, "table_id"), TABLES),
        *unknown_faults(
            series, SERIES, "indicator_id", loaded.ids(INDICATORS, "indicator_id"), INDICATORS
        ),
        *unknown_faults(series, SERIES, "sex", loaded.codes("CL_SEX"), "CL_SEX"),
        *unknown_item_faults(series, SERIES, "breakdown", breakdowns, "CL_BREAKDOWN", "+"),
        *unknown_faults(series, SERIES, "definition", definitions, "definitions.csv"),
        *value_faults(
            series, SERIES, "unit_factor", pl.col("unit_factor") <= 0, "phải lớn hơn 0; hãy sửa"
        ),
        *duplicate_faults(
            series.with_columns(pl.col("measure").fill_null("")), SERIES, ["table_id", "measure"]
        ),
        *_phrases(series, SERIES, "measure"),
    ]


def _phrases(frame: pl.DataFrame, file: str, column: str) -> list[Fault]:
    """Phrases parted by "|", none empty once folded."""
    return [
        Fault(file, row, column, f'"{text}" có cụm từ trống; hãy ngăn các cụm từ bằng một dấu |')
        for row, text in frame.select(ROW, column).drop_nulls().iter_rows()
        if not all(fold(phrase) for phrase in text.split("|"))
    ]


def _words(loaded: Loaded) -> list[Fault]:
    words = loaded.frames[WORDS]
    places = [one.partition("@")[0] for one in loaded.locality_ids()]
    lists = (
        ("SEX", loaded.codes("CL_SEX"), "CL_SEX"),
        ("AGE", loaded.codes("CL_AGE"), "CL_AGE"),
        ("BREAKDOWN", loaded.codes("CL_BREAKDOWN"), "CL_BREAKDOWN"),
        ("PLACE", places, "localities"),
        ("UNIT", loaded.codes("CL_UNIT_MEASURE"), "CL_UNIT_MEASURE"),
    )
    faults = []
    for dimension, codes, where in lists:
        of_dimension = words.filter(pl.col("dimension") == dimension)
        faults += unknown_faults(of_dimension, WORDS, "code", codes, where)
        faults += value_faults(
            of_dimension,
            WORDS,
            "code",
            pl.col("code").is_null(),
            f"ô trống; hãy ghi mã của {where}",
        )
    return faults
