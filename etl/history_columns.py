"""What whole columns of a file say: two that are the same, one whose rows slipped, women and men
who were never that far apart.
"""

from __future__ import annotations

import polars as pl

_TABLE = ["submission_id", "indicator_id", "age", "definition", "source_family"]
LEAST_PLACES = 4  # localities that a column needs before anything is said of it as a whole
SAME_SHARE = 0.95  # so much of the shorter column must be equal
_LEAST_DIFFERENT = 3  # values; a column of one repeated value proves nothing
_SEXES = ("F", "M")


def with_same_column(cells: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """``same_as``: another sex or breakdown of the same indicator and year with the same values.

    The totals of both sexes and of all breakdowns are left out as partners of each other only if
    nothing else is compared: a column equal to its total is as wrong as one equal to its sister.
    """
    key = ["indicator_id", "age", "definition", "source_family", "time_period"]
    columns = ["sex", "breakdown"]
    own = cells.filter(pl.col("value").is_not_null()).select(
        "submission_id", *key, *columns, "ref_area", "value"
    )
    candidates = own.select("submission_id", *key).unique()
    others = pl.concat(
        [own, history.select(*key, *columns, "ref_area", "value").join(candidates, on=key)],
        how="diagonal",
    ).unique(["submission_id", *key, *columns, "ref_area"], keep="first", maintain_order=True)
    lengths = others.group_by("submission_id", *key, *columns).agg(pl.len().alias("length"))
    several = lengths.filter(
        (pl.col("length") >= LEAST_PLACES) & (pl.len().over("submission_id", *key) > 1)
    )
    own = own.join(several, on=["submission_id", *key, *columns])
    others = others.join(several, on=["submission_id", *key, *columns])
    equal = (
        own.join(others, on=["submission_id", *key, "ref_area", "value"], suffix="_other")
        .filter(
            (pl.col("sex") != pl.col("sex_other"))
            | (pl.col("breakdown") != pl.col("breakdown_other"))
        )
        .group_by("submission_id", *key, *columns, "sex_other", "breakdown_other")
        .agg(
            pl.len().alias("equal"),
            pl.col("value").n_unique().alias("different"),
            pl.min_horizontal("length", "length_other").first().alias("shorter"),
        )
        .filter(
            (pl.col("equal") >= LEAST_PLACES)
            & (pl.col("equal") >= SAME_SHARE * pl.col("shorter"))
            & (pl.col("different") >= _LEAST_DIFFERENT)
        )
        .sort("sex_other", "breakdown_other")
        .unique(["submission_id", *key, *columns], keep="first", maintain_order=True)
        .select(
            "submission_id",
            *key,
            *columns,
            pl.concat_str("sex_other", pl.lit(" "), "breakdown_other").alias("same_as"),
        )
    )
    joined = cells.join(
        equal, on=["submission_id", *key, *columns], how="left", maintain_order="left"
    )
    return joined.join(
        several.with_columns(pl.lit(value=True).alias("has_sister_columns")).drop("length"),
        on=["submission_id", *key, *columns],
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("has_sister_columns").fill_null(value=False))


def with_gap_shift(cells: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """``gap_shift``: by how much the distance between men and women (on the even scale, median over
    the localities of a file) is farther from equality than in the two calmest other years.

    Needs each sex for some localities, not both for the same: levels are taken from the middle of
    each locality's own series. Null for a file of few localities or years.
    """
    key = [*_TABLE, "breakdown"]
    split = cells.filter(pl.col("sex").is_in(_SEXES) & pl.col("level").is_not_null())
    large = (
        split.group_by(key)
        .agg(pl.col("ref_area").n_unique().alias("places"))
        .filter(pl.col("places") >= LEAST_PLACES)
    )
    own = split.join(large, on=key, how="semi").select(*key, "ref_area", "year", "sex", "level")
    tables = large.select(key).unique()
    past = (
        history.filter(pl.col("sex").is_in(_SEXES) & pl.col("level").is_not_null())
        .drop("submission_id")
        .join(tables, on=[name for name in key if name != "submission_id"])
        .select(own.columns)
    )
    both = pl.concat([own, past]).unique(
        [*key, "ref_area", "year", "sex"], keep="first", maintain_order=True
    )
    centred = both.with_columns(
        (pl.col("level") - pl.col("level").median().over(*key, "ref_area")).alias("deviation")
    )
    gaps = (
        centred.group_by(*key, "year")
        .agg(
            *(
                pl.col("deviation").filter(pl.col("sex") == code).median().alias(code)
                for code in _SEXES
            ),
            *((pl.col("sex") == code).sum().alias(f"count_{code}") for code in _SEXES),
        )
        .filter((pl.col("count_F") >= 2) & (pl.col("count_M") >= 2))
        .with_columns((pl.col("M") - pl.col("F")).alias("gap"))
    )
    calm = gaps.group_by(key).agg(
        pl.col("gap").sort_by(pl.col("gap").abs()).head(2).mean().alias("calm_gap"),
        pl.len().alias("years"),
    ).filter(pl.col("years") >= 3)  # fmt: skip
    shifts = gaps.join(calm, on=key).select(
        *key,
        "year",
        pl.when(pl.col("gap").abs() > pl.col("calm_gap").abs())
        .then((pl.col("gap") - pl.col("calm_gap")).abs())
        .otherwise(0.0)
        .alias("gap_shift"),
        pl.lit(list(_SEXES)).alias("sex"),
    ).explode("sex")  # fmt: skip
    return cells.join(shifts, on=[*key, "year", "sex"], how="left", maintain_order="left")


def with_blocks(cells: pl.DataFrame, suspect: pl.Expr, fewest: float, share: float) -> pl.DataFrame:
    """``in_block``: inside a stretch of a column in which many cells are suspect.

    Rows that slip do so from one row to an end of the table, and a slipped figure may by chance
    look right; so a stretch runs from the suspect row farthest from its end of the column to that
    end. Provinces and regions are columns of their own. A total over breakdowns shares the
    stretches of its parts.
    """
    group = ["column", "place_level"]
    marked = cells.with_columns(
        suspect.fill_null(value=False).alias("suspect"),
        (pl.col("place").rank("dense").over(group) - 1).alias("order"),
    ).with_columns(pl.len().over(group).alias("length"))
    stretches = (
        marked.filter("suspect")
        .group_by(*group, "submission_id", "indicator_id", "time_period", "sex", "age",
                  "definition", "source_family", "length")
        .agg(
            pl.len().alias("hits"),
            pl.col("order").min().alias("first"),
            pl.col("order").max().alias("last"),
            pl.col("place").min().alias("first_place"),
            pl.col("place").max().alias("last_place"),
        )
        .filter((pl.col("hits") >= fewest) & pl.col("place_level").is_not_null())
        .with_columns(
            (pl.col("first") > pl.col("length") - 1 - pl.col("last")).alias("to_the_end")
        )
        .with_columns(
            pl.when("to_the_end").then("first_place").otherwise(0).alias("from_place"),
            pl.when("to_the_end").then(2**40).otherwise("last_place").alias("to_place"),
            pl.when("to_the_end")
            .then(pl.col("length") - pl.col("first"))
            .otherwise(pl.col("last") + 1)
            .alias("stretch"),
        )
        .filter(
            (pl.col("hits") >= share * pl.col("stretch"))
            & (pl.col("stretch") < pl.col("length"))
        )
    )  # fmt: skip
    table = ["submission_id", "indicator_id", "time_period", "sex", "age", "definition",
             "source_family", "place_level"]  # fmt: skip
    own = cells.join(
        stretches.select(*group, "from_place", "to_place"), on=group, how="left",
        maintain_order="left",
    )  # fmt: skip
    for_totals = stretches.group_by(table).agg(
        pl.col("from_place").min().alias("total_from"), pl.col("to_place").max().alias("total_to")
    )
    is_total = pl.col("breakdown") == "_T"
    return (
        own.join(for_totals, on=table, how="left", maintain_order="left")
        .with_columns(
            (
                pl.col("place").is_between("from_place", "to_place").fill_null(value=False)
                | (is_total & pl.col("place").is_between("total_from", "total_to")).fill_null(
                    value=False
                )
            ).alias("in_block"),
            (pl.len().over(group) > fewest).alias("has_column"),
        )
        .drop("from_place", "to_place", "total_from", "total_to")
    )
