"""The table of all localities under one target: everyone against the milestone, and who is silent.

The rows stand as on the page: those of the chart in its order, then those that it cannot place,
then those of whom nothing is known, with the reason in place of a value.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import queries
from dashboard import target as everywhere
from dashboard.address import BY_REGION, View
from dashboard.exports.common import assessment_row, chosen, count, figure, text, year, yes
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.standing import Standing, silent_by_reason
from dashboard.table import Column, Table
from dashboard.texts import Words


def everyone_table(
    release: Release, target: Row, locality: Row, view: View, words: Words
) -> Table | None:
    """All localities at the milestone shown; None where the target is not theirs."""
    found = everywhere.standing_of(release, target["target_id"], locality, view)
    if found is None:
        return None
    codes = queries.code_names(release, words.language)
    regions = everywhere.region_names(release, words.language)
    reasons = _reasons(release, found, words)
    rows = _ordered(found, view)
    milestone = found.provinces[0]["milestone_year"]
    name = f"{target['short_code']} {words.pick(target, 'name')}"
    return Table(
        title=words("export.everyone.title", target=name, year=milestone),
        columns=_columns(words),
        rows=[
            {
                **assessment_row(row, view, codes, words),
                "region": regions.get(row["region_id"], ""),
                "own_level": yes(_has_own_level(row, found), words),
                "silent": reasons.get(row["locality_id"], ""),
            }
            for row in rows
        ],
        notes=[
            chosen(release, view, "locality", "milestone", "geography", words=words),
            words("export.everyone.note"),
            words("export.missing"),
            words("export.source.assessments"),
        ],
        is_synthetic=any(row["is_synthetic"] for row in rows),
        sheet=words("export.everyone.sheet"),
    )


def _ordered(found: Standing, view: View) -> list[Row]:
    """The rows of the page from above: each locality once."""
    drawn = found.drawn
    if view.groups == BY_REGION:
        drawn = [row for _, rows in found.drawn_by_region for row in rows]
    shown = [*drawn, *found.missed, *found.met, *found.provinces]
    silent = {row["locality_id"] for row in found.silent}
    by_id = {row["locality_id"]: row for row in shown if row["locality_id"] not in silent}
    return [*by_id.values(), *found.silent]


def _has_own_level(row: Row, found: Standing) -> bool:
    """Whether what a locality has to reach at the milestone shown is not what most have to."""
    return any(one["milestone_year"] == row["milestone_year"] for one in found.own_levels(row))


def _reasons(release: Release, found: Standing, words: Words) -> Mapping[str, str]:
    """Why nothing is known, in words, by locality."""
    period = everywhere.reporting_period(release, found)
    by_reason = silent_by_reason(found, everywhere.received(release, period))
    return {
        row["locality_id"]: words(f"standing.silent.{reason}", period=period)
        for reason, rows in by_reason.items()
        for row in rows
    }


def _columns(words: Words) -> list[Column]:
    return [
        text("locality", words),
        text("locality_id", words),
        text("region", words),
        figure("value", words, link_key="trace"),
        text("unit", words),
        year("reference_year", words),
        figure("numerator", words),
        figure("denominator", words),
        year("milestone", words),
        text("condition", words),
        figure("target_value", words),
        text("own_level", words),
        text("verdict", words),
        text("gap_phrase", words),
        figure("gap", words),
        count("gap_whole_units", words),
        text("source_family", words),
        text("unverified", words),
        text("synthetic", words),
        text("silent", words),
    ]
