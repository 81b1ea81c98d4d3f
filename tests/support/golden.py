"""The golden run: what the committed published figures lead to, kept as a file to be read.

``python -m tests.support.golden`` writes it; review the difference before committing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from tests.support.published import REPOSITORY, publish_real_figures, table

GOLDEN = REPOSITORY / "tests" / "data" / "golden" / "verdicts.csv"
_COLUMNS = [
    "locality_id",
    "target_id",
    "milestone_year",
    "source_family",
    "is_primary",
    "binding_target_id",
    "verdict",
    "verdict_reason",
    "attainment",
    "basis",
    "latest_year",
    "latest_published",
    "operator",
    "target_value",
    "gap",
    "gap_whole_units",
    "base_year",
    "pace",
    "pace_reason",
    "parts_met",
    "parts_total",
    "has_source_conflict",
    "is_unverified",
]


def verdicts(release: Path) -> pl.DataFrame:
    """Every verdict that rests on a figure, and the country's whole column."""
    rows = table(release, "assessments")
    kept = rows.filter(pl.col("latest_year").is_not_null() | (pl.col("locality_id") == "VN"))
    return kept.select(_COLUMNS).sort(_COLUMNS[:4]).cast(pl.String)


def main() -> None:
    """Write the golden file."""
    with tempfile.TemporaryDirectory() as directory:
        release = publish_real_figures(Path(directory))
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        verdicts(release).write_csv(GOLDEN)


if __name__ == "__main__":
    main()
