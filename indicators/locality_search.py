"""From a name as somebody wrote it to the localities that it can mean.

The rules of spelling are in :mod:`indicators.locality_names`; here they meet the catalogue. A bare
name of the country, a region or a province means that unit, because tables of localities are
written so; a unit below it that shares the name is written with its kind ("thành phố Cao Bằng").
Nothing else is preferred: several candidates are asked back, near misses are suggested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from indicators.errors import NotALocality, UnknownLocality
from indicators.legacy_text import LOST_CHARACTER, equal_readings, has_lost_characters, readings
from indicators.locality_names import (
    OtherName,
    WrittenName,
    as_written,
    begins_with_initial,
    cleaned,
    halves,
    loose_key,
    other_names,
    region_key,
    split_words,
    tones_fit,
)
from indicators.locality_units import SUGGESTIONS, UPPER_LEVELS, Locality, listed
from indicators.text import fold, normalise

_LONGEST_NAME: Final = 120
_LETTER_LOST: Final = "ж"  # a letter that no Vietnamese name has and folding keeps
_LOST_QUESTION: Final = re.compile(r"(?<=[^\W\d_])\?+|\?+(?=[^\W\d_])")  # "B?c Ninh", "?à N?ng"

_Index = dict[str, list[tuple[Locality, str]]]  # key → localities with the name that made it


class LocalitySearch:
    """Searches the names of the given localities.

    Args:
        localities: all units of all versions; a unit may stand more than once, under other names,
            the last time as messages show it.
        successors: identity → identities of the units that it went into.
    """

    def __init__(
        self, localities: Sequence[Locality], successors: Callable[[str], list[str]]
    ) -> None:
        self._localities = localities
        self._successors = successors

    def find(self, text: str, geo_version: str | None, *, suggest: bool) -> str:
        """Identity of the one locality that the text names in that version of the map.

        Raises:
            NotALocality: the text labels a row that is no locality, or a remark.
            UnknownLocality: none, several, abolished, mistyped, or letters were lost; the
                Vietnamese message says which and what to write.
        """
        name = cleaned(text)
        if has_lost_characters(text) or _LOST_QUESTION.search(name):
            raise self._lost(name, geo_version, suggest=suggest)
        found = self._of_equal_readings(name, text, geo_version)
        if found is None and len(name) <= _LONGEST_NAME:
            found = self._find_halves(name, geo_version)
        if found is None:
            others = [cleaned(one) for one in readings(normalise(text))]
            read = {
                self._find_name(one, geo_version) or self._find_halves(one, geo_version)
                for one in others
                if len(one) <= _LONGEST_NAME
            } - {None}
            found = read.pop() if len(read) == 1 else None
        if found is None:
            raise self._unknown(name, geo_version, suggest=suggest)
        return found

    def candidates(self, text: str) -> list[Locality]:
        """Every unit, of any level and version, whose name can be meant."""
        name = cleaned(text)
        return [
            self._by_id[identity]
            for identity in dict.fromkeys(
                one.locality_id
                for written in as_written(name)
                for one, known in self._hits(written)
                if tones_fit(name, known)
            )
        ]

    def _of_equal_readings(self, name: str, text: str, geo_version: str | None) -> str | None:
        """The locality that all readings of an old encoding name, as far as they name one."""
        found = {
            one: self._find_name(one, geo_version)
            for one in (name, *map(cleaned, equal_readings(text)))
        }
        named = {identity for identity in found.values() if identity is not None}
        if len(named) > 1:
            raise UnknownLocality(
                f'"{text.strip()}" viết bằng phông chữ cũ, có thể đọc là '
                f"{listed(self._by_id[one].label_vi for one in sorted(named))}; hãy ghi mã"
            )
        return next(iter(named), None)

    def _find_halves(self, name: str, geo_version: str | None) -> str | None:
        """The locality of a bilingual label, both halves of which name it."""
        refusals: list[UnknownLocality] = []
        for left, right in halves(name):
            try:
                named = {self._find_name(half, geo_version) for half in (left, right)}
            except UnknownLocality as error:
                refusals.append(error)
                continue
            if None not in named:
                listed_names = ", ".join(sorted(str(one) for one in named))
                if len(named) == 1:
                    return named.pop()
                raise UnknownLocality(f'"{name}" ghi hai địa phương khác nhau: {listed_names}')
        if refusals:
            raise refusals[0]
        for left, right in split_words(name):
            named = {self._find_quietly(half, geo_version) for half in (left, right)}
            if len(named) == 1 and None not in named:
                return named.pop()
        return None

    def _find_quietly(self, name: str, geo_version: str | None) -> str | None:
        try:
            return self._find_name(name, geo_version)
        except UnknownLocality:
            return None

    def _find_name(self, name: str, geo_version: str | None) -> str | None:
        """The locality of that name; ``None`` if no locality has it."""
        elsewhere: list[Locality] = []
        for written in as_written(name):
            named = self._hits(written)
            hits = _of_one_level([one for one, known in named if tones_fit(name, known)], written)
            present = [one for one in hits if _is_in(one, geo_version)]
            is_lower = not any(one.level in UPPER_LEVELS for one in present)
            abolished = self._abolished_name(written, geo_version)
            if abolished is not None and is_lower:
                raise UnknownLocality(
                    f'"{name}" không có trong danh mục hiện dùng: {abolished.note_vi}'
                )
            if present and is_lower and not written.levels:
                # "Quang Bình" is a district, and Quảng Bình with a tone forgotten.
                near = (one for one, _ in named if one.level in UPPER_LEVELS)
                present = [*(one for one in near if _is_in(one, geo_version)), *present]
                present = list({one.locality_id: one for one in present}.values())
            if len(present) == 1:
                return present[0].locality_id
            if present:
                raise UnknownLocality(
                    f'Tên "{name}" ứng với nhiều địa phương: '
                    f"{listed(one.label_vi for one in present)}; hãy ghi mã"
                )
            elsewhere = elsewhere or hits
        if elsewhere and geo_version is not None:
            raise self._elsewhere(name, elsewhere, geo_version)
        return None

    def _hits(self, written: WrittenName) -> list[tuple[Locality, str]]:
        """Localities whose key is that of the written name, by the strictest key that has any."""
        keys = [(self._by_fold, written.bare)]
        if written.levels or not begins_with_initial(written.bare):
            keys.append((self._by_loose_key, loose_key(written.bare)))
            keys.append((self._by_region_key, region_key(written.bare)))
        for index, key in keys:
            hits = [hit for hit in index.get(key, ()) if _is_of_kind(hit[0], written)]
            if hits:
                return hits
        return []

    def _abolished_name(self, written: WrittenName, geo_version: str | None) -> OtherName | None:
        if written.levels and not set(written.levels) & {"province", "region"}:
            return None
        one = self._abolished.get(loose_key(written.bare.removesuffix(" cu")))
        return one if one is not None and one.geo_version in ("", geo_version) else None

    # What is said when nothing fits -----------------------------------------------------------

    def _elsewhere(self, name: str, hits: Sequence[Locality], geo_version: str) -> UnknownLocality:
        """The name belongs to another version of the map."""
        labels = []
        for one in hits:
            later = [after for after in self._successors(one.locality_id) if after in self._by_id]
            into = ", ".join(self._by_id[after].label_vi for after in later)
            labels.append(f"{one.label_vi}, đã vào {into}" if into else one.label_vi)
        return UnknownLocality(
            f'Tên "{name}" không có trong danh mục địa giới {geo_version}; chỉ có {listed(labels)}'
        )

    def _lost(self, name: str, geo_version: str | None, *, suggest: bool) -> UnknownLocality:
        """Letters were lost: nobody can say which, so the sender is asked."""
        shown = name[:_LONGEST_NAME]
        fits: list[Locality] = []
        letters = _LOST_QUESTION.sub(_LETTER_LOST, shown).replace(LOST_CHARACTER, _LETTER_LOST)
        for written in as_written(letters) if suggest else ():
            pattern = re.compile(loose_key(written.bare).replace(_LETTER_LOST, "[a-z]?"))
            fits += [
                one
                for one, name in self._names
                if one.level in UPPER_LEVELS
                and _is_in(one, geo_version)
                and _is_of_kind(one, written)
                and pattern.fullmatch(loose_key(fold(name)))
            ]
        labels = dict.fromkeys(one.label_vi for one in fits)
        hint = f"; có thể là {listed(labels)}" if labels else ""
        return UnknownLocality(
            f'Tên "{shown}" đã mất chữ (chỉ còn dấu thay thế){hint}; '
            "hãy lấy lại từ tệp gốc còn đủ dấu"
        )

    def _unknown(self, name: str, geo_version: str | None, *, suggest: bool) -> UnknownLocality:
        words = f" {fold(name)} "
        for one in other_names():
            if one.kind == "no_locality" and f" {fold(one.name)} " in words:
                return NotALocality(
                    f'"{name[:_LONGEST_NAME]}" không phải là địa phương ({one.note_vi}); '
                    "không được cộng vào tỉnh nào"
                )
        is_searched = suggest and len(name) <= _LONGEST_NAME
        close = self._close_names(name, geo_version) if is_searched else []
        hint = f"; gần giống: {', '.join(close)}" if close else ""
        return UnknownLocality(f'Không có địa phương "{name[:_LONGEST_NAME]}"{hint}')

    def _close_names(self, name: str, geo_version: str | None) -> list[str]:
        """Names that differ by a typing error, those of provinces and regions first."""
        wanted = {written.bare for written in as_written(name)}
        groups = (
            [(one, known) for one, known in self._names if one.level in UPPER_LEVELS],
            [(one, known) for one, known in self._names if one.level not in UPPER_LEVELS],
        )
        for group in groups:
            folded = {fold(known): one for one, known in group if _is_in(one, geo_version)}
            close = [
                folded[key].name_vi
                for one in wanted
                for key in get_close_matches(one, list(folded), n=SUGGESTIONS, cutoff=0.75)
            ]
            if close:
                return list(dict.fromkeys(close))[:SUGGESTIONS]
        return []

    # Keys of all names ------------------------------------------------------------------------

    @cached_property
    def _by_id(self) -> Mapping[str, Locality]:
        return {one.locality_id: one for one in self._localities}

    @cached_property
    def _names(self) -> list[tuple[Locality, str]]:
        named = []
        for one in self._localities:
            named += [(one, name) for name in {one.name_vi, one.name_en} if name]
            named.append((one, f"{one.type_vi} {one.name_vi}"))
        by_code = {
            (one.code, one.geo_version): one
            for one in self._localities
            if one.level in UPPER_LEVELS
        }
        for other in other_names():
            versions = [other.geo_version] if other.geo_version else ["", "2003", "2004", "2025"]
            for version in versions:
                locality = by_code.get((other.code, version))
                if locality is not None:
                    named.append((locality, other.name))
        return named

    @cached_property
    def _abolished(self) -> Mapping[str, OtherName]:
        named = (one for one in other_names() if one.kind == "abolished")
        return {loose_key(fold(one.name)): one for one in named}

    @cached_property
    def _by_fold(self) -> _Index:
        return _indexed(self._names, fold)

    @cached_property
    def _by_loose_key(self) -> _Index:
        return _indexed(self._names, lambda name: loose_key(fold(name)))

    @cached_property
    def _by_region_key(self) -> _Index:
        regions = [named for named in self._names if named[0].level in ("national", "region")]
        return _indexed(regions, lambda name: region_key(fold(name)))


def _indexed(names: Iterable[tuple[Locality, str]], key: Callable[[str], str]) -> _Index:
    index: _Index = {}
    for locality, name in names:
        index.setdefault(key(name), []).append((locality, name))
    return index


def _is_in(locality: Locality, geo_version: str | None) -> bool:
    """The country belongs to all versions."""
    return geo_version is None or locality.geo_version in ("", geo_version)


def _is_of_kind(locality: Locality, written: WrittenName) -> bool:
    """Whether the word for the kind of unit fits; "tỉnh" stays said of a province become city."""
    if written.levels and locality.level not in written.levels:
        return False
    return written.type_vi is None or locality.type_vi == written.type_vi


def _of_one_level(hits: Iterable[Locality], written: WrittenName) -> list[Locality]:
    """Each locality once; upper levels alone where the text does not name the kind of unit."""
    distinct = list({one.locality_id: one for one in hits}.values())
    upper = [one for one in distinct if one.level in UPPER_LEVELS]
    return upper if upper and not written.levels else distinct
