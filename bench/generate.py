"""Workbooks as communes could send them: seeded, plausible, marked as illustrative."""

from __future__ import annotations

import random
from pathlib import Path

from indicators.catalogue import load_catalogue
from tests.support.forms import Form, Value, observation

SEED = 2026
ROWS_PER_FORM = 200
YEARS = (2025, 2026)  # the communes of 2025 exist in these years


def generate(directory: Path, count: int) -> None:
    """Write ``count`` workbooks of different communes, about 200 lines each."""
    catalogue = load_catalogue()
    communes = [
        row["locality_id"]
        for row in catalogue.localities.iter_rows(named=True)
        if row["level"] == "commune" and row["geo_version"] == "2025"
    ]
    indicators = [
        row
        for row in catalogue.indicators.iter_rows(named=True)
        if row["formula_kind"] == "share" and row["formula_factor"] == 100
    ]
    for number in range(count):
        commune = communes[number % len(communes)]
        chance = random.Random(f"{SEED}-{number}")
        lines = [
            _line(indicator, year, sex, chance)
            for year in YEARS
            for indicator in indicators
            for sex in _sexes(str(indicator["breakdowns"]))
        ][:ROWS_PER_FORM]
        Form(
            observations=lines,
            information={
                "organisation": f"UBND {commune}",
                "locality": commune,
                "reporting_period": "2026",
                "dataset_id": f"BDG-{number // len(communes)}",
                "prepared_on": "20/11/2026",
            },
        ).write(directory / f"{number:05d}.xlsx")


def _sexes(breakdowns: str) -> tuple[str, ...]:
    return ("_T", "F", "M") if "sex" in breakdowns.split(";") else ("_T",)


def _line(
    indicator: dict[str, object], year: int, sex: str, chance: random.Random
) -> dict[str, Value]:
    denominator = chance.randint(40, 9_000)
    numerator = chance.randint(0, denominator)
    return observation(
        str(indicator["indicator_id"]),
        indicator_name=str(indicator["name_vi"]),
        time_period=year,
        sex=sex,
        numerator=numerator,
        denominator=denominator,
        reported_value=round(numerator / denominator * 100 + 1e-9, 4),
        unit_measure=str(indicator["unit_measure"]),
        source_family="ADMIN",
        source_text="Số liệu minh họa",
    )
