"""The trend of one target in one locality: figures, milestones, base and projection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any, Final

import polars as pl

from dashboard.figures.milestones import MARGIN, milestone_lines, milestone_names
from dashboard.queries import Row
from dashboard.sentences import counts_phrase, number
from dashboard.texts import Words
from dashboard.theme import (
    COLOURS,
    OTHER_SERIES,
    figure_layout,
    mark_synthetic,
    translucent,
)

Figure = dict[str, Any]

_HOLLOW_STATUSES = ("P", "E")
_BREAK = "B"
_REBUILT = ("aggregated", "weighted", "rolled_up")
FIGURE_HEIGHT: Final = 380  # pixels; the style sheet keeps the same place free
_BASE_DISTANCE: Final = 24  # pixels from the base point to its name
_SYNTHETIC_DASH: Final = "dot"  # of a made-up line beside a real one
_LEGEND_WIDTH = 32  # characters in one line of the legend, for narrow screens


def trend_points(
    observations: pl.DataFrame, primary_family: str, families: Mapping[str, str], words: Words
) -> pl.DataFrame:
    """One point per series and reference year, ready to draw.

    Args:
        observations: answer of :func:`dashboard.queries.observations`.
        primary_family: the source family whose line carries the verdict.
        families: names of the source families.
        words: the texts of one language.

    Returns:
        ``series``, ``is_primary``, ``reference_year``, ``obs_value``, ``decimals``,
        ``is_hollow``, ``starts_segment`` (after a break or a gap, the line starts anew) and
        ``is_break``, ``is_rebuilt`` (made from the values of other units), ``is_synthetic``,
        ``numerator``, ``denominator`` and ``observation_id``. A value that was printed again for a
        later period is not a new point. Where real and made-up values meet, the made-up ones are a
        series of their own, named so: no line joins the two.
    """
    is_judged = (pl.col("source_family") == primary_family) & pl.col("is_target_definition")
    family = pl.col("source_family").replace(dict(families))
    definition = (
        pl.when("is_target_definition")
        .then(pl.lit(""))
        .otherwise(", " + pl.coalesce(f"definition_{words.language}", "definition"))
    )
    is_mixed = observations["is_synthetic"].n_unique() > 1
    made_up = pl.lit(f", {words('synthetic')}" if is_mixed else "")
    kind = pl.when("is_synthetic").then(made_up).otherwise(pl.lit(""))
    years_apart = pl.col("reference_year").diff().over("series").fill_null(0)
    return (
        observations.filter(pl.col("obs_value").is_not_null())
        .sort("time_period")
        .unique(
            ["source_family", "definition", "is_synthetic", "reference_year"],
            keep="last",
            maintain_order=True,
        )
        .with_columns(is_judged.alias("is_primary"), (family + definition + kind).alias("series"))
        .sort("is_primary", "series", "reference_year", descending=[True, False, False])
        .with_columns(
            pl.col("obs_status").is_in(_HOLLOW_STATUSES).alias("is_hollow"),
            ((pl.col("obs_status") == _BREAK) | (years_apart > pl.col("publishing_period_years")))
            .alias("starts_segment"),
            (pl.col("obs_status") == _BREAK).alias("is_break"),
            pl.col("origin").is_in(_REBUILT).alias("is_rebuilt"),
        )
        .select(
            "series", "is_primary", "reference_year", "obs_value", "numerator", "denominator",
            "decimals", "is_hollow", "starts_segment", "is_break", "is_rebuilt", "is_synthetic",
            "observation_id",
        )
    )  # fmt: skip


def trend_figure(
    points: pl.DataFrame,
    milestones: Sequence[Row],
    words: Words,
    address: Callable[[str], str] | None = None,
    *,
    is_small: bool = False,
) -> Figure:
    """The chart as a plain dictionary.

    Args:
        points: result of :func:`trend_points`.
        milestones: the primary assessment of each milestone, in order of year.
        words: the texts of one language.
        address: what a point opens, from the identity of its figure; None: nothing.
        is_small: whether it fills a low frame instead of having a height of its own; there is no
            room for the name of the base then.
    """
    years = _first_year(points, milestones), _last_year(points, milestones)
    traces = [
        *(trace for row in milestones for trace in _projection(row, words)),
        *milestone_lines(milestones, years, words),
        *_series_lines(points, words, address),
    ]
    value_range = _value_range(traces)
    layout = figure_layout(words.language)
    names = milestone_names(milestones, value_range, words, is_low=is_small)
    layout["annotations"] = [*names, *([] if is_small else _base_mark(milestones, words))]
    layout["margin"]["r"] = MARGIN if names else layout["margin"]["r"]
    layout["xaxis"].update(_year_axis(*years, is_small))
    layout["yaxis"]["range"] = value_range
    layout["shapes"] = _break_lines(points)
    layout |= {"autosize": True} if is_small else {"height": FIGURE_HEIGHT}
    if points["is_synthetic"].any():
        mark_synthetic(layout, words)
    if points["series"].n_unique() > 1:
        layout["showlegend"] = True
        layout["legend"] = {"orientation": "h", "x": 0, "y": -0.1, "yanchor": "top"}
    return {"data": traces, "layout": layout}


def _series_lines(
    points: pl.DataFrame, words: Words, address: Callable[[str], str] | None
) -> list[dict[str, Any]]:
    traces = []
    others = 0
    is_mixed = points["is_synthetic"].n_unique() > 1
    for (name,), series in points.group_by("series", maintain_order=True):
        colour, dash = COLOURS["accent"], "solid"
        if not series["is_primary"][0]:
            colour, dash = OTHER_SERIES[others % len(OTHER_SERIES)]
            others += 1
        if is_mixed and series["is_synthetic"][0]:
            dash = _SYNTHETIC_DASH
        line = _series_line(str(name), series, colour, dash, words)
        opened = {"customdata": _opened(series, address)} if address else {}
        traces.append({**line, **opened})
    return traces


def _series_line(
    name: str, series: pl.DataFrame, colour: str, dash: str, words: Words
) -> dict[str, Any]:
    years: list[int | None] = []
    values: list[float | None] = []
    texts: list[str] = []
    fills: list[str] = []
    symbols: list[str] = []
    for point in series.iter_rows(named=True):
        if point["starts_segment"]:  # an empty point parts the line
            years.append(None)
            values.append(None)
            texts.append("")
            fills.append(colour)
            symbols.append("circle")
        years.append(point["reference_year"])
        values.append(float(point["obs_value"]))
        value = number(point["obs_value"], point["decimals"], words)
        counts = counts_phrase(point["numerator"], point["denominator"], words)
        texts.append(f"{point['reference_year']}: {value}" + (f" ({counts})" if counts else ""))
        symbols.append("diamond" if point["is_rebuilt"] else "circle")
        fills.append(COLOURS["paper"] if point["is_hollow"] else colour)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "<br>".join(wrap(escape(name, quote=False), _LEGEND_WIDTH)),
        "x": years,
        "y": values,
        "hovertext": texts,
        "hoverinfo": "text",
        "connectgaps": False,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {
            "size": 9,
            "symbol": symbols,
            "color": fills,
            "line": {"color": colour, "width": 2},
        },
    }


def _opened(series: pl.DataFrame, address: Callable[[str], str]) -> list[str | None]:
    """What each place of :func:`_series_line` opens."""
    opened: list[str | None] = []
    for point in series.iter_rows(named=True):
        opened += [None] if point["starts_segment"] else []
        opened.append(address(point["observation_id"]))
    return opened


def _projection(row: Row, words: Words) -> list[dict[str, Any]]:
    if row["projection_value"] is None or row["latest_value"] is None:
        return []
    years = [row["latest_year"], row["milestone_year"]]
    latest = float(row["latest_value"])
    low, high = row["projection_low"], row["projection_high"]
    band: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [*years, years[1], years[0]],
        "y": [latest, high, low, latest],
        "fill": "toself",
        "fillcolor": translucent("accent", 0.1),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    value = number(row["projection_value"], row["decimals"], words)
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": years,
        "y": [latest, row["projection_value"]],
        "line": {"color": COLOURS["accent"], "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",  # it begins at the latest figure, which is to be pointed at
        "showlegend": False,
    }
    end = {
        "type": "scatter",
        "mode": "markers",
        "x": years[1:],
        "y": [row["projection_value"]],
        "marker": {"size": 9, "opacity": 0},
        "hovertext": [f"{years[1]}: {value}"],
        "hoverinfo": "text",
        "showlegend": False,
    }
    has_band = low is not None and high is not None
    return [band, line, end] if has_band else [line, end]


def _break_lines(points: pl.DataFrame) -> list[dict[str, Any]]:
    """A hairline before every year in which the method changed or a unit began to report itself."""
    primary = points.filter("is_primary").sort("reference_year")
    took_over = pl.col("is_rebuilt").shift(1).fill_null(False) & ~pl.col("is_rebuilt")
    years = primary.filter(pl.col("is_break") | took_over)["reference_year"]
    return [
        {
            "type": "line",
            "x0": year - 0.5,
            "x1": year - 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": COLOURS["not_assessable"], "width": 1, "dash": "dot"},
        }
        for year in years
    ]


def _base_mark(milestones: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    based = [row for row in milestones if row["base_year"] is not None]
    if not based:
        return []
    base = based[-1]
    # The name stands on the far side of the target lines, where nothing covers it.
    is_above = base["target_value"] is not None and base["base_value"] > base["target_value"]
    return [
        {
            "x": base["base_year"],
            "y": float(base["base_value"]),
            "text": words("figure.base", year=base["base_year"]),
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": COLOURS["muted"],
            "xanchor": "left",
            "ax": 0,
            "ay": -_BASE_DISTANCE if is_above else _BASE_DISTANCE,
            "bgcolor": translucent("paper", 0.8),
            "font": {"size": 12, "color": COLOURS["muted"]},
        }
    ]


def _first_year(points: pl.DataFrame, milestones: Sequence[Row]) -> int:
    years = points["reference_year"].to_list()
    return int(min(years)) if years else int(milestones[0]["milestone_year"]) - 5


def _last_year(points: pl.DataFrame, milestones: Sequence[Row]) -> int:
    years = [*points["reference_year"].to_list(), *(row["milestone_year"] for row in milestones)]
    return int(max(years))


def _year_axis(first_year: int, last_year: int, is_small: bool) -> dict[str, Any]:
    span = last_year - first_year
    padding = max(0.4, span * 0.03)
    wide = 5 if is_small else 2  # years from tick to tick: they must not touch on a phone
    return {
        "range": [first_year - padding, last_year + padding],
        "dtick": 1 if span <= 4 else wide if span <= 8 else 5 if span <= 20 else 10,
        "tickangle": 0,
        "tick0": 2020,
    }


def _value_range(traces: Sequence[Mapping[str, Any]]) -> list[float]:
    values = [value for trace in traces for value in trace["y"] if value is not None]
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    padding = (high - low) * 0.12 or max(abs(high) * 0.05, 0.5)
    return [low - padding, high + padding]
