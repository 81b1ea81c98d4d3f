"""Merged localities rebuilt from their predecessors."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.tables import SERIES_KEY, ObservationParts, Observations
from tests.indicators.aggregation_example import MERGER, NEW, OLD_A, OLD_B, count, make, share
from tests.indicators.example import Row, indicator, observations, observed, succession


def rebuilt(rows: list[Row], **catalogue: Any) -> list[Row]:
    """The added observations."""
    return make(rows, **catalogue).rows


def added(rows: list[Row], **catalogue: Any) -> Row:
    """The one observation that is added."""
    [row] = rebuilt(rows, **catalogue)
    return row


def test_counts_are_added_up() -> None:
    row = added([count("1250.4", OLD_A), count("1875.6", OLD_B)])
    assert (row["ref_area"], row["obs_value"]) == (NEW, Decimal(3126))
    assert (row["origin"], row["coverage"]) == ("aggregated", 1.0)
    assert (row["reported_value"], row["submission_id"]) == (None, None)


def test_a_ratio_is_computed_again_from_added_counts() -> None:
    """10 % of 100 and 50 % of 300 make 40 %, not 30 %."""
    row = added([share(10, 100, OLD_A), share(150, 300, OLD_B)])
    assert (row["numerator"], row["denominator"], row["obs_value"]) == (160, 400, 40)


def test_the_parts_are_named() -> None:
    made = make([share(10, 100, OLD_A), share(150, 300, OLD_B)])
    whole = made.rows[0]["observation_id"]
    assert [tuple(part.values()) for part in made.parts] == [
        (whole, "o:0", None, None),
        (whole, "o:1", None, None),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [count(5, OLD_A)],
        [count(5, OLD_A), count(None, OLD_B, obs_status="M")],
        [share(10, 100, OLD_A)],
        [share(10, 100, OLD_A), observed(2024, 50, ref_area=OLD_B)],
        [share(10, 100, OLD_A), observed(2023, counts=(1, 2), ref_area=OLD_B)],
        [share(10, 100, OLD_A), share(1, 2, OLD_B, source_family="ADMIN")],
        [share(10, 100, OLD_A), share(1, 2, OLD_B, definition="OTHER")],
        [share(10, 100, OLD_A), share(1, 2, OLD_B, sex="F")],
        [share(10, 100, OLD_A), share(1, 2, OLD_B, reference_year=2023)],
        [share(10, 100, OLD_A), share(1, 2, OLD_B, unit_measure="PER_1000")],
    ],
    ids=[
        "one part missing",
        "one part without value",
        "one ratio missing",
        "one ratio without counts",
        "another period",
        "another source family",
        "another definition",
        "another group",
        "another reference year",
        "another unit",
    ],
)
def test_nothing_is_rebuilt_from_incomplete_or_unlike_parts(rows: list[Row]) -> None:
    assert rebuilt(rows) == []


def test_an_indicator_that_does_not_add_up_is_not_rebuilt() -> None:
    made = make(
        [share(10, 100, OLD_A), share(150, 300, OLD_B)],
        indicators=[indicator(aggregation="none")],
    )
    assert (made.rows, made.reasons()) == ([], [(NEW, "not_additive")])


def test_a_unit_with_a_part_of_another_is_not_rebuilt() -> None:
    links = [*MERGER, succession("30@2004", NEW, "part")]
    rows = [count(5, OLD_A), count(6, OLD_B), count(7, "30@2004")]
    made = make(rows, links)
    assert (made.rows, made.reasons()) == ([], [(NEW, "split")])


@pytest.mark.parametrize("value", [50, None])
def test_what_the_locality_reported_itself_stands(value: int | None) -> None:
    rows = [share(10, 100, OLD_A), share(150, 300, OLD_B)]
    made = make([*rows, observed(2024, value, ref_area=NEW)])
    assert (made.rows, made.gaps) == ([], [])


def test_an_added_denominator_of_zero_gives_no_value() -> None:
    row = added([share(0, 0, OLD_A), share(0, 0, OLD_B)])
    assert (row["denominator"], row["obs_value"]) == (0, None)


def test_with_unchanged_borders_values_are_carried_as_they_are() -> None:
    links = [succession("14@2004", "14@2025", "unchanged")]
    source = observed(
        2024, "59.5", ref_area="14@2004", submission_id="abc", value_cell="L14", obs_status="P"
    )
    row = added([source], links=links, indicators=[indicator(aggregation="none")])
    changed = {"observation_id", "ref_area", "origin"}
    original = observations([source]).to_dicts()[0]
    assert (row["ref_area"], row["origin"]) == ("14@2025", "carried")
    assert {k: row[k] for k in row.keys() - changed} == {
        k: original[k] for k in original.keys() - changed
    }


@pytest.mark.parametrize(
    ("column", "of_parts", "of_whole"),
    [
        ("obs_status", ("A", "A"), "A"),
        ("obs_status", ("A", "P"), "P"),
        ("obs_status", ("E", "P"), "P"),
        ("obs_status", ("A", "E"), "E"),
        ("obs_status", ("P", "B"), "B"),
        ("confidence", ("official", "official"), "official"),
        ("confidence", ("official", "reported"), "reported"),
        ("conf_status", ("F", "F"), "F"),
        ("conf_status", ("F", "N"), "N"),
        ("conf_status", ("N", "C"), "C"),
        ("conf_status", ("F", "S"), "C"),
        ("is_synthetic", (False, False), False),
        ("is_synthetic", (False, True), True),
    ],
)
def test_flags_follow_the_most_cautious_part(
    column: str, of_parts: tuple[Any, Any], of_whole: Any
) -> None:
    for first, second in (of_parts, of_parts[::-1]):
        row = added([share(1, 2, OLD_A, **{column: first}), share(1, 2, OLD_B, **{column: second})])
        assert row[column] == of_whole


def test_a_chain_of_changes_is_followed() -> None:
    """Hà Tây went into Hà Nội in 2008; Hà Nội kept its borders in 2025."""
    in_2008 = {"effective_date": date(2008, 8, 1)}
    links = [
        succession("01@2004", "01@2025", "unchanged"),
        succession("01@2003", "01@2004") | in_2008,
        succession("28@2003", "01@2004") | in_2008,
    ]
    made = make([count(3, "01@2003"), count(2, "28@2003")], links)
    rows, parts = made.rows, [(p["observation_id"], p["part_observation_id"]) for p in made.parts]
    assert [(row["ref_area"], row["origin"], row["obs_value"]) for row in rows] == [
        ("01@2004", "aggregated", 5),
        ("01@2025", "carried", 5),
    ]
    assert (rows[1]["observation_id"], rows[0]["observation_id"]) in parts


def test_a_key_has_the_same_id_in_every_run_and_no_two_keys_share_one() -> None:
    rows = [
        row
        for sex in ("F", "M", "_T")
        for row in (share(1, 2, OLD_A, sex=sex), share(1, 4, OLD_B, sex=sex))
    ]
    first, again = rebuilt(rows), rebuilt(rows[::-1])
    ids = {row["sex"]: row["observation_id"] for row in first}
    assert ids == {row["sex"]: row["observation_id"] for row in again}
    assert len(set(ids.values())) == 3


def test_the_results_are_valid_tables_with_unique_keys() -> None:
    derived = make([share(1, 2, OLD_A), share(1, 4, OLD_B)]).derived
    Observations.validate(derived.observations)
    ObservationParts.validate(derived.parts)
    assert not derived.observations.select(SERIES_KEY).is_duplicated().any()


counted = st.integers(1, 10_000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


@settings(max_examples=30, deadline=None)
@given(st.lists(counted, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_a_rebuilt_ratio_lies_between_its_parts_in_any_order(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    links = [succession(f"{number:02d}@2004", NEW) for number in range(len(pairs))]
    rows = [share(*pair, link["predecessor_id"]) for pair, link in zip(pairs, links, strict=True)]
    shuffled = chance.sample(rows, len(rows))
    row = added(rows, links=links)
    parts = [part["obs_value"] for part in rows]
    assert min(parts) <= row["obs_value"] <= max(parts)
    assert row["obs_value"] == added(shuffled, links=links)["obs_value"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.decimals(0, 10_000, places=3), min_size=2, max_size=6),
)
def test_a_rebuilt_count_is_the_exact_sum(values: list[Decimal]) -> None:
    links = [succession(f"{number:02d}@2004", NEW) for number in range(len(values))]
    rows = [count(value, link["predecessor_id"]) for value, link in zip(values, links, strict=True)]
    assert added(rows, links=links)["obs_value"] == sum(values)


def test_many_mergers_at_once_give_what_each_gives_alone() -> None:
    """Guards against expressions that mix up the groups when there are many."""
    chance = random.Random(11)
    links, rows, expected = [], [], {}
    for number in range(400):
        new = f"{number:03d}@2025"
        sizes = [chance.randint(1, 500) for _ in range(chance.randint(2, 4))]
        statuses = [chance.choice("AAAPE") for _ in sizes]
        for index, (size, status) in enumerate(zip(sizes, statuses, strict=True)):
            old = f"{number:03d}-{index}@2004"
            links.append(succession(old, new))
            rows.append(share(chance.randint(0, size), size, old, obs_status=status))
        added_up = [row["numerator"] for row in rows[-len(sizes) :]]
        status = next((code for code in "PE" if code in statuses), "A")
        expected[new] = (sum(added_up), sum(sizes), status)
    result = pl.DataFrame(rebuilt(rows, links=links))
    columns = ("ref_area", "numerator", "denominator", "obs_status")
    assert {place: tuple(rest) for place, *rest in result.select(columns).rows()} == expected
