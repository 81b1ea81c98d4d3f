"""The five other published rules, on examples worked by hand, and their document."""

from pathlib import Path

import pytest

from tests.support.other_rules import (
    Course,
    Goalposts,
    Judgement,
    annual_growth,
    escap,
    escap_status,
    eurostat,
    german,
    sdsn_arrow,
    sdsn_light,
    sdsn_score,
    united_nations,
    united_nations_level,
    weighted_prediction,
)
from tests.support.other_rules_document import DOCUMENT, METHOD, cases, markdown, with_few_cases
from tests.support.published import publish_real_figures

UP, DOWN = "increase", "decrease"


def said(judgement: Judgement) -> tuple[str, float | None]:
    return judgement.verdict, None if judgement.number is None else round(judgement.number, 3)


def test_growth_compounds() -> None:
    assert annual_growth((2020, 100), (2022, 121)) == pytest.approx(0.10)


# Eurostat -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latest", "wanted"),
    [
        # From 100 in 2020 to 100 × 1.1^10 in 2030: 10 % a year are needed.
        (100 * 1.095**4, ("significant_progress", 0.95)),
        (100 * 1.094**4, ("moderate_progress", 0.94)),
        (100 * 1.06**4, ("moderate_progress", 0.6)),
        (100 * 1.059**4, ("insufficient_progress", 0.59)),
        (100, ("insufficient_progress", 0.0)),
        (99, ("movement_away", -0.025)),
        (260, ("target_reached", None)),
    ],
)
def test_eurostat_compares_growth_with_needed_growth(
    latest: float, wanted: tuple[str, float | None]
) -> None:
    # The margin keeps the cuts themselves clear of binary rounding.
    course = Course(((2020, 100), (2024, latest * (1 + 1e-12))), UP, 100 * 1.1**10)
    assert said(eurostat(course)) == wanted


@pytest.mark.parametrize(
    ("latest", "verdict"),
    [
        (102, "significant_progress"),
        (100.9, "moderate_progress"),
        (99.1, "moderate_movement_away"),
        (98, "significant_movement_away"),
    ],
)
def test_eurostat_without_target_cuts_at_one_percent(latest: float, verdict: str) -> None:
    assert eurostat(Course(((2023, 100), (2024, latest)), UP, None)).verdict == verdict


def test_eurostat_looks_back_five_years_only() -> None:
    """From 2014 the value rose; in the last five years it fell."""
    course = Course(((2014, 10), (2019, 30), (2024, 20)), UP, 50)
    assert eurostat(course).verdict == "movement_away"


def test_growth_rates_judge_a_share_and_its_complement_differently() -> None:
    """The reason why our own method uses differences: 20 → 30 % women is 80 → 70 % men."""
    women = Course(((2020, 20), (2025, 24.4)), UP, 30)
    men = Course(((2020, 80), (2025, 75.6)), DOWN, 70)
    assert said(eurostat(women)) == ("significant_progress", 0.98)
    assert said(eurostat(men)) == ("moderate_progress", 0.848)
    assert said(german(women)) == said(german(men)) == ("cloudy", 0.214)


def test_without_a_better_direction_growth_rates_say_nothing() -> None:
    course = Course(((2015, 49), (2019, 48)), None, None)
    assert eurostat(course).verdict == united_nations(course).verdict == "no_direction"


# United Nations -------------------------------------------------------------------------------


def test_united_nations_extrapolates_the_growth_since_2015() -> None:
    """10 → 20 in 5 years doubles again twice by 2030: 80, of the way from 10 to 110 it is 0.7."""
    course = Course(((2000, 99), (2015, 10), (2020, 20)), UP, 110)
    assert said(united_nations(course)) == ("fair_progress", 0.7)


def test_united_nations_takes_the_first_year_after_2015_or_else_before() -> None:
    after = Course(((2010, 1), (2021, 50), (2024, 50)), UP, 60)
    before = Course(((2009, 69), (2019, 46)), DOWN, 42)
    assert said(united_nations(after)) == ("stagnation_or_regression", 0.0)
    # 46 × (46 ÷ 69)^1.1 = 29.447 in 2030: 39.553 of the 27 that were to go.
    assert said(united_nations(before)) == ("met_or_on_track", 1.465)


@pytest.mark.parametrize(
    ("latest", "verdict"),
    [(102, "met_or_on_track"), (101, "fair_progress"), (100.4, "stagnation_or_regression")],
)
def test_united_nations_without_target_cuts_at_two_and_half_a_percent(
    latest: float, verdict: str
) -> None:
    assert united_nations(Course(((2020, 100), (2021, latest)), UP, None)).verdict == verdict


def test_united_nations_level_needs_cuts_for_each_indicator() -> None:
    assert united_nations_level(70, (70, 140, 300, 500)) == "met_or_almost_met"
    assert united_nations_level(141, (70, 140, 300, 500)) == "moderate_distance"
    assert united_nations_level(600, (70, 140, 300, 500)) == "very_far"
    assert united_nations_level(38, (40, 30, 20, 10)) == "close"


# SDSN -----------------------------------------------------------------------------------------


DEATHS = Goalposts(worst=800, red=140, green=70, optimum=0)


@pytest.mark.parametrize(
    ("value", "light"), [(70, "green"), (105, "yellow"), (106, "orange"), (141, "red")]
)
def test_sdsn_splits_the_way_from_green_to_red(value: float, light: str) -> None:
    assert sdsn_light(value, DEATHS) == light


def test_sdsn_scores_stay_within_0_and_100() -> None:
    assert [sdsn_score(value, DEATHS) for value in (900, 800, 200, 0)] == [0, 0, 75, 100]


@pytest.mark.parametrize(
    ("latest", "wanted"),
    [
        # From 10 in 2015 to 40 in 2030: 2 a year are needed.
        (26, ("on_track_or_maintaining", 1.0)),
        (23, ("moderately_improving", 0.5)),
        (22, ("stagnating", 0.333)),
        (19, ("decreasing", -0.167)),
        (41, ("on_track_or_maintaining", None)),
    ],
)
def test_sdsn_compares_the_last_three_years_with_the_pace_since_2015(
    latest: float, wanted: tuple[str, float | None]
) -> None:
    course = Course(((2015, 10), (2021, 20), (2024, latest)), UP, 40)
    assert said(sdsn_arrow(course, None)) == wanted


def test_sdsn_judges_by_its_own_green_threshold() -> None:
    """46 maternal deaths are far better than its 70, and not yet our 42."""
    course = Course(((2009, 69), (2019, 46)), DOWN, 42)
    assert sdsn_arrow(course, DEATHS).verdict == "on_track_or_maintaining"
    assert sdsn_arrow(course, None).number is not None


# Germany --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        # 1 a year from 25 in 2025 leads to 30 in 2030.
        (30, ("sun", 0.0)),
        (30.2, ("sun", 0.038)),
        (31, ("partly_cloudy", 0.167)),
        (31.25, ("partly_cloudy", 0.2)),
        (35, ("cloudy", 0.5)),
        (25, ("sun", None)),
    ],
)
def test_german_weather_is_the_missing_share_of_the_way(
    target: float, wanted: tuple[str, float | None]
) -> None:
    points = ((2010, 90.0), *((year, year - 2000.0) for year in range(2020, 2026)))
    assert said(german(Course(points, UP, target))) == wanted


def test_german_weather_storms_when_nothing_moves_the_right_way() -> None:
    assert german(Course(((2020, 30), (2025, 30)), DOWN, 20)).verdict == "storm"
    assert german(Course(((2020, 30), (2025, 31)), DOWN, 20)).verdict == "storm"
    assert german(Course(((2025, 30),), DOWN, 20)).verdict == "too_few_points"
    assert german(Course(((2020, 30), (2025, 31)), DOWN, None)).verdict == "no_target"


# ESCAP ----------------------------------------------------------------------------------------


def test_escap_status_is_the_way_done_in_tenths() -> None:
    """A third of the way in 2021, when two fifths of the time had gone."""
    status = escap_status(Course(((2015, 60), (2021, 50)), DOWN, 30))
    assert status is not None
    assert (round(status.index, 3), status.expected) == (3.333, 4)


def test_later_points_weigh_more() -> None:
    assert weighted_prediction(((2015, 10), (2020, 15)), 2030) == pytest.approx(25)
    bent = ((2015, 0), (2020, 0), (2025, 10))
    # Weights 1, 2, 3: mean year 2021⅔, mean value 5, slope 100 ÷ 83⅓ = 1.2: 5 + 8⅓ × 1.2.
    assert weighted_prediction(bent, 2030) == pytest.approx(15)


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        # The line leads to 25 in 2030.
        (25, ("maintain", 0)),
        (26, ("maintain", 6.25)),
        (40, ("accelerate", 50.0)),
    ],
)
def test_escap_measures_the_gap_that_2030_will_leave(
    target: float, wanted: tuple[str, float]
) -> None:
    course = Course(((2015, 10), (2020, 15)), UP, target)
    assert said(escap(course)) == wanted


def test_escap_asks_to_reverse_what_moves_away() -> None:
    assert said(escap(Course(((2015, 10), (2020, 9)), UP, 20))) == ("reverse", 130.0)


# The document -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_real_figures(tmp_path_factory.mktemp("data"))


def test_the_document_says_what_is_computed(release: Path) -> None:
    """If this fails, run: python -m tests.support.other_rules_document"""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown(release)


def test_the_page_on_our_method_shows_the_same(release: Path) -> None:
    """If this fails, run: python -m tests.support.other_rules_document"""
    page = METHOD.read_text(encoding="utf-8")
    assert with_few_cases(page, release) == page


def test_real_shares_and_their_complements_get_two_answers_by_growth_rates(release: Path) -> None:
    """Women and men of one National Assembly; ministries with and without a woman leader."""
    said_of = {case.line["case"]: case.judgements for case in cases(release)}
    women, men = said_of["deputies"], said_of["deputies_men"]
    having, lacking = said_of["agencies"], said_of["agencies_without"]

    assert women["eurostat"].verdict != men["eurostat"].verdict
    for rule in ("eurostat", "un"):
        assert abs((having[rule].number or 0) - (lacking[rule].number or 0)) > 0.1
    for rule in ("sdsn", "german", "escap"):
        assert said(having[rule]) == said(lacking[rule])


def test_figures_written_out_in_the_prose_are_those_of_the_series(release: Path) -> None:
    courses = {case.line["case"]: case.course for case in cases(release)}
    births, ministries = dict(courses["srb"].points), courses["agencies"].points
    farming = courses["agriculture"].points

    assert (births[2000], births[2019]) == (107.3, 111.5)
    assert {round(value, 1) for year, value in ministries if year >= 2022} == {59.1}
    assert round(farming[0][1] - farming[1][1], 1) == 0.7
    assert [point[0] for point in courses["adolescent"].points[-2:]] == [2013, 2014]
    assert round(courses["pupils"].latest[1]) == 49
    assert round(courses["teachers"].latest[1]) == 73
