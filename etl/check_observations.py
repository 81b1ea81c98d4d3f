"""Rules over sheet Số liệu: each a condition on typed rows joined with the catalogue."""

from __future__ import annotations

import polars as pl

from etl.check_places import add_not_covered, with_places
from etl.columns import similar_code, with_advice
from etl.findings import RowFindings, number_text
from indicators.catalogue import Catalogue
from indicators.tables import SERIES_KEY
from indicators.text import fold

# Field → code list, and what officers mostly write of it.
_CODE_LISTS = {
    "sex": ("CL_SEX", "Nữ, Nam, Chung"),
    "age": ("CL_AGE", "_T, Y15T24, Y_GE15 …"),
    "source_family": (
        "CL_SOURCE_FAMILY",
        "Báo cáo hành chính, Điều tra, Tổng điều tra, Đăng ký hộ tịch …",
    ),
    "obs_status": ("CL_OBS_STATUS", "Chính thức, Sơ bộ, Ước tính …"),
    "confidence": ("CL_CONFIDENCE", "official, reported"),
}
_UNITS_OF_PERSONS = ("PERSONS", "THOUSAND_PERSONS")
_NOT_OF_TWO = ("count", "yes_no")
_NINE_PLACES = pl.Decimal(38, 9)
_UNKNOWN = pl.col("indicator_name").is_null()
_HUNDRED = pl.lit(100, dtype=_NINE_PLACES)


def with_catalogue(
    rows: pl.DataFrame, submissions: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """Rows with what the catalogue says of their indicator and locality, and the recomputed value.

    ``recomputed_value`` = numerator ÷ denominator × factor, null where a part is missing or the
    denominator is 0.
    """
    indicators = catalogue.indicators.select(
        "indicator_id",
        pl.col("unit_measure").alias("indicator_unit"),
        "formula_kind",
        "formula_factor",
        "decimals",
        "aggregation",
        "lower_limit",
        "upper_limit",
        pl.col("breakdowns").fill_null("").alias("indicator_breakdowns"),
        pl.col("name_vi").alias("indicator_name"),
        pl.col("name_en").alias("indicator_name_en"),
    )
    joined = with_places(
        rows.join(indicators, on="indicator_id", how="left", maintain_order="left"),
        submissions,
        catalogue,
    )
    factor = pl.col("formula_factor").cast(_NINE_PLACES)
    return joined.with_columns(
        pl.when(pl.col("denominator") != 0)
        .then(pl.col("numerator") * factor / pl.col("denominator"))
        .cast(_NINE_PLACES)
        .alias("recomputed_value")
    )


def check_observations(
    rows: pl.DataFrame, letters: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    """All findings over the observations of a batch."""
    known = catalogue.indicators["indicator_id"].to_list()
    advised = with_advice(rows, _UNKNOWN, "indicator_id", lambda code: similar_code(code, known))
    found = RowFindings(_with_name_fit(advised), letters)
    _check_indicator(found)
    _check_codes(found, catalogue)
    _check_place_and_time(found)
    _check_numbers(found)
    _check_recomputed_value(found)
    return pl.concat([found.frame(), _duplicates(rows, letters), _sex_totals(rows, letters)])


def _with_name_fit(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with ``name_fits``: whether the name beside the code is the code's; null without one."""
    key = ["indicator_name_text", "indicator_name"]
    names = rows.select(*key, "indicator_name_en").drop_nulls().unique()
    fits = [
        fold(given) in (fold(name_vi), fold(name_en))
        for given, name_vi, name_en in names.iter_rows()
    ]
    name_fits = names.select(key).with_columns(pl.Series("name_fits", fits, dtype=pl.Boolean))
    return rows.join(name_fits, on=key, how="left", maintain_order="left")


def _check_indicator(found: RowFindings) -> None:
    written = pl.col("indicator_id_text").is_not_null()
    found.add("INDICATOR_MISSING", ~written, "indicator_id")
    found.add(
        "UNKNOWN_INDICATOR", _UNKNOWN & written, "indicator_id", pl.col("indicator_id_advice")
    )
    found.add(
        "INDICATOR_NAME_DIFFERS", ~pl.col("name_fits"), "indicator_name", pl.col("indicator_name")
    )
    found.add(
        "WRONG_UNIT",
        pl.col("unit_measure") != pl.col("indicator_unit"),
        "unit_measure",
        pl.col("indicator_unit"),
    )


def _check_codes(found: RowFindings, catalogue: Catalogue) -> None:
    for field, (code_list, examples) in _CODE_LISTS.items():
        codes = sorted(catalogue.codes(code_list))
        detail = pl.lit(f"{code_list} ({examples})")
        found.add("UNKNOWN_CODE", ~pl.col(field).is_in(codes), field, detail)
    parts = sorted(catalogue.codes("CL_BREAKDOWN") | {"_T"})
    known_parts = pl.col("breakdown").str.split("+").list.eval(pl.element().is_in(parts)).list.all()
    found.add("UNKNOWN_CODE", ~known_parts, "breakdown", pl.lit("CL_BREAKDOWN"))
    definitions = pl.concat_str(
        catalogue.definitions["indicator_id"], pl.lit("/"), catalogue.definitions["definition"]
    )
    known_definitions = catalogue.definitions.select(definitions).to_series().to_list()
    found.add(
        "UNKNOWN_CODE",
        (pl.col("definition") != "STD")
        & ~pl.concat_str("indicator_id", pl.lit("/"), "definition").is_in(known_definitions),
        "definition",
        pl.lit("Định nghĩa"),
    )
    found.add("RECALLED_SOURCE", pl.col("confidence") == "recalled", "confidence")
    by_sex = pl.col("indicator_breakdowns").str.split(";").list.contains("sex")
    found.add(
        "SEX_NOT_EXPECTED", pl.col("sex").is_in(["F", "M"]) & ~by_sex, "sex", pl.col("indicator_id")
    )


def _check_place_and_time(found: RowFindings) -> None:
    add_not_covered(found)
    year = pl.col("reference_year")
    too_early = year < pl.col("valid_from").dt.year()
    too_late = year > pl.col("valid_to").dt.year()
    found.add("LOCALITY_NOT_VALID", too_early | too_late, "ref_area", year)
    period_year = pl.col("time_period").str.slice(0, 4).cast(pl.Int64)
    received = pl.col("received_year")
    found.add("PERIOD_IN_FUTURE", period_year > received, "time_period", received)
    found.add("REFERENCE_AFTER_PERIOD", year > period_year, "reference_year", period_year)


def _check_numbers(found: RowFindings) -> None:
    for field in ("numerator", "denominator"):
        found.add("NEGATIVE_COUNT", pl.col(field) < 0, field)
    too_large_part = (pl.col("formula_kind") == "share") & (
        pl.col("numerator") > pl.col("denominator")
    )
    has_wrong_count = too_large_part | (pl.min_horizontal("numerator", "denominator") < 0)
    found.add("OUT_OF_LIMITS", _outside_limits("reported_value"), "reported_value", _limits_text())
    # Where no value was given the counts are to blame; of wrong counts it was said already.
    found.add(
        "RATIO_OUT_OF_LIMITS",
        pl.col("reported_value").is_null()
        & _outside_limits("recomputed_value")
        & ~has_wrong_count.fill_null(value=False),
        "numerator",
        pl.format(
            "{}, ngoài khoảng cho phép ({})",
            number_text(pl.col("recomputed_value").round(4)),
            _limits_text(),
        ),
    )
    found.add(
        "PART_LARGER_THAN_WHOLE",
        too_large_part,
        "numerator",
        pl.col("denominator_text"),
    )
    # Of an indicator that is a count, the numerator alone is one way to write it.
    is_made_of_two = ~pl.col("formula_kind").is_in(_NOT_OF_TWO) & pl.col("reported_value").is_null()
    for field, other in (("numerator", "denominator"), ("denominator", "numerator")):
        lacks = pl.col(field).is_not_null() & pl.col(f"{other}_text").is_null()
        found.add("INCOMPLETE_COUNTS", is_made_of_two & lacks, field)
    found.add(
        "DENOMINATOR_ZERO",
        (pl.col("denominator") == 0) & (pl.col("numerator") != 0),
        "denominator",
        pl.col("numerator_text"),
    )


def _outside_limits(name: str) -> pl.Expr:
    below = pl.col(name) < pl.col("lower_limit").cast(_NINE_PLACES)
    return below | (pl.col(name) > pl.col("upper_limit").cast(_NINE_PLACES))


def _limits_text() -> pl.Expr:
    """The limits in words: "từ 0 đến 100", "từ 0 trở lên"."""
    lower, upper = number_text(pl.col("lower_limit")), number_text(pl.col("upper_limit"))
    return pl.coalesce(
        pl.format("từ {} đến {}", lower, upper),
        pl.format("từ {} trở lên", lower),
        pl.format("không quá {}", upper),
    )


def _check_recomputed_value(found: RowFindings) -> None:
    """The reported value must be the ratio rounded to the places that it is written with."""
    places = (
        pl.col("reported_value")
        .cast(pl.String)
        .str.strip_chars_end("0")
        .str.split(".")
        .list.last()
        .str.len_chars()
    )
    last_place = pl.lit(10.0).pow(-places.cast(pl.Float64))
    reported, recomputed = pl.col("reported_value"), pl.col("recomputed_value")
    distance = (reported - recomputed).abs().cast(pl.Float64)
    rounding_noise = 1e-9
    within_rounding = distance <= last_place / 2 + rounding_noise
    within_cut = distance < last_place + rounding_noise
    # Excel keeps a cell that shows 59,1% as 0,591.
    as_percent = (reported * _HUNDRED - recomputed).abs().cast(pl.Float64)
    is_fraction = (
        (pl.col("indicator_unit") == "PERCENT")
        & ~within_cut
        & (as_percent < 100 * last_place + rounding_noise)
    )
    detail = number_text(recomputed.round(4))
    found.add("VALUE_NOT_ROUNDED", ~within_rounding & within_cut, "reported_value", detail)
    found.add("VALUE_IS_FRACTION", is_fraction, "reported_value", detail)
    found.add("VALUE_NOT_RATIO", ~within_cut & ~is_fraction, "reported_value", detail)


def _duplicates(rows: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """A series that stands twice in one file."""
    key = ["submission_id", *SERIES_KEY]
    first = pl.col("sheet_row").min().over(key)
    understood = pl.all_horizontal(
        pl.col("indicator_name", "ref_area", "time_period").is_not_null()
    )
    marked = rows.filter(understood).with_columns(first_row=first)
    found = RowFindings(marked, letters)
    found.add(
        "DUPLICATE_SERIES",
        pl.col("sheet_row") > pl.col("first_row"),
        "indicator_id",
        pl.col("first_row"),
    )
    return found.frame()


def _sex_totals(rows: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Women + men = total for figures that add up, within the rounding of three terms."""
    key = ["submission_id", *(name for name in SERIES_KEY if name != "sex")]
    # Persons are of one sex each; cases and events may concern both and need not add up.
    additive = rows.filter(
        (pl.col("aggregation") == "sum") & pl.col("indicator_unit").is_in(_UNITS_OF_PERSONS)
    )
    parts = (
        additive.filter(pl.col("sex").is_in(["F", "M"]))
        .group_by(key)
        .agg(
            pl.col("reported_value").sum().alias("parts_sum"),
            pl.col("sex").n_unique().alias("sexes"),
            pl.col("reported_value").null_count().alias("missing"),
        )
        .filter((pl.col("sexes") == 2) & (pl.col("missing") == 0))
    )
    totals = additive.filter(pl.col("sex") == "_T").join(parts, on=key)
    tolerance = (
        pl.when(pl.col("decimals") == 0)
        .then(0.0)
        .otherwise(1.5 * pl.lit(10.0).pow(-pl.col("decimals").cast(pl.Float64)))
    )
    distance = (pl.col("reported_value") - pl.col("parts_sum")).abs().cast(pl.Float64)
    found = RowFindings(totals, letters)
    found.add(
        "SEX_TOTAL", distance > tolerance + 1e-9, "reported_value", number_text(pl.col("parts_sum"))
    )
    return found.frame()
