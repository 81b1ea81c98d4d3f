"""The series that targets ask for, and what made-up figures of each look like."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from indicators.catalogue import Catalogue

SERIES: Final = ("indicator_id", "sex", "age", "breakdown", "definition")
_NUMBERS: Final = (
    "start", "spread", "goal", "per_million", "per_place", "women_share", "women_ahead",
    "after_merger",
)  # fmt: skip
_PROFILES: Final = Path(__file__).parent / "profiles.csv"


def asked_series(catalogue: Catalogue, level: str) -> pl.DataFrame:
    """One row per series that a target with a number asks for at a level, with its formula."""
    return (
        catalogue.targets.filter(pl.col("applies_to_levels").str.split(";").list.contains(level))
        .join(catalogue.target_milestones, on="target_id")
        .filter(pl.col("target_value").is_not_null(), pl.col("indicator_id").is_not_null())
        .sort("target_id", "milestone_year")
        .unique(SERIES, keep="first", maintain_order=True)
        .select(*SERIES, "target_value")
        .join(catalogue.indicators, on="indicator_id", maintain_order="left")
    )


@dataclass(frozen=True)
class Profile:
    """One line of profiles.csv: the level of women or of all in 2019, and the size behind it.

    Levels are in the indicator's unit. ``per_million`` counts the denominator per million
    inhabitants, ``per_place`` per province (or the whole nation where only it is asked).
    """

    years: frozenset[int]  # empty: every year
    start: float
    spread: float  # of the provinces, to either side
    goal: float  # that the level creeps towards
    per_million: float
    per_place: float
    women_share: float  # of the denominator, where figures are by sex
    women_ahead: float  # level of women minus that of men
    after_merger: float  # what 2025 left of the denominator


@dataclass(frozen=True)
class DemoSeries:
    """One series, by sex where the indicator is, with its profile."""

    indicator: dict[str, Any]  # a row of the catalogue
    age: str
    breakdown: str
    definition: str
    source_family: str
    profile: Profile

    @property
    def key(self) -> str:
        """Seeds the series and names it."""
        return "/".join(
            (self.indicator["indicator_id"], self.breakdown, self.definition, self.source_family)
        )

    @property
    def is_counted(self) -> bool:
        """Has numerators and denominators."""
        return bool(self.profile.per_million or self.profile.per_place)

    @property
    def is_by_sex(self) -> bool:
        """Is reported for women, men and both."""
        return self.is_counted and self.profile.women_share > 0

    @property
    def factor(self) -> float:
        """100 for a percentage."""
        return float(self.indicator["formula_factor"] or 1)


def demo_series(catalogue: Catalogue, level: str) -> list[DemoSeries]:
    """Every asked series of a level, in each source family that has a profile.

    Raises ``KeyError`` for a series that a new target asks for: give it a line in profiles.csv.
    """
    found: dict[str, DemoSeries] = {}
    for row in asked_series(catalogue, level).iter_rows(named=True):
        profiles = _profiles()[row["indicator_id"], row["breakdown"], row["definition"]]
        for family, profile in profiles.items():
            first = str(row["source_families"]).split(";", maxsplit=1)[0]
            series = DemoSeries(
                row, row["age"], row["breakdown"], row["definition"], family or first, profile
            )
            found.setdefault(series.key, series)
    return list(found.values())


@cache
def _profiles() -> dict[tuple[str, str, str], dict[str, Profile]]:
    found: dict[tuple[str, str, str], dict[str, Profile]] = {}
    with _PROFILES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            key = line["indicator_id"], line["breakdown"], line["definition"]
            found.setdefault(key, {})[line["source_family"]] = Profile(
                frozenset(int(year) for year in line["years"].split(";") if year),
                *(float(line[name] or 0) for name in _NUMBERS),
            )
    return found
