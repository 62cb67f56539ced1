"""Pages -> files: each folder is built beside its place and swapped in whole.

Everything is staged in a folder of its own. When all of it is there, a journal names what is to
be swapped; from then on a swap that is cut short is finished by whoever comes next, and before
then it is undone. So a folder is wholly old or wholly new. A manifest lists what we wrote: only
that is ever taken away.
"""

from __future__ import annotations

import fcntl
import filecmp
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sopwith.outputs.page import Page

BUILD = "build"
_MANIFEST = ".manifest.json"
_NEW = ".build.new."
# What these hold may be read by many.
_PUBLISHED = ("handbook", "site")


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
        names = (f"{_NEW}*", self.old.name, f"{self.journal.name}*")
        return tuple(path for name in names for path in sorted(self.root.glob(name)))


class Busy(RuntimeError):
    """Somebody else is writing to the same build folder."""


class Unsafe(RuntimeError):
    """What is in the build folder is not as we left it, and writing might destroy or publish it."""


class Staging:
    """What is being made: folders by name, such as `handbook` or `clients/harbor-lane-dental`.

    A file whose bytes have not changed keeps its time, so that whoever watches sees only what did.
    """

    def __init__(self, place: Workplace, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._targets: dict[str, list[str]] = {}
        self._manifest = _read_manifest(place.build)

    @property
    def folder(self) -> Path:
        """Where the targets are staged, each under its own name; as deep as `build`."""
        return self._folder

    def add(self, target: str, pages: Iterable[Page]) -> None:
        """Stage a folder, or a single file whose page has the target's own path."""
        names = []
        for page in pages:
            names.append(page.path)
            self._put(page)
        self._targets[target] = sorted(names)

    def adopt(self, target: str, more: Iterable[Page] = ()) -> None:
        """Take over a folder that somebody else, such as the site engine, made in `folder`.

        With it goes `more` that belongs there.
        """
        for page in more:
            self._put(page)
        made = (path for path in (self._folder / target).rglob("*") if path.is_file())
        names = sorted(path.relative_to(self._folder).as_posix() for path in made)
        for name in names:
            self._keep_time(name)
        self._targets[target] = names

    def drop_others(self, parent: str) -> None:
        """Take away what we once made below a folder and have not made this time."""
        for target in self._manifest:
            if target.startswith(f"{parent}/") and target not in self._targets:
                self._targets[target] = []

    def commit(self) -> None:
        """Swap everything in."""
        for target in self._targets:
            if not self._place.holds(target):
                raise Unsafe(f"{self._place.build / target} leads out of the build folder")
            self._keep_foreign(target)
            # What stands in the way is to be met now, not in the middle of the swap.
            (self._place.build / target).parent.mkdir(parents=True, exist_ok=True)
        manifest = {t: names for t, names in (self._manifest | self._targets).items() if names}
        staged = self._folder / _MANIFEST
        staged.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        # The manifest goes last: until then it speaks of what was there before.
        targets = [*self._targets, _MANIFEST]
        swaps = {target: (self._folder / target).exists() for target in targets}
        _write_whole(self._place.journal, json.dumps({"from": self._folder.name, "swaps": swaps}))
        _finish(self._place)

    def _put(self, page: Page) -> None:
        path = self._folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
        self._keep_time(page.path)

    def _keep_time(self, name: str) -> None:
        before, path = self._place.build / name, self._folder / name
        if before.is_file() and filecmp.cmp(before, path, shallow=False):
            shutil.copystat(before, path)

    def _keep_foreign(self, target: str) -> None:
        """Carry over the files that somebody else put into a folder of ours.

        Without a manifest nobody knows whose they are, and old pages of ours must not be published.
        """
        if not self._manifest and target in _PUBLISHED:
            return
        ours = {*self._manifest.get(target, ()), *self._targets[target]}
        folder = self._place.build / target
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(self._place.build).as_posix()
            if path.is_dir() and not path.is_symlink():
                continue
            staged = self._folder / name
            if name not in ours and not staged.exists():
                staged.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, staged, follow_symlinks=False)


@contextmanager
def staging(root: Path) -> Iterator[Staging]:
    """Stage and, when the block ends without an exception, swap in; else leave all as it was.

    Raises Busy while somebody else writes to the same root.
    """
    place = Workplace(root)
    with _locked(place):
        _recover(place)
        place.build.mkdir(exist_ok=True)
        # A name of its own: an engine that outlives its killed command writes into none of ours.
        folder = Path(tempfile.mkdtemp(prefix=_NEW, dir=place.root))
        try:
            made = Staging(place, folder)
            yield made
            made.commit()
        finally:
            # With a journal, what is staged is wanted: the next command finishes the swap.
            if not place.journal.exists():
                shutil.rmtree(folder, ignore_errors=True)


def stamp(root: Path) -> str:
    """A fingerprint of what stands in the build folder: of each file its name, size and time."""
    build = Workplace(root).build
    found = sha256()
    for target, names in sorted(_read_manifest(build).items()):
        for name in (target, *names):
            path = build / name
            state = path.stat() if path.is_file() else None
            found.update(repr((name, state and (state.st_size, state.st_mtime_ns))).encode())
    return found.hexdigest()


def recover(root: Path) -> None:
    """Finish or undo what an earlier command was killed in; not while another is at work."""
    place = Workplace(root)
    if place.leftovers():
        with suppress(Busy), _locked(place):
            _recover(place)


def _recover(place: Workplace) -> None:
    if place.journal.exists():
        _finish(place)
    for leftover in place.leftovers():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink()


def _finish(place: Workplace) -> None:
    """Do what the journal says; what is done already is passed over."""
    folder, swaps = _read_journal(place)
    for target, has_new in swaps.items():
        staged, final, old = (base / target for base in (folder, place.build, place.old))
        if not place.holds(target) or (has_new and not staged.exists()):
            continue
        if os.path.lexists(final):
            old.parent.mkdir(parents=True, exist_ok=True)
            final.replace(old)
        if has_new:
            final.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(final)
    place.journal.unlink()
    shutil.rmtree(place.old, ignore_errors=True)


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that it is never seen half-written, and is on the disk when we go on."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read_journal(place: Workplace) -> tuple[Path, dict[str, bool]]:
    """Whence and what is to be swapped; nothing where the journal is not one that we wrote."""
    try:
        journal = json.loads(place.journal.read_bytes())
        folder = place.root / journal["from"]
        swaps = {str(target): bool(has_new) for target, has_new in journal["swaps"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return place.root, {}
    return folder, swaps if folder in place.leftovers() else {}


def _read_manifest(build: Path) -> dict[str, list[str]]:
    path = build / _MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        return {str(target): [str(name) for name in names] for target, names in manifest.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        # To take all for somebody else's would carry old pages over into what is published.
        raise Unsafe(f"{path} cannot be read; remove {build} and build again") from None


@contextmanager
def _locked(place: Workplace) -> Iterator[None]:
    """Hold the lock; the system lets go of it even when we are killed."""
    # Pull requests may bring a link of this name: what it leads to is not to be touched.
    lock = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another command is writing to {place.build}") from None
        yield
    finally:
        os.close(lock)
