"""Bản đồ: which figures a map takes, how they stand against the target, and its equal in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dash import dcc, html

from dashboard import provinces
from dashboard.address import View
from dashboard.figures.choropleth import DIVERGING, MAP_CONFIG, SEQUENTIAL
from dashboard.province_groups import group_codes
from dashboard.provinces import Selection
from dashboard.release import Release, ReleaseDoor
from dashboard.texts import Words
from dashboard.theme import COLOURS
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import HOSTILE, decimal, publish_test_release, release_frames

VI = Words("vi")
UNVERIFIED = "* (chưa đối chiếu văn bản gốc)"  # a star to see, words to hear
LISTED = pl.DataFrame(
    [
        {"locality_id": f"{code}@2025", "code": code, "locality_vi": f"Tỉnh {code}",
         "locality_en": f"Province {code}"}
        for code in ("01", "04", "31", "33")
    ]
)  # fmt: skip


def figure_rows(*given: dict[str, Any]) -> pl.DataFrame:
    """Answers of ``indicator_figures``; a row says what is special about it."""
    common = {
        "observation_id": "o", "locality_id": "01@2025", "reference_year": 2020,
        "time_period": "2020", "obs_value": decimal("50"), "numerator": None, "denominator": None,
        "obs_status": "A", "origin": "reported", "coverage": None, "breakdown": "_T",
        "sex": "_T", "age": "_T",
        "source_family": "SURVEY", "definition": "STD", "is_synthetic": False,
        "decimals": 1, "formula_kind": "share", "formula_factor": decimal("100"),
        "optimum_lower": None, "optimum_upper": None, "source_families": "SURVEY;ADMIN",
        "publishing_period_years": 1, "unit_measure": "PERCENT", "indicator_id": "X",
    }  # fmt: skip
    numbers = ("obs_value", "numerator", "denominator", "target_value", "target_upper")
    exact = dict.fromkeys(numbers, pl.Decimal(38, 9)) | {
        "formula_factor": pl.Decimal(38, 9), "optimum_lower": pl.Decimal(38, 9),
        "optimum_upper": pl.Decimal(38, 9), "coverage": pl.Float64,
    }  # fmt: skip
    rows = [{**common, **row} for row in given]
    overrides = {name: dtype for name, dtype in exact.items() if name in rows[0]}
    return pl.DataFrame(rows, schema_overrides=overrides)


def of_year(year: int, *codes: str, **more: Any) -> list[dict[str, Any]]:
    return [
        {"locality_id": f"{code}@2025", "reference_year": year, "time_period": str(year), **more}
        for code in codes
    ]


def selected(rows: Iterable[dict[str, Any]], year: str = "") -> Selection:
    selection = provinces.select(figure_rows(*rows), LISTED, year)
    assert selection is not None
    return selection


def shown_years(selection: Selection) -> dict[str, int]:
    return dict(selection.figures.select("code", "reference_year").iter_rows())


# Which figures ---------------------------------------------------------------------------------


def test_the_map_opens_on_the_latest_year_that_half_of_the_provinces_have() -> None:
    selection = selected([*of_year(2020, "01", "04", "31"), *of_year(2021, "01", "04"),
                          *of_year(2022, "01")])  # fmt: skip
    assert selection.year == 2021
    assert selection.counts == {2020: 3, 2021: 2, 2022: 1}
    assert not selection.is_sparse


def test_without_such_a_year_it_opens_on_the_latest_with_any() -> None:
    selection = selected([*of_year(2020, "01"), *of_year(2022, "33")])
    assert selection.year == 2022
    assert selection.is_sparse


@pytest.mark.parametrize(("asked", "shown"), [("2020", 2020), ("1999", 2021), ("²⁰", 2021)])
def test_a_year_asked_for_is_shown_if_it_has_figures(asked: str, shown: int) -> None:
    rows = [*of_year(2020, "01", "04"), *of_year(2021, "01", "04")]
    assert selected(rows, asked).year == shown


def test_a_figure_of_an_earlier_year_stands_in_within_one_publishing_period() -> None:
    rows = [*of_year(2021, "01", "04"), *of_year(2020, "31"), *of_year(2019, "33")]
    selection = selected(rows)
    assert shown_years(selection) == {"01": 2021, "04": 2021, "31": 2020}
    assert selection.missing["code"].to_list() == ["33"]


def test_a_later_figure_never_stands_in() -> None:
    selection = selected([*of_year(2020, "01", "04"), *of_year(2021, "33")], "2020")
    assert shown_years(selection) == {"01": 2020, "04": 2020}


def test_source_families_never_share_a_map() -> None:
    rows = [*of_year(2020, "01"), *of_year(2020, "04", "31", source_family="ADMIN")]
    selection = selected(rows)
    assert selection.figures["code"].to_list() == ["01"]
    assert selection.figures["source_family"].to_list() == ["SURVEY"]


def test_definitions_never_share_a_map_and_the_standard_one_comes_first() -> None:
    other = {"definition": "ICLS_19"}
    both = [*of_year(2020, "01", "04"), *of_year(2020, "31", **other)]
    assert selected(both).figures["code"].to_list() == ["01", "04"]
    changed = [*of_year(2020, "01", "04"), *of_year(2021, "01", "31", **other)]
    assert shown_years(selected(changed)) == {"01": 2021, "31": 2021}


def test_the_whole_is_shown_rather_than_a_part_of_it() -> None:
    part = {"breakdown": "SCHOOL_LEVEL.PRIMARY"}
    selection = selected([*of_year(2020, "01", "04", "31", **part), *of_year(2020, "33")])
    assert selection.figures["code"].to_list() == ["33"]


def test_one_group_is_shown_and_another_one_if_it_is_asked_for() -> None:
    rows = [*of_year(2020, "01", "04", sex="F"), *of_year(2020, "31", sex="M")]
    for asked, codes in {"": ["01", "04"], "M:_T:_T": ["31"], "X": ["01", "04"]}.items():
        selection = provinces.select(figure_rows(*rows), LISTED, "", asked)
        assert selection is not None
        assert selection.figures["code"].to_list() == codes


def test_groups_stand_in_the_order_of_reading() -> None:
    rows = [{"sex": "M"}, {"sex": "F", "age": "Y15-24"}, {"sex": "F"}, {"breakdown": "A"}, {}]
    assert group_codes(figure_rows(*[{"sex": "_T", "age": "_T", **row} for row in rows])) == [
        "_T:_T:_T", "F:_T:_T", "M:_T:_T", "F:Y15-24:_T", "_T:_T:A",
    ]  # fmt: skip


def test_a_value_printed_again_for_a_later_period_is_one_figure() -> None:
    again = {"time_period": "2021", "obs_value": decimal("51")}
    selection = selected([*of_year(2020, "01", "04"), {**of_year(2020, "01")[0], **again}])
    assert selection.figures["obs_value"].to_list() == [decimal("51"), decimal("50")]


def test_without_any_province_there_is_no_map() -> None:
    assert provinces.select(figure_rows({"locality_id": "VN"}), LISTED, "") is None


# Against the target ----------------------------------------------------------------------------

AT_MOST = {
    "operator": "<=", "target_value": decimal("111"), "target_upper": None, "wanted": "decrease",
    "milestone_state": "closed", "verdict_reason": None,
}  # fmt: skip


def judged(value: str, **more: Any) -> dict[str, Any]:
    row = {**AT_MOST, "obs_value": decimal(value), "judged": "near", "verdict": "near",
           "latest_year": 2020, **more}  # fmt: skip
    return provinces.against_target(figure_rows(row)).row(0, named=True)


def test_the_verdict_of_the_release_stands_beside_its_own_figure() -> None:
    row = judged("111.1")
    assert (row["shown"], row["is_judged"]) == ("near", True)
    assert row["deviation"] == decimal("-0.1")


@pytest.mark.parametrize(("value", "shown"), [("111.1", "not_met"), ("111.04", "met")])
def test_another_figure_is_compared_with_the_number_alone(value: str, shown: str) -> None:
    row = judged(value, latest_year=2024)
    assert (row["shown"], row["is_judged"]) == (shown, False)


def test_a_former_province_shows_its_attainment_of_a_closed_milestone() -> None:
    ended = {"verdict": "not_assessable", "verdict_reason": "locality_abolished"}
    assert judged("111.1", **ended)["shown"] == "near"
    still_open = judged("111.1", **ended, milestone_state="open")
    assert (still_open["shown"], still_open["is_judged"]) == ("not_met", False)


@pytest.mark.parametrize(
    ("operator", "value", "deviation"),
    [("<=", "110", "1"), (">=", "110", "-1"), (">=", "113", "2"), ("=", "113", "-2"),
     ("=", "110", "-1"), ("maintain", "113", "-2")],
)  # fmt: skip
def test_better_is_positive_whatever_the_operator(
    operator: str, value: str, deviation: str
) -> None:
    assert judged(value, operator=operator)["deviation"] == decimal(deviation)


# The page --------------------------------------------------------------------------------------


def figure_of(content: Any) -> dict[str, Any]:
    (graph,) = [found for found in walk(content) if isinstance(found, dcc.Graph)]
    figure: dict[str, Any] = graph.figure
    return figure


def areas_of(content: Any) -> list[dict[str, Any]]:
    return [trace for trace in figure_of(content)["data"] if trace["type"] == "choropleth"]


def test_the_page_opens_with_how_many_are_known_and_how_they_stand(door: ReleaseDoor) -> None:
    content, around = open_page(door, "/ban-do?target=NSGE-4.1")
    assert text_of(content).startswith(
        "4.1. Tỷ số giới tính khi sinh (số bé trai trên 100 bé gái), năm 2024"
        "3/4 tỉnh, thành phố có số liệu; so với mốc 2025 (≤ 111): "
    )
    assert "từ 110,8 (Hà Nội) đến 115,9 (Hưng Yên); cả nước 111,4." in text_of(content)
    assert around["view", "data"]["title"].startswith("Bản đồ")


def test_the_list_holds_what_the_map_shows_worst_first(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    _, nation, *lines = table_rows(content, "province-table")
    assert nation[:2] == ["Cả nước", "111,4"]
    assert [line[:2] for line in lines] == [
        ["Hưng Yên", f"115,9{UNVERIFIED}"], ["Hải Phòng", "111,1"], ["Hà Nội", "110,8"],
    ]  # fmt: skip
    assert ["chưa đạt" in lines[0][-1], "gần đạt" in lines[1][-1]] == [True, True]
    unknown, _, known = areas_of(content)
    on_the_map = dict(zip(known["locations"], known["text"], strict=True))
    assert on_the_map == {
        "33": "Hưng Yên: 115,9 (2024), chưa đạt",
        "31": "Hải Phòng: 111,1 (2024), gần đạt",
        "01": "Hà Nội: 110,8 (2024), đạt",
    }
    assert unknown["text"] == ["Cao Bằng: chưa có số liệu"]
    assert "Chưa có số liệu (1): Cao Bằng." in text_of(content)


def test_the_scale_has_the_target_in_its_middle(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    *_, known = areas_of(content)
    assert [colour for _, colour in known["colorscale"]] == [COLOURS[name] for name in DIVERGING]
    assert known["zmin"] == -known["zmax"]
    assert dict(zip(known["locations"], known["z"], strict=True)) == pytest.approx(
        {"33": -4.9, "31": -0.1, "01": 0.2}
    )
    assert "mức phải đạt ≤ 111" in text_of(content)


def test_without_a_target_the_scale_runs_from_low_to_high(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=SEX_RATIO_AT_BIRTH")
    *_, known = areas_of(content)
    assert [colour for _, colour in known["colorscale"]] == [COLOURS[name] for name in SEQUENTIAL]
    assert (known["zmin"], known["zmax"]) == (110.8, 115.9)
    assert [line[0] for line in table_rows(content, "province-table")][1:3] == [
        "Cả nước", "Hưng Yên",
    ]  # fmt: skip


def test_the_legend_counts_the_figures_of_each_year(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1&nam=2023")
    text = text_of(content)
    assert "Số liệu năm 2023: 1" in text
    assert "Số liệu năm 2022: 1" in text
    assert "Chưa có số liệu: 2" in text
    lines = table_rows(content, "province-table")
    assert ["Hưng Yên", f"117,2{UNVERIFIED}", "2022"] in [
        [line[0], line[1], line[-2]] for line in lines
    ]
    assert "chưa tới mức của mốc" in text  # no verdict rests on these figures


def test_a_year_without_figures_is_told(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1&nam=1999")
    assert VI("map.year_absent", asked=1999, year=2024) in text_of(content)


def test_too_few_figures_are_told(door: ReleaseDoor, tmp_path: Path) -> None:
    frames = release_frames()
    frames["observations"] = frames["observations"].filter(
        ~pl.col("ref_area").is_in(["01@2025", "31@2025"])
    )
    publish_test_release(tmp_path / "processed", frames=frames)
    few, _ = open_page(ReleaseDoor(tmp_path / "processed"), "/ban-do?target=NSGE-4.1")
    assert VI("map.sparse") in text_of(few)
    enough, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    assert VI("map.sparse") not in text_of(enough)


def test_years_are_a_choice_in_the_address(door: ReleaseDoor) -> None:
    _, around = open_page(door, "/ban-do?target=NSGE-4.1")
    (years,) = [
        found
        for found in walk(around["choices", "children"])
        if isinstance(found, html.Nav) and "2022" in text_of(found)
    ]
    assert [text_of(link) for link in years.children] == ["2022", "2023", "2024"]
    assert years.children[0].href == "/ban-do?target=NSGE-4.1&nam=2022"


def test_both_archipelagos_are_drawn_and_named(door: ReleaseDoor) -> None:
    for language, names in (
        ("vi", ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]),
        ("en", ["Hoang Sa Archipelago", "Truong Sa Archipelago"]),
    ):
        content, _ = open_page(door, f"/ban-do?target=NSGE-4.1&lang={language}")
        drawn = [found for found in figure_of(content)["data"] if found["type"] == "scattergeo"]
        assert [len(found["lon"]) for found in drawn if found["mode"] == "lines"] == [5, 5]
        assert [found["text"] for found in drawn if found["mode"] == "text"] == [names]
        assert figure_of(content)["layout"]["geo"]["lonaxis"]["range"][1] > 117.2


def test_the_figure_holds_no_borders_and_asks_no_other_host(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    figure = figure_of(content)
    assert all(trace["geojson"].startswith("/maps/") for trace in areas_of(content))
    assert "http" not in str(figure)
    assert len(str(figure)) < 20_000
    assert MAP_CONFIG["topojsonURL"].startswith("/")


def test_whose_borders_they_are_is_printed(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    assert "Ranh giới: Open Development Vietnam" in text_of(content)
    assert "CC BY-SA 4.0" in text_of(content)


def test_every_province_leads_to_its_page_of_the_target(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1&nam=2024")
    links = {found.href for found in walk(content) if isinstance(found, html.A)}
    for code in ("01", "04", "31", "33"):
        assert f"/chi-tieu?target=NSGE-4.1&locality={code}@2025" in links


def test_the_locality_asked_for_is_outlined_and_marked(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1&locality=33@2025")
    outline = areas_of(content)[-1]
    assert outline["locations"] == ["33"]
    (row,) = [found for found in walk(content) if getattr(found, "className", "") == "chosen"]
    assert text_of(row).startswith("Hưng Yên")


def test_nothing_to_show_says_what_else_there_is(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-6.4")
    assert "Chưa có số liệu của tỉnh, thành phố nào" in text_of(content)
    links = [found.href for found in walk(content) if isinstance(found, html.A)]
    assert "/ban-do?target=SEX_RATIO_AT_BIRTH" in links


def test_the_filter_lists_targets_other_statistics_and_what_has_no_figures(
    door: ReleaseDoor,
) -> None:
    _, around = open_page(door, "/ban-do")
    groups = {
        group["group"]: [option["value"] for option in group["items"]]
        for group in around["target", "data"]
    }
    assert list(groups) == [VI("mapped.targets"), VI("mapped.indicators"), VI("mapped.silent")]
    assert groups[VI("mapped.targets")] == ["NSGE-2.1", "NSGE-4.1"]
    assert "SEX_RATIO_AT_BIRTH" in groups[VI("mapped.indicators")]
    assert "NSGE-6.4" in groups[VI("mapped.silent")]


def test_the_first_subject_is_one_that_half_of_the_provinces_have(release: Release) -> None:
    assert provinces.shown_subject(release, View(path="/ban-do")) == "NSGE-2.1"
    former = View(path="/ban-do", geography="2004")
    assert provinces.shown_subject(release, former) == "NSGE-4.1"


def test_a_statistic_without_a_target_has_no_milestone(door: ReleaseDoor) -> None:
    for address, has_milestone in (
        ("/ban-do?target=NSGE-4.1", True),
        ("/ban-do?target=SEX_RATIO_AT_BIRTH", False),
    ):
        _, around = open_page(door, address)
        choices = text_of(around["choices", "children"])
        assert (VI("filter.milestone") in choices) is has_milestone


@pytest.fixture
def changed(tmp_path: Path) -> ReleaseDoor:
    """A name is hostile; one figure is synthetic, rebuilt and provisional."""
    frames = release_frames()
    frames["localities"] = frames["localities"].with_columns(
        name_vi=pl.when(locality_id="33@2025").then(pl.lit(HOSTILE)).otherwise("name_vi")
    )
    frames["observations"] = frames["observations"].with_columns(
        is_synthetic=pl.col("ref_area") == "31@2025",
        obs_status=pl.when(ref_area="31@2025").then(pl.lit("P")).otherwise("obs_status"),
        origin=pl.when(ref_area="31@2025").then(pl.lit("aggregated")).otherwise("origin"),
    )
    publish_test_release(tmp_path / "processed", frames=frames)
    return ReleaseDoor(tmp_path / "processed")


def test_names_are_text_on_the_map_too(changed: ReleaseDoor) -> None:
    content, _ = open_page(changed, "/ban-do?target=NSGE-4.1")
    assert not any("<script" in text for trace in areas_of(content) for text in trace["text"])
    assert HOSTILE in text_of(content)


def test_a_synthetic_figure_brings_the_ribbon(changed: ReleaseDoor, door: ReleaseDoor) -> None:
    assert VI("synthetic.ribbon") in text_of(open_page(changed, "/ban-do?target=NSGE-4.1")[0])
    assert VI("synthetic.ribbon") not in text_of(open_page(door, "/ban-do?target=NSGE-4.1")[0])


def test_a_rebuilt_figure_is_marked_and_the_mark_explained(changed: ReleaseDoor) -> None:
    content, _ = open_page(changed, "/ban-do?target=NSGE-4.1")
    (line,) = [row for row in table_rows(content, "province-table") if row[0] == "Hải Phòng"]
    assert line[1] == "◇ tổng hợp lại từ các đơn vị cũ: 111,1"
    assert VI("map.rebuilt") in text_of(content)


@pytest.mark.parametrize("subject", ["NSGE-4.1", "SEX_RATIO_AT_BIRTH"])
def test_weak_figures_are_marked_in_the_list(changed: ReleaseDoor, subject: str) -> None:
    content, _ = open_page(changed, f"/ban-do?target={subject}")
    lines = {row[0]: "".join(row) for row in table_rows(content, "province-table")}
    assert "2024 sơ bộ" in lines["Hải Phòng"]
    assert VI("unverified") in lines[HOSTILE]
    assert VI("unverified") not in lines["Hà Nội"]
    assert VI("synthetic") in lines["Hải Phòng"]
    assert "* Mức chỉ tiêu hoặc số liệu chưa đối chiếu văn bản gốc (1 kết quả)." in text_of(content)


# Groups, traces, sources -------------------------------------------------------------------------


@pytest.fixture
def grouped(tmp_path: Path) -> ReleaseDoor:
    """The sex ratio is told for women and men too, by five offices, all of it made up."""
    frames = release_frames()
    births = frames["observations"].filter(indicator_id="SEX_RATIO_AT_BIRTH")
    of_women = births.with_columns(
        sex=pl.lit("F"), observation_id=pl.lit("F:") + pl.col("observation_id")
    )
    frames["observations"] = pl.concat([frames["observations"], of_women]).with_columns(
        is_synthetic=pl.lit(value=True)
    )
    publish_test_release(tmp_path, frames=frames)
    return ReleaseDoor(tmp_path)


def test_the_group_is_a_choice_where_there_are_several(
    grouped: ReleaseDoor, door: ReleaseDoor
) -> None:
    _, around = open_page(grouped, "/ban-do?target=SEX_RATIO_AT_BIRTH&nam=2023")
    links = {
        text_of(found): found.href
        for found in walk(around["choices", "children"])
        if isinstance(found, html.A)
    }
    of_women = "/ban-do?target=SEX_RATIO_AT_BIRTH&nhom=F:_T:_T"
    assert links["Nữ"] == of_women
    content, _ = open_page(grouped, of_women)
    assert ": Nữ (" in text_of(content).partition(", năm")[0]
    assert VI("filter.group") not in text_of(
        open_page(door, "/ban-do?target=SEX_RATIO_AT_BIRTH")[1]["choices", "children"]
    )


def test_every_value_of_the_list_opens_its_trace(door: ReleaseDoor) -> None:
    content, _ = open_page(door, "/ban-do?target=NSGE-4.1")
    traces = [found for found in walk(content) if getattr(found, "className", "") == "trace"]
    assert [text_of(found) for found in traces] == ["111,4", "115,9", "111,1", "110,8"]
    assert all(found.href.startswith("/truy-vet?obs=") for found in traces)


def test_a_mark_that_all_figures_share_is_told_once(
    grouped: ReleaseDoor, changed: ReleaseDoor
) -> None:
    content, _ = open_page(grouped, "/ban-do?target=NSGE-4.1")
    assert VI("map.made_up") in text_of(content)
    assert VI("synthetic") not in str(table_rows(content, "province-table"))
    mixed, _ = open_page(changed, "/ban-do?target=NSGE-4.1")
    assert VI("map.made_up") not in text_of(mixed)
    assert VI("map.made_up_count", count=1) in text_of(mixed)
    *_, known = areas_of(mixed)
    assert sum(VI("synthetic") in text for text in known["text"]) == 1


def test_many_offices_are_counted_and_listed_on_demand(tmp_path: Path) -> None:
    areas = ["04@2025", "31@2025", "33@2025"]  # the fourth office is that of 01@2025
    for named in (areas[1:], areas):
        frames = release_frames()
        births = frames["observations"].filter(
            pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH", pl.col("ref_area") == "01@2025"
        )
        sent = frames["submissions"].head(1)
        for area in named:
            identity = {"submission_id": pl.lit(f"of {area}")}
            office = sent.with_columns(**identity, organisation=pl.lit(f"Sở {area}"))
            frames["submissions"] = pl.concat([frames["submissions"], office])
            figures = births.with_columns(
                **identity,
                ref_area=pl.lit(area),
                observation_id=pl.lit(area) + pl.col("observation_id"),
            )
            others = frames["observations"].filter(
                ~((pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH") & (pl.col("ref_area") == area))
            )
            frames["observations"] = pl.concat([others, figures])
        directory = tmp_path / str(len(named))
        publish_test_release(directory, frames=frames)
        content, _ = open_page(ReleaseDoor(directory), "/ban-do?target=SEX_RATIO_AT_BIRTH")
        folded = [text_of(found) for found in walk(content) if isinstance(found, html.Details)]
        if named == areas:
            offices = "".join(f"Sở {area}" for area in areas)
            assert folded == [f"{VI('map.sources', count=4)}Cục Thống kê{offices}"]
        else:
            assert not folded
            assert "Sở 31@2025; Sở 33@2025." in text_of(content)
