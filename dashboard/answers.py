"""Finished answers, kept: a page is a pure function of the address, the release and the day.

What was drawn, written as JSON and compressed once is sent again as it is to whoever asks the same;
so are the files of component libraries, whose address changes with their content. Every process
keeps its own, bounded in bytes; what has not been asked for longest goes first.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

import orjson
from flask import Flask, Response, g, has_request_context, request
from flask_compress import Compress

from dashboard.delivery import today
from dashboard.release import ReleaseDoor
from indicators.errors import ReleaseUnavailable

MOST_BYTES: Final = 32 * 2**20  # in one process, as they are sent: compressed
_CALLBACKS: Final = "/_dash-update-component"
_FILES: Final = ("/_dash-component-suites/", "/maps/")  # those that say how long they hold
_HEADERS: Final = ("Content-Encoding", "Cache-Control")  # of the content itself
# Which parts of the address the browser saw change does not bear on the answer.
_BESIDE_THE_POINT: Final = ("changedPropIds", "parsedChangedPropsIds")


@dataclass(frozen=True)
class Kept:
    """An answer as it went out."""

    content: bytes
    mimetype: str
    headers: tuple[tuple[str, str], ...]

    def response(self) -> Response:
        """The same answer once more."""
        return Response(self.content, mimetype=self.mimetype, headers=list(self.headers))


class Answers:
    """Answers by question, the last asked last; safe to use from several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, question: Hashable) -> Kept | None:
        """What is kept for a question."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None:
                self._kept.move_to_end(question)
            return kept

    def keep(self, question: Hashable, answer: Kept) -> None:
        """Keep an answer, at the cost of those that were not asked for longest."""
        if len(answer.content) > self._most_bytes:
            return
        with self._lock:
            known = self._kept.pop(question, None)
            self._bytes += len(answer.content) - (len(known.content) if known else 0)
            self._kept[question] = answer
            while self._bytes > self._most_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped.content)


def keep_answers(server: Flask, door: ReleaseDoor, page_callback: str) -> None:
    """Compress what is sent, and send again what is kept.

    Args:
        server: whose answers are kept.
        door: to the release; an answer belongs to the one in force.
        page_callback: how the identity of the callback that draws pages begins.
    """
    answers = Answers()

    @server.before_request
    def sent_again() -> Response | None:
        g.question = _question(door, page_callback)
        kept = answers.find(g.question) if g.question else None
        if kept is None:
            return None
        g.question = None
        return kept.response()

    @server.after_request
    def keep(response: Response) -> Response:
        question = g.get("question")
        # A release published meanwhile must not be kept under the name of the former.
        if question and response.status_code == 200 and question == _question(door, page_callback):
            kept = _kept(response)
            if kept is not None:
                answers.keep(question, kept)
        return response

    # After ``keep``, since Flask runs them backwards: what is kept is compressed.
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    Compress(server)


def not_to_be_kept() -> None:
    """The answer under way tells of a fault: the next reader's question is tried anew."""
    if has_request_context():
        g.question = None


def _question(door: ReleaseDoor, page_callback: str) -> Hashable:
    """What the answer to this request depends on; None where it is not one of those kept."""
    accepted = request.headers.get("Accept-Encoding")
    if request.method == "GET" and request.path.startswith(_FILES):
        return (request.path, accepted)
    if request.method != "POST" or request.path != _CALLBACKS:
        return None
    try:
        asked: dict[str, Any] = orjson.loads(request.get_data())
        if not str(asked["output"]).startswith(page_callback):
            return None
        told = {name: part for name, part in asked.items() if name not in _BESIDE_THE_POINT}
        # Its digest: a question may be of any length, and is kept as long as its answer.
        digest = hashlib.sha256(orjson.dumps(told)).digest()
        return (door.current().path, today(), accepted, digest)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError, ReleaseUnavailable):
        return None  # whoever answers will say what is wrong


def _kept(response: Response) -> Kept | None:
    if request.method == "GET" and not response.cache_control.max_age:
        return None  # its content may change under the same address
    headers = tuple((name, response.headers[name]) for name in _HEADERS if name in response.headers)
    return Kept(response.get_data(), response.mimetype or "", headers)
