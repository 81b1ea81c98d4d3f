"""What every command prints with."""

from __future__ import annotations

import sys
from typing import Any

import orjson
from rich.console import Console


def say(line: str) -> None:
    """One line for the reader, as it is: no markup, no cutting at the width of the screen."""
    Console(highlight=False, markup=False).print(line, soft_wrap=True)


def print_json(content: dict[str, Any]) -> None:
    """The same for programs."""
    sys.stdout.write(orjson.dumps(content, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")
