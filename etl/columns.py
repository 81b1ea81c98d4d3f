"""Part of stage *normalise*: whole columns of cells → clean texts and exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from difflib import get_close_matches
from typing import Final, cast

import polars as pl

from etl.addresses import CellValue
from etl.batch import Letters
from etl.findings import RowFindings, number_text
from etl.layout import Block
from indicators.cell_marks import MarkedNumber, is_missing_mark, split_number
from indicators.legacy_text import to_unicode
from indicators.numbers import (
    NumberFormatError,
    NumberLocale,
    number_locale_of,
    parse_number,
)
from indicators.tables import conform

_ODD_SPACES: Final = r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_INVISIBLE: Final = (
    r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# What text of the old fonts, and wrong letters, are made of; most texts hold none of it.
_MAYBE_LEGACY: Final = r"[\u00a1-\u00ff\u01a2\u01a3\u03bc\u2212]|<U\+"
_WHOLE_FLOAT: Final = r"^(-?\d+)\.0$"  # a year typed as a number arrives as 2024.0
# Products and quotients of numbers below it fit DECIMAL(38,9).
_NUMBERS_END: Final = 10**15
# More decimals than the tables hold are rounded, as those of numeric cells are.
_NINTH_PLACE: Final = Decimal("1e-9")
_WIDE: Final = Context(prec=38, rounding=ROUND_HALF_UP)
MOST_ADVISED_TEXTS: Final = 20  # in one file


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
        if name in numbers:
            columns[f"{name}_cell"] = _number_cells(cells)
            cells = [None if _is_number(cell) else _spelled_out(cell) for cell in cells]
        columns[f"{name}_text"] = _clean_texts(pl.Series(cells, dtype=pl.String, strict=False))
    stacked = pl.DataFrame(columns)
    return stacked.with_columns(
        pl.coalesce(f"{name}_text", number_text(pl.col(f"{name}_cell"))).alias(f"{name}_text")
        for name in numbers
    )


def _number_cells(cells: Sequence[CellValue | None]) -> pl.Series:
    """The exact numbers of numeric cells; null elsewhere."""
    numbers = [cell if _is_number(cell) else None for cell in cells]
    return pl.Series(numbers, dtype=pl.Float64).cast(pl.Decimal(38, 9))


def _spelled_out(cell: CellValue | None) -> CellValue | None:
    """A number that is too large with all its digits, as it would be typed."""
    return f"{cell:.0f}" if type(cell) is float else cell


def _is_number(cell: CellValue | None) -> bool:
    """Whether a cell holds a number that can be kept; any other is read as text and refused."""
    return (type(cell) is float or type(cell) is int) and abs(cell) < _NUMBERS_END


def _repeat(values: Sequence[str], lengths: Sequence[int]) -> pl.Series:
    return (
        pl.DataFrame(
            {"value": values, "length": lengths}, schema={"value": pl.String, "length": pl.Int64}
        )
        .select(pl.col("value").repeat_by("length").explode(empty_as_null=False))
        .to_series()
    )


def _clean_texts(texts: pl.Series) -> pl.Series:
    """NFC in Unicode, plain single spaces, nothing invisible; empty becomes null.

    Each text is seen once.
    """
    different = texts.unique()
    composed = different.str.normalize("NFC")
    # Before spaces are mended: the no-break space is part of a letter in UTF-8 that was misread.
    legacy = composed.str.contains(_MAYBE_LEGACY).fill_null(value=False)
    if legacy.any():
        decoded = composed.map_elements(to_unicode, return_dtype=pl.String)
        composed = composed.zip_with(~legacy, decoded)
    clean = (
        composed.str.replace_all(_INVISIBLE, "")
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


_NUMBER_FAULTS: Final = (
    "NOT_A_NUMBER",
    "AMBIGUOUS_NUMBER",
    "OTHER_NUMBER_STYLE",
    "NUMBER_TOO_LARGE",
)


def read_numbers(
    rows: pl.DataFrame, fields: Sequence[str], letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Numeric cells as they are; texts by the file's way of writing numbers.

    Adds ``<field>`` and ``<field>_is_provisional`` (the figure carries the star of preliminary
    ones); other footnote marks are taken off with a warning.
    """
    locales = rows.select("submission_id", "number_locale").unique()
    parsed = _parse_texts(_number_texts(rows, fields).join(locales, on="submission_id"))
    marked = rows
    for name in fields:
        reading = parsed.rename(
            {
                "text": f"{name}_text",
                "value": f"{name}_parsed",
                "fault": f"{name}_fault",
                "detail": f"{name}_detail",
                "mark": f"{name}_mark",
                "is_provisional": f"{name}_is_provisional",
            }
        )
        marked = marked.join(
            reading, on=["submission_id", f"{name}_text"], how="left", maintain_order="left"
        ).with_columns(pl.coalesce(f"{name}_cell", f"{name}_parsed").alias(name))
    found = RowFindings(marked, letters)
    for name in fields:
        for code in _NUMBER_FAULTS:
            faulty = (pl.col(f"{name}_fault") == code) & pl.col(f"{name}_cell").is_null()
            found.add(code, faulty, name, pl.col(f"{name}_detail"))
        unexplained = (pl.col(f"{name}_mark") != "") & ~pl.col(f"{name}_is_provisional")
        found.add("FOOTNOTE_MARK", unexplained, name, pl.col(f"{name}_mark"))
    return marked, found.frame()


def with_number_locales(
    submissions: pl.DataFrame, tables: Sequence[tuple[pl.DataFrame, Sequence[str]]]
) -> pl.DataFrame:
    """Submissions with ``number_locale``: as the file declares, else as its own numbers show.

    Args:
        submissions: one row per file.
        tables: rows of the files, each with the names of its number fields.
    """
    texts = pl.concat(_number_texts(rows, fields) for rows, fields in tables)
    evident = [
        (identity, number_locale_of([one.text for one in _marked(group["text"]).values()]))
        for (identity,), group in texts.group_by("submission_id")
    ]
    schema = {"submission_id": pl.String, "evident_locale": pl.String}
    return submissions.join(
        pl.DataFrame(evident, schema=schema, orient="row"),
        on="submission_id",
        how="left",
        maintain_order="left",
    ).with_columns(pl.coalesce("number_locale", "evident_locale").alias("number_locale"))


def _number_texts(rows: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """Distinct texts in number cells, per file."""
    return pl.concat(
        rows.filter(pl.col(f"{name}_cell").is_null() & pl.col(f"{name}_text").is_not_null()).select(
            "submission_id", pl.col(f"{name}_text").alias("text")
        )
        for name in fields
    ).unique(maintain_order=True)


def _marked(texts: Iterable[str]) -> dict[str, MarkedNumber]:
    """Texts without their marks; a missing mark is no number."""
    return {text: split_number(text) for text in texts if not is_missing_mark(text)}


def _parse_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """submission_id, text, value, fault, detail, mark; a missing mark is no value and no fault."""
    outcomes: list[tuple[object, ...]] = []
    for (identity, locale), group in texts.group_by(
        "submission_id", "number_locale", maintain_order=True
    ):
        outcomes += [
            (
                identity,
                text,
                *_parse_text(one.text, cast("NumberLocale | None", locale)),
                one.mark,
                one.is_provisional,
            )
            for text, one in _marked(group["text"]).items()
        ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "submission_id": pl.String,
        "text": pl.String,
        "value": pl.Decimal(38, 9),
        "fault": pl.String,
        "detail": pl.String,
        "mark": pl.String,
        "is_provisional": pl.Boolean,
    }
    return pl.DataFrame(outcomes, schema=schema, orient="row")


def _parse_text(text: str, locale: NumberLocale | None) -> tuple[object, str | None, str | None]:
    try:
        number = parse_number(text, locale)
    except NumberFormatError as error:
        if len(error.readings) > 1:
            readings = " / ".join(map(_written_out, error.readings))
            return None, "AMBIGUOUS_NUMBER", readings
        return None, "OTHER_NUMBER_STYLE" if error.readings else "NOT_A_NUMBER", locale
    if abs(number) >= _NUMBERS_END:
        return None, "NUMBER_TOO_LARGE", None
    return number.quantize(_NINTH_PLACE, context=_WIDE), None, None


def _written_out(value: Decimal) -> str:
    """Without groups, which are what the doubt is about: 606840, 606,840."""
    return f"{value:f}".replace(".", ",")


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


def with_advice(
    rows: pl.DataFrame, unknown: pl.Expr, field: str, advise: Callable[[str], str | None]
) -> pl.DataFrame:
    """Rows with ``<field>_advice`` on what was written in rows that meet the condition.

    Files with many such texts get none: looking for something similar is dear, and helps only
    where a few names are misspelt.
    """
    key = ["submission_id", f"{field}_text"]
    pairs = rows.filter(unknown).select(key).drop_nulls().unique()
    few = pairs.filter(pl.len().over("submission_id") <= MOST_ADVISED_TEXTS)
    advice = few.with_columns(mapped(few[f"{field}_text"], advise).alias(f"{field}_advice"))
    return rows.join(advice, on=key, how="left", maintain_order="left")


def similar_code(code: str, known: Sequence[str]) -> str | None:
    """Advice that names up to three known codes that look alike, whatever their case."""
    by_lower = {one.lower(): one for one in known}
    close = get_close_matches(code.lower(), list(by_lower), n=3, cutoff=0.6)
    return f"Gần giống: {', '.join(by_lower[one] for one in close)}." if close else None
