"""Whatever is made up says so: on every page, in its figures, on paper."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from dashboard import queries
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, text_of, walk
from tests.support.release import publish_test_release, release_frames

VI = Words("vi")
RIBBON = VI("synthetic.ribbon")
OF_HUNG_YEN = "/chi-tieu?target=NSGE-4.1&locality=33@2025"


def door_with(tmp_path: Path, table: str, column: str = "", value: str | int = "") -> ReleaseDoor:
    """The small release in which (some) rows of one table are made up."""
    frames = release_frames()
    chosen = pl.col(column) == value if column else pl.lit(True)
    frames[table] = frames[table].with_columns(is_synthetic=chosen)
    publish_test_release(tmp_path, frames=frames)
    return ReleaseDoor(tmp_path)


@pytest.mark.parametrize(
    ("address", "table", "column", "value"),
    [
        ("/", "assessments", "", ""),
        # The chosen locality's own results are real, one of the matrix is not.
        ("/?locality=33@2025", "assessments", "locality_id", "01@2025"),
        # The closed milestone is real, the way to the open one is not.
        ("/", "assessments", "milestone_year", "2030"),
        (OF_HUNG_YEN, "observations", "ref_area", "33@2025"),
        (OF_HUNG_YEN, "observations", "ref_area", "34@2004"),
        (OF_HUNG_YEN, "roll_ups", "", ""),
        (OF_HUNG_YEN, "submissions", "", ""),
        ("/nop-bao-cao", "submissions", "", ""),
        ("/thay-doi", "verdict_changes", "", ""),
        ("/thay-doi", "value_changes", "", ""),
        ("/thay-doi", "submissions", "", ""),
    ],
)
def test_a_page_with_anything_made_up_has_one_ribbon(
    tmp_path: Path, address: str, table: str, column: str, value: str
) -> None:
    door = door_with(tmp_path, table, column, int(value) if value.isdigit() else value)
    content, _ = open_page(door, address)
    ribbons = [one for one in walk(content) if getattr(one, "className", "") == "ribbon"]
    assert [text_of(one) for one in ribbons] == [RIBBON]


@pytest.mark.parametrize("address", ["/", OF_HUNG_YEN, "/van-ban", "/nop-bao-cao", "/thay-doi"])
def test_a_page_of_real_figures_has_none(tmp_path: Path, address: str) -> None:
    publish_test_release(tmp_path)
    assert RIBBON not in text_of(open_page(ReleaseDoor(tmp_path), address)[0])


def test_documents_are_real_whatever_the_figures_are(tmp_path: Path) -> None:
    door = door_with(tmp_path, "assessments")
    assert RIBBON not in text_of(open_page(door, "/van-ban")[0])


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("observations", "ref_area", "34@2004"), ("roll_ups", "", ""), ("submissions", "", "")],
)
def test_the_figure_itself_is_marked_in_its_table(
    tmp_path: Path, table: str, column: str, value: str
) -> None:
    content, _ = open_page(door_with(tmp_path, table, column, value), OF_HUNG_YEN)
    assert VI("synthetic") in text_of(content)


def test_a_cell_of_the_matrix_says_it_to_everyone(tmp_path: Path) -> None:
    door = door_with(tmp_path, "assessments", "locality_id", "01@2025")
    cells = [
        one
        for one in walk(open_page(door, "/")[0])
        if "cell-synthetic" in str(getattr(one, "className", ""))
    ]
    assert cells
    assert all(VI("synthetic") in one.title for one in cells)
    assert {"Hà Nội"} == {one.title.partition(",")[0] for one in cells}


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_a_picture_of_the_trend_carries_the_mark(tmp_path: Path, is_synthetic: bool) -> None:
    publish_test_release(tmp_path)
    release = ReleaseDoor(tmp_path).current()
    observed = queries.observations(release, "NSGE-4.1", "VN")
    observed = observed.with_columns(is_synthetic=pl.lit(is_synthetic))
    figure = trend_figure(trend_points(observed, "SURVEY", {}, VI), [], VI)
    texts = [one["text"] for one in figure["layout"]["annotations"]]
    assert texts.count(RIBBON) == is_synthetic
