"""Vietnamese text from before Unicode: TCVN3 (ABC) fonts, VNI fonts, Windows-1258 read as 1252.

Such a cell holds characters of Latin-1 that only an old font draws as Vietnamese: "Hµ Néi" is
Hà Nội. :func:`to_unicode` judges one cell by its syllables: it converts when the text as it stands
holds a word that Vietnamese cannot have ("Hµ", "BÕn", "hãa") and one old encoding makes proper
syllables of it. UTF-8 that was read as Windows-1252 ("HÃ\xa0 Ná»™i") is undone in the same way.
Text that is Unicode already, English or ambiguous passes unchanged, so converting twice does no
harm. What a Vietnamese syllable can be is told by :mod:`indicators.syllables`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal

from indicators.syllables import is_abbreviation, is_syllable, is_well_spelt

Encoding = Literal["utf-8", "tcvn3", "vni", "windows-1258"]

LOST_CHARACTER: Final = "\ufffd"

_TONED_VOWELS: Final = "aăâeêioôơuưy"
# Codes of à ả ã á ạ and so on for each vowel, in the order of TCVN 5712:1993, table VN3.
_TCVN3_TONES: Final = "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TONES: Final = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # huyền hỏi ngã sắc nặng


def _tcvn3_table() -> dict[str, str]:
    table = dict(zip("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
    toned = (vowel + tone for vowel in _TONED_VOWELS for tone in _TONES)
    for code, letter in zip(_TCVN3_TONES, toned, strict=True):
        table[code] = unicodedata.normalize("NFC", letter)
    # A PDF's text layer writes the soft hyphen as a minus and the micro sign as a Greek mu.
    return table | {"\u2212": "ư", "\u03bc": "à"}


def _vni_table() -> dict[str, str]:
    """VNI writes a vowel and behind it one character for its mark and tone."""
    tones = dict(zip("øûõùï", _TONES, strict=True))
    circumflexed = dict(zip("àåãáä", _TONES, strict=True)) | {"â": ""}
    breved = dict(zip("èúüéë", _TONES, strict=True)) | {"ê": ""}
    table = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ"}
    table |= dict(zip("ìæóíò", ("i" + tone for tone in _TONES), strict=True))
    for written, vowel in {**{one: one for one in "aeouy"}, "ô": "ơ", "ö": "ư"}.items():
        table |= {written + code: vowel + tone for code, tone in tones.items()}
    for plain, vowel in zip("aeo", "âêô", strict=True):
        table |= {plain + code: vowel + tone for code, tone in circumflexed.items()}
    table |= {"a" + code: "ă" + tone for code, tone in breved.items()}
    composed = {code: unicodedata.normalize("NFC", letter) for code, letter in table.items()}
    return (
        composed
        | {code.capitalize(): letter.upper() for code, letter in composed.items()}
        | {code.upper(): letter.upper() for code, letter in composed.items()}
    )


_TCVN3: Final = _tcvn3_table()
_VNI: Final = _vni_table()
_VNI_UNIT: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# A word as an old font sees it: letters, and the signs that stand for letters.
# Superscript figures behind a word are a footnote, but for the ¹ of "H¹" (Hạ).
_WORD: Final = re.compile(
    "(?:[^\\W\\d_²³⁰⁴⁵⁶⁷⁸⁹]|[" + re.escape("".join(_TCVN3)) + "]|[\u0300-\u036f])+"
)
_FOOTNOTE_OR_LETTER: Final = "¹"
_LONE_TCVN3_LETTERS: Final = "«¸¤"  # ô, á, Ô make a word of their own; other lone signs are signs
_WRONG_LETTERS: Final = str.maketrans({"ð": "đ", "Ð": "Đ", "ƣ": "ư", "Ƣ": "Ư"})
_ESCAPED: Final = re.compile(r"<U\+(0[01][0-9A-F]{2}|1E[0-9A-F]{2}|2[0-9A-F]{3})>")
_MICROMETRE: Final = "µm"

_ENOUGH_SYLLABLES: Final = 0.8  # a long note may hold an abbreviation or a foreign name


def to_unicode(text: str) -> str:
    """The text in Unicode: converted if one old encoding explains it, else as it stands.

    Also mends U+00D0 (Eth) for Đ, U+01A3 (gha) for ư, and the escapes ``<U+1ED9>`` that R leaves
    on Windows. Lost characters (U+FFFD) stay, see :func:`has_lost_characters`.
    """
    if text.isascii() and "<U+" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    encoding = encoding_of(plain)
    if encoding is not None:
        return _DECODERS[encoding](plain) or plain
    return _mended(plain)


def encoding_of(text: str) -> Encoding | None:
    """The old encoding that makes Vietnamese of the text, the most used one first.

    ``None`` for text that needs none, or that none explains.
    """
    return next(iter(_encodings_of(text)), None)


def equal_readings(text: str) -> list[str]:
    """The text in each of the encodings that explain it equally well; of most texts, one or none.

    "An Cö" is An Cử in TCVN3 and An Cư in VNI.
    """
    decoded = (_DECODERS[encoding](text) for encoding in _encodings_of(text))
    return [one for one in decoded if one is not None]


def readings(text: str) -> list[str]:
    """What each old encoding would make of the text, for matching names where one reading fits."""
    decoded = (decode(text) for decode in _DECODERS.values())
    return [one for one in dict.fromkeys(decoded) if one is not None and one != text]


@lru_cache(maxsize=1_000)  # a name is asked for its encodings more than once
def _encodings_of(text: str) -> tuple[Encoding, ...]:
    """Those that explain most of the text."""
    if text.isascii():
        return ()
    # Chance makes no valid UTF-8: no other evidence is needed.
    if _decode_utf_8(text) is not None:
        return ("utf-8",)
    evidence, proper = _judge(_mended(unicodedata.normalize("NFC", text)))
    if not evidence:
        return ()
    scores: dict[Encoding, float] = {}
    for encoding, decode in _DECODERS.items():
        decoded = decode(text)
        if decoded is None or decoded == text:
            continue
        words = _words(decoded)
        explained = sum(is_well_spelt(word) or is_abbreviation(word) for word in words)
        if explained >= max(_ENOUGH_SYLLABLES * len(words), proper + 1):
            scores[encoding] = explained / len(words)
    return tuple(one for one, score in scores.items() if score == max(scores.values()))


def has_lost_characters(text: str) -> bool:
    """Whether letters were lost on the way (U+FFFD), so that nobody can say what was written."""
    return LOST_CHARACTER in text


def _mended(text: str) -> str:
    """Wrong letters put right inside words; Eth and gha have no other use in Vietnamese tables."""
    return text.translate(_WRONG_LETTERS)


def _judge(text: str) -> tuple[int, int]:
    """How many words only an old font can explain, and how many are proper syllables."""
    words = _words(text)
    evidence = [
        word
        for word in words
        if len(word) > 1
        and word != _MICROMETRE
        and re.search("[A-Za-z]", word)
        and not is_syllable(word)
        and not is_abbreviation(word)
    ]
    return len(evidence), sum(is_syllable(word) for word in words)


def _words(text: str) -> list[str]:
    """The words that are not plain ASCII, without signs that stand alone and footnote marks."""
    words = (_without_footnote(word) for word in _WORD.findall(text))
    return [word for word in words if not word.isascii() and (len(word) > 1 or word.isalpha())]


def _without_footnote(word: str) -> str:
    stem = word.removesuffix(_FOOTNOTE_OR_LETTER)
    return stem if is_syllable(stem) else word


def _decode_utf_8(text: str) -> str | None:
    """UTF-8 of Latin letters that was read as Windows-1252 or Latin-1."""
    try:
        content = b"".join(
            bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")
            for letter in text
        )
        decoded = unicodedata.normalize("NFC", content.decode())
    except UnicodeError:
        return None
    letters = (one for one in decoded if one.isalpha())
    return decoded if all("LATIN" in unicodedata.name(one, "") for one in letters) else None


def _decode_tcvn3(text: str) -> str | None:
    # Capitals are small-letter codes in a font of capitals: "Hµ NéI" is HÀ NỘI.
    is_upper = _is_in_capitals(text)

    def word(old: str) -> str | None:
        decoded = _decode_tcvn3_word(old)
        return decoded.upper() if decoded and is_upper else decoded

    return _decode_words(text, word)


def _is_in_capitals(text: str) -> bool:
    """Whether a whole cell is; "TP. Hå" does not tell."""
    if any("a" <= letter <= "z" for letter in text):
        return False
    return any(
        is_syllable("".join(_TCVN3.get(letter, letter) for letter in word).upper())
        for word in _WORD.findall(text)
        if sum(letter.isascii() for letter in word) > 1
    )


def _decode_tcvn3_word(word: str) -> str | None:
    is_sign = len(word) == 1 and not word.isalpha() and word not in _LONE_TCVN3_LETTERS
    if word.isascii() or is_sign:
        return word
    decoded = "".join(letter if letter.isascii() else _TCVN3.get(letter, "?") for letter in word)
    if "?" in decoded:
        return None
    stem = word.removesuffix(_FOOTNOTE_OR_LETTER)
    if stem not in ("", word) and not is_well_spelt(decoded):
        return f"{_decode_tcvn3_word(stem)}{_FOOTNOTE_OR_LETTER}"
    typed = [letter for letter in word[1:] if letter.isascii()]
    return decoded.upper() if typed and all(letter.isupper() for letter in typed) else decoded


def _decode_vni(text: str) -> str | None:
    def word(old: str) -> str | None:
        rest = _VNI_UNIT.sub("", old)
        return _mapped_vni(old) if rest.isascii() else None

    return _decode_words(text, word)


def _mapped_vni(word: str, table: Mapping[str, str] = _VNI) -> str:
    return _VNI_UNIT.sub(lambda match: table[match[0]], word)


def _decode_windows_1258(text: str) -> str | None:
    def word(old: str) -> str | None:
        try:
            return unicodedata.normalize("NFC", old.encode("cp1252").decode("cp1258"))
        except UnicodeError:
            return None

    return _decode_words(text, word)


def _decode_words(text: str, decode: Callable[[str], str | None]) -> str | None:
    """Every word through the decoder; ``None`` if one cannot be decoded."""
    failed = False

    def replace(match: re.Match[str]) -> str:
        nonlocal failed
        word = match[0] if match[0].isascii() else decode(match[0])
        failed = failed or word is None
        return word or ""

    decoded = _WORD.sub(replace, text)
    return None if failed else decoded


_DECODERS: Final[dict[Encoding, Callable[[str], str | None]]] = {
    "utf-8": _decode_utf_8,
    "tcvn3": _decode_tcvn3,
    "vni": _decode_vni,
    "windows-1258": _decode_windows_1258,
}
