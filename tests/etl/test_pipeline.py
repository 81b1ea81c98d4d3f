"""The whole way on small forms: superseding, history, repeating, rebuilding, publishing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from openpyxl import load_workbook

from etl import pipeline, read_forms, reading_pool, release_frames
from etl.locking import pipeline_lock
from etl.reply_pages import RESULT_SHEET
from etl.settings import Settings
from etl.warehouse import Warehouse
from indicators.errors import PipelineBusy, PublishError
from indicators.releases import current_release
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

SHARE = "VICTIMS_REACHING_SERVICE"


def send(settings: Settings, name: str, *lines: dict, **information: object) -> Path:
    return Form(lines, information=information).write(settings.inbox / name)


def ratio(value: float, **values: object) -> dict:
    return observation(reported_value=value, source_family="REGISTRATION", **values)


@pytest.fixture
def clock() -> Iterator[datetime]:
    return (NOW + timedelta(days=day) for day in range(100))


def release(settings: Settings, table: str) -> pl.DataFrame:
    with duckdb.connect(str(current_release(settings.processed)), read_only=True) as connection:
        return connection.sql(f"FROM {table}").pl()


def value_of(settings: Settings, indicator_id: str) -> Decimal | None:
    rows = release(settings, "observations").filter(pl.col("indicator_id") == indicator_id)
    return rows["obs_value"][0] if rows.height else None


def test_a_form_becomes_a_figure_and_a_verdict_with_its_cell(settings, clock) -> None:
    send(settings, "hung-yen.xlsx", ratio(111.4))
    report = pipeline.run(settings, [], next(clock))
    assert (report.received, report.accepted, report.refused) == (1, 1, [])
    verdict = release(settings, "assessments").filter(
        (pl.col("locality_id") == "33@2025")
        & (pl.col("target_id") == "NSGE-4.1")
        & (pl.col("milestone_year") == 2025)
        & pl.col("is_primary")
    )
    assert verdict["verdict"].to_list() == ["not_met"]
    assert verdict["gap"].to_list() == [Decimal("0.4")]
    figure = release(settings, "observations").join(
        verdict.select(observation_id="latest_observation_id"), on="observation_id"
    )
    submission = release(settings, "submissions")
    assert figure["submission_id"].to_list() == submission["submission_id"].to_list()
    assert (figure["sheet"][0], figure["value_cell"][0]) == ("Số liệu", "L4")
    assert submission["file_name"][0] == "hung-yen.xlsx"


def test_a_units_own_status_stands_beside_the_verdict_with_the_documents_that_bind(
    settings, clock
) -> None:
    """111.4 rounds to 111, with which the unit calls itself on target."""
    said = {"target_id": "NSGE-4.1", "milestone_year": 2025, "own_status": "đạt"}
    Form([ratio(111.4)], [said]).write(settings.inbox / "hung-yen.xlsx")
    pipeline.run(settings, [], next(clock))
    [review] = release(settings, "statement_reviews").to_dicts()
    assert (review["locality_id"], review["own_status"], review["verdict"]) == (
        "33@2025",
        "met",
        "not_met",
    )
    assert (review["agrees"], review["probable_reason"]) == (False, "rounding")
    assert release(settings, "target_conflicts")["target_id"].to_list().count("NSGE-4.1") == 3
    works = release(settings, "target_bindings").filter("works")
    assert works.height > 50


def test_one_wrong_file_does_not_stop_the_others(settings, clock) -> None:
    send(settings, "dung.xlsx", ratio(111.4))
    send(settings, "sai.xlsx", ratio(111.4, sex="?"), organisation="Sở Y tế")
    (settings.inbox / "hong.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (settings.inbox / "anh.jpg").write_bytes(b"\xff\xd8")
    report = pipeline.run(settings, [], next(clock))
    assert report.accepted == 1
    assert sorted(report.refused) == ["anh.jpg", "hong.xlsx", "sai.xlsx"]
    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal("111.4")
    assert release(settings, "submissions").height == 4


def test_a_corrected_file_supersedes_and_the_history_stays(settings, clock) -> None:
    send(settings, "lan-1.xlsx", ratio(113.5), observation(SHARE, numerator=1, denominator=4))
    pipeline.run(settings, [], next(clock))
    send(settings, "lan-2.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))

    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal("111.4")
    assert value_of(settings, SHARE) is None  # withdrawn by the corrected file
    first, second = release(settings, "submissions").sort("sequence").iter_rows(named=True)
    assert (first["superseded_by"], first["superseded_in_run"]) == (second["submission_id"], 2)
    with Warehouse(settings.warehouse) as warehouse:
        before = warehouse.observations(as_of_run=1)
        after = warehouse.observations(as_of_run=2)
    assert sorted(before["indicator_id"]) == ["SEX_RATIO_AT_BIRTH", SHARE]
    assert before["obs_value"].to_list() == [Decimal("113.5"), Decimal(25)]
    assert after["obs_value"].to_list() == [Decimal("111.4")]
    revisions = release(settings, "revisions").sort("indicator_id")
    assert revisions.select("indicator_id", "old_value", "new_value", "run_id").rows() == [
        ("SEX_RATIO_AT_BIRTH", Decimal("113.5"), Decimal("111.4"), 2),
        (SHARE, Decimal(25), None, 2),
    ]


def test_another_organisation_does_not_supersede(settings, clock) -> None:
    send(settings, "so-noi-vu.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))
    send(
        settings,
        "so-y-te.xlsx",
        observation(SHARE, numerator=1, denominator=4),
        organisation="Sở Y tế",
    )
    pipeline.run(settings, [], next(clock))
    assert release(settings, "observations").height == 2


def test_a_refused_correction_leaves_the_accepted_file_in_force(settings, clock) -> None:
    send(settings, "lan-1.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))
    send(settings, "lan-2.xlsx", ratio(111.4, sex="?"))
    pipeline.run(settings, [], next(clock))
    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal("111.4")


def test_running_again_with_nothing_new_is_silent(settings, clock) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    first = pipeline.run(settings, [], next(clock))
    again = pipeline.run(settings, [], next(clock))
    assert first.release_id is not None
    assert again == pipeline.RunReport()
    assert len(list((settings.processed / "releases").iterdir())) == 1


def test_an_empty_start_publishes_nothing(settings, clock) -> None:
    assert pipeline.run(settings, [], next(clock)) == pipeline.RunReport()
    assert not (settings.processed / "current").exists()


def test_the_same_files_in_the_same_order_give_the_same_content(settings, clock) -> None:
    """etl rebuild from the archive gives the same release, value for value."""
    send(settings, "1.xlsx", ratio(113.5), observation(SHARE, numerator=1, denominator=4))
    pipeline.run(settings, [], next(clock))
    send(settings, "2.xlsx", ratio(111.4))
    send(
        settings,
        "3.csv",
        observation("POPULATION", sex="Nữ", reported_value="606,8"),
        organisation="Chi cục Thống kê",
    )
    send(settings, "sai.xlsx", ratio(999.9), organisation="Sở Y tế")
    pipeline.run(settings, [], next(clock))
    before = release(settings, "release_info")
    tables = {
        name: release(settings, name)
        for name in ("observations", "assessments", "submissions", "issues", "revisions")
    }

    settings.warehouse.unlink()
    settings.warehouse.with_name("warehouse.duckdb.wal").write_bytes(b"stale")
    pipeline.rebuild(settings, next(clock))

    after = release(settings, "release_info")
    assert after["release_id"][0] != before["release_id"][0]
    assert after["content_digest"][0] == before["content_digest"][0]
    for name, frame in tables.items():
        assert frame.equals(release(settings, name)), name


def test_a_changed_catalogue_is_applied_to_everything_in_the_archive(
    settings, clock, monkeypatch
) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))
    with Warehouse(settings.warehouse) as warehouse:
        warehouse.sign("the digest of last month's catalogue")
    assert pipeline.run(settings, [], next(clock)).accepted == 1


def test_a_new_year_gives_a_new_release_without_new_files(settings) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    pipeline.run(settings, [], NOW)
    report = pipeline.run(settings, [], datetime(2027, 1, 1))
    assert report.release_id is not None
    assert release(settings, "release_info")["as_of_year"].to_list() == [2027]


def test_old_releases_are_pruned_and_readers_keep_theirs(settings, clock) -> None:
    few = settings.model_copy(update={"keep_releases": 2})
    send(few, "0.xlsx", ratio(110))
    pipeline.run(few, [], next(clock))
    reader = duckdb.connect(str(current_release(few.processed)), read_only=True)
    for number in range(1, 5):
        send(few, f"{number}.xlsx", ratio(110 + number))
        pipeline.run(few, [], next(clock))
    assert len(list((few.processed / "releases").iterdir())) == 2
    assert reader.sql("SELECT obs_value FROM observations").fetchall() == [(Decimal(110),)]
    reader.close()


def test_two_runs_at_once_are_kept_apart(settings, clock) -> None:
    with (
        pipeline_lock(settings.processed),
        pytest.raises(PipelineBusy, match="Một lượt chạy ETL khác"),
    ):
        pipeline.run(settings, [], next(clock))


def test_a_failed_last_check_leaves_the_old_release(settings, clock, monkeypatch) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))
    old = current_release(settings.processed)
    send(settings, "b.xlsx", ratio(110.9))
    monkeypatch.setattr(release_frames, "assess", _assess_twice(release_frames.assess))
    with pytest.raises(PublishError, match="trùng khóa đánh giá"):
        pipeline.run(settings, [], next(clock))
    assert current_release(settings.processed) == old
    monkeypatch.undo()
    assert pipeline.run(settings, [], next(clock)).release_id is not None
    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal("110.9")


def _assess_twice(assess):
    def twice(*arguments):
        once = assess(*arguments)
        return pl.concat([once, once])

    return twice


def test_a_file_that_breaks_our_own_code_is_refused_alone(settings, clock, monkeypatch) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    send(settings, "lam-hong.xlsx", ratio(111.4), organisation="Sở Y tế", prepared_by="sập")
    normalise = pipeline.normalise_batch

    def broken(forms, registry):
        if any("lam-hong" in one.file.file_name and one.content.information for one in forms):
            raise ZeroDivisionError
        return normalise(forms, registry)

    monkeypatch.setattr(pipeline, "normalise_batch", broken)
    report = pipeline.run(settings, [], next(clock))
    assert (report.accepted, report.refused) == (1, ["lam-hong.xlsx"])
    assert release(settings, "issues")["code"].to_list() == ["FILE_NOT_PROCESSED"]


class NativePanic(BaseException):
    """As the native libraries raise it: no Exception."""


def test_a_file_that_breaks_the_layout_is_refused_alone(settings, clock, monkeypatch) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    send(settings, "hong.xlsx", ratio(112), organisation="Sở Y tế", prepared_by="sập")
    lay_out = read_forms.lay_out

    def broken(grids, findings):
        if "sập" in str(grids):
            raise NativePanic("index out of bounds")
        return lay_out(grids, findings)

    monkeypatch.setattr(read_forms, "lay_out", broken)
    report = pipeline.run(settings, [], next(clock))
    assert (report.accepted, report.refused) == (1, ["hong.xlsx"])
    assert release(settings, "issues")["code"].to_list() == ["FILE_NOT_PROCESSED"]


def test_a_file_that_ends_the_reading_process_is_refused_alone(
    settings, clock, monkeypatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    command = (sys.executable, "-m", "tests.support.dying_reader")
    monkeypatch.setattr(reading_pool, "_COMMAND", command)
    send(settings, "a.csv", ratio(111))
    send(settings, "sap.csv", ratio(112), organisation="Sở Y tế", prepared_by="sập")
    send(settings, "b.csv", ratio(113), organisation="Chi cục Dân số")
    report = pipeline.run(settings, [], next(clock))
    assert (report.accepted, report.refused) == (2, ["sap.csv"])
    assert release(settings, "issues")["code"].to_list() == ["FILE_READING_STOPPED"]


def test_a_wish_to_stop_is_no_fault_of_a_file(settings, clock, monkeypatch) -> None:
    send(settings, "a.xlsx", ratio(111.4))

    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(read_forms, "lay_out", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(settings, [], next(clock))
    monkeypatch.undo()
    assert pipeline.run(settings, [], next(clock)).accepted == 1


def test_what_one_file_is_told_does_not_depend_on_its_batch(settings, clock) -> None:
    """Every kind of file, all in one batch and each in its own: the same issues and figures."""
    name = {"indicator_name": "Tỷ số giới tính khi sinh"}
    lines = {
        "dung": [ratio(111.4, **name)],
        "ten-sai": [observation(SHARE, numerator=1, denominator=4, **name)],
        "noi-sai": [ratio(100 + n, ref_area=f"Xứ {n}") for n in range(30)],
        "it-sai": [ratio(111, ref_area="Xứ 7")],
        "ma-sai": [ratio(111) | {"indicator_id": "SEX_RATIO"}],
        "so-en": [ratio("111.4")],
    }
    for position, (file, found) in enumerate(lines.items()):
        locale = "en" if file == "so-en" else None
        send(settings, f"{file}.xlsx", *found, organisation=f"{position}", number_locale=locale)
    pipeline.run(settings, [], next(clock))
    together = release(settings, "issues"), release(settings, "observations")
    pipeline.rebuild(settings.model_copy(update={"batch_size": 1}), next(clock))
    assert together[0].height > 30
    assert release(settings, "issues").equals(together[0])
    assert release(settings, "observations").equals(together[1])


def test_the_reply_is_the_senders_workbook_with_marked_cells(settings, clock) -> None:
    line = ratio(111.4, sex="?", note='=HYPERLINK("http://x","bấm vào")')
    send(settings, "Báo cáo Hưng Yên.xlsx", line)
    pipeline.run(settings, [], next(clock))
    answer = json.loads((settings.replies / "000001-bao-cao-hung-yen.json").read_bytes())
    assert (answer["status"], answer["error_count"]) == ("refused", 1)
    assert answer["issues"][0]["cell"] == "F4"
    book = load_workbook(settings.replies / "000001-bao-cao-hung-yen.xlsx")
    assert book.sheetnames == [RESULT_SHEET, "Thông tin", "Số liệu", "Đánh giá"]
    marked = book["Số liệu"]["F4"]
    assert marked.fill.fgColor.rgb.endswith("F6C9B8")
    assert "CL_SEX" in marked.comment.text
    assert book["Số liệu"]["R4"].data_type == "s"
    words = [cell.value for row in book[RESULT_SHEET].iter_rows() for cell in row]
    assert any("Chưa tiếp nhận" in str(word) for word in words)


def test_hostile_text_is_no_formula_in_the_reply(settings, clock) -> None:
    send(settings, "a.csv", ratio("111,4", sex="=cmd|'/c calc'!A1"))
    pipeline.run(settings, [], next(clock))
    book = load_workbook(next(settings.replies.glob("*.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_clean_file_gets_a_short_answer_only(settings, clock) -> None:
    send(settings, "a.xlsx", ratio(111.4))
    pipeline.run(settings, [], next(clock))
    assert [path.suffix for path in settings.replies.iterdir()] == [".json"]


def test_a_known_source_error_is_corrected_only_while_it_is_there(
    settings, clock, monkeypatch
) -> None:
    catalogue = pipeline.load_catalogue()
    correction = {
        "correction_id": "C1",
        "indicator_id": "SEX_RATIO_AT_BIRTH",
        "ref_area": "33@2025",
        "time_period": "2025",
        "sex": "_T",
        "age": "_T",
        "breakdown": "_T",
        "definition": "STD",
        "source_family": "REGISTRATION",
        "column_name": "reported_value",
        "expected_value": Decimal("1114"),
        "action": "replace",
        "corrected_value": Decimal("111.4"),
        "reason_vi": "mất dấu phẩy",
        "reported_to": None,
        "reported_on": None,
    }
    # The source once had another wrong value there; that correction must not fit this one.
    earlier = correction | {"correction_id": "C0", "expected_value": Decimal("11140")}
    corrections = pl.DataFrame([earlier, correction], schema=catalogue.corrections.schema)
    from dataclasses import replace

    monkeypatch.setattr(
        pipeline, "load_catalogue", lambda: replace(catalogue, corrections=corrections)
    )
    send(settings, "a.xlsx", ratio(1114))
    pipeline.run(settings, [], next(clock))
    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal("111.4")
    applied = release(settings, "applied_corrections").row(0, named=True)
    assert (applied["correction_id"], applied["reason_vi"]) == ("C1", "mất dấu phẩy")
    assert (applied["received_value"], applied["corrected_value"]) == ("1114", "111,4")
    send(settings, "b.xlsx", ratio(112))
    pipeline.run(settings, [], next(clock))
    assert value_of(settings, "SEX_RATIO_AT_BIRTH") == Decimal(112)
    assert release(settings, "applied_corrections")["submission_id"].n_unique() == 1
