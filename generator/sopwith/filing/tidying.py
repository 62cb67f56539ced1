"""Files brought into the form that ours have, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from sopwith import edit
from sopwith.fields import Fields
from sopwith.filing.keep import Refused, swap
from sopwith.filing.telling import sentence
from sopwith.history import file_at, parting
from sopwith.making import Blocked
from sopwith.problem import Place, Problem, Spot
from sopwith.read import COMPANY, KINDS
from sopwith.source import parse, shown


@dataclass(frozen=True, slots=True)
class Tidied:
    """What is to be told of some files, and what is wrong with them."""

    told: str
    problems: tuple[Problem, ...]


def tidy(root: Path, files: Sequence[Path], revision: str | None = None, *, write: bool) -> Tidied:
    """Put the keys and quotes of files in order; data and comments stay.

    With a revision, a file is what a form made of it as it was when we parted from there: only
    what the form changed is kept of it; one that was not there is told. Without `write`, each file
    that would change is a problem. A file that cannot be tidied is one as well, and stays as it is.
    Raises Refused where the revision is not there, or a file cannot be written.
    """
    problems: list[Problem] = []
    changed: list[str] = []
    told: list[str] = []
    for file in files:
        name = Path(os.path.relpath(file, root)).as_posix()
        try:
            old, new, was_there = _read(file, name, revision)
        except Blocked as blocked:
            problems += blocked.problems
            continue
        if not was_there:
            told.append(f"{name} was not there yet at {revision}, so it is only put in order.")
        if old != new and write:
            swap(file, old, new, name)
            changed.append(f"{name} is tidied.")
        elif old != new:
            problems.append(_untidy(name, old, new))
    if not changed and not problems:
        changed.append(f"{len(files)} file{'' if len(files) == 1 else 's'}, all tidy.")
    return Tidied("\n".join([*map(sentence, told), *changed]), tuple(problems))


def _read(file: Path, name: str, revision: str | None) -> tuple[str, str, bool]:
    """The text of a file, what it should be, and whether it was there at the revision, if any.

    Blocked where nobody can tell.
    """
    fields = _fields(file)
    if fields is None or _is_link(file):
        why = "this is a link" if fields else "this is no file of the handbook"
        raise _left(name, why, f"name {COMPANY}, or a file in sops/, emails/ or the like")
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Refused(f"{name} cannot be opened: {error.strerror or error}.") from None
    source, problems = parse(name, raw)
    if source is None:
        raise Blocked(problems)
    old = raw.decode()
    try:
        before = None if revision is None else _before(file, revision)
        new = edit.tidy(old, fields) if before is None else edit.onto(before, old, fields)
    except edit.Unwritable as unwritable:
        raise _left(name, str(unwritable), "put it in order by hand") from None
    return old, new, revision is None or before is not None


def _fields(file: Path) -> Fields | None:
    """What such a file holds, by where it lies."""
    place = Path(os.path.abspath(file))  # noqa: PTH100  # which does not follow links, as resolve does
    if place.name == COMPANY:
        return Fields.of("company")
    for kind in KINDS:
        folder = place.parent.parent if kind.name == "sop" else place.parent
        if folder.name == kind.folder and place.suffix == kind.suffix:
            return Fields.of(kind.schema)
    return None


def _is_link(file: Path) -> bool:
    """Whether a file, or a folder of the handbook that holds it, leads elsewhere."""
    place = Path(os.path.abspath(file))  # noqa: PTH100  # as above
    held = () if place.name == COMPANY else [place.parent]
    stages = [above for folder in held if (above := folder.parent).name == "sops"]
    return any(one.is_symlink() for one in (place, *held, *stages))


def _before(file: Path, revision: str) -> str | None:
    """The text as it was where we parted from a revision; None where it was not there yet."""
    commit = parting(file.parent, revision)
    if commit is None:
        raise Refused(
            f'"{revision}" is no commit that we come from; name a branch or a commit, as in main '
            "or HEAD~1."
        )
    raw = file_at(file.parent, commit, file.name)
    return None if raw is None else raw.decode("utf-8", "replace")


def _left(name: str, why: str, hint: str) -> Blocked:
    message = f"this file is left as it is: {why}"
    return Blocked([Problem(Spot(name), "left-untouched", message, hint, place=Place(name))])


def _untidy(name: str, old: str, new: str) -> Problem:
    """Tell of the first line that would be another."""
    lines = enumerate(zip_longest(old.splitlines(), new.splitlines(), fillvalue=""), 1)
    number, line = next((n, now) for n, (was, now) in lines if was != now)
    message = f"this line would be {shown(line.strip())}"
    hint = f"sopwith fmt {name} puts it in order"
    return Problem(Spot(name), "not-tidy", message, hint, place=Place(name, number, 1))
