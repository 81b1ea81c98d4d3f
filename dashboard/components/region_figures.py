"""A region in place of a board: nobody sets targets for it, so its figures stand alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html

from dashboard import region
from dashboard.address import NATION, View
from dashboard.components.figures_table import figures_table
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import synthetic_ribbon
from dashboard.queries import Row, code_names
from dashboard.release import Release
from dashboard.sentences import in_unit, origin_phrase
from dashboard.texts import Words


def region_figures(release: Release, locality: Row, view: View, words: Words) -> html.Div:
    """Says that no targets are set for the region and leads to its figures."""
    rows = region.latest_figures(release, locality["locality_id"]).rows(named=True)
    name = words.pick(locality, "name")
    codes = code_names(release, words.language)
    told = words("region.figures" if rows else "region.no_figures", locality=name)
    ways = [
        html.A(words("region.life"), href=view.at(path="/dia-phuong")),
        html.A(words("region.nation"), href=view.at(locality=NATION)),
    ]
    return html.Div(
        [
            *synthetic_ribbon(rows, words),
            html.Header(
                [
                    html.H1(words("region.title", locality=name), id="title", tabIndex=-1),
                    html.P(told),
                    html.P([ways[0], " · ", ways[1]]),
                ],
                className="lead",
            ),
            *([_figures(rows, codes, view, words)] if rows else []),
        ]
    )


def _figures(
    rows: Sequence[Row], codes: Mapping[tuple[str, str], str], view: View, words: Words
) -> html.Section:
    heading = words("region.list")
    value = words("map.value")
    heads = [words("register.target"), value, words("map.year"), words("table.family")]
    is_mixed = not all(row["is_synthetic"] for row in rows)
    lines = [_line(row, codes, is_mixed, view, words) for row in rows]
    table = figures_table(heading, heads, lines, "region-table", [value])
    return html.Section([html.H2(heading), table], className="panel")


def _line(
    row: Row, codes: Mapping[tuple[str, str], str], is_mixed: bool, view: View, words: Words
) -> html.Tr:
    """A target with its figure; that it is made up is said where others are not."""
    name = f"{row['short_code']} {words.pick(row, 'target')}"
    shown = in_unit("unit", row["obs_value"], row["decimals"], row, words)
    family = codes.get(("CL_SOURCE_FAMILY", row["source_family"]), row["source_family"])
    made_up = words("synthetic") if is_mixed and row["is_synthetic"] else ""
    told = [family, origin_phrase(row, words), made_up]
    first, *others = [text for text in told if text]
    return html.Tr(
        [
            html.Th(
                html.A(name, href=view.at(path="/chi-tieu", target=row["target_id"])), scope="row"
            ),
            html.Td(trace_link(shown, row["observation_id"], view), className="number"),
            html.Td(str(row["reference_year"])),
            html.Td([html.Div(first), *(html.Div(text, className="aside") for text in others)]),
        ]
    )
