"""What stands behind a verdict: documents that compete, the other geography, parts, denominators.

One function per question of the page *Chỉ tiêu*; all ask about the series of one target.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.queries import of_the_group, shown_unit
from dashboard.release import Release

# The series of a target, as a join of the table named ``x``.
_OF_THE_TARGET = f"""
    JOIN targets t ON t.target_id = $target_id AND x.indicator_id = t.indicator_id
        AND {of_the_group("t", "x")}
        AND x.definition = coalesce(t.definition, 'STD')
    JOIN indicators i ON i.indicator_id = t.indicator_id
"""

# A locality with the units that it came from or went into.
_KIN = """kin AS (
    SELECT $locality_id AS locality_id, 0 AS place
    UNION SELECT predecessor_id, 1 FROM locality_succession
        WHERE successor_id = $locality_id AND relation <> 'part'
    UNION SELECT successor_id, 2 FROM locality_succession
        WHERE predecessor_id = $locality_id AND relation <> 'part'
)"""


def candidates(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """Every document that asks something of the locality on this target; the one that works first.

    Empty where only the national document speaks.
    """
    return release.query(
        f"""
        SELECT b.*, p.number, p.name_vi AS programme_vi, p.name_en AS programme_en,
            l.name_vi AS plan_vi, l.name_en AS plan_en, l.type_vi, i.indicator_id,
            {shown_unit("t")} AS unit_measure
        FROM target_bindings b
        JOIN targets t ON t.target_id = b.binding_target_id
        JOIN localities l ON l.locality_id = b.plan_locality_id
        LEFT JOIN programmes p USING (programme_id)
        LEFT JOIN indicators i USING (indicator_id)
        WHERE b.locality_id = $locality_id AND b.target_id = $target_id
        ORDER BY b.milestone_year, b.works DESC, b.plan_locality_id = 'VN', b.plan_locality_id
        """,  # noqa: S608 - a constant of ours
        target_id=target_id,
        locality_id=locality_id,
    )


def on_both_maps(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """Figures of a locality and of the units that it came from or went into.

    One per unit, source family and year described.

    ``place`` orders the units: 0 the locality itself, 1 its predecessors, 2 its successors.
    """
    return release.query(
        f"""
        WITH {_KIN}
        SELECT kin.place, l.locality_id, l.name_vi, l.name_en, l.geo_version, l.valid_to,
            x.observation_id,
            x.reference_year, x.obs_value, x.numerator, x.denominator, x.origin, x.coverage,
            x.obs_status, x.source_family, x.is_synthetic, i.indicator_id, i.unit_measure,
            i.decimals
        FROM kin
        JOIN localities l USING (locality_id)
        JOIN observations x ON x.ref_area = kin.locality_id
        {_OF_THE_TARGET}
        WHERE x.obs_value IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY x.ref_area, x.source_family, x.reference_year ORDER BY x.time_period DESC
        ) = 1
        ORDER BY x.reference_year, kin.place, l.locality_id
        """,  # noqa: S608 - a constant of this module
        target_id=target_id,
        locality_id=locality_id,
    )


def not_rebuilt(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """Years whose value could not be rebuilt from the parts, by source family and reason."""
    return release.query(
        f"""
        SELECT x.source_family, x.reason,
            list(DISTINCT x.reference_year ORDER BY x.reference_year) AS years,
            min(x.coverage) AS coverage, min(x.parts_present) AS parts_present,
            max(x.parts_total) AS parts_total
        FROM rebuild_gaps x {_OF_THE_TARGET}
        WHERE x.ref_area = $locality_id GROUP BY ALL ORDER BY x.source_family, x.reason
        """,  # noqa: S608 - a constant of this module
        target_id=target_id,
        locality_id=locality_id,
    )


def rolled_up(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """What the units below add up to, beside what the locality itself reported.

    By source family, latest first. ``rolled_observation_id``: the figure that the sum became where
    the locality did not report itself.
    """
    return release.query(
        f"""
        SELECT x.*, i.unit_measure, i.decimals, o.observation_id AS rolled_observation_id
        FROM roll_ups x {_OF_THE_TARGET}
        LEFT JOIN observations o ON o.origin = 'rolled_up' AND x.reported_observation_id IS NULL
            AND o.indicator_id = x.indicator_id AND o.ref_area = x.ref_area AND o.sex = x.sex
            AND o.age = x.age AND o.breakdown = x.breakdown AND o.definition = x.definition
            AND o.source_family = x.source_family AND o.time_period = x.time_period
            AND o.reference_year = x.reference_year
        WHERE x.ref_area = $locality_id
        ORDER BY x.source_family, x.reference_year DESC, x.time_period DESC, x.level_from
        """,  # noqa: S608 - a constant of this module
        target_id=target_id,
        locality_id=locality_id,
    )


def has_synthetic(release: Release, target_ids: Sequence[str], locality_id: str) -> bool:
    """Whether a figure of these targets in a locality, or in its kin, is made up."""
    found = release.query(
        f"""
        WITH {_KIN}, asked AS (
            SELECT DISTINCT indicator_id FROM targets WHERE list_contains($target_ids, target_id)
        )
        SELECT EXISTS (
            SELECT 1 FROM observations SEMI JOIN asked USING (indicator_id)
                JOIN kin ON kin.locality_id = ref_area WHERE is_synthetic
        ) OR EXISTS (
            SELECT 1 FROM roll_ups SEMI JOIN asked USING (indicator_id)
                WHERE ref_area = $locality_id AND is_synthetic
        ) AS found
        """,  # noqa: S608 - a constant of this module
        target_ids=tuple(target_ids),
        locality_id=locality_id,
    )
    return bool(found["found"][0])


def denominator_changes(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """Jumps of the denominator through reorganisation, in order of years."""
    return release.query(
        f"""
        SELECT x.* FROM denominator_changes x {_OF_THE_TARGET}
        WHERE x.ref_area = $locality_id ORDER BY x.year, x.source_family
        """,  # noqa: S608 - a constant of this module
        target_id=target_id,
        locality_id=locality_id,
    )
