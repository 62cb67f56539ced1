"""Which commit a revision means, and whether all that came before it is here."""

from __future__ import annotations

import os
from pathlib import Path

from sopwith.history.git import GitFailed, answer, ask

# Git's own short names grow with the number of objects, which is another in each clone.
SHORT = 10


class UnknownRevision(ValueError):
    """The revision asked for is not in this repository."""


def is_whole(root: Path) -> bool:
    """Say whether the root is in a repository whose history is all here. Raises GitFailed."""
    return cut_off_at(root) == frozenset() and checked_out(root) is not None


def commit_name(root: Path, revision: str) -> str | None:
    """The full name of the commit that a revision means; None where there is none.

    Raises GitFailed where there may be one, and git cannot look.
    """
    if revision.startswith("-"):
        return None
    name = answer(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if name is None:
        cut_off_at(root)
    return name and name.strip()


def parting(root: Path, revision: str) -> str | None:
    """The commit from which what is checked out here and a revision went their own ways.

    That is the revision itself where we come from it. None without such a commit, or where the two
    have nothing in common in the part of the history that is here. Raises GitFailed.
    """
    commit = commit_name(root, revision)
    found = commit and answer(root, "merge-base", "HEAD", commit)
    return found.strip() if found else None


def user_email(root: Path) -> str:
    """The address git would sign a commit with; empty where it has none."""
    return (answer(root, "config", "user.email") or "").strip()


def checked_out(root: Path) -> str | None:
    """The commit that is checked out, even if it cannot be read; None before the first."""
    name = answer(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return name and name.strip()


def cut_off_at(root: Path) -> frozenset[str] | None:
    """The commits whose parents a shallow clone left out; None without git or a repository."""
    done = ask(root, "rev-parse", "--git-path", "shallow")
    if done is None:
        return None
    if done.returncode == 0:
        file = root / os.fsdecode(done.stdout).strip()
        return frozenset(file.read_text("utf-8").split()) if file.is_file() else frozenset()
    told = done.stderr.decode("utf-8", "replace")
    # Git says the same of a repository that it cannot make out as one.
    here = root.resolve()
    if "not a git repository (or any" in told and not any(
        (folder / ".git").exists() for folder in (here, *here.parents)
    ):
        return None
    raise GitFailed(told)
