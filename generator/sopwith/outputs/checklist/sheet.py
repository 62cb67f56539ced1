"""A plan as the strings on a checklist, sorted and grouped: templates only arrange them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from sopwith.model import Case, Phase, Sop
from sopwith.outputs.checklist.rows import Book, RowSheet, row_sheet
from sopwith.plan import Plan, PlannedPhase, PlannedSop, Row

SOON = timedelta(days=10)

HOW = {
    "read-do": ("Read-do", "Read each line, then do it, and tick it before the next."),
    "do-confirm": ("Do-confirm", "Do the work, then stop and confirm each line."),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the header: a label, what is so, and a remark in small type."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A row named from elsewhere on the checklist; `sop` is the title of its SOP."""

    address: str
    sop: str
    number: str
    title: str
    critical: bool
    overdue: bool
    people: str
    due: str


@dataclass(frozen=True, slots=True)
class Concern:
    """A list in the block "this client now"."""

    title: str
    rows: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What the client's file does not say, and how to mend it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Steps or SOPs that are out for this client, all for one reason."""

    what: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PhaseSheet:
    """A block of rows: `work` is how it is worked, in a word, and `how` in a sentence."""

    number: int
    title: str
    objective: str
    work: str
    how: str
    rows: tuple[RowSheet, ...]


@dataclass(frozen=True, slots=True)
class SopSheet:
    """One SOP on the checklist; `control` is its part of the footer."""

    address: str
    title: str
    control: str
    outcome: str
    about: tuple[str, ...]
    tally: str
    phases: tuple[PhaseSheet, ...]
    out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a checklist says. `language` and `region` are those of the company's locale."""

    client: str
    engagement: str
    company: str
    ended: str
    facts: tuple[Fact, ...]
    now: tuple[Concern, ...]
    lacks: tuple[Lack, ...]
    sops: tuple[SopSheet, ...]
    out: tuple[LeftOut, ...]
    printed: str
    commit: str
    handbook: str
    paper: Literal["letter", "a4"]
    language: str
    region: str


def sheet(
    plan: Plan,
    *,
    today: date,
    commit: str,
    handbook: str,
    locale: str,
    paper: Literal["letter", "a4"],
) -> Sheet:
    """Turn a plan into the strings of its checklist, in the order in which they are printed."""
    book = Book(plan, locale)
    ended = plan.client.ended
    language, _, region = locale.replace("_", "-").partition("-")
    return Sheet(
        client=plan.client.name,
        engagement=plan.client.engagement,
        company=plan.company.name,
        ended=f"Ended {book.long(ended.date)}: {ended.how}. Nothing is due any more."
        if ended
        else "",
        facts=tuple(_facts(plan, book)),
        now=tuple(_now(plan, book)),
        lacks=tuple(Lack(gap.message, gap.hint) for gap in plan.gaps),
        sops=tuple(_sop(planned, book) for planned in plan.sops),
        out=_left_out((f"{sop.title} ({sop.id})", why) for sop, why in plan.left_out),
        printed=today.isoformat(),
        commit=commit,
        handbook=handbook,
        paper=paper,
        language=language,
        region=region,
    )


def _facts(plan: Plan, book: Book) -> Iterator[Fact]:
    managers = plan.client.team.get("project-manager") or _holders(plan)
    yield Fact("Project manager", ", ".join(map(book.person, managers)) or "nobody named")
    dated = [event.id for event in plan.company.events if event.id in plan.client.dates]
    for event in dated:
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


def _holders(plan: Plan) -> tuple[str, ...]:
    role = plan.company.roles.get("project-manager")
    return role.held_by if role else ()


def _now(plan: Plan, book: Book) -> Iterator[Concern]:
    """What needs a person now: critical steps first, then by date; no step twice."""
    rows = plan.open_rows()
    soon = plan.today + SOON
    overdue = [row for row in rows if row.state == "overdue"]
    coming = [row for row in rows if row not in overdue and row.due and row.due.day <= soon]
    others = [row for row in rows if row.step.critical and row not in (*overdue, *coming)]
    homes = {row.address: planned.sop.title for planned in plan.sops for row in planned.rows}
    for title, found in (
        ("Overdue", overdue),
        ("Due in the next 10 days", coming),
        ("Other critical steps still open", others),
    ):
        ranked = sorted(found, key=lambda row: not row.step.critical)
        pointers = tuple(_pointer(row, homes[row.address], book) for row in ranked)
        if pointers:
            yield Concern(title, pointers)


def _pointer(row: Row, sop: str, book: Book) -> Pointer:
    return Pointer(
        address=row.address,
        sop=sop,
        number=row.number,
        title=row.title,
        critical=row.step.critical,
        overdue=row.state == "overdue",
        people=book.people(row),
        due=book.due(row),
    )


def _sop(planned: PlannedSop, book: Book) -> SopSheet:
    sop = planned.sop
    steps = [row for row in planned.rows if row.state != "out" and not row.calls]
    settled = sum(row.state in ("done", "not-applicable", "excepted") for row in steps)
    return SopSheet(
        address=planned.address,
        title=sop.title,
        control=_control(sop),
        outcome=sop.outcome,
        about=tuple(_about(planned.case, planned.only_if, book)),
        tally=f"{settled} of {len(steps)} settled",
        phases=tuple(_phases(planned, book)),
        out=_left_out(_out(planned.rows)),
    )


def _control(sop: Sop) -> str:
    effective = f"effective {sop.current.effective}" if sop.current else "not yet effective"
    return f"{sop.id} {sop.version} · {effective}"


def _about(case: Case | None, only_if: str, book: Book) -> Iterator[str]:
    if case:
        title = f": {case.title}" if case.title else ""
        closed = f", closed {book.short(case.closed)}" if case.closed else ""
        yield f"Case {case.id}{title}. Opened {book.short(case.opened)}{closed}."
    if only_if:
        yield f"Only if {only_if}"


def _phases(planned: PlannedSop, book: Book) -> Iterator[PhaseSheet]:
    for phase in planned.phases:
        rows = tuple(row_sheet(row, book) for row in phase.rows if row.state != "out")
        if rows:
            yield _phase(phase, phase.phase, rows)


def _phase(planned: PlannedPhase, phase: Phase, rows: tuple[RowSheet, ...]) -> PhaseSheet:
    work, how = HOW[phase.work]
    return PhaseSheet(planned.number, phase.title, phase.objective, work, how, rows)


def _out(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Each row that is out, and why; those of an SOP whose call is out go without saying."""
    callers: list[str] = []
    for row in rows:
        if row.state != "out" or any(row.address.startswith(f"{c}/") for c in callers):
            continue
        if row.calls:
            callers.append(row.address)
        yield f"{row.number} {row.title}", row.out


def _left_out(pairs: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(tuple(what for what, _ in group), reason)
        for reason, group in groupby(pairs, key=lambda pair: pair[1])
    )
