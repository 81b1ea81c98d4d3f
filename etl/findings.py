"""Faults in received data are rows. This is the one way to make, gather and describe them.

A finding is a code with an address and the value found; its severity and its words in both
languages stand in ``check_rules.csv`` (and ``history_rules.csv``), where ``{value}`` and
``{detail}`` are filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import polars as pl

from etl.finding import Finding as Finding  # noqa: PLC0414 - users find it here too
from indicators.tables import Issues, conform, empty

FINDING_SCHEMA = {
    "submission_id": pl.String,
    "code": pl.String,
    "sheet": pl.String,
    "sheet_row": pl.Int64,
    "cell": pl.String,
    "value": pl.String,
    "detail": pl.String,  # what the rule expected, e.g. a limit or a list of suggestions
}
_LONGEST_VALUE_SHOWN = 120
_LONGEST_DETAIL_SHOWN = 300


def findings_frame(submission_id: str, findings: Iterable[Finding]) -> pl.DataFrame:
    """Findings of one file as rows of ``FINDING_SCHEMA``."""
    rows = [
        (submission_id, one.code, one.sheet, one.sheet_row, one.cell, one.value, one.detail)
        for one in findings
    ]
    return pl.DataFrame(rows, schema=FINDING_SCHEMA, orient="row")


class RowFindings:
    """Collects findings about rows of one table, each addressed by the cell of one field.

    Args:
        rows: has submission_id, sheet, sheet_row and, per field, the received ``<field>_text``.
        letters: submission_id, field, letter: which sheet column holds a field in which file.
    """

    def __init__(self, rows: pl.DataFrame, letters: pl.DataFrame) -> None:
        self._rows = rows
        self._letters = letters
        self._found: list[pl.DataFrame] = []

    def add(
        self,
        code: str,
        condition: pl.Expr,
        field: str,
        detail: pl.Expr | None = None,
        value: pl.Expr | None = None,
    ) -> None:
        """One finding for each row that meets the condition; null does not meet it.

        An empty cell shows ``value``, else what it stands for (the sender's locality, say).
        """
        faulty = self._rows.filter(condition)
        if faulty.is_empty():
            return
        if value is None and faulty.schema.get(field) == pl.String:
            value = pl.col(field)
        received = pl.col(f"{field}_text")
        letters = self._letters.filter(pl.col("field") == field).drop("field")
        address = pl.concat_str(pl.col("letter").fill_null("A"), pl.col("sheet_row"))
        self._found.append(
            faulty.join(letters, on="submission_id", how="left").select(
                "submission_id",
                pl.lit(code).alias("code"),
                "sheet",
                "sheet_row",
                address.alias("cell"),
                (received if value is None else pl.coalesce(received, value)).alias("value"),
                (pl.lit(None) if detail is None else detail).cast(pl.String).alias("detail"),
            )
        )

    def frame(self) -> pl.DataFrame:
        """All findings so far."""
        return gather(self._found)


def number_text(number: pl.Expr) -> pl.Expr:
    """A decimal as it is typed in Viet Nam, without groups and closing zeros: "59,0909"."""
    plain = number.cast(pl.Decimal(38, 9)).cast(pl.String)
    return (
        plain.str.strip_chars_end("0").str.strip_chars_end(".").str.replace(".", ",", literal=True)
    )


def gather(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All findings in one frame."""
    return pl.concat([pl.DataFrame(schema=FINDING_SCHEMA), *parts])


@cache
def check_rules() -> pl.DataFrame:
    """All rules, those with expressions too: code, severity, scope, words, owner."""
    words = pl.read_csv(
        (files("etl") / "check_rules.csv").read_bytes(), schema_overrides={"code": pl.String}
    )
    return pl.concat([words, history_rules().select(words.columns)])


@cache
def history_rules() -> pl.DataFrame:
    """Rules against history and other lines: words as above, then SQL expressions, all text."""
    return pl.read_csv((files("etl") / "history_rules.csv").read_bytes(), infer_schema=False)


def describe(findings: pl.DataFrame) -> pl.DataFrame:
    """Findings with severity and words, as :class:`indicators.tables.Issues`, in sheet order."""
    if findings.is_empty():
        return empty(Issues)
    shown = (
        pl.col("value").str.slice(0, _LONGEST_VALUE_SHOWN),
        pl.col("detail").str.slice(0, _LONGEST_DETAIL_SHOWN),
    )
    described = findings.with_columns(shown).join(
        check_rules(), on="code", how="left", maintain_order="left"
    )
    value, detail = pl.col("value").fill_null(""), pl.col("detail").fill_null("")
    words = [
        pl.col(name)
        .str.replace("{detail}", detail, literal=True)
        .str.replace("{value}", value, literal=True)
        .str.strip_chars_end()
        for name in ("message_vi", "message_en", "advice_vi", "advice_en")
    ]
    return conform(
        described.with_columns(words).sort(
            "submission_id", "sheet", "sheet_row", "cell", "code", nulls_last=False
        ),
        Issues,
    )
