"""Explored figures over the years: lines with their names at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from dashboard.figures.marks import (
    LABEL_SIZE,
    LINE_HEIGHT,
    WHOLE_NUMBERS,
    Figure,
    Look,
    Scale,
    label,
    label_room,
    looks,
    point_marks,
    spread,
    value_range,
    year_axis,
)
from dashboard.figures.milestones import milestone_lines, milestone_names
from dashboard.queries import Row
from dashboard.texts import Words
from dashboard.theme import COLOURS, figure_layout, mark_synthetic

MOST_LABELS: Final = 8  # lines that have their names at their ends
HEIGHT: Final = 440
PANEL_HEIGHT: Final = 200
_STRONG: Final = 8  # pixels of a point of a line that stands out
_WEAK: Final = 5
_DRAWN: Final = (
    "year", "value", "starts_segment", "observation_id", "label", "is_hollow", "is_rebuilt",
)  # fmt: skip
_ABOVE: Final = 8  # pixels of the plot's frame


def lines_figure(
    points: pl.DataFrame, scale: Scale, targets: Sequence[Row], words: Words
) -> Figure:
    """One line per series; a gap in the years, a break and a change of origin are gaps in it.

    Args:
        points: of :func:`dashboard.exploration.points.styled`.
        scale: how the values are written.
        targets: levels to reach with their milestones, as ``target_lines`` gives them.
        words: the texts of one language.
    """
    years = (int(points["year"].min()), int(points["year"].max()))  # type: ignore[arg-type]
    lines = points.partition_by("line", maintain_order=True)
    drawn = looks(pl.concat([line.head(1) for line in lines]))
    # What stands out is drawn last, over the others.
    order = sorted(range(len(lines)), key=lambda index: (drawn[index].width, -index))
    traces = [_line(lines[index], drawn[index], scale) for index in order]
    levels = [float(row[key]) for row in targets for key in ("target_value", "target_upper")
              if row[key] is not None]  # fmt: skip
    limits = scale.limits or value_range([*map(float, points["value"]), *levels])
    layout = _layout(points, years, limits, HEIGHT, words)
    if len(lines) <= MOST_LABELS and len(lines) > 1:
        _name_ends(layout, lines, drawn, years, limits)
    if targets:
        traces = [*milestone_lines(targets, years, words), *traces]
        layout["annotations"] = [*layout["annotations"], *_level_names(targets, limits, words)]
    return {"data": traces, "layout": layout}


def panel_figure(
    points: pl.DataFrame,
    reference: pl.DataFrame,
    scale: Scale,
    years: tuple[int, int],
    words: Words,
) -> Figure:
    """A small chart among others with the same axes.

    Args:
        points: its own lines.
        reference: lines drawn faintly behind them, to compare with.
        scale: with the limits that all charts share.
        years: that all charts share.
        words: the texts of one language.
    """
    lines = points.partition_by("line", maintain_order=True)
    drawn = looks(pl.concat([line.head(1) for line in lines]))
    faint = Look(COLOURS["hairline"], "solid", 2)
    behind = [_line(line, faint, scale) for line in reference.partition_by("line")]
    traces = [{**trace, "mode": "lines", "hoverinfo": "skip"} for trace in behind]
    traces += [_line(line, look, scale) for line, look in zip(lines, drawn, strict=True)]
    limits = scale.limits or value_range([float(one) for one in points["value"]])
    layout = _layout(points, years, limits, PANEL_HEIGHT, words)
    layout["xaxis"].update(year_axis(*years, room=5))
    return {"data": traces, "layout": layout}


def shaded_figure(
    points: pl.DataFrame, scale: Scale, years: tuple[int, int], words: Words
) -> Figure:
    """Women and men of one locality, what lies between them filled; arguments as above."""
    figure = panel_figure(points, points.clear(), scale, years, words)
    areas = _between(points)
    return {**figure, "data": [*areas, *figure["data"]]}


def _line(line: pl.DataFrame, drawn: Look, scale: Scale) -> dict[str, Any]:
    own = line.select(_DRAWN).to_dict(as_series=False)
    parts = [index for index, starts in enumerate(own["starts_segment"]) if starts and index]
    name = label(own["label"][0])
    told = name.replace("<br>", " ")
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": _parted(own["year"], parts),
        "y": _parted([float(value) for value in own["value"]], parts),
        "customdata": _parted(own["observation_id"], parts),
        "connectgaps": False,
        "line": {"color": drawn.colour, "width": drawn.width, "dash": drawn.dash},
        "marker": {
            mark: _parted(values, parts, values[0]) if isinstance(values, list) else values
            for mark, values in point_marks(own, drawn, _size(drawn)).items()
        },
        "hovertemplate": f"{told}<br>%{{x}}: {scale.hover('y')}<extra></extra>",
    }


def _parted(values: list[Any], parts: Sequence[int], empty: Any = None) -> list[Any]:
    """The values with an empty one before each part: it parts the line."""
    for index in reversed(parts):
        values = [*values[:index], empty, *values[index:]]
    return values


def _size(drawn: Look) -> int:
    return _STRONG if drawn.width > 1.5 else _WEAK


def _layout(
    points: pl.DataFrame,
    years: tuple[int, int],
    limits: tuple[float, float],
    height: int,
    words: Words,
) -> dict[str, Any]:
    layout = figure_layout(words.language)
    layout["height"] = height
    layout["margin"]["t"] = _ABOVE
    layout["hovermode"] = "closest"
    layout["annotations"] = []
    layout["xaxis"].update(year_axis(*years))
    layout["yaxis"].update(WHOLE_NUMBERS, range=list(limits))
    layout["yaxis"]["nticks"] = 6 if height > PANEL_HEIGHT else 4
    layout["shapes"] = _breaks(points)
    if points["is_synthetic"].any():
        mark_synthetic(layout, words)
    return layout


def _breaks(points: pl.DataFrame) -> list[dict[str, Any]]:
    """A hairline before every year in which the method changed."""
    years = points.filter("is_break")["year"].unique().sort()
    return [
        {
            "type": "line", "x0": year - 0.5, "x1": year - 0.5, "y0": 0, "y1": 1, "yref": "paper",
            "line": {"color": COLOURS["not_assessable"], "width": 1, "dash": "dot"},
        }
        for year in years
    ]  # fmt: skip


def _name_ends(
    layout: dict[str, Any],
    lines: Sequence[pl.DataFrame],
    drawn: Sequence[Look],
    years: tuple[int, int],
    limits: tuple[float, float],
) -> None:
    """Put the name of each line at its end, moved apart where two would touch."""
    low, high = limits
    pixel = (high - low) / (HEIGHT - _ABOVE - 3 * LINE_HEIGHT)
    texts = [label(_ending(line, years[1])) for line in lines]
    ends = [float(line["value"][-1]) for line in lines]
    sizes = [LINE_HEIGHT * (text.count("<br>") + 1.2) for text in texts]
    placed = spread([(end - low) / pixel for end in ends], sizes)
    layout["margin"]["r"] = label_room(texts)
    layout["annotations"] += [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4,
            "y": low + place * pixel, "yanchor": "middle", "showarrow": False, "align": "left",
            "text": f"<b>{text}</b>" if look.width > 2.5 else text,
            "font": {"size": LABEL_SIZE, "color": _readable(look.colour)},
        }
        for text, look, place in zip(texts, drawn, placed, strict=True)
    ]  # fmt: skip


def _ending(line: pl.DataFrame, last: int) -> str:
    """The name of a line; one that ends before the others says when."""
    end = line["year"][-1]
    return str(line["label"][0]) if end == last else f"{line['label'][0]} ({end})"


def _readable(colour: str) -> str:
    """Grey lines are fainter than a text may be."""
    return COLOURS["muted"] if colour == COLOURS["not_assessable"] else colour


def _level_names(
    targets: Sequence[Row], limits: tuple[float, float], words: Words
) -> list[dict[str, Any]]:
    """Names of the levels over the beginning of their lines."""
    return [
        {
            **name, "x": 0, "xshift": 2, "yanchor": "bottom",
            "text": name["text"].replace("<br>", " "),
        }
        for name in milestone_names(targets, limits, words)
    ]  # fmt: skip


def _between(points: pl.DataFrame) -> list[dict[str, Any]]:
    """Areas between the women's and the men's line, year after year without a gap."""
    keys = ["breakdown", "age", "source_family", "definition", "is_synthetic"]
    women = points.filter(sex="F").select(
        *keys, "year", "value", "starts_segment", "publishing_period_years"
    )
    men = points.filter(sex="M").select(*keys, "year", pl.col("value").alias("men"))
    pairs = women.join(men, on=[*keys, "year"], how="inner").sort(*keys, "year")
    apart = pl.col("year").diff().over(keys).fill_null(0) > pl.col("publishing_period_years")
    runs = pairs.with_columns(
        run=pl.struct(*keys, (apart | pl.col("starts_segment")).cum_sum().over(keys)).rle_id()
    )
    areas = []
    for run in runs.partition_by("run", maintain_order=True):
        years = run["year"].to_list()
        low = [float(one) for one in run["value"]]
        high = [float(one) for one in run["men"]]
        areas.append(
            {
                "type": "scatter", "mode": "lines", "x": [*years, *reversed(years)],
                "y": [*low, *reversed(high)], "fill": "toself",
                "fillcolor": COLOURS["hairline"], "opacity": 0.75, "line": {"width": 0},
                "hoverinfo": "skip",
            }
        )  # fmt: skip
    return areas
