"""The table of *Văn bản*: what every document asks for, one row per target and milestone."""

from __future__ import annotations

from dashboard import queries, register
from dashboard.address import View
from dashboard.components.documents import adjusted
from dashboard.components.series import unit_name
from dashboard.exports.common import (
    chosen,
    day,
    figure,
    figure_cells,
    is_unverified,
    text,
    year,
    yes,
)
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words


def register_table(release: Release, view: View, words: Words) -> Table:
    """The documents of a locality, or all of them."""
    codes = queries.code_names(release, words.language)
    differing = register.conflicts(release)
    in_conflict = {
        pair
        for column in ("target_id", "other_target_id")
        for pair in differing.select(column, "milestone_year").iter_rows()
    }
    rows = register.requirements(release, view.locality).iter_rows(named=True)

    def cells(row: Row) -> dict[str, Cell]:
        differs = (row["target_id"], row["milestone_year"]) in in_conflict
        unit = unit_name(row, codes, words)
        return {**_row(row, words), "unit": unit, "differs": yes(differs, words)}

    return Table(
        title=words("export.register.title"),
        columns=_columns(words),
        rows=[cells(row) for row in rows],
        notes=[
            chosen(release, view, "locality", words=words),
            words("export.register.note"),
        ],
    )


def _columns(words: Words) -> list[Column]:
    return [
        text("target_code", words),
        text("target_id", words),
        text("target", words),
        text("objective", words),
        text("document", words),
        text("programme", words),
        text("issued_on", words),
        text("place", words),
        year("milestone", words),
        text("condition", words),
        figure("target_value", words),
        figure("target_upper", words),
        text("unit", words),
        text("wording", words),
        text("adjusted", words),
        text("differs", words),
        text("unverified", words),
    ]


def _row(row: Row, words: Words) -> dict[str, Cell]:
    return {
        "target_code": row["short_code"],
        "target_id": row["target_id"],
        "target": words.pick(row, "target"),
        "objective": "" if row["objective_no"] is None else words.pick(row, "objective"),
        "document": row["number"],
        "programme": words.pick(row, "programme") if row["programme_vi"] else "",
        "issued_on": day(row["issued_on"], words),
        "place": words.pick(row, "place"),
        "milestone": row["milestone_year"],
        "condition": condition(row, words),
        **figure_cells("target_value", row["target_value"]),
        **figure_cells("target_upper", row["target_upper"]),
        "wording": row["wording_vi"],
        "adjusted": adjusted(row, words).removeprefix(", "),
        "unverified": yes(is_unverified(row), words),
    }
