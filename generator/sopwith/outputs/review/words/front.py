"""The one page: the figures seen first, the three questions of a review, and what to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopwith.outputs.review.figures.groups import Friction
from sopwith.outputs.review.figures.report import ENOUGH, Report
from sopwith.outputs.review.words import agreed
from sopwith.outputs.review.words.asks import asks
from sopwith.outputs.review.words.noticed import friction_name, situation_name
from sopwith.outputs.review.words.pen import Pen, many, opening, share
from sopwith.outputs.review.words.sheet import Cell, Figure, Front, Point, Points
from sopwith.outputs.review.words.works import praise_point, praised

SHOWN = 3
"""How many entries a question has on the one page; the rest stand in their section."""


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
        made = Points("What was decided", points, "The meeting was held and decided nothing.")
        return Front("What was decided", tuple(_figures(report, pen)), questions, made)
    waiting = Points(
        "What there is to decide",
        asks(report, pen),
        "Nothing waits for a decision: no review or action is overdue, and every observation "
        "has its answer.",
    )
    return Front("To decide", tuple(_figures(report, pen)), questions, waiting)


def _figures(report: Report, pen: Pen) -> Iterator[Figure]:
    overdue = len(report.standing("never", "overdue"))
    in_use = len(report.standing("never", "overdue", "due", "later", "since"))
    yield _late(overdue, "Reviews overdue", f"of {many(in_use, 'procedure')} in use", "reviews")
    open_ = report.open_actions
    late = sum(action.overdue for action in open_)
    yield _late(late, "Actions overdue", f"of {len(open_)} open", "agreed")
    to_do = sum(of.to_do for of in report.progress)
    to_do += sum(of.to_do for of in report.firm)
    late_steps = (*report.late, *report.own_late)
    there = pen.worked("overdue", "Overdue steps", late_steps) or "work"
    yield _late(len(late_steps), "Steps overdue", f"of {to_do} still to do", there)
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
    noted = report.observations
    there = pen.noted("noticed", "Things noticed this quarter", noted) or "friction"
    yield Figure(str(len(noted)), "Things noticed", "this quarter", "", there)


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
        said = opening(newest.summary)
        found.append(Point(situation_name(situation), said, lines, "situations"))
    return _question(
        "What needs a process", found, "No situation was noted that no procedure covers."
    )


def _question(title: str, found: Sequence[Point], empty: str) -> Points:
    more = len(found) - SHOWN
    rest = f"And {more} more further down." if more > 0 else ""
    return Points(title, tuple(found[:SHOWN]), empty, rest)


def _hard(friction: Friction, pen: Pen) -> Point:
    newest = friction.observations[-1]
    count, ever = len(friction.observations), len(friction.ever)
    often = f"{many(count, 'time')} this quarter" if count > 1 else "Once this quarter"
    before = f", {ever} times since {pen.month(friction.ever[0].date)}" if ever > count else ""
    line = Cell(f"{often}{before}.", "quiet")
    return Point(friction_name(friction, pen), opening(newest.summary), (line,), "friction")
