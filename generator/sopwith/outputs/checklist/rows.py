"""One row of a plan as strings: its box, its small lines, its people and its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sopwith.model import Answer, Step
from sopwith.outputs.checklist.book import Book
from sopwith.plan import Row, State

Box = Literal["to do", "done", "not applicable", "excepted", "ended"]

BOXES: dict[State, Box] = {
    "done": "done",
    "not-applicable": "not applicable",
    "excepted": "excepted",
    "ended": "ended",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line in small type under a step: `Only if`, `Waiting for`, `Caution:` ..."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a decision, where it leads, and whether it was given."""

    answer: str
    leads: str
    given: bool


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A row in strings.

    A `heading` names the SOP that the step calls: it has no box, and that SOP's rows follow it.
    `sign` are the roles that sign for the step, while it is open. `own` are those of its `lines`
    that speak of this row alone: all that paper prints of it where it is `brief`, since it is
    settled, or the open row above it is the same step and has told the rest. It is `near` where it
    is open and its day is not weeks away; `dated` where `due` is a day.
    """

    address: str
    number: str
    title: str
    box: Box
    heading: str
    depth: int
    critical: bool
    overdue: bool
    role: str
    people: str
    due: str
    dated: bool
    initials: str
    done_on: str
    question: str
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    own: tuple[Line, ...]
    brief: bool
    near: bool
    sign: tuple[str, ...]


def row_sheet(row: Row, book: Book, before: Row | None) -> RowSheet:
    """Turn a row into its strings; `before` is the row above it."""
    progress = row.progress
    decision = row.step.decision
    settled = progress and row.state in ("done", "not-applicable")
    return RowSheet(
        address=row.address,
        number=row.number,
        title=row.title,
        box=BOXES.get(row.state, "to do"),
        heading=book.sop(row.calls) if row.calls else "",
        depth=row.depth,
        critical=row.step.critical,
        overdue=row.state == "overdue",
        role=book.role(row.step.role),
        people=book.people(row),
        due=book.due(row),
        dated=row.due is not None,
        initials=book.initials(progress.by) if progress and settled else "",
        done_on=book.done(progress.done) if progress and progress.done else "",
        question=decision.question if decision else "",
        choices=tuple(_choice(row, answer, book) for answer in decision.answers)
        if decision
        else (),
        lines=tuple(_lines(row, book)),
        own=tuple(_own(row, book)),
        near=row.is_open and row.due is not None and row.due.day <= book.later,
        brief=not row.calls and (not row.is_open or _is_again(row, before)),
        sign=tuple(map(book.role, row.step.sign)) if row.is_open else (),
    )


def _choice(row: Row, answer: Answer, book: Book) -> Choice:
    given = bool(row.progress and row.progress.answer == answer.answer)
    return Choice(answer.answer, "; ".join(_leads(row, answer, book)), given)


def _leads(row: Row, answer: Answer, book: Book) -> Iterator[str]:
    go = answer.go
    if go and go.end:
        yield "this procedure ends"
    if go and go.sop:
        yield f"go through {book.sop(go.sop)}"
    if go and go.step:
        step = row.sop.step(go.step)
        again = "do this step again" if go.step == row.step.id else "go back to "
        title = f'"{step.title}"' if step and go.step != row.step.id else ""
        yield again + title + (f", at most {go.at_most}" if go.at_most else "")
    if go and go.then:
        yield f"after that to {book.role(go.then.escalate)}" if go.then.escalate else "then end"


def _lines(row: Row, book: Book) -> Iterator[Line]:
    yield from _hangs(row, book)
    yield from _waived(row, book)
    yield from _told(row.step, book)
    yield from _noted(row)


def _own(row: Row, book: Book) -> Iterator[Line]:
    if row.is_open:
        yield from _hangs(row, book)
    yield from _waived(row, book)
    yield from _noted(row)


def _is_again(row: Row, before: Row | None) -> bool:
    return before is not None and before.is_open and before.step is row.step


def _hangs(row: Row, book: Book) -> Iterator[Line]:
    if row.only_if:
        yield Line("Only if", row.only_if)
    if row.waits_for:
        yield Line("Waiting for", "; ".join(map(book.row, row.waits_for)))


def _waived(row: Row, book: Book) -> Iterator[Line]:
    progress, waiver = row.progress, row.waiver
    if progress and row.state == "not-applicable":
        yield Line("Not applicable:", progress.reason)
    if waiver and row.state == "excepted":
        until = f", until {book.short(waiver.until)}" if waiver.until else ""
        by = book.role(waiver.approved_by)
        yield Line("Excepted:", f"{waiver.reason.rstrip('.')}; approved by {by}{until}")


def _told(step: Step, book: Book) -> Iterator[Line]:
    for note in step.notes:
        if note.kind != "tip":  # on paper only what can do harm; the how-to stays in the handbook
            yield Line(f"{note.kind.capitalize()}:", note.says)
    if step.with_:
        yield Line("With", ", ".join(map(book.role, step.with_)))
    if step.evidence:
        yield Line("Evidence:", step.evidence)


def _noted(row: Row) -> Iterator[Line]:
    progress = row.progress
    for text in (*row.notes, *([progress.note] if progress and progress.note else [])):
        yield Line("Note:", text)
