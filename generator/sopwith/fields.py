"""What the schemas say of a place in a file: which keys it has, in which order, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sopwith.data import schema


@dataclass(frozen=True, slots=True)
class Fields:
    """A place in a kind of file; one that the schema does not know has no keys."""

    root: Mapping[str, Any]
    node: Mapping[str, Any]

    @classmethod
    def of(cls, kind: str) -> Fields:
        """The whole file of a kind that has a schema."""
        return cls(schema(kind), schema(kind))

    def at(self, step: str | int) -> Fields:
        """The place below this one: under a key, or any item of a list."""
        if isinstance(step, int):
            return self._resolved(self.node.get("items"))
        named = self.node.get("properties", {}).get(step)
        return self._resolved(named or self.node.get("additionalProperties"))

    @property
    def order(self) -> tuple[str, ...]:
        """The keys that may stand here, as our own files order them."""
        return tuple(self.node.get("properties", ()))

    @property
    def description(self) -> str:
        """What belongs here, in sentences; empty where nobody knows."""
        return str(self.node.get("description", ""))

    @property
    def default(self) -> Any:
        """What it means to leave this out; None where it means nothing."""
        return self.node.get("default")

    def _resolved(self, node: Any) -> Fields:
        found = node if isinstance(node, Mapping) else {}
        while "$ref" in found:
            target = self.root["$defs"][found["$ref"].rpartition("/")[2]]
            found = {**target, **{key: said for key, said in found.items() if key != "$ref"}}
        return Fields(self.root, found)
