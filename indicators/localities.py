"""Localities in time: identity = code + version of the map, never the code alone.

Codes are used again (``01`` is three different Hà Nội), names too (a province, its old self
and a ward may share one), so everything here asks for an identity or suggests one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cached_property

import polars as pl

from indicators.errors import UnknownLocality
from indicators.locality_names import cleaned
from indicators.locality_search import SUGGESTIONS, LocalitySearch, listed


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
            raise self._unknown(locality_id) from None

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
            return self.resolve(self._with_leading_zero(code, geo_version), geo_version)
        labels = listed(
            locality.label_vi for locality in self._by_id.values() if locality.code == code
        )
        hint = f", ví dụ {labels}" if labels else ""
        raise UnknownLocality(
            f'Mã "{code}" chưa đủ vì mã được dùng lại; hãy ghi mã@phiên bản{hint}'
        )

    def _with_leading_zero(self, code: str, geo_version: str) -> str:
        """The code as it was before a spreadsheet took it for a number: 1 → 01, 4897 → 04897."""
        if f"{code}@{geo_version}" in self._by_id:
            return code
        return code.zfill(2 if len(code) == 1 else 5) if len(code) in (1, 3, 4) else code

    def _unknown(self, wanted: str) -> UnknownLocality:
        close = get_close_matches(wanted, list(self._by_id), n=SUGGESTIONS, cutoff=0.75)
        hint = f"; gần giống: {', '.join(close)}" if close else ""
        return UnknownLocality(f'Không có địa phương "{wanted}"{hint}')

    @cached_property
    def _search(self) -> LocalitySearch:
        return LocalitySearch(
            list(self._by_id.values()),
            lambda identity: self.successors(identity)["successor_id"].to_list(),
        )

    @cached_property
    def _by_id(self) -> dict[str, Locality]:
        rows = self._frame.select(field.name for field in fields(Locality)).iter_rows()
        return {row[0]: Locality(*row) for row in rows}
