"""The panels of a trace. File names, senders and notes come from outside: they are only text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import polars as pl
from dash import html

from dashboard.address import View
from dashboard.components.figures_table import figures_table
from dashboard.components.place_in_file import place_in_file
from dashboard.components.series import Codes, code_name, group_phrase, unit_name
from dashboard.components.trace_link import trace_link
from dashboard.components.verdict import verdict_mark
from dashboard.delivery import in_viet_nam
from dashboard.queries import Row
from dashboard.sentences import counts_phrase, in_unit, number, origin_phrase, own_decimals
from dashboard.texts import Words
from indicators.numbers import format_date
from indicators.tables import Verdict

SHOWN_AT_ONCE: Final = 12  # of a list; the others are folded away
_NONE: Final = "–"
_NORMAL: Final = "A"  # of CL_OBS_STATUS
_STANDARD: Final = "STD"
_MOST_DECIMALS: Final = 6  # of a value that was divided

Fact = tuple[str, Any]


def figure_value(row: Row, words: Words) -> str:
    """A figure with the words of its unit and its counts: ``59,1% (13/22)``."""
    value = in_unit("unit", row["obs_value"], row["decimals"], row, words)
    counts = counts_phrase(row["numerator"], row["denominator"], words)
    return f"{value} ({counts})" if counts else value


def moment(at: datetime | None, words: Words) -> str:
    """A moment of UTC as clocks in Viet Nam told it."""
    if at is None:
        return _NONE
    local = in_viet_nam(at)
    return words(
        "trace.received_at", time=f"{local:%H:%M}", day=format_date(local.date(), words.language)
    )


def series_panel(row: Row, codes: Codes, view: View, words: Words) -> html.Section:
    """What the figure is: its whole series key in words."""
    year, period = str(row["reference_year"]), row["time_period"]
    told = year if year == period else words("trace.period", year=year, period=period)
    indicator = html.A(
        words.pick(row, "indicator"), href=view.at(path="/danh-muc", entry=row["indicator_id"])
    )
    definition = row["definition_vi"] and row["definition"] != _STANDARD
    facts: list[Fact] = [
        ("trace.indicator", indicator),
        ("trace.place", _place(row, words)),
        ("trace.year", told),
        ("entry.unit", unit_name(row, codes, words)),
        ("trace.group", group_phrase(row, codes) or words("trace.group.whole")),
        ("trace.definition", words.pick(row, "definition") if definition else ""),
        ("trace.family", code_name("CL_SOURCE_FAMILY", row["source_family"], codes)),
        ("trace.status", code_name("CL_OBS_STATUS", row["obs_status"], codes)),
        ("trace.confidence", code_name("CL_CONFIDENCE", row["confidence"], codes)),
        ("trace.source", row["source_text"]),
        ("trace.note", row["note"]),
        ("trace.id", html.Code(row["observation_id"])),
    ]
    return _panel(words("trace.series"), _facts(facts, words))


def _place(row: Row, words: Words) -> str:
    name = words.pick(row, "place")
    if row["valid_to"] is None:
        return name
    return f"{name} ({words('maps.until', day=format_date(row['valid_to'], words.language))})"


def value_panel(row: Row, words: Words) -> html.Section:
    """What was reported, what its counts give, and which of the two is in use."""
    counted = row["numerator"] is not None and row["denominator"] is not None
    recomputed = counted and row["formula_factor"] is not None
    lines = [
        _amount(words("trace.reported"), row["reported_value"], row, "value_cell", words),
        _amount(words("trace.numerator"), row["numerator"], row, "numerator_cell", words),
        _amount(words("trace.denominator"), row["denominator"], row, "denominator_cell", words),
    ]
    if recomputed:
        told = words("trace.recomputed", formula=_formula(row, words))
        lines.append(_line(told, _whole(row["obs_value"], words), _NONE))
    used = in_unit("unit", row["obs_value"], row["decimals"], row, words)
    lines.append(_line(words("trace.used"), html.Strong(used), _NONE))
    heads = [words(f"trace.{head}") for head in ("what", "amount", "cell")]
    name = words("trace.value")
    table = figures_table(name, heads, [line for line in lines if line], "trace-value", heads[1:2])
    note = [html.P(text, className="note") for text in _agreement(row, recomputed, words)]
    return _panel(name, table, *note)


def _amount(name: str, value: Decimal | None, row: Row, cell: str, words: Words) -> html.Tr | None:
    if value is None:
        return None
    where = place_in_file(row, words, cell) if row[cell] else _NONE
    return _line(name, _whole(value, words), where)


def _line(name: str, value: Any, where: str) -> html.Tr:
    return html.Tr([html.Th(name, scope="row"), html.Td(value, className="number"), html.Td(where)])


def _whole(value: Decimal, words: Words) -> str:
    """A number with the decimals that it has."""
    return number(value, min(own_decimals(value), _MOST_DECIMALS), words)


def _formula(row: Row, words: Words) -> str:
    factor = Decimal(str(row["formula_factor"]))
    parts = {
        "numerator": _whole(row["numerator"], words),
        "denominator": _whole(row["denominator"], words),
    }
    if factor == 1:
        return words("entry.formula.parts", **parts)
    return words("entry.formula.factor", factor=_whole(factor, words), **parts)


def _agreement(row: Row, recomputed: bool, words: Words) -> list[str]:
    if row["reported_value"] is None or row["obs_value"] is None:
        return []
    if not recomputed:
        return [words("trace.as_reported")] if row["formula_factor"] is not None else []
    shown = {number(row[column], row["decimals"], words) for column in _VALUES}
    return [words("trace.same" if len(shown) == 1 else "trace.differs")]


_VALUES: Final = ("reported_value", "obs_value")


def report_panel(row: Row, report: Row | None, words: Words) -> html.Section:
    """The file that the figure stands in."""
    name = words("trace.report")
    if report is None:
        return _panel(name, html.P(words("trace.none")))
    prepared = [report["prepared_by"]]
    if report["prepared_on"] is not None:
        prepared.append(format_date(report["prepared_on"], words.language))
    facts: list[Fact] = [
        ("trace.organisation", report["organisation"]),
        ("trace.of", words.pick(report, "place") if report["place_vi"] else ""),
        ("trace.reporting_period", report["reporting_period"]),
        ("trace.file", report["file_name"]),
        ("trace.where", place_in_file(row, words)),
        ("trace.received", moment(report["received_at"], words)),
        ("trace.prepared", ", ".join(text for text in prepared if text)),
        ("trace.state", _state(report, words)),
        ("trace.provenance", _joined(report["provenance"], report["licence"])),
        ("trace.sha256", html.Code(report["sha256"])),
    ]
    carried = [html.P(words("trace.carried"))] if row["origin"] == "carried" else []
    return _panel(name, *carried, _facts(facts, words))


def _state(report: Row, words: Words) -> str:
    if report["superseded_by"] is None:
        return words(f"trace.state.{report['status']}")
    return words(
        "trace.state.superseded",
        file=report["newer_file"] or report["superseded_by"],
        received=moment(report["newer_received_at"], words),
    )


def checks_panel(issues: pl.DataFrame, outcomes: Row, report: Row, words: Words) -> html.Section:
    """What the checks found at the figure's row, and of its whole file in one sentence."""
    name = words("trace.issues")
    told: Any = html.P(words("trace.issues.none"))
    if issues.height:
        heads = [words(f"trace.issue.{head}") for head in ("severity", "cell", "message", "advice")]
        lines = [
            html.Tr(
                [
                    html.Th(words(f"severity.{issue['severity']}"), scope="row"),
                    html.Td(_joined(issue["cell"], issue["value"]) or _NONE),
                    html.Td(words.pick(issue, "message")),
                    html.Td(words.pick(issue, "advice")),
                ]
            )
            for issue in issues.iter_rows(named=True)
        ]
        told = figures_table(name, heads, lines, "trace-issues")
    counts = {key: number(int(outcomes[key]), 0, words) for key in outcomes}
    file = words(
        "trace.issues.file",
        errors=number(report["error_count"], 0, words),
        warnings=number(report["warning_count"], 0, words),
        **counts,
    )
    return _panel(name, told, html.P(file, className="note"))


def corrections_panel(corrections: pl.DataFrame, words: Words) -> html.Section:
    """What the system put right in the figure or in those below it, why, and who decided so."""
    items = [
        html.Li(
            words(
                "trace.correction",
                place=words.pick(one, "place"),
                what=words(f"table.{one['column_name']}"),
                received=one["received_value"] or _NONE,
                corrected=one["corrected_value"] or _NONE,
                reason=one["reason_vi"].rstrip("."),
            )
            + (words("table.decided_by", who=one["decided_by"]) if one["decided_by"] else "")
        )
        for one in corrections.iter_rows(named=True)
    ]
    told = _folded(items, words) if items else [html.P(words("trace.corrections.none"))]
    return _panel(words("trace.corrections"), *told)


def revisions_panel(revisions: pl.DataFrame, row: Row, words: Words) -> html.Section:
    """Every value that this series had, and the report that changed it."""
    name = words("trace.revisions")
    if revisions.is_empty():
        return _panel(name, html.P(words("trace.revisions.none")))
    heads = [words(f"trace.revision.{head}") for head in ("when", "old", "new", "by")]
    lines = [_revision(one, row, words) for one in revisions.iter_rows(named=True)]
    return _panel(name, figures_table(name, heads, lines, "trace-revisions", heads[1:3]))


def _revision(one: Row, row: Row, words: Words) -> html.Tr:
    def shown(value: Decimal | None) -> str:
        return _NONE if value is None else number(value, row["decimals"], words)

    withdrawn = one["new_observation_id"] is None
    new = words("trace.revision.withdrawn") if withdrawn else shown(one["new_value"])
    before = _joined(shown(one["old_value"]), one["old_file"])
    return html.Tr(
        [
            html.Th(moment(one["received_at"], words), scope="row"),
            html.Td(before, className="number"),
            html.Td(new, className="number"),
            html.Td(_joined(one["organisation"], one["new_file"]) or _NONE),
        ]
    )


# Whence and whereto ------------------------------------------------------------------------------


def parts_panel(
    parts: pl.DataFrame, observation_id: str, view: View, words: Words
) -> list[html.Section]:
    """The figures that it is computed from and those below them; nothing for a reported figure."""
    by_whole: dict[str, list[Row]] = {}
    for part in parts.iter_rows(named=True):
        by_whole.setdefault(part["whole_id"], []).append(part)
    if observation_id not in by_whole:
        return []
    return [_panel(words("trace.parts"), *_tree(observation_id, by_whole, view, words))]


def _tree(
    whole: str, by_whole: dict[str, list[Row]], view: View, words: Words
) -> list[html.Ul | html.Details]:
    items = [
        html.Li(
            [
                *_figure(part, view, words),
                *_weight(part, view, words),
                *_tree(part["observation_id"], by_whole, view, words),
            ]
        )
        for part in by_whole.get(whole, ())
    ]
    return _folded(items, words) if items else []


def _figure(row: Row, view: View, words: Words) -> list[Any]:
    """One figure in a line: whose, which year, how much, where it stands."""
    link = trace_link(figure_value(row, words), row["observation_id"], view)
    where = _joined(row["file_name"], place_in_file(row, words)) if row["file_name"] else ""
    told = _joined(origin_phrase(row, words), where)
    place = f"{_place(row, words)}, {row['reference_year']}: "
    return [place, link, *([" ", html.Span(told, className="aside")] if told else [])]


def _weight(part: Row, view: View, words: Words) -> list[Any]:
    weight = part["weight"]
    if weight is None:
        return []
    text = _whole(weight, words)
    told: Any = words("trace.parts.catalogue", weight=text)
    if part["weight_id"] is not None:
        told = trace_link(text, part["weight_id"], view)
    return [html.Span(["; ", words("trace.parts.weight").lower(), " ", told], className="aside")]


def wholes_panel(wholes: pl.DataFrame, view: View, words: Words) -> html.Section:
    """The computed figures that this one is in."""
    name = words("trace.wholes")
    if wholes.is_empty():
        return _panel(name, html.P(words("trace.wholes.none")))
    items = [html.Li(_whole_figure(row, view, words)) for row in wholes.iter_rows(named=True)]
    return _panel(name, *_folded(items, words))


def _whole_figure(row: Row, view: View, words: Words) -> list[Any]:
    if row["role"] != "weight":
        return _figure(row, view, words)
    weight = html.Span(words("trace.wholes.weight"), className="aside")
    return [words.pick(row, "indicator"), ", ", *_figure(row, view, words), " ", weight]


def verdicts_panel(verdicts: pl.DataFrame, view: View, words: Words) -> html.Section:
    """The assessments that rest on the figure."""
    name = words("trace.verdicts")
    if verdicts.is_empty():
        return _panel(name, html.P(words("trace.judges_none")))
    heads = [
        words("disagreement.locality"), words("disagreement.target"),
        words("disagreement.milestone"), words("disagreement.computed"),
        words("trace.verdict.use"),
    ]  # fmt: skip
    rows = list(verdicts.iter_rows(named=True))
    lines = [_verdict(row, view, words) for row in rows[: 4 * SHOWN_AT_ONCE]]
    rest = len(rows) - len(lines)
    more = [html.P(words("trace.more", count=number(rest, 0, words)))] if rest else []
    return _panel(name, figures_table(name, heads, lines, "trace-verdicts"), *more)


def _verdict(row: Row, view: View, words: Words) -> html.Tr:
    target = html.A(
        f"{row['short_code']} {words.pick(row, 'target')}",
        href=view.at(path="/chi-tieu", target=row["target_id"], locality=row["locality_id"]),
    )
    use = words(f"trace.use.{row['use']}")
    told = use if row["is_primary"] else _joined(use, words("trace.use.not_primary"))
    reason = []
    if row["verdict"] == Verdict.NOT_ASSESSABLE and row["verdict_reason"]:
        reason = [html.Div(words(f"reason.{row['verdict_reason']}"), className="aside")]
    return html.Tr(
        [
            html.Th(words.pick(row, "place"), scope="row"),
            html.Td(target),
            html.Td(str(row["milestone_year"])),
            html.Td([verdict_mark(row["verdict"], words), *reason]),
            html.Td(told),
        ]
    )


# -------------------------------------------------------------------------------------------------


def _panel(name: str, *told: Any) -> html.Section:
    return html.Section([html.H2(name), *told], className="panel")


def _facts(facts: Sequence[Fact], words: Words) -> html.Dl:
    parts = [part for key, said in facts if said for part in (html.Dt(words(key)), html.Dd(said))]
    return html.Dl(parts, className="facts")


def _folded(items: Sequence[html.Li], words: Words) -> list[html.Ul | html.Details]:
    """A list; what is beyond the first of a long one is folded away and counted."""
    first, rest = items[:SHOWN_AT_ONCE], items[SHOWN_AT_ONCE:]
    told: list[html.Ul | html.Details] = [html.Ul(list(first), className="trace-list")]
    if rest:
        summary = html.Summary(words("trace.more", count=number(len(rest), 0, words)))
        told.append(html.Details([summary, html.Ul(list(rest), className="trace-list")]))
    return told


def _joined(*texts: str | None) -> str:
    return ", ".join(text for text in texts if text)
