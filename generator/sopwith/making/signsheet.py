"""The sheet on which those who have read an SOP sign."""

from __future__ import annotations

from sopwith.acknowledging import asked
from sopwith.making.asking import NotHere, at, sop_of
from sopwith.model import Sop
from sopwith.outputs import signsheet as output
from sopwith.workspace import Workspace
from sopwith.write import staging


def signsheet(work: Workspace, name: str, role: str) -> str:
    """Write a sign sheet and its table, for one role or all that are asked; say where they are.

    Raises NotHere for names that nothing has and for an SOP that asks nobody, and Blocked.
    """
    sop = sop_of(work, name)
    company = work.library.company
    if role and role not in company.roles:
        raise NotHere("role", role, company.roles)
    found = [one for one in asked(work.library, work.today) if one.sop.id == name]
    mine = [one for one in found if not role or role in one.roles]
    if not mine:
        raise NobodyAsked(sop, role)
    context = output.Context(work.templates, company, work.today, work.history.commit)
    file = "-".join(filter(None, (name, role)))
    pages = list(output.render(sop, mine, file, context))
    with staging(work.root) as stage:
        for page in pages:
            stage.add(page.path, [page])
    return "\n".join(at(work, page.path) for page in pages)


class NobodyAsked(NotHere):
    """Nobody, or nobody in this role, is asked to confirm an SOP."""

    def __init__(self, sop: Sop, role: str) -> None:
        whom = f"no {role}" if role else "nobody"
        message = f'{sop.title} asks {whom} to confirm it; its file says whom under "acknowledge"'
        LookupError.__init__(self, message)
