"""A table as a grid: sorted, filtered and searched in the browser; on paper a plain table.

AG Grid (community) with the board's colours by their CSS names, so that it follows every theme.
How it writes and sorts stands in ``assets/dashAgGridFunctions.js``; no text of a row is ever code
or markup there.
"""

from __future__ import annotations

from typing import Any, Final

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.table import Column, Table
from dashboard.texts import Words

_ROW_HEIGHT, _HEAD_HEIGHT, _SCROLL_BAR = 34, 68, 18  # pixels
_TALLEST: Final = 560
_ROWS_IN_VIEW: Final = 12  # more ask for a box to search in
_LETTER, _AROUND = 7.6, 40  # pixels of a letter and around the text of a cell
_SIGN: Final = 3  # letters beside a head, for the sign of its filter
_NARROWEST, _WIDEST, _WIDEST_NAME = 92, 320, 220

_THEME: Final = (
    "themeQuartz.withParams({"
    "backgroundColor: 'var(--paper)', foregroundColor: 'var(--ink)', accentColor: 'var(--accent)',"
    "borderColor: 'var(--hairline)', headerBackgroundColor: 'var(--panel)',"
    "headerTextColor: 'var(--ink)', textColor: 'var(--ink)', rowHoverColor: 'var(--chosen)',"
    "chromeBackgroundColor: 'var(--panel)', menuBackgroundColor: 'var(--paper)',"
    "inputBackgroundColor: 'var(--paper)', fontFamily: 'var(--font)', headerFontWeight: 500,"
    "fontSize: 14, headerFontSize: 13, spacing: 6, borderRadius: 6, wrapperBorderRadius: 6,"
    "browserColorScheme: 'inherit'})"
)

_KINDS: Final[dict[str, dict[str, Any]]] = {
    "text": {
        "valueFormatter": {"function": "gridText(params)"},
        "comparator": {"function": "gridTexts"},
        "filter": "agTextColumnFilter",
        "filterParams": {"textFormatter": {"function": "gridFold(params)"}},
    },
    "number": {
        "valueFormatter": {"function": "gridNumber(params)"},
        "comparator": {"function": "gridNumbers"},
        "filter": "agNumberColumnFilter",
        "type": "rightAligned",
    },
    "year": {
        "valueFormatter": {"function": "gridYear(params)"},
        "comparator": {"function": "gridNumbers"},
        "filter": "agNumberColumnFilter",
        "type": "rightAligned",
    },
}


def grid(table: Table, view: View, words: Words, *, grid_id: str) -> html.Div:
    """The rows of a table; its notes and its title are the page's to show.

    Args:
        table: what is seen; cells of a column with ``link_key`` open that address.
        view: what is looked at, for the language.
        words: the texts of one language.
        grid_id: of the component, one of its kind on a page.
    """
    height = _HEAD_HEIGHT + _ROW_HEIGHT * len(table.rows) + _SCROLL_BAR
    cells = dag.AgGrid(
        id=grid_id,
        columnDefs=[_column(column, table, place) for place, column in enumerate(table.columns)],
        rowData=[dict(row) for row in table.rows],
        defaultColDef=_EVERY_COLUMN,
        dashGridOptions={**_OPTIONS, "context": _context(view, words)},
        style={"height": f"{min(height, _TALLEST)}px"},
    )
    named: dict[str, Any] = {**aria(label=table.title), "data-grid": grid_id}
    frame = html.Div(cells, className="grid", role="region", **named)
    return html.Div([*_search(table, words, grid_id), frame], className="grid-with-search")


def _context(view: View, words: Words) -> dict[str, Any]:
    """What the functions in the browser are told: the language, and where we say it otherwise."""
    texts = {key: words(f"grid.{key}") for key in ("noRowsToShow", "noMatchingRows")}
    return {"language": view.language, "texts": texts}


_EVERY_COLUMN: Final = {
    "resizable": True,
    "sortable": True,
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
    "getQuickFilterText": {"function": "gridSearched(params)"},
}
_OPTIONS: Final = {
    "theme": {"function": _THEME},
    "rowHeight": _ROW_HEIGHT,
    "autoSizeStrategy": {"type": "fitGridWidth"},
    "animateRows": False,
    "enableCellTextSelection": True,
    "ensureDomOrder": True,
    "tooltipShowMode": "whenTruncated",
    "tooltipShowDelay": 400,
    "suppressFieldDotNotation": True,
    "quickFilterMatcher": {"function": "gridFound"},
    "getLocaleText": {"function": "gridLocale(params)"},
}


def _column(column: Column, table: Table, place: int) -> dict[str, Any]:
    context = {
        "decimals": column.decimals,
        "decimals_key": column.decimals_key,
        "link_key": column.link_key,
    }
    opens = {"cellRenderer": "GridLink"} if column.link_key else {}
    whole = {"tooltipField": column.key} if column.kind == "text" else {}
    stays = {} if place else {"pinned": "left"}
    return {
        "field": column.key,
        "headerName": column.name,
        "minWidth": _width(column, table, _WIDEST if place else _WIDEST_NAME),
        "context": context,
        **_KINDS[column.kind],
        **opens,
        **whole,
        **stays,
    }


def _width(column: Column, table: Table, widest: int) -> int:
    """Room for the longest cell and for a head on two lines, none of whose words is broken."""
    cells = max((len(str(row.get(column.key) or "")) for row in table.rows), default=0)
    word = max((len(word) for word in column.name.split()), default=0)
    head = max((len(column.name) + 1) // 2, word) + _SIGN
    return min(max(round(max(cells, head) * _LETTER) + _AROUND, _NARROWEST), widest)


def _search(table: Table, words: Words, grid_id: str) -> list[html.Div]:
    """The box to search in, where rows are many; no callback hears of what is typed."""
    if len(table.rows) <= _ROWS_IN_VIEW:
        return []
    box = dmc.TextInput(
        id=f"{grid_id}-search",
        label=words("grid.search"),
        attributes={"input": {"type": "search", "data-grid": grid_id}},
    )
    return [html.Div([box, html.P(words("grid.hint"), className="note")], className="grid-search")]
