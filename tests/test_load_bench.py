"""The load test asks what a browser asks, opens every page, and counts rightly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from bench.load.first_view import FirstView
from bench.load.percentiles import times
from bench.load.player import Play, Reader
from bench.load.profile import PARTS, Clock
from bench.load.questions import CALLBACK, Question, questions
from bench.load.report import Result, report
from bench.load.server import Played, Record
from bench.load.sessions import POPULAR, SESSIONS, addresses
from dashboard.app import PAGES, create_app
from dashboard.release import ReleaseDoor
from dashboard.settings import Settings
from tests.support.release import publish_test_release


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("load") / "processed"
    publish_test_release(directory)
    return directory


@pytest.fixture(scope="module")
def asked(processed: Path) -> list[Question]:
    client = create_app(Settings(data_directory=processed.parent)).server.test_client()
    return questions(lambda path: client.get(path).get_data())


def test_the_callback_that_draws_pages_is_found(asked: list[Question]) -> None:
    assert [one.name for one in asked] == ["main.children"]


def test_a_question_carries_the_address_as_the_browser_splits_it(asked: list[Question]) -> None:
    body = orjson.loads(asked[0].asked("/chi-tieu?target=NSGE-2.1&lang=en"))
    values = {one["property"]: one["value"] for one in body["inputs"]}
    assert values == {"pathname": "/chi-tieu", "search": "?target=NSGE-2.1&lang=en"}
    assert body["outputs"][0] == {"id": "main", "property": "children"}


def test_every_page_is_opened_by_somebody_at_addresses_that_differ(processed: Path) -> None:
    known = addresses(ReleaseDoor(processed).current())
    paths = {page.path for page in PAGES}
    assert set(known.popular) == set(known.new) == paths
    assert {path for session in SESSIONS for path in session.pages} == paths
    for path in paths:
        assert known.popular[path][0] == path
        assert len(known.popular[path]) <= POPULAR
        assert not set(known.popular[path]) & set(known.new[path])


def test_every_address_of_the_test_is_answered_by_a_page(
    processed: Path, asked: list[Question]
) -> None:
    client = create_app(Settings(data_directory=processed.parent)).server.test_client()
    known = addresses(ReleaseDoor(processed).current())
    for address in (values[-1] for values in known.popular.values()):
        answer = client.post(
            CALLBACK, data=asked[0].asked(address), content_type="application/json"
        )
        assert answer.status_code == 200
        assert "main" in answer.get_json()["response"]


@pytest.mark.parametrize(
    ("content", "is_good"),
    [(b'{"response":{}}', True), (b'{"response":"Broken"}', False), (b"", False)],
)
def test_a_page_that_tells_of_a_fault_counts_as_failed(content: bytes, is_good: bool) -> None:
    reader = Reader(Play({"port": 1, "faults": ["Broken"]}, []), 0)
    question = Question("main.children", {}, "address")
    assert reader._is_good(question, "/", None, content) is is_good


def test_percentiles_are_times_that_were_measured() -> None:
    records = [
        Record("main.children", "/", "known", float(number), 2000, number != 7)
        for number in range(1, 101)
    ]
    found = times(records)
    assert (found.p50, found.p95, found.p99) == (50, 95, 99)
    assert (found.count, found.errors, found.kilobytes) == (100, 1, 2)


def test_time_within_a_part_is_counted_once() -> None:
    clock = Clock()
    with clock.counting("layout"), clock.counting("query"):
        sum(range(200_000))
    assert clock.seconds["query"] > 0
    assert clock.seconds["layout"] < clock.seconds["query"]


def played(milliseconds: float, is_good: bool = True) -> Played:
    record = Record("main.children", "/", "known", milliseconds, 2000, is_good)
    return Played([record] * 20, 2.0, client_cpu=0.1, server_cpu=0.5)


def result(*steps: float, thinking: float = 80) -> Result:
    """Readers that wait so many milliseconds: 50 of them, then 100, 200 …"""
    return Result(
        users=50,
        first=[played(900)],
        thinking=[played(thinking)],
        capacity=[played(200)],
        limit=[played(10)],
        steps={100 * (number + 1): played(one) for number, one in enumerate(steps)},
        memory=[[100.0, 120.0]],
        views={"gzip": [FirstView(1.5, 500_000, 70_000, 25, 0)]},
        shares={"/": dict.fromkeys(PARTS, 10.0), "": dict.fromkeys(PARTS, 10.0)},
        busy=0.0,
    )


def test_the_report_says_whether_the_aim_is_met() -> None:
    assert "p95 80 ms with 50 readers, 0 failed: the aim of 100 ms is met" in report(result(90))
    assert "the aim of 100 ms is not met" in report(result(90, thinking=101))


def test_a_failed_answer_misses_the_aim() -> None:
    failing = replace(result(90), thinking=[played(80, is_good=False)])
    assert "20 failed: the aim of 100 ms is not met" in report(failing)


@pytest.mark.parametrize(
    ("steps", "thinking", "said"),
    [
        ((200, 299), 80, "p95 stays below 300 ms up to 200 readers"),
        ((200, 301), 80, "p95 passes 300 ms between 100 and 200 readers"),
        ((301,), 80, "p95 passes 300 ms between 50 and 100 readers"),
        ((301,), 400, "p95 is above 300 ms with 50 readers already"),
    ],
)
def test_the_report_says_how_many_readers_are_too_many(
    steps: tuple[float, ...], thinking: float, said: str
) -> None:
    assert said in report(result(*steps, thinking=thinking))
