"""What the other lines of the same file say of a cell: its neighbours, sexes, parts and children.

Every function takes and returns cells of submissions under check (``row`` is known) and only adds
columns; a column is null where there is nothing to compare with.
"""

from __future__ import annotations

import polars as pl

from etl.history_cells import side_by_side

_USUAL_SHARE = 0.8  # of the lines of a file on which parts make up the whole
_FEWEST_CASES = 5
_NUMBERS = ("value", "numerator", "denominator")


def with_column(cells: pl.DataFrame, localities: pl.DataFrame) -> pl.DataFrame:
    """``line``: where the locality first stands in the file; ``place``: where printed tables have
    it (region by region, by code), among those of its ``place_level``.
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
        pl.col("sheet_row").min().over("submission_id", "ref_area").alias("line"),
    )


def with_neighbours(cells: pl.DataFrame) -> pl.DataFrame:
    """``<number>_from_next``: log of this number ÷ what the row above or below in its column
    reported last time, the nearer one; about 0 where rows slipped by one.
    """
    added = [_from_next(name).alias(f"{name}_from_next") for name in _NUMBERS]
    used = [*_NUMBERS, *(f"last_{name}" for name in _NUMBERS)]
    return side_by_side(cells, ("column", "line"), used, added)


def _from_next(name: str) -> pl.Expr:
    distances = []
    for step in (1, -1):
        same = pl.col("column").shift(step) == pl.col("column")
        last = pl.col(f"last_{name}").shift(step)
        distances.append(
            pl.when((pl.col(name) > 0) & same & (last > 0)).then((pl.col(name) / last).log().abs())
        )
    return pl.min_horizontal(distances)


def with_sexes(cells: pl.DataFrame) -> pl.DataFrame:
    """``women``, ``men``, ``total`` of the same place, year and breakdown in the same file;
    ``gap``: women − men.
    """
    known = cells
    for code, name in (("F", "women"), ("M", "men"), ("_T", "total")):
        values = (
            cells.filter(pl.col("sex") == code)
            .select("all_sexes", pl.col("value").alias(name))
            .unique("all_sexes", keep="first", maintain_order=True)
        )
        known = known.join(values, on="all_sexes", how="left", maintain_order="left")
    by_sex = pl.col("women").is_not_null() | pl.col("men").is_not_null()
    return known.with_columns(
        pl.when(by_sex).then("total").alias("total"), (pl.col("women") - pl.col("men")).alias("gap")
    )


def with_last_sex_gaps(cells: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """``gap_least_before`` and ``gap_most_before``: women − men in the three reports before."""
    narrow = ["pair", "year", "sex", "value"]
    by_sex = pl.concat(
        [frame.filter(pl.col("sex").is_in(["F", "M"])).select(narrow) for frame in (cells, history)]
    ).unique(["pair", "year", "sex"], keep="first", maintain_order=True)
    women = by_sex.filter(pl.col("sex") == "F")
    men = by_sex.filter(pl.col("sex") == "M")
    gaps = (
        women.join(men, on=["pair", "year"], suffix="_men")
        .select("pair", "year", (pl.col("value") - pl.col("value_men")).alias("gap"))
        .drop_nulls("gap")
        .sort("pair", "year")
    )
    before = [
        pl.when(pl.col("pair").shift(step) == pl.col("pair")).then(pl.col("gap").shift(step))
        for step in (1, 2, 3)
    ]
    complete = pl.all_horizontal(one.is_not_null() for one in before)
    known = gaps.select(
        "pair",
        "year",
        pl.when(complete).then(pl.min_horizontal(before)).alias("gap_least_before"),
        pl.when(complete).then(pl.max_horizontal(before)).alias("gap_most_before"),
    ).drop_nulls("gap_least_before")
    return cells.join(known, on=["pair", "year"], how="left", maintain_order="left")


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
            pl.col("is_additive").first(),
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
    the regions of the country, where the file has all that were valid at the end of the year.
    """
    children = _children(localities)
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
    return cells.join(sums, on=["column", "ref_area"], how="left", maintain_order="left")


def parents_of_all(localities: pl.DataFrame) -> list[str]:
    """Regions and the country: localities whose figures are sums over provinces or regions."""
    return _children(localities)["whole_id"].unique().to_list()


def _children(localities: pl.DataFrame) -> pl.DataFrame:
    """Provinces and regions with the region or country that they belong to (``whole_id``)."""
    return localities.select(
        pl.col("locality_id").alias("ref_area"),
        "valid_from",
        "valid_to",
        pl.when(pl.col("level") == "province")
        .then("region_id")
        .when(pl.col("level") == "region")
        .then(pl.lit("VN"))
        .alias("whole_id"),
    ).drop_nulls("whole_id")


def with_predecessors(
    cells: pl.DataFrame, history: pl.DataFrame, succession: pl.DataFrame
) -> pl.DataFrame:
    """``predecessors_size``: the last denominators (values of counts) of the localities that were
    merged whole into this one, summed, where all are known; ``merged_in``: the year of that, null
    for localities that also took parts of others.
    """
    parts = succession.filter(pl.col("relation") == "part")
    whole = (
        succession.filter(pl.col("relation").is_in(["whole", "merged_whole", "unchanged"]))
        .join(parts, on="successor_id", how="anti")  # also grew by a part that nobody can size
        .select(
            pl.col("successor_id").alias("ref_area"),
            pl.col("predecessor_id"),
            pl.col("effective_date").cast(pl.Date).dt.year().alias("merged_in"),
        )
    )
    counted = whole.group_by("ref_area").agg(
        pl.len().alias("expected"), pl.col("merged_in").first()
    )
    key = ["indicator_id", "sex", "age", "breakdown", "definition", "source_family"]
    last = (
        pl.concat([frame.select(*key, "ref_area", "year", "size")
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
