"""Stage *publish*: last checks, a new immutable file, and one atomic switch.

Readers hold the old file or the new one, never a half of either: the file gets its name only when
it is complete, and ``current`` is replaced in one step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from etl.archive import write_atomically
from etl.release_diff import changes_since_current
from etl.warehouse import row_counts, write_release_file
from indicators.assessment import METHOD_VERSION
from indicators.errors import PublishError, ReleaseUnavailable
from indicators.releases import POINTER_FILE, RELEASES_DIRECTORY, current_release
from indicators.tables import (
    CHANGE_TABLES,
    SCHEMA_VERSION,
    SERIES_KEY,
    ReleaseInfo,
    conform,
    polars_schema,
)

_ASSESSMENT_KEY = ["locality_id", "target_id", "milestone_year", "source_family"]
# Sorted for the reads that matter: one indicator over places and years.
_OBSERVATION_ORDER = ["indicator_id", "time_period", "sex", "ref_area", *SERIES_KEY]


@dataclass(frozen=True)
class ReleaseOrigin:
    """What a release is made from."""

    run_id: int
    as_of_year: int
    catalogue_digest: str


def publish(
    processed: Path, frames: dict[str, pl.DataFrame], origin: ReleaseOrigin, now: datetime
) -> str:
    """Publish the tables as a new release and return its identity.

    What changed since the release in force until now is found here and kept in the new one.

    Raises:
        PublishError: a last check failed; the old release stays in force.
    """
    directory = processed / RELEASES_DIRECTORY
    directory.mkdir(parents=True, exist_ok=True)
    release_id = _free_identity(directory, origin.run_id, now)
    frames = checked_and_sorted(frames)
    previous_id, changes = changes_since_current(processed, frames, origin.catalogue_digest)
    info = release_info(release_id, frames, origin, now) | {"previous_release_id": previous_id}
    final = directory / f"{release_id}.duckdb"
    write_release(final, frames | changes.stored, info)
    write_atomically(processed / POINTER_FILE, f"{final.name}\n".encode())
    return release_id


def checked_and_sorted(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables as a release holds them.

    Raises:
        PublishError: a last check failed.
    """
    check_before_publishing(frames)
    return {
        **frames,
        "observations": frames["observations"].sort(list(dict.fromkeys(_OBSERVATION_ORDER))),
        "assessments": frames["assessments"].sort(_ASSESSMENT_KEY),
    }


def write_release(
    final: Path, frames: Mapping[str, pl.DataFrame], info: Mapping[str, object]
) -> None:
    """Write a release file that has its name only when it is complete, and is never changed.

    Raises:
        PublishError: it cannot be written, or not all of it was.
    """
    row = pl.DataFrame([info], schema=polars_schema(ReleaseInfo))
    whole = {**frames, "release_info": conform(row, ReleaseInfo)}
    partial = final.with_name(final.name + ".partial")
    partial.unlink(missing_ok=True)
    write_release_file(partial, whole)
    _compare_counts(partial, whole)
    partial.chmod(0o444)
    partial.replace(final)


def check_before_publishing(frames: Mapping[str, pl.DataFrame]) -> None:
    """The last checks.

    Raises:
        PublishError: names every check that failed.
    """
    observations, assessments = frames["observations"], frames["assessments"]
    submitted = observations.filter(pl.col("submission_id").is_not_null())
    faults = {
        "trùng khóa số liệu (duplicate series keys)": observations.select(SERIES_KEY)
        .is_duplicated()
        .sum(),
        "trùng khóa đánh giá (duplicate assessment keys)": assessments.select(_ASSESSMENT_KEY)
        .is_duplicated()
        .sum(),
        "số liệu không rõ báo cáo (figures without a submission)": submitted.join(
            frames["submissions"], on="submission_id", how="anti"
        ).height,
        "kết quả thiếu văn bản đặt mục tiêu (verdicts without a target document)": assessments.join(
            frames["targets"], left_on="binding_target_id", right_on="target_id", how="anti"
        ).height
        + assessments.join(frames["programmes"], on="programme_id", how="anti").height,
        "kết quả dựa trên số liệu không có trong bản công bố (verdicts without their figure)": (
            assessments.filter(pl.col("latest_observation_id").is_not_null())
            .join(
                observations,
                left_on="latest_observation_id",
                right_on="observation_id",
                how="anti",
            )
            .height
        ),
    }
    failed = [f"{name}: {count}" for name, count in faults.items() if count]
    if failed:
        raise PublishError(f"Không công bố được (not published): {'; '.join(failed)}")


def check_nothing_lost(warehouse: pl.DataFrame, released: pl.DataFrame) -> None:
    """Every value in force in the warehouse must be in the release.

    Raises:
        PublishError: some are missing.
    """
    lost = warehouse.join(released, on="observation_id", how="anti").height
    if lost:
        raise PublishError(f"Không công bố được: mất {lost} số liệu (figures would be lost)")


def content_digest(frames: Mapping[str, pl.DataFrame]) -> str:
    """SHA-256 over all tables but release_info and those that say what stood before; equal
    content gives an equal digest.
    """
    digest = hashlib.sha256()
    for name in sorted(set(frames) - {"release_info", *CHANGE_TABLES}):
        digest.update(name.encode())
        digest.update(frames[name].write_csv().encode())
    return digest.hexdigest()


def prune(processed: Path, keep: int) -> int:
    """Remove the oldest releases beyond ``keep`` and leftovers of killed runs; count them."""
    try:
        in_force = current_release(processed)
    except ReleaseUnavailable:
        return 0
    directory = processed / RELEASES_DIRECTORY
    releases = sorted(directory.glob("*.duckdb"), reverse=True)
    superfluous = [path for path in releases[keep:] if path != in_force]
    superfluous += [path for path in directory.iterdir() if ".duckdb." in path.name]
    removed = 0
    for path in superfluous:
        try:
            path.unlink()
            removed += 1
        except PermissionError:
            continue  # Windows: a reader still has it open; the next run tries again
    return removed


def _free_identity(directory: Path, run_id: int, now: datetime) -> str:
    stem = f"{now:%Y%m%dT%H%M%S}-{run_id:06d}"
    taken = {path.stem for path in directory.glob("*.duckdb")}
    number = 1
    while (identity := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return identity


def release_info(
    release_id: str, frames: Mapping[str, pl.DataFrame], origin: ReleaseOrigin, now: datetime
) -> dict[str, object]:
    """The one row of that table; what a release need not have is null."""
    return {
        "release_id": release_id,
        "created_at": now,
        "run_id": origin.run_id,
        "as_of_year": origin.as_of_year,
        "method_version": METHOD_VERSION,
        "catalogue_digest": origin.catalogue_digest,
        "schema_version": SCHEMA_VERSION,
        "content_digest": content_digest(frames),
        "previous_release_id": None,
        "as_of_day": None,
    }


def _compare_counts(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    written = row_counts(path)
    differing = [name for name, frame in frames.items() if written.get(name) != frame.height]
    if differing:
        raise PublishError(
            f"Tệp công bố ghi thiếu dòng ở bảng (rows missing in): {', '.join(differing)}"
        )
