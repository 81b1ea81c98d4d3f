"""Back tests: what the engine would have said at the time, beside what was published.

``python -m tests.support.back_tests`` writes ``docs/methods/back-tests.md``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from tests.support.back_tests_document import BackTests, markdown
from tests.support.published import REPOSITORY, publish_real_figures, table
from tests.support.published_counts import (
    BETTER,
    MILESTONE,
    assessable,
    improvement,
    judged_at_the_time,
    overall_counts,
)
from tests.support.published_values import published_values

CASES = REPOSITORY / "tests" / "data" / "back_tests" / "published_statuses.csv"
EXPLAINED = REPOSITORY / "tests" / "data" / "back_tests" / "explained.csv"
DOCUMENT = REPOSITORY / "docs" / "methods" / "back-tests.md"
KEY = ["target_id", "locality_id", "report_year"]
NO_TARGET = "no_target"  # the catalogue has no such target


def statuses(observations: pl.DataFrame) -> pl.DataFrame:
    """One row per published status: the engine's attainment of the milestone 2025 at the time.

    At the time means: figures reported for the year of the report or earlier, assessed in that
    year.
    """
    cases = pl.read_csv(CASES, schema_overrides={"value": pl.String}).with_columns(
        pl.coalesce("published_status", "by_value_status").alias("expected")
    )
    said = []
    for year in sorted(cases["report_year"].unique()):
        # The legal minimum of candidates is judged at each election, the rest against 2025.
        milestone = pl.when(pl.col("binding_target_id") == "ELEC-1").then(year).otherwise(MILESTONE)
        said.append(
            judged_at_the_time(observations, year)
            .filter(pl.col("milestone_year") == milestone)
            .select(
                pl.col("binding_target_id").alias("target_id"),
                "locality_id",
                pl.lit(year, dtype=pl.Int64).alias("report_year"),
                "attainment",
                "latest_year",
                "latest_published",
            )
        )
    return cases.join(pl.concat(said), on=KEY, how="left", maintain_order="left").with_columns(
        pl.col("attainment").fill_null(NO_TARGET)
    )


def explained() -> pl.DataFrame:
    """The differences that are understood, each with its reason."""
    return pl.read_csv(EXPLAINED)


def back_tests(release: Path) -> BackTests:
    """Everything that the document says, computed from a release of the published figures."""
    observations = table(release, "observations")
    counts = overall_counts(observations)
    return BackTests(
        values=published_values(release),
        statuses=statuses(observations),
        explained=explained(),
        counts=counts,
        assessable={
            year: assessable(observations, year) for year in sorted({c.year for c in counts})
        },
        improvement=improvement(observations, BETTER[1]),
    )


def main() -> None:
    """Write the document."""
    with tempfile.TemporaryDirectory() as directory:
        found = back_tests(publish_real_figures(Path(directory)))
        DOCUMENT.write_text(markdown(found), encoding="utf-8")


if __name__ == "__main__":
    main()
