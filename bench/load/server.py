"""The production server as a process of its own: start it, weigh it, let readers play on it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

import orjson

from bench.load.questions import EMPTY, Question, questions
from bench.load.sessions import NEW_SHARE, SESSIONS, Addresses
from dashboard.texts import TEXTS

PLAYERS: Final = 2  # processes of readers
_PATIENCE: Final = 60  # seconds for the server to start
# Titles of the pages that say that something went wrong.
_FAULTS: Final = [
    title
    for key in ("fault.program", "fault.no_release", "fault.page", "fault.unknown")
    for title in TEXTS[key]
]
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Record:
    """One answer."""

    callback: str
    page: str
    kind: str  # "known": many open it; "new": nobody had opened it
    milliseconds: float
    size: int  # bytes as they went over the wire, compressed
    is_good: bool


@dataclass(frozen=True)
class Played:
    """What came of one run."""

    records: Sequence[Record]
    seconds: float
    client_cpu: float  # of the time that one core has
    server_cpu: float


@dataclass(frozen=True)
class Run:
    """How a run is played."""

    users: int
    seconds: float
    think: bool = True
    new_share: float = NEW_SHARE
    of_empty: bool = False  # only the callback that does nothing


class Server:
    """A started server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.opened: Counter[str] = Counter()  # new addresses that are new no more, by page

    def questions(self) -> tuple[list[Question], list[Question]]:
        """The callbacks that a reader's step asks, and the empty one."""
        found = questions(self._get)
        empty = [one for one in found if one.name.startswith(EMPTY)]
        return [one for one in found if one not in empty], empty

    def _get(self, path: str) -> bytes:
        with urlopen(self.url + path) as answer:
            content: bytes = answer.read()
            return content

    def megabytes(self) -> list[float]:
        """Memory of each worker: its own and its part of what it shares (PSS)."""
        return [_pss(pid) / 1024 for pid in _children(self.process.pid)]

    def cpu_seconds(self) -> float:
        """Time on the processors of all workers together."""
        return sum(_cpu(pid) for pid in _children(self.process.pid))


@contextmanager
def serving(data: Path, workers: int | None = None, threads: int | None = None) -> Iterator[Server]:
    """The board on a release, as the product serves it; numbers left out are its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GENDER_STATS_DATA_DIRECTORY": str(data)}
    for name, number in (("WORKERS", workers), ("THREADS", threads)):
        if number:
            environment[f"GENDER_STATS_{name}"] = str(number)
    command = [sys.executable, "-m", "bench.load.served", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    server = Server(process, port)
    try:
        _wait_until_served(server.url)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=_PATIENCE)


def play(server: Server, run: Run, known: Addresses) -> Played:
    """Let readers play and gather what they saw."""
    ours, empty = server.questions()
    new = {page: _rotated(values, server.opened[page]) for page, values in known.new.items()}
    jobs = [
        {
            "port": server.port,
            "first": number * run.users // PLAYERS,
            "users": (number + 1) * run.users // PLAYERS - number * run.users // PLAYERS,
            "seconds": run.seconds,
            "think": run.think,
            "sessions": [asdict(one) for one in SESSIONS],
            "new_share": run.new_share,
            "faults": _FAULTS,
            "questions": [asdict(one) for one in (empty if run.of_empty else ours)],
            "popular": known.popular,
            "new": {page: values[number::PLAYERS] for page, values in new.items()},
        }
        for number in range(PLAYERS)
    ]
    players = _players(len(jobs))
    before = server.cpu_seconds()
    answers = _gather(players, jobs)
    records = [Record(*one) for answer in answers for one in answer["records"]]
    server.opened.update(one.page for one in records if one.kind == "new")
    cpu = sum(answer["cpu"] for answer in answers)
    used = server.cpu_seconds() - before
    return Played(records, run.seconds, cpu / run.seconds, used / run.seconds)


def _rotated(values: Sequence[str], used: int) -> list[str]:
    """The addresses from the first that was not used; a few more are left out for good measure."""
    start = (used + PLAYERS) % len(values) if used and values else 0
    return [*values[start:], *values[:start]]


def _players(count: int) -> list[subprocess.Popen[bytes]]:
    """Processes of readers that have started and wait for their job."""
    command = [sys.executable, "-m", "bench.load.player"]
    players = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    for player in players:
        assert player.stdout is not None
        player.stdout.readline()
    return players


def _gather(
    players: Sequence[subprocess.Popen[bytes]], jobs: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    for player, job in zip(players, jobs, strict=True):
        assert player.stdin is not None
        player.stdin.write(orjson.dumps(job))
        player.stdin.close()
        player.stdin = None  # what ``communicate`` must not close again
    return [orjson.loads(player.communicate()[0]) for player in players]


def _wait_until_served(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{url}/healthz"):
                return
        except OSError:  # not listening yet
            time.sleep(0.1)
    raise SystemExit(f"the board did not answer at {url} within {_PATIENCE} seconds")


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _pss(pid: int) -> int:
    """Kilobytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
