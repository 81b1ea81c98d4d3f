"""The set-up script on machines that lack one thing or another, and the make targets around it.

Every machine here is a directory with the script and a ``bin`` that holds a few real tools and
fakes of the rest; nothing is installed and nothing outside the directory is touched.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REAL_TOOLS = (
    *("bash", "cp", "dirname", "env", "find", "grep", "head", "ln", "mkdir", "readlink"),
    *("rm", "sort", "timeout", "touch"),
)

PYTHON = """
case "$*" in
  "-c import sys; sys.exit"*) exit {too_old} ;;
  "-c import ensurepip"*) [ -e "$MACHINE/has-venv" ] ;;
  "-c import sys; print"*) echo 3.12 ;;
  "-m venv"*) mkdir -p .tools/uv/bin && cp "$0" .tools/uv/bin/python ;;
  "-m pip install"*) cp "$MACHINE/uv" .tools/uv/bin/uv ;;
esac
"""
UV = "mkdir -p .venv"
APT_THAT_WORKS = 'touch "$MACHINE/has-venv"'


@dataclass(frozen=True)
class Machine:
    """A directory that stands for a machine."""

    home: Path

    def add(self, name: str, body: str) -> None:
        """Add a command that notes how it was called and then does ``body``."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/bash\necho "{path.name} $*" >> "$MACHINE/calls"\n{body}\n')
        path.chmod(0o755)

    def set_up(self, what: str) -> subprocess.CompletedProcess[str]:
        """Run the script with nothing else on the path."""
        return subprocess.run(
            ["bash", "scripts/setup.sh", what],
            cwd=self.home,
            env={"PATH": str(self.home / "bin"), "MACHINE": str(self.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """What was called, in order."""
        noted = self.home / "calls"
        return noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.sh", tmp_path / "scripts")
    (tmp_path / "bin").mkdir()
    for tool in REAL_TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is needed"
        (tmp_path / "bin" / tool).symlink_to(found)
    new = Machine(tmp_path)
    new.add("bin/id", "echo 1000")
    return new


class TestPython:
    def test_uv_that_is_there_syncs_the_lock_with_the_system_python(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("bin/uv", UV)
        assert machine.set_up("python").returncode == 0
        assert (
            machine.calls()[-1] == f"uv sync --quiet --locked --python {machine.home}/bin/python3"
        )
        assert (machine.home / ".venv" / ".synced").exists()
        assert not (machine.home / ".tools").exists()

    def test_a_newer_python_under_its_own_name_will_do(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=1))
        machine.add("bin/python3.12", PYTHON.format(too_old=0))
        machine.add("bin/uv", UV)
        assert machine.set_up("python").returncode == 0
        assert machine.calls()[-1].endswith("bin/python3.12")

    def test_an_old_python_is_refused_in_both_languages(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=1))
        done = machine.set_up("python")
        assert done.returncode == 1
        assert "Cần Python 3.11 trở lên" in done.stderr
        assert "Python 3.11 or newer is needed" in done.stderr

    def test_uv_is_installed_beside_the_project_when_absent(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("uv", UV)
        (machine.home / "has-venv").touch()
        assert machine.set_up("python").returncode == 0
        assert (machine.home / ".tools/bin/uv").resolve() == machine.home / ".tools/uv/bin/uv"
        assert machine.calls()[-1].startswith("uv sync")

    def test_the_venv_package_is_installed_when_absent(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("uv", UV)
        machine.add("bin/id", "echo 0")
        machine.add("bin/apt-get", APT_THAT_WORKS)
        assert machine.set_up("python").returncode == 0
        assert any(
            call.startswith("apt-get") and call.endswith("python3.12-venv")
            for call in machine.calls()
        )

    def test_sudo_is_used_when_not_root(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("uv", UV)
        machine.add("bin/apt-get", APT_THAT_WORKS)
        machine.add("bin/sudo", '"$@"')
        assert machine.set_up("python").returncode == 0
        assert any(call.startswith("sudo apt-get") for call in machine.calls())

    def test_without_root_and_sudo_it_says_what_is_missing(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("bin/apt-get", APT_THAT_WORKS)
        done = machine.set_up("python")
        assert done.returncode == 1
        assert "Cần quyền root hoặc sudo" in done.stderr

    def test_a_failed_sync_leaves_no_stamp(self, machine: Machine) -> None:
        machine.add("bin/python3", PYTHON.format(too_old=0))
        machine.add("bin/uv", "mkdir -p .venv; exit 2")
        done = machine.set_up("python")
        assert done.returncode == 1
        assert "uv.lock" in done.stderr
        assert not (machine.home / ".venv" / ".synced").exists()


class TestChromium:
    def test_a_browser_that_is_there_is_linked(self, machine: Machine) -> None:
        machine.add("bin/google-chrome-stable", "echo Google Chrome 150")
        assert machine.set_up("chromium").returncode == 0
        link = machine.home / ".tools/bin/chromium"
        assert link.resolve() == machine.home / "bin/google-chrome-stable"

    def test_a_browser_inside_snap_is_passed_over(self, machine: Machine) -> None:
        machine.add("bin/chromium-browser", 'exec /snap/bin/chromium "$@"')
        machine.add("bin/google-chrome", "echo Google Chrome 150")
        assert machine.set_up("chromium").returncode == 0
        link = machine.home / ".tools/bin/chromium"
        assert link.resolve() == machine.home / "bin/google-chrome"

    def test_a_browser_that_does_not_start_is_passed_over(self, machine: Machine) -> None:
        machine.add("bin/chromium", "exit 127")
        machine.add("bin/google-chrome", "echo Google Chrome 150")
        assert machine.set_up("chromium").returncode == 0
        link = machine.home / ".tools/bin/chromium"
        assert link.resolve() == machine.home / "bin/google-chrome"

    def test_playwright_brings_its_own_when_no_package_can(self, machine: Machine) -> None:
        machine.add(
            ".venv/bin/python",
            'mkdir -p "$PLAYWRIGHT_BROWSERS_PATH/chromium-1/chrome-linux"\n'
            'cp "$0" "$PLAYWRIGHT_BROWSERS_PATH/chromium-1/chrome-linux/chrome"',
        )
        assert machine.set_up("chromium").returncode == 0
        assert machine.calls()[-1] == "python -m playwright install --with-deps chromium"
        link = machine.home / ".tools/bin/chromium"
        assert link.resolve().name == "chrome"

    def test_without_any_it_says_what_to_do(self, machine: Machine) -> None:
        machine.add(".venv/bin/python", "exit 1")
        done = machine.set_up("chromium")
        assert done.returncode == 1
        assert "Hãy tự cài Chromium hoặc Google Chrome" in done.stderr
        assert "Install Chromium or Google Chrome yourself" in done.stderr
        assert not (machine.home / ".tools/bin/chromium").exists()


class TestLibreOffice:
    def test_one_that_is_there_is_linked(self, machine: Machine) -> None:
        machine.add("bin/soffice", "exit 0")
        assert machine.set_up("soffice").returncode == 0
        link = machine.home / ".tools/bin/soffice"
        assert link.resolve() == machine.home / "bin/soffice"

    def test_without_any_it_says_what_to_do(self, machine: Machine) -> None:
        done = machine.set_up("soffice")
        assert done.returncode == 1
        assert "Hãy tự cài gói libreoffice-calc" in done.stderr
        assert "Install the package libreoffice-calc" in done.stderr
        assert not (machine.home / ".tools/bin/soffice").exists()


def _make(*arguments: str) -> str:
    return subprocess.run(
        ["make", "--no-print-directory", "--always-make", *arguments],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if not key.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


class TestMake:
    def test_help_is_the_default_and_names_every_target(self) -> None:
        named = [line.split()[1] for line in _make().splitlines()]
        targets = ["demo", "demo-full", "test", "lint", "bench", "bench-load", "clean"]
        assert named == ["help", *targets]

    def test_lints_before_it_tests_and_closes_with_the_summary_of_pytest(self) -> None:
        commands = _make("--dry-run", "test").splitlines()
        assert next(line for line in commands if "ruff" in line) < next(
            line for line in commands if "pytest" in line
        )
        assert "pytest" in commands[-1]

    def test_only_the_tests_need_libreoffice(self) -> None:
        assert "scripts/setup.sh soffice" in _make("--dry-run", "test")
        assert "soffice" not in _make("--dry-run", "demo")

    @pytest.mark.parametrize("target", ["demo", "demo-full", "test", "lint", "bench", "bench-load"])
    def test_every_target_sets_up_first(self, target: str) -> None:
        assert _make("--dry-run", target).startswith("scripts/setup.sh python")

    def test_the_ci_entry_calls_make_test_from_anywhere(self, tmp_path: Path) -> None:
        (tmp_path / "make").write_text('#!/bin/bash\necho "$PWD: make $*"\n')
        (tmp_path / "make").chmod(0o755)
        done = subprocess.run(
            [ROOT / ".ci" / "run"],
            cwd="/",
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"{ROOT}: make test\n"
