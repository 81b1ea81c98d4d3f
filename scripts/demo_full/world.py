"""The made-up country: levels that persist by province and creep towards the targets.

The 63 former provinces are its atoms. A merged province and the nation are sums of their counts,
so that figures of different levels fit together as real ones do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from math import exp
from typing import Final

import polars as pl

from indicators.catalogue import Catalogue
from scripts.demo_full.series import DemoSeries, demo_series

SEED: Final = 2026
NATION: Final = "VN"
FIRST_YEAR, MERGER_YEAR, LAST_YEAR = 2019, 2025, 2026
_SLOWNESS: Final = 5.0  # years after which two thirds of the way that will be gone are gone
_REVERSING, _STALLED = 0.08, 0.16  # shares of the series of provinces


@dataclass(frozen=True)
class Figure:
    """One value with its counts, where it has any."""

    sex: str
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class World:
    """Figures of any place, series and year; the same for the same seed."""

    catalogue: Catalogue
    seed: int = SEED
    _counts: dict[tuple[str, str, int, str], tuple[int, int]] = field(default_factory=dict)

    def figures(self, series: DemoSeries, place: str, year: int) -> list[Figure]:
        """What a place would truthfully report; empty in a year without the event (elections)."""
        if series.profile.years and year not in series.profile.years:
            return []
        if not series.is_counted:
            return [Figure("_T", self._rounded(series, self._level(series, place, year)))]
        if not series.is_by_sex:
            return [self._figure(series, "_T", *self._counted(series, place, year, "F"))]
        women = self._counted(series, place, year, "F")
        men = self._counted(series, place, year, "M")
        both = women[0] + men[0], women[1] + men[1]
        counted = {"F": women, "M": men, "_T": both}
        return [self._figure(series, sex, *counts) for sex, counts in counted.items()]

    def parts(self, place: str) -> Sequence[str]:
        """The former provinces that a place consists of."""
        if place == NATION:
            return sorted(one for many in self._predecessors.values() for one in many)
        return self._predecessors.get(place, [place])

    def successor(self, place: str) -> str:
        """The province of 2025 that a place is, or is a part of."""
        return next((new for new, old in self._predecessors.items() if place in old), place)

    def provinces(self, geo_version: str) -> list[str]:
        """Provinces of one map, in the order of their codes."""
        rows = self.catalogue.localities.filter(level="province", geo_version=geo_version)
        return sorted(rows["locality_id"])

    def chance(self, *what: object) -> random.Random:
        """Chance that is the same whatever was asked before."""
        name = "-".join(str(one) for one in (self.seed, *what))
        return random.Random(name)  # noqa: S311 - to be repeated, not to be secret

    @cached_property
    def _predecessors(self) -> dict[str, list[str]]:
        new = self.provinces("2025")
        links = self.catalogue.locality_succession.filter(pl.col("successor_id").is_in(new))
        found: dict[str, list[str]] = {place: [] for place in new}
        for old, place in links.select("predecessor_id", "successor_id").sort(pl.all()).iter_rows():
            if old in self._population:
                found[place].append(old)
        return found

    @cached_property
    def _population(self) -> dict[str, dict[int, float]]:
        """Thousand inhabitants by former province and year."""
        found: dict[str, dict[int, float]] = {}
        rows = self.catalogue.population.filter(pl.col("locality_id").str.ends_with("@2004"))
        for place, year, total in rows.select("locality_id", "year", "total").iter_rows():
            found.setdefault(place, {})[year] = float(total)
        return found

    def _counted(self, series: DemoSeries, place: str, year: int, sex: str) -> tuple[int, int]:
        """Numerator and denominator."""
        key = series.key, place, year, sex
        if key not in self._counts:
            parts = list(self.parts(place))
            if place == NATION and series.key not in self._provincial:
                parts = [NATION]
            if parts == [place]:
                self._counts[key] = self._atom(series, place, year, sex)
            else:
                every = [self._counted(series, part, year, sex) for part in parts]
                self._counts[key] = sum(n for n, _ in every), sum(d for _, d in every)
        return self._counts[key]

    @cached_property
    def _provincial(self) -> set[str]:
        return {series.key for series in demo_series(self.catalogue, "province")}

    def _atom(self, series: DemoSeries, place: str, year: int, sex: str) -> tuple[int, int]:
        profile = series.profile
        people = 0.0
        if profile.per_million:
            years = self._population[place]
            people = years[min(year, max(years))] / 1000
        size = profile.per_million * people + profile.per_place
        if place != NATION:  # of which the sizes are known, such as 22 ministries
            size *= self.chance(place, series.key, "size").uniform(0.85, 1.15)
            size *= self.chance(place, series.key, year, "size").uniform(0.99, 1.01)
        if year >= MERGER_YEAR:
            size *= profile.after_merger
        level = self._level(series, place, year)
        if series.is_by_sex:
            share = profile.women_share
            size *= share if sex == "F" else 1 - share
            level = self._within(series, level - (profile.women_ahead if sex == "M" else 0))
        denominator = max(1, round(size))
        return round(denominator * level / series.factor), denominator

    def _level(self, series: DemoSeries, place: str, year: int) -> float:
        """Of a province all series lean the same way a little; each has a pace of its own."""
        profile = series.profile
        leaning = self.chance(place).triangular(-1, 1)
        own = self.chance(place, series.key)
        worse = -1 if series.indicator["direction"] == "decrease" else 1
        start = profile.start + profile.spread * (worse * 0.5 * leaning + own.triangular(-0.7, 0.7))
        drawn, gone = own.random(), own.uniform(0.35, 1.15)
        if drawn < _REVERSING:
            gone = -0.3
        elif drawn < _STALLED:
            gone = 0.02
        way = (profile.goal - start) * gone * (1 - exp((FIRST_YEAR - year) / _SLOWNESS))
        yearly = self.chance(place, series.key, year).uniform(-1, 1)
        return self._within(series, start + way + yearly * 0.06 * profile.spread)

    @staticmethod
    def _within(series: DemoSeries, level: float) -> float:
        lowest = series.profile.goal * 0.25 if series.factor == 1000 else 0.0
        highest = series.indicator["upper_limit"]
        return max(lowest, level if highest is None else min(level, float(highest)))

    def _figure(self, series: DemoSeries, sex: str, numerator: int, denominator: int) -> Figure:
        value = numerator / denominator * series.factor
        return Figure(sex, self._rounded(series, value), numerator, denominator)

    @staticmethod
    def _rounded(series: DemoSeries, value: float) -> Decimal:
        places = Decimal(1).scaleb(-series.indicator["decimals"])
        return Decimal(repr(round(value, 9))).quantize(places, ROUND_HALF_UP)


def years_of(place: str) -> Iterator[int]:
    """Years that a unit of a map reports for."""
    if place.endswith("@2004"):
        return iter(range(FIRST_YEAR, MERGER_YEAR))
    first = FIRST_YEAR if place == NATION else MERGER_YEAR
    return iter(range(first, LAST_YEAR + 1))
