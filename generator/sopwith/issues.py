"""An issue written with one of our forms -> what it says under each question.

The forms in `.github/ISSUE_TEMPLATE/` are the only place where the questions stand: their ids are
what we know, their words are the firm's. GitHub writes an issue's body as a heading and a text for
each question (docs.github.com, "Syntax for GitHub's form schema").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sopwith.problem import Place, Problem, Spot
from sopwith.source import parse

CODE = "issue-not-recorded"
# What GitHub writes where nothing was answered: into a box, and for a choice.
_NOTHING = ("_No response_", "None")


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the labels it gives an issue, and the id of each question by its words, in order.

    What is only to be ticked, such as a promise, is no question: its id is empty.
    """

    labels: tuple[str, ...]
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as GitHub tells it; `login` is the account of whoever wrote it."""

    number: int
    body: str
    created: datetime
    login: str

    @property
    def name(self) -> str:
        """What problems call it."""
        return f"issue #{self.number}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands below a question, and the line of the issue in which that begins."""

    question: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled in: the answers by the ids of their questions, without the empty ones."""

    form: Form
    answers: Mapping[str, Answer] = field(default_factory=dict)


class NotAnIssue(Exception):
    """It cannot be read; the problems say why."""

    def __init__(self, path: str, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        place = Place(path, line, column)
        self.problems = (Problem(Spot(path), CODE, message, hint, place=place),)


def read_form(path: str, raw: bytes) -> Form | None:
    """Read an issue form; None for what is none, such as the file that lists other ways."""
    source, _ = parse(path, raw)
    data: Any = source.data if source else None
    if not isinstance(data, dict) or not isinstance(data.get("body"), list):
        return None
    asked = [(part.get("type"), part.get("id"), part.get("attributes")) for part in data["body"]]
    questions = {
        about["label"]: "" if kind == "checkboxes" else id_ or ""
        for kind, id_, about in asked
        if kind != "markdown" and isinstance(about, dict) and "label" in about
    }
    labels = data.get("labels", [])
    return Form(tuple(labels if isinstance(labels, list) else [labels]), questions)


def read_issue(path: str, raw: bytes) -> Issue:
    """Read an issue as `gh issue view --json`, the REST API or a workflow's event gives it.

    Raises NotAnIssue.
    """
    hint = "write it with: gh issue view NUMBER --json number,body,createdAt,author"
    try:
        data = json.loads(raw)
    except json.JSONDecodeError as error:
        message = f"this is no JSON: {error.msg}"
        raise NotAnIssue(path, message, hint, error.lineno, error.colno) from None
    except (ValueError, RecursionError):
        raise NotAnIssue(path, "this is no JSON", hint) from None
    if isinstance(data, dict) and isinstance(data.get("issue"), dict):
        data = data["issue"]
    if not isinstance(data, dict):
        raise NotAnIssue(path, "this JSON is no issue", hint)
    if "pull_request" in data:
        raise NotAnIssue(path, "this is a pull request, and no issue", hint)
    number, body = data.get("number"), data.get("body")
    created = _moment(data.get("createdAt", data.get("created_at")))
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise NotAnIssue(path, "this issue has no number", hint)
    if not isinstance(body, str) or created is None:
        missing = "day on which it was opened" if isinstance(body, str) else "text"
        raise NotAnIssue(path, f"this issue has no {missing}", hint)
    author = data.get("author", data.get("user"))
    login = author.get("login") if isinstance(author, dict) else ""
    return Issue(number, body.replace("\r\n", "\n").replace("\r", "\n"), created, str(login or ""))


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    # At the ends of time, no other clock could tell which day it is.
    return moment if moment and moment.tzinfo and 2000 <= moment.year < 2100 else None


def fill(issue: Issue, forms: Iterable[Form]) -> Filled:
    """Find the form that an issue was written with, and what it says; raises NotAnIssue.

    Each question of the form must stand there once and in its place, so that nothing written into
    one box is taken for the answer to another question.
    """
    known = [*forms]
    if not known:
        hint = "copy ours from the repository of Sopwith"
        raise NotAnIssue(issue.name, "there are no forms in .github/ISSUE_TEMPLATE", hint)
    lines = issue.body.split("\n")
    for form in known:
        at = _headings(lines, form)
        if at is not None:
            return Filled(form, _answers(lines, form, at))
    message = "this issue does not have the questions of any of our forms, each once and in order"
    raise NotAnIssue(issue.name, message, "open a new issue with a form, and copy the text over")


def _headings(lines: Sequence[str], form: Form) -> list[int] | None:
    """The line of each question, if all of them stand there once and in order."""
    found = [i for i, line in enumerate(lines) if _question(line) in form.questions]
    asked = [_question(lines[i]) for i in found]
    return found if asked and asked == [*form.questions] else None


def _question(line: str) -> str | None:
    match = re.fullmatch(r"### (.+?)\s*", line)
    return match[1] if match else None


def _answers(lines: Sequence[str], form: Form, at: Sequence[int]) -> dict[str, Answer]:
    answers = {}
    for (question, id_), start, end in zip(
        form.questions.items(), at, (*at[1:], len(lines)), strict=True
    ):
        below = [line.strip() for line in lines[start + 1 : end]]
        first = next((i for i, line in enumerate(below) if line), 0)
        text = "\n".join(below).strip()
        if id_ and text and text not in _NOTHING:
            answers[id_] = Answer(question, text, start + first + 2)
    return answers
