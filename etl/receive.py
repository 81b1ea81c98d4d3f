"""Stage *receive*: identify files, hash them, copy them into the archive.

Files of the inbox are moved there; files named on the command line are copied and stay. A file
whose content is already in the archive changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl.archive import Archive, ArchivedRun
from etl.batch import ReceivedFile

# Locks and half-copied files of office programs and file managers.
_PASSED_OVER_PREFIXES = (".", "~$")
_PASSED_OVER_ENDINGS = (".partial", ".part", ".tmp", ".crdownload")


@dataclass(frozen=True)
class Receipt:
    """What came in."""

    run: ArchivedRun | None = None  # None when nothing new came
    new: int = 0
    repeated: list[str] = field(default_factory=list)  # names of files received before
    unsettled: list[str] = field(default_factory=list)  # still being copied: next time
    unreadable: list[str] = field(default_factory=list)  # no permission, or gone meanwhile
    not_cleared: list[str] = field(default_factory=list)  # received, but stuck in the inbox


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
    """Bring new files into the archive; ``now`` is naive UTC.

    Raises:
        OSError: the inbox cannot be listed or the archive cannot be written.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    known = archive.files()
    digests = {file.sha256 for file in known}
    sequence = max((file.sequence for file in known), default=0)
    run: ArchivedRun | None = None
    kept: list[ReceivedFile] = []
    repeated, unsettled, unreadable, done = [], [], [], []
    for candidate in _candidates(inbox, paths):
        try:
            before = candidate.path.stat()
            if candidate.from_inbox and not _is_settled(before, settle_seconds):
                unsettled.append(candidate.name)
                continue
            content = candidate.path.read_bytes()
        except OSError:
            unreadable.append(candidate.name)
            continue
        digest = hashlib.sha256(content).hexdigest()
        if digest in digests:
            repeated.append(candidate.name)
        else:
            run = run or _start_run(archive, now)
            sequence += 1
            kept.append(archive.keep(content, candidate.name, run, sequence, now))
            digests.add(digest)
        if candidate.from_inbox:
            done.append((candidate, before))
    if kept:
        archive.write_receipts(kept)
    not_cleared = _clear(done)
    if run is None and _year_has_changed(archive, now):
        run = _start_run(archive, now)
    return Receipt(run, len(kept), repeated, unsettled, unreadable, not_cleared)


def _year_has_changed(archive: Archive, now: datetime) -> bool:
    """A new year closes milestones and ages figures, so it is a run even without files.

    A year that goes back is one too: the clock was wrong before.
    """
    runs = archive.runs()
    return bool(runs) and runs[-1].as_of_year != now.year


def _start_run(archive: Archive, now: datetime) -> ArchivedRun:
    last = max((run.run_id for run in archive.runs()), default=0)
    run = ArchivedRun(last + 1, now, now.year)
    archive.add_run(run)
    return run


def _candidates(inbox: Path, paths: Sequence[Path]) -> list[_Candidate]:
    """Inbox files by age, then the named ones by path: the order in which they supersede."""
    named = [file for path in paths for file in sorted(_files_below(path))]
    return [
        *(
            _Candidate(path, _readable(path.relative_to(inbox)), from_inbox=True)
            for path in waiting_files(inbox)
        ),
        *(_Candidate(path, _readable(Path(path.name)), from_inbox=False) for path in named),
    ]


def _readable(path: Path) -> str:
    """The name as text; bytes that are no UTF-8 (old archives, old systems) become "�"."""
    return os.fsencode(path).decode("utf-8", "replace")


def waiting_files(inbox: Path) -> list[Path]:
    """Files of the inbox, the oldest first."""
    return sorted(_files_below(inbox), key=lambda path: (_modified(path), path.name))


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # gone meanwhile; reading it will tell


def _files_below(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder that are neither links nor half-copied.

    Raises:
        OSError: the folder or one in it cannot be listed.
    """
    if path.is_file():
        yield path
        return
    for folder, _, names in os.walk(path, onerror=_raise):
        for name in names:
            file = Path(folder, name)
            passed_over = name.startswith(_PASSED_OVER_PREFIXES) or name.lower().endswith(
                _PASSED_OVER_ENDINGS
            )
            if not passed_over and not file.is_symlink() and file.is_file():
                yield file


def _raise(error: OSError) -> None:
    raise error


def _is_settled(state: os.stat_result, settle_seconds: float) -> bool:
    """Whether nobody wrote just now; a time to come is that of another clock."""
    return abs(time.time() - state.st_mtime) >= settle_seconds


def _clear(done: Sequence[tuple[_Candidate, os.stat_result]]) -> list[str]:
    """Remove what is safely archived from the inbox, unless it was written to meanwhile.

    Returns the names of those that could not be removed.
    """
    stuck = []
    for candidate, before in done:
        try:
            after = candidate.path.stat()
            if (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
                candidate.path.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            stuck.append(candidate.name)
    return stuck
