"""The zip archive inside .xlsx and .ods files, opened without trusting what it says of itself.

The fast reader unpacks whatever it finds and lays every sheet out as a full rectangle, so one
cell at XFD1048576 or one long text shared by a million cells would take all memory. Everything
is measured here first, on the XML itself.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Final

from etl.limits import LimitExceeded, ReadLimits

# Any attribute r="A1" or r="12", however quoted: rows and cells.
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
# Only sheets that hold a column beyond Z or a row beyond 9,999 are measured cell by cell.
_FAR_REFERENCE: Final = re.compile(
    rb"""\br\s*=\s*["']\s*(?:[A-Za-z]{2,}[0-9]|[A-Za-z]*[0-9]{5,}|[A-Za-z]*&)"""
)
_NEAR_ROWS, _NEAR_COLUMNS = 9_999, 26
_TAGS_OF_A_FILLED_CELL: Final = 4  # <c>, <v>, </v>, </c>
_SHARED_TEXT: Final = re.compile(rb"<si\b.*?</si>", re.S)
_CELL_VALUE: Final = re.compile(rb"<v>([0-9]{1,9})</v>")
_ODS_ROW: Final = re.compile(rb"<table:table-row\b")
_ODS_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*>")
_ODS_ROWS_REPEATED: Final = re.compile(rb"""number-rows-repeated\s*=\s*["']([0-9]+)""")
_ODS_COLUMNS_REPEATED: Final = re.compile(rb"""number-columns-repeated\s*=\s*["']([0-9]+)""")


@dataclass(frozen=True)
class Package:
    """Unpacked XML parts by path, and the paths of all parts."""

    parts: dict[str, bytes]
    names: frozenset[str]

    @property
    def sheets(self) -> dict[str, bytes]:
        """XML of the worksheets of an .xlsx by path."""
        return {
            name: content
            for name, content in self.parts.items()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        }


def open_package(content: bytes, limits: ReadLimits) -> Package:
    """Unpack all XML parts within the limits.

    Raises:
        LimitExceeded: it is larger than allowed.
        zipfile.BadZipFile: it is damaged, or its directory lies about a part.
        OSError, EOFError, ValueError, NotImplementedError, zlib.error: it is damaged.
    """
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > limits.maximum_parts:
            raise LimitExceeded(f"{limits.maximum_parts} phần trong một tệp")
        if sum(entry.file_size for entry in entries) > limits.maximum_unzipped_bytes:
            raise LimitExceeded.of_bytes(limits.maximum_unzipped_bytes)
        left = limits.maximum_unzipped_bytes
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels", "mimetype")):
                parts[entry.filename] = _unpack(archive, entry, left)
                left -= len(parts[entry.filename])
    return Package(parts, frozenset(entry.filename for entry in entries))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """A part read to its true end: the size in the directory may be a lie."""
    honest = copy.copy(entry)
    honest.file_size = left + 1
    with archive.open(honest) as stream:
        data = stream.read(left + 1)
    if len(data) > left:
        raise LimitExceeded.of_bytes(left)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return data


def check_xlsx_extent(package: Package, limits: ReadLimits) -> None:
    """Refuse sheets that would be laid out larger than allowed.

    Raises:
        LimitExceeded: too many sheets, rows, columns, cells or too much repeated text.
    """
    sheets = package.sheets
    if len(sheets) > limits.maximum_sheets:
        raise LimitExceeded(f"{limits.maximum_sheets} sheet")
    filled = sum(content.count(b"<") for content in sheets.values()) // _TAGS_OF_A_FILLED_CELL
    limits.check_extent(0, 0, filled)
    extents = [_quick_extent(content, limits) for content in sheets.values()]
    if sum(rows * columns for rows, columns in extents) > limits.maximum_cells:
        extents = [_exact_extent(content, limits) for content in sheets.values()]
    total = 0
    for rows, columns in extents:
        total += rows * columns
        limits.check_extent(rows, columns, total)
    _check_shared_texts(package, sheets, filled, limits)


def _quick_extent(content: bytes, limits: ReadLimits) -> tuple[int, int]:
    """An upper bound of rows and columns of the used rectangle; exact where it could be large."""
    if _FAR_REFERENCE.search(content) is None:
        return min(_NEAR_ROWS, content.count(b"<") // 2), _NEAR_COLUMNS
    return _exact_extent(content, limits)


def _exact_extent(content: bytes, limits: ReadLimits) -> tuple[int, int]:
    """Stops at the first reference beyond the limits.

    Raises:
        LimitExceeded: there is one.
    """
    last_row, last_column = 0, 1
    for match in _REFERENCE.finditer(content):
        row, column = int(match[2][:10]), _column_number(match[1])
        if row > last_row or column > last_column:
            last_row, last_column = max(row, last_row), max(column, last_column)
            limits.check_extent(last_row, last_column, 0)
    return last_row, last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:7].upper():
        number = number * 26 + letter - 64
    return number


def _check_shared_texts(
    package: Package, sheets: dict[str, bytes], cells: int, limits: ReadLimits
) -> None:
    """A text stored once is copied for each cell that shows it."""
    shared = package.parts.get("xl/sharedStrings.xml", b"")
    if len(shared) * cells <= limits.maximum_unzipped_bytes:
        return
    lengths = [len(text) for text in _SHARED_TEXT.findall(shared)]
    if max(lengths, default=len(shared)) * cells <= limits.maximum_unzipped_bytes:
        return
    uses: Counter[bytes] = Counter()
    for content in sheets.values():
        uses.update(_CELL_VALUE.findall(content))
    total = sum(
        lengths[int(index)] * count for index, count in uses.items() if int(index) < len(lengths)
    )
    if total > limits.maximum_unzipped_bytes:
        raise LimitExceeded.of_bytes(limits.maximum_unzipped_bytes)


def check_ods_extent(package: Package, limits: ReadLimits) -> None:
    """As :func:`check_xlsx_extent`; here repeated rows and cells are written once with a count.

    Raises:
        LimitExceeded: as above.
    """
    tables = package.parts.get("content.xml", b"").split(b"<table:table ")[1:]
    if len(tables) > limits.maximum_sheets:
        raise LimitExceeded(f"{limits.maximum_sheets} sheet")
    total = 0
    for table in tables:
        rows, columns = _ods_extent(table)
        total += rows * columns
        limits.check_extent(rows, columns, total)


def _ods_extent(table: bytes) -> tuple[int, int]:
    """Rows and columns down to the last filled cell."""
    rows, used_rows, used_columns = 0, 0, 0
    for row in _ODS_ROW.split(table)[1:]:
        start = row.split(b">", 1)[0]
        rows += _repeats(_ODS_ROWS_REPEATED, start)
        columns = 0
        for cell in _ODS_CELL.findall(row):
            columns += _repeats(_ODS_COLUMNS_REPEATED, cell)
            if not cell.endswith(b"/>") or b"value" in cell:
                used_rows, used_columns = rows, max(used_columns, columns)
    return used_rows, used_columns


def _repeats(pattern: re.Pattern[bytes], tag: bytes) -> int:
    match = pattern.search(tag)
    return int(match[1][:10]) if match else 1
