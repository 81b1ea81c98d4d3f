"""The board in a real Chromium, as a reader meets it."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.conftest import Visit
from tests.support.release import publish_test_release, release_frames

pytestmark = pytest.mark.browser

OF_HUNG_YEN = release_frames()["observations"].filter(ref_area="33@2025")["observation_id"][1]

PAGES = {
    "tong_quan": "/",
    "tong_quan_2030": "/?milestone=2030",
    "tong_quan_tat_ca": "/?locality=ALL",
    "tong_quan_63_tinh": "/?geography=2004",
    "tong_quan_theo_vung": "/?gom=vung&xep=met&verdict=near",
    "chi_tieu": "/chi-tieu?target=NSGE-4.1",
    "chi_tieu_hop_phan": "/chi-tieu?target=NSGE-1.1",
    "chi_tieu_theo_vung": "/chi-tieu?target=NSGE-4.1&locality=ALL&gom=vung",
    "chi_tieu_dia_phuong": "/chi-tieu?target=NSGE-4.1&locality=33@2025",
    "overview_en": "/?lang=en",
    "target_en": "/chi-tieu?target=NSGE-2.1&lang=en",
    "ban_do": "/ban-do?target=NSGE-4.1&locality=33@2025",
    "ban_do_chua_co_so_lieu": "/ban-do?target=NSGE-6.4",
    "map_en": "/ban-do?target=SEX_RATIO_AT_BIRTH&geography=2004&lang=en",
    "kham_pha": "/kham-pha",
    "kham_pha_hai_gioi": "/kham-pha?ind=WAGE_WORKER_SHARE&gap=shaded&with=33@2025",
    "kham_pha_danh_sach": "/kham-pha?ind=SEX_RATIO_AT_BIRTH&with=ALL&chart=dots&table=list",
    "explore_en": "/kham-pha?ind=SEX_RATIO_AT_BIRTH,WAGE_WORKER_SHARE&chart=bars&lang=en",
    "nop_bao_cao": "/nop-bao-cao",
    "nop_bao_cao_tinh": "/nop-bao-cao?locality=01@2025&period=2025",
    "vung_khong_co_chi_tieu": "/?locality=RRD@2025",
    "delivery_en": "/nop-bao-cao?status=missing&lang=en",
    "van_ban": "/van-ban?locality=ALL",
    "documents_en": "/van-ban?locality=33@2025&lang=en",
    "dia_phuong": "/dia-phuong",
    "dia_phuong_hung_yen": "/dia-phuong?locality=33@2025&peers=01@2025,31@2025",
    "locality_en": "/dia-phuong?locality=34@2004&lang=en",
    "thay_doi": "/thay-doi",
    "changes_en": "/thay-doi?locality=33@2025&lang=en",
    "danh_muc": "/danh-muc",
    "danh_muc_mot_muc": "/danh-muc?q=NSGE-4.1",
    "catalogue_en": "/danh-muc?q=ty+so&entry=SEX_RATIO_AT_BIRTH&lang=en",
    "truy_vet": "/truy-vet?obs=obs:3",
    "truy_vet_don_vi": f"/truy-vet?obs={OF_HUNG_YEN}",
    "trace_en": "/truy-vet?lang=en",
    "khong_co_trang": "/nowhere",
}


def title(page: Page) -> str:
    return page.locator("#title").inner_text()


def choose(page: Page, name: str, option: str) -> None:
    """Choose in a filter as a reader does: type, then take the option."""
    page.get_by_role("combobox", name=name).click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()


def locality_filter(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Địa phương")


def expect_to_fit(page: Page) -> None:
    """Wait until nothing stands out sideways; a chart follows its frame a little later."""
    root = "document.documentElement"
    page.wait_for_function(f"() => {root}.scrollWidth === {root}.clientWidth")


WIDTHS = (1440, 360, 720, 768, 1920)  # 720 is 1440 at a zoom of 200 %
KEPT_WIDTHS = (360, 1440)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_quietly_and_fits(visit: Visit, name: str) -> None:
    page = visit.open(PAGES[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        expect_to_fit(page)
        visit.settle()
        assert page.evaluate(CUT_OFF) == []
        if width in KEPT_WIDTHS:
            visit.keep(f"{name}_{width}")
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_ready_letter_is_opened_and_copied_from_the_keyboard(visit: Visit) -> None:
    page = visit.open("/nop-bao-cao?period=2025&status=missing")
    page.locator(".delivery-table summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    letter = page.locator("textarea.letter").first
    expect(letter).to_be_focused()
    chosen = letter.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen.startswith("Nhắc nộp báo cáo bình đẳng giới năm 2025: phường Giảng Võ")
    assert chosen.endswith("Trân trọng cảm ơn.\n")
    page.keyboard.type("x")
    assert letter.input_value() == chosen


def test_the_catalogue_is_searched_while_typing(visit: Visit) -> None:
    page = visit.open("/danh-muc?locality=33@2025")
    box = page.get_by_role("searchbox", name="Tìm trong danh mục")
    box.focus()
    page.keyboard.type("ty so gioi tinh", delay=60)
    expect(page.locator("#main").get_by_role("status")).to_contain_text(
        "4 mục khớp với “ty so gioi tinh”"
    )
    expect(box).to_have_value("ty so gioi tinh")
    expect(box).to_be_focused()
    assert page.url == f"{visit.board.url}/danh-muc?locality=33@2025&q=ty+so+gioi+tinh"
    page.go_back()
    expect(page.get_by_role("heading", name="Nhóm (9)")).to_be_visible()
    expect(box).to_have_value("")


def test_an_entry_opens_and_closes_from_the_keyboard(visit: Visit) -> None:
    page = visit.open("/danh-muc?q=ty+so+gioi+tinh")
    name = page.get_by_role("link", name="Tỷ số giới tính khi sinh", exact=True)
    expect(name).to_have_attribute("aria-expanded", "false")
    name.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#SEX_RATIO_AT_BIRTH dl")).to_be_visible()
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dl")).to_have_count(0)
    assert page.url == f"{visit.board.url}/danh-muc?q=ty+so+gioi+tinh"


def test_the_address_of_an_entry_leads_to_its_place(visit: Visit) -> None:
    page = visit.open("/danh-muc?entry=NSGE-6.4")
    expect(page.locator("#NSGE-6-4 dl")).to_be_in_viewport()
    page = visit.open("/danh-muc#nhom-6")
    expect(page.locator("#nhom-6")).to_be_in_viewport()


def test_a_number_leads_to_its_cell_and_on_to_its_verdict_in_one_click(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-4.1&locality=33@2025")
    page.get_by_role("table", name="Bảng số liệu").get_by_role("link", name="115,9").click()
    expect(page.locator("#title")).to_contain_text("115,9: Tỷ số giới tính khi sinh, Hưng Yên")
    expect(page.locator("#title")).to_be_focused()
    expect(locality_filter(page)).to_have_value("Hưng Yên")
    assert page.url == f"{visit.board.url}/truy-vet?obs={OF_HUNG_YEN}"
    assert page.evaluate("window.hacked") is None
    choose(page, "Địa phương", "Hà Nội")
    expect(page.locator("#title")).to_have_text("Truy vết một con số")


# Words that their own box cuts off; what scrolls, an input and what is hidden on purpose may.
CUT_OFF = """() => {
  const may = ".hidden, .scroll, input, .js-plotly-plot *, .ag-cell, .ag-cell *, noscript";
  return [...document.querySelectorAll("body *")]
    .filter(e => !e.matches(may) && e.checkVisibility() && e.children.length === 0)
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
    .concat([...document.querySelectorAll(".matrix th, .matrix td")]
      .filter(e => e.scrollWidth > e.clientWidth + 1))
    .map(e => e.textContent);
}"""


def test_fonts_are_loaded_from_the_board(visit: Visit) -> None:
    page = visit.open("/")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Be Vietnam Pro" in family for family in loaded)


def test_choosing_a_locality_changes_the_address_and_the_address_reproduces_it(
    visit: Visit,
) -> None:
    page = visit.open("/?milestone=2030")
    choose(page, "Địa phương", "Hưng Yên")
    expect(page.locator("#title")).to_contain_text("Hưng Yên")
    assert page.url == f"{visit.board.url}/?milestone=2030&locality=33@2025"
    first = title(page)
    assert title(visit.open("/?milestone=2030&locality=33@2025")) == first
    expect(locality_filter(page)).to_have_value("Hưng Yên")


def test_a_locality_is_found_without_accents(visit: Visit) -> None:
    page = visit.open("/")
    locality_filter(page).focus()
    page.keyboard.type("hung y")
    expect(page.get_by_role("option")).to_have_text(["Hưng Yên"])
    # Enter takes the option that is marked, so it has to be marked before.
    expect(page.get_by_role("option")).to_have_attribute("data-combobox-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("Hưng Yên")


def test_a_filter_says_that_it_opens_a_list_and_whether_it_is_open(visit: Visit) -> None:
    page = visit.open("/")
    box = locality_filter(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Địa phương")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Cả nước")


def test_back_returns_to_the_view_before(visit: Visit) -> None:
    page = visit.open("/")
    choose(page, "Địa phương", "Hà Nội")
    expect(page.locator("#title")).to_contain_text("Hà Nội")
    page.go_back()
    expect(page.locator("#title")).to_contain_text("Cả nước")
    expect(locality_filter(page)).to_have_value("Cả nước")
    assert page.url == f"{visit.board.url}/"


def test_milestone_and_geography_are_in_the_address(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("link", name="2030", exact=True).click()
    expect(page.locator("#title")).to_contain_text("2030")
    page.get_by_role("link", name="63 tỉnh").click()
    expect(page.get_by_role("heading", name="63 tỉnh, thành phố đến 30/06/2025")).to_be_visible()
    page.locator(".silent summary").click()
    expect(page.get_by_role("link", name="Thái Bình")).to_be_visible()
    assert page.url == f"{visit.board.url}/?milestone=2030&geography=2004"


def test_choosing_a_target_changes_the_trend(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-4.1")
    choose(page, "Chỉ tiêu", "2.1 Tỷ lệ lao động nữ làm công hưởng lương")
    expect(page.locator("#title")).to_contain_text("2.1")
    assert page.url == f"{visit.board.url}/chi-tieu?target=NSGE-2.1"


def test_a_cell_of_the_matrix_opens_the_trend_without_loading_the_document_again(
    visit: Visit,
) -> None:
    page = visit.open("/")
    page.evaluate("window.same_document = true")
    page.get_by_role("link", name=re.compile("^Hưng Yên, chỉ tiêu 4.1: chưa đạt")).click()
    expect(page.locator("#title")).to_have_text("Hưng Yên · Chỉ tiêu 4.1. Tỷ số giới tính khi sinh")
    assert page.url == f"{visit.board.url}/chi-tieu?target=NSGE-4.1&locality=33@2025"
    assert page.evaluate("window.same_document") is True
    expect(page.locator("#title")).to_be_focused()


def test_a_cell_is_reached_and_opened_by_keyboard(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("rowheader", name="Cả nước").get_by_role("link").focus()
    page.keyboard.press("Tab")
    expect(page.locator("td:focus-within")).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("Chỉ tiêu 1.1.")


def test_the_skip_link_is_the_first_stop(visit: Visit) -> None:
    page = visit.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_language_switch_keeps_the_view(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-4.1&locality=33@2025")
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#title")).to_have_text("Hung Yen · Target 4.1. Sex ratio at birth")
    expect(page).to_have_title("Target · Gender equality")
    assert page.url == f"{visit.board.url}/chi-tieu?target=NSGE-4.1&locality=33@2025&lang=en"
    page.get_by_role("link", name="VI", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_the_chart_is_drawn_and_its_table_stands_beside_it(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-4.1")
    expect(page.locator(".js-line").first).to_be_attached()
    expect(page.get_by_text("Mốc 2030≤ 109", exact=True)).to_be_visible()
    chart, table = (
        page.get_by_role("img", name=re.compile("Biểu đồ diễn biến")).bounding_box(),
        page.get_by_role("table", name="Bảng số liệu").bounding_box(),
    )
    assert chart is not None
    assert table is not None
    assert table["x"] >= chart["x"] + chart["width"]
    assert table["y"] < chart["y"] + chart["height"]


def test_numbers_of_the_axis_follow_the_language(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-3.1")
    expect(page.locator(".ytick text").first).to_have_text(re.compile(r"^\d,\d+$"))
    page = visit.open("/chi-tieu?target=NSGE-3.1&lang=en")
    expect(page.locator(".ytick text").first).to_have_text(re.compile(r"^\d\.\d+$"))


def test_hostile_text_is_shown_and_does_nothing(visit: Visit) -> None:
    page = visit.open("/chi-tieu?target=NSGE-4.1&locality=33@2025")
    expect(page.get_by_text("Tâm lý ưa con trai <script>window.hacked = true")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img").count() == 0
    assert visit.complaints == []


def test_a_new_release_appears_without_restart(visit: Visit) -> None:
    page = visit.open("/")
    expect(page.locator("#title")).to_contain_text("Cả nước")
    frames = release_frames("release-2")
    frames["localities"] = frames["localities"].with_columns(
        name_vi=pl.when(pl.col("code") == "VN").then(pl.lit("Việt Nam")).otherwise("name_vi")
    )
    publish_test_release(visit.board.processed, "release-2", frames)
    try:
        for _ in range(4):  # whichever of the workers answers
            page = visit.open("/")
            expect(page.locator("#title")).to_contain_text("Việt Nam")
            expect(page.locator("footer")).to_contain_text("release-2")
    finally:
        (visit.board.processed / "current").write_text("release-1.duckdb", encoding="utf-8")


@pytest.mark.parametrize("address", ["/dia-phuong", "/dia-phuong?locality=33@2025&peers=01@2025"])
def test_the_print_of_a_locality_is_one_a4(visit: Visit, address: str) -> None:
    page = visit.open(address)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_every_mark_beside_a_name_is_the_one_on_the_ruler(visit: Visit) -> None:
    page = visit.open("/dia-phuong?locality=33@2025&peers=01@2025")
    looks: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll(".targets .mark:not(.mark-value)")].map(mark => {
          const {backgroundColor, borderTopWidth, borderRadius, clipPath} = getComputedStyle(mark);
          const look = [backgroundColor, borderTopWidth, borderRadius, clipPath].join(" ");
          return [mark.className, look];
        })"""
    )
    by_place = {place: {look for named, look in looks if named == place} for place, _ in looks}
    assert [len(found) for found in by_place.values()] == [1] * 4
    assert len(set.union(*by_place.values())) == 4
    assert not any(look.startswith("rgba(0, 0, 0, 0)") for _, look in looks)


def test_targets_without_figures_open_from_the_keyboard(visit: Visit) -> None:
    page = visit.open("/dia-phuong?locality=33@2025")
    page.locator(".silent summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="4.4 Tỷ lệ tỉnh có cơ sở y tế")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/", "/chi-tieu?target=NSGE-4.1&locality=33@2025",
        "/dia-phuong?locality=33@2025&peers=01@2025",
        "/dia-phuong", "/ban-do?target=NSGE-4.1&locality=33@2025", "/danh-muc?entry=NSGE-4.1",
        f"/truy-vet?obs={OF_HUNG_YEN}",
    ],
)  # fmt: skip
def test_text_is_readable_against_its_ground(visit: Visit, address: str) -> None:
    page = visit.open(address)
    for theme in ("light", "dark"):
        visit.in_theme(theme)
        weak: list[dict[str, Any]] = page.evaluate(CONTRAST)
        assert weak == []


# Text with a contrast below WCAG AA (4.5, or 3 for large text) against the nearest solid ground.
CONTRAST = """() => {
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const pair = [light(parse(style.color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5))
      weak.push({ text: element.textContent.slice(0, 40), contrast });
  }
  return weak;
}"""
