"""The maps as they are served: drawable, kept by browsers, both archipelagos always in view."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.boundaries import archipelagos, hatching_address, provinces_address
from dashboard.figures.choropleth import LATITUDES, LONGITUDES
from dashboard.settings import Settings

GEOGRAPHIES = {"2025": 34, "2004": 63}
ADDRESSES = [
    address(geography)
    for address in (provinces_address, hatching_address)
    for geography in GEOGRAPHIES
]


@pytest.fixture(scope="module")
def client(published: Path) -> FlaskClient:
    return create_app(Settings(data_directory=published.parent)).server.test_client()


def features(client: FlaskClient, address: str) -> dict[str, list[Any]]:
    collection = client.get(address).get_json()
    return {
        feature["properties"]["code"]: feature["geometry"]["coordinates"]
        for feature in collection["features"]
    }


def turn(ring: list[list[float]]) -> float:
    """Positive where the inside lies to the left."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def points(polygons: list[Any]) -> Iterator[tuple[float, float]]:
    for polygon in polygons:
        for ring in polygon:
            yield from ring


@pytest.mark.parametrize("geography", GEOGRAPHIES)
def test_every_province_is_on_its_map(client: FlaskClient, geography: str) -> None:
    drawn = features(client, provinces_address(geography))
    assert len(drawn) == GEOGRAPHIES[geography]
    assert all(drawn.values())


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_inside_of_every_area_lies_to_the_right_as_the_drawing_library_counts_it(
    client: FlaskClient, address: str
) -> None:
    outer = [polygon[0] for area in features(client, address).values() for polygon in area]
    assert outer
    assert [ring for ring in outer if turn(ring) >= 0] == []


@pytest.mark.parametrize("geography", GEOGRAPHIES)
def test_stripes_stay_within_the_bounds_of_their_province(
    client: FlaskClient, geography: str
) -> None:
    stripes = features(client, hatching_address(geography))
    for code, area in features(client, provinces_address(geography)).items():
        across, up = zip(*points(area), strict=True)
        assert stripes[code]
        for x, y in points(stripes[code]):
            assert min(across) - 0.03 <= x <= max(across) + 0.03
            assert min(up) - 0.01 <= y <= max(up) + 0.01


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_map_is_kept_for_good_under_an_address_that_changes_with_it(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["/maps/000000000000/provinces_2025.json", "/maps/000000000000/localities.json"],
)
def test_another_digest_or_name_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_both_archipelagos_and_all_their_islands_are_in_the_window() -> None:
    assert [one.name_vi for one in archipelagos()] == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
    assert LONGITUDES[1] > 117.2
    for archipelago in archipelagos():
        for x, y in (*archipelago.frame, archipelago.label):
            assert LONGITUDES[0] < x < LONGITUDES[1]
            assert LATITUDES[0] < y < LATITUDES[1]


@pytest.mark.parametrize("geography", GEOGRAPHIES)
def test_the_islands_lie_in_their_frames(client: FlaskClient, geography: str) -> None:
    drawn = features(client, provinces_address(geography))
    for archipelago in archipelagos():
        across, up = zip(*archipelago.frame, strict=True)
        inside = [
            (x, y)
            for x, y in points(drawn[archipelago.province_code[geography]])
            if min(across) <= x <= max(across) and min(up) <= y <= max(up)
        ]
        assert len(inside) > 100
