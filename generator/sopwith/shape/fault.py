"""One error of the reference validator, with what the schema says of the field at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sopwith.problem import Problem, Route, Spot
from sopwith.shape.words import Schema, field

if TYPE_CHECKING:
    from jsonschema import ValidationError


@dataclass(frozen=True)
class Fault:
    """One error of the validator, beside the schema of the file and the file's path."""

    root: Schema
    path: str
    error: ValidationError

    @cached_property
    def keyword(self) -> str:
        """The word of the schema that is not satisfied."""
        return str(self.error.validator)

    @cached_property
    def route(self) -> Route:
        """Where it is: the value, or the object whose keys are at fault."""
        route = tuple(self.error.absolute_path)
        return (*route, str(self.value)) if self.of_key else route

    @cached_property
    def of_key(self) -> bool:
        """Whether the name of a key is at fault and not its value."""
        return "propertyNames" in self.error.absolute_schema_path

    @property
    def value(self) -> Any:
        """The value that is at fault."""
        return self.error.instance

    @property
    def schema(self) -> Schema:
        """The schema that holds the keyword."""
        schema = self.error.schema
        return schema if isinstance(schema, Mapping) else {}

    @property
    def asks(self) -> Any:
        """What the keyword asks for."""
        return self.error.validator_value

    @property
    def field(self) -> Schema:
        """What the schema says of the field at fault."""
        return field(self.root, self.route)

    @property
    def spot(self) -> Spot:
        """The value, or the key where its name is at fault."""
        spot = Spot(self.path, self.route)
        return spot.name() if self.of_key else spot

    @property
    def head(self) -> Spot:
        """Where a list or map is named: its key, or where it begins if it has none."""
        return self.spot.name() if self.name else self.spot

    @property
    def name(self) -> str:
        """The key of the part at fault; empty for an entry of a list."""
        last = self.route[-1] if self.route else ""
        return last if isinstance(last, str) else ""

    def part(self, name: str) -> Schema:
        """What the schema says of a key of the object at fault."""
        return field(self.root, (*self.route, name))

    def problem(self, code: str, message: str, hint: str, spot: Spot | None = None) -> Problem:
        """The problem that this fault is, at its own spot unless another is given."""
        return Problem(spot or self.spot, code, message, hint)
