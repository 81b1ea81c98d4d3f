"""What a reader of *Khám phá* asks for, as the address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CHARTS: Final = ("lines", "bars", "dots", "scatter", "panels", "ranks")
GAPS: Final = ("none", "points", "ratio", "shaded")
DIMENSIONS: Final = ("place", "year", "sex", "group", "indicator")
TABLES: Final = ("pivot", "list")

EVERY_PROVINCE: Final = "ALL"
EVERY_REGION: Final = "REGIONS"
NOBODY: Final = "-"  # among ``others``: the chosen locality stands alone


@dataclass(frozen=True)
class Exploration:
    """What is asked for; what is empty is left to the release, see ``selection``."""

    indicators: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # localities beside the chosen one
    sexes: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # source family and definition, as "SURVEY:STD"
    first: str = ""
    last: str = ""
    chart: str = CHARTS[0]
    gap: str = GAPS[0]
    rows: str = "place"
    columns: str = "year"
    table: str = TABLES[0]


# Field of the exploration and its name in the query string.
PARAMETERS: Final = {
    "indicators": "ind",
    "others": "with",
    "sexes": "sex",
    "ages": "age",
    "groups": "group",
    "sources": "source",
    "first": "from",
    "last": "to",
    "chart": "chart",
    "gap": "gap",
    "rows": "rows",
    "columns": "cols",
    "table": "table",
}
DEFAULT: Final = Exploration()


def read_exploration(asked: Mapping[str, str]) -> Exploration:
    """The exploration of a query string; the release decides later which values mean something."""
    found: dict[str, str | tuple[str, ...]] = {}
    for field, parameter in PARAMETERS.items():
        text = asked.get(parameter, "")
        if isinstance(getattr(DEFAULT, field), tuple):
            found[field] = tuple(dict.fromkeys(part for part in text.split(",") if part))
        elif text:
            found[field] = text
    return Exploration(**found)  # type: ignore[arg-type]


def written(exploration: Exploration) -> dict[str, str]:
    """The parameters of an exploration that differ from the default."""
    values = {
        parameter: getattr(exploration, field)
        for field, parameter in PARAMETERS.items()
        if getattr(exploration, field) != getattr(DEFAULT, field)
    }
    return {
        parameter: ",".join(value) if isinstance(value, tuple) else value
        for parameter, value in values.items()
    }
