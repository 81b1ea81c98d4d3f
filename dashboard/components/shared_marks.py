"""Marks of weakness that all figures of a table share: said once under it, not in every cell."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.queries import Row
from dashboard.texts import Words


def all_synthetic(rows: Sequence[Row]) -> bool:
    """Whether every figure is made up for illustration."""
    return bool(rows) and all(row["is_synthetic"] for row in rows)


def all_unverified(rows: Sequence[Row]) -> bool:
    """Whether no figure has been checked against the original act."""
    return bool(rows) and all(row["confidence"] != "official" for row in rows)


def shared_notes(synthetic: bool, unverified: bool, words: Words) -> list[html.P]:
    """What holds for all figures of a table, in one line."""
    told = [
        words(f"shared.{name}")
        for name, holds in (("synthetic", synthetic), ("unverified", unverified))
        if holds
    ]
    return [html.P(" ".join(told), className="note")] if told else []
