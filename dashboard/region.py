"""What the board asks of a release for a region: figures, since nobody sets targets for it."""

from __future__ import annotations

import polars as pl

from dashboard.queries import of_the_group, shown_unit
from dashboard.release import Release


def latest_figures(release: Release, locality_id: str) -> pl.DataFrame:
    """The latest figure of each target's series in a region, of the preferred source family."""
    return release.query(
        f"""
        SELECT t.target_id, t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            i.decimals, {shown_unit("t")} AS unit_measure, o.indicator_id, o.observation_id,
            o.obs_value, o.reference_year, o.origin, o.coverage, o.source_family, o.is_synthetic
        FROM targets t
        JOIN indicators i ON i.indicator_id = t.indicator_id
        JOIN observations o ON o.indicator_id = t.indicator_id AND {of_the_group("t", "o")}
            AND o.definition = coalesce(t.definition, 'STD')
        WHERE o.ref_area = $locality_id AND o.obs_value IS NOT NULL AND t.locality_id = 'VN'
            AND (t.is_headline OR t.parent_target_id IS NOT NULL) AND t.local_form_of IS NULL
        QUALIFY row_number() OVER (PARTITION BY t.target_id ORDER BY
            list_position(string_split(i.source_families, ';'), o.source_family) NULLS LAST,
            o.reference_year DESC, o.time_period DESC) = 1
        ORDER BY t.short_code, t.target_id
        """,  # noqa: S608 - constants of ours
        locality_id=locality_id,
    )
