"""Problems -> what the user reads: text, GitHub annotations, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

import click

from sopwith.problem import Place, Problem
from sopwith.rules import lost_step


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort located problems as a reader goes through the files, each told once.

    A step that was lost comes first: other problems may only follow from it.
    """
    unique = {(p.place, p.code, p.message): p for p in problems}
    return tuple(
        sorted(
            unique.values(),
            key=lambda p: (p.code != lost_step.CODE, p.place or Place(""), p.code, p.message),
        )
    )


def text(problems: Sequence[Problem], files: int) -> str:
    """Show problems to a person at a terminal: two lines each, then a count.

    `files` is how many files were looked at. Colors are in; whoever prints drops them where the
    output is no terminal.
    """
    shown = "".join(f"{_line(problem)}\n" for problem in problems)
    return shown + _summary(problems, files)


def _line(problem: Problem) -> str:
    is_error = problem.is_error
    code = click.style(problem.code, fg="red" if is_error else "yellow", bold=True)
    kind = "" if is_error else " (warning)"
    where = click.style(_visible(str(problem.place)), bold=True)
    hint = f"\n    {click.style(_visible(problem.hint), fg='cyan')}" if problem.hint else ""
    return f"{where}: {code}{kind}: {_visible(problem.message)}{hint}"


def _visible(text: str) -> str:
    """Spell out what would move a terminal's cursor: file names and YAML may hold anything."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _summary(problems: Sequence[Problem], files: int) -> str:
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    looked = _count(files, "file")
    if not problems:
        return f"{looked}, no problems.\n"
    found = [_count(errors, "problem")] if errors else []
    found += [_count(warnings, "warning")] if warnings else []
    first = next((p for p in problems if p.is_error), problems[0])
    return f"\n{' and '.join(found)} in {looked}. More about one: sopwith explain {first.code}\n"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def late_reviews(number: int) -> str:
    """Remind of reviews that should have been held; empty where there are none."""
    if not number:
        return ""
    are = f"{_count(number, 'review')} {'is' if number == 1 else 'are'} overdue"
    return f"{are}. Which: sopwith remind --dry-run"


def github(problems: Sequence[Problem], files: int) -> str:
    """Show problems as annotations on the lines of a pull request (GitHub workflow commands)."""
    del files
    return "".join(f"{_annotation(problem)}\n" for problem in problems)


def _annotation(problem: Problem) -> str:
    place = problem.place or Place(problem.spot.path)
    at = ",".join(
        f"{name}={_escape(str(value), property_value=True)}"
        for name, value in (
            ("file", place.path),
            ("line", place.line),
            ("col", place.column),
            ("title", problem.code),
        )
    )
    says = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return f"::{problem.severity} {at}::{_escape(says)}"


def _escape(text: str, *, property_value: bool = False) -> str:
    # As GitHub's own toolkit does it: actions/toolkit, packages/core/src/command.ts.
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if property_value else escaped


def as_json(problems: Sequence[Problem], files: int) -> str:
    """Show problems to a program."""
    listed = [
        {
            "path": problem.place.path if problem.place else problem.spot.path,
            "line": problem.place.line if problem.place else 1,
            "column": problem.place.column if problem.place else 1,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps({"files": files, "problems": listed}, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Problem], int], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
}
