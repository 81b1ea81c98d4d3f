"""What stands around every page: name, navigation, filters, release; all follow the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import delivery, provinces, queries
from dashboard.address import (
    ALL_LOCALITIES,
    GEOGRAPHIES,
    LANGUAGES,
    LONGEST_SEARCH,
    NATION,
    View,
)
from dashboard.components.aria import aria
from dashboard.components.hints import hints, hints_button
from dashboard.components.in_each_language import in_each_language
from dashboard.components.page_tools import page_tools
from dashboard.components.segments import SEARCHABLE, segments
from dashboard.components.series import group_name
from dashboard.components.theme_button import theme_button
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.texts import Words
from dashboard.theme import MANTINE_THEME
from indicators.numbers import format_date

# Each language in its own words, for those who do not know its code.
_LANGUAGE_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}

# Filters that the select of targets serves, one of them on a page.
_SUBJECTS: Final = frozenset({"target", "mapped"})
SEARCH_PAUSE: Final = 250  # milliseconds without typing after which the address follows

MAIN: Final = "main"  # id of what holds the page

# Components whose properties follow the view, as (component, property); see ``surroundings``.
FOLLOWING: Final = (
    ("skip", "children"),
    ("navigation", "children"),
    ("banner", "children"),
    ("choices", "children"),
    ("footer", "children"),
    ("locality", "data"),
    ("locality", "value"),
    ("locality", "label"),
    ("locality", "nothingFoundMessage"),
    ("target", "data"),
    ("target", "value"),
    ("target", "label"),
    ("target", "nothingFoundMessage"),
    ("target", "className"),
    ("search", "value"),
    ("search", "label"),
    ("search", "placeholder"),
    ("search", "className"),
    ("tools", "children"),
    ("view", "data"),
)


def shell() -> dmc.MantineProvider:
    """The layout of the application; everything in it is filled when the address is read."""
    select = {**SEARCHABLE, "allowDeselect": False, "clearSearchOnFocus": True}
    return dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="view"),
            html.A("Đến nội dung chính", id="skip", href="#main", className="skip"),
            html.Header(
                [
                    html.Div(
                        [html.Div(id="navigation", className="navigation"), theme_button()],
                        className="headline",
                    ),
                    html.Div(id="banner", className="banner"),
                    html.Div(
                        [
                            dmc.Select(id="locality", className="filter-locality", **select),
                            dmc.Select(id="target", className="filter-target", **select),
                            dmc.TextInput(
                                id="search",
                                className="filter-search hidden",
                                debounce=SEARCH_PAUSE,
                                attributes={
                                    "input": {"type": "search", "maxLength": LONGEST_SEARCH}
                                },
                            ),
                            html.Div(id="choices", className="choices"),
                            html.Div(id="tools", className="tools"),
                        ],
                        className="filters",
                    ),
                ],
                className="top",
            ),
            hints(),
            html.Main(id=MAIN, tabIndex=-1),
            html.Div(in_each_language("loading"), className="skeleton"),
            html.Footer([html.Div(id="footer"), hints_button()]),
        ],
        theme=MANTINE_THEME,
        defaultColorScheme="auto",  # as ``early_theme.js`` decides, which asks the same two
    )


def surroundings(
    release: Release | None,
    view: View,
    filters: tuple[str, ...],
    pages: Mapping[str, str],
    files: Mapping[str, str],
) -> list[Any]:
    """Values of ``FOLLOWING`` for one view, in that order.

    Args:
        release: the release in force; None when there is none.
        view: what the address asks for, with the shown target filled in.
        filters: which filters the page has.
        pages: path and key of every page, for the navigation.
        files: kind and address of the files that the page offers.
    """
    words = Words(view.language)
    nothing = words("filter.nothing")
    subjects = _subject_options(release, view, filters, words)
    return [
        words("skip"),
        _navigation(release, view, pages, words),
        _banner(release, words),
        _choices(release, view, filters, words),
        _footer(release, words),
        _locality_options(release, view, words),
        view.locality,
        words("filter.locality"),
        nothing,
        subjects,
        view.target or None,
        words("filter.mapped" if "mapped" in filters else "filter.target"),
        nothing,
        "filter-target" if _SUBJECTS.intersection(filters) else "filter-target hidden",
        view.search,
        words("filter.search"),
        words("filter.search.example"),
        f"filter-search{'' if 'search' in filters else ' hidden'}",
        page_tools(files, words),
        _shown_view(view, words, pages),
    ]


def _shown_view(view: View, words: Words, pages: Mapping[str, str]) -> dict[str, Any]:
    """The view for the browser: what is shown, and the defaults that addresses leave out."""
    page = pages.get(view.path)
    title = f"{words(page)} · {words('product')}" if page else words("product")
    return {**asdict(view), "title": title, "defaults": asdict(View())}


def _navigation(
    release: Release | None, view: View, pages: Mapping[str, str], words: Words
) -> list[Any]:
    links = [
        html.A(
            words(key),
            href=view.at(path=path, target="", year=""),
            className="page-link",
            **(aria(current="page") if path == view.path else {}),
        )
        for path, key in pages.items()
    ]
    languages = [
        html.A(
            language.upper(),
            href=view.at(language=language),
            title=_LANGUAGE_NAMES[language],
            lang=language,
            hrefLang=language,
            className="language",
            **(aria(current="true") if language == view.language else {}),
        )
        for language in LANGUAGES
    ]
    date = [html.Span(_release_date(release, words), className="release")] if release else []
    return [
        html.Span(words("product"), className="product"),
        html.Nav(links, **aria(label=words("pages"))),
        html.Div([*date, html.Nav(languages, **aria(label=words("language")))], className="far"),
    ]


def _choices(
    release: Release | None, view: View, filters: tuple[str, ...], words: Words
) -> list[html.Div]:
    if release is None:
        return []
    choices = []
    # A statistic without a target has no milestone.
    has_milestone = "mapped" not in filters or queries.target(release, view.target) is not None
    if "milestone" in filters and has_milestone:
        links = {str(year): view.at(milestone=year) for year in queries.milestones(release)}
        choices.append(segments("filter.milestone", links, str(view.milestone), words))
    if "period" in filters:
        today = delivery.day_of_looking(release)
        periods = delivery.periods(release, today)
        named = {period: delivery.period_name(period, words) for period in periods}
        links = {named[period]: view.at(period=period) for period in periods}
        shown = delivery.shown_period(release, view, today)
        choices.append(segments("filter.period", links, named.get(shown, ""), words))
    if "group" in filters:
        choices += _groups(release, view, words)
    if "year" in filters:
        years, shown_year = provinces.years(release, view) or ([], "")
        links = {str(year): view.at(year=str(year)) for year in years}
        chosen = str(shown_year)
        choices += [segments("filter.year", links, chosen, words)] if links else []
    if "geography" in filters:
        # A province belongs to one geography: switching leaves it for the nation.
        locality = NATION if "@" in view.locality else view.locality
        links = {
            words(f"geography.{code}"): _in_geography(view, locality, code) for code in GEOGRAPHIES
        }
        chosen = words(f"geography.{view.geography}")
        choices.append(segments("filter.geography", links, chosen, words))
    return choices


def _groups(release: Release, view: View, words: Words) -> list[html.Div]:
    """Whose figures the map shows, where there are several."""
    codes, shown = provinces.groups(release, view)
    if len(codes) < 2:
        return []
    names = queries.code_names(release, words.language)
    named = {code: group_name(code, names, words) for code in codes}
    links = {named[code]: view.at(group=code, year="") for code in codes}
    return [segments("filter.group", links, named[shown], words)]


def _in_geography(view: View, locality: str, code: str) -> str:
    """The view on other boundaries, without the localities that belong to these."""
    others = tuple(one for one in view.exploration.others if "@" not in one)
    exploration = replace(view.exploration, others=others)
    return replace(view, locality=locality, exploration=exploration).at(geography=code)


def _locality_options(release: Release | None, view: View, words: Words) -> list[dict[str, str]]:
    if release is None:
        return []
    rows = list(queries.localities(release, view.geography).iter_rows(named=True))
    options = [{"value": str(row["locality_id"]), "label": words.pick(row, "name")} for row in rows]
    options.insert(1, {"value": ALL_LOCALITIES, "label": words("all_localities")})
    if view.locality not in {option["value"] for option in options}:
        named = queries.locality(release, view.locality)
        label = words.pick(named, "name") if named else view.locality
        options.append({"value": view.locality, "label": label})
    return options


def _subject_options(
    release: Release | None, view: View, filters: tuple[str, ...], words: Words
) -> list[dict[str, Any]]:
    if release is not None and "target" in filters:
        return _target_options(release, view, words)
    if release is not None and "mapped" in filters:
        return _mapped_options(release, view, words)
    return []


def _mapped_options(release: Release, view: View, words: Words) -> list[dict[str, Any]]:
    """What the map can show, under headings: targets with figures, other statistics, the rest."""
    targets = [
        (row["covered"], str(row["target_id"]), f"{row['short_code']} {words.pick(row, 'name')}")
        for row in provinces.targets(release, view.milestone, view.geography).iter_rows(named=True)
    ]
    indicators = [
        (row["covered"], str(row["indicator_id"]), words.pick(row, "name"))
        for row in provinces.indicators(release, view.geography).iter_rows(named=True)
    ]
    groups = {
        "mapped.targets": [option for option in targets if option[0]],
        "mapped.indicators": indicators,
        "mapped.silent": [option for option in targets if not option[0]],
    }
    return [
        {
            "group": words(heading),
            "items": [{"value": value, "label": label} for _, value, label in options],
        }
        for heading, options in groups.items()
        if options
    ]


def _target_options(release: Release, view: View, words: Words) -> list[dict[str, Any]]:
    locality = NATION if view.locality == ALL_LOCALITIES else view.locality
    rows: list[Row] = list(queries.assessed_targets(release, locality).iter_rows(named=True))
    options = [
        {
            "value": str(row["target_id"]),
            "label": f"{row['short_code']} {words.pick(row, 'name')}",
        }
        for row in rows
    ]
    if view.target and view.target not in {option["value"] for option in options}:
        named = queries.target(release, view.target)
        label = f"{named['short_code']} {words.pick(named, 'name')}" if named else view.target
        options.append({"value": view.target, "label": label})
    return options


def _release_date(release: Release, words: Words) -> str:
    info = queries.info(release)
    if info["as_of_day"] is not None:
        return words("release_as_of", date=format_date(info["as_of_day"], words.language))
    return words("release_of", date=format_date(info["created_at"].date(), words.language))


def _banner(release: Release | None, words: Words) -> list[html.P]:
    """Over every page when what is shown is not the release in force."""
    if release is None or not release.is_pinned:
        return []
    info = queries.info(release)
    day = info["as_of_day"]
    if day is not None:
        shown = format_date(day, words.language)
        return [html.P(words("banner.as_of", date=shown, run=info["run_id"]))]
    shown = format_date(info["created_at"].date(), words.language)
    return [html.P(words("banner.chosen", date=shown))]


def _footer(release: Release | None, words: Words) -> str:
    if release is None:
        return words("product_long")
    info = queries.info(release)
    return (
        words("product_long")
        + ". "
        + words(
            "release_footer",
            id=info["release_id"],
            date=format_date(info["created_at"].date(), words.language),
            method=info["method_version"],
            year=info["as_of_year"],
        )
    )
