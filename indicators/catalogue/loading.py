"""The catalogue as one checked, immutable object."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from indicators.catalogue.checks import Loaded, cross_check
from indicators.catalogue.checks.settings import METHOD_VERSION
from indicators.catalogue.geography import FORMER_STATES, all_localities, all_succession
from indicators.catalogue.models import (
    CODE_LISTS,
    Corrections,
    GeoVersions,
    NearBands,
    Population,
    PxSeries,
    PxTables,
    PxWords,
    Reorganisations,
    ReportingCalendar,
)
from indicators.catalogue.reading import read_files
from indicators.errors import CatalogueError
from indicators.localities import LocalityRegistry
from indicators.tables import (
    CodeItems,
    Definitions,
    Indicators,
    Localities,
    LocalityEvents,
    LocalityFormerStates,
    LocalitySuccession,
    Programmes,
    TargetMilestones,
    Targets,
    conform,
)

CATALOGUE_DIRECTORY = Path(__file__).parent
_DATA_SUFFIXES = (".csv", ".geojson")


@dataclass(frozen=True)
class Catalogue:
    """Everything that statisticians keep. Frames have the columns of the model named beside them.

    ``digest`` identifies the content: SHA-256 over names and bytes of all data files.
    """

    directory: Path
    digest: str
    indicators: pl.DataFrame  # Indicators
    programmes: pl.DataFrame  # Programmes
    targets: pl.DataFrame  # Targets
    target_milestones: pl.DataFrame  # TargetMilestones
    code_items: pl.DataFrame  # CodeItems
    definitions: pl.DataFrame  # Definitions
    localities: pl.DataFrame  # Localities, all levels and versions
    locality_succession: pl.DataFrame  # LocalitySuccession, provinces and communes
    locality_former_states: pl.DataFrame  # LocalityFormerStates
    method_parameters: Mapping[str, Decimal]  # of method version 1
    near_bands: pl.DataFrame  # NearBands
    reporting_calendar: pl.DataFrame  # ReportingCalendar
    corrections: pl.DataFrame  # Corrections
    population: pl.DataFrame  # Population, thousand persons
    geo_versions: pl.DataFrame  # GeoVersions
    locality_events: pl.DataFrame  # LocalityEvents
    reorganisations: pl.DataFrame  # Reorganisations
    px_tables: pl.DataFrame  # PxTables
    px_series: pl.DataFrame  # PxSeries
    px_words: pl.DataFrame  # PxWords

    @cached_property
    def registry(self) -> LocalityRegistry:
        """Questions about the localities of this catalogue; its indexes are built once."""
        return LocalityRegistry(
            self.localities, self.locality_succession, self.locality_former_states
        )

    def codes(self, code_list: str) -> frozenset[str]:
        """Codes of one list, e.g. ``CL_SEX``; empty when there is no such list."""
        items = self.code_items.filter(pl.col("code_list") == code_list)
        return frozenset(items["code"])


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Read and check a catalogue; the packaged one by default. Cached by content.

    Raises:
        CatalogueError: one or more files are wrong; every fault names file, row and column.
    """
    folder = (directory or CATALOGUE_DIRECTORY).resolve()
    return _load(folder, catalogue_digest(folder))


def catalogue_digest(directory: Path) -> str:
    """SHA-256 over the names and bytes of all data files, in the order of their names."""
    digest = hashlib.sha256()
    files = {
        path.relative_to(directory).as_posix(): path
        for path in directory.rglob("*")
        if path.suffix in _DATA_SUFFIXES
    }
    for name in sorted(files):
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(files[name].read_bytes()).digest())
    return digest.hexdigest()


@cache
def _load(directory: Path, digest: str) -> Catalogue:
    frames, faults = read_files(directory)
    loaded = Loaded(frames, all_localities(frames), all_succession(frames))
    faults += cross_check(loaded)
    if faults:
        raise CatalogueError([str(fault) for fault in sorted(set(faults))])
    return Catalogue(
        directory=directory,
        digest=digest,
        indicators=conform(frames["indicators.csv"], Indicators),
        programmes=conform(frames["programmes.csv"], Programmes),
        targets=conform(_with_stand_ins(frames["targets.csv"]), Targets),
        target_milestones=conform(frames["target_milestones.csv"], TargetMilestones),
        code_items=conform(_code_items(frames), CodeItems),
        definitions=conform(frames["definitions.csv"], Definitions),
        localities=conform(loaded.localities, Localities),
        locality_succession=conform(loaded.succession, LocalitySuccession),
        locality_former_states=conform(frames[FORMER_STATES], LocalityFormerStates),
        method_parameters=_parameters(frames["method_parameters.csv"]),
        near_bands=conform(frames["near_bands.csv"], NearBands),
        reporting_calendar=conform(frames["reporting_calendar.csv"], ReportingCalendar),
        corrections=conform(frames["corrections.csv"], Corrections),
        population=conform(frames["localities/population.csv"], Population),
        geo_versions=conform(frames["localities/geo_versions.csv"], GeoVersions),
        locality_events=conform(frames["localities/events.csv"], LocalityEvents),
        reorganisations=conform(frames["reorganisations.csv"], Reorganisations),
        px_tables=conform(frames["px_tables/tables.csv"], PxTables),
        px_series=conform(frames["px_tables/series.csv"], PxSeries),
        px_words=conform(frames["px_tables/words.csv"], PxWords),
    )


def _code_items(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(
        frames[f"code_lists/{name}.csv"].with_columns(pl.lit(name).alias("code_list"))
        for name in CODE_LISTS
    )


def _with_stand_ins(targets: pl.DataFrame) -> pl.DataFrame:
    """A target that the office chose for the board takes the place of the Strategy's."""
    replaced = targets["stands_in_for"].drop_nulls().to_list()
    return targets.with_columns(
        is_headline=(pl.col("is_headline") & ~pl.col("target_id").is_in(replaced))
        | pl.col("stands_in_for").is_not_null()
    )


def _parameters(parameters: pl.DataFrame) -> dict[str, Decimal]:
    of_version = parameters.filter(pl.col("method_version") == METHOD_VERSION)
    return dict(of_version.select("parameter", "value").iter_rows())
