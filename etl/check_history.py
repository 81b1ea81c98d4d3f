"""Checks that find wrong figures which pass a format check: against history and one another.

Every rule is an entry of ``RULES``: an expression over cells (:mod:`etl.history_cells`) that were
given what surrounds them. Its words stand in ``check_rules.csv``, its numbers, for all or for
single indicators, in ``check_parameters.csv``. A rule passes, fails or cannot tell, and all three
are counted. Failures are warnings: they stay with the data and refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from etl.findings import RowFindings, gather
from etl.history_across import (
    with_children,
    with_column,
    with_last_sex_gaps,
    with_neighbours,
    with_parts,
    with_predecessors,
    with_sexes,
)
from etl.history_cells import HISTORY_COLUMNS, history_cells, own_cells
from etl.history_columns import with_blocks, with_gap_shift, with_same_column
from etl.history_in_time import with_own_history
from etl.history_rules import (
    ALL_RULES,
    BLOCK_RULE,
    FITS_NEIGHBOUR,
    RULES,
    SUSPECT_RULES,
    Rule,
    stretch_limits,
)
from indicators.catalogue import Catalogue
from indicators.tables import CheckOutcomes, conform, empty


@dataclass(frozen=True)
class HistoryCheck:
    """What came of the checks against history."""

    findings: pl.DataFrame  # findings.FINDING_SCHEMA
    outcomes: pl.DataFrame  # tables.CheckOutcomes


def wanted_history(rows: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """``indicator_id`` and ``ref_area`` of what the checks of these rows look back at: the same
    localities and those that were merged into them.
    """
    own = rows.select("indicator_id", "ref_area").unique().drop_nulls()
    merged = own.join(
        catalogue.locality_succession.select(
            pl.col("successor_id").alias("ref_area"), "predecessor_id"
        ),
        on="ref_area",
    )
    return pl.concat(
        [own, merged.select("indicator_id", pl.col("predecessor_id").alias("ref_area"))]
    ).unique()


def check_against_history(
    rows: pl.DataFrame,
    history: pl.DataFrame,
    letters: pl.DataFrame,
    catalogue: Catalogue,
    refused: pl.Series,
) -> HistoryCheck:
    """Judge the rows of a batch by what is in force, by earlier files of the batch and by
    themselves.

    Args:
        rows: as :func:`etl.check_observations.with_catalogue` gives them.
        history: at least ``HISTORY_COLUMNS`` of the values in force before this batch.
        letters: which sheet column holds a field in which file.
        catalogue: indicators, localities and their succession.
        refused: submission_id of files that other rules refuse; they are judged, but no witness
            for others.

    A file never sees later files, whatever is received with it, so that taking in the archive
    again finds the same.
    """
    own = own_cells(rows)
    past = history_cells(history.select(HISTORY_COLUMNS), catalogue.indicators)
    judged = [
        _judged(wave, witnesses, past, catalogue)
        for wave, witnesses in _in_order_of_receipt(own, refused)
    ]
    if not judged:
        return HistoryCheck(gather([]), empty(CheckOutcomes))
    cells = pl.concat(judged, how="diagonal_relaxed")
    return HistoryCheck(_findings(cells, rows, letters), _outcomes(cells))


def _in_order_of_receipt(
    own: pl.DataFrame, refused: pl.Series
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Cells in waves: each with the earlier cells of the batch that may bear witness.

    Nearly always one wave; another one only where two files of a batch report the same series.
    """
    waves = own.select("submission_id").unique().join(_waves(own), on="submission_id", how="left")
    marked = own.join(
        waves.with_columns(pl.col("wave").fill_null(0)), on="submission_id", maintain_order="left"
    )
    for number in sorted(set(marked["wave"])):
        earlier = marked.filter(
            (pl.col("wave") < number) & ~pl.col("submission_id").is_in(refused.implode())
        )
        yield (
            marked.filter(pl.col("wave") == number).drop("wave"),
            earlier.sort("sequence", descending=True, maintain_order=True).drop("wave"),
        )


def _waves(own: pl.DataFrame) -> pl.DataFrame:
    """Files that share a series with another one, each after those received before it."""
    shared = (
        own.select("submission_id", "sequence", "series")
        .unique()
        .filter(pl.col("submission_id").n_unique().over("series") > 1)
        .group_by("submission_id")
        .agg(pl.col("sequence").first(), "series")
        .sort("sequence")
    )
    last_wave: dict[int, int] = {}
    waves: list[tuple[str, int]] = []
    for submission_id, series in shared.select("submission_id", "series").iter_rows():
        wave = 1 + max(last_wave.get(one, -1) for one in series)
        last_wave |= dict.fromkeys(series, wave)
        waves.append((submission_id, wave))
    schema = {"submission_id": pl.String, "wave": pl.Int64}
    return pl.DataFrame(waves, schema=schema, orient="row")


def _judged(
    own: pl.DataFrame, witnesses: pl.DataFrame, past: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Own cells with one column per rule: true failed, false passed, null cannot tell."""
    unknown = [
        pl.lit(None, dtype=own.schema[name]).alias(name)
        for name in ("row", "submission_id", "sequence", "sheet_row", "declared_year")
    ]
    earlier = pl.concat([witnesses.with_columns(unknown), past.select(witnesses.columns)]).unique(
        ["series", "year"], keep="first", maintain_order=True
    )
    same_series = earlier.join(own.select("series").unique(), on="series", how="semi").join(
        own, on=["series", "year"], how="anti"
    )
    around = with_own_history(pl.concat([own, same_series])).filter(pl.col("row").is_not_null())
    cells = with_column(around, catalogue.localities)
    cells = with_sexes(with_neighbours(cells))
    cells = with_last_sex_gaps(cells, earlier)
    cells = with_parts(cells)
    cells = with_children(cells, catalogue.localities)
    cells = with_predecessors(cells, earlier, catalogue.locality_succession)
    cells = with_same_column(cells, earlier)
    cells = with_gap_shift(cells, earlier)
    cells = cells.with_columns(_outcome(rule).alias(code) for code, rule in RULES.items())
    cells = with_blocks(cells, pl.any_horizontal(*SUSPECT_RULES), FITS_NEIGHBOUR, *stretch_limits())
    return cells.with_columns(_outcome(BLOCK_RULE).alias(BLOCK_RULE.code))


def _outcome(rule: Rule) -> pl.Expr:
    known = (rule.applies & rule.known).fill_null(value=False)
    return pl.when(known).then(rule.fails.fill_null(value=False))


def _findings(cells: pl.DataFrame, rows: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Failures, each at the cell of the number that it is about."""
    texts = rows.with_row_index("row").select(
        "row", "sheet", *(f"{name}_text" for name in ("numerator", "denominator", "reported_value"))
    )
    failed = cells.filter(pl.any_horizontal(*ALL_RULES)).join(
        texts, on="row", how="left", maintain_order="left"
    )
    found = RowFindings(failed, letters)
    for code, rule in ALL_RULES.items():
        for field, where in rule.fields.items():
            found.add(code, pl.col(code) & where, field, rule.detail)
    return found.frame()


def _outcomes(cells: pl.DataFrame) -> pl.DataFrame:
    """Per file and rule, over the rows that the rule is about."""
    counted = cells.group_by("submission_id").agg(
        expression
        for code, rule in ALL_RULES.items()
        for expression in (
            (rule.applies & (pl.col(code) == False)).sum().alias(f"{code}:passed"),  # noqa: E712
            (rule.applies & pl.col(code)).sum().alias(f"{code}:failed"),
            (rule.applies & pl.col(code).is_null()).sum().alias(f"{code}:cannot_tell"),
        )
    )
    long = counted.unpivot(index="submission_id", variable_name="what", value_name="count")
    parts = pl.col("what").str.split(":").list
    return conform(
        long.with_columns(parts.get(0).alias("code"), parts.get(1).alias("outcome"))
        .pivot("outcome", index=["submission_id", "code"], values="count")
        .filter(pl.sum_horizontal("passed", "failed", "cannot_tell") > 0)
        .sort("submission_id", "code"),
        CheckOutcomes,
    )
