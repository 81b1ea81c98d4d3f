"""All localities against the target lines: a chart that is its own table.

Each row holds name, value, the dot on the common scale and the result in words; the drawing is
hidden from screen readers, which read the same in the other cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from dashboard.address import BY_REGION, NATION, View
from dashboard.components.aria import aria
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_symbol
from dashboard.figures import bullet, dots
from dashboard.figures.bullet import Scale
from dashboard.queries import Row
from dashboard.sentences import condition, in_unit, number, shown_word
from dashboard.standing import Standing
from dashboard.texts import Words

_FLOOR: Final = 1.05  # height of the name of a target line, in rem
_INNER: Final = 38.0  # a name nearer to an end than this share of the scale points away from it
_MANY: Final = 45  # rows beyond which they stand closer together on paper


@dataclass(frozen=True)
class DotPlot:
    """What is drawn and the words to use.

    Attributes:
        standing: all localities.
        families: names of the source families.
        regions: names of the regions by identity.
        view: what is looked at; ``order`` says how the rows stand.
        words: the texts of one language.
    """

    standing: Standing
    families: Mapping[str, str]
    regions: Mapping[str, str]
    view: View
    words: Words

    @property
    def ends(self) -> Scale:
        """The scale of all rows."""
        drawn = self.standing.drawn
        levels = [*self.standing.levels, *self._own_levels(drawn)]
        asked = [row[name] for row in levels for name in ("target_value", "target_upper")]
        values = [row["latest_published"] for row in drawn]
        return dots.scale(value for value in [*values, *asked] if value is not None)

    def _own_levels(self, rows: Sequence[Row]) -> list[Row]:
        return [one for row in rows for one in self.standing.own_levels(row)]

    @property
    def is_all_unverified(self) -> bool:
        """Whether no result is checked against its act: said once, not in every row."""
        return all(row["is_unverified"] for row in self.standing.drawn)

    @property
    def main_family(self) -> str:
        """The kind of source of most of the figures."""
        found = [str(row["source_family"]) for row in self.standing.drawn]
        return max(sorted(set(found)), key=found.count)


def place_address(row: Row, view: View) -> str:
    """The page of the target in a locality."""
    return view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"])


def shown_value(row: Row, words: Words) -> str:
    """The latest value as published, in its unit."""
    return in_unit("unit", row["latest_published"], row["decimals"] or 0, row, words)


def dot_plot(plot: DotPlot) -> html.Div:
    """The rows under a head that names the target lines and the ends of the scale."""
    words, ends = plot.words, plot.ends
    year = plot.standing.provinces[0]["milestone_year"]
    heads = [
        html.Th(words("standing.place"), scope="col"),
        html.Th(words("standing.value"), scope="col", className="number"),
        html.Th(_axis(plot, ends), scope="col", className="dots-axis"),
        html.Th(words("standing.result", year=year), scope="col", className="dots-result"),
    ]
    name = words("standing")
    table = html.Table(
        [
            html.Caption(name, className="hidden"),
            html.Thead(html.Tr(heads)),
            *(html.Tbody(_group(region, rows, plot, ends)) for region, rows in _groups(plot)),
        ],
        className="dots-table" + (" many" if len(plot.standing.drawn) > _MANY else ""),
    )
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=name))


def _groups(plot: DotPlot) -> list[tuple[str, list[Row]]]:
    """Rows under the names of their regions, or all of them under none."""
    found, words = plot.standing, plot.words
    if plot.view.groups != BY_REGION:
        return [("", found.drawn)]
    return [
        ("" if region is None else plot.regions.get(region, words("standing.no_region")), rows)
        for region, rows in found.drawn_by_region
    ]


def _group(region: str, rows: Sequence[Row], plot: DotPlot, ends: Scale) -> list[html.Tr]:
    head = html.Th(region, colSpan=4, scope="rowgroup", className="dots-region")
    return [*([html.Tr([head])] if region else []), *(_row(row, plot, ends) for row in rows)]


# The head ---------------------------------------------------------------------------------------


def _axis(plot: DotPlot, ends: Scale) -> html.Div:
    """The names of the target lines, each on a floor of its own, and the ends of the scale."""
    words, first = plot.words, plot.standing.drawn[0]
    low, high = (number(end, first["decimals"] or 0, words) for end in ends)
    ticks = bullet.ticks(plot.standing.levels, ends)
    names = [part for floor, tick in enumerate(ticks) for part in _line_name(tick, floor, words)]
    span = [html.Span(low, className="axis-low"), html.Span(high, className="axis-high")]
    told = html.Span(words("standing.axis", low=low, high=high), className="hidden")
    drawing = html.Div(
        [*names, *span],
        className="axis-names",
        style={"height": f"{(len(ticks) + 1) * _FLOOR}rem"},
        **aria(hidden="true"),
    )
    return html.Div([told, drawing])


def _line_name(tick: bullet.Tick, floor: int, words: Words) -> list[html.Span]:
    """``Mốc 2030: ≤ 109`` and the line from it down to the rows."""
    years = ", ".join(str(row["milestone_year"]) for row in tick.milestones)
    asked = " / ".join(dict.fromkeys(condition(row, words) for row in tick.milestones))
    name = f"{words('figure.milestone', years=years)}: {asked}"
    at = tick.position
    side = "start" if at < _INNER else "end" if at > 100 - _INNER else "middle"
    top, left = f"{floor * _FLOOR}rem", f"{at}%"
    return [
        html.Span(name, className=f"axis-name side-{side}", style={"top": top, "left": left}),
        html.Span(className="axis-lead", style={"top": f"{(floor + 1) * _FLOOR}rem", "left": left}),
    ]


# A row ------------------------------------------------------------------------------------------


def _row(row: Row, plot: DotPlot, ends: Scale) -> html.Tr:
    words, view = plot.words, plot.view
    is_here = row["locality_id"] == view.locality and row["locality_id"] != NATION
    classes = [f"level-{row['level']}", *(["chosen"] if is_here else [])]
    link = html.A(words.pick(row, "locality"), href=place_address(row, view))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(_value(row, plot), className="number"),
            html.Td(_drawing(row, plot, ends), className="dots-drawing"),
            html.Td(_result(row, plot), className="dots-result"),
        ],
        className=" ".join(classes),
    )


def _value(row: Row, plot: DotPlot) -> list[Any]:
    text = shown_value(row, plot.words)
    observation_id = row["latest_observation_id"]
    value = trace_link(text, observation_id, plot.view) if observation_id else text
    other_year = row["latest_year"] != plot.standing.common_year
    year = [html.Span(f" ({row['latest_year']})", className="aside")] if other_year else []
    return [value, *year]


def _result(row: Row, plot: DotPlot) -> list[Any]:
    """The verdict in words, and what sets this row apart from the others."""
    words = plot.words
    told = []
    own = plot.standing.own_levels(row)
    if own:
        levels = ", ".join(
            words("register.milestone", year=one["milestone_year"], condition=condition(one, words))
            for one in own
        )
        told.append(words("standing.own_level", levels=levels))
    family = str(row["source_family"])
    if family != plot.main_family:
        told.append(plot.families.get(family, family))
    starred = row["is_unverified"] and not plot.is_all_unverified
    star = [html.Span("*", title=words("unverified"))] if starred else []
    aside = [html.Span(f" {', '.join(told)}", className="aside")] if told else []
    return [words(f"verdict.{row['shown']}"), *star, *aside]


def _drawing(row: Row, plot: DotPlot, ends: Scale) -> html.Div:
    """The target lines, which run through all rows, the locality's own ones, and the dot."""
    words = plot.words
    shown_year = plot.standing.provinces[0]["milestone_year"]
    lines = [_line(tick, "line", shown_year) for tick in bullet.ticks(plot.standing.levels, ends)]
    lines += [
        _line(tick, "own-line", shown_year)
        for tick in bullet.ticks(plot.standing.own_levels(row), ends)
    ]
    told = words(
        "standing.dot",
        place=words.pick(row, "locality"),
        value=shown_value(row, words),
        year=row["latest_year"],
        verdict=shown_word(row, words),
    )
    dot = html.A(
        verdict_symbol(row["shown"]),
        href=place_address(row, plot.view),
        title=told,
        tabIndex=-1,
        className="dot",
        style={"left": f"{bullet.position(row['latest_published'], ends)}%"},
    )
    return html.Div([*lines, dot], className="dots-scale", **aria(hidden="true"))


def _line(tick: bullet.Tick, kind: str, shown_year: int) -> html.Span:
    is_shown = any(row["milestone_year"] == shown_year for row in tick.milestones)
    return html.Span(
        className=kind if is_shown else f"{kind} line-ahead", style={"left": f"{tick.position}%"}
    )
