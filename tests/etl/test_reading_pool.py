"""Reading in processes of their own: in order, several at once, and none can stop the run."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl import reading_pool, worker_pool
from etl.limits import ReadLimits
from etl.read import ReadResult, read
from etl.reading_pool import reading_pool as readers
from etl.worker_pool import WorkerPool
from tests.support.forms import Form, observation

ROOT = Path(__file__).parents[2]
LIMITS = ReadLimits(maximum_seconds=20, maximum_process_bytes=1_000_000_000)


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that die of some files."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = (sys.executable, "-P", "-m", "tests.support.dying_reader")
    monkeypatch.setattr(reading_pool, "_COMMAND", command)


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Process numbers of all readers started."""
    numbers: list[int] = []
    start = subprocess.Popen

    def counted(*arguments, **options):
        process = start(*arguments, **options)
        numbers.append(process.pid)
        return process

    monkeypatch.setattr(worker_pool.subprocess, "Popen", counted)
    yield numbers
    assert [pid for pid in numbers if is_running(pid)] == [], "a reader outlived its pool"


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def texts(*contents: str) -> list[tuple[str, bytes]]:
    return [(f"{number}.csv", text.encode()) for number, text in enumerate(contents)]


def outcomes(pool: WorkerPool[ReadResult], files: list[tuple[str, bytes]]) -> list[str]:
    """Per file its first cell, or the finding and why."""
    return [
        str(one.grids[0].rows[0][0])
        if one.grids
        else f"{one.findings[0].code}: {one.findings[0].detail}"
        for one in pool.work(files)
    ]


def test_results_are_those_of_the_reader_in_the_order_of_the_files(
    tmp_path: Path, starts: list[int]
) -> None:
    form = Form([observation(reported_value=111.4)]).write(tmp_path / "a.xlsx").read_bytes()
    files = [("a.xlsx", form), ("hong.xlsx", form[:900]), ("b.csv", b"x;y\r\n1;2"), ("c.pdf", b"")]
    files *= 10
    with readers(LIMITS, 3) as pool:
        assert pool.work(files) == [read(content, name, LIMITS) for name, content in files]
        assert pool.work(files[:1]) == [read(form, "a.xlsx", LIMITS)]
    assert len(starts) == 3  # and not once more for the second call


def test_nothing_to_read_starts_nothing(starts: list[int]) -> None:
    with readers(LIMITS, 4) as pool:
        assert pool.work([]) == []
    assert starts == []


def test_the_next_batch_is_read_while_one_is_worked_on(starts: list[int]) -> None:
    taken: list[int] = []

    def batches() -> Iterator[list[tuple[str, bytes]]]:
        for number in range(4):
            taken.append(number)
            yield texts(f"{number}a", f"{number}b")

    with readers(LIMITS, 2) as pool:
        found = [
            ([one.grids[0].rows[0][0] for one in results], len(taken))
            for results in pool.work_ahead(batches())
        ]
    assert found == [
        (["0a", "0b"], 2),
        (["1a", "1b"], 3),
        (["2a", "2b"], 4),
        (["3a", "3b"], 4),
    ]
    assert len(starts) == 1


@pytest.mark.usefixtures("dying", "starts")
def test_work_that_fails_does_not_wait_for_what_is_read_ahead() -> None:
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError), readers(LIMITS, 1) as pool:  # noqa: PT012
        for _ in pool.work_ahead([texts("a"), texts("treo")]):
            raise ZeroDivisionError
    assert time.monotonic() - started < 10


def test_few_files_need_one_process(starts: list[int]) -> None:
    with readers(LIMITS, 4) as pool:
        assert outcomes(pool, texts("a", "b", "c")) == ["a", "b", "c"]
    assert len(starts) == 1


@pytest.mark.usefixtures("dying")
def test_a_file_that_ends_the_reader_is_refused_alone(starts: list[int]) -> None:
    died = "FILE_READING_STOPPED: chương trình dừng đột ngột hoặc cần hơn 1000 MB bộ nhớ"
    contents = ["a"] * 20
    contents[3] = contents[4] = contents[17] = "sập"
    with readers(LIMITS, 2) as pool:
        found = outcomes(pool, texts(*contents))
    assert found == [died if one == "sập" else "a" for one in contents]
    assert len(starts) <= 2 + 2 * 3  # each had a second chance


@pytest.mark.usefixtures("dying", "starts")
def test_a_file_that_never_ends_is_given_up_in_time() -> None:
    limits = replace(LIMITS, maximum_seconds=1.5)
    started = time.monotonic()
    with readers(limits, 1) as pool:
        found = outcomes(pool, texts("a", "treo", "b", "bận", "bận", "bận"))
    assert found == ["a", "FILE_READING_STOPPED: mất quá 1.5 giây", "b", "bận", "bận", "bận"]
    assert time.monotonic() - started < 15  # on a machine that has other work


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits time only")
@pytest.mark.usefixtures("dying", "starts")
def test_a_file_that_takes_all_memory_is_refused_alone() -> None:
    with readers(LIMITS, 1) as pool:
        found = outcomes(pool, texts("a", "phình", "b"))
    assert [one.split(":")[0] for one in found] == ["a", "FILE_READING_STOPPED", "b"]


def test_readers_that_cannot_start_are_no_fault_of_the_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading_pool, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with (
        readers(LIMITS, 2) as pool,
        pytest.raises(OSError, match="does not start"),
    ):
        pool.work(texts("a") * 20)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
@pytest.mark.usefixtures("dying", "starts")
def test_a_wish_to_stop_ends_the_readers_at_once() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.main_thread().ident
    threading.Timer(1.5, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
    started = time.monotonic()
    try:
        with readers(LIMITS, 2) as pool, pytest.raises(KeyboardInterrupt):
            pool.work(texts("treo") * 20)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
@pytest.mark.parametrize("content", ["bận", "treo"])
def test_a_killed_run_leaves_no_reader_behind(content: str) -> None:
    script = (
        "import sys; from etl import reading_pool, worker_pool; from etl.limits import ReadLimits\n"
        "reading_pool._COMMAND = (sys.executable, '-m', 'tests.support.dying_reader')\n"
        "start = worker_pool.subprocess.Popen\n"
        "def told(*a, **o):\n"
        "    process = start(*a, **o); print(process.pid, flush=True); return process\n"
        "worker_pool.subprocess.Popen = told\n"
        "pool = reading_pool.reading_pool(ReadLimits(maximum_seconds=0.5), 1)\n"
        f"pool.work([('a.csv', {content!r}.encode())] * 1000)"
    )
    run = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    reader = int(run.stdout.readline())
    run.kill()
    run.wait()
    run.stdout.close()
    deadline = time.monotonic() + 15
    while is_running(reader) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(reader)


def test_a_result_is_small_to_hand_over(tmp_path: Path) -> None:
    lines = [observation(reported_value=100 + n / 10) for n in range(250)]
    content = Form(lines).write(tmp_path / "a.xlsx").read_bytes()
    assert len(pickle.dumps(read(content, "a.xlsx", LIMITS))) < 100_000
