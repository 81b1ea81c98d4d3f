"""Colours can be told from their ground (WCAG 2 AA)."""

from __future__ import annotations

import pytest

from dashboard.theme import COLOURS, OTHER_SERIES, style_variables
from indicators.tables import Verdict

GROUNDS = ("paper", "panel", "chosen")


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


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "muted", "accent"])
def test_text_has_a_contrast_of_four_and_a_half(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_symbol_has_a_contrast_of_three(verdict: Verdict, ground: str) -> None:
    assert contrast(COLOURS[verdict], COLOURS[ground]) >= 3


@pytest.mark.parametrize("colour", [colour for colour, _ in OTHER_SERIES])
def test_a_line_has_a_contrast_of_three(colour: str) -> None:
    assert contrast(colour, COLOURS["paper"]) >= 3


def test_the_page_takes_its_colours_from_here() -> None:
    assert "--not-met:#C23B00;" in style_variables()
