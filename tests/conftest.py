"""For all tests: Hypothesis judges by laws, never by time; the longest test begins first."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the kill test: at the end, one worker would run it while the others wait."""
    items.sort(key=lambda item: "test_kill" not in item.nodeid)
