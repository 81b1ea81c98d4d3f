"""Who can report for a period, and what to write instead of a locality that cannot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

from indicators.errors import UnknownLocality
from indicators.localities import Locality, LocalityRegistry
from indicators.numbers import format_date

LEVELS: Final = ("national", "province", "district", "commune")
_MOST_NAMED: Final = 5


def first_day(period: str) -> date:
    """The day on which a reporting period begins: "2026", "2026-S1" or "2026-S2"."""
    return date(int(period[:4]), 7 if period.endswith("S2") else 1, 1)


def last_day(period: str) -> date:
    """The day on which a reporting period ends."""
    return date(int(period[:4]), 6, 30) if period.endswith("S1") else date(int(period[:4]), 12, 31)


class ReportingLocalities:
    """The localities of one reporting period.

    Args:
        registry: all localities of all times.
        period: "2026", or "2026-S1" for a half-year.
    """

    def __init__(self, registry: LocalityRegistry, period: str) -> None:
        self._registry = registry
        self._period = period
        self._valid = registry.valid_on(last_day(period))
        # "ADMIN_LEVEL.DISTRICT" asks nothing of a country that has no districts any more.
        gone = set(LEVELS) - set(self._valid["level"].unique().to_list())
        self.gone_breakdowns = frozenset(f"ADMIN_LEVEL.{level.upper()}" for level in gone)

    def of(self, level: str | None) -> list[str]:
        """Identities that exist when the period ends, of one level or of all that report."""
        levels = LEVELS if level is None else (level,)
        valid = self._valid.filter(pl.col("level").is_in(levels))
        rank = pl.col("level").replace_strict({one: LEVELS.index(one) for one in LEVELS})
        return valid.sort(rank, "locality_id")["locality_id"].to_list()

    def get(self, locality_id: str) -> Locality:
        """The locality of that identity."""
        return self._registry.get(locality_id)

    def province_of(self, locality_id: str) -> Locality | None:
        """The province above a unit, or the unit itself if it is one."""
        for identity in (locality_id, *self._registry.ancestors(locality_id)):
            if self._registry.get(identity).level == "province":
                return self._registry.get(identity)
        return None

    def find(self, text: str) -> str:
        """Identity of a locality that can report in this period.

        Raises:
            UnknownLocality: there is none, it does not exist in the period, or it is a region.
        """
        # An identity with a slip is compared with identities, a name with names.
        identity = text.strip() if "@" in text else self._registry.find(text)
        locality = self._registry.get(identity)
        if locality.level not in LEVELS:
            raise UnknownLocality(f"{locality.label_vi} không lập báo cáo (regions do not report)")
        if locality.valid_to and locality.valid_to < first_day(self._period):
            later = self._registry.successors(locality.locality_id)["successor_id"]
            raise UnknownLocality(
                f"{locality.label_vi} chỉ có đến hết ngày {format_date(locality.valid_to)}, trước "
                f"kỳ {self._period}; {self._instead('đơn vị kế tiếp', later)} "
                f"(abolished before the period)"
            )
        if locality.valid_from and locality.valid_from > last_day(self._period):
            earlier = self._registry.predecessors(locality.locality_id)["predecessor_id"]
            raise UnknownLocality(
                f"{locality.label_vi} chỉ có từ ngày {format_date(locality.valid_from)}, sau kỳ "
                f"{self._period}; {self._instead('đơn vị trước đó', earlier)} (did not exist yet)"
            )
        return locality.locality_id

    def _instead(self, relation: str, identities: Iterable[str]) -> str:
        labels = [self._registry.get(one).label_vi for one in identities]
        if not labels:
            return f"không có {relation} trong danh mục"
        more = f" và {len(labels) - _MOST_NAMED} nơi khác" if len(labels) > _MOST_NAMED else ""
        return f"{relation}: {', '.join(labels[:_MOST_NAMED])}{more}"
