"""Checks of target_milestones.csv."""

from __future__ import annotations

import polars as pl

from indicators.catalogue.checks.loaded import Loaded, unknown_faults
from indicators.catalogue.checks.targets import TARGETS
from indicators.catalogue.reading import Fault, duplicate_faults, value_faults

MILESTONES = "target_milestones.csv"
_AGAINST = {"increase": ("<=", "<"), "decrease": (">=", ">")}


def check_milestones(loaded: Loaded) -> list[Fault]:
    """Each milestone has a target, a year once, and an operator that its value can bear."""
    milestones, targets = loaded.frames[MILESTONES], loaded.frames[TARGETS]
    known = milestones["target_id"].drop_nulls().unique().to_list()
    return [
        *unknown_faults(
            milestones, MILESTONES, "target_id", loaded.ids(TARGETS, "target_id"), TARGETS
        ),
        *duplicate_faults(milestones, MILESTONES, ["target_id", "version", "milestone_year"]),
        *_versions(milestones),
        *value_faults(
            targets,
            TARGETS,
            "target_id",
            ~pl.col("target_id").is_in(known),
            "không có mốc nào; hãy thêm dòng vào target_milestones.csv (để trống giá trị nếu "
            "văn bản không nêu con số)",
        ),
        *_operators(milestones),
        *_against_target(milestones, targets),
    ]


def _versions(milestones: pl.DataFrame) -> list[Fault]:
    """Numbered 1, 2, 3 … in the order of their dates; adjustments come before the year ends."""
    ordered = milestones.sort("target_id", "milestone_year", "version")
    key = ("target_id", "milestone_year")
    adopted, version = pl.col("adopted_on"), pl.col("version")
    is_adjusted = version > 1
    earlier = adopted.shift(1).over(key)
    documented = ("adopted_on", "document_vi")
    return [
        *value_faults(
            ordered,
            MILESTONES,
            "version",
            version != pl.int_range(1, pl.len() + 1).over(key),
            "không liên tiếp; hãy đánh số 1 (như khi ban hành), 2, 3 … cho từng mốc",
        ),
        *(
            fault
            for column in documented
            for fault in value_faults(
                ordered,
                MILESTONES,
                column,
                is_adjusted & pl.col(column).is_null(),
                "ô trống; mốc được điều chỉnh phải ghi ngày và văn bản điều chỉnh",
            )
        ),
        *(
            fault
            for column in documented
            for fault in value_faults(
                ordered,
                MILESTONES,
                column,
                ~is_adjusted & pl.col(column).is_not_null(),
                "phải để trống ở version 1; ngày và văn bản ban hành đã có ở programmes.csv",
            )
        ),
        *value_faults(
            ordered,
            MILESTONES,
            "adopted_on",
            adopted <= earlier,
            "không sau ngày của phiên bản trước; hãy sửa ngày hoặc số phiên bản",
        ),
        *value_faults(
            ordered,
            MILESTONES,
            "adopted_on",
            adopted.dt.year() > pl.col("milestone_year"),
            "sau khi năm của mốc đã hết; mốc đã qua không được điều chỉnh",
        ),
    ]


def _operators(milestones: pl.DataFrame) -> list[Fault]:
    operator, value, upper = pl.col("operator"), pl.col("target_value"), pl.col("target_upper")
    return [
        *value_faults(
            milestones,
            MILESTONES,
            "operator",
            operator.is_not_null() & value.is_null(),
            "nhưng thiếu target_value; hãy ghi giá trị hoặc bỏ dấu so sánh",
        ),
        *value_faults(
            milestones,
            MILESTONES,
            "target_value",
            operator.is_null() & value.is_not_null(),
            "nhưng thiếu operator; hãy ghi dấu so sánh (>=, >, <=, <, =, range, maintain)",
        ),
        *value_faults(
            milestones,
            MILESTONES,
            "target_upper",
            (operator == "range") & (upper.is_null() | (upper < value)),
            "cận trên phải có và không nhỏ hơn target_value khi operator là range",
        ),
        *value_faults(
            milestones,
            MILESTONES,
            "target_upper",
            upper.is_not_null() & (operator.is_null() | (operator != "range")),
            "chỉ dùng với operator = range; hãy xóa hoặc sửa operator",
        ),
    ]


def _against_target(milestones: pl.DataFrame, targets: pl.DataFrame) -> list[Fault]:
    joined = milestones.join(
        targets.select("target_id", "direction", "valid_from_year", "valid_to_year"),
        on="target_id",
        how="inner",
        maintain_order="left",
    )
    faults = []
    for direction, operators in _AGAINST.items():
        faults += value_faults(
            joined,
            MILESTONES,
            "operator",
            (pl.col("direction") == direction) & pl.col("operator").is_in(operators),
            f"trái với direction = {direction} của mục tiêu; hãy sửa một trong hai",
        )
    year = pl.col("milestone_year")
    return faults + value_faults(
        joined,
        MILESTONES,
        "milestone_year",
        (year < pl.col("valid_from_year")) | (year > pl.col("valid_to_year")),
        "nằm ngoài thời gian hiệu lực của mục tiêu; hãy sửa năm hoặc hiệu lực",
    )
