"""Who reads the board and what they open, as data.

A new page joins by itself: the analyst opens every page of ``PAGES`` and its filters say what its
addresses vary by. What one page alone knows (the figure that is traced) stands in
``_of_one_page``.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard import delivery, provinces, queries
from dashboard.address import ALL_LOCALITIES, GEOGRAPHIES, View
from dashboard.app import PAGES
from dashboard.release import Release

SEED: Final = 2030
POPULAR: Final = 12  # addresses of a page that many open
NEW_ADDRESSES: Final = 600  # at most, of a page, that nobody has opened before
IN_ENGLISH: Final = 0.2
NEW_SHARE: Final = 0.1  # of the steps: an address that this server has never answered


@dataclass(frozen=True)
class Session:
    """One kind of reader."""

    name: str
    share: float  # of the readers
    think: float  # seconds between two steps, on average; exponential
    pages: tuple[str, ...]  # opened in turn


_EVERY_PAGE: Final = tuple(page.path for page in PAGES)
SESSIONS: Final = (
    Session("leader", 0.4, 8.0, ("/", "/dia-phuong", "/", "/ban-do", "/chi-tieu")),
    Session("analyst", 0.4, 5.0, (*_EVERY_PAGE, "/chi-tieu", "/dia-phuong")),
    Session("officer", 0.2, 6.0, ("/nop-bao-cao", "/truy-vet", "/dia-phuong", "/danh-muc")),
)

# Filter of a page and the field of the view that it changes, where they differ.
_FIELDS: Final = {"mapped": "target"}
_SEARCHES: Final = ("ty so gioi tinh", "lãnh đạo", "bạo lực", "women", "lao dong", "5.1")


@dataclass(frozen=True)
class Addresses:
    """What is opened: addresses by page, those that many open and those that nobody has."""

    popular: Mapping[str, Sequence[str]]
    new: Mapping[str, Sequence[str]]


def addresses(release: Release) -> Addresses:
    """The addresses of every page, the same for the same release."""
    choices = _choices(release)
    more = _of_one_page(release)
    popular, new = {}, {}
    for page in PAGES:
        filters = [name for name in page.filters if name in choices]
        fields = {_FIELDS.get(name, name): choices[name] for name in filters}
        found = _distinct(page.path, {**fields, **more.get(page.path, {})})
        popular[page.path] = found[:POPULAR]
        new[page.path] = found[POPULAR:]
    return Addresses(popular, new)


def _of_one_page(release: Release) -> dict[str, dict[str, Sequence[Any]]]:
    """What the addresses of a page vary by beside its filters: field of the view, its values."""
    return {"/truy-vet": {"observation": _observations(release)}}


def _distinct(path: str, fields: Mapping[str, Sequence[Any]]) -> list[str]:
    """Different addresses of one page, the plain one first."""
    chance = random.Random(f"{SEED}{path}")
    found = dict.fromkeys([path])
    for _ in range(10 * NEW_ADDRESSES):
        chosen = {field: chance.choice(values) for field, values in fields.items()}
        view = View(path=path, language="en" if chance.random() < IN_ENGLISH else "vi")
        view = replace(view, **chosen)
        found[view.at()] = None
        if len(found) == NEW_ADDRESSES:
            break
    return list(found)


def _choices(release: Release) -> dict[str, Sequence[Any]]:
    """Values of every filter in this release."""
    milestones = queries.milestones(release)
    places = [
        str(identity)
        for geography in GEOGRAPHIES
        for identity in queries.localities(release, geography)["locality_id"]
    ]
    board = queries.board(release, milestones[0], GEOGRAPHIES[0])
    targets = sorted({str(one) for one in board["target_id"]})
    indicators = [
        str(row["indicator_id"])
        for row in provinces.indicators(release, GEOGRAPHIES[0]).iter_rows(named=True)
    ]
    as_of = delivery.day_of_looking(release)
    return {
        "locality": [*dict.fromkeys(places), ALL_LOCALITIES],
        "target": targets,
        "mapped": [*targets, *indicators],
        "milestone": milestones,
        "geography": GEOGRAPHIES,
        "period": delivery.periods(release, as_of),
        "year": ["", str(as_of.year - 1), str(as_of.year - 2)],
        "search": _SEARCHES,
    }


def _observations(release: Release) -> list[str]:
    found = release.query(
        "SELECT observation_id FROM observations ORDER BY hash(observation_id) LIMIT $most",
        most=NEW_ADDRESSES,
    )
    return [str(one) for one in found["observation_id"]]
