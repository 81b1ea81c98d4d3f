"""Structured logs: one line per stage with its counts and seconds, on standard error."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import structlog


def utc_now() -> datetime:
    """This moment as naive UTC, as all times are kept."""
    return datetime.now(UTC).replace(tzinfo=None)


def configure_logging() -> None:
    """Lines of ``key=value`` with a UTC time, which people and machines can both read.

    On a terminal a progress bar shows how far the work is, so only warnings are logged there.
    """
    least = logging.WARNING if sys.stderr.isatty() else logging.INFO
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(least),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], drop_missing=True
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class StageCounts(dict[str, int | str]):
    """What a stage counted; it ends up on the stage's log line."""


@contextmanager
def stage(name: str) -> Iterator[StageCounts]:
    """Time a stage and log it when it ends well."""
    counts = StageCounts()
    start = time.perf_counter()
    yield counts
    seconds = round(time.perf_counter() - start, 3)
    structlog.get_logger().info("stage", stage=name, **counts, seconds=seconds)
