"""How well the checks find a publisher's real errors, and how often they doubt clean figures.

The clean series and the cells that were held back from them are put together again as the
publisher printed them, sent as one file and checked as any submission is.

``python -m tests.support.suspect_cells`` writes ``docs/methods/checks.md``; with the path of
another file of suspect cells it only prints the counts for that one.
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import polars as pl

from etl import pipeline
from etl.findings import check_rules
from etl.history_rules import parameters
from etl.settings import Settings
from tests.support.forms import Form
from tests.support.published import REPOSITORY

DATA = REPOSITORY / "tests" / "data" / "suspect_cells"
DOCUMENT = REPOSITORY / "docs" / "methods" / "checks.md"
NOW = datetime(2026, 11, 21)
SEED = 2026
_SPLITS = 20
_FEWER_RUNS = 10
_FACTORS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
_FITTED = ("VALUE_JUMP.times", "VALUE_JUMP.points", "SEX_GAP_COLUMN.limit")
Counts = tuple[int, int, int, int]  # suspect cells found and sent, clean cells doubted and sent

# series of the data → indicator, breakdown, source family
_SHARES = {"pupils": "WOMEN_PUPILS", "teachers": "WOMEN_TEACHERS"}
_LEVELS = {
    "all levels": "_T",
    "primary": "SCHOOL_LEVEL.PRIMARY",
    "lower secondary": "SCHOOL_LEVEL.LOWER_SECONDARY",
    "upper secondary": "SCHOOL_LEVEL.UPPER_SECONDARY",
}
SERIES = {
    f"female_share_{people}: {words}": (indicator, breakdown, "ADMIN")
    for people, indicator in _SHARES.items()
    for words, breakdown in _LEVELS.items()
} | {
    "female_share_enterprise_employees": ("WOMEN_ENTERPRISE_EMPLOYEES", "_T", "SURVEY"),
    "unemployment": ("UNEMPLOYMENT_RATE", "_T", "SURVEY"),
    "underemployment": ("UNDEREMPLOYMENT_RATE", "_T", "SURVEY"),
}
_REGIONS = {"R1": "RRD", "R2": "NMM", "R3": "NCC", "R4": "CHL", "R5": "SEA", "R6": "MRD"}
# Units whose borders changed on 01/08/2008 have another identity before.
_CHANGED_IN_2008 = ("01", "17", "26", "28")
_SEXES = {"female": "F", "male": "M", "total": "_T"}
# The printed unemployment by sex equals the table by residence: women's column the rural one.
_RESIDENCE = {"female": "RESIDENCE.RURAL", "male": "RESIDENCE.URBAN"}


def read_cells(path: Path, *, suspect: bool) -> pl.DataFrame:
    """Cells of a file of series, with the identity that the product gives them."""
    cells = pl.read_csv(path, schema_overrides={"locality_code": pl.String, "value": pl.Float64})
    if "series" not in cells.columns:
        cells = cells.rename({"disaggregation": "series"})
    return cells.select(
        "series", "locality_code", "year", "sex", "value", "numerator", "denominator"
    ).with_columns(pl.lit(suspect).alias("suspect"))


def clean_cells() -> pl.DataFrame:
    """The series without the cells that were held back."""
    return read_cells(DATA / "clean_cells.csv", suspect=False)


def suspect_cells() -> pl.DataFrame:
    """The publisher's errors that are known here."""
    return read_cells(DATA / "suspect_cells.csv", suspect=True)


def residence_cells(suspects: pl.DataFrame) -> pl.DataFrame:
    """The table by residence, as far as the suspect cells repeat it."""
    return suspects.filter(pl.col("series").is_in(["unemployment", "underemployment"]))


def flags(cells: pl.DataFrame, residence: pl.DataFrame | None = None) -> pl.DataFrame:
    """Send the cells as one file; every cell with the codes of the findings on its line."""
    ordered = cells.sort("series", "locality_code", "year", "sex").with_row_index("number")
    lines = [_line(cell) for cell in ordered.iter_rows(named=True)]
    if residence is not None:
        lines += [_residence_line(cell) for cell in residence.iter_rows(named=True)]
    with tempfile.TemporaryDirectory() as directory:
        path = Form(lines, information=_INFORMATION).write(Path(directory) / "cells.csv")
        settings = Settings(data_directory=Path(directory), _env_file=None)
        issues = pipeline.validate(path, settings, NOW).checked.issues
    found = issues.group_by((pl.col("sheet_row") - 2).cast(pl.UInt32).alias("number")).agg(
        pl.col("code").unique().sort().alias("codes")
    )
    return ordered.join(found, on="number", how="left", maintain_order="left").with_columns(
        pl.col("codes").fill_null([])
    )


_INFORMATION = {
    "locality": "VN",
    "reporting_period": "2020",
    "is_synthetic": "không",
    "number_locale": "en",
}


def _identity(code: str, year: int) -> str:
    if code == "VN":
        return code
    if code in _REGIONS:
        return f"{_REGIONS[code]}@2004"
    return f"{code}@{'2003' if code in _CHANGED_IN_2008 and year < 2008 else '2004'}"


def _line(cell: dict) -> dict:
    indicator, breakdown, family = SERIES[cell["series"]]
    by_sex = family == "SURVEY" and indicator.endswith("_RATE")
    has_counts = cell["denominator"] is not None
    return {
        "indicator_id": indicator,
        "ref_area": _identity(cell["locality_code"], cell["year"]),
        "time_period": cell["year"],
        "sex": _SEXES[cell["sex"]] if by_sex else "_T",
        "breakdown": breakdown,
        "numerator": cell["numerator"],
        "denominator": cell["denominator"],
        "reported_value": None if has_counts else cell["value"],
        "source_family": family,
    }


def _residence_line(cell: dict) -> dict:
    return _line(cell) | {"sex": "_T", "breakdown": _RESIDENCE[cell["sex"]]}


# What came of it ------------------------------------------------------------------------------

_FLAGGED = pl.col("codes").list.len() > 0


def counts(flagged: pl.DataFrame) -> Counts:
    """Suspect cells found and sent, clean cells doubted and sent."""
    suspects, clean = flagged.filter("suspect"), flagged.filter(~pl.col("suspect"))
    return (
        suspects.filter(_FLAGGED).height,
        suspects.height,
        clean.filter(_FLAGGED).height,
        clean.height,
    )


def by_rule(flagged: pl.DataFrame) -> pl.DataFrame:
    """Per code: suspect cells found, of these by no other rule, clean cells doubted."""
    alone = pl.col("suspect") & (pl.col("rules") == 1)
    return (
        flagged.with_columns(pl.col("codes").list.len().alias("rules"))
        .explode("codes")
        .drop_nulls("codes")
        .group_by("codes")
        .agg(
            pl.col("suspect").sum().alias("found"),
            alone.sum().alias("alone"),
            (~pl.col("suspect")).sum().alias("doubted"),
        )
        .sort("found", "codes", descending=[True, False])
    )


def by_series(flagged: pl.DataFrame) -> pl.DataFrame:
    """Per series: suspect cells found and sent, clean cells doubted and sent."""
    clean = ~pl.col("suspect")
    return (
        flagged.group_by("series")
        .agg(
            (pl.col("suspect") & _FLAGGED).sum().alias("found"),
            pl.col("suspect").sum().alias("suspects"),
            (clean & _FLAGGED).sum().alias("doubted"),
            clean.sum().alias("clean"),
        )
        .sort("series")
    )


def splits(cells: pl.DataFrame) -> list[tuple[Counts, Counts]]:
    """Random halves by locality: how thresholds chosen on one half do on the other.

    What is chosen is one factor on all thresholds that were fitted to these data: of those with at
    most 0.5 % of the clean cells doubted, the one that finds most.
    """
    tried = {factor: _flags_with_factor(cells, factor) for factor in _FACTORS}
    codes = sorted(set(cells["locality_code"]))
    chance = random.Random(SEED)
    outcomes = []
    for _ in range(_SPLITS):
        inside = pl.col("locality_code").is_in(chance.sample(codes, len(codes) // 2))
        own = {factor: counts(flagged.filter(inside)) for factor, flagged in tried.items()}
        fitting = [one for one, (_, _, doubted, clean) in own.items() if doubted <= clean / 200]
        best = max(fitting or [max(_FACTORS)], key=lambda one: (own[one][0], one))
        outcomes.append((own[best], counts(tried[best].filter(~inside))))
    return outcomes


def _flags_with_factor(cells: pl.DataFrame, factor: float) -> pl.DataFrame:
    is_fitted = pl.concat_str("code", pl.lit("."), "parameter").is_in(_FITTED)
    numbers = parameters().with_columns(
        pl.when(is_fitted).then(pl.col("value") * factor).otherwise("value").alias("value")
    )
    with patch("etl.history_rules.parameters", lambda: numbers):
        return flags(cells)


def fewer(cells: pl.DataFrame) -> list[Counts]:
    """Clean cells with a random half of the suspect ones: columns with less evidence in them."""
    chance = random.Random(SEED)
    return [
        counts(flags(cells.filter(~pl.col("suspect") | pl.Series(kept))))
        for kept in (
            [chance.random() < 0.5 for _ in range(cells.height)] for _ in range(_FEWER_RUNS)
        )
    ]


# The document ---------------------------------------------------------------------------------


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %".replace(".", ",") if whole else "–"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def markdown() -> str:
    """The document: what is checked, why so, and how well it works."""
    cells = pl.concat([clean_cells(), suspect_cells()])
    flagged = flags(cells)
    found, suspects, doubted, clean = counts(flagged)
    with_residence = counts(flags(cells, residence_cells(suspect_cells())))
    alone = flags(clean_cells())
    errors = check_rules().filter(pl.col("severity") == "error")["code"].to_list()
    refused = alone.filter(pl.col("codes").list.eval(pl.element().is_in(errors)).list.any()).height
    words = dict(check_rules().select("code", "message_vi").iter_rows())
    lines = [
        (DATA / "document.md").read_text(encoding="utf-8").rstrip(),
        "",
        "## Kết quả đo / Results",
        "",
        _row("", "Ô nghi sai / suspect cells flagged", "Ô sạch bị nghi / clean doubted"),
        "|---|---|---|",
        _row(
            "Ghép lại như bản in, một tệp / as printed, one file",
            f"{found}/{suspects} ({_percent(found, suspects)})",
            f"{doubted}/{clean} ({_percent(doubted, clean)})",
        ),
        _row(
            "… kèm bảng thành thị, nông thôn / … with the table by residence",
            f"{with_residence[0]}/{with_residence[1]} "
            f"({_percent(with_residence[0], with_residence[1])})",
            f"{with_residence[2]}/{with_residence[3]} "
            f"({_percent(with_residence[2], with_residence[3])})",
        ),
        _row(
            "Chỉ chuỗi sạch / clean series alone",
            "–",
            f"{counts(alone)[2]}/{counts(alone)[3]} "
            f"({_percent(counts(alone)[2], counts(alone)[3])}); bị từ chối / refused: {refused}",
        ),
        "",
        "### Theo quy tắc / By rule",
        "",
        _row("Quy tắc / rule", "Nội dung", "Ô nghi sai / suspect", "chỉ quy tắc này / alone",
             "Ô sạch / clean"),
        "|---|---|---|---|---|",
        *(
            _row(f"`{code}`", words[code].replace("{value}", "…").replace("{detail}", "…"),
                 *(f"{number} ({_percent(number, whole)})" for number, whole in
                   ((hits, suspects), (only, suspects), (false, clean))))
            for code, hits, only, false in by_rule(flagged).iter_rows()
        ),
        "",
        "### Theo chuỗi / By series",
        "",
        _row("Chuỗi / series", "Ô nghi sai / suspect", "Ô sạch / clean"),
        "|---|---|---|",
        *(
            _row(series, f"{hits}/{all_suspects}", f"{false}/{all_clean}")
            for series, hits, all_suspects, false, all_clean in by_series(flagged).iter_rows()
        ),
        "",
        "### Kiểm tra chéo / Half against half",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Write the document, or try another file of suspect cells."""
    if len(sys.argv) > 1:
        others = read_cells(Path(sys.argv[1]), suspect=True)
        found, suspects, doubted, clean = counts(flags(pl.concat([clean_cells(), others])))
        sys.stdout.write(
            f"{found}/{suspects} suspect cells flagged, {doubted}/{clean} clean cells doubted\n"
        )
        return
    DOCUMENT.write_text(markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
