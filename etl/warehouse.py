"""The ETL's one door to DuckDB: the warehouse, and the files of releases.

The warehouse holds every accepted row ever received, with its history. Only the ETL opens it.

Tables are the models of :mod:`indicators.tables`. Rows are only ever added; what supersedes what
is marked on the submission, so the state as of any run can be asked for. Several submissions are
written in one transaction and none is ever split over two (one transaction for each costs a
hundred times as much), so a kill loses whole submissions, which the next run takes up again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import duckdb
import polars as pl

from etl.archive import ArchivedRun
from etl.check import CheckedBatch
from indicators.errors import ReleaseUnavailable, WarehouseError
from indicators.tables import (
    RELEASE_TABLES,
    SCHEMA_VERSION,
    SERIES_KEY,
    AppliedCorrections,
    Issues,
    Observations,
    Revisions,
    Runs,
    Statements,
    Submissions,
    Table,
    conform,
    polars_schema,
)

# Files stay readable by DuckDB 1.5, so that an office can go back a version.
STORAGE_VERSION = "v1.5.0"

_DUCKDB_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
    pl.Decimal: "DECIMAL(38,9)",
}

_TABLES: dict[str, type[Table]] = {
    "runs": Runs,
    "submissions": Submissions,
    "observations": Observations,
    "statements": Statements,
    "issues": Issues,
    "applied_corrections": AppliedCorrections,
}
_KEY = ", ".join(SERIES_KEY)
# Who, where, which period, which set of data: a later file of the same supersedes the earlier.
_SUBJECT = (
    "lower(strip_accents(organisation)), locality_id, reporting_period, dataset_id, template_id"
)
# A submission counts as of a run when it was received by then and not yet superseded.
_IN_FORCE = """
    status = 'accepted' AND run_id <= $run_id
    AND (superseded_in_run IS NULL OR superseded_in_run > $run_id)
"""
_LATEST_RUN = 2**62


def create_table_sql(name: str, model: type[Table]) -> str:
    """The ``CREATE TABLE`` of a model; no primary key (12 times the size, 8 times slower)."""
    columns = ", ".join(
        f'"{column}" {_DUCKDB_TYPES[dtype.base_type()]}'
        for column, dtype in polars_schema(model).items()
    )
    return f'CREATE TABLE "{name}" ({columns})'


class Warehouse:
    """An open warehouse; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = duckdb.connect(
                str(path),
                config={
                    "autoinstall_known_extensions": "false",
                    "storage_compatibility_version": STORAGE_VERSION,
                },
            )
            self._create()
        except duckdb.Error as error:
            raise WarehouseError(
                f"Không mở được kho số liệu {path}: chạy «etl rebuild» để dựng lại từ kho lưu "
                f"(cannot open the warehouse: {str(error).splitlines()[0]})"
            ) from error

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to the file and close it."""
        self._connection.close()

    def _create(self) -> None:
        for name, model in _TABLES.items():
            sql = create_table_sql(name, model).replace(
                "CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1
            )
            self._connection.execute(sql)
        self._connection.execute("CREATE TABLE IF NOT EXISTS meta (name VARCHAR, value VARCHAR)")

    # What the warehouse was made with ----------------------------------------------------

    def fits(self, catalogue_digest: str) -> bool:
        """Whether all rows were checked against this catalogue by this version."""
        return self._meta("made_with") in (None, f"{SCHEMA_VERSION}:{catalogue_digest}")

    def sign(self, catalogue_digest: str) -> None:
        """Say what the rows are checked against."""
        self._set_meta("made_with", f"{SCHEMA_VERSION}:{catalogue_digest}")

    def published_inputs(self) -> str | None:
        """Digest of what the last release was made from."""
        return self._meta("published_inputs")

    def set_published_inputs(self, digest: str) -> None:
        """Remember what the last release was made from."""
        self._set_meta("published_inputs", digest)

    def _meta(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE name = $1", [name]).fetchall()
        return str(row[0][0]) if row else None

    def _set_meta(self, name: str, value: str) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute("DELETE FROM meta WHERE name = $1", [name])
        self._connection.execute("INSERT INTO meta VALUES ($1, $2)", [name, value])
        self._connection.execute("COMMIT")

    # Loading -----------------------------------------------------------------------------

    def submission_ids(self) -> set[str]:
        """All submissions that are loaded, accepted or refused."""
        rows = self._connection.execute("SELECT submission_id FROM submissions").fetchall()
        return {row[0] for row in rows}

    def add_runs(self, runs: Sequence[ArchivedRun]) -> None:
        """Record the runs that are not there yet."""
        frame = pl.DataFrame(
            [(run.run_id, run.started_at, run.as_of_year) for run in runs],
            schema={
                "run_id": pl.Int64,
                "started_at": pl.Datetime("us"),
                "as_of_year": pl.Int64,
            },
            orient="row",
        )
        self._connection.register("added", conform(frame, Runs))
        self._connection.execute(
            "INSERT INTO runs SELECT * FROM added WHERE run_id NOT IN (SELECT run_id FROM runs)"
        )
        self._connection.unregister("added")

    def load(self, batch: CheckedBatch) -> None:
        """All rows of a batch in one transaction, then mark what they supersede."""
        frames = {
            "submissions": batch.submissions,
            "observations": batch.observations,
            "statements": batch.statements,
            "issues": batch.issues,
            "applied_corrections": batch.corrections,
        }
        self._connection.execute("BEGIN")
        try:
            for name, frame in frames.items():
                self._connection.register("added", frame)
                self._connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM added")  # noqa: S608
                self._connection.unregister("added")
            self._mark_superseded()
            self._connection.execute("COMMIT")
        except duckdb.Error:
            self._connection.execute("ROLLBACK")
            raise

    def _mark_superseded(self) -> None:
        self._connection.execute(
            f"""
            UPDATE submissions
            SET superseded_by = later.next_id, superseded_in_run = later.next_run
            FROM (
                SELECT submission_id,
                       lead(submission_id) OVER subject AS next_id,
                       lead(run_id) OVER subject AS next_run
                FROM submissions WHERE status = 'accepted'
                WINDOW subject AS (PARTITION BY {_SUBJECT} ORDER BY sequence)
            ) AS later
            WHERE submissions.submission_id = later.submission_id
              AND submissions.superseded_by IS DISTINCT FROM later.next_id
            """  # noqa: S608
        )

    # Asking ------------------------------------------------------------------------------

    def table(self, name: str) -> pl.DataFrame:
        """A whole table."""
        model = _TABLES[name]
        order = {
            "runs": "run_id",
            "submissions": "sequence",
            "observations": "observation_id",
            "statements": "submission_id, sheet_row, target_id",
            "issues": "submission_id, sheet, sheet_row, cell, code",
            "applied_corrections": "correction_id, observation_id",
        }[name]
        return conform(self._connection.sql(f"SELECT * FROM {name} ORDER BY {order}").pl(), model)  # noqa: S608

    def observations(self, as_of_run: int = _LATEST_RUN) -> pl.DataFrame:
        """The value in force of every series, as of a run: of several, the last received."""
        query = f"""
            SELECT o.* FROM observations AS o
            JOIN submissions AS s USING (submission_id)
            WHERE {_IN_FORCE}
            QUALIFY row_number() OVER (
                PARTITION BY {_KEY} ORDER BY s.sequence DESC, o.sheet_row DESC
            ) = 1
            ORDER BY {_KEY}
        """  # noqa: S608
        return conform(self._connection.sql(query, params={"run_id": as_of_run}).pl(), Observations)

    def statements(self) -> pl.DataFrame:
        """What units say of their own targets, from submissions in force."""
        query = f"""
            SELECT t.* FROM statements AS t JOIN submissions AS s USING (submission_id)
            WHERE {_IN_FORCE} ORDER BY t.submission_id, t.sheet_row, t.target_id
        """  # noqa: S608
        return conform(self._connection.sql(query, params={"run_id": _LATEST_RUN}).pl(), Statements)

    def revisions(self) -> pl.DataFrame:
        """Every value of a series that a later submission changed or withdrew."""
        key = ", ".join(f"o.{name}" for name in SERIES_KEY)
        query = f"""
            WITH history AS (
                SELECT {key}, o.observation_id, o.obs_value, o.submission_id, o.sheet_row,
                       s.sequence, s.run_id, s.superseded_by
                FROM observations AS o JOIN submissions AS s USING (submission_id)
            ), following AS (
                SELECT *,
                    lead(observation_id) OVER series AS new_observation_id,
                    lead(obs_value) OVER series AS new_value,
                    lead(submission_id) OVER series AS new_submission_id,
                    lead(run_id) OVER series AS new_run_id
                FROM history
                WINDOW series AS (PARTITION BY {_KEY} ORDER BY sequence, sheet_row)
            )
            SELECT {_KEY}, observation_id AS old_observation_id, obs_value AS old_value,
                   submission_id AS old_submission_id, new_observation_id, new_value,
                   new_submission_id, new_run_id AS run_id
            FROM following
            WHERE new_observation_id IS NOT NULL AND new_value IS DISTINCT FROM old_value
            UNION ALL
            SELECT {_KEY}, observation_id, obs_value, submission_id, NULL, NULL,
                   following.superseded_by, later.run_id
            FROM following
            JOIN (SELECT submission_id AS superseded_by, run_id FROM submissions) AS later
              USING (superseded_by)
            WHERE new_observation_id IS NULL
            ORDER BY ALL
        """  # noqa: S608
        return conform(self._connection.sql(query).pl(), Revisions)


# Release files --------------------------------------------------------------------------------


def write_release_file(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write every release table to a new file; a table without a frame stays empty."""
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute(
            f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS release "
            f"(STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        connection.execute("USE release")
        for name, model in RELEASE_TABLES.items():
            connection.execute(create_table_sql(name, model))
            if name in frames:
                connection.register("frame", frames[name])
                connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM frame')  # noqa: S608
                connection.unregister("frame")
        connection.execute("CHECKPOINT")


def read_release_table(path: Path, name: str) -> pl.DataFrame:
    """A whole table of a release file.

    Raises:
        ReleaseUnavailable: the file cannot be read, or was written by another version.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            rows = connection.sql(f'SELECT * FROM "{name}"').pl()  # noqa: S608
    except duckdb.Error as error:
        raise ReleaseUnavailable(
            f"Không đọc được bản công bố {path.name}: chạy «etl rebuild» "
            f"(cannot read the release: {str(error).splitlines()[0]})"
        ) from error
    return conform(rows, RELEASE_TABLES[name])


def row_counts(path: Path) -> dict[str, int]:
    """Rows of every table of a release file, read back from disk."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]  # noqa: S608
            for name in RELEASE_TABLES
        }
