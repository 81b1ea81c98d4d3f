"""The archive of received files: with the catalogue, the whole truth.

::

    data/raw/archive/runs/000001.json             one run that received something
    data/raw/archive/files/000001-<sha16>.xlsx    a received file, named by order and content
    data/raw/archive/files/000001-<sha16>.json    its receipt; the file counts from here on

Everything is written to a temporary name first and renamed, so a kill leaves either the whole
thing or nothing; receipts are written when the files are safely on the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from etl.batch import ReceivedFile
from indicators.errors import GenderStatisticsError

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
        """The bytes as they were received.

        Raises:
            GenderStatisticsError: they are not the received ones any more.
        """
        path = self.directory / file.archive_path
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise _damaged(path)
        return content

    def add_run(self, run: ArchivedRun) -> None:
        """Record a run."""
        record = {
            "run_id": run.run_id,
            "started_at": run.started_at.isoformat(),
            "as_of_year": run.as_of_year,
        }
        write_atomically(self._runs / f"{run.run_id:06d}.json", _encode(record))

    def keep(
        self, content: bytes, file_name: str, run: ArchivedRun, sequence: int, now: datetime
    ) -> ReceivedFile:
        """Copy a file in. It counts once its receipt is written too."""
        sha256 = hashlib.sha256(content).hexdigest()
        ending = PurePath(file_name).suffix.lower()
        safe_ending = ending if _SAFE_ENDING.fullmatch(ending) else ".bin"
        received = ReceivedFile(
            submission_id=sha256[:16],
            run_id=run.run_id,
            sequence=sequence,
            received_at=now,
            file_name=file_name[-_LONGEST_NAME_KEPT:],
            archive_path=f"files/{sequence:06d}-{sha256[:16]}{safe_ending}",
            sha256=sha256,
            size=len(content),
        )
        write_atomically(self.directory / received.archive_path, content)
        return received

    def write_receipts(self, files: Sequence[ReceivedFile]) -> None:
        """Make copied files count, once they and after them their receipts are on the disk."""
        _flush()
        for file in files:
            record = {**vars(file), "received_at": file.received_at.isoformat()}
            receipt = (self.directory / file.archive_path).with_suffix(".json")
            write_atomically(receipt, _encode(record))
        _flush()


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside the final name, then rename over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    partial.replace(path)


def _flush() -> None:
    """Ask the system to write everything out, so that a power cut keeps the order of events."""
    if hasattr(os, "sync"):
        os.sync()


def _records(directory: Path) -> list[dict[str, Any]]:
    """All records; an empty one is what a power cut leaves of a file that is still in the inbox."""
    records = []
    for path in sorted(directory.glob("*.json")):
        content = path.read_bytes()
        try:
            records += [json.loads(content)] if content else []
        except ValueError:
            raise _damaged(path) from None
    return records


def _damaged(path: Path) -> GenderStatisticsError:
    return GenderStatisticsError(
        f"Tệp trong kho lưu bị hỏng hoặc bị sửa: {path}; hãy khôi phục tệp này từ bản sao lưu "
        "(a file of the archive is damaged or was changed: restore it from the back-up)"
    )


def _encode(record: dict[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()
