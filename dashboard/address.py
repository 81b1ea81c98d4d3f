"""The address holds the whole view: what a link opens is what its sender saw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from dashboard.exploration.choice import DEFAULT, Exploration, read_exploration, written

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

NATION = "VN"
ALL_LOCALITIES = "ALL"
GEOGRAPHIES = ("2025", "2004")  # 34 provinces since 01/07/2025, 63 until 30/06/2025
BY_REGION = "vung"  # localities under the names of their regions
READABLE = "@:,"  # signs that an address may hold as they are
LONGEST_SEARCH = 100  # characters; more is no question to a catalogue


@dataclass(frozen=True)
class View:
    """What is asked for; the defaults are left out of the address."""

    path: str = "/"
    locality: str = NATION
    target: str = ""
    milestone: int = 2025
    geography: str = "2025"
    period: str = ""  # reporting period; empty: the last that has fallen due
    year: str = ""  # of the figures on the map; empty: the latest that most provinces have
    group: str = ""  # sex, age and breakdown on the map; empty: the whole where there is one
    delivery: str = ""  # status of the reports to list; empty: all that ask for action
    rule: str = ""  # code of the check whose findings are listed
    peers: str = ""  # identities of localities to compare with, ","-separated
    search: str = ""  # what is looked for in the catalogue
    entry: str = ""  # the entry of the catalogue that is open
    observation: str = ""  # the figure that is traced
    verdict: str = ""  # result whose targets are listed; empty: what needs attention
    order: str = ""  # of the rows of the matrix; empty: by code
    groups: str = ""  # of the localities that are listed; empty: none
    exploration: Exploration = DEFAULT  # what the page Khám phá shows
    language: Language = "vi"

    def at(self, **changes: Any) -> str:
        """The address of this view with some parts changed.

        What only one page knows stays behind when another page is asked for.
        """
        view = replace(self, **changes)
        if view.path != self.path:
            left = {field: getattr(_DEFAULT, field) for field in _OF_ONE_PAGE}
            view = replace(view, **{**left, **changes})
        if "@" in view.locality:  # the identity of a province names its geography
            view = replace(view, geography=GEOGRAPHIES[0])
        asked = {
            parameter: str(getattr(view, field))
            for field, parameter in PARAMETERS.items()
            if getattr(view, field) != getattr(_DEFAULT, field)
        } | written(view.exploration)
        return view.path + (f"?{urlencode(asked, safe=READABLE)}" if asked else "")

    def exploring(self, **changes: Any) -> str:
        """The address of this view with some parts of its exploration changed."""
        return self.at(exploration=replace(self.exploration, **changes))


# Field of the view and its name in the query string.
PARAMETERS = {
    "target": "target",
    "locality": "locality",
    "milestone": "milestone",
    "geography": "geography",
    "period": "period",
    "year": "nam",
    "group": "nhom",
    "delivery": "status",
    "rule": "quy-tac",
    "peers": "peers",
    "search": "q",
    "entry": "entry",
    "observation": "obs",
    "verdict": "verdict",
    "order": "xep",
    "groups": "gom",
    "language": "lang",
}
_OF_ONE_PAGE = (
    "group",
    "rule",
    "search",
    "entry",
    "observation",
    "verdict",
    "order",
    "groups",
    "exploration",
)
_DEFAULT = View()


def read_address(pathname: str | None, search: str | None) -> View:
    """Read a view from an address; a value that means nothing falls back to the default."""
    asked = dict(parse_qsl((search or "").removeprefix("?")))
    locality = asked.get("locality", _DEFAULT.locality)
    geography = locality.rpartition("@")[2] if "@" in locality else asked.get("geography")
    milestone = asked.get("milestone", "")
    return View(
        path=pathname or _DEFAULT.path,
        locality=locality,
        target=asked.get("target", _DEFAULT.target),
        milestone=int(milestone) if _is_year(milestone) else _DEFAULT.milestone,
        geography=geography if geography in GEOGRAPHIES else _DEFAULT.geography,
        period=asked.get("period", _DEFAULT.period),
        year=asked.get("nam", _DEFAULT.year),
        group=asked.get("nhom", _DEFAULT.group),
        delivery=asked.get("status", _DEFAULT.delivery),
        rule=asked.get("quy-tac", _DEFAULT.rule),
        peers=asked.get("peers", _DEFAULT.peers),
        search=asked.get("q", _DEFAULT.search)[:LONGEST_SEARCH],
        entry=asked.get("entry", _DEFAULT.entry),
        observation=asked.get("obs", _DEFAULT.observation),
        verdict=asked.get("verdict", _DEFAULT.verdict),
        order=asked.get("xep", _DEFAULT.order),
        groups=asked.get("gom", _DEFAULT.groups),
        exploration=read_exploration(asked),
        language="en" if asked.get("lang") == "en" else _DEFAULT.language,
    )


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()
