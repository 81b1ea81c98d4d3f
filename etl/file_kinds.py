"""What a received file is, judged by its bytes: an ending is only a claim."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import Final

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_WITHOUT_OLE: Final = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00")
_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXT_ENDINGS: Final = (".csv", ".json")
_WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_PICTURES: Final = (b"\x89png", b"\xff\xd8\xff", b"gif8")  # in small letters
_ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"


class FileKind(StrEnum):
    """Kinds of files that arrive."""

    XLSX = "xlsx"  # with or without macros
    ODS = "ods"
    XLS = "xls"
    TEXT = "csv"
    JSON = "json"
    PROTECTED = "protected"
    NOT_A_WORKBOOK = "not_a_workbook"  # ends like a workbook and is none
    UNKNOWN = "unknown"


def kind_of(content: bytes, file_name: str) -> FileKind:
    """The kind of a file; its ending decides only between the kinds of text.

    A damaged zip archive counts as the workbook that it claims to be, so that the sender is
    told of the damage.
    """
    ending = PurePath(file_name).suffix.lower()
    if content.startswith(_ZIP):
        return _kind_of_zip(content, ending)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(_BIFF_WITHOUT_OLE):
        return FileKind.XLS
    if ending in _WORKBOOK_ENDINGS:
        return FileKind.NOT_A_WORKBOOK
    if ending in _TEXT_ENDINGS:
        return FileKind.JSON if _is_json(content) else FileKind.TEXT
    return FileKind.UNKNOWN


def looks_like(content: bytes) -> str:
    """In Vietnamese, what a file that is no workbook holds; for a message."""
    start = content[:1000].lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if not start:
        return "tệp rỗng"
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")):
        return "trang web (HTML)"
    if start.startswith(b"<"):
        return "XML"
    if start.startswith(b"%pdf"):
        return "PDF"
    if start.startswith(_PICTURES):
        return "hình ảnh"
    return "văn bản thuần" if b"\x00" not in start else "dữ liệu không rõ loại"


def _kind_of_zip(content: bytes, ending: str) -> FileKind:
    # The marks stand in the names of the archive's directory, at the end of the file.
    if _ODS_TYPE in content[:200] or ending == ".ods":
        return FileKind.ODS
    if b"xl/workbook.bin" in content:
        return FileKind.UNKNOWN  # .xlsb
    if b"xl/workbook.xml" in content or ending in (".xlsx", ".xlsm", ".xls"):
        return FileKind.XLSX
    return FileKind.UNKNOWN


def _kind_of_ole(content: bytes) -> FileKind:
    if _utf16("EncryptedPackage") in content or _utf16("EncryptionInfo") in content:
        return FileKind.PROTECTED
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return FileKind.XLS
    return FileKind.NOT_A_WORKBOOK


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_json(content: bytes) -> bool:
    for mark in _BYTE_ORDER_MARKS:
        content = content.removeprefix(mark)
    return content[:200].lstrip().startswith(b"{")
