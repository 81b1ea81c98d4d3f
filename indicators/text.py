"""Text as it is kept (:func:`normalise`) and text as it is compared (:func:`fold`)."""

import re
import unicodedata
from typing import Final

# Characters without width that copying out of Word, PDF and web pages leaves behind: zero-width
# space and joiners, direction marks and overrides, word joiner, byte order mark. The soft hyphen
# U+00AD stays: in text of the old TCVN3 fonts it stands for the letter "ư".
_INVISIBLE: Final = dict.fromkeys(
    [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0xFEFF,
    ]
)

# Letters that decomposition leaves alone. U+00D0 (Eth) is typed for U+0110 (Đ) by old keyboards,
# and some provincial yearbooks print U+01A3 (gha) for "ư".
_BASE_LETTER: Final = str.maketrans({"đ": "d", "ð": "d", "ƣ": "u"})

# An apostrophe belongs to the word: Ea H'leo, Ea H’leo and Ea Hleo are one name.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ`´"))

# What a spreadsheet takes for a formula at the beginning of a text of a CSV file.
FORMULA_START: Final = r"^[=+\-@\t\r]"

_COMBINING_MARKS: Final = re.compile("[\u0300-\u036f]+")
_NEITHER_LETTER_NOR_DIGIT: Final = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """The text in the form in which it is stored and shown.

    NFC; every kind of space (U+00A0, U+202F, tabs, line ends) becomes one plain space, none at
    either end; characters without width are removed. Letters, case and punctuation stay.
    """
    visible = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(visible.split())


def fold(text: str) -> str:
    """The text reduced to what counts when names are matched or searched; never for display.

    Lower case; accents and tone marks stripped wherever they stand, so "Hòa" equals "Hoà"; đ and
    the wrong letter U+00D0 become d; dashes, underscores and other punctuation become one space
    ("TP.Huế" equals "TP. Huế"), apostrophes vanish. The result may be empty.
    """
    words = text.translate(_INVISIBLE).translate(_APOSTROPHES).lower()
    letters = _COMBINING_MARKS.sub("", unicodedata.normalize("NFD", words))
    return _NEITHER_LETTER_NOR_DIGIT.sub(" ", letters.translate(_BASE_LETTER)).strip()


def harmless(text: str) -> str:
    """The text as a CSV file may hold it: one that a spreadsheet would run begins with "'"."""
    return f"'{text}" if re.match(FORMULA_START, text) else text
