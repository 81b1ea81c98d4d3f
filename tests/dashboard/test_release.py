"""The one door to the data."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard import queries
from dashboard.release import Release, ReleaseDoor
from indicators.errors import ReleaseUnavailable
from indicators.releases import POINTER_FILE
from tests.support.release import publish_test_release, release_frames


@pytest.fixture
def own_door(processed: Path) -> ReleaseDoor:
    """A door to a release that this test may replace."""
    return ReleaseDoor(processed)


def test_without_a_release_the_door_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseUnavailable, match="etl run"):
        ReleaseDoor(tmp_path).current()


def test_a_pointer_to_a_missing_file_is_an_expected_fault(processed: Path) -> None:
    (processed / POINTER_FILE).write_text("gone.duckdb", encoding="utf-8")
    with pytest.raises(ReleaseUnavailable, match=r"gone\.duckdb"):
        ReleaseDoor(processed).current()


def test_a_file_that_is_no_release_is_an_expected_fault(processed: Path) -> None:
    (processed / "releases" / "bad.duckdb").write_text("not a database", encoding="utf-8")
    (processed / POINTER_FILE).write_text("bad.duckdb", encoding="utf-8")
    with pytest.raises(ReleaseUnavailable, match=r"bad\.duckdb"):
        ReleaseDoor(processed).current()


def test_a_release_of_another_structure_is_refused(tmp_path: Path) -> None:
    frames = release_frames()
    frames["release_info"] = frames["release_info"].with_columns(schema_version=pl.lit("99"))
    publish_test_release(tmp_path, frames=frames)
    with pytest.raises(ReleaseUnavailable, match="99"):
        ReleaseDoor(tmp_path).current()


def test_the_same_release_is_opened_once(door: ReleaseDoor) -> None:
    assert door.current() is door.current()


def test_a_new_release_is_noticed_and_the_old_one_stays_readable(
    own_door: ReleaseDoor, processed: Path
) -> None:
    old = own_door.current()
    publish_test_release(processed, "release-2")
    assert own_door.current().release_id == "release-2"
    assert old.query("SELECT count(*) AS n FROM localities WHERE code = 'VN'")["n"].item() == 1


def test_after_a_bad_release_the_next_good_one_is_served(
    own_door: ReleaseDoor, processed: Path
) -> None:
    own_door.current()
    (processed / POINTER_FILE).write_text("gone.duckdb", encoding="utf-8")
    with pytest.raises(ReleaseUnavailable):
        own_door.current()
    publish_test_release(processed, "release-3")
    assert own_door.current().release_id == "release-3"


def test_a_release_cannot_be_written_to(release: Release) -> None:
    with pytest.raises(duckdb.Error):
        release.query("DELETE FROM observations")


def test_parameters_are_never_pasted_into_sql(release: Release) -> None:
    assert queries.locality(release, "VN' OR '1'='1") is None


def test_an_answer_is_kept(release: Release) -> None:
    assert queries.localities(release, "2025") is queries.localities(release, "2025")


def test_several_threads_read_at_once(release: Release) -> None:
    answers: list[int] = []

    def read(number: int) -> None:
        frame = release.query("SELECT $number + count(*) AS n FROM release_info", number=number)
        answers.append(int(frame["n"].item()) - 1)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == list(range(40))


def test_the_board_shows_former_provinces_by_their_latest_figure(release: Release) -> None:
    board = queries.board(release, 2025, "2004")
    shown = board.filter(locality_id="33@2004", target_id="NSGE-4.1")
    assert shown["shown"].to_list() == ["not_met"]
    assert set(board["locality_id"]) == {"VN", "01@2004", "33@2004", "34@2004"}


def test_localities_start_with_the_nation(release: Release) -> None:
    ids = queries.localities(release, "2025")["locality_id"].to_list()
    assert ids == ["VN", "01@2025", "04@2025", "31@2025", "33@2025"]


def test_figures_lead_back_to_their_cell(release: Release) -> None:
    frame = queries.observations(release, "NSGE-1.1a", "VN").filter(reference_year=2024)
    assert frame.select("file_name", "sheet", "value_cell").rows() == [
        ("thong_ke_2024.xlsx", "Số liệu", "L9")
    ]
