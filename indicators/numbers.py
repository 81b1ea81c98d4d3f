"""The one parser and the one formatter of numbers and dates, Vietnamese and English.

A number is a :class:`~decimal.Decimal` from the moment it is read; no binary float takes part.
Viet Nam writes 1.234.567,8 and English 1,234,567.8, so "606.840" is either 606840 or 606.84.
The parser is told how its file writes numbers; untold, it refuses a text with two readings.

::

    TextFormatError           a text is not what its place asks for
    ├── NumberFormatError     not a number, or a number with two readings
    └── DateFormatError       neither a date nor a reporting period
"""

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from indicators.errors import GenderStatisticsError

NumberLocale = Literal["vi", "en"]

MISSING_MARK: Final = "–"
_MINUS: Final = "\u2212"

# A first group never starts with 0: "0.840" is no way of writing 840.
_GRAMMAR: Final[dict[NumberLocale, re.Pattern[str]]] = {
    "vi": re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?"),
    "en": re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"),
}
_TO_PLAIN: Final[dict[NumberLocale, dict[int, str | None]]] = {
    "vi": {ord("."): None, ord(","): "."},
    "en": {ord(","): None},
}
_TO_VIETNAMESE: Final = str.maketrans(",.", ".,")

# A spreadsheet keeps 15 to 17 digits of a binary number: the last are noise, and no published
# figure has as many as 12.
_CELL_CONTEXT: Final = Context(prec=12, rounding=ROUND_HALF_UP)

_EXAMPLE: Final = Decimal("1234.5")

_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PERIOD: Final = re.compile(r"(?:19|20)[0-9]{2}(?:-S[12])?")
# fmt: off
_MONTHS_EN: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)
# fmt: on


class TextFormatError(GenderStatisticsError):
    """A text cannot be read as what its place asks for.

    ``text`` is the text as received; ``reason_vi`` and ``reason_en`` say what is wrong with it
    and what to write instead.
    """

    def __init__(self, text: str, reason_vi: str, reason_en: str) -> None:
        self.text = text
        self.reason_vi = reason_vi
        self.reason_en = reason_en
        super().__init__(f"{reason_vi} ({reason_en})")


class NumberFormatError(TextFormatError):
    """A text is no number, or has two readings; ``readings`` holds those that are possible."""

    def __init__(
        self, text: str, reason_vi: str, reason_en: str, readings: tuple[Decimal, ...] = ()
    ) -> None:
        self.readings = readings
        super().__init__(text, reason_vi, reason_en)


class DateFormatError(TextFormatError):
    """A text is neither a date of the calendar nor a reporting period."""


def parse_number(text: str, locale: NumberLocale | None) -> Decimal:
    """Read one number as its file writes numbers, or, with ``None``, where only one reading exists.

    Spaces around it (also U+00A0 and U+202F) and a "%" behind it are ignored; the value of
    "59,1 %" is 59.1. Both the hyphen and the real minus are signs. Groups must be of three digits.

    Raises:
        NumberFormatError: no number in ``locale``; or, with ``None``, two readings.
    """
    # Most cells are a few plain digits, which every locale reads alike.
    if text.isascii() and text.isdigit():
        return Decimal(text)
    bare = _bare(text)
    if locale is None:
        readings = _readings(bare)
        if len(set(readings.values())) == 1:
            return next(iter(readings.values()))
    else:
        value = _read(bare, locale)
        if value is not None:
            return value
    raise _number_error(text, locale)


def number_locale_of(texts: Iterable[str]) -> NumberLocale | None:
    """How a whole file writes its numbers, judged by the texts that read in one locale only.

    Texts that are no numbers or read in both say nothing. ``None`` when nothing speaks for
    either locale, or when some texts speak for each.
    """
    found: set[NumberLocale] = set()
    for text in texts:
        readings = _readings(_bare(text))
        if len(readings) == 1:
            found.update(readings)
    return found.pop() if len(found) == 1 else None


def number_from_cell(value: int | float) -> Decimal:
    """The decimal that a numeric cell of a spreadsheet means.

    Whole numbers exactly; others by their shortest text, noise behind 12 significant digits
    rounded off.

    Raises:
        NumberFormatError: the cell holds TRUE/FALSE, an infinity or no number at all (NaN).
    """
    if isinstance(value, bool) or not math.isfinite(value):
        raise NumberFormatError(
            str(value),
            f"ô chứa “{value}”, không phải là số: hãy nhập một số",
            f"the cell holds “{value}”, which is no number: enter a number",
        )
    if isinstance(value, int) or value.is_integer():
        return Decimal(int(value))
    exact = Decimal(repr(value))
    if len(exact.as_tuple().digits) <= _CELL_CONTEXT.prec:
        return exact
    return exact.normalize(_CELL_CONTEXT)


def format_number(
    value: Decimal | float | int | None, decimals: int, locale: NumberLocale = "vi"
) -> str:
    """The number with ``decimals`` places, rounded half up: "1.234.567,8" or "1,234,567.8".

    The sign is a real minus, zero has none; a missing value (``None``, NaN) is "–".
    """
    if value is None or not math.isfinite(value):
        return MISSING_MARK
    exact = value if isinstance(value, Decimal) else number_from_cell(value)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):,f}"
    if locale == "vi":
        digits = digits.translate(_TO_VIETNAMESE)
    return _MINUS + digits if rounded < 0 else digits


def parse_date(text: str) -> date:
    """Read dd/mm/yyyy, d/m/yyyy, dd-mm-yyyy or yyyy-mm-dd: the day always before the month.

    Raises:
        DateFormatError: another form, or a day that the calendar does not have.
    """
    bare = text.strip()
    if match := _DAY_FIRST.fullmatch(bare):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(bare):
        year, month, day = match.groups()
    else:
        raise DateFormatError(
            text,
            f"“{_short(text)}” không phải là ngày: hãy viết ngày/tháng/năm, ví dụ 21/11/2026",
            f"“{_short(text)}” is no date: write day/month/year, for example 21/11/2026",
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise DateFormatError(
            text,
            f"“{bare}” không có trong lịch: hãy kiểm tra lại, viết ngày trước, tháng sau",
            f"“{bare}” is not in the calendar: check it; the day comes before the month",
        ) from error


def format_date(value: date, locale: NumberLocale = "vi") -> str:
    """The date as "21/11/2026" (vi) or "21 Nov 2026" (en)."""
    if locale == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"


def parse_period(text: str) -> str:
    """A reporting period: a year ("2025") or a half-year ("2025-S1", "2025-S2"), as SDMX writes it.

    Raises:
        DateFormatError: another form, or a year outside 1900 to 2099.
    """
    bare = text.strip().upper()
    if _PERIOD.fullmatch(bare):
        return bare
    raise DateFormatError(
        text,
        f"“{_short(text)}” không phải là kỳ báo cáo: hãy viết năm (2025), "
        "6 tháng đầu năm (2025-S1) hoặc 6 tháng cuối năm (2025-S2)",
        f"“{_short(text)}” is no reporting period: write the year (2025), "
        "its first half (2025-S1) or its second half (2025-S2)",
    )


def _bare(text: str) -> str:
    """The text without spaces around it and without a percent sign; a real minus as a hyphen."""
    return text.strip().removesuffix("%").rstrip().replace(_MINUS, "-")


def _read(bare: str, locale: NumberLocale) -> Decimal | None:
    if _GRAMMAR[locale].fullmatch(bare) is None:
        return None
    return Decimal(bare.translate(_TO_PLAIN[locale]))


def _readings(bare: str) -> dict[NumberLocale, Decimal]:
    """What each locale reads in the text; a locale that cannot read it is left out."""
    found: dict[NumberLocale, Decimal] = {}
    for locale in _GRAMMAR:
        value = _read(bare, locale)
        if value is not None:
            found[locale] = value
    return found


def _number_error(text: str, locale: NumberLocale | None) -> NumberFormatError:
    """Say why ``parse_number`` refuses the text, and what to write or declare instead."""
    readings = tuple(_readings(_bare(text)).values())
    shown = _short(text)
    if not shown:
        return NumberFormatError(text, "ô không có số", "there is no number here")
    if len(readings) == 2:
        first, second = readings
        return NumberFormatError(
            text,
            f"“{shown}” có hai cách đọc, {_plain(first, 'vi')} hoặc {_plain(second, 'vi')}: "
            "hãy khai kiểu viết số của tệp",
            f"“{shown}” has two readings, {_plain(first, 'en')} or {_plain(second, 'en')}: "
            "declare how the file writes numbers",
            readings,
        )
    if locale is not None and readings:
        wanted = _plain(readings[0], locale)
        return NumberFormatError(
            text,
            f"“{shown}” không đúng kiểu viết số đã khai của tệp: nếu đúng là số này, "
            f"hãy viết {wanted}",
            f"“{shown}” is not how this file declares to write numbers: if it is the number "
            f"meant, write {wanted}",
            readings,
        )
    return NumberFormatError(
        text,
        f"“{shown}” không phải là số: chỉ viết số (ví dụ {_plain(_EXAMPLE, locale or 'vi')}), "
        "không kèm chữ hay dấu chú thích",
        f"“{shown}” is no number: write only the number ({_plain(_EXAMPLE, locale or 'en')}), "
        "without words or note marks",
    )


def _plain(value: Decimal, locale: NumberLocale) -> str:
    """The value without groups and closing zeros, as advice to write."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if locale == "vi" else text


def _short(text: str) -> str:
    """At most 40 characters of a text, for a message."""
    bare = text.strip()
    return bare if len(bare) <= 40 else bare[:39] + "…"
