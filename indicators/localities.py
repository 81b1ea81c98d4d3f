"""Localities in time: identity = code + version of the map, never the code alone.

Codes are used again (``01`` is three different Hà Nội), names too (a province, its old self
and a ward may share one), so everything here asks for an identity or suggests one. A registry
knows the units of all times; :meth:`LocalityRegistry.as_of` gives the one of a single day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property

import polars as pl

from indicators.errors import NotALocality, UnknownLocality
from indicators.locality_lineage import lineage
from indicators.locality_names import cleaned
from indicators.locality_search import LocalitySearch
from indicators.locality_states import as_they_were, turning_days
from indicators.locality_units import (
    LEVELS,
    SUGGESTIONS,
    UPPER_LEVELS,
    Locality,
    listed,
    not_on_that_day,
)
from indicators.numbers import format_date
from indicators.tables import LocalityFormerStates, empty

__all__ = ["LEVELS", "Locality", "LocalityRegistry"]


class LocalityRegistry:
    """Questions about localities and their succession.

    Args:
        localities: frame of ``Localities``.
        succession: frame of ``LocalitySuccession``.
        former_states: frame of ``LocalityFormerStates``; without it every unit always had the
            type, name and parent of today (``Catalogue.registry`` passes it).
    """

    def __init__(
        self,
        localities: pl.DataFrame,
        succession: pl.DataFrame,
        former_states: pl.DataFrame | None = None,
    ) -> None:
        self._frame = localities
        self._succession = succession
        self._former = empty(LocalityFormerStates) if former_states is None else former_states
        self._days: dict[date, LocalityRegistry] = {}  # by turning day: a handful

    # One unit ---------------------------------------------------------------------------------

    def get(self, locality_id: str) -> Locality:
        """The locality of that identity.

        Raises:
            UnknownLocality: there is none.
        """
        try:
            return self._by_id[locality_id]
        except KeyError:
            raise self._unknown(locality_id) from None

    def of_code(self, code: str, geo_version: str) -> str:
        """Identity of a code in one version of the map; ``VN`` belongs to all.

        Raises:
            UnknownLocality: that version has no such code.
        """
        return self.get(code if code == "VN" else f"{code}@{geo_version}").locality_id

    def former_states(self, locality_id: str) -> pl.DataFrame:
        """Rows of ``LocalityFormerStates`` of a unit, oldest first."""
        return self._former.filter(pl.col("locality_id") == locality_id).sort("valid_to")

    # A day ------------------------------------------------------------------------------------

    def valid_on(self, day: date) -> pl.DataFrame:
        """Localities that existed on that day, with their type, names and parent of that day."""
        return as_they_were(self._frame, self._former, day)

    def as_of(self, day: date) -> LocalityRegistry:
        """The registry of the units that existed on that day, as they were.

        Succession is not cut off: successors and predecessors may not exist in it.

        Raises:
            UnknownLocality: the day lies before the first that the catalogue describes.
        """
        first = self._first_day
        if first is not None and day < first:
            raise UnknownLocality(
                f"Danh mục địa phương bắt đầu từ ngày {format_date(first)}, không trả lời được "
                f"cho ngày {format_date(day)}; hãy chọn ngày từ đó trở đi"
            )
        at = bisect_right(self._turning_days, day)
        since = self._turning_days[at - 1] if at else date.min
        if since not in self._days:
            self._days[since] = LocalityRegistry(self.valid_on(day), self._succession)
        return self._days[since]

    def resolve(self, text: str, day: date) -> str:
        """Identity of a name or a bare code on a day; a used-again one is told by the day.

        Raises:
            NotALocality: a row that is no locality, such as "Không xác định".
            UnknownLocality: nothing or several units are called so on that day; the Vietnamese
                message says which units had the code or name at another time, or may be meant.
        """
        wanted, view = cleaned(text), self.as_of(day)
        if wanted in view._by_id:
            return wanted
        if wanted in self._by_id:
            raise self._not_on_that_day(wanted, [self.get(wanted)], day)
        if "@" in wanted:
            raise self._unknown(wanted)
        if self._is_code(wanted):
            return self._resolve_code(wanted, day)
        return self._resolve_name(text, view, day)

    def candidates(self, text: str) -> list[Locality]:
        """Every unit of any time that an identity, a bare code or a name can mean.

        Upper levels first, then by identity; empty when nothing is called so.
        """
        wanted = cleaned(text)
        if wanted in self._by_id:
            return [self.get(wanted)]
        found = (
            self._of_code(wanted, lambda _: True)
            if self._is_code(wanted)
            else self._search.candidates(text)
        )
        return sorted(found, key=lambda one: (LEVELS.index(one.level), one.locality_id))

    def geo_versions_on(self, day: date) -> tuple[str, ...]:
        """Versions of the map in use that day, the one with most provinces first.

        One, save before 01/08/2008: four units of then are in version 2003, the others in 2004.
        """
        provinces = self.as_of(day)._frame.filter(pl.col("level") == "province")
        counted = provinces["geo_version"].value_counts().sort("count", descending=True)
        return tuple(counted["geo_version"])

    def geo_version_on(self, day: date) -> str:
        """Version of the map in use that day; see :meth:`geo_versions_on`."""
        return self.geo_versions_on(day)[0]

    def geo_versions_in(self, year: int) -> tuple[str, ...]:
        """Versions of the map in use at any time of a year, in order: figures of it may be on each.

        2024: ("2004",); 2025: ("2004", "2025"); 2026: ("2025",).
        """
        ends = (self.geo_versions_on(day) for day in (date(year, 1, 1), date(year, 12, 31)))
        return tuple(sorted({version for versions in ends for version in versions}))

    def levels_on(self, day: date) -> tuple[str, ...]:
        """Levels that had units on that day, from above: no districts from 01/07/2025."""
        present = set(self.as_of(day)._frame["level"].unique())
        return tuple(level for level in LEVELS if level in present)

    def region_on(self, locality_id: str, day: date) -> str | None:
        """Region of a province, or of what lies in one, on a day; a region is its own.

        ``None``: the country, and a day for which no assignment is known (the 34 provinces had
        none from 01/07 to 04/10/2025).

        Raises:
            UnknownLocality: the unit did not exist on that day.
        """
        view = self.as_of(day)
        identity = self.resolve(locality_id, day)
        for one in (identity, *view.ancestors(identity)):
            unit = view.get(one)
            region = one if unit.level == "region" else unit.region_id
            if region in view._by_id:
                return region
        return None

    # Above and below --------------------------------------------------------------------------

    def ancestors(self, locality_id: str) -> list[str]:
        """Administrative parents, nearest first, up to the country. Regions are no parents."""
        found = []
        parent = self.get(locality_id).parent_id
        while parent is not None:
            found.append(parent)
            parent = self.get(parent).parent_id
        return found

    def children(self, locality_id: str) -> pl.DataFrame:
        """Units directly below, as rows of ``Localities``; a region's are its provinces.

        Of all times, by their last parent; ``as_of(day).children(…)`` gives those of a day.
        """
        return self._below([self.get(locality_id).locality_id])

    def descendants(self, locality_id: str) -> pl.DataFrame:
        """Units below, however deep, as rows of ``Localities``; see :meth:`children`."""
        found = [self.children(locality_id)]
        while not found[-1].is_empty():
            found.append(self._below(found[-1]["locality_id"].to_list()))
        return pl.concat(found)

    # Before and after -------------------------------------------------------------------------

    def successors(self, locality_id: str) -> pl.DataFrame:
        """Rows of ``LocalitySuccession`` that lead from this locality to later ones."""
        return self._succession.filter(pl.col("predecessor_id") == locality_id)

    def predecessors(self, locality_id: str) -> pl.DataFrame:
        """Rows of ``LocalitySuccession`` that lead from earlier localities to this one."""
        return self._succession.filter(pl.col("successor_id") == locality_id)

    def all_successors(self, locality_id: str) -> pl.DataFrame:
        """Successors of any number of steps: ``locality_id``, ``steps``, ``is_whole``."""
        return lineage(self._succession, locality_id, later=True)

    def all_predecessors(self, locality_id: str) -> pl.DataFrame:
        """Predecessors of any number of steps: ``locality_id``, ``steps``, ``is_whole``."""
        return lineage(self._succession, locality_id, later=False)

    def counterparts(self, locality_id: str, day: date) -> pl.DataFrame:
        """What stands for a unit on a day: itself, what it became, or what it came from.

        ``locality_id``, ``steps`` (0 = itself) and ``is_whole`` (the earlier unit lies whole in
        the later one). Empty when no link is known: a district has no successor, its communes do.
        """
        unit, view = self.get(locality_id), self.as_of(day)
        if locality_id in view._by_id:
            return pl.DataFrame({"locality_id": [locality_id], "steps": [0], "is_whole": [True]})
        is_over = unit.valid_to is not None and unit.valid_to < day
        kin = lineage(self._succession, locality_id, later=is_over)
        return kin.filter(pl.col("locality_id").is_in(list(view._by_id)))

    # Any time ---------------------------------------------------------------------------------

    def find(self, text: str, geo_version: str | None = None, *, suggest: bool = True) -> str:
        """Identity of what a person wrote: an identity, a code of ``geo_version``, or a name.

        Names are found by rules of spelling, old encodings included, with or without their type
        ("tỉnh Hưng Yên"; :mod:`indicators.locality_search`). Nothing is guessed: a bare code
        without ``geo_version``, a name of several localities, a mistyped one and one that lost
        letters are all refused, with up to three suggestions (dear: 50 ms for a name of none).

        Raises:
            NotALocality: a row that is no locality, such as "Không xác định".
            UnknownLocality: as above; the message is Vietnamese and says what to write.
        """
        wanted = cleaned(text)
        if wanted in self._by_id:
            return wanted
        if wanted.isascii() and wanted.isdigit():
            return self._find_code(wanted, geo_version)
        return self._search.find(text, geo_version, suggest=suggest)

    def _find_code(self, code: str, geo_version: str | None) -> str:
        if geo_version is not None:
            found = self._of_code(code, lambda one: one.geo_version == geo_version)
            return found[0].locality_id if found else self.of_code(code, geo_version)
        labels = listed(one.label_vi for one in self._by_code.get(code, ()))
        hint = f", ví dụ {labels}" if labels else ""
        raise UnknownLocality(
            f'Mã "{code}" chưa đủ vì mã được dùng lại; hãy ghi mã@phiên bản{hint}'
        )

    # Within -----------------------------------------------------------------------------------

    def _resolve_code(self, code: str, day: date) -> str:
        # "376" was a district: after its end it is not taken for 00376 without its zeros.
        known = self._of_code(code, lambda _: True)
        present = [one for one in known if one.exists_on(day)]
        if present:
            return present[0].locality_id  # of one code, one unit at a time: a catalogue check
        raise self._not_on_that_day(code, known, day)

    def _resolve_name(self, text: str, view: LocalityRegistry, day: date) -> str:
        named = self._search.candidates(text)
        upper = [one for one in named if one.level in UPPER_LEVELS]
        if upper and not any(one.exists_on(day) for one in upper):
            # A bare "Thái Bình" after the province's end is no commune of that name.
            raise self._not_on_that_day(cleaned(text), upper, day)
        try:
            return view._search.find(text, None, suggest=True)
        except NotALocality:
            raise
        except UnknownLocality:
            present = [one for one in named if one.exists_on(day)]
            if len(present) == 1 and present[0] in self._renamed:
                return present[0].locality_id
            if named and not present:
                raise self._not_on_that_day(cleaned(text), named, day) from None
            raise

    def _is_code(self, text: str) -> bool:
        """Quận 3 is called "3", and no code is."""
        return bool(self._of_code(text, lambda _: True))

    def _of_code(self, code: str, is_meant: Callable[[Locality], bool]) -> list[Locality]:
        """Units of a code, or of what it was before a spreadsheet took it for a number: 1 → 01."""
        long = code.zfill(2 if len(code) == 1 else 5) if len(code) in (1, 3, 4) else code
        exact = [one for one in self._by_code.get(code, ()) if is_meant(one)]
        return exact or [one for one in self._by_code.get(long, ()) if is_meant(one)]

    def _below(self, identities: Sequence[str]) -> pl.DataFrame:
        is_of_parent = pl.col("parent_id").is_in(identities) & (pl.col("level") != "region")
        return self._frame.filter(is_of_parent | pl.col("region_id").is_in(identities))

    def _not_on_that_day(
        self, wanted: str, units: Sequence[Locality], day: date
    ) -> UnknownLocality:
        there = {
            identity: self.get(identity)
            for one in units[:SUGGESTIONS]
            for identity in self.counterparts(one.locality_id, day)["locality_id"]
        }
        return UnknownLocality(not_on_that_day(wanted, units, list(there.values()), day))

    def _unknown(self, wanted: str) -> UnknownLocality:
        close = get_close_matches(wanted, list(self._by_id), n=SUGGESTIONS, cutoff=0.75)
        hint = f"; gần giống: {', '.join(close)}" if close else ""
        return UnknownLocality(f'Không có địa phương "{wanted}"{hint}')

    @cached_property
    def _first_day(self) -> date | None:
        """The first day on which there are provinces; ``None``: as far back as one likes."""
        starts = self._frame.filter(pl.col("level") == "province")["valid_from"]
        first = starts.min()
        return first if isinstance(first, date) and not starts.null_count() else None

    @cached_property
    def _turning_days(self) -> list[date]:
        return turning_days(self._frame, self._former)

    @cached_property
    def _search(self) -> LocalitySearch:
        # The last form of a unit is the one that messages show.
        return LocalitySearch(
            [*self._former_forms, *self._by_id.values()],
            lambda identity: self.successors(identity)["successor_id"].to_list(),
        )

    @cached_property
    def _renamed(self) -> frozenset[Locality]:
        """Units that have been called otherwise, as they are listed."""
        return frozenset(self.get(one.locality_id) for one in self._former_forms)

    @cached_property
    def _former_forms(self) -> list[Locality]:
        """Units as they were named before."""
        return [
            replace(
                self.get(row["locality_id"]),
                **{name: row[name] for name in ("type_vi", "name_vi", "name_en")},
            )
            for row in self._former.iter_rows(named=True)
            if row["name_vi"] is not None and row["locality_id"] in self._by_id
        ]

    @cached_property
    def _by_code(self) -> Mapping[str, list[Locality]]:
        found: dict[str, list[Locality]] = {}
        for one in self._by_id.values():
            found.setdefault(one.code, []).append(one)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Locality]:
        rows = self._frame.select(field.name for field in fields(Locality)).iter_rows()
        return {row[0]: Locality(*row) for row in rows}
