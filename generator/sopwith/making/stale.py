"""What changed since a checklist was printed, told from the commit in its footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sopwith.history import UNCOMMITTED, UNSAVED, lay
from sopwith.making.asking import Blocked, NotThen, plan_of
from sopwith.outputs import stale as outputs
from sopwith.read import COMPANY, KINDS
from sopwith.workspace import Inputs, Workspace, open_workspace

_OURS = (COMPANY, *dict.fromkeys(kind.folder for kind in KINDS))
_UNKNOWN = "That paper had changes that were not in git: it may show some of these already."
_PRIVATE = tuple(dict.fromkeys(kind.folder for kind in KINDS if kind.private))


def stale(work: Workspace, clients: Sequence[str], commit: str) -> str:
    """Tell what the plans of some clients, people or quarters have changed since a commit.

    Both are planned as of the same day, so that only what somebody changed is told. Raises
    NotHere, NotThen, and Blocked where a problem stands in the way of one of these now.
    """
    plans = [plan_of(work, client) for client in dict.fromkeys(clients)]
    if commit == UNCOMMITTED:
        raise NotThen(
            "that paper was printed before its files were in git: what changed is unknown"
        )
    commit, was_unsaved = commit.removesuffix(UNSAVED), commit.endswith(UNSAVED)
    with _as_of(work, commit) as (then, what):
        told = list(filter(None, [_UNKNOWN if was_unsaved else "", what]))
        for now in plans:
            try:
                before = plan_of(then, now.client.id)
            except Blocked as blocked:
                first = blocked.problems[0]
                reason = f"{first.place or first.spot.path}: {first.message}"
                message = f"the files of {commit} cannot be planned by today's rules: {reason}"
                raise NotThen(message) from None
            except LookupError:
                raise NotThen(f"{now.client.id} was not there yet at {commit}") from None
            told.append(outputs.render(before, now, commit))
    return "\n\n".join(told)


@contextmanager
def _as_of(work: Workspace, commit: str) -> Iterator[tuple[Workspace, str]]:
    """The workspace at a commit, and what to know of it.

    The handbook and the private folder may be in a repository each. A commit is in one of them;
    what is in the other is taken as it is now.
    """
    private = _private(work)
    with TemporaryDirectory(prefix="sopwith-") as folder:
        root = lay(work.root, commit, _OURS, Path(folder) / "root")
        apart = private and not private.resolve().is_relative_to(work.root.resolve())
        old = (
            lay(private, commit, _PRIVATE, Path(folder) / "private") if private and apart else None
        )
        if root is None and old is None:
            hint = "take the one in the footer of the checklist, such as ab12cd3f90"
            raise NotThen(f'"{commit}" is no commit in the history of this folder; {hint}')
        if private and not apart and root:
            old = root / private.resolve().relative_to(work.root.resolve())
        what = ""
        if apart and old is None:
            what = f"{commit} is of the handbook: clients' files are compared as they are now."
        elif apart and root is None:
            what = f"{commit} is of the clients' files: the handbook is compared as it is now."
        inputs = Inputs(root or work.root, old or private, work.today, commit if root else "")
        yield open_workspace(inputs), what


def _private(work: Workspace) -> Path | None:
    named = work.library.company.private
    return work.inputs.private or (work.root / named if named else None)
