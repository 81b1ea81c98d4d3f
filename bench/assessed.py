"""Workbooks of the nation and its provinces that give every target something to be judged on.

Seeded, plausible, marked as illustrative: one value a year, 2019 to 2025, of each series that a
target of that level asks for, on the 63 provinces until 2024 and on the 34 for 2025, so that the
rebuilding and the assessment have all of their work to do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from indicators.catalogue import Catalogue
from scripts.demo_full.series import SERIES, asked_series
from tests.support.forms import Form, Value, observation

YEARS = {"": range(2019, 2026), "2004": range(2019, 2025), "2025": range(2025, 2026)}
_SEED = 2030


def generate_assessed(directory: Path, catalogue: Catalogue) -> int:
    """Write one workbook for the nation and for each province of both maps; returns how many."""
    places = catalogue.localities.filter(
        pl.col("level").is_in(["national", "province"]), pl.col("geo_version").is_in(list(YEARS))
    )
    for place in places.select("locality_id", "level", "geo_version").iter_rows(named=True):
        form = Form(
            observations=list(_lines(catalogue, **place)),
            information={
                "organisation": f"Cục Thống kê {place['locality_id']}",
                "locality": place["locality_id"],
                "reporting_period": str(YEARS[place["geo_version"]][-1]),
                "dataset_id": "BDG-MUC-TIEU",
                "prepared_on": "20/11/2026",
            },
        )
        form.write(directory / f"muc-tieu-{place['locality_id'].replace('@', '-')}.xlsx")
    return places.height


def _lines(
    catalogue: Catalogue, locality_id: str, level: str, geo_version: str
) -> Iterator[dict[str, Value]]:
    for series in asked_series(catalogue, level).iter_rows(named=True):
        key = "-".join(str(series[name]) for name in SERIES)
        chance = random.Random(f"{_SEED}-{locality_id}-{key}")
        goal = float(series["target_value"])
        start = goal * chance.uniform(0.85, 1.1)
        for year in YEARS[geo_version]:
            move = (goal - start) * (year - 2019) / 11 * chance.uniform(0.6, 1.2)
            yield _line(series, year, start + move, chance)


def _line(
    series: dict[str, Any], year: int, level: float, chance: random.Random
) -> dict[str, Value]:
    named = {name: series[name] for name in SERIES if name != "indicator_id"}
    return observation(
        series["indicator_id"],
        **named,
        indicator_name=series["name_vi"],
        time_period=year,
        unit_measure=series["unit_measure"],
        source_family=series["source_families"].split(";")[0],
        source_text="Số liệu minh họa",
        **_values(series, level, chance),
    )


def _values(series: dict[str, Any], level: float, chance: random.Random) -> dict[str, Value]:
    """Counts where the indicator is a share of counted things, else the value alone."""
    if series["formula_kind"] == "share":
        denominator = chance.randint(300, 4_000)
        numerator = min(round(denominator * level / 100), denominator)
        return {
            "numerator": numerator,
            "denominator": denominator,
            "reported_value": round(numerator / denominator * 100 + 1e-9, 4),
        }
    if series["formula_kind"] == "yes_no":
        return {"reported_value": chance.randint(0, 1)}
    lower = max(level, series["lower_limit"] or 0)
    return {"reported_value": float(round(Decimal(lower), series["decimals"]))}
