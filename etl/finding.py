"""One fault in one file, as every stage reports it; :mod:`etl.findings` gathers and words them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A code of ``check_rules.csv`` with an address and the value found."""

    code: str
    sheet: str | None = None
    sheet_row: int | None = None
    cell: str | None = None
    value: str | None = None
    detail: str | None = None
