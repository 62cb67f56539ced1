"""Decoding: whatever a schema accepts becomes a model value, and nothing of it is lost."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from sopwith import shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.model import Company, Count, Moment, Sop, Version
from sopwith.problem import Spot
from sopwith.read import KINDS

Schema = Mapping[str, Any]
Strategy = st.SearchStrategy[Any]
KINDS_MADE: Mapping[str, type[Any]] = {
    "company": Company,
    **{kind.schema: kind.makes for kind in KINDS},
}
DAYS = st.dates(date(1900, 1, 1), date(9999, 12, 31)).map(date.isoformat)
MOMENTS = st.tuples(DAYS, st.times().map("{:%H:%M}".format)).map(" ".join)
FORMATS: Mapping[str, Strategy] = {"date": DAYS, "moment": DAYS | MOMENTS}


def resolved(root: Schema, part: Schema) -> Schema:
    while "$ref" in part:
        target = root["$defs"][part["$ref"].removeprefix("#/$defs/")]
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def accepted(root: Schema, part: Schema, depth: int = 0) -> Strategy:
    """Values that a part of a schema accepts: made by its plain keywords, then sifted by all."""
    part = resolved(root, part)
    types = part.get("type", "string")
    made = [
        _BY_TYPE[kind](root, part, depth) for kind in ([types] if isinstance(types, str) else types)
    ]
    whole = {"$defs": root.get("$defs", {}), **part}
    judge = Draft202012Validator(whole, formats=dict(shape.FORMATS), validate_formats=True)
    return st.one_of(made).filter(judge.is_valid)


def _text(root: Schema, part: Schema, depth: int) -> Strategy:
    del root, depth
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if part.get("format") in FORMATS:
        return FORMATS[part["format"]]
    examples = [text for text in part.get("examples", ()) if isinstance(text, str)]
    made: list[Strategy] = [st.sampled_from(examples)] if examples else []
    # Web and mail addresses are not worth guessing.
    if part.get("maxLength", 0) > 100 and "format" not in part:
        made.append(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=12))
    elif "pattern" in part and "format" not in part:
        made.append(st.from_regex(part["pattern"]).filter(lambda text: len(text) < 30))
    return st.one_of(made)


def _list(root: Schema, part: Schema, depth: int) -> Strategy:
    return st.lists(
        accepted(root, part["items"], depth + 1), min_size=part.get("minItems", 0), max_size=3
    )


def _map(root: Schema, part: Schema, depth: int) -> Strategy:
    known, required = part.get("properties", {}), set(part.get("required", ()))
    others = part.get("additionalProperties")
    # Conditions hold conditions: somewhere it has to end.
    free = [key for key in known if key not in required and depth < _DEEPEST]
    stated = {key: accepted(root, known[key], depth + 1) for key in (*required, *free)}
    listed: Strategy = st.just({})
    if isinstance(others, Mapping):
        names = accepted(root, {"type": "string", **part["propertyNames"]}, depth + 1)
        inner = accepted(root, others, depth + 1)
        listed = st.dictionaries(names, inner, min_size=1, max_size=2)

    @st.composite
    def made(draw: st.DrawFn) -> dict[str, Any]:
        some = draw(st.lists(st.sampled_from(free), max_size=4, unique=True)) if free else []
        return {**draw(listed), **{key: draw(stated[key]) for key in (*required, *some)}}

    return made()


_DEEPEST = 8
_BY_TYPE = {
    "string": _text,
    "array": _list,
    "object": _map,
    "boolean": lambda *_: st.booleans(),
}


@cache
def files(kind: str) -> Strategy:
    return accepted(schema(kind), schema(kind))


def written(value: object) -> Iterator[str]:
    """Every piece of text in plain data, and in what was made of it."""
    if isinstance(value, str | date | Moment | Decimal | Version | Count):
        text = str(value)
        # An amount is a number: 007 and 7 are the same.
        yield str(Decimal(text)) if re.fullmatch(r"-?[0-9]*\.?[0-9]+", text) else text
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from written(key)
            yield from written(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from written(inner)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            # A field's name is the key it was under, but for an underscore at its end.
            yield field.name.removesuffix("_")
            yield from written(getattr(value, field.name))


@pytest.mark.parametrize("kind", KINDS_MADE)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_the_schema_accepts_decodes(kind: str, data: st.DataObject) -> None:
    stated = data.draw(files(kind))
    made = KINDS_MADE[kind]
    given = {"id": "x"} if made is not Company else {}
    value = decode(made, stated, Spot("x.yml"), **given, **({"stage": "y"} if made is Sop else {}))
    lost = set(written(stated)) - set(written(value)) - {"any", "not", "at_least", "at_most"}
    assert not lost


def test_where_a_part_came_from_rides_along() -> None:
    data = {"name": "Birch", "dates": {"kickoff": "2026-11-30"}, "contacts": [{"name": "Priya"}]}
    client = decode(KINDS_MADE["client"], data, Spot("clients/birch.yml"), id="birch")
    assert client.dates["kickoff"].at == Spot("clients/birch.yml", ("dates", "kickoff"))
    assert client.contacts[0].at == Spot("clients/birch.yml", ("contacts", 0))


def test_one_value_may_stand_for_a_list_of_one() -> None:
    data = {"name": "Birch", "team": {"management": "dana", "client": ["dana", "sam"]}}
    client = decode(KINDS_MADE["client"], data, Spot("x.yml"), id="birch")
    assert client.team == {"management": ("dana",), "client": ("dana", "sam")}
