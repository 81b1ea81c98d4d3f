"""Find the form inside the grids: the information fields, and the columns of both tables.

Sheets and labels are matched folded; where a table starts is found by its header row, so a
moved table or an inserted title row does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from etl import form
from etl.addresses import CellValue, column_letter
from etl.findings import Finding
from etl.read import CSV_SHEET, Grid
from indicators.text import fold

# The same labels come in every file.
_fold = lru_cache(maxsize=20_000)(fold)

_HEADER_SEARCH_ROWS: Final = 15
_FEWEST_HEADER_MATCHES: Final = 3
_FORM_SHEETS: Final = frozenset(
    _fold(name) for name in (form.INFORMATION_SHEET, form.OBSERVATION_SHEET, form.STATEMENT_SHEET)
)


@dataclass(frozen=True)
class Information:
    """One field of sheet Thông tin: its value and where it stands."""

    value: CellValue
    sheet: str
    sheet_row: int
    cell: str


@dataclass(frozen=True)
class Block:
    """A table of the form, column by column; all columns have the length of ``sheet_rows``."""

    sheet: str
    sheet_rows: list[int]
    columns: dict[str, list[CellValue]]
    letters: dict[str, str]  # field → sheet column


@dataclass(frozen=True)
class FormContent:
    """What one file says, still as cells."""

    information: dict[str, Information] = field(default_factory=dict)
    observations: Block | None = None
    statements: Block | None = None
    findings: list[Finding] = field(default_factory=list)


def lay_out(grids: Sequence[Grid], read_findings: Sequence[Finding] = ()) -> FormContent:
    """Recognise the form. Missing sheets, columns and fields become findings.

    Of what the reader found, only that about the file and on sheets of the form counts; a sheet of
    the form that it could not read at all decides alone.
    """
    on_form = [one for one in read_findings if _fold(one.sheet or "") in _FORM_SHEETS]
    unread = [one for one in on_form if one.code == "SHEET_TOO_LARGE"]
    if unread:
        return FormContent(findings=unread)
    if not grids:
        return FormContent(findings=list(read_findings))
    content = _recognise(grids)
    content.findings.extend(one for one in on_form if _concerns_lines(one, content))
    content.findings.extend(one for one in read_findings if one.sheet is None)
    return content


def _concerns_lines(finding: Finding, content: FormContent) -> bool:
    """Merged cells matter among the lines of a table; titles and headings may be merged."""
    if finding.code != "MERGED_CELLS":
        return True
    return any(
        block is not None
        and block.sheet == finding.sheet
        and (finding.sheet_row or 0) in block.sheet_rows
        for block in (content.observations, content.statements)
    )


def _recognise(grids: Sequence[Grid]) -> FormContent:
    if len(grids) == 1 and grids[0].sheet == CSV_SHEET:
        return _lay_out_csv(grids[0])
    by_name = {_fold(grid.sheet): grid for grid in reversed(grids)}  # of namesakes the first
    findings = _sheets_not_read(grids, by_name)
    findings += [
        Finding("SHEET_MISSING", value=name)
        for name in (form.INFORMATION_SHEET, form.OBSERVATION_SHEET)
        if _fold(name) not in by_name
    ]
    information: dict[str, Information] = {}
    information_grid = by_name.get(_fold(form.INFORMATION_SHEET))
    if information_grid is not None:
        information = _information(information_grid)
    observation_grid = by_name.get(_fold(form.OBSERVATION_SHEET))
    observations = None
    if observation_grid is not None:
        observations = _block(observation_grid, form.OBSERVATION_FIELDS, findings)
        findings += _typed_over(observation_grid)
    statement_grid = by_name.get(_fold(form.STATEMENT_SHEET))
    statements = None
    if statement_grid is not None and statement_grid.rows:
        statements = _block(statement_grid, form.STATEMENT_FIELDS, findings)
    if information_grid is not None:
        findings += _missing_information(information, information_grid.sheet)
    return FormContent(information, observations, statements, findings)


def _sheets_not_read(grids: Sequence[Grid], read: dict[str, Grid]) -> list[Finding]:
    """Copies of a form sheet, such as "Số liệu (2)", which may hold lines meant to be read."""
    return [
        Finding("SHEET_NOT_READ", grid.sheet, value=grid.sheet)
        for grid in grids
        if grid.rows
        and _fold(grid.sheet).startswith(tuple(_FORM_SHEETS))
        and (_fold(grid.sheet) not in _FORM_SHEETS or read[_fold(grid.sheet)] is not grid)
    ]


def _information(grid: Grid) -> dict[str, Information]:
    """Label in one cell, value in the next one to the right, anywhere on the sheet."""
    labels = {_fold(one.label): one.name for one in form.READ_INFORMATION_FIELDS}
    found: dict[str, Information] = {}
    for row_offset, row in enumerate(grid.rows):
        for column_offset, cell in enumerate(row[:-1]):
            name = labels.get(_fold(cell)) if isinstance(cell, str) else None
            if name and name not in found:
                sheet_row = grid.first_row + row_offset
                letter = column_letter(grid.first_column + column_offset + 1)
                found[name] = Information(
                    row[column_offset + 1], grid.sheet, sheet_row, f"{letter}{sheet_row}"
                )
    return found


def _missing_information(information: dict[str, Information], sheet: str) -> list[Finding]:
    return [
        Finding(
            "INFORMATION_MISSING",
            sheet,
            information[one.name].sheet_row if one.name in information else None,
            information[one.name].cell if one.name in information else None,
            one.label,
        )
        for one in form.INFORMATION_FIELDS
        if one.required
        and (one.name not in information or information[one.name].value in ("", None))
    ]


def _header(grid: Grid, fields: Sequence[form.Field]) -> tuple[int, dict[str, int]] | None:
    """Offset of the header row and field → column offset, or None where there is no header."""
    labels = {_fold(one.label): one.name for one in fields}
    labels |= {_fold(one.name): one.name for one in fields}
    best: tuple[int, dict[str, int]] | None = None
    for row_offset, row in enumerate(grid.rows[:_HEADER_SEARCH_ROWS]):
        columns: dict[str, int] = {}
        for column_offset, cell in enumerate(row):
            name = labels.get(_fold(cell)) if isinstance(cell, str) else None
            if name:
                columns.setdefault(name, column_offset)
        if len(columns) >= _FEWEST_HEADER_MATCHES and (best is None or len(columns) > len(best[1])):
            best = (row_offset, columns)
    return best


def _block(grid: Grid, fields: Sequence[form.Field], findings: list[Finding]) -> Block | None:
    header = _header(grid, fields)
    if header is None:
        findings.append(Finding("HEADER_MISSING", grid.sheet, value=grid.sheet))
        return None
    header_offset, columns = header
    findings += _unknown_columns(grid, header_offset, set(columns.values()))
    return _table(grid, fields, header, findings)


def _table(
    grid: Grid,
    fields: Sequence[form.Field],
    header: tuple[int, dict[str, int]],
    findings: list[Finding],
) -> Block | None:
    """The table below its header, if all required columns are there."""
    header_offset, columns = header
    header_row = grid.first_row + header_offset
    missing = [one.label for one in fields if one.required and one.name not in columns]
    findings += [
        Finding("COLUMN_MISSING", grid.sheet, header_row, f"A{header_row}", label)
        for label in missing
    ]
    return None if missing else _columns(grid, header_offset, columns)


def _unknown_columns(grid: Grid, header_offset: int, known: set[int]) -> list[Finding]:
    header_row = grid.first_row + header_offset
    guides = {_fold(label) for label in form.GUIDE_LABELS}
    return [
        Finding(
            "COLUMN_UNKNOWN",
            grid.sheet,
            header_row,
            f"{column_letter(grid.first_column + offset)}{header_row}",
            cell,
        )
        for offset, cell in enumerate(grid.rows[header_offset])
        if offset not in known and isinstance(cell, str) and cell.strip()
        if _fold(cell) not in guides
    ]


def _typed_over(grid: Grid) -> list[Finding]:
    """Results that stand in the column of our own formula although there is nothing to compute.

    Somebody lifted the protection and typed there: the figure would be lost, as this column is
    not read. A 0 is what LibreOffice saves for an empty result in .xls.
    """
    header = _header(grid, form.OBSERVATION_FIELDS)
    if header is None:
        return []
    header_offset, columns = header
    labels = [_fold(cell) if isinstance(cell, str) else "" for cell in grid.rows[header_offset]]
    if _fold(form.COMPUTED_LABEL) not in labels:
        return []
    computed = labels.index(_fold(form.COMPUTED_LABEL))
    letter = column_letter(grid.first_column + computed)
    read_columns = [columns[name] for name in form.NUMBER_FIELDS if name in columns]
    return [
        Finding(
            "COMPUTED_CELL_TYPED", grid.sheet, number, f"{letter}{number}", _shown(row[computed])
        )
        for number, row in enumerate(
            grid.rows[header_offset + 1 :], start=grid.first_row + header_offset + 1
        )
        if computed < len(row) and row[computed] not in ("", 0)
        if all(offset >= len(row) or row[offset] in ("", None) for offset in read_columns)
    ]


def _shown(cell: CellValue) -> str:
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _columns(grid: Grid, header_offset: int, columns: dict[str, int]) -> Block:
    body = grid.rows[header_offset + 1 :]
    transposed = list(zip_longest(*body, fillvalue=""))
    empty_column = [""] * len(body)
    letters = {name: column_letter(grid.first_column + offset) for name, offset in columns.items()}
    first = grid.first_row + header_offset + 1
    return Block(
        grid.sheet,
        list(range(first, first + len(body))),
        {
            name: list(transposed[offset]) if offset < len(transposed) else list(empty_column)
            for name, offset in columns.items()
        },
        letters,
    )


def _lay_out_csv(grid: Grid) -> FormContent:
    """One table: a kind of row, the information fields on every line, then both tables' columns."""
    first_line = next((offset for offset, row in enumerate(grid.rows) if offset and any(row)), None)
    if first_line is None:
        code = "FORM_EMPTY" if _header(grid, form.OBSERVATION_FIELDS) else "CSV_HEADER_MISSING"
        return FormContent(findings=[Finding(code, grid.sheet, value=grid.sheet)])
    header = [_fold(cell) if isinstance(cell, str) else "" for cell in grid.rows[0]]
    information: dict[str, Information] = {}
    for one in form.READ_INFORMATION_FIELDS:
        label = form.CSV_FORM_LOCALITY_LABEL if one.name == "locality" else one.label
        if _fold(label) in header:
            offset = header.index(_fold(label))
            row = grid.rows[first_line]
            information[one.name] = Information(
                row[offset] if offset < len(row) else "",
                grid.sheet,
                first_line + 1,
                f"{column_letter(offset + 1)}{first_line + 1}",
            )
    observation_rows, statement_rows = _row_kinds(grid, header)
    findings: list[Finding] = []
    observations = _csv_block(grid, observation_rows, form.OBSERVATION_FIELDS, findings)
    if not findings or findings[0].code != "CSV_HEADER_MISSING":
        findings += _missing_information(information, grid.sheet)
        findings += _differing_information(grid, header, information)
    statements = None
    if statement_rows:
        statements = _csv_block(grid, statement_rows, form.STATEMENT_FIELDS, findings)
    return FormContent(information, observations, statements, findings)


def _differing_information(
    grid: Grid, header: list[str], information: dict[str, Information]
) -> list[Finding]:
    """The information must be the same on every line: one file is one submission."""
    findings = []
    for one in form.READ_INFORMATION_FIELDS:
        if one.name not in information:
            continue
        label = form.CSV_FORM_LOCALITY_LABEL if one.name == "locality" else one.label
        offset = header.index(_fold(label))
        for row_offset, row in enumerate(grid.rows[1:], start=2):
            if any(row) and offset < len(row) and row[offset] != information[one.name].value:
                cell = f"{column_letter(offset + 1)}{row_offset}"
                findings.append(
                    Finding("INFORMATION_DIFFERS", grid.sheet, row_offset, cell, str(row[offset]))
                )
                break
    return findings


def _row_kinds(grid: Grid, header: list[str]) -> tuple[list[int], list[int]]:
    """Row offsets of observations and of statements."""
    kind = _fold(form.ROW_KIND_LABEL)
    offset = header.index(kind) if kind in header else None
    observations, statements = [], []
    for row_offset, row in enumerate(grid.rows[1:], start=1):
        value = row[offset] if offset is not None and offset < len(row) else ""
        if isinstance(value, str) and _fold(value) == _fold(form.STATEMENT_ROW_KIND):
            statements.append(row_offset)
        else:
            observations.append(row_offset)
    return observations, statements


def _csv_block(
    grid: Grid, row_offsets: list[int], fields: Sequence[form.Field], findings: list[Finding]
) -> Block | None:
    """Lines of one kind below the file's first line, which is the header."""
    table = Grid(grid.sheet, [grid.rows[0], *(grid.rows[offset] for offset in row_offsets)], 1, 1)
    header = _header(Grid(grid.sheet, table.rows[:1], 1, 1), fields)
    if header is None:
        findings.append(Finding("CSV_HEADER_MISSING", grid.sheet, 1, "A1"))
        return None
    # The information columns belong to the file, not to this table: none is "unknown" here.
    block = _table(table, fields, header, findings)
    if block is None:
        return None
    return Block(block.sheet, [offset + 1 for offset in row_offsets], block.columns, block.letters)
