"""Read the files of a catalogue: text to typed frames, with the address of every wrong cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from indicators.catalogue.models import FILES
from indicators.tables import Table, polars_schema

ROW = "_row"  # row of the file as a spreadsheet numbers it: the header is 1
FILE = "_file"  # on tables made from several files: where the row stands

_EXPECTED: dict[type[pl.DataType], str] = {
    pl.Int64: "một số nguyên",
    pl.Float64: "một số, dấu thập phân là dấu chấm",
    pl.Decimal: "một số, dấu thập phân là dấu chấm",
    pl.Boolean: "true hoặc false",
    pl.Date: "một ngày dạng năm-tháng-ngày, ví dụ 2025-07-01",
}


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in one cell, one row or (row 0) one whole file."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        row = f", dòng {self.row}" if self.row else ""
        column = f", cột {self.column}" if self.column else ""
        return f"{self.file}{row}{column}: {self.message}"


def read_files(directory: Path) -> tuple[dict[str, pl.DataFrame], list[Fault]]:
    """Every file of ``FILES``, typed by its model, plus column ``ROW``.

    Cells that cannot be read are null and listed as faults. A file that is missing or has
    other columns is a fault and stands empty.
    """
    frames: dict[str, pl.DataFrame] = {}
    faults: list[Fault] = []
    for file, model in FILES.items():
        text, file_faults = _read_text(directory / file, file, model)
        typed, cell_faults = _typed(text, file, model)
        frames[file] = typed
        faults += file_faults + cell_faults + _model_faults(typed, file, model, cell_faults)
    return frames, faults


def _read_text(path: Path, file: str, model: type[Table]) -> tuple[pl.DataFrame, list[Fault]]:
    """All cells as text; an empty frame with the right columns when the file is unusable."""
    columns = list(polars_schema(model))
    empty = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    try:
        frame = pl.read_csv(path.read_bytes(), infer_schema=False)
    except FileNotFoundError:
        return empty, [Fault(file, 0, "", "thiếu tệp; hãy đưa tệp trở lại thư mục danh mục")]
    except PolarsError as error:
        advice = "không đọc được; hãy lưu dạng CSV UTF-8, mỗi dòng đủ số cột"
        return empty, [Fault(file, 0, "", f"{advice} ({str(error).splitlines()[0]})")]
    missing = [name for name in columns if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in columns]
    if missing or unknown:
        found = [f"thiếu cột {', '.join(missing)}"] if missing else []
        found += [f"thừa cột {', '.join(unknown)}"] if unknown else []
        advice = "sửa lại dòng tiêu đề, ngăn cách bằng dấu phẩy"
        return empty, [Fault(file, 1, "", f"{'; '.join(found)}; {advice}")]
    return frame.select(columns), []


def _typed(text: pl.DataFrame, file: str, model: type[Table]) -> tuple[pl.DataFrame, list[Fault]]:
    schema = polars_schema(model)
    typed = text.select(
        _cast(name, dtype).alias(name) for name, dtype in schema.items()
    ).with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(ROW))
    faults = []
    for name, dtype in schema.items():
        wrong = text[name].is_not_null() & typed[name].is_null()
        for row, cell in zip(typed[ROW].filter(wrong), text[name].filter(wrong), strict=True):
            expected = _EXPECTED[dtype.base_type()]
            faults.append(Fault(file, row, name, f'"{cell}" không hợp lệ; hãy ghi {expected}'))
    return typed, faults


def _cast(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.Boolean:  # spreadsheets write TRUE and FALSE
        return column.str.to_lowercase().replace_strict(
            {"true": True, "false": False}, default=None, return_dtype=pl.Boolean
        )
    if dtype == pl.Date:
        return column.str.to_date("%Y-%m-%d", strict=False)
    return column.cast(dtype, strict=False)


def _model_faults(
    frame: pl.DataFrame, file: str, model: type[Table], unreadable: list[Fault]
) -> list[Fault]:
    """What the model says of each column, with row addresses.

    The model's own validation drops repeated failures, so its declarations (nullable, unique,
    isin) are evaluated here; ``unreadable`` cells are not reported a second time as empty.
    """
    known = {(fault.row, fault.column) for fault in unreadable}
    faults = []
    for name, column in model.to_schema().columns.items():
        cells = frame[name]
        if not column.nullable:
            faults += [
                Fault(file, row, name, "ô trống; cột này bắt buộc có giá trị")
                for row in frame[ROW].filter(cells.is_null())
                if (row, name) not in known
            ]
        if column.unique:
            faults += duplicate_faults(frame, file, [name])
        for check in column.checks:
            allowed = check.statistics["allowed_values"]
            faults += value_faults(
                frame,
                file,
                name,
                ~cells.is_in(allowed),
                f"không thuộc các giá trị cho phép; hãy chọn một trong: {', '.join(allowed)}",
            )
    return faults


def duplicate_faults(frame: pl.DataFrame, file: str, key: list[str]) -> list[Fault]:
    """One fault for each row whose key already stands on an earlier row."""
    repeated = frame.drop_nulls(key).with_columns(pl.col(ROW).first().over(key).alias("_first"))
    repeated = repeated.filter(~pl.struct(key).is_first_distinct())
    return [
        Fault(
            row.get(FILE, file),
            row[ROW],
            key[-1],
            f'khóa "{" / ".join(str(row[name]) for name in key)}" trùng với dòng '
            f"{row['_first']}; hãy xóa hoặc sửa một dòng",
        )
        for row in repeated.iter_rows(named=True)
    ]


def value_faults(
    frame: pl.DataFrame, file: str, column: str, wrong: pl.Expr | pl.Series, message: str
) -> list[Fault]:
    """One fault, quoting the cell, for each row where ``wrong`` holds (null: not wrong)."""
    return [
        Fault(
            row.get(FILE, file),
            row[ROW],
            column,
            message if row[column] is None else f'"{row[column]}" {message}',
        )
        for row in frame.filter(wrong).iter_rows(named=True)
    ]
