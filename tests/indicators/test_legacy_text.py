"""Old encodings, cell by cell; the examples stood in yearbooks, workbooks and web pages."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.legacy_text import _TCVN3, encoding_of, readings, to_unicode


@pytest.mark.parametrize(
    ("text", "unicode"),
    [
        ("Hµ Néi", "Hà Nội"),
        ("B¾c Ninh", "Bắc Ninh"),
        ("§¾k L¾k", "Đắk Lắk"),
        ("§¾K L¾K", "ĐẮK LẮK"),  # capitals hold small-letter codes
        ("Hµ t©y", "Hà tây"),
        ("Thõa Thiªn - HuÕ", "Thừa Thiên - Huế"),
        ("TP. Hå ChÝ Minh", "TP. Hồ Chí Minh"),
        ("Bµ RÞa - Vòng Tµu", "Bà Rịa - Vũng Tàu"),
        ("S¬ bé", "Sơ bộ"),
        ("N÷ - Female", "Nữ - Female"),
        ("TiÒn Giang", "Tiền Giang"),
        ("BÕn Tre", "Bến Tre"),
        ("Thanh hãa", "Thanh hóa"),  # every code of it is a letter of Unicode Vietnamese too
        ("H¶i d\u00ad¬ng", "Hải dương"),
        ("Së GD§T", "Sở GDĐT"),
        ("H¶i D\u2212¬ng", "Hải Dương"),  # a PDF's minus
        ("®Þa ph\u2212¬ng", "địa phương"),
        ("v\u03bc", "và"),  # a PDF's Greek mu
        ("C¶ n\u2212íc - Whole country", "Cả nước - Whole country"),
        ("Haø Noäi", "Hà Nội"),
        ("Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"),
        ("ÑAØ NAÜNG", "ĐÀ NẴNG"),
        ("Viêòt Nam", "Việt Nam"),
        ("Ngƣời - Person", "Người - Person"),
        ("BỘ KẾ HOẠCH VÀ ĐẦU TƢ", "BỘ KẾ HOẠCH VÀ ĐẦU TƯ"),
        ("Ðịa phương", "Địa phương"),
        ("Ðông Nam Bộ", "Đông Nam Bộ"),
        ("B<U+1EAE>C C<U+1EA0>N", "BẮC CẠN"),
    ],
)
def test_old_text_becomes_unicode_once(text: str, unicode: str) -> None:
    assert to_unicode(text) == unicode
    assert to_unicode(unicode) == unicode


@pytest.mark.parametrize(
    "text",
    [
        "Nữ - Female",  # the Unicode row of a TCVN3 table
        "Bé",  # also TCVN3 for Bộ: one word that is good Vietnamese is left
        "Bí th",  # the soft hyphen of "thư" is gone for good
        "Café",
        "Müller",
        "Intel®",
        "«Vì người nghèo»",
        "5 µm",
        "§ 5",
        "\u22125,2",
        "10 × 5",
        "2019\u22122020",
        "Nghe An¹",
        "Ia Púch",
        "KRông Búk",
    ],
)
def test_what_needs_nothing_passes_unchanged(text: str) -> None:
    assert to_unicode(text) == text


def test_no_name_of_the_catalogue_is_taken_for_an_old_encoding() -> None:
    catalogue = load_catalogue()
    names = {*catalogue.localities["name_vi"], *catalogue.localities["name_en"]}
    names |= {*catalogue.indicators["name_vi"], *catalogue.targets["name_vi"]}
    assert [name for name in names if encoding_of(name)] == []


def test_an_ambiguous_name_keeps_its_readings() -> None:
    assert encoding_of("Hoà Chí Minh") is None
    assert "Hồ Chí Minh" in readings("Hoà Chí Minh")


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv on this machine")
def test_the_table_of_tcvn3_is_that_of_iconv() -> None:
    codes = "".join(code for code in _TCVN3 if code < "\u0100")
    read = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
        input="\n".join(codes).encode("latin-1"),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert unicodedata.normalize("NFC", read).split("\n") == [_TCVN3[code] for code in codes]


@pytest.mark.parametrize("name", ["Nội vụ", "Nghệ An", "Quảng Ngãi", "Hội Phụ nữ", "Việt Nam"])
def test_windows_1258_read_as_1252(name: str) -> None:
    """That code page writes most tones as a character of their own behind the vowel."""
    split = ""
    for letter in name:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        shape = "".join(mark for mark in marks if mark not in tone)
        split += unicodedata.normalize("NFC", base + shape) + tone
    assert to_unicode(split.encode("cp1258").decode("cp1252")) == name


@given(st.text())
def test_converting_twice_does_no_harm(text: str) -> None:
    once = to_unicode(text)
    assert to_unicode(once) == once or encoding_of(text) is None
