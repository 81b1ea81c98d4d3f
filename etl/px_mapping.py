"""What tables of the table server mean: the mapping files of the catalogue, ready for use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from etl.px_labels import FOOTER, PLACE, UNIT, LabelReader, word_key
from indicators.catalogue import Catalogue
from indicators.errors import UnknownLocality
from indicators.localities import Locality, LocalityRegistry
from indicators.text import fold

_PLACE_LEVELS = ("national", "region", "province")
_UNIT: Final = re.compile(r"\(([^()]+)\)|(?:đơn vị(?: tính)?|unit)\s*:\s*([^()]+)", re.IGNORECASE)
_PERCENT: Final = "PERCENT"
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """One line of series.csv."""

    phrases: tuple[Phrase, ...]  # empty: of lines that name no measure
    indicator_id: str | None
    sex: str | None
    breakdown: str
    definition: str
    unit_factor: Decimal


@dataclass(frozen=True)
class PxTable:
    """One line of tables.csv with its series."""

    table_id: str
    titles: tuple[Phrase, ...]
    excluded: tuple[Phrase, ...]
    source_family: str
    geo_versions: tuple[str, ...]
    series: tuple[Series, ...]

    def series_of(self, measures: str, title: str) -> Series | None:
        """The series that the labels name; where they name none, the one of the title.

        Both folded. A measure that is known but not taken goes before all others.
        """
        matches = [(_longest(one.phrases, measures or title), one) for one in self.series]
        best = _best([match for match in matches if match[1].indicator_id is not None])
        ignored = _best([match for match in matches if match[1].indicator_id is None])
        if measures:
            return ignored[1] if ignored else (best[1] if best else None)
        if ignored and (best is None or ignored[0] >= best[0]):
            return ignored[1]
        if best:
            return best[1]
        return next((one for one in self.series if not one.phrases), None)


class PxMapping:
    """Tables, words and places."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.tables = _tables(catalogue)
        places = catalogue.localities.filter(pl.col("level").is_in(_PLACE_LEVELS))
        self._registry = LocalityRegistry(places, catalogue.locality_succession)
        words = {
            word_key(word): (dimension, code or "")
            for word, dimension, code in catalogue.px_words.select(
                "word", "dimension", "code"
            ).iter_rows()
        }
        self._place_codes = {key: code for key, (kind, code) in words.items() if kind == PLACE}
        self._versions = tuple(sorted(catalogue.geo_versions["geo_version"], reverse=True))
        self._units = {key: code for key, (kind, code) in words.items() if kind == UNIT}
        self._footers = {key for key, (kind, _) in words.items() if kind == FOOTER}
        self.indicator_units: dict[str, str] = dict(
            catalogue.indicators.select("indicator_id", "unit_measure").iter_rows()
        )
        of_labels = {key: word for key, word in words.items() if word[0] not in (UNIT, FOOTER)}
        self.labels = LabelReader(
            of_labels,
            catalogue.codes("CL_AGE"),
            lambda text: bool(self.places(text, self._versions)),
        )

    def table_of(self, *texts: str) -> tuple[PxTable | None, list[str]]:
        """The table that the first naming text names; of several, none but their ids."""
        for text in texts:
            matches = [
                (_longest(table.titles, fold(text)), table)
                for table in self.tables
                if not _longest(table.excluded, fold(text))
            ]
            longest = max((length for length, _ in matches), default=0)
            found = [table for length, table in matches if length == longest and length]
            if len(found) == 1:
                return found[0], []
            if found:
                return None, [table.table_id for table in found]
        return None, []

    def unit_in(self, texts: Iterable[str]) -> str | None:
        """The unit named in brackets or behind "Đơn vị tính:"; None where it is not a known one."""
        for text in texts:
            for match in _UNIT.finditer(text):
                named = (match[1] or match[2]).strip()
                code = _PERCENT if named == "%" else self._units.get(word_key(named))
                if code:
                    return code
        return None

    def is_footer(self, text: str) -> bool:
        """Whether a line that begins so stands below the table: "Nguồn: …", "(*) …"."""
        return text.startswith(("*", "(*")) or word_key(text.partition(":")[0]) in self._footers

    def places(self, text: str, geo_versions: tuple[str, ...]) -> list[Locality]:
        """What a label may mean in these versions of the map; empty where it is no place."""
        if not fold(text) or text.strip().isdigit():
            return []
        found = []
        for version in geo_versions:
            code = self._place_codes.get(word_key(text))
            try:
                identity = (
                    self._registry.of_code(code, version)
                    if code
                    else self._registry.find(text, version)
                )
            except UnknownLocality:
                continue
            found.append(self._registry.get(identity))
        return found


def _tables(catalogue: Catalogue) -> tuple[PxTable, ...]:
    series: dict[str, list[Series]] = {}
    for row in catalogue.px_series.iter_rows(named=True):
        series.setdefault(row["table_id"], []).append(
            Series(
                _phrases(row["measure"]),
                row["indicator_id"],
                row["sex"],
                row["breakdown"],
                row["definition"],
                row["unit_factor"].normalize(),
            )
        )
    return tuple(
        PxTable(
            row["table_id"],
            _phrases(row["title_vi"]) + _phrases(row["title_en"]),
            _phrases(row["title_without"]),
            row["source_family"],
            tuple(row["geo_versions"].split(";")),
            tuple(series[row["table_id"]]),
        )
        for row in catalogue.px_tables.iter_rows(named=True)
    )


def _phrases(cell: str | None) -> tuple[Phrase, ...]:
    return tuple(tuple(fold(phrase).split()) for phrase in (cell or "").split("|") if phrase)


def _longest(phrases: tuple[Phrase, ...], folded: str) -> int:
    """Words of the longest phrase that stands in the text; 0 for none."""
    padded = f" {folded} "
    return max((len(one) for one in phrases if f" {' '.join(one)} " in padded), default=0)


def _best(matches: list[tuple[int, Series]]) -> tuple[int, Series] | None:
    found = [match for match in matches if match[0]]
    return max(found, key=lambda match: match[0]) if found else None
