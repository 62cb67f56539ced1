"""What a schema says of a part of a file, and how values are shown in messages and hints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sopwith.problem import Route
from sopwith.source import quoted, shown

Schema = Mapping[str, Any]

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a map of keys to values",
    "boolean": "true or false",
}
_PLAIN = re.compile(r"\w(?:[\w ./@+&'-]|:(?=\S))*")
# What some reader of YAML takes for a number, or for true, false or nothing.
_MEANT = re.compile(r"[-+]?[\d._]+|true|false|yes|no|on|off|null|y|n", re.IGNORECASE)


def field(root: Schema, route: Route) -> Schema:
    """The schema of the part at a route, what it refers to merged in; empty where there is none."""
    schema = _whole(root, root)
    for step in route:
        if isinstance(step, int):
            inner = schema.get("items")
        else:
            inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
        schema = _whole(root, inner) if isinstance(inner, Mapping) else {}
    return schema


def _whole(root: Schema, schema: Schema) -> Schema:
    # A field says best what it is for itself, so its own words win over those it refers to.
    while "$ref" in schema:
        target = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def label(route: Route) -> str:
    """The name of a part in a message: `"steps"`, `entry 2 of "tools"`."""
    if not route:
        return "the file"
    *parents, last = route
    return f"entry {last + 1} of {label(tuple(parents))}" if isinstance(last, int) else shown(last)


def wanted(types: str | Sequence[str]) -> str:
    """The types of a schema in plain words."""
    names = [types] if isinstance(types, str) else types
    return " or ".join(_TYPES.get(name, name) for name in names)


def given(value: object) -> str:
    """What a value is, in plain words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return _TYPES["array"] if isinstance(value, list) else _TYPES["object"]


def written(value: object) -> str:
    """A value as one would write it into a file, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and not _MEANT.fullmatch(value)
        return value if plain else quoted(" ".join(value.split()))
    if isinstance(value, Mapping):
        pairs = (f"{written(key)}: {written(part)}" for key, part in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(written(part) for part in value) + "]"
    return str(value)


def advice(schema: Schema, name: str = "", *, kind: type | None = None) -> str:
    """The description of a field and an example of it, as a hint.

    With `name` the example is a whole line; with `kind` it is one of that type.
    """
    examples = schema.get("examples", ())
    fitting = [example for example in examples if kind is None or isinstance(example, kind)]
    description = str(schema.get("description", ""))
    if not fitting:
        return description
    example = " ".join(written(fitting[0]).split())
    return f"{description} For example: {name}{': ' if name else ''}{example}".strip()
