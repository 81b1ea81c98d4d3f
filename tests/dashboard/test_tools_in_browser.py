"""A reader takes a page away: file, link, print, picture; with the mouse and from the keyboard."""

from __future__ import annotations

import struct
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.dashboard.conftest import Visit

pytestmark = pytest.mark.browser

TREND = "/chi-tieu?target=NSGE-4.1&locality=33@2025"


def tools(page: Page, name: str = "Công cụ của trang") -> Locator:
    return page.get_by_role("group", name=name)


def taken(page: Page, control: Locator) -> Download:
    with page.expect_download() as download:
        control.click()
    return download.value


def picture(page: Page, kind: str) -> Download:
    return taken(page, page.locator("#main").get_by_role("button", name=f"Tải hình {kind}").first)


# The page ----------------------------------------------------------------------------------------


def test_a_table_is_taken_into_excel_without_leaving_the_page(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/?milestone=2030")
    file = taken(page, tools(page).get_by_role("link", name="Tải về Excel"))
    assert file.suggested_filename.startswith("ket-qua-thuc-hien-chi-tieu-binh-dang-gioi-moc-2030")
    file.save_as(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Số liệu"]
    assert sheet["A1"].value == "Địa phương"
    assert page.url == f"{visit.board.url}/?milestone=2030"
    assert taken(page, tools(page).get_by_role("link", name="CSV")).suggested_filename.endswith(
        ".csv"
    )
    assert visit.complaints == []


def test_the_links_follow_the_view(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name="2030", exact=True).click()
    link = tools(page).get_by_role("link", name="Tải về Excel")
    expect(link).to_have_attribute("href", "/tai-ve/tong-quan.xlsx?milestone=2030")


@pytest.mark.parametrize("secure", [True, False])
def test_a_link_is_copied_from_the_keyboard_also_where_browsers_lend_no_clipboard(
    visit: Visit, secure: bool
) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not secure:
        visit.page.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'clipboard', {get: () => undefined});"
            "document.execCommand = () => {window.chosen = getSelection().toString()"
            " || document.activeElement.value; return true;};"
        )
    page = visit.open(TREND)
    button = tools(page).get_by_role("button", name="Sao chép liên kết")
    button.focus()
    page.keyboard.press("Enter")
    expect(tools(page).get_by_role("status")).to_have_text("Đã sao chép")
    copied = "navigator.clipboard.readText()" if secure else "window.chosen"
    assert page.evaluate(copied) == f"{visit.board.url}{TREND}"
    expect(button).to_have_text("Sao chép liên kết")


def test_a_page_is_printed_without_its_tools(visit: Visit) -> None:
    visit.page.add_init_script("window.print = () => { window.printed = true; };")
    page = visit.open(TREND)
    tools(page).get_by_role("button", name="In", exact=True).click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator(".figure-tools").first).to_be_hidden()


def test_in_english_the_tools_speak_english(visit: Visit) -> None:
    page = visit.open(TREND + "&lang=en")
    found = tools(page, "Tools of the page")
    expect(found.get_by_role("link", name="Download Excel")).to_be_visible()
    expect(page.get_by_role("button", name="Picture as PNG: Trend")).to_be_visible()


# The picture -------------------------------------------------------------------------------------


def test_a_chart_gives_a_picture_that_stands_alone(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(TREND)
    file = picture(page, "SVG")
    assert file.suggested_filename.startswith("hung-yen-chi-tieu-4-1-ty-so-gioi-tinh-khi-sinh")
    file.save_as(tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for said in ("Hưng Yên · Chỉ tiêu 4.1.", "Nguồn: ", "Bản công bố release-1", "Mốc 2025"):
        assert said in drawn
    assert "Định nghĩa" not in drawn  # a link leads nowhere from a picture
    assert "url(data:font/woff2;base64," in drawn
    assert "SỐ LIỆU MINH HỌA" not in drawn
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_picture_in_dots_is_sharp(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(TREND)
    file = picture(page, "PNG")
    file.save_as(tmp_path / "a.png")
    content = (tmp_path / "a.png").read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert width >= 2 * 720
    assert height > 2 * 380


def test_a_picture_from_a_phone_is_as_wide_as_any_and_a_map_keeps_its_shape(
    visit: Visit, tmp_path: Path
) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 900})
    page = visit.open("/ban-do?target=NSGE-4.1")
    file = picture(page, "PNG")
    file.save_as(tmp_path / "a.png")
    width, height = struct.unpack(">II", (tmp_path / "a.png").read_bytes()[16:24])
    seen = page.locator(".map-graph .js-plotly-plot").bounding_box()
    assert seen is not None
    assert width == 2 * (720 + 48)
    assert height > 2 * 720 * seen["height"] / seen["width"]


def test_a_picture_of_a_page_with_made_up_figures_says_so(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(TREND)
    page.evaluate(
        "const ribbon = document.createElement('div'); ribbon.className = 'ribbon';"
        "ribbon.textContent = 'SỐ LIỆU MINH HỌA'; document.getElementById('main').prepend(ribbon)"
    )
    file = picture(page, "SVG")
    assert file.suggested_filename.startswith("minh-hoa-hung-yen")
    file.save_as(tmp_path / "a.svg")
    assert "SỐ LIỆU MINH HỌA" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_map_takes_its_scale_and_its_credit_into_the_picture(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.open("/ban-do?target=NSGE-4.1")
    file = picture(page, "SVG")
    file.save_as(tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    ends = page.locator(".scale-words span").all_inner_texts()
    assert len(ends) == 3
    for said in (*ends, "Ranh giới: ", "Quần đảo Hoàng Sa", "Quần đảo Trường Sa"):
        assert said in drawn


def test_every_chart_has_its_buttons_once_and_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-1.1")
    charts = page.locator("#main .graph").count()
    assert charts > 1
    expect(page.locator(".figure-tools")).to_have_count(charts)
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.get_by_text("Picture:").first).to_be_visible()
    expect(page.locator(".figure-tools")).to_have_count(charts)
    page.get_by_role("link", name="Catalogue", exact=True).click()
    expect(page.locator("#main .catalogue")).to_be_visible()
    expect(page.locator(".figure-tools")).to_have_count(0)
