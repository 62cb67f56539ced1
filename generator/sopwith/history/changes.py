"""The commit we build from, the last change of each file, and what is in no commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sopwith.history.commits import SHORT, UnknownRevision, checked_out, commit_name, cut_off_at
from sopwith.history.git import demand
from sopwith.history.log import Entry, entries_of

UNCOMMITTED = "uncommitted"
UNSAVED = " + unsaved changes"
"""What stands behind a commit where files were changed since; they are in no commit."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: the beginning of its name, and the day it was made by its committer's clock."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class History:
    """The commit that is built, and the last commit up to it that touched each path.

    `touched` has every commit that touched a file, or anything in a folder of the root.
    """

    commit: str = UNCOMMITTED
    changes: Mapping[str, Commit] = field(default_factory=dict)
    touched: Mapping[str, Set[str]] = field(default_factory=dict)

    def last_change(self, path: str) -> Commit | None:
        """The last commit that touched a path, relative to the root; None if none did."""
        return self.changes.get(path)


def read_history(root: Path, revision: str = "") -> History:
    """Read the history up to a revision (none: HEAD) of the repository that holds `root`.

    A folder without git, or without a commit, has an empty history; a file that did not change
    since a shallow clone begins has no last change. Raises UnknownRevision where a revision is
    asked for that is not there, and GitFailed.
    """
    cut_off = cut_off_at(root)
    name = commit_name(root, revision) if revision else checked_out(root)
    if cut_off is None or name is None:
        if revision:
            raise UnknownRevision(revision)
        return History()
    log = demand(
        root, "log", "--format=%x01%H %cs", "--name-only", "--no-renames", "-z",
        "--no-show-signature", "--relative", name, "--", ".",
    )  # fmt: skip  # one line a group of arguments reads better
    entries = list(entries_of(log.decode("utf-8", "replace")))
    return History(name[:SHORT], _last_changes(entries, cut_off), _touched(entries))


def uncommitted(root: Path, revision: str = "") -> frozenset[str]:
    """The files that are not as a revision (none: HEAD) has them; none where there is none.

    Raises GitFailed.
    """
    name = commit_name(root, revision or "HEAD")
    if name is None:
        return frozenset()
    changed = demand(
        root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--relative", name,
        "--", ".",
    )  # fmt: skip  # one line a group of arguments reads better
    new = demand(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(filter(None, (changed + new).decode("utf-8", "replace").split("\0")))


def _last_changes(entries: Iterable[Entry], cut_off: frozenset[str]) -> dict[str, Commit]:
    changes: dict[str, Commit] = {}
    for head, names in entries:
        name, _, day = head.partition(" ")
        commit = Commit(name[:SHORT], date.fromisoformat(day))
        for path in names if name not in cut_off else ():
            changes.setdefault(path, commit)
    return changes


def _touched(entries: Iterable[Entry]) -> dict[str, Set[str]]:
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for head, names in entries:
        commit = head.partition(" ")[0]
        for path in names:
            touched[path].add(commit)
            touched[path.partition("/")[0]].add(commit)
    return dict(touched)
