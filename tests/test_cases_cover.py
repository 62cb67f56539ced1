"""Every problem code has a page and cases, and no page or case is about a code there is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from laid import TESTS, load
from sopwith.explain import pages

PACKAGE = TESTS.parent / "generator" / "sopwith"
CASES = TESTS / "cases"

# A case file, which is text itself, cannot hold the first four (test_read and test_hostile do), and
# only building, recording or tidying turns up the others.
ELSEWHERE = {
    "file-too-large",
    "not-utf8",
    "symbolic-link",
    "unreadable-file",
    "not-yet-known",
    "missing-glyph",
    "not-an-export",
    "tick-not-recorded",
    "left-untouched",
    "not-tidy",
    "issue-not-recorded",
    "owners-changed",
    "not-publishable",
    "confirmation-not-recorded",
}


def constants(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Every piece of text among parts of the program."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def given_codes(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The codes that they give to a problem as they make one."""
    for node in nodes:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = {"Problem": 1, "Fault": 1, "fault": 1, "problem": 0}.get(name.lstrip("_"), 9)
            for argument in node.args[at : at + 1]:
                if isinstance(argument, ast.Constant) and CODE.fullmatch(str(argument.value)):
                    yield str(argument.value)


CODE = re.compile("[a-z][a-z0-9-]*")
CODES = sorted(pages())  # the first test holds them to those that there are


def emitted() -> set[str]:
    """The codes that the program can tell of."""
    nodes = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant | ast.Call)
    ]
    return {*given_codes(nodes)} | (pages().keys() & {*constants(nodes)})


def expected_codes(path: Path) -> set[str]:
    return {re.split(r": | \(warning\)", line)[1] for line in load(path)["problems"]}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {*CODES} == emitted()


@pytest.mark.parametrize("code", sorted({*CODES} - ELSEWHERE))
def test_every_code_has_a_case_that_triggers_and_a_silent_one(code: str) -> None:
    found = [expected_codes(path) for path in (CASES / code).glob("*.yml")]
    assert any(code in codes for codes in found)
    assert any(not codes for codes in found)


def test_every_folder_of_cases_is_a_code() -> None:
    about = {path.parent.name for path in CASES.glob("*/*.yml") if "problems" in load(path)}
    assert about == {*CODES} - ELSEWHERE


@pytest.mark.parametrize("code", CODES)
def test_every_page_shows_a_wrong_and_a_right_way(code: str) -> None:
    page = pages()[code]
    assert re.match(rf"# {code}: \S.*\n\n\S", page)
    assert page.index("\nWrong") < page.index("\nRight")
    # What is wrong with the name or the place of a file is said in words.
    assert "```yaml\n" in page or code == "run-circle"
