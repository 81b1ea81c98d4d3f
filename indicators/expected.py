"""Who must report what by when, and who has: computed, never clicked.

Expected reports follow from the reporting calendar, the level it names and the units that exist
on the last good day, so a deadline after a unit's or a rule's end binds nobody: the phường of
quận Long Biên owe no annual report for 2025, the communes of thành phố Hà Nội do.

A plan is a document, not a form with figures, so it is not expected here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import polars as pl

from indicators.catalogue.calendar import last_acceptable_day
from indicators.localities import LocalityRegistry
from indicators.receipt import SubmissionStatus
from indicators.tables import ExpectedSubmissions, conform, empty

# How the period of a report is written on the submission, and where it ends (month and day).
PERIOD_SUFFIXES = {"annual": "", "half_year": "-S1"}
_PERIOD_ENDS = {"annual": (12, 31), "half_year": (6, 30)}
_MOST_STEPS_UP = 3  # xã → huyện → tỉnh → cả nước
# Days are counted where the reports are made; Viet Nam has no summer time.
TIME_ZONE = "Asia/Ho_Chi_Minh"


class DeliveryStatus(StrEnum):
    """What became of one expected report."""

    ON_TIME = "on_time"  # nộp đúng hạn
    LATE = "late"  # nộp muộn: the first accepted file came after the last good day
    REFUSED = "refused"  # đã gửi, chưa được tiếp nhận
    MISSING = "missing"  # chưa nộp, đã quá hạn
    NOT_YET_DUE = "not_yet_due"  # chưa nộp, chưa đến hạn
    NO_DEADLINE = "no_deadline"  # chưa nộp, văn bản không nêu hạn


def expected_submissions(
    calendar: pl.DataFrame, registry: LocalityRegistry, years: range
) -> pl.DataFrame:
    """Frame of ``ExpectedSubmissions`` for the periods of some years, in a stable order.

    Args:
        calendar: rows of the catalogue's ``ReportingCalendar``.
        registry: the localities with their validity.
        years: years reported on.

    A rule without a day holds if it is in force on the last day of the period. A unit owes one
    report for a period: where several rules reach it, one that names a day goes before one that
    names none, then that of the nearest recipient (phường → quận, not → thành phố), then the
    youngest.
    """
    frames = [
        _expected_of(rule, registry, year)
        for year in years
        for rule in calendar.iter_rows(named=True)
        if rule["report_kind"] in PERIOD_SUFFIXES
    ]
    expected = _one_each(frames)
    passed_on = expected.select(
        "reporting_period", recipient_id="locality_id", passed_on_before="due_before"
    )
    joined = expected.drop("passed_on_before").join(
        passed_on, on=["reporting_period", "recipient_id"], how="left", maintain_order="left"
    )
    # A unit that reports by itself is its own "recipient" here and passes nothing on.
    is_own = pl.col("recipient_id") == pl.col("locality_id")
    return conform(
        joined.with_columns(
            pl.when(~is_own).then(pl.col("passed_on_before")).alias("passed_on_before")
        ).sort("reporting_period", "recipient_id", "locality_id"),
        ExpectedSubmissions,
    )


def _one_each(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One row per unit and period, of frames with ``steps_up`` and ``rule_starts``."""
    nothing = empty(ExpectedSubmissions).with_columns(
        steps_up=pl.lit(None, dtype=pl.Int32), rule_starts=pl.lit(None, dtype=pl.Date)
    )
    preferred_first = pl.concat([nothing, *frames], how="diagonal_relaxed").sort(
        pl.col("due_before").is_null(),
        pl.col("steps_up"),
        pl.col("rule_starts"),
        descending=[False, False, True],
        maintain_order=True,
    )
    return conform(
        preferred_first.unique(
            ["locality_id", "reporting_period"], keep="first", maintain_order=True
        ),
        ExpectedSubmissions,
    )


def _expected_of(rule: dict[str, object], registry: LocalityRegistry, year: int) -> pl.DataFrame:
    kind = str(rule["report_kind"])
    due_before, last_good_day = None, None
    if rule["due_before"] is not None:
        last_good_day = last_acceptable_day(str(rule["due_before"]), year)
        due_before = date.fromisoformat(f"{year}-{rule['due_before']}")
    day = last_good_day or date(year, *_PERIOD_ENDS[kind])
    if not _is_in_force(rule["valid_from"], rule["valid_to"], day):
        return empty(ExpectedSubmissions)
    reporters = _reporters(registry, str(rule["locality_id"]), str(rule["reporter_level"]), day)
    return reporters.with_columns(
        rule_id=pl.lit(rule["rule_id"]),
        rule_starts=pl.lit(rule["valid_from"], dtype=pl.Date),
        report_kind=pl.lit(kind),
        reporting_period=pl.lit(f"{year}{PERIOD_SUFFIXES[kind]}"),
        recipient_id=pl.lit(rule["locality_id"]),
        recipient_vi=pl.lit(rule["recipient_vi"]),
        due_before=pl.lit(due_before, dtype=pl.Date),
        last_good_day=pl.lit(last_good_day, dtype=pl.Date),
        passed_on_before=pl.lit(None, dtype=pl.Date),
        confidence=pl.lit(rule["confidence"]),
    )


def _is_in_force(valid_from: object, valid_to: object, day: date) -> bool:
    starts = valid_from if isinstance(valid_from, date) else day
    ends = valid_to if isinstance(valid_to, date) else day
    return starts <= day <= ends


def _reporters(registry: LocalityRegistry, locality_id: str, level: str, day: date) -> pl.DataFrame:
    """The unit itself or the units of a level below it, as they are on that day.

    ``steps_up`` says how far above the reporter the unit stands: 0 itself, 1 parent, 2 above that.
    """
    valid = registry.valid_on(day)
    parents = valid.select(stands="locality_id", above="parent_id")
    climbing = valid.filter(level=level).select("locality_id", stands="locality_id")
    found = []
    for steps_up in range(_MOST_STEPS_UP + 1):
        arrived = climbing.filter(stands=locality_id)
        found.append(arrived.select("locality_id", steps_up=pl.lit(steps_up, dtype=pl.Int32)))
        climbing = climbing.join(parents, on="stands").select("locality_id", stands="above")
    return pl.concat(found)


def completeness(expected: pl.DataFrame, submissions: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Expected reports with what became of them, as of a day in Viet Nam.

    The first accepted file of the locality and period decides, whatever office sent it; a later
    correction makes a report that was in time neither late nor missing.

    Args:
        expected: frame of ``ExpectedSubmissions``.
        submissions: frame with the columns of ``Submissions``; those received after ``as_of``
            are left out.
        as_of: the day of looking.

    Returns:
        The expected rows with ``status`` (:class:`DeliveryStatus`), ``received_on`` (day of the
        deciding file), ``days_late`` (after the last good day; null when in time or not due),
        ``submission_id``, ``file_name`` and ``error_count`` of the deciding file.
    """
    received = submissions.with_columns(received_on=_local_day("received_at")).filter(
        pl.col("received_on") <= as_of
    )
    key = ["locality_id", "reporting_period"]
    facts = ["received_on", "submission_id", "file_name", "error_count"]
    is_accepted = pl.col("status") == SubmissionStatus.ACCEPTED
    first_accepted = received.filter(is_accepted).sort("sequence").unique(key, keep="first")
    last_refused = (
        received.filter(~is_accepted)
        .sort("sequence")
        .unique(key, keep="last")
        .join(first_accepted, on=key, how="anti")
    )
    deciding = pl.concat([first_accepted, last_refused]).select(
        *key, *facts, is_accepted=is_accepted
    )
    joined = expected.join(deciding, on=key, how="left", maintain_order="left")
    return joined.with_columns(status=_status(as_of), days_late=_days_late(as_of)).drop(
        "is_accepted"
    )


def _local_day(column: str) -> pl.Expr:
    """The day in Viet Nam of a naive UTC time."""
    utc = pl.col(column).dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(TIME_ZONE).dt.date()


def _status(as_of: date) -> pl.Expr:
    last_good_day = pl.col("last_good_day")
    accepted = pl.col("is_accepted").fill_null(value=False)
    return (
        pl.when(accepted & (pl.col("received_on") > last_good_day).fill_null(value=False))
        .then(pl.lit(DeliveryStatus.LATE.value))
        .when(accepted)
        .then(pl.lit(DeliveryStatus.ON_TIME.value))
        .when(pl.col("is_accepted").is_not_null())
        .then(pl.lit(DeliveryStatus.REFUSED.value))
        .when(last_good_day.is_null())
        .then(pl.lit(DeliveryStatus.NO_DEADLINE.value))
        .when(last_good_day < as_of)
        .then(pl.lit(DeliveryStatus.MISSING.value))
        .otherwise(pl.lit(DeliveryStatus.NOT_YET_DUE.value))
    )


def _days_late(as_of: date) -> pl.Expr:
    accepted = pl.col("is_accepted").fill_null(value=False)
    day = pl.when(accepted).then(pl.col("received_on")).otherwise(pl.lit(as_of))
    days = (day - pl.col("last_good_day")).dt.total_days()
    return pl.when(days > 0).then(days)


def period_order(period: str) -> tuple[str, bool]:
    """Sorts periods in time: the first half of a year before the year as a whole."""
    return period[:4], "-" not in period


def counts(delivered: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Counts of :func:`completeness` by some columns: ``expected`` and one column per status."""
    return (
        delivered.group_by(by, maintain_order=True)
        .agg(
            expected=pl.len().cast(pl.Int64),
            **{
                status.value: (pl.col("status") == status.value).sum().cast(pl.Int64)
                for status in DeliveryStatus
            },
        )
        .sort(by)
    )
