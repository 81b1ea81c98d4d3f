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
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from python_calamine import PasswordError

from etl.addresses import column_letter
from etl.limits import LimitExceeded, ReadLimits

# Any attribute r="A1" or r="12", however quoted: rows and cells.
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
# Only sheets with a cell or row that does not start with an address within Z9999 are measured.
_NOT_NEAR: Final = re.compile(rb'<(?:\w+:)?(?:c|row)(?! r="[A-Z]?[0-9]{1,4}")[\s/>]')
_ROW: Final = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_CELL: Final = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_WITHOUT_ADDRESS: Final = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])(?![^<>]*\br\s*=)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # of the format itself
_NEAR_ROWS, _NEAR_COLUMNS = 9_999, 26
_TAGS_OF_A_FILLED_CELL: Final = 4  # <c>, <v>, </v>, </c>
_SHARED_TEXT: Final = re.compile(rb"<si\b.*?</si>", re.S)
_CELL_VALUE: Final = re.compile(rb"<v>([0-9]{1,9})</v>")
_SHARED_TEXTS: Final = "xl/sharedStrings.xml"
_TEXT_COUNT: Final = re.compile(rb"""\buniqueCount\s*=\s*["']\s*\+?([0-9]+)""")
_BYTES_TO_TEXT_COUNT: Final = 4_096
_SHORTEST_TEXT: Final = len(b"<si/>")
# Formatted but empty; the fast reader passes over them.
_EMPTY_CELL: Final = re.compile(rb"<c\b[^<>]*(?:/>|></c>)")
_EMPTY_ROW: Final = re.compile(rb"<row\b[^<>]*(?:/>|></row>)")
_ENCRYPTED: Final = 1  # bit of the flags of a zip entry
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

    def without(self, paths: Collection[str]) -> Package:
        """The package less some of its parts."""
        parts = {path: content for path, content in self.parts.items() if path not in paths}
        return Package(parts, self.names)


def open_package(content: bytes, limits: ReadLimits) -> Package:
    """Unpack all XML parts within the limits.

    Raises:
        LimitExceeded: it is larger than allowed.
        PasswordError: its parts are encrypted.
        zipfile.BadZipFile: it is damaged, or its directory lies about a part.
        OSError, EOFError, ValueError, NotImplementedError, zlib.error: it is damaged.
    """
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PasswordError
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


def check_xlsx_extent(package: Package, limits: ReadLimits) -> dict[str, str]:
    """Find sheets that would be laid out larger than allowed: path → their farthest corner.

    Raises:
        LimitExceeded: too many sheets or cells in all, or too much repeated text.
        ValueError: the file says that it has more texts than it can hold.
    """
    sheets = package.sheets
    if len(sheets) > limits.maximum_sheets:
        raise LimitExceeded(f"{limits.maximum_sheets} trang tính")
    filled = sum(content.count(b"<") for content in sheets.values()) // _TAGS_OF_A_FILLED_CELL
    limits.check_extent(0, 0, filled)
    areas = {path: _quick_area(content) for path, content in sheets.items()}
    if sum(area.cells for area in areas.values()) > limits.maximum_cells:
        areas = {path: _exact_area(content) for path, content in sheets.items()}
    too_large = {path: area.corner for path, area in areas.items() if not area.fits(limits)}
    limits.check_extent(0, 0, sum(areas[path].cells for path in areas if path not in too_large))
    _check_text_count(package)
    _check_shared_texts(package, sheets, filled, limits)
    return too_large


@dataclass(frozen=True)
class _Area:
    """The used rectangle of a sheet: its last row and column, and how many of both it spans."""

    last_row: int
    last_column: int
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    @property
    def corner(self) -> str:
        return f"{column_letter(self.last_column)}{self.last_row}"

    def fits(self, limits: ReadLimits) -> bool:
        return (
            self.last_row <= _LAST_ROW
            and self.last_column <= _LAST_COLUMN
            and self.rows <= limits.maximum_rows
            and self.columns <= limits.maximum_columns
            and self.cells <= limits.maximum_cells
        )


def _quick_area(content: bytes) -> _Area:
    """An upper bound; exact where the area could be large."""
    if _NOT_NEAR.search(content) is None:
        rows = min(_NEAR_ROWS, content.count(b"<") // 2)
        return _Area(rows, _NEAR_COLUMNS, rows, _NEAR_COLUMNS)
    return _exact_area(content)


def _exact_area(content: bytes) -> _Area:
    """Between the outermost references, those of empty cells and rows left aside."""
    content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
    rows, columns = set(), set()
    for letters, digits in _REFERENCE.findall(content):
        rows.add(int(digits[:10]))
        columns.add(letters)
    numbers = [_column_number(letters) for letters in columns if letters] or [1]
    first_row, last_row = min(rows, default=1), max(rows, default=1)
    first_column, last_column = min(numbers), max(numbers)
    if _WITHOUT_ADDRESS.search(content):  # such cells follow one another, wherever the last was
        of_rows = [len(_CELL.findall(row)) for row in _ROW.split(content)]
        first_row, last_row = 1, last_row + len(of_rows)
        first_column, last_column = 1, last_column + max(of_rows)
    return _Area(last_row, last_column, last_row - first_row + 1, last_column - first_column + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:7].upper():
        number = number * 26 + letter - 64
    return number


def _check_text_count(package: Package) -> None:
    """The fast reader reserves memory for as many texts as the file says it has.

    Raises:
        ValueError: the file says more than it can hold.
    """
    texts = package.parts.get(_SHARED_TEXTS, b"")
    count = _TEXT_COUNT.search(texts[:_BYTES_TO_TEXT_COUNT])
    if count and int(count[1][:20]) * _SHORTEST_TEXT > len(texts):
        raise ValueError(f"{count[1][:20].decode()} texts in {len(texts)} bytes")


def _check_shared_texts(
    package: Package, sheets: dict[str, bytes], cells: int, limits: ReadLimits
) -> None:
    """A text stored once is copied for each cell that shows it."""
    shared = package.parts.get(_SHARED_TEXTS, b"")
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
        raise LimitExceeded(f"{limits.maximum_sheets} trang tính")
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
