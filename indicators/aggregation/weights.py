"""Weights of rates: the population, births, pupils … that a rate is a rate of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from indicators.tables import SERIES_KEY

_KEY = ("weight_indicator_id", "reference_year", "weight_of", "age", "breakdown")
_WHOLE = ("whole_id", "map_id", *_KEY)
_CATALOGUE_RANK = 99  # after every source family
_POPULATION = "POPULATION"
_NEEDED = (
    "observation_id", "obs_value", "reference_year", *SERIES_KEY,
)  # fmt: skip


@dataclass(frozen=True)
class Weights:
    """Weights of all parts of the wholes at hand.

    ``of_parts`` has one row per part, weight and source (``rank``: preferred first); ``of_wholes``
    the one source per whole whose weights are known for every part, with their sum. Sources are
    never mixed in one value.
    """

    of_parts: pl.DataFrame
    of_wholes: pl.DataFrame

    def attach(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of parts with weight, its observation and the whole's total; others are dropped.

        Half-years, quarters and months get none: a weight is that of the whole year.
        """
        same = pl.col("weight_sex") == "same"
        return (
            rows.filter(pl.col("time_period").str.contains(r"^\d{4}$"))
            .with_columns(weight_of=pl.when(same).then("sex").otherwise("weight_sex"))
            .join(self.of_wholes, on=_WHOLE)
            .join(self.of_parts, on=["ref_area", *_KEY, "rank"])
        )


def known_weights(
    observations: pl.DataFrame,
    indicators: pl.DataFrame,
    population: pl.DataFrame,
    links: pl.DataFrame,
) -> Weights:
    """What is known of the parts in ``links``: observations, then the catalogue's population."""
    parts = links["ref_area"].unique().to_list()
    of_parts = pl.concat(
        [_observed(observations, indicators, parts), _from_catalogue(population, parts)]
    )
    of_wholes = (
        links.select("whole_id", "map_id", "ref_area", "parts_total")
        .join(of_parts, on="ref_area")
        .group_by(*_WHOLE, "parts_total", "rank")
        .agg(total_weight=pl.col("weight").sum(), known=pl.len())
        .filter(pl.col("known") == pl.col("parts_total"), pl.col("total_weight") > 0)
        .sort("rank")
        .unique(_WHOLE, keep="first", maintain_order=True)
        .select(*_WHOLE, "rank", "total_weight")
    )
    return Weights(of_parts, of_wholes)


def _observed(
    observations: pl.DataFrame, indicators: pl.DataFrame, parts: list[str]
) -> pl.DataFrame:
    """Annual values of weight indicators by the standard definition."""
    families = _family_ranks(indicators)
    return (
        observations.lazy()
        .filter(
            pl.col("indicator_id").is_in(families["indicator_id"].unique().to_list()),
            pl.col("ref_area").is_in(parts),
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
        )
        .collect()
    )


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
        .unpivot(["_T", "M", "F"], index=["ref_area", "year"])
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
        )
    )
