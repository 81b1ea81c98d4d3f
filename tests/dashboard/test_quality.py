"""Nộp báo cáo & chất lượng: findings by rule, corrections and revisions, each with its way back."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from dash import html

from dashboard.address import View
from dashboard.components.figure_history import SHOWN_AT_ONCE
from dashboard.quality import findings
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.dashboard.test_tracing import HUNG_YEN, changed, computed
from tests.support.release import HOSTILE, publish_test_release, release_frames

VI = Words("vi")
JUMP = VI("rule.VALUE_JUMP")
ETL = Path(__file__).parents[2] / "etl"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> ReleaseDoor:
    """Hưng Yên was corrected, revised and warned about; a file of Hà Nội was refused."""
    frames = release_frames()
    computed(frames)
    changed(frames)
    refused = frames["issues"].head(1).with_columns(
        submission_id=pl.lit("12001" * 2), code=pl.lit("WRONG_UNIT"), severity=pl.lit("error"),
        sheet_row=pl.lit(7, dtype=pl.Int64), cell=pl.lit("H7"),
    )  # fmt: skip
    frames["issues"] = pl.concat([frames["issues"], refused])
    directory = tmp_path_factory.mktemp("busy")
    publish_test_release(directory, frames=frames)
    return ReleaseDoor(directory)


def links(content: object) -> dict[str, str]:
    return {text_of(one): one.href for one in walk(content) if isinstance(one, html.A)}


# Findings ----------------------------------------------------------------------------------------


def test_rules_are_counted_by_finding_and_submission_errors_first(busy: ReleaseDoor) -> None:
    content, _ = open_page(busy, "/nop-bao-cao")
    _, *rows = table_rows(content, "findings-table")
    assert [row[:5] for row in rows] == [
        [f"{VI('rule.WRONG_UNIT')}WRONG_UNIT", "lỗi", "1", "1", "–"],
        [f"{JUMP}VALUE_JUMP", "cảnh báo", "2", "1", "42 lượt chưa đủ căn cứ"],
    ]
    assert "2 quy tắc có phát hiện: 1 lỗi, 2 cảnh báo." in text_of(content)


def test_an_example_opens_the_trace_of_its_cell_or_the_sender_of_a_refused_file(
    busy: ReleaseDoor,
) -> None:
    found = links(open_page(busy, "/nop-bao-cao")[0])
    assert found["Số liệu, L46"] == f"/truy-vet?obs={HUNG_YEN}"
    assert found["Phố Hiến"].startswith("/dia-phuong?locality=12001@2025")


def test_a_rule_opens_every_finding_with_what_to_do(busy: ReleaseDoor) -> None:
    assert links(open_page(busy, "/nop-bao-cao")[0])[JUMP] == (
        "/nop-bao-cao?quy-tac=VALUE_JUMP#findings"
    )
    content, _ = open_page(busy, "/nop-bao-cao?quy-tac=VALUE_JUMP")
    _, *rows = table_rows(content, "rule-table")
    assert [row[2] for row in rows] == [f"Nhảy vọt {HOSTILE}", "dòng khác"]
    assert {row[3] for row in rows} == {"Kiểm tra lại."}
    assert links(content)[VI("quality.list.close")] == "/nop-bao-cao"


@pytest.mark.parametrize("rule", ["", "NO_SUCH_RULE", "WRONG_UNIT' OR 1=1"])
def test_without_a_known_rule_no_list_is_open(busy: ReleaseDoor, rule: str) -> None:
    content, _ = open_page(busy, f"/nop-bao-cao?quy-tac={rule}")
    assert not [one for one in walk(content) if "rule-table" in str(getattr(one, "className", ""))]


def test_findings_follow_the_locality_and_the_period(busy: ReleaseDoor) -> None:
    release = busy.current()
    for view, codes in (
        (View(), ["WRONG_UNIT", "VALUE_JUMP"]),
        (View(locality="33@2025"), ["WRONG_UNIT", "VALUE_JUMP"]),  # with the units below
        (View(locality="12001@2025"), ["WRONG_UNIT"]),
        (View(locality="01@2025"), []),
        (View(period="2024"), ["VALUE_JUMP"]),
        (View(period="2025"), ["WRONG_UNIT"]),
    ):
        assert findings(release, view)["code"].to_list() == codes


def test_the_heading_says_which_period_is_in_view(busy: ReleaseDoor) -> None:
    every, _ = open_page(busy, "/nop-bao-cao")
    assert VI("quality.all_periods", heading=VI("quality.findings")) in text_of(every)
    one, _ = open_page(busy, "/nop-bao-cao?period=2024")
    heading = VI("quality.of_period", heading=VI("quality.findings"), period="Năm 2024")
    assert heading in text_of(one)
    assert links(one)[VI("quality.show_all")] == "/nop-bao-cao"
    odd, _ = open_page(busy, "/nop-bao-cao?period=2025-XX")
    assert VI("quality.all_periods", heading=VI("quality.findings")) in text_of(odd)


def test_what_is_empty_says_so(door: ReleaseDoor) -> None:
    text = text_of(open_page(door, "/nop-bao-cao")[0])
    for key in ("quality.findings.none", "quality.corrections.none", "quality.revisions.none"):
        assert VI(key) in text


@pytest.mark.parametrize("table", ["check_rules.csv", "history_rules.csv"])
def test_every_rule_has_a_name_in_both_languages(table: str) -> None:
    codes = pl.read_csv((ETL / table).read_bytes(), infer_schema=False)["code"]
    assert [code for code in codes if not VI.known(f"rule.{code}")] == []


# Corrections and revisions -----------------------------------------------------------------------


def test_a_correction_says_what_why_and_who(busy: ReleaseDoor) -> None:
    content, _ = open_page(busy, "/nop-bao-cao")
    (row,) = table_rows(content, "corrections-table")[1:]
    assert row[2:] == ["181.1", "118.1", f"Đảo chữ số {HOSTILE}.", "Cục Thống kê"]
    assert links(content)["118.1"].startswith("/truy-vet?obs=")


def test_a_revision_has_before_after_and_when(busy: ReleaseDoor) -> None:
    content, _ = open_page(busy, "/nop-bao-cao")
    _, *rows = table_rows(content, "revisions-table")
    assert [row[1:4] for row in rows] == [
        ["117,5cu.xlsx", "115,9", "01/03/2026"],
        ["116,3cu.xlsx", VI("quality.withdrawn"), "01/03/2026"],
    ]
    assert links(content)["115,9"] == f"/truy-vet?obs={HUNG_YEN}"


def test_many_revisions_are_folded_and_counted(tmp_path: Path) -> None:
    frames = release_frames()
    changed(frames)
    one = frames["revisions"].head(1)
    frames["revisions"] = pl.concat(
        [one.with_columns(time_period=pl.lit(str(1000 + number))) for number in range(30)]
    )
    publish_test_release(tmp_path, frames=frames)
    content, _ = open_page(ReleaseDoor(tmp_path), "/nop-bao-cao")
    assert VI("quality.more", count=30 - SHOWN_AT_ONCE) in text_of(content)
