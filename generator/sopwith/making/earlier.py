"""The handbook's content as an earlier commit left it, read beside what is here now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sopwith import rules
from sopwith.comparing import KINDS as COMPARED
from sopwith.history import commit_name, lay, parting
from sopwith.making.aftermath import in_a_change, without_following
from sopwith.making.asking import NotThen
from sopwith.making.caused import at_their_cause
from sopwith.problem import Problem
from sopwith.read import COMPANY, KINDS, NO_PRIVATE, PAGES, Reading, read
from sopwith.rules import dates_out_of_order
from sopwith.workspace import Workspace, open_workspace

_PUBLIC = (COMPANY, *(kind.folder for kind in KINDS if not kind.private), PAGES.folder)
_FOLDERS = tuple(f"{folder}/" for folder in COMPARED.values())


def content_before(work: Workspace, revision: str) -> Reading:
    """Read the company, SOPs, emails and documents as they were, and no client; raises NotThen.

    What is meant is the commit at which we parted from the revision: what others did there
    meanwhile is not our change.
    """
    with _laid(work, revision) as (root, _):
        reading = read(root, root)
    if reading.library is None:
        raise _unreadable(revision, map(reading.located, reading.problems))
    return reading


def workspace_before(work: Workspace, revision: str) -> Workspace:
    """The handbook as it was, with the clients as they are now.

    Raises NotThen, also where one of the files to compare could not be read then.
    """
    private = work.root / work.library.private
    with _laid(work, revision) as (root, commit):
        folder = private if private.is_dir() else root
        inputs = replace(work.inputs, root=root, private=folder, commit=commit, today=work.today)
        then = open_workspace(inputs)
    faults = [p for p in content_errors(then.problems) if _keeps_from_comparing(p, then)]
    if faults or then.reading.library is None:
        raise _unreadable(revision, faults or then.problems)
    return then


def since(work: Workspace, revision: str, known: Sequence[Problem]) -> tuple[Problem, ...]:
    """Add to known problems what the rules about changes say of what is here now; raises NotThen.

    All have their places. Those that follow from a change that is to be taken back are left out.
    """
    if work.reading.library is None:
        return (*known,)
    before = content_before(work, revision)
    if before.library is None:
        return (*known,)
    if any(problem.code == dates_out_of_order.CODE for problem in known):
        with suppress(NotThen):  # then nobody can tell what caused it
            known = at_their_cause(workspace_before(work, revision), work, known)
    found = [*rules.check_change(before.library, work.library)]
    known = without_following(known, found, before.library, work.library)
    known = in_a_change(known, work.library)
    for kind, folder in COMPARED.items():
        now = getattr(work.library, folder)
        for id_ in sorted(before.library.unread.get(kind, frozenset()) & now.keys()):
            message = f"this file could not be read at {revision}: nobody can tell what changed"
            hint = "see for yourself whether its version has to rise"
            found.append(Problem(now[id_].at, "not-comparable", message, hint, "warning"))
    return (*known, *map(work.reading.located, found))


def content_errors(problems: Iterable[Problem]) -> list[Problem]:
    """The errors in the files that are compared; a private folder that is not here is none."""
    return [
        p
        for p in problems
        if p.is_error
        and p.code != NO_PRIVATE
        and (p.spot.path == COMPANY or p.spot.path.startswith(_FOLDERS))
    ]


def _keeps_from_comparing(problem: Problem, then: Workspace) -> bool:
    """Whether a file could not be read as what it is; what a rule says of it is no matter here."""
    return problem.code == "duplicate-step" or problem.spot.path not in _read(then)


def _read(then: Workspace) -> frozenset[str]:
    library = then.reading.library
    if library is None:
        return frozenset()
    files = (item for folder in COMPARED.values() for item in getattr(library, folder).values())
    return frozenset((COMPANY, *(item.at.path for item in files)))


def _unreadable(revision: str, problems: Iterable[Problem]) -> NotThen:
    first = next(iter(problems))
    reason = f"{first.place or first.spot.path}: {first.message}"
    return NotThen(f"what stood there at {revision} cannot be compared: {reason}")


@contextmanager
def _laid(work: Workspace, revision: str) -> Iterator[tuple[Path, str]]:
    """The public files as they were, in a folder of their own, and their commit."""
    if commit_name(work.root, revision) is None:
        hint = "name a branch or a commit, as in main or HEAD~1"
        raise NotThen(f'"{revision}" is no commit in the history of this folder; {hint}')
    commit = parting(work.root, revision)
    if commit is None:
        hint = "in a clone that was cut short, run git fetch --unshallow"
        raise NotThen(f"nothing is known of where this branch parted from {revision}; {hint}")
    with TemporaryDirectory(prefix="sopwith-") as folder:
        root = lay(work.root, commit, _PUBLIC, Path(folder) / "root")
        if root is None:
            raise NotThen(f"{revision} is not in this clone")
        yield root, commit
