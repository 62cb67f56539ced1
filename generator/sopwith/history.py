"""What git knows: the commit we build from, and the last change of each file."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

UNCOMMITTED = "uncommitted"
# Settings of a person's own that would change what we read.
_PLAIN = (
    *("-c", "core.quotePath=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
# Git's own short names grow with the number of objects, which is another in each clone.
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: the beginning of its name, and the day it was made by its committer's clock."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class History:
    """The commit that is built, and the last commit up to it that touched each path."""

    commit: str = UNCOMMITTED
    changes: Mapping[str, Commit] = field(default_factory=dict)

    def last_change(self, path: str) -> Commit | None:
        """The last commit that touched a path, relative to the root; None if none did."""
        return self.changes.get(path)


class UnknownRevision(ValueError):
    """The revision asked for is not in this repository."""


def read_history(root: Path, revision: str = "") -> History:
    """Read the history up to a revision (none: HEAD) of the repository that holds `root`.

    A folder without git, or without a commit, has an empty history. Raises UnknownRevision where
    a revision is asked for that is not there.
    """
    name = commit_name(root, revision or "HEAD")
    if name is None:
        if revision:
            raise UnknownRevision(revision)
        return History()
    log = _git(
        root, "log", "--format=%x01%H %cs", "--name-only", "--no-renames", "-z",
        "--no-show-signature", "--relative", name, "--", ".",
    )  # fmt: skip  # one line a group of arguments reads better
    return History(name[:_SHORT], _last_changes(log or ""))


def commit_name(root: Path, revision: str) -> str | None:
    """The full name of the commit that a revision means; None where there is none."""
    if revision.startswith("-"):
        return None
    name = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return name and name.strip()


def user_email(root: Path) -> str:
    """The address git would sign a commit with; empty where it has none."""
    return (_git(root, "config", "user.email") or "").strip()


def _last_changes(log: str) -> dict[str, Commit]:
    changes: dict[str, Commit] = {}
    for entry in log.split("\x01")[1:]:
        head, _, names = entry.partition("\n")
        head = head.rstrip("\0")
        name, _, day = head.partition(" ")
        commit = Commit(name[:_SHORT], date.fromisoformat(day))
        for path in names.split("\0"):
            if path:
                changes.setdefault(path.lstrip("\n"), commit)
    return changes


def _git(root: Path, *args: str) -> str | None:
    """Run git and return what it prints, or None where it fails or is not there.

    Quoting is off and the repository's own hooks and settings for colors cannot matter: only
    plumbing is asked, with its output fixed by the arguments.
    """
    command = ["git", "-C", str(root), *_PLAIN, *args]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # fixed program, no shell
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
