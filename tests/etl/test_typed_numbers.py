"""Numbers as offices and publishers type them, from the file to the stored value or the finding.

How a file writes numbers is judged by the whole file: what one locale alone can read speaks for it.
"""

from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest

from etl.check import CheckedBatch
from tests.support.forms import Value, observation

Check = Callable[..., CheckedBatch]
SHARE = observation("WOMEN_ENTERPRISE_DIRECTORS")


def read(
    check: Check, *values: Value, locale: str | None = None, ending: str = ".xlsx"
) -> CheckedBatch:
    """Each value as population of another year, so that every line is a figure of its own."""
    lines = [
        observation("POPULATION", reported_value=value, time_period=2021 + place)
        for place, value in enumerate(values)
    ]
    return check(*lines, ending=ending, number_locale=locale, locality="VN")


def findings(batch: CheckedBatch) -> list[tuple[str, str | None]]:
    errors = batch.issues.filter(pl.col("severity") == "error")
    return errors.select("code", "value").rows()


def values(batch: CheckedBatch) -> list[Decimal | None]:
    return batch.observations["obs_value"].to_list()


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    ("texts", "locale", "numbers"),
    [
        (["1.236.306", "606.840", "59"], "vi", ["1236306", "606840", "59"]),
        (["97,82", "606.840", "0,90"], "vi", ["97.82", "606840", "0.9"]),
        (["1,236,306.5", "606.840", "59"], "en", ["1236306.5", "606.84", "59"]),
        (["97.82", "606.840", "1,112.80"], "en", ["97.82", "606.84", "1112.8"]),
        (["96,1", "96,05", "96,07"], "vi", ["96.1", "96.05", "96.07"]),  # mixed precision
        (["99.241384289044", "28283.62480292849"], "en", ["99.241384289", "28283.624802928"]),
        (["1236306", "59"], None, ["1236306", "59"]),  # nothing to judge by, nothing to doubt
        (["97,82", "97.81"], None, ["97.82", "97.81"]),  # each has one reading
    ],
)
def test_the_whole_file_tells_its_locale(
    check: Check, ending: str, texts: list[str], locale: str | None, numbers: list[str]
) -> None:
    batch = read(check, *texts, ending=ending)
    assert findings(batch) == []
    assert batch.submissions["number_locale"].to_list() == [locale]
    assert values(batch) == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    "texts",
    [
        ["606.840"],
        ["606.840", "59", "1236306"],  # whole numbers say nothing
        ["606.840", "97,82", "97.81"],  # speaks for both: each doubtful cell is refused
    ],
)
def test_a_number_with_two_readings_is_refused_with_both(check: Check, texts: list[str]) -> None:
    batch = read(check, *texts)
    assert findings(batch) == [("AMBIGUOUS_NUMBER", "606.840")]
    assert "606840 / 606,840" in batch.issues["message_vi"][0]
    assert batch.submissions["number_locale"].to_list() == [None]


def test_a_declared_locale_goes_before_evidence(check: Check) -> None:
    batch = read(check, "606.840", "97,82", locale="en")
    assert findings(batch) == [("OTHER_NUMBER_STYLE", "97,82")]


@pytest.mark.parametrize(
    ("text", "number", "warning"),
    [
        ("96,5 %", "96.5", None),
        ("96,5%", "96.5", None),
        ("\u00a096,5\u202f", "96.5", None),
        ("\ufeff96,5", "96.5", None),
        ("+96,5", "96.5", None),
        ("8,2(*)", "8.2", None),
        ("332,1(*)", "332.1", None),
        ("96,5¹", "96.5", "FOOTNOTE_MARK"),
        ("96,5²", "96.5", "FOOTNOTE_MARK"),
        ("96,5³", "96.5", "FOOTNOTE_MARK"),
        ("96,5(1)", "96.5", "FOOTNOTE_MARK"),
        (99.241384289044, "99.241384289", None),
        (28283.62480292849, "28283.624802928", None),
    ],
)
def test_what_stands_beside_a_number_is_taken_off(
    check: Check, text: Value, number: str, warning: str | None
) -> None:
    batch = read(check, text)
    assert findings(batch) == []
    assert values(batch) == [Decimal(number)]
    assert batch.issues["code"].to_list() == ([warning] if warning else [])


@pytest.mark.parametrize("minus", ["-", "\u2212"])
def test_both_signs_of_minus_are_read(check: Check, minus: str) -> None:
    assert findings(read(check, f"{minus}0,75")) == [("OUT_OF_LIMITS", f"{minus}0,75")]


@pytest.mark.parametrize("locale", [None, "vi", "en"])
@pytest.mark.parametrize(
    "text",
    [
        *("1 112,8", "1\u00a0112,8", "1\u2009112,8", "1\u202f112,8"),  # may be two numbers
        *("1'112,8", "1’112,8", "1_112"),
        *("1.234.56", "12,34,567", "1,,5", "110.", ",5", "1.1,1.1"),
        *("1e5", "1.1e2", "0x1F", "Infinity"),
        *("١١٠", "１１０", "½", "²", "Ⅳ", "一"),
        *("~110", ">110", "110-112", "(110,5)", "110,5 người", "5/7", "=1+1", "không có"),
        *("8,2 (1)", "8,2(*)(*)", "*"),
    ],
)
def test_what_is_no_number_is_refused_and_never_crashes(
    check: Check, text: str, locale: str | None
) -> None:
    batch = read(check, text, locale=locale)
    [(code, value)] = findings(batch)
    assert code == "NOT_A_NUMBER"
    assert value == " ".join(text.split())
    assert batch.observations.height == 0


def test_a_comma_that_was_dropped_leads_out_of_the_limits_of_a_percentage(check: Check) -> None:
    assert findings(check(SHARE | {"reported_value": "9360"})) == [("OUT_OF_LIMITS", "9360")]


def test_a_doubtful_cell_is_named_where_it_stands(check: Check) -> None:
    batch = check(SHARE | {"numerator": "606.840", "denominator": "1200"}, number_locale=None)
    assert batch.issues.select("code", "cell").rows() == [("AMBIGUOUS_NUMBER", "J4")]


MISSING = ("..", "...", "…", "-", "–", "—", "\u2212", "NA", "na", "n/a")


@pytest.mark.parametrize("mark", MISSING)
def test_a_missing_mark_never_becomes_zero(check: Check, mark: str) -> None:
    batch = read(check, mark, "97,82")
    assert findings(batch) == []
    statuses = batch.observations.select("obs_value", "obs_status").rows()
    assert statuses == [(None, "M"), (Decimal("97.82"), "A")]


def test_an_empty_cell_is_no_figure_at_all(check: Check) -> None:
    assert values(read(check, None, "97,82")) == [Decimal("97.82")]


@pytest.mark.parametrize("mark", MISSING)
@pytest.mark.parametrize("place", ["numerator", "denominator"])
def test_a_share_with_a_missing_part_is_missing(check: Check, mark: str, place: str) -> None:
    counts = {"numerator": 147, "denominator": 294} | {place: mark}
    batch = check(SHARE | counts)
    assert [value for value in values(batch) if value is not None] == []


def test_a_mark_that_means_zero_stays_missing(check: Check) -> None:
    """Divorces of Bắc Ninh 2014: total 147, provincial court "..", district courts 147."""
    batch = read(check, "147", "..", "147")
    assert batch.observations.select("obs_value", "obs_status").rows() == [
        (Decimal(147), "A"),
        (None, "M"),
        (Decimal(147), "A"),
    ]


def test_zero_is_zero(check: Check) -> None:
    assert values(read(check, "0", "0,0", 0)) == [0, 0, 0]
