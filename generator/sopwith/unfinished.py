"""A text that lies beside its file until it is whole, and what killed commands leave of it."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# The leading dot keeps it from being read as content, and .gitignore knows the ending.
_ENDING = ".part"
_ANY = f".?*.????????{_ENDING}"


@contextmanager
def beside(file: Path, text: str) -> Iterator[Path]:
    """A text on the disk, in a file beside another; it is gone at the end unless it was moved."""
    handle, made = _begun(file)
    with os.fdopen(handle, "wb") as opened:
        try:
            opened.write(text.encode())
            opened.flush()
            os.fsync(handle)
            yield made
        finally:
            made.unlink(missing_ok=True)


def sweep(folders: Iterable[Path]) -> None:
    """Take away what commands that were killed left in these folders; what is being written stays.

    Whoever writes holds a lock, and the system lets go of it even where they are killed.
    """
    for folder in folders:
        for left in folder.glob(_ANY):
            with suppress(OSError):
                handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    left.unlink()
                finally:
                    os.close(handle)


def _begun(file: Path) -> tuple[int, Path]:
    """A new file that is locked; anew where it was swept away before it could be."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=_ENDING, dir=file.parent)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)
