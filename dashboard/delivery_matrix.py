"""Who sent what for which period: localities by periods, and the counts of each period.

What the calendar expects is judged by :func:`indicators.expected.completeness`. A province or the
nation is in no calendar so far: of them a cell tells what was received, and no deadline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.queries import Row
from dashboard.release import Release
from indicators.expected import DeliveryStatus, completeness, counts, period_order

MOST_PERIODS: Final = 8  # columns; earlier periods are left out and said so
_EVERYWHERE: Final = (NATION, ALL_LOCALITIES)
_ACCEPTED: Final = (DeliveryStatus.ON_TIME, DeliveryStatus.LATE, "received")
_ABOVE: Final = ("locality_id", "parent_id", "grandparent_id")


@dataclass(frozen=True)
class Cell:
    """One locality and one period.

    ``own``: its own report, with ``status``, ``days_late`` and ``received_on``; a report outside
    the calendar has the status ``received`` or ``refused``. ``below``: counts of the units below
    it, as of :func:`indicators.expected.counts`.
    """

    own: Row | None
    below: Row | None


@dataclass(frozen=True)
class Matrix:
    """Localities in their order, periods from the newest, and what is known of both.

    ``left_out``: how many earlier periods are not among the columns.
    """

    rows: list[Row]
    periods: list[str]
    cells: Mapping[tuple[str, str], Cell]
    left_out: int

    def parts(self) -> list[Row]:
        """The localities below the first, which is the whole that is looked at."""
        return self.rows[1:]

    def reported(self, locality_id: str) -> int:
        """How many of the shown periods a locality itself has an accepted report of."""
        owns = [cell.own for (place, _), cell in self.cells.items() if place == locality_id]
        return sum(own is not None and own["status"] in _ACCEPTED for own in owns)

    def received(self, period: str) -> int:
        """How many of the parts have an accepted report of a period."""
        owns = [self.cells[row["locality_id"], period].own for row in self.parts()]
        return sum(own is not None and own["status"] in _ACCEPTED for own in owns)


def every_report(release: Release, as_of: date) -> pl.DataFrame:
    """All expected reports up to the year of looking, judged on that day, with the unit's place.

    The columns of :func:`indicators.expected.completeness` with names and the units above.
    """
    expected = release.query(
        """
        SELECT * FROM expected_submissions
        WHERE CAST(left(reporting_period, 4) AS INTEGER) <= $year
        """,
        year=as_of.year,
    )
    judged = completeness(expected, release.query("SELECT * FROM submissions"), as_of)
    return judged.join(_units(release), on="locality_id", how="left", maintain_order="left")


def by_period(reports: pl.DataFrame, locality_id: str) -> list[Row]:
    """Counts of each period for a locality and the units below it, the newest first."""
    found = counts(_of(reports, locality_id), ["reporting_period"]).rows(named=True)
    return sorted(found, key=lambda row: period_order(row["reporting_period"]), reverse=True)


def matrix(release: Release, reports: pl.DataFrame, view: View) -> Matrix:
    """The matrix of a view: provinces for the nation, else the locality and the units below it."""
    shown = _shown(release, reports, view)
    inside = set(shown["locality_id"])
    own = _own(release, reports).filter(pl.col("locality_id").is_in(list(inside)))
    below = _below(reports, view)
    keys = {(row["locality_id"], row["reporting_period"]): row for row in own.rows(named=True)}
    sums = {(row["above"], row["reporting_period"]): row for row in below}
    found = {period for place, period in (*keys, *sums) if place in inside}
    periods = sorted(found, key=period_order, reverse=True)
    kept = periods[:MOST_PERIODS]
    cells = {
        (place, period): Cell(keys.get((place, period)), sums.get((place, period)))
        for place in inside
        for period in kept
    }
    return Matrix(list(shown.rows(named=True)), kept, cells, len(periods) - len(kept))


def _units(release: Release) -> pl.DataFrame:
    return release.query(
        """
        SELECT l.locality_id, l.code, l.level, l.geo_version, l.type_vi, l.name_vi, l.name_en,
            l.valid_to, l.parent_id, p.parent_id AS grandparent_id
        FROM localities l LEFT JOIN localities p ON p.locality_id = l.parent_id
        """
    )


def _of(reports: pl.DataFrame, locality_id: str) -> pl.DataFrame:
    if locality_id in _EVERYWHERE:
        return reports
    kin = (*_ABOVE, "recipient_id")
    return reports.filter(pl.any_horizontal(pl.col(kin) == locality_id))


def _shown(release: Release, reports: pl.DataFrame, view: View) -> pl.DataFrame:
    units = _units(release)
    is_nation = pl.col("level") == "national"
    if view.locality in _EVERYWHERE:
        is_province = (pl.col("level") == "province") & (pl.col("geo_version") == view.geography)
        return units.filter(is_nation | is_province).sort(~is_nation, "code")
    expected = _of(reports, view.locality)["locality_id"].unique().to_list()
    is_itself = pl.col("locality_id") == view.locality
    chosen = is_itself | pl.col("locality_id").is_in(expected)
    return units.filter(chosen).sort(~is_itself, "level", "code")


def _own(release: Release, reports: pl.DataFrame) -> pl.DataFrame:
    """Reports of the calendar, and of others the first accepted or the last refused file."""
    facts = ["locality_id", "reporting_period", "status", "days_late", "received_on"]
    outside = release.query(
        """
        SELECT locality_id, reporting_period,
            CASE WHEN status = 'accepted' THEN 'received' ELSE 'refused' END AS status,
            NULL::BIGINT AS days_late,
            CAST(received_at + INTERVAL 7 HOUR AS DATE) AS received_on
        FROM submissions WHERE locality_id IS NOT NULL AND reporting_period IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY locality_id, reporting_period
            ORDER BY status = 'accepted' DESC, sequence) = 1
        """
    ).join(reports, on=["locality_id", "reporting_period"], how="anti")
    return pl.concat([reports.select(facts), outside.select(facts)], how="vertical_relaxed")


def _below(reports: pl.DataFrame, view: View) -> Sequence[Row]:
    """Counts of the units below each province, or below the locality of the view.

    Of the whole nation they stand in the counts of each period.
    """
    frames = [
        reports.filter(pl.col(column).is_not_null()).with_columns(above=pl.col(column))
        for column in ("parent_id", "grandparent_id")
    ]
    everything = pl.concat(frames)
    if view.locality not in _EVERYWHERE:
        everything = everything.filter(above=view.locality)
    everything = everything.filter(pl.col("above") != NATION)
    return counts(everything, ["above", "reporting_period"]).rows(named=True)
