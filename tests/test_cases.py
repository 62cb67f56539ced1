"""Every case: a library that somebody might write, and what we say of it to the letter.

What stands under `past` was committed before, state by state; with `since`, what changed since that
commit is judged too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gitted import commit
from laid import TESTS, TODAY, lay, line, load, look
from sopwith.making import since
from sopwith.report import in_order
from sopwith.workspace import Inputs, open_workspace

# The name of a commit hangs on all that is in it.
COMMIT = re.compile(r"\b[0-9a-f]{10}(?=:)")
CASES = [path for path in sorted((TESTS / "cases").glob("*/*.yml")) if "problems" in load(path)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path, tmp_path: Path) -> None:
    case = load(path)
    for state in case.get("past", ()):
        commit(lay(tmp_path, state))
    _, problems, _ = look(lay(tmp_path, case))
    if "since" in case:
        work = open_workspace(Inputs(tmp_path, today=TODAY))
        problems = in_order(since(work, case["since"], problems))
    lines = [COMMIT.sub("COMMIT", line(problem)) for problem in problems]
    assert lines == case["problems"]
    if "hint" in case:
        assert problems[0].hint == case["hint"]
    if "hints" in case:
        assert [problem.hint for problem in problems] == case["hints"]
