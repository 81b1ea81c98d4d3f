"""The figures behind a chart as a table, each with the way back to its source cell.

File names, organisations and sources were written by senders: they are shown as text only.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from dash import html

from dashboard.components.aria import aria
from dashboard.queries import Row
from dashboard.sentences import counts_phrase, number
from dashboard.texts import Words

_COLUMNS = ("reference_year", "value", "counts", "family", "source", "trace")
_NORMAL = "A"  # of CL_OBS_STATUS: nothing to say


def observation_table(
    observations: pl.DataFrame,
    primary_family: str,
    codes: Mapping[tuple[str, str], str],
    words: Words,
) -> html.Div:
    """The table that says what the trend chart shows.

    Args:
        observations: answer of :func:`dashboard.queries.observations`.
        primary_family: the source family that carries the verdict; its figures come first.
        codes: names of code items, from :func:`dashboard.queries.code_names`.
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
    counted = observations["numerator"].is_not_null().any()
    columns = [column for column in _COLUMNS if counted or column != "counts"]
    heads = [
        html.Th(words(f"table.{column}"), scope="col", className=f"column-{column}")
        for column in columns
    ]
    table = html.Table(
        [
            html.Caption(words("table.figures")),
            html.Thead(html.Tr(heads)),
            html.Tbody([_row(row, counted, codes, words) for row in rows.iter_rows(named=True)]),
        ],
        className="figures-table",
    )
    return html.Div(
        table,
        className="scroll",
        role="region",
        tabIndex=0,
        **aria(label=words("table.figures")),
    )


def _row(row: Row, counted: bool, codes: Mapping[tuple[str, str], str], words: Words) -> html.Tr:
    family = codes.get(("CL_SOURCE_FAMILY", row["source_family"]), row["source_family"])
    definition = [] if row["is_target_definition"] else [words.pick(row, "definition")]
    year = str(row["reference_year"])
    period = row["time_period"]
    reported_for = [] if period == year else [words("table.reported_for", period=period)]
    status = [] if row["obs_status"] == _NORMAL else [_status(row, codes)]
    counts = counts_phrase(row["numerator"], row["denominator"], words)
    return html.Tr(
        [
            html.Th(_lines([year, *status, *reported_for]), scope="row"),
            html.Td(number(row["obs_value"], row["decimals"], words), className="number"),
            *([html.Td(counts or "–", className="number")] if counted else []),
            html.Td(_lines([family, *definition])),
            html.Td(_lines(_source(row, words))),
            html.Td(_lines(_trace(row, words))),
        ]
    )


def _status(row: Row, codes: Mapping[tuple[str, str], str]) -> str:
    return codes.get(("CL_OBS_STATUS", row["obs_status"]), str(row["obs_status"]))


def _source(row: Row, words: Words) -> list[str]:
    told = [row["source_text"] or "–", row["note"] or ""]
    if row["confidence"] != "official":
        told.append(words("unverified"))
    if row["is_synthetic"]:
        told.append(words("synthetic"))
    return [text for text in told if text]


def _trace(row: Row, words: Words) -> list[str]:
    if row["submission_id"] is None:
        return [
            words(f"table.{row['origin']}" if row["origin"] != "reported" else "table.from_parts")
        ]
    told = [row["organisation"] or "", row["file_name"] or ""]
    if row["origin"] != "reported":
        told.append(words(f"table.{row['origin']}"))
    if row["value_cell"] and row["sheet"]:
        told.append(words("table.sheet_cell", sheet=row["sheet"], cell=row["value_cell"]))
    elif row["sheet_row"] is not None:
        told.append(words("table.sheet_row", sheet=row["sheet"] or "", row=row["sheet_row"]))
    return [text for text in told if text]


def _lines(texts: list[str]) -> list[html.Div]:
    first, *others = texts or [""]
    return [html.Div(first), *(html.Div(text, className="aside") for text in others)]
