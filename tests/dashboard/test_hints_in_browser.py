"""Three hints for a first visit: shown once, closed for good, there again when asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.dashboard.conftest import PATIENCE, Board

pytestmark = pytest.mark.browser


@pytest.fixture
def newcomer(context: BrowserContext, board: Board) -> Iterator[Page]:
    """A browser that has never been here."""
    assert context.browser is not None
    own = context.browser.new_context(viewport={"width": 1440, "height": 900})
    own.set_default_timeout(PATIENCE * 1000)
    page = own.new_page()
    page.goto(board.url)
    page.wait_for_selector("#title")
    yield page
    own.close()


def hints(page: Page) -> Locator:
    return page.get_by_role("region", name="Gợi ý cho lần đầu")


def test_a_first_visit_is_helped_in_three_points(newcomer: Page) -> None:
    expect(hints(newcomer).get_by_role("listitem")).to_have_count(3)
    expect(hints(newcomer)).to_contain_text("Ký hiệu luôn đi với chữ:", use_inner_text=True)
    expect(hints(newcomer).get_by_text("chưa đạt")).to_be_visible()
    newcomer.get_by_role("link", name="EN", exact=True).click()
    named = newcomer.get_by_role("region", name="Hints for a first visit")
    expect(named).to_contain_text("Choose an underlined number")
    expect(named).not_to_contain_text("Địa chỉ trang", use_inner_text=True)


def test_closed_hints_do_not_come_back_by_themselves(newcomer: Page) -> None:
    newcomer.get_by_role("button", name="Đã hiểu").click()
    expect(hints(newcomer)).to_be_hidden()
    expect(newcomer.locator("#main")).to_be_focused()
    newcomer.reload()
    newcomer.wait_for_selector("#title")
    expect(hints(newcomer)).to_be_hidden()


def test_escape_closes_them_but_only_after_a_list_of_choices(newcomer: Page) -> None:
    box = newcomer.get_by_role("combobox", name="Địa phương")
    box.click()
    expect(box).to_have_attribute("aria-expanded", "true")
    newcomer.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(hints(newcomer)).to_be_visible()
    newcomer.keyboard.press("Escape")
    expect(hints(newcomer)).to_be_hidden()


def test_the_footer_opens_them_again_and_escape_leads_back_there(newcomer: Page) -> None:
    newcomer.get_by_role("button", name="Đã hiểu").click()
    button = newcomer.get_by_role("button", name="Gợi ý")
    button.focus()
    newcomer.keyboard.press("Enter")
    expect(hints(newcomer)).to_be_focused()
    expect(hints(newcomer)).to_be_in_viewport()
    newcomer.keyboard.press("Escape")
    expect(hints(newcomer)).to_be_hidden()
    expect(button).to_be_focused()


def test_they_are_not_printed(newcomer: Page) -> None:
    newcomer.emulate_media(media="print")
    expect(hints(newcomer)).to_be_hidden()
    expect(newcomer.get_by_role("button", name="Gợi ý")).to_be_hidden()
