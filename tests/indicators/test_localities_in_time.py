"""The map through time, as laws over the real catalogue: what must hold of every unit and day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.catalogue import Catalogue, load_catalogue
from indicators.errors import NotALocality, UnknownLocality
from indicators.localities import LEVELS, LocalityRegistry
from indicators.locality_lineage import lineage
from indicators.text import fold

CATALOGUE = load_catalogue()
REGISTRY = CATALOGUE.registry
FIRST_DAY = date(2004, 1, 1)
LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)

DAYS = st.dates(FIRST_DAY, date.today())
UNITS = st.sampled_from(CATALOGUE.localities["locality_id"].to_list())
UPPER_UNITS = st.sampled_from(
    CATALOGUE.localities.filter(pl.col("level").is_in(["region", "province", "district"]))[
        "locality_id"
    ].to_list()
)
# The days on which the map changed, and those before: what random days miss.
TURNING_DAYS = [
    day
    for turn in (
        date(2008, 8, 1),
        date(2024, 9, 1),
        date(2025, 1, 1),
        FIRST_NEW_DAY,
        date(2025, 10, 5),
        date(2026, 4, 30),
    )
    for day in (turn - timedelta(days=1), turn)
]
PARENT_LEVELS = {
    "region": {"national"},
    "province": {"national"},
    "district": {"province"},
    "commune": {"district"},
}


@pytest.fixture(scope="module")
def registry() -> LocalityRegistry:
    return REGISTRY


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


def on_turning_days(test):  # type: ignore[no-untyped-def]
    for day in TURNING_DAYS:
        test = example(day=day)(test)
    return settings(deadline=None, max_examples=30)(test)


quick = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


# Every day ----------------------------------------------------------------------------------------


@on_turning_days
@given(day=DAYS)
def test_every_unit_in_force_has_one_parent_in_force_of_the_level_above(day: date) -> None:
    units = REGISTRY.valid_on(day)
    parents = units.select(parent_id="locality_id", parent_level="level")
    placed = units.filter(pl.col("level") != "national").join(parents, on="parent_id", how="left")
    expected = PARENT_LEVELS | ({"commune": {"province"}} if day >= FIRST_NEW_DAY else {})
    found = placed.group_by("level").agg(pl.col("parent_level").unique(), pl.len())
    for level, above, _ in found.iter_rows():
        assert set(above) == expected[level], (level, above)
    assert placed.height == units.height - 1


@on_turning_days
@given(day=DAYS)
def test_an_identity_and_a_code_mean_one_unit_on_a_day(day: date) -> None:
    units = REGISTRY.valid_on(day)
    assert units["locality_id"].is_unique().all()
    assert units["code"].is_unique().all()


@on_turning_days
@given(day=DAYS)
def test_a_day_holds_the_units_valid_on_it(day: date) -> None:
    view = REGISTRY.as_of(day)
    present = {one for one in CATALOGUE.localities["locality_id"] if _exists(one, day)}
    assert set(REGISTRY.valid_on(day)["locality_id"]) == present
    assert {*view.descendants("VN")["locality_id"]} == {
        one for one in present if REGISTRY.get(one).level not in ("national", "region")
    }


@on_turning_days
@given(day=DAYS)
def test_every_province_has_one_region_but_for_the_summer_of_2025(day: date) -> None:
    provinces = REGISTRY.valid_on(day).filter(pl.col("level") == "province")["locality_id"]
    regions = {REGISTRY.region_on(one, day) for one in provinces}
    if FIRST_NEW_DAY <= day <= date(2025, 10, 4):
        assert regions == {None}
    else:
        assert None not in regions
        assert len(regions) == 6


@on_turning_days
@given(day=DAYS)
def test_every_province_of_any_time_stands_for_something_on_every_day(day: date) -> None:
    """Backwards too: what is asked of 33@2025 in 2019 is answered with its two predecessors."""
    provinces = CATALOGUE.localities.filter(pl.col("level") == "province")["locality_id"]
    lost = [one for one in provinces if REGISTRY.counterparts(one, day).is_empty()]
    assert lost == []


def test_nothing_is_said_of_days_before_the_list(registry: LocalityRegistry) -> None:
    with pytest.raises(UnknownLocality, match="bắt đầu từ ngày 01/01/2004"):
        registry.as_of(FIRST_DAY - timedelta(days=1))
    assert registry.as_of(FIRST_DAY).get("28@2003").name_vi == "Hà Tây"


# Codes and names ----------------------------------------------------------------------------------


@quick
@given(identity=UNITS, day=DAYS)
def test_a_code_resolves_to_its_unit_of_the_day_or_is_refused(identity: str, day: date) -> None:
    unit = REGISTRY.get(identity)
    try:
        found = REGISTRY.get(REGISTRY.resolve(unit.code, day))
    except UnknownLocality:
        assert not _exists(identity, day)
    else:
        assert found.code == unit.code
        assert found.exists_on(day)
        assert (found == unit) == unit.exists_on(day)


@quick
@given(identity=UNITS, day=DAYS)
def test_a_name_resolves_to_its_unit_of_the_day_or_is_refused(identity: str, day: date) -> None:
    """Never to a unit of another name, nor to one that did not exist."""
    if not _exists(identity, day):
        return
    then = REGISTRY.as_of(day).get(identity)
    names = [f"{then.type_vi} {then.name_vi}"]
    # Quận 4 is not meant by "4": that is the code 04 without its zero.
    names += [] if then.name_vi.isdigit() else [then.name_vi]
    for name in names:
        try:
            found = REGISTRY.resolve(name, day)
        except UnknownLocality:
            namesakes = REGISTRY.candidates(name)
            assert len(namesakes) > 1
            assert REGISTRY.get(identity) in namesakes
        else:
            assert _exists(found, day)
            assert fold(REGISTRY.as_of(day).get(found).name_vi) == fold(then.name_vi)


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("01", date(2008, 7, 31), "01@2003"),
        ("01", date(2008, 8, 1), "01@2004"),
        ("01", date(2025, 7, 1), "01@2025"),
        ("1", date(2026, 1, 1), "01@2025"),
        ("8", FIRST_NEW_DAY, "08@2025"),
        ("79", LAST_OLD_DAY, "79@2004"),
        ("79", FIRST_NEW_DAY, "79@2025"),
        ("26740", LAST_OLD_DAY, "26740@2004"),  # phường Bến Nghé
        ("26740", FIRST_NEW_DAY, "26740@2025"),  # phường Sài Gòn
        ("001", LAST_OLD_DAY, "001@2004"),
        ("4", LAST_OLD_DAY, "04@2004"),
        ("RRD", date(2025, 10, 4), "RRD@2004"),
        ("RRD", date(2025, 10, 5), "RRD@2025"),
        ("VN", FIRST_NEW_DAY, "VN"),
        ("Hà Nội", date(2006, 1, 1), "01@2003"),
        ("Hà Tây", date(2006, 1, 1), "28@2003"),
        ("Hưng Yên", LAST_OLD_DAY, "33@2004"),
        ("Hưng Yên", FIRST_NEW_DAY, "33@2025"),
        ("tỉnh Thừa Thiên Huế", date(2024, 12, 31), "46@2004"),
        ("Huế", date(2024, 12, 31), "46@2004"),
        ("thành phố Đồng Nai", date(2026, 4, 30), "75@2025"),
        ("tỉnh Đồng Nai", date(2026, 4, 29), "75@2025"),
        ("xã Trảng Bom", date(2026, 4, 29), "26248@2025"),
        ("phường Trảng Bom", date(2026, 4, 30), "26248@2025"),
        ("xã Trảng Bom", date(2026, 4, 30), "26248@2025"),  # its name of before, and nobody else's
        ("xã Hà Tây", FIRST_NEW_DAY, "10846@2025"),
    ],
)
def test_a_used_again_code_or_name_is_told_by_the_day(
    registry: LocalityRegistry, text: str, day: date, found: str
) -> None:
    assert registry.resolve(text, day) == found


@pytest.mark.parametrize(
    ("text", "day", "says"),
    [
        ("28", FIRST_NEW_DAY, r"chỉ có tỉnh Hà Tây \(28@2003\), .*hoặc thuộc thành phố Hà Nội"),
        ("34@2004", FIRST_NEW_DAY, r"hoặc thuộc tỉnh Hưng Yên \(33@2025\)"),
        ("33@2025", LAST_OLD_DAY, r"Hưng Yên \(33@2004\); tỉnh Thái Bình \(34@2004\)"),
        # A commune of that name exists, but nobody meant it.
        ("Hà Tây", FIRST_NEW_DAY, r"chỉ có tỉnh Hà Tây \(28@2003\)"),
        ("Thái Bình", FIRST_NEW_DAY, r"hoặc thuộc tỉnh Hưng Yên \(33@2025\)"),
        ("quận Ba Đình", FIRST_NEW_DAY, "huyện không có đơn vị kế thừa"),
        ("Lộc Ninh", date(2026, 1, 1), "nhiều địa phương"),
        ("Hưng Yem", FIRST_NEW_DAY, "gần giống: Hưng Yên"),
        ("3", LAST_OLD_DAY, "nhiều địa phương: quận 3"),  # no code: a name
        ("376", FIRST_NEW_DAY, "huyện không có đơn vị kế thừa"),  # and not 00376@2025
        ("99", FIRST_NEW_DAY, 'Không có địa phương "99"'),
        ("99@2025", FIRST_NEW_DAY, "gần giống"),
        ("Sông Bé", date(2006, 1, 1), "năm 1997 chia thành"),
    ],
)
def test_what_the_day_does_not_know_is_refused_with_what_stands_there(
    registry: LocalityRegistry, text: str, day: date, says: str
) -> None:
    with pytest.raises(UnknownLocality, match=says):
        registry.resolve(text, day)


def test_a_remark_is_no_locality_on_any_day(registry: LocalityRegistry) -> None:
    with pytest.raises(NotALocality):
        registry.resolve("Không xác định", FIRST_NEW_DAY)


def test_a_former_type_is_asked_back_where_another_unit_has_it(registry: LocalityRegistry) -> None:
    """A report of 2025 says "xã Lộc Ninh"; one of the two of then is a phường today."""
    with pytest.raises(UnknownLocality, match=r"25270@2025.*25579@2025"):
        registry.find("xã Lộc Ninh", "2025")


# Before and after ---------------------------------------------------------------------------------


@quick
@given(identity=UNITS)
def test_predecessors_of_successors_contain_the_unit_and_the_reverse(identity: str) -> None:
    there_and_back = (
        (REGISTRY.all_successors, REGISTRY.all_predecessors),
        (REGISTRY.all_predecessors, REGISTRY.all_successors),
    )
    for there, back in there_and_back:
        for other, steps, is_whole in there(identity).iter_rows():
            assert (identity, steps, is_whole) in set(back(other).iter_rows())


@quick
@given(identity=UNITS)
def test_a_successor_begins_the_day_after(identity: str) -> None:
    unit = REGISTRY.get(identity)
    for successor in REGISTRY.successors(identity)["successor_id"]:
        assert unit.valid_to is not None
        assert REGISTRY.get(successor).valid_from == unit.valid_to + timedelta(days=1)


@pytest.mark.parametrize(
    ("level", "old", "new"), [("province", 63, 34), ("commune", 10_035, 3_321)]
)
def test_the_crosswalk_is_total_on_the_first_day(
    catalogue: Catalogue, level: str, old: int, new: int
) -> None:
    of_level = catalogue.localities.filter(pl.col("level") == level)
    before = of_level.filter(valid_to=LAST_OLD_DAY)["locality_id"]
    after = of_level.filter(valid_from=FIRST_NEW_DAY)["locality_id"]
    assert (len(before), len(after)) == (old, new)
    links = catalogue.locality_succession.filter(effective_date=FIRST_NEW_DAY)
    assert set(before) <= set(links["predecessor_id"])
    assert set(after) == set(
        links.filter(pl.col("successor_id").is_in(after.to_list()))["successor_id"]
    )


def test_a_district_has_no_successor_unless_it_had_no_communes(catalogue: Catalogue) -> None:
    districts = catalogue.localities.filter(pl.col("level") == "district")["locality_id"]
    with_successor = set(districts) & set(catalogue.locality_succession["predecessor_id"])
    childless = set(districts) - set(catalogue.localities["parent_id"].drop_nulls())
    # Districts merged away during 2024 have no communes in a list of 2025 either.
    ended_in_2024 = {one for one in childless if REGISTRY.get(one).valid_to != LAST_OLD_DAY}
    assert len(ended_in_2024) == 11
    assert with_successor == childless - ended_in_2024
    assert with_successor == {f"{code}@2004" for code in (318, 471, 498, 536, 755)}


def test_a_province_of_2004_lies_whole_in_one_of_2025(catalogue: Catalogue) -> None:
    for province in catalogue.localities.filter(level="province", geo_version="2004").rows():
        into = REGISTRY.counterparts(province[0], FIRST_NEW_DAY)
        assert into.height == 1
        assert into["is_whole"].all()


@settings(deadline=None, max_examples=200)
@given(
    identity=st.sampled_from(
        CATALOGUE.localities.filter(level="commune", geo_version="2004")["locality_id"].to_list()
    )
)
def test_an_old_commune_stays_in_the_province_that_succeeds_its_own(identity: str) -> None:
    old, new = REGISTRY.as_of(LAST_OLD_DAY), REGISTRY.as_of(FIRST_NEW_DAY)
    [province] = REGISTRY.counterparts(old.ancestors(identity)[-2], FIRST_NEW_DAY)["locality_id"]
    successors = REGISTRY.counterparts(identity, FIRST_NEW_DAY)["locality_id"]
    assert {new.ancestors(one)[-2] for one in successors} == {province}


def test_ha_tay_leads_over_ha_noi_of_2008_to_ha_noi_of_2025(registry: LocalityRegistry) -> None:
    assert registry.all_successors("28@2003").rows() == [("01@2004", 1, True), ("01@2025", 2, True)]
    assert registry.all_predecessors("01@2025").rows() == [
        ("01@2004", 1, True),
        ("01@2003", 2, True),
        ("17@2003", 2, False),
        ("26@2003", 2, False),
        ("28@2003", 2, True),
    ]


def test_one_part_on_the_way_makes_the_whole_way_a_part() -> None:
    links = pl.DataFrame(
        {
            "predecessor_id": ["a", "b", "b", "a", "c"],
            "successor_id": ["b", "c", "d", "d", "e"],
            "relation": ["whole", "part", "whole", "part", "whole"],
        }
    )
    assert lineage(links, "a", later=True).rows() == [
        ("b", 1, True),
        ("d", 1, True),  # in part directly, but whole by way of b
        ("c", 2, False),
        ("e", 3, False),
    ]


# Above and below ----------------------------------------------------------------------------------


@quick
@given(identity=UPPER_UNITS, day=DAYS)
def test_descendants_are_those_whose_ancestors_contain_the_unit(identity: str, day: date) -> None:
    if not _exists(identity, day):
        return
    view = REGISTRY.as_of(day)
    below = view.descendants(identity)["locality_id"]
    for one in below[:: max(1, len(below) // 5)]:
        assert identity in (*view.ancestors(one), REGISTRY.region_on(one, day))


def test_the_parents_of_ha_noi_s_districts_before_2008(registry: LocalityRegistry) -> None:
    before = registry.as_of(date(2008, 7, 31))
    assert before.ancestors("268@2004") == ["28@2003", "VN"]  # Hà Đông
    assert before.ancestors("250@2004") == ["26@2003", "VN"]  # Mê Linh
    assert before.ancestors("04936@2004") == ["152@2004", "17@2003", "VN"]  # xã Tiến Xuân
    after = registry.as_of(date(2008, 8, 1))
    assert {after.ancestors(one)[-2] for one in ("268@2004", "250@2004", "04936@2004")} == {
        "01@2004"
    }


def test_a_region_holds_its_provinces_and_the_country_no_regions(
    registry: LocalityRegistry,
) -> None:
    today = registry.as_of(date(2026, 1, 1))
    assert today.children("VN").height == 34
    assert "31@2025" in set(today.children("RRD@2025")["locality_id"])
    assert registry.as_of(date(2024, 1, 1)).children("RRD@2004").height == 11


def test_levels(registry: LocalityRegistry) -> None:
    assert registry.levels_on(LAST_OLD_DAY) == LEVELS
    assert registry.levels_on(FIRST_NEW_DAY) == ("national", "region", "province", "commune")


# Versions of the map, names through time ----------------------------------------------------------


def test_versions_of_the_map(registry: LocalityRegistry) -> None:
    assert registry.geo_versions_on(date(2006, 1, 1)) == ("2004", "2003")
    assert registry.geo_version_on(LAST_OLD_DAY) == "2004"
    assert registry.geo_version_on(FIRST_NEW_DAY) == "2025"
    assert registry.geo_versions_in(2008) == ("2003", "2004")
    assert registry.geo_versions_in(2024) == ("2004",)
    assert registry.geo_versions_in(2025) == ("2004", "2025")
    assert registry.geo_versions_in(2026) == ("2025",)


def test_every_change_of_name_or_type_is_told_twice_alike(catalogue: Catalogue) -> None:
    """As an event for readers and as a state for questions."""
    told = catalogue.locality_events.filter(pl.col("event").str.starts_with("status"))
    events = {
        (code, day, before, after)
        for code, day, before, after in told.select(
            "from_code", "effective_date", "from_name_vi", "to_names_vi"
        ).iter_rows()
    }
    renamed = catalogue.locality_former_states.filter(pl.col("name_vi").is_not_null())
    states = set()
    for identity, kind, name, ends in renamed.select(
        "locality_id", "type_vi", "name_vi", "valid_to"
    ).iter_rows():
        unit = REGISTRY.get(identity)
        before, after = f"{kind} {name}", f"{unit.type_vi} {unit.name_vi}"
        capital = (before[0].upper() + before[1:], after[0].upper() + after[1:])
        states.add((unit.code, ends + timedelta(days=1), *capital))
    assert states == events


def _exists(identity: str, day: date) -> bool:
    return REGISTRY.get(identity).exists_on(day)
