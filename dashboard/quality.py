"""What the page *Nộp báo cáo & chất lượng* asks of a release about the figures themselves.

Findings of the checks belong to a submission; corrections and revisions to a figure. All three
follow the locality of the view (with the units below it) and its period, if one is chosen.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.release import Release

_IN_VIEW: Final = """($everywhere OR $locality_id IN (l.locality_id, l.parent_id, p.parent_id))
    AND $period IN ('', s.reporting_period)"""
_PLACE: Final = """LEFT JOIN localities p ON p.locality_id = l.parent_id"""


def findings(release: Release, view: View) -> pl.DataFrame:
    """How often each rule spoke, the most severe and most frequent first.

    ``code``, ``severity``, ``findings``, ``submissions`` (that it spoke in), and over all
    submissions in view, null for rules that are not counted so: ``judged`` (times that it could
    tell), ``cannot_tell``.
    """
    return release.query(
        f"""
        WITH sent AS (
            SELECT s.submission_id FROM submissions s
            LEFT JOIN localities l ON l.locality_id = s.locality_id {_PLACE} WHERE {_IN_VIEW}
        ), judged AS (
            SELECT code, sum(passed + failed)::BIGINT AS judged,
                sum(cannot_tell)::BIGINT AS cannot_tell
            FROM check_outcomes SEMI JOIN sent USING (submission_id) GROUP BY code
        )
        SELECT i.code, i.severity, count(*) AS findings,
            count(DISTINCT i.submission_id) AS submissions, judged.judged, judged.cannot_tell
        FROM issues i SEMI JOIN sent USING (submission_id) LEFT JOIN judged ON judged.code = i.code
        GROUP BY ALL ORDER BY i.severity, findings DESC, i.code
        """,  # noqa: S608 - constants of this module
        **_asked(view),
    )


def examples(release: Release, view: View, rule: str = "", most: int = 1) -> pl.DataFrame:
    """Findings with the figure at their cell, of as many submissions as possible.

    Args:
        release: the release in force.
        view: its locality and period.
        rule: code of the only rule to list; empty: all.
        most: findings per rule.

    Returns:
        The columns of ``issues`` with organisation, file, period and locality of the submission;
        ``observation_id`` is null where no figure was taken from the cell.
    """
    return release.query(
        f"""
        WITH found AS (
            SELECT i.*, s.organisation, s.file_name, s.reporting_period, s.locality_id,
                s.sequence, s.superseded_by, s.is_synthetic,
                l.name_vi AS place_vi, l.name_en AS place_en,
                row_number() OVER (
                    PARTITION BY i.code, i.submission_id ORDER BY i.sheet, i.sheet_row, i.cell
                ) AS nth
            FROM issues i JOIN submissions s USING (submission_id)
            LEFT JOIN localities l ON l.locality_id = s.locality_id {_PLACE}
            WHERE {_IN_VIEW} AND $rule IN ('', i.code)
        ), picked AS (
            SELECT *, row_number() OVER (PARTITION BY code ORDER BY nth, sequence DESC) AS place
            FROM found QUALIFY place <= $most
        )
        SELECT picked.*, o.observation_id FROM picked
        LEFT JOIN observations o ON o.submission_id = picked.submission_id
            AND o.sheet = picked.sheet AND o.sheet_row = picked.sheet_row
        QUALIFY row_number() OVER (
            PARTITION BY picked.code, picked.place
            ORDER BY coalesce(picked.cell IN (o.value_cell, o.numerator_cell, o.denominator_cell),
                FALSE) DESC, o.observation_id
        ) = 1
        ORDER BY picked.code, picked.place
        """,  # noqa: S608 - constants of this module
        rule=rule,
        most=most,
        **_asked(view),
    )


def corrections(release: Release, view: View) -> pl.DataFrame:
    """What the system put right in received figures, why and who decided so."""
    return release.query(
        f"""
        SELECT c.*, o.ref_area, o.time_period, o.obs_value, s.file_name, s.organisation,
            s.is_synthetic, i.name_vi AS indicator_vi, i.name_en AS indicator_en,
            l.name_vi AS place_vi, l.name_en AS place_en
        FROM applied_corrections c
        JOIN submissions s ON s.submission_id = c.submission_id
        JOIN observations o USING (observation_id)
        JOIN indicators i ON i.indicator_id = o.indicator_id
        JOIN localities l ON l.locality_id = o.ref_area {_PLACE}
        WHERE {_IN_VIEW}
        ORDER BY s.sequence DESC, c.observation_id, c.column_name
        """,  # noqa: S608 - constants of this module
        **_asked(view),
    )


def revisions(release: Release, view: View) -> pl.DataFrame:
    """Figures that a later submission changed or withdrew, the last one first.

    ``traced_id``: the new figure, if this release holds it.
    """
    return release.query(
        f"""
        SELECT r.*, s.received_at, s.organisation, s.file_name, s.is_synthetic,
            old.file_name AS old_file, i.name_vi AS indicator_vi, i.name_en AS indicator_en,
            i.decimals, l.name_vi AS place_vi, l.name_en AS place_en,
            o.observation_id AS traced_id
        FROM revisions r
        JOIN submissions s ON s.submission_id = r.new_submission_id
        LEFT JOIN submissions old ON old.submission_id = r.old_submission_id
        JOIN indicators i ON i.indicator_id = r.indicator_id
        JOIN localities l ON l.locality_id = r.ref_area {_PLACE}
        LEFT JOIN observations o ON o.observation_id = r.new_observation_id
        WHERE {_IN_VIEW}
        ORDER BY s.sequence DESC, l.code, r.indicator_id, r.time_period DESC, r.sex, r.age,
            r.breakdown
        """,  # noqa: S608 - constants of this module
        **_asked(view),
    )


def _asked(view: View) -> dict[str, str | bool]:
    return {
        "everywhere": view.locality in (NATION, ALL_LOCALITIES),
        "locality_id": view.locality,
        "period": view.period,
    }
