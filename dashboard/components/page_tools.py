"""What a reader does with a page: take its table away, copy its link, print it, keep its charts.

The links are plain; the buttons work in the browser alone, see ``assets/tools.js`` and
``assets/pictures.js``, which find their words here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.components.aria import aria
from dashboard.texts import Words


def page_tools(files: Mapping[str, str], words: Words) -> html.Div:
    """The row of tools.

    Args:
        files: kind and address of each file that the page offers.
        words: the texts of one language.
    """
    data = {
        "data-picture": words("tools.picture"),
        "data-picture-of": words("tools.picture.of"),
        "data-failed": words("tools.picture.failed"),
        "data-synthetic": words("file.synthetic.name"),
    }
    named: dict[str, Any] = {**aria(label=words("tools")), **data}
    buttons = [
        _button("copy", words, done=words("tools.copied"), failed=words("tools.not_copied")),
        _button("print", words),
    ]
    said = html.Span(className="hidden", role="status")
    return html.Div([*_files(files, words), *buttons, said], role="group", **named)


def _files(files: Mapping[str, str], words: Words) -> list[html.Span]:
    if not files:
        return []
    name = words("tools.download")
    # With a target of its own a link is left to the browser, see ``board.js``.
    links = [
        html.A(kind, href=address, target="_self", **aria(label=f"{name} {kind}"))
        for kind, address in files.items()
    ]
    return [html.Span([html.Span(f"{name}:", **aria(hidden="true")), *links], className="files")]


def _button(tool: str, words: Words, **said: str) -> html.Button:
    data: dict[str, Any] = {f"data-{name}": text for name, text in {"tool": tool, **said}.items()}
    return html.Button(words(f"tools.{tool}"), type="button", className="tool", **data)
