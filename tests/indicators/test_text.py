"""Names and labels as they are stored and as they are compared; examples met in real sources."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.text import fold, harmless, normalise


class TestNormalise:
    @pytest.mark.parametrize(
        ("text", "stored"),
        [
            ("     Hà Nội", "Hà Nội"),
            ("\u00a0Thai  Nguyen", "Thai Nguyen"),
            ("Quảng\u202f\u2009Nam", "Quảng Nam"),
            ("Sơ bộ -\nPrel. 2017", "Sơ bộ - Prel. 2017"),
            ("\ufeffTỉnh\u200b", "Tỉnh"),
            ("\u200eHuế\u202c", "Huế"),
            ("Thi\u0323 xa\u0303", "Thị xã"),
            ("TP.Hồ Chí Minh", "TP.Hồ Chí Minh"),
            ("Ðắk Lắk", "Ðắk Lắk"),  # a wrong letter is kept: it is evidence, not space
            ("B\u00adí th", "B\u00adí th"),  # in TCVN3 the soft hyphen is the letter ư
            ("", ""),
        ],
    )
    def test_examples(self, text: str, stored: str) -> None:
        assert normalise(text) == stored

    @given(st.text())
    def test_is_final_and_composed(self, text: str) -> None:
        once = normalise(text)
        assert normalise(once) == once
        assert unicodedata.is_normalized("NFC", once)


class TestFold:
    @pytest.mark.parametrize(
        "spellings",
        [
            ["TP.Hồ Chí Minh", "TP. Hồ Chí Minh", "Tp. Hồ Chí Minh", "TP Ho Chi Minh"],
            ["Thừa Thiên Huế", "Thừa Thiên-Huế", "Thừa Thiên - Huế", "Thua Thien-Hue"],
            ["Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu", "Ba Ria Vung Tau", "BÀ RỊA_VŨNG TÀU"],
            ["Hòa Bình", "Hoà Bình", "hoa\u0300 bi\u0300nh", "Hoa  Binh"],
            ["Đắk Lắk", "Ðắk Lắk", "đắk lắk", "ĐẮK LẮK", "Dak Lak"],
            ["Ðà Nẵng", "Đà Nẵng", "Da Nang", "\u00a0Đà Nẵng"],
            ["Ea H'leo", "Ea H’leo", "Ea Hleo"],
            ["Tổng cục trƣởng", "Tổng cục trưởng"],
            ["CẢ NƯỚC", " Cả nước", "Ca nuoc"],
        ],
    )
    def test_one_name_in_many_spellings(self, spellings: list[str]) -> None:
        assert len({fold(spelling) for spelling in spellings}) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Bắc Kạn", "Bắc Cạn"), ("Hà Nam", "Hà Nội"), ("Quảng Bình", "Quảng Ninh")],
    )
    def test_different_letters_stay_different(self, one: str, other: str) -> None:
        assert fold(one) != fold(other)

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Quận 1", "quan 1"),
            ("Tỷ lệ nữ (%)", "ty le nu"),
            ("..", ""),
            ("Tỉnh Quang Bình", "tinh quang binh"),
        ],
    )
    def test_result(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @given(st.text())
    def test_is_final_and_blind_to_normalisation(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)
        assert fold(normalise(text)) == fold(text)


class TestHarmless:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra"])
    def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(self, text: str) -> None:
        assert harmless(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "Hà Nội", "1=1", " =1", "−5", "'=1"])
    def test_other_texts_stay(self, text: str) -> None:
        assert harmless(text) == text
