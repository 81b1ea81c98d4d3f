"""Địa phương: bullets and sparklines as functions of rows, and what stands on the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import polars as pl
import pytest
from dash import html
from dash.development.base_component import Component

from dashboard import locality, queries
from dashboard.comparison import by_target, compared, own_points, references
from dashboard.figures import bullet
from dashboard.queries import Row
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, publish_test_release, release_frames

VI = Words("vi")
HUNG_YEN = "/dia-phuong?locality=33@2025"


def found(content: Any, class_name: str) -> list[Component]:
    return [
        one for one in walk(content)
        if class_name in (getattr(one, "className", None) or "").split()
    ]  # fmt: skip


def rows_of(content: Any) -> dict[str, Component]:
    """The rows of targets by the code of the target."""
    return {
        text_of(found(row, "target-name")).split()[0]: row for row in found(content, "target-row")
    }


def said(row: Component) -> str:
    return text_of(found(row, "target-said"))


# Bullets and sparklines --------------------------------------------------------------------------


def milestone(year: int, operator: str, value: str | None, upper: str | None = None) -> Any:
    return {
        "milestone_year": year, "operator": operator,
        "target_value": None if value is None else Decimal(value),
        "target_upper": None if upper is None else Decimal(upper),
    }  # fmt: skip


def test_a_scale_holds_every_value_with_room_for_names() -> None:
    ends = bullet.scale([Decimal(109), Decimal(111), Decimal(119)])
    assert ends == (105.0, 123.0)
    assert [bullet.position(Decimal(at), ends) for at in (105, 114, 123)] == [0.0, 50.0, 100.0]


@pytest.mark.parametrize("value", ["0", "100", "-3"])
def test_a_scale_of_one_value_has_it_in_the_middle(value: str) -> None:
    assert bullet.position(Decimal(value), bullet.scale([Decimal(value)])) == 50.0


@pytest.mark.parametrize(
    ("operator", "upper", "zone"),
    [
        (">=", None, (40.0, 100.0)),
        (">", None, (40.0, 100.0)),
        ("<=", None, (0.0, 40.0)),
        ("<", None, (0.0, 40.0)),
        ("range", "60", (40.0, 60.0)),
        ("=", None, None),
        ("maintain", None, None),
    ],
)
def test_the_ground_lies_where_the_milestone_is_met(
    operator: str, upper: str | None, zone: tuple[float, float] | None
) -> None:
    assert bullet.zone(milestone(2025, operator, "40", upper), (0.0, 100.0)) == zone


def test_a_target_without_a_number_has_no_ground_and_no_line() -> None:
    row = milestone(2025, ">=", None)
    assert bullet.zone(row, (0.0, 1.0)) is None
    assert bullet.ticks([row], (0.0, 1.0)) == []


def test_names_that_would_touch_point_away_from_each_other() -> None:
    rows = [milestone(2025, "<=", "55"), milestone(2030, "<=", "45")]
    ticks = bullet.ticks(rows, (0.0, 100.0))
    assert [(tick.position, tick.side) for tick in ticks] == [(45.0, "end"), (55.0, "start")]
    apart = [milestone(2025, "<=", "80"), milestone(2030, "<=", "30")]
    assert [tick.side for tick in bullet.ticks(apart, (0.0, 100.0))] == ["middle", "middle"]


def test_two_milestones_of_one_value_share_a_line() -> None:
    rows = [milestone(2025, "=", "100"), milestone(2030, "=", "100")]
    (tick,) = bullet.ticks(rows, (0.0, 200.0))
    assert [row["milestone_year"] for row in tick.milestones] == [2025, 2030]


@pytest.mark.parametrize(("at", "side"), [(2.0, "start"), (50.0, "middle"), (98.0, "end")])
def test_a_name_never_leaves_the_drawing(at: float, side: str) -> None:
    assert bullet.side_of(at) == side


def point(year: int, value: str, status: str = "A", *, is_synthetic: bool = False) -> Any:
    return {"reference_year": year, "obs_value": Decimal(value), "obs_status": status,
            "publishing_period_years": 1, "is_synthetic": is_synthetic}  # fmt: skip


def line_of(points: list[Any]) -> str:
    return unquote(bullet.sparkline(points)).partition("<path d='")[2].partition("'")[0]


def test_a_sparkline_goes_from_the_first_to_the_last_year() -> None:
    assert line_of([point(2020, "1"), point(2021, "3"), point(2022, "2")]) == (
        "M4.0 26.0L50.0 4.0L96.0 15.0"
    )


def test_a_missing_year_and_a_break_part_the_line() -> None:
    assert line_of([point(2020, "1"), point(2022, "1")]).count("M") == 2
    assert line_of([point(2020, "1"), point(2021, "1", "B")]).count("M") == 2
    assert line_of([point(2020, "1"), point(2021, "1", "P")]).count("M") == 1


def test_made_up_values_never_join_real_ones() -> None:
    made_up = [point(year, "1", is_synthetic=True) for year in (2021, 2022)]
    assert line_of([point(2020, "1"), *made_up]).count("M") == 2
    assert line_of(made_up).count("M") == 1


def test_one_figure_is_no_course() -> None:
    assert bullet.sparkline([point(2020, "1")]) == ""


# Which figure stands beside which ----------------------------------------------------------------


@pytest.fixture
def births(release: Release) -> Any:
    """The sex ratio at birth of Hưng Yên at 2025."""
    rows = queries.assessed(release, "33@2025", "2025", 2025)
    return rows.filter(target_id="NSGE-4.1").row(0, named=True)


@pytest.fixture
def figures(release: Release, births: Any) -> list[Row]:
    return by_target(locality.figures(release, "33@2025", 2025))[births["target_id"]]


def test_the_units_to_compare_with_come_in_one_order(births: Any, figures: list[Row]) -> None:
    told = [(one["place"], one["locality_id"], one["reference_year"])
            for one in references(births, figures)]  # fmt: skip
    assert told == [
        ("predecessor", "33@2004", 2023), ("predecessor", "34@2004", 2023),
        ("former_region", "RRD@2004", 2023), ("nation", "VN", 2024),
    ]  # fmt: skip


def test_the_figure_of_the_same_year_is_preferred_to_a_later_one(
    births: Any, figures: list[Row]
) -> None:
    at_2022 = references({**births, "latest_year": 2022}, figures)
    assert [one["reference_year"] for one in at_2022 if one["place"] == "nation"] == [2022]


def test_another_kind_of_source_stands_in_only_where_there_is_no_own(
    births: Any, figures: list[Row]
) -> None:
    registered = references({**births, "source_family": "REGISTRATION"}, figures)
    assert {one["locality_id"]: one["source_family"] for one in registered} == {
        "33@2004": "SURVEY", "34@2004": "SURVEY", "RRD@2004": "SURVEY", "VN": "REGISTRATION",
    }  # fmt: skip


def test_own_points_are_those_of_one_source(births: Any, figures: list[Row]) -> None:
    assert [one["reference_year"] for one in own_points(births, figures)] == [2022, 2024]
    assert own_points({**births, "source_family": "REGISTRATION"}, figures) == []


def test_a_target_that_only_the_nation_has_figures_of_is_not_compared(release: Release) -> None:
    rows = queries.assessed(release, "33@2025", "2025", 2025).rows(named=True)
    table = compared(rows, by_target(locality.figures(release, "33@2025", 2025)))
    assert [row["target_id"] for row, _ in table.rows] == ["NSGE-2.1", "NSGE-4.1"]


def test_a_commune_is_set_beside_its_province_and_the_nation(tmp_path: Path) -> None:
    frames = release_frames()
    rows = frames["assessments"]
    commune = rows.filter(locality_id="33@2025", target_id="NSGE-4.1").with_columns(
        locality_id=pl.lit("12001@2025")
    )
    publish_test_release(tmp_path, frames={**frames, "assessments": pl.concat([rows, commune])})
    release = ReleaseDoor(tmp_path).current()
    beside = locality.figures(release, "12001@2025", 2025)
    assert set(beside.select("place", "locality_id").unique().iter_rows()) == {
        ("above", "33@2025"), ("nation", "VN"),
    }  # fmt: skip


def test_a_chosen_peer_stands_beside_the_unit(door: ReleaseDoor) -> None:
    content, _ = open_page(door, f"{HUNG_YEN}&peers=01@2025,31@2025")
    told = said(rows_of(content)["4.1"])
    assert "Hà Nội: 110,8" in told
    assert "Hải Phòng: 111,1" in told
    rows = table_rows(content, "comparison-table")
    assert rows[0][-3:-1] == [
        "Hà Nộiđịa phương được chọn để so sánh", "Hải Phòngđịa phương được chọn để so sánh",
    ]  # fmt: skip


def test_a_peer_is_taken_in_and_left_out_by_its_link(door: ReleaseDoor) -> None:
    content, _ = open_page(door, f"{HUNG_YEN}&peers=01@2025")
    (chooser,) = found(content, "peers")
    links = {text_of(one): one for one in walk(chooser) if isinstance(one, html.A)}
    assert sorted(links) == ["Cao Bằng", "Hà Nội", "Hải Phòng"]
    assert links["Hà Nội"].href == HUNG_YEN
    assert links["Hải Phòng"].href == f"{HUNG_YEN}&peers=01@2025,31@2025"
    assert getattr(links["Hà Nội"], "aria-current") == "true"


@pytest.mark.parametrize("peers", ["33@2025", "34@2004", "VN", "99@2025", "'); --", ",,"])
def test_a_peer_that_is_there_already_or_nowhere_adds_nothing(release: Release, peers: str) -> None:
    beside = locality.figures(release, "33@2025", 2025, peers)
    assert beside.filter(place="peer").is_empty()


# The page ---------------------------------------------------------------------------------------


def test_the_page_opens_with_the_sentence_of_the_unit(door: ReleaseDoor) -> None:
    content, _ = open_page(door, HUNG_YEN)
    assert text_of(content).startswith("Hưng Yên đạt 1/9 chỉ tiêu mốc 2025; 1 chưa đạt, 7")


def test_the_words_of_a_row_hold_everything_that_is_drawn(door: ReleaseDoor) -> None:
    row = rows_of(open_page(door, HUNG_YEN)[0])["4.1"]
    told = said(row)
    assert "Mốc 2025 (≤ 111): chưa đạt." in told
    assert "Năm 2024: 115,9; còn cao hơn mốc 4,9 bé trai/100 bé gái" in told
    assert "Đến 2030 (≤ 109):" in told
    for one in (
        "Hưng Yên (đến 30/06/2025): 118,1 (2023)",
        "Thái Bình (đến 30/06/2025): 110,1 (2023)",
        "Đồng bằng sông Hồng (đến 04/10/2025): 113,4 (2023)",
        "Cả nước: 111,4",
    ):
        assert one in told
    (drawing,) = found(row, "bullet")
    assert getattr(drawing, "aria-hidden") == "true"
    marks = [one.className for one in found(drawing, "mark")]
    assert marks == ["mark mark-predecessor"] * 2 + [
        "mark mark-former_region", "mark mark-nation", "mark mark-value",
    ]  # fmt: skip
    assert text_of(found(row, "spark")) == "2022: 117,2 → 2024: 115,9"


def test_a_provisional_value_is_hollow(door: ReleaseDoor) -> None:
    rows = rows_of(open_page(door, "/dia-phuong")[0])
    assert found(rows["4.1"], "hollow")
    assert not found(rows["2.2"], "hollow")


def test_gap_in_whole_units_and_pace_are_told(door: ReleaseDoor) -> None:
    told = said(rows_of(open_page(door, "/dia-phuong")[0])["1.1a"])
    assert "Năm 2024: 59,1% (13/22); thiếu 1 cơ quan." in told
    assert "giậm chân tại chỗ, cần tăng 2,7 điểm phần trăm mỗi năm" in told


def test_another_source_that_says_otherwise_is_named(door: ReleaseDoor) -> None:
    told = said(rows_of(open_page(door, "/dia-phuong")[0])["4.1"])
    assert "Loại nguồn khác cho kết quả ngược lại: Đăng ký hộ tịch 2024: 110,7." in told


def test_parts_follow_their_whole_under_the_objective(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong")
    assert list(rows_of(content)) == [
        "1.1", "1.1a", "1.1c", "2.1", "2.2", "2.3", "3.1", "3.4", "4.1", "6.4",
    ]  # fmt: skip
    names = [text_of(one) for one in found(content, "objective")]
    assert names[0] == "Mục tiêu 1. Chính trị"
    assert len(names) == 5
    whole = rows_of(content)["1.1"]
    assert not found(whole, "bullet")
    assert "đạt một phần" in said(whole)


def test_targets_without_figures_are_folded_with_their_names_and_reasons(
    door: ReleaseDoor,
) -> None:
    (fold,) = found(open_page(door, "/dia-phuong")[0], "silent")
    summary, names = fold.children
    assert text_of(summary) == (
        "1 chỉ tiêu chưa có số liệu hoặc chưa đánh giá được; của Chiến lược: 4.4"
    )
    assert text_of(names).endswith("không đánh giá được (chưa có số liệu)")


def test_without_any_figure_the_page_says_what_to_do(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=04@2025")
    (empty,) = found(content, "empty")
    assert "Chưa có số liệu nào của Cao Bằng" in text_of(empty)
    assert "chưa có báo cáo nào do Cao Bằng gửi" in text_of(empty)
    links = [one.href for one in walk(empty) if isinstance(one, html.A)]
    assert links == ["/nop-bao-cao?locality=04@2025"]


def test_a_refused_report_is_not_called_missing(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=12001@2025")
    assert "Đã có báo cáo của Phố Hiến" in text_of(found(content, "empty"))
    assert table_rows(content, "submissions-table")[1][4] == "chưa được tiếp nhận"


def test_every_unit_of_the_comparison_has_its_column(door: ReleaseDoor) -> None:
    rows = table_rows(open_page(door, HUNG_YEN)[0], "comparison-table")
    assert rows[0] == [
        "Chỉ tiêu", "Hưng Yên",
        "Hưng Yên (đến 30/06/2025)đơn vị cũ hình thành nên địa phương",
        "Thái Bình (đến 30/06/2025)đơn vị cũ hình thành nên địa phương",
        "Đồng bằng sông Hồng (đến 04/10/2025)vùng theo địa giới cũ", "Cả nướccả nước",
    ]  # fmt: skip
    assert rows[1] == [
        "2.1 Tỷ lệ lao động nữ làm công hưởng lương", "53,4%2024", "–", "–", "–", "50,9%2024",
    ]  # fmt: skip


def test_a_former_province_is_set_beside_the_one_that_it_went_into(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=34@2004")
    assert "Hưng Yên: 115,9 (2024)" in said(rows_of(content)["4.1"])
    assert "so số liệu mới nhất với mốc" in text_of(content)
    assert "Nhập vào" in text_of(found(content, "life"))


def test_the_life_of_the_unit_names_what_it_came_from(door: ReleaseDoor) -> None:
    (life,) = found(open_page(door, HUNG_YEN)[0], "life")
    told = text_of(life)
    assert "Tỉnh Hưng Yên, mã 33, từ 01/07/2025" in told
    assert "Thái Bình (01/01/2004 - 30/06/2025): nhập toàn bộNgày 01/07/2025; 202/2025/QH15" in told
    assert "chưa phân vùng: 01/07/2025 - 04/10/2025" in told
    assert "Đồng bằng sông Hồng: từ 05/10/2025" in told
    assert "1 xã, phường" in told
    links = [one.href for one in walk(life) if isinstance(one, html.A)]
    assert "/dia-phuong?locality=34@2004" in links


def test_a_region_is_no_unit_that_reports(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=RRD@2025")
    assert text_of(found(content, "empty")) == VI(
        "locality.empty.region", locality="Đồng bằng sông Hồng"
    )
    assert VI("life.same_code") not in text_of(content)


def test_the_life_is_seen_from_the_day_of_the_release(release: Release) -> None:
    then = locality.life(release, "34@2004", date(2025, 6, 30))
    assert then.is_in_force
    assert not locality.life(release, "34@2004", date(2026, 1, 1)).is_in_force


def test_own_explanations_stand_under_their_target_as_text(door: ReleaseDoor) -> None:
    (section,) = found(open_page(door, HUNG_YEN)[0], "statements")
    told = text_of(section)
    assert "4.1 Tỷ số giới tính khi sinh" in told
    assert f"Tâm lý ưa con trai {HOSTILE}" in told


def test_a_unit_that_said_nothing_has_no_section_of_explanations(door: ReleaseDoor) -> None:
    assert not found(open_page(door, "/dia-phuong?locality=01@2025")[0], "statements")


def test_older_reports_are_folded_and_a_replaced_one_names_its_successor(tmp_path: Path) -> None:
    frames = release_frames()
    sent = frames["submissions"].filter(submission_id="b" * 16)
    more = [
        sent.with_columns(
            submission_id=pl.lit(f"{number:016d}"), file_name=pl.lit(f"{number}.xlsx"),
            sequence=pl.lit(100 + number, dtype=pl.Int64), superseded_by=pl.lit("b" * 16),
        )
        for number in range(8)
    ]  # fmt: skip
    frames["submissions"] = pl.concat([frames["submissions"], *more])
    publish_test_release(tmp_path, frames=frames)
    (section,) = found(open_page(ReleaseDoor(tmp_path), HUNG_YEN)[0], "submissions")
    _, newest, older = section.children
    assert [row[1] for row in table_rows(newest, "submissions-table")[1:]] == [
        f"{number}.xlsx" for number in (7, 6, 5, 4, 3, 2)
    ]
    assert f"đã được thay bằng {HOSTILE}.xlsx" in table_rows(newest, "submissions-table")[1][4]
    assert text_of(older).startswith("3 báo cáo trước đó")


def test_all_localities_show_the_nation_and_say_so(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=ALL")
    assert text_of(content).startswith("Cả nước đạt 4/9 chỉ tiêu mốc 2025")
    assert VI("target.all_note", locality="Cả nước") in text_of(content)


def test_the_last_milestone_has_nothing_ahead(door: ReleaseDoor) -> None:
    row = rows_of(open_page(door, "/dia-phuong?milestone=2030")[0])["4.1"]
    assert "Đến 2030" not in said(row)
    assert text_of(found(row, "tick-name")) == "2030≤ 109"


def marked(tmp_path: Path, *real: str, address: str = HUNG_YEN) -> Component:
    """The page where no result is verified and every one is made up but those of some targets."""
    frames = release_frames()
    made_up = ~pl.col("target_id").is_in(list(real))
    frames["assessments"] = frames["assessments"].with_columns(
        is_synthetic=made_up, is_unverified=pl.lit(value=True)
    )
    publish_test_release(tmp_path, frames=frames)
    return open_page(ReleaseDoor(tmp_path), address)[0]


def test_what_holds_for_all_rows_is_said_once_above_them(tmp_path: Path) -> None:
    content = marked(tmp_path)
    assert text_of(found(content, "rows-share")) == (
        "Mọi dòng dưới đây: chưa đối chiếu văn bản gốc, số liệu minh họa."
    )
    assert not found(content, "caution")


def test_what_sets_a_row_apart_stays_in_the_rows(tmp_path: Path) -> None:
    content = marked(tmp_path, "NSGE-4.1")
    assert text_of(found(content, "rows-share")) == "Mọi dòng dưới đây: chưa đối chiếu văn bản gốc."
    rows = rows_of(content)
    assert text_of(found(rows["2.1"], "caution")) == "số liệu minh họa"
    assert not found(rows["4.1"], "caution")


def test_a_single_row_bears_its_marks_itself(tmp_path: Path) -> None:
    content = marked(tmp_path, "NSGE-4.1", address="/dia-phuong?locality=31@2025")
    assert text_of(found(rows_of(content)["4.1"], "caution")) == VI("unverified")
    assert not found(content, "rows-share")


@pytest.mark.parametrize("table", ["observations", "submissions", "assessments"])
def test_anything_synthetic_in_view_marks_the_page(tmp_path: Path, table: str) -> None:
    frames = release_frames()
    changed = frames[table].with_columns(is_synthetic=pl.lit(value=True))
    publish_test_release(tmp_path, frames={**frames, table: changed})
    ribbon = VI("synthetic.ribbon")
    assert ribbon in text_of(open_page(ReleaseDoor(tmp_path), HUNG_YEN)[0])
    publish_test_release(tmp_path, "release-2", release_frames("release-2"))
    assert ribbon not in text_of(open_page(ReleaseDoor(tmp_path), HUNG_YEN)[0])
