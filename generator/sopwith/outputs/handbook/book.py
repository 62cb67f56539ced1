"""The handbook, or one procedure, as a book on paper: the same words as its pages, numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath

from sopwith import paper
from sopwith.model import Role, Sop, Stage
from sopwith.outputs.handbook.control import Banner, banner, controlled, history
from sopwith.outputs.handbook.duties import StageView
from sopwith.outputs.handbook.edition import Context, Edition
from sopwith.outputs.handbook.markup import Md
from sopwith.outputs.handbook.overview import READERS
from sopwith.outputs.handbook.pen import Pen, titled
from sopwith.outputs.handbook.procedures import sop_view
from sopwith.outputs.handbook.prose import fitted
from sopwith.outputs.handbook.roles import role_view
from sopwith.outputs.handbook.steps import Fact, PhaseView, StepView, stated
from sopwith.outputs.page import Page
from sopwith.places import address, page, sop_page, stage_page
from sopwith.text import ListBlock, read_back, to_data
from sopwith.words import language_and_region

BOOK = "book/handbook.pdf"
Data = Mapping[str, object]
# What the head and the foot of each page say already.
_ELSEWHERE = ("Title", "Copies")


def book(shown: Edition) -> Page:
    """Print an edition: stages as chapters with their SOPs, then the roles.

    Raises paper.PaperError.
    """
    return Page(BOOK, _printed(shown, tuple(shown.sops.values()), tuple(shown.roles.values())))


def leaflet(shown: Edition, sop: Sop) -> Page:
    """Print one SOP of an edition by itself; raises paper.PaperError."""
    return Page(f"book/procedures/{sop.id}.pdf", _printed(shown, (sop,)))


def _printed(shown: Edition, sops: Sequence[Sop], roles: Sequence[Role] | None = None) -> bytes:
    """Print the whole, or without any word on roles one SOP."""
    shown = replace(shown, words={"": ()})  # on paper a link to each word's meaning leads nowhere
    data, context = _data(shown, sops, roles), shown.context
    try:
        return _pdf(data, context)
    except paper.MissingGlyph as missing:
        # One rare character is not to keep everybody from having the book.
        return _pdf(paper.spelled(data, missing), context)


def _pdf(data: Data, context: Context) -> bytes:
    templates = context.templates
    return paper.pdf(
        templates.text("book/book.typ"),
        data,
        assets=templates.under("paper"),
        title=str(data["title"]),
        today=context.today,
    )


# What the template arranges -----------------------------------------------------------------------


def _data(shown: Edition, sops: Sequence[Sop], among: Sequence[Role] | None) -> Data:
    company, context = shown.company, shown.context
    whole, roles = among is not None, among or ()
    labels = frozenset(_labels(sops, roles))
    stages = [stage for stage in company.stages if any(sop.stage == stage.id for sop in sops)]
    language, region = language_and_region(company.locale)
    return {
        "title": f"The handbook of {company.name}" if whole else titled(sops[0]),
        "company": company.name,
        "whole": whole,
        "readers": READERS[context.audience],
        "language": language,
        "region": region,
        "paper": company.paper,
        "printed": str(context.today),
        "commit": context.commit,
        "handbook": company.handbook,
        "chapters": [_chapter(shown, stage, sops, labels) for stage in stages],
        "roles": [_role(Desk(Pen(shown, page("roles", r.id)), labels), r) for r in roles],
    }


def _labels(sops: Iterable[Sop], roles: Iterable[Role]) -> Iterable[str]:
    """Every place that something in the book may point at."""
    for sop in sops:
        here = sop_page(sop.stage, sop.id)
        yield from (here, stage_page(sop.stage), *(f"{here}#{step.id}" for step in sop.steps))
    yield from (page("roles", role.id) for role in roles)


@dataclass(frozen=True, slots=True)
class Desk:
    """Turns the Markdown of one page into data; `labels` are the places there are in the book."""

    pen: Pen
    labels: frozenset[str]

    def text(self, md: Md) -> list[Mapping[str, object]]:
        """Blocks of text."""
        return to_data(fitted(read_back(md), self._aim, headings=False))

    def line(self, md: Md) -> object:
        """The words of one line."""
        return next((block["inlines"] for block in self.text(md) if "inlines" in block), [])

    def facts(self, facts: Iterable[Fact]) -> list[Data]:
        """Labels, and what they say."""
        return [{"label": label, "says": self.line(says)} for label, says in facts]

    def pairs(self, pairs: Iterable[tuple[Md, Md]]) -> list[Data]:
        """As facts, but the label is rich, too."""
        return [{"label": self.line(label), "says": self.line(says)} for label, says in pairs]

    def banners(self, banners: Iterable[Banner]) -> list[Data]:
        """What must be known first."""
        return [{"label": one.label, "says": self.line(one.says)} for one in banners]

    def items(self, items: Iterable[Md]) -> list[object]:
        """The entries of a list, whether or not each is one already."""
        return [
            to_data(fitted(inner, self._aim, headings=False))
            for entry in items
            for block in read_back(entry)
            for inner in (block.items if isinstance(block, ListBlock) else ((block,),))
        ]

    def _aim(self, target: str) -> str | None:
        """A place in the book, else the page of the published handbook, if there is one."""
        if re.match("[a-zA-Z]+:", target):
            return target
        path, _, anchor = target.partition("#")
        there = normpath(join(dirname(self.pen.here), path)) if path else self.pen.here
        for place in (f"{there}#{anchor}", there):
            if place in self.labels:
                return f"#{place}"
        return address(self.pen.edition.company.handbook, there, anchor) or None


def _chapter(shown: Edition, stage: Stage, sops: Iterable[Sop], labels: frozenset[str]) -> Data:
    mine = [sop for sop in sops if sop.stage == stage.id]
    return {
        "label": stage_page(stage.id),
        "title": stage.title,
        "sops": [_sop(Desk(Pen(shown, sop_page(stage.id, sop.id)), labels), sop) for sop in mine],
    }


def _sop(desk: Desk, sop: Sop) -> Data:
    pen, view = desk.pen, sop_view(desk.pen, sop)
    return {
        "label": pen.here,
        "title": titled(sop),
        "version": str(sop.version),
        "address": address(pen.edition.company.handbook, pen.here),
        "outcome": sop.outcome,
        "banners": desk.banners(banner(pen, sop)),
        "glance": desk.facts(view.glance),
        "purpose": desk.text(view.purpose),
        "scope": desk.text(view.scope),
        "prerequisites": desk.items(view.prerequisites),
        "phases": [_phase(desk, phase) for phase in view.phases],
        "guidelines": desk.items(view.guidelines),
        "responsibilities": desk.pairs(view.responsibilities),
        "terms": desk.pairs(view.terms),
        "records": desk.text(view.records),
        "references": desk.items(view.references),
        "control": desk.facts(f for f in stated(controlled(pen, sop)) if f[0] not in _ELSEWHERE),
        "history": desk.text(history(pen, sop)),
    }


def _phase(desk: Desk, phase: PhaseView) -> Data:
    return {
        "number": str(phase.number),
        "title": desk.line(phase.title),
        "objective": desk.line(phase.objective),
        "work": phase.work,
        "steps": [_step(desk, step) for step in phase.steps],
    }


def _step(desk: Desk, step: StepView) -> Data:
    return {
        "label": f"{desk.pen.here}#{step.id}",
        "number": step.number,
        "title": desk.line(step.title),
        "critical": step.critical,
        "facts": desk.facts(step.facts),
        "details": desk.text(step.details),
        "substeps": desk.items(step.substeps),
        "notes": [{"label": note.label, "says": desk.text(note.says)} for note in step.notes],
        "question": desk.line(step.question),
        "answers": desk.pairs(step.answers),
        "ends": desk.facts(step.ends),
    }


def _role(desk: Desk, role: Role) -> Data:
    view = role_view(desk.pen, role)
    return {
        "label": desk.pen.here,
        "title": role.title,
        "does": desk.line(view.does),
        "facts": desk.facts(view.facts),
        "leads": _duties(desk, view.leads),
        "joins": _duties(desk, view.joins),
    }


def _duties(desk: Desk, stages: Iterable[StageView]) -> list[Data]:
    return [
        {
            "sop": desk.line(duty.sop),
            "steps": [
                {
                    "step": desk.line(use.step),
                    "due": desk.line(use.due),
                    "critical": use.critical,
                }
                for use in duty.steps
            ],
        }
        for stage in stages
        for duty in stage.duties
    ]
