"""Nộp báo cáo: who has reported in time, late, not yet, and a ready letter to each who has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl
from dash import dcc, html

from dashboard import delivery, delivery_matrix, queries
from dashboard.address import NATION, View
from dashboard.components.aria import aria
from dashboard.components.delivery_matrix import delivery_matrix as delivery_grid
from dashboard.components.delivery_matrix import reports_by_period
from dashboard.components.disagreements import disagreements
from dashboard.components.fault import unknown_locality
from dashboard.components.figure_history import corrections, revisions
from dashboard.components.figures_table import figures_table
from dashboard.components.findings import findings
from dashboard.components.verdict import ribbon
from dashboard.delivery_matrix import Matrix
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import capital, number
from dashboard.texts import Words
from indicators.expected import DeliveryStatus, counts
from indicators.numbers import format_date
from indicators.reminders import is_to_remind, reminder

_TO_ACT_ON: Final = (DeliveryStatus.MISSING, DeliveryStatus.REFUSED, DeliveryStatus.LATE)
_NONE = "–"
_LETTER_ROWS = 14
_MOST_NAMES, _LONGEST_NAME = 5, 60


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view, as of the day of looking."""
    today = delivery.day_of_looking(release)
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != "ALL":
        return unknown_locality(view, words)
    view = delivery.known_period(release, view)
    period = delivery.shown_period(release, view, today)
    found = delivery.delivered(release, period, view.locality, today)
    reports = delivery_matrix.every_report(release, today)
    made_up = delivery.is_made_up(release, period)
    who = words.pick(locality, "name") if locality else words("all_localities")
    unlike = queries.disagreements(release, view.locality)
    codes = queries.code_names(release, words.language)
    rows = found.rows(named=True)
    grid = delivery_matrix.matrix(release, reports, view)
    due = _due(rows, found, today, view, words) if rows else [_nobody(who, grid, view, words)]
    any_made_up = made_up or delivery.has_made_up(release, view.locality)
    return html.Div(
        [
            *ribbon(any_made_up or bool(unlike["is_synthetic"].any()), words),
            *due,
            *reports_by_period(delivery_matrix.by_period(reports, view.locality), view, words),
            *delivery_grid(grid, view, words),
            *([_list(rows, today, made_up, view, words)] if rows else []),
            *_unplaced(delivery.unplaced(release, today), words),
            findings(release, view, words),
            corrections(release, view, words),
            revisions(release, codes, view, words),
            *disagreements(unlike, view, words),
            _source(release, words),
        ],
        className="delivery-page",
    )


def _due(
    rows: Sequence[Row], found: pl.DataFrame, today: date, view: View, words: Words
) -> list[html.Header | html.Ul | html.Section]:
    """What is told of one period where reports are expected."""
    counted = Counter(str(row["status"]) for row in rows)
    period = str(rows[0]["reporting_period"])
    return [
        _heading(period, counted, len(rows), today, words),
        _tiles(counted, len(rows), view, words),
        _recipients(found, words),
    ]


def _nobody(who: str, grid: Matrix, view: View, words: Words) -> html.Header:
    """Where no deadline is known: how many periods the locality has reported on all the same."""
    periods = grid.reported(view.locality)
    title = words("delivery.nobody")
    if periods:
        title = words.counted("delivery.outside", periods, locality=who)
    everywhere = html.P(html.A(words("delivery.everywhere"), href=view.at(locality=NATION)))
    return html.Header(
        [
            html.P(words("delivery.page"), className="page-name"),
            html.H1(title, id="title", tabIndex=-1),
            html.P(words("delivery.nobody.what", locality=who)),
            *([] if view.locality == NATION else [everywhere]),
        ],
        className="lead",
    )


def _source(release: Release, words: Words) -> html.P:
    created = queries.info(release)["created_at"].date()
    told = words("release_of", date=format_date(created, words.language))
    return html.P(words("delivery.source", release=told), className="note")


def _heading(
    period: str, counted: Counter[str], expected: int, today: date, words: Words
) -> html.Header:
    title = words(
        "delivery.title",
        period=delivery.period_name(period, words),
        on_time=number(counted[DeliveryStatus.ON_TIME], 0, words),
        expected=number(expected, 0, words),
    )
    others = [
        f"{number(counted[status], 0, words)} {words(f'delivery.{status}')}"
        for status in DeliveryStatus
        if status != DeliveryStatus.ON_TIME and counted[status]
    ]
    sentence = f"{title}; {', '.join(others)}." if others else f"{title}."
    day = format_date(today, words.language)
    return html.Header(
        [
            html.P(words("delivery.page"), className="page-name"),
            html.H1(sentence, id="title", tabIndex=-1),
            html.P(words("delivery.as_of", today=day)),
            html.P(words("delivery.rule"), className="note"),
        ],
        className="lead",
    )


def _tiles(counted: Counter[str], expected: int, view: View, words: Words) -> html.Ul:
    """One tile per status that occurs; each opens the list behind its count."""
    total = words("tile.of", total=number(expected, 0, words))
    tiles = [
        html.Li(
            html.A(
                [
                    html.Span(capital(words(f"delivery.{status}")), className="tile-name"),
                    html.Span(
                        [html.Strong(number(counted[status], 0, words)), html.Span(f" {total}")],
                        className="tile-count",
                    ),
                ],
                href=view.at(delivery=status.value),
                **(aria(current="true") if status == view.delivery else {}),
            ),
            className=f"tile delivery-tile delivery-{status}",
        )
        for status in DeliveryStatus
        if counted[status]
    ]
    return html.Ul(tiles, className="tiles", **aria(label=words("delivery.tiles")))


def _unplaced(file_names: Sequence[str], words: Words) -> list[html.P]:
    """Files that might be a missing report: nobody is counted for them."""
    if not file_names:
        return []
    named = ", ".join(
        name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        for name in file_names[:_MOST_NAMES]
    )
    more = ", …" if len(file_names) > _MOST_NAMES else ""
    said = words.counted("delivery.unplaced", len(file_names))
    return [html.P(f"{said} {named}{more}", className="note unplaced")]


def _recipients(found: pl.DataFrame, words: Words) -> html.Section:
    shown = [status for status in DeliveryStatus if (found["status"] == status.value).any()]
    heads = [
        words("delivery.recipient"),
        words("delivery.last_day"),
        words("delivery.expected"),
        *(capital(words(f"delivery.{status}")) for status in shown),
    ]
    by_rule = counts(found, ["recipient_id", "recipient_vi", "last_good_day", "confidence"])
    lines = [
        html.Tr(
            [
                html.Th(_recipient(row, words), scope="row"),
                html.Td(_day(row["last_good_day"], words), className="number"),
                html.Td(number(row["expected"], 0, words), className="number"),
                *(html.Td(_of(row, status, words), className="number") for status in shown),
            ]
        )
        for row in by_rule.iter_rows(named=True)
    ]
    return _table_section(words("delivery.by_recipient"), heads, lines, "recipients-table")


def _recipient(row: Row, words: Words) -> list[html.Span]:
    """Who collects, and whether the day was read in an act that binds these very units."""
    name = html.Span(f"{row['recipient_vi']} ", lang="vi")
    if row["confidence"] == "official":
        return [name]
    return [name, html.Span(words("delivery.carried_over"), className="caution")]


def _of(row: Row, status: DeliveryStatus, words: Words) -> str:
    """A count with its denominator."""
    return f"{number(row[status.value], 0, words)}/{number(row['expected'], 0, words)}"


def _list(
    rows: Sequence[Row], today: date, made_up: bool, view: View, words: Words
) -> html.Section:
    known = [status for status in DeliveryStatus if status == view.delivery]
    listed = [row for row in rows if row["status"] in (known or _TO_ACT_ON)]
    name = words(f"delivery.{known[0]}" if known else "delivery.to_act")
    heading = words("delivery.list", status=name)
    back = []
    if known:
        back = [html.P(html.A(words("delivery.show_to_act"), href=view.at(delivery="")))]
    if not listed:
        return html.Section(
            [html.H2(heading), *back, html.P(words("delivery.none"))], className="panel"
        )
    heads = [
        words(f"delivery.{column}")
        for column in ("unit", "state", "last_day", "days_late", "received", "recipient")
    ]
    order = {status: place for place, status in enumerate(_TO_ACT_ON)}
    listed.sort(key=lambda row: order.get(row["status"], 0))
    lines = [_unit(row, today, made_up, words) for row in listed]
    return _table_section(f"{heading} ({len(listed)})", heads, lines, "delivery-table", back)


def _unit(row: Row, today: date, made_up: bool, words: Words) -> html.Tr:
    state = [html.Span(words(f"delivery.{row['status']}"), className=f"delivery-{row['status']}")]
    if row["status"] == DeliveryStatus.REFUSED:
        state.append(html.Span(f" ({words.counted('delivery.errors', row['error_count'])})"))
    late = _NONE if row["days_late"] is None else number(row["days_late"], 0, words)
    named = f"{row['type_vi']} {row['name_vi']}" if words.language == "vi" else row["name_en"]
    return html.Tr(
        [
            html.Th(
                [named, *_ended(row, today, words), *_letter(row, today, made_up, words)],
                scope="row",
            ),
            html.Td(state),
            html.Td(_day(row["last_good_day"], words), className="number"),
            html.Td(late, className="number"),
            html.Td(_day(row["received_on"], words), className="number"),
            html.Td(row["recipient_vi"], lang="vi"),
        ]
    )


def _ended(row: Row, today: date, words: Words) -> list[html.Span]:
    """Said of a unit that is gone: what it owed stays counted, nobody can be written to."""
    ended = row["valid_to"]
    if ended is None or ended >= today:
        return []
    day = format_date(ended, words.language)
    return [html.Span(f" {words('delivery.ended', day=day)}", className="aside")]


def _letter(row: Row, today: date, made_up: bool, words: Words) -> list[html.Details]:
    """The ready letter, in Vietnamese whatever the language of the page; a copy of one that was
    written from a made-up register says so itself.

    A text box, since its whole text can be copied from the keyboard: Tab, Ctrl+A, Ctrl+C.
    """
    if not is_to_remind(row, today):
        return []
    letter = reminder(row, f"{row['type_vi']} {row['name_vi']}", today)
    mark = f"{Words('vi')('delivery.letter.made_up')}\n\n" if made_up else ""
    text = dcc.Textarea(
        value=f"{mark}{letter.subject}\n\n{letter.text}",
        readOnly=True,
        rows=_LETTER_ROWS,
        className="letter",
        lang="vi",
        title=words("delivery.letter.copy"),
    )
    return [html.Details([html.Summary(words("delivery.letter")), text])]


def _day(day: date | None, words: Words) -> str:
    return _NONE if day is None else format_date(day, words.language)


def _table_section(
    heading: str,
    heads: Sequence[str],
    lines: Sequence[html.Tr],
    class_name: str,
    above: Sequence[html.P] = (),
) -> html.Section:
    scroll = figures_table(heading, heads, lines, class_name)
    return html.Section([html.H2(heading), *above, scroll], className="panel")
