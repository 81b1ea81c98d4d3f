"""The map in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import Visit
from tests.support.release import publish_test_release, release_frames

pytestmark = pytest.mark.browser

ADDRESS = "/ban-do?target=NSGE-4.1"
# Distances in pixels from what is drawn to each side of the chart.
DRAWN = """() => {
  const chart = document.querySelector(".map-graph .main-svg").getBoundingClientRect();
  const box = element => {
    const its = element.getBoundingClientRect();
    return [its.left - chart.left, its.top - chart.top,
            chart.right - its.right, chart.bottom - its.bottom];
  };
  const all = query => [...document.querySelectorAll(`.map-graph ${query}`)].map(box);
  return { frames: all(".js-line"), names: all(".scattergeo text") };
}"""


def centre_of(page: Page, code: str) -> tuple[float, float]:
    """A point on the screen within a province."""
    found: list[float] = page.evaluate(
        """code => {
          const path = [...document.querySelectorAll(".map-graph .choroplethlocation")]
            .find(path => path.__data__.loc === code);
          const box = path.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        code,
    )
    return found[0], found[1]


@pytest.mark.parametrize("geography", ["2025", "2004"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_both_archipelagos_are_drawn_whole_and_named(
    visit: Visit, geography: str, width: int
) -> None:
    page = visit.open(f"{ADDRESS}&geography={geography}")
    page.set_viewport_size({"width": width, "height": 900})
    visit.settle()
    drawn = page.evaluate(DRAWN)
    assert len(drawn["frames"]) == 2
    assert len(drawn["names"]) == 2
    for box in (*drawn["frames"], *drawn["names"]):
        assert min(box) >= 0  # nothing is cropped on any side
    expect(page.locator(".map-graph").get_by_text("Quần đảo Hoàng Sa")).to_be_visible()
    expect(page.locator(".map-graph").get_by_text("Quần đảo Trường Sa")).to_be_visible()
    assert visit.foreign == []
    assert visit.complaints == []


def test_the_map_draws_each_province_of_the_list_and_stripes_over_the_others(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    codes = page.evaluate(
        """() => [...document.querySelectorAll(".map-graph .choroplethlocation")]
          .map(path => [path.__data__.loc, path.getBoundingClientRect().width > 5])"""
    )
    assert sorted(codes) == [["01", True], ["04", True], ["04", True], ["31", True], ["33", True]]
    names = page.locator(".province-table tbody th").all_inner_texts()
    assert names == ["Cả nước", "Hưng Yên", "Hải Phòng", "Hà Nội"]


def test_the_borders_are_fetched_once_and_kept(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open(ADDRESS)
    page.get_by_role("link", name="2022", exact=True).click()
    expect(page.locator("#title")).to_contain_text("năm 2022")
    visit.settle()
    borders = [url for url in asked if "/provinces_2025.json" in url]
    assert len(borders) == 1
    assert page.url.endswith("/ban-do?target=NSGE-4.1&nam=2022")


def test_pointing_at_a_province_tells_its_figure_and_a_click_opens_it(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    page.mouse.move(*centre_of(page, "33"))
    expect(page.locator(".map-graph .hovertext")).to_have_text("Hưng Yên: 115,9 (2024), chưa đạt")
    page.mouse.click(*centre_of(page, "33"))
    expect(page.locator("#title")).to_have_text("Hưng Yên · Chỉ tiêu 4.1. Tỷ số giới tính khi sinh")
    assert page.url.endswith("/chi-tieu?target=NSGE-4.1&locality=33@2025")


def test_the_list_is_reached_and_a_province_opened_by_keyboard(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    page.get_by_role("region", name="Danh sách tỉnh, thành phố").focus()
    for _ in range(3):  # the nation, its figure's trace, the first province
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("Hưng Yên · Chỉ tiêu 4.1")


def test_another_subject_is_chosen_without_accents_and_opens_on_its_own_year(
    visit: Visit,
) -> None:
    page = visit.open(f"{ADDRESS}&nam=2022")
    page.get_by_role("combobox", name="Số liệu trên bản đồ").click()
    page.keyboard.type("lam cong huong luong")
    expect(page.get_by_role("option").first).to_have_text(re.compile("làm công hưởng lương"))
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("2.1")
    assert page.url.endswith("/ban-do?target=NSGE-2.1")


def test_the_print_holds_map_list_and_attribution(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 within its margins
    fits = """() => [".main-svg", ".scale-bar", ".province-table"].every(query =>
      document.querySelector(query).getBoundingClientRect().right <= 703)"""
    page.wait_for_function(fits)
    visit.settle()
    visit.keep("ban_do_in")
    expect(page.get_by_text("Ranh giới: Open Development Vietnam")).to_be_visible()
    expect(page.locator(".province-table")).to_be_visible()
    root = "document.documentElement"
    page.wait_for_function(f"() => {root}.scrollWidth === {root}.clientWidth")


@pytest.fixture
def whole_country(visit: Visit) -> Iterator[Visit]:
    """The board with a figure of each of 63 provinces in force."""
    frames = release_frames()
    places = frames["localities"].filter(locality_id="33@2004")
    figures = frames["observations"].filter(
        pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH", pl.col("ref_area") == "33@2004"
    )
    codes = [f"{number:02}" for number in range(1, 97) if number % 3][:63]
    is_former = (pl.col("level") == "province") & (pl.col("geo_version") == "2004")
    frames["localities"] = pl.concat(
        [frames["localities"].filter(~is_former)]
        + [
            places.with_columns(locality_id=pl.lit(f"{code}@2004"), code=pl.lit(code))
            for code in codes
        ]
    )
    frames["observations"] = pl.concat(
        [frames["observations"]]
        + [
            figures.with_columns(
                ref_area=pl.lit(f"{code}@2004"),
                observation_id=pl.lit(f"{code}:") + pl.col("observation_id"),
            )
            for code in codes
            if code != "33"
        ]
    )
    publish_test_release(visit.board.processed, "release-63", frames)
    yield visit
    (visit.board.processed / "current").write_text("release-1.duckdb", encoding="utf-8")


def test_the_print_of_the_whole_country_is_one_a4(whole_country: Visit) -> None:
    for geography in ("2004", "2025"):
        page = whole_country.open(f"/ban-do?target=SEX_RATIO_AT_BIRTH&geography={geography}")
        expect(page.get_by_text("Ranh giới: Open Development Vietnam")).to_be_visible()
        rows = page.locator(".province-table tbody tr").count()
        assert rows >= (63 if geography == "2004" else 3)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
