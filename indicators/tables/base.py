"""The base of all models, their types, and what makes a frame one of them."""

from __future__ import annotations

from typing import Annotated

import pandera.polars as pa
import polars as pl


class Table(pa.DataFrameModel):
    """Base of all models: no column more, no column less, no silent coercion."""

    class Config:
        strict = True
        coerce = False
        ordered = True


Text = str
Int = int
Float = float
Decimal9 = Annotated[pl.Decimal, 38, 9]


def polars_schema(model: type[Table]) -> dict[str, pl.DataType]:
    """Column names and Polars types of a model, in order."""
    return {name: column.dtype.type for name, column in model.to_schema().columns.items()}


def empty(model: type[Table]) -> pl.DataFrame:
    """A frame of that model with no rows."""
    return pl.DataFrame(schema=polars_schema(model))


def conform(frame: pl.DataFrame, model: type[Table]) -> pl.DataFrame:
    """Select and cast the model's columns, then validate.

    Raises ``pandera.errors.SchemaErrors`` when a value breaks the model: for frames that
    we made ourselves, that is a fault of the program.
    """
    schema = polars_schema(model)
    return model.validate(
        frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()), lazy=True
    )
