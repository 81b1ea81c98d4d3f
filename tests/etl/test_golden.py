"""The golden run over the committed published figures, traced back to their cells."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from etl.addresses import column_letter
from etl.limits import ReadLimits
from etl.read import CSV_SHEET, read
from indicators.tables import RELEASE_TABLES, SERIES_KEY
from tests.support.golden import GOLDEN, verdicts
from tests.support.published import PUBLISHED, publish_real_figures, table

LIMITS = ReadLimits(50_000_000, 400_000_000, 20_000_000)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_real_figures(tmp_path_factory.mktemp("data"))


def test_the_verdicts_are_the_reviewed_ones(release: Path) -> None:
    """If the change is meant: python -m tests.support.golden, and review the difference."""
    expected = pl.read_csv(GOLDEN, infer_schema=False)
    found = verdicts(release)
    changed = found.join(expected, on=found.columns, how="anti", nulls_equal=True)
    missing = expected.join(found, on=found.columns, how="anti", nulls_equal=True)
    assert (changed.rows(), missing.rows()) == ([], [])


def test_every_table_of_the_release_fits_its_model(release: Path) -> None:
    for name, model in RELEASE_TABLES.items():
        model.validate(table(release, name), lazy=True)


def test_all_files_are_accepted_without_an_error(release: Path) -> None:
    submissions = table(release, "submissions")
    assert submissions.height == len(list(PUBLISHED.iterdir()))
    assert set(submissions["status"]) == {"accepted"}
    assert set(submissions["is_synthetic"]) == {False}


def test_nothing_recalled_is_loaded(release: Path) -> None:
    assert "recalled" not in set(table(release, "observations")["confidence"])


def test_every_reported_figure_leads_back_to_its_cell(release: Path) -> None:
    """The cell named in the release holds the number, in the file named in the release."""
    files = table(release, "submissions").select("submission_id", "file_name")
    figures = (
        table(release, "observations")
        .filter(pl.col("value_cell").is_not_null() & (pl.col("origin") == "reported"))
        .join(files, on="submission_id")
    )
    checked = 0
    for (name,), group in figures.group_by("file_name", maintain_order=True):
        cells = _cells(PUBLISHED / str(name))
        for row in group.iter_rows(named=True):
            text = str(cells[row["sheet"], row["value_cell"]]).replace(",", ".")
            assert float(text) == pytest.approx(float(row["reported_value"]), abs=1e-9)
            checked += 1
    assert checked == figures.height > 9_000


def _cells(path: Path) -> dict[tuple[str, str], object]:
    cells = {}
    for grid in read(path.read_bytes(), path.name, LIMITS).grids:
        sheet = CSV_SHEET if path.suffix == ".csv" else grid.sheet
        for row_offset, row in enumerate(grid.rows):
            for column_offset, value in enumerate(row):
                letter = column_letter(grid.first_column + column_offset)
                cells[sheet, f"{letter}{grid.first_row + row_offset}"] = value
    return cells


def test_a_merged_province_is_the_sum_of_its_parts_and_never_a_mean(release: Path) -> None:
    """Hưng Yên + Thái Bình, girls among pupils: counts added, the share recomputed."""
    observations = table(release, "observations").filter(
        (pl.col("indicator_id") == "WOMEN_PUPILS")
        & (pl.col("breakdown") == "_T")
        & (pl.col("time_period") == "2018")
    )
    parts = observations.filter(pl.col("ref_area").is_in(["33@2004", "34@2004"]))
    merged = observations.filter(pl.col("ref_area") == "33@2025").row(0, named=True)
    assert parts.height == 2
    assert merged["origin"] == "aggregated"
    assert merged["numerator"] == parts["numerator"].sum()
    assert merged["denominator"] == parts["denominator"].sum()
    share = float(merged["numerator"]) / float(merged["denominator"]) * 100
    assert float(merged["obs_value"]) == pytest.approx(share, abs=1e-6)


def test_a_series_stands_once(release: Path) -> None:
    assert not table(release, "observations").select(SERIES_KEY).is_duplicated().any()
