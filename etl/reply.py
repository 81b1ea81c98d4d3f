"""Stage *reply*: findings → an answer to the sender, in Vietnamese, with the faulty cells marked.

For every file ``<sequence>-<name>.json``; for a file of which there is something to say also an
.xlsx: the sender's own workbook (or csv lines as a sheet) with coloured, commented cells, a first
sheet *Kết quả kiểm tra* and, for a file sent again, a sheet of what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import orjson
import polars as pl

from etl.archive import write_atomically
from etl.check import CheckedBatch
from etl.read_forms import ReadFile
from etl.reply_summary import Changes, Findings
from etl.reply_workbook import SentFile, as_workbook
from etl.worker_pool import WorkerPool
from indicators.text import fold

_ANSWERED_FIELDS = (
    "submission_id",
    "file_name",
    "received_at",
    "status",
    "organisation",
    "locality_id",
    "reporting_period",
    "dataset_id",
    "number_locale",
    "row_count",
    "error_count",
    "warning_count",
)
_LONGEST_NAME = 60
_FEWEST_FOR_WORKERS = 8  # fewer workbooks are made before a worker has started


@dataclass(frozen=True)
class Answer:
    """What the sender of one file is told."""

    file: ReadFile
    findings: Findings

    @property
    def wants_workbook(self) -> bool:
        """Whether there is more to say than that the file was accepted."""
        found = self.findings
        return bool(found.issues or found.corrections or found.changes)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        found = self.findings
        return {name: found.submission[name] for name in _ANSWERED_FIELDS} | {
            "issues": found.issues,
            "applied_corrections": found.corrections,
            "changes": found.changes.as_dict() if found.changes else None,
        }

    def write(self, stem: Path) -> None:
        """Write ``<stem>.json`` and, where it is wanted, ``<stem>.xlsx``."""
        self.write_files(
            stem, as_workbook(self.sent, self.findings) if self.wants_workbook else None
        )

    def write_files(self, stem: Path, workbook: bytes | None) -> None:
        """Write ``<stem>.json`` and ``<stem>.xlsx``, if there is one."""
        stem.parent.mkdir(parents=True, exist_ok=True)
        content = orjson.dumps(self.as_dict(), option=orjson.OPT_INDENT_2)
        write_atomically(stem.with_name(f"{stem.name}.json"), content)
        if workbook is not None:
            write_atomically(stem.with_name(f"{stem.name}.xlsx"), workbook)

    @property
    def sent(self) -> SentFile:
        """The file that is answered."""
        return SentFile(self.file.form.file.file_name, self.file.content, self.file.grids)


def reply_name(sequence: int, file_name: str) -> str:
    """A safe name that the sender recognises."""
    return f"{sequence:06d}-{safe_stem(file_name)}"


def safe_stem(file_name: str) -> str:
    """The name of a file without its ending, in small letters, digits and dashes."""
    slug = "-".join(fold(PurePath(file_name).stem).encode("ascii", "ignore").decode().split())
    return slug[:_LONGEST_NAME] or "bao-cao"


def answers(
    batch: CheckedBatch, files: Sequence[ReadFile], changes: Mapping[str, Changes]
) -> Iterator[Answer]:
    """One answer per file of a batch, in its order.

    Args:
        batch: what was found.
        files: the files as they were read.
        changes: what files sent again change, by ``submission_id``.
    """
    issues, corrections = _by_submission(batch.issues), _by_submission(batch.corrections)
    by_identity = {file.form.file.submission_id: file for file in files}
    for submission in batch.submissions.iter_rows(named=True):
        identity = submission["submission_id"]
        yield Answer(
            by_identity[identity],
            Findings(
                submission,
                issues.get(identity, []),
                corrections.get(identity, []),
                changes.get(identity),
            ),
        )


def write_replies(directory: Path, told: Sequence[Answer], pool: WorkerPool[bytes]) -> None:
    """Write every answer; where there are many workbooks, several at once.

    Raises:
        OSError: a reply cannot be written, or no worker be started.
    """
    directory.mkdir(parents=True, exist_ok=True)
    wanted = [answer for answer in told if answer.wants_workbook]
    if len(wanted) < _FEWEST_FOR_WORKERS:
        workbooks = iter([as_workbook(answer.sent, answer.findings) for answer in wanted])
    else:
        workbooks = iter(pool.work([(*answer.sent, answer.findings) for answer in wanted]))
    for answer in told:
        submission = answer.findings.submission
        stem = directory / reply_name(submission["sequence"], submission["file_name"])
        answer.write_files(stem, next(workbooks) if answer.wants_workbook else None)


def _by_submission(rows: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    return {
        str(identity): group.drop("submission_id").to_dicts()
        for (identity,), group in rows.group_by("submission_id", maintain_order=True)
    }
