"""Laws that hold whatever the numbers are."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.example import DEFAULT_BAND, indicator, judge, locality, milestone, observed

Row = dict[str, Any]

FEW = settings(max_examples=25, deadline=None)
MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "="}
ABSOLUTE_BAND = DEFAULT_BAND | {"share_of_target": None, "absolute": Decimal("1.5")}

operators = st.sampled_from(sorted(MIRRORED))
tenths = st.integers(0, 1000).map(lambda number: Decimal(number) / 10)


def judged(
    series: list[dict[int, Row]], operator: str, target: Decimal, **catalogue: Any
) -> list[Row]:
    """One province per series; the assessments of 2025 and 2030 in the order of the series."""
    places = [f"{number:03d}@2025" for number in range(len(series))]
    rows = [
        row | {"ref_area": place}
        for place, points in zip(places, series, strict=True)
        for row in points.values()
    ]
    return judge(
        rows,
        milestones=[milestone(operator, target, milestone_year=year) for year in (2025, 2030)],
        localities=[locality(place) for place in places],
        **catalogue,
    )


def plain(points: dict[int, Decimal], turn: Any = lambda value: value) -> dict[int, Row]:
    return {year: observed(year, turn(value)) for year, value in points.items()}


lines = st.dictionaries(st.integers(2019, 2025), tenths, min_size=1, max_size=6)


@FEW
@given(st.lists(lines, min_size=1, max_size=8), operators, tenths)
def test_swapping_the_sexes_mirrors_the_assessment(
    series: list[dict[int, Decimal]], operator: str, target: Decimal
) -> None:
    """The share of men is 100 minus that of women: same verdict, pace and gap."""
    said = ("verdict", "attainment", "gap", "pace", "pace_reason", "latest_year", "base_year")
    women = judged([plain(points) for points in series], operator, target, bands=[ABSOLUTE_BAND])
    men = judged(
        [plain(points, lambda value: 100 - value) for points in series],
        MIRRORED[operator],
        100 - target,
        bands=[ABSOLUTE_BAND],
    )
    assert [[row[name] for name in said] for row in women] == [
        [row[name] for name in said] for row in men
    ]


counts = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@FEW
@given(st.lists(counts, min_size=1, max_size=8), operators, st.integers(0, 100).map(Decimal))
def test_swapping_the_sexes_mirrors_the_missing_units(
    pairs: list[tuple[int, int]], operator: str, target: Decimal
) -> None:
    exact = indicator(decimals=9)  # a half rounded up on one side is rounded down on the other
    of = {"indicators": [exact], "bands": [ABSOLUTE_BAND]}
    women = [{2025: observed(2025, counts=pair)} for pair in pairs]
    men = [{2025: observed(2025, counts=(whole - part, whole))} for part, whole in pairs]
    assert [row["gap_whole_units"] for row in judged(women, operator, target, **of)] == [
        row["gap_whole_units"] for row in judged(men, MIRRORED[operator], 100 - target, **of)
    ]


@FEW
@given(st.lists(lines, min_size=1, max_size=8), operators, tenths, st.integers(-3, 1))
def test_the_unit_does_not_matter(
    series: list[dict[int, Decimal]], operator: str, target: Decimal, power: int
) -> None:
    """Values, targets, limits and decimals taken × 10^k give the same words."""
    factor = Decimal(10) ** power
    said = ("verdict", "attainment", "pace", "pace_reason", "unrounded_flips")
    scaled = indicator(decimals=1 - power, upper_limit=float(100 * factor))
    as_is = judged([plain(points) for points in series], operator, target)
    other = judged(
        [plain(points, lambda value: value * factor) for points in series],
        operator,
        target * factor,
        indicators=[scaled],
    )
    assert [[row[name] for name in said] for row in as_is] == [
        [row[name] for name in said] for row in other
    ]


@FEW
@given(st.lists(tenths, min_size=2, max_size=12), operators, tenths)
def test_a_better_value_is_never_judged_worse(
    values: list[Decimal], operator: str, target: Decimal
) -> None:
    closeness = {
        ">=": lambda value: value,
        ">": lambda value: value,
        "<=": lambda value: -value,
        "<": lambda value: -value,
        "=": lambda value: -abs(value - target),
    }[operator]
    from_worst = sorted(values, key=closeness)
    rows = judged([plain({2025: value}) for value in from_worst], operator, target)
    rank = {"not_met": 0, "near": 1, "met": 2}
    closed = [rank[row["attainment"]] for row in rows if row["milestone_year"] == 2025]
    gaps = [row["gap"] for row in rows if row["milestone_year"] == 2025]
    assert closed == sorted(closed)
    assert gaps == sorted(gaps, reverse=True)


@FEW
@given(st.lists(tenths, min_size=1, max_size=8, unique=True))
def test_exactly_at_the_boundary_only_strict_targets_are_missed(values: list[Decimal]) -> None:
    for operator, met in {">=": True, ">": False, "<=": True, "<": False, "=": True}.items():
        for value in values[:2]:
            rows = judged([plain({2025: value})], operator, value)
            assert {row["attainment"] == "met" for row in rows} == {met}


@FEW
@given(st.lists(lines, min_size=1, max_size=8), operators, tenths)
def test_a_gap_is_zero_only_where_the_value_meets_or_touches_the_target(
    series: list[dict[int, Decimal]], operator: str, target: Decimal
) -> None:
    for row in judged([plain(points) for points in series], operator, target):
        touches = row["latest_published"] == target
        assert (row["gap"] == 0) == (row["attainment"] == "met" or touches)
