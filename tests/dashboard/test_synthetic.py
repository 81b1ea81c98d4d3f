"""Whatever is made up says so: on every page, in its figures, on paper."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from dashboard import queries
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_overview import matrix_of
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
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
    matrix = matrix_of(open_page(door, "/")[0])
    marked = {row["name"] for row in matrix["rows"] if all("~" in cell for cell in row["cells"])}
    assert marked == {row["name"] for row in matrix["rows"] if "~" in "".join(row["cells"])}
    assert marked == {"Hà Nội"}
    assert matrix["synthetic"] == VI("synthetic")


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_a_picture_of_the_trend_carries_the_mark(tmp_path: Path, is_synthetic: bool) -> None:
    publish_test_release(tmp_path)
    release = ReleaseDoor(tmp_path).current()
    observed = queries.observations(release, "NSGE-4.1", "VN")
    observed = observed.with_columns(is_synthetic=pl.lit(is_synthetic))
    figure = trend_figure(trend_points(observed, "SURVEY", {}, VI), [], VI)
    texts = [one["text"] for one in figure["layout"]["annotations"]]
    assert texts.count(RIBBON) == is_synthetic


def test_a_line_never_joins_real_and_made_up_values(tmp_path: Path) -> None:
    publish_test_release(tmp_path)
    observed = queries.observations(ReleaseDoor(tmp_path).current(), "NSGE-4.1", "VN")
    is_late = pl.col("reference_year") >= 2023
    points = trend_points(
        observed.with_columns(is_synthetic=is_late), "SURVEY", {"SURVEY": "Điều tra"}, VI
    )
    lines = {
        trace["name"]: trace for trace in trend_figure(points, [], VI)["data"] if "name" in trace
    }
    real, made_up = lines["Điều tra"], lines[f"Điều tra, {VI('synthetic')}"]
    assert max(year for year in real["x"] if year) < 2023 <= min(y for y in made_up["x"] if y)
    assert real["line"]["dash"] == "solid"
    assert made_up["line"]["dash"] != "solid"
    assert real["line"]["color"] == made_up["line"]["color"]  # both carry the verdict's series


def test_a_unit_beside_another_says_which_of_them_is_made_up(tmp_path: Path) -> None:
    """Real beside made-up in either direction; where both are made up, the ribbon is enough."""
    address = "/dia-phuong?locality=33@2025&peers=01@2025"
    said = {}
    for is_made_up in ("01@2025", "33@2025", ""):
        frames = release_frames()
        chosen = pl.lit(value=True) if not is_made_up else None
        for table, column in (("observations", "ref_area"), ("assessments", "locality_id")):
            rows = chosen if chosen is not None else pl.col(column) == is_made_up
            frames[table] = frames[table].with_columns(is_synthetic=rows)
        directory = tmp_path / (is_made_up or "all")
        publish_test_release(directory, frames=frames)
        content, _ = open_page(ReleaseDoor(directory), address)
        said[is_made_up] = str(table_rows(content, "comparison-table"))
    assert VI("synthetic") in said["01@2025"]
    assert VI("synthetic.not") not in said["01@2025"]
    assert VI("synthetic.not") in said["33@2025"]
    assert VI("synthetic") not in said[""]
