"""Every case: a library that somebody might write, and what we say of it to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from laid import TESTS, lay, line, load, look

CASES = [path for path in sorted((TESTS / "cases").glob("*/*.yml")) if "problems" in load(path)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path, tmp_path: Path) -> None:
    case = load(path)
    _, problems, _ = look(lay(tmp_path, case))
    assert [line(problem) for problem in problems] == case["problems"]
    if "hint" in case:
        assert problems[0].hint == case["hint"]
