"""How well the checks find a publisher's real errors, and how often they doubt clean figures.

The clean series and the cells that were held back from them are put together again as the
publisher printed them, sent as one file and checked as any submission is.

``python -m tests.support.suspect_cells`` writes ``docs/methods/checks.md``; with the path of
another file of suspect cells it only prints the counts for that one.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from etl import pipeline
from etl.findings import check_rules
from etl.settings import Settings
from tests.support.forms import Form
from tests.support.published import REPOSITORY

DATA = REPOSITORY / "tests" / "data" / "suspect_cells"
DOCUMENT = REPOSITORY / "docs" / "methods" / "checks.md"
NOW = datetime(2026, 11, 21)

# series of the data → indicator, breakdown, source family
_SHARES = {"pupils": "WOMEN_PUPILS", "teachers": "WOMEN_TEACHERS"}
_LEVELS = {
    "all levels": "_T",
    "primary": "SCHOOL_LEVEL.PRIMARY",
    "lower secondary": "SCHOOL_LEVEL.LOWER_SECONDARY",
    "upper secondary": "SCHOOL_LEVEL.UPPER_SECONDARY",
}
SERIES = {
    f"female_share_{people}: {words}": (indicator, breakdown, "ADMIN")
    for people, indicator in _SHARES.items()
    for words, breakdown in _LEVELS.items()
} | {
    "female_share_enterprise_employees": ("WOMEN_ENTERPRISE_EMPLOYEES", "_T", "SURVEY"),
    "unemployment": ("UNEMPLOYMENT_RATE", "_T", "SURVEY"),
    "underemployment": ("UNDEREMPLOYMENT_RATE", "_T", "SURVEY"),
}
_REGIONS = {"R1": "RRD", "R2": "NMM", "R3": "NCC", "R4": "CHL", "R5": "SEA", "R6": "MRD"}
# Units whose borders changed on 01/08/2008 have another identity before.
_CHANGED_IN_2008 = ("01", "17", "26", "28")
_SEXES = {"female": "F", "male": "M", "total": "_T"}
# The printed unemployment by sex equals the table by residence: women's column the rural one.
_RESIDENCE = {"female": "RESIDENCE.RURAL", "male": "RESIDENCE.URBAN"}


def read_cells(path: Path, *, suspect: bool) -> pl.DataFrame:
    """Cells of a file of series, with the identity that the product gives them."""
    cells = pl.read_csv(path, schema_overrides={"locality_code": pl.String, "value": pl.Float64})
    if "series" not in cells.columns:
        cells = cells.rename({"disaggregation": "series"})
    return cells.select(
        "series", "locality_code", "year", "sex", "value", "numerator", "denominator"
    ).with_columns(pl.lit(suspect).alias("suspect"))


def clean_cells() -> pl.DataFrame:
    """The series without the cells that were held back."""
    return read_cells(DATA / "clean_cells.csv", suspect=False)


def suspect_cells() -> pl.DataFrame:
    """The publisher's errors that are known here."""
    return read_cells(DATA / "suspect_cells.csv", suspect=True)


def residence_cells(suspects: pl.DataFrame) -> pl.DataFrame:
    """The table by residence, as far as the suspect cells repeat it."""
    return suspects.filter(pl.col("series").is_in(["unemployment", "underemployment"]))


def flags(
    cells: pl.DataFrame, *, one_by_one: bool = False, residence: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Send the cells as one file; every cell with the codes of the findings on its line."""
    ordered = cells.sort("series", "locality_code", "year", "sex").with_row_index("number")
    lines = [_line(cell) for cell in ordered.iter_rows(named=True)]
    if residence is not None:
        lines += [_residence_line(cell) for cell in residence.iter_rows(named=True)]
    with tempfile.TemporaryDirectory() as directory:
        path = Form(lines, information=_INFORMATION).write(Path(directory) / "cells.csv")
        settings = Settings(data_directory=Path(directory), _env_file=None)
        issues = pipeline.validate(path, settings, NOW).issues
    found = issues.group_by((pl.col("sheet_row") - 2).cast(pl.UInt32).alias("number")).agg(
        pl.col("code").unique().sort().alias("codes")
    )
    return ordered.join(found, on="number", how="left", maintain_order="left").with_columns(
        pl.col("codes").fill_null([])
    )


_INFORMATION = {
    "locality": "VN",
    "reporting_period": "2020",
    "is_synthetic": "không",
    "number_locale": "en",
}


def _identity(code: str, year: int) -> str:
    if code == "VN":
        return code
    if code in _REGIONS:
        return f"{_REGIONS[code]}@2004"
    return f"{code}@{'2003' if code in _CHANGED_IN_2008 and year < 2008 else '2004'}"


def _line(cell: dict) -> dict:
    indicator, breakdown, family = SERIES[cell["series"]]
    by_sex = family == "SURVEY" and indicator.endswith("_RATE")
    has_counts = cell["denominator"] is not None
    return {
        "indicator_id": indicator,
        "ref_area": _identity(cell["locality_code"], cell["year"]),
        "time_period": cell["year"],
        "sex": _SEXES[cell["sex"]] if by_sex else "_T",
        "breakdown": breakdown,
        "numerator": cell["numerator"],
        "denominator": cell["denominator"],
        "reported_value": None if has_counts else cell["value"],
        "source_family": family,
    }


def _residence_line(cell: dict) -> dict:
    return _line(cell) | {"sex": "_T", "breakdown": _RESIDENCE[cell["sex"]]}
