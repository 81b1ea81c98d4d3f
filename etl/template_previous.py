"""What a locality last reported and had accepted, as the template shows it beside the new cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl

from etl.warehouse import release_table
from indicators.receipt import SubmissionStatus
from indicators.releases import POINTER_FILE, current_release

_SERIES: Final = ("indicator_id", "sex", "age", "breakdown", "definition")
Series = tuple[str, str, str, str, str]  # as _SERIES


@dataclass(frozen=True)
class PreviousValue:
    """An accepted value of an earlier period."""

    value: Decimal
    time_period: str
    source_family: str
    origin: str
    is_synthetic: bool


@dataclass(frozen=True)
class PreviousValues:
    """Accepted values before a period, the latest of each series and source family."""

    organisation: str | None = None  # that sent the latest report
    values: dict[tuple[Series, str], PreviousValue] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)  # indicator → latest reference year

    def find(self, series: Series, source_family: str) -> PreviousValue | None:
        """The latest value of the family; without one, the latest of any family."""
        own = self.values.get((series, source_family))
        others = [one for (key, _), one in self.values.items() if key == series]
        return own or max(others, key=lambda one: one.time_period, default=None)

    def latest_year(self, indicator_id: str) -> int | None:
        """The latest year that any accepted value of the indicator describes."""
        return self.years.get(indicator_id)


class AcceptedValues:
    """What the release in force holds from before a period; nothing before the first release.

    A yearly form shows yearly values; a half-year's shows the same half of earlier years.

    Raises:
        ReleaseUnavailable: there is a release but it cannot be read.
    """

    def __init__(self, processed: Path, period: str) -> None:
        self._observations: dict[str, pl.DataFrame] = {}
        self._organisations: dict[str, str] = {}
        if not (processed / POINTER_FILE).exists():
            return
        release = current_release(processed)
        earlier = release_table(release, "observations").filter(
            pl.col("obs_value").is_not_null(),
            pl.col("time_period") < period,
            pl.col("time_period").str.slice(4) == period[4:],
        )
        self._observations = {
            str(locality): rows for (locality,), rows in earlier.group_by("ref_area")
        }
        # Figures that were published elsewhere name their origin and are nobody's own report.
        reports = (
            release_table(release, "submissions")
            .filter(pl.col("status") == SubmissionStatus.ACCEPTED, pl.col("provenance").is_null())
            .sort("sequence")
        )
        self._organisations = dict(reports.select("locality_id", "organisation").iter_rows())

    def of(self, locality_id: str) -> PreviousValues:
        """The latest values of one locality."""
        values: dict[tuple[Series, str], PreviousValue] = {}
        years: dict[str, int] = {}
        rows = self._observations.get(locality_id, pl.DataFrame())
        if rows.height:
            rows = rows.sort("time_period")
        for row in rows.iter_rows(named=True):
            series: Series = tuple(row[name] for name in _SERIES)
            values[series, row["source_family"]] = PreviousValue(
                row["obs_value"],
                row["time_period"],
                row["source_family"],
                row["origin"],
                row["is_synthetic"],
            )
            indicator = row["indicator_id"]
            years[indicator] = max(years.get(indicator, 0), row["reference_year"])
        return PreviousValues(self._organisations.get(locality_id), values, years)
