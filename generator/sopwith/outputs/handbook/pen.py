"""Names things on one page: each with its title, and a link where the edition holds its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from posixpath import dirname, join, normpath

from sopwith import conditions, due
from sopwith.model import Ask, Condition, Repeat, Sop
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.markup import (
    NOTHING,
    Md,
    commas,
    inside,
    line,
    link,
    web,
)
from sopwith.outputs.handbook.prose import ABSENT, fitted
from sopwith.places import page, relative, sop_page, stage_page
from sopwith.plan import BUILT_IN
from sopwith.text import parse, to_markdown
from sopwith.words import long_date


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for the page at `here`."""

    edition: Edition
    here: str

    def page(self, label: Md, there: str, anchor: str = "") -> Md:
        """A link to a page of this handbook."""
        return link(label, relative(self.here, there, anchor))

    def stage(self, stage: str) -> Md:
        """A stage, linked."""
        title = next((s.title for s in self.edition.company.stages if s.id == stage), stage)
        return self.page(line(title), stage_page(stage))

    def sop(self, sop: str) -> Md:
        """An SOP, linked; one above the audience stays unnamed."""
        found = self.edition.sops.get(sop)
        if found is None:
            return Md(f"another procedure {ABSENT}")
        return self.page(line(titled(found)), sop_page(found.stage, found.id))

    def step(self, sop: Sop, step: str) -> Md:
        """A step with its number, linked."""
        found = self.edition.steps.get((sop.id, step))
        if found is None:
            return line(step)
        label = Md(f"{found.number} {line(found.step.title)}")
        return self.page(label, sop_page(sop.stage, sop.id), step)

    def role(self, role: str) -> Md:
        """A role, linked."""
        if role in self.edition.roles:
            return self.page(line(self.edition.roles[role].title), page("roles", role))
        return line(self.role_title(role))

    def role_title(self, role: str) -> str:
        """What a role is called."""
        known = self.edition.company.roles.get(role)
        return known.title if known else role

    def roles(self, roles: Iterable[str]) -> Md:
        """Several roles, linked."""
        return commas(self.role(role) for role in roles)

    def recipient(self, to: str) -> Md:
        """A role, or the client's main contact."""
        return Md("The client’s main contact") if to == "main_contact" else self.role(to)

    def email(self, email: str) -> Md:
        """An email template, linked."""
        found = self.edition.emails.get(email)
        if found is None:
            return Md(f"another email {ABSENT}")
        return self.page(line(found.title), page("emails", email))

    def document(self, document: str) -> Md:
        """A document template, linked."""
        found = self.edition.documents.get(document)
        if found is None:
            return Md(f"another document {ABSENT}")
        return self.page(line(found.title), page("documents", document))

    def tool(self, tool: str) -> Md:
        """A tool, linked to where it lives."""
        known = self.edition.company.tools.get(tool)
        return web(line(known.title), known.url) if known else line(tool)

    def tools(self, tools: Iterable[str]) -> Md:
        """Several tools, linked."""
        return commas(self.tool(tool) for tool in tools)

    def person(self, person: str) -> Md:
        """One of our people by name; nothing where readers may not know who works here."""
        known = self.edition.company.people.get(person)
        if known is None or not self.edition.names_people:
            return NOTHING
        return line(known.name)

    def holders(self, role: str) -> Md:
        """The people who hold a role; nothing where readers may not know them."""
        known = self.edition.company.roles.get(role)
        people = (self.person(person) for person in known.held_by) if known else ()
        return commas(name for name in people if name)

    def rich(self, text: str, source: str, *, headings: bool = False) -> Md:
        """Rich text from a source file; links to other source files lead to their pages."""
        blocks = fitted(parse(text), lambda target: self._aim(target, source), headings=headings)
        return Md(to_markdown(blocks).strip("\n"))

    def _aim(self, target: str, source: str) -> str | None:
        if re.match("[a-zA-Z]+:", target):
            return target
        path, _, anchor = target.partition("#")
        there = normpath(join(dirname(source), path)) if path else source
        found = self.edition.sources.get(there)
        if found is None:
            return None
        return relative(self.here, found.page, anchor if anchor in found.anchors else "")

    def day(self, day: date | None) -> Md:
        """A date as people here write it."""
        return line(long_date(day, self.edition.company.locale)) if day else NOTHING

    def event(self, event: str) -> str:
        """An event as it reads inside a sentence."""
        known = self.edition.company.event(event)
        return inside(known.title) if known else BUILT_IN.get(event, event)

    def due(self, sop: Sop, text: str) -> Md:
        """A due date in words."""
        rule = due.parse(text)
        step = sop.step(rule.step) if isinstance(rule, due.Offset) and rule.step else None
        return line(due.words(rule, (lambda _: step.title) if step else self.event))

    def condition(self, sop: Sop, condition: Condition) -> Md:
        """A condition in words."""
        return line(self.condition_words(sop, condition))

    def condition_words(self, sop: Sop, condition: Condition) -> str:
        """A condition in words, as plain text."""

        def describe(ask: Ask, contrary: bool) -> str:
            step = sop.step(ask.key)
            question = step.decision.question if step and step.decision else ""
            return conditions.in_words(ask, self.edition.company, question, contrary)

        return conditions.words(condition, describe)

    def repeat(self, repeat: Repeat) -> Md:
        """How often a step comes round, and between which events."""
        until = f" until {self.event(repeat.until)}" if repeat.until else ""
        return line(
            f"every {self._interval(repeat)}, counted from {self.event(repeat.from_)}{until}"
        )

    def _interval(self, repeat: Repeat) -> str:
        if repeat.every.count:
            return str(repeat.every.count)
        fact = self.edition.company.facts.get(repeat.every.fact)
        if fact is None:
            return repeat.every.fact
        return f"{' or '.join(fact.choices)}, as agreed with the client ({inside(fact.title)})"


def titled(sop: Sop) -> str:
    """The title of an SOP; one that is not in force says so wherever it is named."""
    return sop.title if sop.status == "active" else f"{sop.title} ({sop.status})"
