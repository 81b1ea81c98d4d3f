"""Vietnamese text from before Unicode: TCVN3 (ABC) fonts, VNI fonts, Windows-1258 read as 1252.

Such a cell holds characters of Latin-1 that only an old font draws as Vietnamese: "Hµ Néi" is
Hà Nội. :func:`to_unicode` judges one cell by its syllables: it converts when the text as it stands
holds a word that Vietnamese cannot have ("Hµ", "BÕn", "hãa") and one old encoding makes proper
syllables of it. Text that is Unicode already, English or ambiguous passes unchanged, so converting
twice does no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, Literal

Encoding = Literal["tcvn3", "vni", "windows-1258"]

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
_WORD: Final = re.compile(
    "(?:[^\\W\\d_]|[" + re.escape("".join(_TCVN3)) + "]|[\u0300-\u036f])+", re.UNICODE
)
_WRONG_LETTERS: Final = str.maketrans({"ð": "đ", "Ð": "Đ", "ƣ": "ư", "Ƣ": "Ư"})
_ESCAPED: Final = re.compile(r"<U\+(0[01][0-9A-F]{2}|1E[0-9A-F]{2})>")
_MICROMETRE: Final = "µm"

_ONSET: Final = "(?:ngh|ng|nh|gh|gi|qu|kh|ch|ph|th|tr|[bcdđghklmnprstvx][lr]?)?"
_RHYMES: Final = """
a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec ek em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu ik im
in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen
oeo oet oi ok om on ong ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng
uât uây uc uch uê uêch uênh uêu ui uk um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên
uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y ych yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE: Final = re.compile(_ONSET + "(?:" + "|".join(_RHYMES.split()) + ")")
# "BÕn", "HuÕ", "NéI": a font's codes look like this; a person's capitals ("KRông") do not.
_MIXED_CASE: Final = re.compile("(?<=.)Z[az]|aZ|zA")
_STOP: Final = re.compile("(?:c|ch|p|t)$")  # such a syllable has tone sắc or nặng, or none written
_STOPPED: Final = _TONES[3:]
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
    if text.isascii():
        return None
    evidence, proper = _judge(_mended(unicodedata.normalize("NFC", text)))
    if not evidence:
        return None
    for encoding, decode in _DECODERS.items():
        decoded = decode(text)
        if decoded is None or decoded == text:
            continue
        words = _words(decoded)
        explained = sum(_is_proper(word) or _is_abbreviation(word) for word in words)
        if explained >= max(_ENOUGH_SYLLABLES * len(words), proper + 1):
            return encoding
    return None


def readings(text: str) -> list[str]:
    """What each old encoding would make of the text, for matching names where one reading fits."""
    decoded = (decode(text) for decode in _DECODERS.values())
    return [one for one in dict.fromkeys(decoded) if one is not None and one != text]


def has_lost_characters(text: str) -> bool:
    """Whether letters were lost on the way (U+FFFD), so that nobody can say what was written."""
    return LOST_CHARACTER in text


def _mended(text: str) -> str:
    """Wrong letters put right inside words; Eth and gha have no other use in Vietnamese tables."""
    return text.translate(_WRONG_LETTERS)


def _judge(text: str) -> tuple[int, int]:
    """How many words only an old font can explain, and how many are proper syllables."""
    words = _words(text)
    proper = [word for word in words if _is_proper(word)]
    evidence = [
        word
        for word in words
        if len(word) > 1
        and word != _MICROMETRE
        and re.search("[A-Za-z]", word)
        and not _is_proper(word)
    ]
    return len(evidence), len(proper)


def _words(text: str) -> list[str]:
    """The words that are not plain ASCII, without signs that stand alone."""
    return [
        word
        for word in _WORD.findall(text)
        if not word.isascii() and (len(word) > 1 or word.isalpha())
    ]


def _is_proper(word: str) -> bool:
    """Whether it is a Vietnamese syllable in lower, title or upper case."""
    if _MIXED_CASE.search("".join(_case_of(letter) for letter in word)):
        return False
    bare = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", "".join(one for one in bare if one not in _TONES))
    tones = [one for one in bare if one in _TONES]
    if len(tones) > 1 or (tones and tones[0] not in _STOPPED and _STOP.search(toneless)):
        return False
    return _SYLLABLE.fullmatch(toneless) is not None


def _case_of(letter: str) -> str:
    """A or a for plain letters, Z or z for accented ones, nothing for marks and signs."""
    upper = letter.isupper()
    if letter.isascii():
        return "A" if upper else "a"
    return "Z" if upper else "z" if letter.islower() else ""


def _is_abbreviation(word: str) -> bool:
    """HĐND, GDĐT: capitals without a tone."""
    bare = unicodedata.normalize("NFD", word)
    return word.isupper() and len(word) <= 6 and not any(one in bare for one in _TONES)


def _decode_tcvn3(text: str) -> str | None:
    return _decode_words(text, _decode_tcvn3_word)


def _decode_tcvn3_word(word: str) -> str | None:
    if word.isascii() or (len(word) == 1 and not word.isalpha()):
        return word
    decoded = "".join(letter if letter.isascii() else _TCVN3.get(letter, "?") for letter in word)
    if "?" in decoded:
        return None
    # Capitals are small-letter codes in a font of capitals: "NéI" is NỘI.
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
    "tcvn3": _decode_tcvn3,
    "vni": _decode_vni,
    "windows-1258": _decode_windows_1258,
}
