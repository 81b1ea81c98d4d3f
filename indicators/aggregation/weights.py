"""Weights of rates: the population, births, pupils … that a rate is a rate of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from indicators.aggregation.flags import WEIGHT_FLAGS, rank
from indicators.tables import SERIES_KEY

_KEY = ("weight_indicator_id", "reference_year", "weight_of", "age", "breakdown")
_WHOLE = ("whole_id", "map_id", *_KEY)
_SET = (*_KEY, "rank")
_CATALOGUE_RANK = 99  # after every source family
_POPULATION = "POPULATION"
_NEEDED = (
    "observation_id", "obs_value", "reference_year", "conf_status", "confidence", "is_synthetic",
    *SERIES_KEY,
)  # fmt: skip


@dataclass(frozen=True)
class Weights:
    """Weights of all parts of the wholes at hand.

    A ``weight_set`` is one indicator, year and group by one source. ``of_wholes`` names for each
    whole the set by which the weights of all its parts are known, the preferred source first,
    with their sum: sources are never mixed in one value. ``of_parts`` holds the weights.
    """

    of_parts: pl.DataFrame
    of_wholes: pl.DataFrame

    def name_sets(self, attempts: pl.DataFrame) -> pl.DataFrame:
        """Add ``weight_set`` and ``total_weight``; null where no set knows every part.

        Half-years, quarters and months have none: a weight is that of the whole year.
        """
        same = pl.col("weight_sex") == "same"
        whole_year = pl.col("time_period").str.contains(r"^\d{4}$")
        weight_of = pl.when(same).then("sex").otherwise("weight_sex")
        return attempts.with_columns(weight_of=pl.when(whole_year).then(weight_of)).join(
            self.of_wholes, on=_WHOLE, how="left"
        )


def known_weights(
    observations: pl.DataFrame,
    indicators: pl.DataFrame,
    population: pl.DataFrame,
    links: pl.DataFrame,
) -> Weights:
    """What is known of the parts in ``links``: their observations, else the catalogue's people."""
    parts = links["ref_area"].unique().to_list()
    known = pl.concat([_observed(observations, indicators), _from_catalogue(population, parts)])
    sets = known.select(_SET).unique().with_row_index("weight_set")
    of_parts = known.join(sets, on=_SET)
    of_wholes = (
        links.select("whole_id", "map_id", "ref_area", "parts_total")
        .join(of_parts, on="ref_area")
        .group_by("whole_id", "map_id", "parts_total", "weight_set")
        .agg(total_weight=pl.col("weight").sum(), known=pl.len())
        .filter(pl.col("known") == pl.col("parts_total"), pl.col("total_weight") > 0)
        .join(sets, on="weight_set")
        .sort("rank")
        .unique(_WHOLE, keep="first", maintain_order=True)
        .select(*_WHOLE, "weight_set", "total_weight")
    )
    return Weights(of_parts.drop(_SET), of_wholes)


def _observed(observations: pl.DataFrame, indicators: pl.DataFrame) -> pl.DataFrame:
    """Annual values of weight indicators by the standard definition."""
    families = _family_ranks(indicators)
    return (
        observations.lazy()
        .filter(
            pl.col("indicator_id").is_in(families["indicator_id"].unique().to_list()),
            pl.col("time_period") == pl.col("reference_year").cast(pl.String),
            pl.col("definition") == "STD",
            pl.col("obs_value") >= 0,
        )
        .select(_NEEDED)
        .join(families.lazy(), on=["indicator_id", "source_family"])
        .select(
            "ref_area",
            "reference_year",
            "age",
            "breakdown",
            "rank",
            weight_indicator_id="indicator_id",
            weight_of="sex",
            weight="obs_value",
            weight_observation_id="observation_id",
            weight_is_synthetic="is_synthetic",
            **_weight_flags(),
        )
        .collect()
    )


def _weight_flags() -> dict[str, pl.Expr]:
    """What is doubtful or protected in a weight is so in the value weighted with it."""
    return {f"weight_{name}_rank": rank(name) for name in WEIGHT_FLAGS}


def _family_ranks(indicators: pl.DataFrame) -> pl.DataFrame:
    """The place of each source family in the list of each indicator that serves as a weight."""
    return (
        indicators.filter(
            pl.col("indicator_id").is_in(indicators["weight_indicator_id"].drop_nulls().to_list())
        )
        .select("indicator_id", source_family=pl.col("source_families").str.split(";"))
        .with_columns(rank=pl.int_ranges(pl.col("source_family").list.len().cast(pl.Int64)))
        .explode("source_family", "rank")
        .with_columns(pl.col("rank").cast(pl.Int64))
    )


def _from_catalogue(population: pl.DataFrame, parts: list[str]) -> pl.DataFrame:
    """population.csv in the columns of ``of_parts``; it has no observation to lead back to."""
    return (
        population.filter(pl.col("locality_id").is_in(parts))
        .rename({"locality_id": "ref_area", "total": "_T", "male": "M", "female": "F"})
        .unpivot(["_T", "M", "F"], index=["ref_area", "year", "confidence"])
        .with_columns(conf_status=pl.lit("F"))
        .select(
            "ref_area",
            reference_year="year",
            age=pl.lit("_T"),
            breakdown=pl.lit("_T"),
            rank=pl.lit(_CATALOGUE_RANK, dtype=pl.Int64),
            weight_indicator_id=pl.lit(_POPULATION),
            weight_of="variable",
            weight="value",
            weight_observation_id=pl.lit(None, dtype=pl.String),
            weight_is_synthetic=pl.lit(value=False),
            **_weight_flags(),
        )
    )
