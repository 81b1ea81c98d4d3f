"""The way from a number to where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote_plus

from dash import html

from dashboard.address import LANGUAGES, READABLE, Language, View
from dashboard.queries import Row
from dashboard.sentences import value_phrase
from dashboard.texts import Words

TRACING: Final = "/truy-vet"
_PLACE: Final = "@"  # stands for the figure in the address of any


def trace_address(observation_id: str, view: View) -> str:
    """The same for everyone who asks for this figure: it holds the figure and the language."""
    before, after = _around(view.language)
    return f"{before}{quote_plus(observation_id, safe=READABLE)}{after}"


@lru_cache(maxsize=len(LANGUAGES))
def _around(language: Language) -> tuple[str, str]:
    """What stands before and after the figure; a table has thousands of these addresses."""
    address = View(path=TRACING, observation=_PLACE, language=language).at()
    before, _, after = address.partition(_PLACE)
    return before, after


def trace_link(text: str, observation_id: str, view: View) -> html.A:
    """A number that opens its own trace."""
    return html.A(text, href=trace_address(observation_id, view), className="trace")


class Traced(NamedTuple):
    """A value inside a sentence and the figure that it is."""

    told: str  # the words that hold the value, as they stand in the sentence
    value: str  # the last of its kind within them
    observation_id: str | None  # None: no single figure stands behind it


def with_traces(text: str, traced: Iterable[Traced], view: View) -> list[str | html.A]:
    """A sentence whose values open their traces; a value that it does not hold is passed over."""
    parts: list[str | html.A] = []
    for one in traced:
        before, found, after = text.partition(one.told)
        if not found or one.observation_id is None:
            continue
        at = one.told.rindex(one.value)
        parts += [before + one.told[:at], trace_link(one.value, one.observation_id, view)]
        text = one.told[at + len(one.value) :] + after
    return [*parts, text]


def verdict_traces(
    row: Row, others: Iterable[Row], families: Mapping[str, str], words: Words
) -> list[Traced]:
    """The values of :func:`dashboard.sentences.verdict_sentences`, in the order of telling."""
    value = value_phrase(row, words)
    told = words("sentence.value", year=row["latest_year"], value=value)
    traced = [Traced(told, value, row["latest_observation_id"])]
    for other in others:
        value = value_phrase(other, words)
        family = families.get(other["source_family"], other["source_family"])
        told = words("sentence.other_family", family=family, year=other["latest_year"], value=value)
        traced.append(Traced(told, value, other["latest_observation_id"]))
    return traced
