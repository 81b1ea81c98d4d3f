"""What a page says when there is nothing to show: what happened and what to do."""

from __future__ import annotations

from dash import html

from dashboard.address import View
from dashboard.texts import Words


def fault_page(title: str, texts: list[str], view: View, words: Words) -> html.Div:
    """A page with a title, what to do, and the way back."""
    home = view.at(path="/", locality="VN", target="")
    return html.Div(
        [
            html.H1(title, id="title", tabIndex=-1),
            *(html.P(text) for text in texts),
            html.P(html.A(words("target.back"), href=home)),
        ],
        className="fault",
    )


def no_release(view: View, words: Words) -> html.Div:
    """Nothing was published yet, or it cannot be read; which of the two stands in the log."""
    texts = [words("fault.no_release.what"), words("fault.no_release.do")]
    return fault_page(words("fault.no_release"), texts, view, words)


def unknown_page(view: View, words: Words) -> html.Div:
    """An address that belongs to no page."""
    return fault_page(words("fault.page"), [words("fault.page.do")], view, words)


def unknown_locality(view: View, words: Words) -> html.Div:
    """A locality that the release does not hold."""
    texts = [words("fault.locality", code=view.locality), words("fault.page.do")]
    return fault_page(words("fault.unknown"), texts, view, words)


def unknown_target(view: View, words: Words) -> html.Div:
    """A target that the release does not hold."""
    texts = [words("fault.target", code=view.target), words("fault.page.do")]
    return fault_page(words("fault.unknown"), texts, view, words)


def program_fault(code: str, view: View, words: Words) -> html.Div:
    """A fault of the program; ``code`` stands in the log."""
    return fault_page(words("fault.program"), [words("fault.program.do", code=code)], view, words)
