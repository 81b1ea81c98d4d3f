"""Tổng quan: sentence, tiles, what needs attention, the matrix, the target in view."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import dcc, html

from dashboard import overview, queries
from dashboard.address import BY_REGION, View
from dashboard.components.attention import (
    SHOWN_AT_ONCE,
    UNFOLDED,
    Assessed,
    attention_list,
    result_list,
)
from dashboard.components.matrix import Matrix, matrix_data
from dashboard.overview import (
    Order,
    alphabetical,
    by_region,
    drawn_target,
    needing_attention,
    ordered,
)
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, text_of, walk
from tests.support.release import publish_test_release, release_frames

VI = Words("vi")


def named(component: Any, class_name: str) -> list[Any]:
    return [
        found
        for found in walk(component)
        if class_name in (getattr(found, "className", None) or "").split()
    ]


def matrix_of(content: Any) -> dict[str, Any]:
    (frame,) = named(content, "matrix-frame")
    found: dict[str, Any] = json.loads(getattr(frame, "data-matrix"))
    return found


def results_of(matrix: dict[str, Any], row: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The results of one row by the code of their target; those that are not assessed left out."""
    codes = [target["code"] for target in matrix["targets"]]
    return {
        code: matrix["results"][int(cell.rstrip("*~"))]
        for code, cell in zip(codes, row["cells"], strict=True)
        if cell
    }


def assessed(release: Release, locality_id: str, milestone: int = 2025, **view: Any) -> Assessed:
    rows = queries.assessed(release, locality_id, "2025", milestone).rows(named=True)
    return Assessed(rows, {}, View(locality=locality_id, milestone=milestone, **view), VI)


def board_of(release: Release, **asked: str) -> Matrix:
    view = View(**asked)
    board = queries.board(release, view.milestone, view.geography)
    heads = overview.target_heads(release, view)
    return Matrix(overview.lines(board), heads, "NSGE-4.1", view, VI, has_stars=True)


def door_with(tmp_path: Path, **columns: dict[str, pl.Expr]) -> ReleaseDoor:
    """The small release with some columns of its tables replaced."""
    frames = release_frames()
    for table, changes in columns.items():
        frames[table] = frames[table].with_columns(**changes)
    publish_test_release(tmp_path, frames=frames)
    return ReleaseDoor(tmp_path)


# Sentence and tiles ----------------------------------------------------------------------------


def test_the_overview_opens_with_its_sentence(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    assert text_of(content).startswith(
        "Cả nước đạt 4/9 chỉ tiêu mốc 2025; 2 gần đạt, 1 đạt một phần, 1 chưa đạt, "
        "1 không đánh giá được."
    )


def test_a_locality_that_is_never_assessed_has_no_tiles(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?milestone=1999")
    assert "ở mốc 1999" in text_of(content)
    assert not named(content, "tiles")


def test_tiles_carry_their_denominator_and_the_change_since_the_last_release(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/")
    told = [text_of(tile) for tile in named(content, "tile-count")]
    more, fewer = VI("tile.more", count="1"), VI("tile.fewer", count="1")
    assert told == [
        f"4 trên 9 ▼1, {fewer}", "2 trên 9", "1 trên 9", f"1 trên 9 ▲1, {more}",
        "1 trên 9", "2 / 4 năm 2025",
    ]  # fmt: skip


def test_a_release_without_a_former_one_marks_no_change(tmp_path: Path) -> None:
    frames = release_frames()
    frames["verdict_changes"] = frames["verdict_changes"].clear()
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/")
    assert not named(content, "tile-change")


def test_an_open_milestone_has_a_tile_for_what_is_under_way(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?milestone=2030")
    names = [text_of(tile) for tile in named(content, "tile-name")]
    assert "Đang thực hiện" in names
    assert "Chưa đạt" not in names


def test_a_tile_opens_the_list_of_its_targets_and_closes_it_again(door: ReleaseDoor) -> None:
    def link(address: str) -> html.A:
        content, _ = open_page(door, address)
        (tile,) = named(content, "tile-near")
        found = tile.children
        assert isinstance(found, html.A)
        return found

    assert link("/?lang=en").href == "/?verdict=near&lang=en"
    assert link("/?verdict=near").href == "/"
    assert getattr(link("/?verdict=near"), "aria-current") == "true"
    content, _ = open_page(door, "/?verdict=near")
    names = [text_of(one)[:3] for one in named(content, "attention-name")]
    assert names == ["3.1", "6.4"]


def test_the_tile_of_reports_opens_them(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?locality=01@2025&target=NSGE-4.1")
    (tile,) = named(content, "tile-delivered")
    assert tile.children.href == "/nop-bao-cao?locality=01@2025&period=2025"
    assert "2 / 3" in text_of(tile)


def test_where_no_report_is_expected_there_is_no_tile_of_them(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?locality=31@2025")
    assert not named(content, "tile-delivered")


# What needs attention --------------------------------------------------------------------------


def test_unmet_comes_before_partly_met_before_near(release: Release) -> None:
    ranked = needing_attention(assessed(release, "VN").rows)
    assert [(row["shown"], row["short_code"]) for row in ranked] == [
        ("not_met", "4.1"), ("partially_met", "1.1"), ("near", "3.1"), ("near", "6.4"),
    ]  # fmt: skip


def test_ahead_of_an_open_milestone_those_behind_need_attention(release: Release) -> None:
    found = needing_attention(assessed(release, "VN", 2030).rows)
    assert {row["short_code"] for row in found} == {"2.1", "3.1", "4.1"}


def test_an_item_says_value_level_gap_and_the_way_ahead(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    first, second, *_ = [
        text_of(item) for found in named(content, "attention") for item in found.children
    ]
    assert first.startswith("4.1 Tỷ số giới tính khi sinh111,4 so với ≤ 111, năm 2024")
    assert "còn cao hơn mốc 0,4 bé trai/100 bé gái" in first
    assert "Đến 2030: chậm tiến độ, cần giảm 0,4 mỗi năm, gấp 3,1 lần hiện nay" in first
    assert "1.1a Bộ, cơ quan ngang bộ có lãnh đạo chủ chốt là nữ gần đạt, thiếu 1 cơ quan" in second


def test_items_stand_under_the_word_of_their_result(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    heads = [text_of(head) for head in named(content, "attention-head")]
    assert heads == ["Chưa đạt (1)", "Đạt một phần (1)", "Gần đạt (2)"]
    assert [found.start for found in named(content, "attention")] == ["1", "2", "3"]


def test_a_value_leads_to_its_trace(tmp_path: Path) -> None:
    door = door_with(tmp_path, assessments={"latest_observation_id": pl.lit("obs:3")})
    content, _ = open_page(door, "/?lang=en")
    for place in ("panel-attention", "panel-chosen"):
        (panel,) = named(content, place)
        links = {text_of(link): link.href for link in named(panel, "trace")}
        assert links["111.4"] == "/truy-vet?obs=obs:3&lang=en"
    row, *_ = matrix_of(content)["rows"]
    assert (row["value"], row["trace"]) == ("111.4", "/truy-vet?obs=obs:3&lang=en")


def test_a_weakness_that_all_have_is_told_once_and_marks_none(release: Release) -> None:
    given = assessed(release, "VN")
    every = [{**row, "is_unverified": True} for row in given.rows]
    told = text_of(attention_list(replace(given, rows=every)))
    assert told.count(VI("unverified")) == 1
    assert "*" not in told


def test_a_weakness_of_one_is_marked_there_and_explained_once(release: Release) -> None:
    given = assessed(release, "VN")
    some = [{**row, "is_synthetic": row["short_code"] == "4.1"} for row in given.rows]
    found = attention_list(replace(given, rows=some))
    marked = [item for item in walk(found) if isinstance(item, html.Li) and "†" in text_of(item)]
    assert [text_of(item)[:3] for item in marked] == ["4.1"]
    assert text_of(found).endswith("† số liệu minh họa.")


@pytest.mark.parametrize(
    ("locality_id", "milestone", "said"),
    [
        ("01@2025", 2025, "Không có kết quả chưa đạt nào trong 2 kết quả đánh giá được."),
        ("04@2025", 2025, VI("attention.unknown")),
        ("01@2025", 2030, "Chưa thấy chỉ tiêu nào chậm tiến độ trong 2 kết quả đánh giá được."),
    ],
)
def test_where_nothing_needs_attention_it_is_said_what_that_rests_on(
    release: Release, locality_id: str, milestone: int, said: str
) -> None:
    assert text_of(attention_list(assessed(release, locality_id, milestone))) == said


def test_a_long_list_is_folded_and_what_is_left_is_counted(release: Release) -> None:
    given = assessed(release, "VN")
    found = attention_list(replace(given, rows=given.rows * 12))
    (folded,) = [item for item in walk(found) if isinstance(item, html.Details)]
    inside, all_of_them = len(named(folded, "attention-name")), len(named(found, "attention-name"))
    assert (all_of_them - inside, all_of_them) == (SHOWN_AT_ONCE, UNFOLDED)
    assert VI("attention.more", count=48 - UNFOLDED) in text_of(found)


def test_a_result_that_no_target_has_says_so_and_leads_back(release: Release) -> None:
    found = result_list(assessed(release, "01@2025", verdict="not_met"))
    (back,) = [item for item in walk(found) if isinstance(item, html.A)]
    assert text_of(found).startswith(VI("attention.none_of"))
    assert back.href == "/?locality=01@2025"


def test_a_target_without_a_result_says_why(release: Release) -> None:
    found = result_list(assessed(release, "VN", verdict="not_assessable"))
    assert "4.4 " in text_of(found)
    assert "Không đánh giá được (chưa có số liệu)" in text_of(found)


# The matrix ------------------------------------------------------------------------------------


def test_the_matrix_holds_every_locality_with_a_result_and_its_links(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?lang=en")
    matrix = matrix_of(content)
    assert [row["name"] for row in matrix["rows"]] == [
        "Viet Nam",
        "Ha Noi",
        "Hai Phong",
        "Hung Yen",
    ]
    assert [target["code"] for target in matrix["targets"]] == [
        "1.1", "2.1", "2.2", "2.3", "3.1", "3.4", "4.1", "4.4", "6.4",
    ]  # fmt: skip
    *_, hung_yen = matrix["rows"]
    assert results_of(matrix, hung_yen)["4.1"] == {
        "verdict": "not_met", "short": "unmet", "word": "not met",
    }  # fmt: skip
    assert hung_yen["cell"] == "/chi-tieu?target=~&locality=33@2025&lang=en"
    assert hung_yen["href"] == "/?locality=33@2025&lang=en"
    assert (hung_yen["met"], hung_yen["value"]) == ("1/9", "115.9")


def test_columns_stand_under_their_objectives(release: Release) -> None:
    objectives = matrix_data(board_of(release))["objectives"]
    assert [(one["text"], one["span"]) for one in objectives] == [
        ("Chính trị", 1), ("Kinh tế, lao động", 3), ("Đời sống gia đình", 2), ("Y tế", 2),
        ("Thông tin, truyền thông", 1),
    ]  # fmt: skip


def test_what_is_marked_in_the_matrix_is_counted_under_it(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    matrix = matrix_of(content)
    marked = [cell for row in matrix["rows"] for cell in row["cells"] if "*" in cell]
    words = [matrix["results"][int(cell.rstrip("*"))]["short"] for cell in marked]
    assert sorted(filter(None, words)) == ["chưa", "đạt", "đạt"]
    assert VI("matrix.unverified", count=3) in text_of(content)


def test_where_every_result_is_unverified_it_is_told_once(tmp_path: Path) -> None:
    door = door_with(tmp_path, assessments={"is_unverified": pl.lit(value=True)})
    content, _ = open_page(door, "/")
    assert not any("*" in cell for row in matrix_of(content)["rows"] for cell in row["cells"])
    assert VI("matrix.all_unverified", count=13) in text_of(content)


def test_the_chosen_locality_has_its_row_even_without_figures(door: ReleaseDoor) -> None:
    rows = matrix_of(open_page(door, "/?locality=04@2025")[0])["rows"]
    (chosen,) = [row for row in rows if "chosen" in row["class"]]
    assert chosen["name"] == "Cao Bằng"


def test_a_target_that_is_not_assessed_at_a_level_has_no_code_there(release: Release) -> None:
    matrix = board_of(release)
    (hanoi,) = [line for line in matrix.lines if line.place["locality_id"] == "01@2025"]
    fewer = {key: cell for key, cell in hanoi.cells.items() if key != "NSGE-1.1"}
    (row,) = matrix_data(replace(matrix, lines=[replace(hanoi, cells=fewer)]))["rows"]
    assert row["cells"][0] == ""
    assert row["met"] == "2/8"


def test_localities_without_any_result_are_named_under_the_matrix(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    (silent,) = named(content, "silent")
    assert text_of(silent) == (
        "1 địa phương không có kết quả đánh giá được cho chỉ tiêu nàoCao Bằng."
    )


def test_former_provinces_say_that_their_cells_are_no_final_result(door: ReleaseDoor) -> None:
    former, ahead = VI("matrix.former_closed", year=2025), VI("matrix.former_open", year=2030)
    assert former in text_of(open_page(door, "/?geography=2004")[0])
    assert former not in text_of(open_page(door, "/")[0])
    assert ahead in text_of(open_page(door, "/?geography=2004&milestone=2030")[0])


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.CODE, ["Cả nước", "Hà Nội", "Cao Bằng", "Hải Phòng", "Hưng Yên"]),
        ("unknown", ["Cả nước", "Hà Nội", "Cao Bằng", "Hải Phòng", "Hưng Yên"]),
        (Order.NAME, ["Cả nước", "Cao Bằng", "Hà Nội", "Hải Phòng", "Hưng Yên"]),
        (Order.MOST_MET, ["Cả nước", "Hà Nội", "Hưng Yên", "Cao Bằng", "Hải Phòng"]),
        (Order.FEWEST_MET, ["Cả nước", "Cao Bằng", "Hải Phòng", "Hưng Yên", "Hà Nội"]),
        (Order.RESULT, ["Cả nước", "Hưng Yên", "Hải Phòng", "Hà Nội", "Cao Bằng"]),
    ],
)
def test_rows_are_sorted_as_asked_below_the_nation(
    release: Release, order: str, names: list[str]
) -> None:
    found = ordered(board_of(release).lines, order, "NSGE-4.1", VI)
    assert [line.place["locality_vi"] for line in found] == names


def test_names_are_sorted_by_the_vietnamese_alphabet() -> None:
    names = ["Đà Nẵng", "Điện Biên", "Bắc Ninh", "Bạc Liêu", "Cao Bằng", "Bà Rịa", "Đắk Lắk"]
    assert sorted(names, key=alphabetical) == [
        "Bà Rịa", "Bạc Liêu", "Bắc Ninh", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "head", "sort"),
    [
        (Order.CODE, "place", "ascending"),
        (Order.MOST_MET, "met", "descending"),
        (Order.FEWEST_MET, "met", "ascending"),
        (Order.RESULT, "NSGE-4.1", "other"),
    ],
)
def test_only_the_head_that_sorts_says_so(
    release: Release, order: str, head: str, sort: str
) -> None:
    data = matrix_data(board_of(release, order=order))
    heads = {"place": data["place"], "met": data["met"]}
    heads |= {target["id"]: target for target in data["targets"]}
    told = {name: one["sort"] for name, one in heads.items() if one.get("sort")}
    assert told == {head: sort}


def test_a_head_chooses_its_target_and_that_of_the_target_in_view_sorts(release: Release) -> None:
    heads = {
        head["code"]: head for head in matrix_data(board_of(release, groups=BY_REGION))["targets"]
    }
    assert heads["2.1"]["href"] == "/?target=NSGE-2.1&gom=vung"
    assert "sorter" not in heads["2.1"]
    assert heads["4.1"]["chosen"]
    assert heads["4.1"]["sorter"]["href"] == "/?target=NSGE-4.1&xep=result&gom=vung"


def test_rows_stand_under_their_regions(release: Release) -> None:
    matrix = board_of(release, groups=BY_REGION)
    rows = matrix_data(matrix)["rows"]
    assert [row.get("group") or row["name"] for row in rows] == [
        "Cả nước", "Đồng bằng sông Hồng (4)", "Hà Nội", "Cao Bằng", "Hải Phòng", "Hưng Yên",
    ]  # fmt: skip


def test_regions_keep_the_order_of_their_codes_whatever_sorts_the_rows(release: Release) -> None:
    lines = board_of(release).lines
    regions = {"01": "B", "04": "A", "31": "A", "33": "B"}
    moved = [
        replace(line, place={**line.place, "region_id": regions.get(line.place["locality_code"])})
        for line in ordered(lines, Order.FEWEST_MET, "", VI)
    ]
    told = [
        (first["region_id"], [line.place["locality_code"] for line in members])
        for first, members in by_region(moved)
    ]
    assert told == [("B", ["33", "01"]), ("A", ["04", "31"])]


def test_the_cells_of_63_provinces_weigh_little(release: Release) -> None:
    matrix = board_of(release)
    many = list(matrix.lines)[1:] * 16
    assert len(json.dumps(matrix_data(replace(matrix, lines=many)))) < 30_000


# The target in view ----------------------------------------------------------------------------


def test_the_target_in_view_is_the_first_that_needs_attention(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    (panel,) = named(content, "panel-chosen")
    assert text_of(panel).startswith("4.1 Tỷ số giới tính khi sinh")
    assert [head["code"] for head in matrix_of(content)["targets"] if head.get("chosen")] == ["4.1"]


def test_a_target_with_figures_of_provinces_goes_before_one_without(release: Release) -> None:
    rows = assessed(release, "VN").rows
    board = queries.board(release, 2025, "2025")
    unmapped = board.filter(pl.col("target_id") != "NSGE-4.1")
    assert overview.target_in_view(rows, board, View()) == "NSGE-4.1"
    assert overview.target_in_view(rows, unmapped, View()) == "NSGE-2.1"
    assert overview.target_in_view(rows, board, View(target="NSGE-6.4")) == "NSGE-6.4"
    assert overview.target_in_view([], board, View()) == ""


def test_of_a_compound_target_the_worst_part_is_drawn(release: Release) -> None:
    rows = queries.assessed_target(release, "VN", "NSGE-1.1").rows(named=True)
    assert drawn_target("NSGE-1.1", rows) == "NSGE-1.1a"
    assert drawn_target("NSGE-4.1", rows) == "NSGE-4.1"


def test_a_compound_target_leads_to_its_parts_and_keeps_its_column(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?target=NSGE-1.1")
    (parts,) = named(content, "chosen-parts")
    links = [link for link in walk(parts) if isinstance(link, html.A)]
    assert [link.href for link in links] == ["/?target=NSGE-1.1a", "/?target=NSGE-1.1c"]
    for address in ("/?target=NSGE-1.1", "/?target=NSGE-1.1c"):
        heads = matrix_of(open_page(door, address)[0])["targets"]
        assert [head["code"] for head in heads if head.get("chosen")] == ["1.1"]


def test_map_and_trend_are_drawn_and_lead_on(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?locality=33@2025")
    (panel,) = named(content, "panel-chosen")
    assert len([one for one in walk(panel) if isinstance(one, dcc.Graph)]) == 2
    assert panel.children[0].children.href == "/chi-tieu?target=NSGE-4.1&locality=33@2025"
    links = {text_of(link): link.href for link in walk(panel) if isinstance(link, html.A)}
    assert links["Bản đồ"] == "/ban-do?target=NSGE-4.1&locality=33@2025"
    assert "Hưng Yên, năm 2024: 115,9 chưa đạt" in text_of(panel)


def test_the_trend_holds_one_line_of_figures_and_both_milestones(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    (graph,) = named(content, "trend-graph")
    named_lines = [trace for trace in graph.figure["data"] if trace.get("name")]
    assert [trace["name"] for trace in named_lines] == ["Điều tra"]
    texts = [one["text"] for one in graph.figure["layout"]["annotations"]]
    assert "Mốc 2025<br>≤ 111" in texts
    assert "Mốc 2030<br>≤ 109" in texts
    assert "height" not in graph.figure["layout"]


def test_charts_are_told_in_words(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    (panel,) = named(content, "panel-chosen")
    told = [getattr(one, "aria-label") for one in walk(panel) if getattr(one, "role", "") == "img"]
    assert "Tỷ số giới tính khi sinh, năm 2024: 1 đạt, 1 gần đạt, 1 chưa đạt" in told[0]
    assert "2018: 114,8; 2019: 111,5" in told[1]


def test_without_figures_the_panel_says_whose_are_missing(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?target=NSGE-4.4")
    (panel,) = named(content, "panel-chosen")
    assert VI("empty.observations", locality="Cả nước") in text_of(panel)
    assert VI("chosen.no_map", geography=VI("geography.long.2025")) in text_of(panel)


def test_an_unknown_target_leaves_the_rest_of_the_page(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/?target=X")
    assert not named(content, "panel-chosen")
    assert len(matrix_of(content)["rows"]) == 4
