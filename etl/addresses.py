"""Cells: what they may hold, and their addresses as spreadsheets write them."""

from datetime import date, datetime, time, timedelta

CellValue = str | float | int | bool | date | datetime | time | timedelta


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
