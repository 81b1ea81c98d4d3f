"""A unit's life as one record: real lives, and what holds of all of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.errors import UnknownLocality
from indicators.locality_life import LocalityLife, life_of

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 22)
UNITS = st.sampled_from(CATALOGUE.localities["locality_id"].to_list())
DAYS = st.dates(date(2004, 1, 1), TODAY)
ONE_DAY = timedelta(days=1)


def life(identity: str, day: date = TODAY) -> LocalityLife:
    return life_of(CATALOGUE.registry, CATALOGUE.locality_events, identity, day)


def test_hung_yen_of_today() -> None:
    found = life("33@2025")
    assert found.is_in_force
    assert [(one.unit.locality_id, one.relation) for one in found.predecessors] == [
        ("33@2004", "merged_whole"),
        ("34@2004", "merged_whole"),
    ]
    assert found.predecessors[0].unit.valid_to == date(2025, 6, 30)
    assert "202/2025/QH15" in str(found.predecessors[0].legal_basis)
    assert found.successors == ()
    assert [(one.level, one.count) for one in found.units_below] == [("commune", 104)]
    assert [(one.unit.locality_id, one.is_relative) for one in found.same_code] == [
        ("33@2004", True)
    ]


def test_a_new_province_had_no_region_in_the_summer_of_2025() -> None:
    gap, region = life("33@2025").regions
    assert (gap.valid_from, gap.valid_to, gap.region) == (
        date(2025, 7, 1),
        date(2025, 10, 4),
        None,
    )
    assert region.region is not None
    assert region.region.locality_id == "RRD@2025"
    assert (region.valid_from, region.valid_to) == (date(2025, 10, 5), None)


@pytest.mark.parametrize(
    ("identity", "day", "called"),
    [
        ("46@2004", date(2024, 12, 31), "tỉnh Thừa Thiên Huế (46@2004)"),
        ("46@2004", date(2025, 1, 1), "thành phố Huế (46@2004)"),
        ("75@2025", date(2026, 4, 29), "tỉnh Đồng Nai (75@2025)"),
        ("75@2025", date(2026, 4, 30), "thành phố Đồng Nai (75@2025)"),
        ("26248@2025", date(2026, 4, 29), "xã Trảng Bom (26248@2025)"),
        ("26248@2025", date(2026, 4, 30), "phường Trảng Bom (26248@2025)"),
    ],
)
def test_a_unit_is_called_as_it_was(identity: str, day: date, called: str) -> None:
    assert life(identity, day).named.label_vi == called


def test_dong_nai_became_a_city() -> None:
    found = life("75@2025")
    assert [(one.type_vi, one.valid_from) for one in found.states] == [
        ("tỉnh", date(2025, 7, 1)),
        ("thành phố", date(2026, 4, 30)),
    ]
    assert [one.event for one in found.events] == ["reorganisation_63_to_34", "status"]


def test_a_unit_that_is_gone_says_what_stands_there() -> None:
    found = life("28@2003", date(2026, 1, 1))
    assert not found.is_in_force
    assert [one.locality_id for one in found.standing_for_it] == ["01@2025"]
    assert [(one.unit.locality_id, one.steps) for one in found.successors] == [
        ("01@2004", 1),
        ("01@2025", 2),
    ]
    # Fourteen districts, listed as in 2025: nobody recorded those of 2008.
    assert found.units_below[0].count == 14
    assert (found.counted_on, found.list_day) == (date(2008, 7, 31), date(2025, 6, 30))


def test_a_unit_that_is_not_yet_says_what_stood_there() -> None:
    found = life("33@2025", date(2019, 12, 31))
    assert [one.locality_id for one in found.standing_for_it] == ["33@2004", "34@2004"]


def test_a_district_has_no_successor_but_the_islands() -> None:
    assert life("001@2004").is_without_successor
    assert [one.event for one in life("001@2004").events] == ["abolition_of_level"]
    assert not life("755@2004").is_without_successor
    assert life("755@2004").successors[0].unit.name_vi == "Côn Đảo"


def test_an_old_region_is_counted_while_its_provinces_lasted() -> None:
    found = life("RRD@2004")
    assert (found.units_below[0].level, found.units_below[0].count) == ("province", 11)


def test_a_split_commune_says_which_successor_is_the_default() -> None:
    found = life("00007@2004")
    assert [(one.unit.locality_id, one.is_whole, one.is_default) for one in found.successors] == [
        ("00008@2025", False, True),
        ("00025@2025", False, False),
    ]


def test_unknown_units_and_days_before_the_list_are_refused() -> None:
    with pytest.raises(UnknownLocality):
        life("99@2025")
    with pytest.raises(UnknownLocality, match="01/01/2004"):
        life("VN", date(1999, 1, 1))


@settings(deadline=None, max_examples=60)
@given(identity=UNITS, day=DAYS)
def test_every_life_is_without_gaps(identity: str, day: date) -> None:
    found = life(identity, day)
    unit = found.unit
    for times in (found.states, found.regions):
        for earlier, later in pairwise(times):
            assert earlier.valid_to is not None
            assert later.valid_from == earlier.valid_to + ONE_DAY
    assert (found.states[0].valid_from, found.states[-1].valid_to) == (
        unit.valid_from,
        unit.valid_to,
    )
    assert found.is_in_force == unit.exists_on(day)
    assert unit.exists_on(found.counted_on)
    assert (found.standing_for_it == ()) or not found.is_in_force
    assert [one.steps for one in found.successors] == sorted(one.steps for one in found.successors)
    if unit.level == "province":
        assert found.regions
        assert found.regions[0].valid_from == unit.valid_from
        assert sum(one.count for one in found.units_below) > 0
