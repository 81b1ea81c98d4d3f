"""A published small release, and the board served on it for the tests that drive a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.release import Release, ReleaseDoor
from tests.support.release import publish_test_release

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "screenshots"


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    """A ``data/processed`` with the small release in force."""
    publish_test_release(tmp_path / "processed")
    return tmp_path / "processed"


@pytest.fixture
def door(processed: Path) -> ReleaseDoor:
    return ReleaseDoor(processed)


@pytest.fixture
def release(door: ReleaseDoor) -> Release:
    return door.current()


@dataclass(frozen=True)
class Board:
    """A served board: its address and the directory that it reads."""

    url: str
    processed: Path


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """The board as users get it: the console command, several workers."""
    directory = tmp_path_factory.mktemp("board")
    publish_test_release(directory / "processed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from dashboard.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "2"],
        env={**os.environ, "GENDER_STATS_DATA_DIRECTORY": str(directory)},
    )
    try:
        _wait_until_served(f"http://127.0.0.1:{port}/healthz")
        yield Board(f"http://127.0.0.1:{port}", directory / "processed")
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_served(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the board did not answer at {url} within a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one the tests fail, they are never skipped."""
    executable = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if executable is None:
        pytest.fail(
            "Không tìm thấy Chromium: hãy cài gói chromium (no Chromium on PATH, looked for "
            + ", ".join(CHROMIUM_NAMES)
            + ")"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Visit:
    """A browser page that remembers every complaint and every request."""

    def __init__(self, page: Page, board: Board) -> None:
        self.page = page
        self.board = board
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))

    def open(self, address: str) -> Page:
        """Open an address of the board and wait until its page has arrived."""
        self.page.goto(self.board.url + address)
        self.page.wait_for_selector("#title")
        return self.page

    def keep(self, name: str) -> None:
        """Save what is seen, for people to look at."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)

    def _listen(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.complaints.append(str(getattr(message, "text", message)))

    def _watch(self, url: str) -> None:
        if not url.startswith((self.board.url, "data:", "blob:")):
            self.foreign.append(url)


@pytest.fixture
def visit(browser: Browser, board: Board) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(20_000)
    yield Visit(page, board)
    page.close()
