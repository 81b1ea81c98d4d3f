"""The rules of :mod:`etl.check_history`: one row of ``history_rules.csv`` each, as SQL expressions
over the columns of a cell, with numbers out of ``check_parameters.csv``.

A new rule of these kinds is one more row, a new threshold one more number: no code. What an
expression may name is listed in ``docs/methods/checks.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from etl.findings import history_rules, number_text
from etl.history_columns import StretchLimits

STRETCH_RULE = "SLIPPED_STRETCH"  # judged last: it looks at what the others found
_PLACES = 2  # of numbers shown in words
_ALL_INDICATORS = "*"
_PARAMETER = re.compile(r":([a-z_]+)")


@dataclass(frozen=True)
class Rule:
    """One rule over cells.

    ``applies``: the cells that it is about; ``fails``: what must not be, null where something that
    it needs is missing; ``details``: what was expected; ``field``: where the finding is shown.
    """

    code: str
    applies: pl.Expr
    fails: pl.Expr
    details: tuple[pl.Expr, ...]
    field: pl.Expr
    makes_stretch: bool

    def outcome(self) -> pl.Expr:
        """True failed, false passed, null not about this cell or cannot tell."""
        return pl.when(self.applies).then(self.fails)

    def detail(self, cells: pl.DataFrame) -> pl.DataFrame:
        """``detail`` of these cells: numbers as they are written in Viet Nam."""
        texts = []
        for place, expression in enumerate(self.details):
            is_number = cells.select(expression.alias("detail"))["detail"].dtype.is_float()
            text = number_text(expression.round(_PLACES)) if is_number else expression
            texts.append(text.cast(pl.String).alias(f"detail_{place}"))
        shown = pl.concat_str(texts, separator="; ") if texts else pl.lit(None, dtype=pl.String)
        return cells.with_columns(shown.alias("detail"))


def rules() -> dict[str, Rule]:
    """All rules by code, in the order of the table.

    Raises:
        polars.exceptions.SQLSyntaxError: an expression of the table cannot be read.
        KeyError: an expression names a parameter that has no number.
    """
    table = history_rules()
    numbers = parameters()
    return {row["code"]: _rule(row, numbers) for row in table.iter_rows(named=True)}


@cache
def parameters() -> pl.DataFrame:
    """Numbers of the rules: code, parameter, indicator_id ("*": all others), value, reason."""
    return pl.read_csv(
        (files("etl") / "check_parameters.csv").read_bytes(), schema_overrides={"value": pl.Float64}
    )


def stretch_limits() -> StretchLimits:
    """Limits of stretches: of columns, so not by indicator."""
    numbers = _numbers(parameters(), STRETCH_RULE)
    return StretchLimits(**{name: one[_ALL_INDICATORS] for name, one in numbers.items()})


def _rule(row: dict[str, str | None], numbers: pl.DataFrame) -> Rule:
    own = _numbers(numbers, str(row["code"]))

    def expression(text: str | None) -> pl.Expr:
        return pl.sql_expr(_PARAMETER.sub(lambda found: _as_sql(own[found[1]]), text or "NULL"))

    fails = expression(row["fails"])
    if row["known"]:
        fails = pl.when(expression(row["known"])).then(fails.fill_null(value=False))
    return Rule(
        str(row["code"]),
        expression(row["applies"]).fill_null(value=False),
        fails,
        tuple(expression(one) for one in _several(row["detail"])),
        expression(row["field"]),
        row["makes_stretch"] == "yes",
    )


def _several(text: str | None) -> Iterable[str]:
    return [one.strip() for one in (text or "").split(";") if one.strip()]


def _numbers(table: pl.DataFrame, code: str) -> dict[str, dict[str, float]]:
    """parameter → indicator → number of one rule."""
    numbers: dict[str, dict[str, float]] = {}
    for name, indicator, value in (
        table.filter(pl.col("code") == code)
        .select("parameter", "indicator_id", "value")
        .iter_rows()
    ):
        numbers.setdefault(name, {})[indicator] = value
    return numbers


def _as_sql(numbers: dict[str, float]) -> str:
    """The number of each cell's indicator: its own, or that for all."""
    own = [
        f"WHEN indicator_id = '{indicator}' THEN {number!r}"
        for indicator, number in numbers.items()
        if indicator != _ALL_INDICATORS
    ]
    general = numbers[_ALL_INDICATORS]
    return f"(CASE {' '.join(own)} ELSE {general!r} END)" if own else f"({general!r})"
