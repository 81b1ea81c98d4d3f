"""What whole columns of a file say: two that are the same, one whose rows slipped, women and men
who were never that far apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

_TABLE = ["submission_id", "indicator_id", "age", "definition", "source_family"]
LEAST_PLACES = 4  # localities that a column needs before anything is said of it as a whole
SAME_SHARE = 0.95  # so much of the shorter column must be equal
_LEAST_DIFFERENT = 3  # values; a column of one repeated value proves nothing
_FEWEST_SUSPECT = 2  # in a stretch; one too high, one too low
_MOST_WEIGHT = 4.0
_WILD = 3.0  # mean weight of more than two at which the direction does not matter
_SEXES = ("F", "M")
_LEAST_OF_EACH_SEX = 2  # figures that a gap between the sexes rests on
_ENOUGH_OF_EACH_SEX = 3  # figures with which a year can be judged by itself
_FEWEST_YEARS = 2  # well-known ones, for a usual gap


@dataclass(frozen=True)
class StretchLimits:
    """What makes a stretch: a suspect cell weighs 1 for every ``step`` (log) that it is off, at
    least 1; all together at least ``fewest`` and ``share`` of the cells of the stretch.
    """

    fewest: float
    share: float
    step: float


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
    the localities of a file) is farther from equality than in the two calmest well-known years.

    Needs each sex for some localities, not both for the same: a locality's level is the middle of
    its women's and its men's own medians, so that it does not matter which sex is known more
    often. A year with too few figures of its own is judged together with the year before or after.
    Null for a file of few localities or years.
    """
    deviations = _deviations_by_sex(cells, history)
    key = [*_TABLE, "breakdown"]
    alone = _gaps(deviations, key)
    pairs = [
        _gaps(
            pl.concat(
                [deviations, deviations.with_columns(pl.col("year") + step)], how="vertical"
            ).join(alone.select(*key, "year"), on=[*key, "year"], how="semi"),
            key,
        ).select(*key, "year", pl.col("gap").alias(name), pl.col("least").alias(f"{name}_least"))
        for name, step in (("gap_with_before", 1), ("gap_with_after", -1))
    ]  # fmt: skip
    calm = _calm_gaps(alone, key)
    gaps = alone.join(pairs[0], on=[*key, "year"], how="left").join(
        pairs[1], on=[*key, "year"], how="left"
    )
    enough, few = (
        pl.when(pl.col("least") >= fewest).then(_farther("gap"))
        for fewest in (_ENOUGH_OF_EACH_SEX, _LEAST_OF_EACH_SEX)
    )
    pooled = [
        pl.when(pl.col(f"{gap}_least") >= _LEAST_OF_EACH_SEX).then(_farther(gap))
        for gap in ("gap_with_before", "gap_with_after")
    ]
    shifts = gaps.join(calm, on=key).select(
        *key,
        "year",
        pl.coalesce(enough, pl.max_horizontal(few, *pooled))
        .alias("gap_shift"),
        pl.lit(list(_SEXES)).alias("sex"),
    ).explode("sex")  # fmt: skip
    return cells.join(shifts, on=[*key, "year", "sex"], how="left", maintain_order="left")


def _deviations_by_sex(cells: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """Levels of women and men less the locality's own level, of tables with enough localities."""
    key = [*_TABLE, "breakdown"]
    split = cells.filter(pl.col("sex").is_in(_SEXES) & pl.col("level").is_not_null())
    large = (
        split.group_by(key)
        .agg(pl.col("ref_area").n_unique().alias("places"))
        .filter(pl.col("places") >= LEAST_PLACES)
    )
    own = split.join(large, on=key, how="semi").select(*key, "ref_area", "year", "sex", "level")
    past = (
        history.filter(pl.col("sex").is_in(_SEXES) & pl.col("level").is_not_null())
        .drop("submission_id")
        .join(large.select(key), on=[name for name in key if name != "submission_id"])
        .select(own.columns)
    )
    both = pl.concat([own, past]).unique(
        [*key, "ref_area", "year", "sex"], keep="first", maintain_order=True
    )
    middles = (
        both.group_by(*key, "ref_area", "sex")
        .agg(pl.col("level").median())
        .group_by(*key, "ref_area")
        .agg(pl.col("level").mean().alias("middle"), pl.len().alias("sexes"))
        .filter(pl.col("sexes") == len(_SEXES))
    )
    return both.join(middles, on=[*key, "ref_area"]).select(
        *key, "year", "sex", (pl.col("level") - pl.col("middle")).alias("deviation")
    )


def _gaps(deviations: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """``gap`` men − women per table and year; ``least``: figures of the rarer sex."""
    return (
        deviations.group_by(*key, "year")
        .agg(
            *(
                pl.col("deviation").filter(pl.col("sex") == code).median().alias(code)
                for code in _SEXES
            ),
            *((pl.col("sex") == code).sum().alias(f"count_{code}") for code in _SEXES),
        )
        .select(
            *key,
            "year",
            (pl.col("M") - pl.col("F")).alias("gap"),
            pl.min_horizontal("count_F", "count_M").alias("least"),
        )
    )


def _calm_gaps(gaps: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The mean of the two gaps nearest to equality, among years that are known about as well as
    the best known one.
    """
    known = gaps.filter(
        (pl.col("least") >= _LEAST_OF_EACH_SEX)
        & (2 * pl.col("least") >= pl.col("least").max().over(key))
    )
    return (
        known.sort(pl.col("gap").abs(), maintain_order=True)
        .group_by(key, maintain_order=True)
        .agg(pl.col("gap").head(2).mean().alias("calm_gap"), pl.len().alias("years"))
        .filter(pl.col("years") >= _FEWEST_YEARS)
    )


def _farther(gap: str) -> pl.Expr:
    """How far from equality and from the calm gap: the smaller of both, as a year in which the
    sexes are nearly equal is no wonder, however the others are.
    """
    return pl.min_horizontal(
        pl.col(gap).abs(),
        pl.when(pl.col(gap).is_not_null()).then((pl.col(gap) - pl.col("calm_gap")).abs()),
    )


_FITS_NEXT = (
    pl.col("denominator_from_next")
    < (pl.col("denominator") / pl.col("last_denominator")).log().abs()
)


def with_blocks(cells: pl.DataFrame, suspect: pl.Expr, limits: StretchLimits) -> pl.DataFrame:
    """``in_block``: inside a stretch of a column in which many cells are suspect.

    Rows that slip do so from one row to an end of the table, and a slipped figure may by chance
    look right; so a stretch runs from a suspect row to the one end of the column to which suspect
    cells are more frequent; some are too high and some too low (where all moved one way, and not
    wildly, something else happened), and wild ones weigh more. The row before its first one
    belongs to it if it is nearer to what the next row reported last time than to what itself did.
    Provinces and regions are columns of their own. A total over breakdowns shares the stretches
    of its parts.
    """
    group = ["column", "place_level"]
    marked = cells.select(
        *group, "place", suspect.fill_null(value=False).alias("suspect"),
        _FITS_NEXT.fill_null(value=False).alias("fits"),
        (pl.col("value") > pl.col("value_typical")).alias("is_up"),
        pl.max_horizontal("level_move", "log_denominator_move", "log_numerator_move")
        .truediv(limits.step).clip(1, _MOST_WEIGHT).fill_null(1).alias("weight"),
    ).filter(pl.col("place_level").is_not_null())  # fmt: skip
    several = marked.filter(pl.col("suspect").sum().over(group) >= _FEWEST_SUSPECT)
    stretches = (
        pl.concat(
            [_stretches(several, group, limits, to_the_end=one) for one in (True, False)],
            how="diagonal",
        )
        .sort("score", descending=True, maintain_order=True)
        .unique(group, keep="first", maintain_order=True)
        .drop("score")
    )
    table = ["submission_id", "indicator_id", "time_period", "sex", "age", "definition",
             "source_family", "place_level"]  # fmt: skip
    for_totals = (
        cells.select(*group, *table[:-1])
        .unique()
        .join(stretches, on=group)
        .group_by(table)
        .agg(
            pl.col("from_place").min().alias("total_from"),
            pl.col("to_place").max().alias("total_to"),
        )
    )
    place = pl.col("place")
    inside = (place >= pl.col("from_place")) | (place <= pl.col("to_place"))
    total_inside = (place >= pl.col("total_from")) | (place <= pl.col("total_to"))
    return (
        cells.join(stretches, on=group, how="left", maintain_order="left")
        .join(for_totals, on=table, how="left", maintain_order="left")
        .with_columns(
            (
                inside.fill_null(value=False)
                | ((pl.col("breakdown") == "_T") & total_inside).fill_null(value=False)
            ).alias("in_block"),
            (pl.len().over(group) > limits.fewest).alias("has_column"),
        )
        .drop("from_place", "to_place", "total_from", "total_to")
    )


def _stretches(
    marked: pl.DataFrame, group: list[str], limits: StretchLimits, *, to_the_end: bool
) -> pl.DataFrame:
    """The best stretch of each column up to its end (``from_place``) or start (``to_place``)."""
    ordered = marked.sort(*group, "place", descending=[False, False, to_the_end])
    length = pl.int_range(1, pl.len() + 1).over(group)
    hits = pl.col("suspect").cum_sum().over(group)
    weight = pl.when("suspect").then("weight").otherwise(0).cum_sum().over(group)
    edge = pl.when(pl.col("fits").shift(-1).over(group)).then(pl.col("place").shift(-1).over(group))
    name = "from_place" if to_the_end else "to_place"
    return (
        ordered.with_columns(
            length.alias("length"), hits.alias("hits"), weight.alias("weight"),
            pl.len().over(group).alias("all"),
            (pl.col("suspect") & pl.col("is_up")).cum_sum().over(group).alias("ups"),
            pl.coalesce(edge, "place").alias(name),
        )
        .filter(
            "suspect",
            pl.col("hits") >= _FEWEST_SUSPECT,
            pl.col("weight") >= limits.fewest,
            pl.col("weight") >= limits.share * pl.col("length"),
            pl.col("length") < pl.col("all"),
            (pl.min_horizontal("ups", pl.col("hits") - pl.col("ups")) >= 1)
            | ((pl.col("weight") >= _WILD * pl.col("hits")) & (pl.col("hits") > _FEWEST_SUSPECT)),
        )
        .with_columns((pl.col("weight") - limits.share * pl.col("length")).alias("score"))
        .sort("score", descending=True, maintain_order=True)
        .unique(group, keep="first", maintain_order=True)
        .select(*group, name, "score")
    )  # fmt: skip
