"""Checks of former_states.csv, and that every unit had one parent in force all its life."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

from indicators.catalogue.checks.loaded import (
    Loaded,
    order_faults,
    overlap_faults,
    unknown_faults,
)
from indicators.catalogue.checks.localities import at_own_column
from indicators.catalogue.geography import FORMER_STATES, LOCALITIES
from indicators.catalogue.reading import FILE, ROW, Fault, value_faults

_ONE_DAY: Final = timedelta(days=1)
_ALWAYS: Final = date(9999, 12, 31)
_ALL: Final = "các tệp localities"


def check_former_states(loaded: Loaded) -> list[Fault]:
    """Every fault of the earlier states of units."""
    states = loaded.frames[FORMER_STATES]
    units = loaded.localities.select(
        "locality_id", unit_from="valid_from", unit_to=pl.col("valid_to").fill_null(_ALWAYS)
    ).unique("locality_id")
    dated = states.join(units, on="locality_id", how="left", maintain_order="left")
    ids = loaded.locality_ids()
    return [
        *unknown_faults(states, FORMER_STATES, "locality_id", ids, _ALL),
        *unknown_faults(states, FORMER_STATES, "parent_id", ids, _ALL),
        *unknown_faults(
            states,
            FORMER_STATES,
            "confidence",
            loaded.codes("CL_CONFIDENCE"),
            "CL_CONFIDENCE.csv",
        ),
        *order_faults(states, FORMER_STATES, "valid_from", "valid_to"),
        *overlap_faults(states, FORMER_STATES, ["locality_id"], "valid_from", "valid_to"),
        *value_faults(
            dated,
            FORMER_STATES,
            "valid_to",
            pl.col("valid_to") >= pl.col("unit_to"),
            "không trước ngày cuối của đơn vị; hãy sửa, hoặc ghi trạng thái ấy ở tệp của đơn vị",
        ),
        *value_faults(
            dated,
            FORMER_STATES,
            "valid_from",
            pl.col("valid_from") < pl.col("unit_from"),
            "trước ngày đầu của đơn vị; hãy sửa",
        ),
        *value_faults(
            states,
            FORMER_STATES,
            "parent_id",
            pl.all_horizontal(pl.col("type_vi", "name_vi", "parent_id").is_null()),
            "ô trống cùng với loại hình và tên; hãy ghi điều đã khác",
        ),
        *map(at_own_column, _parents(loaded)),
    ]


def _parents(loaded: Loaded) -> list[Fault]:
    """A parent must be in force for as long as it is said to be the parent."""
    beginning = loaded.localities.filter(pl.col("level") == "province")["valid_from"].min()
    starts = pl.col("valid_from").fill_null(pl.lit(beginning, dtype=pl.Date))
    lives = loaded.localities.select(
        parent_id="locality_id",
        parent_from=starts,
        parent_to=pl.col("valid_to").fill_null(_ALWAYS),
    ).unique("parent_id")
    lasting = (
        _stretches(loaded)
        .with_columns(starts, pl.col("valid_to").fill_null(_ALWAYS))
        .join(lives, on="parent_id", how="left", maintain_order="left")
    )
    return value_faults(
        lasting,
        LOCALITIES,
        "parent_id",
        (pl.col("parent_from") > pl.col("valid_from")) | (pl.col("parent_to") < pl.col("valid_to")),
        "không có hiệu lực suốt thời gian là cấp trên; hãy sửa ngày, hoặc ghi cấp trên trước đó "
        f"vào {FORMER_STATES}",
    )


def _stretches(loaded: Loaded) -> pl.DataFrame:
    """Each unit's parents one after the other; columns of time, ``ROW`` and ``FILE`` of origin."""
    columns = ["locality_id", "parent_id", "valid_from", "valid_to", ROW, FILE]
    listed = loaded.localities.select(columns)
    states = loaded.frames[FORMER_STATES].with_columns(pl.lit(FORMER_STATES).alias(FILE))
    own = listed.select("locality_id", own_parent="parent_id", own_from="valid_from")
    former = states.join(own, on="locality_id", maintain_order="left").with_columns(
        pl.coalesce("parent_id", "own_parent").alias("parent_id"),
        pl.coalesce("valid_from", "own_from").alias("valid_from"),
    )
    since = states.group_by("locality_id").agg(since=pl.col("valid_to").max() + _ONE_DAY)
    latest = listed.join(since, on="locality_id", how="left", maintain_order="left").with_columns(
        pl.coalesce("since", "valid_from").alias("valid_from")
    )
    return pl.concat([former.select(columns), latest.select(columns)])
