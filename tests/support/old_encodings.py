"""Vietnamese as old fonts and wrong code pages leave it: encoders for tests.

Written from the rules of each encoding and not from the tables of the decoder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng

# TCVN 5712:1993, VN3: letters of Latin-1 by place; capitals with a tone have no code of their own.
_TCVN3: Final = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)


def _letters(text: str) -> list[tuple[str, str, str]]:
    """Base, shape (circumflex, breve, horn) and tone of every letter."""
    taken_apart = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES)
        taken_apart.append((base, "".join(mark for mark in marks if mark not in TONES), tone))
    return taken_apart


def tcvn3(text: str) -> str:
    """As a TCVN3 font holds it; of capitals with a tone the small letter's code."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_TCVN3.get(one, _TCVN3.get(one.lower(), one)) for one in composed)


def tcvn3_of_pdf(text: str) -> str:
    """TCVN3 behind the text layer of a PDF."""
    return tcvn3(text).replace("\u00ad", "\u2212").replace("\u00b5", "\u03bc")


_VNI_TONES: Final = {
    "": dict(zip(TONES, "øûõùï", strict=True)),
    "\u0302": dict(zip(TONES, "àåãáä", strict=True)) | {"": "â"},
    "\u0306": dict(zip(TONES, "èúüéë", strict=True)) | {"": "ê"},
}
_VNI_I: Final = dict(zip(TONES, "ìæóíò", strict=True))


def vni(text: str) -> str:
    """VNI: a vowel, and behind it one character for its mark and tone."""
    return "".join(_vni_letter(*one) for one in _letters(text))


def _vni_letter(base: str, shape: str, tone: str) -> str:
    code = base
    if base in "đĐ":
        code = "ñ"
    elif shape == "\u031b":
        code = {"o": "ô", "u": "ö"}[base.lower()] + _VNI_TONES[""].get(tone, "")
    elif base.lower() == "i" and tone:
        code = _VNI_I[tone]
    elif base.lower() == "y" and tone == TONES[4]:
        code = "î"
    elif shape or tone:
        code = base.lower() + _VNI_TONES[shape].get(tone, "")
    return code.upper() if base.isupper() else code


def decomposed_tones(text: str) -> str:
    """Letters with their shapes in one character, tones behind them."""
    return "".join(
        unicodedata.normalize("NFC", base + shape) + tone for base, shape, tone in _letters(text)
    )


def windows_1258(text: str) -> str:
    """Windows-1258, read as Windows-1252."""
    return decomposed_tones(text).encode("cp1258").decode("cp1252")


def utf_8(text: str) -> str:
    """UTF-8, read as browsers read Windows-1252: unused bytes become control characters."""
    content = unicodedata.normalize("NFC", text).encode()
    unused = b"\x81\x8d\x8f\x90\x9d"
    return "".join(chr(one) if one in unused else bytes([one]).decode("cp1252") for one in content)


def escaped(text: str) -> str:
    """As R prints it on Windows."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one if ord(one) < 0x100 else f"<U+{ord(one):04X}>" for one in composed)


OLD_ENCODINGS: Final[dict[str, Callable[[str], str]]] = {
    "tcvn3": tcvn3,
    "tcvn3-pdf": tcvn3_of_pdf,
    "vni": vni,
    "windows-1258": windows_1258,
    "utf-8": utf_8,
    "escaped": escaped,
}
