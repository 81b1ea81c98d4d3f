"""Who has reported, as the operator sees it: etl status, etl remind, and the release."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from etl import cli, pipeline
from etl.cli import app
from etl.locking import pipeline_lock
from etl.settings import Settings
from indicators.errors import CatalogueError, GenderStatisticsError, PipelineBusy
from indicators.releases import current_release
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

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
    # The run was in 2025: what 2026 asks for is not in its release.
    assert found == [("2025", 231), ("2025-S1", 53)]


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
