"""Everything that our sources ask for is done somewhere, and that place is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sopwith.model import Library
from sopwith.read import read

TESTS = Path(__file__).parent
MAP: dict[str, list[str]] = yaml.safe_load((TESTS / "seed_map.yml").read_text("utf-8"))
# Every id there is; what the map leaves out must be seen, so the list does not come from the map.
IDS = (TESTS / "seed_ids.txt").read_text("utf-8").split()


@cache
def library() -> Library:
    found = read(TESTS.parent).library
    assert found
    return found


def test_every_id_has_a_place() -> None:
    assert sorted(MAP) == sorted(set(IDS))
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("id_", MAP)
def test_every_place_is_there(id_: str) -> None:
    assert MAP[id_]
    assert [place for place in MAP[id_] if not holds_something(place)] == []


@pytest.mark.parametrize(
    "place", ["email:no", "billing/no", "billing#no", "company#tools.no", "*#nothing"]
)
def test_a_place_that_is_not_there_is_seen(place: str) -> None:
    assert not holds_something(place)


def test_a_step_calls_for_every_email_and_document() -> None:
    sops = library().sops.values()
    assert {email for sop in sops for email in sop.emails} == set(library().emails)
    assert {document for sop in sops for document in sop.documents} == set(library().documents)


def holds_something(place: str) -> bool:
    """Find `email:id`, `document:id`, `page:id`, `test:file`, `sop/step` or `sop#field`."""
    kind, _, name = place.rpartition(":")
    if kind == "test":
        return (TESTS / name).is_file()
    if kind:
        return name in getattr(library(), f"{kind}s")
    holder, _, step = place.partition("/")
    if step:
        return holder in library().sops and library().sops[holder].step(step) is not None
    holder, _, route = place.partition("#")
    return bool(route) and all(written(value, route) for value in holders(holder))


def holders(name: str) -> Sequence[Any]:
    """What `company`, the id of an SOP, or `*` for all of them, stands for."""
    if name == "company":
        return [library().company]
    return list(library().sops.values()) if name == "*" else [library().sops.get(name)]


def written(value: Any, route: str) -> bool:
    """Whether something is written in the field that a route leads to."""
    for key in re.findall(r"[^.\[\]]+", route):
        value = inner(value, key)
    return bool(value)


def inner(value: Any, key: str) -> Any:
    """A field by its name, an entry of a list by number or id, or one of a mapping by its key."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, Sequence):
        if key.isdigit():
            return value[int(key)] if int(key) < len(value) else None
        return next((item for item in value if item.id == key), None)
    return getattr(value, key, None)
