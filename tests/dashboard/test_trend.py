"""The trend figure as a function of a frame."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard import queries
from dashboard.figures.milestones import milestone_lines, milestone_names
from dashboard.figures.trend import trend_figure, trend_points
from dashboard.release import Release
from dashboard.texts import Words

VI = Words("vi")
FAMILIES = {"SURVEY": "Điều tra", "REGISTRATION": "Đăng ký hộ tịch", "ADMIN": "Báo cáo hành chính"}


def points_of(release: Release, target_id: str, family: str = "SURVEY") -> pl.DataFrame:
    return trend_points(queries.observations(release, target_id, "VN"), family, FAMILIES, VI)


def figure_of(
    release: Release, target_id: str, family: str = "SURVEY", language: str = "vi"
) -> dict[str, Any]:
    rows = queries.assessed_target(release, "VN", target_id).filter("is_primary")
    words = Words("en" if language == "en" else "vi")
    return trend_figure(
        points_of(release, target_id, family), list(rows.iter_rows(named=True)), words
    )


def series(figure: dict[str, Any]) -> dict[str, Any]:
    return {trace["name"]: trace for trace in figure["data"] if "name" in trace}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("target_id", ["NSGE-2.1", "NSGE-2.3", "NSGE-3.1", "NSGE-4.1"])
def test_the_figure_is_valid_for_plotly(release: Release, target_id: str, language: str) -> None:
    figure = figure_of(release, target_id, language=language)
    assert len(go.Figure(figure).data) == len(figure["data"])


def test_the_line_of_the_verdict_comes_first(release: Release) -> None:
    points = points_of(release, "NSGE-4.1", family="REGISTRATION")
    assert points["series"].unique(maintain_order=True).to_list() == ["Đăng ký hộ tịch", "Điều tra"]
    assert points.filter("is_primary")["reference_year"].to_list() == [2023, 2024]


def test_two_sources_never_share_a_line(release: Release) -> None:
    figure = figure_of(release, "NSGE-4.1")
    lines = series(figure)
    assert lines["Đăng ký hộ tịch"]["y"] == [110.9, 110.7]
    assert 110.7 not in lines["Điều tra"]["y"]
    assert lines["Điều tra"]["line"]["dash"] != lines["Đăng ký hộ tịch"]["line"]["dash"]
    assert figure["layout"]["showlegend"] is True


def test_a_break_parts_the_line_and_has_a_hairline(release: Release) -> None:
    figure = figure_of(release, "NSGE-2.1")
    line = series(figure)["Điều tra"]
    assert line["x"] == [2019, 2020, None, 2021, 2022, 2023, 2024]
    assert line["connectgaps"] is False
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [2020.5]


def test_missing_years_part_the_line_only_beyond_the_publishing_period(release: Release) -> None:
    yearly = points_of(release, "NSGE-2.2").select("reference_year", "starts_segment").rows()
    assert yearly == [(2020, False), (2022, True), (2023, False), (2024, False)]
    every_five_years = points_of(release, "NSGE-3.1")["starts_segment"]
    assert not every_five_years.any()


def test_a_provisional_point_is_hollow(release: Release) -> None:
    marker = series(figure_of(release, "NSGE-4.1"))["Điều tra"]["marker"]
    assert marker["color"][-1] == "#FFFFFF"
    assert set(marker["color"][:-1]) == {marker["line"]["color"]}


def test_a_value_printed_again_is_not_a_new_point(release: Release) -> None:
    assert queries.observations(release, "NSGE-2.3", "VN").height == 2
    assert points_of(release, "NSGE-2.3")["reference_year"].to_list() == [2020]


def test_both_milestones_are_named_at_their_line(release: Release) -> None:
    figure = figure_of(release, "NSGE-4.1")
    named = {note["text"]: note["y"] for note in figure["layout"]["annotations"]}
    assert named == {"Mốc 2025<br>≤ 111": 111.0, "Mốc 2030<br>≤ 109": 109.0, "Gốc 2020": 112.1}


@pytest.mark.parametrize(("target_id", "is_above"), [("NSGE-4.1", True), ("NSGE-2.1", False)])
def test_the_name_of_the_base_keeps_away_from_the_target_lines(
    release: Release, target_id: str, is_above: bool
) -> None:
    notes = figure_of(release, target_id)["layout"]["annotations"]
    (offset,) = [note["ay"] for note in notes if note["text"].startswith("Gốc")]
    assert (offset < 0) is is_above


def test_equal_milestones_share_one_line(release: Release) -> None:
    figure = figure_of(release, "NSGE-6.4", family="ADMIN")
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "Mốc 2025 và 2030<br>100%"
    ]


def test_milestones_of_one_value_but_two_conditions_are_both_named(release: Release) -> None:
    closed, later = queries.assessed_target(release, "VN", "NSGE-2.2").rows(named=True)
    later = {**later, "target_value": closed["target_value"], "operator": "<="}
    (name,) = milestone_names([closed, later], (20.0, 40.0), VI)
    assert name["text"] == "Mốc 2025<br>&lt; 30%<br>Mốc 2030<br>≤ 30%"


def test_a_range_has_a_line_at_both_ends(release: Release) -> None:
    asked = queries.assessed_target(release, "VN", "NSGE-2.2").row(0, named=True)
    asked = {**asked, "operator": "range", "target_upper": Decimal(35)}
    lines = milestone_lines([asked], (2020, 2030), VI)
    assert [line["y"] for line in lines] == [[30.0, 30.0], [35.0, 35.0]]


@pytest.mark.parametrize(
    ("axis", "anchors"), [((100.0, 120.0), ["bottom", "top"]), ((108.0, 116.0), ["middle"] * 2)]
)
def test_names_that_would_touch_are_moved_apart(
    release: Release, axis: tuple[float, float], anchors: list[str]
) -> None:
    rows = queries.assessed_target(release, "VN", "NSGE-4.1").filter("is_primary").rows(named=True)
    assert [name["yanchor"] for name in milestone_names(rows, axis, VI)] == anchors


def test_the_projection_is_dashed_with_its_band(release: Release) -> None:
    dashed = [
        trace
        for trace in figure_of(release, "NSGE-4.1")["data"]
        if trace.get("line", {}).get("dash") == "dash"
    ]
    bands = [trace for trace in figure_of(release, "NSGE-4.1")["data"] if "fill" in trace]
    assert [trace["y"] for trace in dashed] == [[111.4, 110.7]]
    assert [trace["y"] for trace in bands] == [[111.4, 112.2, 109.3, 111.4]]
    assert not [trace for trace in figure_of(release, "NSGE-3.1")["data"] if "fill" in trace]


def test_the_projection_leaves_the_latest_figure_to_be_pointed_at(release: Release) -> None:
    figure = figure_of(release, "NSGE-4.1")
    pointed = [trace for trace in figure["data"] if trace.get("hoverinfo") == "text"]
    at_the_latest = [trace for trace in pointed if 2024 in trace["x"]]
    assert {trace.get("name") for trace in at_the_latest} == {"Điều tra", "Đăng ký hộ tịch"}
    assert [trace["hovertext"] for trace in pointed if trace["x"] == [2030]] == [["2030: 110,7"]]


def test_numbers_follow_the_language(release: Release) -> None:
    vietnamese, english = (figure_of(release, "NSGE-4.1", language=name) for name in ("vi", "en"))
    assert series(vietnamese)["Điều tra"]["hovertext"][-1] == "2024: 111,4"
    assert series(english)["Điều tra"]["hovertext"][-1] == "2024: 111.4"
    assert [figure["layout"]["separators"] for figure in (vietnamese, english)] == [",.", ".,"]


def test_every_value_and_every_milestone_lies_in_view(release: Release) -> None:
    figure = figure_of(release, "NSGE-4.1")
    low, high = figure["layout"]["yaxis"]["range"]
    first, last = figure["layout"]["xaxis"]["range"]
    for trace in figure["data"]:
        assert all(low <= value <= high for value in trace["y"] if value is not None)
        assert all(first <= year <= last for year in trace["x"] if year is not None)


def test_figures_of_another_definition_have_a_line_of_their_own(release: Release) -> None:
    observations = queries.observations(release, "NSGE-1.1c", "VN")
    other = observations.head(1).with_columns(
        definition=pl.lit("UBND_ONLY"),
        definition_vi=pl.lit("chỉ tính UBND"),
        is_target_definition=pl.lit(value=False),
        reference_year=pl.lit(2022, dtype=pl.Int64),
    )
    points = trend_points(pl.concat([observations, other]), "ADMIN", FAMILIES, VI)
    assert points["series"].unique(maintain_order=True).to_list() == [
        "Báo cáo hành chính",
        "Báo cáo hành chính, chỉ tính UBND",
    ]


def test_a_point_opens_the_trace_of_its_own_figure(release: Release) -> None:
    observed = queries.observations(release, "NSGE-2.1", "VN")
    points = trend_points(observed, "SURVEY", FAMILIES, VI)
    figure = trend_figure(points, [], VI, lambda one: f"/truy-vet?obs={one}")
    (line,) = [trace for trace in figure["data"] if "customdata" in trace]
    opened = dict(zip(line["x"], line["customdata"], strict=True))
    for year, observation_id in observed.select("reference_year", "observation_id").iter_rows():
        assert opened[year] == f"/truy-vet?obs={observation_id}"
    assert opened[None] is None  # the line is parted where the method changed
