"""The province maps of the catalogue, made ready to draw and served as files of this server.

Each file has its digest in its address, so that a browser keeps it for good and a changed map is
fetched anew. The drawing library counts a ring's inside to its right, the files (RFC 7946) to its
left, hence ``_turned``. It knows no hatching either: the stripes of a province are polygons too.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

import orjson
from flask import Flask, Response, abort

from dashboard.address import GEOGRAPHIES

Point = Sequence[float]  # longitude, latitude
Ring = Sequence[Point]  # closed: its last point is its first
Polygon = Sequence[Ring]

_FOREVER: Final = "public, max-age=31536000, immutable"
_STRIPES_APART: Final = 0.17  # degrees, across the stripes
_STRIPE_WIDTH: Final = 0.035
_SHORTEST_STRIPE: Final = 0.02


@dataclass(frozen=True)
class Archipelago:
    """What is drawn of an archipelago at the scale of the country: a frame and its name."""

    archipelago_id: str
    name_vi: str
    name_en: str
    province_code: Mapping[str, str]  # by geography
    frame: Ring
    label: Point


def provinces_address(geography: str) -> str:
    """Where the borders of the provinces are fetched; every feature has its ``code``."""
    return _address(f"provinces_{geography}")


def hatching_address(geography: str) -> str:
    """Where the stripes over the provinces are fetched; every feature has its ``code``."""
    return _address(f"hatching_{geography}")


def add_maps(server: Flask) -> None:
    """``/maps/<digest>/<name>.json``; an address with another digest answers 404."""

    @server.get("/maps/<digest>/<name>.json")
    def map_file(digest: str, name: str) -> Response:
        if name not in _names() or digest != _digest(name):
            abort(404)
        answer = Response(_content(name), mimetype="application/json")
        answer.headers["Cache-Control"] = _FOREVER
        return answer


@cache
def archipelagos() -> tuple[Archipelago, ...]:
    """Hoàng Sa and Trường Sa; no map of the country goes without them."""
    found: dict[str, dict[str, Any]] = {}
    for feature in _features("archipelagos"):
        told = found.setdefault(feature["properties"]["id"], {**feature["properties"]})
        told[feature["properties"]["role"]] = feature["geometry"]["coordinates"]
    return tuple(
        Archipelago(
            archipelago_id,
            told["name_vi"],
            re.sub(r" \([^)]*\)", "", told["name_en"]),  # without other languages' names
            {geography: told[f"province_code_{geography}"] for geography in GEOGRAPHIES},
            told["frame"][0],
            told["label"],
        )
        for archipelago_id, told in found.items()
    )


def _address(name: str) -> str:
    return f"/maps/{_digest(name)}/{name}.json"


def _names() -> list[str]:
    kinds = ("provinces", "hatching")
    return [f"{kind}_{geography}" for kind in kinds for geography in GEOGRAPHIES]


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]


@cache
def _content(name: str) -> bytes:
    kind, _, geography = name.partition("_")
    draw = _turned if kind == "provinces" else _stripes
    features = [
        {
            "type": "Feature",
            "properties": {"code": feature["properties"]["code"]},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    drawn for polygon in _polygons(feature["geometry"]) for drawn in draw(polygon)
                ],
            },
        }
        for feature in _features(f"provinces_{geography}")
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _features(name: str) -> list[dict[str, Any]]:
    path = files("indicators.catalogue").joinpath("maps", f"{name}.geojson")
    found: list[dict[str, Any]] = orjson.loads(path.read_bytes())["features"]
    return found


def _polygons(geometry: Mapping[str, Any]) -> list[Polygon]:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else coordinates


def _turned(polygon: Polygon) -> list[Polygon]:
    return [[list(reversed(ring)) for ring in polygon]]


# Stripes -----------------------------------------------------------------------------------


def _stripes(polygon: Polygon) -> list[Polygon]:
    """Thin parallelograms from edge to edge of a polygon, all at 45 degrees.

    Along a stripe longitude minus latitude is constant; stripes of neighbours lie on the same
    lines. Islands too small for one stay without: their outline shows them.
    """
    edges = [edge for ring in polygon for edge in pairwise(ring)]
    across = [x - y for ring in polygon for x, y in ring]
    step = _STRIPES_APART * math.sqrt(2)
    first, last = math.ceil(min(across) / step), math.floor(max(across) / step)
    return [
        [_stripe(line * step, start, end)]
        for line in range(first, last + 1)
        for start, end in _inside(edges, line * step)
        if end - start >= _SHORTEST_STRIPE
    ]


def _inside(edges: Sequence[tuple[Point, Point]], offset: float) -> Iterator[tuple[float, float]]:
    """Latitudes between which the line ``longitude − latitude = offset`` runs inside."""
    crossings = []
    for (x1, y1), (x2, y2) in edges:
        side1, side2 = x1 - y1 - offset, x2 - y2 - offset
        if (side1 < 0) != (side2 < 0):
            crossings.append(y1 + (y2 - y1) * side1 / (side1 - side2))
    crossings.sort()
    yield from zip(crossings[::2], crossings[1::2], strict=True)


def _stripe(offset: float, start: float, end: float) -> Ring:
    """The parallelogram around a piece of the line, its inside to the right."""
    half = _STRIPE_WIDTH / math.sqrt(2)
    corners = (
        (offset + start - half, start),
        (offset + end - half, end),
        (offset + end + half, end),
        (offset + start + half, start),
        (offset + start - half, start),
    )
    return [(round(x, 3), round(y, 3)) for x, y in corners]
