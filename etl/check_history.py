"""Checks that find wrong figures which pass a format check: against history and one another.

Every rule is a row of ``history_rules.csv``: its words and an expression over cells
(:mod:`etl.history_cells`) that were given what surrounds them; its numbers, for all or for single
indicators, stand in ``check_parameters.csv``. A rule passes, fails or cannot tell, and all three
are counted. Failures are warnings: they stay with the data and refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from etl.findings import RowFindings, gather, number_text
from etl.history_across import (
    parents_of_all,
    with_children,
    with_column,
    with_last_sex_gaps,
    with_neighbours,
    with_parts,
    with_predecessors,
    with_sexes,
)
from etl.history_cells import HISTORY_COLUMNS, history_cells, own_cells
from etl.history_columns import LEAST_PLACES, with_blocks, with_gap_shift, with_same_column
from etl.history_gaps import level_findings, level_outcomes, missing_levels
from etl.history_in_time import with_own_history
from etl.history_rules import STRETCH_RULE, Rule, rules, stretch_limits
from indicators.catalogue import Catalogue
from indicators.tables import CheckOutcomes, conform, empty

_OUTCOMES = ("passed", "failed", "cannot_tell")
_SHOWN_PLACES = 2  # of a value made from counts
_DIGITS = 2**20  # more than any file has lines


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
    codes = rules()
    judged = [
        _judged(wave, witnesses, past, catalogue, codes)
        for wave, witnesses in _in_order_of_receipt(own, refused)
    ]
    if not judged:
        return HistoryCheck(gather([]), empty(CheckOutcomes))
    cells = pl.concat(judged, how="diagonal_relaxed")
    levels = missing_levels(cells.filter("is_table"), catalogue.localities)
    sheets = rows.group_by("submission_id").agg(pl.col("sheet").first())
    findings = gather([_findings(cells, codes, rows, letters), level_findings(levels, sheets)])
    outcomes = pl.concat([_outcomes(cells, codes), conform(level_outcomes(levels), CheckOutcomes)])
    return HistoryCheck(findings, outcomes.sort("submission_id", "code"))


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
    own: pl.DataFrame,
    witnesses: pl.DataFrame,
    past: pl.DataFrame,
    catalogue: Catalogue,
    codes: Mapping[str, Rule],
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
    cells = with_own_history(pl.concat([own, same_series])).filter(pl.col("row").is_not_null())
    cells = with_last_sex_gaps(with_sexes(cells), earlier)
    cells = with_parts(cells)
    cells = with_predecessors(cells, earlier, catalogue.locality_succession)
    cells = _with_tables(cells, earlier, catalogue)
    judged = cells.with_columns(
        rule.outcome().alias(code) for code, rule in codes.items() if code != STRETCH_RULE
    )
    suspect = pl.any_horizontal(code for code, rule in codes.items() if rule.makes_stretch)
    tables = with_blocks(judged.filter("is_table"), suspect, stretch_limits())
    return (
        pl.concat([tables, judged.filter(~pl.col("is_table"))], how="diagonal")
        .with_columns(pl.col("in_block", "has_column").fill_null(value=False))
        .with_columns(codes[STRETCH_RULE].outcome().alias(STRETCH_RULE))
    )


def _with_tables(cells: pl.DataFrame, earlier: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Cells with what the tables of their file say; most files hold one locality and no table."""
    is_table = pl.col("ref_area").n_unique().over("submission_id") >= LEAST_PLACES
    marked = cells.with_columns(is_table.alias("is_table"))
    tables = with_neighbours(with_column(marked.filter("is_table"), catalogue.localities))
    tables = with_children(tables, catalogue.localities)
    tables = with_same_column(tables, earlier)
    tables = with_gap_shift(tables, earlier)
    parents = pl.col("ref_area").is_in(parents_of_all(catalogue.localities))
    return pl.concat([tables, marked.filter(~pl.col("is_table"))], how="diagonal").with_columns(
        parents.alias("is_parent"), pl.col("has_sister_columns").fill_null(value=False)
    )


def _findings(
    cells: pl.DataFrame, codes: Mapping[str, Rule], rows: pl.DataFrame, letters: pl.DataFrame
) -> pl.DataFrame:
    """Failures, each at the cell of the number that it is about.

    A value that was made from counts stands in no cell: it is told at its numerator.
    """
    texts = rows.with_row_index("row").select(
        "row", "sheet", *(f"{name}_text" for name in ("numerator", "denominator", "reported_value"))
    )
    found = []
    for code, rule in codes.items():
        failed = rule.detail(cells.filter(code).with_columns(rule.field.alias("field")))
        placed = _at_filled_cells(failed.join(texts, on="row", how="left"))
        for field, part in placed.partition_by("field", as_dict=True).items():
            shown = RowFindings(part, letters)
            shown.add(code, pl.lit(value=True), str(field[0]), pl.col("detail"))
            found.append(shown.frame())
    return gather(found)


def _at_filled_cells(failed: pl.DataFrame) -> pl.DataFrame:
    is_made = (pl.col("field") == "reported_value") & pl.col("reported_value_text").is_null()
    return failed.with_columns(
        pl.when(is_made).then(pl.lit("numerator")).otherwise("field").alias("field"),
        pl.when(is_made)
        .then(number_text(pl.col("value").round(_SHOWN_PLACES)))
        .otherwise("numerator_text")
        .alias("numerator_text"),
    )


def _outcomes(cells: pl.DataFrame, codes: Mapping[str, Rule]) -> pl.DataFrame:
    """Per file and rule, over the rows that the rule is about."""
    counted = (
        cells.lazy()
        .select("submission_id", *(_as_counts(code, rule) for code, rule in codes.items()))
        .group_by("submission_id")
        .agg(pl.all().sum())
        .collect()
    )
    long = counted.unpivot(index="submission_id", variable_name="code", value_name="counts")
    return conform(
        long.select(
            "submission_id",
            "code",
            *(
                ((pl.col("counts") // _DIGITS**place) % _DIGITS).alias(name)
                for place, name in enumerate(_OUTCOMES)
            ),
        )
        .filter(pl.sum_horizontal(_OUTCOMES) > 0)
        .sort("submission_id", "code"),
        CheckOutcomes,
    )


def _as_counts(code: str, rule: Rule) -> pl.Expr:
    """1 in the place of this cell's outcome: three counts in one sum, which is much faster."""
    place = pl.when(pl.col(code).is_null()).then(2).when(pl.col(code)).then(1).otherwise(0)
    return (
        pl.when(rule.applies)
        .then(pl.lit(_DIGITS, dtype=pl.Int64).pow(place))
        .otherwise(0)
        .alias(code)
    )
