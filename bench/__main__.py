"""``python -m bench [--submissions N] [--repeats N]``: prints and keeps the table of results.

Every measurement is a process of its own; the two jobs take turns, so that a noisy machine hits
both; medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure, or (as ``--job``) be the process that is measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--job", choices=["generate", "least", "etl"], help=argparse.SUPPRESS)
    parser.add_argument("--inputs", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.job:
        _job(arguments.job, arguments.inputs, arguments.submissions)
    else:
        _measure(arguments.submissions, arguments.repeats)


def _job(job: str, inputs: Path, submissions: int) -> None:
    """One job in this process; prints seconds (after the imports) and peak memory as JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        seconds, rows = _JOBS[job](inputs, Path(scratch), submissions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "peak_megabytes": peak}))


def _generate(inputs: Path, _scratch: Path, submissions: int) -> tuple[float, int]:
    from bench.generate import generate

    start = time.perf_counter()
    generate(inputs, submissions)
    return time.perf_counter() - start, submissions


def _least(inputs: Path, scratch: Path, _submissions: int) -> tuple[float, int]:
    from bench.least import read_and_insert

    start = time.perf_counter()
    rows = read_and_insert(inputs, scratch / "raw.duckdb")
    return time.perf_counter() - start, rows


def _etl(inputs: Path, scratch: Path, submissions: int) -> tuple[float, int]:
    from etl.pipeline import run
    from etl.settings import Settings

    now = datetime.now(UTC).replace(tzinfo=None)
    start = time.perf_counter()
    report = run(Settings(data_directory=scratch), [inputs], now)
    seconds = time.perf_counter() - start
    if report.accepted != submissions or report.release_id is None:
        raise SystemExit(f"the benchmark's submissions were not all accepted: {report}")
    return seconds, report.observations


_JOBS = {"generate": _generate, "least": _least, "etl": _etl}


def _measure(submissions: int, repeats: int) -> None:
    with tempfile.TemporaryDirectory() as inputs:
        _run("generate", Path(inputs), submissions)
        size = sum(path.stat().st_size for path in Path(inputs).iterdir()) / 1e6
        outcomes: dict[str, list[dict[str, float]]] = {"least": [], "etl": []}
        for _ in range(repeats):
            for job, results in outcomes.items():
                results.append(_run(job, Path(inputs), submissions))
    report = _report(submissions, repeats, size, outcomes)
    RESULTS.write_text(report, encoding="utf-8")
    print(report)


def _run(job: str, inputs: Path, submissions: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench", "--job", job, "--inputs", str(inputs)]
    command += ["--submissions", str(submissions)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _report(
    submissions: int, repeats: int, size: float, outcomes: dict[str, list[dict[str, float]]]
) -> str:
    medians = {
        job: {name: statistics.median(one[name] for one in results) for name in results[0]}
        for job, results in outcomes.items()
    }
    ratio = medians["etl"]["seconds"] / medians["least"]["seconds"]
    seconds = {job: [one["seconds"] for one in results] for job, results in outcomes.items()}
    spread = {job: f"{min(times):.2f}–{max(times):.2f}" for job, times in seconds.items()}
    words = {
        "least": "read every cell with the same reader, insert raw rows into DuckDB",
        "etl": "`etl run`: every stage from receive to publish, with a reply for each file",
    }
    lines = [
        "# Benchmark results",
        "",
        f"{submissions} generated workbooks of about 200 lines ({size:.0f} MB), {repeats} repeats, "
        "jobs in turn, a new process each, medians; seconds count from after the imports.",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"{datetime.now(UTC):%Y-%m-%d}. Trust the ratio, not the seconds.",
        "",
        "| Job | Ratio | Median s | Range s | Peak MB |",
        "|---|---|---|---|---|",
    ]
    for job, median in medians.items():
        lines.append(
            f"| {words[job]} | {median['seconds'] / medians['least']['seconds']:.2f} "
            f"| {median['seconds']:.2f} | {spread[job]} | {median['peak_megabytes']:.0f} |"
        )
    lines += ["", f"The whole pipeline takes {ratio:.1f} times the least possible time.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
