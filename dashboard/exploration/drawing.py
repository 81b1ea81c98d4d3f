"""Which charts a choice is drawn as: one panel per unit, never two axes in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from dashboard.address import NATION
from dashboard.components.series import Codes
from dashboard.exploration.points import Names, styled, varying
from dashboard.exploration.selection import Selection
from dashboard.exploration.telling import (
    KIND,
    at_year,
    common_year,
    first_kind,
    scale_of,
    with_unit,
)
from dashboard.figures.explored_lines import lines_figure, panel_figure, shaded_figure
from dashboard.figures.explored_ranks import ranked, ranks_figure
from dashboard.figures.explored_rows import bars_figure, dots_figure
from dashboard.figures.explored_scatter import scatter_figure
from dashboard.figures.marks import Scale, value_range
from dashboard.queries import Row
from dashboard.texts import Words

MOST_LINES: Final = 60
MOST_PANELS: Final = 36


@dataclass(frozen=True)
class Chart:
    """One chart under its title."""

    title: str
    figure: dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """The charts of a choice, in their form, with what has to be said of it.

    ``signs`` are keys of the words that explain what is seen; ``are_small`` if the charts stand
    side by side. ``key`` names the lines of small charts: their look, their name;
    ``title`` says what they all show.
    """

    form: str
    charts: Sequence[Chart]
    notes: Sequence[str] = ()
    signs: Sequence[str] = ()
    are_small: bool = False
    key: Sequence[tuple[str, str]] = ()
    title: str = ""


class _Key:
    """The names of the lines that several charts share, each once."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}

    def add(self, points: pl.DataFrame) -> None:
        """Take in the lines of one chart."""
        lines = points.unique("line", keep="first", maintain_order=True)
        for index, (role, name) in enumerate(lines.select("role", "label").iter_rows()):
            look = f"series-{index % 5}" if role == "series" else role
            self._named.setdefault(name, look)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Look and name of each line; none where the looks alone do not tell the lines apart."""
        is_clear = 1 < len(self._named) == len(set(self._named.values()))
        return [(look, name) for name, look in self._named.items()] if is_clear else []


class Drawer:
    """Draws the points of one selection in the form that is asked for."""

    def __init__(
        self,
        selection: Selection,
        points: pl.DataFrame,
        names: Names,
        codes: Codes,
        targets: Sequence[Row],
        words: Words,
    ) -> None:
        self._selection = selection
        self._points = points
        self._names = names
        self._codes = codes
        self._targets = targets
        self._words = words
        self._gap = selection.choice.gap

    def drawing(self) -> Drawing:
        """The charts; a form that the choice does not allow gives way to lines, and says so."""
        forms = {
            "lines": self._lines, "panels": self._panels, "dots": self._rows, "bars": self._rows,
            "scatter": self._scatter, "ranks": self._ranks,
        }  # fmt: skip
        chart = self._selection.choice.chart
        if self._gap == "shaded" and chart in ("lines", "panels"):
            return self._shaded()
        return forms[chart]()

    # Over the years -----------------------------------------------------------------------------

    def _lines(self, *notes: str) -> Drawing:
        """Lines: one panel per indicator, or per unit where only one locality is looked at."""
        by = "indicator_id" if len(self._selection.places) > 1 else "unit_measure"
        said = list(notes)
        charts = []
        for whole in self._points.partition_by(by, maintain_order=True):
            lines = whole["line"].unique(maintain_order=True)
            part = whole.filter(pl.col("line").is_in(lines.head(MOST_LINES).implode()))
            if len(lines) > MOST_LINES:
                said.append(
                    self._words("explore.too_many.lines", shown=MOST_LINES, count=len(lines))
                )
            targets = self._targets if self._gap == "none" else ()
            figure = lines_figure(self._styled(part), self._scale(part), targets, self._words)
            charts.append(Chart(self._title(part), figure))
        return Drawing("lines", charts, said, ("gap", "axis"))

    def _panels(self) -> Drawing:
        """Small charts with the same axes: per locality, or per indicator of a single one."""
        by = ["indicator_id"]
        if len(self._selection.places) > 1:
            by = ["locality_id", "unit_measure"]
        hidden = "place" if len(by) > 1 else "indicator"
        told_apart = [name for name in varying(self._points) if name != hidden]
        points = self._styled(self._points, told_apart or ["place"])
        parts, notes = self._fewer_panels(points.partition_by(by, maintain_order=True))
        references = self._references(points) if len(by) > 1 else {}
        shared, years, key = self._shared(), self._years(), _Key()
        charts = []
        for part in parts:
            key.add(part)
            unit = part["unit_measure"][0]
            behind = part.clear()
            if part["locality_id"][0] != NATION:
                behind = references.get(unit, behind)
            figure = panel_figure(part, behind, shared[unit], years, self._words)
            charts.append(Chart(self._panel_title(part, by), figure))
        signs = ["gap", "axis", *(["reference"] if references else [])]
        return self._small(charts, notes, signs, key)

    def _shaded(self) -> Drawing:
        """Women and men of each locality and what is between them."""
        by = ["locality_id", "indicator_id"]
        told_apart = [name for name in varying(self._points) if name in ("sex", "group", "source")]
        points = self._styled(self._points, told_apart or ["sex"])
        parts, notes = self._fewer_panels(points.partition_by(by, maintain_order=True))
        shared, years, key = self._shared(), self._years(), _Key()
        charts = []
        for part in parts:
            key.add(part)
            figure = shaded_figure(part, shared[part["unit_measure"][0]], years, self._words)
            charts.append(Chart(self._panel_title(part, by), figure))
        return self._small(charts, notes, ("gap", "axis"), key)

    def _small(
        self, charts: list[Chart], notes: list[str], signs: Sequence[str], key: _Key
    ) -> Drawing:
        """Charts side by side under one title; a single one has its own."""
        are_small = len(charts) > 1
        title = self._title(self._points) if are_small else ""
        return Drawing("panels", charts, notes, signs, are_small, key.lines, title)

    def _fewer_panels(self, parts: list[pl.DataFrame]) -> tuple[list[pl.DataFrame], list[str]]:
        if len(parts) <= MOST_PANELS:
            return parts, []
        count = self._words("explore.too_many.panels", shown=MOST_PANELS, count=len(parts))
        return parts[:MOST_PANELS], [count]

    def _references(self, points: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The nation's lines by unit, to stand behind those of other localities."""
        nation = points.filter(locality_id=NATION)
        return {part["unit_measure"][0]: part for part in nation.partition_by("unit_measure")}

    def _years(self) -> tuple[int, int]:
        years = self._points["year"]
        return int(years.min()), int(years.max())  # type: ignore[arg-type]

    # In one year --------------------------------------------------------------------------------

    def _rows(self) -> Drawing:
        """Dots or bars, one panel per indicator."""
        form = self._selection.choice.chart
        draw = dots_figure if form == "dots" else bars_figure
        charts = []
        signs = ["other_year"] if form == "bars" else ["other_year", "axis"]
        for part in self._points.partition_by("indicator_id", maintain_order=True):
            year = common_year(part)
            now = at_year(part, year)
            told_apart = [name for name in varying(part) if name != "place"]
            figure = draw(self._styled(now, told_apart, place=True), year, self._scale(part),
                          self._words)  # fmt: skip
            title = self._words("explore.in_year", name=self._title(part), year=year)
            charts.append(Chart(title, figure))
        return Drawing(form, charts, (), signs)

    def _scatter(self) -> Drawing:
        """The first indicator along, the second up; both figures of the same year."""
        ids = [one for one in self._selection.indicators
               if one in set(self._points["indicator_id"])]  # fmt: skip
        if len(ids) < 2:
            return self._lines(self._words("explore.need_two"))
        along, up = (first_kind(self._points.filter(indicator_id=one)) for one in ids[:2])
        others = up.select(
            "locality_id", "year", pl.col("value").alias("value_y"),
            pl.col("is_hollow").alias("hollow_y"), pl.col("is_rebuilt").alias("rebuilt_y"),
            pl.col("is_synthetic").alias("synthetic_y"),
        )  # fmt: skip
        pairs = along.join(others, on=["locality_id", "year"], how="inner", maintain_order="left")
        if pairs.is_empty():
            return self._lines(self._words("explore.no_pairs"))
        year = common_year(pairs)
        now = self._styled(pairs.filter(year=year), ["place"]).with_columns(
            is_hollow=pl.col("is_hollow") | pl.col("hollow_y"),
            is_rebuilt=pl.col("is_rebuilt") | pl.col("rebuilt_y"),
            is_synthetic=pl.col("is_synthetic") | pl.col("synthetic_y"),
        )
        titles = (self._title(along), self._title(up))
        figure = scatter_figure(now, (self._scale(along), self._scale(up)), titles, self._words)
        name = " × ".join(self._names.indicator({"indicator_id": one}) for one in ids[:2])
        title = self._words("explore.in_year", name=name, year=year)
        notes = [self._words("explore.first_two")] if len(ids) > 2 else []
        return Drawing("scatter", [Chart(title, figure)], notes, ("axis",))

    def _ranks(self) -> Drawing:
        """Places among the localities of the level that most of those in view have."""
        first = self._points.filter(indicator_id=self._points["indicator_id"][0])
        kind = first_kind(first)
        levels = {one: row["level"] for one, row in self._selection.places.items()}
        kind = kind.with_columns(level=pl.col("locality_id").replace_strict(levels))
        sizes = kind.group_by("level").agg(pl.col("locality_id").n_unique().alias("count"))
        level, count = sizes.sort("count", "level", descending=[True, False]).row(0)
        if count < 2:
            return self._lines(self._words("explore.need_places"))
        among = self._styled(ranked(kind.filter(level=level)), ["place"])
        name = self._words.pick(self._selection.indicators[kind["indicator_id"][0]], "name")
        kinds = [one for one in varying(first) if one in ("sex", "group", "source")]
        if kinds:
            name = f"{name}, {self._names.told(kind.row(0, named=True), kinds)}"
        notes = [self._words("explore.rank.note")]
        if len(self._selection.indicators) > 1:
            notes.append(self._words("explore.first_only", name=name))
        figure = ranks_figure(among, self._words)
        title = self._words("explore.rank.title", name=name)
        return Drawing("ranks", [Chart(title, figure)], notes, ("gap",))

    # Words and scales ---------------------------------------------------------------------------

    def _styled(
        self, part: pl.DataFrame, told_apart: Sequence[str] | None = None, place: bool = False
    ) -> pl.DataFrame:
        apart = varying(part) if told_apart is None else list(told_apart)
        drawn = styled(part, self._names, self._selection.chosen, apart)
        if not place or apart:
            return drawn
        roles = styled(part, self._names, self._selection.chosen, ["place"])["role"]
        return drawn.with_columns(roles)

    def _indicator(self, part: pl.DataFrame) -> Row:
        return self._selection.indicators[part["indicator_id"][0]]

    def _scale(self, part: pl.DataFrame) -> Scale:
        return scale_of(self._indicator(part), self._gap, self._words)

    def _shared(self) -> dict[str, Scale]:
        """By unit, the scale with the limits that all its charts have."""
        return {
            part["unit_measure"][0]: replace(
                self._scale(part), limits=value_range([float(one) for one in part["value"]])
            )
            for part in self._points.partition_by("unit_measure")
        }

    def _title(self, part: pl.DataFrame) -> str:
        ids = part["indicator_id"].unique(maintain_order=True)
        rows = [self._selection.indicators[one] for one in ids]
        told = [with_unit(row, self._gap, self._codes, self._words) for row in rows]
        constant = part.select(pl.struct(KIND[2:]).n_unique()).item() == 1
        group = self._names.group(part.row(0, named=True)) if constant else ""
        whole = self._words("explore.whole")
        return "; ".join(told) + (f", {group}" if group and group != whole else "")

    def _panel_title(self, part: pl.DataFrame, by: Sequence[str]) -> str:
        row = part.row(0, named=True)
        told = [self._names.place(row)] if "locality_id" in by else []
        if "indicator_id" in by and (not told or len(self._selection.indicators) > 1):
            told.append(self._title(part))
        elif len(self._selection.indicators) > 1 and "unit_measure" in by:
            ids = part["indicator_id"].unique(maintain_order=True)
            told.append("; ".join(self._names.indicator({"indicator_id": one}) for one in ids))
        return ": ".join(told)
