"""Stage *receive*: identify files, hash them, copy them into the archive.

Files of the inbox are moved there; files named on the command line are copied and stay. A file
whose content is already in the archive changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl.archive import Archive, ArchivedRun

# Locks and half-copied files of office programs and file managers.
_PASSED_OVER_PREFIXES = (".", "~$")
_PASSED_OVER_ENDINGS = (".partial", ".part", ".tmp", ".crdownload")


@dataclass(frozen=True)
class Receipt:
    """What came in."""

    run: ArchivedRun | None  # None when nothing new came
    new: int = 0
    repeated: list[str] = field(default_factory=list)  # names of files received before
    unsettled: list[str] = field(default_factory=list)  # still being copied: next time


@dataclass(frozen=True)
class _Candidate:
    path: Path
    name: str
    from_inbox: bool


def receive(
    archive: Archive,
    inbox: Path,
    paths: Sequence[Path],
    *,
    now: datetime,
    settle_seconds: float,
) -> Receipt:
    """Bring new files into the archive; ``now`` is naive UTC."""
    known = archive.files()
    digests = {file.sha256 for file in known}
    sequence = max((file.sequence for file in known), default=0)
    run: ArchivedRun | None = None
    new, repeated, unsettled, done = 0, [], [], []
    for candidate in _candidates(inbox, paths):
        if candidate.from_inbox and not _is_settled(candidate.path, settle_seconds):
            unsettled.append(candidate.name)
            continue
        before = candidate.path.stat()
        content = candidate.path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest in digests:
            repeated.append(candidate.name)
        else:
            if run is None:
                run = _start_run(archive, now)
            sequence += 1
            archive.add_file(content, candidate.name, run, sequence, now)
            digests.add(digest)
            new += 1
        if candidate.from_inbox:
            done.append((candidate.path, before))
    _clear(done)
    if run is None and _year_has_changed(archive, now):
        run = _start_run(archive, now)
    return Receipt(run, new, repeated, unsettled)


def _year_has_changed(archive: Archive, now: datetime) -> bool:
    """A new year closes milestones and ages figures, so it is a run even without files."""
    runs = archive.runs()
    return bool(runs) and runs[-1].as_of_year < now.year


def _start_run(archive: Archive, now: datetime) -> ArchivedRun:
    last = max((run.run_id for run in archive.runs()), default=0)
    run = ArchivedRun(last + 1, now, now.year)
    archive.add_run(run)
    return run


def _candidates(inbox: Path, paths: Sequence[Path]) -> list[_Candidate]:
    """Inbox files by age, then the named ones by path: the order in which they supersede."""
    waiting = waiting_files(inbox)
    named = [file for path in paths for file in sorted(_files_below(path))]
    return [
        *(_Candidate(path, str(path.relative_to(inbox)), from_inbox=True) for path in waiting),
        *(_Candidate(path, path.name, from_inbox=False) for path in named),
    ]


def waiting_files(inbox: Path) -> list[Path]:
    """Files of the inbox, the oldest first."""
    return sorted(_files_below(inbox), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _files_below(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return [
        file
        for file in path.rglob("*")
        if file.is_file()
        and not file.is_symlink()
        and not file.name.startswith(_PASSED_OVER_PREFIXES)
        and not file.name.lower().endswith(_PASSED_OVER_ENDINGS)
    ]


def _is_settled(path: Path, settle_seconds: float) -> bool:
    return time.time() - path.stat().st_mtime >= settle_seconds


def _clear(done: Sequence[tuple[Path, os.stat_result]]) -> None:
    """Remove what is safely archived from the inbox, unless it was written to meanwhile."""
    if done and hasattr(os, "sync"):
        os.sync()
    for path, before in done:
        after = path.stat()
        if (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
            path.unlink()
