"""The command ``dashboard``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.settings import Settings
from indicators.errors import ReleaseUnavailable, SettingsError
from tests.support.release import publish_test_release

runner = CliRunner()

COMMANDS = sorted(typer.main.get_group(app).commands)  # type: ignore[attr-defined]


def test_the_commands_are_known() -> None:
    assert COMMANDS == ["check", "serve"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help(command: str) -> None:
    found = typer.main.get_group(app).commands[command]  # type: ignore[attr-defined]
    assert found.help
    assert all(getattr(option, "help", None) for option in found.params)
    assert runner.invoke(app, [command, "--help"]).exit_code == 0


@pytest.fixture
def in_data(processed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENDER_STATS_DATA_DIRECTORY", str(processed.parent))
    return processed


def test_check_prints_the_release(in_data: Path) -> None:
    assert runner.invoke(app, ["check"]).stdout == "release-1\n"


def test_check_speaks_json(in_data: Path) -> None:
    answer = json.loads(runner.invoke(app, ["check", "--json"]).stdout)
    assert answer["release_id"] == "release-1"
    assert Path(answer["path"]).is_relative_to(in_data)


def test_without_a_release_check_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENDER_STATS_DATA_DIRECTORY", str(tmp_path))
    result = runner.invoke(app, ["check"])
    assert result.exit_code == ReleaseUnavailable.exit_code
    assert result.stderr.count("\n") == 1
    assert "etl run" in result.stderr


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENDER_STATS_PORT", "http")
    result = runner.invoke(app, ["serve"])
    assert result.exit_code == SettingsError.exit_code
    assert "GENDER_STATS_PORT" in result.stderr


def test_another_file_is_served_where_it_is_asked_for(
    in_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = publish_test_release(tmp_path / "then", "release-then")
    served: list[Settings] = []
    monkeypatch.setattr("dashboard.server.serve", served.append)
    assert runner.invoke(app, ["serve", "--release", str(then)]).exit_code == 0
    assert [settings.release for settings in served] == [then]
    monkeypatch.setenv("GENDER_STATS_RELEASE", str(then))
    assert runner.invoke(app, ["check"]).stdout == "release-then\n"


def test_a_file_that_is_not_there_is_not_served(in_data: Path) -> None:
    result = runner.invoke(app, ["serve", "--release", "khong-co.duckdb"])
    assert result.exit_code == 2
    assert "khong-co.duckdb" in result.stderr
