"""Components written as JSON at once: Dash's own way copies every part of a page first."""

from __future__ import annotations

from typing import Any, Final

import orjson
from dash.development.base_component import Component

_OPTIONS: Final = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
# What a component carries about its class, beside its properties.
_OF_ITS_CLASS: Final = frozenset(
    {
        "_prop_names",
        "_valid_wildcard_attributes",
        "available_properties",
        "available_wildcard_properties",
    }
)


def written(part: Any) -> orjson.Fragment:
    """A component or plain value as JSON that goes into an answer as it is."""
    return orjson.Fragment(orjson.dumps(part, default=_plain, option=_OPTIONS))


def _plain(part: Any) -> dict[str, Any]:
    """What the browser is told of a component, as ``Component.to_plotly_json`` has it."""
    if not isinstance(part, Component):
        raise TypeError(f"{type(part)} has no place in an answer")
    told = {name: value for name, value in vars(part).items() if name not in _OF_ITS_CLASS}
    return {"props": told, "type": part._type, "namespace": part._namespace}
