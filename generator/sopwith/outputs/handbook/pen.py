"""Names things on one page: each with its title, and a link where the edition holds its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
from sopwith.outputs.handbook.terms import explained
from sopwith.places import page, relative, sop_page, stage_page
from sopwith.plan import BUILT_IN
from sopwith.text import parse, to_markdown, to_plain
from sopwith.words import long_date

_ANY_WIDTH = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for the page at `here`, of an SOP if one is named; `met` are the words explained.

    `shows` is the SOP whose older version stands on that page.
    """

    edition: Edition
    here: str
    sop_id: str = ""
    shows: str = ""
    met: set[str] = field(default_factory=set, compare=False)

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
        there = self.here if sop.id == self.shows else sop_page(sop.stage, sop.id)
        return self.page(label, there, step)

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
        return Md("The client's main contact") if to == "main_contact" else self.role(to)

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
        """A tool, linked to where it lives, else to its page."""
        known = self.edition.tools.get(tool)
        if known is None:
            return line(tool)
        if known.url:
            return web(line(known.title), known.url)
        return self.page(line(known.title), page("tools", tool))

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
        blocks = fitted(
            parse(text), lambda to: self._aim(to, source), headings=headings, absent=ABSENT
        )
        return self.explained(Md(to_markdown(blocks).strip("\n")))

    def explained(self, text: Md) -> Md:
        """The same with each word of the glossary explained where it first stands on this page."""
        words = self.edition.words
        ours = words[""] if not self.sop_id else (*words.get(self.sop_id, ()), *words[""])
        return explained(text, ours, self.met, self.here)

    def plain(self, text: str) -> str:
        """Rich text as plain text; of links to other source files only the words stay."""
        blocks = fitted(parse(text), self._abroad, headings=False)
        return to_plain(blocks, _ANY_WIDTH).strip("\n")

    def _abroad(self, target: str) -> str | None:
        return target if re.match("[a-zA-Z]+:", target) else None

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
        return line(self.due_words(sop, text))

    def due_words(self, sop: Sop, text: str) -> str:
        """A due date in words, as plain text; as it stands where only an old version is read."""
        try:
            rule = due.parse(text)
        except due.Unreadable:
            return text
        step = sop.step(rule.step) if isinstance(rule, due.Offset) and rule.step else None
        return due.words(rule, (lambda _: step.title) if step else self.event)

    def short_due(self, sop: Sop, text: str) -> Md:
        """A due date in words that names a step by its number alone."""
        rule = due.parse(text)
        if not (isinstance(rule, due.Offset) and rule.step):
            return self.due(sop, text)
        number = self.edition.steps[sop.id, rule.step].number
        counted = replace(rule, step="", event=rule.step)
        return line(due.words(counted, lambda _: f"step {number}"))

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
        return line(self.repeat_words(repeat))

    def repeat_words(self, repeat: Repeat) -> str:
        """How often a step comes round, as plain text."""
        until = f" until {self.event(repeat.until)}" if repeat.until else ""
        return f"every {self._interval(repeat)}, counted from {self.event(repeat.from_)}{until}"

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
