"""The way from a number to where it comes from."""

from __future__ import annotations

from dash import html

from dashboard.address import View

TRACING = "/truy-vet"


def trace_address(observation_id: str, view: View) -> str:
    """The same for everyone who asks for this figure: it holds the figure and the language."""
    return View(path=TRACING, observation=observation_id, language=view.language).at()


def trace_link(text: str, observation_id: str, view: View) -> html.A:
    """A number that opens its own trace."""
    return html.A(text, href=trace_address(observation_id, view), className="trace")
