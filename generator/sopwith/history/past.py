"""Files as they were: all there ever was of some, or all that a commit holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sopwith.history.commits import SHORT, checked_out, commit_name, cut_off_at
from sopwith.history.git import GitFailed, ask, demand, read_blobs
from sopwith.history.log import entries_of

# `:100644 100644 <old> <new> M`; links and submodules are no files to read.
_FILE = re.compile(r"\n?:\d{6} 100\d{3} [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*")
# `100644 blob <name>	<path>`
_TREE = re.compile(r"100\d{3} blob (?P<blob>[0-9a-f]+)\t(?P<path>.+)", re.DOTALL)


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


def past_files(root: Path, revision: str, folder: str, names: Iterable[str]) -> Past | None:
    """Read every `<name>.yml` that was ever below a folder, up to a revision (none: HEAD).

    Only what each commit of the first line of parents left there counts: what a branch tried on
    the way was never in force. None without git, a repository or a commit. Raises GitFailed.
    """
    cut_off = cut_off_at(root)
    name = commit_name(root, revision) if revision else checked_out(root)
    if cut_off is None or name is None:
        return None
    log = demand(
        root, "log", "--first-parent", "-m", "--format=%x01%H", "--raw", "--no-abbrev",
        "--no-renames", "-z", "--no-show-signature", "--relative", name, "--",
        *(f":(glob){folder}/**/{name}.yml" for name in sorted(names)),
    )  # fmt: skip  # one line a group of arguments reads better
    left = list(_left_behind(log.decode("utf-8", "replace")))
    blobs = read_blobs(root, {blob for _, _, blob in left})
    files: dict[str, tuple[OldFile, ...]] = {}
    for commit, path, blob in left:
        if blob in blobs:
            stem = PurePosixPath(path).stem
            old = OldFile(commit[:SHORT], path, blobs[blob])
            files[stem] = (*files.get(stem, ()), old)
    is_whole = not cut_off and all(blob in blobs for _, _, blob in left)
    return Past(files, is_whole)


def lay(root: Path, revision: str, names: Iterable[str], target: Path) -> Path | None:
    """Lay the files and folders of these names, as a commit left them, into an empty folder.

    What comes back is where the root is there: it can be read like the root itself and has the
    same history. The repository is pointed at and stays as it is. None without git or such a
    commit. Raises GitFailed.
    """
    commit = commit_name(root, revision)
    if commit is None:
        return None
    told = demand(root, "ls-tree", "-r", "-z", commit, "--", *names).decode("utf-8", "replace")
    files = [found for found in map(_TREE.fullmatch, told.split("\0")) if found]
    blobs = read_blobs(root, {found["blob"] for found in files})
    repository = demand(root, "rev-parse", "--absolute-git-dir")
    laid = target / os.fsdecode(demand(root, "rev-parse", "--show-prefix")).strip()
    laid.mkdir(parents=True, exist_ok=True)
    (target / ".git").write_bytes(b"gitdir: " + repository)
    for found in files:
        if found["blob"] not in blobs:
            raise GitFailed(f"{found['path']} as of {revision} is not in this clone")
        path = laid / found["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(blobs[found["blob"]])
    return laid


def file_at(folder: Path, commit: str, name: str) -> bytes | None:
    """What a commit holds as the file of that name in a folder; None where it has none."""
    done = ask(folder, "cat-file", "blob", f"{commit}:./{name}")
    return done.stdout if done and done.returncode == 0 else None


def _left_behind(log: str) -> Iterator[tuple[str, str, str]]:
    """Each commit with each file it wrote, and that file's blob, the newest commit first."""
    for commit, parts in entries_of(log):
        for what, path in zip(parts[::2], parts[1::2], strict=True):
            file = _FILE.fullmatch(what)
            if file:
                yield commit, path, file[1]
