"""What nobody has said of a new client yet, as questions to a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from sopwith.filing.begin import typed
from sopwith.model import Fact
from sopwith.source import Data
from sopwith.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Question:
    """What nobody has said yet: how it is asked, what is proposed, and how an answer is read.

    `read` raises Refused for what is no answer; an empty answer leaves the question open.
    """

    text: str
    default: str
    read: Callable[[str], Data] = field(compare=False)


Ask = Callable[[Question], Data]
Questions = Mapping[str, Question]
"""What is asked, under the key that the answer has in the file."""


def answers(ask: Ask, questions: Questions) -> dict[str, Data]:
    """Put all these questions."""
    return {key: ask(question) for key, question in questions.items()}


def ask_contact(ask: Ask) -> dict[str, Data]:
    """Ask for the first contact; without a name, for no more. What is left open is not in it."""
    name = ask(CONTACT)
    contact = {"name": name} | (answers(ask, _ABOUT_CONTACT) if name else {})
    return {key: value for key, value in contact.items() if value}


def open_facts(work: Workspace, known: Mapping[str, Data]) -> dict[str, Question]:
    """What the plan hangs on: facts without a default, and those that decide on a whole SOP."""
    deciding = {
        ask.key
        for sop in work.library.sops.values()
        if sop.status == "active" and sop.applies_to
        for ask in sop.applies_to.asks()
    }
    return {
        fact.id: Question(_wording(fact), fact.default, _answer(partial(typed.fact, fact)))
        for fact in work.library.company.facts.values()
        if fact.id not in known and not fact.optional and (not fact.default or fact.id in deciding)
    }


def open_dates(work: Workspace, known: Mapping[str, Data]) -> dict[str, Question]:
    """The days that are not known, in the order of a client's life; the first is mostly today."""
    stated = [e for e in work.library.company.events if not e.is_ and not e.optional]
    proposed = {} if known or not stated else {stated[0].id: str(work.today)}
    return {
        event.id: Question(
            event.title,
            proposed.get(event.id, ""),
            _answer(typed.date),
        )
        for event in stated
        if event.id not in known
    }


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


ENGAGEMENT = Question("What you do for them, in a few words", "", str.strip)
CONTACT = Question("Whom you talk to there (name)", "", str.strip)
_ABOUT_CONTACT: Questions = {
    "title": Question("What they do there", "", str.strip),
    "email": Question("Their email address", "", _answer(typed.email)),
}
