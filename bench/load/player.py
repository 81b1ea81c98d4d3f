"""``python -m bench.load.player``: one process of readers; its job comes in, its result goes out.

A reader is a thread with one connection, kept open as a browser keeps it: it asks, reads the whole
answer, thinks, asks again (closed loop). Every first answer of an address is unpacked and read.
"""

from __future__ import annotations

import gzip
import http.client
import random
import resource
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import brotli
import orjson

from bench.load.questions import CALLBACK, EMPTY, Question

HEADERS: Final = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}
UNPACK: Final = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
_SEED: Final = 2030
_LONGEST_WAIT: Final = 60  # seconds


@dataclass
class Play:
    """What one process plays."""

    job: dict[str, Any]
    questions: list[Question]
    records: list[tuple[str, str, str, float, int, bool]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    new: dict[str, Iterator[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def never_opened(self, page: str) -> str:
        """An address that nobody has opened; those of the page go round when they are used up."""
        with self.lock:
            return next(self.new[page])


class Reader:
    """One reader with a connection of its own."""

    def __init__(self, play: Play, number: int) -> None:
        self.play = play
        self.chance = random.Random(f"{_SEED}-{number}")
        self.number = number
        self.connection = self._connect()

    def read(self) -> None:
        """Play sessions until the time is over."""
        job = self.play.job
        end = time.time() + job["seconds"]
        thinking = job["think"]
        mean = self._session()["think"]
        time.sleep(self.chance.uniform(0, mean) if thinking else 0)
        while time.time() < end:
            session = self._session()
            for page in session["pages"]:
                self._open(page)
                if thinking:
                    time.sleep(self.chance.expovariate(1 / session["think"]))
                if time.time() >= end:
                    return

    def _session(self) -> dict[str, Any]:
        sessions = self.play.job["sessions"]
        session: dict[str, Any]
        (session,) = self.chance.choices(sessions, [one["share"] for one in sessions])
        return session

    def _open(self, page: str) -> None:
        is_new = self.chance.random() < self.play.job["new_share"] and page in self.play.new
        if is_new:
            address = self.play.never_opened(page)
        else:
            # The first of the popular ones is opened as often as the other eleven together.
            known = self.play.job["popular"][page]
            address = known[0] if self.chance.random() < 0.5 else self.chance.choice(known)
        for question in self.play.questions:
            milliseconds, size, is_good = self._ask(question, address)
            kind = "new" if is_new else "known"
            self.play.records.append((question.name, page, kind, milliseconds, size, is_good))

    def _ask(self, question: Question, address: str) -> tuple[float, int, bool]:
        body = question.asked(address)
        start = time.perf_counter()
        try:
            status, encoding, content = self._post(body)
        except (OSError, http.client.HTTPException):
            self.connection = self._connect()
            return (time.perf_counter() - start) * 1000, 0, False
        milliseconds = (time.perf_counter() - start) * 1000
        return (
            milliseconds,
            len(content),
            status == 200 and self._is_good(question, address, encoding, content),
        )

    def _post(self, body: bytes) -> tuple[int, str | None, bytes]:
        try:
            self.connection.request("POST", CALLBACK, body, HEADERS)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server had closed an idle connection: a browser opens another and asks again.
            self.connection = self._connect()
            self.connection.request("POST", CALLBACK, body, HEADERS)
            answer = self.connection.getresponse()
        return answer.status, answer.headers.get("Content-Encoding"), answer.read()

    def _is_good(
        self, question: Question, address: str, encoding: str | None, content: bytes
    ) -> bool:
        key = f"{question.name} {address}"
        if key in self.play.seen or question.name.startswith(EMPTY):
            return bool(content)
        text = UNPACK[encoding](content)
        self.play.seen.add(key)
        return b'"response"' in text and not any(
            fault.encode() in text for fault in self.play.job["faults"]
        )

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.play.job["port"], timeout=_LONGEST_WAIT)


def _round(values: list[str]) -> Iterator[str]:
    while True:
        yield from values


def main() -> None:
    """Say that the imports are over, then play the job of the standard input."""
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    job = orjson.loads(sys.stdin.buffer.read())
    play = Play(job, [Question(**one) for one in job["questions"]])
    play.new = {page: _round(values) for page, values in job["new"].items() if values}
    readers = [Reader(play, number) for number in range(job["first"], job["first"] + job["users"])]
    threads = [threading.Thread(target=reader.read) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    sys.stdout.buffer.write(orjson.dumps({"records": play.records, "cpu": cpu}))


if __name__ == "__main__":
    main()
