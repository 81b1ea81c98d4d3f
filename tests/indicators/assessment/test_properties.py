"""Laws that hold whatever the numbers are."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indicators.example import (
    DEFAULT_BAND,
    indicator,
    judge,
    locality,
    milestone,
    observed,
    succession,
)
from tests.indicators.example import target as target_row

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


inequalities = st.sampled_from([">=", ">", "<=", "<"])


@FEW
@given(st.lists(counts, min_size=1, max_size=8), inequalities, st.integers(1, 99).map(Decimal))
def test_the_missing_units_reach_the_target_exactly_and_one_fewer_does_not(
    pairs: list[tuple[int, int]], operator: str, target: Decimal
) -> None:
    side = 1 if operator in (">=", ">") else -1
    exact = {"indicators": [indicator(decimals=9)]}

    def closed(moved: list[tuple[int, int]]) -> list[Row]:
        series = [{2025: observed(2025, counts=one)} for one in moved]
        rows = judged(series, operator, target, **exact)
        return [row for row in rows if row["milestone_year"] == 2025]

    missing = [row["gap_whole_units"] for row in closed(pairs)]
    reached = closed(
        [(part + side * n, whole) for (part, whole), n in zip(pairs, missing, strict=True)]
    )
    assert {row["attainment"] for row in reached} == {"met"}
    one_fewer = [
        (part + side * (n - 1), whole)
        for (part, whole), n in zip(pairs, missing, strict=True)
        if n > 0
    ]
    assert all(row["attainment"] != "met" for row in closed(one_fewer))


@FEW
@given(
    st.lists(lines, min_size=1, max_size=8), operators, tenths, st.randoms(use_true_random=False)
)
def test_the_verdicts_depend_neither_on_order_nor_on_unrelated_rows(
    series: list[dict[int, Decimal]], operator: str, target: Decimal, chance: Any
) -> None:
    rows = [
        observed(year, value, ref_area=f"{number:03d}@2025", observation_id=f"o:{number}:{year}")
        for number, points in enumerate(series)
        for year, value in points.items()
    ]
    unrelated = [
        row | {"observation_id": f"{name}:{row['observation_id']}"} | other
        for row in rows
        for name, other in (
            ("place", {"ref_area": "999@2025"}),
            ("sex", {"sex": "F"}),
            ("indicator", {"indicator_id": "OTHER"}),
        )
    ]
    places = [locality(f"{number:03d}@2025") for number in range(len(series))]
    catalogue: dict[str, Any] = {
        "milestones": [milestone(operator, target, milestone_year=year) for year in (2025, 2030)],
        "localities": places,
    }
    shuffled = [*rows, *unrelated]
    chance.shuffle(shuffled)
    assert judge(shuffled, **catalogue) == judge(rows, **catalogue)


@FEW
@given(
    st.lists(lines, min_size=1, max_size=8),
    st.dictionaries(st.integers(2026, 2029), tenths, max_size=4),
    operators,
    tenths,
)
def test_what_comes_later_never_moves_a_closed_milestone(
    series: list[dict[int, Decimal]],
    later: dict[int, Decimal],
    operator: str,
    target: Decimal,
) -> None:
    places = [f"{number:03d}@2025" for number in range(len(series))]
    catalogue: dict[str, Any] = {
        "milestones": [milestone(operator, target)],
        "localities": [locality(place) for place in places],
    }

    def said(points: list[dict[int, Decimal]], as_of_year: int) -> list[Row]:
        rows = [
            observed(year, value, ref_area=place, observation_id=f"{place}:{year}")
            for place, values in zip(places, points, strict=True)
            for year, value in values.items()
        ]
        return judge(rows, as_of_year, **catalogue)

    assert said([one | later for one in series], 2030) == said(series, 2026)


part_values = st.sampled_from([None, Decimal(70), Decimal("59.5"), Decimal(30)])


@FEW
@given(st.lists(part_values, min_size=1, max_size=5), st.booleans())
def test_a_compound_is_a_function_of_its_parts(
    values: list[Decimal | None], is_closed: bool
) -> None:
    year = 2025 if is_closed else 2030
    names = [f"C{number}" for number in range(len(values))]
    parts = [target_row(target_id=name, parent_target_id="C", sex=name) for name in names]
    rows = judge(
        [
            observed(2025, value, sex=name)
            for name, value in zip(names, values, strict=True)
            if value is not None
        ],
        targets=[target_row(target_id="C", compound_rule="all_parts", indicator_id=None), *parts],
        milestones=[milestone(target_id=name, milestone_year=year) for name in names],
    )
    verdicts = [row["verdict"] for row in rows if row["target_id"] != "C"]
    [whole] = [row for row in rows if row["target_id"] == "C"]
    assert whole["verdict"] == _whole(verdicts, is_closed=is_closed)
    assert (whole["parts_met"], whole["parts_total"]) == (verdicts.count("met"), len(verdicts))


def _whole(verdicts: list[str], *, is_closed: bool) -> str:
    """The rule in plain words: all, some, none; and what is missing may decide."""
    known = [one for one in verdicts if one != "not_assessable"]
    met = verdicts.count("met")
    if met == len(verdicts):
        return "met"
    if met and len(known) > met:
        return "partially_met"
    if len(known) < len(verdicts):
        return "not_assessable"
    return "not_met" if is_closed else "on_the_way"


places_with_plans = st.dictionaries(
    st.sampled_from(["A@2004", "B@2004", "C@2025"]), st.integers(40, 80), max_size=3
)


@FEW
@given(places_with_plans)
def test_the_number_of_a_merged_locality_is_the_strictest_that_its_parts_worked_with(
    plans: dict[str, int],
) -> None:
    places = ("A@2004", "B@2004", "C@2025")
    rows = judge(
        [],
        localities=[locality(name) for name in ("VN", *places)],
        links=[succession(place, "C@2025") for place in places[:2]],
        targets=[target_row()]
        + [
            target_row(target_id=f"P{place}", locality_id=place, counterpart_target_id="T")
            for place in plans
        ],
        milestones=[
            milestone(value=60),
            *(milestone(value=value, target_id=f"P{place}") for place, value in plans.items()),
        ],
    )
    [merged] = [row for row in rows if row["locality_id"] == "C@2025"]
    worked_with = [plans.get(place, 60) for place in places[:2]]
    assert merged["target_value"] == plans.get("C@2025", max(worked_with))
