"""Attributes for screen readers."""

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """``aria(label="x")`` as the keyword arguments of a Dash component: ``aria-label``."""
    return {f"aria-{name}": value for name, value in attributes.items()}
