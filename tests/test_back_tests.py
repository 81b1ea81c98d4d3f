"""Back tests: where a report says met or not met, the engine says the same, or we say why not."""

from pathlib import Path

import polars as pl
import pytest

from tests.support.back_tests import DOCUMENT, explained, markdown, results
from tests.support.published import publish_real_figures, table


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    release: Path = publish_real_figures(tmp_path_factory.mktemp("data"))
    return results(table(release, "observations"))


def test_every_published_status_is_judged(found: pl.DataFrame) -> None:
    assert found.height >= 28
    assert found["attainment"].null_count() == 0


def test_published_and_computed_agree_or_the_difference_is_explained(found: pl.DataFrame) -> None:
    differing = found.filter(pl.col("attainment") != pl.col("expected")).select(
        "target_id", "report_year", "basis", pl.col("attainment").alias("engine_says")
    )
    known = explained().select(differing.columns)
    assert sorted(differing.rows()) == sorted(known.rows())


def test_published_values_are_the_values_used(found: pl.DataFrame) -> None:
    """The value judged is the published one, up to the rounding of either."""
    compared = found.filter(
        pl.col("value").is_not_null() & pl.col("latest_published").is_not_null()
    )
    distance = (
        compared["value"].cast(pl.Float64) - compared["latest_published"].cast(pl.Float64)
    ).abs()
    assert compared.height >= 20
    assert distance.max() <= 0.2


def test_the_document_says_what_is_computed(found: pl.DataFrame) -> None:
    """If this fails, run: python -m tests.support.back_tests"""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown(found)
