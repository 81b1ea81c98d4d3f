"""Which localities make up which: mergers, the level above, and the old map after the merger."""

from __future__ import annotations

from datetime import date

import polars as pl

from indicators.aggregation.combine import LINK_SCHEMA

IN_FORCE = "9999-12-31"  # map_id of the units that still exist
_WHOLE_RELATIONS = ("merged_whole", "whole")
_FIRST_YEAR = -9999  # any
_MERGER = "merger"


def merged_whole(succession: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """Predecessors of the units that consist of whole predecessors only."""
    is_whole = pl.col("relation").is_in(_WHOLE_RELATIONS)
    return _of_successors(succession.filter(is_whole.all().over("successor_id")), localities)


def split(succession: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """Predecessors of the units that have a part of one whose rest went elsewhere."""
    is_part = pl.col("relation") == "part"
    return _of_successors(succession.filter(is_part.any().over("successor_id")), localities)


def _of_successors(succession: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    levels = localities.select(successor_id="locality_id", level_from="level")
    pairs = succession.join(levels, on="successor_id")
    return _links(pairs, whole="successor_id", part="predecessor_id", map_id=pl.lit(_MERGER))


def by_parent(localities: pl.DataFrame, level: str, ended_on: date | None) -> pl.DataFrame:
    """Units of one level that ended together (null: exist) below their administrative parents."""
    parts = localities.filter(
        pl.col("level") == level,
        pl.col("valid_to").eq_missing(pl.lit(ended_on, dtype=pl.Date)),
        pl.col("parent_id").is_not_null(),
    )
    return _links(parts, whole="parent_id", part="locality_id", map_id=_map_id())


def communes_in_old_provinces(
    localities: pl.DataFrame, succession: pl.DataFrame, day: date
) -> pl.DataFrame:
    """New communes below the old province that all their predecessors lay in, from that year on.

    So both maps can be asked for after the merger. A commune made across an old border would lie
    in none, and its provinces could not be made whole; there is no such commune in 2025.
    """
    provinces = localities.filter(pl.col("level") == "province")["locality_id"].to_list()
    above = localities.select("locality_id", "parent_id")
    older = (
        succession.filter(pl.col("effective_date") == day)
        .join(
            localities.filter(pl.col("level") == "commune").select("locality_id", level="level"),
            left_on="successor_id",
            right_on="locality_id",
        )
        .join(above, left_on="predecessor_id", right_on="locality_id")
        .join(above, left_on="parent_id", right_on="locality_id", suffix="_of_parent", how="left")
        .with_columns(
            # Five island districts had no communes: their parent is the province itself.
            province_id=pl.when(pl.col("parent_id").is_in(provinces))
            .then("parent_id")
            .otherwise("parent_id_of_parent"),
            level_from="level",
        )
        .select("successor_id", "province_id", "level_from")
        .drop_nulls()
        .unique(maintain_order=True)
        .filter(pl.len().over("successor_id") == 1)
    )
    return _links(
        older, "province_id", "successor_id", map_id=pl.lit(IN_FORCE), first_year=day.year
    )


def regions_and_nation(localities: pl.DataFrame) -> pl.DataFrame:
    """Provinces below their regions and below the nation, on each map that there was.

    A map is what existed on the last day before provinces changed. The four provinces of before
    08/2008 stand beside the then unchanged others, never beside their own successors, so no
    place is counted twice.
    """
    provinces = localities.filter(pl.col("level") == "province")
    ends = provinces.select(map_end=_end_or_never("valid_to")).unique()
    start = pl.col("valid_from").fill_null(date.min)
    on_maps = provinces.join(ends, how="cross").filter(
        start <= pl.col("map_end"), _end_or_never("valid_to") >= pl.col("map_end")
    )
    map_id = pl.col("map_end").cast(pl.String)
    in_regions = on_maps.drop_nulls("region_id")
    nation = localities.filter(pl.col("level") == "national").select(nation="locality_id")
    in_nation = on_maps.join(nation, how="cross")
    return pl.concat(
        [
            _links(in_regions, whole="region_id", part="locality_id", map_id=map_id),
            _links(in_nation, whole="nation", part="locality_id", map_id=map_id),
        ]
    )


def _end_or_never(column: str) -> pl.Expr:
    return pl.col(column).fill_null(date.max)


def _map_id() -> pl.Expr:
    return _end_or_never("valid_to").cast(pl.String)


def _links(
    pairs: pl.DataFrame, whole: str, part: str, map_id: pl.Expr, first_year: int = _FIRST_YEAR
) -> pl.DataFrame:
    level = "level_from" if "level_from" in pairs.columns else "level"
    return (
        pairs.select(
            whole_id=pl.col(whole), ref_area=pl.col(part), map_id=map_id, level_from=pl.col(level)
        )
        .with_columns(
            parts_total=pl.len().over("whole_id", "map_id"),
            first_year=pl.lit(first_year),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in LINK_SCHEMA.items())
    )
