"""What the page *Địa phương* asks of a release: one unit, its kin, and what it sent."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

import polars as pl

from dashboard.release import Release
from indicators.localities import LocalityRegistry
from indicators.locality_life import LocalityLife, life_of

_LAST = 99  # rank of a source family that the indicator does not name
_RELEASES_KEPT = 2  # the one in force and the one before it, while both are asked


class Place(StrEnum):
    """How a unit stands to the one that the page is about; in the order of the columns."""

    SELF = "self"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    ABOVE = "above"  # the province of a commune or district
    REGION = "region"
    FORMER_REGION = "former_region"  # of the predecessors: other provinces than today's
    PEER = "peer"  # chosen by the reader
    NATION = "nation"


PLACES = tuple(Place)


def figures(release: Release, locality_id: str, milestone: int, peers: str = "") -> pl.DataFrame:
    """Figures of a locality and of the units to compare it with, for all of its targets.

    Args:
        release: the release in force.
        locality_id: the locality.
        milestone: year of the milestone, which names the document and so the series.
        peers: identities of other localities to compare with, ","-separated.

    Returns:
        One row per target, unit, source family and reference year, oldest first: ``target_id``,
        ``place`` (``Place``), ``locality_id``, ``name_vi``, ``name_en``, ``valid_to``,
        ``source_family``, ``reference_year``, ``obs_value``, ``obs_status``, ``observation_id``,
        ``numerator``, ``denominator``, ``origin``, ``coverage``, ``is_synthetic``,
        ``publishing_period_years``, ``family_rank`` (1: the source family that the indicator
        prefers).
    """
    return release.query(
        """
        WITH near AS (
            SELECT $locality_id AS locality_id, 'self' AS place
            UNION SELECT predecessor_id, 'predecessor' FROM locality_succession
                WHERE successor_id = $locality_id AND relation <> 'part'
            UNION SELECT successor_id, 'successor' FROM locality_succession
                WHERE predecessor_id = $locality_id AND relation <> 'part'
        ), above AS (
            SELECT p.* FROM localities l
            LEFT JOIN localities d ON d.locality_id = l.parent_id AND d.level = 'district'
            JOIN localities p ON p.level = 'province'
                AND p.locality_id = coalesce(d.parent_id, l.parent_id)
            WHERE l.locality_id = $locality_id
        ), kin AS (
            FROM near
            UNION SELECT locality_id, 'above' FROM above
            UNION SELECT l.region_id, 'region' FROM localities l
                WHERE l.locality_id = $locality_id AND l.region_id IS NOT NULL
            UNION SELECT region_id, 'region' FROM above WHERE region_id IS NOT NULL
            UNION SELECT l.region_id, 'former_region'
                FROM near JOIN localities l USING (locality_id)
                WHERE near.place = 'predecessor' AND l.region_id IS NOT NULL
            UNION SELECT peer, 'peer'
                FROM (SELECT unnest(string_split($peers, ',')) AS peer)
                WHERE peer NOT IN (SELECT locality_id FROM near) AND peer <> 'VN'
            UNION SELECT 'VN', 'nation' WHERE $locality_id <> 'VN'
        ), asked AS (
            SELECT a.target_id, t.indicator_id, coalesce(t.sex, '_T') AS sex,
                coalesce(t.age, '_T') AS age, coalesce(t.breakdown, '_T') AS breakdown,
                coalesce(t.definition, 'STD') AS definition, i.publishing_period_years,
                string_split(i.source_families, ';') AS families
            FROM assessments a
            JOIN targets t ON t.target_id = a.binding_target_id
            JOIN indicators i ON i.indicator_id = t.indicator_id
            WHERE a.is_primary AND a.locality_id = $locality_id AND a.milestone_year = $milestone
        )
        SELECT asked.target_id, kin.place, l.locality_id, l.name_vi, l.name_en, l.valid_to,
            x.source_family, x.reference_year, x.obs_value, x.obs_status, x.observation_id,
            x.numerator, x.denominator, x.origin, x.coverage, x.is_synthetic,
            asked.publishing_period_years,
            coalesce(list_position(asked.families, x.source_family), $last) AS family_rank
        FROM asked
        JOIN observations x USING (indicator_id, sex, age, breakdown, definition)
        JOIN kin ON kin.locality_id = x.ref_area
        JOIN localities l ON l.locality_id = kin.locality_id
        WHERE x.obs_value IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY asked.target_id, kin.place, x.ref_area, x.source_family, x.reference_year
            ORDER BY x.time_period DESC
        ) = 1
        ORDER BY asked.target_id, kin.place, l.locality_id, x.source_family, x.reference_year
        """,
        locality_id=locality_id,
        milestone=milestone,
        peers=peers,
        last=_LAST,
    )


def objectives(release: Release) -> pl.DataFrame:
    """Names of the objectives that targets are grouped by: number, Vietnamese, English."""
    return release.query(
        """
        SELECT objective_no, min(objective_vi) AS objective_vi, min(objective_en) AS objective_en
        FROM targets WHERE objective_no IS NOT NULL GROUP BY objective_no ORDER BY objective_no
        """
    )


def statements(release: Release, locality_id: str) -> pl.DataFrame:
    """What the locality says itself of its targets, by target, latest period first."""
    return release.query(
        """
        SELECT x.*, s.organisation, s.reporting_period, s.file_name, s.is_synthetic,
            t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            r.verdict, r.agrees, r.probable_reason
        FROM statements x
        JOIN submissions s USING (submission_id)
        LEFT JOIN statement_reviews r USING (submission_id, sheet, sheet_row, target_id)
        JOIN targets t USING (target_id)
        WHERE x.ref_area = $locality_id AND s.superseded_by IS NULL AND s.status = 'accepted'
        ORDER BY t.objective_no NULLS LAST, t.short_code, x.target_id, s.reporting_period DESC,
            x.milestone_year
        """,
        locality_id=locality_id,
    )


def submissions(release: Release, locality_id: str) -> pl.DataFrame:
    """Every file that the locality sent, the last one received first."""
    return release.query(
        """
        SELECT s.*, later.file_name AS later_file
        FROM submissions s
        LEFT JOIN submissions later ON later.submission_id = s.superseded_by
        WHERE s.locality_id = $locality_id ORDER BY s.sequence DESC
        """,
        locality_id=locality_id,
    )


def life(release: Release, locality_id: str, day: date) -> LocalityLife:
    """The life of a unit as the release knows it, seen from a day.

    Raises:
        UnknownLocality: there is no such unit.
    """
    events = release.query("SELECT * FROM locality_events")
    return life_of(registry(release), events, locality_id, day)


@lru_cache(maxsize=_RELEASES_KEPT)
def registry(release: Release) -> LocalityRegistry:
    """Questions about the localities of a release; built once per release."""
    return LocalityRegistry(
        release.query("SELECT * FROM localities"),
        release.query("SELECT * FROM locality_succession"),
        release.query("SELECT * FROM locality_former_states"),
    )
