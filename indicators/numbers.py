"""The one parser and the one formatter of numbers and dates, Vietnamese and English.

A number is a :class:`~decimal.Decimal` from the moment it is read; no binary float takes part.
Viet Nam writes 1.234.567,8 and English 1,234,567.8, so "606.840" is either 606 840 or 606.84.
The reader is told how its file writes numbers, and without being told it refuses a text that
has two readings.

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

type_locales = ("vi", "en")
NumberLocale = Literal["vi", "en"]

MISSING_MARK: Final = "–"
_MINUS: Final = "\u2212"

_LOCALES: Final[tuple[NumberLocale, ...]] = ("vi", "en")
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

# A spreadsheet stores 15 to 17 digits of a binary number; the last ones are noise, and no
# published figure has as many as 12.
_CELL_CONTEXT: Final = Context(prec=12, rounding=ROUND_HALF_UP)

_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PERIOD: Final = re.compile(r"(?:19|20)[0-9]{2}(?:-S[12])?")
_MONTHS_EN: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
