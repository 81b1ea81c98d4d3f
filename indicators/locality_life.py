"""A unit's life as one readable record: names, validity, parents, region, before and after.

Plain data for a screen, a command line or JSON; texts are Vietnamese where the catalogue's are,
codes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from indicators.localities import LEVELS, Locality, LocalityRegistry

_ONE_DAY: Final = timedelta(days=1)
_STATE: Final = ("type_vi", "name_vi", "parent_id")


@dataclass(frozen=True)
class UnitName:
    """A unit as it is mentioned in the life of another."""

    locality_id: str
    level: str
    type_vi: str
    name_vi: str
    valid_from: date | None
    valid_to: date | None

    @property
    def label_vi(self) -> str:
        """ "tỉnh Thái Bình (34@2004)"."""
        return f"{self.type_vi} {self.name_vi} ({self.locality_id})"


@dataclass(frozen=True)
class State:
    """A stretch of the unit's life with one type, name and parent."""

    valid_from: date | None
    valid_to: date | None
    type_vi: str
    name_vi: str
    parent: UnitName | None
    legal_basis: str | None  # the act that ended it; null: it lasted as long as the unit
    confidence: str


@dataclass(frozen=True)
class RegionPeriod:
    """The region of a province for a time; ``region`` is null where none is known."""

    valid_from: date | None
    valid_to: date | None
    region: UnitName | None


@dataclass(frozen=True)
class Relative:
    """A unit before or after this one."""

    unit: UnitName
    steps: int  # 1: direct
    is_whole: bool  # the earlier of the two lies whole in the later
    relation: str | None  # of a direct link: unchanged, merged_whole, whole, part
    is_default: bool | None  # of a direct link: chosen when a split unit needs exactly one
    effective_date: date | None
    legal_basis: str | None


@dataclass(frozen=True)
class Namesake:
    """Another unit of the same code."""

    unit: UnitName
    is_relative: bool  # a predecessor or successor; otherwise the code was given to another place


@dataclass(frozen=True)
class UnitsBelow:
    """How many units of a level lay below on ``counted_on``."""

    level: str
    count: int


@dataclass(frozen=True)
class LifeEvent:
    """A row of ``LocalityEvents`` that is about the unit or its whole level."""

    effective_date: date
    event: str
    from_name_vi: str | None
    to_names_vi: str | None
    legal_basis: str
    confidence: str


@dataclass(frozen=True)
class LocalityLife:
    """Everything that the catalogue knows of one unit.

    ``counted_on`` is the day for parents and units below: ``day``, or the nearest on which the unit
    existed. ``list_day`` is set when the units below are listed as on a later day, because nobody
    recorded since when they existed.
    """

    unit: Locality  # as it is listed
    named: UnitName  # as it was called on ``counted_on``
    day: date
    is_in_force: bool
    counted_on: date
    states: tuple[State, ...]
    ancestors: tuple[UnitName, ...]
    regions: tuple[RegionPeriod, ...]
    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]
    standing_for_it: tuple[UnitName, ...]  # on ``day``, when the unit is not in force
    units_below: tuple[UnitsBelow, ...]
    list_day: date | None
    same_code: tuple[Namesake, ...]
    events: tuple[LifeEvent, ...]

    @property
    def is_without_successor(self) -> bool:
        """An abolished unit of which no successor is recorded: its parts have theirs."""
        return self.unit.valid_to is not None and not self.successors


def life_of(
    registry: LocalityRegistry, events: pl.DataFrame, locality_id: str, day: date
) -> LocalityLife:
    """The life of a unit, seen from a day.

    Args:
        registry: units of all times.
        events: frame of ``LocalityEvents``.
        locality_id: the unit, in force on that day or not.
        day: the day to look from.

    Raises:
        UnknownLocality: there is no such unit, or the catalogue begins later than the day.
    """
    unit = registry.get(locality_id)
    counted_on = _nearest_day(_with_its_provinces(registry, unit), day)
    view = registry.as_of(counted_on)
    below = view.descendants(locality_id)
    in_force = unit.exists_on(day)
    stand_ins = () if in_force else registry.counterparts(locality_id, day)["locality_id"]
    return LocalityLife(
        unit=unit,
        named=_name(view.get(locality_id)),
        day=day,
        is_in_force=in_force,
        counted_on=counted_on,
        states=_states(registry, unit),
        ancestors=_names(view, view.ancestors(locality_id)),
        regions=_regions(registry, unit, view.ancestors(locality_id), day),
        predecessors=_relatives(registry, locality_id, later=False),
        successors=_relatives(registry, locality_id, later=True),
        standing_for_it=_names(registry.as_of(day), stand_ins),
        units_below=_counts(below),
        list_day=_list_day(below, counted_on),
        same_code=_same_code(registry, unit),
        events=_events(events, unit),
    )


def _with_its_provinces(registry: LocalityRegistry, unit: Locality) -> Locality:
    """A region as long as its provinces: the old regions outlived theirs by three months."""
    ends = registry.children(unit.locality_id)["valid_to"]
    last = ends.max()
    if unit.level != "region" or ends.null_count() or not isinstance(last, date):
        return unit
    return replace(unit, valid_to=last)


def _nearest_day(unit: Locality, day: date) -> date:
    if unit.valid_to and day > unit.valid_to:
        return unit.valid_to
    return unit.valid_from if unit.valid_from and day < unit.valid_from else day


def _name(unit: Locality) -> UnitName:
    return UnitName(
        unit.locality_id, unit.level, unit.type_vi, unit.name_vi, unit.valid_from, unit.valid_to
    )


def _names(registry: LocalityRegistry, identities: Iterable[str]) -> tuple[UnitName, ...]:
    return tuple(_name(registry.get(one)) for one in identities)


def _states(registry: LocalityRegistry, unit: Locality) -> tuple[State, ...]:
    """Former states and today's, oldest first; they meet without a gap."""
    found = []
    starts = unit.valid_from
    for row in registry.former_states(unit.locality_id).iter_rows(named=True):
        found.append(_state(registry, unit, row, starts, row["valid_to"], row["legal_basis"]))
        starts = row["valid_to"] + _ONE_DAY
    return (*found, _state(registry, unit, {}, starts, unit.valid_to, None))


def _state(
    registry: LocalityRegistry,
    unit: Locality,
    then: dict[str, Any],
    starts: date | None,
    ends: date | None,
    legal_basis: str | None,
) -> State:
    type_vi, name_vi, parent_id = (then.get(name) or getattr(unit, name) for name in _STATE)
    return State(
        valid_from=starts,
        valid_to=ends,
        type_vi=type_vi,
        name_vi=name_vi,
        parent=_name(registry.get(parent_id)) if parent_id else None,
        legal_basis=legal_basis,
        confidence=then.get("confidence", unit.confidence),
    )


def _regions(
    registry: LocalityRegistry, unit: Locality, ancestors: list[str], day: date
) -> tuple[RegionPeriod, ...]:
    """The region while province and region both exist, with the days of none before and after."""
    provinces = [one for one in map(registry.get, (unit.locality_id, *ancestors)) if one.region_id]
    if not provinces:
        return ()
    province = provinces[0]
    region = registry.get(str(province.region_id))
    starts, ends = unit.valid_from or province.valid_from, unit.valid_to or province.valid_to
    first = max(filter(None, (starts, region.valid_from)), default=None)
    last = min(filter(None, (ends, region.valid_to)), default=None)
    found = [RegionPeriod(first, last, _name(region))]
    if starts and first and starts < first:
        found.insert(0, RegionPeriod(starts, first - _ONE_DAY, None))
    if last and last < (ends or day):
        found.append(RegionPeriod(last + _ONE_DAY, ends, None))
    return tuple(found)


def _relatives(
    registry: LocalityRegistry, locality_id: str, *, later: bool
) -> tuple[Relative, ...]:
    if later:
        links, kin = registry.successors(locality_id), registry.all_successors(locality_id)
    else:
        links, kin = registry.predecessors(locality_id), registry.all_predecessors(locality_id)
    there = "successor_id" if later else "predecessor_id"
    known = kin.join(
        links, left_on="locality_id", right_on=there, how="left", maintain_order="left"
    )
    return tuple(
        Relative(
            unit=_name(registry.get(row["locality_id"])),
            **{
                name: row[name]
                for name in (
                    "steps",
                    "is_whole",
                    "relation",
                    "is_default",
                    "effective_date",
                    "legal_basis",
                )
            },
        )
        for row in known.iter_rows(named=True)
    )


def _counts(below: pl.DataFrame) -> tuple[UnitsBelow, ...]:
    counted = dict(below["level"].value_counts().iter_rows())
    return tuple(UnitsBelow(level, counted[level]) for level in LEVELS if level in counted)


def _list_day(below: pl.DataFrame, counted_on: date) -> date | None:
    """The day as of which units of unknown beginning are listed, if it is not the one asked for."""
    undated = below.filter(pl.col("valid_from").is_null())["valid_to"].max()
    return undated if isinstance(undated, date) and undated > counted_on else None


def _same_code(registry: LocalityRegistry, unit: Locality) -> tuple[Namesake, ...]:
    kin = {
        *registry.all_predecessors(unit.locality_id)["locality_id"],
        *registry.all_successors(unit.locality_id)["locality_id"],
    }
    return tuple(
        Namesake(_name(one), one.locality_id in kin)
        for one in registry.candidates(unit.code)
        if one.locality_id != unit.locality_id and one.code == unit.code
    )


def _events(events: pl.DataFrame, unit: Locality) -> tuple[LifeEvent, ...]:
    """Events of the unit's code in its time; those of a whole level on its first or last day."""
    after = unit.valid_to + _ONE_DAY if unit.valid_to else None
    day = pl.col("effective_date")
    in_time = (day >= unit.valid_from if unit.valid_from else pl.lit(value=True)) & (
        day <= after if after else pl.lit(value=True)
    )
    codes = pl.concat_str("from_code", "to_codes", separator=";", ignore_nulls=True)
    is_named = codes.str.split(";").list.contains(unit.code)
    is_of_level = (codes == "") & day.is_in([one for one in (unit.valid_from, after) if one])
    rows = events.filter((pl.col("level") == unit.level) & in_time & (is_named | is_of_level))
    return tuple(
        LifeEvent(
            **{
                name: row[name]
                for name in (
                    "effective_date",
                    "event",
                    "from_name_vi",
                    "to_names_vi",
                    "legal_basis",
                    "confidence",
                )
            }
        )
        for row in rows.sort("effective_date").iter_rows(named=True)
    )
