"""Pages -> files: each folder is built beside its place and swapped in whole.

Everything is staged in a folder of its own. When all of it is there, a journal names what is to
be swapped; from then on a swap that is cut short is finished by whoever comes next, and before
then it is undone. So a folder is wholly old or wholly new. A manifest lists what we wrote: only
that is ever taken away.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sopwith.outputs.page import Page

BUILD = "build"
_MANIFEST = ".manifest.json"
_NEW = ".build.new."


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

    def leftovers(self) -> tuple[Path, ...]:
        """What only a command that was killed leaves behind, unless one is at work."""
        names = (f"{_NEW}*", self.old.name, f"{self.journal.name}*")
        return tuple(path for name in names for path in sorted(self.root.glob(name)))


class Busy(RuntimeError):
    """Somebody else is writing to the same build folder."""


class NoManifest(RuntimeError):
    """The list of what we wrote cannot be read, so ours and theirs cannot be told apart."""


class Staging:
    """What is being made: folders by name, such as `handbook` or `clients/harbor-lane-dental`."""

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
        """Stage a folder, or a single file whose page has the target's own path.

        A file whose bytes have not changed keeps its time, so that whoever watches sees only what
        did.
        """
        names = []
        for page in pages:
            names.append(page.path)
            self._put(page)
        self._targets[target] = sorted(names)

    def adopt(self, target: str) -> None:
        """Take over a folder that somebody else, such as the site engine, made in `folder`."""
        made = (path for path in (self._folder / target).rglob("*") if path.is_file())
        self._targets[target] = sorted(path.relative_to(self._folder).as_posix() for path in made)

    def drop_others(self, parent: str) -> None:
        """Take away what we once made below a folder and have not made this time."""
        for target in self._manifest:
            if target.startswith(f"{parent}/") and target not in self._targets:
                self._targets[target] = []

    def commit(self) -> None:
        """Swap everything in."""
        for target in self._targets:
            self._keep_foreign(target)
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
        before = self._place.build / page.path
        if before.is_file() and not before.is_symlink() and before.read_bytes() == page.content:
            os.link(before, path)
        else:
            path.write_bytes(page.content)

    def _keep_foreign(self, target: str) -> None:
        """Carry over the files that somebody else put into a folder of ours."""
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
        # A name of its own: a site engine that outlives its killed command writes into none of ours.
        folder = Path(tempfile.mkdtemp(prefix=_NEW, dir=place.root))
        try:
            made = Staging(place, folder)
            yield made
            made.commit()
        finally:
            # With a journal, what is staged is wanted: the next command finishes the swap.
            if not place.journal.exists():
                shutil.rmtree(folder, ignore_errors=True)


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
    journal = _read_journal(place.journal)
    for target, has_new in journal["swaps"].items():
        staged, final, old = (
            base / target for base in (place.root / journal["from"], place.build, place.old)
        )
        if has_new and not staged.exists():
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


def _read_journal(path: Path) -> dict[str, Any]:
    """What is to be swapped; nothing where the journal is not one that we wrote."""
    try:
        journal = json.loads(path.read_bytes())
        if isinstance(journal["from"], str) and isinstance(journal["swaps"], dict):
            return dict(journal)
    except (ValueError, KeyError, TypeError):
        pass
    return {"from": "", "swaps": {}}


def _read_manifest(build: Path) -> dict[str, list[str]]:
    path = build / _MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        return {str(target): [str(name) for name in names] for target, names in manifest.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        # To take all for somebody else's would carry old pages over into what is published.
        raise NoManifest(f"{path} cannot be read; remove {build} and build again") from None


@contextmanager
def _locked(place: Workplace) -> Iterator[None]:
    """Hold the lock; the system lets go of it even when we are killed."""
    with place.lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another command is writing to {place.build}") from None
        yield
