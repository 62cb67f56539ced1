"""What was asked for: found in the workspace, or why it is not to be had."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterator, Sequence

from jinja2 import TemplateError

from sopwith import engine, paper
from sopwith.data import TEMPLATES, NotText
from sopwith.plan import Plan
from sopwith.problem import Problem, did_you_mean
from sopwith.workspace import Workspace
from sopwith.write import BUILD, Busy, Unsafe

FAILURES = (Busy, Unsafe, engine.EngineFailed, paper.PaperError, TemplateError, NotText)
"""What may go wrong where no file of the library is to blame; each says what it was."""


def reason(failure: Exception) -> str:
    """What a failure was, and where, if it was in a template."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = [f for f in frames if f.filename.startswith(f"{TEMPLATES}/")]
    return "".join(f"{f.filename}:{f.lineno}: " for f in places[-1:]) + str(failure)


class Blocked(Exception):
    """Problems stand in the way; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class NotHere(LookupError):
    """Something was asked for by a name that nothing has."""

    def __init__(self, what: str, name: str, known: Collection[str]) -> None:
        super().__init__(f'no {what} is called "{name}"; {did_you_mean(name, known)}')


def stop_at_errors(work: Workspace, within: Collection[str] | None = None) -> None:
    """Raise Blocked by an error in any file, or in one of these.

    The handbook too hangs on every file: only of clients it can read may it keep the names out.
    """
    found = [p for p in work.errors if within is None or p.spot.path in within]
    if found or work.reading.library is None:
        raise Blocked(found or work.errors)


def plan_of(work: Workspace, client: str) -> Plan:
    """The plan of a client; raises NotHere, and Blocked where an error stands in its way."""
    if work.reading.library is None or work.plans is None:
        raise Blocked(work.errors)
    known = {*work.library.clients, *work.library.unread.get("client", ())}
    if client not in known:
        raise NotHere("client", client, known)
    plan = work.plans.of(client)
    if plan is None:
        in_the_way = {*work.plans.blocked_by(client), *_paths_of(work, client)}
        raise Blocked([p for p in work.errors if p.spot.path in in_the_way] or work.errors)
    return plan


def _paths_of(work: Workspace, client: str) -> Iterator[str]:
    """A client's own file, also where it could not be read."""
    yield from (p.spot.path for p in work.errors if p.spot.path.endswith(f"clients/{client}.yml"))


def all_plans(work: Workspace) -> list[Plan]:
    """Every client's plan, by id; raises Blocked."""
    return [plan_of(work, client) for client in sorted(work.library.clients)]


def at(work: Workspace, path: str) -> str:
    """Where something built is, as seen from where the command was typed."""
    return (work.root / BUILD / path).as_posix()
