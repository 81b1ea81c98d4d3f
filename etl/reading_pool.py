"""Reads files in processes of their own (:mod:`etl.worker_pool`)."""

from __future__ import annotations

import sys
from typing import Final

from etl.finding import Finding
from etl.limits import ReadLimits
from etl.read import ReadResult
from etl.worker_pool import Item, WorkerPool

_COMMAND: Final = (sys.executable, "-P", "-m", "etl.reading_process")
_FILES_TOGETHER: Final = 8


def reading_pool(limits: ReadLimits, processes: int) -> WorkerPool[ReadResult]:
    """Workers that read (name, content)."""
    return WorkerPool(_COMMAND, limits, processes, _FILES_TOGETHER, _stopped)


def _stopped(file: Item, reason: str) -> ReadResult:
    return ReadResult(findings=[Finding("FILE_READING_STOPPED", value=file[0], detail=reason)])
