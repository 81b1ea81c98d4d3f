"""Reports by period: bars with their table, and the matrix of localities and periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from dashboard.address import GEOGRAPHIES, View
from dashboard.components.aria import aria
from dashboard.components.figures_table import figures_table
from dashboard.delivery import period_name
from dashboard.delivery_matrix import Cell, Matrix
from dashboard.queries import Row
from dashboard.sentences import capital, number
from dashboard.texts import Words
from indicators.expected import DeliveryStatus
from indicators.numbers import format_date

_NONE: Final = "–"
# Of the units below, told beside those in time.
_OTHERS: Final = tuple(status for status in DeliveryStatus if status != DeliveryStatus.ON_TIME)


def reports_by_period(rows: Sequence[Row], view: View, words: Words) -> list[html.Section]:
    """One bar per period, and in the same line the counts that it is drawn from."""
    if not rows:
        return []
    shown = [status for status in DeliveryStatus if any(row[status.value] for row in rows)]
    heading = words("delivery.by_period")
    names = [capital(words(f"delivery.{status}")) for status in shown]
    expected = words("delivery.expected")
    heads = [words("filter.period"), words("delivery.bar"), expected, *names]
    lines = [_period(row, shown, view, words) for row in rows]
    table = figures_table(heading, heads, lines, "periods-table", [expected, *names])
    return [html.Section([html.H2(heading), table], className="panel")]


def _period(row: Row, shown: Sequence[DeliveryStatus], view: View, words: Words) -> html.Tr:
    period = row["reporting_period"]
    name = period_name(period, words)
    segments = [
        html.Span(
            className=f"segment segment-{status}",
            style={"width": f"{100 * row[status.value] / row['expected']:.2f}%"},
        )
        for status in shown
        if row[status.value]
    ]
    link = html.A(name, href=view.at(period=period, delivery=""))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(html.Div(segments, className="bar", **aria(hidden="true"))),
            html.Td(number(row["expected"], 0, words), className="number"),
            *(html.Td(_count(row, status, view, words), className="number") for status in shown),
        ]
    )


def _count(row: Row, status: DeliveryStatus, view: View, words: Words) -> Any:
    """A count opens the list of the units behind it."""
    count = row[status.value]
    if not count:
        return number(0, 0, words)
    name = f"{period_name(row['reporting_period'], words)}, {words(f'delivery.{status}')}"
    text = number(count, 0, words)
    href = view.at(period=row["reporting_period"], delivery=status.value)
    return html.A(text, href=href, **aria(label=f"{name}: {text}"))


def delivery_matrix(found: Matrix, view: View, words: Words) -> list[html.Section]:
    """Localities by periods; a name opens the units below it or the reports of the unit."""
    if not found.periods:
        return []
    heading = words("delivery.matrix")
    heads = [words("delivery.unit"), *(_head(found, period, words) for period in found.periods)]
    lines = [_line(row, found, view, words) for row in found.rows]
    notes = [words("delivery.matrix.note")]
    if found.left_out:
        notes.append(words.counted("delivery.matrix.left_out", found.left_out))
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(" ".join(notes), className="note"),
                figures_table(heading, heads, lines, "delivery-matrix"),
            ],
            className="panel",
        )
    ]


def _head(found: Matrix, period: str, words: Words) -> list[Any]:
    if not found.parts():
        return [period_name(period, words)]
    counted = words(
        "delivery.matrix.received",
        count=number(found.received(period), 0, words),
        total=number(len(found.parts()), 0, words),
    )
    return [period_name(period, words), html.Div(counted, className="aside")]


def _line(row: Row, found: Matrix, view: View, words: Words) -> html.Tr:
    place = row["locality_id"]
    cells = [found.cells[place, period] for period in found.periods]
    return html.Tr(
        [
            html.Th(_name(row, cells, view, words), scope="row"),
            *(html.Td(_cell(cell, words)) for cell in cells),
        ]
    )


def _name(row: Row, cells: Sequence[Cell], view: View, words: Words) -> list[Any]:
    """A locality with units below opens them; any other one its own page with its reports."""
    place = row["locality_id"]
    has_below = any(cell.below for cell in cells)
    opens_units = has_below and place != view.locality
    path = view.path if opens_units else "/dia-phuong"
    name = words.pick(row, "name")
    if words.language == "vi" and row["level"] in ("commune", "district"):
        name = f"{row['type_vi']} {name}"
    former = []
    if row["geo_version"] == GEOGRAPHIES[1] and view.geography != GEOGRAPHIES[1]:
        former = [html.Div(words(f"geography.{row['geo_version']}"), className="aside")]
    return [html.A(name, href=view.at(path=path, locality=place, delivery="")), *former]


def _cell(cell: Cell, words: Words) -> list[Any]:
    told: list[Any] = []
    if cell.own is not None:
        status = cell.own["status"]
        told.append(html.Div(_own(cell.own, words), className=f"delivery-{status}"))
    if cell.below is not None:
        told.append(html.Div(_below(cell.below, words), className="aside"))
    return told or [_NONE]


def _own(own: Row, words: Words) -> str:
    if own["status"] == DeliveryStatus.LATE:
        return words.counted("delivery.late_by", own["days_late"])
    if own["status"] == "received":
        day = format_date(own["received_on"], words.language)
        return words("delivery.received_on", day=day)
    return words(f"delivery.{own['status']}")


def _below(below: Row, words: Words) -> str:
    told = words(
        "delivery.below",
        on_time=number(below[DeliveryStatus.ON_TIME.value], 0, words),
        expected=number(below["expected"], 0, words),
    )
    others = [
        f"{number(below[status.value], 0, words)} {words(f'delivery.{status}')}"
        for status in _OTHERS
        if below[status.value]
    ]
    return "; ".join([told, *others])
