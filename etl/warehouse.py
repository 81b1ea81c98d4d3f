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
from indicators.errors import PublishError, ReleaseUnavailable, WarehouseError
from indicators.tables import (
    RELEASE_TABLES,
    SCHEMA_VERSION,
    SERIES_KEY,
    AppliedCorrections,
    CheckOutcomes,
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
    "check_outcomes": CheckOutcomes,
}
_KEY = ", ".join(SERIES_KEY)
# Who, where, which period, which set of data: a later file of the same supersedes the earlier.
# Case, accents, dashes and spaces of the organisation's name do not matter.
_SUBJECT = r"""
    regexp_replace(lower(strip_accents(organisation)), '[^\pL\pN]+', ' ', 'g'),
    locality_id, reporting_period, lower(dataset_id), template_id
"""
_PREVIOUS_COLUMNS = """
    submission_id, sequence, status, file_name, received_at,
    organisation, locality_id, reporting_period, dataset_id, template_id
"""
# A submission counts as of a run when it was received by then and not yet superseded.
_IN_FORCE = """
    status = 'accepted' AND run_id <= $run_id
    AND (superseded_in_run IS NULL OR superseded_in_run > $run_id)
"""
# Of several values of a series that are in force.
_LAST_RECEIVED = f"""
    QUALIFY row_number() OVER (
        PARTITION BY {_KEY} ORDER BY s.sequence DESC, o.sheet_row DESC
    ) = 1
    ORDER BY {_KEY}
"""
_LATEST_RUN = 2**62


# Tables whose rows a submission brought: they exist from the run that received it.
_BY_SUBMISSION = ("observations", "statements", "issues", "applied_corrections", "check_outcomes")


def _as_of(table: str) -> str:
    """The query for a table's rows as of ``$run_id``."""
    if table in _BY_SUBMISSION:
        return f"""
            SELECT t.* FROM {table} AS t
            SEMI JOIN (FROM submissions WHERE run_id <= $run_id) AS s USING (submission_id)
        """  # noqa: S608
    if table == "submissions":
        return """
            SELECT * REPLACE (
                CASE WHEN superseded_in_run <= $run_id THEN superseded_by END AS superseded_by,
                CASE WHEN superseded_in_run <= $run_id THEN superseded_in_run END
                    AS superseded_in_run
            ) FROM submissions WHERE run_id <= $run_id
        """
    return f"SELECT * FROM {table} WHERE run_id <= $run_id"  # noqa: S608


def create_table_sql(name: str, model: type[Table]) -> str:
    """The ``CREATE TABLE`` of a model; no primary key (12 times the size, 8 times slower)."""
    columns = ", ".join(
        f'"{column}" {_DUCKDB_TYPES[dtype.base_type()]}'
        for column, dtype in polars_schema(model).items()
    )
    return f'CREATE TABLE "{name}" ({columns})'


def _cannot_write(path: Path, error: duckdb.Error) -> WarehouseError:
    return WarehouseError(
        f"Không ghi được kho số liệu {path}: kiểm tra quyền ghi và dung lượng đĩa rồi chạy lại "
        f"(cannot write the warehouse: {str(error).splitlines()[0]})"
    )


class Warehouse:
    """An open warehouse; use it as a context manager.

    Raises :class:`~indicators.errors.WarehouseError` where the file cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
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
        if isinstance(error, duckdb.OperationalError):
            raise _cannot_write(self._path, error) from error
        self.close()

    def close(self) -> None:
        """Write everything out and let go of the file."""
        try:
            self._connection.close()
        except duckdb.OperationalError as fault:
            raise _cannot_write(self._path, fault) from fault

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
            "check_outcomes": batch.outcomes,
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

    def table(self, name: str, as_of_run: int = _LATEST_RUN) -> pl.DataFrame:
        """A whole table, as it was after a run: nothing received later, and no submission
        superseded by a later one.
        """
        model = _TABLES[name]
        order = {
            "runs": "run_id",
            "submissions": "sequence",
            "observations": "observation_id",
            "statements": "submission_id, sheet_row, target_id",
            "issues": "submission_id, sheet, sheet_row, cell, code",
            "applied_corrections": "correction_id, observation_id",
            "check_outcomes": "submission_id, code",
        }[name]
        query = f"{_as_of(name)} ORDER BY {order}"
        return conform(self._connection.sql(query, params={"run_id": as_of_run}).pl(), model)

    def observations(self, as_of_run: int = _LATEST_RUN) -> pl.DataFrame:
        """The value in force of every series, as of a run: of several, the last received."""
        query = f"""
            SELECT o.* FROM observations AS o
            JOIN submissions AS s USING (submission_id)
            WHERE {_IN_FORCE} {_LAST_RECEIVED}
        """  # noqa: S608
        return conform(self._connection.sql(query, params={"run_id": as_of_run}).pl(), Observations)

    def values_in_force(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Series key, value and counts in force of some (indicator_id, ref_area), for checks."""
        self._connection.register("wanted", wanted)
        query = f"""
            SELECT {_KEY}, obs_value, numerator, denominator
            FROM observations AS o
            JOIN wanted USING (indicator_id, ref_area)
            JOIN submissions AS s USING (submission_id)
            WHERE {_IN_FORCE} {_LAST_RECEIVED}
        """  # noqa: S608
        found: pl.DataFrame = self._connection.sql(query, params={"run_id": _LATEST_RUN}).pl()
        self._connection.unregister("wanted")
        return found

    def last_accepted(self, submissions: pl.DataFrame) -> pl.DataFrame:
        """As :class:`etl.changes.AcceptedFiles` asks."""
        return _last_accepted(self._connection, submissions)

    def rows_of(self, table: str, submission_ids: Sequence[str]) -> pl.DataFrame:
        """As :class:`etl.changes.AcceptedFiles` asks."""
        return _rows_of(self._connection, table, submission_ids)

    def statements(self, as_of_run: int = _LATEST_RUN) -> pl.DataFrame:
        """What units say of their own targets, from submissions in force as of a run."""
        query = f"""
            SELECT t.* FROM statements AS t JOIN submissions AS s USING (submission_id)
            WHERE {_IN_FORCE} ORDER BY t.submission_id, t.sheet_row, t.target_id
        """  # noqa: S608
        return conform(self._connection.sql(query, params={"run_id": as_of_run}).pl(), Statements)

    def revisions(self, as_of_run: int = _LATEST_RUN) -> pl.DataFrame:
        """Every change of the value in force of a series up to a run, by the submission that made
        it.

        A submission changes the series that it holds and those of the submission it supersedes;
        after each such event the last received value not yet superseded is in force. Where none
        is left, the series was withdrawn.
        """
        query = f"""
            WITH versions AS (
                SELECT {_KEY}, o.observation_id, o.obs_value, o.submission_id,
                       s.sequence AS since, later.sequence AS until
                FROM observations AS o
                JOIN submissions AS s USING (submission_id)
                LEFT JOIN submissions AS later ON later.submission_id = s.superseded_by
                WINDOW series AS (PARTITION BY {_KEY})
                QUALIFY count(*) OVER series > 1 OR count(later.sequence) OVER series > 0
            ), events AS (
                SELECT {_KEY}, since AS moment FROM versions
                UNION
                SELECT {_KEY}, until FROM versions WHERE until IS NOT NULL
            ), states AS (
                SELECT {_KEY}, moment, max_by(
                    {{'observation_id': v.observation_id, 'obs_value': v.obs_value,
                      'submission_id': v.submission_id}}, v.since
                ) AS state
                FROM events JOIN versions AS v USING ({_KEY})
                WHERE v.since <= moment AND (v.until IS NULL OR v.until > moment)
                GROUP BY {_KEY}, moment
            ), changes AS (
                SELECT {_KEY}, moment, state,
                       lag(state) OVER (PARTITION BY {_KEY} ORDER BY moment) AS before
                FROM events LEFT JOIN states USING ({_KEY}, moment)
            )
            SELECT {_KEY},
                   before.observation_id AS old_observation_id, before.obs_value AS old_value,
                   before.submission_id AS old_submission_id,
                   state.observation_id AS new_observation_id, state.obs_value AS new_value,
                   changer.submission_id AS new_submission_id, changer.run_id
            FROM changes JOIN submissions AS changer ON changer.sequence = changes.moment
            WHERE before IS NOT NULL AND changer.run_id <= $run_id
              AND (state IS NULL OR state.obs_value IS DISTINCT FROM before.obs_value)
            ORDER BY ALL
        """  # noqa: S608
        return conform(self._connection.sql(query, params={"run_id": as_of_run}).pl(), Revisions)


def _last_accepted(
    connection: duckdb.DuckDBPyConnection, submissions: pl.DataFrame
) -> pl.DataFrame:
    connection.register("sent", submissions)
    query = f"""
        WITH files AS (
            SELECT *, [{_SUBJECT}] AS subject FROM (
                SELECT {_PREVIOUS_COLUMNS} FROM submissions
                UNION ALL
                SELECT {_PREVIOUS_COLUMNS} FROM sent
            )
        )
        SELECT later.submission_id, arg_max(files.submission_id, files.sequence) AS previous_id,
               arg_max(files.file_name, files.sequence) AS previous_name,
               max(files.received_at) AS previous_received_at
        FROM sent AS later
        JOIN files AS own ON own.submission_id = later.submission_id
        JOIN files ON files.subject = own.subject AND files.sequence < later.sequence
        WHERE files.status = 'accepted'
        GROUP BY later.submission_id
        ORDER BY later.submission_id
    """  # noqa: S608
    found: pl.DataFrame = connection.sql(query).pl()
    connection.unregister("sent")
    return found


def _rows_of(
    connection: duckdb.DuckDBPyConnection, table: str, submission_ids: Sequence[str]
) -> pl.DataFrame:
    model = _TABLES[table]
    query = f"SELECT * FROM {table} WHERE list_contains($ids, submission_id) ORDER BY sheet_row"  # noqa: S608
    found = connection.sql(query, params={"ids": list(submission_ids)}).pl()
    return conform(found, model)


# Release files --------------------------------------------------------------------------------


def write_release_file(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write every release table to a new file; a table without a frame stays empty.

    Raises:
        PublishError: the file cannot be written.
    """
    try:
        _write_release_file(path, frames)
    except duckdb.OperationalError as error:
        raise PublishError(
            f"Không ghi được bản công bố {path}: kiểm tra quyền ghi và dung lượng đĩa "
            f"(cannot write the release: {str(error).splitlines()[0]})"
        ) from error


def _write_release_file(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
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


class PublishedFiles:
    """What a release says of the files that are in force; nothing without a release.

    A value that another unit's later file replaced is not in it.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def values_in_force(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """As :meth:`Warehouse.values_in_force` (reported values only)."""
        with self._open() as connection:
            connection.register("wanted", wanted)
            query = f"""
                SELECT {_KEY}, obs_value, numerator, denominator
                FROM observations JOIN wanted USING (indicator_id, ref_area)
                WHERE origin = 'reported' ORDER BY {_KEY}
            """  # noqa: S608
            found: pl.DataFrame = connection.sql(query).pl()
        return found

    def last_accepted(self, submissions: pl.DataFrame) -> pl.DataFrame:
        """As :class:`etl.changes.AcceptedFiles` asks."""
        with self._open() as connection:
            return _last_accepted(connection, submissions)

    def rows_of(self, table: str, submission_ids: Sequence[str]) -> pl.DataFrame:
        """As :class:`etl.changes.AcceptedFiles` asks."""
        with self._open() as connection:
            return _rows_of(connection, table, submission_ids)

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._path is not None:
            try:
                return duckdb.connect(str(self._path), read_only=True)
            except duckdb.Error as error:
                raise _cannot_read(self._path, error) from error
        connection = duckdb.connect(":memory:")
        for name, model in _TABLES.items():
            connection.execute(create_table_sql(name, model))
        return connection


def _cannot_read(path: Path, error: Exception) -> ReleaseUnavailable:
    return ReleaseUnavailable(
        f"Không đọc được bản công bố {path.name} ({str(error).splitlines()[0]})"
    )


def release_table(path: Path, name: str) -> pl.DataFrame:
    """A whole table of a release file.

    Raises:
        ReleaseUnavailable: the file cannot be read.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return conform(connection.table(name).pl(), RELEASE_TABLES[name])
    except duckdb.Error as error:
        raise _cannot_read(path, error) from error


def release_columns(path: Path, wanted: Mapping[str, Sequence[str]]) -> dict[str, pl.DataFrame]:
    """Some columns of some tables of a release file of this structure.

    Raises:
        ReleaseUnavailable: the file cannot be read, or has another structure.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            [[version]] = connection.execute("SELECT schema_version FROM release_info").fetchall()
            if version != SCHEMA_VERSION:
                raise ReleaseUnavailable(
                    f"Bản công bố {path.name} có cấu trúc phiên bản {version}, phần mềm đọc phiên "
                    f"bản {SCHEMA_VERSION}; hãy tính lại bằng «etl as-of --run <lượt chạy>» "
                    "(release of another structure: make it again with etl as-of)"
                )
            return {
                name: connection.sql(f'SELECT {", ".join(columns)} FROM "{name}"').pl()  # noqa: S608
                for name, columns in wanted.items()
            }
    except (duckdb.Error, ValueError) as error:
        raise _cannot_read(path, error) from error


def row_counts(path: Path) -> dict[str, int]:
    """Rows of every table of a release file, read back from disk."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]  # noqa: S608
            for name in RELEASE_TABLES
        }
