"""Thay đổi: what the release before said, what this one says, and whose report made the difference;
and the banner over a release that is not the one in force.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import html

from dashboard.address import View
from dashboard.app import render
from dashboard.pages.changes import SHOWN_AT_ONCE
from dashboard.release import Release, ReleaseDoor
from dashboard.shell import FOLLOWING
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, publish_test_release, release_frames

VI = Words("vi")
TABLES = ("value_changes", "value_additions", "verdict_changes")


def publish(processed: Path, *, without: tuple[str, ...] = (), **info: Any) -> ReleaseDoor:
    """The small release with other words about itself, or with no changes of some kinds."""
    frames = release_frames()
    frames["release_info"] = frames["release_info"].with_columns(
        pl.lit(value).cast(frames["release_info"].schema[name]).alias(name)
        for name, value in info.items()
    )
    publish_test_release(
        processed, frames={name: frame for name, frame in frames.items() if name not in without}
    )
    return ReleaseDoor(processed)


def links(component: Any) -> dict[str, str]:
    return {text_of(found): found.href for found in walk(component) if isinstance(found, html.A)}


def test_the_page_opens_with_how_much_changed(door: ReleaseDoor) -> None:
    content, around = open_page(door, "/thay-doi")
    assert text_of(content).startswith(
        "So với bản trước: 2 kết quả đổi, 3 số liệu sửa hoặc bỏ, 1.239 số liệu mới."
    )
    assert "Bản trước: release-0. Bản này: release-1." in text_of(content)
    assert around["view", "data"]["title"].startswith("Thay đổi")


def test_results_say_before_now_and_why_and_lead_to_the_target(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi")
    assert table_rows(content, "changes-verdicts-table") == [
        ["Địa phương", "Chỉ tiêu", "Mốc", "Trước", "Nay", "Vì sao"],
        ["Cả nước", "4.1 Tỷ số giới tính khi sinh", "2025", "đạt", "chưa đạt",
         "Số liệu được sửasố liệu 110,7 → 111,4Cục Thống kê, tệp thong_ke_2024.xlsx"],
        ["Hưng Yên63 tỉnh", "4.1 Tỷ số giới tính khi sinh", "2025", "đạtso với mức của mốc",
         "chưa đạtso với mức của mốc", "Mục tiêu đã đổimức phải đạt 120 → 111"],
    ]  # fmt: skip
    found = [link.href for link in walk(content) if isinstance(link, html.A)]
    assert [link for link in found if link.startswith("/chi-tieu")] == [
        "/chi-tieu?target=NSGE-4.1",
        "/chi-tieu?target=NSGE-4.1&locality=33@2004",
    ]


def test_a_present_number_opens_its_trace_and_the_former_one_is_placed(tmp_path: Path) -> None:
    frames = release_frames()
    latest, other = frames["observations"]["observation_id"][:2]
    frames["assessments"] = frames["assessments"].with_columns(
        latest_observation_id=pl.when(pl.col("target_id") == "NSGE-4.1").then(pl.lit(latest))
    )
    frames["value_changes"] = frames["value_changes"].with_columns(
        new_observation_id=pl.when(pl.col("kind") == "changed").then(pl.lit(other))
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/thay-doi")
    found = [link for link in walk(content) if getattr(link, "className", "") == "trace"]
    assert [(text_of(link), link.href) for link in found] == [
        ("111,4", f"/truy-vet?obs={latest}"),
        ("115,91", f"/truy-vet?obs={other}"),
    ]
    assert VI("changes.trace", previous="release-0") in text_of(content)


def test_a_result_is_a_symbol_and_a_word(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi")
    symbols = [
        found.className for found in walk(content)
        if str(getattr(found, "className", "")).startswith("symbol ")
    ]  # fmt: skip
    assert symbols == ["symbol symbol-met", "symbol symbol-not_met"] * 2


def test_figures_are_told_apart_in_as_many_decimals_as_it_takes(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi")
    rows = [row[2:5] for row in table_rows(content, "changes-revised-table")[1:]]
    assert rows == [
        ["2020", "112,1", "112,1"],
        ["2024", "115,94", "115,91"],
        ["2023", "116,2", "không còn"],
    ]


def test_new_figures_are_counted_by_report(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi?lang=en")
    assert table_rows(content, "changes-additions-table")[1:] == [
        [f"Sở Nội vụ {HOSTILE}, file {HOSTILE}.xlsx", "1,234", "A new submission"],
        ["–", "5", "The catalogue changed"],
    ]


def test_a_locality_shows_its_own_changes_and_the_way_to_all(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi?locality=33@2025")
    assert text_of(content).startswith(
        "Hưng Yên, so với bản trước: 0 kết quả đổi, 2 số liệu sửa hoặc bỏ."
    )
    assert links(content)["Xem thay đổi của mọi địa phương"] == "/thay-doi"
    assert VI("changes.additions") not in text_of(content)  # not known by locality


def test_a_locality_without_changes_is_said_so(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/thay-doi?locality=04@2025")
    assert "Số liệu và kết quả của Cao Bằng không đổi so với bản trước." in text_of(content)


def test_what_is_too_long_is_cut_and_counted(tmp_path: Path) -> None:
    frames = release_frames()
    one = frames["value_changes"].head(1)
    frames["value_changes"] = pl.concat(
        [one.with_columns(time_period=pl.lit(str(1000 + number))) for number in range(250)]
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/thay-doi")
    assert len(table_rows(content, "changes-revised-table")) == SHOWN_AT_ONCE + 1
    assert VI("changes.more", count=250 - SHOWN_AT_ONCE) in text_of(content)


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ({"previous_release_id": None}, "Bản công bố đầu tiên"),
        ({"previous_release_id": "release-0"}, "Không có thay đổi"),
        (
            {"previous_release_id": None, "as_of_day": date(2025, 11, 30)},
            "Số liệu được tính lại cho một ngày đã qua",
        ),
    ],
)
def test_where_nothing_changed_the_page_says_why(tmp_path: Path, info: dict, title: str) -> None:
    content, _ = open_page(publish(tmp_path, without=TABLES, **info), "/thay-doi")
    (heading,) = [text_of(found) for found in walk(content) if isinstance(found, html.H1)]
    assert heading == title


def test_the_overview_leads_to_the_changes(door: ReleaseDoor, tmp_path: Path) -> None:
    found = links(open_page(door, "/?locality=33@2025&lang=en")[0])
    line = "Changes since the previous release: 2 results, 1,242 figures"
    assert found[line] == "/thay-doi?lang=en"
    unchanged = links(open_page(publish(tmp_path, without=TABLES), "/")[0])
    assert unchanged["Không có thay đổi từ bản trước"] == "/thay-doi"


def test_the_first_release_has_no_such_line(tmp_path: Path) -> None:
    content, _ = open_page(publish(tmp_path, previous_release_id=None), "/")
    assert "bản trước" not in text_of(content)


# Another release than the one in force --------------------------------------------------------


def banner(door: ReleaseDoor, view: View) -> str:
    around = dict(zip(FOLLOWING, render(door, view)[1:], strict=True))
    return text_of(around["banner", "children"])


def test_over_the_release_in_force_there_is_no_banner(door: ReleaseDoor) -> None:
    assert banner(door, View()) == ""


def test_a_chosen_file_is_shown_under_a_banner_whatever_is_publish(tmp_path: Path) -> None:
    publish(tmp_path / "then", as_of_day=date(2025, 11, 30))
    publish(tmp_path / "now")
    (chosen,) = (tmp_path / "then").glob("releases/*.duckdb")
    door = ReleaseDoor(tmp_path / "now", chosen)
    for path in ("/", "/chi-tieu", "/nop-bao-cao", "/thay-doi"):
        assert banner(door, View(path=path)).startswith("Theo số liệu đến ngày 30/11/2025 (lượt")
    publish_test_release(tmp_path / "now", "release-2")
    assert door.current().path == chosen


def test_an_old_release_opened_on_its_own_says_its_date(published: Path) -> None:
    (chosen,) = published.glob("releases/*.duckdb")
    assert banner(ReleaseDoor(published, chosen), View(language="en")).startswith(
        "The release of 12 Nov 2026, opened on its own"
    )


def test_who_has_reported_is_told_as_of_the_day_of_the_file(tmp_path: Path) -> None:
    door = publish(tmp_path, as_of_day=date(2025, 11, 30))
    content, _ = open_page(door, "/nop-bao-cao")
    assert "Tính đến ngày 30/11/2025" in text_of(content)


def test_the_current_release_is_not_pinned(release: Release) -> None:
    assert not release.is_pinned


def test_synthetic_changes_carry_their_mark(tmp_path: Path) -> None:
    frames = release_frames()
    frames["verdict_changes"] = frames["verdict_changes"].with_columns(is_synthetic=pl.lit(True))
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/thay-doi")
    assert VI("synthetic.ribbon") in text_of(content)
    assert text_of(content).count(VI("synthetic")) == frames["verdict_changes"].height


def test_where_everything_is_made_up_it_is_said_once(tmp_path: Path) -> None:
    frames = release_frames()
    for name in ("verdict_changes", "value_changes", "submissions"):
        frames[name] = frames[name].with_columns(is_synthetic=pl.lit(True))
    frames["value_additions"] = frames["value_additions"].filter(
        pl.col("causing_submission_id").is_not_null()
    )
    publish_test_release(tmp_path, frames=frames)
    text = text_of(open_page(ReleaseDoor(tmp_path), "/thay-doi")[0])
    assert VI("synthetic.ribbon") in text
    assert text.count(VI("synthetic")) == text.count(VI("changes.made_up")) == 1
