"""Checks of the locality files: identity, parents, validity, succession, population."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import polars as pl

from indicators.catalogue.checks.loaded import (
    Loaded,
    order_faults,
    overlap_faults,
    unknown_faults,
)
from indicators.catalogue.geography import (
    COMMUNE_SUCCESSION,
    LOCALITIES,
    LOCALITY_FILES,
    SHORT_FILES,
    SUCCESSION,
)
from indicators.catalogue.reading import Fault, duplicate_faults, value_faults

GEO_VERSIONS = "localities/geo_versions.csv"
POPULATION = "localities/population.csv"
EVENTS = "localities/events.csv"
_ALL = "các tệp localities"
# Short files hold codes where the tables made from them hold identities.
_OWN_COLUMNS = {
    **{(file, "locality_id"): "code" for file in SHORT_FILES},
    **{(file, "parent_id"): "parent_code" for file in SHORT_FILES},
    (COMMUNE_SUCCESSION, "predecessor_id"): "predecessor_code",
    (COMMUNE_SUCCESSION, "successor_id"): "successor_code",
}
_SEX_SUM_TOLERANCE = Decimal("0.2")  # thousand persons: three numbers rounded to one decimal


def check_localities(loaded: Loaded) -> list[Fault]:
    """Every fault of the geography, at the column that the file itself has."""
    faults = [
        *_identity(loaded),
        *_references(loaded),
        *_validity(loaded),
        *_succession(loaded),
        *_population(loaded),
    ]
    return [at_own_column(fault) for fault in faults]


def at_own_column(fault: Fault) -> Fault:
    """The fault at the column that the short file itself has."""
    return replace(fault, column=_OWN_COLUMNS.get((fault.file, fault.column), fault.column))


def _identity(loaded: Loaded) -> list[Fault]:
    localities = loaded.localities
    identity = (
        pl.when(pl.col("geo_version") == "")
        .then("code")
        .otherwise(pl.col("code") + "@" + pl.col("geo_version"))
    )
    versions = [*loaded.ids(GEO_VERSIONS, "geo_version"), ""]
    return [
        *value_faults(
            localities,
            LOCALITIES,
            "locality_id",
            pl.col("locality_id") != identity,
            "phải là mã@phiên bản, ví dụ 33@2025; hãy viết lại",
        ),
        *duplicate_faults(localities, LOCALITIES, ["locality_id"]),
        *unknown_faults(localities, LOCALITIES, "geo_version", versions, GEO_VERSIONS),
        *unknown_faults(
            loaded.frames[LOCALITY_FILES], LOCALITY_FILES, "geo_version", versions, GEO_VERSIONS
        ),
    ]


def _references(loaded: Loaded) -> list[Fault]:
    localities = loaded.localities
    regions = localities.filter(pl.col("level") == "region")["locality_id"].to_list()
    confidences = loaded.codes("CL_CONFIDENCE")
    return [
        *unknown_faults(localities, LOCALITIES, "parent_id", loaded.locality_ids(), _ALL),
        *unknown_faults(
            localities, LOCALITIES, "region_id", regions, "các vùng trong localities.csv"
        ),
        *value_faults(
            localities,
            LOCALITIES,
            "parent_id",
            pl.col("parent_id").is_null() & (pl.col("level") != "national"),
            "ô trống; mỗi đơn vị trừ cả nước phải có đơn vị cấp trên",
        ),
        *unknown_faults(localities, LOCALITIES, "confidence", confidences, "CL_CONFIDENCE.csv"),
        *unknown_faults(
            loaded.frames[EVENTS], EVENTS, "confidence", confidences, "CL_CONFIDENCE.csv"
        ),
    ]


def _validity(loaded: Loaded) -> list[Fault]:
    localities = loaded.localities
    return [
        *order_faults(localities, LOCALITIES, "valid_from", "valid_to"),
        *overlap_faults(localities, LOCALITIES, ["level", "code"], "valid_from", "valid_to"),
        *order_faults(loaded.frames[GEO_VERSIONS], GEO_VERSIONS, "valid_from", "valid_to"),
    ]


def _succession(loaded: Loaded) -> list[Fault]:
    succession = loaded.succession
    ids = loaded.locality_ids()
    ends = loaded.localities.select(
        pl.col("locality_id").alias("predecessor_id"), pl.col("valid_to").alias("_end")
    ).unique("predecessor_id")
    dated = succession.join(ends, on="predecessor_id", how="left", maintain_order="left")
    successors = pl.len().over("predecessor_id")
    whole = pl.col("relation") != "part"
    defaults = pl.col("is_default").sum().over("predecessor_id")
    return [
        *unknown_faults(succession, SUCCESSION, "predecessor_id", ids, _ALL),
        *unknown_faults(succession, SUCCESSION, "successor_id", ids, _ALL),
        *duplicate_faults(succession, SUCCESSION, ["predecessor_id", "successor_id"]),
        *value_faults(
            dated,
            SUCCESSION,
            "effective_date",
            pl.col("effective_date") != pl.col("_end") + timedelta(days=1),
            "không phải ngày liền sau valid_to của đơn vị cũ; hãy sửa một trong hai",
        ),
        *value_faults(
            succession,
            SUCCESSION,
            "is_default",
            (defaults != 1) & pl.col("predecessor_id").is_first_distinct(),
            "mỗi đơn vị cũ phải có đúng một dòng is_default = true",
        ),
        *value_faults(
            succession,
            SUCCESSION,
            "relation",
            whole & (successors > 1),
            "nhưng đơn vị cũ có nhiều đơn vị kế thừa; hãy ghi part hoặc bỏ bớt dòng",
        ),
    ]


def _population(loaded: Loaded) -> list[Fault]:
    population = loaded.frames[POPULATION]
    difference = (pl.col("male") + pl.col("female") - pl.col("total")).abs()
    return [
        *unknown_faults(population, POPULATION, "locality_id", loaded.locality_ids(), _ALL),
        *duplicate_faults(population, POPULATION, ["locality_id", "year"]),
        *unknown_faults(
            population,
            POPULATION,
            "obs_status",
            loaded.codes("CL_OBS_STATUS"),
            "CL_OBS_STATUS.csv",
        ),
        *value_faults(
            population,
            POPULATION,
            "total",
            difference > _SEX_SUM_TOLERANCE,
            "không bằng nam cộng nữ; hãy kiểm tra lại ba số",
        ),
    ]
