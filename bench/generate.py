"""Workbooks as communes could send them: seeded, plausible, marked as illustrative."""

from __future__ import annotations

import random
from itertools import product
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
        lines = [line for year, indicator in product(YEARS, indicators)
                 for line in _lines(indicator, year, commune, chance)][:ROWS_PER_FORM]  # fmt: skip
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


def _lines(
    indicator: dict[str, object], year: int, commune: str, chance: random.Random
) -> list[dict[str, Value]]:
    """Women, men and both, if the indicator knows them, close to the figures of other years."""
    usual = random.Random(f"{SEED}-{commune}-{indicator['indicator_id']}")
    share = usual.uniform(0.1, 0.9)
    counts = {}
    for sex in ("F", "M"):
        denominator = round(usual.randint(400, 4_500) * chance.uniform(0.98, 1.02))
        counts[sex] = (round(denominator * share * chance.uniform(0.98, 1.02)), denominator)
    both = (counts["F"][0] + counts["M"][0], counts["F"][1] + counts["M"][1])
    if "sex" not in str(indicator["breakdowns"]).split(";"):
        counts.clear()
    return [_line(indicator, year, sex, one) for sex, one in {"_T": both, **counts}.items()]


def _line(
    indicator: dict[str, object], year: int, sex: str, counts: tuple[int, int]
) -> dict[str, Value]:
    numerator, denominator = counts
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
