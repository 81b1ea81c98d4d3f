"""Which reports arrive on which day: clean, dirty, late, sent again, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

import polars as pl

from etl import form
from indicators.text import fold
from scripts.demo_full.books import TITLE, Cell, file_of, sheets_of
from scripts.demo_full.dirt import DIRT, Dirt
from scripts.demo_full.series import DemoSeries, demo_series
from scripts.demo_full.world import LAST_YEAR, MERGER_YEAR, NATION, World, years_of

# UTC; the days are fixed, so that the board looks the same whenever it is made.
RUN_DAYS: Final = (
    datetime(2025, 11, 28, 2),  # before communes are due on 29/11 (Hà Nội) and 9/12 (Hưng Yên)
    datetime(2026, 5, 28, 2),  # before half-year reports are due; annual reports of provinces
    datetime(2026, 11, 20, 2),  # first figures of 2026, and corrections
)
_REPORTING_COMMUNES: Final = ("01@2025", "33@2025")  # the calendar tells their days
# Guides and tests walk through them: they have every series.
_SHOWN_IN_GUIDES: Final = frozenset({"01@2025", "33@2025", "31@2025"})
_NEVER, _STOPPED = 1, 2  # provinces without any data, and with none since the merger
_NOT_YET: Final = 5  # provinces whose first figures of 2026 are still to come
_SERIES_NEVER, _LINE_MISSING = 0.05, 0.015
_OWN_TARGETS: Final = ("NSGE-2.1", "NSGE-2.3", "NSGE-4.1", "NSGE-6.1")
_CAUSES: Final = (
    "Sắp xếp bộ máy làm thay đổi số cơ quan, đơn vị",
    "Kinh phí cho công tác bình đẳng giới còn hạn chế",
    "Nguồn cán bộ nữ trong quy hoạch chưa đủ",
    "Tâm lý ưa thích con trai còn phổ biến",
)


@dataclass(frozen=True)
class Report:
    """One file that arrives."""

    name: str
    run: int  # index of RUN_DAYS
    information: dict[str, str]
    observations: Sequence[dict[str, Cell]]
    statements: Sequence[dict[str, Cell]] = ()
    dirt: Dirt | None = None
    ending: str = ".xlsx"

    @property
    def content(self) -> bytes:
        """The file; a fault is put in just before writing."""
        sheets = sheets_of(self.information, self.observations, self.statements)
        if self.dirt:
            self.dirt.spoil(sheets)
        return file_of(sheets, self.ending)

    @property
    def file_name(self) -> str:
        """As sent."""
        return self.name + self.ending


@dataclass(frozen=True)
class Senders:
    """Who reports, and with which fault; both follow from the seed."""

    world: World
    only: frozenset[str] | None = None  # provinces of 2025, for a smaller country; None: all
    _series: dict[str, list[DemoSeries]] = field(default_factory=dict)

    def reports(self) -> Iterator[Report]:
        """Every file, in no order."""
        yield from self._national()
        for place in self.places:
            yield from self._former(place)
            yield from self._present(place)
        for province in _REPORTING_COMMUNES:
            if province in self.places:
                yield from self._communal(province)

    @cached_property
    def places(self) -> list[str]:
        """The provinces of 2025 that take part."""
        every = self.world.provinces("2025")
        return [one for one in every if self.only is None or one in self.only]

    @cached_property
    def _fates(self) -> dict[str, str]:
        """What befalls the report of 2025 of a province."""
        ordinary = [place for place in self.places if place not in _SHOWN_IN_GUIDES]
        self.world.chance("fates").shuffle(ordinary)
        fates = ["never"] * _NEVER + ["stopped"] * _STOPPED + [*DIRT, "wrong_figures", ".ods"]
        fates += [".xls", ".csv"] + ["not_yet"] * _NOT_YET
        # A small country has no province to lose.
        drawn = fates if len(ordinary) >= len(fates) else [*DIRT, ".ods", ".xls", ".csv"]
        return dict(zip(ordinary, drawn, strict=False))

    def _national(self) -> Iterator[Report]:
        for year in years_of(NATION):
            run = 0 if year < MERGER_YEAR else 1 if year == MERGER_YEAR else 2
            lines = self._lines("national", NATION, year)
            yield Report(f"ca-nuoc_{year}", run, self._information(NATION, str(year), run), lines)

    def _former(self, place: str) -> Iterator[Report]:
        if self._fates.get(place) == "never":
            return
        for old in self.world.parts(place):
            for year in years_of(old):
                ending = self.world.chance(old, year).choices(
                    (".xlsx", ".ods", ".xls", ".csv"), (94, 2, 2, 2)
                )[0]
                information = self._information(old, str(year), 0)
                lines = self._lines("province", old, year)
                yield Report(_file_name(information, year), 0, information, lines, ending=ending)

    def _present(self, place: str) -> Iterator[Report]:
        fate = self._fates.get(place, "")
        if fate in ("never", "stopped"):
            return
        information = self._information(place, str(MERGER_YEAR), 1)
        name = _file_name(information, MERGER_YEAR)
        lines = self._lines("province", place, MERGER_YEAR)
        statements = list(self._statements(place))
        ending = fate if fate.startswith(".") else ".xlsx"
        dirt = DIRT.get(fate)
        yield Report(name, 1, information, lines, statements, dirt, ending)
        if dirt and dirt.is_sent_again:
            again = self._information(place, str(MERGER_YEAR), 2)
            yield Report(f"{name}_gui-lai", 2, again, lines, statements)
        if fate != "not_yet":
            information = self._information(place, str(LAST_YEAR), 2)
            lines = self._lines("province", place, LAST_YEAR)
            yield Report(_file_name(information, LAST_YEAR), 2, information, lines)

    def _communal(self, province: str) -> Iterator[Report]:
        """Annual reports of 2025 and of the first half of 2026: in time, late, missing."""
        units = self.world.catalogue.localities.filter(
            level="commune", geo_version="2025", parent_id=province
        )
        for place in sorted(units["locality_id"]):
            for period, due_run in (("2025", 0), ("2026-S1", 1)):
                drawn = self.world.chance(place, period).random()
                if drawn > 0.93:
                    continue
                run = due_run if drawn < 0.84 else due_run + 1
                information = self._information(place, period, run)
                lines = self._commune_lines(place, province, period, units.height)
                yield Report(_file_name(information, period), run, information, lines)

    # What a file says ------------------------------------------------------------------------

    def _information(self, place: str, period: str, run: int) -> dict[str, str]:
        locality = self.world.catalogue.registry.get(place)
        name = locality.name_vi if place == NATION else f"{locality.type_vi} {locality.name_vi}"
        return {
            "template_id": form.TEMPLATE_ID,
            "template_version": form.TEMPLATE_VERSION,
            "organisation": f"Đơn vị minh họa – {name}",
            "locality": place,
            "reporting_period": period,
            "dataset_id": "BDG-MINH-HOA",
            "prepared_on": RUN_DAYS[run].strftime("%d/%m/%Y"),
            "prepared_by": "",
            "number_locale": "vi",
            "is_synthetic": "có",
            "licence": "CC0 1.0",
            "provenance": f"{TITLE}: do scripts/demo_full sinh ra để trình diễn",
        }

    def _lines(self, level: str, place: str, year: int) -> list[dict[str, Cell]]:
        chance = self.world.chance(place, year, "gaps")
        today = self.world.successor(place)
        found = []
        for series in self._of_level(level):
            never = self.world.chance(today, series.key, "never").random() < _SERIES_NEVER
            never = never and today not in _SHOWN_IN_GUIDES
            if level != "national" and (never or chance.random() < _LINE_MISSING):
                continue
            found += list(self._of_series(series, place, str(year), year))
        return found

    def _of_level(self, level: str) -> list[DemoSeries]:
        if level not in self._series:
            self._series[level] = demo_series(self.world.catalogue, level)
        return self._series[level]

    def _of_series(
        self, series: DemoSeries, place: str, period: str, year: int
    ) -> Iterator[dict[str, Cell]]:
        for figure in self.world.figures(series, place, year):
            yield {
                **_line(series, period, figure.sex),
                "obs_status": "P" if year == LAST_YEAR else "A",
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "reported_value": float(figure.value),
            }

    def _commune_lines(
        self, place: str, province: str, period: str, communes: int
    ) -> list[dict[str, Cell]]:
        """A commune's share of its province, give or take."""
        known = {series.key for series in self._of_level("province")}
        found: list[dict[str, Cell]] = []
        for series in self._of_level("commune"):
            if series.key not in known or not series.profile.per_million:
                continue
            size = self.world.chance(place, series.key).uniform(0.5, 1.5) / communes
            for figure in self.world.figures(series, province, int(period[:4])):
                if figure.denominator is None or (series.is_by_sex and figure.sex == "_T"):
                    continue
                whole = max(1, round(figure.denominator * size))
                part = min(whole, round(whole * float(figure.value) / series.factor))
                line = _line(series, period, figure.sex)
                found.append(line | {"numerator": part, "denominator": whole})
            if series.is_by_sex:
                found.append(_line(series, period, "_T") | _sum(found[-2:]))
        return found

    def _statements(self, place: str) -> Iterator[dict[str, Cell]]:
        """Own judgement of some targets; now and then kinder than the figures."""
        catalogue = self.world.catalogue
        asked = catalogue.target_milestones.filter(milestone_year=MERGER_YEAR).join(
            catalogue.targets.filter(pl.col("target_id").is_in(_OWN_TARGETS)), on="target_id"
        )
        by_indicator = {one.indicator["indicator_id"]: one for one in self._of_level("province")}
        for target in asked.sort("target_id").iter_rows(named=True):
            chance = self.world.chance(place, target["target_id"], "own")
            value = self.world.figures(by_indicator[target["indicator_id"]], place, MERGER_YEAR)[0]
            is_low = value.value < target["target_value"]
            missed = not is_low if target["direction"] == "decrease" else is_low
            kind = chance.random() < 0.15
            yield {
                "target_id": target["target_id"],
                "target_name": target["name_vi"],
                "milestone_year": MERGER_YEAR,
                "own_status": "Chưa đạt" if missed and not kind else "Đạt",
                "cause": chance.choice(_CAUSES) if missed else None,
            }


def _line(series: DemoSeries, period: str, sex: str) -> dict[str, Cell]:
    indicator = series.indicator
    return {
        "indicator_id": indicator["indicator_id"],
        "indicator_name": indicator["name_vi"],
        "time_period": period,
        "sex": sex,
        "age": series.age,
        "breakdown": series.breakdown,
        "definition": series.definition,
        "unit_measure": indicator["unit_measure"],
        "source_family": series.source_family,
        "source_text": "Số liệu minh họa",
    }


def _sum(lines: Iterable[dict[str, Cell]]) -> dict[str, Cell]:
    every = list(lines)
    return {
        name: sum(int(line[name] or 0) for line in every) for name in ("numerator", "denominator")
    }


def _file_name(information: dict[str, str], period: str | int) -> str:
    place = information["locality"].replace("@", "-")
    name = fold(information["organisation"].partition("– ")[2]).replace(" ", "-")
    return f"{place}_{name}_{period}"
