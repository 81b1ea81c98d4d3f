"""The table of *Thay đổi*: all results and figures that differ from the previous release."""

from __future__ import annotations

from dashboard import changes, queries
from dashboard.address import View
from dashboard.components.series import Codes, code_name, group_phrase
from dashboard.exports.common import chosen, figure, figure_cells, text, yes
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words


def changes_table(release: Release, view: View, words: Words) -> Table | None:
    """Results first, then figures; None where there is nothing to compare or nothing changed."""
    info = queries.info(release)
    results = list(changes.verdict_changes(release, view.locality).iter_rows(named=True))
    figures = list(changes.value_changes(release, view.locality).iter_rows(named=True))
    if not results and not figures:
        return None
    codes = queries.code_names(release, words.language)
    compared = words(
        "changes.compared", previous=info["previous_release_id"], release=info["release_id"]
    )
    return Table(
        title=words("export.changes.title"),
        columns=_columns(words),
        rows=[
            *(_result(row, words) for row in results),
            *(_figure(row, codes, words) for row in figures),
        ],
        notes=[chosen(release, view, "locality", words=words), compared, words("export.missing")],
        is_synthetic=any(row["is_synthetic"] for row in [*results, *figures]),
    )


def _columns(words: Words) -> list[Column]:
    return [
        text("change.kind", words),
        text("locality", words),
        text("locality_id", words),
        text("change.what", words),
        text("group", words),
        text("change.time", words),
        text("change.result_before", words),
        text("change.result_now", words),
        figure("change.value_before", words),
        figure("change.value_now", words),
        figure("change.level_before", words),
        figure("change.level_now", words),
        text("change.why", words),
        text("organisation", words),
        text("file", words),
        text("synthetic", words),
    ]


def _result(row: Row, words: Words) -> dict[str, Cell]:
    return {
        **_common(row, row["locality_id"], words),
        "change.kind": words("export.change.result"),
        "change.what": f"{row['short_code']} {words.pick(row, 'target')}",
        "change.time": words("export.change.milestone", year=row["milestone_year"]),
        "change.result_before": words(f"verdict.{row['old_shown']}"),
        "change.result_now": words(f"verdict.{row['new_shown']}"),
        **_pair("value", row, "latest_published", row["decimals"]),
        **_pair("level", row, "target_value", None),
        "change.why": words(f"verdict_cause.{row['cause']}"),
    }


def _figure(row: Row, codes: Codes, words: Words) -> dict[str, Cell]:
    family = code_name("CL_SOURCE_FAMILY", row["source_family"], codes)
    group = group_phrase(row, codes)
    return {
        **_common(row, row["ref_area"], words),
        "change.kind": words(f"export.change.{row['kind']}"),
        "change.what": words.pick(row, "indicator"),
        "group": ", ".join(said for said in (group, family) if said),
        "change.time": row["time_period"],
        **_pair("value", row, "value", row["decimals"]),
        **figure_cells("change.level_before", None),
        **figure_cells("change.level_now", None),
        "change.why": words(f"value_cause.{row['cause']}"),
    }


def _pair(key: str, row: Row, column: str, decimals: int | None) -> dict[str, Cell]:
    """Both numbers with the decimals of the indicator, or with all where these hide the change."""
    old, new = row[f"old_{column}"], row[f"new_{column}"]
    hidden = decimals is not None and None not in (old, new) and old != new
    places = None if hidden and round(old, decimals) == round(new, decimals) else decimals
    return {
        **figure_cells(f"change.{key}_before", old, places),
        **figure_cells(f"change.{key}_now", new, places),
    }


def _common(row: Row, locality_id: str, words: Words) -> dict[str, Cell]:
    return {
        "locality": words.pick(row, "locality"),
        "locality_id": locality_id,
        "organisation": row["organisation"],
        "file": row["file_name"],
        "synthetic": yes(row["is_synthetic"], words),
    }
