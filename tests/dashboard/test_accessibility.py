"""No page has a fault that axe-core calls serious or critical.

Wide and narrow, in both languages and both themes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.dashboard.conftest import Visit
from tests.dashboard.test_board_in_browser import PAGES

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / ".tools" / "npm" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
WIDTHS = (1440, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RUN = "() => axe.run(document, {resultTypes: ['violations']})"


@cache
def axe() -> str:
    """The source of axe-core; without it the test fails, it is never skipped."""
    if not AXE.exists():
        pytest.fail("Chưa có axe-core: hãy chạy scripts/setup.sh npm (axe-core is missing)")
    return AXE.read_text(encoding="utf-8")


def grave_faults(visit: Visit) -> list[dict[str, Any]]:
    """Rule, help and the places of each grave fault on the page in view."""
    visit.page.evaluate(axe())
    found = visit.page.evaluate(RUN)["violations"]
    return [
        {
            "rule": fault["id"],
            "help": fault["help"],
            "places": [node["html"][:160] for node in fault["nodes"]],
        }
        for fault in found
        if fault["impact"] in GRAVE
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_grave_fault(visit: Visit, name: str) -> None:
    visit.open(PAGES[name])
    for theme in THEMES:
        visit.in_theme(theme)
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 900})
            visit.settle()
            assert grave_faults(visit) == []


def test_a_fault_is_found_where_there_is_one(visit: Visit) -> None:
    page = visit.open("/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [fault["rule"] for fault in grave_faults(visit)] == ["image-alt"]
