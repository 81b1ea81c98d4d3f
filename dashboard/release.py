"""The one door to the data: reads the release in force, and nothing else, from DuckDB.

A release is an immutable file under a name of its own. Every request checks the small
pointer file; a new name opens a new connection, so that a new release shows without a
restart. Answers are cached per release.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from indicators.errors import ReleaseUnavailable
from indicators.releases import current_release
from indicators.tables import SCHEMA_VERSION

CACHED_ANSWERS = 512  # per release and process


class Release:
    """A published release, open for reading; safe to use from several threads."""

    def __init__(self, path: Path, *, is_pinned: bool = False) -> None:
        """Open the file.

        Args:
            path: of the release.
            is_pinned: somebody chose this file; it need not be the release in force.

        Raises:
            ReleaseUnavailable: the file cannot be read or was written in another structure.
        """
        self.path = path
        self.is_pinned = is_pinned
        try:
            self._connection = duckdb.connect(
                str(path),
                read_only=True,
                # One thread: the questions are small, and the other cores serve other readers.
                config={"autoinstall_known_extensions": "false", "threads": 1},
            )
            (info,) = self._connection.execute(
                "SELECT release_id, schema_version FROM release_info"
            ).fetchall()
        except (duckdb.Error, ValueError) as error:
            raise ReleaseUnavailable(
                f"Không đọc được bản công bố {path.name!r} (cannot read the release): {error}"
            ) from error
        self.release_id, schema_version = str(info[0]), str(info[1])
        if schema_version != SCHEMA_VERSION:
            raise ReleaseUnavailable(
                f"Bản công bố {path.name!r} có cấu trúc phiên bản {schema_version}, phần mềm cần "
                f"phiên bản {SCHEMA_VERSION}; hãy chạy: etl rebuild (release of another structure)"
            )
        self._answer = lru_cache(maxsize=CACHED_ANSWERS)(self._ask)

    def query(self, sql: str, **parameters: Hashable) -> pl.DataFrame:
        """Answer of a query with named parameters (``$name``); never build SQL from values."""
        return self._answer(sql, tuple(parameters.items()))

    def _ask(self, sql: str, parameters: tuple[tuple[str, Hashable], ...]) -> pl.DataFrame:
        # A cursor of its own per call: one DuckDB connection must not serve two threads at once.
        with self._connection.cursor() as cursor:
            answer: pl.DataFrame = cursor.sql(sql, params=dict(parameters)).pl()
            return answer


class ReleaseDoor:
    """Hands out the release in force and notices when another one is published; or, if a file is
    given, always that one.
    """

    def __init__(self, processed: Path, pinned: Path | None = None) -> None:
        self._processed = processed
        self._pinned = pinned
        self._release: Release | None = None
        self._lock = threading.Lock()

    def current(self) -> Release:
        """The release to show.

        Raises:
            ReleaseUnavailable: nothing is published yet, or it cannot be read.
        """
        path = self._pinned or current_release(self._processed)
        with self._lock:
            # The old release is not closed here: another thread may still be reading it.
            if self._release is None or self._release.path != path:
                self._release = Release(path, is_pinned=self._pinned is not None)
            return self._release
