"""One line on the overview: how much changed since the previous release, and the way to it."""

from __future__ import annotations

from dash import html

from dashboard import changes, queries
from dashboard.address import NATION, View
from dashboard.release import Release
from dashboard.sentences import number
from dashboard.texts import Words


def changes_line(release: Release, view: View, words: Words) -> list[html.P]:
    """Nothing where there is no release before this one."""
    if queries.info(release)["previous_release_id"] is None:
        return []
    found = changes.counts(release)
    text = words("changes.line.none")
    if found.verdicts or found.values:
        text = words(
            "changes.line",
            results=counted("changes.results", found.verdicts, words),
            values=counted("changes.values", found.values, words),
        )
    href = view.at(path="/thay-doi", locality=NATION, target="")
    return [html.P(html.A(text, href=href), className="changes-line")]


def counted(key: str, count: int, words: Words) -> str:
    """A number of things as this language says it."""
    form = f"{key}#one" if count == 1 else key
    return words(form, count=number(count, 0, words))
