"""What the template asks one locality for in one period: lines of both tables, as data.

The list follows from the catalogue: the series of every target that the locality is judged by,
with women, men and total where the indicator is broken down by sex. Units below the province
are asked for what the province adds up from its units' reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from etl.template_forms import LocalForms
from etl.template_localities import LEVELS, ReportingLocalities, last_day
from etl.template_previous import PreviousValue, PreviousValues
from indicators.assessment import AssessmentInputs
from indicators.assessment.tasks import judged_tasks
from indicators.catalogue import Catalogue
from indicators.catalogue.calendar import last_acceptable_day
from indicators.localities import Locality
from indicators.numbers import format_date, format_number

SEXES: Final = ("F", "M", "_T")
_UNIT_SOURCES: Final = ("ADMIN", "REGISTRATION")  # what an office counts itself
_LOCAL_SOURCES: Final = ("REGISTRATION", "ADMIN", "ELECTION")
_ADDED_UP: Final = ("sum", "numerator_denominator")
_EVERY_YEAR: Final = ("annual", "quarterly;annual")
# How a value came about that the unit did not report itself, where the officer should know.
_MADE: Final = {
    "aggregated": "tổng hợp lại",
    "weighted": "tổng hợp lại",
    "rolled_up": "tổng hợp từ cấp dưới",
}
_UNIT_SIGNS: Final = {"PERCENT": "%", "PER_1000": "‰"}
_SIGNS: Final = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "maintain": "duy trì"}


@dataclass(frozen=True)
class SeriesLine:
    """One line of sheet Số liệu."""

    indicator_id: str
    name: str
    explanation: str  # the breakdown in words
    sex: str
    age: str
    breakdown: str
    definition: str
    unit: str  # in words
    sign: str  # of the unit, to stand behind the number: "%", "‰" or nothing
    decimals: int
    factor: float | None  # value = numerator ÷ denominator × factor; null: the value is typed
    is_share: bool
    is_yes_no: bool
    counts_wholes: bool  # numerator and denominator are counted one by one
    counts_may_be_estimates: bool  # and are shown with a decimal
    value_may_come_alone: bool  # a survey gives the value without its counts
    lower_limit: float | None
    upper_limit: float | None
    numerator: str | None  # what is counted
    denominator: str | None
    source_families: tuple[str, ...]
    default_family: str
    previous_value: Decimal | None
    previous_period: str | None  # and where it differs, how that value came about


@dataclass(frozen=True)
class StatementLine:
    """One line of sheet Đánh giá."""

    target_id: str
    name: str
    milestone_year: int
    demand: str  # "≥ 60 phần trăm"
    document: str


@dataclass(frozen=True)
class TemplateContent:
    """Everything that one template says."""

    locality: Locality
    period: str
    organisation: str | None
    deadline: str | None  # last good day and recipient, where the calendar knows one
    series: list[SeriesLine]
    statements: list[StatementLine]

    @property
    def place(self) -> str:
        """The locality in words, e.g. "tỉnh Hưng Yên"."""
        if self.locality.level == "national":
            return "cả nước"
        return f"{self.locality.type_vi} {self.locality.name_vi}"


class TemplateContents:
    """Contents for one period; what all localities share is worked out once.

    Args:
        catalogue: says which targets, series and limits there are.
        period: "2026", or "2026-S1" for a half-year.
    """

    def __init__(self, catalogue: Catalogue, period: str) -> None:
        self._period = period
        self._year = int(period[:4])
        self._registry = catalogue.registry
        self.localities = ReportingLocalities(self._registry, period)
        self._calendar = catalogue.reporting_calendar
        self._names = {
            (code_list, code): name
            for code_list, code, name in catalogue.code_items.select(
                "code_list", "code", "name_vi"
            ).iter_rows()
        }
        self._order = {code: n for n, code in enumerate(catalogue.indicators["indicator_id"])}
        self._indicators = {
            row["indicator_id"]: row for row in catalogue.indicators.iter_rows(named=True)
        }
        self._milestones = set(
            catalogue.target_milestones.select("target_id", "milestone_year").iter_rows()
        )
        self._tasks = self._tasks_by_locality(catalogue)
        self._forms = LocalForms(catalogue, last_day(period))

    def _tasks_by_locality(self, catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
        """Targets in force in the year, with the number that binds, by locality."""
        targets = catalogue.targets.lazy()
        documents = catalogue.programmes.lazy().select(
            "programme_id", document=pl.coalesce("number", "name_vi")
        )
        in_force = (pl.col("valid_from_year") <= self._year).fill_null(value=True) & (
            pl.col("valid_to_year") >= self._year
        ).fill_null(value=True)
        tasks = (
            judged_tasks(
                AssessmentInputs.from_catalogue(catalogue, last_day(self._period)), self._year
            )
            .join(
                targets.select("valid_from_year", "valid_to_year", binding_target_id="target_id"),
                on="binding_target_id",
            )
            .filter(in_force)
            .join(targets.select("target_id", "short_code", "name_vi"), on="target_id")
            .join(documents, on="programme_id", how="left")
            .sort("locality_id", "target_id", "milestone_year")
            .collect()
        )
        return {
            str(locality): group.to_dicts()
            for (locality,), group in tasks.group_by("locality_id", maintain_order=True)
        }

    def of(self, locality_id: str, previous: PreviousValues) -> TemplateContent:
        """What is asked of one locality."""
        locality = self._registry.get(locality_id)
        tasks = self._asked(locality)
        return TemplateContent(
            locality,
            self._period,
            previous.organisation,
            self._deadline(locality),
            self._series(tasks, previous, locality.level),
            self._statements(tasks),
        )

    def _asked(self, locality: Locality) -> list[dict[str, Any]]:
        """Tasks of the locality itself and, below the province, those that its reports feed."""
        own = self._of_existing_levels(self._tasks.get(locality.locality_id, []))
        province = self.localities.province_of(locality.locality_id)
        if province is None or province.locality_id == locality.locality_id:
            return own
        above = LEVELS[: LEVELS.index(locality.level)]
        others = {f"ADMIN_LEVEL.{level.upper()}" for level in above}
        return own + [
            self._forms.of(task, locality.level)
            for task in self._of_existing_levels(self._tasks.get(province.locality_id, []))
            if self._is_counted_below(task["indicator_id"])
            and not others & set((task["breakdown"] or "").split("+"))
        ]

    def _of_existing_levels(self, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        gone = self.localities.gone_breakdowns
        return [one for one in tasks if not gone & set((one["breakdown"] or "").split("+"))]

    def _is_counted_below(self, indicator_id: str | None) -> bool:
        indicator = self._indicators.get(indicator_id or "")
        return (
            indicator is not None
            and indicator["aggregation"] in _ADDED_UP
            and _is_counted_by_offices(indicator)
        )

    def _series(
        self, tasks: Iterable[dict[str, Any]], previous: PreviousValues, level: str
    ) -> list[SeriesLine]:
        keys: set[tuple[str, str, str, str, str]] = set()
        for task in tasks:
            indicator = self._indicators.get(task["indicator_id"] or "")
            if indicator is None or not self._is_due(indicator, previous):
                continue
            if indicator["periodicity"] == "term" and task["milestone_year"] != self._year:
                continue  # asked for in the year of the election, not every year
            by_sex = "sex" in (indicator["breakdowns"] or "").split(";")
            sexes = SEXES if by_sex and task["sex"] in SEXES else (task["sex"],)
            rest = (task["breakdown"], task["age"], task["definition"])
            keys |= {(indicator["indicator_id"], *rest, sex) for sex in sexes}
        ordered = sorted(
            keys,
            key=lambda key: (self._order[key[0]], key[1] != "_T", key[1:4], SEXES.index(key[4])),
        )
        return [self._line(key, previous, level) for key in ordered]

    def _is_due(self, indicator: dict[str, Any], previous: PreviousValues) -> bool:
        """Half-years ask for what offices count; rarer indicators come when their time is up."""
        if "-S" in self._period:
            return indicator["periodicity"] in _EVERY_YEAR and _is_counted_by_offices(indicator)
        every = int(indicator["publishing_period_years"])
        last_year = previous.latest_year(indicator["indicator_id"])
        return every <= 1 or last_year is None or last_year + every <= self._year

    def _line(
        self, key: tuple[str, str, str, str, str], previous: PreviousValues, level: str
    ) -> SeriesLine:
        indicator_id, breakdown, age, definition, sex = key
        indicator = self._indicators[indicator_id]
        families = tuple(indicator["source_families"].split(";"))
        # The country's figures come from the best source; a local office sends what it counts.
        local = [one for one in families if one in _LOCAL_SOURCES and level != "national"]
        family = next(iter(local), families[0])
        found = previous.find((indicator_id, sex, age, breakdown, definition), family)
        return SeriesLine(
            indicator_id,
            indicator["name_vi"],
            self._explanation(breakdown, age),
            sex,
            age,
            breakdown,
            definition,
            self._unit(indicator_id),
            _UNIT_SIGNS.get(indicator["unit_measure"], ""),
            indicator["decimals"],
            indicator["formula_factor"],
            indicator["formula_kind"] == "share",
            indicator["formula_kind"] == "yes_no",
            families[0] in _UNIT_SOURCES,
            family not in _LOCAL_SOURCES,
            any(one not in _LOCAL_SOURCES for one in families),
            indicator["lower_limit"],
            indicator["upper_limit"],
            indicator["numerator_vi"],
            indicator["denominator_vi"],
            families,
            family,
            found.value if found else None,
            self._origin(found, family) if found else None,
        )

    def _origin(self, found: PreviousValue, family: str) -> str:
        """Period of an earlier value and, where it differs, how that value came about."""
        notes = [found.time_period]
        if found.source_family != family:
            notes.append(self._words("CL_SOURCE_FAMILY", found.source_family).lower())
        if found.origin in _MADE:
            notes.append(_MADE[found.origin])
        if found.is_synthetic:
            notes.append("số liệu minh họa")
        return ", ".join(notes)

    def _words(self, code_list: str, code: str) -> str:
        return str(self._names.get((code_list, code), code))

    def _unit(self, indicator_id: str | None) -> str:
        """The unit as it is written behind a number."""
        if indicator_id not in self._indicators:
            return ""
        unit = self._indicators[indicator_id]["unit_measure"]
        return _UNIT_SIGNS.get(unit) or self._words("CL_UNIT_MEASURE", unit)

    def _explanation(self, breakdown: str, age: str) -> str:
        words = [self._words("CL_BREAKDOWN", one) for one in breakdown.split("+") if one != "_T"]
        words += [self._words("CL_AGE", age)] if age != "_T" else []
        return "; ".join(words)

    def _statements(self, tasks: Iterable[dict[str, Any]]) -> list[StatementLine]:
        """Milestones that are open, or closed so recently that their final figures come now."""
        found: dict[tuple[str, int], StatementLine] = {}
        for task in tasks:
            year = task["milestone_year"]
            if year < self._year - 1:
                continue
            has_milestone = (task["target_id"], year) in self._milestones
            target_id = task["target_id"] if has_milestone else task["binding_target_id"]
            name = f"{task['short_code']}. {task['name_vi']}"
            document = f"{task['document'] or ''}"
            line = StatementLine(target_id, name, year, self._demand(task), document)
            found.setdefault((target_id, year), line)
        return list(found.values())

    def _demand(self, task: dict[str, Any]) -> str:
        """What the milestone asks for, as short as a table cell."""
        if task.get("is_yes_or_no"):
            return "có"
        sign = _SIGNS.get(str(task["operator"]), "")
        if task["target_value"] is None:
            return sign or "không nêu con số"
        unit_words = self._unit(task["indicator_id"])
        number = _shortest(task["target_value"])
        if task["target_upper"] is not None:
            return f"{number} – {_shortest(task['target_upper'])} {unit_words}".strip()
        about = "khoảng " if task["is_approximate"] else ""
        return f"{about}{sign} {number} {unit_words}".strip()

    def _deadline(self, locality: Locality) -> str | None:
        """The calendar's rule for the level of the locality, the nearest one above it."""
        kind = "half_year" if self._period.endswith("S1") else "annual"
        day = last_day(self._period)
        above = [locality.locality_id, *self._registry.ancestors(locality.locality_id)]
        rules = self._calendar.filter(
            pl.col("locality_id").is_in(above),
            pl.col("reporter_level") == locality.level,
            pl.col("report_kind") == kind,
            pl.col("due_before").is_not_null(),
            (pl.col("valid_from") <= day).fill_null(value=True),
            (pl.col("valid_to") >= day).fill_null(value=True),
        ).to_dicts()
        if not rules or self._period.endswith("S2"):
            return None
        rule = min(rules, key=lambda one: above.index(one["locality_id"]))
        last = last_acceptable_day(rule["due_before"], self._year)
        return f"chậm nhất ngày {format_date(last)}, gửi {rule['recipient_vi']}"


def _is_counted_by_offices(indicator: dict[str, Any]) -> bool:
    families = indicator["source_families"].split(";")
    return families[0] in _UNIT_SOURCES or "REGISTRATION" in families


def _shortest(value: Decimal) -> str:
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return format_number(value, places)
