"""Every problem code has a page and cases, and no page or case is about a code there is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from laid import TESTS, load
from sopwith.explain import pages
from sopwith.rules import RULES

PACKAGE = TESTS.parent / "generator" / "sopwith"
CASES = TESTS / "cases"

# A case file, which is text itself, cannot hold the first four (test_read and test_hostile do), and
# only building turns up the others.
ELSEWHERE = {
    "file-too-large",
    "not-utf8",
    "symbolic-link",
    "unreadable-file",
    "email-waits",
    "missing-glyph",
}


def written_codes(path: Path) -> Iterator[str]:
    """The codes that a module gives to problems, wherever it writes them out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = {"Problem": 1, "Fault": 1, "fault": 1, "problem": 0}.get(name)
            if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                yield str(ast.literal_eval(node.args[at]))


EMITTED = {code for path in PACKAGE.rglob("*.py") for code in written_codes(path)} | {*RULES}


def expected_codes(path: Path) -> set[str]:
    return {re.split(r": | \(warning\)", line)[1] for line in load(path)["problems"]}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {*pages()} == EMITTED


@pytest.mark.parametrize("code", sorted(EMITTED - ELSEWHERE))
def test_every_code_has_a_case_that_triggers_and_a_silent_one(code: str) -> None:
    found = [expected_codes(path) for path in (CASES / code).glob("*.yml")]
    assert any(code in codes for codes in found)
    assert any(not codes for codes in found)


def test_every_folder_of_cases_is_a_code() -> None:
    about = {path.parent.name for path in CASES.glob("*/*.yml") if "problems" in load(path)}
    assert about == EMITTED - ELSEWHERE


@pytest.mark.parametrize("code", sorted(EMITTED))
def test_every_page_shows_a_wrong_and_a_right_way(code: str) -> None:
    page = pages()[code]
    assert re.match(rf"# {code}: \S.*\n\n\S", page)
    assert page.index("\nWrong") < page.index("\nRight")
    # What is wrong with the name or the place of a file is said in words.
    assert "```yaml\n" in page or code == "run-circle"
