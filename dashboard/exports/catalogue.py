"""The table of *Danh mục*: the entries that a search finds, or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import catalogue, queries
from dashboard.address import View
from dashboard.catalogue import Entry
from dashboard.components.series import Codes, code_name, unit_name
from dashboard.exports.common import is_unverified, text, yes
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition
from dashboard.table import Cell, Table
from dashboard.texts import Words

_SEPARATOR = ";"
_COLUMNS = (
    "entry.kind", "entry.id", "target_code", "entry.name_vi", "entry.name_en", "group_name", "unit",
    "entry.definition", "numerator", "denominator", "entry.milestones", "document", "place",
    "entry.source_families", "entry.owner", "entry.data_source", "unverified", "source",
)  # fmt: skip


def catalogue_table(release: Release, view: View, words: Words) -> Table | None:
    """Indicators and targets; None where a search finds nothing."""
    entries: Sequence[Entry] = catalogue.entries(release)
    if view.search.strip():
        entries = catalogue.found(entries, view.search).entries
    if not entries:
        return None
    codes = queries.code_names(release, words.language)
    milestones = catalogue.milestones(release)
    asked = [words("export.catalogue.search", search=view.search)] if view.search.strip() else []
    return Table(
        title=words("export.catalogue.title"),
        columns=[text(key, words) for key in _COLUMNS],
        rows=[_row(entry, milestones, codes, words) for entry in entries],
        notes=[*asked, words("export.catalogue.note")],
    )


def _row(
    entry: Entry, milestones: Mapping[str, list[Row]], codes: Codes, words: Words
) -> dict[str, Cell]:
    row = entry.row
    own = _indicator(row, codes, words) if entry.kind == "indicator" else _target(row, words)
    asked = "; ".join(
        words("register.milestone", year=one["milestone_year"], condition=condition(one, words))
        for one in milestones.get(entry.entry_id, ())
    )
    return {
        "entry.kind": words(f"catalogue.kind.{entry.kind}"),
        "entry.id": entry.entry_id,
        "entry.name_vi": row["name_vi"],
        "entry.name_en": row["name_en"],
        "unit": unit_name(row, codes, words) if row["unit_measure"] else "",
        "entry.milestones": asked,
        "unverified": yes(is_unverified(row), words),
        "source": row["source"],
        **own,
    }


def _indicator(row: Row, codes: Codes, words: Words) -> dict[str, Cell]:
    families = row["source_families"].split(_SEPARATOR)
    return {
        "group_name": words.pick(row, "group"),
        "entry.definition": row["formula_text"],
        "numerator": words.pick(row, "numerator"),
        "denominator": words.pick(row, "denominator"),
        "entry.source_families": ", ".join(
            code_name("CL_SOURCE_FAMILY", family, codes) for family in families
        ),
        "entry.owner": row["owner_from_2025"],
        "entry.data_source": row["data_source"],
    }


def _target(row: Row, words: Words) -> dict[str, Cell]:
    objective = "" if row["objective_no"] is None else words.pick(row, "objective")
    return {
        "target_code": row["short_code"],
        "group_name": objective,
        "document": row["number"],
        "place": words.pick(row, "place"),
    }
