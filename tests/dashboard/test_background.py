"""What stands behind a verdict, and the register of documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from dash import html

from dashboard import background, queries
from dashboard.address import View
from dashboard.components.background import both_maps, candidate_documents, notices
from dashboard.components.statements import unit_statements
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from indicators.tables import ObservationParts
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, frame_of, publish_test_release, release_frames

VI, EN = Words("vi"), Words("en")
BIRTHS_OF_HUNG_YEN = "/chi-tieu?target=NSGE-4.1&locality=33@2025"


def sections(door: ReleaseDoor, address: str) -> dict[str, html.Section]:
    """The panels of a page by their heading."""
    content, _ = open_page(door, address)
    panels = [found for found in walk(content) if isinstance(found, html.Section)]
    return {text_of(panel.children[0]): panel for panel in panels}


def test_each_predecessors_target_is_shown_and_the_stricter_one_works(release: Release) -> None:
    (section,) = candidate_documents(background.candidates(release, "NSGE-4.1", "33@2025"), VI)
    assert table_rows(section, "figures-table")[1:] == [
        ["2030", "56/KH-UBND", "Thái Bình", "≤ 108,5", "đang dùng"],
        ["2030", "28/NQ-CP", "Cả nước", "≤ 109", "không dùng"],
    ]
    assert "chưa ban hành chỉ tiêu mới" in text_of(section)


def test_where_only_the_national_document_speaks_nothing_competes(release: Release) -> None:
    assert candidate_documents(background.candidates(release, "NSGE-4.1", "01@2025"), VI) == []


def test_an_adjusted_version_is_named(release: Release) -> None:
    rows = background.candidates(release, "NSGE-4.1", "33@2025").with_columns(
        version=pl.lit(2, dtype=pl.Int64)
    )
    (section,) = candidate_documents(rows, VI)
    assert "≤ 108,5; bản điều chỉnh thứ 2" in text_of(section)


def test_both_geographies_stand_side_by_side_and_link_to_each_other(release: Release) -> None:
    rows = background.on_both_maps(release, "NSGE-4.1", "33@2025").filter(source_family="SURVEY")
    (section,) = both_maps(rows, View(path="/chi-tieu", target="NSGE-4.1"), VI)
    assert table_rows(section, "figures-table") == [
        ["Năm", "Hưng Yênhiện nay", "Hưng Yênđến 30/06/2025", "Thái Bìnhđến 30/06/2025"],
        ["2024", "115,9", "–", "–"],
        ["2023", "–", "118,1", "110,1"],
        ["2022", "117,2", "–", "–"],
        ["2019", "–", "120,6", "–"],
    ]
    links = [
        found.href
        for found in walk(section)
        if isinstance(found, html.A) and found.href.startswith("/chi-tieu")
    ]
    assert links == [
        "/chi-tieu?target=NSGE-4.1&locality=33@2004",
        "/chi-tieu?target=NSGE-4.1&locality=34@2004",
    ]


def test_a_former_province_is_shown_beside_the_one_that_it_went_into(release: Release) -> None:
    rows = background.on_both_maps(release, "NSGE-4.1", "34@2004")
    assert rows.unique("locality_id").sort("place")["locality_id"].to_list() == [
        "34@2004",
        "33@2025",
    ]


def test_a_rebuilt_figure_says_how_and_on_how_much_it_rests(release: Release) -> None:
    rows = background.on_both_maps(release, "NSGE-4.1", "33@2025").with_columns(
        origin=pl.when(pl.col("place") == 0).then(pl.lit("weighted")).otherwise("origin"),
        coverage=pl.when(pl.col("place") == 0).then(0.934).otherwise("coverage"),
        numerator=pl.lit(None, dtype=pl.Decimal(38, 9)),
    )
    (section,) = both_maps(rows, View(), VI)
    made = "tổng hợp lại từ các đơn vị cũ, theo quyền số, độ phủ 93,4%"
    assert f"◇ {made}: 117,2" in text_of(section)
    assert f"◇ {made}." in text_of(section)  # the sign is explained once under the table
    (english,) = both_maps(rows, View(language="en"), EN)
    assert "rebuilt from the former units with weights, coverage 93.4%" in text_of(english)


def test_a_unit_without_kin_has_no_second_geography(release: Release) -> None:
    assert both_maps(background.on_both_maps(release, "NSGE-4.1", "01@2025"), View(), VI) == []


def test_a_denominator_that_jumped_is_said_with_its_event(door: ReleaseDoor) -> None:
    notes = sections(door, "/chi-tieu?target=NSGE-1.1a")["Lưu ý về số liệu"]
    assert (
        "Mẫu số thay đổi: 22 (năm 2024) → 17 (năm 2025) (sắp xếp bộ, ngành ngày 01/03/2025)"
        in text_of(notes)
    )


def test_what_cannot_be_rebuilt_says_the_years_and_the_reason(release: Release) -> None:
    gaps = background.not_rebuilt(release, "NSGE-4.1", "33@2025")
    (section,) = notices(pl.DataFrame(), gaps, VI)
    assert (
        "Không tính được cho địa giới này, năm 2019-2021, 2023: chỉ có tỷ lệ và thiếu số liệu "
        "làm quyền số (có số liệu của 2/2 đơn vị)." in text_of(section)
    )


def test_the_own_report_and_the_sum_of_the_communes_stand_side_by_side(door: ReleaseDoor) -> None:
    section = sections(door, BIRTHS_OF_HUNG_YEN)["Số tự báo cáo và số cộng từ cấp dưới"]
    assert table_rows(section, "figures-table")[1:] == [
        ["2024", "115,9", "115,2 (2.304/2.000)", "0,7vượt mức làm tròn", "102/104 xã, phường"],
    ]


@pytest.mark.parametrize(
    ("verdict", "agrees", "reason", "said"),
    [
        ("not_met", True, None, "Trùng với kết quả tính được."),
        (
            "met",
            False,
            "other_year",
            "Khác với kết quả tính được: đạt. Nguyên nhân có thể: đơn vị dùng số của năm khác.",
        ),
        ("met", None, None, ""),
    ],
)
def test_the_units_own_status_stands_beside_the_verdict(
    release: Release, verdict: str, agrees: bool | None, reason: str | None, said: str
) -> None:
    rows = queries.statements(release, "NSGE-4.1", "33@2025").with_columns(
        verdict=pl.lit(verdict),
        agrees=pl.lit(agrees, dtype=pl.Boolean),
        probable_reason=pl.lit(reason, dtype=pl.String),
    )
    (section,) = unit_statements(list(rows.iter_rows(named=True)), VI)
    (own,) = [found for found in walk(section) if isinstance(found, html.Dd)][:1]
    assert text_of(own).strip() == f"chưa đạt (4.1, mốc 2025) {said}".strip()


# The register -----------------------------------------------------------------------------------


def test_documents_that_differ_on_one_indicator_are_set_side_by_side(door: ReleaseDoor) -> None:
    told = text_of(sections(door, "/van-ban?locality=ALL")["Chỗ các văn bản đặt mức khác nhau"])
    assert "Tỷ số giới tính khi sinh, mốc 2030" in told
    assert "28/NQ-CP: ≤ 109. Bảng theo dõi dùng mức này." in told
    assert "1679/QĐ-TTg: < 109. “dưới 109”" in told
    assert "Thái Bình, TB56-4.1, mốc 2030: 56/KH-UBND: ≤ 108,5 (yêu cầu cao hơn" in told


def test_the_register_of_the_nation_holds_national_documents_only(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/van-ban")
    assert text_of(content).startswith("2 văn bản giao 12 chỉ tiêu")
    assert "Thái Bình" not in text_of(content)


def test_a_merged_locality_sees_the_documents_of_its_predecessors(door: ReleaseDoor) -> None:
    rows = table_rows(
        sections(door, "/van-ban?locality=33@2025")["Mục tiêu 4. Y tế"], "register-table"
    )
    assert ["TB56-4.1", "Tỷ số giới tính khi sinh văn bản khác đặt mức khác", "56/KH-UBND",
            "Thái Bình", "2030: ≤ 108,5"] in rows  # fmt: skip


def test_an_adjusted_target_names_its_document_and_day(tmp_path: Path) -> None:
    frames = release_frames()
    is_adjusted = pl.col("target_id") == "P1679-1"
    frames["target_milestones"] = frames["target_milestones"].with_columns(
        adopted_on=pl.when(is_adjusted).then(pl.lit(date(2027, 1, 15))).otherwise("adopted_on"),
        document_vi=pl.when(is_adjusted).then(pl.lit("12/QĐ-TTg")).otherwise("document_vi"),
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/van-ban")
    assert "2030: < 109, điều chỉnh từ 15/01/2027 (12/QĐ-TTg)" in text_of(content)


def test_hostile_names_are_text_on_the_register(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/van-ban?locality=34@2004")
    assert HOSTILE not in text_of(content)  # its number is shown instead of its name
    assert all(not hasattr(found, "dangerously_allow_html") for found in walk(content))


def test_counts_stand_in_the_hover_of_the_trend(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-1.1a")
    graphs = [found for found in walk(content) if type(found).__name__ == "Graph"]
    texts = [text for trace in graphs[0].figure["data"] for text in trace.get("hovertext", [])]
    assert "2024: 59,1 (13/22)" in texts


def test_the_scales_of_reports_are_counted_from_the_same_rows(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/")
    scales = next(found for found in walk(content) if getattr(found, "className", "") == "scales")
    assert [text_of(found) for found in walk(scales) if isinstance(found, html.Li)] == [
        "Thang ba mức: đạt 4/9; chưa đạt 4/9; không đánh giá được 1/9.",
        "Thang bốn mức: đạt 4/9; đạt một phần 1/9; gần đạt 2/9; còn xa 1/9; "
        "không đánh giá được 1/9.",
    ]


def test_shares_of_a_scale_are_exact_numbers(release: Release) -> None:
    rows = background.rolled_up(release, "NSGE-4.1", "33@2025")
    assert rows["difference"].to_list() == [Decimal("0.7")]


def test_a_local_form_is_told_as_a_yes_or_a_no(tmp_path: Path) -> None:
    frames = release_frames()
    is_local = pl.col("target_id") == "NSGE-2.1"
    frames["targets"] = frames["targets"].with_columns(
        local_form_of=pl.when(is_local).then(pl.lit("NSGE-1.1")).otherwise("local_form_of")
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/chi-tieu?target=NSGE-2.1&locality=33@2025")
    assert "Năm 2024: có" in text_of(content)


def test_disagreements_are_listed_with_their_probable_reason(tmp_path: Path) -> None:
    frames = release_frames()
    frames["statement_reviews"] = frames["statement_reviews"].with_columns(
        agrees=pl.lit(False), verdict=pl.lit("met"), probable_reason=pl.lit("rounding")
    )
    publish_test_release(tmp_path, frames=frames)
    for address, count in (
        ("/nop-bao-cao", 1),
        ("/nop-bao-cao?locality=33@2025", 1),
        ("/nop-bao-cao?locality=04@2025", 0),  # nobody reports there, and nothing differs
    ):
        content, _ = open_page(ReleaseDoor(tmp_path), address)
        listed = [
            found
            for found in walk(content)
            if isinstance(found, html.H2) and text_of(found) == VI("disagreements")
        ]
        assert len(listed) == count
    told = text_of(sections(ReleaseDoor(tmp_path), "/nop-bao-cao")[VI("disagreements")])
    assert "Hưng Yên4.1 Tỷ số giới tính khi sinh2025chưa đạtđạtlàm tròn số" in told


def test_a_computed_figure_names_the_cells_that_it_rests_on(tmp_path: Path) -> None:
    frames = release_frames()
    is_births = pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH"
    births = frames["observations"].filter(is_births)
    (computed,) = births.filter(ref_area="33@2025", reference_year=2022)["observation_id"]
    parts = births.filter(pl.col("ref_area").is_in(["33@2004", "34@2004", "01@2025"]))
    frames["observations"] = frames["observations"].with_columns(
        origin=pl.when(observation_id=computed).then(pl.lit("aggregated")).otherwise("origin"),
        **{
            name: pl.when(pl.col("observation_id") != computed).then(name)
            for name in ("submission_id", "sheet", "sheet_row", "value_cell")
        },
    )
    frames["observation_parts"] = frame_of(
        ObservationParts,
        [
            {"observation_id": computed, "part_observation_id": part}
            for part in parts["observation_id"]
        ],
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), BIRTHS_OF_HUNG_YEN)
    told = text_of(content)
    cells = dict(parts.select("observation_id", "value_cell").iter_rows())
    first = parts.sort("ref_area", "observation_id").head(3)
    assert parts.height == 5
    assert "và 2 đơn vị khác" in told
    for observation_id in first.filter(ref_area="33@2004")["observation_id"]:
        cell = cells[observation_id]
        assert f"Hưng Yên: thong_ke_2024.xlsx, Số liệu, ô {cell}" in told
