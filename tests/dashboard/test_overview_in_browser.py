"""Tổng quan in a real Chromium: one screen, one sheet, one target at a time on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.dashboard.conftest import Board, Visit, free_port, served
from tests.support.release import publish_test_release, release_frames

pytestmark = pytest.mark.browser

PROVINCES = 63
HEIGHT = "document.documentElement.scrollHeight"
FULL = ("/", "/?geography=2004", "/?locality=ALL&lang=en", "/?gom=vung&milestone=2030&lang=en")


def full_frames() -> dict[str, pl.DataFrame]:
    """The small release with as many provinces and targets as there are, all with results."""
    frames = release_frames()
    localities, targets, found = (frames[name] for name in ("localities", "targets", "assessments"))
    pattern = targets.filter(target_id="NSGE-2.1")
    codes = [f"{objective}.{number}" for objective, number in product(range(1, 6), range(5, 7))]
    added = [
        pattern.with_columns(
            target_id=pl.lit(f"NSGE-{code}"), short_code=pl.lit(code),
            objective_no=pl.lit(int(code[0]), dtype=pattern.schema["objective_no"]),
        )
        for code in codes
    ]  # fmt: skip
    frames["targets"] = pl.concat([targets, *added])
    headline = frames["targets"].filter("is_headline")["target_id"].to_list()
    province = localities.filter(locality_id="01@2025")
    more = [
        province.with_columns(
            locality_id=pl.lit(f"{code}@{version}"), code=pl.lit(str(code)),
            geo_version=pl.lit(version), name_vi=pl.lit(f"Bà Rịa - Vũng Tàu {code}"),
            region_id=pl.lit(f"RRD@{version}"),
        )
        for version in ("2025", "2004")
        for code in range(100, 100 + PROVINCES - len(("01", "33", "34")))
    ]  # fmt: skip
    frames["localities"] = pl.concat([localities, *more])
    places = frames["localities"].filter(pl.col("level").is_in(["national", "province"]))
    judged = found.filter(locality_id="01@2025", target_id="NSGE-2.1")
    known = found.select("locality_id", "target_id", "milestone_year")
    everything = (
        judged.drop("locality_id", "target_id")
        .join(places.select("locality_id"), how="cross")
        .join(pl.DataFrame({"target_id": headline}), how="cross")
        .select(found.columns)
        .join(known, on=["locality_id", "target_id", "milestone_year"], how="anti")
    )
    frames["assessments"] = pl.concat([found, everything])
    return frames


@pytest.fixture(scope="module")
def full_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board whose matrix is as large as the country's."""
    directory: Path = tmp_path_factory.mktemp("full")
    publish_test_release(directory / "processed", frames=full_frames())
    with served(directory, free_port()) as board:
        yield board


@pytest.fixture
def full(context: BrowserContext, full_board: Board) -> Iterator[Visit]:
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    yield Visit(page, full_board)
    page.close()


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


# One screen, one sheet -------------------------------------------------------------------------


@pytest.mark.parametrize("address", FULL)
def test_a_full_board_stands_on_one_screen_and_on_one_sheet(full: Visit, address: str) -> None:
    page = full.open(address)
    for width, height in ((1440, 900), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        full.settle()
        assert page.evaluate(HEIGHT) <= height
        for panel in (".panel-attention", ".panel-matrix", ".panel-chosen"):
            box = page.locator(panel).bounding_box()
            assert box is not None
            assert box["height"] > 150
            assert box["y"] + box["height"] <= height
    assert sheets(page) == 1
    assert full.complaints == []


@pytest.mark.parametrize("address", ["/", "/?geography=2004", "/?locality=33@2025&lang=en"])
def test_a_board_with_few_figures_stands_on_one_screen_and_sheet_too(
    visit: Visit, address: str
) -> None:
    page = visit.open(address)
    assert page.evaluate(HEIGHT) <= 900
    assert sheets(page) == 1


def test_the_sheet_holds_sentence_tiles_list_and_matrix(visit: Visit) -> None:
    page = visit.open("/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 725, "height": 1062})  # A4 within its margins
    visit.settle()
    visit.keep("tong_quan_in")
    for seen in ("#title", ".tiles", ".attention >> nth=0", ".matrix"):
        expect(page.locator(seen)).to_be_visible()
    expect(page.get_by_role("combobox", name="Địa phương")).to_be_hidden()
    root = "document.documentElement"
    page.wait_for_function(f"() => {root}.scrollWidth === {root}.clientWidth")


def test_heads_stay_while_the_matrix_scrolls_in_its_frame(full: Visit) -> None:
    page = full.open("/?geography=2004")
    frame = page.locator(".matrix-frame")
    before = page.locator(".matrix .codes").bounding_box()
    frame.evaluate("frame => frame.scrollTop = 900")
    expect(page.get_by_role("rowheader", name="Bà Rịa - Vũng Tàu 159")).to_be_visible()
    after = page.locator(".matrix .codes").bounding_box()
    assert before == after


def test_a_smaller_screen_shows_everything_below_each_other(full: Visit) -> None:
    page = full.open("/")
    page.set_viewport_size({"width": 1280, "height": 720})
    full.settle()
    for panel in (".panel-attention", ".panel-chosen", ".panel-matrix"):
        page.locator(panel).scroll_into_view_if_needed()
        expect(page.locator(panel)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_on_a_phone_the_matrix_is_the_list_of_one_target(visit: Visit) -> None:
    page = visit.open("/")
    page.set_viewport_size({"width": 360, "height": 800})
    visit.settle()
    expect(page.locator(".matrix tbody tr").first.locator("td:visible")).to_have_count(2)
    expect(page.locator(".matrix .codes th:visible")).to_have_text(re.compile(r"4\.1"))
    page.get_by_text("Chọn chỉ tiêu khác").click()
    page.get_by_role("link", name="2.1 Tỷ lệ lao động nữ").last.click()
    expect(page.locator(".matrix .codes th:visible")).to_have_text(re.compile(r"2\.1"))
    assert page.url.endswith("/?target=NSGE-2.1")


# The matrix ------------------------------------------------------------------------------------


def test_a_head_chooses_the_target_and_keeps_the_focus(visit: Visit) -> None:
    page = visit.open("/")
    head = page.get_by_role("columnheader", name="2.1").get_by_role("link")
    expect(head).to_have_attribute("title", re.compile("^2.1 Tỷ lệ lao động nữ"))
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".panel-chosen h2")).to_contain_text("2.1 Tỷ lệ lao động nữ")
    expect(page.locator(".matrix a[data-key='NSGE-2.1']")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("th.of-chosen")).to_have_attribute("aria-sort", "other")
    expect(page.locator(".sorter")).to_be_focused()
    assert page.url.endswith("/?target=NSGE-2.1&xep=result")


def test_the_rows_are_sorted_and_grouped_by_the_address(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_title("Xếp theo số chỉ tiêu đạt, nhiều nhất trước").click()
    names = page.locator(".matrix tbody th")
    expect(names).to_have_text(["Cả nước", "Hà Nội", "Hưng Yên", "Hải Phòng"])
    page.get_by_role("link", name="Nhóm theo vùng").click()
    expect(names).to_have_text(
        ["Cả nước", "Đồng bằng sông Hồng (3)", "Hà Nội", "Hưng Yên", "Hải Phòng"]
    )
    assert page.url.endswith("/?xep=met&gom=vung")
    page.go_back()
    expect(names).to_have_text(["Cả nước", "Hà Nội", "Hưng Yên", "Hải Phòng"])


def test_another_page_keeps_nothing_of_the_matrix(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name="Danh mục", exact=True).click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator("table.matrix")).to_have_count(0)
    page.go_back()
    expect(page.locator("table.matrix")).to_have_count(1)


def test_a_tile_opens_its_targets(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name=re.compile("^Gần đạt 2 trên 9")).click()
    expect(page.locator(".attention-name")).to_contain_text(["3.1", "6.4"])
    assert page.url.endswith("/?verdict=near")


def test_a_province_of_the_small_map_is_chosen(visit: Visit) -> None:
    page = visit.open("/")
    box: list[float] = page.evaluate(
        """() => {
          const path = [...document.querySelectorAll(".map-graph .choroplethlocation")]
            .find(path => path.__data__.loc === "33");
          const box = path.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.move(*box)
    expect(page.locator(".map-graph .hovertext")).to_contain_text("Hưng Yên: 115,9")
    page.mouse.click(*box)
    expect(page.locator("#title")).to_contain_text("Hưng Yên")
    assert page.url.endswith("/?target=NSGE-4.1&locality=33@2025")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_archipelagos_are_whole_and_named_on_the_small_map(
    visit: Visit, language: str
) -> None:
    page = visit.open(f"/?lang={language}")
    cut: list[str] = page.evaluate(
        """() => {
          const chart = document.querySelector(".map-graph .main-svg").getBoundingClientRect();
          const drawn = [...document.querySelectorAll(
            ".map-graph .js-line, .map-graph .scattergeo text")];
          const inside = box => box.left >= chart.left && box.right <= chart.right + 0.5
            && box.top >= chart.top && box.bottom <= chart.bottom;
          return [drawn.length, ...drawn.filter(e => !inside(e.getBoundingClientRect()))
            .map(e => e.textContent)];
        }"""
    )
    assert cut == [4]
