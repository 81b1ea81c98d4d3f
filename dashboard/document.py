"""The HTML document around the application: what stands before and without its JavaScript."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from dash import Dash
from flask import request

from dashboard.address import LANGUAGES, read_address
from dashboard.texts import Words
from dashboard.theme import dark_colours, style_variables

# Loaded in the head, before the first paint; Dash is told to leave them out of its own list.
EARLY_SCRIPTS: Final = ("early_theme.js", "early_hints.js")
EARLY: Final = r"early_\w+\.js"

# Letters of the first page. Asked for at once, they are there before it: nothing is set anew.
_FONTS: Final = tuple(
    f"fonts/be-vietnam-pro-{script}-{weight}-normal.woff2"
    for script in ("vietnamese", "latin", "latin-ext")
    for weight in (400, 500, 600)
)

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
<title>{words("product")}</title>
<link rel="icon" href="{self.get_asset_url("symbols/icon.svg")}" type="image/svg+xml">
<style>{style_variables()}</style>
{self._first_files()}
{css}
</head>
<body>
<noscript>{words("noscript")}</noscript>
<div id="react-entry-point"><div class="_dash-loading">{words("loading")}</div></div>
{_unreachable()}
{self._late_grid(grid[1]) if grid else ""}
{config}
{_GRID.sub("", scripts)}
{renderer}
</body>
</html>"""

    def _late_grid(self, address: str) -> str:
        texts = self.get_asset_url("grid/vi-VN.json")
        return f'<template id="late-grid" data-script="{address}" data-texts="{texts}"></template>'

    def _first_files(self) -> str:
        fonts = [
            f'<link rel="preload" href="{self.get_asset_url(font)}" as="font" crossorigin>'
            for font in _FONTS
        ]
        # Not a program but what one reads; nothing in it can end the element.
        colours = json.dumps(dark_colours())
        data = f'<script type="application/json" id="dark-colours">{colours}</script>'
        scripts = [f'<script src="{self.get_asset_url(name)}"></script>' for name in EARLY_SCRIPTS]
        return "\n".join([*fonts, data, *scripts])


def _unreachable() -> str:
    """The notice for when no answer comes; the reader may have changed the language by then."""
    told = [
        f"""<div class="of-language" lang="{language}">
<p><strong>{words("unreachable")}</strong></p>
<p>{words("unreachable.do")}</p>
<p class="tried" hidden>{words("unreachable.tried")} <time></time>.</p>
</div>"""
        for language, words in ((language, Words(language)) for language in LANGUAGES)
    ]
    names = [
        f'<span class="of-language" lang="{language}">{Words(language)("retry")}</span>'
        for language in LANGUAGES
    ]
    button = f'<button type="button" id="retry" class="button">{"".join(names)}</button>'
    notice = "\n".join([*told, button])
    return f'<div id="unreachable" class="notice" role="alert" hidden>{notice}</div>'
