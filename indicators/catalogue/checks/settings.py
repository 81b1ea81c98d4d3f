"""Checks of near bands, parameters, the reporting calendar, corrections and reorganisations."""

from __future__ import annotations

import polars as pl

from indicators.catalogue.checks.indicators import INDICATORS
from indicators.catalogue.checks.loaded import (
    Loaded,
    order_faults,
    overlap_faults,
    unknown_faults,
    unknown_item_faults,
)
from indicators.catalogue.checks.targets import TARGETS
from indicators.catalogue.reading import Fault, duplicate_faults, value_faults

NEAR_BANDS = "near_bands.csv"
PARAMETERS = "method_parameters.csv"
CALENDAR = "reporting_calendar.csv"
CORRECTIONS = "corrections.csv"
REORGANISATIONS = "reorganisations.csv"
ANY_TARGET = "*"
METHOD_VERSION = "1"
REQUIRED_PARAMETERS = (
    "pace_on_track",
    "pace_slow",
    "base_year",
    "base_tolerance_years",
    "projection_points",
    "projection_minimum_points",
    "projection_minimum_span_years",
    "projection_confidence",
    "flat_intervals",
    "old_periods",
    "too_old_periods",
    "minimum_coverage",
    "denominator_jump",
)


def check_settings(loaded: Loaded) -> list[Fault]:
    """Every fault of the five files."""
    return [
        *_near_bands(loaded),
        *_parameters(loaded),
        *_calendar(loaded),
        *_corrections(loaded),
        *_reorganisations(loaded),
    ]


def _near_bands(loaded: Loaded) -> list[Fault]:
    bands = loaded.frames[NEAR_BANDS]
    known = [*loaded.ids(TARGETS, "target_id"), ANY_TARGET]
    sizes = ("whole_units", "share_of_target", "absolute")
    faults = unknown_faults(bands, NEAR_BANDS, "target_id", known, TARGETS)
    if ANY_TARGET not in bands["target_id"]:
        faults.append(Fault(NEAR_BANDS, 0, "target_id", 'thiếu dòng chung "*"; hãy thêm dòng đó'))
    faults += value_faults(
        bands,
        NEAR_BANDS,
        "target_id",
        pl.all_horizontal(pl.col(sizes).is_null()),
        "chưa có mức nào; hãy ghi whole_units, share_of_target hoặc absolute",
    )
    for size in sizes:
        faults += value_faults(
            bands, NEAR_BANDS, size, pl.col(size) < 0, "là số âm; hãy ghi số không âm"
        )
    return faults


def _parameters(loaded: Loaded) -> list[Fault]:
    parameters = loaded.frames[PARAMETERS]
    present = parameters.filter(pl.col("method_version") == METHOD_VERSION)["parameter"]
    missing = [name for name in REQUIRED_PARAMETERS if name not in present]
    return [
        *duplicate_faults(parameters, PARAMETERS, ["method_version", "parameter"]),
        *unknown_faults(
            parameters, PARAMETERS, "parameter", REQUIRED_PARAMETERS, "danh sách tham số đã định"
        ),
        *(
            Fault(PARAMETERS, 0, "parameter", f'thiếu tham số "{name}"; hãy thêm dòng đó')
            for name in missing
        ),
    ]


def _calendar(loaded: Loaded) -> list[Fault]:
    calendar = loaded.frames[CALENDAR]
    day = pl.concat_str(pl.lit("2024-"), "due_before").str.to_date("%Y-%m-%d", strict=False)
    return [
        *unknown_faults(
            calendar, CALENDAR, "locality_id", loaded.locality_ids(), "các tệp localities"
        ),
        *unknown_faults(
            calendar, CALENDAR, "confidence", loaded.codes("CL_CONFIDENCE"), "CL_CONFIDENCE.csv"
        ),
        *value_faults(
            calendar,
            CALENDAR,
            "due_before",
            pl.col("due_before").is_not_null() & day.is_null(),
            "không phải ngày dạng tháng-ngày, ví dụ 05-30; hãy viết lại",
        ),
        *order_faults(calendar, CALENDAR, "valid_from", "valid_to"),
        *overlap_faults(
            calendar,
            CALENDAR,
            ["locality_id", "reporter_level", "report_kind"],
            "valid_from",
            "valid_to",
        ),
    ]


def _reorganisations(loaded: Loaded) -> list[Fault]:
    events = loaded.frames[REORGANISATIONS]
    confidences = loaded.codes("CL_CONFIDENCE")
    return [
        *duplicate_faults(events, REORGANISATIONS, ["effective_date", "body_kind"]),
        *unknown_faults(events, REORGANISATIONS, "confidence", confidences, "CL_CONFIDENCE.csv"),
    ]


def _corrections(loaded: Loaded) -> list[Fault]:
    corrections = loaded.frames[CORRECTIONS]
    known = {
        "indicator_id": (loaded.ids(INDICATORS, "indicator_id"), INDICATORS),
        "ref_area": (loaded.locality_ids(), "các tệp localities"),
        "sex": (loaded.codes("CL_SEX"), "CL_SEX.csv"),
        "age": (loaded.codes("CL_AGE"), "CL_AGE.csv"),
        "source_family": (loaded.codes("CL_SOURCE_FAMILY"), "CL_SOURCE_FAMILY.csv"),
    }
    faults = [
        fault
        for column, (allowed, where) in known.items()
        for fault in unknown_faults(corrections, CORRECTIONS, column, allowed, where)
    ]
    replaces = pl.col("action") == "replace"
    has_value = pl.col("corrected_value").is_not_null()
    return [
        *faults,
        *unknown_item_faults(
            corrections,
            CORRECTIONS,
            "breakdown",
            loaded.codes("CL_BREAKDOWN"),
            "CL_BREAKDOWN.csv",
            "+",
        ),
        *value_faults(
            corrections,
            CORRECTIONS,
            "action",
            replaces & ~has_value,
            "nhưng thiếu corrected_value; hãy ghi giá trị đúng",
        ),
        *value_faults(
            corrections,
            CORRECTIONS,
            "action",
            ~replaces & has_value,
            "thì corrected_value phải để trống; hãy xóa giá trị hoặc ghi replace",
        ),
    ]
