"""Nộp báo cáo: counts with denominators, lists behind them, letters, and the day of looking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from dash import html

from dashboard import delivery
from dashboard.delivery_matrix import MOST_PERIODS
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from indicators.expected import DeliveryStatus
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, publish_test_release, release_frames

VI = Words("vi")


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "today", lambda: date(2025, 12, 20))


def title_of(content: object) -> str:
    (title,) = [found for found in walk(content) if isinstance(found, html.H1)]
    return text_of(title)


def units(content: object) -> list[list[str]]:
    return [
        [row[0].split("Thư nhắc")[0], *row[1:5]] for row in table_rows(content, "delivery-table")
    ]


def test_the_page_opens_with_who_reported(door: ReleaseDoor) -> None:
    content, around = open_page(door, "/nop-bao-cao")
    assert title_of(content) == (
        "Năm 2025: 1/4 đơn vị nộp báo cáo đúng hạn; 1 nộp muộn, 1 chưa được tiếp nhận, "
        "1 chưa nộp (quá hạn)."
    )
    assert "Tính đến ngày 20/12/2025" in text_of(content)
    assert VI("delivery.page") in text_of(content)
    assert around["view", "data"]["title"].startswith("Nộp báo cáo")


def test_the_list_names_all_that_ask_for_action_worst_first(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao")
    assert units(content)[1:] == [
        ["phường Giảng Võ", "chưa nộp (quá hạn)", "29/11/2025", "21", "–"],
        ["phường Phố Hiến", "chưa được tiếp nhận (1 lỗi)", "09/12/2025", "11", "01/12/2025"],
        ["phường Ngọc Hà", "nộp muộn", "29/11/2025", "3", "02/12/2025"],
    ]


def test_every_tile_opens_the_list_behind_its_count(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao")
    tiles = [
        found for found in walk(content) if "delivery-tile" in str(getattr(found, "className", ""))
    ]
    assert len(tiles) == 4
    for tile in tiles:
        listed, _ = open_page(door, tile.children.href)
        assert len(units(listed)) - 1 == 1
        assert text_of(tile).endswith("1 trên 4")


def test_recipients_are_counted_with_their_denominators(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao")
    carried_over = VI("delivery.carried_over")  # the calendar does not call that day official
    assert table_rows(content, "recipients-table") == [
        ["Nơi nhận", "Ngày cuối", "Phải nộp", "Đúng hạn", "Nộp muộn", "Chưa được tiếp nhận",
         "Chưa nộp (quá hạn)"],
        ["Sở Nội vụ Hà Nội ", "29/11/2025", "3", "1/3", "1/3", "0/3", "1/3"],
        [f"Sở Nội vụ Hưng Yên {carried_over}", "09/12/2025", "1", "0/1", "0/1", "1/1", "0/1"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locality", "expected"), [("01@2025", "1/3"), ("33@2025", "0/1"), ("00004@2025", "1/1")]
)
def test_a_locality_shows_itself_and_the_units_below(
    door: ReleaseDoor, locality: str, expected: str
) -> None:
    content, _ = open_page(door, f"/nop-bao-cao?locality={locality}")
    assert f"Năm 2025: {expected} đơn vị" in text_of(content)


def test_where_nothing_is_due_the_page_says_so_and_leads_on(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao?locality=04@2025")
    assert VI("delivery.nobody.what", locality="Cao Bằng") in text_of(content)
    links = {text_of(found): found.href for found in walk(content) if isinstance(found, html.A)}
    assert links[VI("delivery.everywhere")] == "/nop-bao-cao"


def test_a_locality_without_a_deadline_says_what_it_has_sent_all_the_same(
    tmp_path: Path,
) -> None:
    frames = release_frames()
    frames["expected_submissions"] = frames["expected_submissions"].filter(
        pl.col("locality_id") != "12001@2025"
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao?locality=33@2025")
    assert title_of(content) == VI.counted("delivery.outside", 1, locality="Hưng Yên")


def test_the_period_is_in_the_address_and_the_last_due_is_shown_first(
    door: ReleaseDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "today", lambda: date(2026, 1, 2))
    assert title_of(open_page(door, "/nop-bao-cao")[0]).startswith("Năm 2025: 1/4")
    content, around = open_page(door, "/nop-bao-cao?period=2026")
    assert "Năm 2026: 0/4 đơn vị nộp báo cáo đúng hạn; 4 chưa nộp (chưa đến hạn)." in text_of(
        content
    )
    links = {text_of(found): found for found in walk(around["choices", "children"])
             if isinstance(found, html.A)}  # fmt: skip
    assert links["Năm 2025"].href == "/nop-bao-cao?period=2025"
    assert getattr(links["Năm 2026"], "aria-current") == "true"


def test_a_period_of_next_year_waits_for_next_year(door: ReleaseDoor) -> None:
    content, around = open_page(door, "/nop-bao-cao?period=2026")
    assert title_of(content).startswith("Năm 2025: 1/4")
    assert "Năm 2026" not in text_of(around["choices", "children"])


def test_the_same_release_says_another_thing_on_another_day(
    door: ReleaseDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "today", lambda: date(2025, 11, 29))
    assert "1/4 đơn vị nộp báo cáo đúng hạn; 3 chưa nộp (chưa đến hạn)." in text_of(
        open_page(door, "/nop-bao-cao?period=2025")[0]
    )


def test_who_owes_something_has_a_ready_letter_in_vietnamese(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao?lang=en")
    letters = [found for found in walk(content) if getattr(found, "className", "") == "letter"]
    assert [(letter.lang, letter.readOnly) for letter in letters] == [("vi", True), ("vi", True)]
    assert "quá hạn 21 ngày" in letters[0].value
    assert HOSTILE in letters[1].value  # as plain text of a text box


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_a_copied_letter_of_a_made_up_register_says_so_itself(
    tmp_path: Path, is_synthetic: bool
) -> None:
    frames = release_frames()
    is_other = pl.col("locality_id") == "00004@2025"  # the letters go to others
    frames["submissions"] = frames["submissions"].with_columns(
        is_synthetic=is_other & pl.lit(is_synthetic)
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao?lang=en")
    letters = [found for found in walk(content) if getattr(found, "className", "") == "letter"]
    assert letters
    marks = {letter.value.startswith("SỐ LIỆU MINH HỌA: ") for letter in letters}
    assert marks == {is_synthetic}


# By period and locality --------------------------------------------------------------------------


def test_every_period_has_a_bar_and_the_counts_that_it_is_drawn_from(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/nop-bao-cao")
    assert table_rows(content, "periods-table") == [
        ["Kỳ báo cáo", "Tỷ trọng", "Phải nộp", "Đúng hạn", "Nộp muộn", "Chưa được tiếp nhận",
         "Chưa nộp (quá hạn)"],
        ["Năm 2025", "", "4", "1", "1", "1", "1"],
    ]  # fmt: skip
    widths = [
        found.style["width"]
        for found in walk(content)
        if str(getattr(found, "className", "")).startswith("segment ")
    ]
    assert widths == ["25.00%"] * 4
    links = {found.href for found in walk(content) if isinstance(found, html.A)}
    assert "/nop-bao-cao?period=2025&status=late" in links


def test_the_matrix_of_the_nation_has_all_provinces_with_the_units_below(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/nop-bao-cao")
    heads, nation, *provinces = table_rows(content, "delivery-matrix")
    assert heads == ["Đơn vị", "Năm 2025đã nhận 0/4", "Năm 2024đã nhận 1/4"]
    assert nation == ["Cả nước", "–", "đã nhận 01/03/2026"]
    assert provinces == [
        ["Hà Nội", "cấp dưới: 1/3 đúng hạn; 1 nộp muộn; 1 chưa nộp (quá hạn)", "–"],
        ["Cao Bằng", "–", "–"],
        ["Hải Phòng", "–", "–"],
        ["Hưng Yên", "cấp dưới: 0/1 đúng hạn; 1 chưa được tiếp nhận", "đã nhận 01/03/2026"],
    ]
    links = {text_of(found): found.href for found in walk(content) if isinstance(found, html.A)}
    assert links["Hà Nội"] == "/nop-bao-cao?locality=01@2025"  # its units
    assert links["Cao Bằng"] == "/dia-phuong?locality=04@2025"


def test_the_matrix_of_a_province_has_its_units_with_the_days_they_were_late(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/nop-bao-cao?locality=01@2025")
    assert table_rows(content, "delivery-matrix") == [
        ["Đơn vị", "Năm 2025đã nhận 2/3"],
        ["Hà Nội", "cấp dưới: 1/3 đúng hạn; 1 nộp muộn; 1 chưa nộp (quá hạn)"],
        ["phường Ba Đình", "đúng hạn"],
        ["phường Ngọc Hà", "muộn 3 ngày"],
        ["phường Giảng Võ", "chưa nộp (quá hạn)"],
    ]


def test_only_the_last_periods_are_columns_and_the_others_are_counted(tmp_path: Path) -> None:
    frames = release_frames()
    sent = frames["submissions"].filter(locality_id="33@2025")
    older = [
        sent.with_columns(
            reporting_period=pl.lit(str(year)),
            submission_id=pl.lit(f"of {year}"),
            sequence=pl.lit(year, dtype=pl.Int64),
        )
        for year in range(2010, 2020)
    ]
    frames["submissions"] = pl.concat([frames["submissions"], *older])
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao")
    (heads, *_) = table_rows(content, "delivery-matrix")
    assert len(heads) == 1 + MOST_PERIODS
    assert VI("delivery.matrix.left_out", count=4) in text_of(content)


def test_a_unit_that_is_gone_is_said_to_be_and_has_no_letter(tmp_path: Path) -> None:
    frames = release_frames()
    is_giang_vo = pl.col("name_vi") == "Giảng Võ"
    ended = pl.when(is_giang_vo).then(date(2025, 12, 19)).otherwise("valid_to")
    frames["localities"] = frames["localities"].with_columns(valid_to=ended)
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao?status=missing")
    (row,) = table_rows(content, "delivery-table")[1:]
    assert row[0] == "phường Giảng Võ (kết thúc hoạt động ngày 19/12/2025)"


def test_files_that_nobody_is_known_for_are_named_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = release_frames()
    is_refused = pl.col("status") == "refused"
    frames["submissions"] = frames["submissions"].with_columns(
        locality_id=pl.when(~is_refused).then("locality_id")
    )
    publish_test_release(tmp_path, frames=frames)
    door = ReleaseDoor(tmp_path)
    said = "có 1 tệp chưa được tiếp nhận vì không ghi đúng địa phương hoặc kỳ báo cáo"
    text = text_of(open_page(door, "/nop-bao-cao")[0])
    assert said in text
    assert f"{HOSTILE[:60]}…" in text  # shortened, and plain text
    assert "2 chưa nộp (quá hạn)" in text  # the unit is missing, not refused
    monkeypatch.setattr(delivery, "today", lambda: date(2026, 3, 2))
    assert said not in text_of(open_page(door, "/nop-bao-cao")[0])


def test_a_release_that_expects_nothing(tmp_path: Path) -> None:
    frames = release_frames()
    frames["expected_submissions"] = frames["expected_submissions"].clear()
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao")
    assert VI("delivery.nobody.what", locality="Cả nước") in text_of(content)


@pytest.mark.parametrize("status", DeliveryStatus)
def test_every_status_has_a_word(status: DeliveryStatus) -> None:
    assert VI(f"delivery.{status}")
