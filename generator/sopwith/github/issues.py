"""A repository's issues, labels and comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from sopwith.github.answer import NOT_GITHUB, GitHubFailed
from sopwith.github.asking import Line

TITLE = 256
"""The most letters that the title of an issue may have."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, as far as we look at it."""

    number: int
    title: str
    body: str
    is_open: bool
    labels: tuple[str, ...]
    assignees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its name, its color as six hexadecimal digits, and what it is for."""

    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues of one repository; everything here raises GitHubFailed."""

    line: Line

    def all(self, label: str) -> tuple[Issue, ...]:
        """Every issue with a label, open and closed, the oldest first; pull requests are none."""
        asked = {"labels": label, "state": "all", "sort": "created", "direction": "asc"}
        query = urlencode({**asked, "per_page": 100}, quote_via=quote)
        found = self.line.pages(f"{self._issues}?{query}")
        return tuple(_issue(one) for one in found if "pull_request" not in one)

    def can_assign(self, account: str) -> bool:
        """Say whether an account may be given issues of this repository."""
        path = f"{self.line.home}/assignees/{quote(account, safe='')}"
        return self.line.ask("GET", path, missing=True).status != 404

    def ensure(self, label: Label) -> None:
        """Make a label, if there is none of its name."""
        path = f"{self.line.home}/labels"
        data = {"name": label.name, "color": label.color, "description": label.description}

        def find() -> bool | None:
            found = self.line.ask("GET", f"{path}/{quote(label.name, safe='')}", missing=True)
            return found.status != 404 or None

        if not find():
            self.line.once(lambda: bool(self.line.ask("POST", path, data)), find)

    def open(self, title: str, body: str, label: str, assignees: Sequence[str], mark: str) -> Issue:
        """Open an issue; `mark` is what its body holds and no other's does.

        Where the answer is lost, the mark is looked for before anything is tried anew.
        """
        data = {"title": title, "body": body, "labels": [label], "assignees": assignees}

        def post() -> Issue:
            return _issue(self.line.ask("POST", self._issues, data).data())

        def find() -> Issue | None:
            return next((issue for issue in self.all(label) if mark in issue.body), None)

        return self.line.once(post, find)

    def change(self, number: int, **fields: str) -> None:
        """Give an issue another title, body or state (`state`, `state_reason`)."""
        self.line.ask("PATCH", f"{self._issues}/{number}", fields)

    def assign(self, number: int, accounts: Sequence[str]) -> None:
        """Assign an issue to more people; who has it already, keeps it."""
        path, data = f"{self._issues}/{number}/assignees", {"assignees": accounts}
        self.line.once(lambda: bool(self.line.ask("POST", path, data)), lambda: None)

    def comment(self, number: int, text: str, mark: str) -> None:
        """Comment on an issue, unless a comment with that mark is there."""
        path = f"{self._issues}/{number}/comments"

        def find() -> bool | None:
            comments = self.line.pages(f"{path}?per_page=100")
            return any(mark in (comment.get("body") or "") for comment in comments) or None

        if not find():
            self.line.once(lambda: bool(self.line.ask("POST", path, {"body": text})), find)

    @property
    def _issues(self) -> str:
        return f"{self.line.home}/issues"


def _issue(data: Mapping[str, Any]) -> Issue:
    try:
        return Issue(
            number=int(data["number"]),
            title=str(data["title"]),
            # Whoever edits an issue in a browser leaves other ends of lines behind.
            body=str(data.get("body") or "").replace("\r\n", "\n"),
            is_open=data["state"] == "open",
            labels=tuple(label["name"] for label in data["labels"]),
            assignees=tuple(person["login"] for person in data["assignees"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise GitHubFailed(NOT_GITHUB) from None
