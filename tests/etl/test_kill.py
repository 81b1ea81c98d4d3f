"""SIGKILL at random moments of a run: the release in force stays whole, the next run completes."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path

import duckdb
import pytest

from etl import pipeline
from etl.settings import Settings
from indicators.errors import ReleaseUnavailable
from indicators.releases import current_release
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

KILLS = 50
FILES_PER_ROUND = 6

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def _run(data: Path, now: datetime) -> None:
    # A small batch size, so that kills fall between transactions too.
    pipeline.run(Settings(data_directory=data, settle_seconds=0, batch_size=2), [], now)


def _context() -> ForkServerContext:
    """Children start from a server that has imported everything, so the kill hits the run."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.pipeline", "tests.etl.test_kill"])
    return context


def _fill_inbox(data: Path, round_number: int) -> None:
    for number in range(FILES_PER_ROUND):
        value = 100 + round_number / 10 + number / 100
        Form(
            [observation(reported_value=value, source_family="REGISTRATION")],
            information={"organisation": f"Đơn vị {number}", "provenance": f"lần {round_number}"},
        ).write(data / "raw" / "inbox" / f"{round_number:03d}-{number}.xlsx")


def _release_is_whole(data: Path) -> None:
    """Whatever moment it is: no release yet, or one that can be read and is consistent."""
    try:
        path = current_release(data / "processed")
    except ReleaseUnavailable:
        return
    with duckdb.connect(str(path), read_only=True) as connection:
        lost = connection.sql(
            "SELECT count(*) FROM observations ANTI JOIN submissions USING (submission_id)"
        ).fetchall()
        rows = connection.sql("SELECT count(*) FROM assessments").fetchall()
        info = connection.sql("SELECT count(*) FROM release_info").fetchall()
    assert lost == [(0,)]
    assert rows[0][0] > 0
    assert info == [(1,)]


def _archived(data: Path) -> int:
    return len(list((data / "raw" / "archive" / "files").glob("*.json")))


def test_killed_at_fifty_random_moments_nothing_is_lost(tmp_path: Path) -> None:
    context = _context()
    chance = random.Random(2026)
    data = tmp_path / "data"

    # How long an undisturbed run takes here, start of the child included.
    shutil.rmtree(data, ignore_errors=True)
    _fill_inbox(data, 0)
    warm_up = context.Process(target=_run, args=(data, NOW))
    warm_up.start()
    warm_up.join()
    _fill_inbox(data, 1)
    start = time.perf_counter()
    timed = context.Process(target=_run, args=(data, NOW + timedelta(hours=1)))
    timed.start()
    timed.join()
    assert timed.exitcode == 0
    duration = time.perf_counter() - start

    killed = 0
    expected = 2 * FILES_PER_ROUND
    for attempt in range(10 * KILLS):
        if killed == KILLS:
            break
        _fill_inbox(data, attempt + 2)
        expected += FILES_PER_ROUND
        moment = NOW + timedelta(hours=attempt + 2)
        child = context.Process(target=_run, args=(data, moment))
        child.start()
        child.join(chance.uniform(0, duration))
        if child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            killed += child.exitcode == -signal.SIGKILL
        _release_is_whole(data)
        if chance.random() < 0.2:
            _complete(data, moment, expected)
    assert killed >= KILLS
    _complete(data, NOW + timedelta(days=400), expected)


def _complete(data: Path, moment: datetime, expected: int) -> None:
    """The next run takes up everything: each file once in the archive and once in the release."""
    _run(data, moment)
    assert not list((data / "raw" / "inbox").iterdir())
    assert _archived(data) == expected
    with duckdb.connect(str(current_release(data / "processed")), read_only=True) as connection:
        submissions = connection.sql(
            "SELECT count(*), count(DISTINCT sha256), count(*) FILTER (superseded_by IS NULL) "
            "FROM submissions"
        ).fetchall()
        values = connection.sql("SELECT count(*) FROM observations WHERE origin = 'reported'")
        assert submissions == [(expected, expected, FILES_PER_ROUND)]
        assert values.fetchall() == [(1,)]
    leftovers = [path.name for path in (data / "processed").rglob("*.partial")]
    assert leftovers == []
