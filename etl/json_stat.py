"""JSON-stat, as PX-Web gives it out, laid out like its csv: title, blank line, header, lines.

Reads version 2 and the older form that wraps everything in ``dataset`` and keeps ``id`` and
``size`` among the dimensions. Downloads end with a NUL byte, which is dropped.
"""

from __future__ import annotations

import json
import math
from itertools import product
from typing import Any

from etl.addresses import CellValue
from etl.limits import ReadLimits

VALUE_HEADER = "value"
_MISSING = ".."


def json_stat_rows(content: bytes, limits: ReadLimits) -> list[list[CellValue]]:
    """Rows: the title, an empty row, the dimensions' names, then a line per value.

    A null without a mark of its own becomes ``..``.

    Raises:
        ValueError, KeyError: it is no JSON, no JSON-stat, or contradicts itself.
        LimitExceeded: it holds more values than allowed.
    """
    data = json.loads(content.decode("utf-8-sig").rstrip("\x00 \r\n\t"))
    dataset = _mapping(data.get("dataset", data))
    dimensions = _mapping(dataset["dimension"])
    names = dataset.get("id", dimensions.get("id"))
    sizes = dataset.get("size", dimensions.get("size"))
    if not isinstance(names, list) or not isinstance(sizes, list) or len(names) != len(sizes):
        raise ValueError("id, size")
    if not all(type(size) is int and 0 <= size <= limits.maximum_cells for size in sizes):
        raise ValueError("size")
    total = math.prod(sizes)
    limits.check_extent(total, len(names) + 1, total * (len(names) + 1))
    labels = [_labels(_mapping(dimensions[name])) for name in names]
    if [len(one) for one in labels] != sizes:
        raise ValueError("category")
    values = _sparse(dataset["value"], total)
    marks = _sparse(dataset.get("status"), total)
    header: list[CellValue] = [_name(dimensions[name], name) for name in names]
    rows: list[list[CellValue]] = [[str(dataset.get("label") or "")], [], [*header, VALUE_HEADER]]
    for position, line in enumerate(product(*labels)):
        rows.append([*line, _cell(values.get(position), marks.get(position))])
    return rows


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("JSON-stat")
    return value


def _name(dimension: dict[str, Any], identity: object) -> str:
    return str(dimension.get("label") or identity)


def _labels(dimension: dict[str, Any]) -> list[str]:
    """Labels of a dimension's categories, in order."""
    category = _mapping(dimension["category"])
    names = _mapping(category.get("label", {}))
    index = category.get("index", list(names))
    if isinstance(index, dict):
        if not all(isinstance(place, int) for place in index.values()):
            raise ValueError("index")
        index = sorted(index, key=lambda code: index[code])
    if not isinstance(index, list):
        raise ValueError("index")
    return [str(names.get(str(code), code)) for code in index]


def _sparse(values: object, total: int) -> dict[int, object]:
    """A list of all values, or some by their position."""
    if isinstance(values, list):
        if len(values) != total:
            raise ValueError("value")
        return dict(enumerate(values))
    if isinstance(values, dict):
        return {int(position): value for position, value in values.items()}
    return {}


def _cell(value: object, mark: object) -> CellValue:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        return value
    return mark if isinstance(mark, str) and mark else _MISSING
