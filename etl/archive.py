"""The archive of received files: with the catalogue, the whole truth.

::

    data/raw/archive/runs/000001.json             one run that received something
    data/raw/archive/files/000001-<sha16>.xlsx    a received file, named by order and content
    data/raw/archive/files/000001-<sha16>.json    its receipt; the file counts from here on

Everything is written to a temporary name first and renamed, so a kill leaves either the whole
thing or nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from etl.batch import ReceivedFile

_SAFE_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_LONGEST_NAME_KEPT = 255


@dataclass(frozen=True)
class ArchivedRun:
    """A run that received something, or that published because the year changed."""

    run_id: int
    started_at: datetime
    as_of_year: int


class Archive:
    """Reads and adds to the archive under one directory."""

    def __init__(self, directory: Path) -> None:
        self._files = directory / "files"
        self._runs = directory / "runs"
        self.directory = directory

    def runs(self) -> list[ArchivedRun]:
        """All recorded runs in order."""
        return [
            ArchivedRun(
                record["run_id"],
                datetime.fromisoformat(record["started_at"]),
                record["as_of_year"],
            )
            for record in _records(self._runs)
        ]

    def files(self) -> list[ReceivedFile]:
        """All received files in the order of receipt."""
        received = [
            ReceivedFile(**{**record, "received_at": datetime.fromisoformat(record["received_at"])})
            for record in _records(self._files)
        ]
        return sorted(received, key=lambda file: file.sequence)

    def content(self, file: ReceivedFile) -> bytes:
        """The bytes as they were received."""
        return (self.directory / file.archive_path).read_bytes()

    def add_run(self, run: ArchivedRun) -> None:
        """Record a run."""
        record = {
            "run_id": run.run_id,
            "started_at": run.started_at.isoformat(),
            "as_of_year": run.as_of_year,
        }
        write_atomically(self._runs / f"{run.run_id:06d}.json", _encode(record))

    def add_file(
        self, content: bytes, file_name: str, run: ArchivedRun, sequence: int, now: datetime
    ) -> ReceivedFile:
        """Keep a file with its receipt."""
        sha256 = hashlib.sha256(content).hexdigest()
        ending = PurePath(file_name).suffix.lower()
        safe_ending = ending if _SAFE_ENDING.fullmatch(ending) else ".bin"
        stem = f"{sequence:06d}-{sha256[:16]}"
        received = ReceivedFile(
            submission_id=sha256[:16],
            run_id=run.run_id,
            sequence=sequence,
            received_at=now,
            file_name=file_name[-_LONGEST_NAME_KEPT:],
            archive_path=f"files/{stem}{safe_ending}",
            sha256=sha256,
            size=len(content),
        )
        write_atomically(self.directory / received.archive_path, content)
        record = {**vars(received), "received_at": now.isoformat()}
        write_atomically(self._files / f"{stem}.json", _encode(record))
        return received


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside the final name, then rename over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    partial.replace(path)


def _records(directory: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(directory.glob("*.json"))]


def _encode(record: dict[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()
