"""What changed between two releases: kinds by law, causes on cases worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.release_changes import COMPARED, ReleaseTables, compare
from indicators.tables import RELEASE_TABLES, SERIES_KEY, VerdictCause, polars_schema

Row = dict[str, Any]


def tables(digest: str = "1", **rows: Iterable[Row]) -> ReleaseTables:
    frames = {}
    for name, columns in COMPARED.items():
        schema = polars_schema(RELEASE_TABLES[name])
        wanted = {column: schema[column] for column in columns}
        whole = [{column: row.get(column) for column in columns} for row in rows.get(name, ())]
        frames[name] = pl.DataFrame(whole, schema=wanted)
    return ReleaseTables(frames, digest)


def figure(series: str, value: float | None, report: str | None, **more: Any) -> Row:
    """A figure of an indicator named ``series``, in the file ``report``; none: an aggregate."""
    return {
        **dict.fromkeys(SERIES_KEY, "_"),
        "indicator_id": series,
        "observation_id": f"{report}:{series}" if report else f"agg:{series}",
        "obs_value": None if value is None else Decimal(str(value)),
        "reference_year": 2024,
        "unit_measure": "PERCENT",
        "obs_status": "A",
        "conf_status": "F",
        "submission_id": report,
        **more,
    }


def reports(names: str) -> list[Row]:
    return [{"submission_id": name, "sequence": place} for place, name in enumerate(names)]


def revised(series: str, by: str) -> Row:
    return {**dict.fromkeys(SERIES_KEY, "_"), "indicator_id": series, "new_submission_id": by}


def told(old: ReleaseTables, new: ReleaseTables) -> dict[str, tuple[str, str, str | None]]:
    """Kind, cause and report by series."""
    found = compare(old, new).values
    columns = ("indicator_id", "kind", "cause", "causing_submission_id")
    return {name: (kind, cause, by) for name, kind, cause, by in found.select(columns).iter_rows()}


# Figures --------------------------------------------------------------------------------------

VALUES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.sampled_from([None, 1, 2, 3.5]), st.sampled_from("xyz"), st.sampled_from("AP")),
)


def release_of(values: dict[str, tuple[float | None, str, str]]) -> ReleaseTables:
    rows = [
        figure(series, value, report, obs_status=status)
        for series, (value, report, status) in values.items()
    ]
    return tables(observations=rows, submissions=reports("xyz"))


@given(VALUES, VALUES)
def test_every_series_that_differs_is_told_once_by_its_kind(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    expected = {}
    for series in old.keys() | new.keys():
        if series not in old:
            expected[series] = "added"
        elif series not in new:
            expected[series] = "removed"
        elif old[series][0] != new[series][0]:
            expected[series] = "changed"
        elif old[series][2] != new[series][2]:
            expected[series] = "restated"
    found = compare(release_of(old), release_of(new)).values
    assert dict(found.select("indicator_id", "kind").iter_rows()) == expected
    assert found.height == len(expected)


@given(VALUES, VALUES)
def test_backwards_the_added_are_removed_and_values_change_places(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    there = compare(release_of(old), release_of(new)).values
    back = compare(release_of(new), release_of(old)).values
    turned = back.select(
        "indicator_id",
        pl.col("kind").replace({"added": "removed", "removed": "added"}),
        old_value="new_value",
        new_value="old_value",
    )
    assert there.select("indicator_id", "kind", "old_value", "new_value").equals(turned)


@given(VALUES)
def test_a_release_does_not_differ_from_itself(values: dict[str, Any]) -> None:
    found = compare(release_of(values), release_of(values))
    assert found.counts() == {"changed": 0, "restated": 0, "removed": 0, "added": 0, "verdicts": 0}


def test_the_same_figure_in_another_file_is_no_change() -> None:
    old = tables(observations=[figure("a", 1, "x")], submissions=reports("x"))
    new = tables(observations=[figure("a", 1, "y")], submissions=reports("xy"))
    assert told(old, new) == {}


def test_the_report_received_since_is_the_cause() -> None:
    old = tables(observations=[figure("a", 1, "x")], submissions=reports("x"))
    rows = [figure("a", 2, "y"), figure("b", 7, "y")]
    new = tables(observations=rows, submissions=reports("xy"), revisions=[revised("a", "y")])
    assert told(old, new) == {
        "a": ("changed", "submission", "y"),
        "b": ("added", "submission", "y"),
    }


def test_of_several_reports_the_last_that_withdrew_is_the_cause() -> None:
    """z left out what y still held; and where another's older value is back, y let go of it."""
    old = tables(
        observations=[figure("gone", 1, "x"), figure("back", 2, "x")], submissions=reports("wx")
    )
    new = tables(
        observations=[figure("back", 5, "w")],
        submissions=reports("wxyz"),
        revisions=[revised("gone", "y"), revised("gone", "z"), revised("back", "y")],
    )
    assert told(old, new) == {
        "gone": ("removed", "withdrawn", "z"),
        "back": ("changed", "withdrawn", "y"),
    }


def test_an_aggregate_over_aggregates_is_traced_to_the_last_report_of_its_parts() -> None:
    links = [("agg:province", "x:one"), ("agg:province", "y:two"), ("agg:nation", "agg:province")]
    parts = [{"observation_id": whole, "part_observation_id": part} for whole, part in links]
    later = [
        {**part, "part_observation_id": part["part_observation_id"].replace("y:", "z:")}
        for part in parts
    ]
    old = tables(
        observations=[
            figure("one", 1, "x"), figure("two", 2, "y"),
            figure("province", 3, None), figure("nation", 3, None),
        ],
        observation_parts=parts,
        submissions=reports("xy"),
    )  # fmt: skip
    new = tables(
        observations=[
            figure("one", 1, "x"), figure("two", 4, "z"),
            figure("province", 5, None), figure("nation", 5, None),
        ],
        observation_parts=later,
        submissions=reports("xyz"),
    )  # fmt: skip
    assert told(old, new) == {
        "two": ("changed", "submission", "z"),
        "province": ("changed", "rebuilt", "z"),
        "nation": ("changed", "rebuilt", "z"),
    }


@pytest.mark.parametrize(
    ("corrections", "digest", "cause"),
    [
        (
            [{"observation_id": "x:a", "column_name": "v", "corrected_value": "2"}],
            "2",
            "correction",
        ),
        ([], "2", "catalogue"),
        ([], "1", "other"),
    ],
)
def test_without_a_report_correction_and_catalogue_are_told_apart(
    corrections: list[Row], digest: str, cause: str
) -> None:
    old = tables(observations=[figure("a", 1, "x")], submissions=reports("x"))
    new = tables(
        digest,
        observations=[figure("a", 2, "x")],
        submissions=reports("x"),
        applied_corrections=corrections,
    )
    assert told(old, new) == {"a": ("changed", cause, None)}


def test_a_release_keeps_counts_of_what_is_new_and_rows_of_what_changed() -> None:
    old = tables(observations=[figure("a", 1, "x")], submissions=reports("x"))
    rows = [figure("a", 2, "y"), *(figure(f"b{n}", n, "y") for n in range(50))]
    new = tables(observations=rows, submissions=reports("xy"))
    stored = compare(old, new).stored
    assert stored["value_changes"]["indicator_id"].to_list() == ["a"]
    assert stored["value_additions"].rows() == [("submission", "y", 50)]


# Results --------------------------------------------------------------------------------------


def result(verdict: str, report: str | None = "x", **more: Any) -> Row:
    return {
        "locality_id": "VN",
        "target_id": "T",
        "milestone_year": 2025,
        "source_family": "SURVEY",
        "is_primary": True,
        "milestone_state": "open",
        "binding_target_id": "T",
        "operator": ">=",
        "target_value": Decimal(60),
        "verdict": verdict,
        "attainment": verdict,
        "latest_observation_id": f"{report}:a" if report else None,
        "latest_published": Decimal(1),
        "method_version": "1",
        **more,
    }


def flip(old: Row, new: Row, before: Iterable[Row] = (), after: Iterable[Row] = ()) -> Row:
    """The one result that changed."""
    found = compare(
        tables(assessments=[old], observations=before, submissions=reports("x")),
        tables(assessments=[new], observations=after, submissions=reports("xy")),
    ).verdicts
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"milestone_state": "closed", "target_value": Decimal(70)}, "milestone_closed"),
        ({"target_value": Decimal(70), "method_version": "2"}, "target_changed"),
        ({"binding_target_id": "LOCAL"}, "target_changed"),
        ({"method_version": "2", "source_family": "ADMIN"}, "method_changed"),
        ({"source_family": "ADMIN"}, "primary_source_changed"),
        ({}, "other"),
    ],
)
def test_the_first_cause_that_holds_is_told(more: Row, cause: str) -> None:
    found = flip(result("met"), result("not_met", **more))
    assert (found["cause"], found["causing_submission_id"]) == (cause, None)


@pytest.mark.parametrize(
    ("before", "after", "cause", "observation"),
    [
        ([figure("a", 1, "x")], [figure("a", 2, "y")], VerdictCause.VALUE_CHANGED, "y:a"),
        ([], [figure("a", 2, "y")], VerdictCause.VALUE_ADDED, "y:a"),
    ],
)
def test_a_figure_and_its_report_are_the_cause(
    before: list[Row], after: list[Row], cause: VerdictCause, observation: str
) -> None:
    old = result("not_met", "x") if before else result("not_assessable", None, source_family="_Z")
    found = flip(old, result("met", "y"), before, after)
    assert (found["cause"], found["causing_submission_id"], found["observation_id"]) == (
        cause,
        "y",
        observation,
    )


def test_a_figure_that_is_gone_is_named_as_it_was() -> None:
    found = flip(result("met", "x"), result("not_assessable", None), [figure("a", 1, "x")], [])
    assert (found["cause"], found["observation_id"]) == ("value_removed", "x:a")


def test_a_compound_target_changed_for_the_reason_of_its_part() -> None:
    compound = {"target_id": "C", "source_family": "_Z", "latest_observation_id": None}
    links = [{"target_id": "T", "parent_target_id": "C"}]
    found = compare(
        tables(
            assessments=[result("met"), result("met", **compound)],
            observations=[figure("a", 1, "x")],
            submissions=reports("x"),
        ),
        tables(
            assessments=[result("not_met", "y"), result("partially_met", **compound)],
            observations=[figure("a", 2, "y")],
            submissions=reports("xy"),
            targets=links,
        ),
    ).verdicts
    assert found.select("target_id", "cause", "causing_submission_id").rows() == [
        ("C", "value_changed", "y"),
        ("T", "value_changed", "y"),
    ]


def test_only_the_results_of_the_board_that_both_releases_have_are_compared() -> None:
    old = [result("met"), result("met", source_family="ADMIN", is_primary=False)]
    new = [
        result("met", target_value=Decimal(70)),  # the same result by another target is none
        result("not_met", source_family="ADMIN", is_primary=False),
        result("not_met", target_id="NEW"),
    ]
    assert compare(tables(assessments=old), tables(assessments=new)).verdicts.is_empty()
