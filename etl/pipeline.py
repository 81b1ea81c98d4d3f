"""The map: one call per stage, from files that arrived to a published release.

receive → read → normalise → correct → check → reply → load → derive → assess → publish
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl
import structlog

from etl.archive import Archive
from etl.batch import ReceivedFile, in_batches
from etl.changes import find_changes
from etl.check import CheckedBatch, History, check_batch
from etl.correct import correct_batch
from etl.information import ReadForm
from etl.isolation import CheckForms, check_isolated
from etl.last_run import recorded_run
from etl.locking import pipeline_lock
from etl.log import stage
from etl.normalise import normalise_batch
from etl.publish import ReleaseOrigin, prune, publish
from etl.px_mapping import PxMapping
from etl.read_forms import read_batches
from etl.reading_pool import reading_pool
from etl.receive import receive
from etl.release_frames import release_frames
from etl.reply import Answer, answers, write_replies
from etl.reply_pool import reply_pool
from etl.settings import Settings
from etl.warehouse import PublishedFiles, Warehouse
from indicators.assessment import METHOD_VERSION
from indicators.catalogue import Catalogue, load_catalogue
from indicators.errors import ReleaseUnavailable
from indicators.receipt import SubmissionStatus
from indicators.releases import current_release
from indicators.tables import SCHEMA_VERSION

_OUTCOMES = ("passed", "failed", "cannot_tell")  # of checks against history, for the log

_LATER_THAN_ALL = 2**62  # sequence of a file that was not received
Progress = Callable[[str, int, int], None]  # stage, done, total


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


@dataclass
class RunReport:
    """What a run did."""

    received: int = 0
    repeated: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    not_cleared: list[str] = field(default_factory=list)
    accepted: int = 0
    refused: list[str] = field(default_factory=list)  # file names
    warnings: int = 0
    observations: int = 0
    assessments: int = 0
    release_id: str | None = None  # None: nothing changed, the old release stays

    def count(self, checked: CheckedBatch) -> None:
        """Add a batch."""
        refused = checked.submissions.filter(pl.col("status") == SubmissionStatus.REFUSED)
        self.refused += refused["file_name"].to_list()
        self.accepted += checked.submissions.height - refused.height
        self.warnings += int(checked.submissions["warning_count"].sum())


@dataclass(frozen=True)
class Validation:
    """What would become of a file."""

    checked: CheckedBatch
    answer: Answer


def run(
    settings: Settings, paths: Sequence[Path], now: datetime, progress: Progress = no_progress
) -> RunReport:
    """Take in what arrived and publish a release if anything changed.

    Args:
        settings: where data lie.
        paths: files and folders to take in beside the inbox; they are copied, not moved.
        now: naive UTC.
        progress: told how far long stages are.

    Raises:
        PipelineBusy: another run is at work.
        CatalogueError: the catalogue is wrong; nothing was received.
        WarehouseError: the warehouse cannot be opened.
        PublishError: a last check failed; the old release stays.
        OSError: a directory cannot be read or written, or the disk is full.
    """
    with pipeline_lock(settings.processed), recorded_run(settings.last_run):
        catalogue = load_catalogue()
        archive = Archive(settings.archive)
        report = RunReport()
        with stage("receive") as counts:
            receipt = receive(
                archive, settings.inbox, paths, now=now, settle_seconds=settings.settle_seconds
            )
            report.received, report.repeated = receipt.new, receipt.repeated
            report.unsettled, report.unreadable = receipt.unsettled, receipt.unreadable
            report.not_cleared = receipt.not_cleared
            counts.update(new=receipt.new, repeated=len(receipt.repeated))
        if _has_other_origin(settings, catalogue):
            structlog.get_logger().info("catalogue_changed", action="rebuild")
            _replace_warehouse(settings, archive, catalogue, report, progress)
        with Warehouse(settings.warehouse) as warehouse:
            _take_up_pending(settings, archive, warehouse, catalogue, report, progress)
            _release(settings, archive, warehouse, catalogue, now, report)
        return report


def rebuild(settings: Settings, now: datetime, progress: Progress = no_progress) -> RunReport:
    """Make the warehouse anew from the archive and the catalogue, and publish.

    Raises: as :func:`run`.
    """
    with pipeline_lock(settings.processed), recorded_run(settings.last_run):
        catalogue = load_catalogue()
        archive = Archive(settings.archive)
        report = RunReport()
        _replace_warehouse(settings, archive, catalogue, report, progress)
        with Warehouse(settings.warehouse) as warehouse:
            _release(settings, archive, warehouse, catalogue, now, report)
        return report


def validate(path: Path, settings: Settings, now: datetime) -> Validation:
    """Read and check one file, against what is published, without keeping anything of it.

    Raises:
        CatalogueError: the catalogue is wrong.
        ReleaseUnavailable: there is a release, and it cannot be read.
    """
    catalogue = load_catalogue()
    published = PublishedFiles(_current_release(settings))
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    file = ReceivedFile(sha256[:16], 0, _LATER_THAN_ALL, now, path.name, "", sha256, len(content))
    with reading_pool(settings.limits, processes=1) as pool:
        batches = read_batches([[file]], lambda _: content, pool, PxMapping(catalogue))
        [[read]] = list(batches)
    checked = check_isolated([read.form], _checker(catalogue, published.values_in_force))
    changes = find_changes(checked, published, catalogue)
    return Validation(checked, next(answers(checked, [read], changes)))


# Stages read … load, in batches ---------------------------------------------------------------


def _take_up_pending(
    settings: Settings,
    archive: Archive,
    warehouse: Warehouse,
    catalogue: Catalogue,
    report: RunReport,
    progress: Progress,
) -> None:
    """Load every archived file that the warehouse does not have, a killed run's included."""
    loaded = warehouse.submission_ids()
    pending = [file for file in archive.files() if file.submission_id not in loaded]
    warehouse.add_runs(archive.runs())
    warehouse.sign(catalogue.digest)
    check = _checker(catalogue, warehouse.values_in_force)
    batches = in_batches(pending, settings.batch_size, settings.batch_megabytes * 1_000_000)
    with (
        reading_pool(settings.limits, settings.worker_processes) as readers,
        reply_pool(settings.limits, settings.worker_processes) as repliers,
    ):
        reading = read_batches(batches, archive.content, readers, PxMapping(catalogue))
        done = 0
        while done < len(pending):
            with stage("read") as counts:
                received = next(reading)
                counts.update(files=len(received))
            checked = check_isolated([one.form for one in received], check)
            with stage("reply") as counts:
                changes = find_changes(checked, warehouse, catalogue)
                told = list(answers(checked, received, changes))
                write_replies(settings.replies, told, repliers)
                counts.update(files=len(told), sent_again=len(changes))
            with stage("load") as counts:
                warehouse.load(checked)
                counts.update(
                    submissions=checked.submissions.height, rows=checked.observations.height
                )
            report.count(checked)
            done += len(received)
            progress("read … load", done, len(pending))


def _checker(catalogue: Catalogue, history: History) -> CheckForms:
    """Stages normalise, correct and check over forms that were read."""
    registry = catalogue.registry

    def check(forms: Sequence[ReadForm]) -> CheckedBatch:
        with stage("normalise") as counts:
            normalised = normalise_batch(forms, registry)
            counts.update(rows=normalised.observations.height)
        with stage("correct") as counts:
            corrected = correct_batch(normalised, catalogue)
            counts.update(corrections=corrected.corrections.height)
        with stage("check") as counts:
            checked = check_batch(corrected, catalogue, history)
            counts.update(accepted_rows=checked.observations.height, issues=checked.issues.height)
            counts.update(checked.outcomes.select(*_OUTCOMES).sum().row(0, named=True))
        return checked

    return check


# Stages derive … publish ----------------------------------------------------------------------


def _release(
    settings: Settings,
    archive: Archive,
    warehouse: Warehouse,
    catalogue: Catalogue,
    now: datetime,
    report: RunReport,
) -> None:
    runs = archive.runs()
    if not runs:
        return
    last = runs[-1]
    inputs = _inputs_digest(catalogue, last.as_of_year, warehouse.table("submissions"))
    if inputs == warehouse.published_inputs() and _current_release(settings):
        return
    frames = release_frames(warehouse, catalogue, last)
    with stage("publish") as counts:
        origin = ReleaseOrigin(last.run_id, last.as_of_year, catalogue.digest)
        report.release_id = publish(settings.processed, frames, origin, now)
        warehouse.set_published_inputs(inputs)
        counts.update(pruned=prune(settings.processed, settings.keep_releases))
    report.observations = frames["observations"].height
    report.assessments = frames["assessments"].height


def _inputs_digest(catalogue: Catalogue, as_of_year: int, submissions: pl.DataFrame) -> str:
    """Everything that a release depends on."""
    made_from = submissions.select("submission_id", "status", "superseded_by").write_csv()
    words = (catalogue.digest, SCHEMA_VERSION, METHOD_VERSION, str(as_of_year), made_from)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _current_release(settings: Settings) -> Path | None:
    try:
        return current_release(settings.processed)
    except ReleaseUnavailable:
        return None


# The warehouse as a whole ---------------------------------------------------------------------


def _has_other_origin(settings: Settings, catalogue: Catalogue) -> bool:
    """Whether the warehouse was made with another catalogue or version."""
    if not settings.warehouse.exists():
        return False
    with Warehouse(settings.warehouse) as warehouse:
        return not warehouse.fits(catalogue.digest)


def _replace_warehouse(
    settings: Settings,
    archive: Archive,
    catalogue: Catalogue,
    report: RunReport,
    progress: Progress,
) -> None:
    """Fill a new warehouse from the archive and put it in the place of the old one."""
    fresh = settings.warehouse.with_name("warehouse.rebuild.duckdb")
    for leftover in (fresh, _log_of(fresh)):
        leftover.unlink(missing_ok=True)
    with Warehouse(fresh) as warehouse:
        _take_up_pending(settings, archive, warehouse, catalogue, report, progress)
    # A stale write-ahead log beside the new file would be replayed into it.
    _log_of(settings.warehouse).unlink(missing_ok=True)
    fresh.replace(settings.warehouse)


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
