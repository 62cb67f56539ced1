"""A new client's file, with only what is needed, as we write our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from sopwith import edit
from sopwith.filing.keep import Refused, create, with_client
from sopwith.filing.naming import checked_id, path_of_new
from sopwith.filing.telling import coming, sentence
from sopwith.history import GitFailed, is_whole
from sopwith.making import NotHere, plans_of
from sopwith.model import Event, Fact, Moment
from sopwith.problem import did_you_mean
from sopwith.read import KINDS
from sopwith.source import Data
from sopwith.workspace import Workspace

_CLIENT = next(kind for kind in KINDS if kind.name == "client")
_CONTACT = re.compile(r"\s*([^<>]*[^<>\s])\s*<([^<>\s]+)>\s*")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a new client. Facts and dates are as typed; contacts `Name <email>`."""

    name: str
    id: str = ""
    engagement: str = ""
    facts: Sequence[tuple[str, str]] = ()
    dates: Sequence[tuple[str, str]] = ()
    contacts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What nobody has said yet: how it is asked, what is proposed, and how an answer is read.

    `read` raises Refused for what is no answer; an empty answer leaves the question open.
    """

    text: str
    default: str
    read: Callable[[str], Data] = field(compare=False)


Ask = Callable[[Question], Data]


def begin(work: Workspace, given: Given, ask: Ask | None) -> str:
    """Write a new client's file, and tell what is to be done first.

    `ask` puts a question to a person; without it nothing is asked. Raises NotHere for names that
    nothing has, Refused where it cannot be written, and Blocked where it would have errors.
    """
    plans_of(work)
    path = path_of_new(work, _CLIENT, checked_id(given.id, given.name, "north-pier"))
    contacts = [_contact(contact, is_main=not i) for i, contact in enumerate(given.contacts)]
    facts = _facts(work.library.company.facts, given.facts)
    dates = _dates(work.library.company.events, given.dates)
    if ask:
        facts |= {key: ask(question) for key, question in _open_facts(work, facts)}
        dates |= {key: ask(question) for key, question in _open_dates(work, dates)}
    try:
        text = _text(given, facts, contacts, dates)
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
    known = dict(_said(facts))
    told += [f"Not said yet: {question.text}" for _, question in _open_facts(work, known)]
    return "\n".join([*told, *(coming(plan) if plan else ())])


def _text(
    given: Given,
    facts: Mapping[str, Data],
    contacts: Sequence[Data],
    dates: Mapping[str, Data],
) -> str:
    text = edit.put("name: x\n", ("name",), given.name)
    if given.engagement:
        text = edit.put(text, ("engagement",), given.engagement)
    for key, value in _said(facts):
        text = edit.put(text, ("facts", key), value)
    for contact in contacts:
        text = edit.insert(text, ("contacts",), contact, None)
    for key, value in _said(dates):
        text = edit.put(text, ("dates", key), value)
    return text


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


def _said(answers: Mapping[str, Data]) -> list[tuple[str, Data]]:
    return [(key, value) for key, value in answers.items() if value]


# What was said --------------------------------------------------------------------------------


def _contact(text: str, *, is_main: bool) -> dict[str, Data]:
    found = _CONTACT.fullmatch(text)
    if found is None:
        raise Refused(f'"{text}" is no contact; write "Priya Shah <priya@harborlane.example>".')
    contact: dict[str, Data] = {"name": found[1], "email": found[2]}
    return {**contact, "main": True} if is_main else contact


def _facts(known: Mapping[str, Fact], given: Sequence[tuple[str, str]]) -> dict[str, Data]:
    facts: dict[str, Data] = {}
    for key, value in given:
        if key not in known:
            raise NotHere("fact", key, known)
        facts[key] = _fact(known[key], value)
    return {key: facts[key] for key in known if key in facts}


def _fact(fact: Fact, typed: str) -> Data:
    values = [part.strip() for part in typed.split(",")] if fact.some_of else [typed.strip()]
    for value in values:
        if fact.choices and value not in fact.choices:
            hint = did_you_mean(value, fact.choices)
            raise Refused(f'"{value}" is no value of {fact.id} ({fact.title}); {hint}')
    if fact.amount and not re.fullmatch(r"-?\d+(\.\d{1,2})?", values[0], re.ASCII):
        raise Refused(f'"{values[0]}" is no amount; write it as in 12000.00.')
    plain: list[Data] = [*dict.fromkeys(values)]
    return plain if fact.some_of else values[0]


def _dates(known: Sequence[Event], given: Sequence[tuple[str, str]]) -> dict[str, Data]:
    stated = [event.id for event in known if not event.is_]
    dates: dict[str, Data] = {}
    for key, value in given:
        if key not in stated:
            raise NotHere("event", key, stated)
        dates[key] = _date(value)
    return {key: dates[key] for key in stated if key in dates}


def _date(typed: str) -> Data:
    try:
        return str(Moment.parse(typed.strip()))
    except ValueError:
        raise Refused(f'"{typed}" is no day; write it as in 2026-11-20.') from None


# What was not ---------------------------------------------------------------------------------


def _open_facts(work: Workspace, facts: Mapping[str, Data]) -> list[tuple[str, Question]]:
    """What the plan hangs on and nobody has said: facts without a default."""
    return [
        (fact.id, Question(_wording(fact), "", _answer(partial(_fact, fact))))
        for fact in work.library.company.facts.values()
        if fact.id not in facts and not fact.default and not fact.optional
    ]


def _open_dates(work: Workspace, dates: Mapping[str, Data]) -> list[tuple[str, Question]]:
    """The first event's date, unless any date is known."""
    events = [event for event in work.library.company.events if not event.is_]
    return [
        (event.id, Question(event.title, str(work.today), _answer(_date)))
        for event in (events[:1] if not dates else ())
    ]


def _answer(read: Callable[[str], Data]) -> Callable[[str], Data]:
    """Read an answer, where there is one."""
    return lambda text: read(text) if text.strip() else ""


def _wording(fact: Fact) -> str:
    if fact.amount:
        return f"{fact.title} (an amount in {fact.amount})"
    choices = ", ".join(fact.choices)
    return (
        f"{fact.title} (one or more of {choices})" if fact.some_of else f"{fact.title} ({choices})"
    )
