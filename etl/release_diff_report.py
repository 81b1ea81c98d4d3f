"""What ``etl diff`` says: counts first, then lists with names beside codes; as text, JSON, CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import polars as pl

from etl.archive import write_atomically
from etl.findings import number_text
from etl.form import STATUS_NAMES
from etl.warehouse import release_columns
from indicators.assessment.exact import round_half_up
from indicators.numbers import format_number
from indicators.release_changes import ReleaseChanges
from indicators.tables import ValueCause, Verdict, VerdictCause
from indicators.text import FORMULA_START

SHOWN_AT_ONCE: Final = 20  # lines of each list on the screen
_MOST_DECIMALS: Final = 4

KIND_WORDS: Final = {
    "changed": "sửa",
    "removed": "bỏ",
    "added": "thêm",
    "restated": "đổi chi tiết",  # the same value with other counts, year, unit or status
}
VERDICT_WORDS: Final[Mapping[str, str]] = {
    **{code: name.lower() for code, name in STATUS_NAMES.items()},
    Verdict.ON_THE_WAY: "đang thực hiện",  # no word of units: the milestone is still open
}
VALUE_CAUSES: Final[Mapping[str, str]] = {
    ValueCause.SUBMISSION: "báo cáo mới nhận",
    ValueCause.WITHDRAWN: "báo cáo gửi lại không còn số này",
    ValueCause.REBUILT: "tổng hợp lại từ số liệu thành phần đã đổi",
    ValueCause.CORRECTION: "đính chính theo corrections.csv",
    ValueCause.CATALOGUE: "danh mục đã đổi",
    ValueCause.OTHER: "chưa rõ",
}
VERDICT_CAUSES: Final[Mapping[str, str]] = {
    VerdictCause.MILESTONE_CLOSED: "mốc đã kết thúc",
    VerdictCause.TARGET_CHANGED: "mục tiêu đã đổi",
    VerdictCause.METHOD_CHANGED: "phương pháp đánh giá đã đổi",
    VerdictCause.PRIMARY_SOURCE_CHANGED: "nguồn số liệu chính đã đổi",
    VerdictCause.VALUE_CHANGED: "số liệu được sửa",
    VerdictCause.VALUE_ADDED: "có số liệu mới",
    VerdictCause.VALUE_REMOVED: "số liệu không còn",
    VerdictCause.OTHER: "chưa rõ",
}
_NAMES: Final = {
    "localities": ("locality_id", "level", "type_vi", "name_vi"),
    "targets": ("target_id", "short_code", "name_vi", "indicator_id"),
    "indicators": ("indicator_id", "name_vi", "decimals"),
    "submissions": ("submission_id", "file_name", "organisation"),
    "code_items": ("code_list", "code", "name_vi"),
}
# Parts of the series key that have words, and the list that holds them.
_CODE_LISTS: Final = {
    "sex": "CL_SEX",
    "age": "CL_AGE",
    "breakdown": "CL_BREAKDOWN",
    "source_family": "CL_SOURCE_FAMILY",
}
_WHOLE: Final = ("_T", "STD")  # codes that say "not broken down"
_IDENTITY: Final = {"code_items": ("code_list", "code")}  # of the others, the first column


@dataclass(frozen=True)
class NamedChanges:
    """The changes with names of places, targets, indicators and files beside their codes."""

    values: pl.DataFrame
    verdicts: pl.DataFrame
    counts: Mapping[str, int]  # figures by kind, and ``verdicts``

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``: everything."""
        return {
            "counts": self.counts,
            "verdicts": self.verdicts.to_dicts(),
            "values": self.values.to_dicts(),
        }

    def lines(self) -> Iterator[str]:
        """For the screen: counts, results, then changed and removed figures, then the added."""
        yield counts_line(self.counts).capitalize()
        yield from _limited("Kết quả đổi", _verdict_lines(self.verdicts), self.verdicts.height)
        for kind in KIND_WORDS:
            rows = self.values.filter(kind=kind)
            if rows.height:
                heading = f"Số liệu {KIND_WORDS[kind]}"
                yield from _limited(heading, _value_lines(rows), rows.height)

    def write_csv(self, folder: Path) -> list[Path]:
        """Two CSV files (UTF-8, point as decimal mark) and the types of their columns.

        A text that a spreadsheet would run as a formula begins with an apostrophe.

        Raises:
            OSError: the folder cannot be written.
        """
        tables = {"value_changes": self.values, "verdict_changes": self.verdicts}
        paths = []
        for name, frame in tables.items():
            paths.append(folder / f"{name}.csv")
            write_atomically(paths[-1], _harmless(frame).write_csv(include_bom=True).encode())
        resources = [_description(name, frame) for name, frame in tables.items()]
        paths.append(folder / "datapackage.json")
        package = {"name": "release-changes", "resources": resources}
        write_atomically(paths[-1], orjson.dumps(package, option=orjson.OPT_INDENT_2))
        return paths


def with_names(changes: ReleaseChanges, *releases: Path) -> NamedChanges:
    """Names are taken from the first of the releases that knows them.

    Raises:
        ReleaseUnavailable: one cannot be read.
    """
    names = _names(releases)
    files = names["submissions"].rename({"submission_id": "causing_submission_id"})
    places = names["localities"].select(
        "locality_id",
        locality=pl.when(pl.col("level") == "national")
        .then("name_vi")
        .otherwise(pl.concat_str("type_vi", pl.lit(" "), "name_vi")),
    )
    indicators = names["indicators"].rename({"name_vi": "indicator"})
    targets = names["targets"].rename({"name_vi": "target"})
    values = _joined(
        changes.values,
        (indicators, "indicator_id"),
        (places.rename({"locality_id": "ref_area"}), "ref_area"),
        (files, "causing_submission_id"),
    ).with_columns(group=_group(names["code_items"]))
    decimals = indicators.select("indicator_id", "decimals")
    verdicts = _joined(
        changes.verdicts,
        (targets.join(decimals, on="indicator_id", how="left").drop("indicator_id"), "target_id"),
        (places, "locality_id"),
        (files, "causing_submission_id"),
    )
    return NamedChanges(values, verdicts, changes.counts())


def counts_line(counts: Mapping[str, int]) -> str:
    """ "số liệu: 2 sửa, 1 bỏ, 30 thêm; kết quả: 1 đổi"."""
    told = [
        f"{format_number(counts[kind], 0)} {word}"
        for kind, word in KIND_WORDS.items()
        if counts[kind] or kind != "restated"
    ]
    return f"số liệu: {', '.join(told)}; kết quả: {format_number(counts['verdicts'], 0)} đổi"


def _names(releases: tuple[Path, ...]) -> dict[str, pl.DataFrame]:
    read = [release_columns(path, _NAMES) for path in releases]
    return {
        name: pl.concat([tables[name] for tables in read]).unique(
            _IDENTITY.get(name, columns[:1]), keep="first", maintain_order=True
        )
        for name, columns in _NAMES.items()
    }


def _group(code_items: pl.DataFrame) -> pl.Expr:
    """Sex, age, breakdown, definition and source in words; what is not broken down is not said."""
    parts = []
    for field, code_list in _CODE_LISTS.items():
        items = code_items.filter(code_list=code_list).select("code", "name_vi")
        words = dict(items.iter_rows())
        named = pl.col(field).str.split("+").list.eval(pl.element().replace(words)).list.join(" + ")
        parts.append(pl.when(~pl.col(field).is_in(_WHOLE)).then(named))
    own = pl.when(~pl.col("definition").is_in(_WHOLE)).then("definition")
    return pl.concat_str([*parts[:-1], own, parts[-1]], separator=", ", ignore_nulls=True)


def _joined(frame: pl.DataFrame, *names: tuple[pl.DataFrame, str]) -> pl.DataFrame:
    for named, key in names:
        frame = frame.join(named, on=key, how="left", maintain_order="left")
    return frame


def _limited(heading: str, lines: pl.Series, total: int) -> Iterator[str]:
    if not total:
        return
    yield f"{heading} ({format_number(total, 0)}):"
    yield from (f"  {line}" for line in lines.head(SHOWN_AT_ONCE))
    if total > SHOWN_AT_ONCE:
        rest = format_number(total - SHOWN_AT_ONCE, 0)
        yield f"  … và {rest} dòng khác (xem hết: --csv hoặc --json)"


def _verdict_lines(rows: pl.DataFrame) -> pl.Series:
    line = pl.format(
        "{} [{}], chỉ tiêu {} [{}], mốc {}: {} → {}{} ({}{}){}",
        pl.col("locality").fill_null("–"),
        "locality_id",
        pl.concat_str("short_code", "target", separator=" ", ignore_nulls=True),
        "target_id",
        "milestone_year",
        pl.col("old_verdict").replace(VERDICT_WORDS),
        pl.col("new_verdict").replace(VERDICT_WORDS),
        _from_to("old_latest_published", "new_latest_published"),
        pl.col("cause").replace(VERDICT_CAUSES),
        _by_file(),
        _synthetic_mark(),
    )
    return rows.select(line=line)["line"]


def _value_lines(rows: pl.DataFrame) -> pl.Series:
    line = pl.format(
        "{} [{}], {} [{}], {}{}{} ({}{}){}",
        pl.col("locality").fill_null("–"),
        "ref_area",
        pl.col("indicator").fill_null("–"),
        "indicator_id",
        "time_period",
        pl.when(pl.col("group") != "").then(pl.format(", {}", "group")).otherwise(pl.lit("")),
        _from_to("old_value", "new_value"),
        pl.col("cause").replace(VALUE_CAUSES),
        _by_file(),
        _synthetic_mark(),
    )
    return rows.select(line=line)["line"]


def _from_to(old: str, new: str) -> pl.Expr:
    """Both numbers as the indicator is published; finer where that does not tell them apart."""
    values = [pl.col(old), pl.col(new)]
    places = pl.col("decimals").fill_null(_MOST_DECIMALS)
    rounded = [round_half_up(value, places) for value in values]
    finer = (rounded[0] == rounded[1]) & (values[0] != values[1])
    before, after = (
        number_text(pl.when(finer).then(value.round(_MOST_DECIMALS)).otherwise(short))
        for value, short in zip(values, rounded, strict=True)
    )
    return pl.format(", số liệu {} → {}", before.fill_null("–"), after.fill_null("–"))


def _synthetic_mark() -> pl.Expr:
    return pl.when("is_synthetic").then(pl.lit(" – số liệu minh họa")).otherwise(pl.lit(""))


def _by_file() -> pl.Expr:
    """The file that did it; its name is the sender's own text."""
    named = pl.format(": {} [{}]", "file_name", "causing_submission_id")
    return pl.when(pl.col("file_name").is_not_null()).then(named).otherwise(pl.lit(""))


def _harmless(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA_START))
        .then(pl.concat_str(pl.lit("'"), name))
        .otherwise(name)
        .alias(name)
        for name, dtype in frame.schema.items()
        if dtype == pl.String
    )


def _description(name: str, frame: pl.DataFrame) -> dict[str, Any]:
    fields = [{"name": column, "type": _type(dtype)} for column, dtype in frame.schema.items()]
    return {
        "name": name,
        "path": f"{name}.csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _type(dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return "integer"
    return "number" if dtype.is_numeric() else "string"
