"""What the page *Danh mục* asks of a release: its entries, and which of them a search finds.

An entry is an indicator or a target. A search is compared without accents and case, in both
languages at once: what counts is where it is found, and a name counts for more than a definition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

import polars as pl

from dashboard.address import ALL_LOCALITIES
from dashboard.queries import Row, shown_unit
from dashboard.register import requirements
from dashboard.release import Release
from indicators.text import fold

MOST_SUGGESTIONS: Final = 6
_MOST_WORDS: Final = 8  # of a search that are looked at for suggestions
_ALIKE: Final = 0.7  # how near a misspelt word must be, as difflib counts

# Where words are found that are not in the name; the name of each column among the texts.
_INDICATOR_TEXTS: Final = (
    "formula_text", "numerator_vi", "numerator_en", "denominator_vi", "denominator_en",
    "owner_before_2025", "owner_from_2025", "data_source", "measures", "documents",
)  # fmt: skip
_TARGET_TEXTS: Final = (
    "note", "number", "programme_vi", "programme_en", "indicator_vi", "indicator_en",
    "place_vi", "place_en", "wordings",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An indicator or a target, and the words by which it is found (folded)."""

    kind: Literal["indicator", "target"]
    entry_id: str
    row: Row
    codes: tuple[str, ...]
    names: tuple[str, ...]
    text: str

    @property
    def anchor(self) -> str:
        """Its place on the page; a Dash id holds no point."""
        return self.entry_id.replace(".", "-")


@lru_cache(maxsize=2)  # the release in force and, for a moment, the one before
def entries(release: Release) -> tuple[Entry, ...]:
    """Every indicator in the order of the catalogue, then every target by its objective."""
    indicators = release.query(
        """
        SELECT i.*,
            (SELECT string_agg(d.name_vi || ' ' || d.name_en, ' ') FROM definitions d
                WHERE d.indicator_id = i.indicator_id) AS measures,
            (SELECT string_agg(DISTINCT p.number, ' ') FROM targets t
                JOIN programmes p USING (programme_id)
                WHERE t.indicator_id = i.indicator_id) AS documents
        FROM indicators i ORDER BY i.group_no, i.rowid
        """
    )
    targets = release.query(
        f"""
        SELECT t.* EXCLUDE (unit_measure), {shown_unit("t")} AS unit_measure, i.decimals,
            i.name_vi AS indicator_vi, i.name_en AS indicator_en,
            p.number, p.issued_on, p.issuer_vi,
            p.name_vi AS programme_vi, p.name_en AS programme_en,
            l.name_vi AS place_vi, l.name_en AS place_en, l.level AS place_level,
            d.name_vi AS definition_vi, d.name_en AS definition_en,
            (SELECT string_agg(m.wording_vi, ' ') FROM target_milestones m
                WHERE m.target_id = t.target_id) AS wordings
        FROM targets t
        JOIN localities l USING (locality_id)
        LEFT JOIN programmes p USING (programme_id)
        LEFT JOIN indicators i USING (indicator_id)
        LEFT JOIN definitions d
            ON d.indicator_id = t.indicator_id AND d.definition = t.definition
        ORDER BY t.objective_no NULLS LAST, t.is_headline DESC, t.short_code, t.target_id
        """  # noqa: S608 - a constant of ours
    )
    return (
        *(_indicator(row) for row in indicators.iter_rows(named=True)),
        *(_target(row) for row in targets.iter_rows(named=True)),
    )


def _indicator(row: Row) -> Entry:
    codes = _folded(row, ("indicator_id", "official_code"))
    return Entry("indicator", row["indicator_id"], row, codes, _names(row), _text(row))


def _target(row: Row) -> Entry:
    codes = _folded(row, ("target_id", "short_code"))
    return Entry("target", row["target_id"], row, codes, _names(row), _text(row))


def _names(row: Row) -> tuple[str, ...]:
    return _folded(row, ("name_vi", "name_en"))


def _text(row: Row) -> str:
    columns = _INDICATOR_TEXTS if "formula_text" in row else _TARGET_TEXTS
    return " ".join(_folded(row, columns))


def _folded(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold(row[column]) for column in columns if row[column])


# Search ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What a search finds, each list with the best first."""

    by_name: list[Entry]  # in its name or its code
    by_text: list[Entry]  # only in its definition, source or document

    @property
    def entries(self) -> list[Entry]:
        """Both lists."""
        return [*self.by_name, *self.by_text]


def found(among: Sequence[Entry], search: str) -> Found:
    """The entries that answer a search; none where nothing is asked."""
    asked = fold(search)
    if not asked:
        return Found([], [])
    ranked = sorted((_rank(entry, asked), place) for place, entry in enumerate(among))
    return Found(
        [among[place] for rank, place in ranked if rank < _IN_TEXT],
        [among[place] for rank, place in ranked if rank == _IN_TEXT],
    )


_IN_TEXT: Final = 5
_NOWHERE: Final = 6


def _rank(entry: Entry, asked: str) -> int:
    """0 the code itself, 1-3 the name (its start, the words together, each word), 4 the start of
    the code, 5 the definition.
    """
    is_words = any(letter.isalpha() for letter in asked)  # digits apart from each other say little
    everything = " ".join((*entry.names, *entry.codes, entry.text))
    places = (
        asked in entry.codes,
        any(name.startswith(asked) for name in entry.names),
        any(_has(name, asked) for name in entry.names),
        is_words and any(_has_each(name, asked) for name in entry.names),
        any(_has(code, asked) for code in entry.codes),
        _has(everything, asked) or (is_words and _has_each(everything, asked)),
    )
    return places.index(True) if any(places) else _NOWHERE


def _has(text: str, asked: str) -> bool:
    """Whether the words stand there one after the other, the last perhaps not written out."""
    return f" {asked}" in f" {text}"


def _has_each(text: str, asked: str) -> bool:
    """Whether every word stands somewhere, and about half of them beside the next one.

    Syllables without their marks mean too much: "ty so gioi tinh" are also in "tỷ lệ cơ sở … giới
    … tỉnh".
    """
    words = asked.split()
    if not all(f" {word} " in f" {text} " for word in words[:-1]):
        return False
    beside = sum(_has(text, f"{one} {next_one}") for one, next_one in pairwise(words))
    return _has(text, words[-1]) and beside >= (len(words) - 1) // 2


def nearest(among: Sequence[Entry], search: str) -> list[Entry]:
    """What may have been meant by a search that finds nothing: entries with words like its own."""
    words_of = {
        entry.entry_id: {word for name in entry.names for word in name.split()} for entry in among
    }
    known = sorted(set().union(*words_of.values())) if words_of else []
    meant: set[str] = set()
    for word in fold(search).split()[:_MOST_WORDS]:
        meant.update(get_close_matches(word, known, n=2, cutoff=_ALIKE))
    scored = [(-len(meant & words_of[entry.entry_id]), at) for at, entry in enumerate(among)]
    return [among[at] for score, at in sorted(scored)[:MOST_SUGGESTIONS] if score < 0]


# What belongs to an entry ------------------------------------------------------------------------


def measures(release: Release, indicator_id: str) -> pl.DataFrame:
    """The ways in which an indicator is measured, of which no two share a line."""
    return release.query(
        "SELECT * FROM definitions WHERE indicator_id = $indicator_id ORDER BY rowid",
        indicator_id=indicator_id,
    )


def holdings(release: Release, indicator_id: str, locality_id: str) -> Row:
    """How many figures a release holds of an indicator, there and everywhere, and of which years.

    Columns ``here``, ``first_here``, ``last_here``, ``everywhere``, ``places``.
    """
    return release.query(
        """
        SELECT count(*) FILTER (WHERE ref_area = $locality_id) AS here,
            min(reference_year) FILTER (WHERE ref_area = $locality_id) AS first_here,
            max(reference_year) FILTER (WHERE ref_area = $locality_id) AS last_here,
            count(*) AS everywhere, count(DISTINCT ref_area) AS places
        FROM observations WHERE indicator_id = $indicator_id AND obs_value IS NOT NULL
        """,
        indicator_id=indicator_id,
        locality_id=locality_id,
    ).row(0, named=True)


def milestones(release: Release) -> Mapping[str, list[Row]]:
    """What every target asks for, by target; a target without milestones has no rows."""
    rows: dict[str, list[Row]] = {}
    for row in requirements(release, ALL_LOCALITIES).iter_rows(named=True):
        if row["milestone_year"] is not None:
            rows.setdefault(row["target_id"], []).append(row)
    return rows
