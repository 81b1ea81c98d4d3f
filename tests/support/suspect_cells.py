"""How well the checks find a publisher's real errors, and how often they doubt clean figures.

The clean series and the cells that were held back from them are put together again as the
publisher printed them, sent as one file and checked as any submission is.

:mod:`tests.support.checks_document` writes what came of it.
"""

from __future__ import annotations

import random
import tempfile
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import polars as pl

from etl import pipeline
from etl.history_rules import parameters
from etl.settings import Settings
from tests.support.forms import Form
from tests.support.published import REPOSITORY
from tests.support.synthetic_errors import KINDS, with_errors

DATA = REPOSITORY / "tests" / "data" / "suspect_cells"
NOW = datetime(2026, 11, 21)
SEED = 2026
_SPLITS = 20
FEWER_RUNS = 6
_FACTORS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
_FITTED = ("VALUE_JUMP.times", "VALUE_JUMP.points", "SEX_GAP_COLUMN.limit")
Counts = tuple[int, int, int, int]  # suspect cells found and sent, clean cells doubted and sent

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


def flags(cells: pl.DataFrame, residence: pl.DataFrame | None = None) -> pl.DataFrame:
    """Send the cells as one file; every cell with the codes of the findings on its line."""
    ordered = cells.sort("series", "locality_code", "year", "sex").with_row_index("number")
    lines = [_line(cell) for cell in ordered.iter_rows(named=True)]
    if residence is not None:
        lines += [_residence_line(cell) for cell in residence.iter_rows(named=True)]
    with tempfile.TemporaryDirectory() as directory:
        path = Form(lines, information=_INFORMATION).write(Path(directory) / "cells.csv")
        settings = Settings(data_directory=Path(directory), _env_file=None)
        issues = pipeline.validate(path, settings, NOW).checked.issues
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


# What came of it ------------------------------------------------------------------------------

FLAGGED = pl.col("codes").list.len() > 0


def counts(flagged: pl.DataFrame) -> Counts:
    """Suspect cells found and sent, clean cells doubted and sent."""
    suspects, clean = flagged.filter("suspect"), flagged.filter(~pl.col("suspect"))
    return (
        suspects.filter(FLAGGED).height,
        suspects.height,
        clean.filter(FLAGGED).height,
        clean.height,
    )


def by_rule(flagged: pl.DataFrame) -> pl.DataFrame:
    """Per code: suspect cells found, of these by no other rule, clean cells doubted."""
    alone = pl.col("suspect") & (pl.col("rules") == 1)
    return (
        flagged.with_columns(pl.col("codes").list.len().alias("rules"))
        .explode("codes")
        .drop_nulls("codes")
        .group_by("codes")
        .agg(
            pl.col("suspect").sum().alias("found"),
            alone.sum().alias("alone"),
            (~pl.col("suspect")).sum().alias("doubted"),
        )
        .sort("found", "codes", descending=[True, False])
    )


def by_series(flagged: pl.DataFrame) -> pl.DataFrame:
    """Per series: suspect cells found and sent, clean cells doubted and sent."""
    clean = ~pl.col("suspect")
    return (
        flagged.group_by("series")
        .agg(
            (pl.col("suspect") & FLAGGED).sum().alias("found"),
            pl.col("suspect").sum().alias("suspects"),
            (clean & FLAGGED).sum().alias("doubted"),
            clean.sum().alias("clean"),
        )
        .sort("series")
    )


def by_factor(cells: pl.DataFrame) -> dict[float, pl.DataFrame]:
    """Flags with all thresholds that were fitted to these data multiplied by a factor."""
    return {factor: _flags_with_factor(cells, factor) for factor in _FACTORS}


def _flags_with_factor(cells: pl.DataFrame, factor: float) -> pl.DataFrame:
    is_fitted = pl.concat_str("code", pl.lit("."), "parameter").is_in(_FITTED)
    numbers = parameters().with_columns(
        pl.when(is_fitted).then(pl.col("value") * factor).otherwise("value").alias("value")
    )
    with patch("etl.history_rules.parameters", lambda: numbers):
        return flags(cells)


def splits(tried: dict[float, pl.DataFrame]) -> list[tuple[Counts, Counts]]:
    """Random halves by locality: how the factor chosen on one half does on the other.

    Of the factors with at most 0.5 % of the clean cells doubted, the one that finds most.
    """
    codes = sorted(set(tried[1.0]["locality_code"]))
    chance = random.Random(SEED)
    outcomes = []
    for _ in range(_SPLITS):
        inside = pl.col("locality_code").is_in(chance.sample(codes, len(codes) // 2))
        own = {factor: counts(flagged.filter(inside)) for factor, flagged in tried.items()}
        fitting = [one for one, (_, _, doubted, clean) in own.items() if doubted <= clean / 200]
        best = max(fitting or [max(_FACTORS)], key=lambda one: (own[one][0], one))
        outcomes.append((own[best], counts(tried[best].filter(~inside))))
    return outcomes


def fewer(cells: pl.DataFrame) -> list[Counts]:
    """Clean cells with a random half of the suspect ones: columns with less evidence in them."""
    chance = random.Random(SEED)
    return [
        counts(flags(cells.filter(~pl.col("suspect") | pl.Series(kept))))
        for kept in (
            [chance.random() < 0.5 for _ in range(cells.height)] for _ in range(FEWER_RUNS)
        )
    ]


def made_up() -> dict[str, Counts]:
    """Per kind of synthetic error: found and made, clean cells asked about beside them, and all."""
    clean = clean_cells()
    key = ["series", "locality_code", "year", "sex"]
    always = flags(clean).filter(FLAGGED).select(key)
    outcomes = {}
    for kind in KINDS:
        flagged = flags(with_errors(clean, kind, SEED))
        outcomes[kind] = counts(
            flagged.join(always, on=key, how="anti").vstack(
                flagged.join(always, on=key, how="semi").filter("suspect")
            )
        )
    return outcomes
