"""Localities in time: identity = code + version of the map, never the code alone.

Codes are used again (``01`` is three different Hà Nội), names too (a province, its old self
and a ward may share one), so everything here asks for an identity or suggests one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cached_property

import polars as pl

from indicators.errors import UnknownLocality
from indicators.text import fold, normalise

SUGGESTIONS = 3


@dataclass(frozen=True)
class Locality:
    """One row of ``tables.Localities``, without where it was read."""

    locality_id: str
    code: str
    geo_version: str
    level: str
    type_vi: str
    name_vi: str
    name_en: str
    parent_id: str | None
    region_id: str | None
    valid_from: date | None
    valid_to: date | None

    @property
    def label_vi(self) -> str:
        """Name that tells a unit from its namesakes: "phường Ba Đình (00004@2025)"."""
        return f"{self.type_vi} {self.name_vi} ({self.locality_id})"


class LocalityRegistry:
    """Questions about localities and their succession (frames of the catalogue)."""

    def __init__(self, localities: pl.DataFrame, succession: pl.DataFrame) -> None:
        self._frame = localities
        self._succession = succession

    def get(self, locality_id: str) -> Locality:
        """The locality of that identity.

        Raises:
            UnknownLocality: there is none.
        """
        try:
            return self._by_id[locality_id]
        except KeyError:
            raise self._unknown(locality_id, self._by_id) from None

    def resolve(self, code: str, geo_version: str) -> str:
        """Identity of a code in one version of the map; ``VN`` belongs to all.

        Raises:
            UnknownLocality: that version has no such code.
        """
        return self.get(code if code == "VN" else f"{code}@{geo_version}").locality_id

    def valid_on(self, day: date) -> pl.DataFrame:
        """Localities that existed on that day (the first and the last day included)."""
        return self._frame.filter(
            (pl.col("valid_from") <= day).fill_null(value=True)
            & (pl.col("valid_to") >= day).fill_null(value=True)
        )

    def ancestors(self, locality_id: str) -> list[str]:
        """Administrative parents, nearest first, up to the country. Regions are no parents."""
        found = []
        parent = self.get(locality_id).parent_id
        while parent is not None:
            found.append(parent)
            parent = self.get(parent).parent_id
        return found

    def successors(self, locality_id: str) -> pl.DataFrame:
        """Rows of ``LocalitySuccession`` that lead from this locality to later ones."""
        return self._succession.filter(pl.col("predecessor_id") == locality_id)

    def predecessors(self, locality_id: str) -> pl.DataFrame:
        """Rows of ``LocalitySuccession`` that lead from earlier localities to this one."""
        return self._succession.filter(pl.col("successor_id") == locality_id)

    def find(self, text: str, geo_version: str | None = None, *, suggest: bool = True) -> str:
        """Identity of what a person wrote: an identity, a code of ``geo_version``, or a name.

        Names are compared folded, with or without their type ("tỉnh Hưng Yên"). Nothing is
        guessed: a bare code without ``geo_version``, a name of several localities and a name
        of none are all refused, with up to three suggestions (dear: 50 ms for a name of none).

        Raises:
            UnknownLocality: as above; the message is Vietnamese and says what to write.
        """
        wanted = normalise(text)
        if wanted in self._by_id:
            return wanted
        if wanted.isdigit():
            return self._find_code(wanted, geo_version)
        candidates = [
            locality
            for locality in self._by_folded_name.get(fold(wanted), ())
            if geo_version is None or locality.geo_version == geo_version
        ]
        if len(candidates) == 1:
            return candidates[0].locality_id
        if candidates:
            labels = _listed(locality.label_vi for locality in candidates)
            raise UnknownLocality(f'Tên "{wanted}" ứng với nhiều địa phương: {labels}; hãy ghi mã')
        raise self._unknown(wanted, self._names(geo_version) if suggest else ())

    def _find_code(self, code: str, geo_version: str | None) -> str:
        if geo_version is not None:
            return self.resolve(code, geo_version)
        labels = _listed(
            locality.label_vi for locality in self._by_id.values() if locality.code == code
        )
        hint = f", ví dụ {labels}" if labels else ""
        raise UnknownLocality(
            f'Mã "{code}" chưa đủ vì mã được dùng lại; hãy ghi mã@phiên bản{hint}'
        )

    def _unknown(self, wanted: str, known: Iterable[str]) -> UnknownLocality:
        folded = {fold(name): name for name in known}
        close = get_close_matches(fold(wanted), list(folded), n=SUGGESTIONS, cutoff=0.75)
        hint = f"; gần giống: {', '.join(folded[name] for name in close)}" if close else ""
        return UnknownLocality(f'Không có địa phương "{wanted}"{hint}')

    def _names(self, geo_version: str | None) -> list[str]:
        return [
            locality.name_vi
            for locality in self._by_id.values()
            if geo_version is None or locality.geo_version == geo_version
        ]

    @cached_property
    def _by_id(self) -> dict[str, Locality]:
        rows = self._frame.select(field.name for field in fields(Locality)).iter_rows()
        return {row[0]: Locality(*row) for row in rows}

    @cached_property
    def _by_folded_name(self) -> dict[str, list[Locality]]:
        by_name: dict[str, list[Locality]] = {}
        for locality in self._by_id.values():
            for name in {
                fold(locality.name_vi),
                fold(locality.name_en),
                fold(f"{locality.type_vi} {locality.name_vi}"),
            }:
                by_name.setdefault(name, []).append(locality)
        return by_name


def _listed(labels: Iterable[str]) -> str:
    found = list(labels)
    more = f" và {len(found) - SUGGESTIONS} nơi khác" if len(found) > SUGGESTIONS else ""
    return "; ".join(found[:SUGGESTIONS]) + more
