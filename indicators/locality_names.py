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
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Final

from indicators.legacy_text import to_unicode
from indicators.text import fold, normalise

# What a word before or behind a name says: the level, or None, and the type, or None for any.
_UNIT_WORDS: Final[dict[str, tuple[tuple[str, ...], str | None]]] = {
    "tinh": (("province",), None),
    "province": (("province",), None),
    "thanh pho": (("province", "district"), "thành phố"),
    "thu do": (("province",), "thành phố"),
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
    "prov": "province",
}
_PREFIX: Final = re.compile(
    "("
    + "|".join(sorted([*_UNIT_WORDS, *_SHORT_UNIT_WORDS], key=len, reverse=True))
    + ") (?=[^0-9 ])"
)
_SUFFIX: Final = re.compile(" (city|province|prov|region|district|ward|commune)")
# "T. An Giang" is a province and no way of writing Tân Giang.
_INITIAL: Final = re.compile(f"(?:{'|'.join(_SHORT_UNIT_WORDS)}) ")

# Footnote marks behind a name: "(*)", "(1)", "(a)", "1)", "/1"; "(cũ)" is none, it names another
# unit, and the 1 of "Quận 1" belongs to the name.
_FOOTNOTE: Final = re.compile(
    r"\s*(?:\((?:\*+|[0-9]{1,2}|[a-z])\)|\*+|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[^\W\d_])\s*(?:[0-9][)/]|/[0-9]))$"
)
# "1. Hà Giang", "I. Đồng bằng sông Hồng"; "X." is a commune.
_ENUMERATOR: Final = re.compile(r"^(?:[0-9]{1,2}|I{1,3}|IV|VI{0,3}|IX)[.)]\s*(?=[^\W\d_]{2})")
# R makes "X.....Hà.Nội" of a heading that is indented.
_R_INDENT: Final = re.compile(r"^X\.(?:\.+(?=\S+$)|(?=[^\s.]+\.\S+$))")
# "2004 Tổng số", "Tổng số Sơ bộ 2019": a total's label that took its year along.
_YEAR_AND_TOTAL: Final = re.compile(
    r"(?:(?:so bo|prel) )?(?:(?:19|20)\d\d )?(?:(?:so bo|prel) )?"
    r"(tong so|total|ca nuoc|whole country)"
    r"(?: (?:so bo|prel))?(?: (?:19|20)\d\d)?"
)
_SIGN_BETWEEN: Final = re.compile(r"\s*[-‐‑–—−/(]\s*")
_K_FOR_C: Final = re.compile("k(?!h)")
_REGION_STOP_WORDS: Final = frozenset({"area", "areas", "and", "the", "region", "river", "va"})
_REGION_WORDS: Final = {
    "northern": "north",
    "southern": "south",
    "eastern": "east",
    "western": "west",
    "southeast": "south east",
    "southeastern": "south east",
    "northeast": "north east",
    "northeastern": "north east",
    "northwest": "north west",
    "northwestern": "north west",
    "coastal": "coast",
    "midlands": "midland",
    "mountains": "mountain",
    "mountainous": "mountain",
    "highlands": "highland",
}

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BREVE: Final = "\u0306"
_HORN_OR_BREVE: Final = frozenset(("\u031b", _BREVE))
_TILDE: Final = "\u0303"
_AND: Final = "và"


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
    """The name in Unicode, without odd spaces, footnote marks and the number of its line."""
    name = _FOOTNOTE.sub("", normalise(to_unicode(text))).strip()
    return _R_INDENT.sub("", _ENUMERATOR.sub("", name))


def halves(text: str) -> Iterator[tuple[str, str]]:
    """Ways to take a name apart at a sign: "Cả nước - Whole country", "Hà Nội (Ha Noi)"."""
    for match in _SIGN_BETWEEN.finditer(text):
        left, right = text[: match.start()], text[match.end() :].rstrip(") ")
        if left and right:
            yield left, right


def split_words(text: str) -> Iterator[tuple[str, str]]:
    """Ways to take a name apart between words: two lines of a cell lost their break."""
    words = text.replace("_", " ").split()
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])


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
            word = _SHORT_UNIT_WORDS.get(match[1], match[1])
            yield WrittenName(text, folded[: match.start()], *_UNIT_WORDS[word])


def loose_key(folded: str) -> str:
    """A folded name without spaces and with c for k: Bắc Kạn and Bắc Cạn, Kon Tum and Kontum."""
    return _K_FOR_C.sub("c", folded).replace(" ", "")


def begins_with_initial(folded: str) -> bool:
    """Whether the first word can be short for a kind of unit: "t an giang"."""
    return _INITIAL.match(folded) is not None


def region_key(folded: str) -> str:
    """A folded region's name reduced to the words that tell it from others."""
    words = (_REGION_WORDS.get(word, word) for word in folded.split())
    return loose_key(" ".join(word for word in words if word not in _REGION_STOP_WORDS))


def tones_fit(written: str, name: str) -> bool:
    """Whether the marks written do not speak against the name.

    A text without any marks but đ fits; so does one whose ă, ĩ, ũ, ơ, ư lost their marks when it
    went through Windows-1252 ("Lạng Son"), and ă for ắ in Đắk and Lắk ("Đăk Lăk"). A tone that is
    left out beside tones that are written, "Quang Bình", does not.
    """
    words = _words(written)
    if not any(_syllable(word) for word in words):
        return True
    # Some write a comma or a dash for the "và" of a region.
    without = [word for word in words if word != _AND]
    return _fit_all(words, _words(name)) or _fit_all(
        without, [word for word in _words(name) if word != _AND]
    )


def _fit_all(words: list[str], name: list[str]) -> bool:
    """Whether the name's words stand among those written, which may be glued ("ĐắkLắk").

    The word for the kind of unit stands before the name, an English one behind it.
    """
    named = [_syllable(word) for word in name]
    lengths = [len(word) for word in name]
    return any(all(map(_fit, pieces, named)) for pieces in _aligned(words, lengths))


def _aligned(words: list[str], lengths: list[int]) -> Iterator[list[_Syllable]]:
    """What is written in place of syllables of these lengths, from and up to ends of words."""
    stream = "".join(words)
    ends = list(accumulate(map(len, words), initial=0))
    for start in ends:
        borders = list(accumulate(lengths, initial=start))
        if borders[-1] in ends:
            yield [_syllable(stream[low:high]) for low, high in pairwise(borders)]


@dataclass(frozen=True)
class _Syllable:
    letters: str  # folded, c for k
    vowels: tuple[tuple[str, str], ...]  # base letter and its mark (circumflex, breve, horn)
    tone: str
    toned_letter: str

    def __bool__(self) -> bool:
        return bool(self.tone) or any(mark for _, mark in self.vowels)


def _words(text: str) -> list[str]:
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", text).lower())
    return [word for word in words if word]


@lru_cache(maxsize=10_000)
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
    if written.letters != named.letters or len(written.vowels) != len(named.vowels):
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
    is_dak = named.letters.endswith("c") and written.vowels[-1] == ("a", _BREVE)
    return lost_tilde or is_dak
