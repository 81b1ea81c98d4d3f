"""What the command ``etl status`` tells: release, runs, files waiting and refused.

It only looks: it neither waits for a run at work nor holds one up, and makes no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.archive import Archive
from etl.locking import is_locked
from etl.receive import waiting_files
from etl.settings import Settings
from etl.warehouse import release_table
from indicators.errors import ReleaseUnavailable
from indicators.releases import current_release
from indicators.tables import Runs, Submissions, SubmissionStatus, empty


@dataclass(frozen=True)
class Status:
    """The state of one data directory."""

    is_running: bool  # a run is at work now
    release_id: str | None
    waiting: int  # files in the inbox
    archived: int  # files ever received
    pending: int  # archived but not published yet: the next run takes them up
    accepted: int
    refused: list[dict[str, Any]]  # file_name, error_count, received_at
    last_run: dict[str, Any] | None


def read_status(settings: Settings) -> Status:
    """Look at inbox, archive and the release in force.

    Raises:
        ReleaseUnavailable: the release in force cannot be read.
    """
    archived = Archive(settings.archive).files()
    waiting = waiting_files(settings.inbox) if settings.inbox.exists() else []
    try:
        release = current_release(settings.processed)
    except ReleaseUnavailable:
        release = None
    submissions = release_table(release, "submissions") if release else empty(Submissions)
    runs = release_table(release, "runs") if release else empty(Runs)
    refused = submissions.sort("sequence").filter(pl.col("status") == SubmissionStatus.REFUSED)
    return Status(
        is_running=is_locked(settings.processed),
        release_id=release.stem if release else None,
        waiting=len(waiting),
        archived=len(archived),
        pending=len(archived) - submissions.height,
        accepted=submissions.height - refused.height,
        refused=refused.select("file_name", "error_count", "received_at").to_dicts(),
        last_run=runs.sort("run_id").row(-1, named=True) if runs.height else None,
    )
