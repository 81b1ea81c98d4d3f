"""Checks of code lists, indicators and definitions."""

from __future__ import annotations

import polars as pl

from indicators.catalogue.checks.loaded import Loaded, unknown_faults, unknown_item_faults
from indicators.catalogue.reading import Fault, duplicate_faults, value_faults

INDICATORS = "indicators.csv"
DEFINITIONS = "definitions.csv"
BREAKDOWNS = "code_lists/CL_BREAKDOWN.csv"
# Dimensions with columns of their own; places are expected localities, not breakdowns.
_OWN_DIMENSIONS = ("sex", "age", "region", "province")


def check_indicators(loaded: Loaded) -> list[Fault]:
    """Codes that do not exist, and formulas that could not be computed."""
    indicators = loaded.frames[INDICATORS]
    definitions = loaded.frames[DEFINITIONS]
    ids = loaded.ids(INDICATORS, "indicator_id")
    return [
        *_breakdown_codes(loaded),
        *_codes(loaded, indicators),
        *_formulas(loaded, indicators),
        *unknown_faults(definitions, DEFINITIONS, "indicator_id", ids, INDICATORS),
        *duplicate_faults(definitions, DEFINITIONS, ["indicator_id", "definition"]),
    ]


def dimensions(loaded: Loaded) -> list[str]:
    """Names an indicator may list as breakdowns: sex, age, places, and those of CL_BREAKDOWN."""
    coded = {code.partition(".")[0].lower() for code in loaded.codes("CL_BREAKDOWN")} - {"_t"}
    return sorted(coded.union(_OWN_DIMENSIONS))


def _breakdown_codes(loaded: Loaded) -> list[Fault]:
    return value_faults(
        loaded.frames[BREAKDOWNS],
        BREAKDOWNS,
        "code",
        ~pl.col("code").str.contains(r"^(_T|[A-Z0-9_]+\.[A-Z0-9_]+)$"),
        "không đúng dạng CHIỀU.MÃ, ví dụ RESIDENCE.URBAN; hãy viết lại",
    )


def _codes(loaded: Loaded, indicators: pl.DataFrame) -> list[Fault]:
    return [
        *unknown_faults(
            indicators,
            INDICATORS,
            "unit_measure",
            loaded.codes("CL_UNIT_MEASURE"),
            "CL_UNIT_MEASURE.csv",
        ),
        *unknown_faults(
            indicators,
            INDICATORS,
            "confidence",
            loaded.codes("CL_CONFIDENCE"),
            "CL_CONFIDENCE.csv",
        ),
        *unknown_item_faults(
            indicators,
            INDICATORS,
            "source_families",
            loaded.codes("CL_SOURCE_FAMILY"),
            "CL_SOURCE_FAMILY.csv",
        ),
        *unknown_item_faults(
            indicators, INDICATORS, "breakdowns", dimensions(loaded), "CL_BREAKDOWN.csv"
        ),
    ]


def _formulas(loaded: Loaded, indicators: pl.DataFrame) -> list[Fault]:
    counts = indicators.filter(pl.col("aggregation") == "sum")["indicator_id"].to_list()
    incomplete = pl.any_horizontal(
        pl.col("formula_factor", "numerator_vi", "denominator_vi").is_null()
    )
    return [
        *unknown_faults(
            indicators,
            INDICATORS,
            "weight_indicator_id",
            counts,
            "các chỉ tiêu cộng được (aggregation = sum)",
        ),
        *value_faults(
            indicators,
            INDICATORS,
            "aggregation",
            (pl.col("aggregation") == "weighted") & pl.col("weight_indicator_id").is_null(),
            "cần quyền số; hãy ghi weight_indicator_id",
        ),
        *value_faults(
            indicators,
            INDICATORS,
            "aggregation",
            (pl.col("aggregation") == "numerator_denominator") & incomplete,
            "cần đủ formula_factor, numerator_vi và denominator_vi; hãy ghi thêm",
        ),
        *value_faults(
            indicators,
            INDICATORS,
            "upper_limit",
            pl.col("upper_limit") < pl.col("lower_limit"),
            "nhỏ hơn lower_limit; hãy sửa một trong hai",
        ),
        *value_faults(
            indicators,
            INDICATORS,
            "optimum_upper",
            (pl.col("optimum_upper") < pl.col("optimum_lower"))
            | (pl.col("optimum_upper").is_null() != pl.col("optimum_lower").is_null()),
            "phải có cùng optimum_lower và không nhỏ hơn; hãy ghi đủ hai đầu của khoảng tự nhiên",
        ),
        *value_faults(
            indicators,
            INDICATORS,
            "decimals",
            ~pl.col("decimals").is_between(0, 6),
            "phải từ 0 đến 6; hãy ghi lại số chữ số thập phân",
        ),
    ]
