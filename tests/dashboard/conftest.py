"""A published small release, and the board served on it for the tests that drive a browser.

The release, the server and the browser are made once per test process. Waiting is for conditions;
the timeouts only bound how long a loaded machine may take.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dashboard.release import Release, ReleaseDoor
from tests.support.release import publish_test_release

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 90  # seconds
expect.set_options(timeout=PATIENCE * 1000)
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "screenshots"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``data/processed`` with the small release in force; only to be read."""
    processed = tmp_path_factory.mktemp("published") / "processed"
    publish_test_release(processed)
    return processed


@pytest.fixture(scope="session")
def door(published: Path) -> ReleaseDoor:
    return ReleaseDoor(published)


@pytest.fixture(scope="session")
def release(door: ReleaseDoor) -> Release:
    return door.current()


@pytest.fixture
def processed(published: Path, tmp_path: Path) -> Path:
    """A copy of it for tests that publish something themselves."""
    shutil.copytree(published, tmp_path / "processed")
    return tmp_path / "processed"


@dataclass(frozen=True)
class Board:
    """A served board: its address and the directory that it reads."""

    url: str
    processed: Path


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """The board on the small release."""
    directory = tmp_path_factory.mktemp("board")
    publish_test_release(directory / "processed")
    with served(directory, free_port()) as board:
        yield board


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(directory: Path, port: int) -> Iterator[Board]:
    """The board as users get it: the console command, several workers."""
    command = [sys.executable, "-c", "from dashboard.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "2"],
        env={**os.environ, "GENDER_STATS_DATA_DIRECTORY": str(directory)},
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/healthz")
        yield Board(f"http://127.0.0.1:{port}", directory / "processed")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_until_served(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):
                return
        except OSError:  # not listening yet
            time.sleep(0.2)
    pytest.fail(f"the board did not answer at {url} within {PATIENCE} seconds")


@pytest.fixture(scope="session")
def context() -> Iterator[BrowserContext]:
    """A real Chromium with one cache; without one the tests fail, they are never skipped."""
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
        yield readers_context(browser)
        browser.close()


def readers_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of a reader who has been here before: the hints for a first visit are closed."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(
        "localStorage.setItem('hints', localStorage.getItem('hints') ?? 'closed')"
    )
    return context


CHARTS_ARE_DRAWN = """() => [...document.querySelectorAll(".graph")]
  .every(graph => graph.querySelector(".main-svg .js-line, .main-svg .point"))"""
PAINTED = """() => document.fonts.ready.then(() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))"""


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
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until charts are drawn, fonts are there and the layout has been painted."""
        self.page.wait_for_function(CHARTS_ARE_DRAWN)
        self.page.evaluate(PAINTED)

    def in_theme(self, theme: Literal["light", "dark"]) -> None:
        """Change the theme of the system, which the page follows at once."""
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")
        self.page.wait_for_function("() => document.getAnimations().length === 0")
        self.settle()

    def keep(self, name: str) -> None:
        """Save what is seen, for people to look at."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)

    def _listen(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.complaints.append(str(getattr(message, "text", message)))

    def _watch(self, url: str) -> None:
        if not url.startswith((self.board.url, "data:", "blob:")):
            self.foreign.append(url)


@pytest.fixture
def visit(context: BrowserContext, board: Board) -> Iterator[Visit]:
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    yield Visit(page, board)
    page.close()
