"""The callbacks of the board as its browser asks them, taken from what the server itself says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

CALLBACK: Final = "/_dash-update-component"
EMPTY: Final = "bench-empty"  # id of the callback that does nothing; see ``served``


@dataclass(frozen=True)
class Question:
    """One callback on the server that follows the address."""

    name: str
    body: Mapping[str, Any]  # of the request, its address left open
    location: str  # id of the component that holds the address

    def asked(self, address: str) -> bytes:
        """The body of the request at an address."""
        path, _, search = address.partition("?")
        known = {"pathname": path, "search": f"?{search}" if search else ""}
        inputs = [
            {**one, "value": known.get(one["property"], "")} if one["id"] == self.location else one
            for one in self.body["inputs"]
        ]
        return orjson.dumps({**self.body, "inputs": inputs})


def questions(ask: Callable[[str], bytes]) -> list[Question]:
    """Every callback on the server that follows the address, and the empty one if it is there.

    Args:
        ask: answers a path of the server.
    """
    layout, declared = orjson.loads(ask("/_dash-layout")), orjson.loads(ask("/_dash-dependencies"))
    parts = list(_components(layout))
    location = next(part["props"]["id"] for part in parts if part["type"] == "Location")
    values = {part["props"]["id"]: part["props"] for part in parts if "id" in part["props"]}
    return [
        Question(_name(one["output"]), _body(one, values), location)
        for one in declared
        if one["clientside_function"] is None
        and location in {asked["id"] for asked in one["inputs"]}
    ]


def _components(node: Any) -> Iterator[dict[str, Any]]:
    """Every component of a layout."""
    if isinstance(node, list):
        for one in node:
            yield from _components(one)
    elif isinstance(node, dict) and "props" in node:
        yield node
        yield from _components(node["props"].get("children"))


def _name(output: str) -> str:
    """The first thing that a callback fills."""
    return output.strip(".").partition("...")[0]


def _body(declared: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What dash-renderer sends, in its order."""

    def valued(one: Mapping[str, str]) -> dict[str, Any]:
        value = values.get(one["id"], {}).get(one["property"])
        return {"id": one["id"], "property": one["property"], "value": value}

    names = declared["output"].strip(".").split("...")
    parts = [name.rsplit(".", 1) for name in names]
    outputs: Any = [{"id": identity, "property": name} for identity, name in parts]
    if not declared["output"].startswith(".."):
        (outputs,) = outputs
    inputs = [valued(one) for one in declared["inputs"]]
    body = {
        "output": declared["output"],
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": [f"{one['id']}.{one['property']}" for one in inputs],
    }
    states = [valued(one) for one in declared["state"]]
    return {**body, "state": states} if states else body
