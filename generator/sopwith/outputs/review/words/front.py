"""The one page: the figures seen first, the three questions of a review, and what to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopwith.outputs.review.figures.groups import Friction
from sopwith.outputs.review.figures.report import ENOUGH, Report, Standing
from sopwith.outputs.review.words import agreed
from sopwith.outputs.review.words.noticed import (
    begin,
    friction_name,
    situation_name,
)
from sopwith.outputs.review.words.pen import Pen, many, share
from sopwith.outputs.review.words.sheet import Cell, Figure, Front, Point, Points
from sopwith.outputs.review.words.works import praise_point, praised

SHOWN = 3
"""How many entries a question has on the one page; the rest stand in their section."""
NAMED = 5
"""How many names a line on the one page has."""


def front(report: Report, pen: Pen) -> Front:
    """Write the one page: what to decide, or, once the meeting was held, what it decided."""
    questions = (_works(report, pen), _friction(report, pen), _needs(report, pen))
    if report.this:
        decisions = (of for of in report.agreed if of.review is report.this)
        points = tuple(
            Point(
                "",
                row[0].text,
                (Cell(f"{row[1].text}, by {row[2].text}. {row[3].text}.", row[3].tone),),
                "close",
            )
            for row in (agreed.row(of, report, pen) for of in decisions)
        )
        asks = Points("What was decided", points, "The meeting was held and decided nothing.")
        return Front("What was decided", tuple(_figures(report)), questions, asks)
    asks = Points(
        "What there is to decide",
        tuple(_asks(report, pen)),
        "Nothing waits for a decision: no review or action is overdue, and every observation "
        "has its answer.",
    )
    return Front("To decide", tuple(_figures(report)), questions, asks)


def _figures(report: Report) -> Iterator[Figure]:
    overdue = len(report.standing("never", "overdue"))
    in_use = len(report.standing("never", "overdue", "due", "later", "since"))
    yield _late(overdue, "Reviews overdue", f"of {many(in_use, 'procedure')} in use", "reviews")
    open_ = report.open_actions
    late = sum(action.overdue for action in open_)
    yield _late(late, "Actions overdue", f"of {len(open_)} open", "agreed")
    to_do = sum(of.to_do for of in report.progress)
    yield _late(len(report.late), "Steps overdue", f"of {to_do} still to do", "work")
    timed = sum(len(of.timed) for of in report.progress)
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
    yield Figure(str(noted), "Things noticed", "this quarter", "", "friction")


def _late(count: int, label: str, of: str, section: str) -> Figure:
    return Figure(str(count), label, of, "late" if count else "good", section)


# The three questions ----------------------------------------------------------------------------


def _works(report: Report, pen: Pen) -> Points:
    found = [praise_point(of, pen) for of in praised(report, pen)]
    return _question("What works", found, "Nobody noted what works. Ask: what should we keep?")


def _friction(report: Report, pen: Pen) -> Points:
    found = [_hard(friction, pen) for friction in report.frictions]
    return _question("What creates friction", found, "No friction was noted.")


def _needs(report: Report, pen: Pen) -> Points:
    found = []
    for situation in sorted(report.situations, key=lambda of: not of.asks):
        action = next((a for a in reversed(situation.answers)), None)
        lines = (pen.action(action, report.today),) if action else ()
        newest = situation.observations[-1]
        found.append(Point(situation_name(situation), newest.summary, lines, "situations"))
    return _question(
        "What needs a process", found, "No situation was noted that no procedure covers."
    )


def _question(title: str, found: Sequence[Point], empty: str) -> Points:
    more = len(found) - SHOWN
    rest = f"And {more} more inside." if more > 0 else ""
    return Points(title, tuple(found[:SHOWN]), empty, rest)


def _hard(friction: Friction, pen: Pen) -> Point:
    newest = friction.observations[-1]
    count, ever = len(friction.observations), len(friction.ever)
    often = f"{many(count, 'time')} this quarter" if count > 1 else "Once this quarter"
    before = f", {ever} times since {pen.month(friction.ever[0].date)}" if ever > count else ""
    line = Cell(f"{often}{before}.", "quiet")
    return Point(friction_name(friction, pen), newest.summary, (line,), "friction")


# What to decide ---------------------------------------------------------------------------------


def _asks(report: Report, pen: Pen) -> Iterator[Point]:
    yield from _reviews(report, pen)
    late = [of.action for of in report.open_actions if of.overdue]
    if late:
        lines = tuple(pen.action(action, report.today) for action in late[:SHOWN])
        count = many(len(late), "action")
        yield Point(f"Finish, move or drop {count} past the date", lines=lines, section="agreed")
    yield from _unread(report)
    yield from _flags(report, pen)
    yield from _changes(report, pen)
    missing = [name for name, sop in report.essential if sop is None]
    if missing:
        yield Point(
            f"Decide on {many(len(missing), 'essential procedure')} we do not have",
            f"{_some(missing)}.",
            (),
            "reviews",
        )
    yield from _unanswered(report, pen)
    if judged := agreed.unjudged(report):
        shown = [of.action.what.rstrip(". ") for of in judged[-SHOWN:]]
        more = f" And {len(judged) - SHOWN} more." if len(judged) > SHOWN else ""
        text = f"{_some(shown, '; ')}.{more}"
        yield Point(f"Say whether {many(len(judged), 'done action')} helped", text, (), "agreed")


def _unread(report: Report) -> Iterator[Point]:
    late = [(of.sop.title, of.total["overdue"]) for of in report.confirming if of.total["overdue"]]
    if late:
        count = many(sum(number for _, number in late), "overdue confirmation")
        text = _some([f"{title} ({number})" for title, number in late])
        yield Point(f"Ask for {count}", f"{text}.", section="reviews")


def _flags(report: Report, pen: Pen) -> Iterator[Point]:
    for seen in report.of("red-flag"):
        if seen.action is None or seen.action.status == "open":
            done = (
                pen.action(seen.action, report.today)
                if seen.action
                else Cell("No action yet", "late")
            )
            yield Point("Settle a red flag", seen.summary, (done,), "flags")


def _changes(report: Report, pen: Pen) -> Iterator[Point]:
    """What asks for a procedure, or for a change of one."""
    for situation in report.situations:
        if situation.asks:
            days = _some([pen.day(seen.date) for seen in situation.observations])
            yield Point(
                f"Draft a procedure: {situation_name(situation)}",
                f"Noted {days}.",
                (Cell(begin(situation, pen), "quiet"),),
                "situations",
            )
    for friction in report.frictions:
        if friction.asks:
            times = len(friction.observations)
            name = friction_name(friction, pen)
            yield Point(f"Change what was hard {times} times", f"{name}.", (), "friction")
    for stuck in report.stuck:
        count = many(len({of.number for of in stuck.late}), "client")
        text = f"{stuck.sop.title}: {stuck.title}."
        yield Point(f"Clear a step where {count} are stuck", text, (), "friction")


def _reviews(report: Report, pen: Pen) -> Iterator[Point]:
    overdue = report.standing("never", "overdue")
    if overdue:
        yield Point(
            f"Hold {many(len(overdue), 'overdue review')}", _named(overdue, pen), section="reviews"
        )
    due = report.standing("due")
    if due:
        until = pen.day(max(report.until, report.quarter.last))
        yield Point(
            f"Plan {many(len(due), 'review')} due by {until}", _named(due, pen), section="reviews"
        )


def _named(standings: Iterable[Standing], pen: Pen) -> str:
    names = [
        f"{s.sop.title} ({pen.day(s.next) if s.next else 'never reviewed'})" for s in standings
    ]
    return f"{_some(names)}."


def _some(names: Sequence[str], between: str = ", ") -> str:
    """The first few of them, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{between.join(names[:NAMED])}{more}"


def _unanswered(report: Report, pen: Pen) -> Iterator[Point]:
    """What has no action, and is not settled with something else; audits without one are fine."""
    told = {
        seen.id for of in report.situations if of.asks or of.answers for seen in of.observations
    }
    told |= {s.id for of in report.frictions if of.asks or of.answers for s in of.observations}
    open_ = [
        seen
        for seen in report.of("friction", "new-situation", "feedback")
        if seen.action is None and seen.category != "positive" and seen.id not in told
    ]
    if open_:
        count = many(len(open_), "observation")
        places = [f"{pen.place(seen)} ({pen.day(seen.date)})" for seen in open_]
        yield Point(f"Answer {count} without an action", f"{_some(places)}.", section="friction")
