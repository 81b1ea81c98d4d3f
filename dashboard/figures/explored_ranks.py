"""The place of each locality among the others, year after year."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import polars as pl

from dashboard.figures.marks import LABEL_SIZE, YEARS_NAMED, Figure, label_room, look, year_axis
from dashboard.texts import Words
from dashboard.theme import COLOURS, figure_layout, mark_synthetic

_ROW: Final = 18  # pixels of a rank
_AROUND: Final = 70


def ranked(points: pl.DataFrame) -> pl.DataFrame:
    """The points with ``rank``: 1 for the highest published value; equal values share a rank."""
    return points.with_columns(
        rank=pl.col("published").rank("min", descending=True).over("year").cast(pl.Int64),
        of=pl.len().over("year"),
    )


def ranks_figure(points: pl.DataFrame, words: Words) -> Figure:
    """Lines of ranks, named at their last year.

    Args:
        points: answer of :func:`ranked`, styled.
        words: the texts of one language.
    """
    first, last = int(points["year"].min()), int(points["year"].max())  # type: ignore[arg-type]
    lowest = int(points["rank"].max())  # type: ignore[arg-type]
    lines = points.partition_by("line", maintain_order=True)
    lines.sort(key=lambda line: bool(line["is_chosen"][0]))
    layout = figure_layout(words.language)
    layout["height"] = _AROUND + _ROW * lowest
    layout["hovermode"] = "closest"
    layout["annotations"] = _ends(lines, last)
    layout["margin"]["r"] = label_room([one["text"] for one in layout["annotations"]])
    layout["xaxis"].update(year_axis(first, last))
    layout["xaxis"].update(_counted(points))
    layout["yaxis"].update(
        range=[lowest + 0.7, 0.3], tick0=1, dtick=1 if lowest <= 12 else 5, showgrid=False
    )
    if points["is_synthetic"].any():
        mark_synthetic(layout, words)
    return {"data": [_line(line, words) for line in lines], "layout": layout}


def _line(line: pl.DataFrame, words: Words) -> dict[str, Any]:
    drawn = look("chosen" if line["is_chosen"][0] else "other", 0)
    ids: list[str] = []
    years: list[int | None] = []
    ranks: list[int | None] = []
    for row in line.iter_rows(named=True):
        if row["starts_segment"] and years:
            years.append(None)
            ranks.append(None)
            ids.append("")
        years.append(row["year"])
        ranks.append(row["rank"])
        ids.append(row["observation_id"])
    name = escape(line["place"][0], quote=False)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": years,
        "y": ranks,
        "customdata": ids,
        "connectgaps": False,
        "line": {"color": drawn.colour, "width": drawn.width},
        "marker": {"size": 7 if line["is_chosen"][0] else 5},
        "hovertemplate": f"{name}<br>%{{x}}: {words('explore.rank')} %{{y}}<extra></extra>",
    }


def _ends(lines: list[pl.DataFrame], last: int) -> list[dict[str, Any]]:
    """The name of every locality that has a rank in the last year; ties share a line."""
    by_rank: dict[int, list[tuple[str, bool]]] = {}
    for line in lines:
        end = line.row(-1, named=True)
        if end["year"] == last:
            by_rank.setdefault(end["rank"], []).append((end["place"], end["is_chosen"]))
    return [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "y": rank,
            "yanchor": "middle", "showarrow": False,
            "text": f"{rank}  " + ", ".join(_name(*one) for one in named),
            "font": {"size": LABEL_SIZE, "color": _colour(named)},
        }
        for rank, named in by_rank.items()
    ]  # fmt: skip


def _name(place: str, is_chosen: bool) -> str:
    text = escape(place, quote=False)
    return f"<b>{text}</b>" if is_chosen else text


def _colour(named: list[tuple[str, bool]]) -> str:
    return COLOURS["accent"] if any(is_chosen for _, is_chosen in named) else COLOURS["muted"]


def _counted(points: pl.DataFrame) -> dict[str, Any]:
    """Under each year, how many localities are ranked: years of different counts differ."""
    counts = points.group_by("year").agg(pl.col("of").first()).sort("year")
    years = counts["year"].to_list()
    shown = years[:: -(-len(years) // YEARS_NAMED)]
    of = dict(counts.iter_rows())
    return {"tickvals": shown, "ticktext": [f"{year}<br>({of[year]})" for year in shown]}
