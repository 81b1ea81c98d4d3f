"""What reading a received file may cost."""

from __future__ import annotations

from dataclasses import dataclass


class LimitExceeded(Exception):
    """A file is larger than allowed; the text says which limit, in Vietnamese."""

    @classmethod
    def of_bytes(cls, limit: int) -> LimitExceeded:
        """A limit in bytes, in words."""
        return cls(f"{max(limit // 1_000_000, 1)} MB sau khi giải nén")


@dataclass(frozen=True)
class ReadLimits:
    """Upper bounds for one file."""

    maximum_bytes: int = 50_000_000
    maximum_unzipped_bytes: int = 100_000_000
    maximum_sheets: int = 100
    maximum_rows: int = 100_000  # of one sheet
    maximum_columns: int = 1_000
    maximum_cells: int = 2_000_000  # of all sheets, empty ones inside the used area included
    maximum_characters: int = 10_000  # of one cell
    maximum_seconds: float = 30.0  # of a reading process
    maximum_process_bytes: int = 1_500_000_000
    maximum_parts: int = 2_000  # files inside the zip archive

    def check_extent(self, rows: int, columns: int, cells: int) -> None:
        """Compare a table with the limits.

        Raises:
            LimitExceeded: one is exceeded.
        """
        if rows > self.maximum_rows:
            raise LimitExceeded(f"{self.maximum_rows} dòng trên một trang tính")
        if columns > self.maximum_columns:
            raise LimitExceeded(f"{self.maximum_columns} cột")
        if cells > self.maximum_cells:
            raise LimitExceeded(f"{self.maximum_cells} ô")
