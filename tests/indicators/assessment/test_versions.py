"""Targets are adjusted now and then; what was said before stays said."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from indicators.assessment import AssessmentInputs, assess
from indicators.assessment.inputs import versions_in_force
from indicators.catalogue import load_catalogue
from indicators.tables import TargetMilestones
from tests.indicators.example import (
    Row,
    frame,
    inputs,
    judge_one,
    milestone,
    observations,
    observed,
)

ADJUSTED_ON = date(2026, 7, 15)
ISSUED = milestone(value=75, milestone_year=2030)
ADJUSTED = milestone(
    value=65,
    milestone_year=2030,
    version=2,
    adopted_on=ADJUSTED_ON,
    document_vi="Nghị quyết điều chỉnh",
)
ADJUSTED_AGAIN = ADJUSTED | {"version": 3, "adopted_on": date(2028, 1, 1)}


def in_force(as_of: date, *rows: Row) -> list[tuple[int, int]]:
    """(milestone, version) of the rows that hold on a day."""
    found = versions_in_force(frame(TargetMilestones, list(rows)), as_of)
    return list(found.select("milestone_year", "version").iter_rows())


@pytest.mark.parametrize(
    ("as_of", "version"),
    [
        (date(2026, 7, 14), 1),
        (ADJUSTED_ON, 2),
        (date(2027, 12, 31), 2),
        (date(2028, 1, 1), 3),
        (date(2035, 1, 1), 3),
    ],
)
def test_the_newest_version_adopted_by_the_day_is_in_force(as_of: date, version: int) -> None:
    assert in_force(as_of, ISSUED, ADJUSTED, ADJUSTED_AGAIN) == [(2030, version)]


def test_an_adjustment_after_the_milestones_year_moves_nothing() -> None:
    late = milestone(value=50, version=2, adopted_on=date(2026, 1, 1), document_vi="x")
    in_time = late | {"adopted_on": date(2025, 12, 31)}
    assert in_force(date(2026, 11, 1), milestone(), late) == [(2025, 1)]
    assert in_force(date(2026, 11, 1), milestone(), in_time) == [(2025, 2)]


def test_each_milestone_has_its_own_versions() -> None:
    assert in_force(date(2026, 11, 1), milestone(), ISSUED, ADJUSTED) == [(2025, 1), (2030, 2)]


def test_the_verdict_names_the_version_that_it_rests_on() -> None:
    row = judge_one([observed(2025, 70)], milestones=[ADJUSTED])
    assert (row["target_version"], row["target_value"]) == (2, 65)


def test_old_verdicts_stay_reproducible_when_a_target_is_adjusted() -> None:
    """70 % misses the 75 % of 2030 until the day on which it is lowered to 65 %."""
    catalogue = replace(
        load_catalogue(),
        **{name: getattr(inputs(), name) for name in ("targets", "indicators", "localities")},
        target_milestones=frame(TargetMilestones, [milestone(), ISSUED, ADJUSTED]),
    )

    def said(as_of: date) -> dict[int, tuple[Any, ...]]:
        judged_by = AssessmentInputs.from_catalogue(catalogue, as_of)
        rows = assess(observations([observed(2025, 70)]), judged_by, as_of.year)
        return {
            row["milestone_year"]: (row["target_version"], row["verdict"])
            for row in rows.iter_rows(named=True)
        }

    before = {2025: (1, "met"), 2030: (1, "on_the_way")}
    assert said(date(2026, 7, 1)) == before
    assert said(ADJUSTED_ON) == {2025: (1, "met"), 2030: (2, "met")}
    assert said(date(2026, 7, 1)) == before


def test_the_packaged_catalogue_holds_every_milestone_as_first_issued() -> None:
    milestones = load_catalogue().target_milestones
    issued = versions_in_force(milestones, date(2021, 1, 1))
    assert issued["version"].unique().to_list() == [1]
    assert issued.select("target_id", "milestone_year").is_duplicated().any() is False
    assert milestones.select(pl.struct("target_id", "milestone_year").n_unique()).item() == (
        issued.height
    )
