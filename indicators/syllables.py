"""What a Vietnamese syllable can be: the evidence by which text of old encodings is recognised.

Names of places from the languages of the highlands (Krông Búk, Ia Pnôn, Đắk Lắk) count as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = frozenset("\u0300\u0309\u0303\u0301\u0323")  # huyền hỏi ngã sắc nặng
_OF_STOPS: Final = frozenset("\u0301\u0323")

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
_STOP: Final = re.compile("(?:c|ch|p|t)$")  # such a syllable has tone sắc or nặng, or none written
# "BÕn", "HuÕ", "NéI", "PHUì": a font's codes look like this; a person's capitals ("KRông") do not.
_MIXED_CASE: Final = re.compile("(?<=.)Z[az]|aZ|zA|A{3}z+$")
# ce, nga, gha: never written so.
_MISSPELT: Final = re.compile("(?:c|ng)[eêiy]|g[eê]|n?gh[^eêi]")
# The tone stands on the vowel, not on what glides behind it: "haỉ", "lưạ"; "hoà", "quý", "gió" do.
_TONED_GLIDE: Final = re.compile("(?<!^q)(?<!^g)(?:[aăâeêioôơuưy][iuoy]|[iuư]a)$")
_LEVEL_ONLY: Final = "oong"
_ABBREVIATION: Final = re.compile("[A-ZĂÂĐÊÔƠƯ]{2,6}")
_OF_VNI: Final = re.compile(
    "[AEO]Â|AÊ"
)  # its letters Â, Ô, Ê, Ă: no two such vowels meet elsewhere


def is_syllable(word: str) -> bool:
    """Whether it is one in lower, title or upper case, the tone on whatever letter."""
    return _toneless(word) is not None


def is_well_spelt(word: str) -> bool:
    """Whether it is a syllable as dictionaries spell it, the tone on the right vowel."""
    toneless = _toneless(word)
    if toneless is None or _MISSPELT.match(toneless):
        return False
    letters = unicodedata.normalize("NFC", word).lower()
    toned = [at for at, one in enumerate(letters) if _TONES & set(_decomposed(one))]
    if not toned:
        return True
    if toneless.endswith(_LEVEL_ONLY):
        return False
    is_last = toned[0] == len(toneless) - 1
    return not (is_last and toneless[-2:] != "uy" and _TONED_GLIDE.search(toneless))


def is_abbreviation(word: str) -> bool:
    """HĐND, GDĐT, and names such as YÔNG: capitals without a tone."""
    return _ABBREVIATION.fullmatch(word) is not None and not _OF_VNI.search(word)


@lru_cache(maxsize=10_000)  # a file has few different words
def _toneless(word: str) -> str | None:
    """The syllable in lower case without its tone; ``None`` for what is none."""
    if _MIXED_CASE.search("".join(_case_of(letter) for letter in word)):
        return None
    bare = _decomposed(word.lower())
    toneless = unicodedata.normalize("NFC", "".join(one for one in bare if one not in _TONES))
    tones = [one for one in bare if one in _TONES]
    if len(tones) > 1 or (tones and tones[0] not in _OF_STOPS and _STOP.search(toneless)):
        return None
    return toneless if _SYLLABLE.fullmatch(toneless) else None


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _case_of(letter: str) -> str:
    """A or a for plain letters, Z or z for accented ones, nothing for marks and signs."""
    upper = letter.isupper()
    if letter.isascii():
        return "A" if upper else "a"
    return "Z" if upper else "z" if letter.islower() else ""
