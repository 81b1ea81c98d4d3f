"""A plain .xls of Excel 97 (BIFF8), since no library of ours writes one and officers still do.

Record and container layouts: Microsoft, [MS-XLS] and [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Final

_SECTOR: Final = 512
_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST_STREAM: Final = 4096  # smaller streams would need the container's second allocation table
_BOF, _EOF, _BOUND_SHEET, _DIMENSIONS, _LABEL, _NUMBER = 0x809, 0x0A, 0x85, 0x200, 0x204, 0x203
_GLOBALS, _WORKSHEET = 5, 16


def old_excel(sheets: Mapping[str, Sequence[Sequence[str | float | int | None]]]) -> bytes:
    """The bytes of a workbook of texts and numbers."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    named = [struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + _utf16(name) for name in sheets]
    head_size = len(_beginning(_GLOBALS)) + sum(4 + len(one) for one in named) + 4
    parts, position = [_beginning(_GLOBALS)], head_size
    for one, body in zip(named, bodies, strict=True):
        parts.append(_record(_BOUND_SHEET, struct.pack("<I", position) + one[4:]))
        position += len(body)
    return _container(b"".join([*parts, _record(_EOF, b""), *bodies]))


def _sheet(rows: Sequence[Sequence[str | float | int | None]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    parts = [
        _beginning(_WORKSHEET),
        _record(_DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)),
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + _utf16(value)
                parts.append(_record(_LABEL, place + text))
            else:
                parts.append(_record(_NUMBER, place + struct.pack("<d", value)))
    return b"".join([*parts, _record(_EOF, b"")])


def _beginning(kind: int) -> bytes:
    return _record(_BOF, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0x41, 0x06))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _container(stream: bytes) -> bytes:
    """One stream, ``Workbook``, in a compound file: header, allocation table, directory, stream."""
    stream += bytes(max(0, _LEAST_STREAM - len(stream)))
    size = len(stream)
    stream += bytes(-size % _SECTOR)
    count = len(stream) // _SECTOR
    tables = -(-(count + 1) // (_SECTOR // 4 - 1))  # each also tells of itself
    first = tables + 1
    chain = [_FAT_SECTOR] * tables + [_END, *range(first + 1, first + count), _END]
    chain += [_FREE] * (-len(chain) % (_SECTOR // 4))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE,
        9, 6, bytes(6), 0, tables, tables, 0, _LEAST_STREAM, _END, 0, _END, 0,
    )  # fmt: skip
    masters = [*range(tables), *[_FREE] * (109 - tables)]
    directory = [
        _entry("Root Entry", kind=5, child=1, start=_END, size=0),
        _entry("Workbook", kind=2, child=_FREE, start=first, size=size),
        bytes(256),
    ]
    allocation = struct.pack(f"<{len(chain)}I", *chain)
    return b"".join([header, struct.pack("<109I", *masters), allocation, *directory, stream])


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    text = _utf16(name) + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIII", text, len(text), kind, 1, _FREE, _FREE, child, bytes(16), 0, 0, 0,
        start, size, 0,
    )  # fmt: skip
