"""A verdict as symbol, colour and word; the three always go together."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html

from dashboard.components.aria import aria
from dashboard.queries import Row
from dashboard.texts import Words


def verdict_symbol(verdict: str) -> html.Span:
    """The symbol alone, hidden from screen readers: a word must stand beside it."""
    return html.Span(className=f"symbol symbol-{verdict}", **aria(hidden="true"))


def verdict_mark(verdict: str, words: Words) -> html.Span:
    """The symbol with its word."""
    label = html.Span(words(f"verdict.{verdict}"))
    return html.Span([verdict_symbol(verdict), label], className=f"verdict verdict-{verdict}")


def caution_marks(row: Row, words: Words) -> list[html.Span]:
    """Visible marks of weakness: not checked against the act, synthetic."""
    marks = [
        html.Span(words(key), className="caution")
        for key, holds in (("unverified", row["is_unverified"]), ("synthetic", row["is_synthetic"]))
        if holds
    ]
    return marks


def synthetic_ribbon(rows: Iterable[Row], words: Words) -> list[html.Div]:
    """A ribbon over the page when any figure in view is synthetic."""
    return ribbon(any(row["is_synthetic"] for row in rows), words)


def ribbon(is_synthetic: bool, words: Words) -> list[html.Div]:
    """The ribbon itself, where it is known that something in view is synthetic."""
    return [html.Div(words("synthetic.ribbon"), className="ribbon")] if is_synthetic else []
