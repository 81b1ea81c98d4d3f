"""The HTML document around the application: language, fonts, colours, text without JavaScript."""

from __future__ import annotations

import re
from typing import Any, Final

from dash import Dash
from flask import request

from dashboard.address import read_address
from dashboard.texts import Words
from dashboard.theme import style_variables

# The library of the grid, for which every page would wait though few hold one.
_GRID: Final = re.compile(r'<script src="([^"]*/dash_ag_grid/[^"]*)"></script>')


class BoardDocument(Dash):
    """Dash with a document of its own, in the language that the address asks for.

    The library of the grid is only named in it: ``assets/grid_late.js`` fetches it when needed.
    """

    def interpolate_index(  # noqa: PLR0913, PLR0917 - the signature is Dash's
        self,
        metas: Any = "",
        title: Any = "",
        css: Any = "",
        config: Any = "",
        scripts: Any = "",
        app_entry: Any = "",
        favicon: Any = "",
        renderer: Any = "",
    ) -> str:
        """The document around the pieces that Dash wants in it."""
        grid = _GRID.search(scripts)
        words = Words(read_address("/", request.query_string.decode("utf-8", "replace")).language)
        return f"""<!DOCTYPE html>
<html lang="{words.language}">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{words("product")}</title>
<link rel="icon" href="{self.get_asset_url("symbols/icon.svg")}" type="image/svg+xml">
<style>{style_variables()}</style>
{css}
</head>
<body>
<noscript>{words("noscript")}</noscript>
{app_entry}
{self._late_grid(grid[1]) if grid else ""}
{config}
{_GRID.sub("", scripts)}
{renderer}
</body>
</html>"""

    def _late_grid(self, address: str) -> str:
        texts = self.get_asset_url("grid/vi-VN.json")
        return f'<template id="late-grid" data-script="{address}" data-texts="{texts}"></template>'
