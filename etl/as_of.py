"""What the board said after a past run: its release, made again by today's catalogue and method.

The archive and the warehouse keep everything that was received, in order, so the figures are those
of that run exactly. What cannot be brought back is the catalogue of then; where the original
release is still kept, it is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from etl.archive import Archive, ArchivedRun
from etl.deadlines import local_day
from etl.locking import pipeline_lock
from etl.publish import ReleaseOrigin, checked_and_sorted, release_info, write_release
from etl.release_diff import release_tables
from etl.release_frames import release_frames
from etl.settings import Settings
from etl.warehouse import Warehouse, release_columns
from indicators.catalogue import Catalogue, load_catalogue
from indicators.errors import FileExists, ReleaseUnavailable, UnknownRun, WarehouseError
from indicators.numbers import format_date
from indicators.release_changes import ReleaseChanges, ReleaseTables, compare
from indicators.releases import RELEASES_DIRECTORY, current_release

AS_OF_DIRECTORY = "as-of"


@dataclass(frozen=True)
class PastRelease:
    """A release as of a past run."""

    run: ArchivedRun
    day: date  # last day, in Viet Nam, whose reports are in it
    path: Path
    originals: Sequence[str]  # releases that the run itself published and that are still kept
    since: ReleaseChanges | None  # what changed until the release in force; None without one


def release_as_of(
    settings: Settings,
    now: datetime,
    *,
    day: date | None = None,
    run_id: int | None = None,
    out: Path | None = None,
) -> PastRelease:
    """Write the release as of the last run of a day, or as of one run; nothing else changes.

    Args:
        settings: where data lie.
        now: naive UTC, the time that the file is marked with.
        day: a day in Viet Nam; the last run started on it or before it counts.
        run_id: the run, if not by its day.
        out: the file; by default ``data/processed/as-of/<run>.duckdb``.

    Raises:
        UnknownRun: there is no such run.
        FileExists: ``out`` is a file that was not made by this function.
        PipelineBusy: a run is at work.
        WarehouseError: the warehouse does not hold everything up to that run as the catalogue of
            today reads it.
        PublishError: a last check failed, or the file cannot be written.
    """
    archive = Archive(settings.archive)
    run = _find_run(archive.runs(), day, run_id)
    asked = day or local_day(run.started_at)
    path = out or settings.processed / AS_OF_DIRECTORY / f"{run.run_id:06d}.duckdb"
    _check_place(settings, path)
    with pipeline_lock(settings.processed):
        catalogue = load_catalogue()
        with _complete_warehouse(settings, archive, catalogue, run) as warehouse:
            frames = checked_and_sorted(release_frames(warehouse, catalogue, run))
    origin = ReleaseOrigin(run.run_id, run.as_of_year, catalogue.digest)
    info = release_info(f"as-of-{run.run_id:06d}", frames, origin, now) | {"as_of_day": asked}
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.chmod(0o644)  # Windows: a file that may only be read cannot be replaced
    write_release(path, frames, info)
    since = _changes_since(settings, ReleaseTables(frames, catalogue.digest))
    return PastRelease(run, asked, path, _originals(settings, run), since)


def _find_run(runs: Sequence[ArchivedRun], day: date | None, run_id: int | None) -> ArchivedRun:
    if not runs:
        raise UnknownRun("Chưa có lượt chạy nào; hãy chạy: etl run (no run yet)")
    first, last = runs[0], runs[-1]
    if day is None:
        found = [run for run in runs if run.run_id == run_id]
        if not found:
            raise UnknownRun(
                f"Không có lượt chạy số {run_id}; các lượt đã có: từ {first.run_id} đến "
                f"{last.run_id} (no such run)"
            )
        return found[0]
    before = [run for run in runs if local_day(run.started_at) <= day]
    if not before:
        raise UnknownRun(
            f"Đến ngày {format_date(day)} chưa có lượt chạy nào; lượt đầu tiên là ngày "
            f"{format_date(local_day(first.started_at))} (no run up to that day)"
        )
    return before[-1]


def _check_place(settings: Settings, path: Path) -> None:
    """Never write over a published release or over what is not ours."""
    releases = (settings.processed / RELEASES_DIRECTORY).resolve()
    if path.resolve().parent == releases:
        raise FileExists(
            f"{path}: thư mục này chỉ dành cho các bản công bố; hãy chọn chỗ khác cho --out "
            "(that folder is for published releases only)"
        )
    in_own_folder = path.parent == settings.processed / AS_OF_DIRECTORY
    if path.exists() and not in_own_folder and not _is_ours(path):
        raise FileExists(
            f"{path} đã có và không phải tệp do «etl as-of» ghi, nên được giữ nguyên; hãy chọn tên "
            "khác cho --out (the file exists and was left as it is)"
        )


def _is_ours(path: Path) -> bool:
    try:
        info = release_columns(path, {"release_info": ("as_of_day",)})["release_info"]
    except ReleaseUnavailable:
        return False
    return info["as_of_day"].null_count() == 0


def _complete_warehouse(
    settings: Settings, archive: Archive, catalogue: Catalogue, run: ArchivedRun
) -> Warehouse:
    """The warehouse, if it holds every file up to the run as today's catalogue reads it."""
    received = {file.submission_id for file in archive.files() if file.run_id <= run.run_id}
    if settings.warehouse.exists():
        warehouse = Warehouse(settings.warehouse)
        if warehouse.fits(catalogue.digest) and received <= warehouse.submission_ids():
            return warehouse
        warehouse.close()
    raise WarehouseError(
        f"Kho số liệu {settings.warehouse} chưa có đủ báo cáo theo danh mục hiện nay; hãy chạy "
        "«etl run» rồi làm lại (the warehouse is not up to date: run etl run first)"
    )


def _changes_since(settings: Settings, then: ReleaseTables) -> ReleaseChanges | None:
    try:
        return compare(then, release_tables(current_release(settings.processed)))
    except ReleaseUnavailable:
        return None


def _originals(settings: Settings, run: ArchivedRun) -> list[str]:
    directory = settings.processed / RELEASES_DIRECTORY
    return sorted(path.stem for path in directory.glob(f"*-{run.run_id:06d}*.duckdb"))
