"""Every figure of a choice in one list, for the grid and to take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.address import View
from dashboard.components.series import code_name
from dashboard.components.trace_link import trace_address
from dashboard.exploration.explored import Explored, explored
from dashboard.exploration.telling import title, unit_of
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.table import Cell, Column, Table
from dashboard.texts import Words

_REPORTED: Final = ("reported", None)


def explored_table(release: Release, view: View, words: Words) -> Table | None:
    """The list of a view, whole; None where no figure answers the choice."""
    found = explored(release, view, words)
    return None if found is None or found.points.is_empty() else listing(found, view)


def listing(found: Explored, view: View) -> Table:
    """The list of what is explored: one row per figure, or per pair of figures of a gap."""
    words = found.words
    is_gap = "value_women" in found.points.columns
    rows = [_row(row, found, view, is_gap) for row in found.points.iter_rows(named=True)]
    heading = title(found.selection, words)
    return Table(
        heading,
        _columns(is_gap, found.selection.choice.gap, words),
        rows,
        [words("explore.note.choice", title=heading), *found.notes],
        is_synthetic=bool(found.points["is_synthetic"].any()),
    )


def _columns(is_gap: bool, gap: str, words: Words) -> Sequence[Column]:
    value = words(f"explore.gap.{gap}") if is_gap else words("explore.list.value")
    parts = [
        Column(f"value_{sex}", words(f"explore.list.{sex}"), "number",
               decimals_key="value_decimals", link_key=f"trace_{sex}")
        for sex in ("women", "men")
    ] if is_gap else [
        Column(part, words(f"explore.list.{part}"), "number", decimals_key=f"{part}_decimals")
        for part in ("numerator", "denominator")
    ]  # fmt: skip
    return [
        Column("place", words("explore.by.place")),
        Column("year", words("explore.by.year"), "year"),
        Column("value", value, "number", decimals_key="decimals",
               link_key=None if is_gap else "trace"),
        *parts,
        Column("unit", words("explore.list.unit")),
        Column("sex", words("explore.by.sex")),
        Column("age", words("explore.list.age")),
        Column("group", words("explore.by.group")),
        Column("indicator", words("explore.by.indicator")),
        Column("status", words("explore.list.status")),
        Column("origin", words("explore.list.origin")),
        Column("source", words("explore.by.source")),
        Column("definition", words("explore.list.definition")),
        Column("sender", words("explore.list.sender")),
        Column("code", words("explore.list.code")),
    ]  # fmt: skip


def _row(row: Row, found: Explored, view: View, is_gap: bool) -> dict[str, Cell]:
    names, codes, words = found.names, found.codes, found.words
    indicator = found.selection.indicators[row["indicator_id"]]
    common: dict[str, Cell] = {
        "place": names.place(row),
        "code": row["locality_id"],
        "indicator": names.indicator(row),
        "unit": unit_of(indicator, found.selection.choice.gap, codes, words),
        "sex": names.sex(row),
        "age": code_name("CL_AGE", row["age"], codes),
        "group": names.breakdown(row),
        "year": row["year"],
        "value": float(row["published"]),
        "decimals": row["decimals"],
        "status": code_name("CL_OBS_STATUS", row["obs_status"], codes),
        "origin": _origin(row, words),
        "source": code_name("CL_SOURCE_FAMILY", row["source_family"], codes),
        "definition": names.definition(row),
        "sender": row["organisation"] or "",
    }
    return common | (_pair(row, view) if is_gap else _counts(row, view))


def _pair(row: Row, view: View) -> dict[str, Cell]:
    return {
        "value_women": float(row["value_women"]),
        "value_men": float(row["value_men"]),
        "value_decimals": row["value_decimals"],
        "trace_women": trace_address(row["observation_id"], view),
        "trace_men": trace_address(row["observation_id_men"], view),
    }


def _counts(row: Row, view: View) -> dict[str, Cell]:
    told: dict[str, Cell] = {"trace": trace_address(row["observation_id"], view)}
    for part in ("numerator", "denominator"):
        value = row[part]
        told[part] = None if value is None else float(value)
        told[f"{part}_decimals"] = 0 if value is None or value == value.to_integral_value() else 3
    return told


def _origin(row: Row, words: Words) -> str:
    return "" if row["origin"] in _REPORTED else words(f"origin.{row['origin']}")
