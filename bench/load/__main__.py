"""``python -m bench.load``: readers on the board as it is served; prints and keeps the result.

Readers ask the real callback, as the browser does; see ``sessions`` for who they are. The full
made-up set is generated once. Every repeat has a server of its own, which has first answered what
many open (the warm-up), as on any day but the first hour.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.load.first_view import FirstView, first_view
from bench.load.percentiles import SLOW, times
from bench.load.profile import profiled
from bench.load.report import Result, report
from bench.load.server import Played, Record, Run, Server, play, serving
from bench.load.sessions import Addresses, addresses
from dashboard.release import ReleaseDoor
from indicators.errors import ReleaseUnavailable

RESULTS: Final = Path(__file__).parents[1] / "LOAD.md"
DATA: Final = Path(tempfile.gettempdir()) / "gender-stats-bench-load"
# Over plain http a browser takes brotli only from its own machine; from another one, gzip.
ENCODINGS: Final = {"brotli": "gzip, deflate, br", "gzip": "gzip, deflate"}
WARM_UP: Final = Run(users=16, seconds=15, think=False, new_share=0.0)
CAPACITY_SECONDS: Final = 10.0
LIMIT_SECONDS: Final = 4.0
STEP_SECONDS: Final = 10.0
STEPS: Final = (100, 200, 400, 600, 800, 1200, 1600)


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60, help="with think time, all repeats")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", type=Path, default=DATA, help="directory of the made-up set")
    parser.add_argument(
        "--compare", nargs="+", metavar="WORKERSxTHREADS", help="only compare such numbers"
    )
    arguments = parser.parse_args()
    known = addresses(_release(arguments.data).current())
    if arguments.compare:
        _compare(arguments, known)
        return
    result = _measure(arguments, known)
    text = report(result)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _release(data: Path) -> ReleaseDoor:
    """The full made-up set, made if it is not there."""
    door = ReleaseDoor(data / "processed")
    try:
        door.current()
    except ReleaseUnavailable:
        subprocess.run([sys.executable, "-m", "scripts.demo_full", str(data)], check=True)
    return door


def _measure(arguments: argparse.Namespace, known: Addresses) -> Result:
    busy, _, _ = os.getloadavg()
    views = {name: _first_views(arguments, accepted) for name, accepted in ENCODINGS.items()}
    run = Run(arguments.users, arguments.seconds / arguments.repeats)
    first, thinking, capacity, limit, memory = [], [], [], [], []
    steps: dict[int, Played] = {}
    for repeat in range(arguments.repeats):
        with serving(arguments.data) as server:
            first.append(play(server, WARM_UP, known))
            thinking.append(play(server, run, known))
            capacity.append(
                play(server, Run(arguments.users, CAPACITY_SECONDS, think=False), known)
            )
            limit.append(_limit(server, arguments.users, known))
            memory.append(server.megabytes())
            if repeat == arguments.repeats - 1:
                steps = _steps(server, known)
    return Result(
        users=arguments.users,
        first=first,
        thinking=thinking,
        capacity=capacity,
        limit=limit,
        steps=steps,
        memory=memory,
        views=views,
        shares=profiled(arguments.data),
        busy=busy,
    )


def _first_views(arguments: argparse.Namespace, accepted: str) -> list[FirstView]:
    views = []
    for _ in range(arguments.repeats):
        with serving(arguments.data) as server:
            views.append(first_view(server.url, accepted))
    return views


def _limit(server: Server, users: int, known: Addresses) -> Played:
    """The callback that does nothing, asked in the same way."""
    return play(server, Run(users, LIMIT_SECONDS, think=False, of_empty=True), known)


def _steps(server: Server, known: Addresses) -> dict[int, Played]:
    """More and more readers with think time, until one answer in twenty is slow."""
    steps: dict[int, Played] = {}
    for users in STEPS:
        steps[users] = play(server, Run(users, STEP_SECONDS), known)
        if times(steps[users].records).p95 > SLOW:
            break
    return steps


def _compare(arguments: argparse.Namespace, known: Addresses) -> None:
    """Numbers of workers and threads against each other, in turn."""
    print("| Workers × threads | p50 | p95 | p99 | Answers per second without think time | MB |")
    print("|---|---|---|---|---|---|")
    for text in arguments.compare:
        workers, threads = (int(part) for part in text.split("x"))
        with serving(arguments.data, workers, threads) as server:
            play(server, WARM_UP, known)
            thought = times(_played(server, Run(arguments.users, arguments.seconds / 3), known))
            fast = _played(server, Run(arguments.users, CAPACITY_SECONDS, think=False), known)
            rate = len(fast) / CAPACITY_SECONDS
            numbers = f"{thought.p50:.0f} | {thought.p95:.0f} | {thought.p99:.0f} | {rate:.0f}"
            print(f"| {workers} × {threads} | {numbers} | {sum(server.megabytes()):.0f} |")


def _played(server: Server, run: Run, known: Addresses) -> Sequence[Record]:
    return play(server, run, known).records


if __name__ == "__main__":
    main()
