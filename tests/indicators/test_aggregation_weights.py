"""Rates of which only the value is known: rebuilt with the weight that their indicator names."""

from decimal import Decimal
from typing import Any

import pytest

from tests.indicators.aggregation_example import (
    COUNT,
    NEW,
    OLD_A,
    OLD_B,
    RATE,
    Made,
    count,
    make,
    rate,
    share,
)
from tests.indicators.example import Row, indicator, observed, succession

A, B = rate(10, OLD_A), rate(50, OLD_B)
WEIGHTS = [count(100, OLD_A), count(300, OLD_B)]


def test_a_rate_is_the_mean_of_its_parts_by_their_weights() -> None:
    """10 % of 100 and 50 % of 300 make 40 %."""
    row = make([A, B, *WEIGHTS]).of(NEW)
    assert (row["obs_value"], row["origin"], row["coverage"]) == (40, "weighted", 1.0)
    assert (row["numerator"], row["denominator"], row["obs_status"]) == (None, None, "E")


def test_the_parts_say_their_weight_and_where_it_comes_from() -> None:
    made = make([A, B, *WEIGHTS])
    whole = made.of(NEW)["observation_id"]
    assert [tuple(part.values()) for part in made.parts if part["observation_id"] == whole] == [
        (whole, "o:0", 100, "o:2"),
        (whole, "o:1", 300, "o:3"),
    ]


def test_a_break_in_a_part_stays_a_break() -> None:
    assert make([A | {"obs_status": "B"}, B, *WEIGHTS]).of(NEW)["obs_status"] == "B"


@pytest.mark.parametrize(
    ("flag", "value"), [("is_synthetic", True), ("confidence", "reported"), ("conf_status", "C")]
)
def test_what_is_doubtful_in_a_weight_is_so_in_the_value(flag: str, value: Any) -> None:
    made = make([A, B, WEIGHTS[0] | {flag: value}, WEIGHTS[1]])
    assert made.of(NEW)[flag] == value


def test_counts_do_not_take_the_flags_of_a_weight_that_only_says_how_much_is_covered() -> None:
    links = [succession(f"{part}@2004", NEW) for part in "123"]
    rows = [share(10, 40, f"{part}@2004", indicator_id="RATE") for part in "12"]
    sizes = {"1": 45, "2": 45, "3": 10}
    weights = [count(size, f"{part}@2004", is_synthetic=True) for part, size in sizes.items()]
    assert make([*rows, *weights], links).of(NEW)["is_synthetic"] is False


def test_counts_come_before_weights() -> None:
    """Numerators and denominators make the value even where a weight says otherwise."""
    rows = [share(10, 100, OLD_A, indicator_id="RATE"), share(150, 300, OLD_B, indicator_id="RATE")]
    row = make([*rows, count(1, OLD_A), count(9, OLD_B)]).of(NEW)
    assert (row["obs_value"], row["origin"]) == (40, "aggregated")


def test_where_only_some_parts_have_counts_all_are_weighted() -> None:
    mixed = [share(10, 1000, OLD_A, indicator_id="RATE"), B]
    row = make([*mixed, *WEIGHTS]).of(NEW)
    assert (row["obs_value"], row["origin"], row["numerator"]) == (
        Decimal("37.75"),  # (1 × 100 + 50 × 300) ÷ 400
        "weighted",
        None,
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([A, B], "weight_missing"),
        ([A, B, WEIGHTS[0]], "weight_missing"),
        ([A, B, WEIGHTS[0], count(300, OLD_B, sex="F")], "weight_missing"),
        ([A, B, WEIGHTS[0], count(300, OLD_B, breakdown="RESIDENCE.URBAN")], "weight_missing"),
        ([A, B, WEIGHTS[0], count(300, OLD_B, source_family="ADMIN")], "weight_missing"),
        ([A, B, WEIGHTS[0], count(300, OLD_B, definition="OTHER")], "weight_missing"),
        ([A, B, count(0, OLD_A), count(0, OLD_B)], "weight_missing"),
        ([A, *WEIGHTS], "low_coverage"),
        ([A, rate(None, OLD_B, obs_status="M"), *WEIGHTS], "low_coverage"),
    ],
    ids=[
        "no weight is known",
        "that of one part is not known",
        "it is of another sex",
        "it is of another group",
        "it is of another source than the other part's",
        "it is by another definition",
        "nobody is there to weigh by",
        "one part is missing",
        "one part has no value",
    ],
)
def test_nothing_is_made_without_the_weight_of_every_part(rows: list[Row], reason: str) -> None:
    made = make(rows)
    assert (NEW, reason) in made.reasons()
    assert not [row for row in made.rows if row["indicator_id"] == "RATE"]


def test_without_a_named_weight_rates_are_not_rebuilt() -> None:
    rows = [observed(2024, value, ref_area=place) for value, place in ((10, OLD_A), (50, OLD_B))]
    made = make([*rows, *WEIGHTS])
    assert (NEW, "no_weight") in made.reasons()


def test_a_gap_says_how_much_was_there() -> None:
    [gap] = make([A, *WEIGHTS]).gaps
    assert (gap["parts_present"], gap["parts_total"], gap["coverage"]) == (1, 2, 0.25)


def _with_a_small_part_missing(weight_of_missing: int, **options: Any) -> Made:
    """Two parts of 45 have a rate; the third, of so many, has none."""
    links = [succession(f"{part}@2004", NEW) for part in "123"]
    rates = [rate(10, "1@2004"), rate(20, "2@2004")]
    weights = [count(45, "1@2004"), count(45, "2@2004"), count(weight_of_missing, "3@2004")]
    return make([*rates, *weights], links, **options)


def test_enough_parts_by_weight_make_an_estimate_that_says_its_coverage() -> None:
    """90 of 100 are covered: exactly the least share."""
    row = _with_a_small_part_missing(10).of(NEW)
    assert (row["obs_value"], row["coverage"], row["obs_status"]) == (15, 0.9, "E")


def test_too_few_parts_by_weight_make_nothing() -> None:
    made = _with_a_small_part_missing(11)
    assert made.reasons() == [(NEW, "low_coverage")]
    assert made.gaps[0]["coverage"] == pytest.approx(90 / 101)


def test_the_least_share_is_a_parameter() -> None:
    assert _with_a_small_part_missing(11, minimum_coverage="0.89").of(NEW)["obs_value"] == 15
    assert _with_a_small_part_missing(10, minimum_coverage="0.91").reasons() != []


def test_counts_of_some_parts_make_a_rate_if_the_parts_weigh_enough() -> None:
    """The weight says how much is covered; the value comes from the counts."""
    links = [succession(f"{part}@2004", NEW) for part in "123"]
    rows = [share(10, 40, f"{part}@2004", indicator_id="RATE") for part in "12"]
    weights = [count(45, "1@2004"), count(45, "2@2004"), count(10, "3@2004")]
    row = make([*rows, *weights], links).of(NEW)
    assert (row["obs_value"], row["origin"], row["coverage"]) == (25, "aggregated", 0.9)
    assert (row["numerator"], row["denominator"], row["obs_status"]) == (20, 80, "E")


def test_without_a_weight_coverage_counts_the_units() -> None:
    links = [succession(f"{part:02}@2004", NEW) for part in range(10)]
    rows = [share(1, 2, f"{part:02}@2004") for part in range(9)]
    assert make(rows, links).of(NEW, "SHARE")["coverage"] == 0.9
    assert make(rows[:8], links).reasons() == [(NEW, "low_coverage")]


def test_a_count_needs_all_parts_however_small_the_missing_one() -> None:
    made = make([count(1_000_000, OLD_A)])
    assert made.rows == []
    assert made.reasons() == [(NEW, "missing_part")]


SEX_RATIO = indicator(
    indicator_id="RATE",
    unit_measure="MALES_PER_100_FEMALES",
    formula_kind="ratio",
    upper_limit=None,
    weight_indicator_id="COUNT",
    weight_sex="F",
)


def test_a_sex_ratio_is_weighted_by_the_girls_whom_it_is_divided_by() -> None:
    """110 boys per 100 girls among 1.000 girls and 120 among 500: 1.700 ÷ 1.500."""
    girls = [count(1000, OLD_A, sex="F"), count(500, OLD_B, sex="F")]
    boys = [count(1100, OLD_A, sex="M"), count(600, OLD_B, sex="M")]
    rows = [rate(110, OLD_A), rate(120, OLD_B), *girls, *boys]
    made = make(rows, indicators=[SEX_RATIO, COUNT])
    assert made.of(NEW)["obs_value"] == Decimal("113.333333333")


PEOPLE = indicator(
    indicator_id="POPULATION",
    unit_measure="THOUSAND_PERSONS",
    formula_kind="count",
    formula_factor=None,
    aggregation="sum",
)
OF_PEOPLE = RATE | {"weight_indicator_id": "POPULATION"}


def test_the_population_of_the_catalogue_serves_where_none_was_reported() -> None:
    made = make([A, B], indicators=[PEOPLE, OF_PEOPLE], population={OLD_A: 100, OLD_B: 300})
    assert made.of(NEW)["obs_value"] == 40
    assert {part["weight_observation_id"] for part in made.parts} == {None}


def test_the_populations_of_two_sources_are_not_mixed() -> None:
    reported = count(1, OLD_A, indicator_id="POPULATION", unit_measure="THOUSAND_PERSONS")
    made = make(
        [A, B, reported], indicators=[PEOPLE, OF_PEOPLE], population={OLD_A: 100, OLD_B: 300}
    )
    assert made.of(NEW)["obs_value"] == 40


def test_a_reported_population_comes_before_the_catalogue() -> None:
    reported = [
        count(number, place, indicator_id="POPULATION", unit_measure="THOUSAND_PERSONS")
        for number, place in ((300, OLD_A), (100, OLD_B))
    ]
    made = make(
        [A, B, *reported], indicators=[PEOPLE, OF_PEOPLE], population={OLD_A: 100, OLD_B: 300}
    )
    assert made.of(NEW)["obs_value"] == 20


def test_a_breakdown_of_the_numerator_alone_has_no_weight() -> None:
    """Managers among the employed: the employed managers are not what the share is divided by."""
    group = {"breakdown": "OCCUPATION.MANAGERS"}
    rows = [row | group for row in (A, B, *WEIGHTS)]
    assert (NEW, "no_weight") in make(rows).reasons()
    divided = RATE | {"weight_dimensions": "residence;occupation"}
    assert make(rows, indicators=[divided, COUNT]).of(NEW)["obs_value"] == 40


def test_a_part_of_a_year_is_not_weighted_by_the_whole_year() -> None:
    rows = [row | {"time_period": "2024-S1"} for row in (A, B)]
    assert (NEW, "weight_missing") in make([*rows, *WEIGHTS]).reasons()


def test_what_the_locality_reported_itself_stands_before_a_weighted_value() -> None:
    made = make([A, B, *WEIGHTS, rate(99, NEW)])
    assert [row["indicator_id"] for row in made.rows] == ["COUNT"]
    assert made.gaps == []


def test_two_provincial_authorities_that_become_one_are_not_two_halves_of_it() -> None:
    bodies = indicator(denominator_kind="bodies")
    rows = [
        share(1, 1, OLD_A, breakdown="ADMIN_LEVEL.PROVINCE"),
        share(0, 1, OLD_B, breakdown="ADMIN_LEVEL.PROVINCE"),
        share(10, 20, OLD_A, breakdown="ADMIN_LEVEL.COMMUNE"),
        share(5, 30, OLD_B, breakdown="ADMIN_LEVEL.COMMUNE"),
    ]
    made = make(rows, indicators=[bodies])
    assert [(row["breakdown"], row["obs_value"]) for row in made.rows] == [
        ("ADMIN_LEVEL.COMMUNE", 30)
    ]
    assert made.reasons() == [(NEW, "not_additive")]
