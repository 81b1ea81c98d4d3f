"""Targets by units: the locality beside its former units, its region and the nation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.address import View
from dashboard.comparison import Comparison
from dashboard.components.figures_table import figures_table
from dashboard.components.target_row import other_family, other_kind, unit_name
from dashboard.components.trace_link import trace_link
from dashboard.locality import Place
from dashboard.queries import Row
from dashboard.sentences import counts_phrase, in_unit, origin_phrase
from dashboard.texts import Words

_NONE = "–"


def comparison(
    found: Comparison, families: Mapping[str, str], view: View, words: Words
) -> list[html.Section]:
    """The table, or nothing where there is no second unit to compare with."""
    if len(found.units) < 2:
        return []
    name = words("locality.comparison")
    heads: list[Any] = [_head(unit, view, words) for unit in found.units]
    lines = [_line(row, cells, (found, families), view, words) for row, cells in found.rows]
    table = figures_table(
        name, [words("register.target"), *heads], lines, "comparison-table", heads
    )
    note = html.P(words("locality.comparison.note"), className="note")
    return [html.Section([html.H2(name), note, table], className="panel comparison")]


def _head(unit: Row, view: View, words: Words) -> Any:
    name = unit_name(unit, words)
    if unit["place"] == Place.SELF:
        return html.Span(name)
    link = html.A(name, href=view.at(locality=unit["locality_id"]))
    return [link, html.Div(words(f"place.{unit['place']}"), className="aside")]


def _line(
    row: Row,
    cells: dict[tuple[str, str], Row],
    around: tuple[Comparison, Mapping[str, str]],
    view: View,
    words: Words,
) -> html.Tr:
    found, families = around
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    href = view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])
    figures = [cells.get((unit["place"], unit["locality_id"])) for unit in found.units]
    return html.Tr(
        [
            html.Th(html.A(name, href=href), scope="row"),
            *(
                html.Td(_figure(figure, row, families, view, words), className="number")
                for figure in figures
            ),
        ]
    )


def _figure(
    figure: Row | None, row: Row, families: Mapping[str, str], view: View, words: Words
) -> Any:
    if figure is None:
        return _NONE
    value = in_unit("unit", figure["obs_value"], row["decimals"] or 0, row, words)
    told = [
        str(figure["reference_year"]),
        counts_phrase(figure["numerator"], figure["denominator"], words),
        origin_phrase(figure, words),
        other_family(figure, row, families),
        other_kind(figure, row, words),
    ]
    link = trace_link(value, figure["observation_id"], view)
    return [link, *(html.Div(text, className="aside") for text in told if text)]
