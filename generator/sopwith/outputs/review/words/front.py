"""The one page: the figures seen first, the three questions of a review, and what to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sopwith.model import Observation
from sopwith.outputs.review.figures.report import ENOUGH, Friction, Report, Standing
from sopwith.outputs.review.words.pen import Pen, many, share
from sopwith.outputs.review.words.sheet import Cell, Figure, Front, Point, Points

SHOWN = 3
"""How many entries a question has on the one page; the rest stand in their section."""


def front(report: Report, pen: Pen) -> Front:
    """Write the one page."""
    return Front(
        tuple(_figures(report)),
        (_works(report, pen), _friction(report, pen), _needs(report, pen)),
        Points(
            "What there is to decide",
            tuple(_asks(report, pen)),
            "Nothing waits for a decision: no review or action is overdue, and every observation "
            "has its answer.",
        ),
    )


def _figures(report: Report) -> Iterator[Figure]:
    overdue = len(report.standing("never", "overdue"))
    in_use = len(report.standing("never", "overdue", "due", "later"))
    yield _late(overdue, "Reviews overdue", f"of {many(in_use, 'procedure')} in use", "reviews")
    late = sum(action.overdue for action in report.actions)
    yield _late(late, "Actions overdue", f"of {len(report.actions)} open", "noticed")
    steps = sum(of.overdue for of in report.progress)
    to_do = sum(of.to_do for of in report.progress)
    yield _late(steps, "Steps overdue", f"of {to_do} still to do", "work")
    timed = sum(of.timed for of in report.progress)
    on_time = sum(of.on_time for of in report.progress)
    enough = timed >= ENOUGH
    said = share(on_time, timed)
    yield Figure(
        said.split("(")[-1].rstrip(")") if enough else "–",
        "Done on time",
        f"{said.split(' (')[0]} with a due date" if enough else said,
        "",
        "work",
    )
    noted = len(report.observations)
    yield Figure(str(noted), "Things noticed", "this quarter", "", "noticed")


def _late(count: int, label: str, of: str, section: str) -> Figure:
    return Figure(str(count), label, of, "late" if count else "good", section)


# The three questions ----------------------------------------------------------------------------


def _works(report: Report, pen: Pen) -> Points:
    praise = [seen for seen in report.of("feedback") if seen.category == "positive"]
    found = [_seen(seen, pen) for seen in (*report.of("worked"), *praise)]
    return _question("What works", found, "Nobody noted what works. Ask: what should we keep?")


def _friction(report: Report, pen: Pen) -> Points:
    hard = [seen for seen in report.of("feedback") if seen.category in ("urgent", "constructive")]
    hard.sort(key=lambda seen: seen.category != "urgent")
    found = [_hard(friction, pen) for friction in report.frictions]
    found += [_seen(seen, pen) for seen in hard]
    return _question("What creates friction", found, "No friction was noted.")


def _needs(report: Report, pen: Pen) -> Points:
    found = []
    for situation in report.situations:
        seen = situation.observation
        why = "It hurt. " if seen.hurt else ""
        often = f"Seen {situation.seen} times." if situation.seen > 1 else "Seen once."
        action = (pen.action(seen.action, report.today),) if seen.action else ()
        lines = (Cell(f"{pen.day(seen.date)}. {why}{often}"), *action)
        found.append(Point(pen.place(seen), seen.summary, lines, "noticed"))
    return _question(
        "What needs a process", found, "No situation was noted that no procedure covers."
    )


def _question(title: str, found: Sequence[Point], empty: str) -> Points:
    more = len(found) - SHOWN
    rest = f"And {more} more among what we noticed." if more > 0 else ""
    return Points(title, tuple(found[:SHOWN]), empty, rest)


def _seen(seen: Observation, pen: Pen) -> Point:
    kind = f"Feedback, {seen.category}. " if seen.category else ""
    return Point(pen.place(seen), seen.summary, (Cell(f"{kind}{pen.day(seen.date)}"),), "noticed")


def _hard(friction: Friction, pen: Pen) -> Point:
    newest = friction.observations[-1]
    count = len(friction.observations)
    often = "Noted once" if count == 1 else f"Noted {count} times, most recently"
    line = Cell(f"{often}: {pen.day(newest.date)}")
    return Point(pen.place(newest), newest.summary, (line,), "noticed")


# What to decide ---------------------------------------------------------------------------------


def _asks(report: Report, pen: Pen) -> Iterator[Point]:
    yield from _reviews(report, pen)
    late = [action for action in report.actions if action.overdue]
    if late:
        lines = tuple(pen.action(action.action, report.today) for action in late)
        count = many(len(late), "action")
        yield Point(f"Finish, move or drop {count} past the date", lines=lines, section="noticed")
    for seen in report.of("red-flag"):
        if seen.action is None or seen.action.status == "open":
            yield _ask("Settle a red flag", seen, report, pen)
    for situation in report.situations:
        if situation.asks:
            seen = situation.observation
            brief = replace(seen, summary=f"{pen.place(seen)}, {pen.day(seen.date)}.")
            yield _ask("Draft a procedure", brief, report, pen)
    for friction in report.frictions:
        if len(friction.observations) > 1:
            times = len(friction.observations)
            place = pen.place(friction.observations[-1])
            yield Point(f"Change what was hard {times} times", place, section="noticed")
    yield from _unanswered(report, pen)


def _reviews(report: Report, pen: Pen) -> Iterator[Point]:
    overdue = report.standing("never", "overdue")
    if overdue:
        yield Point(
            f"Hold {many(len(overdue), 'overdue review')}", _named(overdue, pen), section="reviews"
        )
    due = report.standing("due")
    if due:
        until = pen.day(max(report.today, report.quarter.last))
        yield Point(
            f"Plan {many(len(due), 'review')} due by {until}", _named(due, pen), section="reviews"
        )


def _named(standings: Iterable[Standing], pen: Pen) -> str:
    names = (
        f"{s.sop.title} ({pen.day(s.next) if s.next else 'never reviewed'})" for s in standings
    )
    return f"{', '.join(names)}."


def _unanswered(report: Report, pen: Pen) -> Iterator[Point]:
    settled = {seen.observation.id for seen in report.situations if seen.asks}
    open_ = [
        seen
        for seen in report.of("friction", "new-situation", "feedback", "audit")
        if seen.action is None and seen.category != "positive" and seen.id not in settled
    ]
    if open_:
        count = many(len(open_), "observation")
        places = ", ".join(f"{pen.place(seen)} ({pen.day(seen.date)})" for seen in open_)
        yield Point(f"Answer {count} without an action", f"{places}.", section="noticed")


def _ask(lead: str, seen: Observation, report: Report, pen: Pen) -> Point:
    lines = (pen.action(seen.action, report.today),) if seen.action else ()
    return Point(lead, seen.summary, (*lines, Cell("No action yet", "late"))[:1], "noticed")
