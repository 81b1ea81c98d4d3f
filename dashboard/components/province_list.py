"""The provinces of a map as a table: its equal for those who do not see the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from dashboard.address import NATION, View
from dashboard.components.aria import aria
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_symbol
from dashboard.queries import Row
from dashboard.sentences import in_unit, origin_phrase, shown_word
from dashboard.texts import Words
from indicators.tables import Verdict

_STRIP_FROM: Final = 3  # localities; fewer need no picture
REBUILT: Final = ("aggregated", "weighted", "rolled_up")


def figure_value(row: Row, words: Words) -> str:
    """The figure as published, in its unit."""
    return in_unit("unit", row["latest_published"], row["decimals"], row, words)


def result_word(row: Row, words: Words) -> str:
    """The verdict that rests on a figure; of any other figure, whether it is at the level."""
    if row["is_judged"]:
        return shown_word(row, words)
    return words(f"map.level.{row['shown']}")


@dataclass(frozen=True)
class _List:
    """What the lines of one list have in common."""

    ordered: Sequence[Row]  # those on the scale, from the lowest
    year: int
    compared: bool
    link: Callable[[Row], str]
    view: View
    marks_made_up: bool
    words: Words


def province_list(
    rows: Sequence[Row],
    year: int,
    compared: bool,
    link: Callable[[Row], str],
    view: View,
    words: Words,
) -> html.Div:
    """One line per row, in their order; a value opens its trace.

    Args:
        rows: of :class:`dashboard.provinces.Selection`, the nation among them or not.
        year: of the map; a figure of another year is marked.
        compared: whether the figures are set against a target.
        link: where the name of a row leads.
        view: the present view; its locality is marked.
        words: the texts of one language.
    """
    place, value, when = words("map.place"), words("map.value"), words("map.year")
    ordered = sorted(_on_strip(rows), key=lambda row: row["latest_published"])
    strip = []
    if len(ordered) >= _STRIP_FROM:
        low, high = figure_value(ordered[0], words), figure_value(ordered[-1], words)
        strip = [words("map.strip", low=low, high=high)]
    heads = [place, value, *strip, when, *([words("map.result")] if compared else [])]
    shared = _List(ordered, year, compared, link, view, not all_made_up(rows), words)
    lines = [_line(row, shared) for row in rows]
    classes = "province-table" + " with-strip" * bool(strip) + " compared" * compared
    return figures_table(words("map.list"), heads, lines, classes, numbers=[value])


def all_made_up(rows: Sequence[Row]) -> bool:
    """Whether every figure is made up: then it is said once for all."""
    return all(row["is_synthetic"] for row in rows)


def _on_strip(rows: Sequence[Row]) -> list[Row]:
    """Those that share a scale: the count of the whole nation does not."""
    return [row for row in rows if not (_whole(row) and row["formula_kind"] == "count")]


def _line(row: Row, shared: _List) -> html.Tr:
    words = shared.words
    is_nation = _whole(row)
    name = words("map.whole") if is_nation else words.pick(row, "locality")
    is_chosen = row["locality_id"] == shared.view.locality and not is_nation
    classes = ["level-national"] * is_nation + ["chosen"] * is_chosen
    is_marked = shared.marks_made_up and row["is_synthetic"]
    marks = [html.Span(words("synthetic"), className="caution")] if is_marked else []
    value = trace_link(figure_value(row, words), row["observation_id"], shared.view)
    when = [*_year(row, shared.year, words), *([] if shared.compared else marks)]
    return html.Tr(
        [
            html.Th(html.A(name, href=shared.link(row)), scope="row"),
            html.Td([*_rebuilt(row, words), value, *_unverified(row, words)], className="number"),
            *_strip(row, shared.ordered),
            html.Td(when),
            *([html.Td([*_result(row, words), *marks])] if shared.compared else []),
        ],
        className=" ".join(classes) or None,
    )


def _strip(row: Row, ordered: Sequence[Row]) -> list[html.Td]:
    """Where the figure stands between the lowest and the highest, and where the nation does."""
    if len(ordered) < _STRIP_FROM:
        return []
    low, high = (float(end["latest_published"]) for end in (ordered[0], ordered[-1]))

    def mark(one: Row, name: str) -> html.Span:
        share = (float(one["latest_published"]) - low) / (high - low) if high > low else 0.5
        return html.Span(className=f"strip-{name}", style={"left": f"{share * 100:.1f}%"})

    marks = [mark(one, "nation") for one in ordered if _whole(one)]
    marks += [mark(row, "dot")] if row in ordered else []
    return [html.Td(html.Div(marks, className="strip", **aria(hidden="true")))]


def _whole(row: Row) -> bool:
    return bool(row["locality_id"] == NATION)


def _rebuilt(row: Row, words: Words) -> list[Any]:
    if row["origin"] not in REBUILT:
        return []
    told = origin_phrase(row, words)
    sign = html.Span("◇ ", title=told, className="aside", **aria(hidden="true"))
    return [sign, html.Span(f"{told}: ", className="hidden")]


def _unverified(row: Row, words: Words) -> list[Any]:
    """A star, explained once under the list."""
    if not row["is_unverified"]:
        return []
    told = words("unverified")
    sign = html.Span("*", title=told, **aria(hidden="true"))
    return [sign, html.Span(f" ({told})", className="hidden")]


def _year(row: Row, year: int, words: Words) -> list[Any]:
    told: str | html.Span = str(row["reference_year"])
    if row["reference_year"] != year:
        told = html.Span(told, title=words("map.other_year"), className="other-year")
    status = f"map.status.{row['obs_status']}"
    weak = (
        [html.Span(f" {words(status)} ", className="aside status")] if words.known(status) else []
    )
    return [told, *weak]


def _result(row: Row, words: Words) -> list[Any]:
    symbol = row["shown"]
    if not row["is_judged"] and symbol == Verdict.NOT_MET:
        symbol = Verdict.ON_THE_WAY  # no verdict rests on this figure
    return [verdict_symbol(symbol), " ", result_word(row, words), " "]
