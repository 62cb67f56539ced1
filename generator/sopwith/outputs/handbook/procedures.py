"""The page of an SOP: what it is at a glance, its phases and steps, and how it is controlled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sopwith.model import Record, Reference, Sop
from sopwith.outputs.handbook.confirm import ConfirmView, confirm, in_short
from sopwith.outputs.handbook.control import Banner, banner, control, former, history
from sopwith.outputs.handbook.diagram import Diagram, diagram
from sopwith.outputs.handbook.edition import Edition
from sopwith.outputs.handbook.flow import flow
from sopwith.outputs.handbook.markup import (
    NOTHING,
    Md,
    capital,
    commas,
    flat,
    item,
    line,
    sentences,
    table,
    web,
)
from sopwith.outputs.handbook.pen import Pen, titled
from sopwith.outputs.handbook.sheet import Sheet, draw
from sopwith.outputs.handbook.steps import Fact, PhaseView, phases, stated
from sopwith.places import sop_page
from sopwith.reviews import changed_since_review

_ABOUT = {
    "client": "",
    "person": "Done for each of our people.",
    "firm": "Done for the firm, whenever it is needed.",
}
_BOOST = {"active": 2.0, "draft": 0.5, "retired": 0.1}


@dataclass(frozen=True, slots=True)
class SopView:
    """What an SOP says of the work, from what starts it to what there is to read beside it."""

    glance: tuple[Fact, ...]
    situations: Md
    tags: Md
    purpose: Md
    scope: Md
    prerequisites: tuple[Md, ...]
    phases: tuple[PhaseView, ...]
    guidelines: tuple[Md, ...]
    responsibilities: tuple[tuple[Md, Md], ...]
    terms: tuple[tuple[Md, Md], ...]
    records: Md
    references: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """What the template of an SOP's page arranges around it."""

    stage: Md
    title: Md
    banners: tuple[Banner, ...]
    diagram: Diagram
    sop: SopView
    confirm: ConfirmView | None
    control: Md
    history: Md
    former: tuple[tuple[str, Md], ...]


def procedure(edition: Edition, sop: Sop) -> Sheet:
    """The page of one SOP."""
    path = sop_page(sop.stage, sop.id)
    return draw(
        edition,
        "procedure",
        path,
        title=titled(sop),
        description=sop.outcome,
        view=_whole(Pen(edition, path, sop.id), sop),
        source=sop.at.path,
        boost=_BOOST[sop.status],
    )


def _whole(pen: Pen, sop: Sop) -> PageView:
    return PageView(
        stage=pen.stage(sop.stage),
        title=line(titled(sop)),
        banners=tuple(banner(pen, sop)),
        diagram=diagram(pen, sop, flow(sop)),
        sop=sop_view(pen, sop, ("Read by", in_short(pen, sop))),
        confirm=confirm(pen, sop),
        control=control(pen, sop),
        history=history(pen, sop),
        former=former(pen, sop),
    )


def sop_view(pen: Pen, sop: Sop, *more: Fact) -> SopView:
    """What an SOP says, for any page that tells the whole of it; `more` comes with the glance."""
    source = sop.at.path
    return SopView(
        glance=stated(chain(_glance(pen, sop), more)),
        situations=sentences(line(said) for said in sop.situations),
        tags=commas(line(tag) for tag in sop.tags),
        purpose=pen.rich(sop.purpose, source),
        scope=pen.rich(sop.scope, source),
        prerequisites=tuple(line(needed) for needed in sop.prerequisites),
        phases=phases(pen, sop, flow(sop)),
        guidelines=tuple(item(pen.rich(text, source)) for text in sop.guidelines),
        responsibilities=tuple(
            (pen.role(role), line(duty)) for role, duty in sop.responsibilities.items()
        ),
        terms=tuple((line(term.term), line(term.means)) for term in sop.terms),
        records=_records(pen, sop),
        references=tuple(_reference(pen, reference) for reference in sop.references),
    )


def _glance(pen: Pen, sop: Sop) -> Iterator[Fact]:
    applies = capital(pen.condition(sop, sop.applies_to)) if sop.applies_to else NOTHING
    yield "Starts when", starts(pen, sop)
    yield "Done by", pen.roles(dict.fromkeys(step.role for step in sop.steps))
    yield "Takes", line(sop.timeline)
    yield "Ends with", line(sop.outcome)
    yield "Applies to", sentences([applies, _about(sop)])
    yield "Version", _version(pen, sop)
    yield "Kept by", _kept(pen, sop)


def _about(sop: Sop) -> str:
    if sop.about == "firm" and sop.trigger.event:
        return "Done for the firm, once a quarter."
    return _ABOUT[sop.about]


def _kept(pen: Pen, sop: Sop) -> Md:
    """Who answers for the page being right, and when somebody last looked."""
    last = f"last reviewed {pen.day(sop.review.last)}" if sop.review.last else "never reviewed"
    since = changed_since_review(sop, pen.edition.context.today)
    return Md(f"{pen.role(sop.owner)}, {last}{'; changed since' if since else ''}")


def starts(pen: Pen, sop: Sop) -> Md:
    """What starts an SOP, on one line."""
    known = pen.edition.company.event(sop.trigger.event)
    says = flat(sop.trigger.says)
    if known is None:
        return says
    stop = "." if says.endswith(".") else ""
    return Md(f"{says.removesuffix('.')} (event: {line(known.title)}){stop}")


def _version(pen: Pen, sop: Sop) -> Md:
    if sop.current is None:
        return line(str(sop.version))
    day = sop.current.effective
    when = "in effect since" if day <= pen.edition.context.today else "takes effect on"
    return Md(f"{line(str(sop.version))}, {when} {pen.day(day)}")


def _records(pen: Pen, sop: Sop) -> Md:
    if not sop.records:
        return NOTHING
    head = ("Record", "Kept in", "Keep for", "Who may see it")
    return table(head, (_record(pen, record) for record in sop.records))


def _record(pen: Pen, record: Record) -> tuple[Md, ...]:
    kept_in = pen.tool(record.kept_in) if record.kept_in else NOTHING
    return line(record.name), kept_in, line(record.keep), pen.roles(record.access)


def _reference(pen: Pen, reference: Reference) -> Md:
    if reference.sop:
        return capital(pen.sop(reference.sop))
    if reference.document:
        return capital(pen.document(reference.document))
    return web(line(reference.title), reference.url)
