"""What the reporting unit says itself of a target; senders' words, shown as text only."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.components.verdict import verdict_mark
from dashboard.queries import Row
from dashboard.sentences import number, own_decimals
from dashboard.texts import Words

_SAID = ("cause", "difficulty", "proposal", "note")


def unit_statements(rows: Sequence[Row], words: Words) -> list[html.Section]:
    """A section with every statement, or nothing when no unit said anything."""
    if not rows:
        return []
    told = [statement(row, words) for row in rows]
    heading = html.H2(words("target.statement"))
    return [html.Section([heading, *told], className="panel statement")]


def statement(row: Row, words: Words) -> html.Div:
    """One statement: the own result beside the computed one, what was said, who said it where."""
    said: list[html.Dt | html.Dd] = []
    if row["own_status"]:
        said += [
            html.Dt(words("statement.own_status")),
            html.Dd(
                [
                    verdict_mark(row["own_status"], words),
                    f" ({_subject(row, words)}) ",
                    html.Span(_review(row, words), className="aside"),
                ]
            ),
        ]
    for field in _SAID:
        if row[field]:
            said += [html.Dt(words(f"statement.{field}")), html.Dd(row[field])]
    proposed = row["proposed_target"]
    if proposed is not None:
        text = number(proposed, own_decimals(proposed), words)
        said += [html.Dt(words("statement.proposed_target")), html.Dd(text)]
    sender = words(
        "statement.by", organisation=row["organisation"] or "–", period=row["reporting_period"]
    )
    place = words("table.sheet_row", sheet=row["sheet"], row=row["sheet_row"])
    made_up = f"; {words('synthetic')}" if row["is_synthetic"] else ""
    source = f"{sender}; {row['file_name']}, {place}{made_up}"
    return html.Div([html.Dl(said), html.P(source, className="note")])


def _review(row: Row, words: Words) -> str:
    """Whether the unit's own status and the computed verdict agree, and why not."""
    if row["agrees"] is None:
        return ""
    if row["agrees"]:
        return words("review.agrees")
    return words(
        "review.differs",
        verdict=words(f"verdict.{row['verdict']}"),
        reason=words(f"review.reason.{row['probable_reason']}"),
    )


def _subject(row: Row, words: Words) -> str:
    milestone = words("table.milestone", year=row["milestone_year"])
    return f"{row['short_code']}, {milestone[:1].lower()}{milestone[1:]}"
