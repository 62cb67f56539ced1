"""A client's plan at a glance, or one SOP of it: what is open, what is out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from dateutil.relativedelta import relativedelta

from sopwith.model import About, Moment, Sop
from sopwith.outputs.why.book import Book, count
from sopwith.outputs.why.dates import lacking
from sopwith.outputs.why.gist import gist, holder
from sopwith.outputs.why.lines import STUCK, flow, points, section, table
from sopwith.outputs.why.reasons import (
    ONLY_IF,
    OUT,
    called_because,
    caller,
    callers,
    left_out_because,
    planned_because,
)
from sopwith.plan import BUILT_IN, PlannedSop, Row, later
from sopwith.terminal import WIDTH
from sopwith.words import long_date, short_day


def explain(book: Book) -> Iterator[str]:
    """Tell how it stands, every SOP with why it is in or out, every open step, what is out."""
    client = book.client
    yield from flow(f"{client.name}: {client.engagement}" if client.engagement else client.name)
    yield from flow(f"As of {long_date(book.plan.today, book.company.locale)}")
    if book.rows:
        yield from ("", *flow(gist(book)))
    yield from section("Procedures", table(_procedures(book)))
    yield from _steps(book, list(book.rows.values()))
    lacks = (f"{gap.message}; {gap.hint}" for gap in book.plan.gaps)
    yield from section("What the client's file does not say", points(lacks))
    first = next((row for row in book.plan.open_rows()), next(iter(book.rows.values()), None))
    if first:
        more = f"sopwith why {client.id} {book.tails[first.address]}"
        # To be copied, so it is never broken within.
        beside = f"More about one: {more}"
        yield from ("", *([beside] if len(beside) <= WIDTH else ["More about one:", f"  {more}"]))


def explain_sop(book: Book, sop: Sop) -> Iterator[str]:
    """Tell one SOP: why it is in or out, its open steps, and those that are out."""
    planned = [planned for planned in book.plan.sops if planned.sop.id == sop.id]
    by, out = callers(book, sop)
    yield from flow(f"{sop.title} {sop.version}, for {book.client.name}")
    yield f"{sop.id}{book.note(sop.at)}"
    if not planned and not by:
        yield from section("Why it is out", points(left_out_because(book, sop, out)))
        return
    because = [line for one in planned for line in planned_because(book, one)]
    because += [called_because(book, sop, row) for row in by]
    yield from section("Why it is in", points(because))
    yield from _steps(book, [row for row in book.rows.values() if row.sop.id == sop.id])


# SOPs -----------------------------------------------------------------------------------------


def _procedures(book: Book) -> Iterator[tuple[str, str]]:
    """Each SOP, in the order of the plan, and in a few words why it is in or out."""
    for planned in book.plan.sops:
        yield f"in   {planned.address}", _in_short(book, planned)
    left = {sop.id: callers(book, sop) for sop in book.library.sops.values()}
    for sop, (by, _) in left.items():
        for row in by:
            yield f"in   {sop}", f"run by {book.tails[row.address]}"
    planned_ones = {planned.sop.id for planned in book.plan.sops}
    for sop, (by, out) in left.items():
        # Nobody asks of a person why the procedures about clients are not in the plan.
        is_others = book.client.about not in ("client", book.library.sops[sop].about)
        if not by and sop not in planned_ones and not (is_others and not out):
            tails = ", ".join(book.tails[row.address] for row in out)
            why = f"run by {tails} only, which is out" if out else _out_short(book, sop)
            yield f"out  {sop}", why


def _in_short(book: Book, planned: PlannedSop) -> str:
    if planned.case:
        title = f": {planned.case.title}" if planned.case.title else ""
        closed = f", closed {book.day(planned.case.closed)}" if planned.case.closed else ""
        return f"a case of {book.day(planned.case.opened)}{closed}{title}"
    event = planned.sop.trigger.event
    known = book.company.event(event)
    title = known.title if known else BUILT_IN.get(event, event)
    moment = book.plan.events.get(planned.sop.trigger.event)
    when = book.day(moment) if moment else "no date yet"
    only_if = f"; {ONLY_IF}{planned.only_if}" if planned.only_if else ""
    return f"from {title}, {when}{only_if}"


def _out_short(book: Book, id_: str) -> str:
    sop = book.library.sops[id_]
    for left_out, reason in book.plan.left_out:
        if left_out.id == id_:
            return reason
    if sop.status != "active":
        return {"draft": "a draft", "retired": "retired"}[sop.status]
    if sop.about != book.client.about:
        return _ABOUT[sop.about]
    return "no step runs it, and no case was opened"


_ABOUT: Mapping[About, str] = {
    "client": "about each client",
    "person": "about each of our people",
    "firm": "about the firm",
}


# Steps ----------------------------------------------------------------------------------------


def _steps(book: Book, rows: Sequence[Row]) -> Iterator[str]:
    shown = {row.address for row in rows}
    open_rows = [row for row in book.plan.open_rows() if row.address in shown]
    for heading, belongs in _HEADINGS.items():
        found = [row for row in open_rows if belongs(row)]
        if found:
            yield from section(f"{heading} ({len(found)})", _entries(book, found))
    undated = [row for row in open_rows if row.due is None]
    if undated:
        yield from section(f"Without a date ({len(undated)})", _groups(book, undated, lacking))
    unlisted = [row for row in rows if row.is_unlisted]
    if unlisted:
        yield from section(f"Not listed yet ({len(unlisted)})", _groups(book, unlisted, _why_out))
    out = [row for row in rows if _is_out_itself(book, row) and not row.is_unlisted]
    if out:
        yield from section(f"Out ({len(out)})", _groups(book, out, _why_out))
    yield from section("The rest", points(_rest(book, rows)))


_HEADINGS: dict[str, Callable[[Row], bool]] = {
    "Late": lambda row: row.state == "overdue",
    "To come": lambda row: row.state != "overdue" and row.due is not None,
}


def _entries(book: Book, rows: Sequence[Row]) -> Iterator[str]:
    """Each row with its day, who has it, and the reason.

    Of one that repeats, the next stands for all of them.
    """
    days = {row.address: _day(book, row.due) if row.due else "" for row in rows}
    width = max(map(len, days.values()))
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(_series(row), []).append(row)
    for first, *others in together.values():
        yield from flow(book.listed(first), f"  {days[first.address]:{width}}  ")
        yield from flow(holder(book, first), " " * (width + 4))
        more = f"; {len(others)} more, to {days[others[-1].address]}" if others else ""
        reason = f"{book.tails[first.address]}: {_reason(book, first)}{more}"
        yield from flow(reason, " " * (width + 4))


def _day(book: Book, due: Moment) -> str:
    """A day without its time, and, within the year to come, without its year."""
    near = due.day <= later(book.plan.today, relativedelta(months=11))
    return short_day(due.day, book.company.locale) if near else book.day(due.day)


def _series(row: Row) -> str:
    """What occurrences of a step have in common, while none of them is late."""
    together = row.step.repeat and row.state != "overdue"
    return row.address.rpartition("@")[0] if together else row.address


def _reason(book: Book, row: Row) -> str:
    reasons = [_rule(book, row)]
    if row.waits_for:
        waits = (book.tails[address] for address in row.waits_for)
        reasons.append(f"waits for {', '.join(waits)}")
    if row.only_if:
        reasons.append(f"{ONLY_IF}{row.only_if}")
    return "; ".join(reasons)


def _rule(book: Book, row: Row) -> str:
    """A due date in words, with the name of the deliverable or of what runs the SOP."""
    by = book.rows.get(caller(row))
    words = row.due_words.replace(BUILT_IN["item-due"], f"{row.which} is due")
    if by:
        begins = "begins" if by.calls else "is answered"
        words = words.replace(BUILT_IN["opened"], f"{book.tails[by.address]} {begins}")
    return words or "no due date of its own"


def _is_out_itself(book: Book, row: Row) -> bool:
    """Say whether a row is out for a reason of its own, and not of what runs its SOP."""
    by = book.rows.get(caller(row))
    goes_with_it = by is not None and by.state in OUT and row.out
    return row.state in OUT and not goes_with_it and bool(_why_out(book, row))


def _groups(
    book: Book, rows: Sequence[Row], reason_of: Callable[[Book, Row], str]
) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reasons.setdefault(reason_of(book, row), []).append(book.tails[row.address])
    for reason, tails in reasons.items():
        yield from flow(reason, "  - ")
        yield from flow(", ".join(tails), "      ")


def _why_out(book: Book, row: Row) -> str:
    if row.progress and row.state == "not-applicable":
        return f"not applicable: {row.progress.reason.rstrip('.')}"
    if row.waiver and row.state == "excepted":
        until = f" until {book.day(row.waiver.until)}" if row.waiver.until else ""
        return f"waived{until}: {row.waiver.reason.rstrip('.')}"
    return row.out


def _rest(book: Book, rows: Sequence[Row]) -> Iterator[str]:
    states = Counter(row.state for row in rows if not row.calls)
    if states["done"]:
        yield f"{count(states['done'], 'step')} done."
    ended = book.client.ended
    if states["ended"] and ended:
        when = f"on {book.day(ended.date)}" + (f" ({ended.how})" if ended.how else "")
        yield f"{count(states['ended'], 'step')} open when {book.end}{STUCK}{when}."
