"""What changed since the previous release, as the release itself says."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.address import ALL_LOCALITIES, NATION
from dashboard.release import Release

EVERYWHERE = (NATION, ALL_LOCALITIES)


@dataclass(frozen=True)
class Counts:
    """How much changed, in all the release."""

    verdicts: int
    revised: int  # figures changed, restated or removed
    added: int

    @property
    def values(self) -> int:
        """All figures that are not as they were."""
        return self.revised + self.added


def counts(release: Release) -> Counts:
    """The sizes of the three tables of changes."""
    found = release.query(
        """
        SELECT (SELECT count(*) FROM verdict_changes) AS verdicts,
            (SELECT count(*) FROM value_changes) AS revised,
            (SELECT coalesce(sum(value_count), 0)::BIGINT FROM value_additions) AS added
        """
    )
    return Counts(**found.row(0, named=True))


def verdict_changes(release: Release, locality_id: str) -> pl.DataFrame:
    """Results that changed, headline targets and the nation first; of one locality or of all.

    ``old_shown``, ``new_shown``: the results, or where the verdict stayed, how the latest value
    stands against the milestone (``is_attainment``). ``traced_id``: the latest figure, in
    this release.
    """
    found = release.query(
        """
        SELECT c.*, c.old_verdict = c.new_verdict AS is_attainment,
            CASE WHEN is_attainment THEN c.old_attainment ELSE c.old_verdict END AS old_shown,
            CASE WHEN is_attainment THEN c.new_attainment ELSE c.new_verdict END AS new_shown,
            l.name_vi AS locality_vi, l.name_en AS locality_en, l.geo_version, t.short_code,
            t.name_vi AS target_vi, t.name_en AS target_en, i.decimals, s.organisation, s.file_name,
            a.latest_observation_id AS traced_id
        FROM verdict_changes c
        JOIN localities l USING (locality_id)
        JOIN targets t USING (target_id)
        LEFT JOIN indicators i ON i.indicator_id = t.indicator_id
        LEFT JOIN submissions s ON s.submission_id = c.causing_submission_id
        LEFT JOIN assessments a ON a.is_primary AND a.locality_id = c.locality_id
            AND a.target_id = c.target_id AND a.milestone_year = c.milestone_year
        ORDER BY t.is_headline DESC, l.level = 'national' DESC, l.level = 'province' DESC,
            l.geo_version DESC, l.code, t.short_code, c.target_id, c.milestone_year
        """
    )
    return _of(found, "locality_id", locality_id)


def value_changes(release: Release, locality_id: str) -> pl.DataFrame:
    """Figures that were revised or removed, of one locality or of all.

    ``traced_id``: the figure as it is now, null if it was removed. The former one is not in this
    release, even where it was computed under the same identity.
    """
    found = release.query(
        """
        SELECT c.*, l.name_vi AS locality_vi, l.name_en AS locality_en, l.geo_version,
            i.name_vi AS indicator_vi, i.name_en AS indicator_en, i.decimals,
            s.organisation, s.file_name, o.observation_id AS traced_id
        FROM value_changes c
        JOIN localities l ON l.locality_id = c.ref_area
        JOIN indicators i ON i.indicator_id = c.indicator_id
        LEFT JOIN submissions s ON s.submission_id = c.causing_submission_id
        LEFT JOIN observations o ON o.observation_id = c.new_observation_id
        ORDER BY l.level = 'national' DESC, l.level = 'province' DESC, l.geo_version DESC, l.code,
            i.indicator_id, c.time_period DESC, c.sex, c.age, c.breakdown, c.source_family
        """
    )
    return _of(found, "ref_area", locality_id)


def additions(release: Release) -> pl.DataFrame:
    """How many new figures each submission brought, the most first."""
    return release.query(
        """
        SELECT a.*, s.organisation, s.file_name, coalesce(s.is_synthetic, false) AS is_synthetic
        FROM value_additions a
        LEFT JOIN submissions s ON s.submission_id = a.causing_submission_id
        ORDER BY a.value_count DESC, s.sequence, a.cause
        """
    )


def _of(found: pl.DataFrame, column: str, locality_id: str) -> pl.DataFrame:
    return found if locality_id in EVERYWHERE else found.filter(pl.col(column) == locality_id)
