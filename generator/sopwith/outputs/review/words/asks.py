"""What there is to decide: what is riskiest first, then in the order in which the meeting goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from sopwith.outputs.review.figures.progress import Worked
from sopwith.outputs.review.figures.report import Report, Standing
from sopwith.outputs.review.words import agreed
from sopwith.outputs.review.words.noticed import begin, friction_name, situation_name
from sopwith.outputs.review.words.pen import Pen, many, some
from sopwith.outputs.review.words.sheet import Cell, Point

SHOWN = 3
"""How many points there are of one sort, and how many lines a point has."""
NAMED = 5
"""How many names a line has."""
RESTLESS = 3
"""From so many major versions of one procedure in a quarter on, someone should ask why."""


def asks(report: Report, pen: Pen) -> tuple[Point, ...]:
    """All that waits for the meeting, in the order of its agenda; red flags and delays go first."""
    parts = (
        _first(_flags(report, pen), "red flags", "Red flags and audits"),
        _late(report, pen),
        _last(report, pen),
        _first(_hard(report, pen), "steps that were hard", "What creates friction"),
        _first(_stuck(report, pen), "steps where clients are stuck", "What creates friction"),
        _first(_new(report, pen), "situations without a procedure", "New situations"),
        _unanswered(report, pen),
        _library(report, pen),
        _first(_restless(report, pen), "procedures that changed often", "What we changed"),
    )
    return tuple(chain.from_iterable(parts))


def _first(points: Iterable[Point], what: str, title: str) -> Sequence[Point]:
    """The first few of one sort, so that one page holds all sorts, and where the others are."""
    found = [*points]
    more = len(found) - SHOWN
    if more < 2:  # one more takes no more room than to say so
        return found
    rest = Point(f"And {more} more {what}", f"See {title}.", section=found[0].section)
    return [*found[:SHOWN], rest]


# What cannot wait --------------------------------------------------------------------------------


def _flags(report: Report, pen: Pen) -> Iterator[Point]:
    """The red flags that are not settled, soonest first; those without a date before all."""
    is_open = (s for s in report.of("red-flag") if s.action is None or s.action.status == "open")
    for seen in sorted(is_open, key=lambda s: s.action.due if s.action else date.min):
        by = f" by {pen.day(seen.action.due)}" if seen.action else ""
        client = pen.client(seen.client)
        done = (
            pen.action(seen.action, report.today) if seen.action else Cell("No action yet", "late")
        )
        lead = f"Settle a red flag{by}{f': {client}' if client else ''}"
        yield Point(lead, seen.summary, (done,), "flags")


def _late(report: Report, pen: Pen) -> Iterator[Point]:
    late, own = report.late, report.own_late
    if not late and not own:
        return
    both = f": {len(late)} for clients, {len(own)} of our own" if late and own else ""
    ours = " of our own" if own and not late else ""
    worst = sorted((*late, *own), key=lambda of: of.due or date.max)
    names = [] if pen.shared else [_named_step(of, pen) for of in worst]
    text = f"Waiting longest: {some(names, SHOWN, '; ')}." if names else ""
    count = many(len(late) + len(own), "overdue step")
    yield Point(f"Clear {count}{ours}{both}", text, (), "work")


def _named_step(of: Worked, pen: Pen) -> str:
    due = f", due {pen.day(of.due)}" if of.due else ""
    return f"{of.client}, {of.title}{due}"


# In the order of the agenda ----------------------------------------------------------------------


def _last(report: Report, pen: Pen) -> Iterator[Point]:
    """What was decided last."""
    late = [of.action for of in report.open_actions if of.overdue]
    if late:
        lines = tuple(pen.action(action, report.today) for action in late[:SHOWN])
        count = many(len(late), "action")
        yield Point(f"Finish, move or drop {count} past the date", lines=lines, section="agreed")
    if judged := agreed.unjudged(report):
        shown = [of.action.what.rstrip(". ") for of in judged[-SHOWN:]]
        more = f" And {len(judged) - SHOWN} more." if len(judged) > SHOWN else ""
        text = f"{'; '.join(shown)}.{more}"
        yield Point(f"Say whether {many(len(judged), 'done action')} helped", text, (), "agreed")


def _hard(report: Report, pen: Pen) -> Iterator[Point]:
    for friction in report.frictions:
        if friction.asks:
            times = len(friction.observations)
            name = friction_name(friction, pen)
            yield Point(f"Change what was hard {times} times", f"{name}.", (), "friction")


def _stuck(report: Report, pen: Pen) -> Iterator[Point]:
    for stuck in report.stuck:
        count = many(len({of.number for of in stuck.late}), "client")
        text = f"{stuck.sop.title}: {stuck.title}."
        yield Point(f"Clear a step where {count} are stuck", text, (), "friction")


def _new(report: Report, pen: Pen) -> Iterator[Point]:
    for situation in report.situations:
        if situation.asks:
            days = some([pen.day(seen.date) for seen in situation.observations], NAMED)
            yield Point(
                f"Draft a procedure: {situation_name(situation)}",
                f"Noted {days}.",
                (Cell(begin(situation, pen), "quiet"),),
                "situations",
            )


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
        text = f"{some(places, NAMED)}."
        yield Point(f"Answer {count} without an action", text, section="friction")


def _library(report: Report, pen: Pen) -> Iterator[Point]:
    yield from _reviews(report, pen)
    late = [(of.sop.title, of.total["overdue"]) for of in report.confirming if of.total["overdue"]]
    if late:
        count = many(sum(number for _, number in late), "overdue confirmation")
        text = some([f"{title} ({number})" for title, number in late], NAMED)
        yield Point(f"Ask for {count}", f"{text}.", section="reviews")
    missing = [name for name, sop in report.essential if sop is None]
    if missing:
        yield Point(
            f"Decide on {many(len(missing), 'essential procedure')} we do not have",
            f"{some(missing, NAMED)}.",
            section="reviews",
        )


def _reviews(report: Report, pen: Pen) -> Iterator[Point]:
    overdue, due = report.standing("never", "overdue"), report.standing("due")
    if overdue:
        count = many(len(overdue), "overdue review")
        yield Point(f"Hold {count}", _named(overdue, pen), section="reviews")
    if due:
        until = pen.day(max(report.until, report.quarter.last))
        count = many(len(due), "review")
        yield Point(f"Plan {count} due by {until}", _named(due, pen), section="reviews")


def _named(standings: Iterable[Standing], pen: Pen) -> str:
    names = [
        f"{s.sop.title} ({pen.day(s.next) if s.next else 'never reviewed'})" for s in standings
    ]
    return f"{some(names, NAMED)}."


def _restless(report: Report, pen: Pen) -> Iterator[Point]:
    """Procedures whose work changed again before anybody can have got used to it."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for changed in report.changes:
        if changed.size == "major":
            days[changed.sop.title].append(changed.change.effective)
    for title, when in sorted(days.items()):
        if len(when) >= RESTLESS:
            span = many((max(when) - min(when)).days, "day")
            lead = f"Ask why {title} changed {len(when)} times in {span}"
            text = "Each was a major version: everyone on it had to work differently again."
            yield Point(lead, text, section="changes")
