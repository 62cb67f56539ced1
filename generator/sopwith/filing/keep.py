"""A client's file as it would be: put to every rule first, then written whole or not at all.

The files in people/ and quarters/ are changed in the same way, and so are SOPs.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from sopwith import report, rules, shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.edit import Unwritable
from sopwith.filing.telling import WIDTH, sentence
from sopwith.making import Blocked
from sopwith.model import Sop
from sopwith.problem import Spot
from sopwith.read import KINDS, NO_PRIVATE, Kind, Reading
from sopwith.source import Source, parse
from sopwith.unfinished import beside
from sopwith.versions import read_pinned
from sopwith.workspace import Workspace


class Refused(Exception):
    """What was asked for cannot be done; the message says why, and below it what to type."""

    def __init__(self, message: str, command: str = "") -> None:
        # The first line stands behind the word "Error".
        super().__init__("\n  ".join(filter(None, (sentence(message, WIDTH - 7), command))))


def with_client(work: Workspace, path: str, text: str) -> Workspace:
    """The workspace as it would be with this text as a client's file, relative to the root.

    Without any text the file is gone. Raises Blocked where that brings errors that are not there
    now.
    """
    return with_files(work, {path: text})


def with_files(work: Workspace, texts: Mapping[str, str]) -> Workspace:
    """The same with several files; their faults are told together."""
    old, changed = work.reading, dict[str, Any]()
    sources, is_sop = old.sources.copy(), False
    for path, text in texts.items():
        place = PurePosixPath(path)
        kind = next(kind for kind in KINDS if kind.folder in (place.parts[0], place.parent.name))
        given = {"stage": place.parent.name} if kind.makes is Sop else {}
        items = changed.setdefault(kind.folder, {**getattr(work.library, kind.folder)})
        id_ = kind.id(place.stem)
        is_sop |= kind.makes is Sop
        if text:
            sources[path] = source = _source(path, kind, text)
            items[id_] = decode(kind.makes, source.data, Spot(path), id=id_, **given)
        else:
            del sources[path], items[id_]
    kept = [problem for problem in old.problems if problem.spot.path not in texts]
    if is_sop:
        # Whoever is pinned to the version that was current follows it out of the history now.
        clients = work.library.clients.values()
        pinned = read_pinned(work.root, work.inputs.commit, clients, changed["sops"])
        changed["pinned"] = pinned.sops
        sources.update(pinned.sources)
        kept += pinned.problems
    library = replace(work.library, **changed)
    reading = Reading(library, kept, sources, old.pages, old.files)
    said, plans = rules.check_files(library, work.today, kept)
    in_files = report.in_order(map(reading.located, (*kept, *said)))
    then = replace(work, reading=reading, in_files=in_files, plans=plans)
    known = set(work.problems)
    new = [p for p in then.problems if p.is_error and (p.spot.path in texts or p not in known)]
    if new:
        raise Blocked(new)
    return then


def _source(path: str, kind: Kind, text: str) -> Source:
    source, faults = parse(path, text.encode())
    if source is None:
        raise Blocked(faults)
    faults = shape.check(_shape(kind.schema), source.data, path)
    if faults:
        raise Blocked([replace(fault, place=source.place(fault.spot)) for fault in faults])
    return source


@cache
def _shape(kind: str) -> shape.Shape:
    return shape.load(schema(kind))


def change(work: Workspace, path: str, how: Callable[[str], str]) -> Workspace:
    """Change the text of a client's file on the disk; return the workspace as it is then.

    A file in people/ or quarters/ begins with its first change, from an empty text, and is gone
    when nothing is left. Raises Blocked as above, and Refused where the file is not what was read,
    or cannot be written.
    """
    if path not in work.reading.sources:
        return create(work, path, _done(path, how, ""))
    file = work.root / path
    old = _text(file)
    if old.removeprefix("\ufeff") != work.reading.sources[path].text:
        raise _changed_meanwhile(path)
    new = _done(path, how, old)
    after = with_client(work, path, new)
    try:
        swap(file, old, new, path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from None
    return after


def _done(path: str, how: Callable[[str], str], old: str) -> str:
    try:
        return how(old)
    except Unwritable as unwritable:
        raise Refused(f"{path} has to be changed by hand: {unwritable}.") from None


def create(work: Workspace, path: str, text: str) -> Workspace:
    """Write a client's file that is not there yet; otherwise as `change`."""
    return create_all(work, {path: text})


def create_all(work: Workspace, texts: Mapping[str, str]) -> Workspace:
    """Write files that are not there yet, all of them or none; otherwise as `change`.

    Each is seen whole or not at all, even where the command is killed. Blocked where one would lie
    in a private folder that is missing: made here, it would hide that everything else in it is.
    """
    lost = [problem for problem in work.in_files if problem.code == NO_PRIVATE]
    if lost and not all(map(_is_shared, texts)):
        raise Blocked(lost)
    after, made = with_files(work, texts), list[Path]()
    path = ""
    try:
        for path, text in texts.items():
            _make_folder(work.root, path)
            file = work.root / path
            with beside(file, text) as whole:
                file.touch(exist_ok=False)
                made.append(file)
                shutil.copymode(file, whole)
                whole.replace(file)
    except BaseException as error:
        for file in made:
            file.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        if isinstance(error, FileExistsError):
            raise Refused(f"{path} is there already.") from None
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from None
    return after


def _is_shared(path: str) -> bool:
    """Whether a file lies in the handbook, and not in a private folder elsewhere."""
    return PurePosixPath(path).parts[0] in {kind.folder for kind in KINDS if not kind.private}


def _make_folder(root: Path, path: str) -> None:
    """Make the folder of a new file; Refused where something else is in its place."""
    folder, shown = (root / path).parent, PurePosixPath(path).parent
    if folder.is_symlink():
        raise Refused(f"{shown} is a symbolic link, and those are not followed here.")
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{shown} is no folder; move that file elsewhere.")
    folder.mkdir(parents=True, exist_ok=True)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise Refused(f"{file} cannot be opened: {error.strerror or error}.") from None


def swap(file: Path, old: str, new: str, path: str) -> None:
    """Put a file in the place of the one we read, unless somebody else was faster."""
    with file.open("rb") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        if file.read_bytes() != old.encode():
            raise _changed_meanwhile(path)
        if not new:
            file.unlink()
            return
        with beside(file, new) as whole:
            shutil.copymode(file, whole)
            whole.replace(file)


def _changed_meanwhile(path: str) -> Refused:
    return Refused(f"{path} was changed in this moment by somebody else; try once more.")
