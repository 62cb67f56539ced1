"""What is staged, swapped for what is there; one that was cut short is finished or undone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sopwith.write.place import Busy, Workplace, locked


def recover(root: Path) -> None:
    """Finish or undo what an earlier command was killed in; not while another is at work."""
    place = Workplace(root)
    if place.leftovers():
        with suppress(Busy), locked(place):
            mend(place)


def swap(place: Workplace, folder: str, swaps: Mapping[str, bool]) -> None:
    """Put each target of a staged folder into its place, or take it away where there is no new.

    From the journal on, whoever comes next would finish it.
    """
    _write_whole(place.journal, json.dumps({"from": folder, "swaps": swaps}))
    _finish(place)


def mend(place: Workplace) -> None:
    """The same, for whoever holds the lock."""
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
