"""A YAML text -> the same text, tidy: keys in order, quotes where needed, no comment lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laid import TESTS, load
from sopwith import edit
from sopwith.edit.sheet import Sheet
from sopwith.fields import Fields
from sopwith.read import KINDS
from sopwith.source import Data, parse
from test_edit import Hand, files, keys, written

ROOT = TESTS.parent
CASES = sorted((TESTS / "cases" / "tidy").glob("*.yml"))
OURS = {ROOT / "company.yml": "company"} | {
    path: kind.schema for kind in KINDS for path in sorted((ROOT / kind.folder).rglob("*.yml"))
}
A_NOTE = re.compile(r"# (?:note \d+|the end|yaml-language)[^\r\n]*")


def tidied(text: str, fields: Fields) -> str:
    """The tidy text, or the reason why there is none."""
    try:
        return edit.tidy(text, fields)
    except edit.Unwritable as unwritable:
        return str(unwritable)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    for case in load(path)["tidied"]:
        after = tidied(case["text"], Fields.of(case["kind"]))
        assert after == case["gives"]


def test_our_own_files_are_tidy() -> None:
    for path, kind in OURS.items():
        text = path.read_text("utf-8")
        assert edit.tidy(text, Fields.of(kind)) == text, path


# Any file, in any hand -------------------------------------------------------------------------


def any_order(order: list[str]) -> Fields:
    """A schema that has these keys everywhere, in this order."""
    here = {"$ref": "#/$defs/here"}
    node = {"properties": dict.fromkeys(order, here), "items": here, "additionalProperties": here}
    return Fields({"$defs": {"here": node}}, node)


def is_in_order(data: Data, fields: Fields) -> bool:
    if isinstance(data, list):
        return all(is_in_order(item, fields.at(0)) for item in data)
    if not isinstance(data, dict):
        return True
    known = [key for key in data if key in fields.order]
    return known == sorted(known, key=fields.order.index) and all(
        is_in_order(value, fields.at(key)) for key, value in data.items()
    )


BETWEEN_BRACKETS = "nobody can tell what a comment between brackets belongs to"


def check(text: str, fields: Fields) -> None:
    """Hold a text to all that is promised, unless it is left as it is for the one good reason."""
    source, problems = parse("", text.encode())
    assert source, problems
    after = tidied(text, fields)
    if after == BETWEEN_BRACKETS:
        return
    again, problems = parse("", after.encode())
    assert again, problems
    assert again.data == source.data
    assert is_in_order(again.data, fields)
    assert Counter(A_NOTE.findall(after)) == Counter(A_NOTE.findall(text))
    assert edit.tidy(after, fields) == after


@settings(max_examples=80)
@given(written(), st.permutations(["a", "b", "c", "d", "due-date"]))
def test_any_file_in_any_hand(text: str, order: list[str]) -> None:
    check(text, any_order(order))


def mixed(draw: Callable[[st.SearchStrategy[Any]], Any], data: Data) -> Data:
    """The same data with the keys of its maps in any order."""
    if isinstance(data, list):
        return [mixed(draw, item) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: mixed(draw, data[key]) for key in draw(st.permutations(list(data)))}


@st.composite
def ours_in_any_hand(draw: st.DrawFn) -> tuple[str, Fields]:
    path = draw(st.sampled_from(list(OURS)))
    source, _ = parse("", path.read_bytes())
    assert source
    names = draw(st.permutations(list(source.data)))[:3]
    data: dict[str, Data] = {name: source.data[name] for name in names}
    small = {key: value[:2] if isinstance(value, list) else value for key, value in data.items()}
    mangled = mixed(draw, small)
    assert isinstance(mangled, dict)
    return Hand(draw).file(mangled), Fields.of(OURS[path])


@settings(max_examples=40)
@given(ours_in_any_hand())
def test_our_own_files_in_any_hand(given_: tuple[str, Fields]) -> None:
    check(*given_)


@settings(max_examples=40)
@given(files, keys)
def test_every_comment_is_seen(data: dict[str, Data], key: str) -> None:
    text = edit.put("a: b  # one\n", (key,), data) if key != "a" else "a: b  # one\n"
    assert Sheet.read(text).notes == ["# one"]
