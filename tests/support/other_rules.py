"""Five other published ways of judging progress, for documents and tests only.

Each rule is written as its publisher describes it, with the publisher's own window of years and
cuts; ``docs/methods/other-rules.md`` names the source of every formula and each parameter that we
had to choose. Binary floats are good enough here: no verdict of the product rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[int, float]  # year, value

SDG_BASE_YEAR = 2015
SDG_TARGET_YEAR = 2030


@dataclass(frozen=True)
class Course:
    """A comparable line, oldest point first, and where it has to go."""

    points: tuple[Point, ...]
    wants: Literal["increase", "decrease"] | None  # None: no direction is better
    target: float | None
    target_year: int = SDG_TARGET_YEAR

    @property
    def latest(self) -> Point:
        return self.points[-1]

    @property
    def sign(self) -> int:
        """+1 where more is better, −1 where less is."""
        return -1 if self.wants == "decrease" else 1

    def reaches(self, value: float) -> bool:
        """Whether a value is good enough; none of the rules knows targets like "below 25 %"."""
        if self.target is None:
            return False
        return self.sign * (value - self.target) >= 0

    def towards(self, year: int) -> Point | None:
        """The point before the latest whose year is closest to ``year``; of two, the earlier."""
        return min(self.points[:-1], key=lambda point: abs(point[0] - year), default=None)


@dataclass(frozen=True)
class Judgement:
    """What a rule says: a code, and the number that decided it."""

    verdict: str
    number: float | None = None


TOO_FEW_POINTS = Judgement("too_few_points")
NO_TARGET = Judgement("no_target")
NO_DIRECTION = Judgement("no_direction")


def annual_growth(first: Point, last: Point) -> float:
    """Compound annual growth rate: (last ÷ first)^(1 ÷ years) − 1. Values must be positive."""
    return (last[1] / first[1]) ** (1 / (last[0] - first[0])) - 1


# Eurostat -------------------------------------------------------------------------------------


def eurostat(course: Course, window: int = 5) -> Judgement:
    """Growth of the last ``window`` years against the growth needed from its first year on."""
    if course.wants is None:
        return NO_DIRECTION
    base = next(point for point in course.points if point[0] >= course.latest[0] - window)
    if base == course.latest:
        return TOO_FEW_POINTS
    actual = annual_growth(base, course.latest)
    if course.target is None:
        return Judgement(_eurostat_without_target(course.sign * actual), 100 * actual)
    if course.reaches(course.latest[1]):
        return Judgement("target_reached")
    if course.reaches(base[1]):
        return Judgement("movement_away")
    ratio = actual / annual_growth(base, (course.target_year, course.target))
    return Judgement(_eurostat_with_target(ratio), ratio)


def _eurostat_without_target(growth: float) -> str:
    if growth >= 0.01:
        return "significant_progress"
    if growth >= 0:
        return "moderate_progress"
    return "moderate_movement_away" if growth > -0.01 else "significant_movement_away"


def _eurostat_with_target(ratio: float) -> str:
    if ratio >= 0.95:
        return "significant_progress"
    if ratio >= 0.60:
        return "moderate_progress"
    return "insufficient_progress" if ratio >= 0 else "movement_away"


# United Nations Statistics Division: SDG Progress Chart ------------------------------------------


def united_nations(course: Course) -> Judgement:
    """Trend: where the growth since 2015 leads by 2030, as a share of the way from the base."""
    if course.wants is None:
        return NO_DIRECTION
    base = _united_nations_base(course)
    if base is None:
        return TOO_FEW_POINTS
    growth = annual_growth(base, course.latest)
    if course.target is None:
        return Judgement(_progress_chart(course.sign * growth, 0.02, 0.005), 100 * growth)
    if course.reaches(course.latest[1]):
        return Judgement("met_or_on_track")
    if course.reaches(base[1]):
        return Judgement("stagnation_or_regression")
    expected = course.latest[1] * (1 + growth) ** (course.target_year - course.latest[0])
    share = (expected - base[1]) / (course.target - base[1])
    return Judgement(_progress_chart(share, 0.95, 0.10), share)


def _united_nations_base(course: Course) -> Point | None:
    """2015, else the first year after it, else the last before it that leaves two values."""
    earlier = course.points[:-1]
    after = [point for point in earlier if point[0] >= SDG_BASE_YEAR]
    if after:
        return after[0]
    return earlier[-1] if earlier else None


def _progress_chart(number: float, on_track: float, fair: float) -> str:
    if number >= on_track:
        return "met_or_on_track"
    return "fair_progress" if number >= fair else "stagnation_or_regression"


LEVELS = ("met_or_almost_met", "close", "moderate_distance", "far", "very_far")


def united_nations_level(value: float, cuts: tuple[float, float, float, float]) -> str:
    """Level: the five classes of the chart, best first, by four cuts set for each indicator.

    ``cuts`` run from the target towards the worst; a value at a cut belongs to the better class.
    """
    sign = 1 if cuts[0] > cuts[-1] else -1
    passed = sum(1 for cut in cuts if sign * (value - cut) < 0)
    return LEVELS[passed]


# SDSN: Sustainable Development Report ------------------------------------------------------------


@dataclass(frozen=True)
class Goalposts:
    """What the report sets for one of its own indicators."""

    worst: float  # score 0
    red: float  # worse than this: red
    green: float  # achieved from here on
    optimum: float  # score 100

    @property
    def sign(self) -> int:
        return 1 if self.optimum > self.worst else -1


def sdsn_score(value: float, posts: Goalposts) -> float:
    """The normalised score, 0 to 100."""
    score = 100 * (value - posts.worst) / (posts.optimum - posts.worst)
    return min(100.0, max(0.0, score))


def sdsn_light(value: float, posts: Goalposts) -> str:
    """The traffic light; yellow and orange share the way from green to red."""
    if posts.sign * (value - posts.green) >= 0:
        return "green"
    if posts.sign * (value - posts.red) < 0:
        return "red"
    middle = (posts.green + posts.red) / 2
    return "yellow" if posts.sign * (value - middle) >= 0 else "orange"


def sdsn_arrow(course: Course, posts: Goalposts | None, recent_years: int = 3) -> Judgement:
    """Recent linear change a year against the one needed from 2015 to 2030.

    Scores are linear in values, so that the ratio is the same for both. Without goalposts of the
    report our own target stands for the green threshold.
    """
    green = posts.green if posts else course.target
    if green is None:
        return NO_TARGET
    goal = Course(course.points, course.wants, green)
    base = goal.towards(SDG_BASE_YEAR)
    recent = goal.towards(goal.latest[0] - recent_years)
    if base is None or recent is None:
        return TOO_FEW_POINTS
    if goal.reaches(goal.latest[1]):
        return Judgement("on_track_or_maintaining")
    if goal.reaches(base[1]):
        return Judgement("decreasing")
    needed = (green - base[1]) / (SDG_TARGET_YEAR - base[0])
    ratio = (goal.latest[1] - recent[1]) / (goal.latest[0] - recent[0]) / needed
    return Judgement(_arrow(ratio), ratio)


def _arrow(ratio: float) -> str:
    if ratio >= 1:
        return "on_track_or_maintaining"
    if ratio >= 0.5:
        return "moderately_improving"
    return "stagnating" if ratio >= 0 else "decreasing"


# Germany: federal statistical office, indicator report --------------------------------------------


def german(course: Course) -> Judgement:
    """Weather: the way still missing in the target year if the last five changes go on."""
    if course.target is None:
        return NO_TARGET
    if course.reaches(course.latest[1]):
        return Judgement("sun")
    points = course.points[-6:]
    if len(points) < 2:
        return TOO_FEW_POINTS
    year, value = course.latest
    yearly = (value - points[0][1]) / (year - points[0][0])
    if course.sign * yearly <= 0:
        return Judgement("storm")
    reached = value + yearly * (course.target_year - year)
    missing = (course.target - reached) / (course.target - value)
    return Judgement(_weather(missing), missing)


def _weather(missing: float) -> str:
    if missing < 0.05:
        return "sun"
    return "partly_cloudy" if missing <= 0.20 else "cloudy"


# ESCAP: Asia and the Pacific SDG Progress Report --------------------------------------------------


@dataclass(frozen=True)
class CurrentStatus:
    """The current status index and where the year asks it to be; 0 to 10 over the whole way."""

    index: float
    expected: float


def escap_status(course: Course) -> CurrentStatus | None:
    """How much of the way from the base (2015) to the target is done. None: it has no length."""
    base = course.towards(SDG_BASE_YEAR)
    if course.target is None or base is None or course.reaches(base[1]):
        return None
    done = course.sign * (course.latest[1] - base[1]) / abs(course.target - base[1])
    time = (course.latest[0] - base[0]) / (course.target_year - base[0])
    return CurrentStatus(10 * done, 10 * time)


def escap(course: Course) -> Judgement:
    """Anticipated progress: the gap predicted for 2030 in percent of the way from the base."""
    if course.target is None:
        return NO_TARGET
    base = course.towards(SDG_BASE_YEAR)
    if base is None:
        return TOO_FEW_POINTS
    if course.reaches(course.latest[1]):
        return Judgement("maintain", 0)
    predicted = weighted_prediction(course.points, course.target_year)
    if course.reaches(predicted):
        return Judgement("maintain", 0)
    if course.reaches(base[1]):
        return Judgement("reverse")
    gap = 100 * abs(course.target - predicted) / abs(course.target - base[1])
    return Judgement(_anticipated(gap), gap)


def _anticipated(gap: float) -> str:
    if gap <= 10:
        return "maintain"
    return "accelerate" if gap <= 100 else "reverse"


def weighted_prediction(points: tuple[Point, ...], year: int) -> float:
    """A straight line through the points since 2000, weighted 1, 2, … n from the oldest on."""
    used = [point for point in points if point[0] >= 2000]
    weighted = list(enumerate(used, start=1))
    total = sum(weight for weight, _ in weighted)
    mean_year = sum(weight * at for weight, (at, _) in weighted) / total
    mean_value = sum(weight * value for weight, (_, value) in weighted) / total
    spread = sum(weight * (at - mean_year) ** 2 for weight, (at, _) in weighted)
    slope = (
        sum(weight * (at - mean_year) * (value - mean_value) for weight, (at, value) in weighted)
        / spread
    )
    return mean_value + slope * (year - mean_year)
