"""What the command ``etl status`` tells: release, runs, files waiting and refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.archive import Archive
from etl.receive import waiting_files
from etl.settings import Settings
from etl.warehouse import Warehouse
from indicators.errors import ReleaseUnavailable
from indicators.releases import current_release
from indicators.tables import SubmissionStatus


@dataclass(frozen=True)
class Status:
    """The state of one data directory."""

    release_id: str | None
    waiting: int  # files in the inbox
    archived: int  # files ever received
    pending: int  # archived but not loaded yet: the next run takes them up
    accepted: int
    refused: list[dict[str, Any]]  # file_name, error_count, received_at
    last_run: dict[str, Any] | None


def read_status(settings: Settings) -> Status:
    """Look at everything; the caller holds the pipeline's lock."""
    archived = Archive(settings.archive).files()
    with Warehouse(settings.warehouse) as warehouse:
        submissions = warehouse.table("submissions")
        runs = warehouse.table("runs")
    refused = submissions.filter(pl.col("status") == SubmissionStatus.REFUSED)
    return Status(
        release_id=_release_id(settings),
        waiting=len(waiting_files(settings.inbox)),
        archived=len(archived),
        pending=len(archived) - submissions.height,
        accepted=submissions.height - refused.height,
        refused=refused.select("file_name", "error_count", "received_at").to_dicts(),
        last_run=runs.row(-1, named=True) if runs.height else None,
    )


def _release_id(settings: Settings) -> str | None:
    try:
        return current_release(settings.processed).stem
    except ReleaseUnavailable:
        return None
