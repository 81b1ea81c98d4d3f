"""What the page *Tổng quan* asks of a release, and the order in which it shows the answers."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from dashboard import delivery, queries
from dashboard.address import ALL_LOCALITIES, View
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.texts import Words
from indicators.expected import DeliveryStatus
from indicators.tables import Pace, Verdict

# The worst first, as in what needs attention and in the matrix sorted by a target.
_WORST_FIRST: Final = (
    Verdict.NOT_MET,
    Verdict.PARTIALLY_MET,
    Verdict.NEAR,
    Verdict.ON_THE_WAY,
    Verdict.MET,
    Verdict.NOT_ASSESSABLE,
)
_MISSED: Final = _WORST_FIRST[:3]
_BEHIND: Final = (Pace.REVERSING, Pace.STALLED, Pace.SLOW)
_ARRIVED: Final = (DeliveryStatus.ON_TIME, DeliveryStatus.LATE)
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


class Order(StrEnum):
    """How the rows of the matrix are sorted; the value stands in the address."""

    CODE = ""
    NAME = "name"
    MOST_MET = "met"
    FEWEST_MET = "fewest"
    RESULT = "result"  # of the target in view, the worst first


@dataclass(frozen=True)
class Reports:
    """Reports of one period: how many of those expected have been received."""

    period: str
    received: int
    expected: int


@dataclass(frozen=True)
class Line:
    """One locality of the matrix: its results by target."""

    place: Row
    cells: Mapping[str, Row]

    @property
    def met(self) -> int:
        """How many of its targets are met."""
        return sum(cell["shown"] == Verdict.MET for cell in self.cells.values())

    @property
    def has_result(self) -> bool:
        """Whether any cell says more than that nothing can be said."""
        return any(cell["shown"] != Verdict.NOT_ASSESSABLE for cell in self.cells.values())

    @property
    def is_nation(self) -> bool:
        """Whether it is the whole country, which stands above every order."""
        return bool(self.place["level"] == "national")


# Results ---------------------------------------------------------------------------------------


def differences(release: Release, view: View) -> dict[str, int]:
    """How many headline results more (or fewer) of each kind than in the release before.

    Of the localities and the milestone in view; only results that both releases assess can differ.
    """
    found = release.query(
        """
        SELECT CASE WHEN ended THEN old_attainment ELSE old_verdict END AS old_shown,
            CASE WHEN ended THEN new_attainment ELSE new_verdict END AS new_shown
        FROM (
            SELECT c.*, coalesce(a.verdict_reason = 'locality_abolished', false)
                AND a.milestone_state = 'closed' AS ended
            FROM verdict_changes c
            JOIN targets t ON t.target_id = c.target_id
            JOIN localities l ON l.locality_id = c.locality_id
            JOIN assessments a ON a.is_primary AND a.locality_id = c.locality_id
                AND a.target_id = c.target_id AND a.milestone_year = c.milestone_year
            WHERE t.is_headline AND c.milestone_year = $milestone
                AND (c.locality_id = $locality_id OR ($locality_id = $everywhere
                    AND l.level = 'province' AND l.geo_version = $geography))
        )
        """,
        milestone=view.milestone,
        locality_id=view.locality,
        everywhere=ALL_LOCALITIES,
        geography=view.geography,
    )
    counts = Counter(found["new_shown"].to_list())
    counts.subtract(found["old_shown"].to_list())
    return {verdict: count for verdict, count in counts.items() if count}


def reports(release: Release, view: View) -> Reports | None:
    """Reports of the period in view; None when nothing is expected of the locality."""
    day = delivery.day_of_looking(release)
    period = delivery.shown_period(release, view, day)
    found = delivery.delivered(release, period, view.locality, day)
    if found.is_empty():
        return None
    received = found.filter(pl.col("status").is_in([str(status) for status in _ARRIVED]))
    return Reports(period, received.height, found.height)


# Attention -------------------------------------------------------------------------------------


def needing_attention(rows: Iterable[Row]) -> list[Row]:
    """Headline targets missed, partly met, near, or open and falling behind; the worst first."""
    chosen = [
        row
        for row in rows
        if row["is_headline"] and (row["shown"] in _MISSED or _falls_behind(row))
    ]
    return worst_first(chosen)


def worst_first(rows: Iterable[Row]) -> list[Row]:
    """By result, then by pace, then by the gap as a share of what is asked for."""
    return sorted(rows, key=_badness)


def _falls_behind(row: Row) -> bool:
    return row["shown"] == Verdict.ON_THE_WAY and row["pace"] in _BEHIND


def _badness(row: Row) -> tuple[int, int, float, str]:
    target_value = row["target_value"]
    share = float(row["gap"] / target_value) if row["gap"] and target_value else 0.0
    pace = _BEHIND.index(row["pace"]) if row["pace"] in _BEHIND else len(_BEHIND)
    return _WORST_FIRST.index(row["shown"]), pace, -share, row["short_code"]


def target_in_view(rows: Sequence[Row], board: pl.DataFrame, view: View) -> str:
    """The target asked for, else the first that needs attention and has figures of provinces.

    Args:
        rows: assessments of the locality in view.
        board: answer of :func:`dashboard.queries.board`.
        view: the present view.
    """
    if view.target:
        return view.target
    local = board.filter(pl.col("level") != "national", pl.col("latest_published").is_not_null())
    mapped = set(local["target_id"])
    headline = [row for row in rows if row["is_headline"]]
    first = needing_attention(headline)
    known = [row for row in headline if row["shown"] != Verdict.NOT_ASSESSABLE]
    ranked = [str(row["target_id"]) for row in (*first, *known, *headline)]
    return next((target_id for target_id in ranked if target_id in mapped), next(iter(ranked), ""))


def drawn_target(target_id: str, rows: Sequence[Row]) -> str:
    """What is drawn of a target: itself, or of several parts the worst that has figures.

    Args:
        target_id: the target in view.
        rows: assessments of the target and of its parts in one locality.
    """
    parts = [row for row in rows if row["parent_target_id"] == target_id and row["is_primary"]]
    known = [row for row in parts if row["latest_published"] is not None]
    chosen = worst_first(known) or parts
    return str(chosen[0]["target_id"]) if chosen else target_id


# Matrix ----------------------------------------------------------------------------------------


def lines(board: pl.DataFrame) -> list[Line]:
    """The localities of an answer of :func:`dashboard.queries.board`, in its order."""
    by_place: dict[str, list[Row]] = {}
    for row in board.iter_rows(named=True):
        by_place.setdefault(row["locality_id"], []).append(row)
    return [Line(rows[0], {row["target_id"]: row for row in rows}) for rows in by_place.values()]


def ordered(found: Sequence[Line], order: str, target_id: str, words: Words) -> list[Line]:
    """The lines as the reader sorts them, the nation on top; unknown orders are that of codes."""

    def place(line: Line) -> tuple[int, ...]:
        if order == Order.NAME:
            return alphabetical(words.pick(line.place, "locality"))
        if order in (Order.MOST_MET, Order.FEWEST_MET):
            return (line.met if order == Order.FEWEST_MET else -line.met,)
        if order == Order.RESULT:
            cell = line.cells.get(target_id)
            return (_WORST_FIRST.index(cell["shown"]) if cell else len(_WORST_FIRST),)
        return ()

    return sorted(found, key=lambda line: (not line.is_nation, *place(line)))


def by_region(found: Sequence[Line]) -> list[tuple[Row, list[Line]]]:
    """Provinces under a row that names their region; regions in the order of their first codes."""
    groups: dict[str, list[Line]] = {}
    for line in found:
        if not line.is_nation:
            groups.setdefault(line.place["region_id"] or "", []).append(line)
    told = [(members[0].place, members) for members in groups.values()]
    return sorted(told, key=lambda group: min(line.place["locality_code"] for line in group[1]))


def alphabetical(name: str) -> tuple[int, ...]:
    """A key that sorts names as a Vietnamese reader expects: a, ă, â, b … d, đ; tones aside."""
    toneless = unicodedata.normalize("NFD", name.lower()).translate(_TONES)
    letters = unicodedata.normalize("NFC", toneless)
    return tuple(_ALPHABET.find(letter) for letter in letters)


def target_heads(release: Release, view: View) -> list[Row]:
    """Headline targets of the matrix in the order of its columns."""
    board = queries.board(release, view.milestone, view.geography)
    heads = board.unique("target_id", keep="first", maintain_order=True)
    return list(heads.sort("objective_no", "short_code").iter_rows(named=True))
