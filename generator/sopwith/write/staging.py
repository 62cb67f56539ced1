"""What is being made, beside its place until all of it is there."""

from __future__ import annotations

import filecmp
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sopwith.outputs.page import Page
from sopwith.write.place import MANIFEST, NEW, Unsafe, Workplace, locked, read_manifest
from sopwith.write.swap import mend, swap

# What these hold may be read by many.
_PUBLISHED = ("handbook", "site")


class Staging:
    """What is being made: folders by name, such as `handbook` or `clients/harbor-lane-dental`.

    A file whose bytes have not changed keeps its time, so that whoever watches sees only what did.
    """

    def __init__(self, place: Workplace, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._targets: dict[str, list[str]] = {}
        self._manifest = read_manifest(place.build)

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
        staged = self._folder / MANIFEST
        staged.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        # The manifest goes last: until then it speaks of what was there before.
        targets = [*self._targets, MANIFEST]
        swaps = {target: (self._folder / target).exists() for target in targets}
        swap(self._place, self._folder.name, swaps)

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
    with locked(place):
        mend(place)
        place.build.mkdir(exist_ok=True)
        # A name of its own: an engine that outlives its killed command writes into none of ours.
        folder = Path(tempfile.mkdtemp(prefix=NEW, dir=place.root))
        try:
            made = Staging(place, folder)
            yield made
            made.commit()
        finally:
            # With a journal, what is staged is wanted: the next command finishes the swap.
            if not place.journal.exists():
                shutil.rmtree(folder, ignore_errors=True)
