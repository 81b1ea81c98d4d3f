"""``docs/methods/back-tests.md``: the same tables in Vietnamese, then in English.

The words stand in ``tests/data/back_tests/words.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from indicators.numbers import NumberLocale, format_number
from scripts.published.assemble import read_csv
from tests.support.published import REPOSITORY
from tests.support.published_counts import (
    BETTER,
    EARLIER_STRATEGY,
    HEADLINE_TARGETS,
    Count,
    Improvement,
)
from tests.support.published_values import Figure, PublishedValue

WORDS = REPOSITORY / "tests" / "data" / "back_tests" / "words.csv"
NONE = "–"


@dataclass(frozen=True)
class BackTests:
    """What was found, as :func:`tests.support.back_tests.back_tests` computes it."""

    values: list[PublishedValue]
    statuses: pl.DataFrame
    explained: pl.DataFrame
    counts: list[Count]
    assessable: dict[int, int]  # year → headline targets that could be assessed
    improvement: Improvement

    def published_count(self, target: str, year: int) -> int:
        """The number that the list gives for an overall count."""
        [row] = [row for row in self.values if (row.target, row.year) == (target, str(year))]
        return int(row.value)


def markdown(found: BackTests) -> str:
    """The whole document."""
    lines = [
        "# Đối chiếu với kết quả đã công bố / Back tests",
        "",
        "*English below: [Back tests in English](#back-tests-in-english).*",
        "",
        *_Part(found, "vi").lines(),
        "",
        "---",
        "",
        "# Back tests in English",
        "",
        *_Part(found, "en").lines(),
    ]
    return "\n".join(lines) + "\n"


class _Part:
    """One language of the document."""

    def __init__(self, found: BackTests, locale: NumberLocale) -> None:
        self._found = found
        self._locale: NumberLocale = locale
        self._words = {line["key"]: line[locale] for line in read_csv(WORDS)}
        self._names = {row.target: self._of(row.name) for row in found.values if not row.is_loaded}

    def lines(self) -> Iterator[str]:
        yield from self._summary()
        yield from self._loaded()
        yield from self._left_out()
        yield from self._counts()
        yield from self._statuses()
        yield from self._differences()

    def _say(self, word: str, **values: object) -> str:
        return self._words[word].format(**values)

    def _of(self, pair: tuple[str, str]) -> str:
        return pair[self._locale == "en"]

    def _agreement(self, agrees: bool | None) -> str:
        return NONE if agrees is None else self._say("same" if agrees else "different")

    def _printed(self, value: str) -> str:
        """A number with the digits that its source printed."""
        if not value:
            return NONE
        number = Decimal(value)
        return format_number(number, _decimals(number), self._locale)

    def _figure(self, figure: Figure | None) -> str:
        """Our figure, with its counts where it rests on counts."""
        if figure is None:
            return NONE
        places = min(2, _decimals(figure.value.normalize()))
        text = format_number(figure.value, places, self._locale)
        if figure.numerator is None or figure.denominator is None:
            return text
        counts = (figure.numerator.normalize(), figure.denominator.normalize())
        return f"{text} = {'/'.join(self._printed(f'{count:f}') for count in counts)}"

    def _target(self, target: str) -> str:
        """The code of a target; the name of what the list calls by a sentence."""
        return self._names[target] if " " in target else target

    # Sections -----------------------------------------------------------------------------

    def _summary(self) -> Iterator[str]:
        values, statuses = self._found.values, self._found.statuses
        loaded = [row for row in values if row.is_loaded]
        yield self._say("written_by")
        yield from self._head("head_summary")
        yield self._say(
            "summary_loaded",
            all=len(values),
            loaded=len(loaded),
            same=sum(1 for row in loaded if row.agrees),
            computed=sum(1 for row in loaded if row.figure and row.figure.numerator is not None),
        )
        yield self._say("summary_left_out", left_out=len(values) - len(loaded))
        yield self._say(
            "summary_statuses",
            statuses=statuses.height,
            agreeing=statuses.filter(pl.col("attainment") == pl.col("expected")).height,
        )

    def _loaded(self) -> Iterator[str]:
        yield from self._head("head_loaded", "about_loaded")
        yield from self._table(
            "columns_loaded",
            (
                (
                    _target_code(row.target),
                    self._of(row.name),
                    self._of(row.locality),
                    row.year,
                    self._printed(row.value),
                    self._figure(row.figure),
                    f"`{row.figure.place}`",
                    self._agreement(row.agrees),
                )
                for row in self._found.values
                if row.is_loaded and row.figure
            ),
        )

    def _left_out(self) -> Iterator[str]:
        yield from self._head("head_left_out")
        yield from self._table(
            "columns_left_out",
            (
                (
                    _target_code(row.target),
                    self._of(row.name),
                    self._of(row.locality),
                    row.year or NONE,
                    self._printed(row.value),
                    self._figure(row.figure),
                    self._agreement(row.agrees),
                    self._of(row.reason),
                )
                for row in self._found.values
                if not row.is_loaded
            ),
        )

    def _counts(self) -> Iterator[str]:
        known = ", ".join(
            self._say("known", count=count, all=HEADLINE_TARGETS, year=year)
            for year, count in self._found.assessable.items()
        )
        yield from self._head("head_counts")
        yield self._say("about_counts", known=known)
        yield ""
        yield from self._table("columns_counts", map(self._count_cells, self._found.counts))
        yield ""
        yield from self._other_counts()

    def _count_cells(self, count: Count) -> tuple[str, ...]:
        published = self._found.published_count(count.target, count.year)
        return (
            str(count.year),
            self._say(count.state),
            str(published),
            str(count.least),
            str(count.most),
            ", ".join(count.examples) or NONE,
            self._say("possible" if count.allows(published) else "contradicts"),
        )

    def _other_counts(self) -> Iterator[str]:
        better, not_better = self._found.improvement.better, self._found.improvement.not_better
        compared = len(better) + len(not_better)
        yield self._say(
            "better",
            year=BETTER[1],
            published=self._found.published_count(*BETTER),
            compared=compared,
            better=len(better),
            not_better=len(not_better),
            names=", ".join(not_better) or NONE,
            rest=HEADLINE_TARGETS - compared,
        )
        yield self._say(
            "earlier_strategy",
            year=EARLIER_STRATEGY[1],
            published=self._found.published_count(*EARLIER_STRATEGY),
        )

    def _statuses(self) -> Iterator[str]:
        yield from self._head("head_statuses", "about_statuses")
        yield from self._table(
            "columns_statuses",
            (
                (
                    self._target(row["target_id"]),
                    str(row["report_year"]),
                    self._say(row["expected"]),
                    self._say(row["basis"]),
                    self._say(row["attainment"]),
                    self._used(row["latest_published"], row["latest_year"]),
                    self._agreement(row["attainment"] == row["expected"]),
                )
                for row in self._found.statuses.iter_rows(named=True)
            ),
        )

    def _used(self, value: Decimal | None, year: int | None) -> str:
        return NONE if value is None else f"{format_number(value, 1, self._locale)} ({year})"

    def _differences(self) -> Iterator[str]:
        key = ("target_id", "report_year", "basis")
        reasons = {
            tuple(row[name] for name in key): (row["reason_vi"], row["reason_en"])
            for row in self._found.explained.iter_rows(named=True)
        }
        yield from self._head("head_differences")
        differing = self._found.statuses.filter(pl.col("attainment") != pl.col("expected"))
        for row in differing.iter_rows(named=True):
            reason = self._of(reasons[tuple(row[name] for name in key)])
            yield f"- **{self._target(row['target_id'])}, {row['report_year']}**: {reason}"

    # Pieces -------------------------------------------------------------------------------

    def _head(self, title: str, about: str | None = None) -> Iterator[str]:
        yield from ("", f"## {self._say(title)}", "")
        if about:
            yield from (self._say(about), "")

    def _table(self, columns: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
        header = self._say(columns).split("|")
        yield f"| {' | '.join(header)} |"
        yield "|" + "---|" * len(header)
        for row in rows:
            yield f"| {' | '.join(row)} |"


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _target_code(target: str) -> str:
    """The code that a published result begins with, if it is one of a target."""
    code = target.split(" ", maxsplit=1)[0]
    return code if code.startswith(("NSGE-", "ELEC-", "HN139-")) else NONE
