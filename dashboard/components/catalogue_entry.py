"""What the catalogue says of one indicator or one target.

Sources are shown as text: a link of the board never leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html

from dashboard import catalogue
from dashboard.address import ALL_LOCALITIES, NATION, View
from dashboard.catalogue import Entry
from dashboard.components.documents import adjusted
from dashboard.components.series import Codes, code_name, group_phrase, unit_name
from dashboard.queries import Row
from dashboard.release import Release
from dashboard.sentences import condition, in_unit, number, own_decimals
from dashboard.texts import Words
from indicators.numbers import format_date

_STANDARD = "STD"  # the definition that needs no name
_SEPARATOR = ";"

Fact = tuple[str, Any]  # key of its heading, what is said


@dataclass(frozen=True)
class Shelf:
    """What the entries are shown with."""

    release: Release
    view: View
    words: Words
    codes: Codes
    entries: Sequence[Entry]
    milestones: Mapping[str, list[Row]]
    place: str  # name of the locality in view

    def link(self, entry_id: str, text: str) -> html.A:
        """The way to another entry, which opens there."""
        return html.A(text, href=self.view.at(search="", entry=entry_id))

    def targets(self, **having: str) -> list[Entry]:
        """The targets with these values."""
        return [
            entry
            for entry in self.entries
            if entry.kind == "target"
            and all(entry.row[column] == value for column, value in having.items())
        ]


def entry_details(entry: Entry, shelf: Shelf) -> list[Any]:
    """Everything that is known of an entry, and where to go on from it."""
    told = _indicator(entry.row, shelf) if entry.kind == "indicator" else _target(entry.row, shelf)
    facts = [
        part for key, said in told if said for part in (html.Dt(shelf.words(key)), html.Dd(said))
    ]
    return [html.Dl(facts, className="facts"), *_onward(entry, shelf)]


# An indicator ------------------------------------------------------------------------------------


def _indicator(row: Row, shelf: Shelf) -> list[Fact]:
    words = shelf.words
    return [
        ("entry.definition", _vietnamese(row["formula_text"])),
        ("entry.formula", _formula(row, words)),
        ("entry.numerator", "" if row["denominator_vi"] else words.pick(row, "numerator")),
        ("entry.measures", _measures(row["indicator_id"], shelf)),
        ("entry.unit", _unit(row, shelf)),
        ("entry.direction", words(f"direction.{row['direction']}")),
        ("entry.limits", _limits(row, words)),
        ("entry.breakdowns", _named("dimension", row["breakdowns"], words)),
        ("entry.owner", _owner(row, words)),
        ("entry.periodicity", _named("periodicity", row["periodicity"], words)),
        ("entry.data_source", _vietnamese(row["data_source"])),
        ("entry.families", _families(row, shelf)),
        ("entry.targets", _targets_of(row["indicator_id"], shelf)),
        ("entry.holdings", _holdings(row["indicator_id"], shelf)),
        *_provenance(row, shelf),
        ("entry.code", _codes(row, words)),
    ]


def _formula(row: Row, words: Words) -> str:
    if not row["numerator_vi"] or not row["denominator_vi"]:
        return ""
    factor = Decimal(str(row["formula_factor"] or 1))
    key = "entry.formula.parts" if factor == 1 else "entry.formula.factor"
    return words(
        key,
        numerator=words.pick(row, "numerator"),
        denominator=words.pick(row, "denominator"),
        factor=number(factor, own_decimals(factor), words),
    )


def _measures(indicator_id: str, shelf: Shelf) -> list[html.Div]:
    rows = catalogue.measures(shelf.release, indicator_id).iter_rows(named=True)
    return [
        html.Div(
            [
                shelf.words.pick(row, "name"),
                *([html.Div(row["note"], lang="vi", className="aside")] if row["note"] else []),
            ]
        )
        for row in rows
    ]


def _unit(row: Row, shelf: Shelf) -> str:
    unit = unit_name(row, shelf.codes, shelf.words)
    return shelf.words.counted("entry.decimals", row["decimals"], unit=unit)


def _limits(row: Row, words: Words) -> str:
    known = {
        name: Decimal(str(row[f"{name}_limit"]))
        for name in ("lower", "upper")
        if row[f"{name}_limit"] is not None
    }
    if not known:
        return ""
    told = {name: number(value, own_decimals(value), words) for name, value in known.items()}
    return words(f"entry.limits.{'both' if len(told) == 2 else next(iter(told))}", **told)


def _named(prefix: str, codes: str | None, words: Words) -> str:
    """Codes with a separator between them, in words."""
    keys = [f"{prefix}.{code}" for code in (codes or "").split(_SEPARATOR) if code]
    return ", ".join(words(key) if words.known(key) else key for key in keys)


def _owner(row: Row, words: Words) -> list[Any]:
    now, before = row["owner_from_2025"], row["owner_before_2025"]
    if not before or before == now:
        return _vietnamese(now)
    return [
        html.Span(now or "–", lang="vi"),
        html.Div(words("entry.owner.before", office=before), className="aside"),
    ]


def _families(row: Row, shelf: Shelf) -> str:
    families = row["source_families"].split(_SEPARATOR)
    return ", ".join(code_name("CL_SOURCE_FAMILY", code, shelf.codes) for code in families)


def _targets_of(indicator_id: str, shelf: Shelf) -> Any:
    found = shelf.targets(indicator_id=indicator_id)
    return _target_list(found, shelf) or shelf.words("entry.no_targets")


def _target_list(found: Iterable[Entry], shelf: Shelf) -> list[html.Ul]:
    items = []
    for entry in found:
        row, words = entry.row, shelf.words
        asks = "; ".join(
            words("register.milestone", year=one["milestone_year"], condition=condition(one, words))
            for one in shelf.milestones.get(entry.entry_id, ())
        )
        where = [row["number"], words.pick(row, "place") if row["place_vi"] else ""]
        name = f"{row['short_code']} {words.pick(row, 'name')}"
        told = ", ".join(text for text in where if text)
        aside = html.Span(": ".join(text for text in (told, asks) if text), className="aside")
        items.append(html.Li([shelf.link(entry.entry_id, name), " ", aside]))
    return [html.Ul(items)] if items else []


def _holdings(indicator_id: str, shelf: Shelf) -> str:
    words = shelf.words
    locality = NATION if shelf.view.locality == ALL_LOCALITIES else shelf.view.locality
    held = catalogue.holdings(shelf.release, indicator_id, locality)
    if not held["everywhere"]:
        return words("entry.holdings.none")
    counted = {
        name: number(held[column], 0, words)
        for name, column in (("count", "here"), ("everywhere", "everywhere"), ("places", "places"))
    }
    first, last = held["first_here"], held["last_here"]
    years = str(first) if first == last else f"{first}-{last}"
    key = "entry.holdings.here" if held["here"] else "entry.holdings.elsewhere"
    return words(key, locality=shelf.place, years=years, **counted)


def _codes(row: Row, words: Words) -> list[Any]:
    official = row["official_code"]
    more = [html.Div(words("entry.official_code", code=official))] if official else []
    return [html.Code(row["indicator_id"]), *more]


# A target ----------------------------------------------------------------------------------------


def _target(row: Row, shelf: Shelf) -> list[Fact]:
    words = shelf.words
    indicator = (
        shelf.link(row["indicator_id"], words.pick(row, "indicator"))
        if (row["indicator_id"])
        else ""
    )
    parent = shelf.targets(target_id=row["parent_target_id"] or "")
    return [
        ("entry.document", _document(row, words)),
        ("entry.milestones", _milestones(row, shelf)),
        ("entry.binding", _binding(row, words)),
        ("entry.indicator", indicator),
        ("entry.series", _series(row, shelf)),
        ("entry.direction", words(f"direction.{row['direction']}") if row["direction"] else ""),
        ("entry.baseline", _baseline(row, words)),
        ("entry.part_of", _target_list(parent, shelf)),
        ("entry.parts", _target_list(shelf.targets(parent_target_id=row["target_id"]), shelf)),
        ("entry.note", _vietnamese(row["note"])),
        *_provenance(row, shelf),
        ("entry.code", html.Code(row["target_id"])),
    ]


def _document(row: Row, words: Words) -> str:
    name = words.pick(row, "programme") if row["programme_vi"] else ""
    told = ": ".join(text for text in (row["number"], name) if text)
    more = [row["issuer_vi"]]
    if row["issued_on"] is not None:
        more.append(format_date(row["issued_on"], words.language))
    said = ", ".join(text for text in more if text)
    return f"{told} ({said})" if said else told


def _milestones(row: Row, shelf: Shelf) -> list[html.Div]:
    words = shelf.words
    lines = []
    for one in shelf.milestones.get(row["target_id"], ()):
        asks = words(
            "register.milestone", year=one["milestone_year"], condition=condition(one, words)
        )
        text = words("entry.milestone.words", text=one["wording_vi"]) if one["wording_vi"] else ""
        quoted = html.Span(text, lang="vi", className="aside")
        lines.append(html.Div([asks + adjusted(one, words), " ", quoted]))
    return lines or [html.Div(words("condition.none"))]


def _binding(row: Row, words: Words) -> str:
    levels = _named("level", row["applies_to_levels"], words)
    return words("entry.levels", place=words.pick(row, "place"), levels=levels)


def _series(row: Row, shelf: Shelf) -> str:
    measure = ""
    if row["definition_vi"] and row["definition"] != _STANDARD:
        measure = shelf.words.pick(row, "definition")
    return "; ".join(text for text in (group_phrase(row, shelf.codes), measure) if text)


def _baseline(row: Row, words: Words) -> str:
    value = row["baseline_value"]
    if value is None:
        return ""
    text = in_unit("unit", value, own_decimals(value), row, words)
    return words("entry.baseline.value", value=text, year=row["baseline_year"] or "–")


# Both --------------------------------------------------------------------------------------------


def _provenance(row: Row, shelf: Shelf) -> list[Fact]:
    words = shelf.words
    trust: list[str | html.Div] = [code_name("CL_CONFIDENCE", row["confidence"], shelf.codes)]
    if row.get("confirmed_by") and row["confirmed_on"]:
        date = format_date(row["confirmed_on"], words.language)
        text = words("entry.confirmed", office=row["confirmed_by"], date=date)
        trust.append(html.Div(text, className="aside"))
    return [
        ("entry.confidence", trust),
        ("entry.source", html.Span(row["source"])),
    ]


def _onward(entry: Entry, shelf: Shelf) -> list[html.P]:
    if entry.kind == "indicator":
        return []
    view, words, row = shelf.view, shelf.words, entry.row
    place = view.locality if row["locality_id"] == NATION else row["locality_id"]
    links = [
        html.A(
            words("entry.to_target"),
            href=view.at(path="/chi-tieu", target=row["target_id"], locality=place),
        ),
        html.A(words("entry.to_register"), href=view.at(path="/van-ban", locality=place)),
    ]
    return [html.P([words("entry.open"), ": ", links[0], " · ", links[1]], className="note")]


def _vietnamese(text: str | None) -> list[Any]:
    """What the catalogue keeps in Vietnamese only."""
    return [html.Span(text, lang="vi")] if text else []
