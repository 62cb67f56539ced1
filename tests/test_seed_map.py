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
MAP = yaml.safe_load((TESTS / "seed_map.yml").read_text("utf-8"))
# Every id there is; what the map leaves out must be seen, so the list does not come from the map.
IDS = (TESTS / "seed_ids.txt").read_text("utf-8").split()


@cache
def library() -> Library:
    found = read(TESTS.parent).library
    assert found
    return found


def test_every_id_is_listed_once() -> None:
    listed = [row["id"] for row in MAP["covered"]] + MAP["later"]
    assert sorted(listed) == sorted(IDS)
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("row", MAP["covered"], ids=lambda row: row["id"])
def test_every_place_is_there(row: Mapping[str, Any]) -> None:
    assert row["where"]
    assert [place for place in row["where"] if not holds_something(place)] == []


def holds_something(place: str) -> bool:
    """Find `email:id`, `sop/step`, `sop#field` or `company#field`, where something is written."""
    kind, _, name = place.rpartition(":")
    if kind == "email":
        return name in library().emails
    holder, _, step = place.partition("/")
    if step:
        return holder in library().sops and library().sops[holder].step(step) is not None
    holder, _, route = place.partition("#")
    value: Any = library().company if holder == "company" else library().sops.get(holder)
    for key in re.findall(r"[^.\[\]]+", route):
        value = inner(value, key)
    return bool(route and value)


def inner(value: Any, key: str) -> Any:
    """A field by its name, an entry of a list by number or id, or one of a mapping by its key."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, Sequence):
        if key.isdigit():
            return value[int(key)] if int(key) < len(value) else None
        return next((item for item in value if item.id == key), None)
    return getattr(value, key, None)
