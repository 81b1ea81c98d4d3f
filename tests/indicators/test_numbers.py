"""Numbers and dates as Vietnamese offices write them; most examples were met in real sources."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal, parse_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.numbers import (
    DateFormatError,
    NumberFormatError,
    NumberLocale,
    format_date,
    format_number,
    number_from_cell,
    number_locale_of,
    parse_date,
    parse_number,
    parse_period,
)

locales = st.sampled_from(["vi", "en"])
# Up to ten thousand times the population of Viet Nam, with up to six decimals.
published_numbers = st.decimals(-(10**12), 10**12, places=6, allow_nan=False, allow_infinity=False)


class TestParseInADeclaredLocale:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("97,82", "97.82"),
            ("-0,75", "-0.75"),
            ("−0,75", "-0.75"),
            ("1.236.306", "1236306"),
            ("606.840", "606840"),
            ("1.112,80", "1112.80"),
            ("1112,80", "1112.80"),
            ("59", "59"),
            ("0", "0"),
            ("59,1 %", "59.1"),
            ("59,1%", "59.1"),
            ("\u00a0 96,07\u202f", "96.07"),
            ("+2", "2"),
            ("05", "5"),
        ],
    )
    def test_vietnamese(self, text: str, value: str) -> None:
        assert parse_number(text, "vi") == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("97.82", "97.82"),
            ("606.840", "606.840"),
            ("1,236,306.5", "1236306.5"),
            ("7627", "7627"),
        ],
    )
    def test_english(self, text: str, value: str) -> None:
        assert parse_number(text, "en") == Decimal(value)

    def test_decimals_keep_the_places_that_were_written(self) -> None:
        assert str(parse_number("0,90", "vi")) == "0.90"

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "12.5",
                "0.840",
                "1.2345",
                "1.234.56",
                "12.34.567",
                "1,234,567",
            ),  # not by this locale
            *("", "   ", "%", "-", "–", "..", "…", "NA", "n/a"),  # nothing, and marks for missing
            *("8,2(*)", "332,1*", "khoảng 60", "13/22", "13-22"),  # more than a number
            *("5,", ",5", "1 234", "1e5", "1_000", "--5", "5-", "5%%"),  # not written out properly
            *("١٢", "²", "½", "nan", "inf", "Infinity"),  # what a lenient reader would take
        ],
    )
    def test_refuses(self, text: str) -> None:
        with pytest.raises(NumberFormatError):
            parse_number(text, "vi")

    def test_refusal_offers_the_reading_of_the_other_locale(self) -> None:
        with pytest.raises(NumberFormatError) as caught:
            parse_number("12.5", "vi")
        assert caught.value.text == "12.5"
        assert caught.value.readings == (Decimal("12.5"),)
        assert "hãy viết 12,5" in caught.value.reason_vi
        assert "write 12,5" in caught.value.reason_en

    def test_message_has_vietnamese_first_and_an_example_in_the_locale_of_the_file(self) -> None:
        with pytest.raises(NumberFormatError) as caught:
            parse_number("8,2(*)", "vi")
        assert str(caught.value).startswith("“8,2(*)” không phải là số")
        assert "1234,5" in caught.value.reason_vi
        assert caught.value.readings == ()

    def test_message_shortens_a_paragraph_in_a_number_cell(self) -> None:
        with pytest.raises(NumberFormatError) as caught:
            parse_number("chưa có số liệu " * 50, "vi")
        assert len(caught.value.reason_vi) < 160

    @given(published_numbers, st.integers(0, 6), locales)
    @example(Decimal("-0.4"), 0, "vi")
    def test_reads_back_what_is_printed(
        self, value: Decimal, decimals: int, locale: NumberLocale
    ) -> None:
        printed = format_number(value, decimals, locale)
        assert abs(parse_number(printed, locale) - value) <= Decimal(5).scaleb(-decimals - 1)
        assert format_number(parse_number(printed, locale), decimals, locale) == printed

    @given(published_numbers, locales)
    def test_agrees_with_babel(self, value: Decimal, locale: NumberLocale) -> None:
        printed = format_decimal(value, format="#,##0.######", locale=locale)
        assert parse_number(printed, locale) == parse_decimal(printed, locale=locale, strict=True)


class TestParseWithoutALocale:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("13,75", "13.75"),
            ("13.75", "13.75"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1.236.306", "1236306"),
            ("1234,567", "1234.567"),
            ("0,840", "0.840"),
            ("59", "59"),
            ("−2,5 %", "-2.5"),
        ],
    )
    def test_reads_what_has_one_reading(self, text: str, value: str) -> None:
        assert parse_number(text, None) == Decimal(value)

    @pytest.mark.parametrize(
        ("text", "readings"),
        [
            ("606.840", ("606840", "606.840")),
            ("-1,234", ("-1.234", "-1234")),
            ("1.000 %", ("1000", "1")),
        ],
    )
    def test_refuses_two_readings_and_names_both(
        self, text: str, readings: tuple[str, str]
    ) -> None:
        with pytest.raises(NumberFormatError) as caught:
            parse_number(text, None)
        assert caught.value.readings == tuple(map(Decimal, readings))

    def test_names_the_readings_in_the_message(self) -> None:
        with pytest.raises(NumberFormatError) as caught:
            parse_number("606.840", None)
        assert "606840 hoặc 606,84" in caught.value.reason_vi
        assert "606840 or 606.84" in caught.value.reason_en

    @given(st.from_regex(r"-?[0-9]{1,7}([.,][0-9]{1,3}){0,3}", fullmatch=True))
    @example("606.840")
    def test_never_chooses_between_two_readings(self, text: str) -> None:
        readings = {
            value for locale in ("vi", "en") if (value := self._value(text, locale)) is not None
        }
        if len(readings) == 1:
            assert parse_number(text, None) in readings
        else:
            with pytest.raises(NumberFormatError):
                parse_number(text, None)

    @staticmethod
    def _value(text: str, locale: NumberLocale) -> Decimal | None:
        try:
            return parse_number(text, locale)
        except NumberFormatError:
            return None


class TestLocaleOfAFile:
    @pytest.mark.parametrize(
        ("texts", "locale"),
        [
            (["606.840", "97,82", "59"], "vi"),
            (["606.840", "1.236.306"], "vi"),
            (["606.840", "97.82", "Hà Nội", ".."], "en"),
            (["606.840", "59", "1,234"], None),
            (["97,82", "97.82"], None),
            (["Hà Nội", ""], None),
            ([], None),
        ],
    )
    def test_evidence_decides(self, texts: list[str], locale: NumberLocale | None) -> None:
        assert number_locale_of(texts) == locale


class TestNumberFromCell:
    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            (59, "59"),
            (59.0, "59"),
            (0.0, "0"),
            (-0.75, "-0.75"),
            (97.82, "97.82"),
            (0.1 + 0.2, "0.3"),
            (99.241384289044, "99.2413842890"),
            (28283.62480292849, "28283.6248029"),
            (2.0000000000000004, "2"),
            (1234567890123.0, "1234567890123"),
            (12345678901234567, "12345678901234567"),
        ],
    )
    def test_gives_the_number_that_was_typed(self, cell: float, value: str) -> None:
        assert number_from_cell(cell) == Decimal(value)

    @pytest.mark.parametrize("cell", [True, False, float("nan"), float("inf"), float("-inf")])
    def test_refuses_what_is_no_number(self, cell: float) -> None:
        with pytest.raises(NumberFormatError):
            number_from_cell(cell)

    @given(st.decimals(-(10**8), 10**8, places=3))
    def test_a_typed_decimal_survives_the_spreadsheet(self, typed: Decimal) -> None:
        assert number_from_cell(float(typed)) == typed


class TestFormatNumber:
    @pytest.mark.parametrize(
        ("value", "decimals", "vi", "en"),
        [
            (Decimal("1234567.85"), 1, "1.234.567,9", "1,234,567.9"),
            (Decimal("1234567.84"), 1, "1.234.567,8", "1,234,567.8"),
            (Decimal("59.05"), 1, "59,1", "59.1"),
            (Decimal("-2.5"), 0, "−3", "−3"),
            (Decimal("0.125"), 2, "0,13", "0.13"),
            (2.675, 2, "2,68", "2.68"),
            (Decimal("-0.04"), 1, "0,0", "0.0"),
            (Decimal("-0"), 0, "0", "0"),
            (Decimal("111"), 1, "111,0", "111.0"),
            (Decimal("1E+4"), 0, "10.000", "10,000"),
            (999, 0, "999", "999"),
            (None, 1, "–", "–"),
            (float("nan"), 1, "–", "–"),
            (Decimal("NaN"), 1, "–", "–"),
        ],
    )
    def test_both_locales(
        self, value: Decimal | float | None, decimals: int, vi: str, en: str
    ) -> None:
        assert format_number(value, decimals) == vi
        assert format_number(value, decimals, "en") == en


class TestDates:
    @pytest.mark.parametrize(
        "text", ["05/03/2025", "5/3/2025", "05-03-2025", "2025-03-05", " 5/3/2025\u00a0"]
    )
    def test_day_comes_before_month(self, text: str) -> None:
        assert parse_date(text) == date(2025, 3, 5)

    @pytest.mark.parametrize(
        "text", ["31/02/2026", "29/2/2025", "04/13/2026", "00/01/2026", "2026-02-30", "1/1/0000"]
    )
    def test_refuses_a_day_that_the_calendar_lacks(self, text: str) -> None:
        with pytest.raises(DateFormatError, match="không có trong lịch"):
            parse_date(text)

    @pytest.mark.parametrize(
        "text", ["21/11/26", "21/11", "21-11/2026", "2026/11/21", "45982", "hôm nay", ""]
    )
    def test_refuses_other_forms_with_an_example(self, text: str) -> None:
        with pytest.raises(DateFormatError, match="21/11/2026"):
            parse_date(text)

    def test_format(self) -> None:
        assert format_date(date(2026, 3, 5)) == "05/03/2026"
        assert format_date(date(2026, 11, 21), "en") == "21 Nov 2026"

    @given(st.dates())
    def test_reads_back_what_is_printed(self, day: date) -> None:
        assert parse_date(format_date(day)) == day
        assert parse_date(day.isoformat()) == day


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "period"),
        [("2025", "2025"), ("2025-S1", "2025-S1"), (" 2025-s2 ", "2025-S2")],
    )
    def test_years_and_half_years(self, text: str, period: str) -> None:
        assert parse_period(text) == period

    @pytest.mark.parametrize(
        "text", ["", "25", "1875", "2025-S3", "2025-Q1", "2025.0", "2024-2025", "Sơ bộ 2019"]
    )
    def test_refuses_other_forms(self, text: str) -> None:
        with pytest.raises(DateFormatError, match="2025-S1"):
            parse_period(text)
