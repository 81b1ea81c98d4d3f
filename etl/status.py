"""What the command ``etl status`` tells: release, runs, files waiting and refused, deadlines.

It only looks: it neither waits for a run at work nor holds one up, and makes no files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from etl.archive import Archive
from etl.last_run import RunRecord, read_last_run
from etl.locking import is_locked
from etl.receive import waiting_files
from etl.settings import Settings
from etl.warehouse import release_table
from indicators.errors import ReleaseUnavailable
from indicators.receipt import SubmissionStatus
from indicators.releases import current_release
from indicators.tables import Runs, Submissions, empty
from indicators.text import fold

_SENDER_AND_PERIOD = ("organisation_folded", "locality_id", "reporting_period")


@dataclass(frozen=True)
class Status:
    """The state of one data directory."""

    is_running: bool  # a run is at work now
    release_id: str | None
    waiting: int  # files in the inbox
    archived: int  # files ever received
    pending: int  # archived but not published yet: the next run takes them up
    accepted: int
    refused: list[dict[str, Any]]  # file_name, error_count, received_at; nothing accepted since
    mended: int  # refused files that the same sender has replaced by an accepted one
    last_run: dict[str, Any] | None  # the last that received something
    last_attempt: RunRecord | None  # the last at all, failed ones too
    deadlines: Sequence[dict[str, Any]]  # per reporting period: counts by status and their lists


def read_status(settings: Settings, deadlines: Sequence[dict[str, Any]]) -> Status:
    """Look at inbox, archive and the release in force.

    Args:
        settings: where data lie.
        deadlines: what :func:`etl.deadlines.summaries` says of who has reported.

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
    accepted = submissions.filter(status=SubmissionStatus.ACCEPTED.value).height
    refused = still_refused(submissions)
    return Status(
        is_running=is_locked(settings.processed),
        release_id=release.stem if release else None,
        waiting=len(waiting),
        archived=len(archived),
        pending=len(archived) - submissions.height,
        accepted=accepted,
        refused=refused.select("file_name", "error_count", "received_at").to_dicts(),
        mended=submissions.height - accepted - refused.height,
        last_run=runs.sort("run_id").row(-1, named=True) if runs.height else None,
        last_attempt=read_last_run(settings.last_run),
        deadlines=deadlines,
    )


def still_refused(submissions: pl.DataFrame) -> pl.DataFrame:
    """Refused files, in order of receipt, that wait for their sender.

    A file leaves the list when one of the same organisation, locality and period is accepted after
    it. A file that does not say all three is never taken for another's.
    """
    known = submissions.with_columns(
        organisation_folded=pl.col("organisation").map_elements(fold, return_dtype=pl.String)
    )
    is_accepted = pl.col("status") == SubmissionStatus.ACCEPTED
    last_accepted = (
        known.filter(is_accepted)
        .group_by(_SENDER_AND_PERIOD)
        .agg(accepted_since=pl.col("sequence").max())
    )
    return (
        known.filter(~is_accepted)
        .join(last_accepted, on=_SENDER_AND_PERIOD, how="left")
        .filter((pl.col("accepted_since") > pl.col("sequence")).fill_null(value=False).not_())
        .select(submissions.columns)
        .sort("sequence")
    )
