"""Choices whose state is the address: links where there are few, settings of a list where many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from dash import html

from dashboard.components.aria import aria
from dashboard.texts import Words

# The input of a Mantine select does not say by itself that it opens a list; ``board.js`` keeps
# ``aria-expanded`` true to what is seen.
COMBOBOX: Final = {"role": "combobox", "aria-autocomplete": "list", "aria-expanded": "false"}

# A list to choose from that is searched without accents while typing.
SEARCHABLE: Final[dict[str, Any]] = {
    "searchable": True,
    "selectFirstOptionOnChange": True,
    "maxDropdownHeight": 360,
    "attributes": {"input": COMBOBOX},
    "filter": {"function": "findWithoutAccents"},
}


def segments(
    key: str, links: Mapping[str, str], chosen: str | Collection[str], words: Words
) -> html.Div:
    """A choice of few, as links.

    Args:
        key: of the name of the choice among the texts.
        links: address of each option by its text.
        chosen: the text of the present option, or the texts of several.
        words: the texts of one language.
    """
    marked = {chosen} if isinstance(chosen, str) else set(chosen)
    items = [
        html.A(text, href=href, **(aria(current="true") if text in marked else {}))
        for text, href in links.items()
    ]
    label = html.Span(words(key), className="segments-label", **aria(hidden="true"))
    return html.Div([label, html.Nav(items, className="segments", **aria(label=words(key)))])
