"""A grid in a real Chromium: Vietnamese, reachable from the keyboard, harmless, and on paper."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.dashboard.conftest import PATIENCE, Board, Visit, wait_until_served
from tests.dashboard.test_accessibility import grave_faults
from tests.support.grid_board import PATH, PLACES
from tests.support.release import HOSTILE, publish_test_release

pytestmark = pytest.mark.browser
LIBRARY = "dash_ag_grid"


@pytest.fixture(scope="module")
def grid_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """The board with one more page that holds grids."""
    directory = tmp_path_factory.mktemp("grid")
    publish_test_release(directory / "processed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.grid_board", str(port)],
        env={**os.environ, "GENDER_STATS_DATA_DIRECTORY": str(directory)},
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/healthz")
        yield Board(f"http://127.0.0.1:{port}", directory / "processed")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture
def visit(context: BrowserContext, grid_board: Board) -> Iterator[Visit]:
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    yield Visit(page, grid_board)
    page.close()


def open_grid(visit: Visit, query: str = "") -> Page:
    page = visit.open(PATH + query)
    expect(cells(page, "place.name").first).to_be_visible()
    return page


def large(page: Page) -> Locator:
    return page.locator(".grid[data-grid=large]")


def cells(page: Page, column: str) -> Locator:
    return large(page).locator(f"[role=gridcell][col-id='{column}']")


def places(page: Page) -> list[str]:
    """The first column in the order in which it is seen."""
    rows = large(page).locator(".ag-pinned-left-cols-container [role=row]")
    return [text.strip() for text in rows.all_inner_texts()]


def row_of(page: Page, place: str) -> dict[str, str]:
    row = large(page).locator("[role=row]", has_text=place).first.get_attribute("row-index")
    found = large(page).locator(f"[row-index='{row}'] [role=gridcell]").all()
    return {str(cell.get_attribute("col-id")): cell.inner_text() for cell in found}


def test_numbers_are_written_as_viet_nam_writes_them(visit: Visit) -> None:
    page = open_grid(visit)
    assert row_of(page, "Đắk Lắk") == {
        "place.name": "Đắk Lắk", "year": "2024", "value": "1.000,5", "note": "–",
    }  # fmt: skip
    assert row_of(page, "Huế") == {
        "place.name": "Huế", "year": "–", "value": "–", "note": "",
    }  # fmt: skip
    assert row_of(page, "Lào Cai")["value"] == "0,0"
    assert row_of(page, "<script>")["value"] == "−0,25"
    assert visit.complaints == []


def test_in_english_as_english_does(visit: Visit) -> None:
    page = open_grid(visit, "?lang=en")
    assert row_of(page, "Đắk Lắk")["value"] == "1,000.5"
    expect(page.get_by_role("searchbox", name="Search the table")).to_be_visible()


def test_hostile_texts_are_seen_and_never_run(visit: Visit) -> None:
    page = open_grid(visit)
    assert row_of(page, "<script>")["place.name"] == HOSTILE
    links = large(page).get_by_role("link")
    addresses = {link.get_attribute("href") for link in links.all()}
    assert addresses == {"/truy-vet?obs=obs:3"}
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("window.hacked") is None
    assert visit.foreign == []


def test_names_are_sorted_by_the_vietnamese_alphabet(visit: Visit) -> None:
    page = open_grid(visit)
    head = large(page).get_by_role("columnheader", name="Địa phương")
    head.get_by_text("Địa phương").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    wanted = ["Ả", "An Giang", "Ăn", "Ấp Bắc", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Hà Nội", "Huế",
              "Lào Cai", "Xã 2", "Xã 9", "Xã 10"]  # fmt: skip
    assert [place for place in places(page) if place != HOSTILE] == wanted


def test_what_is_missing_comes_last_in_both_directions(visit: Visit) -> None:
    page = open_grid(visit)
    head = large(page).get_by_role("columnheader", name="Giá trị")
    for direction in ("ascending", "descending"):
        head.get_by_text("Giá trị").click()
        expect(head).to_have_attribute("aria-sort", direction)
        assert places(page)[-1] == "Huế"


def test_a_place_is_found_without_its_accents(visit: Visit) -> None:
    page = open_grid(visit)
    page.get_by_role("searchbox", name="Tìm trong bảng").fill("DA nang")
    expect(large(page).locator(".ag-pinned-left-cols-container [role=row]")).to_have_count(1)
    assert places(page) == ["Đà Nẵng"]
    page.get_by_role("searchbox", name="Tìm trong bảng").fill("")
    expect(large(page).get_by_text("An Giang")).to_be_visible()


def test_what_is_looked_for_begins_a_word(visit: Visit) -> None:
    page = open_grid(visit)
    box = page.get_by_role("searchbox", name="Tìm trong bảng")
    box.fill("a 9")  # of "Xã 9" only the number begins a word
    expect(large(page).get_by_text("Không có dòng nào phù hợp")).to_be_visible()
    box.fill("10 xa")
    expect(large(page).locator(".ag-pinned-left-cols-container [role=row]")).to_have_count(1)
    assert places(page) == ["Xã 10"]


def test_a_filter_speaks_vietnamese_and_ignores_accents(visit: Visit) -> None:
    page = open_grid(visit)
    head = large(page).get_by_role("columnheader", name="Địa phương")
    head.locator(".ag-header-cell-filter-button").click()
    box = page.get_by_placeholder("Lọc...").first
    box.fill("can tho")
    expect(large(page).locator(".ag-pinned-left-cols-container [role=row]")).to_have_count(1)
    assert places(page) == ["Cần Thơ"]
    expect(page.locator(".ag-filter").get_by_text("Chứa").first).to_be_visible()


def test_a_value_opens_its_trace_from_the_keyboard(visit: Visit) -> None:
    page = open_grid(visit)
    cells(page, "place.name").first.click()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.board.url}/truy-vet?obs=obs:3")
    expect(page.locator("#title")).to_be_focused()


def test_on_paper_a_grid_is_a_table_of_what_is_seen(visit: Visit) -> None:
    page = open_grid(visit)
    page.get_by_role("searchbox", name="Tìm trong bảng").fill("nang")
    expect(large(page).locator(".ag-pinned-left-cols-container [role=row]")).to_have_count(1)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    table = large(page).locator("table")
    expect(table).to_be_visible()
    expect(large(page).locator(".ag-root-wrapper")).to_be_hidden()
    rows = [row.all_inner_texts() for row in (table.locator("th"), table.locator("td"))]
    assert rows == [
        ["Địa phương", "Năm", "Giá trị", "Ghi chú"], ["Đà Nẵng", "2024", "1.004,5", "–"],
    ]  # fmt: skip
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(table).to_have_count(0)


def test_the_library_is_fetched_once_and_only_by_a_page_with_a_grid(visit: Visit) -> None:
    fetched: list[str] = []
    visit.page.on("request", lambda request: fetched.append(request.url))
    page = visit.open("/")
    assert [url for url in fetched if LIBRARY in url] == []
    page.evaluate(f"history.pushState({{}}, '', '{PATH}')")
    page.evaluate("window.dispatchEvent(new CustomEvent('_dashprivate_pushstate'))")
    expect(cells(page, "place.name").first).to_be_visible()
    first = [url for url in fetched if LIBRARY in url]
    assert len(first) == 2  # the library and its one further part
    page.get_by_role("link", name="Tổng quan", exact=True).last.click()
    expect(page.locator(".matrix")).to_be_visible()
    page.go_back()
    expect(cells(page, "place.name").first).to_be_visible()
    assert [url for url in fetched if LIBRARY in url] == first
    assert visit.complaints == []


@pytest.mark.parametrize("width", [1440, 360])
def test_a_page_with_grids_fits_and_has_no_grave_fault(visit: Visit, width: int) -> None:
    page = open_grid(visit)
    page.set_viewport_size({"width": width, "height": 900})
    visit.settle()
    visit.keep(f"luoi_{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert grave_faults(visit) == []


def test_places_cover_the_letters_that_computers_sort_wrongly() -> None:
    assert sorted(PLACES) != ["Ả", "An Giang", "Ăn", "Ấp Bắc", "Cần Thơ", "Đà Nẵng", "Đắk Lắk",
                              "Hà Nội"]  # fmt: skip
