"""Tables taken away: ``/tai-ve/<name>.csv`` and ``.xlsx`` with the query string of their page.

A file holds exactly what its page shows, because both come from the same address.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Flask, Response, request

from dashboard import queries
from dashboard.address import ALL_LOCALITIES, View, read_address
from dashboard.release import Release, ReleaseDoor
from dashboard.table import Table
from dashboard.table_files import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from dashboard.texts import Words
from indicators.errors import ReleaseUnavailable
from indicators.numbers import format_date
from indicators.text import fold

log = logging.getLogger(__name__)

FOLDER: Final = "/tai-ve"
KINDS: Final = {"xlsx": "Excel", "csv": "CSV"}  # ending of a file and the name of its kind
_LONGEST_NAME: Final = 80  # characters of a file's name before the date

MakeTable = Callable[[Release, View, Words], Table | None]
MakeTables = Callable[[Release, View, Words], Sequence[Table]]
FillView = Callable[[Release, View], View]


@dataclass(frozen=True)
class TableFile:
    """The tables that a page offers.

    Attributes:
        name: of the file in its address.
        tables: what the page shows for a view, its main table first; none where it shows no row.
            The locality of the view is one that the release knows, or all of them.
    """

    name: str
    tables: MakeTables


def alone(make: MakeTable) -> MakeTables:
    """The one table of a page, or none."""

    def tables(release: Release, view: View, words: Words) -> Sequence[Table]:
        table = make(release, view, words)
        return () if table is None else (table,)

    return tables


def download_addresses(offered: TableFile, view: View) -> dict[str, str]:
    """Name of a kind of file and its address for a view of the page."""
    _, _, query = view.at().partition("?")
    return {
        name: f"{FOLDER}/{offered.name}.{ending}{'?' * bool(query)}{query}"
        for ending, name in KINDS.items()
    }


def add_downloads(
    server: Flask, door: ReleaseDoor, offered: Mapping[str, TableFile], fill: FillView
) -> None:
    """Serve the tables.

    Args:
        server: of the board.
        door: to the release in force.
        offered: tables of each page, by the path of the page.
        fill: puts into a view what its page shows where the address asks for nothing.
    """
    paths = {table_file.name: path for path, table_file in offered.items()}

    @server.get(f"{FOLDER}/<name>.<any({','.join(KINDS)}):ending>")
    def download(name: str, ending: str) -> Response:
        view = read_address(paths.get(name), request.query_string.decode("utf-8", "replace"))
        words = Words(view.language)
        try:
            release = door.current()
            tables: Sequence[Table] = ()
            if name in paths and _knows(release, view.locality):
                view = fill(release, view)
                tables = offered[view.path].tables(release, view, words)
            if not tables:
                return _message(words("file.nothing"), 404)
            told = [_with_origin(table, release, view, words) for table in tables]
            return _answer(release, told, ending, words)
        except ReleaseUnavailable as error:
            log.warning("%s", error)
            return _message(words("fault.no_release.what"), 503)
        except Exception:  # the reader gets a code, the log everything
            code = secrets.token_hex(4)
            log.exception("download failed, code %s: %s", code, view)
            return _message(words("fault.program.do", code=code), 500)


def _knows(release: Release, locality_id: str) -> bool:
    return locality_id == ALL_LOCALITIES or queries.locality(release, locality_id) is not None


def _with_origin(table: Table, release: Release, view: View, words: Words) -> Table:
    """The table with what every file says of itself."""
    info = queries.info(release)
    told = words(
        "file.release",
        id=info["release_id"],
        date=format_date(info["created_at"].date(), words.language),
        method=info["method_version"],
        year=info["as_of_year"],
    )
    address = words("file.address", address=f"{_root()}{view.at()}")
    return replace(table, notes=[*table.notes, told, address])


def _answer(release: Release, tables: Sequence[Table], ending: str, words: Words) -> Response:
    """A workbook with every table, or the main one as CSV, which has room for no other."""
    made_at = queries.info(release)["created_at"]
    if ending == "csv":
        tables = tables[:1]
        response = Response(csv_file(tables[0], _root(), words), content_type=CSV_TYPE)
    else:
        content = xlsx_file(tables, _root(), made_at, words)
        response = Response(content, content_type=XLSX_TYPE)
    name = f"{file_name(tables, words)}-{made_at:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def file_name(tables: Sequence[Table], words: Words) -> str:
    """A name of plain letters, digits and hyphens: of the main table, and whether any value of the
    file is made up.
    """
    mark = words("file.synthetic.name") if any(one.is_synthetic for one in tables) else ""
    said = "".join(letter for letter in fold(f"{mark} {tables[0].title}") if letter.isascii())
    parts = said.split()
    while parts and len("-".join(parts)) > _LONGEST_NAME:
        parts.pop()
    return "-".join(parts) or "bang"


def _message(text: str, status: int) -> Response:
    response = Response(f"{text}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _root() -> str:
    return request.url_root.rstrip("/")
