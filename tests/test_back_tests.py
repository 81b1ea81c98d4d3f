"""Back tests: what was published is reproduced, or we say why not, result by result."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from scripts.published.assemble import SOURCES, read_csv
from tests.support.back_tests import CASES, DOCUMENT, BackTests, back_tests, markdown
from tests.support.published import publish_real_figures
from tests.support.published_counts import COUNTS, HEADLINE_TARGETS

# What the published list writes where a figure has a status, or is given one by us.
NAMES_A_STATUS = ("by value against the target level", "Inferred as", "not yet fully met")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> BackTests:
    release: Path = publish_real_figures(tmp_path_factory.mktemp("data"))
    return back_tests(release)


def test_every_published_result_is_in_the_document(found: BackTests) -> None:
    published = read_csv(SOURCES / "published_results.csv")
    assert [(row.target, row.year, row.value) for row in found.values] == [
        (line["target_id"], line["year"], line["value"]) for line in published
    ]


def test_every_result_is_reproduced_or_explained(found: BackTests) -> None:
    """Loaded figures agree to the digits of the source; the others have a reason twice written."""
    for row in found.values:
        if row.is_loaded:
            assert row.agrees, row
        else:
            assert all(row.reason), row


def test_a_figure_that_is_compared_and_differs_is_known(found: BackTests) -> None:
    """The one recalled figure that the statistics office's own table does not bear out."""
    differing = [(row.target, row.year) for row in found.values if row.agrees is False]
    assert differing == [("NSGE-4.1", "2023")]


def test_figures_with_counts_are_computed_from_them(found: BackTests) -> None:
    computed = [
        row.figure for row in found.values if row.is_loaded and row.figure and row.figure.numerator
    ]
    assert len(computed) >= 15
    for figure in computed:
        assert figure.denominator is not None
        share = figure.numerator / figure.denominator
        assert min(abs(share - figure.value), abs(100 * share - figure.value)) < Decimal("1e-8")


def test_every_published_status_is_judged(found: BackTests) -> None:
    """A row of the list that names a status stands in the table of statuses."""
    judged = {
        (row["report_year"], row["value"] or "", row["locality_id"] == "VN")
        for row in pl.read_csv(CASES, infer_schema=False).iter_rows(named=True)
    }
    for line in read_csv(SOURCES / "published_results.csv"):
        if line["status_as_published"] or any(word in line["note"] for word in NAMES_A_STATUS):
            # A recalled figure is not the one judged; its status is.
            value = "" if line["confidence"] == "recalled" else line["value"]
            assert (line["year"], value, line["level"] == "national") in judged, line


def test_published_and_computed_agree_or_the_difference_is_explained(found: BackTests) -> None:
    differing = found.statuses.filter(pl.col("attainment") != pl.col("expected")).select(
        "target_id", "report_year", "basis", pl.col("attainment").alias("engine_says")
    )
    known = found.explained.select(differing.columns)
    assert sorted(differing.rows()) == sorted(known.rows())


def test_published_values_are_the_values_used(found: BackTests) -> None:
    """The value judged is the published one, up to the rounding of either."""
    compared = found.statuses.filter(
        pl.col("value").is_not_null() & pl.col("latest_published").is_not_null()
    )
    distance = (
        compared["value"].cast(pl.Float64) - compared["latest_published"].cast(pl.Float64)
    ).abs()
    assert compared.height >= 20
    assert distance.max() <= 0.2


def test_no_overall_count_contradicts_our_figures(found: BackTests) -> None:
    assert len(found.counts) == len(COUNTS)
    for count in found.counts:
        assert 0 <= count.least <= count.most <= HEADLINE_TARGETS
        assert count.allows(found.published_count(count.target, count.year)), count


def test_the_document_says_what_is_computed(found: BackTests) -> None:
    """If this fails, run: python -m tests.support.back_tests"""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown(found)
