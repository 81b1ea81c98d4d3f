"""The command etl: help everywhere, faults as one line and an exit code, JSON on demand."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from etl import cli
from etl.cli import app
from etl.locking import pipeline_lock
from indicators.catalogue import load_catalogue
from tests.support.forms import Form, observation


def commands(group: click.Group, prefix: str = "") -> list[tuple[str, click.Command]]:
    found = []
    for name, command in group.commands.items():
        found.append((f"{prefix}{name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{prefix}{name} ")
    return found


ALL = commands(typer.main.get_command(app))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENDER_STATS_DATA_DIRECTORY", str(tmp_path / "data"))
    monkeypatch.setenv("GENDER_STATS_SETTLE_SECONDS", "0")
    return tmp_path / "data"


def etl(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from etl.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def report(data: Path, name: str = "hung-yen.xlsx", **values: object) -> Path:
    line = observation(reported_value=111.4, source_family="REGISTRATION", **values)
    return Form([line]).write(data / "raw" / "inbox" / name)


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if parameter.name not in ("help", "file", "paths"):
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"
    assert CliRunner().invoke(app, [*name.split(), "--help"]).exit_code == 0


def test_run_says_what_happened_and_logs_one_line_per_stage(data: Path) -> None:
    report(data)
    done = etl("run")
    assert done.returncode == 0
    assert "1 tiếp nhận, 0 chưa tiếp nhận" in done.stdout
    assert "Đã công bố bản" in done.stdout
    stages = [line.split("stage=")[1].split()[0] for line in done.stderr.splitlines()]
    assert stages == [
        *("receive", "read", "normalise", "correct", "check", "reply", "load"),
        *("derive", "assess", "publish"),
    ]
    assert all("seconds=" in line for line in done.stderr.splitlines())


def test_run_with_nothing_new_prints_nothing(data: Path) -> None:
    report(data)
    etl("run")
    done = etl("run")
    assert (done.returncode, done.stdout) == (0, "")


def test_refused_files_are_named_with_where_the_answer_lies(data: Path) -> None:
    report(data, sex="?")
    done = etl("run")
    assert done.returncode == 0
    assert "Chưa tiếp nhận: hung-yen.xlsx" in done.stdout
    assert "replies" in done.stdout


def test_run_as_json(data: Path) -> None:
    report(data)
    answer = json.loads(etl("run", "--json").stdout)
    assert (answer["received"], answer["accepted"], answer["refused"]) == (1, 1, [])


def test_validate_keeps_nothing_and_tells_by_its_exit_code(data: Path) -> None:
    good = report(data)
    assert etl("validate", str(good)).returncode == 0
    bad = report(data, "sai.xlsx", sex="?")
    done = etl("validate", str(bad))
    assert done.returncode == 8
    assert "F4" in done.stdout
    assert "1 lỗi" in done.stdout
    assert not (data / "raw" / "archive").exists()
    assert not (data / "processed").exists()
    answer = json.loads(etl("validate", str(bad), "--json").stdout)
    assert answer["issues"][0]["code"] == "UNKNOWN_CODE"


def test_status_before_and_after(data: Path) -> None:
    assert "Chưa có bản công bố nào" in etl("status").stdout
    report(data)
    report(data, "sai.xlsx", sex="?")
    etl("run")
    answer = json.loads(etl("status", "--json").stdout)
    assert (answer["accepted"], answer["archived"], answer["waiting"], answer["pending"]) == (
        1,
        2,
        0,
        0,
    )
    assert answer["refused"][0]["file_name"] == "sai.xlsx"
    assert answer["last_run"]["run_id"] == 1


def test_status_only_looks(data: Path) -> None:
    assert etl("status").returncode == 0
    assert not data.exists()


def test_status_while_a_run_is_at_work_and_with_files_it_has_not_published(data: Path) -> None:
    report(data)
    etl("run")
    report(data, "moi.xlsx", note="mới")
    with pipeline_lock(data / "processed"):
        done = etl("status")
    assert done.returncode == 0
    assert "Một lượt chạy đang làm việc" in done.stdout
    assert "1 tệp đang đợi" in done.stdout
    assert "Một lượt chạy" not in etl("status").stdout


def test_status_tells_of_files_that_a_killed_run_left(data: Path) -> None:
    report(data)
    etl("run")
    shutil.copytree(data / "processed", data / "truoc")
    report(data, "moi.xlsx", note="mới")
    etl("run")
    shutil.rmtree(data / "processed")
    (data / "truoc").rename(data / "processed")
    assert "Đã nhận nhưng chưa công bố: 1 tệp" in etl("status").stdout


def test_many_refused_files_are_shortened_for_people_only(data: Path) -> None:
    for number in range(25):
        report(data, f"{number:02}.xlsx", sex="?", note=str(number))
    etl("run")
    shown = etl("status").stdout
    assert "24.xlsx" in shown
    assert "04.xlsx" not in shown
    assert len(json.loads(etl("status", "--json").stdout)["refused"]) == 25


def test_rebuild_from_nothing_but_the_archive(data: Path) -> None:
    report(data)
    etl("run")
    (data / "processed" / "warehouse.duckdb").unlink()
    done = etl("rebuild")
    assert done.returncode == 0
    assert "Đã công bố bản" in done.stdout


@pytest.mark.parametrize(
    ("arrange", "arguments", "code", "words"),
    [
        ("busy", ["run"], 4, "Một lượt chạy ETL khác"),
        ("broken warehouse", ["run"], 5, "etl rebuild"),
        ("wrong setting", ["run"], 2, "GENDER_STATS_KEEP_RELEASES"),
        ("settings in another encoding", ["run"], 2, ".env"),
        ("data directory is a file", ["run"], 1, "processed"),
        ("data directory is a file", ["status"], 1, "processed"),
        ("damaged release", ["status"], 7, "20260101"),
        ("damaged archive", ["run"], 1, "000001.json"),
    ],
)
def test_expected_faults_are_one_line_and_an_exit_code(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arrange: str,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    report(data)
    processed = data / "processed"
    processed.mkdir(parents=True)
    if arrange == "settings in another encoding":
        (tmp_path / ".env").write_bytes("# cấu hình".encode("utf-16"))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PYTHONPATH", str(Path(cli.__file__).parents[1]))
    if arrange == "data directory is a file":
        shutil.rmtree(data)
        data.write_bytes(b"")
    if arrange == "damaged release":
        (processed / "releases").mkdir()
        (processed / "releases" / "20260101.duckdb").write_bytes(b"cut off")
        (processed / "current").write_text("20260101.duckdb")
    if arrange == "damaged archive":
        (data / "raw" / "archive" / "runs").mkdir(parents=True)
        (data / "raw" / "archive" / "runs" / "000001.json").write_bytes(b'{"run_id": 1')
    if arrange == "broken warehouse":
        (processed / "warehouse.duckdb").write_bytes(b"this is no database" * 100)
    if arrange == "wrong setting":
        monkeypatch.setenv("GENDER_STATS_KEEP_RELEASES", "0")
    if arrange == "busy":
        with pipeline_lock(processed):
            done = etl(*arguments)
    else:
        done = etl(*arguments)
    assert done.returncode == code
    faults = [line for line in done.stderr.splitlines() if not line.startswith("timestamp=")]
    assert len(faults) == 1
    assert faults[0].startswith("Lỗi: ")
    assert words in faults[0]


def test_a_broken_warehouse_is_mended_by_a_rebuild(data: Path) -> None:
    report(data)
    etl("run")
    (data / "processed" / "warehouse.duckdb").write_bytes(b"this is no database" * 100)
    assert etl("rebuild").returncode == 0
    assert etl("run").returncode == 0


def test_the_catalogue_is_checked(data: Path) -> None:
    assert "Danh mục hợp lệ" in etl("catalogue", "check").stdout
    counts = json.loads(etl("catalogue", "check", "--json").stdout)
    assert counts["targets"] >= 99


ANNEX = """Mã số,Nhóm,Tên chỉ tiêu
0203,Dân số,Tỷ số giới tính khi sinh
0299,Dân số,Chỉ tiêu chưa từng có trong danh mục
"""


def test_an_official_annex_is_matched_and_written_only_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "catalogue"
    shutil.copytree(load_catalogue().directory, copy)
    monkeypatch.setattr(cli, "load_catalogue", lambda: load_catalogue(copy))
    annex = tmp_path / "phu-luc.csv"
    annex.write_text(ANNEX, encoding="utf-8")
    before = (copy / "indicators.csv").read_bytes()

    looked = CliRunner().invoke(app, ["catalogue", "import-annex", str(annex)])
    assert looked.exit_code == 0
    assert "0203" in looked.output
    assert "Chỉ tiêu chưa từng có trong danh mục" in looked.output
    assert "Chưa ghi gì" in looked.output
    assert (copy / "indicators.csv").read_bytes() == before

    written = CliRunner().invoke(app, ["catalogue", "import-annex", str(annex), "--apply"])
    assert written.exit_code == 0
    indicators = load_catalogue(copy).indicators
    coded = indicators.filter(pl.col("official_code").is_not_null())
    assert coded.select("indicator_id", "official_code").rows() == [("SEX_RATIO_AT_BIRTH", "0203")]
    assert len((copy / "indicators.csv").read_bytes()) == len(before) + len("0203")


def test_template_writes_a_workbook_and_says_what_it_holds(data: Path) -> None:
    out = data / "mau.xlsx"
    done = etl("template", "--locality", "33@2025", "--period", "2026", "--out", str(out))
    assert done.returncode == 0
    assert out.exists()
    assert "45 dòng số liệu" in done.stdout
    again = etl("template", "--locality", "33@2025", "--period", "2026", "--out", str(out))
    assert again.returncode == 2
    assert "không ghi đè" in again.stderr


def test_template_for_a_level_names_how_many(data: Path) -> None:
    arguments = ("--all", "--level", "province", "--period", "2026", "--out", str(data / "mau"))
    (data / "mau").mkdir(parents=True)
    (data / "mau" / "33@2025_hung-yen_2026.xlsx").write_text("đã điền", encoding="utf-8")
    done = json.loads(etl("template", *arguments, "--json").stdout)
    assert done["written"] == 33
    assert [Path(kept).name for kept in done["kept"]] == ["33@2025_hung-yen_2026.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--locality", "33@2004"], "30/06/2025"),
        ([], "--all"),
        (["--all"], "--out"),
        (["--all", "--locality", "33@2025"], "--all"),
        (["--locality", "33@2025", "--level", "commune"], "--level"),
        (["--locality", "33@2025", "--out", "mau.ods"], ".xlsx"),
    ],
)
def test_template_says_what_is_wrong(arguments: list[str], words: str, data: Path) -> None:
    done = etl("template", "--period", "2026", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
