"""Countings: the same rows on the scales of three and of four statuses."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.countings import STATUS_OF, Scale, Status, add_status, countings
from indicators.tables import Verdict

VERDICTS = [verdict.value for verdict in Verdict]
_ROW = {"locality_id": "VN", "milestone_year": 2025, "is_primary": True}


def assessments(*verdicts: str, state: str = "closed") -> pl.DataFrame:
    rows = [
        _ROW | {"verdict": one, "attainment": "met", "milestone_state": state} for one in verdicts
    ]
    return pl.DataFrame(rows)


def counted(frame: pl.DataFrame, scale: Scale, said: str = "verdict") -> dict[str, int]:
    """The one counting of a frame, without the statuses that nobody has."""
    [row] = countings(frame, scale, said).drop("locality_id", "milestone_year").to_dicts()
    return {name: number for name, number in row.items() if number}


CLOSED = assessments("met", "met", "partially_met", "near", "not_met", "not_met", "not_assessable")


def test_reports_of_localities_have_three_statuses() -> None:
    """đạt / chưa đạt / không đánh giá được: what is nearly or partly met is not met."""
    expected = {"met": 2, "not_met": 4, "not_assessable": 1, "assessed": 6, "total": 7}
    assert counted(CLOSED, Scale.THREE) == expected


def test_the_governments_report_has_four_with_those_not_assessable_beside() -> None:
    """đạt / đạt một phần / gần đạt / còn xa."""
    assert counted(CLOSED, Scale.FOUR) == {
        "met": 2,
        "partially_met": 1,
        "near": 1,
        "far": 2,
        "not_assessable": 1,
        "assessed": 6,
        "total": 7,
    }


@pytest.mark.parametrize("scale", Scale)
def test_an_open_milestone_is_never_counted_as_missed(scale: Scale) -> None:
    open_rows = assessments("met", "near", "partially_met", "on_the_way", state="open")
    found = counted(open_rows, scale)
    assert {"not_met", "far"}.isdisjoint(found)
    assert found["met"] == 1
    assert found["on_the_way"] == (3 if scale is Scale.THREE else 1)


def test_only_primary_rows_count() -> None:
    second = CLOSED.with_columns(is_primary=pl.lit(value=False))
    assert countings(pl.concat([CLOSED, second]), Scale.FOUR).equals(countings(CLOSED, Scale.FOUR))


def test_the_value_against_the_target_can_be_counted_whatever_the_year() -> None:
    assert counted(CLOSED, Scale.THREE, "attainment") == {"met": 7, "assessed": 7, "total": 7}


def test_every_verdict_has_a_status_on_every_scale() -> None:
    assert set(STATUS_OF) == set(Scale)
    assert all(set(words) == set(Verdict) for words in STATUS_OF.values())


rows = st.lists(
    st.fixed_dictionaries(
        {
            "locality_id": st.sampled_from(["VN", "01@2025", "33@2025"]),
            "milestone_year": st.sampled_from([2025, 2030]),
            "verdict": st.sampled_from(VERDICTS),
            "attainment": st.sampled_from(VERDICTS),
            "milestone_state": st.sampled_from(["closed", "open"]),
            "is_primary": st.booleans(),
        }
    ),
    min_size=1,
)
SCHEMA = {
    "locality_id": pl.String,
    "milestone_year": pl.Int64,
    "verdict": pl.String,
    "attainment": pl.String,
    "milestone_state": pl.String,
    "is_primary": pl.Boolean,
}


@settings(max_examples=60, deadline=None)
@given(rows, st.sampled_from(list(Scale)))
def test_every_row_is_counted_once_and_the_statuses_add_up(
    drawn: list[dict[str, object]], scale: Scale
) -> None:
    frame = pl.DataFrame(drawn, schema=SCHEMA)
    found = countings(frame, scale)
    statuses = list(dict.fromkeys(STATUS_OF[scale].values()))
    sums = found.select(pl.sum_horizontal(statuses)).to_series().to_list()
    assert sums == found["total"].to_list()
    assert found["total"].sum() == frame["is_primary"].sum()
    assert (found["assessed"] + found[Status.NOT_ASSESSABLE]).to_list() == sums
    primary = add_status(frame.filter("is_primary"), scale)
    assert primary["status"].null_count() == 0
    for status in statuses:
        assert found[status].sum() == (primary["status"] == status).sum()


@settings(max_examples=60, deadline=None)
@given(rows)
def test_both_scales_agree_on_what_is_met_and_what_cannot_be_assessed(
    drawn: list[dict[str, object]],
) -> None:
    frame = pl.DataFrame(drawn, schema=SCHEMA)
    shared = ["locality_id", "milestone_year", "met", "not_assessable", "assessed", "total"]
    three, four = (countings(frame, scale).select(shared) for scale in Scale)
    assert three.equals(four)
