"""What supersedes what, and the revisions that this makes, on cases worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import pipeline
from etl.settings import Settings
from etl.warehouse import Warehouse, write_release_file
from indicators.errors import PublishError, WarehouseError
from tests.etl.conftest import NOW
from tests.support.forms import Form, observation

X, Y = "Sở Nội vụ", "Chi cục Dân số"
Values = dict[str, float]  # year → value; a year that is not there is not in the file

OLD, NEW = "2025", "2026"


class Office:
    """Sends forms about one province and runs the pipeline."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._number = count(1)
        self._moment = NOW
        self.files: dict[str, str] = {}  # submission_id → name

    def send(self, name: str, organisation: str, values: Values, **information: object) -> None:
        lines = [
            observation(time_period=year, reported_value=value, source_family="REGISTRATION")
            for year, value in values.items()
        ]
        # A line of another series, so that a form without values is not empty.
        lines.append(
            observation("VICTIMS_REACHING_SERVICE", numerator=next(self._number), denominator=99)
        )
        given = {"organisation": organisation, "provenance": name, **information}
        Form(lines, information=given).write(self._path(name))

    def send_wrong(self, name: str, organisation: str) -> None:
        lines = [observation(sex="?", reported_value=100)]
        given = {"organisation": organisation, "provenance": name}
        Form(lines, information=given).write(self._path(name))

    def _path(self, name: str) -> Path:
        # Files of one run are received by age, then by name.
        return self.settings.inbox / f"{name}.xlsx"

    def run(self) -> None:
        self._moment += timedelta(days=1)
        pipeline.run(self.settings, [], self._moment)

    def in_force(self, as_of_run: int | None = None) -> dict[str, Decimal]:
        with Warehouse(self.settings.warehouse) as warehouse:
            frame = (
                warehouse.observations()
                if as_of_run is None
                else warehouse.observations(as_of_run=as_of_run)
            )
        frame = frame.filter(pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH")
        return dict(frame.select("time_period", "obs_value").iter_rows())

    def revisions(self) -> list[tuple[object, ...]]:
        """Old value, new value, the file that made the change, its run; in order of the runs."""
        with Warehouse(self.settings.warehouse) as warehouse:
            frame = warehouse.revisions()
            names = warehouse.table("submissions").select(
                pl.col("submission_id").alias("new_submission_id"), "sequence", "file_name"
            )
        return (
            frame.filter(pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH")
            .join(names, on="new_submission_id")
            .sort("sequence", "time_period")
            .select(
                pl.col("old_value").cast(pl.Float64),
                pl.col("new_value").cast(pl.Float64),
                pl.col("file_name").str.strip_suffix(".xlsx"),
                "run_id",
            )
            .rows()
        )


@pytest.fixture
def office(settings: Settings) -> Office:
    return Office(settings)


def test_changed_and_changed_back(office: Office) -> None:
    for name, value in (("a", 110), ("b", 112), ("a-lai", 110)):
        office.send(name, X, {OLD: value})
        office.run()
    assert office.revisions() == [(110, 112, "b", 2), (112, 110, "a-lai", 3)]
    assert [office.in_force(run) for run in (1, 2, 3)] == [{OLD: 110}, {OLD: 112}, {OLD: 110}]


def test_a_withdrawn_line_that_comes_back_was_withdrawn_all_the_same(office: Office) -> None:
    office.send("a", X, {OLD: 110})
    office.run()
    office.send("b", X, {})
    office.run()
    office.send("c", X, {OLD: 113})
    office.run()
    assert office.revisions() == [(110, None, "b", 2)]
    assert [office.in_force(run) for run in (1, 2, 3)] == [{OLD: 110}, {}, {OLD: 113}]


def test_of_two_organisations_the_last_received_is_shown(office: Office) -> None:
    office.send("x", X, {OLD: 110})
    office.run()
    office.send("y", Y, {OLD: 112})
    office.run()
    assert office.in_force() == {OLD: 112}
    assert office.revisions() == [(110, 112, "y", 2)]


def test_where_one_organisation_withdraws_the_other_ones_value_is_back(office: Office) -> None:
    office.send("x", X, {OLD: 110})
    office.run()
    office.send("y", Y, {OLD: 112})
    office.run()
    office.send("y-2", Y, {})
    office.run()
    assert office.in_force() == {OLD: 110}
    assert office.revisions() == [(110, 112, "y", 2), (112, 110, "y-2", 3)]


def test_withdrawing_a_value_that_was_not_shown_changes_nothing(office: Office) -> None:
    office.send("x", X, {OLD: 110})
    office.run()
    office.send("y", Y, {OLD: 112})
    office.run()
    office.send("x-2", X, {})
    office.run()
    assert office.in_force() == {OLD: 112}
    assert office.revisions() == [(110, 112, "y", 2)]


def test_a_refused_file_in_between_changes_nothing(office: Office) -> None:
    office.send("a", X, {OLD: 110})
    office.run()
    office.send_wrong("sai", X)
    office.run()
    assert (office.in_force(), office.revisions()) == ({OLD: 110}, [])
    office.send("b", X, {OLD: 112})
    office.run()
    assert office.revisions() == [(110, 112, "b", 3)]


def test_several_versions_in_one_run(office: Office) -> None:
    office.send("a", X, {OLD: 110})
    office.send("b", X, {OLD: 112})
    office.send("c", X, {OLD: 112})
    office.run()
    assert office.in_force(as_of_run=1) == {OLD: 112}
    assert office.revisions() == [(110, 112, "b", 1)]


def test_the_same_value_again_is_no_revision(office: Office) -> None:
    office.send("a", X, {OLD: 110})
    office.run()
    office.send("b", X, {OLD: 110, NEW: 111})
    office.run()
    assert office.revisions() == []
    assert office.in_force() == {OLD: 110, NEW: 111}


@pytest.mark.parametrize(
    ("changed", "superseded"),
    [
        ({"organisation": "SO NOI  VU"}, True),  # case, accents and spaces do not matter
        ({"organisation": "Sở Nội-vụ"}, True),
        ({"dataset_id": "bdg"}, True),
        ({"organisation": "Sở Nội vụ 2"}, False),
        ({"reporting_period": "2026-S1"}, False),
        ({"dataset_id": "BDG-2"}, False),
        ({"locality": "VN"}, False),
    ],
)
def test_what_makes_two_files_one_subject(
    office: Office, changed: dict[str, str], superseded: bool
) -> None:
    office.send("a", X, {OLD: 110, NEW: 111})
    office.run()
    office.send("b", **{"organisation": X, "values": {OLD: 112}, **changed})
    office.run()
    with Warehouse(office.settings.warehouse) as warehouse:
        superseded_by = warehouse.table("submissions").sort("sequence")["superseded_by"][0]
    assert (superseded_by is not None) is superseded


def test_as_of_a_run_follows_the_order_of_receipt_not_the_clock(settings: Settings) -> None:
    """The machine's clock was set back between two runs."""
    office = Office(settings)
    office.send("a", X, {OLD: 110})
    pipeline.run(settings, [], datetime(2026, 12, 1))
    office.send("b", X, {OLD: 112})
    pipeline.run(settings, [], datetime(2026, 11, 1))
    assert (office.in_force(1), office.in_force(2)) == ({OLD: 110}, {OLD: 112})
    assert office.revisions() == [(110, 112, "b", 2)]


def test_a_release_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="quyền ghi và dung lượng đĩa"):
        write_release_file(tmp_path / "missing" / "release.duckdb", {})


def test_a_warehouse_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    message = "kiểm tra quyền ghi và dung lượng đĩa"
    with (
        pytest.raises(WarehouseError, match=message),
        Warehouse(tmp_path / "warehouse.duckdb"),
    ):
        raise duckdb.IOException("No space left on device")
