"""All that the page and the file of one view rest on, put together once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import queries as release_queries
from dashboard.address import View
from dashboard.components.series import Codes
from dashboard.exploration import queries
from dashboard.exploration.gaps import with_gaps
from dashboard.exploration.points import Names, drawn_points
from dashboard.exploration.selection import Selection, select
from dashboard.release import Release
from dashboard.texts import Words
from indicators.numbers import format_date

_MOST_SENDERS = 4


@dataclass(frozen=True)
class Explored:
    """A selection with its points, the names of everything, and the notes that go with them."""

    selection: Selection
    points: pl.DataFrame
    names: Names
    codes: Codes
    words: Words
    notes: Sequence[str]


def explored(release: Release, view: View, words: Words) -> Explored | None:
    """What a view explores; None if there is nothing at all."""
    selection = select(release, view)
    if selection is None:
        return None
    codes = release_queries.code_names(release, words.language)
    definitions = {
        (row["indicator_id"], row["definition"]): words.pick(row, "name")
        for row in queries.definitions(release).iter_rows(named=True)
    }
    names = Names(selection, codes, definitions, words)
    gap = selection.choice.gap
    figures = selection.figures
    if gap in ("points", "ratio"):
        figures = with_gaps(figures, gap)
    points = drawn_points(selection, figures)
    notes = [*_sources(selection, points, names, words), _release(release, words)]
    if gap in ("points", "ratio"):
        notes.append(words("explore.gap.note"))
    return Explored(selection, points, names, codes, words, notes)


def _sources(selection: Selection, points: pl.DataFrame, names: Names, words: Words) -> list[str]:
    """The kinds of source of each indicator, and who reported."""
    told = []
    kinds = points.unique(["indicator_id", "source_family", "definition"], maintain_order=True)
    for indicator_id, row in selection.indicators.items():
        own = kinds.filter(indicator_id=indicator_id)
        sources = list(dict.fromkeys(names.source(one) for one in own.iter_rows(named=True)))
        if sources:
            name = words.pick(row, "name")
            told.append(words("explore.family", name=name, sources="; ".join(sources)))
    senders = points["organisation"].drop_nulls().unique().sort().to_list()
    if senders:
        listed = "; ".join(senders[:_MOST_SENDERS])
        if len(senders) > _MOST_SENDERS:
            more = len(senders) - _MOST_SENDERS
            listed = words("explore.senders.more", names=listed, count=more)
        told.append(words("explore.senders", names=listed))
    return told


def _release(release: Release, words: Words) -> str:
    created = release_queries.info(release)["created_at"].date()
    return words("release_of", date=format_date(created, words.language)) + "."
