"""The table of *Bản đồ*: its list, the provinces without figures at the end."""

from __future__ import annotations

from dashboard import provinces, queries
from dashboard.address import View
from dashboard.components.province_list import result_word
from dashboard.components.series import Codes, group_phrase, unit_name
from dashboard.exports.common import (
    chosen,
    figure,
    figure_cells,
    origin_cells,
    origin_columns,
    text,
    trace,
    year,
)
from dashboard.provinces import Selection
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words


def map_table(release: Release, view: View, words: Words) -> Table | None:
    """Nation and provinces in the order of the list."""
    subject = queries.target(release, view.target) or provinces.indicator(release, view.target)
    selection = provinces.selection(release, view) if subject else None
    if subject is None or selection is None:
        return None
    codes = queries.code_names(release, words.language)
    rows = _ordered(selection)
    missing = [_missing(row, words) for row in selection.missing.iter_rows(named=True)]
    return Table(
        title=words("map.title", name=words.pick(subject, "name"), year=selection.year),
        columns=_columns(selection, words),
        rows=[*(_row(row, codes, view, words) for row in rows), *missing],
        notes=[
            chosen(release, view, "milestone", "geography", words=words),
            words("export.map.note"),
            words("export.missing"),
            words("export.source.figures"),
        ],
        is_synthetic=any(row["is_synthetic"] for row in rows),
    )


def _ordered(selection: Selection) -> list[Row]:
    """The nation first; then the worst, or without a target the highest."""
    order = ["deviation", "code"] if selection.has_number else ["latest_published", "code"]
    down = [not selection.has_number, False]
    listed = selection.figures.sort(order, descending=down, nulls_last=True)
    rows: list[Row] = list(listed.iter_rows(named=True))
    return [selection.nation, *rows] if selection.nation else rows


def _columns(selection: Selection, words: Words) -> list[Column]:
    against = [text("condition", words), figure("target_value", words), text("result", words)]
    return [
        text("locality", words),
        text("locality_id", words),
        figure("value", words, link_key="trace"),
        text("unit", words),
        text("group", words),
        year("reference_year", words),
        figure("numerator", words),
        figure("denominator", words),
        *(against if selection.has_number else []),
        *origin_columns(words),
    ]


def _row(row: Row, codes: Codes, view: View, words: Words) -> dict[str, Cell]:
    has_number = row["target_value"] is not None
    is_nation = row.get("locality_vi") is None
    return {
        "locality": words("map.whole") if is_nation else words.pick(row, "locality"),
        "locality_id": row["locality_id"],
        **figure_cells("value", row["latest_published"], row["decimals"]),
        "trace": trace(row["observation_id"], view),
        "unit": unit_name(row, codes, words),
        "group": group_phrase({"sex": None, "age": None, **row}, codes),
        "reference_year": row["reference_year"],
        **figure_cells("numerator", row["numerator"]),
        **figure_cells("denominator", row["denominator"]),
        "condition": condition(row, words) if has_number else "",
        **figure_cells("target_value", row["target_value"]),
        "result": result_word(row, words) if has_number else "",
        **origin_cells(row, codes, words),
    }


def _missing(row: Row, words: Words) -> dict[str, Cell]:
    return {
        "locality": words.pick(row, "locality"),
        "locality_id": row["locality_id"],
        "result": words("reason.no_data"),
    }
