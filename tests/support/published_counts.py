"""The Government's overall counts of targets beside what our figures of the time allow to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from indicators.assessment import AssessmentInputs, assess
from indicators.catalogue import load_catalogue

MILESTONE = 2025
HEADLINE_TARGETS = 20
NOT_ASSESSABLE = "not_assessable"

# The published count, the year it describes, and the state that it counts.
COUNTS = (
    ("NSGE overall - targets met or exceeded (of 20)", 2023, "met"),
    ("NSGE overall - targets partially met (of 20)", 2023, "partially_met"),
    ("NSGE overall - targets close to the set level (of 20)", 2023, "near"),
    ("NSGE overall - targets far from the 2025 level (of 20)", 2023, "not_met"),
    ("NSGE overall - targets met (of 20)", 2024, "met"),
)
BETTER = ("NSGE overall - targets better than the year before (of 20)", 2023)
EARLIER_STRATEGY = ("NSGE 2011-2020 overall - targets met (of 22)", 2017)


@dataclass(frozen=True)
class Count:
    """One published count and ours.

    ``least`` of the targets are certainly in the state; ``most`` would be if every target that
    cannot be assessed were too.
    """

    target: str
    year: int
    state: str
    least: int
    most: int
    examples: list[str]  # short codes of the targets that are certainly in it

    def allows(self, published: int) -> bool:
        """Whether our figures leave room for the published count."""
        return self.least <= published <= self.most


@dataclass(frozen=True)
class Improvement:
    """Targets with a value both in the year and in the year before, on one comparable line."""

    better: list[str]
    not_better: list[str]


def judged_at_the_time(observations: pl.DataFrame, year: int) -> pl.DataFrame:
    """Primary verdicts of that year on what had been reported by then."""
    known = observations.filter(pl.col("time_period").str.slice(0, 4).cast(pl.Int64) <= year)
    inputs = AssessmentInputs.from_catalogue(load_catalogue(), date(year, 12, 31))
    return assess(known, inputs, year).filter(pl.col("is_primary"))


def overall_counts(observations: pl.DataFrame) -> list[Count]:
    """The counts that can be set beside the published ones, in the order of ``COUNTS``."""
    headline = {year: _headline(observations, year) for year in {year for _, year, _ in COUNTS}}
    found = []
    for target, year, state in COUNTS:
        rows = headline[year]
        certain = rows.filter(pl.col("attainment") == state)["short_code"].to_list()
        unknown = rows.filter(pl.col("attainment") == NOT_ASSESSABLE).height
        found.append(
            Count(target, year, state, len(certain), len(certain) + unknown, sorted(certain))
        )
    return found


def assessable(observations: pl.DataFrame, year: int) -> int:
    """How many of the 20 headline targets could be assessed with the figures of the time."""
    return _headline(observations, year).filter(pl.col("attainment") != NOT_ASSESSABLE).height


def improvement(observations: pl.DataFrame, year: int) -> Improvement:
    """Which headline targets stand better, or not, than the year before."""
    now = _headline(observations, year).filter(pl.col("latest_year") == year)
    before = _headline(observations, year - 1).filter(pl.col("latest_year") == year - 1)
    change = pl.col("latest_published") - pl.col("latest_published_before")
    both = now.join(
        before.select("target_id", latest_published_before="latest_published"), on="target_id"
    ).with_columns(
        is_better=pl.when(pl.col("operator").is_in(["<", "<="]))
        .then(change < 0)
        .otherwise(change > 0)
    )
    return Improvement(
        sorted(both.filter("is_better")["short_code"]),
        sorted(both.filter(~pl.col("is_better"))["short_code"]),
    )


def _headline(observations: pl.DataFrame, year: int) -> pl.DataFrame:
    """The nation's 20 headline targets at the milestone 2025, each in one row."""
    headline = (
        load_catalogue()
        .targets.filter("is_headline", pl.col("locality_id") == "VN")
        .select("target_id", "short_code")
    )
    rows = judged_at_the_time(observations, year).filter(
        pl.col("locality_id") == "VN", pl.col("milestone_year") == MILESTONE
    )
    return headline.join(rows, on="target_id", how="left").with_columns(
        pl.col("attainment").fill_null(NOT_ASSESSABLE)
    )
