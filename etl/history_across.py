"""What the other lines of the same file say of a cell: its neighbours, sexes, parts and children.

Every function takes and returns cells of submissions under check (``row`` is known) and only adds
columns; a column is null where there is nothing to compare with.
"""

from __future__ import annotations

import polars as pl

from etl.history_cells import side_by_side

_CELL = [
    "submission_id", "indicator_id", "ref_area", "time_period", "age", "definition",
    "source_family",
]  # fmt: skip
_COLUMN = [
    "submission_id", "indicator_id", "time_period", "sex", "age", "breakdown", "definition",
    "source_family",
]  # fmt: skip
_USUAL_SHARE = 0.8  # of the lines of a file on which parts make up the whole
_FEWEST_CASES = 5


def with_column(cells: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """``column``: cells of one table column of a file; ``line``: where its locality first stands in
    the file; ``place``: where printed tables have it (region by region, by code), among those of
    its ``place_level``.
    """
    regions = localities.with_row_index("region_order").select(
        pl.col("locality_id").alias("whole_id"), "region_order"
    )
    places = (
        localities.with_columns(pl.coalesce("region_id", "parent_id").alias("whole_id"))
        .join(regions, on="whole_id", how="left")
        .sort("geo_version", "level", "region_order", "code")
        .with_row_index("place")
        .select(
            pl.col("locality_id").alias("ref_area"),
            pl.col("level").alias("place_level"),
            pl.col("place").cast(pl.Int64),
        )
    )
    return cells.join(places, on="ref_area", how="left", maintain_order="left").with_columns(
        pl.struct(_COLUMN).hash().alias("column"),
        pl.struct(*_CELL, "breakdown").hash().alias("all_sexes"),
        pl.struct(*_CELL, "sex").hash().alias("all_breakdowns"),
        pl.col("sheet_row").min().over("submission_id", "ref_area").alias("line"),
    )


def with_neighbours(cells: pl.DataFrame) -> pl.DataFrame:
    """``<number>_from_above`` and ``…_from_below``: log of this number ÷ what the row next to it in
    its column reported last time; about 0 where rows slipped by one.
    """
    numbers = ("value", "numerator", "denominator")
    added = [
        _moved_from(name, step).alias(f"{name}_from_{side}")
        for name in numbers
        for side, step in (("above", 1), ("below", -1))
    ]
    used = [*numbers, *(f"{name}_-1" for name in numbers)]
    return side_by_side(cells, ("column", "line"), used, added)


def _moved_from(name: str, step: int) -> pl.Expr:
    """log(this cell ÷ the neighbour's last report)."""
    same = pl.col("column").shift(step) == pl.col("column")
    last = pl.when(same & (pl.col(f"{name}_-1").shift(step) > 0)).then(
        pl.col(f"{name}_-1").shift(step)
    )
    return pl.when(pl.col(name) > 0).then((pl.col(name) / last).log())


def with_sexes(cells: pl.DataFrame) -> pl.DataFrame:
    """``women``, ``men``, ``total`` of the same place, year and breakdown in the same file."""
    by_sex = cells.filter(pl.col("sex").is_in(["F", "M"]).any().over("all_sexes"))
    values = by_sex.group_by("all_sexes").agg(
        pl.col("value").filter(pl.col("sex") == code).first().alias(name)
        for code, name in (("F", "women"), ("M", "men"), ("_T", "total"))
    )
    return cells.join(values, on="all_sexes", how="left", maintain_order="left")


def with_last_sex_gaps(cells: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """``gap_least_before`` and ``gap_most_before``: women − men in the three reports before."""
    key = ["indicator_id", "ref_area", "age", "breakdown", "definition", "source_family"]
    by_sex = pl.concat(
        [
            frame.filter(pl.col("sex").is_in(["F", "M"])).select(
                *key, "year", "sex", "value", pl.lit(order).alias("order")
            )
            for order, frame in enumerate((cells, history))
        ]
    ).unique([*key, "year", "sex"], keep="first", maintain_order=True)
    gaps = (
        by_sex.group_by(*key, "year")
        .agg(
            (
                pl.col("value").filter(pl.col("sex") == "F").first()
                - pl.col("value").filter(pl.col("sex") == "M").first()
            ).alias("gap")
        )
        .drop_nulls("gap")
        .with_columns(pl.struct(key).hash().alias("pair"))
        .sort("pair", "year")
    )
    before = [
        pl.when(pl.col("pair").shift(step) == pl.col("pair")).then(pl.col("gap").shift(step))
        for step in (1, 2, 3)
    ]
    complete = pl.all_horizontal(one.is_not_null() for one in before)
    known = gaps.with_columns(
        pl.when(complete).then(pl.min_horizontal(before)).alias("gap_least_before"),
        pl.when(complete).then(pl.max_horizontal(before)).alias("gap_most_before"),
    ).select(*key, "year", "gap_least_before", "gap_most_before")
    return cells.join(known, on=[*key, "year"], how="left", maintain_order="left")


def with_parts(cells: pl.DataFrame) -> pl.DataFrame:
    """Parts beside wholes over breakdowns.

    ``whole_numerator``, ``whole_denominator``, ``whole_value`` on a part: the line without
    breakdown. ``parts_numerator``, … on a line without breakdown: the sum of its parts, for
    breakdowns whose parts usually (in four lines of five of this file) make up the whole;
    ``has_usual_parts`` says whether any breakdown of the file does.
    """
    counts = ["numerator", "denominator", "value"]
    is_whole = pl.col("breakdown") == "_T"
    wholes = cells.filter(is_whole).select(
        "all_breakdowns", *(pl.col(name).alias(f"whole_{name}") for name in counts)
    )
    with_whole = cells.join(wholes, on="all_breakdowns", how="left", maintain_order="left")
    usual = _usual_sums(with_whole.filter(~is_whole), counts)
    sums = usual.select("all_breakdowns", *(f"parts_{name}" for name in counts)).with_columns(
        pl.lit("_T").alias("breakdown")
    )
    files = usual.select("submission_id", "indicator_id").unique()
    return with_whole.join(
        sums, on=["all_breakdowns", "breakdown"], how="left", maintain_order="left"
    ).join(
        files.with_columns(pl.lit(value=True).alias("has_usual_parts")),
        on=["submission_id", "indicator_id"],
        how="left",
        maintain_order="left",
    )


def _usual_sums(parts: pl.DataFrame, counts: list[str]) -> pl.DataFrame:
    """Sums over all parts of a breakdown, where such sums usually are the whole."""
    file = ["submission_id", "indicator_id", "dimension"]
    sums = (
        parts.filter(~pl.col("breakdown").str.contains("+", literal=True))
        .with_columns(pl.col("breakdown").str.split(".").list.first().alias("dimension"))
        .group_by("all_breakdowns", *file)
        .agg(
            pl.len().alias("parts"),
            *(_whole_sum(name).alias(f"parts_{name}") for name in counts),
            *(pl.col(f"whole_{name}").first() for name in counts),
            (pl.col("aggregation") == "sum").first().alias("is_additive"),
        )
    )
    fits = (
        pl.when("is_additive")
        .then((pl.col("parts_value") - pl.col("whole_value")).abs() <= 1)
        .otherwise((pl.col("parts_denominator") - pl.col("whole_denominator")).abs() <= 1)
    )
    return (
        sums.with_columns(fits.alias("fits"), pl.col("parts").max().over(file).alias("most"))
        .filter((pl.col("parts") == pl.col("most")) & (pl.col("parts") >= 2))
        .with_columns(
            pl.col("fits").mean().over(file).alias("share"),
            pl.col("fits").count().over(file).alias("cases"),
        )
        .filter((pl.col("share") >= _USUAL_SHARE) & (pl.col("cases") >= _FEWEST_CASES))
        .sort("dimension")
        .unique("all_breakdowns", keep="first", maintain_order=True)
    )


def _whole_sum(name: str) -> pl.Expr:
    """A sum that is null when a term is."""
    return pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum())


def with_children(cells: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """``children_value``, ``children_denominator``: sums over the provinces of a region, or over
    the regions of the country, where the file has all that were valid at the end of the year;
    ``is_parent`` says whether the locality has such children at all.
    """
    children = localities.select(
        pl.col("locality_id").alias("ref_area"),
        "valid_from",
        "valid_to",
        pl.when(pl.col("level") == "province")
        .then("region_id")
        .when(pl.col("level") == "region")
        .then(pl.lit("VN"))
        .alias("whole_id"),
    ).drop_nulls("whole_id")
    years = cells.select("year").drop_nulls().unique()
    at_the_end = pl.date(pl.col("year"), 12, 31)
    expected = (
        children.join(years, how="cross")
        .filter(
            (pl.col("valid_from") <= at_the_end).fill_null(value=True)
            & (pl.col("valid_to") >= at_the_end).fill_null(value=True)
        )
        .group_by("whole_id", "year")
        .agg(pl.len().alias("expected"))
    )
    sums = (
        cells.join(children.select("ref_area", "whole_id"), on="ref_area")
        .group_by("column", "whole_id", "year")
        .agg(
            pl.len().alias("present"),
            _whole_sum("value").alias("children_value"),
            _whole_sum("denominator").alias("children_denominator"),
        )
        .join(expected, on=["whole_id", "year"])
        .filter(pl.col("present") == pl.col("expected"))
        .select("column", pl.col("whole_id").alias("ref_area"), "children_value",
                "children_denominator")
    )  # fmt: skip
    parents = children["whole_id"].unique().to_list()
    return cells.join(
        sums, on=["column", "ref_area"], how="left", maintain_order="left"
    ).with_columns(pl.col("ref_area").is_in(parents).alias("is_parent"))


def with_predecessors(
    cells: pl.DataFrame, history: pl.DataFrame, succession: pl.DataFrame
) -> pl.DataFrame:
    """``predecessors_size``: the last denominators (values of counts) of the localities that were
    merged whole into this one, summed, where all are known; ``is_merged``: whether there are any.
    """
    whole = succession.filter(pl.col("relation").is_in(["whole", "merged_whole"])).select(
        pl.col("successor_id").alias("ref_area"),
        pl.col("predecessor_id"),
        pl.col("effective_date").cast(pl.Date).dt.year().alias("merged_in"),
    )
    counted = (
        whole.group_by("ref_area")
        .agg(pl.len().alias("expected"), pl.col("merged_in").first())
        .filter(pl.col("expected") > 1)
    )
    key = ["indicator_id", "sex", "age", "breakdown", "definition", "source_family"]
    last = (
        pl.concat([frame.select(*key, "ref_area", "year", size().alias("size"))
                   for frame in (cells, history)])
        .drop_nulls("size")
        .rename({"ref_area": "predecessor_id"})
        .join(whole, on="predecessor_id")
        .filter(pl.col("year") <= pl.col("merged_in"))
        .sort("year")
        .unique([*key, "predecessor_id", "ref_area"], keep="last", maintain_order=True)
        .group_by(*key, "ref_area")
        .agg(pl.col("size").sum().alias("predecessors_size"), pl.len().alias("present"))
        .join(counted, on="ref_area")
        .filter(pl.col("present") == pl.col("expected"))
        .select(*key, "ref_area", "predecessors_size")
    )  # fmt: skip
    return cells.join(last, on=[*key, "ref_area"], how="left", maintain_order="left").join(
        counted.select("ref_area", "merged_in"), on="ref_area", how="left", maintain_order="left"
    )


def size() -> pl.Expr:
    """How large a cell's population is: its denominator, or the value of a count."""
    is_count = (pl.col("formula_kind") == "count") & (pl.col("aggregation") == "sum")
    return pl.when(is_count).then("value").otherwise("denominator")
