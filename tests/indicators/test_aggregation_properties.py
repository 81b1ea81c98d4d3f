"""What holds of every value that is made, whatever the parts."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.aggregation_example import NEW, count, make, rate, share
from tests.indicators.example import Row, locality, succession

QUICK = settings(max_examples=25, deadline=None)
LAST_DIGIT = Decimal("1e-8")  # quotients have nine decimals

rates = st.decimals(0, 100, places=2)
weights = st.integers(1, 10_000)
weighted = st.lists(st.tuples(rates, weights), min_size=2, max_size=6)
counted = st.integers(1, 10_000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


def _part(number: int) -> str:
    return f"{number:02}@2004"


def _merger(size: int) -> list[Row]:
    return [succession(_part(number), NEW) for number in range(size)]


def _rates(parts: list[tuple[Decimal, int]]) -> list[Row]:
    return [rate(value, _part(number)) for number, (value, _) in enumerate(parts)]


def _weights(parts: list[tuple[Decimal, int]]) -> list[Row]:
    return [count(weight, _part(number)) for number, (_, weight) in enumerate(parts)]


@QUICK
@given(weighted)
def test_a_weighted_mean_lies_between_its_parts(parts: list[tuple[Decimal, int]]) -> None:
    value = make([*_rates(parts), *_weights(parts)], _merger(len(parts))).of(NEW)["obs_value"]
    values = [value for value, _ in parts]
    assert min(values) - LAST_DIGIT <= value <= max(values) + LAST_DIGIT


@QUICK
@given(st.lists(counted, min_size=2, max_size=6))
def test_weighted_by_their_denominators_rates_are_the_ratio_of_the_sums(
    pairs: list[tuple[int, int]],
) -> None:
    """The same country told twice: with its counts, and as rates with the size of the groups."""
    links = _merger(len(pairs))
    shares = [
        share(part, whole, _part(number), indicator_id="RATE")
        for number, (part, whole) in enumerate(pairs)
    ]
    bare = [row | {"numerator": None, "denominator": None} for row in shares]
    sizes = [count(whole, _part(number)) for number, (_, whole) in enumerate(pairs)]
    from_counts, from_rates = make(shares, links).of(NEW), make([*bare, *sizes], links).of(NEW)
    assert (from_counts["origin"], from_rates["origin"]) == ("aggregated", "weighted")
    assert abs(from_counts["obs_value"] - from_rates["obs_value"]) <= LAST_DIGIT


@QUICK
@given(weighted, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    parts: list[tuple[Decimal, int]], chance: random.Random
) -> None:
    rows, links = [*_rates(parts), *_weights(parts)], _merger(len(parts))
    shuffled = chance.sample(rows, len(rows))
    one, other = make(rows, links).of(NEW), make(shuffled, links).of(NEW)
    told = ("observation_id", "obs_value", "coverage", "obs_status")
    assert {name: one[name] for name in told} == {name: other[name] for name in told}


@QUICK
@given(weighted, st.data())
def test_nothing_is_made_below_the_least_coverage_and_everything_from_it_on(
    parts: list[tuple[Decimal, int]], data: st.DataObject
) -> None:
    present = data.draw(st.sets(st.integers(0, len(parts) - 1), min_size=1))
    minimum = data.draw(st.decimals("0.05", 1, places=2))
    rows = [row for number, row in enumerate(_rates(parts)) if number in present]
    made = make([*rows, *_weights(parts)], _merger(len(parts)), minimum_coverage=str(minimum))
    covered = Decimal(sum(parts[number][1] for number in present))
    share_covered = (covered / sum(weight for _, weight in parts)).quantize(Decimal("1e-9"))
    of_rates = [row for row in made.rows if row["indicator_id"] == "RATE"]
    assert bool(of_rates) == (share_covered >= minimum)
    assert bool(made.gaps) != bool(of_rates)
    [told] = of_rates or made.gaps
    assert 0 <= told["coverage"] <= 1
    assert Decimal(str(told["coverage"])).quantize(Decimal("1e-9")) == share_covered


@QUICK
@given(weighted, rates, st.sampled_from(["reported", "missing"]))
def test_what_a_unit_reported_always_wins(
    parts: list[tuple[Decimal, int]], own: Decimal, kind: str
) -> None:
    value = own if kind == "reported" else None
    made = make([*_rates(parts), *_weights(parts), rate(value, NEW)], _merger(len(parts)))
    assert [row["indicator_id"] for row in made.rows] == ["COUNT"]
    assert made.gaps == []


groups = st.lists(st.lists(st.integers(0, 10_000), min_size=1, max_size=4), min_size=1, max_size=4)


@QUICK
@given(groups)
def test_the_sum_over_any_partition_is_the_whole(country: list[list[int]]) -> None:
    """Provinces in regions: the regions add up to the nation, as the provinces do."""
    places, rows = [locality("VN")], []
    for region, provinces in enumerate(country):
        places.append(locality(f"R{region}@2025", level="region", parent_id="VN"))
        for province, value in enumerate(provinces):
            name = f"{region}{province}@2025"
            places.append(locality(name, parent_id="VN", region_id=f"R{region}@2025"))
            rows.append(count(value, name))
    made = {row["ref_area"]: row["obs_value"] for row in make(rows, [], localities=places).rows}
    nation = made.pop("VN")
    assert nation == sum(made.values()) == sum(map(sum, country))


@QUICK
@given(st.lists(st.booleans(), min_size=2, max_size=6).filter(lambda known: not all(known)))
def test_a_partial_sum_is_never_a_total(known: list[bool]) -> None:
    rows = [count(1, _part(number)) for number, has_value in enumerate(known) if has_value]
    if not rows:
        rows = [count(None, _part(0), obs_status="M")]
    assert make(rows, _merger(len(known)), minimum_coverage="0").rows == []
