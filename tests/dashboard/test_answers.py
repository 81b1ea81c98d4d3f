"""Finished answers are kept and sent again, and never longer than they are true."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from dash import html
from dash._utils import to_json
from flask.testing import FlaskClient

import dashboard.app
from dashboard import answers
from dashboard.address import View, read_address
from dashboard.answers import Answers, Kept
from dashboard.app import create_app, render
from dashboard.release import ReleaseDoor
from dashboard.serialise import written
from dashboard.settings import Settings
from dashboard.texts import Words
from indicators.releases import POINTER_FILE
from tests.dashboard.test_pages import ADDRESSES
from tests.support.release import publish_test_release

GZIP = {"Accept-Encoding": "gzip"}


class Reader:
    """A browser that asks the board's own server."""

    def __init__(self, processed: Path) -> None:
        self.client: FlaskClient = create_app(
            Settings(data_directory=processed.parent)
        ).server.test_client()
        declared = self.client.get("/_dash-dependencies").get_json()
        self.output = next(
            one["output"] for one in declared if one["output"].startswith("..main.children")
        )

    def body(self, address: str = "/", **beside: Any) -> dict[str, Any]:
        """What dash-renderer sends."""
        path, _, search = address.partition("?")
        names = self.output.strip(".").split("...")
        values = {"pathname": path, "search": f"?{search}" if search else ""}
        return {
            "output": self.output,
            "outputs": [
                dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names
            ],
            "inputs": [
                {"id": "address", "property": name, "value": value}
                for name, value in values.items()
            ],
            "changedPropIds": ["address.pathname"],
            **beside,
        }

    def ask(self, address: str = "/", headers: dict[str, str] = GZIP, **beside: Any) -> Any:
        """The answer to an address."""
        body = self.body(address, **beside)
        return self.client.post("/_dash-update-component", json=body, headers=headers)


@pytest.fixture
def reader(processed: Path) -> Reader:
    return Reader(processed)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views that were drawn, one after the other."""
    views: list[View] = []

    def watched(door: ReleaseDoor, view: View) -> list[Any]:
        views.append(view)
        return render(door, view)

    monkeypatch.setattr(dashboard.app, "render", watched)
    return views


@pytest.mark.parametrize("address", ADDRESSES)
def test_components_are_written_as_dash_writes_them(door: ReleaseDoor, address: str) -> None:
    path, _, search = address.partition("?")
    drawn = render(door, read_address(path, search))
    assert orjson.loads(to_json([written(part) for part in drawn])) == orjson.loads(to_json(drawn))


def test_what_is_no_component_has_no_place_in_an_answer() -> None:
    with pytest.raises(TypeError):
        written(object())


def test_the_same_question_is_drawn_once_and_answered_alike(
    reader: Reader, drawn: list[View]
) -> None:
    first, second = reader.ask("/?locality=33@2025"), reader.ask("/?locality=33@2025")
    assert len(drawn) == 1
    assert second.get_data() == first.get_data()
    told = {name: value for name, value in first.headers.items() if name != "Date"}
    assert {name: value for name, value in second.headers.items() if name != "Date"} == told
    assert second.headers["Content-Encoding"] == "gzip"
    assert "default-src 'self'" in second.headers["Content-Security-Policy"]


def test_which_part_of_the_address_changed_makes_no_difference(
    reader: Reader, drawn: list[View]
) -> None:
    first = reader.ask(changedPropIds=["address.pathname"])
    assert reader.ask(changedPropIds=["address.search"]).get_data() == first.get_data()
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/?locality=33@2025", GZIP),
        ("/?lang=en", GZIP),
        ("/chi-tieu", GZIP),
        ("/", {"Accept-Encoding": "br"}),
        ("/", {}),
    ],
)
def test_another_question_is_another_answer(
    reader: Reader, drawn: list[View], address: str, headers: dict[str, str]
) -> None:
    first, other = reader.ask("/"), reader.ask(address, headers)
    assert len(drawn) == 2
    assert other.get_data() != first.get_data()


def test_a_new_release_is_drawn_anew(reader: Reader, processed: Path) -> None:
    assert b"release-1" in reader.ask(headers={}).get_data()
    publish_test_release(processed, "release-2")
    assert b"release-2" in reader.ask(headers={}).get_data()


def test_a_release_published_while_a_page_is_drawn_is_not_kept_as_the_former(
    reader: Reader, processed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = (processed / POINTER_FILE).read_text(encoding="utf-8")

    def meanwhile(door: ReleaseDoor, view: View) -> list[Any]:
        publish_test_release(processed, "release-2")
        return render(door, view)

    monkeypatch.setattr(dashboard.app, "render", meanwhile)
    assert b"release-2" in reader.ask(headers={}).get_data()
    monkeypatch.setattr(dashboard.app, "render", render)
    (processed / POINTER_FILE).write_text(former, encoding="utf-8")
    assert b"release-1" in reader.ask(headers={}).get_data()


def test_a_new_day_is_drawn_anew(
    reader: Reader, drawn: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.ask()
    monkeypatch.setattr(answers, "today", lambda: "another day")
    reader.ask()
    assert len(drawn) == 2


def test_a_page_that_failed_is_tried_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> html.Div:
        raise ValueError("a fault of ours")

    overview, *others = dashboard.app.PAGES
    with monkeypatch.context() as broken, caplog.at_level(logging.CRITICAL):
        broken.setattr(dashboard.app, "PAGES", (replace(overview, layout=failing), *others))
        failed = reader.ask(headers={}).get_data(as_text=True)
    assert Words("vi")("fault.program") in failed
    assert Words("vi")("fault.program") not in reader.ask(headers={}).get_data(as_text=True)


def test_without_a_release_nothing_is_kept(reader: Reader, processed: Path) -> None:
    pointer = processed / POINTER_FILE
    former = pointer.read_text(encoding="utf-8")
    pointer.unlink()
    assert b"release-1" not in reader.ask(headers={}).get_data()
    pointer.write_text(former, encoding="utf-8")
    assert b"release-1" in reader.ask(headers={}).get_data()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"no json", b'{"output": 1}'])
def test_a_question_that_is_none_stays_with_dash(reader: Reader, body: bytes) -> None:
    reader.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = reader.client.post(
        "/_dash-update-component", data=body, content_type="application/json"
    )
    assert answer.status_code >= 400


def test_files_of_libraries_are_kept_compressed_with_their_life(reader: Reader) -> None:
    document = reader.client.get("/").get_data(as_text=True)
    path = document.partition('src="/_dash-component-suites/')[2].partition('"')[0]
    first, second = (
        reader.client.get(f"/_dash-component-suites/{path}", headers=GZIP) for _ in range(2)
    )
    assert second.get_data() == first.get_data()
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]


def kept(size: int) -> Kept:
    return Kept(b"x" * size, "text/plain", ())


def test_the_bytes_kept_have_a_bound_and_what_was_asked_for_last_stays() -> None:
    held = Answers(most_bytes=10)
    held.keep("a", kept(4))
    held.keep("b", kept(4))
    assert held.find("a")
    held.keep("c", kept(4))
    assert held.find("b") is None
    assert held.find("a")
    assert held.find("c")


def test_an_answer_kept_twice_counts_once() -> None:
    held = Answers(most_bytes=10)
    for _ in range(5):
        held.keep("a", kept(6))
    held.keep("b", kept(4))
    assert held.find("a")


def test_an_answer_larger_than_the_bound_is_not_kept_and_drives_nothing_out() -> None:
    held = Answers(most_bytes=10)
    held.keep("a", kept(4))
    held.keep("b", kept(11))
    assert held.find("a")
    assert held.find("b") is None
