"""Pages as components: what stands on them, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.address import View, read_address
from dashboard.app import PAGES, render
from dashboard.components.observation_table import observation_table
from dashboard.release import Release, ReleaseDoor
from dashboard.shell import FOLLOWING
from dashboard.texts import Words
from indicators.tables import AppliedCorrections, ObservationParts
from tests.support.release import HOSTILE, frame_of, publish_test_release, release_frames

VI = Words("vi")


def walk(component: Any) -> Iterator[Component]:
    if isinstance(component, list | tuple):
        for child in component:
            yield from walk(child)
    elif isinstance(component, Component):
        yield component
        yield from walk(getattr(component, "children", None))


def text_of(component: Any) -> str:
    if isinstance(component, list | tuple):
        return "".join(text_of(child) for child in component)
    if isinstance(component, Component):
        return text_of(getattr(component, "children", None))
    return "" if component is None else str(component)


def open_page(door: ReleaseDoor, address: str) -> tuple[Any, dict[tuple[str, str], Any]]:
    pathname, _, search = address.partition("?")
    content, *around = render(door, read_address(pathname, search))
    return content, dict(zip(FOLLOWING, around, strict=True))


def table_rows(component: Any, class_name: str) -> list[list[str]]:
    (table,) = [
        found
        for found in walk(component)
        if isinstance(found, html.Table) and class_name in found.className.split()
    ]
    rows = [found for found in walk(table) if isinstance(found, html.Tr)]
    return [[text_of(cell) for cell in row.children] for row in rows]


ADDRESSES = [
    "/", "/?lang=en", "/?milestone=2030", "/?locality=ALL", "/?locality=33@2025",
    "/?geography=2004", "/?locality=33@2004", "/?locality=04@2025", "/?verdict=not_met",
    "/?verdict=X&xep=X&gom=X&target=X", "/?target=NSGE-1.1&xep=result&gom=vung",
    "/?locality=ALL&verdict=not_assessable&lang=en", "/chi-tieu",
    "/chi-tieu?target=NSGE-4.1", "/chi-tieu?target=NSGE-1.1&lang=en",
    "/chi-tieu?target=NSGE-4.1&locality=33@2025", "/chi-tieu?target=NSGE-4.4",
    "/chi-tieu?target=NSGE-4.1&locality=ALL", "/chi-tieu?target=NSGE-4.1&gom=vung&milestone=2030",
    "/chi-tieu?target=NSGE-4.1&geography=2004&lang=en",
    "/chi-tieu?target=NSGE-4.1&locality=RRD@2004", "/chi-tieu?target=NSGE-1.1&locality=RRD@2025",
    "/?locality=99@2025", "/chi-tieu?target=X",
    "/chi-tieu?locality=99@2025", "/nowhere", "/nop-bao-cao", "/nop-bao-cao?lang=en",
    "/van-ban", "/van-ban?locality=ALL&lang=en", "/van-ban?locality=33@2025",
    "/van-ban?locality=99@2025", "/nop-bao-cao?period=2026",
    "/nop-bao-cao?locality=04@2025", "/nop-bao-cao?status=missing",
    "/dia-phuong", "/dia-phuong?lang=en&milestone=2030", "/dia-phuong?locality=33@2025",
    "/dia-phuong?locality=34@2004", "/dia-phuong?locality=04@2025&lang=en",
    "/dia-phuong?locality=00004@2025", "/dia-phuong?locality=ALL", "/dia-phuong?locality=X",
    "/ban-do", "/ban-do?target=NSGE-4.1&lang=en",
    "/ban-do?target=NSGE-4.1&geography=2004&milestone=2030",
    "/ban-do?target=SEX_RATIO_AT_BIRTH&nam=2022", "/ban-do?target=NSGE-6.4", "/ban-do?target=X",
    "/ban-do?target=NSGE-2.1&locality=33@2025", "/ban-do?locality=99@2025",
    "/kham-pha", "/kham-pha?lang=en&geography=2004", "/kham-pha?locality=ALL&chart=ranks",
    "/kham-pha?ind=SEX_RATIO_AT_BIRTH&locality=33@2025&chart=panels&table=list",
    "/kham-pha?ind=SEX_RATIO_AT_BIRTH,WAGE_WORKER_SHARE&chart=scatter&with=ALL",
    "/kham-pha?ind=WAGE_WORKER_SHARE&gap=shaded&locality=33@2025&lang=en",
    "/kham-pha?ind=WAGE_WORKER_SHARE&gap=ratio&chart=bars", "/kham-pha?ind=X&chart=y&from=z",
    "/kham-pha?ind=WAGE_WORKER_SHARE&from=1990&to=1995", "/kham-pha?locality=99@2025",
    "/danh-muc", "/danh-muc?lang=en&entry=NSGE-4.1", "/danh-muc?q=ty+so", "/danh-muc?q=zzzz",
    "/danh-muc?locality=99@2025", "/truy-vet", "/truy-vet?obs=obs:3&lang=en", "/truy-vet?obs=X",
    "/truy-vet?locality=99@2025", "/?locality=RRD@2025", "/chi-tieu?locality=RRD@2025&lang=en",
    "/ban-do?target=SEX_RATIO_AT_BIRTH&nhom=F:_T:_T", "/nop-bao-cao?locality=01@2025&lang=en",
    "/nop-bao-cao?period=2025-XX&quy-tac=VALUE_JUMP", "/nop-bao-cao?locality=RRD@2025",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_one_title_and_its_surroundings(door: ReleaseDoor, address: str) -> None:
    content, around = open_page(door, address)
    titles = [found for found in walk(content) if isinstance(found, html.H1)]
    assert [title.id for title in titles] == ["title"]
    assert "fault.program" not in text_of(content)
    assert VI("fault.program") not in text_of(content)
    assert around["view", "data"]["language"] == ("en" if "lang=en" in address else "vi")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_stays_on_the_board_and_every_id_is_unique(
    door: ReleaseDoor, address: str
) -> None:
    content, around = open_page(door, address)
    components = [*walk(content), *walk(list(around.values()))]
    links = [found.href for found in components if isinstance(found, html.A)]
    assert links
    assert all(link.startswith("/") and not link.startswith("//") for link in links)
    ids = [str(found.id) for found in components if getattr(found, "id", None)]
    assert len(ids) == len(set(ids))


def _class(component: Component) -> str:
    return getattr(component, "className", None) or ""


@pytest.mark.parametrize("target_id", ["NSGE-4.1", "NSGE-2.1"])
def test_a_province_of_former_boundaries_is_never_judged_on_its_page(
    door: ReleaseDoor, target_id: str
) -> None:
    content, _ = open_page(door, f"/chi-tieu?target={target_id}&locality=33@2004")
    symbols = [
        _class(found.children[0]) for found in walk(content) if _class(found) == "verdict-sentence"
    ]
    assert symbols == ["symbol symbol-not_assessable"] * 2


def test_the_table_beside_the_chart_leads_to_the_cell(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-1.1a")
    header, source, first, *_ = table_rows(content, "observations")
    assert header == ["Năm tham chiếu", "Giá trị", "Tử số/mẫu số", "Tệp, trang tính, ô"]
    assert source == ["Báo cáo hành chính Niên giám thống kê 2024, bảng 50; Cục Thống kê"]
    assert first == ["2024", "59,1", "13/22", "thong_ke_2024.xlsx, Số liệu, ô L9"]


def test_a_source_is_named_once_for_all_its_figures(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1")
    _, *rows = table_rows(content, "observations")
    assert [len(row) for row in rows] == [1, *[3] * 7, 1, 3, 3]
    assert [row[0].partition(" Niên giám")[0] for row in rows if len(row) == 1] == [
        "Điều tra", "Đăng ký hộ tịch",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "Số liệu, ô L9"),
        ({"sheet": "csv"}, "ô L9"),
        ({"value_cell": None}, "Số liệu, dòng 9"),
        ({"value_cell": None, "sheet_row": None}, "–"),
    ],
)
def test_a_figure_says_where_it_stands_in_the_file(
    release: Release, given: dict[str, Any], expected: str
) -> None:
    row = queries.observations(release, "NSGE-1.1a", "VN").filter(reference_year=2024)
    frame = row.with_columns(
        **{name: pl.lit(value, dtype=row.schema[name]) for name, value in given.items()}
    )
    (_, _, cells) = table_rows(observation_table(frame, "ADMIN", {}, View(), VI), "observations")
    assert cells[3] == f"thong_ke_2024.xlsx, {expected}"


def test_a_corrected_figure_says_what_was_received_and_why(tmp_path: Path) -> None:
    frames = release_frames()
    corrected = frames["observations"].filter(
        indicator_id="AGENCIES_WITH_WOMAN_KEY_LEADER", ref_area="VN", reference_year=2024
    )
    frames["applied_corrections"] = frame_of(
        AppliedCorrections,
        [
            {
                "correction_id": "C1", "submission_id": "a" * 16, "observation_id": one,
                "column_name": "numerator", "received_value": "31", "corrected_value": "13",
                "reason_vi": "Đảo chữ số.", "decided_by": "Cục Thống kê",
            }
            for one in corrected["observation_id"]
        ],
    )  # fmt: skip
    release = Release(publish_test_release(tmp_path, frames=frames))
    rows = queries.observations(release, "NSGE-1.1a", "VN")
    _, _, *lines = table_rows(observation_table(rows, "ADMIN", {}, View(), VI), "observations")
    told = "đã đính chính tử số: 31 → 13 (Đảo chữ số); người quyết định: Cục Thống kê"
    assert [told in line[3] for line in lines] == [line[0] == "2024" for line in lines]
    frames["applied_corrections"] = frames["applied_corrections"].clear()
    frames["observation_parts"] = frame_of(ObservationParts, [])
    assert (
        queries.observations(
            Release(publish_test_release(tmp_path, "release-2", frames)), "NSGE-1.1a", "VN"
        )["corrections"]
        .is_null()
        .all()
    )


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("aggregated", "tổng hợp lại từ các đơn vị cũ"),
        ("weighted", "tổng hợp lại từ các đơn vị cũ, theo quyền số"),
        ("rolled_up", "tổng hợp từ cấp dưới"),
        ("carried", "chuyển từ đơn vị cũ giữ nguyên địa giới"),
        ("reported", "tính từ nhiều báo cáo"),
    ],
)
def test_a_computed_figure_says_how_it_came_about(
    release: Release, origin: str, expected: str
) -> None:
    row = queries.observations(release, "NSGE-1.1a", "VN").filter(reference_year=2024)
    empty = pl.lit(None, dtype=pl.String)
    frame = row.with_columns(
        origin=pl.lit(origin), submission_id=empty, organisation=empty, file_name=empty,
        value_cell=empty, sheet=empty, sheet_row=pl.lit(None, dtype=pl.Int64),
    )  # fmt: skip
    (_, source, cells) = table_rows(
        observation_table(frame, "ADMIN", {}, View(), VI), "observations"
    )
    assert cells[3] == "–"
    assert expected in source[0]


def test_the_figures_of_the_verdict_come_first_in_the_table(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1")
    _, *rows = table_rows(content, "observations")
    assert [row[0] for row in rows if len(row) > 1] == [
        "2024Sơ bộ", "2023", "2022", "2021", "2020", "2019", "2018", "2024", "2023",
    ]  # fmt: skip


def test_a_reprinted_value_names_the_period_it_was_reported_for(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-2.3")
    _, _, first, *_ = table_rows(content, "observations")
    assert first[0] == "2020báo cáo cho kỳ 2024"


def test_a_compound_target_shows_its_parts(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-1.1")
    header, ministries, provinces = table_rows(content, "parts-table")
    assert header == ["Hợp phần", "Giá trị mới nhất", "Mốc 2025", "Mốc 2030"]
    assert ministries[1:] == [
        "59,1% (13/22), 2024", "gần đạt (≥ 60%) thiếu 1 cơ quan",
        "đang thực hiện (≥ 75%) thiếu 4 cơ quan",
    ]  # fmt: skip
    assert provinces[0].startswith("1.1c ")


def test_an_unverified_target_carries_its_mark(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-3.4")
    cautions = [text_of(found) for found in walk(content) if _class(found) == "caution"]
    assert cautions
    assert set(cautions) == {"chưa đối chiếu văn bản gốc"}


def test_the_document_of_a_target_is_named_with_its_words_in_vietnamese(
    door: ReleaseDoor,
) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-2.1&lang=en")
    (documents,) = [found for found in walk(content) if _class(found) == "panel documents"]
    assert "28/NQ-CP: " in text_of(documents)
    wording = [
        (found.lang, text_of(found)) for found in walk(documents) if _class(found)[:5] == "aside"
    ]
    assert wording == [("vi", "2030: “khoảng 60%”")]


def test_the_unit_speaks_for_itself_as_plain_text(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1&locality=33@2025")
    said = text_of(content)
    assert VI("target.statement") in said
    assert f"Tâm lý ưa con trai {HOSTILE}" in said
    assert not [found for found in walk(content) if type(found).__name__ == "Markdown"]


def test_a_target_without_figures_says_whose_are_missing(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.4&locality=33@2025")
    assert VI("empty.observations", locality="Hưng Yên") in text_of(content)


def test_a_target_page_without_a_choice_opens_the_first_target(door: ReleaseDoor) -> None:
    _, around = open_page(door, "/chi-tieu")
    assert around["target", "value"] == "NSGE-1.1"


def test_what_does_not_exist_is_named(door: ReleaseDoor) -> None:
    assert "“99@2025”" in text_of(open_page(door, "/?locality=99@2025")[0])
    assert "“X”" in text_of(open_page(door, "/chi-tieu?target=X")[0])
    assert VI("fault.page") in text_of(open_page(door, "/nowhere")[0])


def test_a_release_that_cannot_be_read_is_described_in_the_log_only(
    processed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (processed / "releases" / "bad.duckdb").write_text("no database", encoding="utf-8")
    (processed / "current").write_text("bad.duckdb", encoding="utf-8")
    content, _ = open_page(ReleaseDoor(processed), "/")
    assert "bad.duckdb" in caplog.text
    assert "bad.duckdb" not in text_of(content)
    assert text_of(content).startswith(VI("fault.no_release"))


def test_a_release_that_appears_later_is_shown(tmp_path: Path) -> None:
    door = ReleaseDoor(tmp_path)
    assert VI("fault.no_release") in text_of(open_page(door, "/")[0])
    publish_test_release(tmp_path)
    assert text_of(open_page(door, "/")[0]).startswith("Cả nước đạt 4/9")


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_go_down_one_level_at_a_time(door: ReleaseDoor, address: str) -> None:
    content, _ = open_page(door, address)
    names = [type(found).__name__ for found in walk(content)]
    headings = [name for name in names if name in {"H1", "H2", "H3", "H4"}]
    assert headings == ["H1", *["H2"] * (len(headings) - 1)]


def test_without_a_release_the_page_says_what_to_run(tmp_path: Path) -> None:
    content, around = open_page(ReleaseDoor(tmp_path), "/")
    assert "etl run" in text_of(content)
    assert "tải lại trang" in text_of(content)
    assert str(tmp_path) not in text_of(content)
    assert around["locality", "data"] == []


def test_a_fault_of_the_program_is_a_page_with_a_code_that_the_log_knows(
    door: ReleaseDoor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "board", fail)
    content, _ = open_page(door, "/")
    code = text_of(content).partition("mã lỗi ")[2][:8]
    assert VI("fault.program") in text_of(content)
    assert code in caplog.text


def test_every_filter_of_a_page_exists() -> None:
    choices = {"milestone", "geography", "period", "year", "mapped", "group"}
    known = {component for component, _ in FOLLOWING} | choices
    assert all(set(page.filters) <= known for page in PAGES)


def test_switching_the_geography_leaves_a_province_for_the_nation(door: ReleaseDoor) -> None:
    _, around = open_page(door, "/?locality=33@2025")
    links = {text_of(found): found.href for found in walk(around["choices", "children"])
             if isinstance(found, html.A)}  # fmt: skip
    assert links["63 tỉnh"] == "/?geography=2004"
    assert links["2030"] == "/?locality=33@2025&milestone=2030"


def test_synthetic_figures_put_a_ribbon_over_the_page(
    door: ReleaseDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = queries.assessed

    def synthetic(*arguments: Any) -> Any:
        return real(*arguments).with_columns(is_synthetic=True)

    assert VI("synthetic.ribbon") not in text_of(open_page(door, "/")[0])
    monkeypatch.setattr(queries, "assessed", synthetic)
    assert VI("synthetic.ribbon") in text_of(open_page(door, "/")[0])
