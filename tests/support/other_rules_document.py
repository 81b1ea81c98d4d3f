"""``docs/methods/other-rules.md``: real series judged by our method and by five published ones.

``python -m tests.support.other_rules_document`` writes it. The prose stands beside the tables in
``tests/data/other_rules``; the numbers in it are filled in from the computation.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import polars as pl

from indicators.numbers import NumberLocale, format_number
from scripts.published.assemble import Line, read_csv
from tests.support.other_rules import (
    SDG_TARGET_YEAR,
    Course,
    Goalposts,
    Judgement,
    escap,
    escap_status,
    eurostat,
    german,
    sdsn_arrow,
    sdsn_light,
    sdsn_score,
    united_nations,
)
from tests.support.published import REPOSITORY, publish_real_figures, table

DATA = REPOSITORY / "tests" / "data" / "other_rules"
DOCUMENT = REPOSITORY / "docs" / "methods" / "other-rules.md"
METHOD = REPOSITORY / "docs" / "methods" / "assessment.md"

# The cases that the page on our own method shows.
FEW = ("srb", "agencies", "agencies_without", "agriculture", "maternal", "deputies", "deputies_men")

# Goalposts that the Sustainable Development Report sets for indicators that we also have.
GOALPOSTS = {
    "MATERNAL_MORTALITY_RATIO": Goalposts(worst=814, red=140, green=70, optimum=3.4),
    "ADOLESCENT_BIRTH_RATE": Goalposts(worst=139.6, red=50, green=25, optimum=2.5),
    "WOMEN_NATIONAL_ASSEMBLY_DEPUTIES": Goalposts(worst=1.2, red=20, green=40, optimum=50),
}
_SERIES = ("indicator_id", "sex", "age", "breakdown", "definition", "source_family")
_Direction = Literal["increase", "decrease"]
_DIRECTIONS: dict[str, _Direction] = {"increase": "increase", "decrease": "decrease"}
_OPPOSITE: dict[_Direction, _Direction] = {"increase": "decrease", "decrease": "increase"}


@dataclass(frozen=True)
class Case:
    """One series of the release and what is said of it."""

    line: Line  # of cases.csv
    course: Course
    posts: Goalposts | None
    ours: Line | None  # row of the assessments: verdict, pace, pace_reason, pace_ratio

    @property
    def judgements(self) -> dict[str, Judgement]:
        """What the five rules say."""
        return {
            "eurostat": eurostat(self.course),
            "un": united_nations(self.course),
            "sdsn": sdsn_arrow(self.course, self.posts),
            "german": german(self.course),
            "escap": escap(self.course),
        }


def cases(release: Path) -> list[Case]:
    """The cases in the order of ``cases.csv``."""
    observations = table(release, "observations").filter(
        pl.col("ref_area") == "VN",
        pl.col("origin") == "reported",
        pl.col("obs_value").is_not_null(),
    )
    milestones = table(release, "target_milestones").filter(
        pl.col("milestone_year") == SDG_TARGET_YEAR
    )
    targets = {row["target_id"]: row for row in milestones.iter_rows(named=True)}
    indicators = table(release, "indicators")
    directions = dict(indicators.select("indicator_id", "direction").iter_rows())
    ours = _assessments(release)
    found = []
    for line in read_csv(DATA / "cases.csv"):
        course = _course(line, observations, targets, directions)
        posts = None if line["is_complement"] else GOALPOSTS.get(line["indicator_id"])
        own = ours.get((line["target_id"], line["source_family"]))
        if line["definition"] != "STD" or line["age"] != "_T":
            own = None  # the series is not the one that the target is judged on
        found.append(Case(line, course, posts, own))
    return found


def _course(
    line: Line,
    observations: pl.DataFrame,
    targets: dict[str, dict[str, object]],
    directions: dict[str, str],
) -> Course:
    rows = observations.filter(
        pl.all_horizontal(pl.col(column) == line[column] for column in _SERIES)
    ).sort("reference_year", "time_period")
    values = dict(rows.select("reference_year", "obs_value").iter_rows())
    target, wants = None, _DIRECTIONS.get(directions[line["indicator_id"]])
    if line["target_id"]:
        milestone = targets[line["target_id"]]
        target = float(str(milestone["target_value"]))
        wants = "decrease" if milestone["operator"] in ("<", "<=") else "increase"
    points = tuple((year, float(value)) for year, value in sorted(values.items()))
    if not line["is_complement"]:
        return Course(points, wants, target)
    return Course(
        tuple((year, 100 - value) for year, value in points),
        _OPPOSITE[wants] if wants else None,
        None if target is None else 100 - target,
    )


def _assessments(release: Path) -> dict[tuple[str, str], Line]:
    rows = table(release, "assessments").filter(
        pl.col("locality_id") == "VN", pl.col("milestone_year") == SDG_TARGET_YEAR
    )
    return {(row["target_id"], row["source_family"]): row for row in rows.iter_rows(named=True)}


def markdown(release: Path) -> str:
    """The whole document."""
    found = cases(release)
    return "\n".join(
        (
            "# So với quy tắc khác / Against other published rules",
            "",
            "*English below: [Against other published rules](#against-other-published-rules).*",
            "",
            _Part(found, "vi").text(),
            "---",
            "",
            "# Against other published rules",
            "",
            _Part(found, "en").text(),
        )
    )


def with_few_cases(method: str, release: Path) -> str:
    """The page on our own method with its short tables made anew, one between each two marks."""
    few = [case for case in cases(release) if case.line["case"] in FEW]
    for locale in ("vi", "en"):
        head, rest = method.split(f"<!-- other-rules {locale} -->\n")
        _, tail = rest.split("<!-- end -->\n", maxsplit=1)
        rules = _Part(few, locale).rules()
        method = f"{head}<!-- other-rules {locale} -->\n{rules}\n<!-- end -->\n{tail}"
    return method


class _Part:
    """One language of the document."""

    def __init__(self, found: list[Case], locale: NumberLocale) -> None:
        self._found = found
        self._locale: NumberLocale = locale
        self._words = {line["key"]: line[locale] for line in read_csv(DATA / "words.csv")}

    def text(self) -> str:
        """The prose with both tables and the cells that it quotes."""
        prose = (DATA / f"document_{self._locale}.md").read_text(encoding="utf-8")
        cells = {
            f"{case.line['case']}_{rule}": self._cell(rule, case)
            for case in self._found
            for rule in ("ours", *case.judgements)
        }
        return prose.format(rules=self.rules(), lights=self._lights(), **cells)

    def _say(self, word: str, **values: object) -> str:
        return self._words[word].format(**values)

    def _number(self, value: float, decimals: int = 2) -> str:
        return format_number(Decimal(repr(value)), decimals, self._locale)

    def rules(self) -> str:
        """The table of all cases and rules."""
        return self._table("columns_rules", (self._row(case) for case in self._found))

    def _row(self, case: Case) -> tuple[str, ...]:
        course = case.course
        target = "–" if course.target is None else self._number(course.target, 1)
        return (
            case.line[f"name_{self._locale}"],
            self._figures(course),
            target,
            *(self._cell(rule, case) for rule in ("ours", *case.judgements)),
        )

    def _figures(self, course: Course) -> str:
        """First and latest point, and how many there are."""
        ends = (
            f"{self._number(value, 1)} ({year})"
            for year, value in (course.points[0], course.latest)
        )
        return f"{' → '.join(ends)}; n = {len(course.points)}"

    def _cell(self, rule: str, case: Case) -> str:
        if rule == "ours":
            return self._ours(case)
        judgement = case.judgements[rule]
        said = self._say(judgement.verdict)
        number = self._deciding(rule, case, judgement)
        return f"{said} ({number})" if number else said

    def _deciding(self, rule: str, case: Case, judgement: Judgement) -> str:
        if rule == "escap":
            status = escap_status(case.course)
            parts = [] if judgement.number is None else [self._number(judgement.number, 0)]
            if status and judgement.verdict != "no_target":
                index, expected = (self._number(n, 1) for n in (status.index, status.expected))
                parts.append(self._say("status", index=index, expected=expected))
            return "; ".join(parts)
        if judgement.number is None:
            return ""
        if case.course.target is None and rule != "sdsn":
            return self._say("per_year", number=self._number(judgement.number))
        return self._number(judgement.number)

    def _ours(self, case: Case) -> str:
        if not case.line["target_id"]:
            return self._say("no_target")
        if case.ours is None:
            return self._say("pace_no_data")
        verdict, pace = self._say(case.ours["verdict"]), case.ours["pace"]
        if pace == "none":
            return f"{verdict}; {self._say('pace_' + case.ours['pace_reason'])}"
        return f"{verdict}; {self._say(pace)} ({self._number(float(case.ours['pace_ratio']))})"

    def _lights(self) -> str:
        return self._table(
            "columns_lights",
            (
                (
                    case.line[f"name_{self._locale}"],
                    f"{self._number(case.course.latest[1], 1)} ({case.course.latest[0]})",
                    f"{self._number(case.posts.red, 0)}; {self._number(case.posts.green, 0)}",
                    self._number(sdsn_score(case.course.latest[1], case.posts), 0),
                    self._say(sdsn_light(case.course.latest[1], case.posts)),
                )
                for case in self._found
                if case.posts
            ),
        )

    def _table(self, columns: str, rows: Iterable[tuple[str, ...]]) -> str:
        header = self._say(columns).split("|")
        return "\n".join(
            (
                f"| {' | '.join(header)} |",
                "|" + "---|" * len(header),
                *(f"| {' | '.join(row)} |" for row in rows),
            )
        )


def main() -> None:
    """Write the document, and the short tables of the page on our own method."""
    with tempfile.TemporaryDirectory() as directory:
        release = publish_real_figures(Path(directory))
        DOCUMENT.write_text(markdown(release), encoding="utf-8")
        method = METHOD.read_text(encoding="utf-8")
        METHOD.write_text(with_few_cases(method, release), encoding="utf-8")


if __name__ == "__main__":
    main()
