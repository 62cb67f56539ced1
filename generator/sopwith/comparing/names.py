"""What fields and ids are called in a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from typing import Annotated, Any, get_origin, get_type_hints

from sopwith.model import Company, Library

_LABELS = {
    "with_": "people who help",
    "sign": "signatures",
    "when": "condition",
    "repeat": "rhythm",
    "for_each": "items it is done for",
    "once_per": "scope",
    "wait_for": "steps it waits for",
    "decision": "question and answers",
    "run": "procedure it runs",
    "sop": "procedure",
    "escalate": "escalation",
    "details": "explanation",
    "client_sees": "visibility for the client",
    "for_client": "words for the client",
    "for_us": "sheet for us",
    "expect": "done when",
    "work": "way of working",
    "from_": "from",
    "is_": "is",
    "applies_to": "clients it applies to",
    "superseded_by": "successor",
    "changes": "revision history",
    "about": "whom it is done for",
    "acknowledge": "who is to read it and confirm",
    "asks": "questions to the sender",
}


def label(field: str) -> str:
    """What a field is called in a sentence: by its own name, unless that says too little."""
    return _LABELS.get(field, field.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: in the handbook as it is, or else as it was.

    `others` says what to call what has no title here, by kind; without, it is called by its id.
    """

    companies: tuple[Company, Company]
    titles: Mapping[tuple[str, str], str]
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, was: Library, now: Library) -> Names:
        """The names that two readings of a handbook know."""
        titles: dict[tuple[str, str], str] = {}
        for library in (was, now):
            company = library.company
            titles |= {("person", id_): person.name for id_, person in company.people.items()}
            titles |= {("event", event.id): event.title for event in company.events}
            for kind, items in (
                ("role", company.roles),
                ("tool", company.tools),
                ("fact", company.facts),
                ("sop", library.sops),
                ("email", library.emails),
                ("document", library.documents),
            ):
                titles |= {(kind, id_): item.title for id_, item in items.items()}
        return cls((was.company, now.company), titles)

    @property
    def locale(self) -> str:
        """How we write lists and days."""
        return self.companies[1].locale

    def name(self, kind: str, id_: str) -> str:
        """What something is called, or its id where nobody knows."""
        return self.titles.get((kind, id_), self.others.get(kind, id_))


@cache
def hints(kind: Hashable) -> Mapping[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(kind, include_extras=True) if is_dataclass(kind) else {}


def refers(hint: Any) -> str:
    """The kind of thing that a text of this type names; empty where it names nothing."""
    return str(hint.__metadata__[0].kind) if get_origin(hint) is Annotated else ""
