"""A client's file as it would be: put to every rule first, then written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

from sopwith import report, rules, shape
from sopwith.data import schema
from sopwith.decode import decode
from sopwith.edit import Unwritable
from sopwith.filing.telling import WIDTH, sentence
from sopwith.making import Blocked
from sopwith.model import Client
from sopwith.problem import Spot
from sopwith.read import Reading
from sopwith.source import parse
from sopwith.workspace import Workspace


class Refused(Exception):
    """What was asked for cannot be done; the message says why, and below it what to type."""

    def __init__(self, message: str, command: str = "") -> None:
        # The first line stands behind the word "Error".
        super().__init__("\n  ".join(filter(None, (sentence(message, WIDTH - 7), command))))


def with_client(work: Workspace, path: str, text: str) -> Workspace:
    """The workspace as it would be with this text as a client's file, relative to the root.

    Raises Blocked where that brings errors that are not there now.
    """
    source, faults = parse(path, text.encode())
    if source is None:
        raise Blocked(faults)
    faults = shape.check(_shape(), source.data, path)
    if faults:
        raise Blocked([replace(fault, place=source.place(fault.spot)) for fault in faults])
    client = decode(Client, source.data, Spot(path), id=PurePosixPath(path).stem)
    old = work.reading
    library = replace(work.library, clients={**work.library.clients, client.id: client})
    kept = [problem for problem in old.problems if problem.spot.path != path]
    reading = Reading(library, kept, {**old.sources, path: source}, old.pages, old.files)
    said, plans = rules.check(library, work.today, kept)
    problems = report.in_order(map(reading.located, (*kept, *said)))
    known = set(work.problems)
    new = [p for p in problems if p.is_error and (p.spot.path == path or p not in known)]
    if new:
        raise Blocked(new)
    return replace(work, reading=reading, problems=problems, plans=plans)


@cache
def _shape() -> shape.Shape:
    return shape.load(schema("client"))


def change(work: Workspace, path: str, how: Callable[[str], str]) -> Workspace:
    """Change the text of a client's file on the disk; return the workspace as it is then.

    Raises Blocked as above, and Refused where the file is not what was read, or cannot be written.
    """
    file = work.root / path
    old = _text(file)
    if old.removeprefix("\ufeff") != work.reading.sources[path].text:
        raise _changed_meanwhile(path)
    try:
        new = how(old)
    except Unwritable as unwritable:
        raise Refused(f"{path} has to be changed by hand: {unwritable}.") from None
    after = with_client(work, path, new)
    try:
        _replace(file, old, new, path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from None
    return after


def create(work: Workspace, path: str, text: str) -> Workspace:
    """Write a client's file that is not there yet; otherwise as `change`."""
    after = with_client(work, path, text)
    file = work.root / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="") as new:
            new.write(text)
    except FileExistsError:
        raise Refused(f"{path} is there already.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from None
    return after


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise Refused(f"{file} cannot be opened: {error.strerror or error}.") from None


def _replace(file: Path, old: str, new: str, path: str) -> None:
    """Put a file in the place of the one we read, unless somebody else was faster."""
    with file.open("rb") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        if file.read_bytes() != old.encode():
            raise _changed_meanwhile(path)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as made:
                made.write(new.encode())
                made.flush()
                os.fsync(made.fileno())
            shutil.copymode(file, beside)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _changed_meanwhile(path: str) -> Refused:
    return Refused(f"{path} was changed in this moment by somebody else; try once more.")
