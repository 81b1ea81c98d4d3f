"""Part of stage *normalise*: whole columns of cells → clean texts and exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, cast

import polars as pl

from etl import form
from etl.addresses import CellValue
from etl.batch import Letters
from etl.findings import RowFindings
from etl.layout import Block
from indicators.numbers import (
    NumberFormatError,
    NumberLocale,
    format_number,
    number_locale_of,
    parse_number,
)
from indicators.tables import conform

_ODD_SPACES: Final = r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_INVISIBLE: Final = r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
# Beyond this nothing is a figure of a report, and the tables hold 38 digits, 9 of them decimals.
_LARGEST: Final = Decimal(10) ** 20
_NINTH_PLACE: Final = Decimal("1e-9")
_WIDE: Final = Context(prec=38, rounding=ROUND_HALF_UP)
_WHOLE_FLOAT: Final = r"^(-?\d+)\.0$"  # a year typed as a number arrives as 2024.0


def stack(
    blocks: Sequence[tuple[str, Block]], names: Sequence[str], numbers: Sequence[str]
) -> pl.DataFrame:
    """All blocks under one another: ``<field>_text`` everywhere, ``<field>_cell`` for numbers."""
    lengths = [len(block.sheet_rows) for _, block in blocks]
    columns: dict[str, pl.Series] = {
        "submission_id": _repeat([identity for identity, _ in blocks], lengths),
        "sheet": _repeat([block.sheet for _, block in blocks], lengths),
        "sheet_row": pl.Series(
            [row for _, block in blocks for row in block.sheet_rows], dtype=pl.Int64
        ),
    }
    for name in names:
        cells: list[CellValue | None] = []
        for _, block in blocks:
            cells += block.columns.get(name) or [None] * len(block.sheet_rows)
        columns[f"{name}_text"] = _clean_texts(pl.Series(cells, dtype=pl.String, strict=False))
        if name in numbers:
            columns[f"{name}_cell"] = pl.Series(
                [cell if type(cell) is float or type(cell) is int else None for cell in cells],
                dtype=pl.Float64,
            )
    return pl.DataFrame(columns)


def _repeat(values: Sequence[str], lengths: Sequence[int]) -> pl.Series:
    return (
        pl.DataFrame(
            {"value": values, "length": lengths}, schema={"value": pl.String, "length": pl.Int64}
        )
        .select(pl.col("value").repeat_by("length").explode(empty_as_null=False))
        .to_series()
    )


def _clean_texts(texts: pl.Series) -> pl.Series:
    """NFC, plain single spaces, nothing invisible; empty becomes null. Each text is seen once."""
    different = texts.unique()
    clean = (
        different.str.normalize("NFC")
        .str.replace_all(_INVISIBLE, "")
        .str.replace_all(_ODD_SPACES, " ")
        .str.strip_chars(" ")
        .str.replace(_WHOLE_FLOAT, "$1")
    )
    filled = clean.set(clean == "", None)
    return texts.replace_strict(different, filled, return_dtype=pl.String)


def letters_of(blocks: Sequence[tuple[str, Block]]) -> pl.DataFrame:
    """Which sheet column holds a field in which file (:class:`etl.batch.Letters`)."""
    rows = [
        (identity, name, letter)
        for identity, block in blocks
        for name, letter in block.letters.items()
    ]
    schema = {"submission_id": pl.String, "field": pl.String, "letter": pl.String}
    return conform(pl.DataFrame(rows, schema=schema, orient="row"), Letters)


def read_numbers(
    rows: pl.DataFrame, fields: Sequence[str], letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Numeric cells as they are; texts by the file's way of writing numbers."""
    texts = _number_texts(rows, fields)
    parsed = _parse_texts(texts)
    marked = rows
    for name in fields:
        reading = parsed.rename(
            {
                "text": f"{name}_text",
                "value": f"{name}_parsed",
                "fault": f"{name}_fault",
                "detail": f"{name}_detail",
            }
        )
        marked = marked.join(
            reading, on=["submission_id", f"{name}_text"], how="left", maintain_order="left"
        ).with_columns(
            pl.when(pl.col(f"{name}_cell").abs() < float(_LARGEST))
            .then(pl.col(f"{name}_cell").cast(pl.Decimal(38, 9), strict=False))
            .otherwise(pl.col(f"{name}_parsed"))
            .alias(name)
        )
    found = RowFindings(marked, letters)
    for name in fields:
        for code in ("NOT_A_NUMBER", "AMBIGUOUS_NUMBER"):
            faulty = (pl.col(f"{name}_fault") == code) & pl.col(f"{name}_cell").is_null()
            found.add(code, faulty, name, pl.col(f"{name}_detail"))
        lost = pl.col(f"{name}_cell").is_not_null() & pl.col(name).is_null()
        found.add("NOT_A_NUMBER", lost, name)  # NaN, infinite, or larger than any figure
    return marked, found.frame()


def _number_texts(rows: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """Distinct texts in number cells, per file."""
    return pl.concat(
        rows.filter(pl.col(f"{name}_cell").is_null() & pl.col(f"{name}_text").is_not_null()).select(
            "submission_id", "number_locale", pl.col(f"{name}_text").alias("text")
        )
        for name in fields
    ).unique(maintain_order=True)


def _parse_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """submission_id, text, value, fault, detail; a missing mark is neither value nor fault."""
    outcomes: list[tuple[object, ...]] = []
    for (identity, declared), group in texts.group_by(
        "submission_id", "number_locale", maintain_order=True
    ):
        spelled = [text for text in group["text"] if _folded_mark(text) not in form.MISSING_MARKS]
        locale = cast("NumberLocale | None", declared or number_locale_of(spelled))
        outcomes += [(identity, text, *_parse_text(text, locale)) for text in spelled]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "submission_id": pl.String,
        "text": pl.String,
        "value": pl.Decimal(38, 9),
        "fault": pl.String,
        "detail": pl.String,
    }
    return pl.DataFrame(outcomes, schema=schema, orient="row")


def _folded_mark(text: str) -> str:
    """A missing mark is compared without case; its dots and dashes count."""
    return text.lower()


def _parse_text(text: str, locale: NumberLocale | None) -> tuple[object, str | None, str | None]:
    try:
        value = parse_number(text, locale)
        if abs(value) >= _LARGEST:
            return None, "NOT_A_NUMBER", ""
        return value.quantize(_NINTH_PLACE, context=_WIDE), None, None
    except NumberFormatError as error:
        if len(error.readings) > 1:
            readings = " / ".join(format_number(value, 3) for value in error.readings)
            return None, "AMBIGUOUS_NUMBER", readings
        return None, "NOT_A_NUMBER", locale or ""


def distinct(texts: pl.Series) -> list[str]:
    """The different texts, without null."""
    return texts.drop_nulls().unique().to_list()


def mapped(texts: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Each text through the function, which sees each different text once."""
    mapping = {text: function(text) for text in distinct(texts)}
    return texts.replace_strict(mapping, default=None, return_dtype=pl.String)


def replaced(text: pl.Expr, mapping: dict[str, str | None]) -> pl.Expr:
    """Each text by its partner in the mapping; null where it has none."""
    return text.replace_strict(mapping, default=None, return_dtype=pl.String)
