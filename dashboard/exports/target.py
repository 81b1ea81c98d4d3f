"""The tables of *Chỉ tiêu*: all localities, and every figure of one with the way to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard import queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.components.place_in_file import place_in_file
from dashboard.components.series import Codes, unit_name
from dashboard.exports.common import (
    figure,
    figure_cells,
    origin_cells,
    origin_columns,
    text,
    trace,
    year,
)
from dashboard.exports.everyone import everyone_table
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words


def target_tables(release: Release, view: View, words: Words) -> Sequence[Table]:
    """All localities first where the page shows them first, else the series of the one in view."""
    shown = NATION if view.locality == ALL_LOCALITIES else view.locality
    locality = queries.locality(release, shown)
    target = queries.target(release, view.target)
    if locality is None or target is None:
        return ()
    everyone = everyone_table(release, target, locality, view, words)
    series = _series_table(release, target, locality, view, words)
    tables = (everyone, series) if shown == NATION else (series, everyone)
    return [table for table in tables if table is not None]


def _series_table(
    release: Release, target: Row, locality: Row, view: View, words: Words
) -> Table | None:
    """Figures of a target, or of its parts, in one locality."""
    codes = queries.code_names(release, words.language)
    place = words.pick(locality, "name")
    found = list(_figures(release, target, locality["locality_id"]))
    if not found:
        return None
    name = f"{target['short_code']} {words.pick(target, 'name')}"
    return Table(
        title=words("export.target.title", target=name, locality=place),
        columns=_columns(words),
        rows=[_row(one, row, place, codes, view, words) for one, row in found],
        notes=[
            words("export.target.note"),
            words("export.missing"),
            words("export.source.figures"),
        ],
        is_synthetic=any(row["is_synthetic"] for _, row in found),
        sheet=words("export.target.sheet"),
    )


def _figures(release: Release, target: Row, locality_id: str) -> Iterator[tuple[Row, Row]]:
    """Each figure after the row of the target whose series it belongs to, as the page has them."""
    assessed = queries.assessed_target(release, locality_id, target["target_id"])
    rows = list(assessed.iter_rows(named=True))
    parts = [row for row in rows if row["target_id"] != target["target_id"]]
    series = {row["target_id"]: row for row in reversed(parts or rows)}
    if not series:
        series = {target["target_id"]: {**target, "binding_target_id": target["target_id"]}}
    for row in reversed(series.values()):
        figures = queries.observations(release, row["binding_target_id"], locality_id)
        for found in figures.iter_rows(named=True):
            yield row, found


def _columns(words: Words) -> list[Column]:
    return [
        text("locality", words),
        text("locality_id", words),
        text("target_code", words),
        text("target", words),
        year("reference_year", words),
        text("period", words),
        figure("value", words, link_key="trace"),
        text("unit", words),
        figure("numerator", words),
        figure("denominator", words),
        *origin_columns(words),
        text("file", words),
        text("cell", words),
        text("note", words),
    ]


def _row(
    target: Row, row: Row, place: str, codes: Codes, view: View, words: Words
) -> dict[str, Cell]:
    name = "target" if "target_vi" in target else "name"
    return {
        "locality": place,
        "locality_id": row["ref_area"],
        "target_code": target["short_code"],
        "target": words.pick(target, name),
        "reference_year": row["reference_year"],
        "period": row["time_period"],
        **figure_cells("value", row["obs_value"], row["decimals"]),
        "trace": trace(row["observation_id"], view),
        "unit": unit_name(row, codes, words),
        **figure_cells("numerator", row["numerator"]),
        **figure_cells("denominator", row["denominator"]),
        **origin_cells(row, codes, words),
        "file": row["file_name"],
        "cell": place_in_file(row, words),
        "note": row["note"],
    }
