"""What changed between two releases: for the new release, and for the command ``etl diff``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import structlog

from etl.warehouse import release_columns
from indicators.errors import ReleaseUnavailable
from indicators.release_changes import COMPARED, NO_CHANGES, ReleaseChanges, ReleaseTables, compare
from indicators.releases import POINTER_FILE, RELEASES_DIRECTORY, current_release

_CURRENT = ("current", "hiện hành", "hiện-hành", "hien-hanh")
_PREVIOUS = ("previous", "trước", "truoc")
_INFO = {"release_info": ("release_id", "catalogue_digest", "previous_release_id")}


def changes_since_current(
    processed: Path, frames: Mapping[str, pl.DataFrame], catalogue_digest: str
) -> tuple[str | None, ReleaseChanges]:
    """The release in force and what these tables change against it.

    There is nothing to compare with before the first release, and where the one in force has
    another structure or cannot be read: that must not stop a new one.
    """
    if not (processed / POINTER_FILE).exists():
        return None, NO_CHANGES
    try:
        path = current_release(processed)
        old = release_tables(path)
    except ReleaseUnavailable as error:
        structlog.get_logger().info("no_release_to_compare", reason=str(error))
        return None, NO_CHANGES
    return path.stem, compare(old, ReleaseTables(frames, catalogue_digest))


def compare_files(old: Path, new: Path) -> ReleaseChanges:
    """Everything that differs between two release files, given in the order of time.

    Raises:
        ReleaseUnavailable: one cannot be read or has another structure.
    """
    return compare(release_tables(old), release_tables(new))


def release_tables(path: Path) -> ReleaseTables:
    """What is compared of a release file.

    Raises:
        ReleaseUnavailable: it cannot be read or has another structure.
    """
    tables = release_columns(path, {**COMPARED, **_INFO})
    return ReleaseTables(tables, str(tables["release_info"]["catalogue_digest"][0]))


def find_release(processed: Path, name: str) -> Path:
    """The file of a release: a path, an identity, "current" or "previous" (hiện hành, trước).

    Raises:
        ReleaseUnavailable: there is no such release; the message names those that are kept.
    """
    word = name.strip().lower()
    if word in _CURRENT:
        return current_release(processed)
    if word in _PREVIOUS:
        return _previous(processed)
    kept = processed / RELEASES_DIRECTORY / f"{Path(name).name.removesuffix('.duckdb')}.duckdb"
    for path in (Path(name), kept):
        if path.is_file():
            return path
    raise ReleaseUnavailable(
        f'Không có bản công bố "{name}"; các bản còn giữ: {_kept(processed)} (no such release)'
    )


def _previous(processed: Path) -> Path:
    current = current_release(processed)
    name = release_columns(current, _INFO)["release_info"]["previous_release_id"][0]
    path = current.with_name(f"{name}.duckdb")
    if name is None:
        raise ReleaseUnavailable(
            f"Bản hiện hành {current.stem} không có bản trước để so sánh; các bản còn giữ: "
            f"{_kept(processed)} (the release in force has none before it)"
        )
    if not path.is_file():
        raise ReleaseUnavailable(
            f"Bản trước {name} không còn được giữ; hãy tính lại bằng «etl as-of» rồi so sánh với "
            "tệp đó (the previous release was pruned: make it again with etl as-of)"
        )
    return path


def _kept(processed: Path) -> str:
    kept = sorted(path.stem for path in (processed / RELEASES_DIRECTORY).glob("*.duckdb"))
    return ", ".join(kept) or "–"
