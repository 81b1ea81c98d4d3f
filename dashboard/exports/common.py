"""What the tables of several pages have in common."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dashboard import queries
from dashboard.address import View
from dashboard.components.series import Codes, code_name, unit_name
from dashboard.components.trace_link import trace_address
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import (
    condition,
    gap_phrase,
    origin_phrase,
    own_decimals,
    pace_phrase,
    shown_word,
)
from dashboard.table import Cell, Column
from dashboard.texts import Words
from indicators.numbers import format_date
from indicators.tables import Pace


def text(key: str, words: Words) -> Column:
    """A column of texts, named ``export.<key>``."""
    return Column(key, words(f"export.{key}"))


def year(key: str, words: Words) -> Column:
    """A column of years."""
    return Column(key, words(f"export.{key}"), "year")


def count(key: str, words: Words) -> Column:
    """A column of whole numbers."""
    return Column(key, words(f"export.{key}"), "number", decimals=0)


def figure(key: str, words: Words, link_key: str | None = None) -> Column:
    """A column of numbers, each with decimals of its own under ``<key>_decimals``."""
    name = words(f"export.{key}")
    return Column(key, name, "number", decimals_key=f"{key}_decimals", link_key=link_key)


def figure_cells(key: str, value: Any, decimals: int | None = None) -> dict[str, Cell]:
    """A number and its decimals for a column of :func:`figure`; without any, those that it has."""
    if value is None:
        return {key: None, f"{key}_decimals": None}
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    places = own_decimals(exact) if decimals is None else decimals
    return {key: float(value), f"{key}_decimals": places}


def yes(holds: Any, words: Words) -> str:
    """A word where something holds, an empty cell where not."""
    return words("export.yes") if holds else ""


def day(value: date | None, words: Words) -> str:
    """A day as this language writes it."""
    return "" if value is None else format_date(value, words.language)


def trace(observation_id: str | None, view: View) -> str | None:
    """The address of a figure's trace; None where no single figure stands behind."""
    return trace_address(observation_id, view) if observation_id else None


# Assessments ------------------------------------------------------------------------------------


def assessment_columns(words: Words) -> list[Column]:
    """Of a table of assessments; see :func:`assessment_row`."""
    return [
        text("locality", words),
        text("locality_id", words),
        text("target_code", words),
        text("target", words),
        year("milestone", words),
        text("condition", words),
        figure("target_value", words),
        figure("value", words, link_key="trace"),
        text("unit", words),
        year("reference_year", words),
        figure("numerator", words),
        figure("denominator", words),
        text("verdict", words),
        text("gap_phrase", words),
        figure("gap", words),
        count("gap_whole_units", words),
        text("pace", words),
        figure("required_per_year", words),
        figure("times_faster", words),
        text("pace_phrase", words),
        text("source_family", words),
        text("origin", words),
        text("document", words),
        text("unverified", words),
        text("synthetic", words),
        text("method", words),
    ]


def assessment_row(row: Row, view: View, codes: Codes, words: Words) -> dict[str, Cell]:
    """One assessment as its page tells it."""
    decimals = row["decimals"]
    pace = row["pace"]
    return {
        "locality": words.pick(row, "locality"),
        "locality_id": row["locality_id"],
        "target_code": row["short_code"],
        "target": words.pick(row, "target"),
        "milestone": row["milestone_year"],
        "condition": condition(row, words),
        **figure_cells("target_value", row["target_value"]),
        **figure_cells("value", row["latest_published"], decimals),
        "trace": trace(row["latest_observation_id"], view),
        "unit": unit_name(row, codes, words),
        "reference_year": row["latest_year"],
        **figure_cells("numerator", row["latest_numerator"]),
        **figure_cells("denominator", row["latest_denominator"]),
        "verdict": shown_word(row, words),
        "gap_phrase": gap_phrase(row, words),
        **figure_cells("gap", row["gap"]),
        "gap_whole_units": row["gap_whole_units"],
        "pace": words(f"pace.{pace}") if pace != Pace.NONE else "",
        **figure_cells("required_per_year", row["required_per_year"], _FINE),
        **figure_cells("times_faster", row["times_faster"], 1),
        "pace_phrase": pace_phrase(row, words),
        "source_family": _family(row, codes),
        "origin": origin_phrase(
            {"origin": row["latest_origin"], "coverage": row["latest_coverage"]}, words
        ),
        "document": row["programme_number"],
        "unverified": yes(row["is_unverified"], words),
        "synthetic": yes(row["is_synthetic"], words),
        "method": row["method_version"],
    }


_FINE = 3  # decimals of what a year asks for: it is often small
_COMPOUND = "_Z"


def _family(row: Row, codes: Codes) -> str:
    family = row["source_family"]
    return "" if family == _COMPOUND else code_name("CL_SOURCE_FAMILY", family, codes)


# Figures ----------------------------------------------------------------------------------------


def is_unverified(row: Row) -> bool:
    """Whether a figure, a target or a document has not been checked against its act."""
    return bool(row["confidence"] != "official" and row.get("confirmed_on") is None)


def origin_columns(words: Words) -> list[Column]:
    """Where a figure comes from; see :func:`origin_cells`."""
    keys = (
        "status", "source_family", "definition", "origin", "source", "organisation", "unverified",
        "synthetic",
    )  # fmt: skip
    return [text(key, words) for key in keys]


def origin_cells(row: Row, codes: Codes, words: Words) -> dict[str, Cell]:
    """Where a figure comes from, of a row of observations with its definition and sender."""
    standard = row["definition"] == _STANDARD
    return {
        "status": code_name("CL_OBS_STATUS", row["obs_status"], codes),
        "source_family": code_name("CL_SOURCE_FAMILY", row["source_family"], codes),
        "definition": "" if standard else words.pick(row, "definition"),
        "origin": origin_phrase(row, words),
        "source": row["source_text"],
        "organisation": row["organisation"],
        "unverified": yes(row.get("is_unverified", is_unverified(row)), words),
        "synthetic": yes(row["is_synthetic"], words),
    }


_STANDARD = "STD"


# Notes ------------------------------------------------------------------------------------------


def chosen(release: Release, view: View, *fields: str, words: Words) -> str:
    """What the reader chose, in words: locality, milestone, boundaries."""
    named = queries.locality(release, view.locality)
    values = {
        "locality": words.pick(named, "name") if named else words("all_localities"),
        "milestone": str(view.milestone),
        "geography": words(f"geography.long.{view.geography}"),
    }
    told = "; ".join(f"{words(f'filter.{field}')}: {values[field]}" for field in fields)
    return words("export.chosen", told=told)
