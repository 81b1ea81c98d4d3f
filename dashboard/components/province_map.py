"""The map of the provinces with its legend and the line that names whose borders they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from dash import dcc, html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.province_list import figure_value, result_word
from dashboard.figures.choropleth import DIVERGING, MAP_CONFIG, SEQUENTIAL, Mark, choropleth
from dashboard.provinces import Selection
from dashboard.queries import Row
from dashboard.sentences import condition, in_unit, number, own_decimals
from dashboard.texts import Words
from dashboard.theme import css_colour


def province_map(
    selection: Selection,
    sentence: str,
    link: Callable[[Row], str],
    view: View,
    words: Words,
    *,
    is_small: bool = False,
) -> list[html.Div | html.P]:
    """Map, legend and attribution.

    Args:
        selection: what is shown.
        sentence: what the map says, for those who do not see it.
        link: where a province leads.
        view: the present view; its locality is outlined.
        words: the texts of one language.
        is_small: whether it stands among other panels: smaller names, a legend of one line; what
            surrounds it says the years and how many provinces have a figure.
    """
    marks = _marks(selection, link, words)
    colours = DIVERGING if selection.has_number else SEQUENTIAL
    listed = [*selection.figures.iter_rows(named=True), *selection.missing.iter_rows(named=True)]
    codes = [row["code"] for row in listed if row["locality_id"] == view.locality]
    chosen = codes[0] if codes else None
    figure = choropleth(
        marks, view.geography, colours, _limits(marks, selection), chosen, words, is_small=is_small
    )
    graph = dcc.Graph(figure=figure, config=MAP_CONFIG, className="graph map-graph")
    return [
        html.Div(graph, role="img", **aria(label=words("map.alt", sentence=sentence))),
        _legend(selection, colours, words, is_small),
        html.P(words("map.credit"), className="note map-credit"),
    ]


def _marks(selection: Selection, link: Callable[[Row], str], words: Words) -> list[Mark]:
    known = [
        Mark(row["code"], _height(row, selection), _hover(row, selection, words), link(row))
        for row in selection.figures.iter_rows(named=True)
    ]
    unknown = [
        Mark(
            row["code"],
            None,
            f"{words.pick(row, 'locality')}: {words('reason.no_data')}",
            link(row),
        )
        for row in selection.missing.iter_rows(named=True)
    ]
    return [*known, *unknown]


def _height(row: Row, selection: Selection) -> float:
    """What the colour stands for; a province whose target has no number stands in the middle."""
    if selection.has_number:
        return float(row["deviation"] or 0)
    return float(row["latest_published"])


def _hover(row: Row, selection: Selection, words: Words) -> str:
    told = [f"{words.pick(row, 'locality')}: {figure_value(row, words)} ({row['reference_year']})"]
    told += [result_word(row, words)] if selection.has_number else []
    return ", ".join([*told, *([words("synthetic")] if row["is_synthetic"] else [])])


def _limits(marks: Sequence[Mark], selection: Selection) -> tuple[float, float]:
    """Around the target as far as the farthest province; else from the lowest to the highest."""
    values = [mark.value for mark in marks if mark.value is not None]
    if selection.has_number:
        farthest = max(abs(value) for value in values) or 1.0
        return -farthest, farthest
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def _legend(selection: Selection, colours: Sequence[str], words: Words, is_small: bool) -> html.Div:
    gradient = f"linear-gradient(to right, {', '.join(css_colour(name) for name in colours)})"
    bar = html.Div(className="scale-bar", style={"background": gradient}, **aria(hidden="true"))
    told = html.Div(
        [html.Span(text) for text in _scale_words(selection, words, is_small)],
        className="scale-words",
    )
    return html.Div(
        [bar, told, *([] if is_small else [_years(selection, words)])],
        className="map-legend",
        role="group",
        **aria(label=words("map.scale")),
    )


def _years(selection: Selection, words: Words) -> html.Ul:
    years = sorted(Counter(selection.figures["reference_year"]).items(), reverse=True)
    counts = [
        html.Li(words("map.years", year=year, count=number(count, 0, words)))
        for year, count in years
    ]
    made_up = int(selection.figures["is_synthetic"].sum())
    if 0 < made_up < selection.figures.height:
        counts.append(html.Li(words("map.made_up_count", count=number(made_up, 0, words))))
    unknown = number(selection.missing.height, 0, words)
    swatch = html.Span(className="swatch-unknown", **aria(hidden="true"))
    return html.Ul([*counts, html.Li([swatch, words("map.unknown", count=unknown)])])


def _scale_words(selection: Selection, words: Words, is_short: bool) -> list[str]:
    if selection.has_number:
        return _target_scale(selection, words, is_short)
    ordered = selection.figures.sort("latest_published")
    return [
        words("map.low", value=figure_value(ordered.row(0, named=True), words)),
        words("map.high", value=figure_value(ordered.row(-1, named=True), words)),
    ]


def _target_scale(selection: Selection, words: Words, is_short: bool) -> list[str]:
    rows = list(selection.figures.iter_rows(named=True))
    asked = {condition(row, words) for row in rows}
    level = words("map.at_own_target")
    if len(asked) == 1:
        level = asked.pop() if is_short else words("map.at_target", condition=asked.pop())
    farthest = max(abs(row["deviation"] or 0) for row in rows)
    if is_short or not farthest or rows[0]["unit_measure"] == "YES_NO":
        return [words("map.worse_only"), level, words("map.better_only")]
    amount = in_unit("gap", farthest, own_decimals(farthest), rows[0], words)
    return [words("map.worse", amount=amount), level, words("map.better", amount=amount)]
