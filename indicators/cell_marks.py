"""What publishers write around a number or a year: footnote marks, "Sơ bộ", school years.

These are signs beside the content, so they are taken off and reported, never read into the value:
``8,2(*)`` is 8,2 and preliminary, ``Sơ bộ 2019-2020`` is the school year that began in 2019 and
preliminary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from indicators.legacy_text import to_unicode
from indicators.numbers import DateFormatError, parse_period
from indicators.text import normalise

PROVISIONAL: Final = "P"  # CL_OBS_STATUS

# Marks that stand for "no figure" in a number cell, lower case; they never become 0.
MISSING_MARKS: Final = frozenset({"..", "...", "…", "-", "–", "—", "−", "na", "n/a", "nan"})

_STARS: Final = r"\(\s*\*+\s*\)|\*+"
_SUPERSCRIPTS: Final = r"[¹²³⁰⁴⁵⁶⁷⁸⁹⁽⁾]+"
# "(1)" right behind a figure; before one it would be a negative number of an accountant.
_NUMBERED: Final = r"(?<=[0-9%])\([1-9][0-9]?\)"
_GLUED: Final = re.compile(
    rf"^(?P<value>.*[0-9]\s*%?)\s*(?P<mark>{_STARS}|{_SUPERSCRIPTS}|{_NUMBERED})$"
)
_STAR: Final = re.compile(_STARS)

_PRELIMINARY: Final = re.compile(
    r"(?<![^\W\d_])(?:sơ\s*bộ|so\s*bo|prel(?:iminary)?|pre)(?![^\W\d_])[\s._:/-]*", re.IGNORECASE
)
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_SCHOOL_YEAR: Final = re.compile(rf"({_YEAR})\s*[-–—−/]\s*({_YEAR})")
_HEADER_YEAR: Final = re.compile(rf"(?<![0-9])X?({_YEAR})(?![0-9])")
_LEADING_WORDS: Final = re.compile(r"^(?:năm học|năm|school year|year)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class MarkedNumber:
    """A number's text without its footnote mark."""

    text: str
    mark: str  # empty: there was none

    @property
    def is_provisional(self) -> bool:
        """Whether the mark is the star that yearbooks put on preliminary figures."""
        return _STAR.fullmatch(self.mark) is not None


@dataclass(frozen=True)
class MarkedPeriod:
    """A period, and what stood beside it."""

    period: str  # "2024", "2025-S1"; of a school year the year in which it began
    is_provisional: bool
    is_school_year: bool


@dataclass(frozen=True)
class Header:
    """A column's heading that holds a year and, maybe, a measure: "Male Prel. 2016"."""

    measure: str  # "" where there is only a year
    period: MarkedPeriod


def is_missing_mark(text: str) -> bool:
    """Whether the text says that there is no figure."""
    bare = text.strip().lower()
    return not bare or bare in MISSING_MARKS


def split_number(text: str) -> MarkedNumber:
    """The text of a number cell and the one footnote mark behind its figure."""
    match = _GLUED.fullmatch(text.strip())
    if match is None:
        return MarkedNumber(text, "")
    return MarkedNumber(match["value"].strip(), match["mark"])


def read_period(text: str) -> MarkedPeriod:
    """A year, half-year or school year as publishers write it.

    Raises:
        DateFormatError: something else stands there; two years that do not follow each other
            are no school year.
    """
    header = read_header(text)
    if header is not None and not header.measure:
        return header.period
    return MarkedPeriod(parse_period(text), is_provisional=False, is_school_year=False)


def read_header(text: str) -> Header | None:
    """The measure and the period of one heading; ``None`` where no single period is named."""
    plain = normalise(to_unicode(text)).replace("_", " ")
    # A star on a year is a footnote of any kind ("2019 (*)"), so it says nothing of its status.
    starless = _STAR.sub(" ", plain)
    bare = _PRELIMINARY.sub(" ", starless)
    is_provisional = bare != starless
    bare = _LEADING_WORDS.sub("", " ".join(bare.split()))
    if school_year := _SCHOOL_YEAR.search(bare):
        first, second = school_year.groups()
        if int(second) != int(first) + 1:
            return None
        rest = bare[: school_year.start()] + " " + bare[school_year.end() :]
        period = MarkedPeriod(first, is_provisional, is_school_year=True)
    else:
        bare, period_text = _taken_period(bare)
        if period_text is None:
            return None
        rest = bare
        period = MarkedPeriod(period_text, is_provisional, is_school_year=False)
    if _HEADER_YEAR.search(rest):
        return None  # two years: nobody can say which is meant
    return Header(_measure(rest), period)


def _taken_period(bare: str) -> tuple[str, str | None]:
    """The heading without its period, and the period."""
    try:
        return "", parse_period(bare)
    except DateFormatError:
        pass
    match = _HEADER_YEAR.search(bare)
    if match is None:
        return bare, None
    return bare[: match.start()] + " " + bare[match.end() :], match[1]


def _measure(rest: str) -> str:
    """The words left over, as R wrote them ("General.average") or a table did."""
    words = rest if " " in rest.strip() else rest.replace(".", " ")
    return " ".join(words.split()).strip(" .,;:/-–—")
