"""Who has reported, as the operator sees it: etl status, etl remind, and the release."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from etl import cli, last_run, pipeline
from etl.cli import app
from etl.last_run import recorded_run
from etl.locking import pipeline_lock
from etl.settings import Settings
from etl.status import still_refused
from indicators.errors import CatalogueError, GenderStatisticsError, PipelineBusy
from indicators.releases import current_release
from indicators.tables import Submissions
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation
from tests.support.release import frame_of

BA_DINH, NGOC_HA = "00004@2025", "00008@2025"
IN_TIME = datetime(2025, 11, 20, 3)


@pytest.fixture(autouse=True)
def same_data(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the data directory of the test, on the day of the test."""
    monkeypatch.setattr(cli, "load_settings", lambda: settings)
    monkeypatch.setattr(cli, "_now", lambda: NOW)


def send(settings: Settings, name: str, locality: str, **values: object) -> None:
    line = observation(reported_value=111.4, source_family="REGISTRATION", **values)
    information = {"locality": locality, "organisation": f"UBND {locality}"}
    Form([line], information=information).write(settings.inbox / name)


def etl(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def two_reports(settings: Settings) -> Settings:
    """Ba Đình in time and accepted, Ngọc Hà refused."""
    send(settings, "ba-dinh.xlsx", BA_DINH)
    send(settings, "ngoc-ha.xlsx", NGOC_HA, sex="?")
    pipeline.run(settings, [], IN_TIME)
    return settings


def test_the_release_carries_what_is_expected(two_reports: Settings) -> None:
    pipeline.rebuild(two_reports, NOW)
    path = current_release(two_reports.processed)
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.sql(
            "SELECT reporting_period, count(*) FROM expected_submissions GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    # The run was in 2025; what 2026 asks for is known before anybody reports in 2026.
    assert found == [("2025", 231), ("2025-S1", 53), ("2026", 231), ("2026-S1", 231)]


def test_status_counts_every_period_with_its_denominator(two_reports: Settings) -> None:
    lines = etl("status").stdout.splitlines()
    (line,) = [line for line in lines if "(2025)" in line]
    assert line.split(": ", 1) == [
        "  năm 2025 (2025), 231 đơn vị",
        "1 đúng hạn; 1 chưa được tiếp nhận; 228 chưa nộp (quá hạn); "
        "1 chưa nộp (văn bản không nêu hạn)",
    ]
    periods = [line.split("(")[1].split(")")[0] for line in lines if " đơn vị: " in line]
    assert periods == ["2025-S1", "2025", "2026-S1", "2026"]


def test_status_lists_the_units_of_a_period(two_reports: Settings) -> None:
    said = etl("status", "--period", "2025").stdout
    assert "Đúng hạn: 1/231" in said
    assert (
        "phường Ba Đình (00004@2025) gửi Sở Nội vụ Hà Nội, hạn chót 29/11/2025, nhận 20/11/2025\n"
    ) in said
    assert "nhận 20/11/2025, 1 lỗi, muộn 357 ngày" in said


def test_status_as_json_holds_the_list_behind_every_count(two_reports: Settings) -> None:
    (period,) = json.loads(etl("status", "--period", "2025", "--json").stdout)["deadlines"]
    assert {name: len(rows) for name, rows in period["lists"].items()} == {
        name: period[name] for name in period["lists"]
    }
    assert [row["locality_id"] for row in period["lists"]["refused"]] == [NGOC_HA]


def test_looking_and_reminding_wait_for_no_run_and_touch_no_warehouse(
    two_reports: Settings,
) -> None:
    two_reports.warehouse.write_bytes(b"a run is at work on it")
    with pipeline_lock(two_reports.processed):
        for command in (
            ("status",),
            ("status", "--period", "2025"),
            ("remind", "--period", "2025"),
        ):
            done = etl(*command)
            assert (done.exit_code, done.exception) == (0, None)
    assert two_reports.warehouse.read_bytes() == b"a run is at work on it"


def test_before_the_first_release_everything_due_is_missing(settings: Settings) -> None:
    said = etl("status", "--period", "2025").stdout
    assert "Chưa nộp (quá hạn): 230/231" in said
    assert not settings.processed.exists()


def test_a_refused_file_that_was_mended_is_refused_no_more(two_reports: Settings) -> None:
    assert "chưa tiếp nhận 1\n  ngoc-ha.xlsx: 1 lỗi" in etl("status").stdout
    send(two_reports, "ngoc-ha-sua.xlsx", NGOC_HA)
    pipeline.run(two_reports, [], datetime(2025, 12, 2, 3))
    said = etl("status").stdout
    assert "Đã tiếp nhận 2, chưa tiếp nhận 0; 1 tệp trước chưa tiếp nhận, nay đã được thay" in said
    assert "ngoc-ha.xlsx" not in said
    (period,) = json.loads(etl("status", "--period", "2025", "--json").stdout)["deadlines"]
    (late,) = period["lists"]["late"]
    assert (late["locality_id"], late["file_name"], late["days_late"]) == (
        NGOC_HA, "ngoc-ha-sua.xlsx", 3,
    )  # fmt: skip
    assert period["refused"] == 0


@pytest.mark.parametrize(
    ("file", "since", "waiting"),
    [
        ({}, {}, False),
        ({"organisation": "ủy ban  nhân dân"}, {"organisation": "Ủy ban nhân dân"}, False),
        ({}, {"organisation": "Trạm Y tế"}, True),
        ({}, {"locality_id": BA_DINH}, True),
        ({}, {"reporting_period": "2024"}, True),
        ({}, {"status": "refused"}, True),
        ({}, {"sequence": 1}, True),  # a correction of an accepted file was refused
        ({"organisation": None}, {"organisation": None}, True),  # might be anybody's
        ({"locality_id": None}, {"locality_id": None}, True),
    ],
)
def test_which_refused_files_wait_for_their_sender(
    file: dict[str, object], since: dict[str, object], *, waiting: bool
) -> None:
    common = {
        "run_id": 1, "received_at": IN_TIME, "archive_path": "x", "sha256": "x",
        "organisation": "UBND", "locality_id": NGOC_HA, "reporting_period": "2025",
        "is_synthetic": False, "row_count": 1, "error_count": 0, "warning_count": 0,
    }  # fmt: skip
    names = {"submission_id": "r", "sequence": 2, "file_name": "tra-lai.xlsx", "status": "refused"}
    later = {"submission_id": "a", "sequence": 3, "file_name": "sau.xlsx", "status": "accepted"}
    rows = [{**common, **names, **file}, {**common, **later, **since}]
    found = still_refused(frame_of(Submissions, rows))["file_name"].to_list()
    assert ("tra-lai.xlsx" in found) is waiting


def test_an_unknown_period_names_the_known_ones(two_reports: Settings) -> None:
    for command in (("status",), ("remind",)):
        error = etl(*command, "--period", "2031").exception
        assert isinstance(error, GenderStatisticsError)
        assert "2025, 2025-S1, 2026, 2026-S1" in str(error)


def test_remind_writes_to_those_who_owe_something_and_to_nobody_else(two_reports: Settings) -> None:
    answer = json.loads(etl("remind", "--period", "2025", "--json").stdout)
    letters = {letter["locality_id"]: letter for letter in answer["reminders"]}
    assert len(letters) == 229
    assert BA_DINH not in letters
    assert '"ngoc-ha.xlsx"' in letters[NGOC_HA]["text"]


def test_units_that_are_gone_are_not_written_to(two_reports: Settings) -> None:
    answer = json.loads(etl("remind", "--period", "2025-S1", "--json").stdout)
    assert answer["reminders"] == []


def test_remind_prints_one_locality(two_reports: Settings) -> None:
    said = etl("remind", "--period", "2025", "--locality", NGOC_HA).stdout
    assert said.startswith("=== Đề nghị sửa và gửi lại báo cáo bình đẳng giới năm 2025")
    assert "\n1 thư nhắc cho kỳ 2025\n" in said
    assert "hãy đối chiếu trước khi gửi" in said  # the calendar does not call that day official


def test_reminders_are_not_mailed_without_a_server(two_reports: Settings) -> None:
    error = etl("remind", "--period", "2025", "--send").exception
    assert isinstance(error, GenderStatisticsError)
    assert "GENDER_STATS_SMTP_HOST" in str(error)


# The record of the last run -------------------------------------------------------------------


def test_a_good_run_leaves_a_record(settings: Settings) -> None:
    before = datetime.now(UTC)
    pipeline.run(settings, [], NOW)
    record = json.loads(settings.last_run.read_text())
    assert (record["ok"], record["error"]) == (True, None)
    assert datetime.fromisoformat(record["started"]) >= before.replace(microsecond=0)
    assert record["started"] <= record["ended"]
    assert "kết thúc tốt" in etl("status").stdout


def test_a_failed_run_says_why_and_the_next_one_recovers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_directory: Path | None = None) -> None:
        raise CatalogueError(["targets.csv, dòng 7: sai"])

    send(settings, "ba-dinh.xlsx", BA_DINH)
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "load_catalogue", broken)
        with pytest.raises(CatalogueError):
            pipeline.run(settings, [], NOW)
    assert "HỎNG" in (said := etl("status").stdout)
    assert "CatalogueError: targets.csv, dòng 7: sai" in said
    assert pipeline.run(settings, [], NOW).accepted == 1
    assert "HỎNG" not in etl("status").stdout


def test_a_full_disk_hides_no_cause(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.raises(CatalogueError), capture_logs() as logs, recorded_run(settings.last_run):  # noqa: PT012
        monkeypatch.setattr(last_run, "write_atomically", full)
        raise CatalogueError(["targets.csv, dòng 7: sai"])
    (line,) = logs
    assert (line["event"], line["run"]) == (
        "run_not_recorded", "CatalogueError: targets.csv, dòng 7: sai",
    )  # fmt: skip


def test_a_killed_run_is_told_from_a_failed_one(settings: Settings) -> None:
    settings.processed.mkdir(parents=True)
    settings.last_run.write_text('{"started": "2025-11-20T03:00:00+00:00"}')
    assert "bị ngắt giữa chừng" in etl("status").stdout


def test_a_run_that_finds_another_at_work_leaves_its_record_alone(settings: Settings) -> None:
    with pipeline_lock(settings.processed):
        settings.last_run.write_text("the other's record")
        with pytest.raises(PipelineBusy):
            pipeline.run(settings, [], NOW)
    assert settings.last_run.read_text() == "the other's record"
