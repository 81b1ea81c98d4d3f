"""Checks of programmes and targets."""

from __future__ import annotations

import polars as pl

from indicators.catalogue.checks.indicators import DEFINITIONS, INDICATORS
from indicators.catalogue.checks.loaded import (
    Loaded,
    order_faults,
    overlap_faults,
    unknown_faults,
    unknown_item_faults,
)
from indicators.catalogue.reading import ROW, Fault, value_faults

PROGRAMMES = "programmes.csv"
TARGETS = "targets.csv"
LOCALITY_FILES = "các tệp localities"
_SERIES = ("sex", "age", "breakdown", "definition")


def check_targets(loaded: Loaded) -> list[Fault]:
    """References, compounds and series of targets; validity of programmes and own targets."""
    programmes, targets = loaded.frames[PROGRAMMES], loaded.frames[TARGETS]
    return [
        *_programmes(loaded, programmes),
        *_references(loaded, targets),
        *_compounds(targets),
        *_counterparts(targets),
        *_local_forms(targets),
        *_stand_ins(targets),
        *_series(loaded, targets),
        *_against_indicator(loaded, targets),
        *order_faults(targets, TARGETS, "valid_from_year", "valid_to_year"),
    ]


def _programmes(loaded: Loaded, programmes: pl.DataFrame) -> list[Fault]:
    confidences = loaded.codes("CL_CONFIDENCE")
    return [
        *unknown_faults(
            programmes, PROGRAMMES, "locality_id", loaded.locality_ids(), LOCALITY_FILES
        ),
        *unknown_faults(programmes, PROGRAMMES, "confidence", confidences, "CL_CONFIDENCE.csv"),
        *order_faults(programmes, PROGRAMMES, "valid_from_year", "valid_to_year"),
    ]


def _references(loaded: Loaded, targets: pl.DataFrame) -> list[Fault]:
    ids = loaded.ids(TARGETS, "target_id")
    levels = loaded.localities["level"].drop_nulls().unique().to_list()
    known = {
        "programme_id": (loaded.ids(PROGRAMMES, "programme_id"), PROGRAMMES),
        "parent_target_id": (ids, TARGETS),
        "counterpart_target_id": (ids, TARGETS),
        "local_form_of": (ids, TARGETS),
        "stands_in_for": (ids, TARGETS),
        "indicator_id": (loaded.ids(INDICATORS, "indicator_id"), INDICATORS),
        "locality_id": (loaded.locality_ids(), LOCALITY_FILES),
        "confidence": (loaded.codes("CL_CONFIDENCE"), "CL_CONFIDENCE.csv"),
    }
    return [
        fault
        for column, (allowed, where) in known.items()
        for fault in unknown_faults(targets, TARGETS, column, allowed, where)
    ] + unknown_item_faults(
        targets, TARGETS, "applies_to_levels", levels, "các cấp của localities.csv"
    )


def _compounds(targets: pl.DataFrame) -> list[Fault]:
    compounds = targets.filter(pl.col("compound_rule").is_not_null())["target_id"].to_list()
    parents = targets["parent_target_id"].drop_nulls().unique().to_list()
    return [
        *value_faults(
            targets,
            TARGETS,
            "compound_rule",
            pl.col("compound_rule").is_not_null() & ~pl.col("target_id").is_in(parents),
            "nhưng không có vế nào; hãy ghi mã mục tiêu này vào parent_target_id của từng vế",
        ),
        *value_faults(
            targets,
            TARGETS,
            "parent_target_id",
            ~pl.col("parent_target_id").is_in(compounds),
            "không phải mục tiêu gồm nhiều vế; hãy ghi compound_rule = all_parts cho mục tiêu đó",
        ),
    ]


def _counterparts(targets: pl.DataFrame) -> list[Fault]:
    national = targets.filter(pl.col("locality_id") == "VN")["target_id"].to_list()
    own = targets.filter(pl.col("counterpart_target_id").is_not_null())
    return [
        *value_faults(
            own,
            TARGETS,
            "counterpart_target_id",
            ~pl.col("counterpart_target_id").is_in(national),
            "không phải mục tiêu quốc gia; chỉ mục tiêu quốc gia mới được thay",
        ),
        *value_faults(
            own,
            TARGETS,
            "locality_id",
            pl.col("locality_id") == "VN",
            "không thể thay mục tiêu quốc gia; hãy ghi địa phương hoặc bỏ counterpart_target_id",
        ),
        *overlap_faults(
            own,
            TARGETS,
            ["locality_id", "counterpart_target_id"],
            "valid_from_year",
            "valid_to_year",
        ),
    ]


def _local_forms(targets: pl.DataFrame) -> list[Fault]:
    """A local form is national, of a national target, and for levels that this one is not for."""
    whole = targets.select(
        "locality_id",
        pl.col("applies_to_levels").str.split(";"),
        local_form_of="target_id",
        whole_is_form=pl.col("local_form_of").is_not_null(),
    )
    forms = targets.join(whole, on="local_form_of", suffix="_whole", maintain_order="left")
    levels = pl.col("applies_to_levels").str.split(";")
    return [
        *value_faults(
            forms,
            TARGETS,
            "local_form_of",
            (pl.col("locality_id") != "VN")
            | (pl.col("locality_id_whole") != "VN")
            | pl.col("whole_is_form"),
            "chỉ dùng giữa hai mục tiêu quốc gia; kế hoạch của địa phương ghi "
            "counterpart_target_id",
        ),
        *value_faults(
            forms,
            TARGETS,
            "applies_to_levels",
            levels.list.set_intersection("applies_to_levels_whole").list.len() > 0,
            "trùng cấp với mục tiêu gốc; mỗi cấp chỉ xét một trong hai, hãy bỏ bớt",
        ),
    ]


def _stand_ins(targets: pl.DataFrame) -> list[Fault]:
    """A stand-in asks for the same series at the same levels as the headline target it replaces."""
    same = ["indicator_id", *_SERIES, "locality_id"]
    replaced = targets.select(
        *same, "is_headline", pl.col("applies_to_levels").str.split(";"), stands_in_for="target_id"
    )
    joined = targets.join(replaced, on="stands_in_for", suffix="_whole", maintain_order="left")
    is_other = pl.any_horizontal(
        pl.col(column).ne_missing(pl.col(f"{column}_whole")) for column in same
    )
    missing = pl.col("applies_to_levels_whole").list.set_difference(
        pl.col("applies_to_levels").str.split(";")
    )
    return [
        *value_faults(
            joined,
            TARGETS,
            "stands_in_for",
            is_other | ~pl.col("is_headline_whole") | pl.col("is_headline"),
            "không thay được trên bảng theo dõi; chỉ thay một mục tiêu có is_headline = true bằng "
            "mục tiêu khác của cùng chỉ tiêu, cùng phân tổ, cùng nơi áp dụng",
        ),
        *value_faults(
            joined,
            TARGETS,
            "applies_to_levels",
            missing.list.len() > 0,
            "thiếu cấp của mục tiêu được thay (cột stands_in_for); hãy ghi đủ các cấp",
        ),
        *value_faults(
            targets.filter(pl.col("stands_in_for").is_duplicated()),
            TARGETS,
            "stands_in_for",
            pl.col("stands_in_for").is_not_null(),
            "đã có mục tiêu khác thay; mỗi mục tiêu chỉ một mục tiêu thay",
        ),
    ]


def _series(loaded: Loaded, targets: pl.DataFrame) -> list[Fault]:
    """The judged series uses known codes, and is complete when there is an indicator."""
    definitions = loaded.frames[DEFINITIONS].select("indicator_id", "definition").drop_nulls()
    other = targets.filter(pl.col("definition") != "STD").join(
        definitions, on=["indicator_id", "definition"], how="anti"
    )
    faults = [
        *unknown_faults(targets, TARGETS, "sex", loaded.codes("CL_SEX"), "CL_SEX.csv"),
        *unknown_faults(targets, TARGETS, "age", loaded.codes("CL_AGE"), "CL_AGE.csv"),
        *unknown_item_faults(
            targets, TARGETS, "breakdown", loaded.codes("CL_BREAKDOWN"), "CL_BREAKDOWN.csv", "+"
        ),
        *value_faults(
            targets,
            TARGETS,
            "breakdown",
            pl.col("breakdown") != pl.col("breakdown").str.split("+").list.sort().list.join("+"),
            "phải xếp các mã theo thứ tự chữ cái; hãy đổi thứ tự",
        ),
        *unknown_faults(other, TARGETS, "definition", [], DEFINITIONS),
    ]
    for column in (*_SERIES, "unit_measure", "direction"):
        faults += value_faults(
            targets,
            TARGETS,
            column,
            pl.col("indicator_id").is_not_null() & pl.col(column).is_null(),
            "ô trống; mục tiêu có chỉ tiêu thống kê thì phải ghi",
        )
    return faults


def _against_indicator(loaded: Loaded, targets: pl.DataFrame) -> list[Fault]:
    indicators = loaded.frames[INDICATORS].select(
        "indicator_id",
        pl.col("unit_measure").alias("_unit"),
        pl.col("breakdowns").fill_null("").str.split(";").alias("_dimensions"),
    )
    joined = targets.join(indicators, on="indicator_id", how="inner", maintain_order="left")
    dimensions = (
        joined.select(
            ROW, "breakdown", "_dimensions", pl.col("breakdown").str.split("+").alias("_code")
        )
        .explode("_code")
        .filter(pl.col("_code") != "_T")
        .with_columns(pl.col("_code").str.split(".").list.first().str.to_lowercase().alias("_name"))
        .filter(~pl.col("_name").is_in(pl.col("_dimensions")))
    )
    return [
        *value_faults(
            joined,
            TARGETS,
            "unit_measure",
            pl.col("unit_measure") != pl.col("_unit"),
            "khác đơn vị tính của chỉ tiêu trong indicators.csv; hãy sửa cho khớp",
        ),
        *value_faults(
            joined,
            TARGETS,
            "sex",
            (pl.col("sex") != "_T") & ~pl.lit("sex").is_in(pl.col("_dimensions")),
            "nhưng chỉ tiêu không phân tổ theo giới tính; hãy ghi _T",
        ),
        *value_faults(
            dimensions,
            TARGETS,
            "breakdown",
            pl.lit(value=True),
            "có chiều không thuộc cột breakdowns của chỉ tiêu; hãy thêm chiều đó hoặc sửa mã",
        ),
    ]
