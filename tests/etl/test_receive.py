"""Stage receive: nothing is lost, nothing is taken twice, half-copied files wait."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from etl.archive import Archive
from etl.receive import Receipt, receive

NOW = datetime(2026, 11, 21, 3, 0, 0)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    directory = tmp_path / "inbox"
    directory.mkdir()
    return directory


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def put(inbox: Path, name: str, content: str, age_seconds: float = 60) -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    moment = path.stat().st_mtime - age_seconds
    os.utime(path, (moment, moment))
    return path


def take_in(archive: Archive, inbox: Path, *paths: Path, now: datetime = NOW) -> Receipt:
    return receive(archive, inbox, paths, now=now, settle_seconds=2)


def test_inbox_files_move_into_the_archive_unchanged(archive: Archive, inbox: Path) -> None:
    put(inbox, "Hưng Yên/báo cáo 2025.csv", "số liệu")
    receipt = take_in(archive, inbox)
    (file,) = archive.files()
    assert receipt.new == 1
    assert file.file_name == str(Path("Hưng Yên/báo cáo 2025.csv"))
    assert archive.content(file).decode() == "số liệu"
    assert (file.run_id, file.sequence, file.received_at) == (1, 1, NOW)
    assert not list(inbox.rglob("*.csv"))


def test_named_files_are_copied_and_stay(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    for name in ("b.csv", "a.csv"):
        put(folder, name, name)
    assert take_in(archive, inbox, folder).new == 2
    assert [file.file_name for file in archive.files()] == ["a.csv", "b.csv"]
    assert len(list(folder.iterdir())) == 2


def test_an_identical_file_changes_nothing(archive: Archive, inbox: Path) -> None:
    put(inbox, "a.csv", "số liệu")
    take_in(archive, inbox)
    put(inbox, "gửi lại.csv", "số liệu")
    receipt = take_in(archive, inbox)
    assert (receipt.new, receipt.repeated, receipt.run) == (0, ["gửi lại.csv"], None)
    assert len(archive.files()) == len(archive.runs()) == 1
    assert not list(inbox.iterdir())


def test_the_older_file_is_received_first(archive: Archive, inbox: Path) -> None:
    put(inbox, "a-sau.csv", "mới", age_seconds=10)
    put(inbox, "b-truoc.csv", "cũ", age_seconds=100)
    take_in(archive, inbox)
    assert [file.file_name for file in archive.files()] == ["b-truoc.csv", "a-sau.csv"]


def test_a_file_that_is_still_being_copied_waits(archive: Archive, inbox: Path) -> None:
    path = put(inbox, "dang-chep.xlsx", "nửa tệp", age_seconds=0)
    receipt = take_in(archive, inbox)
    assert (receipt.new, receipt.unsettled) == (0, ["dang-chep.xlsx"])
    assert path.exists()


@pytest.mark.parametrize("name", ["~$bao-cao.xlsx", ".DS_Store", "a.csv.part", "a.TMP"])
def test_lock_files_and_partial_copies_are_passed_over(
    archive: Archive, inbox: Path, name: str
) -> None:
    path = put(inbox, name, "x")
    assert take_in(archive, inbox).new == 0
    assert path.exists()


def test_a_link_out_of_the_inbox_is_not_followed(
    archive: Archive, inbox: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("mật", encoding="utf-8")
    (inbox / "link.csv").symlink_to(secret)
    assert take_in(archive, inbox).new == 0


@pytest.mark.parametrize(
    "name", ["=cmd|'calc'!A1.csv", "x" * 240 + ".csv", "a.b.c.EXE.sh", "số liệu"]
)
def test_hostile_names_never_reach_the_archive_as_names(
    archive: Archive, inbox: Path, name: str
) -> None:
    put(inbox, name, name)
    take_in(archive, inbox)
    (file,) = archive.files()
    stored = archive.directory / file.archive_path
    assert stored.stem == f"000001-{file.submission_id}"
    assert file.file_name == name


def test_a_copy_without_receipt_does_not_count(archive: Archive, inbox: Path) -> None:
    """What a kill between the copy and its receipt leaves behind."""
    path = put(inbox, "a.csv", "số liệu")
    take_in(archive, inbox)
    (archive.directory / archive.files()[0].archive_path).with_suffix(".json").unlink()
    path.write_text("số liệu", encoding="utf-8")
    os.utime(path, (0, 0))
    assert take_in(archive, inbox).new == 1
    assert len(archive.files()) == 1


def test_a_new_year_is_a_run_of_its_own(archive: Archive, inbox: Path) -> None:
    put(inbox, "a.csv", "x")
    take_in(archive, inbox)
    receipt = take_in(archive, inbox, now=datetime(2027, 1, 1))
    assert receipt.new == 0
    assert [run.as_of_year for run in archive.runs()] == [2026, 2027]
    assert take_in(archive, inbox, now=datetime(2027, 1, 2)).run is None
