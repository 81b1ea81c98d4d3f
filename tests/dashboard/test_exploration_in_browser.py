"""Khám phá in a real Chromium: every choice does what it says, the address reproduces the view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.conftest import Visit

pytestmark = pytest.mark.browser

WAGES = "/kham-pha?ind=WAGE_WORKER_SHARE"
BIRTHS = "/kham-pha?ind=SEX_RATIO_AT_BIRTH"


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def take(page: Page, name: str, typed: str, option: str) -> None:
    """Choose from a list as a reader does from the keyboard, without accents."""
    box(page, name).focus()
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    page.keyboard.press("Enter")


def heads(page: Page) -> list[str]:
    return page.locator(".pivot-table thead th").all_inner_texts()


def test_localities_are_added_one_after_the_other_from_the_keyboard(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=-")
    take(page, "So sánh với", "ha noi", "Hà Nội")
    expect(page).to_have_url(re.compile(r"with=01@2025$"))
    expect(page.locator(".pivot-table tbody th")).to_have_text(["Cả nước", "Hà Nội"])
    expect(box(page, "So sánh với")).to_be_focused()
    take(page, "So sánh với", "hung yen", "Hưng Yên")
    expect(page).to_have_url(re.compile(r"with=01@2025,33@2025$"))
    expect(page.locator(".pivot-table tbody th")).to_have_text(["Cả nước", "Hà Nội", "Hưng Yên"])
    assert visit.complaints == []


def test_a_second_indicator_is_added_and_drawn_apart(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=33@2025")
    take(page, "Số liệu", "lao dong nu lam cong", "Tỷ lệ lao động nữ làm công hưởng lương")
    expect(page.locator(".explore-charts figcaption")).to_have_count(2)
    assert "ind=SEX_RATIO_AT_BIRTH,WAGE_WORKER_SHARE" in page.url


def test_years_are_narrowed(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=-")
    box(page, "Từ năm").click()
    page.get_by_role("option", name="2022").click()
    years = ["2022", "2023", "2024"]
    expect(page.locator(".pivot-table thead th")).to_have_text(["Địa phương", *years])
    assert page.url.endswith("from=2022")


def test_rows_and_columns_of_the_table_change_places(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=33@2025&from=2023")
    box(page, "Hàng của bảng").click()
    page.get_by_role("option", name="Năm", exact=True).click()
    expect(page.locator(".pivot-table tbody th")).to_have_text(["2023", "2024"])
    assert heads(page) == ["Năm", "Cả nước", "Hưng Yên"]


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        ("Cột", ".explore-charts .bars .point"),
        ("Chấm", ".explore-charts .scatter .point"),
        ("Nhiều khung", ".explore-charts.small .point"),
        ("Thứ hạng", ".explore-charts .scatter .point"),
    ],
)
def test_each_form_of_the_chart_is_drawn(visit: Visit, form: str, marks: str) -> None:
    page = visit.open(f"{BIRTHS}&with=ALL")
    link = page.get_by_role("navigation", name="Dạng biểu đồ").get_by_role("link", name=form)
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    expect(link).to_be_focused()
    expect(page.locator(marks).first).to_be_visible()
    assert visit.complaints == []


def test_the_gap_is_computed_and_shows_its_two_figures(visit: Visit) -> None:
    page = visit.open(f"{WAGES}&with=-")
    page.get_by_role("link", name="Hiệu nữ − nam").click()
    cell = page.locator(".pivot-table tbody td").first
    expect(cell).to_contain_text("−7,9")
    expect(cell.get_by_role("link")).to_have_text(["45,1", "53,0"])
    page.get_by_role("link", name="Hai giới, tô khoảng cách").click()
    expect(page.locator(".explore-key li")).to_have_text(["Nữ", "Nam"])
    expect(page.locator(".explore-charts .js-fill").first).to_be_visible()


def test_a_sex_is_taken_in_and_left_out(visit: Visit) -> None:
    page = visit.open(f"{WAGES}&with=-")
    sexes = page.get_by_role("navigation", name="Giới", exact=True)
    sexes.get_by_role("link", name="Nữ").click()
    expect(page).to_have_url(re.compile("sex=F,_T"))
    sexes.get_by_role("link", name="Chung").click()
    expect(page).to_have_url(re.compile("sex=F$"))


def test_a_point_of_a_chart_opens_its_figure(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=-")
    point = page.locator(".explore-charts .point").nth(1)
    place = point.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#title")).to_contain_text("111,5: Tỷ số giới tính khi sinh, Cả nước")


def test_the_address_reproduces_the_view(visit: Visit) -> None:
    address = f"{BIRTHS}&with=33@2025&from=2022&chart=dots&rows=year&cols=place"
    page = visit.open(address)
    parts = (".lead", ".explore-controls", ".explore-charts figcaption", ".pivot-table")
    seen = [page.locator(part).inner_text() for part in parts]
    page.reload()
    visit.settle()
    expect(page.locator(".pivot-table")).to_be_visible()
    assert [page.locator(part).inner_text() for part in parts] == seen
    assert page.url == visit.board.url + address


def test_the_full_list_stands_in_a_grid(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=33@2025&from=2022")
    page.get_by_role("link", name="Danh sách đầy đủ").click()
    expect(page.locator(".ag-row").first).to_be_visible()
    expect(page.locator(".grid .ag-cell", has_text="117,2")).to_be_visible()
    assert visit.complaints == []


def test_the_geography_switch_leaves_the_localities_of_the_other_one(visit: Visit) -> None:
    page = visit.open(f"{BIRTHS}&with=33@2025,VN")
    page.get_by_role("link", name="63 tỉnh").click()
    expect(page.get_by_role("link", name="63 tỉnh")).to_have_attribute("aria-current", "true")
    assert "33@2025" not in page.url
