"""An SOP's own book kept: a new version with the line that says why, and a review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sopwith import edit
from sopwith.comparing import Opinion, Pair, opinion
from sopwith.comparing import sop as compared
from sopwith.edit import Quoted
from sopwith.filing.keep import Refused, change
from sopwith.filing.telling import sentence
from sopwith.filing.whom import person_of
from sopwith.making import content_before, sop_of
from sopwith.making.asking import NotThen
from sopwith.model import Sop, Version
from sopwith.reviews import changed_since_review
from sopwith.source import Data
from sopwith.words import listing, long_date
from sopwith.workspace import Workspace

_BEFORE_CHANGES = ("references", "former_steps", "changes")
_LAST_COMMIT = "HEAD"


@dataclass(frozen=True, slots=True)
class Revision:
    """What was said of a new version; a level that was not said is ours to find.

    `because` says what makes a version minor that we take for major.
    """

    level: str
    summary: str
    why: str = ""
    because: str = ""
    by: str = ""


def bump(work: Workspace, name: str, said: Revision) -> str:
    """Raise an SOP's version and write its line of the revision history.

    What the last commit has is compared with: where no level is said, ours is taken, and for a
    smaller one there must be a reason. Steps that are gone are put under `former_steps`. Raises
    NotHere, Refused, and Blocked where a problem stands in the way.
    """
    sop = sop_of(work, name)
    was = _before(work, name)
    taken_for = opinion(Pair("sop", name, was, sop, tuple(compared(was, sop)))) if was else None
    is_raised = was is not None and was.version < sop.version
    if is_raised and sop.current:
        message = f"{name} is {sop.version} already, and {was.version if was else ''} as committed."
        raise Refused(f"{message} Say more in its line under changes, or commit it first.")
    level = said.level or ("minor" if said.because else _ours(name, taken_for))
    version = sop.version if is_raised else _next(sop.version, level)
    _stop_at_smaller(name, level, taken_for, said)
    gone = _gone(was, sop)
    line: dict[str, Data] = {
        "version": Quoted(str(version)),
        "effective": str(work.today),
        "by": person_of(work, said.by),
        "summary": said.summary,
        **({"why": said.why} if said.why else {}),
        **({"minor_because": said.because} if said.because else {}),
    }
    change(work, sop.at.path, _raised(str(version), line, sop, gone))
    day = long_date(work.today, work.library.company.locale)
    told = [f"{sop.title}: {was.version if was else sop.version} -> {version}, from {day} on."]
    if taken_for and taken_for.weight != "none":
        told.append(f"We think it is {taken_for.weight}: {taken_for.why}.")
    if gone:
        told.append(f"Under former_steps now: {listing([*gone], work.library.company.locale)}.")
    told.append(f"{sop.at.path} is written.")
    return "\n".join(map(sentence, told))


def reviewed(work: Workspace, name: str, by: str, *, no_change: bool) -> str:
    """Write who looked at an SOP as a whole today.

    Where nothing has changed since the last review, `no_change` must say that nothing had to.
    Raises as `bump`.
    """
    sop = sop_of(work, name)
    was = _before(work, name)
    person = person_of(work, by)
    pending = opinion(Pair("sop", name, was, sop, tuple(compared(was, sop)))) if was else None
    has_changed = changed_since_review(sop, work.today) is not None or bool(
        pending and pending.weight != "none"
    )
    if no_change and pending and pending.weight != "none":
        raise Refused(f"{name} is not as committed: leave out --no-change, or take that back.")
    if not no_change and not has_changed:
        command = f"sopwith reviewed {name} --by {person} --no-change"
        raise Refused(
            f"{name} is as it was at its last review. If it is right so, say it:", command
        )

    def how(text: str) -> str:
        order = ("every", "also_after", "last", "by")
        text = edit.put(text, ("review", "last"), str(work.today), order)
        return edit.put(text, ("review", "by"), person, order)

    change(work, sop.at.path, how)
    who = work.library.company.people[person].name
    day = long_date(work.today, work.library.company.locale)
    return sentence(f"{sop.title} was reviewed on {day} by {who}. {sop.at.path} is written.")


def _before(work: Workspace, name: str) -> Sop | None:
    """The SOP as committed; None where it is not, or could not be read."""
    try:
        before = content_before(work, _LAST_COMMIT).library
    except NotThen:
        return None
    return before.sops.get(name) if before else None


def _ours(name: str, taken_for: Opinion | None) -> str:
    if taken_for and taken_for.weight != "none":
        return taken_for.weight
    why = "nothing in it differs from what is committed" if taken_for else "it is not in git yet"
    raise Refused(f"Nobody can tell how much {name} changes, since {why}: say minor or major.")


def _next(version: Version, level: str) -> Version:
    major, minor = version.parts
    return Version(f"{major + 1}.0" if level == "major" else f"{major}.{minor + 1}")


def _stop_at_smaller(name: str, level: str, taken_for: Opinion | None, said: Revision) -> None:
    if level == "minor" and taken_for and taken_for.weight == "major" and not said.because:
        command = f'sopwith bump {name} minor -m "..." --because "..."'
        message = f"We think this is major: {taken_for.why}. If nobody works differently, say why:"
        raise Refused(message, command)
    if level == "major" and said.because:
        raise Refused("--because says why a version is only minor, and this one is major.")


def _gone(was: Sop | None, now: Sop) -> dict[str, Data]:
    """Steps that are gone and not yet listed, as they are written under former_steps."""
    known = {step.id for step in now.steps} | {former.id for former in now.former_steps}
    steps = was.steps if was and was.status != "draft" else ()
    version = Quoted(str(was.version)) if was else ""
    return {s.id: {"id": s.id, "until": version} for s in steps if s.id not in known}


def _raised(
    version: str, line: dict[str, Data], sop: Sop, gone: dict[str, Data]
) -> Callable[[str], str]:
    def how(text: str) -> str:
        text = edit.put(text, ("version",), Quoted(version))
        text = edit.insert(text, ("changes",), line)
        if gone and not sop.former_steps:
            return edit.put(text, ("former_steps",), [*gone.values()], _BEFORE_CHANGES)
        for entry in gone.values():
            text = edit.insert(text, ("former_steps",), entry, None)
        return text

    return how
