"""How people write a locality's name: the rules that make one key of many spellings.

Four steps, each a function: undo what machines did to the text, take off the word for the kind of
unit ("TP.", "province"), reduce the name to a key, and look whether the tone marks that were
written fit the name. Names that no rule can make (old names, short forms, rows that are no
locality) stand in the catalogue, ``localities/other_names.csv``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from indicators.legacy_text import to_unicode
from indicators.text import fold, normalise

# What a word before or behind a name says: the level, or None, and the type, or None for any.
_UNIT_WORDS: Final[dict[str, tuple[tuple[str, ...], str | None]]] = {
    "tinh": (("province",), None),
    "province": (("province",), None),
    "thanh pho": (("province", "district"), "thành phố"),
    "city": (("province", "district"), "thành phố"),
    "vung": (("region",), None),
    "region": (("region",), None),
    "thi xa": (("district",), "thị xã"),
    "quan": (("district",), "quận"),
    "huyen": (("district",), "huyện"),
    "district": (("district",), None),
    "phuong": (("commune",), "phường"),
    "ward": (("commune",), "phường"),
    "xa": (("commune",), "xã"),
    "commune": (("commune",), "xã"),
    "thi tran": (("commune",), "thị trấn"),
    "dac khu": (("commune",), "đặc khu"),
}
_SHORT_UNIT_WORDS: Final = {
    "tp": "thanh pho",
    "t p": "thanh pho",
    "tx": "thi xa",
    "t x": "thi xa",
    "tt": "thi tran",
    "p": "phuong",
    "q": "quan",
    "h": "huyen",
    "x": "xa",
    "t": "tinh",
    "city of": "city",
    "province of": "province",
}
_PREFIX: Final = re.compile(
    "("
    + "|".join(sorted([*_UNIT_WORDS, *_SHORT_UNIT_WORDS], key=len, reverse=True))
    + ") (?=[^0-9 ])"
)
_SUFFIX: Final = re.compile(" (city|province|region|district|ward|commune)")

# Footnote marks behind a name; "(cũ)" is none, it names another unit.
_FOOTNOTE: Final = re.compile(r"\s*(?:\((?:\*+|[0-9]{1,2})\)|\*+|[¹²³⁴⁵⁶⁷⁸⁹]+)$")
# "2004 Tổng số", "Tổng số Sơ bộ 2019": a total's label that took its year along.
_YEAR_AND_TOTAL: Final = re.compile(
    r"(?:(?:so bo|prel) )?(?:(?:19|20)\d\d )?(?:(?:so bo|prel) )?(tong so|total)"
    r"(?: (?:so bo|prel))?(?: (?:19|20)\d\d)?"
)
_BILINGUAL: Final = re.compile(r"\s+[-–—/]\s+|\s*[/\n]\s*")
_K_FOR_C: Final = re.compile("k(?!h)")
_REGION_STOP_WORDS: Final = frozenset({"area", "areas", "and", "the", "region", "river", "va"})
_REGION_WORDS: Final = {
    "northern": "north",
    "southern": "south",
    "eastern": "east",
    "western": "west",
    "southeast": "south east",
    "northeast": "north east",
    "northwest": "north west",
    "coastal": "coast",
    "midlands": "midland",
    "mountains": "mountain",
    "mountainous": "mountain",
    "highlands": "highland",
}

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_HORN_OR_BREVE: Final = frozenset("\u031b\u0306")
_TILDE: Final = "\u0303"
_STOPPED: Final = re.compile("[ckpt]h?$")


@dataclass(frozen=True)
class OtherName:
    """A row of ``other_names.csv``; ``code`` is empty for what is no locality of today."""

    name: str
    kind: str  # alias, abolished, no_locality
    code: str
    geo_version: str  # empty: of all versions
    note_vi: str


@dataclass(frozen=True)
class WrittenName:
    """A name as somebody wrote it, after machines' marks were undone."""

    text: str
    bare: str  # folded, without the word for the kind of unit
    levels: tuple[str, ...]  # empty: the text does not say
    type_vi: str | None


@cache
def other_names() -> tuple[OtherName, ...]:
    """Names beside those of the catalogue's localities."""
    content = (files("indicators") / "catalogue/localities/other_names.csv").read_text("utf-8")
    columns = ("name", "kind", "code", "geo_version", "note_vi")
    rows = csv.DictReader(content.splitlines())
    return tuple(OtherName(*(row[column] for column in columns)) for row in rows)


def cleaned(text: str) -> str:
    """The name in Unicode, without odd spaces and footnote marks."""
    return _FOOTNOTE.sub("", normalise(to_unicode(text))).strip()


def parts(text: str) -> list[str]:
    """The halves of a bilingual label "Cả nước - Whole country"; empty for a plain name."""
    found = [part for part in _BILINGUAL.split(text) if part]
    return found if len(found) == 2 else []


def as_written(text: str) -> Iterator[WrittenName]:
    """Ways to take a cleaned name: whole, then without the word for its kind of unit."""
    folded = fold(text)
    yield WrittenName(text, folded, (), None)
    if match := _YEAR_AND_TOTAL.fullmatch(folded):
        yield WrittenName(text, match[1], ("national",), None)
    if match := _PREFIX.match(folded):
        word = _SHORT_UNIT_WORDS.get(match[1], match[1])
        yield WrittenName(text, folded[match.end() :], *_UNIT_WORDS[word])
    for match in _SUFFIX.finditer(folded):
        if match.end() == len(folded):
            yield WrittenName(text, folded[: match.start()], *_UNIT_WORDS[match[1]])


def loose_key(folded: str) -> str:
    """A folded name without spaces and with c for k: Bắc Kạn and Bắc Cạn, Kon Tum and Kontum."""
    return _K_FOR_C.sub("c", folded).replace(" ", "")


def region_key(folded: str) -> str:
    """A folded region's name reduced to the words that tell it from others."""
    words = (_REGION_WORDS.get(word, word) for word in folded.split())
    return loose_key(" ".join(word for word in words if word not in _REGION_STOP_WORDS))


def tones_fit(written: str, name: str) -> bool:
    """Whether the marks written do not speak against the name.

    A text without any marks but đ fits; so does one whose ă, ĩ, ũ, ơ, ư lost their marks when it
    went through Windows-1252 ("Lạng Son"), and ă for ắ before c and k ("Đăk Lăk"). A tone that is
    left out beside tones that are written, "Quang Bình", does not.
    """
    marks = _marks(written)
    if not any(syllable for syllable in marks):
        return True
    named = _marks(name)
    length = len(named)
    if length > len(marks):
        return False
    # The word for the kind of unit stands before the name, an English one behind it.
    return any(
        all(_fit(one, other) for one, other in zip(marks[start:], named, strict=False))
        for start in range(len(marks) - length + 1)
        if [one.letters for one in marks[start : start + length]]
        == [other.letters for other in named]
    )


@dataclass(frozen=True)
class _Syllable:
    letters: str  # folded, c for k
    vowels: tuple[tuple[str, str], ...]  # base letter and its mark (circumflex, breve, horn)
    tone: str
    toned_letter: str

    def __bool__(self) -> bool:
        return bool(self.tone) or any(mark for _, mark in self.vowels)


def _marks(text: str) -> list[_Syllable]:
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", text).lower())
    return [_syllable(word) for word in words if word]


def _syllable(word: str) -> _Syllable:
    vowels, tone, toned = [], "", ""
    for letter in word:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        for mark in marks:
            if mark in _TONES:
                tone, toned = mark, base
        if base in "aeiouy":
            vowels.append((base, "".join(mark for mark in marks if mark not in _TONES)))
    return _Syllable(loose_key(fold(word)), tuple(vowels), tone, toned)


def _fit(written: _Syllable, named: _Syllable) -> bool:
    if len(written.vowels) != len(named.vowels):
        return False
    for (base, mark), (named_base, named_mark) in zip(written.vowels, named.vowels, strict=True):
        lost = not mark and named_mark in _HORN_OR_BREVE
        if base != named_base or (mark != named_mark and not lost):
            return False
    if written.tone == named.tone:
        return True
    if written.tone:
        return False
    lost_tilde = named.tone == _TILDE and named.toned_letter in "iu"
    return lost_tilde or _STOPPED.search(named.letters) is not None
