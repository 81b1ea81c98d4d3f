"""Three hints for a first visit; ``early_hints.js`` closes them for good and opens them again."""

from __future__ import annotations

from typing import Final

from dash import html

from dashboard.components.aria import aria
from dashboard.components.in_each_language import in_each_language
from dashboard.components.verdict import verdict_symbol
from indicators.tables import Verdict

_SHOWN: Final = (Verdict.MET, Verdict.NEAR, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE)


def hints() -> html.Section:
    """The panel above the page; it takes no place once it has been closed."""
    items = [_hint("sentence", _symbols()), _hint("origin"), _hint("sharing")]
    close = html.Button(
        in_each_language("hints.close"), id="hints-close", type="button", className="button"
    )
    named = html.Span(in_each_language("hints"), id="hints-name", className="hidden")
    return html.Section(
        [named, html.Ul(items), close],
        id="hints",
        className="hints",
        tabIndex=-1,
        **aria(labelledby="hints-name"),
    )


def hints_button() -> html.Button:
    """Opens the hints again."""
    return html.Button(
        in_each_language("hints.open"), id="hints-open", type="button", className="like-link"
    )


def _hint(name: str, *more: html.Div) -> html.Li:
    return html.Li(
        [
            html.Strong(in_each_language(f"hints.{name}")),
            html.P(in_each_language(f"hints.{name}.text")),
            *more,
        ]
    )


def _symbols() -> html.Div:
    return html.Div(
        [
            html.Span([verdict_symbol(verdict), *in_each_language(f"verdict.{verdict}")])
            for verdict in _SHOWN
        ],
        className="hint-symbols",
    )
