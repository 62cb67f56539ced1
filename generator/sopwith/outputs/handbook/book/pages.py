"""What the book has a page or more of, as the template arranges it."""

from __future__ import annotations

from collections.abc import Iterable

from sopwith.model import Role, Sop
from sopwith.outputs.handbook.book.desk import Data, Desk
from sopwith.outputs.handbook.control import banner, controlled, history
from sopwith.outputs.handbook.duties import StageView
from sopwith.outputs.handbook.letters import LetterView
from sopwith.outputs.handbook.pen import titled
from sopwith.outputs.handbook.procedures import sop_view
from sopwith.outputs.handbook.roles import role_view
from sopwith.outputs.handbook.steps import PhaseView, StepView, stated
from sopwith.places import address

# What the head and the foot of each page say already.
_ELSEWHERE = ("Title", "Copies")


def procedure(desk: Desk, sop: Sop, flow: Data) -> Data:
    """An SOP with its flow diagram."""
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
        "flow": flow,
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


def role(desk: Desk, one: Role) -> Data:
    """A role and all that it does."""
    view = role_view(desk.pen, one)
    return {
        "label": desk.pen.here,
        "title": one.title,
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


def letter(desk: Desk, written: str, view: LetterView) -> Data:
    """An email or a document: when it is used and how it reads, else as it is `written`."""
    return {
        "label": desk.pen.here,
        "title": desk.line(view.title),
        "facts": desk.facts(view.facts),
        "uses": desk.pairs(view.uses),
        "asks": [desk.line(question) for _, question in view.asks],
        "subject": view.preview.subject,
        "says": desk.blocks(view.preview.body),
        "written": written,
    }
