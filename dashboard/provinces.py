"""What the page *Bản đồ* asks of a release: one subject in all provinces of one geography.

A subject is a target or, where there is none, an indicator. One map holds one group of people,
one source family and one definition, never several.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from dashboard.address import NATION, View
from dashboard.province_groups import group_codes, of_group, shown_group
from dashboard.queries import Row, of_the_group, shown_unit, target
from dashboard.release import Release
from indicators.assessment.attainment import add_attainment
from indicators.assessment.exact import DECIMAL, round_half_up

_STANDARD: Final = "STD"
_ENOUGH: Final = 0.5  # share of the provinces that a year needs for the map to open on it

_FIGURE = """o.observation_id, o.ref_area AS locality_id, o.reference_year, o.time_period,
    o.obs_value, o.numerator, o.denominator, o.obs_status, o.origin, o.coverage,
    o.sex, o.age, o.breakdown, o.source_family, o.definition, o.is_synthetic, o.confidence,
    o.source_text,
    i.indicator_id, i.name_vi AS indicator_vi, i.name_en AS indicator_en, i.decimals,
    i.formula_kind, i.formula_factor, i.optimum_lower, i.optimum_upper, i.source_families,
    i.publishing_period_years, i.direction, d.name_vi AS definition_vi,
    d.name_en AS definition_en, s.organisation"""
_ITS_WORDS = """
    LEFT JOIN submissions s USING (submission_id)
    LEFT JOIN definitions d
        ON d.indicator_id = o.indicator_id AND d.definition = o.definition
"""
_PLACE = "(l.locality_id = 'VN' OR (l.level = 'province' AND l.geo_version = $geography))"


@dataclass(frozen=True)
class Selection:
    """What one map shows.

    ``figures``: one row per locality that has a figure, with ``attainment``, ``side`` (1 where
    more is better), ``gap`` and ``shown`` (the verdict if the figure is the judged one, else how
    it stands against the target); ``missing``: provinces without; ``nation``: its own row, or
    None. ``counts``: years with a figure and how many provinces have one of that very year.
    """

    year: int
    figures: pl.DataFrame
    missing: pl.DataFrame
    nation: Row | None
    counts: dict[int, int]
    provinces: int

    @cached_property
    def has_number(self) -> bool:
        """Whether there is a level to compare with."""
        return bool(self.figures["target_value"].is_not_null().any())

    @property
    def is_sparse(self) -> bool:
        """Whether no year at all has figures of half of the provinces."""
        return max(self.counts.values()) < self.provinces * _ENOUGH


def targets(release: Release, milestone: int, geography: str) -> pl.DataFrame:
    """National targets with a series of their own that are assessed for provinces.

    ``covered``: how many provinces have a figure to judge.
    """
    return release.query(
        """
        SELECT t.target_id, t.short_code, t.name_vi, t.name_en, t.is_headline,
            count(a.latest_value) AS covered
        FROM assessments a
        JOIN targets t USING (target_id)
        JOIN localities l ON l.locality_id = a.locality_id
        WHERE a.is_primary AND a.milestone_year = $milestone AND a.indicator_id IS NOT NULL
            AND t.locality_id = 'VN' AND l.level = 'province' AND l.geo_version = $geography
        GROUP BY ALL ORDER BY t.is_headline DESC, t.short_code, t.target_id
        """,
        milestone=milestone,
        geography=geography,
    )


def indicators(release: Release, geography: str) -> pl.DataFrame:
    """Indicators with figures of provinces, whatever their targets.

    ``covered``: in how many provinces; ``last_year``: of the latest figure.
    """
    return release.query(
        """
        SELECT i.indicator_id, i.name_vi, i.name_en, i.group_no, i.formula_kind,
            count(DISTINCT o.ref_area) AS covered, max(o.reference_year) AS last_year
        FROM observations o
        JOIN localities l ON l.locality_id = o.ref_area
        JOIN indicators i USING (indicator_id)
        WHERE o.obs_value IS NOT NULL AND l.level = 'province' AND l.geo_version = $geography
        GROUP BY ALL ORDER BY i.group_no, i.indicator_id
        """,
        geography=geography,
    )


def shown_subject(release: Release, view: View) -> str:
    """The subject asked for, else the first that half of the provinces have figures for.

    Targets come before other indicators, shares and ratios before mere counts, recent figures
    before old ones.
    """
    if view.target:
        return view.target
    enough = provinces(release, view.geography).height * _ENOUGH
    listed = targets(release, view.milestone, view.geography)
    others = indicators(release, view.geography).sort(
        pl.col("formula_kind") == "count", "last_year", descending=[False, True]
    )
    wide = [
        *listed.filter(pl.col("covered") >= enough)["target_id"],
        *others.filter(pl.col("covered") >= enough)["indicator_id"],
        *listed.filter(pl.col("covered") > 0)["target_id"],
        *others["indicator_id"],
        *listed["target_id"],
    ]
    return wide[0] if wide else ""


def provinces(release: Release, geography: str) -> pl.DataFrame:
    """The provinces of a geography with code and names."""
    return release.query(
        """
        SELECT locality_id, code, name_vi AS locality_vi, name_en AS locality_en
        FROM localities WHERE level = 'province' AND geo_version = $geography ORDER BY code
        """,
        geography=geography,
    )


def indicator(release: Release, indicator_id: str) -> Row | None:
    """Name and unit of an indicator, or None."""
    frame = release.query(
        "SELECT * FROM indicators WHERE indicator_id = $indicator_id", indicator_id=indicator_id
    )
    return None if frame.is_empty() else frame.row(0, named=True)


def target_figures(
    release: Release, target_id: str, milestone: int, geography: str
) -> pl.DataFrame:
    """Figures of a target's series in the nation and every province, all years and families.

    The series and the number are those of the document that binds the locality.
    """
    return release.query(
        f"""
        WITH asked AS (
            SELECT a.* FROM assessments a JOIN localities l USING (locality_id)
            WHERE a.is_primary AND a.target_id = $target_id AND a.milestone_year = $milestone
                AND {_PLACE}
        )
        SELECT {_FIGURE}, {shown_unit("b")} AS unit_measure, b.direction AS wanted,
            a.operator, a.target_value, a.target_upper, a.is_approximate, a.milestone_state,
            a.milestone_year, a.binding, v.verdict, v.verdict_reason, v.attainment AS judged,
            v.latest_year, v.is_provisional, coalesce(v.is_unverified, a.is_unverified)
                AS is_unverified
        FROM asked a
        JOIN targets b ON b.target_id = a.binding_target_id
        JOIN indicators i ON i.indicator_id = b.indicator_id
        JOIN observations o ON o.indicator_id = b.indicator_id AND o.ref_area = a.locality_id
            AND {of_the_group("b", "o")}
            AND o.definition = coalesce(b.definition, 'STD')
        LEFT JOIN assessments v ON v.locality_id = a.locality_id AND v.target_id = a.target_id
            AND v.milestone_year = a.milestone_year AND v.source_family = o.source_family
        {_ITS_WORDS}
        WHERE o.obs_value IS NOT NULL
        """,  # noqa: S608 - constants of ours
        target_id=target_id,
        milestone=milestone,
        geography=geography,
    )


def indicator_figures(release: Release, indicator_id: str, geography: str) -> pl.DataFrame:
    """Figures of an indicator in the nation and every province, of every group."""
    return release.query(
        f"""
        SELECT {_FIGURE}, i.unit_measure, o.confidence <> 'official' AS is_unverified
        FROM observations o
        JOIN localities l ON l.locality_id = o.ref_area
        JOIN indicators i ON i.indicator_id = o.indicator_id
        {_ITS_WORDS}
        WHERE o.indicator_id = $indicator_id AND {_PLACE} AND o.obs_value IS NOT NULL
        """,  # noqa: S608 - constants of ours
        indicator_id=indicator_id,
        geography=geography,
    )


def selection(release: Release, view: View) -> Selection | None:
    """What the map of a view shows; None if no province has a figure of its subject."""
    listed = provinces(release, view.geography)
    return select(_figures(release, view), listed, view.year, view.group)


def years(release: Release, view: View) -> tuple[list[int], int] | None:
    """Years with a figure of any province, and the one that the map of a view shows."""
    listed = provinces(release, view.geography)
    counts = _counts(_one_series(_figures(release, view), listed, view.group), listed)
    return (list(counts), _shown_year(counts, listed, view.year)) if counts else None


def groups(release: Release, view: View) -> tuple[list[str], str]:
    """The groups that the subject of a view has figures of provinces for, and the one shown."""
    local = _local(_figures(release, view), provinces(release, view.geography))
    return group_codes(local), "" if local.is_empty() else shown_group(local, view.group)


def _figures(release: Release, view: View) -> pl.DataFrame:
    if target(release, view.target) is not None:
        return target_figures(release, view.target, view.milestone, view.geography)
    return indicator_figures(release, view.target, view.geography)


def select(
    figures: pl.DataFrame, listed: pl.DataFrame, year: str, group: str = ""
) -> Selection | None:
    """The figures of one map; None if no province has any.

    Args:
        figures: answer of :func:`target_figures` or :func:`indicator_figures`.
        listed: answer of :func:`provinces`.
        year: the year asked for; one without figures falls back to the latest that half of the
            provinces have, else to the latest.
        group: see :func:`dashboard.province_groups.shown_group`.
    """
    series = _one_series(figures, listed, group)
    counts = _counts(series, listed)
    if not counts:
        return None
    shown = _shown_year(counts, listed, year)
    in_view = _of_year(_one_definition(series, listed, shown), shown)
    judged = against_target(in_view)
    named = listed.join(judged, on="locality_id", how="inner", maintain_order="left")
    nation = judged.filter(locality_id=NATION)
    return Selection(
        shown,
        named,
        listed.join(named, on="locality_id", how="anti", maintain_order="left"),
        None if nation.is_empty() else nation.row(0, named=True),
        counts,
        listed.height,
    )


def _local(figures: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Without the nation."""
    return figures.filter(pl.col("locality_id").is_in(listed["locality_id"].implode()))


def _counts(series: pl.DataFrame, listed: pl.DataFrame) -> dict[int, int]:
    per_year = _local(series, listed).group_by("reference_year")
    return dict(per_year.agg(pl.col("locality_id").n_unique()).sort("reference_year").iter_rows())


def _shown_year(counts: dict[int, int], listed: pl.DataFrame, asked: str) -> int:
    """The year asked for, else the latest that half of the provinces have, else the latest."""
    known = {str(year): year for year in counts}
    if asked in known:
        return known[asked]
    wide = [year for year, count in counts.items() if count >= listed.height * _ENOUGH]
    return max(wide or counts)


def _one_series(figures: pl.DataFrame, listed: pl.DataFrame, group: str) -> pl.DataFrame:
    """One group and one source family: the whole and the preferred where provinces have it."""
    local = _local(figures, listed)
    if local.is_empty():
        return figures.clear()
    shown = shown_group(local, group)
    present = set(of_group(local, shown)["source_family"])
    preferred = str(local["source_families"][0]).split(";")
    family = next((name for name in preferred if name in present), min(present))
    return of_group(figures, shown).filter(source_family=family)


def _one_definition(series: pl.DataFrame, listed: pl.DataFrame, year: int) -> pl.DataFrame:
    """The standard measure where any province has it in that year, else another."""
    in_year = _local(series, listed).filter(reference_year=year)
    present = sorted(set(in_year["definition"]))
    chosen = _STANDARD if _STANDARD in present else present[0]
    return series.filter(definition=chosen)


def _of_year(series: pl.DataFrame, year: int) -> pl.DataFrame:
    """Per locality the figure of that year, else the latest within one publishing period."""
    oldest = year - pl.col("publishing_period_years")
    return (
        series.filter(pl.col("reference_year") <= year, pl.col("reference_year") >= oldest)
        .sort("reference_year", "time_period")
        .unique("locality_id", keep="last", maintain_order=True)
    )


_TARGET_COLUMNS: Final[dict[str, pl.DataType]] = {
    "operator": pl.String(),
    "target_value": DECIMAL,
    "target_upper": DECIMAL,
    "wanted": pl.String(),
    "judged": pl.String(),
    "verdict": pl.String(),
    "verdict_reason": pl.String(),
    "latest_year": pl.Int64(),
    "milestone_state": pl.String(),
}


def against_target(figures: pl.DataFrame) -> pl.DataFrame:
    """Add how each figure stands against its target; see :class:`Selection`.

    The rules are those of the assessment. A figure that no verdict rests on is compared with the
    number alone: the word "near" is left to verdicts.
    """
    absent = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in _TARGET_COLUMNS.items()
        if name not in figures.columns
    ]
    falls = pl.col("wanted") == "decrease"
    compared = figures.with_columns(absent).with_columns(
        comparison=pl.when(pl.col("operator") == "maintain")
        .then(pl.when(falls).then(pl.lit("<=")).otherwise(pl.lit(">=")))
        .otherwise("operator"),
        latest_value=pl.col("obs_value").cast(DECIMAL),
        latest_published=round_half_up(pl.col("obs_value").cast(DECIMAL), pl.col("decimals")),
        latest_numerator=pl.col("numerator").cast(DECIMAL),
        latest_denominator=pl.col("denominator").cast(DECIMAL),
        latest_coverage="coverage",
        whole_units=pl.lit(None, dtype=pl.Int64),
        share_of_target=pl.lit(None, dtype=DECIMAL),
        absolute=pl.lit(None, dtype=DECIMAL),
    )
    is_latest = (pl.col("latest_year") == pl.col("reference_year")).fill_null(value=False)
    # As everywhere on the board: former provinces have no verdict of a milestone after them.
    has_ended = pl.col("verdict_reason").fill_null("") == "locality_abolished"
    is_open = pl.col("milestone_state").fill_null("") == "open"
    verdict = pl.when(has_ended).then("judged").otherwise("verdict")
    is_judged = is_latest & ~(has_ended & is_open)
    return (
        add_attainment(compared.lazy())
        .collect()
        .with_columns(
            is_judged=is_judged,
            shown=pl.when(is_judged).then(verdict).otherwise("attainment"),
            deviation=(pl.col("latest_published") - pl.col("edge")) * pl.col("side"),
        )
    )
