"""Something noticed, written down as an observation: from an issue, or as it is told here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sopwith import edit, issues
from sopwith.filing.keep import Refused, create
from sopwith.filing.naming import slug
from sopwith.filing.notice.judge import Judge, Noticed
from sopwith.filing.notice.names import sop_called, step_called
from sopwith.filing.telling import sentence
from sopwith.making import Blocked, plans_of, sop_of
from sopwith.source import Data
from sopwith.workspace import Workspace

__all__ = ["Noticed", "from_issue", "notice"]

_FORMS = ".github/ISSUE_TEMPLATE"
# So many words of what was noticed name its file.
_WORDS = 4


def notice(work: Workspace, noticed: Noticed) -> str:
    """Write an observation of something told here; its file has the day and the first words.

    Raises NotHere for an SOP or step there is not, Refused where it cannot be written, and Blocked
    where it would have errors, such as a client's name.
    """
    plans_of(work)
    if noticed.on and noticed.on > work.today:
        raise Refused(f"{noticed.on} is still to come: today is {work.today}.")
    words = slug(" ".join(noticed.text.split()[:_WORDS])) or noticed.kind
    base = f"{noticed.on or work.today}-{words}"
    taken = _ids(work)
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return _write(work, next(name for name in names if name not in taken), noticed)


def from_issue(work: Workspace, file: Path) -> str:
    """Write the observation that an issue reports, once; its file has the day and the number.

    Whoever wrote the issue is noted only where it is the account of one of our people. Raises as
    `notice`, and Blocked with everything that does not fit.
    """
    plans_of(work)
    try:
        issue = issues.read_issue(file.as_posix(), file.read_bytes())
        known = [id_ for id_ in _ids(work) if id_.endswith(f"-issue-{issue.number}")]
        if known:
            return sentence(f"{_path(work, min(known))} has {issue.name} already.")
        judge = Judge(work.library, issue, issues.fill(issue, _forms(work.root)))
    except OSError as error:
        raise Refused(f"{file} cannot be opened: {error.strerror or error}.") from None
    except issues.NotAnIssue as wrong:
        raise Blocked(wrong.problems) from None
    noticed = judge.all()
    if judge.problems:
        raise Blocked(judge.problems)
    return _write(work, f"{noticed.on}-issue-{issue.number}", noticed)


def _ids(work: Workspace) -> set[str]:
    """The ids of all observations, also of those that cannot be read."""
    return {*work.library.observations, *work.library.unread.get("observation", ())}


def _forms(root: Path) -> Iterator[issues.Form]:
    for path in sorted((root / _FORMS).glob("*.yml")):
        form = issues.read_form(path.name, path.read_bytes())
        if form:
            yield form


def _path(work: Workspace, id_: str) -> str:
    """Where an observation lies, relative to the root."""
    folder = work.root / work.library.private / "observations"
    if folder.is_symlink():
        raise Refused(f"{folder} is a symbolic link, and those are not followed here.")
    return Path(os.path.relpath(folder / f"{id_}.yml", work.root)).as_posix()


def _write(work: Workspace, id_: str, noticed: Noticed) -> str:
    if noticed.sop in work.library.unread.get("sop", ()):
        sop_of(work, noticed.sop)  # which tells what is wrong with its file
    sop = sop_called(work.library, noticed.sop)
    if noticed.step and sop is None:
        raise Refused("A step belongs to an SOP: say to which.")
    fields: dict[str, Data] = {
        "kind": noticed.kind,
        "date": str(noticed.on or work.today),
        "sop": sop.id if sop else "",
        "version": edit.Quoted(noticed.version or sop.version) if sop else "",
        "step": step_called(sop, noticed.step),
        "client": noticed.client,
        "reported_by": noticed.by,
        **noticed.others,
        "summary": noticed.text,
    }
    text = "kind: x\n"
    try:
        for key, value in fields.items():
            if value:
                text = edit.put(text, (key,), value)
    except edit.Unwritable as unwritable:
        raise Refused(f"This cannot be written: {unwritable}.") from None
    path = _path(work, id_)
    create(work, path, text)
    return f"{path} is written."
