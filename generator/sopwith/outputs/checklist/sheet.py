"""A plan as the strings on a checklist, sorted and grouped: templates only arrange them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from sopwith import due
from sopwith.model import OWN_EVENTS, About, Case, Client, Contact, Ending, Phase, Sop, Step
from sopwith.outputs.checklist.book import Book
from sopwith.outputs.checklist.extract import only
from sopwith.outputs.checklist.forms import (
    Fact,
    LeftOut,
    PhaseSheet,
    Reach,
    Sheet,
    SopSheet,
    Told,
)
from sopwith.outputs.checklist.now import concerns, lacks
from sopwith.outputs.checklist.rows import RowSheet, row_sheet
from sopwith.places import version_address
from sopwith.plan import Plan, PlannedPhase, PlannedSop, Row, falls_to_oneself
from sopwith.words import THIS, language_and_region

HOW = {
    "read-do": ("Read-do", "Read each line, then do it, and tick it before the next."),
    "do-confirm": ("Do-confirm", "Do the work, then stop and confirm each line."),
}


def sheet(
    plan: Plan,
    *,
    today: date,
    commit: str,
    handbook: str,
    locale: str,
    paper: Literal["letter", "a4"],
    role: str = "",
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """Turn a plan into the strings of its checklist, in the order in which they are printed.

    With a role, only its steps are there: those it does, helps with or signs. `titles` say what
    SOPs are called, by id: an answer may lead to one that the plan does not have.
    """
    # It names steps of the whole plan, also those that an extract leaves out.
    book = Book(plan, locale, titles)
    plan = only(plan, role) if role else plan
    ended = plan.client.ended
    language, region = language_and_region(locale)
    return Sheet(
        client=plan.client.name,
        engagement=plan.client.engagement,
        company=plan.company.name,
        extract=book.role(role) if role else "",
        whom=THIS[plan.client.about],
        ended=f"{_ended(ended, book)}. Nothing is due any more." if ended else "",
        lead=_lead(plan, book),
        facts=tuple(_facts(plan, book)),
        contacts=tuple(_contacts(plan.client)),
        now=tuple(concerns(plan, book)),
        lacks=tuple(lacks(plan)),
        sops=tuple(_sop(planned, plan, book, handbook) for planned in plan.sops),
        out=_left_out((f"{sop.title} ({sop.id})", why) for sop, why in plan.left_out),
        printed=today.isoformat(),
        commit=commit,
        handbook=handbook,
        paper=paper,
        language=language,
        region=region,
    )


def _ended(ended: Ending, book: Book) -> str:
    day = book.long(ended.date)
    return f"Ended {day}: {ended.how}" if ended.how else f"Left on {day}"


def _facts(plan: Plan, book: Book) -> Iterator[Fact]:
    yield _lead(plan, book)
    yield from _own_facts(plan, book)
    named = [*(event.id for event in plan.company.events), *OWN_EVENTS[plan.client.about]]
    for event in (event for event in named if event in plan.client.dates):
        known = plan.client.dates[event]
        moved = known.moment != known.planned
        note = f"moved from {book.long(known.planned)}" if moved else ""
        yield Fact(
            book.event(event),
            book.long(known.moment),
            f"{note}: {known.why}" if moved and known.why else note,
        )
    for span in plan.client.paused:
        yield Fact("Paused", f"{book.long(span.from_)} to {book.long(span.to)}", span.why)


def _lead(plan: Plan, book: Book) -> Fact:
    """Whose checklist it is: the project manager's, else that of whom or what it is about."""
    if plan.client.about != "client":
        return Fact(_WHOSE[plan.client.about], plan.client.name)
    role = plan.company.roles.get("project-manager")
    named = plan.client.team.get("project-manager") or (role.held_by if role else ())
    return Fact("Project manager", ", ".join(map(book.person, named)) or "nobody named")


_WHOSE: Mapping[About, str] = {"person": "Person", "firm": "Quarter"}


def _own_facts(plan: Plan, book: Book) -> Iterator[Fact]:
    """The roles of one of our people, and what nobody has said of them."""
    if plan.client.about != "person":
        return
    held = [r.id for r in plan.company.roles.values() if falls_to_oneself(r, plan.client)]
    if held:
        yield Fact("Roles", ", ".join(map(book.role, held)))
    if "joined" not in plan.client.dates:
        yield Fact(book.event("joined"), "not stated")


def _contacts(client: Client) -> Iterator[Reach]:
    """The people at the client; of our own plans everybody knows whom to ask."""
    if client.about == "client":
        ranked = sorted(client.contacts, key=lambda contact: contact is not client.main_contact)
        yield from map(_reach, ranked)


def _reach(contact: Contact) -> Reach:
    ways = tuple(way for way in (contact.email, contact.phone) if way)
    return Reach(contact.name, contact.title, contact.main, ways)


def _sop(planned: PlannedSop, plan: Plan, book: Book, handbook: str) -> SopSheet:
    sop = planned.sop
    phases = tuple(_phases(planned, book))
    steps = [row for row in planned.rows if row.state != "out" and not row.calls]
    settled = sum(row.state in ("done", "not-applicable", "excepted") for row in steps)
    return SopSheet(
        address=planned.address,
        told=_told(row for phase in phases for row in phase.rows),
        title=sop.title,
        control=_control(sop),
        check=version_address(handbook, sop.id, str(sop.version)),
        anchors=tuple(_anchors(planned, plan, book)),
        outcome=sop.outcome,
        about=(*_about(planned.case, planned.only_if, book), *_unlisted(planned.rows)),
        tally=f"{settled} of {len(steps)} settled",
        phases=phases,
        out=_left_out(_out(planned.rows)),
    )


def _control(sop: Sop) -> str:
    effective = f"effective {sop.current.effective}" if sop.current else "not yet effective"
    return f"{sop.id} {sop.version} · {effective}"


def _anchors(planned: PlannedSop, plan: Plan, book: Book) -> Iterator[Fact]:
    """What starts the SOP, and each event that a step of it counts from, with its date."""
    steps = [row.step for row in planned.rows if row.state != "out"]
    named = {planned.sop.trigger.event, *(event for step in steps for event in _events(step))}
    for event, moment in plan.events.items():
        if event in named:
            yield Fact(book.event(event), book.long(moment))


def _events(step: Step) -> Iterator[str]:
    if step.repeat:
        yield from (step.repeat.from_, step.repeat.until)
    if not step.due:
        return
    match due.parse(step.due):
        case due.Offset(event=event):
            yield event
        case due.Halfway(first=first, second=second):
            yield from (first, second)


def _about(case: Case | None, only_if: str, book: Book) -> Iterator[str]:
    if case:
        title = f": {case.title}" if case.title else ""
        closed = f", closed {book.short(case.closed)}" if case.closed else ""
        yield f"Case {case.id}{title}. Opened {book.short(case.opened)}{closed}."
    if only_if:
        yield f"Only if {only_if}"


def _unlisted(rows: Iterable[Row]) -> Iterator[str]:
    """What is lacking for steps to be there at all, and which steps these are."""
    waiting = [row for row in rows if row.is_unlisted]
    for reason, group in groupby(waiting, key=lambda row: row.out):
        steps = "; ".join(f"{row.number} {row.title}" for row in group)
        yield f"Not here yet: {steps}. There are {reason}."


def _phases(planned: PlannedSop, book: Book) -> Iterator[PhaseSheet]:
    for phase in planned.phases:
        kept = [row for row in phase.rows if row.state != "out"]
        rows = tuple(
            row_sheet(row, book, before) for before, row in zip([None, *kept], kept, strict=False)
        )
        if rows:
            yield _phase(phase, phase.phase, rows, book)


def _phase(
    planned: PlannedPhase, phase: Phase, rows: tuple[RowSheet, ...], book: Book
) -> PhaseSheet:
    work, how = HOW[phase.work]
    told = _told(rows)
    return PhaseSheet(
        told=told,
        number=planned.number,
        title=phase.title,
        objective=phase.objective,
        work=work,
        how=how,
        short=_short(planned, book) if told == "later" else how,
        rows=rows,
    )


def _short(planned: PlannedPhase, book: Book) -> str:
    """Why a block is told in short: it is weeks away, or nobody has said when it is."""
    rows = [row for row in planned.rows if row.is_open]
    if all(row.due for row in rows):
        return "Weeks away, so in short: print this again before it comes up."
    if any(row.due for row in rows):
        return (
            "Weeks away, or without a date yet, so in short: print this again before it comes up."
        )
    lacks = dict.fromkeys(book.event(event) for row in rows for event in book.lacks(row))
    missing = f": the client's file lacks {', '.join(lacks)}" if lacks else ""
    return f"No date yet{missing}."


def _told(rows: Iterable[RowSheet]) -> Told:
    """How paper tells of these rows; those that only head the steps of an SOP do not count."""
    steps = [row for row in rows if not row.heading]
    if not any(row.box == "to do" for row in steps):
        return "settled"
    return "in full" if any(row.near for row in steps) else "later"


def _out(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Each row that is out, and why; those of an SOP whose call is out go without saying."""
    callers: list[str] = []
    for row in rows:
        if row.state != "out" or any(row.address.startswith(f"{c}/") for c in callers):
            continue
        if row.is_unlisted:  # nobody knows yet that it is not for them
            continue
        if row.calls:
            callers.append(row.address)
        yield f"{row.number} {row.title}", row.out


def _left_out(pairs: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(tuple(what for what, _ in group), reason)
        for reason, group in groupby(pairs, key=lambda pair: pair[1])
    )
