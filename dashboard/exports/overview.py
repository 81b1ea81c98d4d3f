"""The table of *Tổng quan*: the assessments of its matrix, and all of the chosen locality."""

from __future__ import annotations

from dashboard import queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.exports.common import assessment_columns, assessment_row, chosen
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Table
from dashboard.texts import Words


def overview_table(release: Release, view: View, words: Words) -> Table | None:
    """Nation and provinces by headline target; of the chosen locality the parts too."""
    rows = _in_view(release, view)
    if not rows:
        return None
    codes = queries.code_names(release, words.language)
    return Table(
        title=words("export.overview.title", year=view.milestone),
        columns=assessment_columns(words),
        rows=[assessment_row(row, view, codes, words) for row in rows],
        notes=[
            chosen(release, view, "locality", "milestone", "geography", words=words),
            words("export.overview.note"),
            words("export.missing"),
            words("export.source.assessments"),
        ],
        is_synthetic=any(row["is_synthetic"] for row in rows),
    )


def _in_view(release: Release, view: View) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for locality_id in (NATION, ALL_LOCALITIES, view.locality):
        asked = queries.assessed(release, locality_id, view.geography, view.milestone)
        for row in asked.iter_rows(named=True):
            if row["is_headline"] or view.locality in (locality_id, row["locality_id"]):
                found[row["locality_id"], row["target_id"]] = row
    return list(found.values())
