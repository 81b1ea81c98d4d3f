"""What is handed to operators fits the program: unit files, scheduled tasks, documented codes."""

import configparser
import re
import sys
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger
from defusedxml.ElementTree import fromstring

import dashboard.cli
import etl.cli
from indicators import errors

ROOT = Path(__file__).parents[1]
SYSTEMD = ROOT / "deploy" / "systemd"
WINDOWS = ROOT / "deploy" / "windows"
GUIDE = (ROOT / "docs" / "how-to" / "operate.md").read_text(encoding="utf-8")
MAIN = {"etl": etl.cli.main, "dashboard": dashboard.cli.main}
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def _unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(SYSTEMD / name)
    return unit


def test_the_timer_makes_up_for_missed_turns_of_the_etl() -> None:
    assert _unit("gender-indicators-etl.timer")["Timer"]["Persistent"] == "true"
    assert _unit("gender-indicators-etl.service")["Service"]["ExecStart"].endswith("/etl run")


def test_a_run_beside_another_is_no_failed_unit() -> None:
    accepted = _unit("gender-indicators-etl.service")["Service"]["SuccessExitStatus"]
    assert int(accepted) == errors.PipelineBusy.exit_code


def test_services_and_cron_work_on_the_same_data() -> None:
    set_to = {
        _unit(path.name)["Service"]["Environment"] for path in SYSTEMD.glob("*.service")
    } | set(
        re.findall(r"(?m)^GENDER_STATS_.*$", (ROOT / "deploy/cron/gender-indicators").read_text())
    )
    assert set_to == {"GENDER_STATS_DATA_DIRECTORY=/var/lib/gender-indicators"}


def test_the_crontab_has_times_a_user_and_a_command_that_cron_takes_whole() -> None:
    lines = (ROOT / "deploy/cron/gender-indicators").read_text(encoding="utf-8").splitlines()
    turns = [line for line in lines if re.match(r"[@*\d]", line)]
    assert len(turns) == 2
    for turn in turns:
        times, user, command = re.fullmatch(
            r"(@reboot|(?:\S+\s+){5})\s*(\S+)\s+(.+)", turn
        ).groups()  # type: ignore[union-attr]
        if times != "@reboot":
            CronTrigger.from_crontab(times)  # raises where a field cannot be read
        assert user == "gender-stats"
        assert command.startswith("cd /opt/gender-indicators && ")
        assert "%" not in command  # cron would cut the command there


@pytest.mark.parametrize(
    ("file", "command"),
    [("etl-run.xml", r"\etl.exe run"), ("dashboard.xml", r"\dashboard.exe serve")],
)
def test_a_windows_task_starts_one_console_command(file: str, command: str) -> None:
    task = fromstring((WINDOWS / file).read_text(encoding="utf-8"))
    (action,) = task.iter(f"{TASK}Exec")
    assert command in f"{action.findtext(f'{TASK}Command')} {action.findtext(f'{TASK}Arguments')}"
    assert task.findtext(f"{TASK}Settings/{TASK}MultipleInstancesPolicy") == "IgnoreNew"


def test_every_exit_code_is_documented_for_operators() -> None:
    documented = {int(code) for code in re.findall(r"(?m)^\| (\d) \|", GUIDE)}
    raised = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.GenderStatisticsError)
    }
    assert documented == {0, etl.cli.REFUSED_EXIT_CODE} | raised


@pytest.mark.parametrize(
    "command",
    sorted(set(re.findall(r"(?m)^\| `((?:etl|dashboard)(?: [a-z][a-z-]*)+)", GUIDE))),
)
def test_every_command_of_the_guide_exists(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *words = command.split()
    monkeypatch.setattr(sys, "argv", [program, *words, "--help"])
    with pytest.raises(SystemExit) as stopped:
        MAIN[program]()
    assert stopped.value.code == 0
