"""What the ETL tests share: a data directory of their own and a quick way to check some lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from etl import pipeline
from etl.check import CheckedBatch
from etl.px_mapping import PxMapping
from etl.settings import Settings
from indicators.catalogue import load_catalogue
from tests.support.forms import Form
from tests.support.px import Check

NOW = datetime(2026, 11, 21, 3, 0, 0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_directory=tmp_path / "data", settle_seconds=0, _env_file=None)


@pytest.fixture
def check(tmp_path: Path, settings: Settings) -> Callable[..., CheckedBatch]:
    """Write the lines as a workbook (or csv) and check it without loading."""

    def run(
        *observations: dict, statements: Sequence[dict] = (), ending: str = ".xlsx", **information
    ) -> CheckedBatch:
        path = tmp_path / f"bao-cao{ending}"
        Form(observations, statements, information).write(path)
        return pipeline.validate(path, settings, NOW).checked

    return run


@pytest.fixture(scope="module")
def mapping() -> PxMapping:
    """Of the tables that the catalogue maps."""
    return PxMapping(load_catalogue())


@pytest.fixture
def px(tmp_path: Path) -> Check:
    """Read and check a table of the statistics office's server."""

    def run(text: str | bytes, name: str = "bang.csv") -> CheckedBatch:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        settings = Settings(data_directory=tmp_path / "data", _env_file=None)
        return pipeline.validate(path, settings, NOW).checked

    return run
