"""The matrix locality × target: a real table, every cell a link to the trend."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.verdict import verdict_symbol
from dashboard.queries import Row
from dashboard.sentences import number, shown_word
from dashboard.texts import Words
from indicators.tables import Verdict


def verdict_matrix(board: pl.DataFrame, view: View, words: Words) -> html.Div:
    """Localities with at least one result as rows of a table; the others named under it.

    Args:
        board: answer of :func:`dashboard.queries.board`.
        view: the present view; its locality is marked and always has its row.
        words: the texts of one language.
    """
    rows = list(board.iter_rows(named=True))
    targets = list({row["target_id"]: row for row in rows}.values())
    localities = [
        list(cells) for _, cells in groupby(rows, key=lambda row: str(row["locality_id"]))
    ]
    shown = [cells for cells in localities if _has_row(cells, view)]
    silent = [cells[0] for cells in localities if not _has_row(cells, view)]
    table = html.Table(
        [
            html.Caption(words("matrix"), className="hidden"),
            html.Thead([_objectives(targets, words), _codes(targets, words)]),
            html.Tbody([_row(cells, targets, view, words) for cells in shown]),
        ],
        className="matrix",
    )
    frame = html.Div(
        table,
        className="scroll matrix-frame",
        role="region",
        tabIndex=0,
        **aria(label=words("matrix")),
    )
    return html.Div([frame, *_silent_localities(silent, view, words)])


def _has_row(cells: Sequence[Row], view: View) -> bool:
    first = cells[0]
    is_wanted = first["level"] == "national" or first["locality_id"] == view.locality
    return is_wanted or any(has_result(cell) for cell in cells)


def has_result(cell: Row) -> bool:
    """Whether a cell says more than that nothing can be said."""
    return bool(cell["shown"] != Verdict.NOT_ASSESSABLE)


def _objectives(targets: Sequence[Row], words: Words) -> html.Tr:
    heads = [
        html.Th(
            html.Span(words.pick(group[0], "objective")),
            colSpan=len(group),
            scope="colgroup",
            title=words.pick(group[0], "objective"),
        )
        for group in (
            list(members) for _, members in groupby(targets, key=lambda row: row["objective_no"])
        )
    ]
    return html.Tr([html.Td(className="corner"), *heads], className="objectives")


def _codes(targets: Sequence[Row], words: Words) -> html.Tr:
    heads = [
        html.Th(
            html.Abbr(target["short_code"], title=words.pick(target, "target")),
            scope="col",
        )
        for target in targets
    ]
    corner = html.Th(words("filter.locality"), scope="col", className="corner")
    return html.Tr([corner, *heads], className="codes")


def _row(cells: Sequence[Row], targets: Sequence[Row], view: View, words: Words) -> html.Tr:
    first = cells[0]
    by_target = {cell["target_id"]: cell for cell in cells}
    name = words.pick(first, "locality")
    head = html.Th(
        html.A(name, href=view.at(locality=first["locality_id"])),
        scope="row",
    )
    data = [
        html.Td(_cell(by_target[target["target_id"]], name, view, words))
        if target["target_id"] in by_target
        else html.Td("–", title=words("matrix.outside"), className="outside")
        for target in targets
    ]
    chosen = " chosen" if first["locality_id"] == view.locality else ""
    return html.Tr([head, *data], className=f"level-{first['level']}{chosen}")


def _cell(cell: Row, locality: str, view: View, words: Words) -> html.A:
    """Symbol, colour and a short word; its name in full for screen readers and on hovering."""
    label = words(
        "matrix.cell",
        locality=locality,
        target=cell["short_code"],
        verdict=shown_word(cell, words),
    )
    short = words(f"short.{cell['shown']}") if has_result(cell) else ""
    if short not in label:  # who speaks to the machine says what is seen
        label += f", {short}"
    if cell["is_unverified"]:
        label += f" ({words('unverified')})"
    if cell["is_synthetic"]:
        label += f" ({words('synthetic')})"
    made_up = " cell-synthetic" if cell["is_synthetic"] else ""
    return html.A(
        [verdict_symbol(cell["shown"]), *_short_word(cell, words)],
        href=view.at(path="/chi-tieu", target=cell["target_id"], locality=cell["locality_id"]),
        title=label,
        className=f"cell cell-{cell['shown']}{made_up}",
        **aria(label=label),
    )


def _short_word(cell: Row, words: Words) -> list[html.Span]:
    if not has_result(cell):
        return []
    mark = "*" if cell["is_unverified"] else ""
    return [html.Span(words(f"short.{cell['shown']}") + mark)]


def _silent_localities(silent: Sequence[Row], view: View, words: Words) -> list[html.P]:
    if not silent:
        return []
    names: list[html.A | str] = []
    for row in silent:
        names += [
            html.A(words.pick(row, "locality"), href=view.at(locality=row["locality_id"])),
            ", ",
        ]
    head = words.counted("matrix.without", len(silent))
    count = number(len(silent), 0, words)
    return [html.P([head.replace(str(len(silent)), count, 1), *names[:-1], "."], className="note")]
