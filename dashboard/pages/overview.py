"""Tổng quan: which targets are met and unmet, where, by how much, and what comes first.

All of it stands on one screen of a desk or a projector: panels scroll, the page does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from dash import html

from dashboard import overview, queries
from dashboard.address import ALL_LOCALITIES, BY_REGION, View
from dashboard.components.aria import aria
from dashboard.components.attention import Assessed, attention_list, is_result, result_list
from dashboard.components.changes_line import changes_line
from dashboard.components.chosen_target import Chosen, chosen_panel, chosen_target
from dashboard.components.countings import scale_countings
from dashboard.components.fault import unknown_locality
from dashboard.components.matrix import Matrix, verdict_matrix
from dashboard.components.region_figures import region_figures
from dashboard.components.tiles import verdict_tiles
from dashboard.components.verdict import ribbon, verdict_mark
from dashboard.overview import Line
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import everywhere_sentences, overview_sentences
from dashboard.texts import Words
from indicators.numbers import format_date
from indicators.tables import Verdict, VerdictReason

_FEW_ROWS: Final = 10  # leave room under the matrix for the target in view
_MANY_ROWS: Final = 40  # have to be printed smaller to stay on one sheet


@dataclass(frozen=True)
class Subject:
    """What the page is about.

    ``assessed``, ``rows``: results of the locality (or of all) at the milestone in view, parts
    among them; ``headline``: those of the targets themselves; ``ahead``: at the last milestone;
    ``board``, ``lines``: of all localities.
    """

    release: Release
    view: View
    words: Words
    locality: Row | None
    assessed: pl.DataFrame
    rows: Sequence[Row]
    headline: Sequence[Row]
    ahead: pl.DataFrame
    board: pl.DataFrame
    lines: Sequence[Line]
    chosen: Chosen | None

    @property
    def is_synthetic(self) -> bool:
        """Whether anything in view rests on a made-up figure."""
        frames = (self.assessed, self.ahead, self.board)
        return any(bool(frame["is_synthetic"].any()) for frame in frames) or bool(
            self.chosen and self.chosen.is_synthetic
        )


def layout(release: Release, view: View, words: Words) -> html.Div:
    """The page for one view."""
    locality = queries.locality(release, view.locality)
    if locality is None and view.locality != ALL_LOCALITIES:
        return unknown_locality(view, words)
    if locality and locality["level"] == "region":
        return region_figures(release, locality, view, words)
    subject = _subject(release, view, words, locality)
    rows = sum(_has_row(line, view) for line in subject.lines)
    return html.Div(
        [
            *ribbon(subject.is_synthetic, words),
            _sentences(subject),
            *_tiles(subject),
            html.Div(
                [_attention(subject), *_chosen(subject), _matrix(subject)],
                className="overview-panels" + " few-rows" * (rows <= _FEW_ROWS),
            ),
        ],
        className="overview",
    )


def _subject(release: Release, view: View, words: Words, locality: Row | None) -> Subject:
    def assessed(milestone: int) -> pl.DataFrame:
        return queries.assessed(release, view.locality, view.geography, milestone)

    last = max(queries.milestones(release), default=view.milestone)
    shown = assessed(view.milestone)
    rows = shown.rows(named=True)
    headline = [row for row in rows if row["is_headline"]]
    board = queries.board(release, view.milestone, view.geography)
    target_id = overview.target_in_view(headline, board, view)
    return Subject(
        release,
        view,
        words,
        locality,
        shown,
        rows,
        headline,
        assessed(last).filter("is_headline"),
        board,
        overview.lines(board),
        chosen_target(release, target_id, view, words),
    )


def _sentences(subject: Subject) -> html.Header:
    view, words, rows = subject.view, subject.words, subject.headline
    who = words.pick(subject.locality, "name") if subject.locality else words("all_localities")
    if not rows:
        told = [words("overview.none", locality=who, year=view.milestone)]
    elif view.locality == ALL_LOCALITIES:
        localities = len({row["locality_id"] for row in rows})
        told = everywhere_sentences(rows, localities, words)
    else:
        ahead = subject.ahead.rows(named=True)
        told = overview_sentences(rows, ahead, who, words)
    first, *others = told
    return html.Header(
        [
            html.H1(first, id="title", tabIndex=-1),
            html.Div([html.P(text) for text in others], className="told"),
            *changes_line(subject.release, view, words),
        ],
        className="lead",
    )


def _tiles(subject: Subject) -> list[html.Ul]:
    if not subject.headline:
        return []
    release, view = subject.release, subject.view
    changed = overview.differences(release, view)
    reports = overview.reports(release, view)
    return [verdict_tiles(subject.headline, changed, reports, view, subject.words)]


def _attention(subject: Subject) -> html.Section:
    words, view = subject.words, subject.view
    by_key = {
        (row["locality_id"], row["target_id"]): row for row in subject.ahead.iter_rows(named=True)
    }
    given = Assessed(subject.rows, by_key, view, words)
    is_chosen = is_result(view.verdict)
    heading = words("attention.of") if is_chosen else words("attention")
    listed = result_list(given) if is_chosen else attention_list(given)
    counted = subject.assessed.filter("is_headline")
    scales = [] if counted.is_empty() else [scale_countings(counted, words)]
    content = html.Div([listed, *scales], className="panel-content")
    return html.Section([html.H2(heading), content], className="panel panel-attention")


def _chosen(subject: Subject) -> list[html.Section]:
    if subject.chosen is None:
        return []
    heads = overview.target_heads(subject.release, subject.view)
    return [chosen_panel(subject.chosen, heads, subject.release)]


# Matrix ----------------------------------------------------------------------------------------


def _matrix(subject: Subject) -> html.Section:
    view, words, board = subject.view, subject.words, subject.board
    target_id, unverified = _column(subject), _unverified(board)
    shown = [line for line in subject.lines if _has_row(line, view)]
    silent = [line for line in subject.lines if not _has_row(line, view)]
    matrix = Matrix(
        overview.ordered(shown, view.order, target_id, words),
        overview.target_heads(subject.release, view),
        target_id,
        view,
        words,
        has_stars=unverified.height < _known(board).height,
    )
    title = html.H2(f"{words('matrix')} ({words(f'geography.long.{view.geography}')})")
    return html.Section(
        [
            html.Div([title, _row_groups(view, words)], className="matrix-head"),
            *(html.P(text, className="note") for text in _former(board, view, words)),
            verdict_matrix(matrix),
            *_silent_localities(silent, view, words),
            html.P([_without_word(words), " ".join(_footnotes(subject))], className="note"),
        ],
        className="panel panel-matrix" + " dense" * (len(shown) > _MANY_ROWS),
    )


def _column(subject: Subject) -> str:
    """The target whose column is marked: that in view, or the one that it is a part of."""
    chosen = subject.chosen
    if chosen is None:
        return ""
    return str(chosen.target["parent_target_id"] or chosen.target["target_id"])


def _has_row(line: Line, view: View) -> bool:
    return line.is_nation or line.has_result or line.place["locality_id"] == view.locality


def _row_groups(view: View, words: Words) -> html.Nav:
    """Whether the rows stand in groups, as links."""
    links = [
        html.A(
            words(key),
            href=view.at(groups=groups),
            **(aria(current="true") if view.groups == groups else {}),
        )
        for key, groups in (("matrix.apart", ""), ("matrix.regions", BY_REGION))
    ]
    return html.Nav(links, className="segments segments-small", **aria(label=words("matrix.rows")))


def _without_word(words: Words) -> html.Span:
    """The one symbol of the cells that no word stands beside."""
    mark = verdict_mark(Verdict.NOT_ASSESSABLE, words)
    return html.Span([mark, f"; – {words('matrix.outside')}. "])


def _former(board: pl.DataFrame, view: View, words: Words) -> list[str]:
    former = board.filter(verdict_reason=VerdictReason.LOCALITY_ABOLISHED)
    if former.is_empty():
        return []
    return [words(f"matrix.former_{former['milestone_state'][0]}", year=view.milestone)]


def _silent_localities(silent: Sequence[Line], view: View, words: Words) -> list[html.Details]:
    """Those without a row, folded: they may be more than those that have one."""
    if not silent:
        return []
    names: list[Any] = []
    for line in silent:
        href = view.at(locality=line.place["locality_id"])
        names += [html.A(words.pick(line.place, "locality"), href=href), ", "]
    head = words.counted("matrix.without", len(silent))
    return [
        html.Details(
            [html.Summary(head), html.P([*names[:-1], "."], className="note")], className="silent"
        )
    ]


def _known(board: pl.DataFrame) -> pl.DataFrame:
    """Cells that say more than that nothing can be said."""
    return board.filter(pl.col("shown") != Verdict.NOT_ASSESSABLE)


def _unverified(board: pl.DataFrame) -> pl.DataFrame:
    return _known(board).filter("is_unverified")


def _footnotes(subject: Subject) -> list[str]:
    words = subject.words
    marked = _unverified(subject.board).height
    is_shared = marked == _known(subject.board).height
    key = "matrix.all_unverified" if is_shared else "matrix.unverified"
    note = [words.counted(key, marked)] if marked else []
    info = queries.info(subject.release)
    date = format_date(info["created_at"].date(), words.language)
    return [*note, words("matrix.source", date=date, method=info["method_version"])]
