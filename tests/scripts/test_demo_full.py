"""The made-up country: the same every time, plausible, marked, faulty only where it is meant."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from dash import html

from dashboard.app import PAGES
from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from etl.pipeline import RunReport
from etl.read import Grid
from etl.reading_pool import reading_pool
from etl.settings import Settings
from indicators.catalogue import Catalogue, load_catalogue
from scripts.demo_full.__main__ import make
from scripts.demo_full.dirt import DIRT
from scripts.demo_full.reports import RUN_DAYS, Report, Senders
from scripts.demo_full.series import asked_series, demo_series
from scripts.demo_full.world import FIRST_YEAR, LAST_YEAR, NATION, World
from tests.dashboard.test_pages import open_page, text_of, walk

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
LEVELS = ("national", "province", "commune")
# Documents, and what indicators and targets mean: no figure stands there.
BARE = ("/van-ban", "/danh-muc")
# As many provinces as there are faults and kinds of files; most of them were not merged.
FEW = frozenset(
    f"{code}@2025"
    for code in ("04", "11", "12", "14", "20", "22", "24", "38", "40", "42", "46", "52", "79")
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def world(catalogue: Catalogue) -> World:
    return World(catalogue)


@pytest.fixture(scope="module")
def few(world: World) -> list[Report]:
    return list(Senders(world, FEW).reports())


@pytest.fixture(scope="module")
def made(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[RunReport]]:
    directory = tmp_path_factory.mktemp("demo") / "data-full"
    return directory, make(directory, Senders(world, FEW))


@pytest.fixture(scope="module")
def door(made: tuple[Path, list[RunReport]]) -> ReleaseDoor:
    return ReleaseDoor(made[0] / "processed")


class TestFigures:
    def test_the_same_seed_gives_the_same_files_and_another_seed_others(
        self, catalogue: Catalogue
    ) -> None:
        def files(seed: int) -> list[tuple[str, bytes]]:
            senders = Senders(World(catalogue, seed), frozenset({"33@2025"}))
            return [(one.file_name, one.content) for one in senders.reports() if one.run == 1]

        assert files(1) == files(1)
        assert files(1) != files(2)

    def test_every_series_that_a_target_asks_for_has_figures(self, world: World) -> None:
        for level, place in (("national", NATION), ("province", "33@2025")):
            asked = asked_series(world.catalogue, level)
            made_up = {
                (one.indicator["indicator_id"], one.breakdown, one.definition)
                for one in demo_series(world.catalogue, level)
                if any(world.figures(one, place, year) for year in YEARS)
            }
            names = ("indicator_id", "breakdown", "definition")
            assert made_up == set(asked.select(names).rows())

    def test_values_stay_within_the_limits_of_their_indicator(self, world: World) -> None:
        for series in demo_series(world.catalogue, "province"):
            lowest, highest = (series.indicator[f"{end}_limit"] for end in ("lower", "upper"))
            for place in world.provinces("2025"):
                for year in YEARS:
                    for figure in world.figures(series, place, year):
                        assert lowest is None or figure.value >= Decimal(lowest)
                        assert highest is None or figure.value <= Decimal(highest)
                        assert figure.denominator is None or figure.denominator > 0

    def test_a_merged_province_and_the_nation_are_the_sums_of_their_parts(
        self, world: World
    ) -> None:
        series = next(
            one
            for one in demo_series(world.catalogue, "province")
            if one.indicator["indicator_id"] == "WAGE_WORKER_SHARE"
        )

        def counts(place: str) -> tuple[int, int]:
            [women] = [one for one in world.figures(series, place, 2024) if one.sex == "F"]
            return women.numerator or 0, women.denominator or 0

        assert world.parts("33@2025") == ["33@2004", "34@2004"]
        assert len(world.parts(NATION)) == 63
        for place in ("33@2025", NATION):
            parts = [counts(part) for part in world.parts(place)]
            assert counts(place) == (sum(n for n, _ in parts), sum(d for _, d in parts))

    def test_levels_persist_and_both_sexes_make_the_total(self, world: World) -> None:
        [series] = [
            one
            for one in demo_series(world.catalogue, "province")
            if one.key == "AGRICULTURE_EMPLOYMENT_SHARE/_T/STD/SURVEY"
        ]
        totals = {}
        for year in YEARS:
            women, men, both = world.figures(series, "79@2004", year)
            assert both.denominator == (women.denominator or 0) + (men.denominator or 0)
            assert min(women.value, men.value) <= both.value <= max(women.value, men.value)
            totals[year] = both.value
        steps = [abs(totals[year + 1] - totals[year]) for year in range(FIRST_YEAR, LAST_YEAR)]
        assert max(steps) < 5


class TestReports:
    def test_every_file_says_that_it_is_synthetic(self, few: list[Report]) -> None:
        assert {one.information["is_synthetic"] for one in few} == {"có"}

    def test_every_fault_and_every_kind_of_file_occurs(self, few: list[Report]) -> None:
        assert {one.dirt.name for one in few if one.dirt} == set(DIRT)
        assert {one.ending for one in few if one.run == 1} == {".xlsx", ".xls", ".ods", ".csv"}

    def test_in_the_whole_country_some_are_late_some_silent_and_some_left_without_data(
        self, world: World
    ) -> None:
        senders = Senders(world)
        reports = list(senders.reports())
        assert len({one.information["locality"] for one in reports}) > 34 + 60 + 200

        def reporting(period: str, run: int) -> set[str]:
            return {
                one.information["locality"]
                for one in reports
                if (one.information["reporting_period"], one.run) == (period, run)
            }

        late_communes = reporting("2025", 1) - set(senders.places) - {NATION}
        assert 5 < len(late_communes) < 60 < len(reporting("2025", 0))
        without_2025 = set(senders.places) - reporting("2025", 1)
        assert len(without_2025) == 3
        silent = {
            place for place in without_2025 if not reporting("2024", 0) & set(world.parts(place))
        }
        assert len(silent) == 1
        assert 0 < len(set(senders.places) - without_2025 - reporting("2026", 2)) < 10

    @pytest.mark.parametrize("ending", [".ods", ".xls"])
    def test_other_kinds_of_files_hold_the_same_cells_as_xlsx(
        self, few: list[Report], ending: str
    ) -> None:
        report = next(one for one in few if one.ending == ending)
        same = Report(report.name, 1, report.information, report.observations)
        other = Report(report.name, 1, report.information, report.observations, ending=ending)
        files = [(one.file_name, one.content) for one in (same, other)]
        with reading_pool(Settings().limits, 1) as pool:
            [[first, second]] = list(pool.work_ahead([files]))
        assert [grid.sheet for grid in first.grids] == [grid.sheet for grid in second.grids]
        for expected, grid in zip(first.grids, second.grids, strict=True):
            assert _cells(grid) == _cells(expected)


def _cells(grid: Grid) -> dict[tuple[int, int], object]:
    """Filled cells by their place on the sheet."""
    return {
        (grid.first_row + row, grid.first_column + column): value
        for row, cells in enumerate(grid.rows)
        for column, value in enumerate(cells)
        if value not in (None, "")
    }


class TestTakenIn:
    def test_only_the_files_that_are_meant_to_be_are_refused(
        self, made: tuple[Path, list[RunReport]], few: list[Report]
    ) -> None:
        meant = {one.file_name for one in few if one.dirt and one.dirt.is_refused}
        _, runs = made
        assert len(runs) == len(RUN_DAYS)
        assert {name for run in runs for name in run.refused} == meant
        assert sum(run.accepted for run in runs) == len(few) - len(meant)

    def test_missing_denominators_and_slips_are_warned_about(self, door: ReleaseDoor) -> None:
        found = set(door.current().query("SELECT code FROM issues")["code"])
        assert {"INCOMPLETE_COUNTS", "MERGED_SIZE", "UNKNOWN_INDICATOR", "NOT_A_NUMBER"} <= found

    def test_every_figure_and_every_verdict_with_one_is_marked(self, door: ReleaseDoor) -> None:
        for table, where in (
            ("observations", "TRUE"),
            ("assessments", "latest_value IS NOT NULL"),
            ("value_changes", "TRUE"),
        ):
            query = f"SELECT count(*), count(*) FILTER (is_synthetic) FROM {table} WHERE {where}"
            every, marked = door.current().query(query).row(0)
            assert every == marked > 0, table

    def test_corrected_reports_give_the_page_of_changes_something_to_tell(
        self, door: ReleaseDoor
    ) -> None:
        revised, verdicts = (
            door.current()
            .query(
                "SELECT (SELECT count(*) FROM value_changes WHERE kind = 'changed'), "
                "(SELECT count(*) FROM verdict_changes)"
            )
            .row(0)
        )
        assert revised > 4
        assert verdicts > 4

    @pytest.mark.parametrize("page", [page.path for page in PAGES if page.path not in BARE])
    def test_every_page_with_figures_carries_the_ribbon(self, door: ReleaseDoor, page: str) -> None:
        # Without reports of communes this small country has a list of disagreements there.
        where = "" if page == "/nop-bao-cao" else "?locality=22@2025"
        content, _ = open_page(door, page + where)
        ribbons = [one for one in walk(content) if isinstance(one, html.Div)
                   and getattr(one, "className", "") == "ribbon"]  # fmt: skip
        assert [text_of(one) for one in ribbons] == [Words("vi")("synthetic.ribbon")]


def test_a_directory_with_other_data_is_left_alone(tmp_path: Path, world: World) -> None:
    kept = tmp_path / "raw" / "archive" / "report.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_text("real")
    with pytest.raises(FileExistsError, match="minh họa"):
        make(tmp_path, Senders(world, FEW))
    assert kept.read_text() == "real"
