"""etl schedule: turns in the time of Viet Nam, one at a time; the process ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from etl import release_frames, schedule
from etl.last_run import read_last_run
from etl.locking import pipeline_lock
from etl.schedule import build_scheduler, scheduled_run, trigger_of
from etl.settings import Settings
from indicators.errors import ReleaseUnavailable, SettingsError
from indicators.releases import current_release
from tests.support.forms import Form, observation

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def report(settings: Settings) -> None:
    line = observation(reported_value=111.4, source_family="REGISTRATION")
    Form([line]).write(settings.inbox / "hung-yen.xlsx")


def turns(expression: str, start: datetime, count: int) -> list[datetime]:
    trigger, found = trigger_of(expression), []
    for _ in range(count):
        start = trigger.get_next_fire_time(None, start)
        found.append(start)
        start += timedelta(seconds=1)
    return found


def test_turns_are_in_the_time_of_viet_nam() -> None:
    sunday_night_utc = datetime(2026, 11, 22, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert turns("30 7 * * mon-fri", sunday_night_utc, 2) == [
        datetime(2026, 11, 23, 7, 30, tzinfo=VIET_NAM),
        datetime(2026, 11, 24, 7, 30, tzinfo=VIET_NAM),
    ]


def test_the_default_is_every_quarter_of_an_hour(settings: Settings) -> None:
    start = datetime(2026, 11, 22, 8, 1, tzinfo=VIET_NAM)
    found = turns(settings.schedule, start, 2)
    assert [(one.hour, one.minute) for one in found] == [(8, 15), (8, 30)]


@pytest.mark.parametrize("expression", ["soon", "* * * *", "61 * * * *", "0 7 * * 1-5", ""])
def test_an_expression_that_would_run_at_other_times_than_meant_is_refused(expression: str) -> None:
    with pytest.raises(SettingsError, match="GENDER_STATS_SCHEDULE"):
        trigger_of(expression)


def test_turns_never_overlap_and_missed_ones_are_made_up_for_once(settings: Settings) -> None:
    scheduler = build_scheduler(settings, scheduled_run)
    (job,) = scheduler.get_jobs()
    assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)


def test_a_turn_does_the_whole_run(settings: Settings) -> None:
    report(settings)
    scheduled_run(settings)
    assert current_release(settings.processed).exists()


def test_a_failed_turn_is_recorded_and_the_next_one_recovers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("x")

    report(settings)
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(release_frames, "assess", broken)
        scheduled_run(settings)
    assert [line["error"] for line in logs if line["event"] == "run_failed"] == [
        "ZeroDivisionError: x"
    ]
    record = read_last_run(settings.last_run)
    assert record is not None
    assert (record.ok, record.error) == (False, "ZeroDivisionError: x")
    with pytest.raises(ReleaseUnavailable):
        current_release(settings.processed)
    scheduled_run(settings)
    assert current_release(settings.processed).exists()


def test_a_turn_beside_another_run_waits_for_the_next(settings: Settings) -> None:
    with pipeline_lock(settings.processed), capture_logs() as logs:
        scheduled_run(settings)
    assert [line["event"] for line in logs] == ["run_left_out"]
    assert not settings.last_run.exists()


def test_the_process_runs_at_once_and_ends_when_asked(tmp_path: Path) -> None:
    settings = Settings(data_directory=tmp_path / "data", _env_file=None)
    report(settings)
    process = subprocess.Popen(
        [sys.executable, "-c", "from etl.cli import main; main()", "schedule"],
        env={
            **os.environ,
            "GENDER_STATS_DATA_DIRECTORY": str(settings.data_directory),
            "GENDER_STATS_SETTLE_SECONDS": "0",
        },
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            record = read_last_run(settings.last_run)
            if record is not None and record.ok:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
    assert current_release(settings.processed).exists()


def test_a_bad_expression_is_an_error_of_settings_and_not_a_silent_schedule(
    settings: Settings,
) -> None:
    with pytest.raises(SettingsError):
        schedule.keep_running(settings.model_copy(update={"schedule": "0 7 * * 1"}))
