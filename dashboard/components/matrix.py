"""The matrix locality × target, as the data from which the browser draws a real table.

More than a thousand cells as components would be most of what a page weighs and most of the time
until it is seen. The browser (``assets/matrix.js``) gets names, one code per cell and the words of
the few results that there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import orjson
from dash import html

from dashboard.address import BY_REGION, View
from dashboard.components.aria import aria
from dashboard.components.trace_link import trace_address
from dashboard.overview import Line, Order, by_region
from dashboard.queries import Row
from dashboard.sentences import in_unit, number, shown_word
from dashboard.texts import Words
from indicators.tables import Verdict

_ANY_TARGET: Final = "~"  # the place of the target in the address of a cell
_MET_SORTS: Final[Mapping[str, str]] = {
    Order.MOST_MET: "descending",
    Order.FEWEST_MET: "ascending",
}
_UNVERIFIED, _SYNTHETIC = "*", "~"  # after the number of a result


@dataclass(frozen=True)
class Matrix:
    """What is shown and how: lines in their order, columns, the target in view."""

    lines: Sequence[Line]
    heads: Sequence[Row]
    target_id: str
    view: View
    words: Words
    has_stars: bool  # unverified results are marked; where all are, it is told once below


def verdict_matrix(matrix: Matrix) -> html.Div:
    """The frame in which the browser draws the table."""
    data: dict[str, Any] = {"data-matrix": orjson.dumps(matrix_data(matrix)).decode()}
    return html.Div(
        className="scroll matrix-frame",
        role="region",
        tabIndex=0,
        **aria(label=matrix.words("matrix")),
        **data,
    )


def matrix_data(matrix: Matrix) -> dict[str, Any]:
    """Heads, rows and words of the table, ready for JSON."""
    words = matrix.words
    results = _results(matrix.lines, words)
    numbers = {key: place for key, (place, _) in results.items()}
    return {
        "caption": words("matrix"),
        "place": {"text": words("filter.locality"), **_place_order(matrix)},
        "met": _met_head(matrix),
        "value": words("matrix.value"),
        "objectives": [
            {"text": words.pick(group[0], "objective"), "span": len(group)}
            for group in (
                list(members)
                for _, members in groupby(matrix.heads, key=lambda row: row["objective_no"])
            )
        ],
        "targets": [_target_head(row, matrix) for row in matrix.heads],
        "results": [result for _, result in results.values()],
        "label": words(
            "matrix.cell", locality="{locality}", target="{target}", verdict="{verdict}"
        ),
        "unverified": words("unverified"),
        "synthetic": words("synthetic"),
        "outside": words("matrix.outside"),
        "rows": _rows(matrix, numbers),
    }


# Heads -----------------------------------------------------------------------------------------


def _place_order(matrix: Matrix) -> dict[str, Any]:
    """The two orders of localities, as links."""
    order = matrix.view.order
    links = [
        {
            "text": matrix.words(key),
            "href": matrix.view.at(order=str(value)),
            "current": order == value,
        }
        for key, value in (("matrix.by_code", Order.CODE), ("matrix.by_name", Order.NAME))
    ]
    return {"links": links, "sort": "ascending" if order in (Order.CODE, Order.NAME) else None}


def _met_head(matrix: Matrix) -> dict[str, Any]:
    order = matrix.view.order
    follows = Order.FEWEST_MET if order == Order.MOST_MET else Order.MOST_MET
    key = "matrix.fewest" if follows == Order.FEWEST_MET else "matrix.most"
    return {
        "text": matrix.words("matrix.met"),
        "title": matrix.words(key),
        "href": matrix.view.at(order=str(follows)),
        "sort": _MET_SORTS.get(order),
    }


def _target_head(row: Row, matrix: Matrix) -> dict[str, Any]:
    """A head chooses its target; that of the target in view also sorts by it."""
    view, words = matrix.view, matrix.words
    code, target_id = row["short_code"], row["target_id"]
    name = words.pick(row, "target")
    head = {
        "id": target_id,
        "code": code,
        "title": words("matrix.choose", target=code, name=name),
        "href": view.at(target=target_id),
    }
    if target_id != matrix.target_id:
        return head
    is_sorted = view.order == Order.RESULT
    key = "matrix.by_result_off" if is_sorted else "matrix.by_result"
    order = Order.CODE if is_sorted else Order.RESULT
    return {
        **head,
        "chosen": True,
        "sort": "other" if is_sorted else None,
        "sorter": {
            "title": words(key, target=code),
            "href": view.at(target=target_id, order=str(order)),
        },
    }


# Rows ------------------------------------------------------------------------------------------


def _results(
    found: Sequence[Line], words: Words
) -> dict[tuple[str, str], tuple[int, dict[str, str]]]:
    """Every result with its reason that occurs: its number and its words."""
    results: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    for line in found:
        for cell in line.cells.values():
            key = _key(cell)
            if key not in results:
                results[key] = len(results), _said(cell, words)
    return results


def _key(cell: Row) -> tuple[str, str]:
    return cell["shown"], cell["verdict_reason"] or ""


def _said(cell: Row, words: Words) -> dict[str, str]:
    has_result = cell["shown"] != Verdict.NOT_ASSESSABLE
    return {
        "verdict": cell["shown"],
        "short": words(f"short.{cell['shown']}") if has_result else "",
        "word": shown_word(cell, words),
    }


def _rows(matrix: Matrix, numbers: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    if matrix.view.groups != BY_REGION:
        return [_row(line, numbers, matrix) for line in matrix.lines]
    rows = [_row(line, numbers, matrix) for line in matrix.lines if line.is_nation]
    for first, members in by_region(matrix.lines):
        rows.append(_group(first, len(members), matrix.words))
        rows += [_row(line, numbers, matrix) for line in members]
    return rows


def _group(first: Row, count: int, words: Words) -> dict[str, Any]:
    name = words.pick(first, "region") if first["region_id"] else words("matrix.no_region")
    return {"group": words("matrix.group", region=name, count=number(count, 0, words))}


def _row(line: Line, numbers: Mapping[tuple[str, str], int], matrix: Matrix) -> dict[str, Any]:
    place, view, words = line.place, matrix.view, matrix.words
    locality_id = place["locality_id"]
    cells = [line.cells.get(head["target_id"]) for head in matrix.heads]
    classes = [f"level-{place['level']}", *["chosen"] * (locality_id == view.locality)]
    return {
        "name": words.pick(place, "locality"),
        "href": view.at(locality=locality_id),
        "cell": view.at(path="/chi-tieu", target=_ANY_TARGET, locality=locality_id),
        "class": " ".join(classes),
        "met": words("matrix.met_of", met=line.met, total=len(line.cells)),
        **_value(line.cells.get(matrix.target_id), view, words),
        "cells": [_code(cell, numbers, matrix.has_stars) for cell in cells],
    }


def _code(cell: Row | None, numbers: Mapping[tuple[str, str], int], is_marked: bool) -> str:
    if cell is None:
        return ""
    unverified = _UNVERIFIED if is_marked and cell["is_unverified"] else ""
    return f"{numbers[_key(cell)]}{unverified}{_SYNTHETIC if cell['is_synthetic'] else ''}"


def _value(cell: Row | None, view: View, words: Words) -> dict[str, str]:
    """What the result of the target in view rests on, and the way to where it comes from."""
    if cell is None or cell["latest_published"] is None:
        return {"value": number(None, 0, words)}
    told = {"value": in_unit("unit", cell["latest_published"], cell["decimals"] or 0, cell, words)}
    figure = cell["latest_observation_id"]
    return {**told, "trace": trace_address(figure, view)} if figure else told
