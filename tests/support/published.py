"""The committed published figures, taken through the real pipeline once per test session."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from etl import pipeline
from etl.settings import Settings
from indicators.releases import current_release

REPOSITORY = Path(__file__).parents[2]
PUBLISHED = REPOSITORY / "data" / "raw" / "published"
NOW = datetime(2026, 11, 21)


def publish_real_figures(data_directory: Path) -> Path:
    """Run the ETL over data/raw/published and return the release file."""
    settings = Settings(data_directory=data_directory, settle_seconds=0)
    report = pipeline.run(settings, [PUBLISHED], NOW)
    if report.refused:
        raise AssertionError(f"published figures were refused: {report.refused}")
    return current_release(settings.processed)


def table(release: Path, name: str) -> pl.DataFrame:
    """A table of a release file."""
    with duckdb.connect(str(release), read_only=True) as connection:
        return connection.sql(f"FROM {name}").pl()
