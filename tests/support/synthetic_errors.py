"""Made-up errors of the kinds that publishers make, put into the clean series: synthetic, marked
so wherever they are shown, and there only to measure the checks on errors nobody tuned them for.

Every kind changes some cells of the clean series; the changed cells are the suspects. A change
that leaves the printed share as it was is no error that anyone could see, so it is taken back.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from indicators.catalogue import load_catalogue

Key = tuple[str, str, int, str]  # series, locality code, year, sex
Counts = tuple[int, int]  # numerator, denominator
_LEAST_CHANGE = 0.02  # of a count, by a wrong digit: less is lost in ordinary movement
_JUMPS = (6.0, 7.0, 8.0, 10.0, 15.0, 25.0)  # points of a share
_SINGLE_ERRORS = 30  # per kind and run
_COLUMN_ERRORS = 4


@dataclass
class Table:
    """The clean series by cell, with what is needed to choose places in it."""

    counts: dict[Key, Counts]
    values: dict[Key, float]
    order: list[str]  # provinces as yearbooks print them: region by region
    chance: random.Random

    def columns(self) -> list[tuple[str, int, str]]:
        """Columns with counts for most provinces."""
        sizes: dict[tuple[str, int, str], int] = {}
        for series, code, year, sex in self.counts:
            sizes[series, year, sex] = sizes.get((series, year, sex), 0) + (code in self.order)
        return sorted(column for column, size in sizes.items() if size >= 50)

    def column(self, chosen: tuple[str, int, str]) -> list[Key]:
        """Cells of a column in printed order."""
        series, year, sex = chosen
        keys = [(series, code, year, sex) for code in self.order]
        return [key for key in keys if key in self.counts]

    def singles(self) -> Iterator[Key]:
        """Province cells with counts that have a history, in random order, one per series and
        province, so that no error is another one's witness.
        """
        keys = sorted(key for key in self.counts if key[1] in self.order)
        self.chance.shuffle(keys)
        used: set[tuple[str, str]] = set()
        for key in keys:
            around = sum((key[0], key[1], key[2] + step, key[3]) in self.counts
                         for step in (-3, -2, -1, 1, 2, 3))  # fmt: skip
            if (key[0], key[1]) not in used and around >= 3 and self.counts[key][1] >= 100:
                used.add((key[0], key[1]))
                yield key


Change = dict[Key, Counts]


def _rows_slipped(table: Table) -> Change:
    """From one row to the end of the table the denominators (or women) are those of the row
    above.
    """
    changed: Change = {}
    for chosen in table.chance.sample(table.columns(), _COLUMN_ERRORS):
        keys = table.column(chosen)
        start = table.chance.randrange(1, len(keys) - 8)
        part = table.chance.choice((0, 1))
        for before, key in zip(keys[start - 1 :], keys[start:], strict=False):
            moved = list(table.counts[key])
            moved[part] = table.counts[before][part]
            changed[key] = (moved[0], moved[1])
    return changed


def _lines_slipped(table: Table) -> Change:
    """As before, but whole lines, so that every share is a plausible one."""
    changed: Change = {}
    for chosen in table.chance.sample(table.columns(), _COLUMN_ERRORS):
        keys = table.column(chosen)
        start = table.chance.randrange(1, len(keys) - 8)
        for before, key in zip(keys[start - 1 :], keys[start:], strict=False):
            changed[key] = table.counts[before]
    return changed


def _rows_reordered(table: Table) -> Change:
    """Nine rows of women in another order."""
    changed: Change = {}
    for chosen in table.chance.sample(table.columns(), _COLUMN_ERRORS):
        keys = table.column(chosen)
        start = table.chance.randrange(0, len(keys) - 9)
        rows = keys[start : start + 9]
        for key, other in zip(rows, rows[4:] + rows[:4], strict=True):
            changed[key] = (table.counts[other][0], table.counts[key][1])
    return changed


def _two_exchanged(table: Table) -> Change:
    """Women of two neighbouring provinces exchanged."""
    changed: Change = {}
    for key in table.singles():
        keys = table.column((key[0], key[2], key[3]))
        place = keys.index(key)
        other = keys[place + 1] if place + 1 < len(keys) else keys[place - 1]
        if key not in changed and other not in changed:
            changed[key] = (table.counts[other][0], table.counts[key][1])
            changed[other] = (table.counts[key][0], table.counts[other][1])
        if len(changed) >= _SINGLE_ERRORS:
            break
    return changed


def _single(make: Callable[[Table, Key], Counts | None]) -> Callable[[Table], Change]:
    """A kind that changes one cell at a time."""

    def changes(table: Table) -> Change:
        changed: Change = {}
        for key in table.singles():
            counts = make(table, key)
            if counts is not None and counts != table.counts[key]:
                changed[key] = counts
            if len(changed) == _SINGLE_ERRORS:
                break
        return changed

    return changes


def _women_are_total(table: Table, key: Key) -> Counts:
    return table.counts[key][1], table.counts[key][1]


def _men_for_women(table: Table, key: Key) -> Counts | None:
    women, total = table.counts[key]
    return (total - women, total) if abs(total - 2 * women) > 0.06 * total else None


def _unit_slip_of_one(table: Table, key: Key) -> Counts:
    women, total = table.counts[key]
    factor = table.chance.choice((10, 100, 1000))
    return (
        (round(women / factor), total) if table.chance.random() < 0.5 else (women, total * factor)
    )


def _unit_slip_of_both(table: Table, key: Key) -> Counts:
    women, total = table.counts[key]
    factor = table.chance.choice((10, 100, 1000))
    return round(women / factor), max(1, round(total / factor))


def _line_of_neighbour(table: Table, key: Key) -> Counts:
    keys = table.column((key[0], key[2], key[3]))
    place = keys.index(key)
    return table.counts[keys[place - 1] if place else keys[1]]


def _older_year(table: Table, key: Key) -> Counts | None:
    series, code, year, sex = key
    back = table.chance.choice((1, 2, 3))
    return table.counts.get((series, code, year - back, sex))


def _digits_exchanged(table: Table, key: Key) -> Counts | None:
    women, total = table.counts[key]
    digits = list(str(women))
    place = table.chance.choice((0, 1)) if len(digits) > 2 else 0
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    wrong = int("".join(digits))
    return (wrong, total) if abs(wrong - women) > _LEAST_CHANGE * total else None


def _digit_wrong(table: Table, key: Key) -> Counts | None:
    women, total = table.counts[key]
    digits = list(str(total))
    place = table.chance.choice((0, 1))
    digits[place] = str(table.chance.randrange(1, 10))
    wrong = int("".join(digits))
    return (women, wrong) if abs(wrong - total) > _LEAST_CHANGE * total else None


def _digit_lost(table: Table, key: Key) -> Counts:
    women, total = table.counts[key]
    digits = str(women)
    place = table.chance.randrange(len(digits))
    return int(digits[:place] + digits[place + 1 :] or "0"), total


def _women_of_other_level(table: Table, key: Key) -> Counts | None:
    people, level = key[0].split(": ") if ": " in key[0] else (key[0], "")
    others = [name for name in ("primary", "lower secondary", "upper secondary") if name != level]
    other = table.counts.get((f"{people}: {table.chance.choice(others)}", *key[1:]))
    return None if other is None else (other[0], table.counts[key][1])


def _jump(table: Table, key: Key) -> Counts | None:
    women, total = table.counts[key]
    points = table.chance.choice(_JUMPS) * table.chance.choice((-1, 1))
    wrong = round(women + total * points / 100)
    return (wrong, total) if 0 < wrong < total else None


KINDS: dict[str, tuple[str, str, Callable[[Table], Change]]] = {
    "rows_slipped": (
        "một cột lệch một dòng đến cuối bảng",
        "one column slipped by a row",
        _rows_slipped,
    ),
    "lines_slipped": (
        "cả dòng (tử số, mẫu số) lệch một dòng",
        "whole lines slipped by a row",
        _lines_slipped,
    ),
    "rows_reordered": ("chín dòng sai thứ tự", "nine rows in another order", _rows_reordered),
    "two_exchanged": (
        "số của hai tỉnh liền kề đổi chỗ",
        "two neighbours exchanged",
        _two_exchanged,
    ),
    "women_are_total": ("nữ = tổng số", "women = total", _single(_women_are_total)),
    "men_for_women": (
        "số nam ghi vào cột nữ",
        "men in the column of women",
        _single(_men_for_women),
    ),
    "unit_slip_of_one": (
        "nhầm đơn vị ở một trong hai số",
        "unit slip in one of the counts",
        _single(_unit_slip_of_one),
    ),
    "unit_slip_of_both": (
        "nhầm đơn vị ở cả hai số",
        "unit slip in both counts",
        _single(_unit_slip_of_both),
    ),
    "line_of_neighbour": (
        "chép cả dòng của tỉnh liền kề",
        "the neighbour's line copied",
        _single(_line_of_neighbour),
    ),
    "older_year": ("chép lại số của năm cũ", "an older year's figures again", _single(_older_year)),
    "digits_exchanged": ("hai chữ số đổi chỗ", "two digits exchanged", _single(_digits_exchanged)),
    "digit_wrong": (
        "sai một chữ số của mẫu số",
        "one wrong digit in the denominator",
        _single(_digit_wrong),
    ),
    "digit_lost": ("mất một chữ số", "one digit lost", _single(_digit_lost)),
    "women_of_other_level": (
        "số nữ của cấp học khác",
        "women of another school level",
        _single(_women_of_other_level),
    ),
    "jump": ("tỷ lệ nhảy 6-25 điểm phần trăm", "a share jumps by 6-25 points", _single(_jump)),
}


def with_errors(clean: pl.DataFrame, kind: str, seed: int) -> pl.DataFrame:
    """The clean cells (:func:`tests.support.suspect_cells.clean_cells`) with errors of a kind."""
    table = _table(clean, seed)
    changed = KINDS[kind][2](table)
    wrong = {
        key: counts
        for key, counts in changed.items()
        if round(100 * counts[0] / max(counts[1], 1), 1) != round(table.values[key], 1)
        or counts[1] != table.counts[key][1]
    }
    rows = [(*key, *counts) for key, counts in wrong.items()]
    names = ("series", "locality_code", "year", "sex", "new_numerator", "new_denominator")
    errors = pl.DataFrame(rows, schema=names, orient="row")
    is_error = pl.col("new_denominator").is_not_null()
    return (
        clean.join(errors, on=names[:4], how="left", maintain_order="left")
        .with_columns(
            is_error.alias("suspect"),
            *(
                pl.coalesce(f"new_{name}", name).alias(name)
                for name in ("numerator", "denominator")
            ),
        )
        .drop("new_numerator", "new_denominator")
    )


def _table(clean: pl.DataFrame, seed: int) -> Table:
    localities = load_catalogue().localities
    regions = {
        identity: place for place, identity in enumerate(localities["locality_id"].to_list())
    }
    provinces = localities.filter(
        (pl.col("level") == "province") & (pl.col("geo_version") == "2004")
    ).select("code", "region_id")
    order = [
        code for code, _ in sorted(provinces.iter_rows(), key=lambda one: (regions[one[1]], one[0]))
    ]
    counts: dict[Key, Counts] = {}
    values: dict[Key, float] = {}
    for cell in clean.drop_nulls("denominator").iter_rows(named=True):
        key = (cell["series"], cell["locality_code"], cell["year"], cell["sex"])
        counts[key] = (cell["numerator"], cell["denominator"])
        values[key] = cell["value"]
    return Table(counts, values, order, random.Random(seed))
