"""What the page *Truy vết* asks of a release: one figure, whence it comes and where it goes."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.queries import Row
from dashboard.release import Release

DEEPEST: Final = (
    6  # steps from a commune over the former province, province and region to the nation
)

# A figure with the names of what it belongs to and the file that it stands in, of ``o``.
_NAMED: Final = """
    o.*, i.name_vi AS indicator_vi, i.name_en AS indicator_en, i.decimals, i.formula_factor,
    l.name_vi AS place_vi, l.name_en AS place_en, l.valid_to,
    d.name_vi AS definition_vi, d.name_en AS definition_en, s.organisation, s.file_name
"""
_JOINED: Final = """
    JOIN indicators i USING (indicator_id)
    JOIN localities l ON l.locality_id = o.ref_area
    LEFT JOIN submissions s USING (submission_id)
    LEFT JOIN definitions d ON d.indicator_id = o.indicator_id AND d.definition = o.definition
"""


def figure(release: Release, observation_id: str) -> Row | None:
    """One figure with its names, or None."""
    return _first(
        release.query(
            f"SELECT {_NAMED} FROM observations o {_JOINED} "  # noqa: S608 - constants of ours
            "WHERE o.observation_id = $observation_id",
            observation_id=observation_id,
        )
    )


def submission(release: Release, submission_id: str) -> Row | None:
    """The report that a figure stands in, and the one that took its place."""
    return _first(
        release.query(
            """
            SELECT s.*, l.name_vi AS place_vi, l.name_en AS place_en,
                n.file_name AS newer_file, n.received_at AS newer_received_at
            FROM submissions s
            LEFT JOIN localities l USING (locality_id)
            LEFT JOIN submissions n ON n.submission_id = s.superseded_by
            WHERE s.submission_id = $submission_id
            """,
            submission_id=submission_id,
        )
    )


def successor(release: Release, observation_id: str) -> Row | None:
    """The revision that took a figure out of the releases; None if there was none."""
    return _first(
        release.query(
            """
            SELECT r.*, i.name_vi AS indicator_vi, i.name_en AS indicator_en,
                l.name_vi AS place_vi, l.name_en AS place_en
            FROM revisions r
            JOIN indicators i USING (indicator_id)
            JOIN localities l ON l.locality_id = r.ref_area
            WHERE r.old_observation_id = $observation_id ORDER BY r.run_id DESC LIMIT 1
            """,
            observation_id=observation_id,
        )
    )


def parts(release: Release, observation_id: str) -> pl.DataFrame:
    """The figures that a computed one rests on, and what those rest on.

    One row per ``whole_id`` and part, with its ``weight`` and ``weight_id`` (the figure that is
    the weight; null: it comes from the catalogue).
    """
    return release.query(
        f"""
        WITH RECURSIVE tree AS (
            SELECT p.*, 1 AS depth FROM observation_parts p
            WHERE p.observation_id = $observation_id
            UNION
            SELECT p.*, tree.depth + 1 FROM tree
            JOIN observation_parts p ON p.observation_id = tree.part_observation_id
            WHERE tree.depth < $deepest
        ), links AS (SELECT DISTINCT * EXCLUDE (depth) FROM tree)
        SELECT links.observation_id AS whole_id, links.weight,
            links.weight_observation_id AS weight_id, {_NAMED}
        FROM links JOIN observations o ON o.observation_id = links.part_observation_id {_JOINED}
        ORDER BY whole_id, l.level, l.code, l.locality_id, o.observation_id
        """,  # noqa: S608 - constants of ours
        observation_id=observation_id,
        deepest=DEEPEST,
    )


def wholes(release: Release, observation_id: str) -> pl.DataFrame:
    """The computed figures that a figure goes into, the nearest first, by ``role``.

    ``role`` is ``part``, or ``weight`` where the figure only says how much another one counts.
    """
    return release.query(
        f"""
        WITH RECURSIVE tree AS (
            SELECT observation_id AS whole_id, 'part' AS role, 1 AS depth FROM observation_parts
            WHERE part_observation_id = $observation_id
            UNION
            SELECT observation_id, 'weight', 1 FROM observation_parts
            WHERE weight_observation_id = $observation_id
            UNION
            SELECT p.observation_id, tree.role, tree.depth + 1
            FROM tree JOIN observation_parts p ON p.part_observation_id = tree.whole_id
            WHERE tree.depth < $deepest
        ), nearest AS (SELECT whole_id, min(role) AS role, min(depth) AS depth FROM tree GROUP BY 1)
        SELECT nearest.role, nearest.depth, {_NAMED}
        FROM nearest JOIN observations o ON o.observation_id = nearest.whole_id {_JOINED}
        ORDER BY nearest.role, nearest.depth, o.indicator_id, l.code, o.reference_year
        """,  # noqa: S608 - constants of ours
        observation_id=observation_id,
        deepest=DEEPEST,
    )


def corrections(release: Release, observation_id: str) -> pl.DataFrame:
    """What was put right in a figure or in those that it is computed from."""
    return release.query(
        """
        WITH RECURSIVE rests_on AS (
            SELECT $observation_id AS observation_id
            UNION
            SELECT p.part_observation_id FROM rests_on
            JOIN observation_parts p USING (observation_id)
        )
        SELECT c.*, l.name_vi AS place_vi, l.name_en AS place_en
        FROM applied_corrections c
        SEMI JOIN rests_on USING (observation_id)
        JOIN observations o USING (observation_id)
        JOIN localities l ON l.locality_id = o.ref_area
        ORDER BY c.observation_id, c.column_name
        """,
        observation_id=observation_id,
    )


def revisions(release: Release, row: Row) -> pl.DataFrame:
    """Every change of a figure's series by a later report, the latest first."""
    return release.query(
        """
        SELECT r.*, o.file_name AS old_file, n.file_name AS new_file, n.received_at,
            n.organisation
        FROM revisions r
        LEFT JOIN submissions o ON o.submission_id = r.old_submission_id
        LEFT JOIN submissions n ON n.submission_id = r.new_submission_id
        WHERE r.indicator_id = $indicator_id AND r.ref_area = $ref_area
            AND r.time_period = $time_period AND r.sex = $sex AND r.age = $age
            AND r.breakdown = $breakdown AND r.definition = $definition
            AND r.source_family = $source_family
        ORDER BY r.run_id DESC, n.sequence DESC
        """,
        **{
            column: row[column]
            for column in (
                "indicator_id", "ref_area", "time_period", "sex", "age", "breakdown",
                "definition", "source_family",
            )
        },
    )  # fmt: skip


def issues(release: Release, row: Row) -> pl.DataFrame:
    """What the checks found at the row of the file that a figure stands in."""
    return release.query(
        """
        SELECT * FROM issues
        WHERE submission_id = $submission_id AND sheet = $sheet AND sheet_row = $sheet_row
        ORDER BY severity, code, cell
        """,
        submission_id=row["submission_id"],
        sheet=row["sheet"],
        sheet_row=row["sheet_row"],
    )


def outcomes(release: Release, submission_id: str) -> Row:
    """How many rules compared a report with history, and with what outcome."""
    return release.query(
        """
        SELECT count(*) AS rules, coalesce(sum(passed), 0) AS passed,
            coalesce(sum(failed), 0) AS failed, coalesce(sum(cannot_tell), 0) AS cannot_tell
        FROM check_outcomes WHERE submission_id = $submission_id
        """,
        submission_id=submission_id,
    ).row(0, named=True)


def verdicts(release: Release, observation_id: str) -> pl.DataFrame:
    """The assessments that rest on a figure, itself or through what is computed from it.

    ``use`` is ``latest`` (the value that is judged), ``base`` (where its way began) or ``through``.
    """
    return release.query(
        """
        WITH RECURSIVE used AS (
            SELECT $observation_id AS observation_id
            UNION
            SELECT p.observation_id FROM used
            JOIN observation_parts p ON p.part_observation_id = used.observation_id
        )
        SELECT a.locality_id, a.target_id, a.milestone_year, a.source_family, a.is_primary,
            a.verdict, a.verdict_reason, a.milestone_state,
            l.name_vi AS place_vi, l.name_en AS place_en,
            t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            CASE WHEN a.latest_observation_id = $observation_id THEN 'latest'
                WHEN a.base_observation_id = $observation_id THEN 'base'
                ELSE 'through' END AS use
        FROM assessments a
        JOIN localities l USING (locality_id)
        JOIN targets t USING (target_id)
        WHERE a.latest_observation_id IN (SELECT observation_id FROM used)
            OR a.base_observation_id IN (SELECT observation_id FROM used)
        ORDER BY a.is_primary DESC, l.level = 'national' DESC, l.level, l.code, t.short_code,
            a.target_id, a.milestone_year, a.source_family
        """,
        observation_id=observation_id,
    )


def judged_figures(release: Release, locality_id: str) -> pl.DataFrame:
    """The figures that the verdicts of a locality rest on: where a trace may begin."""
    return release.query(
        """
        SELECT t.target_id, t.short_code, t.name_vi AS target_vi, t.name_en AS target_en,
            a.latest_observation_id AS observation_id, a.latest_published, a.latest_year,
            a.latest_numerator, a.latest_denominator, a.is_synthetic,
            i.indicator_id, i.unit_measure, i.decimals
        FROM assessments a
        JOIN targets t USING (target_id)
        JOIN indicators i ON i.indicator_id = a.indicator_id
        WHERE a.locality_id = $locality_id AND a.is_primary
            AND a.latest_observation_id IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY a.target_id ORDER BY a.milestone_year DESC) = 1
        ORDER BY t.objective_no NULLS LAST, t.short_code, t.target_id
        """,
        locality_id=locality_id,
    )


def _first(frame: pl.DataFrame) -> Row | None:
    return None if frame.is_empty() else frame.row(0, named=True)
