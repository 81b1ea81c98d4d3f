"""How a page arrives: nothing jumps, waiting is shown quietly, silence of the server is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from dashboard.app import PAGES as MAP_OF_THE_BOARD
from tests.dashboard.conftest import Board, Visit, free_port, readers_context, served
from tests.dashboard.test_board_in_browser import CUT_OFF, PAGES, expect_to_fit
from tests.support.release import publish_test_release

pytestmark = pytest.mark.browser

PATHS = [page.path for page in MAP_OF_THE_BOARD]
ANSWERS = "**/_dash-update-component*"
MOST_SHIFT = 0.05  # half of what is called good
WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def late(seconds: float) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        time.sleep(seconds)
        route.continue_()

    return answer


@contextmanager
def held_back(page: Page) -> Iterator[None]:
    """The server's answers come only after the block."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ANSWERS, hold)
    yield
    for route in held:
        route.continue_()
    page.unroute(ANSWERS)


def test_every_page_of_the_board_is_looked_at() -> None:
    looked_at = {address.partition("?")[0] for address in PAGES.values()}
    assert set(PATHS) <= looked_at


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_jumps(visit: Visit, path: str, first: bool, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.add_init_script(WATCH_SHIFTS)
    if first:
        visit.page.add_init_script("localStorage.removeItem('hints')")
    visit.open(path)
    assert visit.page.evaluate("() => window.shifted") < MOST_SHIFT


@pytest.fixture(scope="module")
def zoomed(context: BrowserContext) -> Iterator[BrowserContext]:
    """A window of 1440 px at 200 %: half as many pixels, each drawn twice as large."""
    assert context.browser is not None
    own = readers_context(
        context.browser, viewport={"width": 720, "height": 450}, device_scale_factor=2
    )
    yield own
    own.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_at_a_zoom_of_two_hundred_percent(
    zoomed: BrowserContext, board: Board, name: str
) -> None:
    visit = Visit(zoomed.new_page(), board)
    visit.open(PAGES[name])
    expect_to_fit(visit.page)
    assert visit.page.evaluate(CUT_OFF) == []
    visit.page.close()


def test_a_walk_through_the_board_asks_no_other_host(visit: Visit) -> None:
    page = visit.open("/")
    for path in PATHS:
        page.locator(f".page-link[href='{path}']").click()
        expect(page.locator(f".page-link[aria-current][href='{path}']")).to_be_visible()
        visit.settle()
    for theme in ("dark", "light"):
        visit.in_theme(theme)
    page.get_by_role("button", name="Gợi ý").click()
    assert visit.foreign == []
    assert visit.complaints == []


def test_a_late_page_is_awaited_in_its_own_place(visit: Visit) -> None:
    page = visit.open("/")
    main = page.locator("#main")
    with held_back(page):
        page.get_by_role("link", name="Danh mục", exact=True).click()
        expect(main).to_have_attribute("aria-busy", "true")
        expect(main).to_have_attribute("data-leaving", "")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Danh mục")
    expect(main).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#unreachable")).to_be_hidden()


def test_a_late_answer_to_a_filter_leaves_the_old_figures_dimmed(visit: Visit) -> None:
    page = visit.open("/")
    main = page.locator("#main")
    with held_back(page):
        page.get_by_role("link", name="2030", exact=True).click()
        expect(main).to_have_attribute("aria-busy", "true")
        expect(main).not_to_have_attribute("data-leaving", "")
    expect(page.locator("#title")).to_contain_text("2030")
    expect(main).not_to_have_attribute("aria-busy", "true")


def test_waiting_is_not_shown_for_the_first_moment(visit: Visit) -> None:
    page = visit.open("/")
    page.evaluate(
        """() => {
          document.addEventListener("click", () => { window.clicked = performance.now(); }, true);
          new MutationObserver(() => { window.busyAfter ??= performance.now() - window.clicked; })
            .observe(document.getElementById("main"), { attributeFilter: ["aria-busy"] });
        }"""
    )
    page.route(ANSWERS, late(1.5))
    page.get_by_role("link", name="2030", exact=True).click()
    expect(page.locator("#title")).to_contain_text("2030")
    assert page.evaluate("() => window.busyAfter") >= 150


def test_while_the_first_page_comes_no_english_is_shown(visit: Visit) -> None:
    page = visit.page
    page.route("**/_dash-layout", late(1.5))
    page.goto(visit.board.url, wait_until="commit")
    expect(page.locator("._dash-loading")).to_be_attached()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    # Dash puts its own word there, whatever the language.
    expect(page.locator("._dash-loading")).to_have_css("font-size", "0px")
    page.wait_for_selector("#title")


@pytest.mark.parametrize("status", [502, 503])
def test_an_answer_of_a_gateway_is_told_too(visit: Visit, status: int) -> None:
    page = visit.open("/?lang=en")
    pages = page.get_by_role("navigation", name="Pages")
    page.route(ANSWERS, lambda route: route.fulfill(status=status, body="Bad Gateway"))
    pages.get_by_role("link", name="Map", exact=True).click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("The server does not answer")
    expect(notice).not_to_contain_text("Máy chủ", use_inner_text=True)
    expect(page.locator("#title")).to_be_visible()
    page.unroute(ANSWERS)
    pages.get_by_role("link", name="Catalogue", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("atalogue")
    expect(notice).to_be_hidden()


def test_a_server_that_is_gone_is_told_and_comes_back(
    context: BrowserContext, tmp_path: Path
) -> None:
    publish_test_release(tmp_path / "processed")
    port = free_port()
    with served(tmp_path, port) as board:
        page = context.new_page()
        visit = Visit(page, board)
        visit.open("/")
    page.get_by_role("link", name="Danh mục", exact=True).click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Máy chủ không trả lời nên trang vừa chọn chưa mở được.")
    expect(page.locator("#title")).to_contain_text("Cả nước")  # the page that was open
    expect(page.locator("#main")).not_to_have_attribute("aria-busy", "true")
    retry = page.get_by_role("button", name="Thử lại")
    retry.focus()
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("Đã thử lại, chưa được, lúc")
    expect(page.locator("#title")).to_contain_text("Cả nước")
    with served(tmp_path, port):
        retry.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Danh mục")
        expect(page.locator("#unreachable")).to_be_hidden()
    page.close()
