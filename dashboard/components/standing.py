"""What is said of all localities under one target: who misses, how they spread, who is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html

from dashboard.address import View
from dashboard.components.aria import aria
from dashboard.components.dot_plot import DotPlot, place_address, shown_value
from dashboard.components.trace_link import Traced, trace_link, with_traces
from dashboard.components.verdict import verdict_mark, verdict_symbol
from dashboard.figures import bullet, dots
from dashboard.queries import Row
from dashboard.sentences import condition, gap_phrase, number
from dashboard.standing import Standing, silent_by_reason
from dashboard.texts import Words
from indicators.tables import Verdict, VerdictReason

SHOWN_AT_ONCE: Final = 16  # provinces that miss; the rest is folded
_SLOTS: Final = 36  # piles of the distribution side by side


# The first sentence -----------------------------------------------------------------------------


def answer(found: Standing, view: View, words: Words) -> list[str | html.A]:
    """Which provinces miss the level, how many of how many, and the furthest with its gap."""
    text, traced = _answer(found, words)
    silent = len(found.silent)
    rest = words.counted("standing.silent_count", silent) if silent and found.judged else ""
    return with_traces(f"{text} {rest}".strip(), traced, view)


def _answer(found: Standing, words: Words) -> tuple[str, list[Traced]]:
    first = found.provinces[0]
    year, missed, judged = first["milestone_year"], found.missed, found.judged
    if not judged:
        ended = VerdictReason.LOCALITY_ABOLISHED
        is_former = any(row["verdict_reason"] == ended for row in found.ranked)
        key = "standing.former_open" if is_former else "standing.none"
        return words(key, year=year), []
    asked = _asked(found, words)
    total = number(len(judged), 0, words)
    if not missed:
        return words.counted("standing.all_met", len(judged), year=year, condition=asked), []
    near = sum(row["shown"] == Verdict.NEAR for row in missed)
    told = {
        "missed": number(len(missed), 0, words),
        "total": total,
        "year": year,
        "condition": asked,
        "near": words("standing.near", count=number(near, 0, words)) if near else "",
    }
    worst = missed[0]
    kind = "ahead" if first["milestone_state"] == "open" else "missed"
    gap = gap_phrase(worst, words)
    if worst["latest_published"] is None or not gap:
        return words(f"standing.{kind}_parts", **told), []
    place, value = words.pick(worst, "locality"), shown_value(worst, words)
    text = words(f"standing.{kind}", **told, place=place, value=value, gap=gap)
    return text, [Traced(f"{place} {value}", value, worst["latest_observation_id"])]


def _asked(found: Standing, words: Words) -> str:
    """What most provinces are asked for at the milestone."""
    year = found.provinces[0]["milestone_year"]
    common = next((row for row in found.levels if row["milestone_year"] == year), None)
    return words("condition.none") if common is None else condition(common, words)


def rank(found: Standing, locality_id: str, words: Words) -> list[html.P]:
    """Where a province stands among the others; localities with one value share a rank."""
    best_first = found.ranked if found.must_fall else found.ranked[::-1]
    values = [row["latest_published"] for row in best_first]
    own = [row["latest_published"] for row in best_first if row["locality_id"] == locality_id]
    if not own or len(values) < 2:
        return []
    place = number(values.index(own[0]) + 1, 0, words)
    text = words("standing.rank", rank=place, total=number(len(values), 0, words))
    return [html.P(text, className="note")]


# Who misses -------------------------------------------------------------------------------------


def missed_list(found: Standing, view: View, words: Words) -> list[Any]:
    """Every province that misses: name, value, gap in whole units; the widest gap first."""
    missed = found.missed
    if not missed:
        return []
    first = missed[0]
    kind = "ahead_list" if first["milestone_state"] == "open" else "missed_list"
    items = [html.Li(_missed(row, view, words)) for row in missed]
    shown = html.Ol(items[:SHOWN_AT_ONCE], className="missed-list")
    return [
        html.H2(words(f"standing.{kind}", year=first["milestone_year"])),
        html.P(words("standing.missed_note"), className="note"),
        shown,
        *_folded(items[SHOWN_AT_ONCE:], words),
    ]


def _folded(items: Sequence[html.Li], words: Words) -> list[html.Details]:
    """The rest of a long list, whose numbers go on."""
    if not items:
        return []
    summary = html.Summary(words("standing.missed_more", count=number(len(items), 0, words)))
    rest = html.Ol(list(items), className="missed-list", start=str(SHOWN_AT_ONCE + 1))
    return [html.Details([summary, rest], className="missed-rest")]


def _missed(row: Row, view: View, words: Words) -> list[Any]:
    name = html.A(words.pick(row, "locality"), href=place_address(row, view))
    told: list[Any] = [verdict_symbol(row["shown"]), html.Span(name, className="missed-name"), " "]
    if row["latest_published"] is not None:
        value, observation_id = shown_value(row, words), row["latest_observation_id"]
        linked = trace_link(value, observation_id, view) if observation_id else value
        told += [html.Span(linked, className="missed-value"), " "]
    word = html.Span(f"{words('verdict.' + row['shown'])}: ", className="hidden")
    return [*told, html.Span([word, gap_phrase(row, words)], className="aside")]


def met_list(found: Standing, view: View, words: Words) -> list[html.P]:
    """The provinces that are at the level: where no chart shows them."""
    rows = found.met
    if not rows:
        return []
    mark = verdict_mark(Verdict.MET, words)
    return [html.P([mark, ": ", *_names(rows, view, words)], className="met-list")]


# Distribution -----------------------------------------------------------------------------------


def distribution(plot: DotPlot) -> list[Any]:
    """Results at each milestone, the extremes and the middle by rank, and the dots piled up."""
    found, words = plot.standing, plot.words
    years = sorted({row["milestone_year"] for rows in found.ahead.values() for row in rows})
    counted = [html.P(_counted(found, year, words)) for year in years if found.counted(year)]
    spread = _spread(plot) if len(found.ranked) > 1 else []
    return [html.H2(words("standing.distribution")), *counted, *spread]


def _counted(found: Standing, year: int, words: Words) -> str:
    told = [
        words(
            "standing.counted",
            count=number(count, 0, words),
            verdict=words(f"verdict.{verdict}"),
        )
        for verdict, count in found.counted(year)
    ]
    asked = next((row for row in found.levels if row["milestone_year"] == year), None)
    if asked is None:
        return words("standing.milestone_own", year=year, counts=", ".join(told))
    return words(
        "standing.milestone", year=year, condition=condition(asked, words), counts=", ".join(told)
    )


def _spread(plot: DotPlot) -> list[Any]:
    found, view, words = plot.standing, plot.view, plot.words
    ranked = found.ranked
    named = [("low", ranked[:1]), ("middle", found.middle), ("high", ranked[-1:])]
    items = []
    for key, rows in named:
        places: list[Any] = []
        for row in rows:
            value, observation_id = shown_value(row, words), row["latest_observation_id"]
            link = trace_link(value, observation_id, view) if observation_id else value
            places += [words.pick(row, "locality"), " ", link, "; "]
        items.append(html.Li([html.Span(words(f"standing.{key}")), ": ", *places[:-1]]))
    return [
        _piles(plot),
        html.Ul(items, className="spread"),
        html.P(words("standing.middle_note"), className="note"),
    ]


def _piles(plot: DotPlot) -> html.Div:
    ends, ranked = plot.ends, plot.standing.ranked
    positions = [bullet.position(row["latest_published"], ends) for row in ranked]
    placed = dots.stacked(positions, _SLOTS)
    height = max(floor for _, floor in placed) + 1
    lines = [
        html.Span(className="line", style={"left": f"{tick.position}%"})
        for tick in bullet.ticks(plot.standing.levels, ends)
    ]
    marks = [
        html.Span(
            verdict_symbol(row["shown"]),
            className="pile-dot" + (" here" if row["locality_id"] == plot.view.locality else ""),
            style={"left": f"{left}%", "bottom": f"{floor * 10}px"},
        )
        for row, (left, floor) in zip(ranked, placed, strict=True)
    ]
    return html.Div(
        [*lines, *marks],
        className="piles",
        style={"height": f"{height * 10 + 4}px"},
        **aria(hidden="true"),
    )


# Of whom nothing is known -----------------------------------------------------------------------


def silent_list(
    found: Standing, received: Mapping[str, str], period: str, view: View, words: Words
) -> list[Any]:
    """Provinces without figures under the reason and what to do about it."""
    by_reason = silent_by_reason(found, received)
    if not by_reason:
        return []
    items = [
        html.Li(
            [words(f"standing.silent.{reason}", period=period), ": ", *_names(rows, view, words)]
        )
        for reason, rows in by_reason.items()
    ]
    delivery = html.A(words("standing.delivery"), href=view.at(path="/nop-bao-cao", target=""))
    return [
        html.H2(words("standing.silent")),
        html.Ul(items, className="silent-list"),
        html.P(delivery, className="no-print"),
    ]


def _names(rows: Sequence[Row], view: View, words: Words) -> list[Any]:
    names: list[Any] = []
    for row in rows:
        link = html.A(words.pick(row, "locality"), href=place_address(row, view))
        names += [link, ", "]
    return [*names[:-1], "."]
