"""One administrative unit, and the levels that units have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from indicators.numbers import format_date

LEVELS: Final = ("national", "region", "province", "district", "commune")  # from above
UPPER_LEVELS: Final = LEVELS[:3]
SUGGESTIONS: Final = 3


@dataclass(frozen=True)
class Locality:
    """One row of ``tables.Localities``."""

    locality_id: str
    code: str
    geo_version: str
    level: str
    type_vi: str
    name_vi: str
    name_en: str
    parent_id: str | None
    region_id: str | None
    valid_from: date | None
    valid_to: date | None
    area_km2: float | None
    confidence: str
    source: str
    note: str | None

    @property
    def label_vi(self) -> str:
        """Name that tells a unit from its namesakes: "phường Ba Đình (00004@2025)"."""
        return f"{self.type_vi} {self.name_vi} ({self.locality_id})"

    @property
    def short_name_vi(self) -> str:
        """The name, with its type where it is a mere number: "Hưng Yên", "quận 1"."""
        return f"{self.type_vi} {self.name_vi}" if self.name_vi.isdigit() else self.name_vi

    @property
    def validity_vi(self) -> str:
        """When the unit exists: "01/08/2008 - 30/06/2025", "từ 01/07/2025", "đến 30/06/2025"."""
        return validity_vi(self.valid_from, self.valid_to)

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in force that day, its first and last day included."""
        return not (
            (self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to)
        )


def validity_vi(starts: date | None, ends: date | None) -> str:
    """A time of validity in words; either end may be unknown."""
    if starts and ends:
        return f"{format_date(starts)} - {format_date(ends)}"
    if starts:
        return f"từ {format_date(starts)}"
    return f"đến {format_date(ends)}" if ends else "không ghi thời hạn"


def listed(labels: Iterable[str]) -> str:
    """The first labels, and how many more there are."""
    found = list(labels)
    more = f" và {len(found) - SUGGESTIONS} nơi khác" if len(found) > SUGGESTIONS else ""
    return "; ".join(found[:SUGGESTIONS]) + more


def not_on_that_day(
    wanted: str, units: Sequence[Locality], there: Sequence[Locality], day: date
) -> str:
    """Why a name, code or identity means nothing on a day, and what to write instead.

    Args:
        wanted: what was asked for.
        units: the units called so at other times.
        there: what stands in their place on the day, as far as it is known.
        day: the day.
    """
    known = listed(f"{one.label_vi}, {one.validity_vi}" for one in units)
    hint = ""
    if there:
        hint = f"; ngày đó địa bàn ấy là hoặc thuộc {listed(one.label_vi for one in there)}"
    elif any(one.level == "district" and one.valid_to and one.valid_to < day for one in units):
        hint = "; huyện không có đơn vị kế thừa, hãy tra theo xã, phường"
    return f'"{wanted}" không có vào ngày {format_date(day)}; chỉ có {known}{hint}'
