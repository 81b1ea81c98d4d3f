"""The law behind «etl as-of»: whatever comes later, the state as of a run stays what it was."""

from __future__ import annotations

import tempfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.archive import ArchivedRun
from etl.check import CheckedBatch
from etl.warehouse import Warehouse
from indicators.tables import (
    AppliedCorrections,
    CheckOutcomes,
    Issues,
    Observations,
    Statements,
    Submissions,
)
from tests.support.release import frame_of


class Report(NamedTuple):
    """One file: who sent it, whether it was accepted, and a value for some series."""

    sender: str
    is_accepted: bool
    values: dict[str, int]


REPORTS = st.builds(
    Report,
    st.sampled_from(["Sở Nội vụ", "Chi cục Dân số"]),
    st.booleans() | st.just(True),
    st.dictionaries(st.sampled_from(["2022", "2023", "2024"]), st.integers(100, 103)),
)
RUNS = st.lists(st.lists(REPORTS, max_size=3), min_size=2, max_size=5)


def batch(run_id: int, reports: list[Report], first: int) -> CheckedBatch:
    named = [(f"{first + place:016d}", first + place, one) for place, one in enumerate(reports)]
    accepted = [(name, one) for name, _, one in named if one.is_accepted]
    submissions = [
        {
            "submission_id": name, "run_id": run_id, "sequence": sequence,
            "received_at": datetime(2026, 1, run_id), "file_name": "a.xlsx", "archive_path": "a",
            "sha256": name, "status": "accepted" if one.is_accepted else "refused",
            "template_id": "BDG-01", "organisation": one.sender, "locality_id": "33@2025",
            "reporting_period": "2025", "dataset_id": "BDG", "is_synthetic": False,
            "row_count": 1, "error_count": 0, "warning_count": 0,
        }
        for name, sequence, one in named
    ]  # fmt: skip
    observations = [
        {
            "observation_id": f"{name}:{year}", "indicator_id": "SEX_RATIO_AT_BIRTH",
            "ref_area": "33@2025", "time_period": year, "reference_year": int(year), "sex": "_T",
            "age": "_T", "breakdown": "_T", "definition": "STD", "source_family": "REGISTRATION",
            "unit_measure": "MALES_PER_100_FEMALES", "obs_value": Decimal(value),
            "obs_status": "A", "conf_status": "F", "origin": "reported", "is_synthetic": False,
            "confidence": "reported", "submission_id": name, "sheet_row": int(year),
        }
        for name, one in accepted
        for year, value in one.values.items()
    ]  # fmt: skip
    statements = [
        {"submission_id": name, "ref_area": "33@2025", "target_id": "NSGE-4.1",
         "milestone_year": 2025, "sheet": "Đánh giá", "sheet_row": 9}
        for name, _ in accepted
    ]  # fmt: skip
    issues = [
        {"submission_id": name, "code": "X", "severity": "warning", "message_vi": "x",
         "message_en": "x", "advice_vi": "x", "advice_en": "x"}
        for name, *_ in named
    ]  # fmt: skip
    outcomes = [
        {"submission_id": name, "code": "X", "passed": 1, "failed": 0, "cannot_tell": 0}
        for name, *_ in named
    ]
    frame = frame_of(Observations, observations)
    told = frame_of(Statements, statements)
    return CheckedBatch(
        frame_of(Submissions, submissions),
        frame,
        told,
        frame_of(Issues, issues),
        frame_of(AppliedCorrections, []),
        frame_of(CheckOutcomes, outcomes),
        frame,
        told,
    )


def state(warehouse: Warehouse, run_id: int) -> dict[str, pl.DataFrame]:
    """Everything that a release takes from the warehouse."""
    tables = ("runs", "submissions", "issues", "applied_corrections", "check_outcomes")
    return {
        **{name: warehouse.table(name, run_id) for name in tables},
        "observations": warehouse.observations(run_id),
        "statements": warehouse.statements(run_id),
        "revisions": warehouse.revisions(run_id),
    }


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one if not one[name].equals(other[name])]


@settings(max_examples=10)
@given(RUNS)
def test_what_is_received_later_changes_nothing_of_an_earlier_run(runs: list[list[Report]]) -> None:
    with (
        tempfile.TemporaryDirectory() as directory,
        Warehouse(Path(directory) / "warehouse.duckdb") as warehouse,
    ):
        then: dict[int, dict[str, Any]] = {}
        received = 0
        for run_id, reports in enumerate(runs, start=1):
            warehouse.add_runs([ArchivedRun(run_id, datetime(2026, 1, run_id), 2026)])
            warehouse.load(batch(run_id, reports, received))
            received += len(reports)
            # What a release is made from without naming a run is the state as of the last one.
            then[run_id] = state(warehouse, 2**62)
            assert differing(then[run_id], state(warehouse, run_id)) == []
        for run_id, before in then.items():
            assert differing(before, state(warehouse, run_id)) == []
