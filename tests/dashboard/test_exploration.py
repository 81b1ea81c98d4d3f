"""Khám phá: a choice held against a release, its gaps, its tables and its sentences."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.address import read_address
from dashboard.exploration.explored import Explored, explored
from dashboard.exploration.listing import explored_table
from dashboard.exploration.pivot import pivot
from dashboard.exploration.selection import Selection, select
from dashboard.exploration.telling import facts
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import publish_test_release, release_frames

VI = Words("vi")
WAGES = "ind=WAGE_WORKER_SHARE"
BIRTHS = "ind=SEX_RATIO_AT_BIRTH"


def selected(release: Release, query: str) -> Selection:
    found = select(release, read_address("/kham-pha", f"?{query}"))
    assert found is not None
    return found


def looked_at(release: Release, query: str) -> Explored:
    found = explored(release, read_address("/kham-pha", f"?{query}"), VI)
    assert found is not None
    return found


# The address -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "?ind=SEX_RATIO_AT_BIRTH,WAGE_WORKER_SHARE&with=33@2025,ALL&sex=F,M&from=2019&to=2024",
        "?source=SURVEY:STD&group=A%2BB&age=Y15T24&chart=ranks&gap=ratio",
        "?rows=year&cols=place&table=list&lang=en",
    ],
)
def test_an_address_says_the_whole_choice(query: str) -> None:
    view = read_address("/kham-pha", query)
    assert read_address(*view.at().split("?")) == view


def test_a_choice_stays_on_its_page() -> None:
    view = read_address("/kham-pha", f"?{WAGES}&locality=33@2025&chart=bars")
    assert view.at(path="/ban-do") == "/ban-do?locality=33@2025"


def test_what_means_nothing_is_left_out_and_told(release: Release) -> None:
    found = selected(release, f"{WAGES},NONE&with=99@2025&sex=X&chart=pie&from=last&source=A:B")
    assert found.choice.chart == "lines"
    assert set(found.indicators) == {"WAGE_WORKER_SHARE"}
    assert found.ignored == [
        "chart=pie", "ind=NONE", "source=A:B", "sex=X", "with=99@2025", "from=last",
    ]  # fmt: skip


def test_years_the_wrong_way_round_are_turned(release: Release) -> None:
    found = selected(release, f"{BIRTHS}&from=2024&to=2022")
    assert (found.choice.first, found.choice.last) == ("2022", "2024")
    assert set(found.figures["year"]) == {2022, 2023, 2024}


# What is shown if little is asked for ------------------------------------------------------------


def test_a_first_visit_has_figures_to_look_at(release: Release) -> None:
    found = selected(release, "")
    assert found.figures.height > 3
    assert found.chosen == "VN"


def test_a_province_stands_beside_its_nation(release: Release) -> None:
    assert list(selected(release, f"{BIRTHS}&locality=33@2025").places) == ["33@2025", "VN"]


def test_the_preferred_source_alone_is_shown_unless_others_are_asked_for(release: Release) -> None:
    alone = selected(release, BIRTHS)
    assert set(alone.figures["source_family"]) == {"SURVEY"}
    both = selected(release, f"{BIRTHS}&source=SURVEY:STD,REGISTRATION:STD")
    assert set(both.figures["source_family"]) == {"SURVEY", "REGISTRATION"}


def test_both_sexes_together_are_shown_unless_others_are_asked_for(release: Release) -> None:
    assert selected(release, WAGES).choice.sexes == ("_T",)
    assert selected(release, f"{WAGES}&sex=M,F").choice.sexes == ("F", "M")


def test_a_sex_that_an_indicator_lacks_gives_way_to_what_it_has(release: Release) -> None:
    found = selected(release, f"{WAGES},SEX_RATIO_AT_BIRTH&sex=F")
    assert found.unmet == [("SEX_RATIO_AT_BIRTH", "sexes")]
    assert set(found.series["sex"]) == {"F", "_T"}


def test_all_provinces_are_those_of_the_boundaries_in_view(release: Release) -> None:
    assert list(selected(release, f"{BIRTHS}&locality=ALL&geography=2004").places) == [
        "VN", "01@2004", "33@2004", "34@2004",
    ]  # fmt: skip
    assert list(selected(release, f"{BIRTHS}&with=ALL").places) == [
        "VN", "01@2025", "04@2025", "31@2025", "33@2025",
    ]  # fmt: skip
    assert list(selected(release, f"{BIRTHS}&with=-").places) == ["VN"]


def test_a_figure_printed_again_counts_once(release: Release) -> None:
    found = selected(release, "ind=WOMEN_ENTERPRISE_DIRECTORS&with=-")
    assert found.figures.select("year", "value").rows() == [(2020, Decimal("28.2"))]


# Gaps ------------------------------------------------------------------------------------------


def gap_rows(found: Explored) -> list[tuple[Any, ...]]:
    return found.points.select("locality_id", "year", "published").rows()


def test_a_gap_needs_women_and_men_of_the_same_year(release: Release) -> None:
    found = looked_at(release, f"{WAGES}&gap=points&with=-")
    # 2024 has no figure of men; 45.14 - 53.0 and 46.25 - 54.9, rounded after the subtraction.
    assert gap_rows(found) == [("VN", 2022, Decimal("-7.9")), ("VN", 2023, Decimal("-8.7"))]


def test_a_ratio_has_two_decimals(release: Release) -> None:
    found = looked_at(release, f"{WAGES}&gap=ratio&with=-&from=2022&to=2022")
    assert gap_rows(found) == [("VN", 2022, Decimal("0.85"))]


def test_a_gap_names_the_two_figures_that_it_is_made_of(release: Release) -> None:
    (pair,) = looked_at(release, f"{WAGES}&gap=points&with=-&to=2022").points.rows(named=True)
    figures = selected(release, f"{WAGES}&sex=F,M&with=-&to=2022").figures
    of_sex = dict(figures.select("sex", "observation_id").rows())
    assert (pair["observation_id"], pair["observation_id_men"]) == (of_sex["F"], of_sex["M"])


def test_made_up_and_real_figures_make_no_gap(tmp_path: Path) -> None:
    frames = release_frames()
    frames["observations"] = frames["observations"].with_columns(is_synthetic=pl.col("sex") == "M")
    publish_test_release(tmp_path, frames=frames)
    found = looked_at(ReleaseDoor(tmp_path).current(), f"{WAGES}&gap=points&with=ALL")
    assert found.points.is_empty()


def test_real_and_made_up_figures_never_share_a_line(tmp_path: Path) -> None:
    frames = release_frames()
    is_late = pl.col("reference_year") >= 2023
    frames["observations"] = frames["observations"].with_columns(is_synthetic=is_late)
    publish_test_release(tmp_path, frames=frames)
    points = looked_at(ReleaseDoor(tmp_path).current(), f"{BIRTHS}&with=-").points
    assert points["line"].n_unique() == 2
    assert points.group_by("line").agg(pl.col("is_synthetic").n_unique())[
        "is_synthetic"
    ].to_list() == [1, 1]


def test_an_indicator_without_women_and_men_has_no_gap_and_says_so(door: ReleaseDoor) -> None:
    content, _ = open_page(door, f"/kham-pha?{BIRTHS}&gap=points")
    assert VI("explore.unmet.gap", name="Tỷ số giới tính khi sinh") in text_of(content)
    assert VI("explore.empty") in text_of(content)


# Sentences -------------------------------------------------------------------------------------


def told(release: Release, query: str) -> list[str]:
    found = looked_at(release, query)
    return facts(found.selection, found.points, found.names, VI)


def test_the_sentence_says_where_the_chosen_stands_and_the_others(release: Release) -> None:
    assert told(release, f"{BIRTHS}&with=ALL&locality=33@2025") == [
        "Hưng Yên 115,9 (năm 2024), giảm 1,3 bé trai/100 bé gái so với năm 2022; trong 3 địa "
        "phương có số liệu năm 2024, cao nhất là Hưng Yên (115,9), thấp nhất là Hà Nội (110,8)."
    ]


def test_a_change_is_told_only_within_the_comparable_years(release: Release) -> None:
    (said,) = told(release, f"{WAGES}&with=-")
    assert said == "Cả nước 50,9% (năm 2024), tăng 3,3 điểm phần trăm so với năm 2021."


def test_several_indicators_have_a_sentence_each(release: Release) -> None:
    said = told(release, f"{WAGES},SEX_RATIO_AT_BIRTH&with=-")
    assert [one.split(":")[0] for one in said] == [
        "Tỷ lệ lao động nữ làm công hưởng lương", "Tỷ số giới tính khi sinh",
    ]  # fmt: skip


def test_a_locality_without_figures_is_named_with_what_there_is_of_it(door: ReleaseDoor) -> None:
    content, _ = open_page(door, f"/kham-pha?{BIRTHS}&with=33@2025&to=2021")
    assert (
        "Chưa có số liệu theo lựa chọn này: Hưng Yên. Tuy vậy: Hưng Yên có số liệu 2022–2024 "
        "(Chung; Điều tra)." in text_of(content)
    )


# Tables ----------------------------------------------------------------------------------------


def test_the_cross_table_has_a_figure_per_cell_and_a_dash_for_none(door: ReleaseDoor) -> None:
    content, _ = open_page(door, f"/kham-pha?{BIRTHS}&with=33@2025&from=2022")
    assert table_rows(content, "pivot-table") == [
        ["Địa phương", "2022", "2023", "2024"],
        ["Cả nước", "111,6", "112,0", "s 111,4"],
        ["Hưng Yên", "117,2", "–", "115,9"],
    ]


def test_every_cell_leads_to_its_trace(door: ReleaseDoor, release: Release) -> None:
    content, _ = open_page(door, f"/kham-pha?{BIRTHS}&with=33@2025&from=2022")
    links = [one.href for one in walk(content) if getattr(one, "className", "") == "trace"]
    ids = selected(release, f"{BIRTHS}&with=33@2025&from=2022").figures["observation_id"]
    assert sorted(links) == sorted(f"/truy-vet?obs={one}" for one in ids)


def test_rows_and_columns_can_be_any_two_dimensions(release: Release) -> None:
    found = looked_at(release, f"{WAGES}&with=33@2025&sex=F,M&from=2023")
    made = pivot(found.points, "year", "sex", found.names)
    assert (made.heads, made.columns) == (["year", "place"], ["Nữ", "Nam"])
    assert [names for names, _ in made.rows] == [
        ["2023", "Cả nước"], ["2023", "Hưng Yên"], ["2024", "Cả nước"], ["2024", "Hưng Yên"],
    ]  # fmt: skip


@pytest.mark.parametrize("rows", ["place", "year", "sex", "group", "indicator"])
@pytest.mark.parametrize("columns", ["place", "year", "sex", "group", "indicator"])
def test_no_cell_ever_holds_two_figures(release: Release, rows: str, columns: str) -> None:
    found = looked_at(release, f"{WAGES},SEX_RATIO_AT_BIRTH&with=ALL&sex=F,M,_T"
                               "&source=SURVEY:STD,REGISTRATION:STD")  # fmt: skip
    if rows != columns:
        made = pivot(found.points, rows, columns, found.names)
        cells = [cell for _, cells in made.rows for cell in cells if cell is not None]
        assert len(cells) == found.points.height


def test_the_list_holds_every_figure_with_its_trace(release: Release) -> None:
    view = read_address("/kham-pha", f"?{BIRTHS}&with=33@2025&from=2022")
    table = explored_table(release, view, VI)
    assert len(table.rows) == 5
    keys = {key for column in table.columns
            for key in (column.key, column.decimals_key, column.link_key) if key}  # fmt: skip
    assert all(keys <= set(row) for row in table.rows)
    first = table.rows[0]
    assert (first["place"], first["code"], first["year"], first["value"]) == (
        "Cả nước", "VN", 2022, 111.6,
    )  # fmt: skip
    assert str(first["trace"]).startswith("/truy-vet?obs=")
    assert any("Bản công bố" in note for note in table.notes)


def test_the_list_of_gaps_has_both_traces(release: Release) -> None:
    view = read_address("/kham-pha", f"?{WAGES}&gap=points&with=-&to=2022")
    (row,) = explored_table(release, view, VI).rows
    assert (row["value"], row["value_women"], row["value_men"]) == (-7.9, 45.14, 53.0)
    assert row["trace_women"] != row["trace_men"]
