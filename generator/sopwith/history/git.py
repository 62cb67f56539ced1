"""Git asked as a program, in one way whoever asks: what it prints, or that it failed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

# Settings of a person's own that would change what we read.
_PLAIN = (
    *("-c", "core.quotePath=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
# What git says is read in one language, and what a partial clone left out is not fetched now.
_QUIET = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}


class GitFailed(Exception):
    """There is a repository, and git cannot read it: what git said, and what it advises."""

    def __init__(self, told: str) -> None:
        first, *more = told.strip().splitlines() or ["no reason given"]
        super().__init__(first.removeprefix("fatal: ").removeprefix("error: "))
        self.advice = " ".join(" ".join(more).split())

    def __str__(self) -> str:
        said = f"git cannot read the history here: {self.args[0]}"
        return f"{said}\n  {self.advice}" if self.advice else said


def answer(root: Path, *args: str) -> str | None:
    """What git prints, or None where it fails or is not there."""
    done = ask(root, *args)
    return done.stdout.decode("utf-8", "replace") if done and done.returncode == 0 else None


def demand(root: Path, *args: str, given: bytes = b"") -> bytes:
    """What git prints; GitFailed where it fails."""
    done = ask(root, *args, given=given)
    if done is None or done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace") if done else "git is gone")
    return done.stdout


def ask(root: Path, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Run git, or None where there is no such program.

    Quoting is off and the repository's own hooks and settings for colors cannot matter: only
    plumbing is asked, with its output fixed by the arguments.
    """
    command = ["git", "-C", str(root), *_PLAIN, *args]
    environment = {**os.environ, **_QUIET}
    try:
        return subprocess.run(
            command, input=given, capture_output=True, check=False, env=environment
        )  # fixed program, no shell
    except OSError:
        return None


def read_blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The content of blobs, as far as they are here, by one process for all."""
    asked = "".join(f"{name}\n" for name in sorted(names))
    told = demand(root, "cat-file", "--batch", given=asked.encode())
    blobs: dict[str, bytes] = {}
    at = 0
    while at < len(told):
        line = told.index(b"\n", at)
        name, kind, *size = told[at:line].decode().split()
        at = line + 1
        if kind == "blob":
            end = at + int(size[0])
            blobs[name], at = told[at:end], end + 1
    return blobs
