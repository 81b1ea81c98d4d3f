"""Marks around numbers and years, as they stand in yearbooks and PX-Web tables."""

import pytest

from indicators.cell_marks import (
    Header,
    MarkedNumber,
    MarkedPeriod,
    is_missing_mark,
    read_header,
    read_period,
    split_number,
)
from indicators.numbers import DateFormatError


@pytest.mark.parametrize(
    ("text", "number", "mark", "is_provisional"),
    [
        ("8,2(*)", "8,2", "(*)", True),
        ("332,1 (*)", "332,1", "(*)", True),
        ("59,1 % (*)", "59,1 %", "(*)", True),
        ("8,2¹", "8,2", "¹", False),
        ("8,2(1)", "8,2", "(1)", False),
        ("8,2 (1)", "8,2 (1)", "", False),  # two numbers: nobody can say
        ("(5)", "(5)", "", False),
        ("1.234,5", "1.234,5", "", False),
        ("nhiều*", "nhiều*", "", False),
    ],
)
def test_footnote_marks(text: str, number: str, mark: str, is_provisional: bool) -> None:
    found = split_number(text)
    assert found == MarkedNumber(number, mark)
    assert found.is_provisional == is_provisional


@pytest.mark.parametrize("text", ["..", "...", "…", "-", "–", "NA", "na", "n/a", "", " "])
def test_missing_marks(text: str) -> None:
    assert is_missing_mark(text)


@pytest.mark.parametrize("text", ["0", "0,0", "-0,75", "..5", "không"])
def test_no_missing_marks(text: str) -> None:
    assert not is_missing_mark(text)


@pytest.mark.parametrize(
    ("text", "year", "is_provisional", "is_school_year"),
    [
        ("2024", "2024", False, False),
        ("2025-S1", "2025-S1", False, False),
        (" Prel. 2016", "2016", True, False),
        ("Prel.2016", "2016", True, False),
        ("Pre. 2016", "2016", True, False),
        ("Pre..2016", "2016", True, False),
        ("prel_2016", "2016", True, False),
        ("Sơ bộ 2019", "2019", True, False),
        ("Sơ bộ - Prel. 2021", "2021", True, False),
        ("Sơ bộ - /\nPrel 2017", "2017", True, False),
        ("S¬ bé - Prel. 2011", "2011", True, False),
        ("X2010", "2010", False, False),
        ("2019 (*)", "2019", False, False),
        ("1995 -1996", "1995", False, True),
        (" 2013-2014", "2013", False, True),
        ("Sơ bộ 2019-2020", "2019", True, True),
        ("Prel. 2016-2017", "2016", True, True),
    ],
)
def test_periods(text: str, year: str, is_provisional: bool, is_school_year: bool) -> None:
    assert read_period(text) == MarkedPeriod(year, is_provisional, is_school_year)


@pytest.mark.parametrize("text", ["2015-2020", "2010 2011", "20 19", "12345", "năm ngoái", ""])
def test_no_single_period(text: str) -> None:
    with pytest.raises(DateFormatError):
        read_period(text)


@pytest.mark.parametrize(
    ("text", "measure", "year", "is_provisional"),
    [
        ("Male Prel. 2016", "Male", "2016", True),
        ("2004 Tổng số", "Tổng số", "2004", False),
        ("Tổng số 1995", "Tổng số", "1995", False),
        ("Tổng số Sơ bộ 2019", "Tổng số", "2019", True),
        ("Sơ bộ 2018 Tổng số", "Tổng số", "2018", True),
        ("X2010.General.average", "General average", "2010", False),
        (
            "2019 (*) Dân số trung bình (Nghìn người)",
            "Dân số trung bình (Nghìn người)",
            "2019",
            False,
        ),
    ],
)
def test_a_measure_beside_the_year(
    text: str, measure: str, year: str, is_provisional: bool
) -> None:
    assert read_header(text) == Header(measure, MarkedPeriod(year, is_provisional, False))


def test_a_heading_without_one_year_is_none() -> None:
    assert read_header("Female") is None
    assert read_header("2019 so với 2018") is None
