"""Who may read what: the part of the library that one edition of the handbook shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import jinja2

from sopwith.acknowledging import State, asked, counted, form_address
from sopwith.comparing import Names
from sopwith.data import Templates, jinja
from sopwith.model import (
    AUDIENCES,
    Audience,
    Company,
    Document,
    Email,
    Library,
    Page,
    Role,
    Sop,
    Step,
    Tool,
    Version,
    in_order,
)
from sopwith.outputs.handbook.terms import Word, gather
from sopwith.places import page, sop_page

Changed = Callable[[str], tuple[str, date] | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What the handbook needs beside the library.

    `commit` is what the whole is built from; `changed` tells the commit and the day on which a
    file last changed (None: not known); `schemas` gives the schema of a kind of file;
    `problem_pages` holds the Markdown page of each problem code. `inherit` is the path from build/
    to the settings of the site engine that are the same in every edition.
    """

    templates: Templates
    today: date
    audience: Audience
    commit: str
    changed: Changed
    schemas: Callable[[str], Mapping[str, Any]]
    problem_pages: Mapping[str, str]
    inherit: str = "../mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Target:
    """The page that is made from a source file, and the places on it that can be pointed at."""

    page: str
    anchors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """A step of an SOP, and the number it has there: what a role or an email is used in."""

    sop: Sop
    step: Step
    number: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How many have confirmed an SOP, by role and (each person once) in all.

    `form` is the address of a form in which a reader confirms it, empty where there is none.
    """

    roles: Mapping[str, Mapping[State, int]]
    total: Mapping[State, int]
    form: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What the readers of this edition may see, in the order in which it is shown.

    Nothing else of the library is within reach of the pages. `steps` are by SOP and id, `words` are
    those that the glossary explains, by SOP and (under no name) everywhere. `titles` are by kind
    and id. `superseded` are the SOPs in whose place one came. `former` has the older versions of
    SOPs, or in a sentence why one cannot be shown.
    """

    company: Company
    context: Context
    environment: jinja2.Environment
    sops: Mapping[str, Sop]
    emails: Mapping[str, Email]
    documents: Mapping[str, Document]
    roles: Mapping[str, Role]
    tools: Mapping[str, Tool]
    words: Mapping[str, tuple[Word, ...]]
    pages: Mapping[str, Page]
    sources: Mapping[str, Target]
    steps: Mapping[tuple[str, str], Use]
    titles: Mapping[tuple[str, str], str]
    superseded: Mapping[str, Sequence[str]]
    asking: Mapping[str, Asking]
    former: Mapping[tuple[str, Version], Sop | str]

    @property
    def names_people(self) -> bool:
        """Say whether readers may know who works here."""
        return self.context.audience != "public"

    def stage(self, stage: str) -> tuple[Sop, ...]:
        """The SOPs of a stage."""
        return tuple(sop for sop in self.sops.values() if sop.stage == stage)

    def uses(self, picks: Callable[[Step], bool]) -> tuple[Use, ...]:
        """The steps of SOPs not retired that a question picks, in order."""
        return tuple(
            use for use in self.steps.values() if use.sop.status != "retired" and picks(use.step)
        )


def edition(library: Library, context: Context) -> Edition:
    """Take from the library what the audience may see, and leave the rest behind.

    An email, document or tool counts as the lowest class of the SOPs whose steps call for it. What
    has no class of its own (the firm's own pages and terms, roles that no such SOP names) is
    internal.
    """
    company = library.company
    ours = AUDIENCES[: AUDIENCES.index(context.audience) + 1]
    visible = (sop for sop in library.sops.values() if sop.classification in ours)
    sops = in_order(company, visible)
    all_ours = len(ours) == len(AUDIENCES)
    emails = _called(sops, "email", library.emails if all_ours else ())
    documents = _called(sops, "document", library.documents if all_ours else ())
    inside = context.audience != "public"
    named = {role for sop in sops for role in (*sop.roles, sop.owner, sop.approver)}
    worked_in, all_worked_in = (
        {tool for sop in some for tool in _tools(sop)} for some in (sops, library.sops.values())
    )
    shown = {
        "emails": {k: v for k, v in _by_title(library.emails) if k in emails},
        "documents": {k: v for k, v in _by_title(library.documents) if k in documents},
        "pages": dict(_by_title(library.pages)) if inside else {},
    }
    return Edition(
        company=company,
        context=context,
        environment=jinja(context.templates, autoescape=False),
        sops={sop.id: sop for sop in sops},
        roles={k: v for k, v in company.roles.items() if inside or k in named},
        tools={
            k: v
            for k, v in company.tools.items()
            if k in worked_in or (inside and k not in all_worked_in)
        },
        words=gather(company.terms if inside else (), sops),
        sources={
            **{sop.at.path: _sop_target(sop) for sop in sops},
            **{
                item.at.path: Target(page(folder, name))
                for folder, items in shown.items()
                for name, item in items.items()
                if item.at.path
            },
        },
        steps={
            (sop.id, step.id): Use(sop, step, number)
            for sop in sops
            for step, number in numbered(sop)
        },
        titles=_titles(company, sops, shown, people=inside),
        superseded=_superseded(sops),
        asking=dict(_asking(library, context.today)) if inside else {},
        former={pin: _former(old, ours) for pin, old in library.former.items()},
        **shown,
    )


def _titles(
    company: Company, sops: Sequence[Sop], shown: Mapping[str, Mapping[str, Any]], *, people: bool
) -> Mapping[tuple[str, str], str]:
    """What things are called to the readers of this edition."""
    known = Library(
        company,
        sops={sop.id: sop for sop in sops},
        emails=shown["emails"],
        documents=shown["documents"],
    )
    found = Names.of(known, known).titles
    return {key: title for key, title in found.items() if people or key[0] != "person"}


def _superseded(sops: Iterable[Sop]) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for sop in sops:
        if sop.superseded_by:
            found[sop.superseded_by].append(sop.id)
    return found


_FILL_IN = (
    "# Write your id, as company.yml has it, in place of your-id: below and in the name of this\n"
    "# file. Write the day. Then choose: Commit changes, Propose changes, Create pull request.\n"
)


def _asking(library: Library, today: date) -> Iterator[tuple[str, Asking]]:
    """What the handbook may know of confirmations: counts, and nobody's name."""
    for sop, group in groupby(asked(library, today), key=lambda one: one.sop):
        found = [*group]
        by = sop.acknowledge.by if sop.acknowledge else ()
        roles = {role: counted(found, role) for role in by}
        yield sop.id, Asking(roles, counted(found), form_address(library, sop, says=_FILL_IN))


def _former(old: Sop | None, ours: Sequence[Audience]) -> Sop | str:
    """An older version has a class of its own, whatever that of the current one is."""
    if old is None:
        return "Its file is in the history, in a form that can no longer be read."
    return old if old.classification in ours else "Its text is not in this edition."


def numbered(sop: Sop) -> tuple[tuple[Step, str], ...]:
    """The steps of an SOP, each with its number: that of its phase and its own, as in `2.3`."""
    return tuple(
        (step, f"{phase_number}.{number}")
        for phase_number, phase in enumerate(sop.phases, 1)
        for number, step in enumerate(phase.steps, 1)
    )


def _called(sops: Iterable[Sop], kind: str, others: Iterable[str]) -> set[str]:
    """The ids that steps of these SOPs call for, and the others that this edition may show."""
    return {*others, *(getattr(step, kind) for sop in sops for step in sop.steps)}


def _tools(sop: Sop) -> tuple[str, ...]:
    return (*sop.tools, *(record.kept_in for record in sop.records))


def _sop_target(sop: Sop) -> Target:
    return Target(sop_page(sop.stage, sop.id), frozenset(step.id for step in sop.steps))


def _by_title(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(found.items(), key=lambda pair: (pair[1].title.casefold(), pair[0]))
