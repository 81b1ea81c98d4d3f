"""The choice between light and dark; ``early_theme.js`` acts on it and keeps ``aria-pressed``."""

from __future__ import annotations

from dash import html

from dashboard.components.aria import aria
from dashboard.components.in_each_language import in_each_language


def theme_button() -> html.Button:
    """A button with a picture; its name is for screen readers."""
    return html.Button(
        [
            html.Span(className="theme-icon", **aria(hidden="true")),
            html.Span(in_each_language("theme.dark"), className="hidden"),
        ],
        id="theme",
        type="button",
        className="theme-button",
    )
