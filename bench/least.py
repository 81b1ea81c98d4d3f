"""The least that the job could cost: read every cell with the same reader, insert raw rows."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import polars as pl
from python_calamine import CalamineWorkbook

COLUMNS = 18


def read_and_insert(directory: Path, database: Path) -> int:
    """Read all workbooks of a folder and insert their rows as text; returns the row count."""
    columns: list[list[object]] = [[] for _ in range(COLUMNS + 1)]
    for path in sorted(directory.glob("*.xlsx")):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python()
            if not rows:
                continue
            for offset, cells in enumerate(zip(*rows, strict=True)):
                columns[offset].extend(cells)
            missing = [None] * len(rows)
            for offset in range(len(rows[0]), COLUMNS):
                columns[offset].extend(missing)
            columns[COLUMNS].extend([path.name] * len(rows))
    frame = pl.DataFrame(
        {
            f"c{offset}": pl.Series(cells, dtype=pl.String, strict=False)
            for offset, cells in enumerate(columns)
        }
    )
    with duckdb.connect(str(database)) as connection:
        connection.register("frame", frame)
        connection.execute("CREATE TABLE raw AS SELECT * FROM frame")
    return frame.height
