"""Text that is there in each language; the style sheet shows the one of the document.

For the few things that stand around every page and are there before the address has been read.
"""

from __future__ import annotations

from dash import html

from dashboard.address import LANGUAGES
from dashboard.texts import Words


def in_each_language(key: str) -> list[html.Span]:
    """The text of ``key`` in each language, marked as such."""
    return [
        html.Span(Words(language)(key), lang=language, className="of-language")
        for language in LANGUAGES
    ]
