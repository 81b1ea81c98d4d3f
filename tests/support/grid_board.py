"""The board and one more page, which holds grids: ``python -m tests.support.grid_board 8050``.

The page exists for the tests, so that what a grid does is tested apart from any page's own rows.
"""

from __future__ import annotations

import sys

from dash import html

from dashboard import app as board
from dashboard.address import View
from dashboard.components.grid import grid
from dashboard.release import Release
from dashboard.settings import load_settings
from dashboard.table import Column, Table
from dashboard.texts import Words
from tests.support.release import HOSTILE

PATH = "/luoi"
PLACES = ("Đắk Lắk", "An Giang", "Ấp Bắc", "Hà Nội", "Đà Nẵng", "Cần Thơ", "Ả", "Ăn")
TABLE = Table(
    title="Bảng để thử",
    columns=[
        Column("place.name", "Địa phương"),
        Column("year", "Năm", "year"),
        Column("value", "Giá trị", "number", decimals_key="places", link_key="trace"),
        Column("note", "Ghi chú"),
    ],
    rows=[
        {"place.name": place, "year": 2024, "value": 1000.5 + at, "places": 1,
         "trace": "/truy-vet?obs=obs:3", "note": None}
        for at, place in enumerate(PLACES)
    ] + [
        {"place.name": HOSTILE, "year": 2019, "value": -0.25, "places": 2,
         "trace": "javascript:window.hacked=true", "note": "//evil.example"},
        {"place.name": "Huế", "year": None, "value": None, "places": None,
         "trace": None, "note": ""},
        {"place.name": "Lào Cai", "year": 2020, "value": -0.04, "places": 1,
         "trace": "//evil.example", "note": "x"},
        *({"place.name": f"Xã {at}", "year": 2000, "value": 7, "places": 0, "trace": None,
           "note": "xã"} for at in (10, 9, 2)),
    ],
    notes=[],
)  # fmt: skip


def layout(_: Release, view: View, words: Words) -> html.Div:
    """A large grid, and a small one without a box to search in."""
    small = Table("Bảng nhỏ", TABLE.columns, TABLE.rows[:2], [])
    return html.Div(
        [
            html.H1("Lưới", id="title", tabIndex=-1),
            html.A("Tổng quan", href="/"),
            grid(TABLE, view, words, grid_id="large"),
            grid(small, view, words, grid_id="small"),
        ]
    )


def main() -> None:
    """Serve it."""
    board.PAGES = (*board.PAGES, board.Page(PATH, "page.overview", (), layout))  # type: ignore[misc]
    board.create_app(load_settings()).run(port=int(sys.argv[1]))


if __name__ == "__main__":
    main()
