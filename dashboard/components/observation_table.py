"""The figures behind a chart as a table, each with the way back to its source cell.

What several figures in a row have in common (kind of source, source) is said once, above them.
File names, organisations and sources were written by senders: they are shown as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.place_in_file import place_in_file
from dashboard.components.shared_marks import all_synthetic, all_unverified, shared_notes
from dashboard.components.trace_link import trace_link
from dashboard.queries import Row
from dashboard.sentences import counts_phrase, number, origin_phrase
from dashboard.texts import Words

_COLUMNS = ("reference_year", "value", "counts", "cell")
_NORMAL = "A"  # of CL_OBS_STATUS: nothing to say


class _Shape(NamedTuple):
    """What the table as a whole decides for each of its rows."""

    counted: bool  # whether any figure has its counts
    synthetic: bool  # whether all figures are made up: then no row says it
    unverified: bool  # whether none is checked against its act: then no row says it


def observation_table(
    observations: pl.DataFrame,
    primary_family: str,
    codes: Mapping[tuple[str, str], str],
    view: View,
    words: Words,
) -> html.Div:
    """The table that says what the trend chart shows; each value opens its trace.

    Args:
        observations: answer of :func:`dashboard.queries.observations`.
        primary_family: the source family that carries the verdict; its figures come first.
        codes: names of code items, from :func:`dashboard.queries.code_names`.
        view: what is looked at.
        words: the texts of one language.
    """
    rows = observations.with_columns(
        (pl.col("is_target_definition") & (pl.col("source_family") == primary_family)).alias(
            "first"
        )
    ).sort(
        ["first", "source_family", "definition", "reference_year", "time_period"],
        descending=[True, False, False, True, True],
    )
    listed = rows.rows(named=True)
    shape = _Shape(
        bool(observations["numerator"].is_not_null().any()),
        all_synthetic(listed),
        all_unverified(listed),
    )
    columns = [column for column in _COLUMNS if shape.counted or column != "counts"]
    heads = [
        html.Th(words(f"table.{column}"), scope="col", className=f"column-{column}")
        for column in columns
    ]
    table = html.Table(
        [
            html.Caption(words("table.figures")),
            html.Thead(html.Tr(heads)),
            html.Tbody(
                [
                    table_row
                    for _, group in groupby(listed, key=_shared)
                    for table_row in _rows(list(group), shape, codes, view, words)
                ]
            ),
        ],
        className="figures-table observations",
    )
    return html.Div(
        [table, *shared_notes(shape.synthetic, shape.unverified, words)],
        className="scroll",
        role="region",
        tabIndex=0,
        **aria(label=words("table.figures")),
    )


def _shared(row: Row) -> tuple[object, ...]:
    """What a row may have in common with the next one."""
    names = (
        "source_family", "definition", "source_text", "note", "confidence", "is_synthetic",
        "organisation", "origin", "coverage",
    )  # fmt: skip
    return tuple(row[name] for name in names)


def _rows(
    group: Sequence[Row],
    shape: _Shape,
    codes: Mapping[tuple[str, str], str],
    view: View,
    words: Words,
) -> list[html.Tr]:
    """Rows of one source under its name."""
    first = group[0]
    family = codes.get(("CL_SOURCE_FAMILY", first["source_family"]), first["source_family"])
    definition = [] if first["is_target_definition"] else [words.pick(first, "definition")]
    source = html.Span("; ".join(_source(first, shape, words)), className="aside")
    head = html.Th(
        [html.Span(", ".join([family, *definition])), " ", source],
        colSpan=len(_COLUMNS) if shape.counted else len(_COLUMNS) - 1,
        scope="rowgroup",
        className="source",
    )
    return [
        html.Tr([head]),
        *(html.Tr(_own_cells(row, shape, codes, view, words)) for row in group),
    ]


def _own_cells(
    row: Row, shape: _Shape, codes: Mapping[tuple[str, str], str], view: View, words: Words
) -> list[html.Th | html.Td]:
    year = str(row["reference_year"])
    period = row["time_period"]
    reported_for = [] if period == year else [words("table.reported_for", period=period)]
    status = [] if row["obs_status"] == _NORMAL else [_status(row, codes)]
    counts = counts_phrase(row["numerator"], row["denominator"], words)
    value = number(row["obs_value"], row["decimals"], words)
    return [
        html.Th(_lines([year, *status, *reported_for]), scope="row"),
        html.Td(trace_link(value, row["observation_id"], view), className="number"),
        *([html.Td(counts or "–", className="number")] if shape.counted else []),
        html.Td(_origin(row, words), className="origin"),
    ]


def _origin(row: Row, words: Words) -> list[Any]:
    """File and cell of a figure; of a computed one, folded, those of its parts."""
    parts = _parts(row, words)
    corrected = [html.Div(text, className="aside") for text in _corrections(row, words)]
    if not parts:
        return [_file_cell(row, words), *corrected]
    summary = html.Summary(words.counted("table.from_units", row["part_count"]))
    told = [html.Div(text, className="aside") for text in parts]
    return [html.Details([summary, *told], className="parts-of"), *corrected]


def _parts(row: Row, words: Words) -> list[str]:
    """The figures that a computed one rests on, each with its file and cell."""
    named = [
        words("table.part", locality=words.pick(part, "name"), place=_file_cell(part, words))
        for part in row["parts"] or ()
    ]
    rest = (row["part_count"] or 0) - len(named)
    return [*named, words("table.more_parts", count=number(rest, 0, words))] if rest > 0 else named


def _file_cell(part: Row, words: Words) -> str:
    """File and cell; a part that is itself computed has neither."""
    cell = place_in_file(part, words)
    return ", ".join([part["file_name"], cell]) if part["file_name"] else cell


def _corrections(row: Row, words: Words) -> list[str]:
    """What the system put right in the received figure, why, and who decided so."""
    return [
        words(
            "table.corrected",
            what=words(f"table.{one['column_name']}"),
            received=one["received_value"] or "–",
            corrected=one["corrected_value"] or "–",
            reason=one["reason_vi"].rstrip("."),
        )
        + (words("table.decided_by", who=one["decided_by"]) if one["decided_by"] else "")
        for one in row["corrections"] or ()
    ]


def _status(row: Row, codes: Mapping[tuple[str, str], str]) -> str:
    return codes.get(("CL_OBS_STATUS", row["obs_status"]), str(row["obs_status"]))


def _source(row: Row, shape: _Shape, words: Words) -> list[str]:
    told = [row["source_text"] or "", row["note"] or ""]
    if row["origin"] != "reported":
        told.append(origin_phrase(row, words))
    elif row["organisation"] is None:
        told.append(words("table.from_parts"))
    told.append(row["organisation"] or "")
    if row["confidence"] != "official" and not shape.unverified:
        told.append(words("unverified"))
    if row["is_synthetic"] and not shape.synthetic:
        told.append(words("synthetic"))
    return [text for text in told if text]


def _lines(texts: list[str]) -> list[html.Div]:
    first, *others = texts or [""]
    return [html.Div(first), *(html.Div(text, className="aside") for text in others)]
