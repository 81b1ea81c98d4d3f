"""What the pages ask of a release: one function per question, parameters never pasted into SQL."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from dashboard.address import ALL_LOCALITIES, NATION, Language
from dashboard.release import Release

MOST_PARTS = 3  # named of a computed figure; the others are counted

Row = Mapping[str, Any]  # one row of an answer: column name to value

# A province of the former boundaries has no verdict of a milestone after them. For a milestone that
# is closed, what is shown instead is how its latest figure stands against the target (every page
# says so); an open one stays without a result, since nobody is on the way to it.
_SHOWN = """CASE WHEN a.verdict_reason = 'locality_abolished' AND a.milestone_state = 'closed'
    THEN a.attainment ELSE a.verdict END"""


def shown_unit(target: str) -> str:
    """SQL of the unit that a target's values are told in: its local form is a yes or a no.

    Args:
        target: alias of ``targets`` in a query where ``i`` is its row of ``indicators``.
    """
    return f"""CASE WHEN {target}.local_form_of IS NOT NULL AND i.unit_measure = 'PERCENT'
        THEN 'YES_NO' ELSE i.unit_measure END"""


def of_the_group(target: str, figure: str) -> str:
    """SQL that holds where a figure is of the sex, age and group that a target judges.

    Args:
        target: alias of ``targets``.
        figure: alias of ``observations`` or another table with the columns of the series.
    """
    return f"""{figure}.sex = coalesce({target}.sex, '_T')
        AND {figure}.age = coalesce({target}.age, '_T')
        AND {figure}.breakdown = coalesce({target}.breakdown, '_T')"""


_ASSESSED = f"""
    SELECT a.*, {_SHOWN} AS shown,
        l.name_vi AS locality_vi, l.name_en AS locality_en, l.level, l.code AS locality_code,
        l.valid_to, l.region_id,
        t.name_vi AS target_vi, t.name_en AS target_en, t.short_code, t.is_headline,
        t.parent_target_id, t.objective_no,
        i.decimals, i.formula_kind, {shown_unit("b")} AS unit_measure, i.publishing_period_years,
        p.number AS programme_number, p.name_vi AS programme_vi, p.name_en AS programme_en
    FROM assessments a
    JOIN localities l USING (locality_id)
    JOIN targets t USING (target_id)
    JOIN targets b ON b.target_id = a.binding_target_id
    LEFT JOIN indicators i ON i.indicator_id = a.indicator_id
    LEFT JOIN programmes p ON p.programme_id = a.programme_id
"""  # noqa: S608 - both parts are constants of this module


def info(release: Release) -> Row:
    """The one row that says what this release is."""
    return release.query("SELECT * FROM release_info").row(0, named=True)


def milestones(release: Release) -> list[int]:
    """Milestone years of the headline targets, in order."""
    frame = release.query(
        """
        SELECT DISTINCT m.milestone_year
        FROM target_milestones m JOIN targets t USING (target_id)
        WHERE t.is_headline ORDER BY 1
        """
    )
    return frame["milestone_year"].to_list()


def localities(release: Release, geography: str) -> pl.DataFrame:
    """The nation and the provinces of one geography, in the order of their codes."""
    return release.query(
        """
        SELECT locality_id, code, level, name_vi, name_en, valid_to FROM localities
        WHERE level = 'national' OR (level = 'province' AND geo_version = $geography)
        ORDER BY level = 'national' DESC, code
        """,
        geography=geography,
    )


def locality(release: Release, locality_id: str) -> Row | None:
    """One locality of any level, or None."""
    frame = release.query(
        "SELECT * FROM localities WHERE locality_id = $locality_id", locality_id=locality_id
    )
    return None if frame.is_empty() else frame.row(0, named=True)


def assessed_targets(release: Release, locality_id: str) -> pl.DataFrame:
    """The targets that are assessed for a locality: headline first, then their parts and others."""
    return release.query(
        """
        SELECT DISTINCT t.target_id, t.short_code, t.name_vi, t.name_en, t.is_headline,
            t.objective_no
        FROM assessments a JOIN targets t USING (target_id)
        WHERE a.locality_id = $locality_id
        ORDER BY t.is_headline DESC, t.short_code, t.target_id
        """,
        locality_id=locality_id,
    )


def board(release: Release, milestone: int, geography: str) -> pl.DataFrame:
    """The matrix: one row per locality and headline target at one milestone.

    With the value that the result rests on, and the region of the locality.
    """
    return release.query(
        f"""
        SELECT a.locality_id, a.target_id, {_SHOWN} AS shown, a.verdict_reason, a.milestone_state,
            a.is_unverified, a.is_synthetic, a.indicator_id, a.latest_published,
            a.latest_observation_id, l.name_vi AS locality_vi, l.name_en AS locality_en,
            l.level, l.code AS locality_code, l.region_id, r.name_vi AS region_vi,
            r.name_en AS region_en, t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            t.objective_no, t.objective_vi, t.objective_en, i.decimals,
            {shown_unit("b")} AS unit_measure
        FROM assessments a
        JOIN localities l USING (locality_id)
        JOIN targets t USING (target_id)
        JOIN targets b ON b.target_id = a.binding_target_id
        LEFT JOIN indicators i ON i.indicator_id = a.indicator_id
        LEFT JOIN localities r ON r.locality_id = l.region_id
        WHERE a.is_primary AND t.is_headline AND a.milestone_year = $milestone
            AND (l.level = 'national' OR (l.level = 'province' AND l.geo_version = $geography))
        ORDER BY l.level = 'national' DESC, l.code, t.objective_no, t.short_code
        """,  # noqa: S608 - constants of ours
        milestone=milestone,
        geography=geography,
    )


def assessed(release: Release, locality_id: str, geography: str, milestone: int) -> pl.DataFrame:
    """Primary assessments of one locality (or of all provinces of a geography) at a milestone."""
    if locality_id == ALL_LOCALITIES:
        return _assessed_provinces(release, geography, milestone)
    rows = _assessed_locality(release, locality_id)
    return rows.filter("is_primary", milestone_year=milestone)


def _assessed_provinces(release: Release, geography: str, milestone: int) -> pl.DataFrame:
    return release.query(
        f"""
        {_ASSESSED}
        WHERE a.is_primary AND a.milestone_year = $milestone
            AND l.level = 'province' AND l.geo_version = $geography
        ORDER BY l.code, t.short_code
        """,
        geography=geography,
        milestone=milestone,
    )


def _assessed_locality(release: Release, locality_id: str) -> pl.DataFrame:
    """All assessments of one locality.

    A page asks for several parts of them, and its reader for other pages of the same locality: one
    query with its six joins is dearer than all those cuts.
    """
    return release.query(
        f"""
        {_ASSESSED}
        WHERE a.locality_id = $locality_id
        ORDER BY t.short_code, a.milestone_year, a.is_primary DESC, a.source_family
        """,
        locality_id=locality_id,
    )


def second_opinions(release: Release, locality_id: str, milestone: int) -> pl.DataFrame:
    """Assessments of one locality from source families that do not carry the verdict."""
    rows = _assessed_locality(release, locality_id)
    return rows.filter(~pl.col("is_primary"), milestone_year=milestone)


def assessed_target(release: Release, locality_id: str, target_id: str) -> pl.DataFrame:
    """A target and its parts in one locality: every milestone and every source family."""
    own_or_part = pl.any_horizontal(
        pl.col("target_id", "parent_target_id").eq_missing(pl.lit(target_id))
    )
    return _assessed_locality(release, locality_id).filter(own_or_part)


def assessed_everywhere(
    release: Release, target_id: str, geography: str, locality_id: str
) -> pl.DataFrame:
    """A target at every milestone: the nation, the provinces of a geography, and one more unit."""
    return release.query(
        f"""
        {_ASSESSED}
        WHERE a.is_primary AND a.target_id = $target_id AND (a.locality_id = $locality_id
            OR l.level = 'national' OR (l.level = 'province' AND l.geo_version = $geography))
        ORDER BY l.level = 'national' DESC, l.code, a.milestone_year
        """,
        target_id=target_id,
        geography=geography,
        locality_id=locality_id,
    )


def target(release: Release, target_id: str) -> Row | None:
    """One target, or None."""
    frame = release.query("SELECT * FROM targets WHERE target_id = $target_id", target_id=target_id)
    return None if frame.is_empty() else frame.row(0, named=True)


def target_document(release: Release, target_id: str) -> pl.DataFrame:
    """The document that sets a target and its words, one row per milestone."""
    return release.query(
        """
        SELECT t.target_id, t.confidence, t.confirmed_by, t.confirmed_on, p.number, p.issued_on,
            p.name_vi AS programme_vi, p.name_en AS programme_en, m.milestone_year, m.wording_vi,
            m.adopted_on, m.document_vi
        FROM targets t
        LEFT JOIN programmes p USING (programme_id)
        LEFT JOIN target_milestones m USING (target_id)
        WHERE t.target_id = $target_id ORDER BY m.milestone_year, m.version
        """,
        target_id=target_id,
    )


def observations(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """Every figure of a target's series in one locality, with the way back to its source cell.

    All source families and definitions; ``is_target_definition`` marks those that are judged.
    ``corrections``: what was put right in the figure or in those that it is computed from, as a
    list of structs, null if nothing was. ``parts``: the first of the figures that it is computed
    from, with their cells; ``part_count``: how many there are.
    """
    return release.query(
        f"""
        WITH shown AS (
            SELECT o.observation_id FROM targets t JOIN observations o
                ON o.indicator_id = t.indicator_id AND o.ref_area = $locality_id
            WHERE t.target_id = $target_id
        ), of_shown AS (
            SELECT p.* FROM observation_parts p SEMI JOIN shown USING (observation_id)
        ), traces AS (
            SELECT observation_id, observation_id AS received_id FROM applied_corrections
            UNION
            SELECT observation_id, part_observation_id FROM of_shown
        ), parts AS (
            SELECT p.observation_id, count(*) AS part_count, list({{
                'name_vi': l.name_vi, 'name_en': l.name_en, 'file_name': s.file_name,
                'sheet': q.sheet, 'value_cell': q.value_cell, 'sheet_row': q.sheet_row
            }} ORDER BY l.locality_id)[:$most_parts] AS parts
            FROM of_shown p
            JOIN observations q ON q.observation_id = p.part_observation_id
            JOIN localities l ON l.locality_id = q.ref_area
            LEFT JOIN submissions s ON s.submission_id = q.submission_id
            GROUP BY p.observation_id
        ), corrected AS (
            SELECT traces.observation_id, list({{
                'column_name': c.column_name, 'received_value': c.received_value,
                'corrected_value': c.corrected_value, 'reason_vi': c.reason_vi,
                'decided_by': c.decided_by
            }} ORDER BY c.observation_id, c.column_name) AS corrections
            FROM traces JOIN applied_corrections c ON c.observation_id = traces.received_id
            GROUP BY traces.observation_id
        )
        SELECT o.*, corrected.corrections, parts.parts, parts.part_count,
            o.definition = coalesce(t.definition, 'STD') AS is_target_definition,
            i.decimals, i.publishing_period_years, s.organisation, s.file_name,
            d.name_vi AS definition_vi, d.name_en AS definition_en
        FROM targets t
        JOIN indicators i ON i.indicator_id = t.indicator_id
        JOIN observations o ON o.indicator_id = t.indicator_id
            AND {of_the_group("t", "o")}
        LEFT JOIN submissions s USING (submission_id)
        LEFT JOIN corrected USING (observation_id)
        LEFT JOIN parts USING (observation_id)
        LEFT JOIN definitions d
            ON d.indicator_id = o.indicator_id AND d.definition = o.definition
        WHERE t.target_id = $target_id AND o.ref_area = $locality_id
        ORDER BY o.source_family, o.definition, o.reference_year, o.time_period
        """,  # noqa: S608 - a constant of ours
        target_id=target_id,
        locality_id=locality_id,
        most_parts=MOST_PARTS,
    )


def statements(release: Release, target_id: str, locality_id: str) -> pl.DataFrame:
    """What reporting units say themselves of a target or its parts; latest period first."""
    return release.query(
        """
        SELECT x.*, s.organisation, s.reporting_period, s.file_name, s.is_synthetic,
            t.short_code, r.verdict, r.agrees, r.probable_reason
        FROM statements x
        JOIN submissions s USING (submission_id)
        LEFT JOIN statement_reviews r USING (submission_id, sheet, sheet_row, target_id)
        JOIN targets t USING (target_id)
        WHERE x.ref_area = $locality_id AND s.superseded_by IS NULL AND s.status = 'accepted'
            AND (x.target_id = $target_id OR t.parent_target_id = $target_id)
        ORDER BY s.reporting_period DESC, x.milestone_year, x.target_id
        """,
        target_id=target_id,
        locality_id=locality_id,
    )


def disagreements(release: Release, locality_id: str) -> pl.DataFrame:
    """Own statuses that differ from the computed verdict, of one locality or of all (nation)."""
    return release.query(
        """
        SELECT r.*, l.name_vi AS locality_vi, l.name_en AS locality_en, t.short_code,
            t.name_vi AS target_vi, t.name_en AS target_en, s.organisation, s.file_name,
            s.is_synthetic
        FROM statement_reviews r
        JOIN localities l USING (locality_id)
        JOIN targets t USING (target_id)
        JOIN submissions s USING (submission_id)
        WHERE r.agrees = false AND ($everywhere OR r.locality_id = $locality_id)
        ORDER BY l.level = 'national' DESC, l.level, l.code, t.short_code, r.milestone_year,
            s.sequence, r.sheet_row
        """,
        locality_id=locality_id,
        everywhere=locality_id in (NATION, ALL_LOCALITIES),
    )


@lru_cache(maxsize=4)  # both languages of the release in force and of the one before
def code_names(release: Release, language: Language) -> Mapping[tuple[str, str], str]:
    """Names of code items by (code list, code)."""
    frame = release.query("SELECT code_list, code, name_vi, name_en FROM code_items")
    names = frame.select("code_list", "code", f"name_{language}").iter_rows()
    return {(code_list, code): name for code_list, code, name in names}
