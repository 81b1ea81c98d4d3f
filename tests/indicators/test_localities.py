from datetime import date

import polars as pl
import pytest

from indicators.catalogue import load_catalogue
from indicators.errors import UnknownLocality
from indicators.localities import LocalityRegistry


@pytest.fixture(scope="module")
def registry() -> LocalityRegistry:
    return load_catalogue().registry


def test_ha_noi_is_three_localities_with_one_code(registry: LocalityRegistry) -> None:
    smaller, larger, today = (registry.get(f"01@{version}") for version in (2003, 2004, 2025))
    assert smaller.valid_to == date(2008, 7, 31)
    assert (larger.valid_from, larger.valid_to) == (date(2008, 8, 1), date(2025, 6, 30))
    assert (today.valid_from, today.valid_to) == (date(2025, 7, 1), None)


@pytest.mark.parametrize(
    ("day", "ha_noi"),
    [
        (date(2008, 7, 31), "01@2003"),
        (date(2008, 8, 1), "01@2004"),
        (date(2025, 6, 30), "01@2004"),
        (date(2025, 7, 1), "01@2025"),
    ],
)
def test_one_ha_noi_on_each_day(registry: LocalityRegistry, day: date, ha_noi: str) -> None:
    provinces = registry.valid_on(day).filter(
        (pl.col("level") == "province") & (pl.col("code") == "01")
    )
    assert provinces["locality_id"].to_list() == [ha_noi]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2008, 7, 31), 64),
        (date(2008, 8, 1), 63),
        (date(2025, 6, 30), 63),
        (date(2025, 7, 1), 34),
    ],
)
def test_provinces_in_force(registry: LocalityRegistry, day: date, count: int) -> None:
    assert registry.valid_on(day).filter(pl.col("level") == "province").height == count


def test_ancestors_run_from_the_commune_to_the_country(registry: LocalityRegistry) -> None:
    assert registry.ancestors("00001@2004") == ["001@2004", "01@2004", "VN"]
    assert registry.ancestors("10729@2025") == ["31@2025", "VN"]
    assert registry.ancestors("VN") == []


def test_thai_binh_went_into_hung_yen(registry: LocalityRegistry) -> None:
    assert registry.successors("34@2004")["successor_id"].to_list() == ["33@2025"]
    predecessors = registry.predecessors("33@2025")
    assert set(predecessors["predecessor_id"]) == {"33@2004", "34@2004"}
    assert set(predecessors["relation"]) == {"merged_whole"}


def test_the_enlarged_ha_noi_cannot_be_rebuilt_from_whole_parts(registry: LocalityRegistry) -> None:
    relations = registry.predecessors("01@2004").select("predecessor_id", "relation")
    assert dict(relations.iter_rows()) == {
        "01@2003": "whole",
        "28@2003": "whole",
        "26@2003": "part",
        "17@2003": "part",
    }


@pytest.mark.parametrize(
    ("text", "geo_version", "found"),
    [
        ("VN", None, "VN"),
        ("33@2025", None, "33@2025"),
        ("33", "2025", "33@2025"),
        ("33", "2004", "33@2004"),
        ("Hưng Yên", "2025", "33@2025"),
        ("  HUNG  YEN ", "2025", "33@2025"),
        ("tỉnh Hưng Yên", "2004", "33@2004"),
        ("tỉnh Hà Tây", None, "28@2003"),
        ("Hoà Bình", "2003", "17@2003"),
        ("phường Ba Đình", "2025", "00004@2025"),
    ],
)
def test_find(registry: LocalityRegistry, text: str, geo_version: str | None, found: str) -> None:
    assert registry.find(text, geo_version) == found


@pytest.mark.parametrize(
    ("text", "geo_version", "says"),
    [
        ("33", None, r"mã@phiên bản, ví dụ tỉnh Hưng Yên \(33@2004\); tỉnh Hưng Yên \(33@2025\)"),
        (
            "Hưng Yên",
            None,
            r"nhiều địa phương: tỉnh Hưng Yên \(33@2004\); .*\(33@2025\)",
        ),
        ("Ba Đình", "2025", r"phường Ba Đình \(00004@2025\)"),
        ("Hưng Yem", "2025", "gần giống: Hưng Yên"),
        ("99@2025", None, 'Không có địa phương "99@2025"'),
        ("28", "2025", 'Không có địa phương "28@2025"'),
        ("", None, "Không có địa phương"),
    ],
)
def test_nothing_is_guessed(
    registry: LocalityRegistry, text: str, geo_version: str | None, says: str
) -> None:
    with pytest.raises(UnknownLocality, match=says):
        registry.find(text, geo_version)


def test_an_unknown_identity_is_refused(registry: LocalityRegistry) -> None:
    with pytest.raises(UnknownLocality, match="28@2004"):
        registry.get("28@2004")
    with pytest.raises(UnknownLocality, match="28@2004"):
        registry.of_code("28", "2004")
    assert registry.of_code("VN", "2025") == "VN"
