"""A new client's file, with only what is needed, as we write our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sopwith import edit
from sopwith.filing.begin import typed
from sopwith.filing.begin.questions import (
    CONTACT,
    ENGAGEMENT,
    Ask,
    Question,
    answers,
    ask_contact,
    open_dates,
    open_facts,
)
from sopwith.filing.keep import Refused, create, with_client
from sopwith.filing.naming import checked_id, path_of_new
from sopwith.filing.telling import coming, sentence
from sopwith.history import GitFailed, is_whole
from sopwith.making import plans_of
from sopwith.plan import Plan
from sopwith.read import KINDS
from sopwith.source import Data
from sopwith.workspace import Workspace

__all__ = ["Ask", "Given", "Question", "begin"]

_CLIENT = next(kind for kind in KINDS if kind.name == "client")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a new client, as typed; contacts are `Name (role) <email>`."""

    name: str
    id: str = ""
    engagement: str = ""
    facts: Sequence[tuple[str, str]] = ()
    dates: Sequence[tuple[str, str]] = ()
    contacts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """The same as data; nothing under a key is as if the key were not there."""

    engagement: Data
    facts: Mapping[str, Data]
    contacts: Sequence[Mapping[str, Data]]
    dates: Mapping[str, Data]


def begin(work: Workspace, given: Given, ask: Ask | None) -> str:
    """Write a new client's file, and tell what is to be done first.

    `ask` puts a question to a person; without it nothing is asked. Raises NotHere for names that
    nothing has, Refused where it cannot be written, and Blocked where it would have errors.
    """
    plans_of(work)
    path = path_of_new(work, _CLIENT, checked_id(given.id, given.name, "north-pier"))
    said = _read(work, given)
    if ask:
        said = _asked(work, said, ask)
    try:
        text = _text(given.name, said)
        pins = _pins(work, path, text)
        for sop, version in pins.items():
            text = edit.put(text, ("sops", sop), version)
    except edit.Unwritable as unwritable:
        raise Refused(f"This cannot be written: {unwritable}.") from None
    after = create(work, path, text)
    plan = after.plans.of(PurePosixPath(path).stem) if after.plans else None
    told = [f"{path} is written."]
    if not pins:
        told.append(sentence(_NO_PINS))
    told += [f"Not said yet: {question.text}" for question in _open(work, said)]
    events = open_dates(work, said.dates)
    titles = [event.title for event in work.library.company.events if event.id in events]
    if titles:
        told.append(sentence(f"No day yet under dates: {', '.join(titles)}"))
    told += [sentence(f"Look at this again: {message}") for message in _doubts(plan)]
    return "\n".join([*told, *(coming(plan) if plan else ())])


def _doubts(plan: Plan | None) -> Iterator[str]:
    """What is said and cannot be, as `check` tells it; what is not said is told otherwise."""
    for gap in plan.gaps if plan else ():
        if not gap.code.startswith("client-without-"):
            yield gap.message


def _read(work: Workspace, given: Given) -> _Said:
    company = work.library.company
    return _Said(
        given.engagement.strip(),
        typed.facts(company.facts, given.facts),
        [typed.contact(contact) for contact in given.contacts],
        typed.dates(company.events, given.dates),
    )


def _asked(work: Workspace, said: _Said, ask: Ask) -> _Said:
    """The same with what a person answers to the questions that are left."""
    engagement = said.engagement or ask(ENGAGEMENT)
    facts = {**said.facts, **answers(ask, open_facts(work, said.facts))}
    contacts = said.contacts or [contact for contact in [ask_contact(ask)] if contact]
    dates = {**said.dates, **answers(ask, open_dates(work, said.dates))}
    return _Said(engagement, _without_blanks(facts), contacts, _without_blanks(dates))


def _open(work: Workspace, said: _Said) -> Iterator[Question]:
    """What the file does not say, of all but days; no fact that has a default."""
    if not said.engagement:
        yield ENGAGEMENT
    yield from (one for one in open_facts(work, said.facts).values() if not one.default)
    if not said.contacts:
        yield CONTACT


def _text(name: str, said: _Said) -> str:
    text = edit.put("name: x\n", ("name",), name)
    if said.engagement:
        text = edit.put(text, ("engagement",), said.engagement)
    for key, value in said.facts.items():
        text = edit.put(text, ("facts", key), value)
    for number, contact in enumerate(said.contacts):
        text = edit.insert(text, ("contacts",), {**contact, **_MAIN[number > 0]}, None)
    for key, value in said.dates.items():
        text = edit.put(text, ("dates", key), value)
    return text


_MAIN: tuple[Mapping[str, Data], Mapping[str, Data]] = ({"main": True}, {})

_NO_PINS = (
    "No versions are pinned, as there is no full history of git here: this client follows each "
    "procedure as it changes."
)


def _pins(work: Workspace, path: str, text: str) -> dict[str, str]:
    """Today's version of each SOP in the plan, where git will still know it tomorrow."""
    try:
        if not is_whole(work.root):
            return {}
    except GitFailed:
        return {}
    plans = with_client(work, path, text).plans
    plan = plans.of(PurePosixPath(path).stem) if plans else None
    sops = [row.sop for row in plan.rows()] if plan else []
    return {sop.id: str(sop.version) for sop in sops}


def _without_blanks(answered: Mapping[str, Data]) -> dict[str, Data]:
    return {key: value for key, value in answered.items() if value}
