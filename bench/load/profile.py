"""Where the time of an answer goes: the parts of the board are wrapped here, in one process.

Counted is time of the processor, which other work of the machine does not lengthen; the addresses
are such as nobody has opened.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import dash._callback
import flask_compress.flask_compress as compression

import dashboard.app
from bench.load.questions import CALLBACK, questions
from bench.load.sessions import addresses
from dashboard.release import Release, ReleaseDoor
from dashboard.server import _server
from dashboard.settings import Settings

PARTS: Final = {
    "query": "questions to DuckDB",
    "layout": "components and figures of the page",
    "surroundings": "what stands around it: navigation, filters, footer",
    "serialisation": "writing JSON",
    "compression": "compressing it",
    "rest": "Dash, Flask and everything else",
}
_ADDRESSES: Final = 8  # of each page


class Clock:
    """Time by part; a part within another is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._within: list[float] = []  # time of inner parts, one entry per open part

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted as that of a part."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self.counting(part):
                return function(*args, **kwargs)

        return wrapped

    @contextmanager
    def counting(self, part: str) -> Iterator[None]:
        """Count what happens inside."""
        self._within.append(0.0)
        start = time.process_time()
        try:
            yield
        finally:
            whole = time.process_time() - start
            self.seconds[part] += whole - self._within.pop()
            if self._within:
                self._within[-1] += whole


def profile(data: Path) -> dict[str, dict[str, float]]:
    """Milliseconds of processor of one answer by page and part; page "" is all of them together."""
    known = addresses(ReleaseDoor(data / "processed").current())
    clock = Clock()
    _wrap(clock)
    client = _server(Settings(data_directory=data)).test_client()
    asked = questions(lambda path: client.get(path).get_data())
    found: dict[str, dict[str, float]] = {}
    for page in known.new:
        client.get("/")
        _ask(client, asked, known.popular[page][0])  # what a page needs once is there
        clock.seconds.clear()
        opened = known.new[page][-_ADDRESSES:] or known.popular[page][1:]
        for address in opened:
            with clock.counting("rest"):
                _ask(client, asked, address)
        found[page] = {part: clock.seconds[part] / len(opened) * 1000 for part in PARTS}
    found[""] = {part: sum(page[part] for page in found.values()) / len(found) for part in PARTS}
    return found


def _ask(client: Any, asked: Any, address: str) -> None:
    headers = {"Accept-Encoding": "br", "Content-Type": "application/json"}
    for question in asked:
        answer = client.post(CALLBACK, data=question.asked(address), headers=headers)
        if answer.status_code != 200:
            raise SystemExit(f"{address} was answered with {answer.status_code}")


def _wrap(clock: Clock) -> None:
    app: Any = dashboard.app
    release: Any = Release
    release._ask = clock.timed("query", release._ask)
    app.PAGES = tuple(
        replace(page, layout=clock.timed("layout", page.layout)) for page in app.PAGES
    )
    app.surroundings = clock.timed("surroundings", app.surroundings)
    app.written = clock.timed("serialisation", app.written)
    callback: Any = dash._callback
    callback.to_json = clock.timed("serialisation", callback.to_json)
    compression._compress_data = clock.timed("compression", compression._compress_data)


def profiled(data: Path) -> Mapping[str, Mapping[str, float]]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.load.profile", str(data)]
    as_served = {**os.environ, "POLARS_MAX_THREADS": "1"}
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=as_served).stdout
    found: dict[str, dict[str, float]] = json.loads(answer.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(json.dumps(profile(Path(sys.argv[1]))))
