"""What was asked for: found in the workspace, or why it is not to be had."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence

from jinja2 import TemplateError

from sopwith import engine, paper
from sopwith.data import TEMPLATES, NotText
from sopwith.finding import called
from sopwith.github import GitHubFailed
from sopwith.history import GitFailed
from sopwith.model import Library, Person, Quarter, Sop
from sopwith.plan import Plan, Plans
from sopwith.problem import Problem, did_you_mean
from sopwith.workspace import Workspace
from sopwith.write import BUILD, Busy, Unsafe

FAILURES = (
    Busy,
    Unsafe,
    GitFailed,
    GitHubFailed,
    engine.EngineFailed,
    paper.PaperError,
    TemplateError,
    NotText,
)
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


class NotThen(NotHere):
    """How things stood at an earlier commit cannot be told, for this reason."""

    def __init__(self, reason: str) -> None:
        LookupError.__init__(self, reason)


def stop_at_errors(work: Workspace) -> None:
    """Raise Blocked by an error in any file, or in what the plans of all clients say together.

    The handbook too hangs on every file: only of clients it can read may it keep the names out.
    """
    if work.errors:
        raise Blocked(work.errors)


def stop_at_errors_in_files(work: Workspace, within: Collection[str] | None = None) -> None:
    """Raise Blocked by an error in any file, or in one of these, without a plan of every client."""
    found = [p for p in work.in_files if p.is_error and (within is None or p.spot.path in within)]
    if found:
        raise Blocked(found)


def plans_of(work: Workspace) -> Plans:
    """All plans; raises Blocked where company.yml cannot be read, and so nothing is known."""
    if work.plans is None:
        raise Blocked(work.errors)
    return work.plans


def plan_of(work: Workspace, client: str) -> Plan:
    """The plan of a client, a person or a quarter; raises NotHere.

    Raises Blocked where an error stands in its way.
    """
    plans = plans_of(work)
    _stop_at_unknown(work.library, client)
    plan = plans.of(client)
    if plan is None:
        stop_at_errors_in_files(work, {*plans.blocked_by(client), *_paths_of(work, client)})
        raise Blocked(work.errors)
    return plan


def sop_of(work: Workspace, name: str) -> Sop:
    """The SOP of that name; raises NotHere, or Blocked where its file or company.yml is broken."""
    plans_of(work)
    sop = work.library.sops.get(name)
    if sop is None:
        called = {p.spot.path for p in work.in_files if _is_called(p.spot.path, name)}
        stop_at_errors_in_files(work, called)
        raise NotHere("SOP", name, work.library.sops)
    return sop


def named(by: str, people: Mapping[str, Person]) -> str:
    """The id of the only one whom what was typed may mean; raises NotHere."""
    meant = called(by, people)
    if len(meant) != 1:
        raise NotHere("person", by, people)
    return meant[0]


def _is_called(path: str, name: str) -> bool:
    """Whether a file has a name, or was meant to."""
    return path.casefold().endswith(f"/{name.casefold()}.yml")


def _stop_at_unknown(library: Library, client: str) -> None:
    """Raise NotHere for what is no client, nor one of our people or a quarter."""
    folder, _, name = client.rpartition("/")
    people = library.company.people
    clients = {*library.clients, *library.unread.get("client", ())}
    if folder == "people" and name not in people:
        raise NotHere("person", name, people)
    if folder == "quarters" and not Quarter.is_one(name):
        raise NotHere("quarter", name, ["2026-Q4"])
    if folder not in ("people", "quarters") and client not in clients:
        raise NotHere("client", client, [f"people/{client}"] if client in people else clients)


def _paths_of(work: Workspace, client: str) -> Iterator[str]:
    """A client's own file, also where it could not be read."""
    file = f"{client}.yml" if "/" in client else f"clients/{client}.yml"
    yield from (p.spot.path for p in work.in_files if p.spot.path.endswith(file))


def at(work: Workspace, path: str) -> str:
    """Where something built is, as seen from where the command was typed."""
    return (work.root / BUILD / path).as_posix()
