"""Workbooks as communes could send them: seeded, plausible, marked as illustrative."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from bench.assessed import generate_assessed
from indicators.catalogue import load_catalogue
from tests.support.forms import Form, Value, observation

SEED = 2026
ROWS_PER_FORM = 250
YEARS = (2025, 2026)  # the communes of 2025 exist in these years
ONE_FAULTY_IN = 20


def generate(directory: Path, count: int) -> None:
    """Write ``count`` workbooks of communes, some faulty, and those of nation and provinces."""
    catalogue = load_catalogue()
    generate_assessed(directory, catalogue)
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
        lines = [line for indicator in indicators for line in _lines(indicator, number)][
            :ROWS_PER_FORM
        ]
        if _is_faulty(number):
            _spoil(lines)
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


def _is_faulty(number: int) -> bool:
    return number % ONE_FAULTY_IN == ONE_FAULTY_IN - 1


def _spoil(lines: list[dict[str, Value]]) -> None:
    """Faults as officers make them: a part larger than its whole, a code that is not there."""
    lines[3]["numerator"], lines[3]["denominator"] = lines[3]["denominator"], 1
    lines[40]["indicator_id"] = "WOMEN_MASTER"
    lines[90]["reported_value"] = "khoảng 40"


def _lines(indicator: dict[str, Any], number: int) -> list[dict[str, Value]]:
    """Counts that move little from year to year, and women and men that add up."""
    chance = random.Random(f"{SEED}-{number}-{indicator['indicator_id']}")
    women, men = chance.randint(400, 4_500), chance.randint(400, 4_500)
    level = chance.uniform(0.3, 0.7)
    found = []
    for year in YEARS:
        level += chance.uniform(0.002, 0.01)
        women, men = women + chance.randint(1, 40), men + chance.randint(1, 40)
        counts = {"F": (round(women * level), women), "M": (round(men * (level + 0.01)), men)}
        counts["_T"] = (counts["F"][0] + counts["M"][0], women + men)
        is_by_sex = "sex" in str(indicator["breakdowns"]).split(";")
        sexes = ("_T", "F", "M") if is_by_sex else ("_T",)
        found += [_line(indicator, year, sex, *counts[sex]) for sex in sexes]
    return found


def _line(
    indicator: dict[str, Any], year: int, sex: str, numerator: int, denominator: int
) -> dict[str, Value]:
    return observation(
        indicator["indicator_id"],
        indicator_name=indicator["name_vi"],
        time_period=year,
        sex=sex,
        numerator=numerator,
        denominator=denominator,
        reported_value=round(numerator / denominator * 100 + 1e-9, 4),
        unit_measure=indicator["unit_measure"],
        source_family="ADMIN",
        source_text="Số liệu minh họa",
    )
