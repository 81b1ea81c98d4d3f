"""Colours are declared once, in two palettes, and can be told from their ground (WCAG 2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.theme import (
    COLOURS,
    DARK,
    OTHER_SERIES,
    css_colour,
    dark_colours,
    style_variables,
    translucent,
)
from indicators.tables import Verdict

PALETTES = {"light": COLOURS, "dark": DARK}
GROUNDS = ("paper", "panel", "chosen")
TEXTS = ("ink", "muted", "accent", "not_met")
SHAPES = (*Verdict, "control", "accent", "other", "third", "fourth", "ink", "muted")
# Text on grounds of its own, and the borders and the shading of the map.
OTHER_PAIRS = (
    ("paper", "accent", 4.5),
    ("ink", "ribbon", 4.5),
    ("ink", "ribbon_stripe", 4.5),
    ("border", "paper", 3),
    ("accent", "low", 3),
    ("met", "at_target", 2.5),
    ("not_met", "at_target", 2.5),
)
PAIRS = [
    *((text, ground, 4.5) for text in TEXTS for ground in GROUNDS),
    *((shape, ground, 3) for shape in SHAPES for ground in GROUNDS),
    *OTHER_PAIRS,
]
SOURCES = sorted(
    path
    for path in Path(dashboard.__file__).parent.rglob("*")
    if path.suffix in (".py", ".css", ".js") and path.name != "theme.py"
)
LITERAL = re.compile(r"""["' (:,]#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\brgba?\(\d""", re.I)
# A mask knows only what is covered; its colour is never seen.
MASK = "stroke='#000'"


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("colour", "ground", "least"), PAIRS)
def test_a_colour_can_be_told_from_its_ground(
    palette: str, colour: str, ground: str, least: float
) -> None:
    colours = PALETTES[palette]
    assert contrast(colours[colour], colours[ground]) >= least


def test_both_palettes_have_the_same_names() -> None:
    assert list(DARK) == list(COLOURS)


def test_every_colour_is_written_alike_for_the_browser_to_know_it() -> None:
    written = [*COLOURS.values(), *DARK.values()]
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in written)


def test_the_browser_can_exchange_colours_both_ways() -> None:
    pairs = {(COLOURS[name], DARK[name]) for name in COLOURS}
    assert len({light for light, _ in pairs}) == len(pairs)
    assert len({dark for _, dark in pairs}) == len(pairs)
    assert {light for light, _ in pairs}.isdisjoint(dark for _, dark in pairs)
    assert set(dark_colours().items()) == pairs


def test_other_series_take_their_colours_from_the_palette() -> None:
    assert {colour for colour, _ in OTHER_SERIES} <= set(COLOURS.values())


def test_the_page_takes_its_colours_from_here() -> None:
    light, _, dark = style_variables().partition("@media screen{:root[data-theme=dark]")
    assert f"--not-met:{COLOURS['not_met']};" in light
    assert f"--not-met:{DARK['not_met']};" in dark
    assert css_colour("not_met") == "var(--not-met)"


def test_a_translucent_colour_keeps_its_name_s_parts() -> None:
    assert translucent("accent", 0.1) == "rgba(31,78,140,0.1)"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_colour_is_written_anywhere_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(MASK, "")
    assert LITERAL.findall(text) == []
