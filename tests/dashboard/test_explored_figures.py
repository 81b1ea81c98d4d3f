"""Figures of Khám phá as functions of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from dashboard.figures.explored_lines import lines_figure, panel_figure, shaded_figure
from dashboard.figures.explored_ranks import ranked, ranks_figure
from dashboard.figures.explored_rows import bars_figure, dots_figure
from dashboard.figures.explored_scatter import scatter_figure
from dashboard.figures.marks import Scale, looks, spread
from dashboard.texts import Words
from dashboard.theme import COLOURS
from tests.support.release import HOSTILE

VI = Words("vi")
PERCENT = Scale("{value}%", 1)
NOBODY: Sequence[Any] = ()


def point(line: int, label: str, year: int, value: str, **given: Any) -> dict[str, Any]:
    """One point as ``exploration.points.styled`` gives it."""
    return {
        "line": line, "label": label, "place": given.pop("place", label),
        "locality_id": given.pop("place_id", label), "year": year, "value": Decimal(value),
        "published": Decimal(value), "decimals": 1, "role": "other", "is_chosen": False,
        "is_hollow": False, "is_rebuilt": False, "is_break": False, "starts_segment": False,
        "is_synthetic": False, "publishing_period_years": 1, "sex": "_T", "age": "_T",
        "breakdown": "_T", "source_family": "SURVEY", "definition": "STD",
        "observation_id": f"{line}:{year}", **given,
    }  # fmt: skip


def frame(*points: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(points))


def two_places(**of_second: Any) -> pl.DataFrame:
    return frame(
        point(0, "Hưng Yên", 2022, "50", role="chosen", is_chosen=True),
        point(0, "Hưng Yên", 2023, "52", role="chosen", is_chosen=True),
        point(1, "Hà Nội", 2022, "60"),
        {**point(1, "Hà Nội", 2023, "61"), **of_second},
    )


def line_of(figure: dict[str, Any], name: str) -> dict[str, Any]:
    (trace,) = [one for one in figure["data"] if one.get("name") == name]
    return dict(trace)


# Lines -----------------------------------------------------------------------------------------


def test_a_gap_in_the_years_is_a_gap_in_the_line() -> None:
    figure = lines_figure(two_places(year=2024, starts_segment=True), PERCENT, NOBODY, VI)
    trace = line_of(figure, "Hà Nội")
    assert (trace["x"], trace["y"]) == ([2022, None, 2024], [60.0, None, 61.0])
    assert trace["connectgaps"] is False


def test_marks_keep_their_points_where_a_line_is_parted() -> None:
    points = two_places(starts_segment=True, is_hollow=True, is_rebuilt=True)
    marker = line_of(lines_figure(points, PERCENT, NOBODY, VI), "Hà Nội")["marker"]
    assert marker["symbol"] == ["circle", "circle", "diamond"]
    assert marker["color"][-1] == COLOURS["paper"]


def test_a_break_has_a_hairline_before_its_year() -> None:
    figure = lines_figure(two_places(is_break=True, starts_segment=True), PERCENT, NOBODY, VI)
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [2022.5]


def test_few_lines_have_their_names_at_their_ends_and_the_chosen_stands_out() -> None:
    figure = lines_figure(two_places(), PERCENT, NOBODY, VI)
    assert [one["text"] for one in figure["layout"]["annotations"]] == [
        "<b>Hưng Yên</b>", "Hà Nội",
    ]  # fmt: skip
    assert figure["data"][-1]["line"]["color"] == COLOURS["accent"]  # over the others


def test_a_line_that_ends_before_the_others_says_when() -> None:
    points = two_places().filter((pl.col("line") == 0) | (pl.col("year") == 2022))
    layout = lines_figure(points, PERCENT, NOBODY, VI)["layout"]
    assert layout["annotations"][1]["text"] == "Hà Nội (2022)"


def test_many_lines_have_no_names() -> None:
    points = frame(*(point(line, f"P{line}", 2023, str(line)) for line in range(9)))
    assert lines_figure(points, PERCENT, NOBODY, VI)["layout"]["annotations"] == []


def test_the_level_to_reach_is_in_view_with_its_milestone() -> None:
    level = {
        "milestone_year": 2030, "target_value": Decimal(75), "target_upper": None,
        "operator": ">=", "is_approximate": False, "indicator_id": "X", "unit_measure": "PERCENT",
    }  # fmt: skip
    figure = lines_figure(two_places(), PERCENT, [level], VI)
    assert figure["layout"]["yaxis"]["range"][1] > 75
    assert "Mốc 2030 ≥ 75%" in [one["text"] for one in figure["layout"]["annotations"]]


def test_a_hostile_name_is_only_text() -> None:
    points = two_places().with_columns(label=pl.lit(HOSTILE), place=pl.lit(HOSTILE))
    for figure in (
        lines_figure(points, PERCENT, NOBODY, VI),
        dots_figure(points.with_columns(label=pl.lit("")), 2023, PERCENT, VI),
        ranks_figure(ranked(points), VI),
    ):
        assert "<script" not in str(figure)
        assert "<img" not in str(figure)


def test_made_up_figures_are_marked_within_the_picture() -> None:
    figure = lines_figure(two_places(is_synthetic=True), PERCENT, NOBODY, VI)
    texts = [one["text"] for one in figure["layout"]["annotations"]]
    assert VI("synthetic.ribbon") in texts


def test_values_are_written_with_their_decimals_and_unit() -> None:
    trace = line_of(lines_figure(two_places(), PERCENT, NOBODY, VI), "Hà Nội")
    assert "%{y:,.1f}%" in trace["hovertemplate"]


# Small charts ----------------------------------------------------------------------------------


def test_small_charts_share_their_axes() -> None:
    scale = Scale("{value}%", 1, (0, 100))
    for line in (0, 1):
        points = two_places().filter(line=line)
        layout = panel_figure(points, points.clear(), scale, (2020, 2024), VI)["layout"]
        assert layout["yaxis"]["range"] == [0, 100]
        first, last = layout["xaxis"]["range"]
        assert first < 2020
        assert last > 2024


def both_sexes(*years: int) -> pl.DataFrame:
    return frame(
        *(point(0, "Nữ", year, "40", sex="F", role="women", starts_segment=year == 2024)
          for year in years),
        *(point(1, "Nam", year, "50", sex="M", role="men", starts_segment=year == 2024)
          for year in years),
    )  # fmt: skip


def test_what_is_between_women_and_men_is_filled_year_by_year() -> None:
    figure = shaded_figure(both_sexes(2020, 2021, 2024), PERCENT, (2020, 2024), VI)
    areas = [trace for trace in figure["data"] if trace.get("fill")]
    assert [area["x"] for area in areas] == [[2020, 2021, 2021, 2020], [2024, 2024]]
    assert areas[0]["y"] == [40.0, 40.0, 50.0, 50.0]


def test_women_and_men_differ_in_more_than_colour() -> None:
    women, men = looks(pl.DataFrame({"role": ["women", "men"]}))
    assert women.colour != men.colour
    assert women.dash != men.dash
    assert women.symbol != men.symbol


# Rows ------------------------------------------------------------------------------------------


def in_one_year() -> pl.DataFrame:
    return frame(
        point(0, "", 2024, "50", place="Hưng Yên", place_id="33", role="chosen", is_chosen=True),
        point(1, "", 2023, "60", place="Hà Nội", place_id="01"),
        point(2, "", 2024, "40", place="Cao Bằng", place_id="04", is_hollow=True),
    )


def test_localities_stand_in_the_order_of_their_values_highest_on_top() -> None:
    axis = dots_figure(in_one_year(), 2024, PERCENT, VI)["layout"]["yaxis"]
    assert axis["ticktext"] == ["Cao Bằng", "<b>Hưng Yên</b>", "Hà Nội"]


def test_a_figure_of_another_year_has_it_printed_beside() -> None:
    (trace,) = dots_figure(in_one_year(), 2024, PERCENT, VI)["data"]
    assert trace["text"] == ["50,0", "60,0 (2023)", "40,0"]
    assert trace["marker"]["color"][2] == COLOURS["paper"]  # provisional


def test_bars_begin_at_nought() -> None:
    figure = bars_figure(in_one_year(), 2024, PERCENT, VI)
    assert figure["layout"]["xaxis"]["rangemode"] == "tozero"
    assert figure["data"][0]["x"] == [50.0, 60.0, 40.0]


def test_dots_of_one_locality_are_joined() -> None:
    points = both_sexes(2024).with_columns(place=pl.lit("Hưng Yên"), locality_id=pl.lit("33"))
    bridge, women, men = dots_figure(points, 2024, PERCENT, VI)["data"]
    assert (bridge["x"], bridge["y"]) == ([40.0, 50.0, None], [0, 0, None])
    assert (women["name"], men["name"]) == ("Nữ", "Nam")


def joined_dots(*, women: int, men: int) -> list[dict[str, Any]]:
    """The dots of women and men of two places: of 2024 in one, of the years given in the other."""
    points = frame(
        point(0, "Nữ", 2024, "40", place_id="33"),
        point(1, "Nam", 2024, "50", place_id="33"),
        point(2, "Nữ", women, "45", place_id="01"),
        point(3, "Nam", men, "55", place_id="01"),
    )
    _, *dots = dots_figure(points, 2024, PERCENT, VI)["data"]
    return dots


def test_another_year_of_joined_dots_stands_once_and_clear_of_their_line() -> None:
    women, men = joined_dots(women=2023, men=2023)
    assert (women["text"], men["text"]) == (["", ""], ["", "(2023)"])
    assert men["textposition"][1] == "middle right"


@pytest.mark.parametrize(("of_women", "of_men"), [(2022, 2023), (2024, 2023), (2022, 2024)])
def test_joined_dots_of_two_years_say_both_outside(of_women: int, of_men: int) -> None:
    women, men = joined_dots(women=of_women, men=of_men)
    assert (women["text"], men["text"]) == (["", f"({of_women})"], ["", f"({of_men})"])
    assert (women["textposition"][1], men["textposition"][1]) == ("middle left", "middle right")


def test_a_dot_between_two_others_says_its_year_above_their_line() -> None:
    points = frame(
        *(point(line, label, year, value, place_id="33")
          for line, (label, year, value) in enumerate(
              [("Nữ", 2022, "40"), ("Chung", 2023, "45"), ("Nam", 2024, "50")])),
    )  # fmt: skip
    _, *dots = dots_figure(points, 2024, PERCENT, VI)["data"]
    sides = {one["name"]: one["textposition"] for one in dots}
    assert sides == {"Nữ": ["middle left"], "Chung": ["top center"], "Nam": ["middle right"]}


def test_the_mark_of_made_up_figures_stands_above_the_names_of_the_series() -> None:
    points = both_sexes(2024).with_columns(is_synthetic=pl.lit(value=True))
    made_up = dots_figure(points, 2024, PERCENT, VI)["layout"]
    real = dots_figure(both_sexes(2024), 2024, PERCENT, VI)["layout"]
    (mark,) = made_up["annotations"]
    assert mark["yshift"] > 0
    assert made_up["margin"]["t"] >= real["margin"]["t"] + mark["yshift"]


# Ranks and pairs -------------------------------------------------------------------------------


def test_equal_values_share_a_rank_and_the_next_one_is_left_out() -> None:
    points = frame(*(point(line, f"P{line}", 2024, value)
                     for line, value in enumerate(["60", "50", "50", "40"])))  # fmt: skip
    assert ranked(points)["rank"].to_list() == [1, 2, 2, 4]


def test_every_year_says_how_many_are_ranked() -> None:
    points = ranked(two_places().filter((pl.col("line") == 0) | (pl.col("year") == 2022)))
    axis = ranks_figure(points, VI)["layout"]["xaxis"]
    assert axis["ticktext"] == ["2022<br>(2)", "2023<br>(1)"]


def test_two_indicators_have_an_axis_each_with_its_name() -> None:
    pairs = two_places().filter(year=2023).with_columns(value_y=pl.col("value") / 2)
    figure = scatter_figure(pairs, (PERCENT, Scale("{value}", 0)), ("A (%)", "B"), VI)
    assert figure["layout"]["xaxis"]["title"]["text"] == "A (%)"
    assert figure["layout"]["yaxis"]["title"]["text"] == "B"
    assert figure["data"][0]["text"] == ["Hưng Yên", "Hà Nội"]
    assert "yaxis2" not in figure["layout"]


@pytest.mark.parametrize(
    ("wanted", "sizes"),
    [([0, 1, 2], [10, 10, 10]), ([5, 5], [4, 8]), ([0, 100], [10, 10]), ([3, 1, 2, 50], [5] * 4)],
)
def test_labels_never_touch_and_stay_near(wanted: list[float], sizes: list[float]) -> None:
    placed = spread(wanted, sizes)
    order = sorted(range(len(wanted)), key=lambda index: placed[index])
    for below, above in pairwise(order):
        assert placed[above] - placed[below] >= (sizes[above] + sizes[below]) / 2 - 1e-9
    assert [wanted[index] for index in order] == sorted(wanted)
    assert sum(placed) / len(placed) == pytest.approx(sum(wanted) / len(wanted), abs=max(sizes))
