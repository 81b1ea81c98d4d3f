"""The locality files as the two tables that the release knows."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from indicators.catalogue.reading import FILE, ROW
from indicators.tables import Localities, LocalitySuccession, polars_schema

LOCALITIES = "localities/localities.csv"
LOCALITY_FILES = "localities/files.csv"
SUCCESSION = "localities/succession.csv"
FORMER_STATES = "localities/former_states.csv"
COMMUNE_SUCCESSION = "localities/commune_succession.csv"
SHORT_FILES = (
    "localities/districts_2004.csv",
    "localities/communes_2004.csv",
    "localities/communes_2025.csv",
)


def all_localities(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """All localities of all levels: columns of ``Localities``, and ``ROW``/``FILE`` of origin."""
    main = frames[LOCALITIES].with_columns(
        pl.col("geo_version").fill_null(""), pl.lit(LOCALITIES).alias(FILE)
    )
    parts = [main.select(*_COLUMNS, ROW, FILE)]
    for file in SHORT_FILES:
        parts += [
            _lengthen(frames[file], common).with_columns(pl.lit(file).alias(FILE))
            for common in _common(frames, file)
        ]
    return pl.concat(parts)


def all_succession(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Provinces and communes: columns of ``LocalitySuccession``, and ``ROW``/``FILE`` of origin."""
    columns = list(polars_schema(LocalitySuccession))
    parts = [frames[SUCCESSION].select(*columns, ROW, pl.lit(SUCCESSION).alias(FILE))]
    versions = frames["localities/geo_versions.csv"]
    for common in _common(frames, COMMUNE_SUCCESSION):
        start = versions.filter(pl.col("geo_version") == common["geo_version"])["valid_from"]
        parts.append(
            frames[COMMUNE_SUCCESSION].select(
                (pl.col("predecessor_code") + f"@{common['parent_geo_version']}").alias(
                    "predecessor_id"
                ),
                (pl.col("successor_code") + f"@{common['geo_version']}").alias("successor_id"),
                "relation",
                "is_default",
                pl.lit(start[0] if start.len() else None, dtype=pl.Date).alias("effective_date"),
                pl.lit(common["legal_basis"], dtype=pl.String).alias("legal_basis"),
                ROW,
                pl.lit(COMMUNE_SUCCESSION).alias(FILE),
            )
        )
    return pl.concat(parts)


_COLUMNS = list(polars_schema(Localities))


def _common(frames: Mapping[str, pl.DataFrame], file: str) -> list[dict[str, str]]:
    """The row of files.csv for a short file; none when files.csv is itself at fault."""
    name = file.rpartition("/")[2]
    return frames[LOCALITY_FILES].filter(pl.col("file") == name).to_dicts()


def _lengthen(rows: pl.DataFrame, common: dict[str, str]) -> pl.DataFrame:
    version = common["geo_version"]
    return rows.select(
        (pl.col("code") + f"@{version}").alias("locality_id"),
        "code",
        pl.lit(version).alias("geo_version"),
        pl.lit(common["level"]).alias("level"),
        "type_vi",
        "name_vi",
        _without_accents("name_vi").alias("name_en"),
        (pl.col("parent_code") + f"@{common['parent_geo_version']}").alias("parent_id"),
        pl.lit(None, dtype=pl.String).alias("region_id"),
        "valid_from",
        "valid_to",
        pl.lit(None, dtype=pl.Float64).alias("area_km2"),
        pl.lit(common["confidence"]).alias("confidence"),
        pl.lit(common["source"]).alias("source"),
        "note",
        ROW,
    )


def _without_accents(column: str) -> pl.Expr:
    """English texts print the name of a small unit without its marks."""
    return (
        pl.col(column)
        .str.normalize("NFD")
        .str.replace_all(r"\p{M}", "")
        .str.replace_many(["đ", "Đ"], ["d", "D"])
    )
