"""Part of stage *read*: a table of the statistics office's server (PX-Web) → the form's own cells.

Dimensions are found by what the labels say, not by where they stand. The lines come out as if
the office had filled in form BDG-01, each with the address of its source cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from etl import form
from etl.addresses import CellValue, column_letter
from etl.findings import Finding
from etl.layout import Block, FormContent, Information
from etl.px_labels import AGE, BREAKDOWN, NO_PLACE, SEX, Label, sex_in, year_in
from etl.px_mapping import PxMapping, PxTable, Series
from etl.px_sheet import PxSheet
from etl.px_values import cell_text, figure, is_missing, number_locale
from etl.read import CSV_SHEET, Grid
from indicators.localities import Locality
from indicators.numbers import NumberLocale
from indicators.text import fold

ORGANISATION: Final = "Cục Thống kê"
_COUNTRY: Final = "VN"
_EXAMPLES: Final = 5
_LONGEST_TITLE_SHOWN: Final = 100
# Table's unit, indicator's unit → factor.
_UNIT_FACTORS: Final = {
    ("PERSONS", "THOUSAND_PERSONS"): Decimal("0.001"),
    ("THOUSAND_PERSONS", "PERSONS"): Decimal(1000),
}
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
    "unit_measure",
    "source_family",
    "source_text",
    "obs_status",
    "note",
)


@dataclass(frozen=True)
class _Reading:
    """How the figures of one table are to be taken."""

    table: PxTable
    title: str
    unit: str | None
    locale: NumberLocale | None
    mapping: PxMapping
    title_sex: str | None  # the one that the title names, of lines that name none

    def unit_of(self, series: Series) -> tuple[Decimal, str]:
        """Factor to the indicator's unit; the table's unit where there is no way to that."""
        own = self.mapping.indicator_units[str(series.indicator_id)]
        if series.unit_factor != 1 or self.unit in (None, own):
            return series.unit_factor, ""
        factor = _UNIT_FACTORS.get((str(self.unit), own))
        return (factor, "") if factor else (Decimal(1), str(self.unit))


@dataclass
class _Outcome:
    lines: list[dict[str, CellValue]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # source cell of each line
    unknown: Counter[str] = field(default_factory=Counter)  # label → figures left out
    no_place: Counter[str] = field(default_factory=Counter)
    not_valid: Counter[str] = field(default_factory=Counter)


def lay_out_px(
    grid: Grid, sheet: PxSheet, file_name: str, mapping: PxMapping
) -> tuple[FormContent, Grid]:
    """The table as content of the form, and the grid of lines that findings point into."""
    stem = PurePath(file_name).stem
    measures = " ".join(dict.fromkeys(one.rest for one in sheet.labels if one.rest))
    texts = (sheet.title,) if sheet.title else (f"{sheet.corner} {measures}", stem)
    table, several = mapping.table_of(*texts)
    if table is None:
        shown = sheet.title or file_name
        detail = f"Khớp với: {', '.join(several)}." if several else how_to_map(sheet, stem)
        return FormContent(findings=[Finding("PX_TABLE_UNKNOWN", value=shown, detail=detail)]), grid
    title = sheet.title or (sheet.corner if fold(sheet.corner) and measures else stem)
    locale = number_locale(
        cell for row_offset, _ in sheet.stubs for cell in grid.rows[row_offset][sheet.stub_count :]
    )
    outcome = _lines(
        grid, sheet, _Reading(table, title, sheet.unit, locale, mapping, sex_in(title))
    )
    return _as_form(outcome, table, title, locale)


def how_to_map(sheet: PxSheet, stem: str) -> str:
    """A line for tables.csv, and what is understood of the table already."""
    name = (sheet.title or stem)[:_LONGEST_TITLE_SHOWN].replace('"', "")
    columns = f'"{name}",' if not name.isascii() else f',"{name}"'
    labels = sheet.labels
    years = sorted({one.year for one in labels if one.year})
    places = {one.place for one in labels if one.place}
    codes = sorted({code for one in labels for _, code in one.codes if code})
    unknown = list(dict.fromkeys(one.text for one in labels if one.rest and not one.place))
    parts = [
        f"Dòng mẫu của tables.csv: PX-…,{columns},,SURVEY,2004;2003,",
        f"Đã nhận ra: năm {years[0]}-{years[-1]}" if years else "",
        f"{len(places)} địa phương" if places else "",
        f"mã {', '.join(codes[:_EXAMPLES])}" if codes else "",
        f"nhãn chưa có: {'; '.join(unknown[:_EXAMPLES])}" if unknown else "",
    ]
    return ". ".join(part for part in parts if part) + "."


# Cells → lines --------------------------------------------------------------------------------


def _lines(grid: Grid, sheet: PxSheet, reading: _Reading) -> _Outcome:
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
            if not cell_text(cell):
                continue
            labels = [*stub, heading]
            line = _line(labels, cell, reading, title_year, unknown_place, outcome)
            if line is None:
                continue
            place = next((one.place for one in labels if one.place), "")
            if place and not unknown_place:
                year = str(line["time_period"])
                if (place, year) not in places:
                    places[place, year] = _valid_in(
                        reading.mapping.places(place, reading.table.geo_versions), int(year)
                    )
                locality = places[place, year]
                if locality is None:
                    if not is_missing(cell):
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
    reading: _Reading,
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
    series = reading.table.series_of(" ".join(measures), fold(reading.title))
    codes = _codes(labels, series, reading.title_sex)
    if series is not None and series.indicator_id is None:
        return None
    if series is None or codes is None or len(years) != 1:
        outcome.unknown[" / ".join(one.text for one in labels if one.rest) or "?"] += 1
        return None
    year = str(next(iter(years)))
    factor, other_unit = reading.unit_of(series)
    value, is_marked = figure(cell, factor, reading.locale)
    is_provisional = is_marked or any(one.is_provisional for one in labels)
    return {
        "indicator_id": str(series.indicator_id),
        "ref_area": unknown_place or _COUNTRY,
        "time_period": year,
        "reference_year": year,
        **codes,
        "definition": series.definition,
        "reported_value": value,
        "unit_measure": other_unit,
        "source_family": reading.table.source_family,
        "source_text": f"{ORGANISATION}, bảng “{reading.title}”",
        "obs_status": "P" if is_provisional else "A",
    }


def _codes(
    labels: list[Label], series: Series | None, title_sex: str | None
) -> dict[str, CellValue] | None:
    """Sex, age and breakdown of one figure; None where labels contradict each other."""
    if series is None:
        return None
    found: dict[str, set[str]] = {SEX: set(), AGE: set(), BREAKDOWN: set()}
    for label in labels:
        for dimension, code in label.codes:
            if dimension in found and code != "_T":
                found[dimension].add(code)
    if series.sex or (title_sex and not found[SEX]):
        found[SEX].add(str(series.sex or title_sex))
    found[BREAKDOWN] |= {part for part in series.breakdown.split("+") if part != "_T"}
    if len(found[SEX]) > 1 or len(found[AGE]) > 1:
        return None
    return {
        "sex": next(iter(found[SEX]), "_T"),
        "age": next(iter(found[AGE]), "_T"),
        "breakdown": "+".join(sorted(found[BREAKDOWN])) or "_T",
    }


# Lines → form ---------------------------------------------------------------------------------


def _as_form(
    outcome: _Outcome, table: PxTable, title: str, locale: NumberLocale | None
) -> tuple[FormContent, Grid]:
    lines = outcome.lines
    years = [str(line["time_period"]) for line in lines]
    known: dict[str, CellValue] = {
        "organisation": ORGANISATION,
        "locality": _COUNTRY,
        "reporting_period": max(years, default=""),
        "dataset_id": table.table_id,
        "number_locale": locale or "",
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
