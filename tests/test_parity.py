"""The schemas and the model say the same: fields, what must be there, values and defaults."""

from __future__ import annotations

import dataclasses
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from sopwith.data import schema
from sopwith.model import Company, Condition, Count, Moment, Version
from sopwith.read import KINDS

Schema = Mapping[str, Any]
ROOTS = {"company": Company, **{kind.schema: kind.makes for kind in KINDS}}
FROM_THE_FILE = {"id", "stage"}

# How a value that is no dataclass of ours is written in the schemas.
PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Moment: {"format": "moment"},
    Decimal: {"type": "string"},
    Version: {"type": "string"},
    Count: {"type": "string"},
}


@dataclasses.dataclass(frozen=True)
class Pair:
    """A class of the model, one object of a schema that makes it, and fields that it is given."""

    kind: Any
    schema: Schema
    name: str
    given: frozenset[str]

    @property
    def short(self) -> set[str]:
        """The field that stands for the whole where the file says text and no map."""
        return {self.kind.short} if hasattr(self.kind, "short") else set()


def resolved(root: Schema, part: Schema) -> Schema:
    while "$ref" in part:
        target = root["$defs"][part["$ref"].removeprefix("#/$defs/")]
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def bare(hint: Any) -> Any:
    """A type without what only annotates it, or makes it optional."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return bare(next(arg for arg in get_args(hint) if arg is not type(None)))
    return hint


def fields(kind: Any) -> dict[str, tuple[Any, dataclasses.Field[Any]]]:
    """The fields that a file may state, under the names they have there."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name.removesuffix("_"): (bare(hints[field.name]), field)
        for field in dataclasses.fields(kind)
        if field.name != "at"
    }


def pairs(
    root: Schema, part: Schema, hint: Any, name: str, given: frozenset[str] = frozenset()
) -> Iterator[Pair | str]:
    """Walk a schema and a type side by side: pairs to compare, and what cannot be one."""
    part, hint = resolved(root, part), bare(hint)
    if hint is Condition:
        return  # a language of its own: test_conditions reads it
    if hint in PLAIN:
        wrong = {k: v for k, v in PLAIN[hint].items() if part.get(k) != v}
        if wrong:
            yield f"{name}: the schema should say {wrong}"
    elif get_origin(hint) is Literal:
        if {*get_args(hint)} - {""} != {*part.get("enum", ())}:
            yield f"{name}: {get_args(hint)} are not {part.get('enum')}"
    elif get_origin(hint) is tuple:
        yield from pairs(root, part["items"], get_args(hint)[0], f"{name}[]")
    elif get_origin(hint) is Mapping:
        yield from pairs(
            root, part["additionalProperties"], get_args(hint)[1], f"{name}.*", frozenset({"id"})
        )
    else:
        yield Pair(hint, part, name, given & fields(hint).keys())
        for key, inner in part["properties"].items():
            if key in fields(hint):
                yield from pairs(root, inner, fields(hint)[key][0], f"{name}.{key}")


def all_pairs() -> list[Pair | str]:
    return [
        found
        for name, kind in ROOTS.items()
        for found in pairs(schema(name), schema(name), kind, name, frozenset(FROM_THE_FILE))
    ]


def by_class() -> Mapping[Any, list[Pair]]:
    found: defaultdict[Any, list[Pair]] = defaultdict(list)
    for pair in all_pairs():
        if isinstance(pair, Pair):
            found[pair.kind].append(pair)
    return found


def test_types_and_values() -> None:
    assert [found for found in all_pairs() if isinstance(found, str)] == []


def test_fields() -> None:
    wrong = []
    for kind, made in by_class().items():
        model = set(fields(kind)) - made[0].given - made[0].short
        stated = set[str]().union(*(pair.schema["properties"] for pair in made))
        wrong += [f"{kind.__name__}.{name}: not in a schema" for name in model - stated]
        for pair in made:
            extra = set(pair.schema["properties"]) - set(fields(kind))
            wrong += [f"{pair.name}.{name}: not in the model" for name in extra]
    assert wrong == []


def test_required() -> None:
    """What every schema of a class requires has no default, and all else has one."""
    wrong = []
    for kind, made in by_class().items():
        required = set.intersection(*({*pair.schema.get("required", ())} for pair in made))
        # Where text may stand for the whole, each of the two ways leaves out what the other needs.
        optional = set(fields(kind)) if made[0].short - required else made[0].given
        for name, (_, field) in fields(kind).items():
            if name not in optional and _has_default(field) == (name in required):
                wrong.append(f"{kind.__name__}.{name}: {'no ' * (name in required)}default")
    assert wrong == []


def test_defaults() -> None:
    """A default in a schema is that of the model; without one the model's is empty."""
    wrong = []
    for kind, made in by_class().items():
        for pair in made:
            for name, part in pair.schema["properties"].items():
                field = fields(kind)[name][1]
                if _has_default(field) and _default(field) != _plain(part.get("default")):
                    wrong.append(f"{pair.name}.{name}: {_default(field)} in the model")
    assert wrong == []


def _has_default(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is not missing or field.default_factory is not missing


def _default(field: dataclasses.Field[Any]) -> Any:
    """The default; None where it is empty, or a value all of whose own parts are defaults."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory() or None
    if dataclasses.is_dataclass(field.default):
        inner = {
            part: getattr(field.default, part.name) for part in dataclasses.fields(field.default)
        }
        return (
            None if all(not v or v == part.default for part, v in inner.items()) else field.default
        )
    return field.default or None


def _plain(default: Any) -> Any:
    return tuple(default) if isinstance(default, list) else default or None
