"""What the checks look at, and the two questions that most of them ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from indicators.catalogue.reading import FILE, ROW, Fault, value_faults


@dataclass(frozen=True)
class Loaded:
    """The typed files (with column ``ROW``) and the tables made from several of them."""

    frames: Mapping[str, pl.DataFrame]
    localities: pl.DataFrame
    succession: pl.DataFrame

    def codes(self, code_list: str) -> list[str]:
        """Codes of one list, sorted."""
        return sorted(self.frames[f"code_lists/{code_list}.csv"]["code"].drop_nulls())

    def ids(self, file: str, column: str) -> list[str]:
        """Known values of a key column."""
        return sorted(self.frames[file][column].drop_nulls().unique())

    def locality_ids(self) -> list[str]:
        """Every locality of every level and version."""
        return sorted(self.localities["locality_id"].drop_nulls().unique())


def unknown_faults(
    frame: pl.DataFrame, file: str, column: str, known: Collection[str], where: str
) -> list[Fault]:
    """One fault for each cell that names something ``where`` does not hold."""
    return value_faults(
        frame,
        file,
        column,
        ~pl.col(column).is_in(list(known)),
        f"không có trong {where}; hãy sửa mã hoặc thêm vào {where}",
    )


def unknown_item_faults(
    frame: pl.DataFrame,
    file: str,
    column: str,
    known: Collection[str],
    where: str,
    separator: str = ";",
) -> list[Fault]:
    """As ``unknown_faults`` for cells that hold several codes."""
    items = (
        frame.select(ROW, pl.col(column).str.split(separator))
        .drop_nulls()
        .explode(column)
        .filter(~pl.col(column).is_in(list(known)))
    )
    return unknown_faults(items, file, column, known, where)


def order_faults(frame: pl.DataFrame, file: str, start: str, end: str) -> list[Fault]:
    """One fault for each interval that ends before it begins."""
    return value_faults(
        frame,
        file,
        end,
        pl.col(end) < pl.col(start),
        f"sớm hơn {start}; hãy sửa một trong hai",
    )


def overlap_faults(
    frame: pl.DataFrame, file: str, key: list[str], start: str, end: str
) -> list[Fault]:
    """One fault for each interval of a key that begins before an earlier one has ended.

    An empty start is the beginning of time, an empty end its end.
    """
    ordered = frame.sort(*key, start, nulls_last=False)
    previous = pl.col(ROW).shift(1).over(key)
    earlier_end = pl.col(end).shift(1).over(key)
    overlapping = ordered.with_columns(previous.alias("_previous")).filter(
        pl.col("_previous").is_not_null()
        & (pl.col(start).is_null() | earlier_end.is_null() | (pl.col(start) <= earlier_end))
    )
    return [
        Fault(
            row.get(FILE, file),
            row[ROW],
            start,
            f"thời gian hiệu lực chồng lên dòng {row['_previous']} (cùng "
            f"{', '.join(str(row[name]) for name in key)}); hãy sửa ngày bắt đầu hoặc kết thúc",
        )
        for row in overlapping.iter_rows(named=True)
    ]
