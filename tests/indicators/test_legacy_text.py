"""Old encodings, cell by cell; the examples stood in yearbooks, workbooks and web pages."""

import csv
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.legacy_text import _TCVN3, encoding_of, equal_readings, readings, to_unicode
from tests.support.old_encodings import OLD_ENCODINGS, windows_1258

CHECK_RULES = Path(__file__).parents[2] / "etl" / "check_rules.csv"


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
        ("BÝ th\u00ad, th\u00adêng vô", "Bí thư, thường vụ"),
        ("Tæng côc tr\u00adëng", "Tổng cục trưởng"),
        ("B¾c Ninh¹", "Bắc Ninh¹"),  # a footnote, though ¹ is also the code of ạ
        ("H¹ Long", "Hạ Long"),
        ("An B¸", "An Bá"),
        ("AN B¸", "AN BÁ"),  # the whole cell is in capitals
        ("Söa c¸c « ®á", "Sửa các ô đỏ"),
        ("HAØ GIANG", "HÀ GIANG"),  # TCVN3 would be HAỈ, which nobody spells
        ("AN CÖ", "AN CƯ"),  # TCVN3 would be CỆ
        ("HÃ\u00a0 Ná»™i", "Hà Nội"),  # UTF-8 read as Windows-1252
        ("Báº¯c Káº¡n", "Bắc Kạn"),
        ("Ä\u0090áº¯k Láº¯k", "Đắk Lắk"),
        ("Thá»«a ThiÃªn â€“ Huáº¿", "Thừa Thiên – Huế"),
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
        "SRó",
        "EA YÔNG",
        "Quang Tri¹",  # a footnote
        "GENÈVE",
        "Genève",
        "São Paulo",
        "Médecins Sans Frontières",
        "Société Générale",
        "Côte d'Ivoire",
        "CÔTE D'IVOIRE",
        "Türkiye",
        "Zürich",
        "Ngân hàng Société Générale",
    ],
)
def test_what_needs_nothing_passes_unchanged(text: str) -> None:
    assert to_unicode(text) == text


def catalogue_texts() -> set[str]:
    catalogue = load_catalogue()
    names = {*catalogue.localities["name_vi"], *catalogue.localities["name_en"]}
    names |= {*catalogue.indicators["name_vi"], *catalogue.targets["name_vi"]}
    with CHECK_RULES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names |= {row["message_vi"], row["advice_vi"], row["message_en"], row["advice_en"]}
    return names


def test_no_text_of_the_catalogue_is_taken_for_an_old_encoding() -> None:
    texts = catalogue_texts()
    assert len(texts) > 8000
    for text in texts:
        assert to_unicode(text) == text
        assert to_unicode(text.upper()) == text.upper()
        decomposed = to_unicode(unicodedata.normalize("NFD", text))
        assert unicodedata.normalize("NFC", decomposed) == text


def test_an_ambiguous_name_keeps_its_readings() -> None:
    assert encoding_of("Hoà Chí Minh") is None
    assert "Hồ Chí Minh" in readings("Hoà Chí Minh")


@pytest.mark.skipif(sys.platform == "win32", reason="iconv comes with the C library of Linux")
def test_the_table_of_tcvn3_is_that_of_iconv() -> None:
    codes = "".join(code for code in _TCVN3 if code < "\u0100")
    read = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
        input="\n".join(codes).encode("latin-1"),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert unicodedata.normalize("NFC", read).split("\n") == [_TCVN3[code] for code in codes]


def test_two_encodings_may_explain_a_cell_equally_well() -> None:
    assert equal_readings("An Cö") == ["An Cử", "An Cư"]
    assert equal_readings("Hµ Néi") == ["Hà Nội"]
    assert equal_readings("Hà Nội") == []


SENTENCES = sorted({*load_catalogue().indicators["name_vi"], *load_catalogue().targets["name_vi"]})


@pytest.mark.parametrize("encoding", OLD_ENCODINGS)
@given(st.sampled_from(SENTENCES))
def test_what_was_encoded_is_read_back(encoding: str, sentence: str) -> None:
    old = OLD_ENCODINGS[encoding](sentence)
    assert to_unicode(old) == sentence
    assert to_unicode(to_unicode(old)) == sentence


@pytest.mark.parametrize("encoding", ["tcvn3", "tcvn3-pdf", "vni", "windows-1258"])
@given(st.sampled_from(SENTENCES))
def test_capitals_are_read_back(encoding: str, sentence: str) -> None:
    assert to_unicode(OLD_ENCODINGS[encoding](sentence.upper())) == sentence.upper()


@pytest.mark.parametrize("name", ["Nội vụ", "Nghệ An", "Quảng Ngãi", "Hội Phụ nữ", "Việt Nam"])
def test_windows_1258_read_as_1252(name: str) -> None:
    """That code page writes most tones as a character of their own behind the vowel."""
    assert to_unicode(windows_1258(name)) == name


@given(st.text())
def test_converting_twice_does_no_harm(text: str) -> None:
    once = to_unicode(text)
    assert to_unicode(once) == once or encoding_of(text) is None
