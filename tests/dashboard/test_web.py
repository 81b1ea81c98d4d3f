"""What the web server answers."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import dashboard.app
from dashboard.address import View
from dashboard.app import PAGES, create_app
from dashboard.document import EARLY_SCRIPTS
from dashboard.settings import Settings
from tests.support.release import publish_test_release


def client_of(processed: Path) -> FlaskClient:
    return create_app(Settings(data_directory=processed.parent)).server.test_client()


@pytest.fixture(scope="module")
def client(published: Path) -> FlaskClient:
    return client_of(published)


def test_health_names_the_release(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ok", "release_id": "release-1"}


def test_health_follows_a_new_release(processed: Path) -> None:
    client = client_of(processed)
    assert client.get("/healthz").get_json()["release_id"] == "release-1"
    publish_test_release(processed, "release-2")
    assert client.get("/healthz").get_json()["release_id"] == "release-2"


def test_health_fails_without_a_release(tmp_path: Path) -> None:
    answer = client_of(tmp_path / "processed").get("/healthz")
    assert answer.status_code == 503
    assert "etl run" in answer.get_json()["message"]
    assert str(tmp_path) not in answer.get_data(as_text=True)


def test_only_this_server_may_be_loaded_from(client: FlaskClient) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "http" not in policy


@pytest.mark.parametrize(
    ("address", "language"), [("/", "vi"), ("/?lang=en", "en"), ("/?lang=<script>", "vi")]
)
def test_the_document_declares_its_language(
    client: FlaskClient, address: str, language: str
) -> None:
    document = client.get(address).get_data(as_text=True)
    assert f'<html lang="{language}">' in document
    assert "<script>" not in document.partition("<body>")[0]


def test_nothing_in_the_document_comes_from_another_host(client: FlaskClient) -> None:
    document = client.get("/").get_data(as_text=True)
    assert "https://" not in document
    assert "http://" not in document


def test_what_decides_the_first_paint_stands_in_the_head_and_nowhere_else(
    client: FlaskClient,
) -> None:
    head, _, body = client.get("/").get_data(as_text=True).partition("<body>")
    data, theme, hints = (
        head.index(part) for part in ('id="dark-colours"', "early_theme.js", "early_hints.js")
    )
    assert data < theme < hints
    assert "early_" not in body
    for name in EARLY_SCRIPTS:
        assert client.get(f"/assets/{name}").status_code == 200


def test_no_word_of_the_framework_is_shown_while_waiting(client: FlaskClient) -> None:
    assert "Loading..." not in client.get("/").get_data(as_text=True)
    assert "Đang tải số liệu…" in client.get("/").get_data(as_text=True)
    assert "Loading the figures…" in client.get("/?lang=en").get_data(as_text=True)


def test_a_new_worker_serves_every_file_to_those_who_ask_first_and_at_once(
    client: FlaskClient, published: Path
) -> None:
    document = client.get("/").get_data(as_text=True)
    named = re.findall(r'src="(/_dash-component-suites/[^"]+)"', document)
    server = create_app(Settings(data_directory=published.parent)).server
    together = threading.Barrier(len(named))

    def ask(path: str) -> int:
        together.wait()
        return int(server.test_client().get(path).status_code)

    with ThreadPoolExecutor(len(named)) as readers:
        answers = list(readers.map(ask, named))
    assert len(named) > 5
    assert set(answers) == {200}


def test_a_worker_has_drawn_every_page_before_readers_come(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def watched(_: object, view: View) -> list[object]:
        drawn.append(view.path)
        return []

    monkeypatch.setattr(dashboard.app, "render", watched)
    create_app(Settings(data_directory=published.parent), rehearsed=True)
    assert drawn == [page.path for page in PAGES]


def test_a_worker_starts_without_a_release(tmp_path: Path) -> None:
    app = create_app(Settings(data_directory=tmp_path), rehearsed=True)
    assert app.server.test_client().get("/").status_code == 200


@pytest.mark.parametrize("weight", [400, 500, 600])
@pytest.mark.parametrize("script", ["vietnamese", "latin", "latin-ext"])
def test_fonts_are_served_here(client: FlaskClient, script: str, weight: int) -> None:
    path = f"/assets/fonts/be-vietnam-pro-{script}-{weight}-normal.woff2"
    assert client.get(path).get_data()[:4] == b"wOF2"
    assert path.removeprefix("/assets/") in client.get("/assets/a_fonts.css").get_data(as_text=True)


def test_the_font_comes_with_its_licence(client: FlaskClient) -> None:
    assert b"SIL Open Font License" in client.get("/assets/fonts/OFL.txt").get_data()


def test_answers_are_compressed(client: FlaskClient) -> None:
    answer = client.get("/_dash-layout", headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get("Content-Encoding") == "gzip"
