"""The board: this file is its map.

Every page stands in ``PAGES``: its address, its name, its filters and the function that lays it
out from the release, the view and the words. One callback reads the address, draws and returns.
Dash's own page discovery is not used: it imports pages twice and rebuilds the filters with them.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html

from dashboard.address import View, read_address
from dashboard.answers import keep_answers, not_to_be_kept
from dashboard.boundaries import add_maps
from dashboard.components.fault import no_release, program_fault, unknown_page
from dashboard.document import EARLY, BoardDocument
from dashboard.downloads import TableFile, add_downloads, alone, download_addresses
from dashboard.exploration.listing import explored_table
from dashboard.exports.catalogue import catalogue_table
from dashboard.exports.changes import changes_table
from dashboard.exports.delivery import delivery_table
from dashboard.exports.locality import locality_table
from dashboard.exports.overview import overview_table
from dashboard.exports.provinces import map_table
from dashboard.exports.register import register_table
from dashboard.exports.target import target_tables
from dashboard.pages import (
    catalogue,
    changes,
    delivery,
    exploration,
    locality,
    overview,
    provinces,
    register,
    target,
    tracing,
)
from dashboard.provinces import shown_subject
from dashboard.release import Release, ReleaseDoor
from dashboard.serialise import written
from dashboard.settings import Settings
from dashboard.shell import FOLLOWING, MAIN, shell, surroundings
from dashboard.texts import Words
from dashboard.web import add_health, add_security_headers
from indicators.errors import ReleaseUnavailable

log = logging.getLogger(__name__)

Layout = Callable[[Release, View, Words], html.Div]


@dataclass(frozen=True)
class Page:
    """One page of the board."""

    path: str
    name: str  # key of its name among the texts
    filters: tuple[str, ...]
    layout: Layout


PAGES: Final = (
    Page("/", "page.overview", ("locality", "milestone", "geography"), overview.layout),
    Page(
        "/chi-tieu",
        "page.target",
        ("locality", "target", "milestone", "geography"),
        target.layout,
    ),
    Page("/dia-phuong", "page.locality", ("locality", "milestone", "geography"), locality.layout),
    Page("/kham-pha", "page.exploration", ("locality", "geography"), exploration.layout),
    Page(
        "/ban-do",
        "page.map",
        ("mapped", "group", "year", "milestone", "geography"),
        provinces.layout,
    ),
    Page("/van-ban", "page.register", ("locality", "geography"), register.layout),
    Page("/nop-bao-cao", "page.delivery", ("locality", "period", "geography"), delivery.layout),
    Page("/thay-doi", "page.changes", ("locality", "geography"), changes.layout),
    Page("/danh-muc", "page.catalogue", ("locality", "search"), catalogue.layout),
    Page("/truy-vet", "page.tracing", ("locality", "geography"), tracing.layout),
)

# The tables that a page offers to take away, by the path of the page.
TABLES: Final = {
    "/": TableFile("tong-quan", alone(overview_table)),
    "/chi-tieu": TableFile("chi-tieu", target_tables),
    "/dia-phuong": TableFile("dia-phuong", alone(locality_table)),
    "/kham-pha": TableFile("kham-pha", alone(explored_table)),
    "/ban-do": TableFile("ban-do", alone(map_table)),
    "/van-ban": TableFile("van-ban", alone(register_table)),
    "/nop-bao-cao": TableFile("nop-bao-cao", alone(delivery_table)),
    "/thay-doi": TableFile("thay-doi", alone(changes_table)),
    "/danh-muc": TableFile("danh-muc", alone(catalogue_table)),
}


def create_app(settings: Settings, *, rehearsed: bool = False) -> Dash:
    """The application; it opens the release on the first request of each worker.

    Args:
        settings: where the release lies.
        rehearsed: every page is drawn once before readers come.
    """
    door = ReleaseDoor(settings.processed, settings.release)
    app = BoardDocument(
        __name__,
        title=Words("vi")("product"),
        update_title="",
        serve_locally=True,
        use_pages=False,
        assets_ignore=EARLY,
    )
    app.layout = shell()
    keep_answers(app.server, door, page_callback=f"..{MAIN}.")
    _follow_the_address(app, door)
    add_health(app.server, door)
    add_maps(app.server)
    add_downloads(app.server, door, TABLES, filled)
    add_security_headers(app.server, app.csp_hashes())
    # Dash registers its component files during the first request of a process and lets a second
    # one pass meanwhile, which is refused every file: so the first request is our own.
    app.server.test_client().get("/")
    if rehearsed:
        _rehearse(door)
    return app


def _rehearse(door: ReleaseDoor) -> None:
    """Draw every page, so that no reader waits for what is done the first time only."""
    try:
        door.current()
    except ReleaseUnavailable:
        return  # who asks will be told
    for page in PAGES:
        render(door, View(path=page.path))


def _follow_the_address(app: Dash, door: ReleaseDoor) -> None:
    @app.callback(
        Output(MAIN, "children"),
        *(Output(component, name) for component, name in FOLLOWING),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def follow(pathname: str | None, search: str | None) -> list[Any]:
        return [written(part) for part in render(door, read_address(pathname, search))]

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("board", "navigate"),
        Input("locality", "value"),
        Input("target", "value"),
        Input("search", "value"),
        State("view", "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("exploration", "navigate"),
        Input({"explore": ALL}, "value"),
        State({"explored": ALL}, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("board", "settle"), Input("view", "data")
    )


def render(door: ReleaseDoor, view: View) -> list[Any]:
    """The page of a view and what stands around it; a fault becomes a page that says so."""
    names = {page.path: page.name for page in PAGES}
    words = Words(view.language)
    page = next((page for page in PAGES if page.path == view.path), None)
    release = None
    try:
        release = door.current()
        if page is None:
            return [unknown_page(view, words), *surroundings(release, view, (), names, {})]
        view = filled(release, view)
        content = page.layout(release, view, words)
        files = download_addresses(TABLES[page.path], view) if page.path in TABLES else {}
        return [content, *surroundings(release, view, page.filters, names, files)]
    except ReleaseUnavailable as error:
        log.warning("%s", error)
        not_to_be_kept()
        return [no_release(view, words), *surroundings(None, view, (), names, {})]
    except Exception:  # the reader gets a page with a code, the log everything
        not_to_be_kept()
        code = secrets.token_hex(4)
        log.exception("page failed, code %s: %s", code, view)
        return [program_fault(code, view, words), *surroundings(None, view, (), names, {})]


def filled(release: Release, view: View) -> View:
    """The view with what its page shows where the address asks for nothing."""
    filters = next((page.filters for page in PAGES if page.path == view.path), ())
    if "target" in filters:
        view = replace(view, target=target.shown_target(release, view))
    if "mapped" in filters:
        view = replace(view, target=shown_subject(release, view))
    return tracing.located(release, view) if view.observation else view
