"""Stage receive: nothing is lost, nothing is taken twice, half-copied files wait."""

import os
import re
from datetime import datetime
from pathlib import Path

import pytest

from etl.archive import Archive
from etl.receive import Receipt, receive
from indicators.errors import GenderStatisticsError

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


def test_a_single_named_file_is_taken_in(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "a")
    assert take_in(archive, inbox, tmp_path / "a.csv").new == 1


def test_named_files_are_copied_and_stay(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    for name in ("b.csv", "a.csv"):
        put(folder, name, name)
    assert take_in(archive, inbox, folder).new == 2
    assert [file.file_name for file in archive.files()] == ["a.csv", "b.csv"]
    assert len(list(folder.iterdir())) == 2


def test_a_single_named_file_is_taken(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    file = put(tmp_path, "bao-cao.csv", "một tệp")
    assert take_in(archive, inbox, file).new == 1
    assert file.exists()


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


def test_a_file_from_a_clock_ahead_does_not_wait_for_that_day(
    archive: Archive, inbox: Path
) -> None:
    put(inbox, "a.csv", "x", age_seconds=-5 * 365 * 86_400)
    assert take_in(archive, inbox).new == 1


def test_a_file_that_may_not_be_read_stops_no_other(
    archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cam.csv", "duoc.csv"):
        put(inbox, name, name)
    read_bytes = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path.name == "cam.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    receipt = take_in(archive, inbox)
    assert (receipt.new, receipt.unreadable) == (1, ["cam.csv"])


def test_a_received_file_that_cannot_be_removed_is_named_and_not_taken_twice(
    archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "a.csv", "x")

    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refused)
    assert take_in(archive, inbox).not_cleared == ["a.csv"]
    again = take_in(archive, inbox)
    assert (again.new, again.repeated, again.not_cleared) == (0, ["a.csv"], ["a.csv"])


def test_an_inbox_that_cannot_be_listed_is_no_empty_inbox(
    archive: Archive, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError):
        take_in(archive, inbox)


def test_a_name_in_another_encoding_is_received_all_the_same(archive: Archive, inbox: Path) -> None:
    name = os.fsdecode(b"b\xe1o c\xe1o.csv")
    put(inbox, name, "x")
    assert take_in(archive, inbox).new == 1
    assert archive.files()[0].file_name == "b�o c�o.csv"


def test_an_empty_receipt_is_what_a_power_cut_leaves(archive: Archive, inbox: Path) -> None:
    """Its file is still in the inbox, because that is cleared when all is on the disk."""
    put(inbox, "a.csv", "số liệu")
    take_in(archive, inbox)
    (archive.directory / archive.files()[0].archive_path).with_suffix(".json").write_bytes(b"")
    assert archive.files() == []
    put(inbox, "a.csv", "số liệu")
    assert take_in(archive, inbox).new == 1
    assert [file.sequence for file in archive.files()] == [1]


@pytest.mark.parametrize("ending", [".json", ".csv"])
def test_a_damaged_archive_is_named_and_not_passed_over(
    archive: Archive, inbox: Path, ending: str
) -> None:
    put(inbox, "a.csv", "số liệu")
    take_in(archive, inbox)
    (file,) = archive.files()
    path = (archive.directory / file.archive_path).with_suffix(ending)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(GenderStatisticsError, match=re.escape(str(path))):
        archive.content(archive.files()[0])


def test_a_year_that_goes_back_is_a_run_too(archive: Archive, inbox: Path) -> None:
    """The clock was wrong, and milestones that it closed are open again."""
    put(inbox, "a.csv", "x")
    take_in(archive, inbox, now=datetime(2099, 1, 1))
    assert take_in(archive, inbox).run is not None
    assert take_in(archive, inbox).run is None


def test_a_new_year_is_a_run_of_its_own(archive: Archive, inbox: Path) -> None:
    put(inbox, "a.csv", "x")
    take_in(archive, inbox)
    receipt = take_in(archive, inbox, now=datetime(2027, 1, 1))
    assert receipt.new == 0
    assert [run.as_of_year for run in archive.runs()] == [2026, 2027]
    assert take_in(archive, inbox, now=datetime(2027, 1, 2)).run is None
