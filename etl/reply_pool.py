"""Makes the workbooks of replies in processes of their own (:mod:`etl.worker_pool`)."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final

from etl.limits import ReadLimits
from etl.reply_workbook import SentFile, as_workbook
from etl.worker_pool import Item, WorkerPool

_COMMAND: Final = (sys.executable, "-P", "-m", "etl.reply_process")
_WORKBOOKS_TOGETHER: Final = 2
_TIMES_SLOWER: Final = 4  # than the fast reader: a workbook is read and written as a whole


def reply_pool(limits: ReadLimits, processes: int) -> WorkerPool[bytes]:
    """Workers that make the workbooks of (name, content, grids, findings)."""
    patient = replace(limits, maximum_seconds=limits.maximum_seconds * _TIMES_SLOWER)
    return WorkerPool(_COMMAND, patient, processes, _WORKBOOKS_TOGETHER, _without_the_file)


def _without_the_file(job: Item, _reason: str) -> bytes:
    name, _, _, findings = job
    return as_workbook(SentFile(name, b"", []), findings)
