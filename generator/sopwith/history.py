"""What git knows: the commit we build from, the last change of each file, files as they were."""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

UNCOMMITTED = "uncommitted"
UNSAVED = " + unsaved changes"
"""What stands behind a commit where files were changed since; they are in no commit."""

# Settings of a person's own that would change what we read.
_PLAIN = (
    *("-c", "core.quotePath=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
)
# What git says is read in one language, and what a partial clone left out is not fetched now.
_QUIET = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}
# Git's own short names grow with the number of objects, which is another in each clone.
_SHORT = 10
# Our mark before each commit; in the name of a file it would mean nothing.
_ENTRY = re.compile(r"(?:\A|\0)\x01(?=[0-9a-f]{40})")
_Entry = tuple[str, list[str]]
# `:100644 100644 <old> <new> M`; links and submodules are no files to read.
_FILE = re.compile(r"\n?:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*")
# `100644 blob <name>	<path>`
_TREE = re.compile(r"100\d{3} blob (?P<blob>[0-9a-f]+)\t(?P<path>.+)", re.DOTALL)


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


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file as a commit left it; the path is relative to the root."""

    commit: str
    path: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Past:
    """Files as they were, by the name without folder and suffix, the newest first.

    It is not `whole` where the history that is here begins in the middle.
    """

    files: Mapping[str, tuple[OldFile, ...]]
    whole: bool


class UnknownRevision(ValueError):
    """The revision asked for is not in this repository."""


class GitFailed(Exception):
    """There is a repository, and git cannot read it: what git said, and what it advises."""

    def __init__(self, told: str) -> None:
        first, *more = told.strip().splitlines() or ["no reason given"]
        super().__init__(first.removeprefix("fatal: ").removeprefix("error: "))
        self.advice = " ".join(" ".join(more).split())

    def __str__(self) -> str:
        said = f"git cannot read the history here: {self.args[0]}"
        return f"{said}\n  {self.advice}" if self.advice else said


def read_history(root: Path, revision: str = "") -> History:
    """Read the history up to a revision (none: HEAD) of the repository that holds `root`.

    A folder without git, or without a commit, has an empty history; a file that did not change
    since a shallow clone begins has no last change. Raises UnknownRevision where a revision is
    asked for that is not there, and GitFailed.
    """
    cut_off = _cut_off(root)
    name = commit_name(root, revision) if revision else _head(root)
    if cut_off is None or name is None:
        if revision:
            raise UnknownRevision(revision)
        return History()
    log = _told(
        root, "log", "--format=%x01%H %cs", "--name-only", "--no-renames", "-z",
        "--no-show-signature", "--relative", name, "--", ".",
    )  # fmt: skip  # one line a group of arguments reads better
    entries = list(_entries(log.decode("utf-8", "replace")))
    return History(name[:_SHORT], _last_changes(entries, cut_off), _touched(entries))


def past_files(root: Path, revision: str, folder: str, names: Iterable[str]) -> Past | None:
    """Read every `<name>.yml` that was ever below a folder, up to a revision (none: HEAD).

    Only what each commit of the first line of parents left there counts: what a branch tried on
    the way was never in force. None without git, a repository or a commit. Raises GitFailed.
    """
    cut_off = _cut_off(root)
    name = commit_name(root, revision) if revision else _head(root)
    if cut_off is None or name is None:
        return None
    log = _told(
        root, "log", "--first-parent", "-m", "--format=%x01%H", "--raw", "--no-abbrev",
        "--no-renames", "-z", "--no-show-signature", "--relative", name, "--",
        *(f":(glob){folder}/**/{name}.yml" for name in sorted(names)),
    )  # fmt: skip  # one line a group of arguments reads better
    left = list(_left_behind(log.decode("utf-8", "replace")))
    blobs = _blobs(root, {blob for _, _, blob in left})
    files: dict[str, tuple[OldFile, ...]] = {}
    for commit, path, blob in left:
        if blob in blobs:
            stem = PurePosixPath(path).stem
            old = OldFile(commit[:_SHORT], path, blobs[blob])
            files[stem] = (*files.get(stem, ()), old)
    is_whole = not cut_off and all(blob in blobs for _, _, blob in left)
    return Past(files, is_whole)


def uncommitted(root: Path, revision: str = "") -> frozenset[str]:
    """The files that are not as a revision (none: HEAD) has them; none where there is none.

    Raises GitFailed.
    """
    name = commit_name(root, revision or "HEAD")
    if name is None:
        return frozenset()
    changed = _told(
        root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--relative", name,
        "--", ".",
    )  # fmt: skip  # one line a group of arguments reads better
    new = _told(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(filter(None, (changed + new).decode("utf-8", "replace").split("\0")))


def is_whole(root: Path) -> bool:
    """Say whether the root is in a repository whose history is all here; GitFailed as above."""
    return _cut_off(root) == frozenset() and _head(root) is not None


def lay(root: Path, revision: str, names: Iterable[str], target: Path) -> Path | None:
    """Lay the files and folders of these names, as a commit left them, into an empty folder.

    What comes back is where the root is there: it can be read like the root itself and has the
    same history. The repository is pointed at and stays as it is. None without git or such a
    commit. Raises GitFailed.
    """
    commit = commit_name(root, revision)
    if commit is None:
        return None
    told = _told(root, "ls-tree", "-r", "-z", commit, "--", *names).decode("utf-8", "replace")
    files = [found for found in map(_TREE.fullmatch, told.split("\0")) if found]
    blobs = _blobs(root, {found["blob"] for found in files})
    repository = _told(root, "rev-parse", "--absolute-git-dir")
    laid = target / os.fsdecode(_told(root, "rev-parse", "--show-prefix")).strip()
    laid.mkdir(parents=True, exist_ok=True)
    (target / ".git").write_bytes(b"gitdir: " + repository)
    for found in files:
        if found["blob"] not in blobs:
            raise GitFailed(f"{found['path']} as of {revision} is not in this clone")
        path = laid / found["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(blobs[found["blob"]])
    return laid


def commit_name(root: Path, revision: str) -> str | None:
    """The full name of the commit that a revision means; None where there is none.

    Raises GitFailed where there may be one, and git cannot look.
    """
    if revision.startswith("-"):
        return None
    name = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if name is None:
        _cut_off(root)
    return name and name.strip()


def parting(root: Path, revision: str) -> str | None:
    """The commit from which what is checked out here and a revision went their own ways.

    That is the revision itself where we come from it. None without such a commit, or where the two
    have nothing in common in the part of the history that is here. Raises GitFailed.
    """
    commit = commit_name(root, revision)
    found = commit and _git(root, "merge-base", "HEAD", commit)
    return found.strip() if found else None


def file_at(folder: Path, commit: str, name: str) -> bytes | None:
    """What a commit holds as the file of that name in a folder; None where it has none."""
    done = _ask(folder, "cat-file", "blob", f"{commit}:./{name}")
    return done.stdout if done and done.returncode == 0 else None


def user_email(root: Path) -> str:
    """The address git would sign a commit with; empty where it has none."""
    return (_git(root, "config", "user.email") or "").strip()


def _head(root: Path) -> str | None:
    """The commit that is checked out, even if it cannot be read; None before the first."""
    name = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return name and name.strip()


def _cut_off(root: Path) -> frozenset[str] | None:
    """The commits whose parents a shallow clone left out; None without git or a repository."""
    done = _ask(root, "rev-parse", "--git-path", "shallow")
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


def _last_changes(entries: Iterable[_Entry], cut_off: frozenset[str]) -> dict[str, Commit]:
    changes: dict[str, Commit] = {}
    for head, names in entries:
        name, _, day = head.partition(" ")
        commit = Commit(name[:_SHORT], date.fromisoformat(day))
        for path in names if name not in cut_off else ():
            changes.setdefault(path, commit)
    return changes


def _touched(entries: Iterable[_Entry]) -> dict[str, Set[str]]:
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for head, names in entries:
        commit = head.partition(" ")[0]
        for path in names:
            touched[path].add(commit)
            touched[path.partition("/")[0]].add(commit)
    return dict(touched)


def _left_behind(log: str) -> Iterator[tuple[str, str, str]]:
    """Each commit with each file it wrote, and that file's blob, the newest commit first."""
    for commit, parts in _entries(log):
        for what, path in zip(parts[::2], parts[1::2], strict=True):
            file = _FILE.fullmatch(what)
            if file:
                yield commit, path, file[1]


def _entries(log: str) -> Iterator[_Entry]:
    """What a log says, with -z and our mark before each commit: its line, and what follows."""
    for entry in _ENTRY.split(log)[1:]:
        head, _, rest = entry.partition("\n")
        yield head.rstrip("\0"), [part.lstrip("\n") for part in rest.split("\0") if part]


def _blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The content of blobs, as far as they are here, by one process for all."""
    asked = "".join(f"{name}\n" for name in sorted(names))
    told = _told(root, "cat-file", "--batch", given=asked.encode())
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


def _git(root: Path, *args: str) -> str | None:
    """What git prints, or None where it fails or is not there."""
    done = _ask(root, *args)
    return done.stdout.decode("utf-8", "replace") if done and done.returncode == 0 else None


def _told(root: Path, *args: str, given: bytes = b"") -> bytes:
    """What git prints; GitFailed where it fails."""
    done = _ask(root, *args, given=given)
    if done is None or done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace") if done else "git is gone")
    return done.stdout


def _ask(root: Path, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
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
