"""The build folder and what lies beside it: who may write there, and what of it is ours."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

BUILD = "build"
MANIFEST = ".manifest.json"
NEW = ".build.new."


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folders and files of one root that writing needs; all on one file system."""

    root: Path

    @property
    def build(self) -> Path:
        """Where everything ends up."""
        return self.root / BUILD

    @property
    def old(self) -> Path:
        """Where what was replaced waits to be removed."""
        return self.root / ".build.old"

    @property
    def journal(self) -> Path:
        """Names the swaps that are under way."""
        return self.root / ".build.swap"

    @property
    def lock(self) -> Path:
        """Held while anyone writes."""
        return self.root / ".build.lock"

    def holds(self, target: str) -> bool:
        """Say whether a target lies in `build`, and no symbolic link leads elsewhere."""
        final = self.build / target
        inside = self.root.resolve() / BUILD
        return final.name != ".." and final.parent.resolve().is_relative_to(inside)

    def leftovers(self) -> tuple[Path, ...]:
        """What only a command that was killed leaves behind, unless one is at work."""
        names = (f"{NEW}*", self.old.name, f"{self.journal.name}*")
        return tuple(path for name in names for path in sorted(self.root.glob(name)))


class Busy(RuntimeError):
    """Somebody else is writing to the same build folder."""


class Unsafe(RuntimeError):
    """What is in the build folder is not as we left it, and writing might destroy or publish it."""


@contextmanager
def locked(place: Workplace) -> Iterator[None]:
    """Hold the lock; the system lets go of it even when we are killed."""
    # Pull requests may bring a link of this name: what it leads to is not to be touched.
    lock = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                f"another command is writing to {place.build}: wait until it is done, and try again"
            ) from None
        yield
    finally:
        os.close(lock)


def read_manifest(build: Path) -> dict[str, list[str]]:
    """The files we wrote, by target; none before the first build. Raises Unsafe."""
    path = build / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        return {str(target): [str(name) for name in names] for target, names in manifest.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        # To take all for somebody else's would carry old pages over into what is published.
        raise Unsafe(f"{path} cannot be read; remove {build} and build again") from None


def stamp(root: Path) -> str:
    """A fingerprint of what stands in the build folder: of each file its name, size and time."""
    build = Workplace(root).build
    found = sha256()
    for target, names in sorted(read_manifest(build).items()):
        for name in (target, *names):
            path = build / name
            state = path.stat() if path.is_file() else None
            found.update(repr((name, state and (state.st_size, state.st_mtime_ns))).encode())
    return found.hexdigest()
