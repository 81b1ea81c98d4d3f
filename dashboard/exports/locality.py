"""The table of *Địa phương*: its targets, each with the figures of the units beside it."""

from __future__ import annotations

from dashboard import locality, queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.comparison import Comparison, by_target, compared
from dashboard.components.series import Codes, code_name
from dashboard.components.target_row import unit_name
from dashboard.exports.common import assessment_columns, assessment_row, chosen, figure_cells
from dashboard.locality import Place
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words


def locality_table(release: Release, view: View, words: Words) -> Table | None:
    """One row per target of a unit; kin, region, nation and chosen peers in columns."""
    shown = NATION if view.locality == ALL_LOCALITIES else view.locality
    unit = queries.locality(release, shown)
    if unit is None:
        return None
    assessed = queries.assessed(release, shown, view.geography, view.milestone)
    rows = list(assessed.iter_rows(named=True))
    figures = by_target(locality.figures(release, shown, view.milestone, view.peers))
    found = compared(rows, figures)
    others = [one for one in found.units if one["place"] != Place.SELF]
    beside = {row["target_id"]: cells for row, cells in found.rows}
    codes = queries.code_names(release, words.language)
    place = words.pick(unit, "name")
    return Table(
        title=words("export.locality.title", locality=place, year=view.milestone),
        columns=[*assessment_columns(words), *_unit_columns(others, words)],
        rows=[
            {
                **assessment_row(row, view, codes, words),
                **_unit_cells(row, others, beside.get(row["target_id"], {}), codes),
            }
            for row in rows
        ],
        notes=[
            chosen(release, view, "locality", "milestone", words=words),
            words("locality.comparison.note"),
            words("export.missing"),
            words("export.source.assessments"),
        ],
        is_synthetic=any(row["is_synthetic"] for row in rows) or _any_synthetic(found),
    )


def _unit_columns(others: list[Row], words: Words) -> list[Column]:
    """Value, year and kind of source of each unit: none of the three need be the locality's."""
    columns = []
    for at, one in enumerate(others):
        place = words(f"place.{one['place']}")
        name = f"{unit_name(one, words)} ({place})"
        columns += [
            Column(f"unit{at}", name, "number", decimals_key=f"unit{at}_decimals"),
            Column(f"unit{at}_year", words("export.unit.year", name=name), "year"),
            Column(f"unit{at}_family", words("export.unit.family", name=name)),
        ]
    return columns


def _unit_cells(
    row: Row, others: list[Row], beside: dict[tuple[str, str], Row], codes: Codes
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for at, one in enumerate(others):
        found = beside.get((one["place"], one["locality_id"]))
        value = found["obs_value"] if found else None
        cells |= figure_cells(f"unit{at}", value, row["decimals"] or 0)
        cells[f"unit{at}_year"] = found["reference_year"] if found else None
        family = found["source_family"] if found else None
        cells[f"unit{at}_family"] = code_name("CL_SOURCE_FAMILY", family, codes)
    return cells


def _any_synthetic(found: Comparison) -> bool:
    return any(cell["is_synthetic"] for _, cells in found.rows for cell in cells.values())
