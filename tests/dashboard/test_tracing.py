"""Truy vết: from a number to its cell, its changes and what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import html

from dashboard.address import View
from dashboard.components.trace_link import trace_address
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from indicators.tables import (
    AppliedCorrections,
    CheckOutcomes,
    Issues,
    ObservationParts,
    Observations,
    Revisions,
    Submissions,
)
from tests.dashboard.test_background import sections
from tests.dashboard.test_catalogue import facts_of, of_class
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, decimal, frame_of, publish_test_release, release_frames

VI = Words("vi")


def identity(ref_area: str, indicator_id: str, year: int, breakdown: str = "_T") -> str:
    """The identity of one figure of the small release."""
    rows = release_frames()["observations"].filter(
        ref_area=ref_area, indicator_id=indicator_id, reference_year=year, breakdown=breakdown
    )
    return str(rows["observation_id"][0])


AGENCIES = identity("VN", "AGENCIES_WITH_WOMAN_KEY_LEADER", 2024, "ADMIN_LEVEL.MINISTRY")
HUNG_YEN = identity("33@2025", "SEX_RATIO_AT_BIRTH", 2024)
FORMER = identity("33@2004", "SEX_RATIO_AT_BIRTH", 2023)
THAI_BINH = identity("34@2004", "SEX_RATIO_AT_BIRTH", 2023)
WEIGHT = identity("31@2025", "SEX_RATIO_AT_BIRTH", 2024)
REBUILT = "agg:33"
ROLLED_UP = "agg:VN"


def computed(frames: dict[str, Any]) -> None:
    """Hưng Yên of 2023 rebuilt from two former provinces; the nation rolled up from it."""
    rows = frames["observations"].rows(named=True)
    model = next(row for row in rows if row["observation_id"] == FORMER)
    nowhere = dict.fromkeys(("submission_id", "sheet", "sheet_row", "value_cell"))
    made = {**model, **nowhere, "reported_value": None}
    frames["observations"] = frame_of(
        Observations,
        [
            *rows,
            {**made, "observation_id": REBUILT, "ref_area": "33@2025", "origin": "weighted",
             "obs_value": decimal("114.2"), "coverage": 0.95},
            {**made, "observation_id": ROLLED_UP, "ref_area": "VN", "origin": "rolled_up",
             "definition": "OTHER", "obs_value": decimal("112.3")},
        ],
    )  # fmt: skip
    frames["observation_parts"] = frame_of(
        ObservationParts,
        [
            {"observation_id": REBUILT, "part_observation_id": FORMER, "weight": decimal("1.25"),
             "weight_observation_id": WEIGHT},
            {"observation_id": REBUILT, "part_observation_id": THAI_BINH,
             "weight": decimal("1.75")},
            {"observation_id": ROLLED_UP, "part_observation_id": REBUILT},
        ],
    )  # fmt: skip
    frames["applied_corrections"] = frame_of(
        AppliedCorrections,
        [
            {"correction_id": "C1", "submission_id": "a" * 16, "observation_id": FORMER,
             "column_name": "reported_value", "received_value": "181.1",
             "corrected_value": "118.1", "reason_vi": f"Đảo chữ số {HOSTILE}.",
             "decided_by": "Cục Thống kê"}
        ],
    )  # fmt: skip


def changed(frames: dict[str, Any]) -> None:
    """Hưng Yên of 2024 was revised, checked and warned about; an older figure was withdrawn."""
    row = next(
        row for row in frames["observations"].rows(named=True) if row["observation_id"] == HUNG_YEN
    )
    series = {name: row[name] for name in Revisions.to_schema().columns if name in row}
    reports = {"old_submission_id": "c" * 16, "new_submission_id": "b" * 16, "run_id": 2}
    frames["revisions"] = frame_of(
        Revisions,
        [
            {**series, **reports, "old_observation_id": "c:6", "old_value": decimal("117.5"),
             "new_observation_id": HUNG_YEN, "new_value": decimal("115.9")},
            {**series, **reports, "time_period": "2021", "old_observation_id": "c:9",
             "old_value": decimal("116.25")},
        ],
    )  # fmt: skip
    submissions = frames["submissions"].rows(named=True)
    older = next(row for row in submissions if row["submission_id"] == "b" * 16)
    frames["submissions"] = frame_of(
        Submissions,
        [
            *submissions,
            {**older, "submission_id": "c" * 16, "file_name": "cu.xlsx", "sequence": 20,
             "superseded_by": "b" * 16},
        ],
    )  # fmt: skip
    finding = {"submission_id": "b" * 16, "code": "VALUE_JUMP", "severity": "warning",
               "sheet": "Số liệu", "cell": "L46", "value": "115.9",
               "message_vi": f"Nhảy vọt {HOSTILE}", "message_en": "Jump",
               "advice_vi": "Kiểm tra lại.", "advice_en": "Check."}  # fmt: skip
    frames["issues"] = frame_of(
        Issues,
        [
            {**finding, "sheet_row": row["sheet_row"]},
            {**finding, "sheet_row": 999, "message_vi": "dòng khác"},
        ],
    )
    frames["check_outcomes"] = frame_of(
        CheckOutcomes,
        [
            {"submission_id": "b" * 16, "code": code, "passed": 3, "failed": 1, "cannot_tell": 2}
            for code in ("VALUE_JUMP", "UNIT_SLIP")
        ],
    )


@pytest.fixture(scope="module")
def published_with(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Callable[[dict[str, Any]], None]], ReleaseDoor]:
    def publish(change: Callable[[dict[str, Any]], None]) -> ReleaseDoor:
        frames = release_frames()
        change(frames)
        processed: Path = tmp_path_factory.mktemp("traced") / "processed"
        publish_test_release(processed, frames=frames)
        return ReleaseDoor(processed)

    return publish


@pytest.fixture(scope="module")
def rebuilt(published_with: Any) -> ReleaseDoor:
    door: ReleaseDoor = published_with(computed)
    return door


@pytest.fixture(scope="module")
def revised(published_with: Any) -> ReleaseDoor:
    door: ReleaseDoor = published_with(changed)
    return door


def address(observation_id: str) -> str:
    return f"/truy-vet?obs={observation_id}"


def links_in(content: Any) -> list[str]:
    return [found.href for found in walk(content) if isinstance(found, html.A)]


# From a number -----------------------------------------------------------------------------------


def test_every_value_of_the_figures_table_opens_its_trace(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025&lang=en")
    table, *_ = [
        found
        for found in walk(content)
        if isinstance(found, html.Table) and found.className == "figures-table observations"
    ]
    values = {text_of(link): link.href for link in of_class(table, "trace")}
    assert values["115.9"] == f"/truy-vet?obs={HUNG_YEN}&lang=en"
    assert len(values) == 2


def test_every_value_on_both_maps_opens_its_trace(door: ReleaseDoor) -> None:
    panel = sections(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")[VI("maps")]
    hrefs = {link.href for link in of_class(panel, "trace")}
    assert {address(HUNG_YEN), address(FORMER), address(THAI_BINH)} <= hrefs


def test_the_address_of_a_figure_is_the_same_from_everywhere() -> None:
    view = View(path="/chi-tieu", target="NSGE-4.1", locality="33@2025", milestone=2030)
    assert trace_address("a24b:2", view) == trace_address("a24b:2", View())
    assert trace_address("a24b:2", view) == "/truy-vet?obs=a24b:2"


def test_the_filter_shows_the_locality_of_the_figure(door: ReleaseDoor) -> None:
    _, around = open_page(door, address(FORMER))
    assert around["locality", "value"] == "33@2004"
    chosen = [
        text_of(found)
        for found in walk(around["choices", "children"])
        if getattr(found, "aria-current", None)
    ]
    assert chosen == ["63 tỉnh"]


# Where it stands ---------------------------------------------------------------------------------


def test_a_trace_opens_with_the_number_and_where_it_was_reported(door: ReleaseDoor) -> None:
    content, _ = open_page(door, address(AGENCIES))
    assert text_of(content).startswith(
        "59,1%: Chính quyền cấp tỉnh có lãnh đạo chủ chốt là nữ, ADMIN_LEVEL.MINISTRY, Cả nước, "
        "năm 2024"
        "Cục Thống kê báo cáo tại Số liệu, ô L9 của tệp thong_ke_2024.xlsx. "
    )


def test_the_reported_value_stands_beside_the_recomputed_one(published_with: Any) -> None:
    def with_factor(frames: dict[str, Any]) -> None:
        frames["indicators"] = frames["indicators"].with_columns(formula_factor=pl.lit(100.0))
        own = pl.col("observation_id") == AGENCIES
        frames["observations"] = frames["observations"].with_columns(
            numerator_cell=pl.when(own).then(pl.lit("J9")),
            denominator_cell=pl.when(own).then(pl.lit("K9")),
        )

    door = published_with(with_factor)
    content, _ = open_page(door, address(AGENCIES))
    assert table_rows(content, "trace-value")[1:] == [
        ["Giá trị đơn vị ghi", "59,090909", "Số liệu, ô L9"],
        ["Tử số", "13", "Số liệu, ô J9"],
        ["Mẫu số", "22", "Số liệu, ô K9"],
        ["Tính lại: 13 ÷ 22 × 100", "59,090909", "–"],
        ["Giá trị được dùng", "59,1%", "–"],
    ]
    assert VI("trace.same") in text_of(content)
    assert VI("trace.as_reported") in text_of(open_page(door, address(HUNG_YEN))[0])


def test_a_reported_value_unlike_its_counts_is_told(published_with: Any) -> None:
    def contradict(frames: dict[str, Any]) -> None:
        frames["indicators"] = frames["indicators"].with_columns(formula_factor=pl.lit(100.0))
        frames["observations"] = frames["observations"].with_columns(
            reported_value=pl.lit(decimal("61.5"), dtype=pl.Decimal(38, 9))
        )

    content, _ = open_page(published_with(contradict), address(AGENCIES))
    assert VI("trace.differs") in text_of(content)
    assert VI("trace.same") not in text_of(content)


def test_the_report_is_named_with_its_receipt_in_viet_nam(door: ReleaseDoor) -> None:
    report = facts_of(sections(door, address(AGENCIES))[VI("trace.report")])
    assert report["Đơn vị gửi"] == "Cục Thống kê"
    assert report["Tệp"] == "thong_ke_2024.xlsx"
    assert report["Vị trí"] == "Số liệu, ô L9"
    assert report["Nhận lúc"] == "07:00 ngày 01/03/2026"
    assert report["Tình trạng"] == "đã tiếp nhận, đang có hiệu lực"


def test_the_series_is_told_in_words(door: ReleaseDoor) -> None:
    series = facts_of(sections(door, address(FORMER))[VI("trace.series")])
    assert series["Địa phương"] == "Hưng Yên (đến 30/06/2025)"
    assert series["Đơn vị tính"] == "số bé trai trên 100 bé gái"
    assert series["Nhóm"] == "chung, không phân tổ"
    assert series["Loại nguồn"] == "Điều tra"
    assert series["Mã số liệu"] == FORMER
    agencies = facts_of(sections(door, address(AGENCIES))[VI("trace.series")])
    assert agencies["Nhóm"] == "ADMIN_LEVEL.MINISTRY"  # not in the small code list: the code


def test_what_a_sender_writes_is_shown_as_text_only(door: ReleaseDoor) -> None:
    content, _ = open_page(door, address(HUNG_YEN))
    report = facts_of(sections(door, address(HUNG_YEN))[VI("trace.report")])
    assert report["Tệp"] == f"{HOSTILE}.xlsx"
    assert not [found for found in walk(content) if type(found).__name__ == "Markdown"]
    assert all(link.startswith("/") for link in links_in(content))


# What changed ------------------------------------------------------------------------------------


def test_revisions_of_the_series_name_both_reports(revised: ReleaseDoor) -> None:
    content, _ = open_page(revised, address(HUNG_YEN))
    assert table_rows(content, "trace-revisions")[1:] == [
        ["07:00 ngày 01/03/2026", "117,5, cu.xlsx", "115,9",
         f"Sở Nội vụ {HOSTILE}, {HOSTILE}.xlsx"],
    ]  # fmt: skip


def test_a_figure_that_was_replaced_leads_to_the_one_in_force(revised: ReleaseDoor) -> None:
    content, _ = open_page(revised, address("c:6"))
    assert "Tỷ số giới tính khi sinh, Hưng Yên, kỳ 2024 (117,5)" in text_of(content)
    assert address(HUNG_YEN) in links_in(content)


def test_a_figure_that_was_withdrawn_says_so(revised: ReleaseDoor) -> None:
    content, _ = open_page(revised, address("c:9"))
    assert "kỳ 2021 (116,25) đã được báo cáo sau rút bỏ" in text_of(content)
    assert VI("trace.replaced.by") not in text_of(content)


def test_only_findings_at_its_own_row_are_shown(revised: ReleaseDoor) -> None:
    content, _ = open_page(revised, address(HUNG_YEN))
    assert table_rows(content, "trace-issues")[1:] == [
        ["cảnh báo", "L46, 115.9", f"Nhảy vọt {HOSTILE}", "Kiểm tra lại."]
    ]
    assert "2 quy tắc so với lịch sử: 6 lượt đạt, 2 lượt nêu, 4 lượt không đủ số" in (
        text_of(content)
    )


def test_a_report_that_was_superseded_names_the_newer_one(
    published_with: Any,
) -> None:
    def supersede(frames: dict[str, Any]) -> None:
        rows = frames["submissions"].rows(named=True)
        frames["submissions"] = frame_of(
            Submissions,
            [
                {**row, "superseded_by": "b" * 16} if row["submission_id"] == "a" * 16 else
                {**row, "file_name": "moi.xlsx", "received_at": datetime(2026, 4, 2, 20, 5)}
                for row in rows
            ],
        )  # fmt: skip

    report = facts_of(sections(published_with(supersede), address(AGENCIES))[VI("trace.report")])
    assert report["Tình trạng"] == "đã được thay bằng moi.xlsx, nhận 03:05 ngày 03/04/2026"


# Whence and whereto ------------------------------------------------------------------------------


def test_a_computed_figure_names_its_parts_with_their_cells_and_weights(
    rebuilt: ReleaseDoor,
) -> None:
    content, _ = open_page(rebuilt, address(REBUILT))
    assert "Hệ thống tính: tổng hợp lại từ các đơn vị cũ, theo quyền số, độ phủ 95,0%. " in (
        text_of(content)
    )
    panels = sections(rebuilt, address(REBUILT))
    assert text_of(panels[VI("trace.report")]).endswith(VI("trace.none"))
    told = text_of(panels[VI("trace.parts")])
    assert "Hưng Yên (đến 30/06/2025), 2023: 118,1" in told
    assert "thong_ke_2024.xlsx, Số liệu, ô L" in told
    assert "1,75 (theo dân số trong danh mục)" in told
    assert {address(FORMER), address(THAI_BINH), address(WEIGHT)} == set(
        links_in(panels[VI("trace.parts")])
    )


def test_parts_of_parts_stand_below_their_whole(rebuilt: ReleaseDoor) -> None:
    panel = sections(rebuilt, address(ROLLED_UP))[VI("trace.parts")]
    (outer, inner) = of_class(panel, "trace-list")
    assert address(REBUILT) in links_in(outer)
    assert set(links_in(inner)) == {address(FORMER), address(THAI_BINH), address(WEIGHT)}


def test_a_part_names_everything_that_it_goes_into(rebuilt: ReleaseDoor) -> None:
    wholes = sections(rebuilt, address(FORMER))[VI("trace.wholes")]
    assert links_in(wholes) == [address(REBUILT), address(ROLLED_UP)]
    weighed = sections(rebuilt, address(WEIGHT))[VI("trace.wholes")]
    assert VI("trace.wholes.weight") in text_of(weighed)


def test_a_correction_of_a_part_is_told_of_its_whole(rebuilt: ReleaseDoor) -> None:
    for observation_id in (FORMER, REBUILT, ROLLED_UP):
        told = text_of(sections(rebuilt, address(observation_id))[VI("trace.corrections")])
        assert f"Hưng Yên: giá trị 181.1 → 118.1. Đảo chữ số {HOSTILE}" in told
        assert "người quyết định: Cục Thống kê" in told
    untouched = text_of(sections(rebuilt, address(HUNG_YEN))[VI("trace.corrections")])
    assert untouched.endswith(VI("trace.corrections.none"))


def test_verdicts_that_rest_on_a_figure_say_in_which_part(published_with: Any) -> None:
    def judge(frames: dict[str, Any]) -> None:
        computed(frames)
        of = (pl.col("target_id") == "NSGE-4.1") & (pl.col("locality_id") == "33@2025")
        closed = of & (pl.col("milestone_year") == 2025)
        frames["assessments"] = frames["assessments"].with_columns(
            latest_observation_id=pl.when(closed)
            .then(pl.lit(HUNG_YEN))
            .when(of)
            .then(pl.lit(REBUILT)),
            base_observation_id=pl.when(closed).then(pl.lit(FORMER)),
        )

    door = published_with(judge)

    def told(observation_id: str) -> list[list[str]]:
        content, _ = open_page(door, address(observation_id))
        rows = table_rows(content, "trace-verdicts")[1:]
        return [[row[0], *row[2:]] for row in rows]

    latest = ["Hưng Yên", "2025", "chưa đạt", "giá trị được xét"]
    assert told(HUNG_YEN) == [latest]
    assert told(FORMER) == [
        ["Hưng Yên", "2025", "chưa đạt", "số gốc để tính tiến độ"],
        ["Hưng Yên", "2030", "đang thực hiện", "qua số tổng hợp"],
    ]
    content, _ = open_page(door, address(HUNG_YEN))
    assert "1 kết quả đánh giá dựa trên số này." in text_of(content)
    assert "/chi-tieu?target=NSGE-4.1&locality=33@2025" in links_in(content)


def test_a_long_list_is_folded_and_counted(published_with: Any) -> None:
    def many(frames: dict[str, Any]) -> None:
        computed(frames)
        rows = frames["observations"].rows(named=True)
        parts = [row["observation_id"] for row in rows if row["ref_area"] == "VN"][:20]
        frames["observation_parts"] = frame_of(
            ObservationParts,
            [{"observation_id": REBUILT, "part_observation_id": part} for part in parts],
        )

    panel = sections(published_with(many), address(REBUILT))[VI("trace.parts")]
    (folded,) = [found for found in walk(panel) if isinstance(found, html.Details)]
    assert text_of(folded.children[0]) == "và 8 dòng khác"
    assert len(links_in(panel)) == 20


# Without a figure --------------------------------------------------------------------------------


def test_a_figure_that_never_was_is_said_clearly_as_text(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/truy-vet?obs=<b>x</b>")
    assert text_of(content).startswith(VI("trace.unknown"))
    assert "“<b>x</b>”" in text_of(content)


def test_without_a_figure_the_page_offers_those_that_are_judged(published_with: Any) -> None:
    def judge(frames: dict[str, Any]) -> None:
        of = (pl.col("target_id") == "NSGE-4.1") & (pl.col("locality_id") == "33@2025")
        frames["assessments"] = frames["assessments"].with_columns(
            latest_observation_id=pl.when(of).then(pl.lit(HUNG_YEN))
        )

    door = published_with(judge)
    content, _ = open_page(door, "/truy-vet?locality=33@2025")
    assert table_rows(content, "trace-start")[1:] == [
        ["4.1 Tỷ số giới tính khi sinh", "2024", "115,9"]
    ]
    assert links_in(content) == [address(HUNG_YEN)]
    empty, _ = open_page(door, "/truy-vet?locality=04@2025")
    assert VI("trace.start.none", place="Cao Bằng") in text_of(empty)


def test_synthetic_figures_carry_their_ribbon(published_with: Any) -> None:
    def make_up(frames: dict[str, Any]) -> None:
        frames["observations"] = frames["observations"].with_columns(is_synthetic=pl.lit(True))

    content, _ = open_page(published_with(make_up), address(AGENCIES))
    assert VI("synthetic.ribbon") in text_of(content)


def test_the_figures_of_a_target_lead_to_the_definition_of_their_indicator(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")
    links = {text_of(found): found.href for found in walk(content) if isinstance(found, html.A)}
    assert links[VI("target.definition")] == ("/danh-muc?locality=33@2025&entry=SEX_RATIO_AT_BIRTH")
