"""What the page *Chỉ tiêu* asks of a release about all localities at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from dashboard import queries
from dashboard.address import Language, View
from dashboard.queries import Row, shown_unit
from dashboard.release import Release
from dashboard.standing import Standing, standing

REGION: Final = "region"


def standing_of(release: Release, target_id: str, locality: Row, view: View) -> Standing | None:
    """All provinces, or those of the region in view; None where the target is not theirs."""
    locality_id = str(locality["locality_id"])
    rows = queries.assessed_everywhere(release, target_id, view.geography, locality_id)
    if locality["level"] == REGION:
        is_near = (pl.col("level") != "province") | (pl.col("region_id") == locality_id)
        rows = rows.filter(is_near)
    return standing(rows.rows(named=True), view.milestone, locality_id)


def reporting_period(release: Release, found: Standing) -> str:
    """The period whose reports should hold the figures: the milestone's year, or the last year."""
    last_whole_year = int(queries.info(release)["as_of_year"]) - 1
    return str(min(found.provinces[0]["milestone_year"], last_whole_year))


def variations(release: Release, target_id: str, geography: str) -> pl.DataFrame:
    """Levels that documents of localities set, one row per locality, document and milestone."""
    return release.query(
        f"""
        SELECT b.*, l.name_vi AS locality_vi, l.name_en AS locality_en, l.level,
            w.name_vi AS plan_vi, w.name_en AS plan_en, w.valid_to AS plan_valid_to,
            p.number, p.name_vi AS programme_vi, p.name_en AS programme_en, i.indicator_id,
            {shown_unit("t")} AS unit_measure
        FROM target_bindings b
        JOIN localities l USING (locality_id)
        JOIN localities w ON w.locality_id = b.plan_locality_id
        JOIN targets t ON t.target_id = b.binding_target_id
        LEFT JOIN programmes p USING (programme_id)
        LEFT JOIN indicators i USING (indicator_id)
        WHERE b.target_id = $target_id AND b.plan_locality_id <> 'VN'
            AND l.geo_version = $geography
        ORDER BY l.level = 'province' DESC, l.code, b.plan_locality_id, b.binding_target_id,
            b.milestone_year
        """,  # noqa: S608 - a constant of ours
        target_id=target_id,
        geography=geography,
    )


def received(release: Release, period: str) -> dict[str, str]:
    """What became of the last report of a period, by locality: accepted wins over refused."""
    found = release.query(
        """
        SELECT locality_id, min(status) AS status FROM submissions
        WHERE reporting_period = $period AND locality_id IS NOT NULL GROUP BY locality_id
        """,
        period=period,
    )
    return dict(found.iter_rows())


def part_ids(release: Release, target_id: str) -> list[str]:
    """The parts of a compound target, in the order of their codes."""
    found = release.query(
        "SELECT target_id FROM targets WHERE parent_target_id = $target_id ORDER BY short_code",
        target_id=target_id,
    )
    return found["target_id"].to_list()


def region_names(release: Release, language: Language) -> Mapping[str, str]:
    """Names of the regions by identity."""
    found = release.query("SELECT locality_id, name_vi, name_en FROM localities "
                          "WHERE level = 'region'")  # fmt: skip
    return dict(found.select("locality_id", f"name_{language}").iter_rows())
