"""Match the official annex (mã số, nhóm, tên) to the indicators of the catalogue.

Only names that are equal after folding are taken; names that merely look alike are proposed
to the reader and never applied.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher

import polars as pl

from indicators.text import fold

PROPOSAL_SIMILARITY = 0.8  # of folded names; below it two names are taken as different


@dataclass(frozen=True)
class AnnexRow:
    """One indicator of the annex, as printed."""

    official_code: str
    group: str
    name: str


@dataclass(frozen=True)
class AnnexPair:
    """An indicator of the annex and one of the catalogue; ``similarity`` 1 means equal names."""

    official_code: str
    annex_name: str
    indicator_id: str
    indicator_name: str
    similarity: float


@dataclass(frozen=True)
class UnlistedIndicator:
    """An indicator of the catalogue that the annex does not name."""

    indicator_id: str
    name: str


@dataclass(frozen=True)
class AnnexMatch:
    """Outcome of ``match_annex``: every row of the annex is in exactly one of the first three."""

    matched: tuple[AnnexPair, ...]
    proposed: tuple[AnnexPair, ...]
    new: tuple[AnnexRow, ...]
    unlisted: tuple[UnlistedIndicator, ...]

    def as_dict(self) -> dict[str, list[dict[str, str | float]]]:
        """For machines: the four lists under their names."""
        return {
            "matched": [asdict(pair) for pair in self.matched],
            "proposed": [asdict(pair) for pair in self.proposed],
            "new": [asdict(row) for row in self.new],
            "unlisted": [asdict(indicator) for indicator in self.unlisted],
        }

    def lines(self) -> Iterator[str]:
        """For people: one line per finding, under four headings."""
        yield f"Khớp tên, ghi được mã số ({len(self.matched)}):"
        for pair in self.matched:
            yield f"  {pair.official_code}  {pair.annex_name} → {pair.indicator_id}"
        yield f"Tên gần giống, cần người xem, không tự ghi ({len(self.proposed)}):"
        for pair in self.proposed:
            yield (
                f"  {pair.official_code}  {pair.annex_name} ≈ {pair.indicator_id} "
                f"({pair.indicator_name})"
            )
        yield f"Mới, chưa có trong danh mục ({len(self.new)}):"
        for row in self.new:
            yield f"  {row.official_code}  {row.name} [{row.group}]"
        yield f"Có trong danh mục, không có trong phụ lục ({len(self.unlisted)}):"
        for indicator in self.unlisted:
            yield f"  {indicator.indicator_id}  {indicator.name}"


def match_annex(rows: Sequence[AnnexRow], indicators: pl.DataFrame) -> AnnexMatch:
    """Pair the rows of the annex with the indicators (columns of ``tables.Indicators``).

    A name that the annex prints twice is proposed, not matched: which code is meant is the
    reader's to say.
    """
    names = dict(indicators.select("indicator_id", "name_vi").iter_rows())
    by_folded = {fold(name): indicator_id for indicator_id, name in names.items()}
    occurrences = Counter(fold(row.name) for row in rows)
    matched, proposed, remaining = [], [], []
    for row in rows:
        indicator_id = by_folded.get(fold(row.name))
        if indicator_id is None:
            remaining.append(row)
        elif occurrences[fold(row.name)] == 1:
            matched.append(_pair(row, indicator_id, names, 1.0))
        else:
            proposed.append(_pair(row, indicator_id, names, 1.0))
    taken = {pair.indicator_id for pair in (*matched, *proposed)}
    free = {name: known for name, known in by_folded.items() if known not in taken}
    new = []
    for row in remaining:
        close = _closest(fold(row.name), free)
        if close is None:
            new.append(row)
        else:
            proposed.append(_pair(row, close[0], names, close[1]))
    named = taken | {pair.indicator_id for pair in proposed}
    unlisted = [UnlistedIndicator(*item) for item in names.items() if item[0] not in named]
    return AnnexMatch(tuple(matched), tuple(proposed), tuple(new), tuple(unlisted))


def apply_annex(indicators_csv: str, match: AnnexMatch) -> str:
    """The text of indicators.csv with ``official_code`` filled in for the matched rows only."""
    codes = {pair.indicator_id: pair.official_code for pair in match.matched}
    rows = list(csv.DictReader(io.StringIO(indicators_csv)))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        code = codes.get(row["indicator_id"], row["official_code"])
        writer.writerow(row | {"official_code": code})
    return written.getvalue()


def _pair(row: AnnexRow, indicator_id: str, names: dict[str, str], similarity: float) -> AnnexPair:
    return AnnexPair(row.official_code, row.name, indicator_id, names[indicator_id], similarity)


def _closest(wanted: str, known: dict[str, str]) -> tuple[str, float] | None:
    """The indicator whose folded name resembles ``wanted`` most, if it does enough."""
    scored = [(_similarity(wanted, name), indicator_id) for name, indicator_id in known.items()]
    similarity, indicator_id = max(scored, default=(0.0, ""))
    return (indicator_id, round(similarity, 3)) if similarity >= PROPOSAL_SIMILARITY else None


def _similarity(one: str, other: str) -> float:
    """Alike letter by letter, or in their words whatever the order; 1 for equal names."""
    words, other_words = Counter(one.split()), Counter(other.split())
    common = (words & other_words).total()
    by_words = 2 * common / (words.total() + other_words.total())
    return max(by_words, SequenceMatcher(a=one, b=other, autojunk=False).ratio())
