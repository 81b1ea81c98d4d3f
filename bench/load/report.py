"""The result of the load test as ``bench/LOAD.md``."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.load.first_view import FirstView
from bench.load.percentiles import AIM, SLOW, Times, times
from bench.load.profile import PARTS
from bench.load.server import PLAYERS, Played
from bench.load.sessions import NEW_SHARE, POPULAR, SESSIONS
from dashboard.settings import Settings

_HEAD: Final = "| Page | Count | p50 | p95 | p99 | Failed | kB |"
_RULE: Final = "|---|---|---|---|---|---|---|"
_VERSIONS: Final = ("dash", "flask", "gunicorn", "duckdb", "polars", "orjson", "flask-compress")


@dataclass(frozen=True)
class Result:
    """Everything that was measured; one entry per repeat."""

    users: int
    first: Sequence[Played]  # a server that has just started
    thinking: Sequence[Played]
    capacity: Sequence[Played]
    limit: Sequence[Played]
    steps: Mapping[int, Played]  # by number of readers
    memory: Sequence[Sequence[float]]
    views: Mapping[str, Sequence[FirstView]]  # by encoding
    shares: Mapping[str, Mapping[str, float]]  # milliseconds by page and part
    busy: float  # processes that wanted a core in the minute before: 0 is a quiet machine


def report(result: Result) -> str:
    """The whole text."""
    lines = [
        *_introduction(result),
        *_summary(result),
        *_by_page(result),
        *_without_thinking(result),
        *_more_readers(result),
        *_memory(result),
        *_where_time_goes(result),
        *_first_view(result),
    ]
    return "\n".join(lines)


def _introduction(result: Result) -> list[str]:
    settings = Settings.model_fields
    who = "; ".join(
        f"{one.name} {one.share:.0%}, thinks {one.think:.0f} s on average" for one in SESSIONS
    )
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    return [
        "# The board under load",
        "",
        f"`python -m bench.load`: {result.users} readers at once on the full made-up set, "
        f"{settings['workers'].default} workers × {settings['threads'].default} threads as served "
        f"by default. {os.cpu_count()} cores ({_processor()}), Python {platform.python_version()}, "
        f"{versions}; {datetime.now(UTC):%Y-%m-%d}. {len(result.thinking)} repeats, each with a "
        "server of its own; medians of the repeats; milliseconds; kB as sent, compressed. The "
        f"readers are {PLAYERS} other processes of the same machine, which had a load of "
        f"{result.busy:.1f} from other work before the start.",
        "",
        f"Closed loop: a reader thinks after each answer (exponential; {who}). One step in "
        f"{1 / NEW_SHARE:.0f} opens an address that this server has never answered (“new”), the "
        f"others one of {POPULAR} of the page (“known”; a worker may still draw it for the first "
        "time). Every first answer of an address is unpacked and read: a page that tells of a "
        "fault counts as failed.",
        "",
    ]


def _summary(result: Result) -> list[str]:
    every = [times(one.records) for one in result.thinking]
    p95 = _median(every, lambda one: one.p95)
    failed = sum(one.errors for one in every)
    said = "met" if p95 <= AIM and not failed else "not met"
    limit = _median([times(one.records) for one in result.limit], lambda one: one.p50)
    return [
        f"**p95 {p95:.0f} ms with {result.users} readers, {failed} failed: the aim of "
        f"{AIM:.0f} ms is {said}.** {_slow_from(result)} The limit, a callback of the same server "
        f"that does nothing, asked by as many readers without think time: p50 {limit:.0f} ms.",
        "",
    ]


def _by_page(result: Result) -> list[str]:
    played = result.thinking
    records = [record for one in played for record in one.records]
    pages = sorted({(one.page, one.kind) for one in records})
    callbacks = sorted({f"`{one.callback}`" for one in records})
    return [
        "## With think time",
        "",
        _HEAD,
        _RULE,
        _line("all", played),
        *(_line(f"all, {kind}", played, kind=kind) for kind in ("known", "new")),
        *(_line(f"`{page}`, {kind}", played, page=page, kind=kind) for page, kind in pages),
        "",
        f"Callbacks asked in each step: {', '.join(callbacks)}. {_rate(played)}",
        "",
        "Right after the start, the popular addresses by 16 readers without think time:",
        "",
        _HEAD,
        _RULE,
        _line("first answers of a server", result.first),
        "",
    ]


def _without_thinking(result: Result) -> list[str]:
    fast, empty = result.capacity, result.limit
    rate = statistics.median(len(one.records) / one.seconds for one in fast)
    most = statistics.median(len(one.records) / one.seconds for one in empty)
    return [
        "## Without think time: capacity",
        "",
        _HEAD,
        _RULE,
        _line("all", fast),
        *(_line(f"all, {kind}", fast, kind=kind) for kind in ("known", "new")),
        _line("limit: the empty callback", empty),
        "",
        f"{_rate(fast)} The empty callback: {most:.0f} answers a second, {most / rate:.1f} times "
        "as many.",
        "",
    ]


def _more_readers(result: Result) -> list[str]:
    lines = ["## More readers, with think time", "", _HEAD.replace("Page", "Readers"), _RULE]
    lines += [_line(str(users), [played]) for users, played in result.steps.items()]
    return [*lines, "", _slow_from(result), ""]


def _slow_from(result: Result) -> str:
    if _median([times(one.records) for one in result.thinking], lambda one: one.p95) > SLOW:
        return f"p95 is above {SLOW:.0f} ms with {result.users} readers already."
    passed = [users for users, one in result.steps.items() if times(one.records).p95 > SLOW]
    stayed = [users for users in result.steps if users not in passed]
    most = max(stayed, default=result.users)
    if not passed:
        return f"p95 stays below {SLOW:.0f} ms up to {most} readers, the most that were tried."
    return f"p95 passes {SLOW:.0f} ms between {most} and {passed[0]} readers."


def _memory(result: Result) -> list[str]:
    workers = [one for repeat in result.memory for one in repeat]
    total = statistics.median(sum(repeat) for repeat in result.memory)
    return [
        "## Memory",
        "",
        f"After the runs above a worker holds {statistics.median(workers):.0f} MB "
        f"({min(workers):.0f}–{max(workers):.0f}; PSS), all of them {total:.0f} MB.",
        "",
    ]


def _where_time_goes(result: Result) -> list[str]:
    lines = [
        "## Where the time of a new address goes",
        "",
        "One process, one question at a time, milliseconds of processor by page; what is drawn the "
        "first time in a worker is not counted.",
        "",
        f"| Page | {' | '.join(PARTS)} | Sum |",
        f"|---|{'---|' * (len(PARTS) + 1)}",
    ]
    for page, parts in result.shares.items():
        numbers = " | ".join(f"{parts[part]:.1f}" for part in PARTS)
        name = f"`{page}`" if page else "all pages alike"
        lines.append(f"| {name} | {numbers} | {sum(parts.values()):.1f} |")
    every = result.shares[""]
    shares = " | ".join(f"{every[part] / sum(every.values()):.0%}" for part in PARTS)
    told = "; ".join(f"{part}: {words}" for part, words in PARTS.items())
    return [*lines, f"| share | {shares} | 100% |", "", f"{told}.", ""]


def _first_view(result: Result) -> list[str]:
    lines = [
        "## First view of Tổng quan in Chromium",
        "",
        "A new profile, a server that has just started; from asking for the address to the drawn "
        "page. Libraries are what a browser keeps for a year.",
        "",
        "| Compressed with | s | kB | kB of libraries, beside | Requests | To other hosts |",
        "|---|---|---|---|---|---|",
    ]
    for name, views in result.views.items():
        seconds = statistics.median(one.seconds for one in views)
        others = statistics.median(one.others for one in views) / 1000
        libraries = statistics.median(one.libraries for one in views) / 1000
        asked = max(one.requests for one in views)
        foreign = max(one.foreign for one in views)
        numbers = f"{seconds:.2f} | {others:.0f} | {libraries:.0f} | {asked} | {foreign}"
        lines.append(f"| {name} | {numbers} |")
    return [*lines, ""]


def _line(
    name: str, runs: Iterable[Played], *, page: str | None = None, kind: str | None = None
) -> str:
    """A row of the table: medians of the repeats, counts and failures of all of them."""
    wanted = [
        [one for one in run.records if page in (None, one.page) and kind in (None, one.kind)]
        for run in runs
    ]
    found = [times(records) for records in wanted if records]
    if not found:
        return f"| {name} | 0 | – | – | – | 0 | – |"
    p50 = _median(found, lambda one: one.p50)
    p95 = _median(found, lambda one: one.p95)
    p99 = _median(found, lambda one: one.p99)
    size = _median(found, lambda one: one.kilobytes)
    count, failed = sum(one.count for one in found), sum(one.errors for one in found)
    return f"| {name} | {count} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {failed} | {size:.1f} |"


def _rate(runs: Sequence[Played]) -> str:
    rate = statistics.median(len(one.records) / one.seconds for one in runs)
    server = statistics.median(one.server_cpu for one in runs)
    client = statistics.median(one.client_cpu for one in runs)
    each = statistics.median(one.server_cpu * one.seconds / len(one.records) for one in runs)
    return (
        f"{rate:.1f} answers a second; the server used {server:.2f} cores ({each * 1000:.0f} ms of "
        f"processor for an answer), the readers {client:.2f}."
    )


def _median(values: Iterable[Times], field: Callable[[Times], float]) -> float:
    return statistics.median(field(one) for one in values)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((one.partition(": ")[2] for one in lines if "model name" in one), "unknown")
