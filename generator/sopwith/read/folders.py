"""Folders -> the files in them that are content, and what is no file or folder to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sopwith.problem import Problem, Spot
from sopwith.read.reading import Reading


def content_of(root: Path, folder: Path, reading: Reading) -> Iterator[Path]:
    """The content files of a folder, sorted; what is meant as one and cannot be is a problem."""
    if folder.is_symlink():
        reading.problems.append(no_link(Spot(shown(root, folder))))
        return
    _look(root, folder, reading)
    for path in sorted(folder.rglob("*"), key=lambda path: path.with_suffix("").parts):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_symlink():
            reading.problems.append(no_link(Spot(shown(root, path))))
        elif path.is_dir():
            _look(root, path, reading)
        elif path.is_file() and path.suffix.lower() in (".yml", ".yaml", ".md"):
            yield path


def left_behind(root: Path, left: Path, folder: Path, reading: Reading) -> None:
    """Warn of private files that lie where they are not looked for, and perhaps are published."""
    if left.is_dir() and left.resolve() != folder.resolve() and any(left.rglob("*.y*ml")):
        message = f"nothing reads this folder: what is private is in {shown(root, folder)}"
        hint = "move its files there, or delete them"
        reading.problems.append(
            Problem(Spot(shown(root, left)), "stray-file", message, hint, "warning")
        )


def _look(root: Path, folder: Path, reading: Reading) -> None:
    """Report a folder that may not be looked into: taken for empty, all in it would be gone."""
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        message = "this is no folder that can be looked into"
        hint = "see that it is a folder, and who may read it"
        at = Spot(shown(root, folder))
        reading.problems.append(Problem(at, "unreadable-file", message, hint))


def no_link(at: Spot) -> Problem:
    """A symbolic link where a file or a folder belongs."""
    message = "symbolic links are not followed here: what they lead to could be anything"
    return Problem(at, "symbolic-link", message, "put the file itself in this place")


def shown(root: Path, path: Path) -> str:
    """A path as problems name it, relative to the root."""
    return Path(os.path.relpath(path, root)).as_posix()
