"""What a grid is told: columns by their kind, no text of a row in anything that is run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import dash_ag_grid
import pytest

from dashboard.address import View
from dashboard.components.grid import grid
from dashboard.texts import Words
from tests.dashboard.test_pages import walk
from tests.support.grid_board import TABLE
from tests.support.release import HOSTILE

VI = Words("vi")


def cells_of(component: Any) -> Any:
    (found,) = [one for one in walk(component) if isinstance(one, dash_ag_grid.AgGrid)]
    return found


@pytest.fixture
def columns() -> dict[str, dict[str, Any]]:
    cells = cells_of(grid(TABLE, View(), VI, grid_id="a"))
    return {column["field"]: column for column in cells.columnDefs}


def test_numbers_and_years_stand_to_the_right(columns: dict[str, dict[str, Any]]) -> None:
    kinds = {name: column.get("type") for name, column in columns.items()}
    assert kinds == {
        "place.name": None, "year": "rightAligned", "value": "rightAligned", "note": None,
    }  # fmt: skip


def test_the_first_column_stays_in_view(columns: dict[str, dict[str, Any]]) -> None:
    assert [column.get("pinned") for column in columns.values()] == ["left", None, None, None]


def test_only_a_column_with_addresses_opens_anything(columns: dict[str, dict[str, Any]]) -> None:
    opening = [name for name, column in columns.items() if "cellRenderer" in column]
    assert opening == ["value"]
    assert columns["value"]["context"]["link_key"] == "trace"


def test_no_text_of_a_table_stands_where_functions_do() -> None:
    hostile = replace(TABLE, title=HOSTILE)
    told = cells_of(grid(hostile, View(), VI, grid_id="a"))
    assert HOSTILE not in json.dumps([told.columnDefs, told.dashGridOptions, told.defaultColDef])


def test_the_colours_are_names_of_the_theme() -> None:
    theme = cells_of(grid(TABLE, View(), VI, grid_id="a")).dashGridOptions["theme"]["function"]
    assert "#" not in theme
    assert "rgb" not in theme


def test_a_column_has_room_for_the_longest_word_of_its_head(
    columns: dict[str, dict[str, Any]],
) -> None:
    assert all(column["minWidth"] >= 92 for column in columns.values())
    assert columns["place.name"]["minWidth"] == 220  # at most: it stays while others pass


def test_a_small_grid_is_no_taller_than_its_rows_and_needs_no_search() -> None:
    small = grid(replace(TABLE, rows=TABLE.rows[:2]), View(), VI, grid_id="a")
    assert cells_of(small).style == {"height": "154px"}
    assert not [one for one in walk(small) if getattr(one, "id", "") == "a-search"]
    large = grid(TABLE, View(), VI, grid_id="a")
    assert [one for one in walk(large) if getattr(one, "id", "") == "a-search"]
