"""What a diagram shows: a box for each step, answer and end, and for what is run in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from sopwith.model import Sop
from sopwith.outputs.handbook.edition import numbered
from sopwith.outputs.handbook.flow import UNASKED, Flow, Stop, Way
from sopwith.outputs.handbook.pen import Pen, titled
from sopwith.outputs.handbook.prose import ABSENT
from sopwith.places import site_way, sop_page

Kind = Literal["start", "step", "question", "answer", "run", "end"]

_NOT_ASKED = "not asked"
_EACH = {"deliverables": "For each deliverable", "milestones": "For each milestone"}


@dataclass(frozen=True, slots=True)
class Note:
    """A line below the title of a box; it may lead somewhere else than the box."""

    says: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the lane of a role: what it says, and where it leads."""

    kind: Kind
    role: str
    title: str
    href: str = ""
    notes: tuple[Note, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way between two boxes, by their numbers."""

    source: int
    target: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The beginning, the steps in order, then all else; and the ways between them."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def add(self, box: Box) -> int:
        """Add a box; returns its number."""
        self.boxes.append(box)
        return len(self.boxes) - 1


def chart(pen: Pen, sop: Sop, found: Flow) -> Chart:
    """Put in words what there is to draw of an SOP and the ways through it."""
    made = Chart()
    event = pen.edition.company.event(sop.trigger.event)
    made.add(Box("start", sop.steps[0].role, event.title if event else "Start"))
    labels = {step.id: number for step, number in numbered(sop)}
    places = {
        step: made.add(_step(pen, sop, stop, labels[step])) for step, stop in found.stops.items()
    }
    made.arrows.append(Arrow(0, places[found.first]))
    for stop in found.stops.values():
        for way, says in _together(stop):
            _draw(pen, made, stop, way, says, places)
    return made


def _step(pen: Pen, sop: Sop, stop: Stop, number: str) -> Box:
    step = stop.step
    kind: Kind = "question" if step.decision else "run" if step.run else "step"
    title = f"{number} {step.title}"
    return Box(kind, step.role, title, f"#{step.id}", tuple(_notes(pen, sop, stop)), stop.optional)


def _notes(pen: Pen, sop: Sop, stop: Stop) -> Iterator[Note]:
    step = stop.step
    if stop.optional and step.when:
        yield Note(f"Only if {pen.condition_words(sop, step.when)}")
    if step.repeat:
        yield Note("Comes round again")
    if step.for_each:
        yield Note(_EACH[step.for_each])
    if step.run:
        title, href = _sop(pen, step.run)
        yield Note(f"Runs {title}", href)
    if step.decision:
        yield Note(step.decision.question)


def _sop(pen: Pen, sop: str) -> tuple[str, str]:
    """What an SOP is called, and the way to its page; one above the audience stays unnamed."""
    found = pen.edition.sops.get(sop)
    if found is None:
        return f"another procedure {ABSENT}", ""
    return titled(found), site_way(pen.here, sop_page(found.stage, found.id))


def _together(stop: Stop) -> list[tuple[Way, str]]:
    """The ways on from a step, those to the same place as one, each with what is answered."""
    found: dict[tuple[str, str, bool, bool], tuple[Way, list[str]]] = {}
    for way in stop.ways:
        key = way.to, way.sop, way.back is not None, way.spent is not None
        found.setdefault(key, (way, []))[1].append(_answer(way))
    return [(way, _joined(answers)) for way, answers in found.values()]


def _joined(answers: list[str]) -> str:
    return "Not asked" if answers == [_NOT_ASKED] else " or ".join(filter(None, answers))


def _answer(way: Way) -> str:
    if way.back and way.back.at_most:
        return f"{way.answer}, at most {way.back.at_most}"
    if way.spent:
        return f"{way.answer}, after {way.spent.at_most}"
    return _NOT_ASKED if way.answer == UNASKED else way.answer or ""


def _draw(pen: Pen, made: Chart, stop: Stop, way: Way, says: str, places: dict[str, int]) -> None:
    role = stop.step.role
    stations = [places[stop.step.id]]
    if says:
        stations.append(made.add(Box("answer", role, says)))
    if way.sop:
        stations.append(made.add(Box("run", role, *_sop(pen, way.sop))))
    stations.append(places[way.to] if way.to else made.add(Box("end", role, _end(pen, way))))
    back = way.back is not None
    made.arrows.extend(Arrow(source, target, back) for source, target in pairwise(stations))


def _end(pen: Pen, way: Way) -> str:
    if way.spent and way.spent.then and way.spent.then.escalate:
        return f"{pen.role_title(way.spent.then.escalate)} decides"
    return "End"
