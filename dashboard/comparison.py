"""Which figure of which unit stands beside a target's own; pure functions of frames.

Figures are those of :func:`dashboard.locality.figures`. The source family of the target's own
figure comes first; where a unit has none of it, another one stands in and has to be named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.locality import PLACES, Place
from dashboard.queries import Row

# Units whose figures are a reason to compare; region and nation only stand beside them.
_OF_THE_PLACE: Final = (Place.SELF, Place.PREDECESSOR, Place.SUCCESSOR, Place.PEER)


@dataclass(frozen=True)
class Comparison:
    """A table of targets by units."""

    units: list[Row]  # in the order of the columns; the locality itself first
    rows: list[tuple[Row, dict[tuple[str, str], Row]]]  # target, figures by (place, unit)


def by_target(rows: pl.DataFrame) -> dict[str, list[Row]]:
    """The rows of each target, in their order: one cut for all of them instead of one for each."""
    found: dict[str, list[Row]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["target_id"], []).append(row)
    return found


def own_points(row: Row, figures: Sequence[Row]) -> Sequence[Row]:
    """The locality's figures of the source family that carries the verdict, oldest first.

    Args:
        row: the assessment.
        figures: of its target, of the locality and of the units beside it.
    """
    return [
        figure
        for figure in figures
        if figure["place"] == Place.SELF and figure["source_family"] == row["source_family"]
    ]


def references(row: Row, figures: Sequence[Row]) -> list[Row]:
    """One figure of every other unit, in the order of ``Place``; arguments as above.

    Of the source family and the year of the locality's own figure where there is one, else of the
    family that the indicator prefers, and the latest.
    """
    others = [figure for figure in figures if figure["place"] != Place.SELF]
    return list(_nearest(others, row["source_family"], row["latest_year"]).values())


def compared(targets: Sequence[Row], figures: Mapping[str, Sequence[Row]]) -> Comparison:
    """Every target of which the locality, its former or new units or a chosen peer has a figure.

    Args:
        targets: primary assessments, in the order of the rows.
        figures: of the locality and of the units beside it, by target.
    """
    rows: list[tuple[Row, dict[tuple[str, str], Row]]] = []
    columns: dict[tuple[str, str], Row] = {}
    for row in targets:
        of_target = figures.get(row["target_id"], ())
        own = [figure for figure in of_target if figure["place"] in _OF_THE_PLACE]
        if not own:
            continue
        families = [figure["source_family"] for figure in own]
        family = row["source_family"] if row["source_family"] in families else families[0]
        year = row["latest_year"] or max(
            figure["reference_year"] for figure in own if figure["source_family"] == family
        )
        cells = _nearest(of_target, family, year)
        columns |= {key: columns.get(key, cell) for key, cell in cells.items()}
        rows.append(({**row, "source_family": family}, cells))
    keys = sorted(columns, key=lambda key: (PLACES.index(Place(key[0])), key[1]))
    return Comparison([columns[key] for key in keys], rows)


def _nearest(figures: Sequence[Row], family: str, year: int | None) -> dict[tuple[str, str], Row]:
    """Each unit's figure by (place, unit) in the order of places; see :func:`references`."""

    def fitness(row: Row) -> tuple[bool, int, bool, int]:
        at = row["reference_year"]
        return row["source_family"] == family, -row["family_rank"], at == year, at

    chosen: dict[tuple[str, str], Row] = {}
    for row in figures:
        key = row["place"], row["locality_id"]
        if key not in chosen or fitness(row) > fitness(chosen[key]):
            chosen[key] = row
    order = sorted(chosen, key=lambda key: (PLACES.index(Place(key[0])), key[1]))
    return {key: chosen[key] for key in order}
