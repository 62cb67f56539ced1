"""Valid plain data -> model. It converts, and trusts the schema to have checked."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sopwith.model import Ask, Condition, Count, Moment, Version
from sopwith.problem import Spot

T = TypeVar("T")
Converter = Callable[[Any, Spot], Any]


def decode(kind: type[T], data: object, at: Spot, **given: Any) -> T:
    """Make one model value from plain data that its schema accepts.

    `given` are fields that the data does not hold: the id and the stage, which are the file's
    name and folder.
    """
    value: T = _record(cast(Any, kind))(data, at, given)
    return value


def _condition(data: Any, at: Spot) -> Condition:
    parts: list[Ask | Condition] = []
    for key, value in data.items():
        spot = at / key
        if key == "any":
            anyone = tuple(_condition(part, spot / i) for i, part in enumerate(value))
            parts.append(Condition("any", anyone, spot))
        elif key == "not":
            parts.append(Condition("not", (_condition(value, spot),), spot))
        elif isinstance(value, Mapping):
            least, most = value.get("at_least"), value.get("at_most")
            parts.append(
                Ask(key, (), least and Decimal(least), most and Decimal(most), spot),
            )
        else:
            parts.append(Ask(key, (value,) if isinstance(value, str) else tuple(value), at=spot))
    return Condition("all", tuple(parts), at)


def _as_it_is(data: Any, _: Spot) -> Any:
    return data


_PLAIN: Mapping[Any, Converter] = {
    str: _as_it_is,
    bool: _as_it_is,
    date: lambda data, _: date.fromisoformat(data),
    Decimal: lambda data, _: Decimal(data),
    Version: lambda data, _: Version(data),
    Moment: lambda data, _: Moment.parse(data),
    Count: lambda data, _: Count(data),
    Condition: _condition,
}
_WITHOUT_PARTS = frozenset(_PLAIN.values()) - {_condition}


@cache
def _converter(hint: Any) -> Converter:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return _PLAIN[str]
    if origin in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return _converter(inner)
    if origin is tuple:
        return _many(_converter(get_args(hint)[0]))
    if origin is Mapping:
        return _by_key(get_args(hint)[1])
    record = _record(hint)
    return lambda data, at: record(data, at, {})


def _many(convert: Converter) -> Converter:
    def build(data: Any, at: Spot) -> tuple[Any, ...]:
        # One value may be written without the list around it: `held_by: dana`.
        if isinstance(data, str):
            return (convert(data, at),)
        return tuple(convert(item, at / i) for i, item in enumerate(data))

    return build


def _by_key(hint: Any) -> Converter:
    if dataclasses.is_dataclass(hint) and any(f.name == "id" for f in dataclasses.fields(hint)):
        record = _record(cast(Any, hint))
        return lambda data, at: {k: record(v, at / k, {"id": k}) for k, v in data.items()}
    convert = _converter(hint)
    return lambda data, at: {key: convert(value, at / key) for key, value in data.items()}


@cache
def _record(kind: Any) -> Callable[[Any, Spot, Mapping[str, Any]], Any]:
    hints = get_type_hints(kind)
    # A trailing underscore only keeps a YAML key from clashing with a word of Python.
    fields = tuple(
        (field.name.removesuffix("_"), field.name, convert, convert in _WITHOUT_PARTS)
        for field in dataclasses.fields(kind)
        if hints[field.name] is not Spot
        for convert in (_converter(hints[field.name]),)
    )
    short = getattr(kind, "short", None)

    def build(data: Any, at: Spot, given: Mapping[str, Any]) -> Any:
        if not isinstance(data, dict):
            data = {short: data}
        # Most fields are text, a date or the like, which needs no spot of its own.
        values = {
            name: convert(data[key], at if is_plain else at / key)
            for key, name, convert, is_plain in fields
            if key in data
        }
        return kind(**{**values, **given}, at=at)

    return build
