"""What a page shows can be taken away: the same rows, under the same address."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from dash import html
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import queries
from dashboard.app import TABLES, create_app
from dashboard.release import ReleaseDoor
from dashboard.settings import Settings
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.dashboard.test_synthetic import door_with
from tests.support.release import HOSTILE, publish_test_release, release_frames

VI = Words("vi")
NAMES = [offered.name for offered in TABLES.values()]
Rows = list[dict[str, str]]


def client_of(processed: Path) -> FlaskClient:
    return create_app(Settings(data_directory=processed.parent)).server.test_client()


@pytest.fixture(scope="module")
def client(published: Path) -> FlaskClient:
    return client_of(published)


def rows_of(client: FlaskClient, address: str) -> Rows:
    answer = client.get(f"/tai-ve/{address}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet_rows(client: FlaskClient, address: str, sheet: str) -> list[dict[str, Any]]:
    """The rows of one sheet of a workbook under their heads, typed."""
    lines = book_of(client.get(f"/tai-ve/{address}"))[sheet].iter_rows(values_only=True)
    head = next(lines)
    return [dict(zip(head, line, strict=True)) for line in lines]


def book_of(answer: TestResponse) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.get_data()))


# The answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", ["", "&lang=en", "&locality=33@2025", "&locality=ALL&lang=en"])
def test_both_files_of_a_page_hold_the_same_rows(
    client: FlaskClient, name: str, query: str
) -> None:
    address = f"/tai-ve/{name}.{{}}?target=NSGE-4.1{query}"
    text, book = (client.get(address.format(ending)) for ending in ("csv", "xlsx"))
    assert (text.status_code, book.status_code) == (200, 200)
    head, *lines = csv.reader(io.StringIO(text.get_data().decode("utf-8-sig"), newline=""))
    sheet = book_of(book).worksheets[0]
    assert [cell.value for cell in sheet[1]] == head
    assert sheet.max_row == len(lines) + 1
    assert text.mimetype == "text/csv"
    assert book.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_file_is_saved_under_its_own_name_and_kept_by_nobody(client: FlaskClient) -> None:
    headers = client.get("/tai-ve/tong-quan.csv").headers
    name = r"ket-qua-thuc-hien-chi-tieu-binh-dang-gioi-moc-2025-\d{4}-\d\d-\d\d\.csv"
    assert re.fullmatch(f'attachment; filename="{name}"', headers["Content-Disposition"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_notes_say_what_was_chosen_which_release_and_where_it_is_seen(
    client: FlaskClient,
) -> None:
    answer = client.get("/tai-ve/tong-quan.xlsx?milestone=2030&locality=33@2025")
    title, *notes = [cell.value for cell in book_of(answer)["Ghi chú"]["A"]]
    assert title == "Kết quả thực hiện chỉ tiêu bình đẳng giới, mốc 2030"
    assert notes[0].startswith("Lựa chọn: Địa phương: Hưng Yên; Mốc: 2030; Địa giới: 34 tỉnh")
    assert notes[-2].startswith("Bản công bố: release-1, ngày ")
    assert notes[-1] == "Xem trên trang: http://localhost/?locality=33@2025&milestone=2030"


@pytest.mark.parametrize(
    "address",
    ["khong-co.csv", "truy-vet.csv", "tong-quan.csv?locality=99@2025",
     "chi-tieu.xlsx?target=X", "chi-tieu.csv?target=P1679-1&locality=04@2025",
     "danh-muc.csv?q=zzzz"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/tai-ve/{address}").status_code == 404


def test_an_empty_choice_says_what_to_do_in_the_language_of_the_page(client: FlaskClient) -> None:
    answer = client.get("/tai-ve/danh-muc.csv?q=zzzz")
    assert answer.get_data(as_text=True).strip() == VI("file.nothing")
    assert answer.content_type == "text/plain; charset=utf-8"
    english = client.get("/tai-ve/danh-muc.csv?q=zzzz&lang=en")
    assert english.get_data(as_text=True).strip() == Words("en")("file.nothing")


def test_without_a_release_the_answer_says_so_and_no_path(tmp_path: Path) -> None:
    answer = client_of(tmp_path / "processed").get("/tai-ve/tong-quan.csv")
    assert answer.status_code == 503
    assert answer.get_data(as_text=True).strip() == VI("fault.no_release.what")


def test_a_fault_of_the_program_has_a_code_that_the_log_knows(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "assessed", fail)
    answer = client.get("/tai-ve/tong-quan.xlsx")
    code = answer.get_data(as_text=True).partition("mã lỗi ")[2][:8]
    assert answer.status_code == 500
    assert len(code) == 8
    assert code in caplog.text


def test_a_file_with_made_up_figures_says_so_everywhere(tmp_path: Path) -> None:
    door_with(tmp_path / "processed", "assessments", "locality_id", "01@2025")
    client = client_of(tmp_path / "processed")
    rows = rows_of(client, "tong-quan.csv")
    assert {row["Lưu ý"] for row in rows} == {"CÓ SỐ LIỆU MINH HỌA"}
    marked = {row["Địa phương"] for row in rows if row["Số liệu minh họa"]}
    assert marked == {"Hà Nội"}
    answer = client.get("/tai-ve/tong-quan.xlsx")
    assert "minh-hoa-" in answer.headers["Content-Disposition"]
    assert book_of(answer)["Số liệu"]["A1"].value == VI("synthetic.ribbon")


# What the files of the pages hold ----------------------------------------------------------------


def test_the_overview_gives_every_cell_of_its_matrix(
    client: FlaskClient, door: ReleaseDoor
) -> None:
    board = queries.board(door.current(), 2025, "2025")
    rows = rows_of(client, "tong-quan.csv")
    known = {(row["Mã định danh địa phương"], row["Số chỉ tiêu"]) for row in rows}
    assert set(board.select("locality_id", "short_code").iter_rows()) <= known
    assert len(rows) == len(known)


def test_a_verdict_comes_with_everything_it_rests_on(client: FlaskClient) -> None:
    (row,) = [
        row
        for row in rows_of(client, "tong-quan.csv")
        if row["Địa phương"] == "Cả nước" and row["Số chỉ tiêu"] == "1.1a"
    ]
    assert row["Mức phải đạt"] == "≥ 60%"
    assert (row["Giá trị"], row["Tử số"], row["Mẫu số"]) == ("59.1", "13", "22")
    assert (row["Kết quả"], row["Còn thiếu"]) == ("gần đạt", "thiếu 1 cơ quan")
    assert (row["Năm tham chiếu"], row["Mốc"]) == ("2024", "2025")


def test_the_parts_belong_to_the_chosen_locality_alone(client: FlaskClient) -> None:
    of_all = [row["Số chỉ tiêu"] for row in rows_of(client, "tong-quan.csv?locality=33@2025")]
    assert "1.1a" not in of_all


def test_a_target_gives_the_figures_of_its_table(client: FlaskClient, door: ReleaseDoor) -> None:
    address = "?target=NSGE-4.1&locality=33@2025"
    shown = queries.observations(door.current(), "NSGE-4.1", "33@2025")
    rows = rows_of(client, f"chi-tieu.csv{address}")
    assert [row["Năm tham chiếu"] for row in rows] == [str(y) for y in shown["reference_year"]]
    assert ("2024", "115.9") in {(row["Năm tham chiếu"], row["Giá trị"]) for row in rows}
    assert any(HOSTILE in row["Đơn vị báo cáo"] for row in rows)
    traced = [f"http://localhost/truy-vet?obs={one}" for one in shown["observation_id"]]
    assert [row["Giá trị: liên kết"] for row in rows] == traced


def test_a_compound_target_gives_the_figures_of_its_parts(client: FlaskClient) -> None:
    rows = sheet_rows(client, "chi-tieu.xlsx?target=NSGE-1.1", "Chuỗi số liệu")
    assert list(dict.fromkeys(row["Số chỉ tiêu"] for row in rows)) == ["1.1a", "1.1c"]


EVERYONE, SERIES = "Các địa phương", "Chuỗi số liệu"


@pytest.mark.parametrize(
    ("query", "sheets"),
    [
        ("", [EVERYONE, SERIES, "Ghi chú"]),
        ("&locality=ALL", [EVERYONE, SERIES, "Ghi chú"]),
        ("&locality=33@2025", [SERIES, EVERYONE, "Ghi chú"]),
        ("&lang=en", ["All localities", "Series", "Notes"]),
    ],
)
def test_a_target_gives_all_localities_and_the_series_the_main_table_of_the_page_first(
    client: FlaskClient, query: str, sheets: list[str]
) -> None:
    book = book_of(client.get(f"/tai-ve/chi-tieu.xlsx?target=NSGE-4.1{query}"))
    assert book.sheetnames == sheets


def test_a_target_that_provinces_do_not_have_gives_the_series_alone(client: FlaskClient) -> None:
    book = book_of(client.get("/tai-ve/chi-tieu.xlsx?target=NSGE-1.1a"))
    assert book.sheetnames == [SERIES, "Ghi chú"]


def test_all_localities_stand_as_on_the_page_and_the_silent_ones_at_the_end(
    client: FlaskClient, door: ReleaseDoor
) -> None:
    content, _ = open_page(door, "/chi-tieu?target=NSGE-4.1")
    _, *drawn = table_rows(content, "dots-table")
    rows = rows_of(client, "chi-tieu.csv?target=NSGE-4.1")
    assert [row["Mã định danh địa phương"] for row in rows] == [
        "01@2025", "31@2025", "VN", "33@2025", "04@2025",
    ]  # fmt: skip
    assert [row["Địa phương"] for row in rows][: len(drawn)] == [line[0] for line in drawn]
    silent = rows[-1]
    assert (silent["Giá trị"], silent["Năm tham chiếu"], silent["Giá trị: liên kết"]) == ("",) * 3
    assert silent["Vì sao chưa có số liệu"].startswith("Chưa nhận được báo cáo kỳ 2025")
    assert {row["Vì sao chưa có số liệu"] for row in rows[:-1]} == {""}


def test_all_localities_stand_under_their_regions_where_the_page_has_them_so(
    client: FlaskClient,
) -> None:
    rows = rows_of(client, "chi-tieu.csv?target=NSGE-4.1&gom=vung")
    assert [row["Vùng"] for row in rows] == ["", *["Đồng bằng sông Hồng"] * 4]


def test_a_locality_among_all_comes_with_its_level_result_gap_and_trace(
    client: FlaskClient,
) -> None:
    (row,) = [
        row
        for row in sheet_rows(client, "chi-tieu.xlsx?target=NSGE-4.1&milestone=2025", EVERYONE)
        if row["Địa phương"] == "Hưng Yên"
    ]
    assert (row["Giá trị"], row["Năm tham chiếu"], row["Mốc"]) == (115.9, 2024, 2025)
    assert (row["Mức phải đạt"], row["Mức phải đạt (số)"]) == ("≤ 111", 111)
    assert (row["Kết quả"], row["Khoảng cách đến mức"]) == ("chưa đạt", 4.9)
    assert row["Giá trị: liên kết"].startswith("http://localhost/truy-vet?obs=")
    ahead = sheet_rows(client, "chi-tieu.xlsx?target=NSGE-4.1&milestone=2030", EVERYONE)
    assert {row["Mốc"] for row in ahead} == {2030}


def test_a_level_of_ones_own_is_marked_at_its_milestone_alone(tmp_path: Path) -> None:
    frames = release_frames()
    own = (
        (pl.col("locality_id") == "31@2025")
        & (pl.col("target_id") == "NSGE-4.1")
        & (pl.col("milestone_year") == 2030)
    )
    value = pl.when(own).then(pl.lit(Decimal("108.5"))).otherwise("target_value")
    dtype = frames["assessments"]["target_value"].dtype
    frames["assessments"] = frames["assessments"].with_columns(
        value.cast(dtype).alias("target_value")
    )
    publish_test_release(tmp_path / "processed", frames=frames)
    client = client_of(tmp_path / "processed")

    def marked(milestone: int) -> set[str]:
        rows = rows_of(client, f"chi-tieu.csv?target=NSGE-4.1&milestone={milestone}")
        return {row["Địa phương"] for row in rows if row["Mức riêng của địa phương"] == "có"}

    assert (marked(2025), marked(2030)) == (set(), {"Hải Phòng"})


def test_a_locality_stands_beside_its_former_units_the_nation_and_chosen_peers(
    client: FlaskClient,
) -> None:
    rows = rows_of(client, "dia-phuong.csv?locality=33@2025&peers=01@2025")
    (row,) = [row for row in rows if row["Số chỉ tiêu"] == "4.1"]
    beside = [head for head in row if head.endswith(": năm")]
    assert any("Hà Nội" in head for head in beside)
    assert any("Thái Bình (đến 30/06/2025)" in head for head in beside)
    assert any("Cả nước" in head for head in beside)


def test_a_map_gives_its_list_in_its_order_and_names_who_is_missing(
    client: FlaskClient, door: ReleaseDoor
) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    _, *shown = table_rows(content, "province-table")
    rows = rows_of(client, "ban-do.csv?target=NSGE-4.1")
    assert [row["Địa phương"] for row in rows][: len(shown)] == [line[0] for line in shown]
    missing = rows[len(shown) :]
    assert missing
    assert {row["Giá trị"] for row in missing} == {""}
    assert {row["So với mức phải đạt"] for row in missing} == {"chưa có số liệu"}


def test_the_reports_are_those_of_the_chosen_status(client: FlaskClient) -> None:
    every = rows_of(client, "nop-bao-cao.csv?period=2025")
    missing = rows_of(client, "nop-bao-cao.csv?period=2025&status=missing")
    assert missing == [row for row in every if row["Tình trạng"] == "chưa nộp (quá hạn)"]
    assert 0 < len(missing) < len(every)


def test_all_changes_are_given(client: FlaskClient, door: ReleaseDoor) -> None:
    release = door.current()
    counts = [release.query(f"SELECT count(*) AS n FROM {table}")["n"][0]
              for table in ("verdict_changes", "value_changes")]  # fmt: skip
    rows = rows_of(client, "thay-doi.csv")
    results = [row for row in rows if row["Loại thay đổi"] == "kết quả đổi"]
    assert [len(results), len(rows) - len(results)] == counts


def test_a_change_that_rounding_hides_shows_all_its_decimals(tmp_path: Path) -> None:
    frames = release_frames()
    changed = pl.when(pl.col("kind") == "changed")
    frames["value_changes"] = frames["value_changes"].with_columns(
        changed.then(pl.lit(Decimal(old))).otherwise(name).cast(frames["value_changes"][name].dtype)
        .alias(name)
        for name, old in (("old_value", "111.41"), ("new_value", "111.44"))
    )  # fmt: skip
    publish_test_release(tmp_path / "processed", frames=frames)
    rows = rows_of(client_of(tmp_path / "processed"), "thay-doi.csv")
    shown = {(row["Giá trị trước"], row["Giá trị nay"]) for row in rows
             if row["Loại thay đổi"] == "số liệu sửa"}  # fmt: skip
    assert shown == {("111.41", "111.44")}


def test_the_catalogue_gives_what_a_search_finds(client: FlaskClient) -> None:
    found = rows_of(client, "danh-muc.csv?q=ty+so+gioi+tinh")
    assert "SEX_RATIO_AT_BIRTH" in {row["Mã"] for row in found}
    assert len(found) < len(rows_of(client, "danh-muc.csv"))


def test_a_document_gives_the_words_of_every_milestone(client: FlaskClient) -> None:
    rows = rows_of(client, "van-ban.csv?locality=ALL")
    assert {"Số chỉ tiêu", "Mốc", "Mức phải đạt", "Nguyên văn"} <= set(rows[0])
    assert "khoảng 60%" in {row["Nguyên văn"] for row in rows}


# The way to them ---------------------------------------------------------------------------------


def tools(door: ReleaseDoor, address: str) -> dict[str, str]:
    _, around = open_page(door, address)
    found = walk(around["tools", "children"])
    return {text_of(one): one.href for one in found if isinstance(one, html.A)}


def test_a_page_leads_to_the_files_of_its_very_view(door: ReleaseDoor) -> None:
    assert tools(door, "/?milestone=2030&locality=33@2025&lang=en") == {
        "Excel": "/tai-ve/tong-quan.xlsx?locality=33@2025&milestone=2030&lang=en",
        "CSV": "/tai-ve/tong-quan.csv?locality=33@2025&milestone=2030&lang=en",
    }
    assert tools(door, "/ban-do")["CSV"].startswith("/tai-ve/ban-do.csv?target=")


@pytest.mark.parametrize("address", ["/truy-vet", "/nowhere"])
def test_a_page_without_a_table_offers_none(door: ReleaseDoor, address: str) -> None:
    assert tools(door, address) == {}


def test_an_unreadable_release_offers_no_files(tmp_path: Path) -> None:
    assert tools(ReleaseDoor(tmp_path), "/") == {}
