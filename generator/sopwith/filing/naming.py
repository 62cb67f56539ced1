"""The file of something new: what it is called, and where it lies."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from sopwith.filing.keep import Refused
from sopwith.read import Kind
from sopwith.workspace import Workspace

# Letters with a stroke, which are no plain letter with a mark.
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_LONGEST = 60


def slug(name: str) -> str:
    """A name in small letters, digits and hyphens: `Moss & O'Dell` is `moss-odell`."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_STROKES))
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST].strip("-")


def checked_id(given: str, name: str, example: str) -> str:
    """The id that was given, or one made of a name; Refused where it cannot name a file."""
    id_ = given or slug(name)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) or len(id_) > _LONGEST:
        raise Refused(
            f'"{given or name}" gives no name for a file; say one in small letters, '
            f"digits and hyphens, as in --id {example}."
        )
    return id_


def path_of_new(work: Workspace, kind: Kind, stem: str, below: str = "") -> str:
    """The path of a file that is not there yet, relative to the root; else Refused.

    Below a folder, nor may its name be there in another one: that is the id of both.
    """
    company = work.library.company
    private = work.inputs.private or (work.root / company.private if company.private else work.root)
    top = (private if kind.private else work.root) / kind.folder
    folder = top / below
    for place in (top, folder):
        if place.is_symlink():
            raise Refused(f"{place} is a symbolic link, and those are not followed here.")
    folders = [folder, *(sorted(top.glob("*")) if below else ())]
    names = [place / f"{stem}{suffix}" for place in folders for suffix in (".yml", ".yaml")]
    for taken in filter(os.path.lexists, names):
        there = _shown(work, taken)
        raise Refused(f"{there} is there already; give the new one another --id.")
    return _shown(work, names[0])


def _shown(work: Workspace, path: Path) -> str:
    return Path(os.path.relpath(path, work.root)).as_posix()
