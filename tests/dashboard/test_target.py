"""Chỉ tiêu: all localities against the target lines, and from its numbers to their cells."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import html

from dashboard import background, queries, target
from dashboard.address import View
from dashboard.components.dot_plot import DotPlot, dot_plot
from dashboard.components.sources import sources_panel
from dashboard.components.standing import SHOWN_AT_ONCE, answer, missed_list, silent_list
from dashboard.components.trace_link import Traced, with_traces
from dashboard.figures import dots
from dashboard.queries import Row
from dashboard.release import Release, ReleaseDoor
from dashboard.standing import Standing, against_common, silent_reason, standing
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import publish_test_release, release_frames

VI = Words("vi")
BIRTHS = "NSGE-4.1"
VIEW = View(path="/chi-tieu", target=BIRTHS)


def rows_of(
    release: Release, target_id: str = BIRTHS, geography: str = "2025", locality: str = "VN"
) -> list[Row]:
    found = queries.assessed_everywhere(release, target_id, geography, locality)
    return list(found.iter_rows(named=True))


def standing_of(rows: list[Row], milestone: int = 2025, locality: str = "VN") -> Standing:
    found = standing(rows, milestone, locality)
    assert found is not None
    return found


@pytest.fixture
def births(release: Release) -> Standing:
    return standing_of(rows_of(release))


def names(rows: list[Row]) -> list[str]:
    return [row["locality_vi"] for row in rows]


def changed(rows: list[Row], locality: str, **given: Any) -> list[Row]:
    return [{**row, **given} if row["locality_id"] == locality else row for row in rows]


def links(component: Any, prefix: str) -> dict[str, str]:
    return {
        text_of(found): found.href
        for found in walk(component)
        if isinstance(found, html.A) and found.href.startswith(prefix)
    }


# Who misses -------------------------------------------------------------------------------------


def test_the_page_opens_with_who_misses_and_by_how_much(door: ReleaseDoor) -> None:
    for address in ("/chi-tieu?target=NSGE-4.1", "/chi-tieu?target=NSGE-4.1&locality=ALL"):
        content, _ = open_page(door, address)
        (first, *_) = [found for found in walk(content) if isinstance(found, html.P)]
        assert text_of(first) == (
            "2/3 tỉnh, thành phố có kết quả chưa đạt mốc 2025 (≤ 111), trong đó 1 gần đạt; cách "
            "mốc xa nhất: Hưng Yên 115,9, còn cao hơn mốc 4,9 bé trai/100 bé gái. "
            "1 tỉnh, thành phố chưa có số liệu."
        )


def test_the_value_in_the_sentence_opens_its_trace(release: Release, births: Standing) -> None:
    judged = queries.assessed_target(release, "33@2025", BIRTHS)
    figure = judged.filter(milestone_year=2025)["latest_observation_id"][0]
    said = answer(births, VIEW, VI)
    assert links(said, "/truy-vet") == {"115,9": f"/truy-vet?obs={figure}"}


def test_who_misses_is_listed_with_the_gap_the_widest_first(births: Standing) -> None:
    heading, _, items = missed_list(births, VIEW, VI)
    assert text_of(heading) == "Chưa đạt mốc 2025"
    assert [text_of(item) for item in items.children] == [
        "Hưng Yên 115,9 chưa đạt: còn cao hơn mốc 4,9 bé trai/100 bé gái",
        "Hải Phòng 111,1 gần đạt: còn cao hơn mốc 0,1 bé trai/100 bé gái",
    ]
    assert links(items, "/chi-tieu")["Hải Phòng"].endswith("locality=31@2025")


def test_a_gap_in_whole_units_is_told_in_them(release: Release) -> None:
    rows = changed(rows_of(release), "33@2025", gap_whole_units=12, indicator_id="X", operator=">=")
    (_, _, items) = missed_list(standing_of(rows), VIEW, VI)
    assert "thiếu 12 đơn vị" in text_of(items)


def test_a_long_list_is_folded_and_goes_on_counting(release: Release) -> None:
    first, *_ = [row for row in rows_of(release) if row["locality_id"] == "33@2025"]
    many = [{**first, "locality_id": f"{number}@2025"} for number in range(SHOWN_AT_ONCE + 3)]
    _, _, shown, folded = missed_list(standing_of(many), VIEW, VI)
    assert len(shown.children) == SHOWN_AT_ONCE
    assert text_of(folded.children[0]) == "Xem 3 địa phương còn lại"
    assert folded.children[1].start == str(SHOWN_AT_ONCE + 1)


def test_ahead_of_an_open_milestone_nobody_has_missed_it(release: Release) -> None:
    said = text_of(answer(standing_of(rows_of(release), 2030), VIEW, VI))
    assert said.startswith("2/3 tỉnh, thành phố có số liệu còn cách mốc 2030 (≤ 109); xa nhất:")


def test_where_all_met_it_is_said(release: Release) -> None:
    rows = [row for row in rows_of(release, "NSGE-2.1") if row["level"] == "province"]
    said = text_of(answer(standing_of(rows), VIEW, VI))
    assert said.startswith("Cả 2 tỉnh, thành phố có kết quả đều đạt mốc 2025 (≥ 50%).")


def test_where_nothing_is_known_nothing_is_said_to_be_met(release: Release) -> None:
    said = text_of(answer(standing_of(rows_of(release, "NSGE-4.4")), VIEW, VI))
    assert said == "Chưa đánh giá được tỉnh, thành phố nào cho mốc 2025."


def test_former_provinces_are_set_against_a_closed_milestone_only(release: Release) -> None:
    former = rows_of(release, geography="2004")
    assert names(standing_of(former, 2025).missed) == ["Hưng Yên"]
    assert standing_of(former, 2030).missed == []
    said = text_of(answer(standing_of(former, 2030), VIEW, VI))
    assert said.startswith("Địa giới cũ hết áp dụng trước thời điểm của mốc 2030")


def test_a_milestone_that_the_target_lacks_falls_to_the_next_it_has(release: Release) -> None:
    assert standing_of(rows_of(release), 2026).provinces[0]["milestone_year"] == 2030
    assert standing_of(rows_of(release), 2099).provinces[0]["milestone_year"] == 2030


def test_a_target_that_no_province_has_stands_alone(release: Release) -> None:
    assert standing(rows_of(release, "NSGE-1.1a"), 2025, "VN") is None


# How they spread --------------------------------------------------------------------------------


def test_the_middle_is_a_locality_by_rank_never_an_average(births: Standing) -> None:
    assert names(births.ranked) == ["Hà Nội", "Hải Phòng", "Hưng Yên"]
    assert names(births.middle) == ["Hải Phòng"]


def test_the_middle_of_an_even_number_is_two_localities(release: Release) -> None:
    rows = [row for row in rows_of(release) if row["locality_id"] != "31@2025"]
    assert names(standing_of(rows).middle) == ["Hà Nội", "Hưng Yên"]


def test_results_are_counted_at_every_milestone(door: ReleaseDoor) -> None:
    told = text_of(open_page(door, "/chi-tieu?target=NSGE-4.1")[0])
    assert "Mốc 2025 (≤ 111): 1 đạt, 1 gần đạt, 1 chưa đạt, 1 không đánh giá được." in told
    assert "Mốc 2030 (≤ 109): 1 đạt, 2 đang thực hiện, 1 không đánh giá được." in told
    assert "thấp nhất: Hà Nội 110,8" in told
    assert "ở giữa: Hải Phòng 111,1" in told
    assert "cao nhất: Hưng Yên 115,9" in told


def test_dots_that_would_cover_each_other_are_piled_up() -> None:
    assert dots.stacked([0, 10, 12, 100], 10) == [(5, 0), (15, 0), (15, 1), (95, 0)]


def test_the_scale_holds_everything_with_room_at_both_ends() -> None:
    low, high = dots.scale([Decimal(109), Decimal(119)])
    assert (low, high) == (108.5, 119.5)
    assert dots.scale([Decimal(0)]) == (-1.0, 1.0)


def test_a_province_is_told_its_rank(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")
    assert "Xếp thứ 3 trong 3 tỉnh, thành phố có số liệu" in text_of(content)


# The dots ---------------------------------------------------------------------------------------


def plot_of(release: Release, found: Standing, view: View = VIEW) -> DotPlot:
    return DotPlot(found, {"SURVEY": "Điều tra", "ADMIN": "Báo cáo"}, {}, view, VI)


def test_each_locality_has_a_row_the_best_first_with_the_nation_among_them(
    release: Release, births: Standing
) -> None:
    _, *rows = table_rows(dot_plot(plot_of(release, births)), "dots-table")
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("Hà Nội", "110,8", "đạt"),
        ("Hải Phòng", "111,1", "gần đạt"),
        ("Cả nước", "111,4", "chưa đạt"),
        ("Hưng Yên", "115,9", "chưa đạt*"),
    ]


def test_a_dot_opens_the_locality_and_a_number_its_trace(
    release: Release, births: Standing
) -> None:
    table = dot_plot(plot_of(release, births))
    marks = [found for found in walk(table) if getattr(found, "className", "") == "dot"]
    assert next(mark.title for mark in marks) == "Hà Nội: 110,8 (2024), đạt"
    assert marks[0].href == "/chi-tieu?target=NSGE-4.1&locality=01@2025"
    assert set(links(table, "/truy-vet")) == {"110,8", "111,1", "111,4", "115,9"}


def test_a_dot_has_the_shape_of_its_result(release: Release, births: Standing) -> None:
    table = dot_plot(plot_of(release, births))
    shapes = [text.className for text in walk(table) if "symbol-" in str(_class(text))]
    assert shapes == [f"symbol symbol-{one}" for one in ("met", "near", "not_met", "not_met")]


def _class(component: Any) -> str:
    return getattr(component, "className", None) or ""


def test_another_year_than_that_of_most_is_printed(release: Release) -> None:
    rows = changed(rows_of(release), "31@2025", latest_year=2023)
    found = {
        row[0]: row[1]
        for row in table_rows(dot_plot(plot_of(release, standing_of(rows))), "dots-table")
    }
    assert found["Hải Phòng"] == "111,1 (2023)"
    assert found["Hà Nội"] == "110,8"


def test_a_level_of_ones_own_has_a_tick_and_is_told(release: Release) -> None:
    rows = changed(rows_of(release), "31@2025", target_value=Decimal(113))
    table = dot_plot(plot_of(release, standing_of(rows)))
    told = {row[0]: row[-1] for row in table_rows(table, "dots-table")}
    assert told["Hải Phòng"] == "gần đạt mức riêng 2025: ≤ 113, 2030: ≤ 113"
    assert "mức riêng" not in told["Hà Nội"]
    ticks = [found for found in walk(table) if _class(found).startswith("own-line")]
    assert len(ticks) == 1  # one value at both milestones


def test_a_level_that_is_said_to_be_about_is_no_other_level(release: Release) -> None:
    rows = changed(rows_of(release), "31@2025", is_approximate=True)
    found = standing_of(rows)
    assert [found.own_levels(row) for row in found.provinces] == [[]] * 4


def test_a_figure_of_another_kind_of_source_says_so(release: Release) -> None:
    rows = changed(rows_of(release), "31@2025", source_family="ADMIN")
    told = table_rows(dot_plot(plot_of(release, standing_of(rows))), "dots-table")
    assert {row[0]: row[-1] for row in told}["Hải Phòng"] == "gần đạt Báo cáo"


def test_rows_stand_under_their_regions_where_asked(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&gom=vung")
    _, nation, region, *provinces = table_rows(content, "dots-table")
    assert nation[0] == "Cả nước"
    assert region == ["Đồng bằng sông Hồng"]
    assert [row[0] for row in provinces] == ["Hà Nội", "Hải Phòng", "Hưng Yên"]
    chosen = [found for found in walk(content) if getattr(found, "aria-current", "") == "true"]
    assert [text_of(one) for one in chosen] == ["vùng"]


def test_the_locality_in_view_is_marked(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")
    marked = [found for found in walk(content) if "chosen" in _class(found).split()]
    assert [text_of(found.children[0]) for found in marked] == ["Hưng Yên"]


def test_a_yes_or_no_has_no_scale_but_its_list(tmp_path: Path) -> None:
    frames = release_frames()
    is_births = pl.col("target_id") == BIRTHS
    frames["targets"] = frames["targets"].with_columns(
        local_form_of=pl.when(is_births).then(pl.lit("NSGE-1.1")).otherwise("local_form_of")
    )
    frames["indicators"] = frames["indicators"].with_columns(
        unit_measure=pl.when(indicator_id="SEX_RATIO_AT_BIRTH")
        .then(pl.lit("PERCENT"))
        .otherwise("unit_measure")
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/chi-tieu?target=NSGE-4.1")
    assert not [found for found in walk(content) if "dots-table" in _class(found)]
    assert "đạt: Hà Nội." in text_of(content)
    assert "Hưng Yên có chưa đạt:" in text_of(content)


# Of whom nothing is known -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "received", "reason"),
    [
        ({}, {}, "not_sent"),
        ({}, {"04@2025": "refused"}, "refused"),
        ({}, {"04@2025": "accepted"}, "left_out"),
        ({"verdict_reason": "not_applicable"}, {}, "not_applicable"),
        ({"verdict_reason": "part_missing"}, {"04@2025": "accepted"}, "part_missing"),
        ({"valid_to": "2025-06-30"}, {}, "former"),
    ],
)
def test_a_missing_locality_says_why_and_what_to_do(
    births: Standing, given: dict[str, Any], received: dict[str, str], reason: str
) -> None:
    (silent,) = births.silent
    assert silent["locality_id"] == "04@2025"
    assert silent_reason({**silent, **given}, received) == reason
    assert VI.known(f"standing.silent.{reason}")


def test_missing_localities_are_named_under_their_reason(births: Standing) -> None:
    told = text_of(silent_list(births, {}, "2025", VIEW, VI))
    assert "Chưa nhận được báo cáo kỳ 2025, cần đôn đốc nộp: Cao Bằng." in told


def test_an_accepted_report_counts_before_a_refused_one(tmp_path: Path) -> None:
    frames = release_frames()
    both = frames["submissions"].filter(locality_id="12001@2025")
    frames["submissions"] = pl.concat(
        [
            frames["submissions"],
            both.with_columns(submission_id=pl.lit("c" * 16), status=pl.lit("accepted")),
        ]
    )
    release = Release(publish_test_release(tmp_path, frames=frames))
    assert target.received(release, "2025")["12001@2025"] == "accepted"


# Levels, sources, parts -------------------------------------------------------------------------


def test_localities_with_a_level_of_their_own_are_listed_with_the_document(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1")
    _, *rows = table_rows(content, "variations-table")
    assert rows == [
        ["Hưng Yên", "56/KH-UBNDkế thừa của Thái Bình", "2030: ≤ 108,5",
         "2030: cao hơn (chặt hơn)", "đang dùng"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("operator", "own", "expected"),
    [("<=", "108", "stricter"), ("<=", "112", "weaker"), ("<=", "111", "same"),
     (">=", "112", "other")],
)  # fmt: skip
def test_a_level_is_set_against_that_of_most(
    births: Standing, operator: str, own: str, expected: str
) -> None:
    (common, *_) = births.levels
    row = {**common, "operator": operator, "target_value": Decimal(own)}
    assert against_common(row, common) == expected
    assert against_common(row, None) == "other"


def test_kinds_of_source_stand_side_by_side_and_their_conflict_is_said(release: Release) -> None:
    rows = queries.assessed_target(release, "VN", BIRTHS).rows(named=True)
    families = {"SURVEY": "Điều tra", "REGISTRATION": "Đăng ký hộ tịch"}
    (panel,) = sources_panel(rows, families, VIEW, VI)
    assert "cần thống nhất nguồn trước khi kết luận" in text_of(panel)
    _, survey, registration = table_rows(panel, "sources-table")
    assert survey[:3] == [
        "Điều tradùng để đánh giá", "Năm 2024: 111,4", "chưa đạt (≤ 111)",
    ]  # fmt: skip
    assert registration[:3] == ["Đăng ký hộ tịch", "Năm 2024: 110,7", "đạt (≤ 111)"]
    assert set(links(panel, "/truy-vet")) == {"111,4", "110,7"}


def test_one_kind_of_source_has_no_second_beside_it(release: Release) -> None:
    rows = queries.assessed_target(release, "01@2025", BIRTHS).rows(named=True)
    assert sources_panel(rows, {}, VIEW, VI) == []


def test_a_region_has_figures_but_no_result(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=RRD@2004&geography=2004")
    told = text_of(content)
    assert "Chỉ tiêu không đặt cho vùng nên Đồng bằng sông Hồng không có kết quả" in told
    assert "113,4" in told
    _, *rows = table_rows(content, "dots-table")
    assert {row[0] for row in rows} == {"Cả nước", "Hưng Yên", "Thái Bình"}


# From a number to its cell ----------------------------------------------------------------------


def test_a_value_in_a_sentence_is_linked_where_it_is_told() -> None:
    said = with_traces("Năm 2: 2; thiếu 2", [Traced("Năm 2: 2", "2", "obs:1")], View())
    assert [text_of(part) for part in said] == ["Năm 2: ", "2", "; thiếu 2"]
    assert links(said, "/") == {"2": "/truy-vet?obs=obs:1"}


def test_a_value_without_a_figure_behind_it_stays_text() -> None:
    assert with_traces("Năm 2024: 2", [Traced("Năm 2024: 2", "2", None)], View()) == ["Năm 2024: 2"]
    assert with_traces("Gì đó", [Traced("Năm 2024: 2", "2", "obs:1")], View()) == ["Gì đó"]


def test_the_values_of_the_verdict_open_their_traces(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1")
    verdicts = [found for found in walk(content) if _class(found) == "verdict-sentence"]
    assert set(links(verdicts[0], "/truy-vet")) == {"111,4", "110,7"}  # both kinds of source


def test_roll_ups_open_the_report_and_stand_under_their_kind_of_source(
    release: Release, door: ReleaseDoor
) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")
    (table,) = [found for found in walk(content) if "rollup-table" in _class(found)]
    assert links(table, "/truy-vet") == {"115,9": "/truy-vet?obs=obs:40"}
    rolled = background.rolled_up(release, BIRTHS, "33@2025")
    assert rolled["rolled_observation_id"].is_null().all()  # the unit's own report stays in force


def test_figures_of_the_units_beside_a_locality_open_their_traces(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/dia-phuong?locality=33@2025&peers=01@2025")
    references = [found for found in walk(content) if _class(found) == "references"]
    assert "111,4" in links(references, "/truy-vet")
    assert "110,8" in links(references, "/truy-vet")
    (table,) = [found for found in walk(content) if "comparison-table" in _class(found)]
    assert {"115,9", "111,4"} <= set(links(table, "/truy-vet"))
    said = [found for found in walk(content) if _class(found) == "target-said"]
    assert "115,9" in links(said, "/truy-vet")


def test_what_all_figures_share_is_said_once(tmp_path: Path) -> None:
    frames = release_frames()
    frames["observations"] = frames["observations"].with_columns(is_synthetic=True)
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/chi-tieu?target=NSGE-4.1")
    (table,) = [found for found in walk(content) if "observations" in _class(found)]
    assert VI("synthetic") not in text_of(table)
    assert text_of(content).count(VI("shared.synthetic")) == 1
