"""Who has reported: expected reports of the release, judged on the day of looking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl

from dashboard import queries
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.release import Release
from dashboard.texts import Words
from indicators.expected import completeness, period_order

_UTC_TO_VIET_NAM = timedelta(hours=7)
_LATELY = timedelta(days=90)  # a file without an owner is never replaced: it would stay for ever
_EVERYWHERE = (NATION, ALL_LOCALITIES)


def in_viet_nam(moment: datetime) -> datetime:
    """A moment of UTC on the clocks of Viet Nam."""
    return moment + _UTC_TO_VIET_NAM


def today() -> date:
    """The day in Viet Nam."""
    return in_viet_nam(datetime.now(UTC)).date()


def day_of_looking(release: Release) -> date:
    """Today; in a release as of a past day, that day."""
    as_of_day: date | None = queries.info(release)["as_of_day"]
    return as_of_day or today()


def periods(release: Release, as_of: date) -> list[str]:
    """Periods that reports are expected for, in time, up to the year of looking.

    A release looks a year ahead, so that a year without any report yet is not forgotten.
    """
    found = release.query(
        """
        SELECT DISTINCT reporting_period FROM expected_submissions
        WHERE CAST(left(reporting_period, 4) AS INTEGER) <= $year
        """,
        year=as_of.year,
    )
    return sorted(found["reporting_period"], key=period_order)


def shown_period(release: Release, view: View, as_of: date) -> str:
    """The period asked for, or the last that has fallen due; empty when nothing is expected."""
    known = periods(release, as_of)
    if view.period in known:
        return view.period
    due = release.query(
        """
        SELECT arg_max(reporting_period, last_good_day) AS period FROM expected_submissions
        WHERE last_good_day < $as_of
        """,
        as_of=as_of,
    )["period"][0]
    return str(due) if due else next(iter(known), "")


def known_period(release: Release, view: View) -> View:
    """The view without a period that nobody reports for."""
    found = release.query(
        "SELECT reporting_period FROM submissions UNION SELECT reporting_period "
        "FROM expected_submissions"
    )
    return view if view.period in found["reporting_period"] else replace(view, period="")


def period_name(period: str, words: Words) -> str:
    """A period as people say it."""
    year, _, half = period.partition("-")
    return words(f"period.{half or 'year'}", year=year)


def unplaced(release: Release, as_of: date) -> list[str]:
    """Names of files refused lately that do not say whose or which period's they are."""
    found = release.query(
        """
        SELECT file_name FROM submissions
        WHERE status = 'refused' AND (locality_id IS NULL OR reporting_period IS NULL)
            AND received_at >= $since ORDER BY sequence DESC
        """,
        since=as_of - _LATELY,
    )
    return found["file_name"].to_list()


def delivered(release: Release, period: str, locality_id: str, as_of: date) -> pl.DataFrame:
    """Expected reports of a period with what became of them, for a locality and those below it.

    Columns of :func:`indicators.expected.completeness` and ``name_vi``, ``name_en``, ``type_vi``,
    ``valid_to`` of the unit.
    """
    expected = release.query(
        "SELECT * FROM expected_submissions WHERE reporting_period = $period", period=period
    )
    units = release.query(
        """
        SELECT l.locality_id, l.type_vi, l.name_vi, l.name_en, l.valid_to,
            l.parent_id, p.parent_id AS grandparent_id
        FROM localities l LEFT JOIN localities p ON p.locality_id = l.parent_id
        """
    )
    submissions = release.query(
        "SELECT * FROM submissions WHERE reporting_period = $period", period=period
    )
    found = completeness(expected, submissions, as_of).join(
        units, on="locality_id", how="left", maintain_order="left"
    )
    if locality_id not in _EVERYWHERE:
        kin = ("locality_id", "recipient_id", "parent_id", "grandparent_id")
        found = found.filter(pl.any_horizontal(pl.col(kin) == locality_id))
    return found.drop("parent_id", "grandparent_id")


def is_made_up(release: Release, period: str) -> bool:
    """Whether the register of a period holds reports that are made up for illustration.

    Then a unit without a report is missing in a made-up register, too.
    """
    made_up = release.query(
        "SELECT 1 FROM submissions WHERE is_synthetic AND reporting_period = $period LIMIT 1",
        period=period,
    )
    return not made_up.is_empty()


def has_made_up(release: Release, locality_id: str) -> bool:
    """Whether a locality or a unit below it sent anything made up, in whatever period."""
    made_up = release.query(
        """
        SELECT 1 FROM submissions s
        LEFT JOIN localities l ON l.locality_id = s.locality_id
        LEFT JOIN localities p ON p.locality_id = l.parent_id
        WHERE s.is_synthetic AND ($everywhere
            OR $locality_id IN (l.locality_id, l.parent_id, p.parent_id))
        LIMIT 1
        """,
        everywhere=locality_id in _EVERYWHERE,
        locality_id=locality_id,
    )
    return not made_up.is_empty()
