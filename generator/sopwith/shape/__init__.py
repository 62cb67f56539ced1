"""Plain data against its JSON Schema -> problems that people can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from sopwith.problem import Problem
from sopwith.shape.explain import explain
from sopwith.shape.formats import FORMATS

__all__ = ["FORMATS", "Shape", "check", "errors", "load"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema, ready to judge: JSON Schema 2020-12 with formats, as our schemas use it."""

    schema: Mapping[str, Any]
    fast: jsonschema_rs.Draft202012Validator


def load(schema: Mapping[str, Any]) -> Shape:
    """Make a schema ready; ValueError if it is none."""
    fast = jsonschema_rs.Draft202012Validator(
        dict(schema), formats=dict(FORMATS), validate_formats=True
    )
    return Shape(schema, fast)


def check(shape: Shape, data: object, path: str) -> tuple[Problem, ...]:
    """All that is wrong with the data of one file, in the order of routes; none if it is valid."""
    if shape.fast.is_valid(data):
        return ()
    return explain(shape.schema, path, errors(shape, data))


def errors(shape: Shape, data: object) -> list[Any]:
    """What the reference validator finds, which knows more of each fault than the fast one."""
    # Loading it takes longer than checking a hundred valid files, which need it not at all.
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    for name, is_valid in FORMATS.items():
        checker.checks(name)(lambda value, ok=is_valid: not isinstance(value, str) or ok(value))
    return list(Draft202012Validator(shape.schema, format_checker=checker).iter_errors(data))
