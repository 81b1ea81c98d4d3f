"""What the page *Văn bản* asks of a release: every document's number, and where they differ."""

from __future__ import annotations

import polars as pl

from dashboard.address import ALL_LOCALITIES
from dashboard.queries import shown_unit
from dashboard.release import Release


def requirements(release: Release, locality_id: str) -> pl.DataFrame:
    """One row per target, milestone and version; a target without milestones has one row.

    Args:
        release: the release in force.
        locality_id: whose documents: the nation's alone, or those of a locality and of the units
            that it went from or into, beside the nation's; ``ALL`` for every document.
    """
    return release.query(
        f"""
        WITH kin AS (
            SELECT $locality_id AS locality_id
            UNION SELECT 'VN'
            UNION SELECT predecessor_id FROM locality_succession
                WHERE successor_id = $locality_id AND relation <> 'part'
            UNION SELECT successor_id FROM locality_succession
                WHERE predecessor_id = $locality_id AND relation <> 'part'
        )
        SELECT t.target_id, t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            t.is_headline, t.objective_no, t.objective_vi, t.objective_en, t.indicator_id,
            t.locality_id, t.confidence, t.confirmed_on,
            {shown_unit("t")} AS unit_measure,
            p.number, p.issued_on, p.name_vi AS programme_vi, p.name_en AS programme_en,
            l.name_vi AS place_vi, l.name_en AS place_en, l.type_vi, l.valid_to,
            m.milestone_year, m.operator, m.target_value, m.target_upper, m.is_approximate,
            m.wording_vi, m.version, m.adopted_on, m.document_vi
        FROM targets t
        JOIN localities l USING (locality_id)
        LEFT JOIN programmes p USING (programme_id)
        LEFT JOIN indicators i USING (indicator_id)
        LEFT JOIN target_milestones m USING (target_id)
        WHERE $locality_id = $everywhere OR t.locality_id IN (SELECT locality_id FROM kin)
        ORDER BY t.objective_no NULLS LAST, t.is_headline DESC, t.short_code, t.target_id,
            m.milestone_year, m.version
        """,  # noqa: S608 - a constant of ours
        locality_id=locality_id,
        everywhere=ALL_LOCALITIES,
    )


def conflicts(release: Release) -> pl.DataFrame:
    """Pairs of targets on one series whose documents ask for different things in one year."""
    return release.query(
        """
        SELECT c.*, i.name_vi AS indicator_vi, i.name_en AS indicator_en
        FROM target_conflicts c JOIN indicators i USING (indicator_id)
        ORDER BY c.milestone_year, c.target_id, c.other_target_id
        """
    )
