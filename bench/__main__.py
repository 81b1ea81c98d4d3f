"""``python -m bench [--submissions N] [--repeats N]``: prints and keeps the table of results.

Every measurement is a process of its own; the jobs take turns, so that a noisy machine hits all
of them; medians are compared.
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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bench.generate import ONE_FAULTY_IN, ROWS_PER_FORM
from etl.settings import Settings
from indicators.releases import current_release

RESULTS = Path(__file__).parent / "RESULTS.md"
COMMUNES = 3_321  # of the country, from 1 July 2025
JOBS = {
    "read": "merely read the same files with the same reader, in as many processes",
    "read_alone": "the same in one process, one file after the other",
    "etl": "`etl run`: every stage from receive to publish, with a reply for each file",
}


@dataclass(frozen=True)
class Outcome:
    """One measurement; seconds count from after the imports."""

    seconds: float
    main_megabytes: float  # peak of the main process
    child_megabytes: float  # peak of its largest child
    stages: dict[str, float]  # seconds by stage of the pipeline
    rows: dict[str, int]  # what was made: observations, assessments, those of the full board


def main() -> None:
    """Measure, or (as ``--job``) be the process that is measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--submissions", type=int, default=COMMUNES)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--job", choices=["generate", *JOBS], help=argparse.SUPPRESS)
    parser.add_argument("--inputs", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.job:
        _job(arguments.job, arguments.inputs, arguments.submissions)
    else:
        _measure(arguments.submissions, arguments.repeats)


# In the process that is measured --------------------------------------------------------------


def _job(job: str, inputs: Path, submissions: int) -> None:
    if job == "generate":
        from bench.generate import generate

        generate(inputs, submissions)
        return
    stages: dict[str, float] = {}
    rows: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as scratch:
        if job == "etl":
            seconds, stages, rows = _etl(inputs, Path(scratch), submissions)
        else:
            seconds = _read(inputs, job)
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(json.dumps([seconds, *peaks, stages, rows]))


def _read(inputs: Path, job: str) -> float:
    """Cell addresses and error cells included; the results are thrown away."""
    from etl.read import read
    from etl.reading_pool import reading_pool

    settings = Settings()
    start = time.perf_counter()
    files = sorted(inputs.iterdir())
    if job == "read_alone":
        for path in files:
            read(path.read_bytes(), path.name, settings.limits)
        return time.perf_counter() - start
    batches = (
        [(path.name, path.read_bytes()) for path in files[first : first + settings.batch_size]]
        for first in range(0, len(files), settings.batch_size)
    )
    with reading_pool(settings.limits, settings.worker_processes) as pool:
        for _ in pool.work_ahead(batches):
            pass
    return time.perf_counter() - start


def _etl(
    inputs: Path, scratch: Path, submissions: int
) -> tuple[float, dict[str, float], dict[str, int]]:
    from structlog.testing import capture_logs

    from etl.pipeline import run

    settings = Settings(data_directory=scratch)
    now = datetime.now(UTC).replace(tzinfo=None)
    with capture_logs() as logged:
        start = time.perf_counter()
        report = run(settings, [inputs], now)
        seconds = time.perf_counter() - start
    if len(report.refused) != submissions // ONE_FAULTY_IN or report.release_id is None:
        raise SystemExit(f"the benchmark's faulty files were not those refused: {report}")
    stages: dict[str, float] = {}
    for line in logged:
        if line["event"] == "stage":
            stages[line["stage"]] = stages.get(line["stage"], 0.0) + line["seconds"]
    rows = {"observations": report.observations, "assessments": report.assessments}
    return seconds, stages, rows | {"board": _full_board(settings)}


def _full_board(settings: Settings) -> int:
    """Verdicts of the nation and its 34 provinces; each must rest on a figure.

    Left out are targets without a number and levels that were abolished before the milestone.
    """
    with duckdb.connect(str(current_release(settings.processed)), read_only=True) as release:
        [(judged, without)] = release.execute(
            """
            SELECT count(*), count(*) FILTER (latest_observation_id IS NULL AND basis <> 'parts')
            FROM assessments JOIN localities USING (locality_id)
            WHERE is_primary AND level IN ('national', 'province')
                AND (geo_version = '2025' OR level = 'national')
                AND verdict_reason IS DISTINCT FROM 'no_target_number'
            """
        ).fetchall()
    if without:
        raise SystemExit(f"{without} of {judged} verdicts of the full board rest on no figure")
    return int(judged)


# In the process that measures -----------------------------------------------------------------


def _measure(submissions: int, repeats: int) -> None:
    with tempfile.TemporaryDirectory() as inputs:
        _run("generate", Path(inputs), submissions)
        size = sum(path.stat().st_size for path in Path(inputs).iterdir()) / 1e6
        outcomes: dict[str, list[Outcome]] = {job: [] for job in JOBS}
        for _ in range(repeats):
            for job, results in outcomes.items():
                answer = _run(job, Path(inputs), submissions)
                results.append(Outcome(*json.loads(answer.splitlines()[-1])))
    report = _report(submissions, repeats, size, outcomes)
    RESULTS.write_text(report, encoding="utf-8")
    print(report)


def _run(job: str, inputs: Path, submissions: int) -> bytes:
    command = [sys.executable, "-m", "bench", "--job", job, "--inputs", str(inputs)]
    command += ["--submissions", str(submissions)]
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout


def _report(submissions: int, repeats: int, size: float, outcomes: dict[str, list[Outcome]]) -> str:
    seconds = {job: statistics.median(one.seconds for one in outcomes[job]) for job in JOBS}
    lines = [
        "# Benchmark results",
        "",
        f"{submissions} generated workbooks of {ROWS_PER_FORM} lines ({size:.0f} MB), one in "
        f"{ONE_FAULTY_IN} faulty; {repeats} repeats, jobs in turn, a new process each, medians; "
        "seconds count from after the imports.",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"{datetime.now(UTC):%Y-%m-%d}. Trust the ratios, not the seconds.",
        "",
        "| Job | Ratio | Median s | Range s | Peak MB, main process | Peak MB, largest child |",
        "|---|---|---|---|---|---|",
    ]
    for job, words in JOBS.items():
        times = [one.seconds for one in outcomes[job]]
        main_peak = statistics.median(one.main_megabytes for one in outcomes[job])
        child_peak = statistics.median(one.child_megabytes for one in outcomes[job])
        lines.append(
            f"| {words} | {seconds[job] / seconds['read']:.2f} | {seconds[job]:.1f} "
            f"| {min(times):.1f}–{max(times):.1f} | {main_peak:.0f} | {child_peak:.0f} |"
        )
    lines += [
        "",
        f"The whole pipeline takes {seconds['etl'] / seconds['read']:.1f} times as long as reading "
        f"in as many processes, and {seconds['etl'] / seconds['read_alone']:.1f} times as long as "
        "reading in one.",
        "",
        *_stage_lines(outcomes["etl"]),
    ]
    return "\n".join(lines)


def _stage_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Where the run's time goes, the full assessment among it."""
    rows = outcomes[0].rows
    lines = [
        "The run also takes in 98 workbooks of the nation and its provinces (63 until 2024, 34 for "
        f"2025) with a value for every target, and makes {rows['observations']} observations and "
        f"{rows['assessments']} assessments; {rows['board']} of them are the full board: nation "
        "and 34 provinces × "
        "every target that has a number × its milestones.",
        "",
        "| Stage | Median s | Share of the run |",
        "|---|---|---|",
    ]
    for name in outcomes[0].stages:
        seconds = statistics.median(one.stages[name] for one in outcomes)
        share = statistics.median(one.stages[name] / one.seconds for one in outcomes)
        lines.append(f"| {name} | {seconds:.1f} | {share:.0%} |")
    return [*lines, ""]


if __name__ == "__main__":
    main()
