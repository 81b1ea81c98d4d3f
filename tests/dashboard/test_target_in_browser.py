"""Chỉ tiêu in a real Chromium: dots, points, order, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.conftest import Visit
from tests.dashboard.test_board_in_browser import expect_to_fit

pytestmark = pytest.mark.browser

BIRTHS = "/chi-tieu?target=NSGE-4.1"
OF_A_POINT = """() => {
  const plot = document.querySelector(".trace-graph .js-plotly-plot");
  const { xaxis, yaxis } = plot._fullLayout;
  const trace = plot.data.find(one => one.customdata);
  const last = trace.x.length - 1;
  const { x, y } = plot.querySelector(".nsewdrag").getBoundingClientRect();
  return { x: x + xaxis.l2p(trace.x[last]), y: y + yaxis.l2p(trace.y[last]),
           opens: trace.customdata[last] };
}"""


def test_a_dot_opens_its_locality(visit: Visit) -> None:
    page = visit.open(BIRTHS)
    page.get_by_title("Hải Phòng: 111,1 (2024), gần đạt").click()
    expect(page.locator("#title")).to_contain_text("Hải Phòng · Chỉ tiêu 4.1.")
    assert page.url == f"{visit.board.url}{BIRTHS}&locality=31@2025"
    assert visit.complaints == []


def test_a_number_beside_a_dot_opens_its_trace_from_the_keyboard(visit: Visit) -> None:
    page = visit.open(BIRTHS)
    row = page.get_by_role("row", name=re.compile("^Hải Phòng"))
    row.get_by_role("link", name="Hải Phòng").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the dot is no stop of its own: it opens what the name opens
    expect(page.locator("#title")).to_contain_text("111,1: Tỷ số giới tính khi sinh, Hải Phòng")


def test_a_point_of_the_trend_opens_the_trace_of_its_figure(visit: Visit) -> None:
    page = visit.open(BIRTHS)
    page.locator(".trace-graph").scroll_into_view_if_needed()
    point = page.evaluate(OF_A_POINT)
    page.mouse.move(point["x"], point["y"])
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("#title")).to_contain_text("111,4: Tỷ số giới tính khi sinh")
    assert page.url == f"{visit.board.url}{point['opens']}"


def test_the_order_of_the_rows_is_in_the_address(visit: Visit) -> None:
    page = visit.open(BIRTHS)
    page.get_by_role("link", name="vùng", exact=True).click()
    expect(page.locator(".dots-region")).to_have_text(["Đồng bằng sông Hồng"])
    assert page.url == f"{visit.board.url}{BIRTHS}&gom=vung"
    page.get_by_role("link", name="2030", exact=True).click()
    expect(page.get_by_role("heading", name="Còn cách mốc 2030")).to_be_visible()
    expect(page.locator(".dots-region")).to_have_text(["Đồng bằng sông Hồng"])
    page.go_back()
    page.go_back()
    expect(page.locator(".dots-region")).to_have_count(0)


def expect_dots_on_one_scale(page: Page) -> None:
    """The nation's dot stands right of the line of 2025, which all rows share."""
    places = page.evaluate(
        """() => [...document.querySelectorAll(".dots-scale")].map(scale => {
          const middle = mark => { const box = mark.getBoundingClientRect();
                                   return box.x + box.width / 2; };
          return [middle(scale.querySelector(".line:not(.line-ahead)")),
                  middle(scale.querySelector(".dot .symbol"))];
        })"""
    )
    lines = {round(line) for line, _ in places}
    assert len(lines) == 1
    assert [dot > line for line, dot in places] == [False, True, True, True]
    assert [dot for _, dot in places] == sorted(dot for _, dot in places)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_dots_share_one_scale_and_the_page_fits(visit: Visit, width: int) -> None:
    page = visit.open(BIRTHS)
    page.set_viewport_size({"width": width, "height": 900})
    expect_to_fit(page)
    expect_dots_on_one_scale(page)


@pytest.mark.parametrize(
    "address",
    [
        BIRTHS,
        f"{BIRTHS}&locality=33@2025&gom=vung&lang=en",
        f"{BIRTHS}&geography=2004&milestone=2030",
        "/chi-tieu?target=NSGE-1.1",
    ],
)
def test_the_print_of_a_target_is_one_a4_with_its_chart(visit: Visit, address: str) -> None:
    page = visit.open(address)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 within its margins
    expect_to_fit(page)
    expect(page.locator("h1")).to_be_visible()
