"""Part of stage *read*: a table of the statistics office's server (PX-Web) → the form's own cells.

Dimensions are found by what the labels say, not by where they stand. The lines come out as if
the office had filled in form BDG-01, each with the address of its source cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Final

from etl import form
from etl.addresses import CellValue, column_letter
from etl.findings import Finding
from etl.layout import Block, FormContent, Information
from etl.px_labels import AGE, BREAKDOWN, NO_PLACE, SEX, Label, year_in
from etl.px_mapping import PxMapping, PxTable, Series
from etl.read import CSV_SHEET, Grid
from indicators.localities import Locality
from indicators.text import fold, normalise

ORGANISATION: Final = "Cục Thống kê"
_COUNTRY: Final = "VN"
_MISSING: Final = ("..", "...", "…", "-", "–", "na", "n/a", "nan", ".", ":")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9 ]*(?:[.,][0-9]+)?")
_FOOTNOTE: Final = re.compile(r"\s*(?:\(\*+\)|\*+)$")
_HEADER_SEARCH_ROWS: Final = 10
_EXAMPLES: Final = 5
_FORM_LABELS: Final = frozenset(
    fold(text) for text in (form.ROW_KIND_LABEL, "Mã chỉ tiêu", "indicator_id")
)
_SOURCE_CELL: Final = "Ô nguồn"
_FIELDS: Final = (
    "indicator_id",
    "ref_area",
    "time_period",
    "reference_year",
    "sex",
    "age",
    "breakdown",
    "definition",
    "reported_value",
    "source_family",
    "source_text",
    "obs_status",
    "note",
)


@dataclass(frozen=True)
class PxSheet:
    """A table taken apart: title, labels, and cells with their offsets in the grid."""

    title: str
    corner: str  # headings of the columns that hold labels
    stub_count: int
    header_offset: int
    columns: dict[int, Label]  # column offset → what its heading says
    stubs: list[tuple[int, list[Label]]]  # row offset → what its labels say

    @property
    def has_years(self) -> bool:
        """Whether anything names a year: without one it is no statistical table."""
        labels = [*self.columns.values(), *(one for _, row in self.stubs for one in row)]
        return any(one.year for one in labels) or year_in(self.title) is not None


@dataclass
class _Outcome:
    lines: list[dict[str, CellValue]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # source cell of each line
    unknown: Counter[str] = field(default_factory=Counter)  # label → figures left out
    no_place: Counter[str] = field(default_factory=Counter)
    not_valid: Counter[str] = field(default_factory=Counter)


def is_form(grid: Grid) -> bool:
    """Whether a csv is the form itself."""
    return any(
        isinstance(cell, str) and fold(cell) in _FORM_LABELS
        for row in grid.rows[:_HEADER_SEARCH_ROWS]
        for cell in row
    )


def take_apart(grid: Grid, mapping: PxMapping) -> PxSheet | None:
    """Find title, header and labels; None where the grid has not that shape."""
    header_offset = next(
        (
            offset
            for offset, row in enumerate(grid.rows[:_HEADER_SEARCH_ROWS])
            if len(_filled(row)) > 1
        ),
        None,
    )
    if header_offset is None:
        return None
    header = [_text(cell) for cell in grid.rows[header_offset]]
    above = [_text(cell) for row in grid.rows[:header_offset] for cell in _filled(row)]
    body = [
        (offset, row)
        for offset, row in enumerate(grid.rows[header_offset + 1 :], start=header_offset + 1)
        if len(_filled(row)) > 1 and [_text(cell) for cell in row] != header
    ]
    read = _cached_reader(mapping)
    stub_count = _stub_count(header, [row for _, row in body], read)
    if not body or stub_count >= len(header):
        return None
    return PxSheet(
        title=above[0] if above else "",
        corner=" ".join(header[:stub_count]),
        stub_count=stub_count,
        header_offset=header_offset,
        columns={offset: read(header[offset]) for offset in range(stub_count, len(header))},
        stubs=[(offset, [read(_text(cell)) for cell in row[:stub_count]]) for offset, row in body],
    )


def lay_out_px(
    grid: Grid, sheet: PxSheet, file_name: str, mapping: PxMapping
) -> tuple[FormContent, Grid]:
    """The table as content of the form, and the grid of lines that findings point into."""
    stem = PurePath(file_name).stem
    measures = " ".join(dict.fromkeys(one.rest for one in _all_labels(sheet) if one.rest))
    texts = (sheet.title,) if sheet.title else (f"{sheet.corner} {measures}", stem)
    table, several = mapping.table_of(*texts)
    if table is None:
        finding = Finding(
            "PX_TABLE_UNKNOWN", value=sheet.title or file_name, detail=", ".join(several)
        )
        return FormContent(findings=[finding]), grid
    title = sheet.title or (sheet.corner if fold(sheet.corner) and measures else stem)
    outcome = _lines(grid, sheet, table, title, mapping)
    number_locale = _number_locale(line["reported_value"] for line in outcome.lines)
    return _as_form(outcome, table, title, number_locale)


def _filled(row: Sequence[CellValue]) -> list[CellValue]:
    return [cell for cell in row if _text(cell)]


def _text(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return normalise(str(cell))


def _cached_reader(mapping: PxMapping) -> Callable[[str], Label]:
    known: dict[str, Label] = {}

    def read(text: str) -> Label:
        if text not in known:
            known[text] = mapping.labels.read(text)
        return known[text]

    return read


def _stub_count(
    header: list[str], body: list[list[CellValue]], read: Callable[[str], Label]
) -> int:
    """Columns in front that hold labels: words, or years under a heading that is none."""
    count = 0
    for offset, heading in enumerate(header):
        cells = [_text(row[offset]) for row in body if offset < len(row)]
        filled = [cell for cell in cells if cell and cell.lower() not in _MISSING]
        label = read(heading)
        is_data_heading = bool(label.year or label.codes or label.place)
        words = [cell for cell in filled if not _NUMBER.fullmatch(_FOOTNOTE.sub("", cell))]
        years = [cell for cell in filled if read(cell).year]
        if count and (is_data_heading or not filled):
            break
        if not count or len(words) * 2 > len(filled) or len(years) == len(filled):
            count += 1
        else:
            break
    return max(count, 1)


def _all_labels(sheet: PxSheet) -> Iterator[Label]:
    yield from sheet.columns.values()
    for _, row in sheet.stubs:
        yield from row


# Cells → lines --------------------------------------------------------------------------------


def _lines(grid: Grid, sheet: PxSheet, table: PxTable, title: str, mapping: PxMapping) -> _Outcome:
    outcome = _Outcome()
    title_year = year_in(sheet.title)
    place_columns = {
        position
        for position in range(sheet.stub_count)
        if any(len(row) > position and row[position].place for _, row in sheet.stubs)
    }
    places: dict[tuple[str, str], Locality | None] = {}
    for row_offset, stub in sheet.stubs:
        row = grid.rows[row_offset]
        unknown_place = next(
            (
                stub[position].text
                for position in place_columns
                if position < len(stub) and _is_unknown_place(stub[position])
            ),
            None,
        )
        for column_offset, heading in sheet.columns.items():
            cell = row[column_offset] if column_offset < len(row) else ""
            if not _text(cell):
                continue
            labels = [*stub, heading]
            line = _line(labels, cell, table, title, title_year, unknown_place, outcome)
            if line is None:
                continue
            place = next((one.place for one in labels if one.place), "")
            if place and not unknown_place:
                year = str(line["time_period"])
                if (place, year) not in places:
                    places[place, year] = _valid_in(
                        mapping.places(place, table.geo_versions), int(year)
                    )
                locality = places[place, year]
                if locality is None:
                    if not _is_missing(cell):
                        outcome.not_valid[f"{place} {year}"] += 1
                    continue
                line["ref_area"] = locality.locality_id
            source = (
                f"{column_letter(grid.first_column + column_offset)}{grid.first_row + row_offset}"
            )
            line["note"] = f"Ô {source} của bảng gốc"
            outcome.lines.append(line)
            outcome.sources.append(source)
    return outcome


def _is_unknown_place(label: Label) -> bool:
    return bool(label.rest) and not label.place and not label.year


def _valid_in(candidates: Sequence[Locality], year: int) -> Locality | None:
    """Of the versions of a place, the last one that existed in that year."""
    valid = [
        one
        for one in candidates
        if (one.valid_from is None or one.valid_from.year <= year)
        and (one.valid_to is None or one.valid_to.year >= year)
    ]
    return max(valid, key=lambda one: str(one.valid_from), default=None)


def _line(
    labels: list[Label],
    cell: CellValue,
    table: PxTable,
    title: str,
    title_year: str | None,
    unknown_place: str | None,
    outcome: _Outcome,
) -> dict[str, CellValue] | None:
    """One figure as a line of the form; None where it is left out, which is counted."""
    skipped = next((one for one in labels if one.names(NO_PLACE)), None)
    if skipped is not None:
        outcome.no_place[skipped.text] += 1
        return None
    years = {one.year for one in labels if one.year} or ({title_year} if title_year else set())
    measures = [
        one.rest for one in labels if one.rest and not (unknown_place and one.text == unknown_place)
    ]
    series = table.series_of(" ".join(measures), fold(title))
    codes = _codes(labels, series)
    if series is not None and series.indicator_id is None:
        return None
    if series is None or codes is None or len(years) != 1:
        outcome.unknown[" / ".join(one.text for one in labels if one.rest) or "?"] += 1
        return None
    year = str(next(iter(years)))
    value, is_marked = _value(cell, series.unit_factor)
    is_provisional = is_marked or any(one.is_provisional for one in labels)
    return {
        "indicator_id": str(series.indicator_id),
        "ref_area": unknown_place or _COUNTRY,
        "time_period": year,
        "reference_year": year,
        **codes,
        "definition": series.definition,
        "reported_value": value,
        "source_family": table.source_family,
        "source_text": f"{ORGANISATION}, bảng “{title}”",
        "obs_status": "P" if is_provisional else "A",
    }


def _codes(labels: list[Label], series: Series | None) -> dict[str, CellValue] | None:
    """Sex, age and breakdown of one figure; None where labels contradict each other."""
    if series is None:
        return None
    found: dict[str, set[str]] = {SEX: set(), AGE: set(), BREAKDOWN: set()}
    for label in labels:
        for dimension, code in label.codes:
            if dimension in found and code != "_T":
                found[dimension].add(code)
    if series.sex:
        found[SEX].add(series.sex)
    found[BREAKDOWN] |= {part for part in series.breakdown.split("+") if part != "_T"}
    if len(found[SEX]) > 1 or len(found[AGE]) > 1:
        return None
    return {
        "sex": next(iter(found[SEX]), "_T"),
        "age": next(iter(found[AGE]), "_T"),
        "breakdown": "+".join(sorted(found[BREAKDOWN])) or "_T",
    }


def _is_missing(cell: CellValue) -> bool:
    return _text(cell).lower() in _MISSING


def _value(cell: CellValue, factor: Decimal) -> tuple[CellValue, bool]:
    """The figure in the indicator's unit, and whether a footnote mark was glued to it.

    What is no number stays as it is: the stage *normalise* says so to the reader.
    """
    text = _text(cell)
    bare = _FOOTNOTE.sub("", text)
    if not _NUMBER.fullmatch(bare):
        return text, False
    number = bare.replace(" ", "")
    if factor == 1:
        return number, bare != text
    try:
        return f"{Decimal(number.replace(',', '.')) * factor:f}", bare != text
    except InvalidOperation:
        return text, False


def _number_locale(values: Iterator[CellValue]) -> str:
    """PX-Web writes no groups: whichever mark stands in its numbers is the decimal mark."""
    texts = [str(value) for value in values]
    has_comma = any("," in text and _NUMBER.fullmatch(text) for text in texts)
    has_point = any("." in text and _NUMBER.fullmatch(text) for text in texts)
    return "vi" if has_comma and not has_point else "en"


# Lines → form ---------------------------------------------------------------------------------


def _as_form(
    outcome: _Outcome, table: PxTable, title: str, number_locale: str
) -> tuple[FormContent, Grid]:
    lines = outcome.lines
    years = [str(line["time_period"]) for line in lines]
    known: dict[str, CellValue] = {
        "organisation": ORGANISATION,
        "locality": _COUNTRY,
        "reporting_period": max(years, default=""),
        "dataset_id": table.table_id,
        "number_locale": number_locale,
        "provenance": title,
    }
    labels = {one.name: one.label for one in (*form.INFORMATION_FIELDS, *form.OBSERVATION_FIELDS)}
    rows: list[list[CellValue]] = [[labels[name], value] for name, value in known.items()]
    information = {
        name: Information(value, CSV_SHEET, row, f"B{row}")
        for row, (name, value) in enumerate(known.items(), start=1)
    }
    rows += [[], [_SOURCE_CELL, *(labels[name] for name in _FIELDS)]]
    first = len(rows) + 1
    rows += [
        [source, *(line[name] for name in _FIELDS)]
        for source, line in zip(outcome.sources, lines, strict=True)
    ]
    block = Block(
        CSV_SHEET,
        list(range(first, first + len(lines))),
        {name: [line[name] for line in lines] for name in _FIELDS},
        {name: column_letter(position) for position, name in enumerate(_FIELDS, start=2)},
    )
    content = FormContent(information, block, None, _findings(outcome, title))
    return content, Grid(CSV_SHEET, rows, 1, 1)


def _findings(outcome: _Outcome, title: str) -> list[Finding]:
    findings = [
        Finding(code, value=_examples(counts), detail=str(sum(counts.values())))
        for code, counts in (
            ("PX_LABEL_UNKNOWN", outcome.unknown),
            ("PX_NO_PLACE", outcome.no_place),
            ("PX_PLACE_NOT_VALID", outcome.not_valid),
        )
        if counts
    ]
    if not outcome.lines:
        findings.append(Finding("PX_NOTHING_READ", value=title))
    return findings


def _examples(counts: Counter[str]) -> str:
    shown = "; ".join(list(counts)[:_EXAMPLES])
    return f"{shown} …" if len(counts) > _EXAMPLES else shown
