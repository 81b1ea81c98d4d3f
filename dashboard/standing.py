"""How all localities stand on one target: who misses, by how much, who is silent; pure functions.

Rows are those of :func:`dashboard.queries.assessed_everywhere`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from dashboard.address import NATION
from dashboard.queries import Row
from dashboard.sentences import VERDICT_ORDER
from indicators.tables import Verdict, VerdictReason

MISSED: Final = (Verdict.NOT_MET, Verdict.NEAR, Verdict.PARTIALLY_MET, Verdict.ON_THE_WAY)
_WITHOUT_SCALE: Final = "YES_NO"
_COUNT: Final = "count"

Level = tuple[str, Decimal, Decimal | None]  # operator, value, upper end


@dataclass(frozen=True)
class Standing:
    """Provinces at one milestone, and the units that stand beside them.

    Attributes:
        provinces: their primary assessments at the milestone.
        ahead: assessments at every milestone, by locality, in order of years.
        nation: that of the nation, where its figure may be compared with theirs.
        own: that of a unit in view that is no province (a commune, a district).
    """

    provinces: Sequence[Row]
    ahead: Mapping[str, Sequence[Row]]
    nation: Row | None
    own: Row | None

    @property
    def in_view(self) -> list[Row]:
        """Every assessment that the page may show."""
        return [row for rows in self.ahead.values() for row in rows]

    @property
    def judged(self) -> list[Row]:
        """Provinces with a result."""
        return [row for row in self.provinces if row["shown"] != Verdict.NOT_ASSESSABLE]

    @property
    def missed(self) -> list[Row]:
        """Provinces that are not at the level, the widest gap first."""
        return sorted((row for row in self.provinces if row["shown"] in MISSED), key=_by_gap)

    @property
    def met(self) -> list[Row]:
        """Provinces that are at the level, in the order of their codes."""
        return [row for row in self.provinces if row["shown"] == Verdict.MET]

    @property
    def silent(self) -> list[Row]:
        """Provinces of which nothing is known, in the order of their codes."""
        return [row for row in self.provinces if not _speaks(row)]

    @property
    def ranked(self) -> list[Row]:
        """Provinces with a value, from the lowest to the highest."""
        return sorted((row for row in self.provinces if _has_place(row)), key=_by_value)

    @property
    def drawn(self) -> list[Row]:
        """Everyone with a place on the scale, the best at the level first."""
        others = [row for row in (self.nation, self.own) if row is not None and _has_place(row)]
        rows = sorted([*self.ranked, *others], key=_by_value)
        return rows if self.must_fall else rows[::-1]

    @property
    def drawn_by_region(self) -> list[tuple[str | None, list[Row]]]:
        """Those on the scale by the identity of their region, in the order of codes.

        First, under None, the units that are no provinces; a province of no region is under "".
        """
        provinces = [row for row in self.drawn if row["level"] == "province"]
        others = [row for row in self.drawn if row["level"] != "province"]
        by_code = sorted(provinces, key=lambda row: str(row["locality_code"]))
        regions = dict.fromkeys(row["region_id"] or "" for row in by_code)
        groups: list[tuple[str | None, list[Row]]] = [
            (region, [row for row in provinces if (row["region_id"] or "") == region])
            for region in regions
        ]
        return [(None, others), *groups] if others else groups

    @property
    def must_fall(self) -> bool:
        """Whether less is better."""
        return any(row["operator"] in ("<", "<=") for row in self.provinces)

    @property
    def middle(self) -> list[Row]:
        """The locality in the middle by rank; two of an even number, never their average."""
        ranked = self.ranked
        half = len(ranked) // 2
        return ranked[half : half + 1] if len(ranked) % 2 else ranked[half - 1 : half + 1]

    @property
    def common_year(self) -> int | None:
        """The year that most figures are of."""
        found: int | None = _most_frequent(row["latest_year"] for row in self.ranked)
        return found

    @cached_property
    def levels(self) -> list[Row]:
        """One assessment per milestone that has the level asked of most provinces."""
        by_year: dict[int, list[Row]] = {}
        for row in self.provinces:
            for one in self.ahead[row["locality_id"]]:
                if level(one) is not None:
                    by_year.setdefault(one["milestone_year"], []).append(one)
        return [_with_common_level(rows) for _, rows in sorted(by_year.items())]

    def own_levels(self, row: Row) -> list[Row]:
        """Assessments of a locality at milestones where its level is not that of most."""
        common = {one["milestone_year"]: level(one) for one in self.levels}
        return [
            one
            for one in self.ahead[row["locality_id"]]
            if level(one) is not None and level(one) != common.get(one["milestone_year"])
        ]

    def counted(self, year: int) -> list[tuple[str, int]]:
        """Results of the provinces at a milestone with their number, in the order of telling."""
        counts = Counter(
            str(one["shown"])
            for row in self.provinces
            for one in self.ahead[row["locality_id"]]
            if one["milestone_year"] == year
        )
        return [(str(one), counts[str(one)]) for one in VERDICT_ORDER if counts[str(one)]]


def standing(rows: Sequence[Row], milestone: int, locality_id: str) -> Standing | None:
    """The standing at the milestone asked for, else at the next that the target has, else its last.

    Args:
        rows: of every milestone, of the nation, the provinces and the unit in view.
        milestone: year asked for.
        locality_id: the unit in view.

    Returns:
        None where no province is judged by this target.
    """
    years = sorted({row["milestone_year"] for row in rows if row["level"] == "province"})
    if not years:
        return None
    year = next((one for one in years if one >= milestone), years[-1])
    ahead: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: int(one["milestone_year"])):
        ahead.setdefault(row["locality_id"], []).append(row)
    at_year = {row["locality_id"]: row for row in rows if row["milestone_year"] == year}
    provinces = [row for row in at_year.values() if row["level"] == "province"]
    nation, own = at_year.get(NATION), at_year.get(locality_id)
    compares = nation is not None and nation["formula_kind"] != _COUNT
    same_unit = nation is not None and nation["unit_measure"] == provinces[0]["unit_measure"]
    beside = own if own is not None and own["level"] not in ("province", "national") else None
    return Standing(provinces, ahead, nation if compares and same_unit else None, beside)


def level(row: Row) -> Level | None:
    """What a milestone asks of a locality; None without a number."""
    if row["target_value"] is None or row["operator"] is None:
        return None
    return row["operator"], row["target_value"], row["target_upper"]


def _with_common_level(rows: Sequence[Row]) -> Row:
    common = _most_frequent(level(row) for row in rows)
    return next(row for row in rows if level(row) == common)


def _most_frequent(values: Iterable[Any]) -> Any:
    found = Counter(value for value in values if value is not None).most_common(1)
    return found[0][0] if found else None


def _speaks(row: Row) -> bool:
    return row["latest_published"] is not None or row["shown"] != Verdict.NOT_ASSESSABLE


def _has_place(row: Row) -> bool:
    return row["latest_published"] is not None and row["unit_measure"] != _WITHOUT_SCALE


def _by_value(row: Row) -> tuple[Decimal, str]:
    return row["latest_published"], str(row["locality_code"])


def _by_gap(row: Row) -> tuple[bool, Decimal, int, str]:
    gap = row["gap"]
    return gap is None, -(gap or Decimal(0)), row["parts_met"] or 0, str(row["locality_code"])


def silent_reason(row: Row, received: Mapping[str, str]) -> str:
    """Why nothing is known of a locality: key of the words that say it and what to do.

    Args:
        row: its assessment.
        received: status of the last report of the period, by locality.
    """
    if row["verdict_reason"] in (VerdictReason.NOT_APPLICABLE, VerdictReason.NO_TARGET_NUMBER):
        return str(row["verdict_reason"])
    if row["valid_to"] is not None:
        return "former"
    if row["verdict_reason"] == VerdictReason.PART_MISSING:
        return "part_missing"
    return {"accepted": "left_out", None: "not_sent"}.get(
        received.get(row["locality_id"]), "refused"
    )


def silent_by_reason(found: Standing, received: Mapping[str, str]) -> dict[str, list[Row]]:
    """Provinces of which nothing is known by the reason; arguments of :func:`silent_reason`."""
    by_reason: dict[str, list[Row]] = {}
    for row in found.silent:
        by_reason.setdefault(silent_reason(row, received), []).append(row)
    return by_reason


def against_common(row: Row, common: Row | None) -> str:
    """How a locality's level stands to that of most: ``same``, ``stricter``, ``weaker``, ``other``.

    Args:
        row: the level of one document.
        common: the level asked of most provinces at the same milestone, or None.
    """
    if common is None or level(row) is None or row["operator"][:1] != common["operator"][:1]:
        return "other"
    own, usual = row["target_value"], common["target_value"]
    if own == usual:
        return "same"
    direction = row["operator"][:1]
    if direction not in "<>":
        return "other"
    return "stricter" if (own > usual) == (direction == ">") else "weaker"
