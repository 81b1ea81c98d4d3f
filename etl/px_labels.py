"""Reads the labels of a PX-Web table: "Prel. 2016", "2004 Tiểu học", "Unemployment rate Male".

One label may name a year, a sex, an age group, a breakdown, a place and a measure at once, in
either order; every part is recognised by what it says, never by where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from indicators.text import fold, normalise

PLACE, NO_PLACE, TOTAL = "PLACE", "NO_PLACE", "TOTAL"
UNIT, FOOTER = "UNIT", "FOOTER"  # not of labels: of titles, and of lines below the table
SEX, AGE, BREAKDOWN = "SEX", "AGE", "BREAKDOWN"

# "Prel. 2016", "Pre..2016", "prel_2016", "Sơ bộ - Prel. 2021", "2019 (*)", "1995 -1996", "X2010".
_YEAR: Final = re.compile(
    r"(?:(?<![^\W_])x)?(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
    r"(?:\s*[-–]\s*(?P<second>(?:19|20)[0-9]{2})(?![0-9]))?(?:\s*\(\*+\))?",
    re.IGNORECASE,
)
_PRELIMINARY: Final = re.compile(
    r"(?<![^\W_])(?:sơ bộ|prel|pre|ước tính|est)(?![^\W_])\.*", re.IGNORECASE
)
_AGES: Final = re.compile(
    r"(?:(?<![^\W_])(?:từ|from|at|aged)\s+)?(?<![0-9])(?P<low>[0-9]{1,2})\s*(?:"
    r"[-–]\s*(?P<high>[0-9]{1,2})(?![0-9])(?:\s*(?:tuổi|years?(?: old| of age)?|ages?))?"
    r"|(?P<open>\+|(?:tuổi\s+)?trở lên"
    r"|(?:years?(?:\s+old|\s+of\s+age)?\s+)?and\s+(?:over|above|older)))",
    re.IGNORECASE,
)
_SEX_IN_TITLE: Final = {
    "F": re.compile(
        r"(?<![^\W_])(?:nữ|women|woman|females?|school ?girls)(?![^\W_])", re.IGNORECASE
    ),
    "M": re.compile(r"(?<![^\W_])(?:nam|(?i:men|males?|school ?boys))(?![^\W_])"),
}
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Label:
    """What one label says; ``rest`` is folded and names a measure or something unknown."""

    text: str
    year: str | None = None
    is_provisional: bool = False
    codes: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # dimension, code
    place: str = ""  # the part that names a place
    rest: str = ""

    def names(self, dimension: str) -> bool:
        """Whether it says something of that dimension."""
        return any(name == dimension for name, _ in self.codes)


class LabelReader:
    """Reads labels by a list of words (key from :func:`word_key` → dimension, code)."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, str]],
        ages: frozenset[str],
        is_place: Callable[[str], bool],
    ) -> None:
        self._words = words
        self._is_place = is_place
        self._ages = ages
        self._longest = max((key.count(" ") + 1 for key in words), default=1)

    def read(self, text: str) -> Label:
        """Take the label apart."""
        shown = normalise(text)
        if word := self._words.get(word_key(shown)):
            if word[0] == PLACE:
                return Label(shown, place=shown)
            return Label(shown, codes=frozenset({word}))
        remainder, year, is_provisional = _without_year(shown)
        # Before words are taken off: "Nam Định" and "Hà Nam" name no sex. "Tổng số" is a word of
        # the list, though lists of places know it as the country.
        if not self._is_code(word_key(remainder)) and self._is_place(remainder):
            return Label(shown, year, is_provisional, place=remainder.strip())
        found: set[tuple[str, str]] = set()
        remainder = self._without_age(remainder, found)
        brackets = " ".join(_BRACKETS.findall(remainder))
        tokens = word_key(_BRACKETS.sub(" ", remainder)).split()
        tokens = self._without_words(tokens, found)
        rest = fold(f"{' '.join(tokens)} {brackets}") if tokens else ""
        return Label(shown, year, is_provisional, frozenset(found), rest=rest)

    def _without_age(self, text: str, found: set[tuple[str, str]]) -> str:
        match = _AGES.search(text)
        if match is None:
            return text
        if word_key(match[0]) in self._words:
            return text  # "từ 15 tuổi trở lên" may be the whole population of a table
        low, high = int(match["low"]), match["high"]
        code = f"Y_GE{low}" if match["open"] else f"Y{low}T{int(high)}"
        if code not in self._ages:
            return text
        found.add((AGE, code))
        return text[: match.start()] + " " + text[match.end() :]

    def _without_words(self, tokens: list[str], found: set[tuple[str, str]]) -> list[str]:
        """Take known words off both ends, the longest first."""
        while tokens:
            for length in range(min(self._longest, len(tokens)), 0, -1):
                front, back = " ".join(tokens[:length]), " ".join(tokens[-length:])
                if self._is_code(front):
                    found.add(self._words[front])
                    tokens = tokens[length:]
                    break
                if self._is_code(back):
                    found.add(self._words[back])
                    tokens = tokens[:-length]
                    break
            else:
                return tokens
        return tokens

    def _is_code(self, key: str) -> bool:
        return key in self._words and self._words[key][0] not in (PLACE, NO_PLACE)


def word_key(text: str) -> str:
    """Lower case, single spaces, no punctuation; accents count ("năm" is not "nam")."""
    composed = unicodedata.normalize("NFC", text).lower().replace("ð", "đ")
    return _NOT_A_WORD.sub(" ", composed).strip()


def sex_in(title: str) -> str | None:
    """The one sex that a title speaks of: "Lực lượng lao động nữ"; None where it names both.

    Small letters tell the man "nam" from Việt Nam; brackets explain units ("nam/100 nữ").
    """
    words = _BRACKETS.sub(" ", normalise(title))
    found = {sex for sex, pattern in _SEX_IN_TITLE.items() if pattern.search(words)}
    return found.pop() if len(found) == 1 else None


def year_in(text: str) -> str | None:
    """The year that a title names; a span of years names none."""
    return _without_year(normalise(text))[1]


def _without_year(text: str) -> tuple[str, str | None, bool]:
    match = _YEAR.search(text)
    if match is None or (match["second"] and int(match["second"]) != int(match[1]) + 1):
        return text, None, False
    remainder = text[: match.start()] + " " + text[match.end() :]
    without_mark = _PRELIMINARY.sub(" ", remainder)
    return without_mark, match[1], without_mark != remainder
