"""What the last run did with itself: ``data/processed/last_run.json``, written by every run.

A run that was killed leaves a record without an end, so it is told apart from one that failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson
import structlog

from etl.archive import write_atomically


@dataclass(frozen=True)
class RunRecord:
    """Times are UTC, as ISO text; ``ok`` is None until the run has ended."""

    started: str
    ended: str | None = None
    ok: bool | None = None
    error: str | None = None  # one line


@contextmanager
def recorded_run(path: Path) -> Iterator[None]:
    """Keep a record of the run inside; the caller holds the pipeline's lock."""
    started = _now()
    _write(path, RunRecord(started))
    try:
        yield
    except BaseException as error:
        line = " ".join(f"{type(error).__name__}: {error}".split())
        try:
            _write(path, RunRecord(started, _now(), ok=False, error=line))
        except OSError as not_written:
            # A full disk: what stopped the run is told, not that it could not be written down.
            structlog.get_logger().error("run_not_recorded", run=line, error=str(not_written))
        raise
    _write(path, RunRecord(started, _now(), ok=True))


def read_last_run(path: Path) -> RunRecord | None:
    """The record of the last run, or None before the first."""
    try:
        return RunRecord(**orjson.loads(path.read_bytes()))
    except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(path: Path, record: RunRecord) -> None:
    write_atomically(path, orjson.dumps(asdict(record), option=orjson.OPT_INDENT_2))
