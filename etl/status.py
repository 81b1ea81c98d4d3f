"""What the command ``etl status`` tells: release, runs, files waiting and refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from etl.archive import Archive
from etl.deadlines import delivered, summaries
from etl.last_run import RunRecord, read_last_run
from etl.receive import waiting_files
from etl.settings import Settings
from etl.warehouse import Warehouse
from indicators.catalogue import load_catalogue
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
    last_run: dict[str, Any] | None  # the last that received something
    last_attempt: RunRecord | None  # the last at all, failed ones too
    deadlines: list[dict[str, Any]]  # per reporting period: counts by status and their lists


def read_status(settings: Settings, as_of: date) -> Status:
    """Look at everything as of a day; the caller holds the pipeline's lock."""
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
        last_attempt=read_last_run(settings.last_run),
        deadlines=summaries(delivered(settings, load_catalogue(), as_of)),
    )


def _release_id(settings: Settings) -> str | None:
    try:
        return current_release(settings.processed).stem
    except ReleaseUnavailable:
        return None
