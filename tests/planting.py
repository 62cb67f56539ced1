"""Our own content with something planted in every text that a person may write."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from sopwith.data import schema

KINDS = {
    "company.yml": "company",
    "sops/*/*.yml": "sop",
    "emails/*.yml": "email",
    "documents/*.yml": "document",
    "clients/*.yml": "client",
    "people/*.yml": "record",
    "quarters/*.yml": "record",
    "observations/*.yml": "observation",
    "reviews/*.yml": "review",
}
Schema = Mapping[str, Any]
Field = tuple[str, ...]
"""The kind of file, then the way to the field in it, as in `sop, phases, [], title`."""


def free(part: Schema) -> bool:
    """Whether a part of a schema takes whatever a person wants to say: a line, or prose."""
    text = "string" in part.get("type", "")
    return text and part.get("pattern", "").startswith(r"^(?!\s+$)")


def parts(whole: Schema, part: Schema) -> Iterator[Schema]:
    """A part of a schema and all that it is made of."""
    while "$ref" in part:
        part = whole["$defs"][part["$ref"].rpartition("/")[2]]
    yield part
    for word in ("oneOf", "anyOf", "allOf"):
        for inner in part.get(word, ()):
            yield from parts(whole, inner)


def fields(kind: str) -> set[Field]:
    """Every field of a kind of file that takes free text; a condition within one is not opened."""
    whole = schema(kind)

    def below(part: Schema, at: Field, opened: frozenset[int]) -> Iterator[Field]:
        for found in parts(whole, part):
            if free(found):
                yield at
            elif id(found) not in opened:
                for name, inner in _inside(found):
                    yield from below(inner, (*at, name), opened | {id(found)})

    return set(below(whole, (kind,), frozenset()))


def _inside(part: Schema) -> Iterator[tuple[str, Schema]]:
    yield from part.get("properties", {}).items()
    if isinstance(part.get("additionalProperties"), Mapping):
        yield "*", part["additionalProperties"]
    if "items" in part:
        yield "[]", part["items"]


def planted(root: Path, sow: Callable[[Field, str], str]) -> set[Field]:
    """Put what `sow` makes of it in the place of every free text of a library; returns the fields.

    What it is given is the field, and what stands there.
    """
    met: set[Field] = set()

    def sown(whole: Schema, found: list[Schema], value: Any, at: Field) -> Any:
        every = [inner for part in found for inner in parts(whole, part)]
        if isinstance(value, dict):
            return {
                name: sown(whole, *_named(every, name, inner, at)) for name, inner in value.items()
            }
        if isinstance(value, list):
            below = [part["items"] for part in every if "items" in part]
            return [sown(whole, below, inner, (*at, "[]")) for inner in value]
        if isinstance(value, str) and any(map(free, every)):
            met.add(at)
            return sow(at, value)
        return value

    for pattern, kind in KINDS.items():
        for path in sorted(root.glob(pattern)):
            whole = schema(kind)
            data = sown(whole, [whole], yaml.safe_load(path.read_text("utf-8")), (kind,))
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return met


def _named(
    every: list[Schema], name: str, value: Any, at: Field
) -> tuple[list[Schema], Any, Field]:
    known = [part["properties"][name] for part in every if name in part.get("properties", {})]
    if known:
        return known, value, (*at, name)
    others = [part.get("additionalProperties") for part in every]
    return [part for part in others if isinstance(part, Mapping)], value, (*at, "*")


def copied(source: Path, root: Path) -> Path:
    """Lay a copy of a library's content, and what makes its site."""
    for pattern in (*KINDS, "pages/*.md", "mkdocs.yml"):
        for path in source.glob(pattern):
            target = root / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return root
