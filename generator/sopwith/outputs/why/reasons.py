"""Why an SOP or a step is in a client's plan, or out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sopwith.model import About, Repeat, Sop
from sopwith.outputs.why.book import Book
from sopwith.outputs.why.facts import condition, fact
from sopwith.outputs.why.lines import capital, sentence
from sopwith.plan import PlannedSop, Row, State, later
from sopwith.plan.repeats import HORIZON

_WHOM: Mapping[About, tuple[str, str]] = {
    "client": ("a client", "every client"),
    "person": ("each of our people", "each of our people"),
    "firm": ("the firm", "the firm in every quarter"),
}
"""Whom an SOP is about, in the two sentences that say so."""
_STATUS = {
    "draft": "It is a draft: nobody works by it yet",
    "retired": "It is retired: nobody works by it any more",
}
OUT: frozenset[State] = frozenset({"out", "excepted", "not-applicable"})
"""States in which nothing is to be done for a reason of the step's own."""
ONLY_IF = "only if "
"""How a plan's reason begins where a condition is it; a condition tells more of itself."""


# SOPs -----------------------------------------------------------------------------------------


def planned_because(book: Book, planned: PlannedSop) -> Iterator[str]:
    """Why an SOP is in the plan, by its event or as a case, in sentences."""
    sop, case = planned.sop, planned.case
    if case:
        which = f'the case "{case.title}"' if case.title else "a case"
        closed = f" and closed on {book.day(case.closed)}" if case.closed else ""
        opened = f"opened on {book.day(case.opened)}{closed}{book.note(case.at)}"
        yield f"{sop.title} runs as {which}, {opened}."
    else:
        yield f"{sop.title} begins with {_event(book, sop.trigger.event)}."
        yield from applies(book, sop)
    if sop.id in book.client.sops:
        at = book.note(book.client.at / "sops" / sop.id)
        yield f"The client stays on version {book.client.sops[sop.id]}, says its file{at}."


def applies(book: Book, sop: Sop) -> Iterator[str]:
    """To which clients an SOP applies, and whether this is one."""
    if sop.applies_to:
        yield f"It applies {condition(book, sop.applies_to, sop)[1]}"
    else:
        yield f"It applies to {_WHOM[sop.about][1]}."


def _event(book: Book, event: str) -> str:
    moment = book.plan.events.get(event)
    if moment is None:
        at = book.note((book.client.at / "dates").name())
        return f"{book.event(event)}, which has no date yet{at}"
    stated = book.client.dates.get(event)
    at = book.note(stated.at) if stated else ""
    return f"{book.event(event)}, on {book.day(moment)}{at}"


def callers(book: Book, sop: Sop) -> tuple[list[Row], list[Row]]:
    """The rows of the plan from which an SOP is run: those that are in, and those that are out."""
    of_it = (row for row in book.rows.values() if row.sop.id == sop.id and row.depth)
    scopes = dict.fromkeys(caller(row) for row in of_it)
    rows = [book.rows[scope] for scope in scopes if scope in book.rows]
    return [row for row in rows if row.state not in OUT], [row for row in rows if row.state in OUT]


def caller(row: Row) -> str:
    """The address of the row that runs the SOP of this one, where it is run by one."""
    return row.address.rpartition("/")[0] if row.depth else ""


def called_because(book: Book, sop: Sop, by: Row) -> str:
    """Why an SOP is in the plan where a step runs it, or an answer led to it."""
    if by.calls == sop.id:
        return f"{sop.title} is run by {book.name(by)}{book.note(by.step.at / 'run')}."
    progress = by.progress
    answer = f" was answered {book.answered(progress)}" if progress else ""
    return f"{sop.title} is run since {book.name(by)}{answer}."


def left_out_because(book: Book, sop: Sop, by: Sequence[Row]) -> Iterator[str]:
    """Why no step of an SOP is to be done; `by` are the rows that run it, and are out."""
    for row in by:
        yield f"{book.name(row)} runs it{book.note(row.step.at / 'run')}, and is out."
        yield from row_because(book, row)
    if by:
        return
    if sop.status != "active":
        instead = f"; {book.sop(sop.superseded_by)} took its place" if sop.superseded_by else ""
        yield f"{_STATUS[sop.status]}{instead}{book.note(sop.at / 'status')}."
    elif sop.about != book.client.about:
        whom, other = _WHOM[sop.about][0], _WHOM[book.client.about][0]
        yield f"It is about {whom}, not about {other}{book.note(sop.at / 'about')}."
    elif sop.trigger.event:
        yield from applies(book, sop)
    else:
        at = book.note(sop.trigger.at)
        yield (
            "It begins with no event. It comes where a step runs it or the client's file opens a"
            f" case, and here neither is so{at}."
        )


# Steps ----------------------------------------------------------------------------------------


def row_because(book: Book, row: Row) -> Iterator[str]:
    """Why a step is in the plan or out of it: its SOP, whatever runs that, and the step itself.

    Of one that is out only what makes it so is told.
    """
    if row.state != "out":
        yield from planned_because(book, book.homes[row.address])
    above: list[Row] = []
    while (by := book.rows.get(caller(above[-1] if above else row))) is not None:
        above.append(by)
    for inner, by in reversed(list(zip([row, *above], above, strict=False))):
        yield called_because(book, inner.sop, by)
        for only_if in _only_if(book, by):
            yield f"Step {by.number} is in {only_if}"
    yield from map(capital, _only_if(book, row))
    if not row.out:
        yield from _how_often(book, row)
    elif not row.out.startswith(ONLY_IF):
        yield capital(sentence(row.out))


def _only_if(book: Book, row: Row) -> Iterator[str]:
    """The condition of a step, unless it is out for another reason, or with what runs its SOP."""
    by = book.rows.get(caller(row))
    is_out_otherwise = row.out and not row.out.startswith(ONLY_IF)
    if row.step.when and not is_out_otherwise and not (by and by.out):
        yield condition(book, row.step.when, row.sop, row.decided_by)[1]


def _how_often(book: Book, row: Row) -> Iterator[str]:
    """Which round, item or occurrence a row is, and that it is done once for an account."""
    step = row.step
    if row.led_back in book.rows:
        yield _round(book, row, book.rows[row.led_back])
    if step.for_each:
        of_client = {item.id: item for item in book.client.items(step.for_each)}
        item = of_client.get(row.address.rpartition("@")[2])
        if item:
            at = book.note(item.at)
            yield f"It is done once for each of the {step.for_each}; this is one{at}."
    if step.repeat:
        yield _repeats(book, row, step.repeat)
    if step.once_per:
        at = book.note(step.at / "once_per")
        yield f"It is done once for all engagements of a customer{at}."


def _round(book: Book, row: Row, by: Row) -> str:
    answer = (
        by.step.decision.answer(by.progress.answer) if by.step.decision and by.progress else None
    )
    at_most = f", at most {answer.go.at_most}" if answer and answer.go and answer.go.at_most else ""
    said = book.answered(by.progress) if by.progress else "so"
    which = f"{capital(row.which)}: " if row.which else ""
    return f"{which}{book.name(by)} was answered {said}, which leads back here{at_most}."


def _repeats(book: Book, row: Row, repeat: Repeat) -> str:
    at = book.note(repeat.at)
    often = f"{interval(book, row)} from {book.event(repeat.from_)}"
    until = f" until {_event(book, repeat.until)}" if repeat.until else ""
    says = f"It repeats{at}: {often}{until}"
    if repeat.until in book.plan.events or row.due is None or book.client.ended:
        return f"{says}."
    end = book.day(later(book.plan.today, HORIZON))
    return f"{says}; without an end so far, it is planned three months ahead, through {end}."


def interval(book: Book, row: Row) -> str:
    """How often a step repeats, and who says so where the client chooses."""
    every = row.step.repeat.every if row.step.repeat else None
    if every is None or every.count:
        return f"every {every.count}" if every else ""
    said = fact(book, every.fact)
    often = f"every {said.known.values[0]}" if said.known.values else "as often as agreed"
    return f"{often} ({said.title}: {said.says})"
