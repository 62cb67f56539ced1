"""What paper says it was printed from, so that it can be compared with what comes later."""

from __future__ import annotations

from collections.abc import Sequence

from sopwith.history import UNSAVED
from sopwith.model import Client
from sopwith.terminal import flow
from sopwith.words import listing
from sopwith.workspace import Workspace

_MOST = 2


def printed_from(work: Workspace, clients: Sequence[Client]) -> str:
    """The commit for a footer, and whether what these plans hang on was changed since."""
    return work.history.commit + (UNSAVED if unsaved(work, clients) else "")


def unsaved(work: Workspace, clients: Sequence[Client]) -> list[str]:
    """The files these plans hang on that git does not have as they are here.

    They are company.yml, any SOP, and the files of these clients and of their accounts. There are
    none where a commit was asked for, and none before the first commit.
    """
    if work.inputs.commit:
        return []
    library = work.library
    files = {one.at.path for client in clients for one in (client, *library.account(client))}
    files.add(library.company.at.path)
    return sorted(path for path in work.unsaved if path in files or path.startswith("sops/"))


def incomparable(work: Workspace, clients: Sequence[Client]) -> str:
    """What to know of paper that nobody will be able to compare; empty where there is nothing."""
    files = unsaved(work, clients)
    if not files:
        return ""
    more = len(files) - _MOST
    named = [*files[:_MOST], *([f"{more} more"] if more > 0 else [])]
    what = listing(named, work.library.company.locale)
    papers = "this paper" if len(clients) == 1 else "these papers"
    told = f"Not saved in git yet: {what}, so {papers} cannot be compared later. git commit first."
    return "\n".join(flow(told))
