"""Light and dark in a real Chromium: the reader's choice, else the system's; paper is light."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.theme import COLOURS, DARK
from tests.dashboard.conftest import Visit

pytestmark = pytest.mark.browser

CHART = "/chi-tieu?target=NSGE-4.1"
MAP = "/ban-do?target=NSGE-4.1"
# The theme at the moment when there is first something that could be painted.
WATCH_THE_FIRST = """new MutationObserver((_, watching) => {
  if (!document.body) return;
  watching.disconnect();
  window.firstTheme = document.documentElement.dataset.theme;
}).observe(document, { childList: true, subtree: true });"""
# Every colour that is painted in the charts, as the browser writes it.
PAINTED = """() => [...new Set([...document.querySelectorAll(".graph :is(.main-svg, .main-svg *)")]
  .flatMap(part => { const style = getComputedStyle(part);
    return [style.fill, style.stroke, style.backgroundColor]; }))]"""

CHART_GROUND_IS = """colour =>
  document.querySelector(".graph .main-svg").style.backgroundColor === colour"""


def as_painted(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def ground(page: Page) -> str:
    return str(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))


def painted(page: Page) -> set[str]:
    colours: list[str] = page.evaluate(PAINTED)
    return set(colours)


def only_of(palette: dict[str, str], other: dict[str, str]) -> set[str]:
    return {as_painted(colour) for colour in set(palette.values()) - set(other.values())}


@pytest.mark.parametrize(("theme", "palette"), [("light", COLOURS), ("dark", DARK)])
def test_a_first_visit_follows_the_system_before_anything_is_painted(
    visit: Visit, theme: Any, palette: dict[str, str]
) -> None:
    visit.page.emulate_media(color_scheme=theme)
    visit.page.add_init_script(WATCH_THE_FIRST)
    page = visit.open("/")
    assert page.evaluate("() => window.firstTheme") == theme
    assert ground(page) == as_painted(palette["paper"])


def test_the_choice_is_said_and_kept(context: BrowserContext, visit: Visit) -> None:
    page = visit.open("/")
    button = page.get_by_role("button", name="Nền tối")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    try:
        expect(button).to_have_attribute("aria-pressed", "true")
        page = visit.open("/chi-tieu?lang=en")
        expect(page.get_by_role("button", name="Dark theme")).to_have_attribute(
            "aria-pressed", "true"
        )
        assert ground(page) == as_painted(DARK["paper"])
    finally:
        page.evaluate("() => localStorage.removeItem('mantine-color-scheme-value')")
    assert visit.complaints == []


@pytest.mark.parametrize("address", [CHART, MAP])
def test_charts_change_their_colours_without_asking_the_server(visit: Visit, address: str) -> None:
    page = visit.open(address)
    assert painted(page).isdisjoint(only_of(DARK, COLOURS))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit.in_theme("dark")
    assert as_painted(DARK["paper"]) in painted(page)
    assert painted(page).isdisjoint(only_of(COLOURS, DARK))
    assert asked == []


def test_a_chart_that_is_drawn_in_the_dark_is_dark_at_once(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = visit.open(CHART)
    assert painted(page).isdisjoint(only_of(COLOURS, DARK))
    height = "() => document.querySelector('.graph .svg-container').clientHeight"
    before = page.evaluate(height)
    visit.in_theme("light")
    visit.in_theme("dark")
    assert page.evaluate(height) == before


def test_a_series_that_was_switched_off_stays_off(visit: Visit) -> None:
    page = visit.open(CHART)
    page.evaluate(
        "() => Plotly.restyle(document.querySelector('.js-plotly-plot'), {visible: false}, [0])"
    )
    visit.in_theme("dark")
    shown = "() => document.querySelector('.js-plotly-plot').data.map(series => series.visible)"
    assert page.evaluate(shown)[0] is False


@pytest.mark.parametrize("address", [CHART, MAP])
def test_paper_is_light(visit: Visit, address: str) -> None:
    page = visit.open(address)
    visit.in_theme("dark")
    page.emulate_media(color_scheme="dark", media="print")
    page.wait_for_function(CHART_GROUND_IS, arg=as_painted(COLOURS["paper"]))
    assert ground(page) == as_painted(COLOURS["paper"])
    assert painted(page).isdisjoint(only_of(DARK, COLOURS))
    page.emulate_media(color_scheme="dark", media="screen")
    page.wait_for_function(CHART_GROUND_IS, arg=as_painted(DARK["paper"]))


def test_a_picture_of_a_chart_is_light(visit: Visit) -> None:
    page = visit.open(CHART)
    visit.in_theme("dark")
    picture: str = page.evaluate(
        """() => Plotly.toImage(document.querySelector(".js-plotly-plot"), {format: "svg"})
          .then(decodeURIComponent)"""
    )
    assert as_painted(COLOURS["paper"]) in picture
    assert not any(colour in picture for colour in only_of(DARK, COLOURS))
    figure: dict[str, Any] = page.evaluate(
        "() => boardTheme.light(document.querySelector('.js-plotly-plot')).layout"
    )
    assert figure["paper_bgcolor"] == COLOURS["paper"]


def test_lists_of_choices_are_dark_too(visit: Visit) -> None:
    page = visit.open("/")
    visit.in_theme("dark")
    page.get_by_role("combobox", name="Địa phương").click()
    option = page.get_by_role("listbox", name="Địa phương")
    expect(option).to_be_visible()
    frame = page.locator(".mantine-Select-dropdown:visible")
    expect(frame).to_have_css("background-color", as_painted(DARK["paper"]))
    expect(page.get_by_role("option").first).to_have_css("color", as_painted(DARK["ink"]))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_focus_is_seen(visit: Visit, theme: Any) -> None:
    page = visit.open("/")
    visit.in_theme(theme)
    page.get_by_role("link", name="Tổng quan").focus()
    page.keyboard.press("Tab")
    palette = DARK if theme == "dark" else COLOURS
    focused = page.locator(":focus-visible")
    expect(focused).to_have_css("outline-style", "solid")
    expect(focused).to_have_css("outline-color", as_painted(palette["accent"]))


@pytest.mark.parametrize("address", ["/", "/dia-phuong?locality=33@2025", MAP])
def test_symbols_and_marks_are_seen_in_the_reader_s_own_colours(visit: Visit, address: str) -> None:
    page = visit.open(address)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.wait_for_function("() => matchMedia('(forced-colors: active)').matches")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll(".symbol, .mark, .strip-dot, .spark-line")]
          .filter(shape => shape.checkVisibility())
          .filter(shape => {
            const {backgroundColor, borderTopWidth} = getComputedStyle(shape);
            const ground = getComputedStyle(document.body).backgroundColor;
            return backgroundColor === ground && borderTopWidth === "0px";
          }).map(shape => shape.className)"""
    )
    assert hidden == []
