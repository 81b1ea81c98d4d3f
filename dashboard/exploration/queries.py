"""What *Khám phá* asks of a release; lists of identities go in as one text, never pasted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from dashboard.release import Release

# Signs that stand in no identity and no code.
_BETWEEN: Final = "|"
_LIST: Final = ";"

_IN_VIEW: Final = """(l.level = 'national' OR l.locality_id = $chosen
    OR (l.level IN ('region', 'province') AND l.geo_version = $geography))"""

# What tells one series of an indicator from another, besides the locality.
SERIES_KEY: Final = ("indicator_id", "source_family", "definition", "breakdown", "age", "sex")
_KEY_COLUMNS: Final = ", ".join(f"o.{name}" for name in SERIES_KEY)
_KEY_SQL: Final = f"concat_ws('{_BETWEEN}', {_KEY_COLUMNS})"


def places(release: Release, geography: str, chosen: str) -> pl.DataFrame:
    """The nation, the regions and the provinces of a geography, and the locality chosen."""
    return release.query(
        f"""
        SELECT l.locality_id, l.level, l.code, l.name_vi, l.name_en, l.region_id FROM localities l
        WHERE {_IN_VIEW}
        ORDER BY list_position(['national', 'region', 'province'], l.level), l.code
        """,  # noqa: S608 - a constant of ours
        geography=geography,
        chosen=chosen,
    )


def series(release: Release, geography: str, chosen: str) -> pl.DataFrame:
    """Every series that has a figure in these localities: how many, where and of which years."""
    return release.query(
        f"""
        SELECT {_KEY_COLUMNS}, count(*) AS figures,
            count(DISTINCT o.reference_year) AS years, count(DISTINCT o.ref_area) AS places,
            min(o.reference_year) AS first, max(o.reference_year) AS last
        FROM observations o JOIN localities l ON l.locality_id = o.ref_area
        WHERE o.obs_value IS NOT NULL AND {_IN_VIEW}
        GROUP BY ALL ORDER BY ALL
        """,  # noqa: S608 - constants of ours
        geography=geography,
        chosen=chosen,
    )


def indicators(release: Release) -> pl.DataFrame:
    """Every indicator of the catalogue, in its order."""
    return release.query("SELECT * FROM indicators ORDER BY group_no, indicator_id")


def definitions(release: Release) -> pl.DataFrame:
    """Names of the definitions of indicators."""
    return release.query("SELECT indicator_id, definition, name_vi, name_en FROM definitions")


def figures(
    release: Release, chosen: pl.DataFrame, localities: Iterable[str], years: tuple[int, int]
) -> pl.DataFrame:
    """The figures of some series in some localities; printed again, the last print counts.

    Args:
        release: the release in force.
        chosen: rows of :func:`series`.
        localities: whose figures.
        years: the first and the last.
    """
    keys = chosen.select(pl.concat_str(SERIES_KEY, separator=_BETWEEN)).to_series()
    return release.query(
        f"""
        SELECT o.observation_id, o.indicator_id, o.ref_area AS locality_id,
            o.reference_year AS year, o.sex, o.age, o.breakdown, o.source_family, o.definition,
            o.obs_value AS value, o.numerator, o.denominator, o.obs_status, o.origin, o.coverage,
            o.is_synthetic, i.decimals, i.unit_measure, i.publishing_period_years, s.organisation
        FROM observations o
        JOIN indicators i ON i.indicator_id = o.indicator_id
        LEFT JOIN submissions s USING (submission_id)
        WHERE list_contains(string_split($indicators, '{_LIST}'), o.indicator_id)
            AND list_contains(string_split($localities, '{_LIST}'), o.ref_area)
            AND o.reference_year BETWEEN $first AND $last AND o.obs_value IS NOT NULL
            AND list_contains(string_split($keys, '{_LIST}'), {_KEY_SQL})
        QUALIFY row_number() OVER (
            PARTITION BY o.ref_area, o.reference_year, {_KEY_SQL}
            ORDER BY o.time_period DESC, o.observation_id
        ) = 1
        """,  # noqa: S608 - constants of ours
        indicators=_LIST.join(chosen["indicator_id"].unique().sort()),
        localities=_LIST.join(localities),
        keys=_LIST.join(keys),
        first=years[0],
        last=years[1],
    )


def elsewhere(
    release: Release, indicator_ids: Iterable[str], localities: Iterable[str]
) -> pl.DataFrame:
    """What there is of indicators in localities whatever the other choices: per locality."""
    return release.query(
        f"""
        SELECT o.ref_area AS locality_id, min(o.reference_year) AS first,
            max(o.reference_year) AS last, list(DISTINCT o.sex ORDER BY o.sex) AS sexes,
            list(DISTINCT o.source_family ORDER BY o.source_family) AS families
        FROM observations o
        WHERE o.obs_value IS NOT NULL
            AND list_contains(string_split($indicators, '{_LIST}'), o.indicator_id)
            AND list_contains(string_split($localities, '{_LIST}'), o.ref_area)
        GROUP BY ALL ORDER BY o.ref_area
        """,  # noqa: S608 - a constant of ours
        indicators=_LIST.join(indicator_ids),
        localities=_LIST.join(localities),
    )


def target_lines(release: Release, indicator_id: str) -> pl.DataFrame:
    """The national levels that an indicator is to reach, one row per target and milestone."""
    return release.query(
        """
        SELECT t.target_id, t.sex, t.age, t.breakdown, t.definition, t.indicator_id,
            i.unit_measure, m.milestone_year, m.operator, m.target_value, m.target_upper,
            m.is_approximate
        FROM targets t
        JOIN target_milestones m USING (target_id)
        JOIN indicators i ON i.indicator_id = t.indicator_id
        WHERE t.indicator_id = $indicator_id AND t.locality_id = 'VN'
            AND (t.is_headline OR t.parent_target_id IS NOT NULL) AND m.target_value IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY t.target_id, m.milestone_year ORDER BY m.version DESC
        ) = 1
        ORDER BY m.milestone_year, t.target_id
        """,
        indicator_id=indicator_id,
    )
