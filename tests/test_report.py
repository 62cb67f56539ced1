"""What the user reads of problems: at a terminal, on a pull request, in another program."""

from __future__ import annotations

import json
import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopwith import report
from sopwith.problem import Place, Problem, Severity, Spot


def problem(
    code: str = "unknown-role",
    message: str = 'no role is called "x"',
    hint: str = "",
    severity: Severity = "error",
    at: tuple[str, int, int] = ("sops/a.yml", 4, 3),
) -> Problem:
    return Problem(Spot(at[0]), code, message, hint, severity, Place(*at))


ROLE = problem(hint='did you mean "y"?')
DATE = problem("client-without-date", "no date", severity="warning", at=("clients/b.yml", 10, 1))

TEXTS = [
    ([], 1, "1 file, no problems.\n"),
    ([], 3, "3 files, no problems.\n"),
    (
        [ROLE],
        2,
        (
            'sops/a.yml:4:3: unknown-role: no role is called "x"\n    did you mean "y"?\n\n'
            "1 problem in 2 files. More about one: sopwith explain unknown-role\n"
        ),
    ),
    (
        [DATE],
        2,
        (
            "clients/b.yml:10:1: client-without-date (warning): no date\n\n"
            "1 warning in 2 files. More about one: sopwith explain client-without-date\n"
        ),
    ),
    (
        [DATE, ROLE, ROLE],
        3,
        (
            "clients/b.yml:10:1: client-without-date (warning): no date\n"
            'sops/a.yml:4:3: unknown-role: no role is called "x"\n    did you mean "y"?\n'
            'sops/a.yml:4:3: unknown-role: no role is called "x"\n    did you mean "y"?\n\n'
            "2 problems and 1 warning in 3 files. More about one: sopwith explain unknown-role\n"
        ),
    ),
]


@pytest.mark.parametrize(("problems", "files", "expected"), TEXTS)
def test_text(problems: list[Problem], files: int, expected: str) -> None:
    assert click.unstyle(report.text(problems, files)) == expected


def test_github() -> None:
    """As `::error file=...,line=...,col=...,title=...::message`, with what would end it escaped."""
    odd = problem(message="100% of\nit", at=("sops/a,b:c.yml", 1, 2))
    assert report.github([ROLE, DATE, odd], 3).splitlines() == [
        (
            "::error file=sops/a.yml,line=4,col=3,title=unknown-role::"
            'no role is called "x"%0Adid you mean "y"?'
        ),
        "::warning file=clients/b.yml,line=10,col=1,title=client-without-date::no date",
        "::error file=sops/a%2Cb%3Ac.yml,line=1,col=2,title=unknown-role::100%25 of%0Ait",
    ]
    assert report.github([], 3) == ""


def test_json() -> None:
    assert json.loads(report.as_json([ROLE], 2)) == {
        "files": 2,
        "problems": [
            {
                "path": "sops/a.yml",
                "line": 4,
                "column": 3,
                "severity": "error",
                "code": "unknown-role",
                "message": 'no role is called "x"',
                "hint": 'did you mean "y"?',
            }
        ],
    }


def test_order() -> None:
    """By file, then by line and column as numbers; what is told twice is told once."""
    places = [("b.yml", 1, 1), ("a.yml", 10, 1), ("a.yml", 9, 2), ("a.yml", 9, 10), ("a.yml", 9, 2)]
    found = report.in_order(problem(at=place) for place in places)
    assert [str(p.place) for p in found] == ["a.yml:9:2", "a.yml:9:10", "a.yml:10:1", "b.yml:1:1"]


ANY = st.text(st.characters(codec=None)) | st.text(st.sampled_from("\x1b\r\n\u202e\ud800::%,"))


@given(message=ANY, hint=ANY, path=ANY)
def test_nothing_moves_the_cursor(message: str, hint: str, path: str) -> None:
    """File names and YAML may hold anything: each problem stays on lines of its own."""
    given_ = [problem(message=message, hint=hint, at=(path, 1, 1))]
    text = click.unstyle(report.text(given_, 1))
    assert text.count("\n") == (4 if hint else 3)
    assert not re.search(r"[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    annotation = report.github(given_, 1)
    assert annotation.count("\n") == 1
    assert "\r" not in annotation
    assert json.loads(report.as_json(given_, 1))["problems"][0]["message"] == message
