"""The steps of an SOP in words: who, when, on what condition, and where each answer leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sopwith.model import Answer, Go, Note, Phase, Sop, Step
from sopwith.outputs.handbook.edition import numbered
from sopwith.outputs.handbook.flow import Flow, Way
from sopwith.outputs.handbook.markup import NOTHING, Md, capital, commas, line, sentences, web
from sopwith.outputs.handbook.pen import Pen
from sopwith.places import report_address

Fact = tuple[str, Md]
"""A label of ours, and what it says."""

_WORK = {
    "read-do": "Read and do: read one step, do it, read the next.",
    "do-confirm": "Do and confirm: do the steps from memory, then go through the list together.",
}
_ONE = {"deliverables": "deliverable", "milestones": "milestone"}


@dataclass(frozen=True, slots=True)
class NoteView:
    """A tip, caution or warning."""

    kind: str
    label: str
    says: Md


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as its page shows it; the facts before the details, the ends after them.

    `label` is its title with its number, as an attribute of HTML. `became` says of a step in
    an older version what is different now.
    """

    id: str
    number: str
    title: Md
    critical: bool
    facts: tuple[Fact, ...]
    details: Md
    substeps: tuple[Md, ...]
    notes: tuple[NoteView, ...]
    question: Md
    answers: tuple[tuple[Md, Md], ...]
    ends: tuple[Fact, ...]
    role: Md
    label: str
    situations: Md
    tags: Md
    report: Md
    became: Md = NOTHING


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase: its number, what it is to achieve, how it is worked, its steps."""

    id: str
    number: int
    title: Md
    objective: Md
    work: str
    steps: tuple[StepView, ...]


def phases(pen: Pen, sop: Sop, found: Flow) -> tuple[PhaseView, ...]:
    """Every phase of an SOP, with the ways through it."""
    numbers = {step.id: number for step, number in numbered(sop)}
    return tuple(
        _phase(pen, sop, found, phase, number, numbers)
        for number, phase in enumerate(sop.phases, 1)
    )


def _phase(
    pen: Pen, sop: Sop, found: Flow, phase: Phase, number: int, numbers: dict[str, str]
) -> PhaseView:
    return PhaseView(
        phase.id,
        number,
        line(phase.title),
        pen.explained(line(phase.objective)),
        _WORK[phase.work],
        tuple(_step(pen, sop, found, step, numbers[step.id]) for step in phase.steps),
    )


def _step(pen: Pen, sop: Sop, found: Flow, step: Step, number: str) -> StepView:
    decision = step.decision
    return StepView(
        step.id,
        number,
        line(step.title),
        step.critical,
        stated(_facts(pen, sop, step)),
        pen.rich(step.details, sop.at.path),
        tuple(line(substep) for substep in step.substeps),
        tuple(_note(pen, sop, note) for note in step.notes),
        line(decision.question) if decision else NOTHING,
        tuple(
            (line(answer.answer), _leads(pen, sop, found, step, answer))
            for answer in (decision.answers if decision else ())
        ),
        stated(_ends(pen, step)),
        line(pen.role_title(step.role)),
        escape(f"{number} {step.title}"),
        sentences(line(said) for said in step.situations),
        commas(line(tag) for tag in step.tags),
        _report(pen, sop, step),
    )


def stated(facts: Iterator[Fact]) -> tuple[Fact, ...]:
    """The facts that say something."""
    return tuple((label, says) for label, says in facts if says)


def _facts(pen: Pen, sop: Sop, step: Step) -> Iterator[Fact]:
    helpers = f", with {pen.roles(step.with_)}" if step.with_ else ""
    yield "Who", Md(pen.role(step.role) + helpers)
    yield "Signed by", pen.roles(step.sign)
    yield "Due", pen.explained(capital(pen.due(sop, step.due))) if step.due else NOTHING
    yield "Repeats", capital(pen.repeat(step.repeat)) if step.repeat else NOTHING
    yield "Only if", pen.condition(sop, step.when) if step.when else NOTHING
    yield "How often", _how_often(step)
    yield "Waits for", commas(pen.step(sop, other) for other in step.wait_for)
    yield "Runs", _runs(pen, step)
    yield "The client reads", line(step.for_client)
    yield "Email", pen.email(step.email) if step.email else NOTHING
    yield "Document", pen.document(step.document) if step.document else NOTHING
    yield "Tools", pen.tools(step.tools)


def _how_often(step: Step) -> Md:
    parts = (
        f"Once for each {_ONE[step.for_each]}." if step.for_each else "",
        "Once per customer: done for one engagement, it is done for all." if step.once_per else "",
    )
    return sentences(parts)


def _runs(pen: Pen, step: Step) -> Md:
    if not step.run:
        return NOTHING
    return Md(f"{capital(pen.sop(step.run))}; its steps are done here")


def _ends(pen: Pen, step: Step) -> Iterator[Fact]:
    yield "Done when", line(step.expect)
    yield "Evidence", line(step.evidence)
    if step.escalate:
        says = f"Still open {line(step.escalate.after)} after it was due, it goes to "
        yield "If late", Md(f"{says}{pen.role(step.escalate.to)}.")


def _note(pen: Pen, sop: Sop, note: Note) -> NoteView:
    return NoteView(note.kind, note.kind.capitalize(), pen.rich(note.says, sop.at.path))


def _report(pen: Pen, sop: Sop, step: Step) -> Md:
    """The way to tell that a step does not work as it says."""
    repository = pen.edition.company.repository
    address = report_address(repository, sop.id, str(sop.version), step.id)
    return web(Md("Report a problem with this step"), address) if address else NOTHING


# Where an answer leads ------------------------------------------------------------------------


def _leads(pen: Pen, sop: Sop, found: Flow, step: Step, answer: Answer) -> Md:
    ways = [way for way in found.stops[step.id].ways if way.answer == answer.answer]
    go, onward = answer.go, _onward(pen, sop, found, ways[-1])
    if go is None:
        return capital(onward)
    if go.sop:
        return Md(f"Run {pen.sop(go.sop)}, then {onward}")
    if go.step:
        return _back(pen, sop, go, onward)
    return Md("This procedure ends here.")


def _back(pen: Pen, sop: Sop, go: Go, onward: Md) -> Md:
    limit = f", at most {line(str(go.at_most))}" if go.at_most else ""
    past = _past_the_limit(pen, go, onward) if go.at_most else ""
    return sentences([f"Back to {pen.step(sop, go.step)}{limit}.", past])


def _past_the_limit(pen: Pen, go: Go, onward: Md) -> str:
    if go.then and go.then.escalate:
        return f"After that, {pen.role(go.then.escalate)} decides."
    if go.then and go.then.end == "end":
        return "After that, this procedure ends."
    return f"After that, {onward}"


def _onward(pen: Pen, sop: Sop, found: Flow, way: Way) -> Md:
    if not way.to:
        return Md("that was the last step.")
    stop = found.stops.get(way.to)  # an older version may lead where nobody ever looked
    unsure = ", if it applies" if stop and stop.optional else ""
    return Md(f"go on with {pen.step(sop, way.to)}{unsure}.")
